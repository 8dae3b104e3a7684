//! The ground of a pane: of one that lies lower than the form, as the steps and the desk under the pages
//! do, or of one to read in.

use iced::Theme;

use super::wrap::{Place, Wrap, wrap};
use super::{Element, ground};
use crate::app::theme::{self, Pick};

/// Puts `content` on the ground of a pane that lies lower.
pub(crate) fn pane<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Pane { ground: |t| t.sunken }, content)
}

/// Puts `content` on the ground of a pane to read in.
pub(crate) fn page<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Pane { ground: |t| t.surface }, content)
}

struct Pane {
    ground: Pick,
}

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
        ground::fill(renderer, place.bounds, (self.ground)(&theme::tokens(theme)));
        inside(renderer);
    }
}
