//! The edge between two panes, to be dragged.

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::{Border, Color, Event, Length, Rectangle, Size, Theme};

use super::Element;
use crate::app::theme;

/// Width of the place to grasp, logical pixels.
const GRASP: f32 = 7.0;

/// An edge; while it is dragged, `on_drag` gets the pointer's distance from the window's left.
pub(crate) fn divider<'a, Message: 'a>(
    on_drag: impl Fn(f32) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(Divider { on_drag: Box::new(on_drag) })
}

struct Divider<'a, Message> {
    on_drag: Box<dyn Fn(f32) -> Message + 'a>,
}

#[derive(Debug, Default)]
struct Dragged(bool);

impl<Message> Widget<Message, Theme, iced::Renderer> for Divider<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Dragged>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Dragged::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(GRASP), Length::Fill)
    }

    fn layout(
        &mut self,
        _tree: &mut Tree,
        _renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        layout::atomic(limits, GRASP, Length::Fill)
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &iced::Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let Dragged(dragged) = tree.state.downcast_mut();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                if cursor.is_over(layout.bounds()) =>
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
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        let Dragged(dragged) = tree.state.downcast_ref();
        if *dragged || cursor.is_over(layout.bounds()) {
            mouse::Interaction::ResizingHorizontally
        } else {
            mouse::Interaction::None
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let Dragged(dragged) = tree.state.downcast_ref();
        let tokens = theme::tokens(theme);
        let bounds = layout.bounds();
        let grasped = *dragged || cursor.is_over(bounds);
        let (color, width) = if grasped { (tokens.accent, 2.0) } else { (tokens.line, 1.0) };
        renderer.fill_quad(
            renderer::Quad {
                bounds: Rectangle { x: bounds.x + GRASP - width, width, ..bounds },
                border: Border { color: Color::TRANSPARENT, ..Border::default() },
                ..renderer::Quad::default()
            },
            color,
        );
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
