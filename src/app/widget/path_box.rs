//! A box for a path, where there is no file dialog.

use iced::Alignment;
use iced::widget::{Id, row, text_input};

use super::frame::guard;
use super::{Element, control};
use crate::app::theme::{self, Tone, size, space as gap};

/// A box called `id` that holds `path`, and the button called `label` that takes it. `what` says which
/// path is wanted.
pub(crate) fn path_box<'a, M: Clone + 'a>(
    id: Id,
    what: &'a str,
    path: &'a str,
    typed: impl Fn(String) -> M + 'a,
    label: &str,
    given: M,
) -> Element<'a, M> {
    let input = text_input(what, path)
        .id(id)
        .on_input(typed)
        .on_submit(given.clone())
        .size(size::BODY)
        .padding([7.0, gap::S])
        .style(theme::input(Tone::Plain));
    let line = row![guard(input), control::secondary(label, Some(given))];
    line.spacing(gap::S).align_y(Alignment::Center).into()
}
