//! The edge between two panes, to be dragged.

use iced::advanced::{Renderer as _, Shell, mouse, renderer};
use iced::widget::space;
use iced::{Event, Fill, Rectangle, Theme};

use super::Element;
use super::wrap::{Place, Wrap, wrap};
use crate::app::theme;

/// Width of the place to grasp, logical pixels.
const GRASP: f32 = 7.0;

/// An edge; while it is dragged, `on_drag` gets the pointer's distance from the window's left.
pub(crate) fn divider<'a, Message: 'a>(
    on_drag: impl Fn(f32) -> Message + 'a,
) -> Element<'a, Message> {
    wrap(Divider { on_drag }, space().width(GRASP).height(Fill))
}

struct Divider<F> {
    on_drag: F,
}

#[derive(Debug, Default)]
struct Dragged(bool);

impl<Message, F: Fn(f32) -> Message> Wrap<Message> for Divider<F> {
    type State = Dragged;

    fn takes(
        &mut self,
        Dragged(dragged): &mut Dragged,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                if cursor.is_over(bounds) =>
            {
                *dragged = true;
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => *dragged = false,
            Event::Mouse(mouse::Event::CursorMoved { position }) if *dragged => {
                shell.publish((self.on_drag)(position.x));
            }
            _ => {}
        }
        false
    }

    fn pointer(
        &self,
        Dragged(dragged): &Dragged,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> Option<mouse::Interaction> {
        let grasped = *dragged || cursor.is_over(bounds);
        grasped.then_some(mouse::Interaction::ResizingHorizontally)
    }

    fn draw(
        &self,
        Dragged(dragged): &Dragged,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        place: Place<'_>,
        _inside: &dyn Fn(&mut iced::Renderer),
    ) {
        let tokens = theme::tokens(theme);
        let grasped = *dragged || place.cursor.is_over(place.bounds);
        let (color, width) = if grasped { (tokens.accent, 2.0) } else { (tokens.line, 1.0) };
        let bounds = Rectangle { x: place.bounds.x + GRASP - width, width, ..place.bounds };
        renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, color);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_where_it_is_dragged_and_nothing_after_it_was_let_go() {
        let moved = |x: f32| {
            let position = iced::Point::new(x, 50.0);
            Event::Mouse(mouse::Event::CursorMoved { position })
        };
        let left = mouse::Button::Left;
        let mut ui = iced_test::simulator(divider(|x| x));
        ui.point_at(iced::Point::new(3.0, 50.0));
        ui.simulate([
            moved(3.0),
            Event::Mouse(mouse::Event::ButtonPressed(left)),
            moved(80.0),
            Event::Mouse(mouse::Event::ButtonReleased(left)),
            moved(120.0),
        ]);
        assert_eq!(ui.into_messages().collect::<Vec<f32>>(), [80.0]);
    }
}
