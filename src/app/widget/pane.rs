//! A pane that lies lower than the form: the steps, the desk under the pages.

use iced::Theme;

use super::wrap::{Place, Wrap, wrap};
use super::{Element, ground};
use crate::app::theme;

/// Puts `content` on the ground of such a pane.
pub(crate) fn pane<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Pane, content)
}

struct Pane;

impl<Message> Wrap<Message> for Pane {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &mut iced::Renderer,
        theme: &Theme,
        place: Place<'_>,
        inside: &dyn Fn(&mut iced::Renderer),
    ) {
        ground::fill(renderer, place.bounds, theme::tokens(theme).sunken);
        inside(renderer);
    }
}
