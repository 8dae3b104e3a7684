//! A box for a password, whose characters are seen only on request.

use iced::widget::{Id, text_input};

use super::frame::guard;
use super::{Element, control};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::domain::Password;

/// A box called `id` that holds what was `typed`; Enter in it sends `given`.
pub(crate) fn password_box<'a, M: Clone + 'a>(
    id: Id,
    what: &'a str,
    typed: &Password,
    shown: bool,
    message: fn(Password) -> M,
    given: Option<M>,
) -> Element<'a, M> {
    let input = text_input(what, typed.as_str())
        .id(id)
        .secure(!shown)
        .on_input(move |typed| message(typed.into()))
        .on_submit_maybe(given)
        .size(size::BODY)
        .padding([7.0, gap::S])
        .style(theme::input(Tone::Plain));
    guard(input)
}

/// The choice whether the characters of the boxes beside it are seen.
pub(crate) fn shown_choice<'a, M: Clone + 'a>(id: Id, shown: bool, message: M) -> Element<'a, M> {
    control::option(id, "显示密码", shown, control::Kind::AnyOfSeveral, message)
}
