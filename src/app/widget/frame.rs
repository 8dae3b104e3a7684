//! Around every box to write in: keeps what is drawn inside it, which the software renderer does not
//! do for `text_editor`, and keeps the window's key combinations from being typed into it.

use iced::advanced::{Renderer as _, Shell, layout, mouse};
use iced::keyboard::{self, Key, key};
use iced::{Event, Rectangle, Theme};

use super::wrap::{Inside, Place, Wrap, wrap};
use super::{Element, ground};
use crate::app::shortcut::Shortcut;
use crate::app::theme;

/// Gives `content` no [`Shortcut`], and Enter once for each press: for boxes of one line.
pub(crate) fn guard<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Guard { is_line: true }, content)
}

/// Gives `content` no [`Shortcut`] and draws it in a layer of its own bounds: for boxes of paragraphs.
/// It is laid out again only when there is other room for it or another `version`: each layout of a
/// `text_editor` has the renderer draw all of its text again. One that `grows` shows all of its text, and
/// the mouse wheel is for the form it stands in.
pub(crate) fn frame<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    version: u64,
    edge: theme::Edge,
    grows: bool,
) -> Element<'a, Message> {
    let frame = wrap(Frame { version, edge, grows }, wrap(Guard { is_line: false }, content));
    iced::widget::container(frame).padding(PADDING).into()
}

/// The text of a box that does not grow is a little taller than its ground: text that just fits its
/// layer is not clipped, and a ground that does not fit it is filled pixel by pixel.
pub(crate) const TALLER: iced::Padding =
    iced::Padding { top: 0.0, right: 0.0, bottom: -0.3, left: 0.0 };

/// Between the text and the edge drawn round it, logical pixels. It is here rather than in the text, or
/// the renderer draws over the edge, and the ground of the text is larger than what a key changes.
const PADDING: iced::Padding = iced::Padding { top: 7.0, right: 8.0, bottom: 7.0, left: 10.0 };

struct Guard {
    /// Enter does something once, and is no new line that can be repeated.
    is_line: bool,
}

/// Makes its state another type than that of other widgets without one.
#[derive(Debug, Default)]
struct Guarded;

impl<Message> Wrap<Message> for Guard {
    type State = Guarded;

    fn takes(
        &mut self,
        _state: &mut Guarded,
        event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
        _shell: &mut Shell<'_, Message>,
    ) -> bool {
        let Event::Keyboard(keyboard::Event::KeyPressed {
            key,
            physical_key,
            modifiers,
            repeat,
            ..
        }) = event
        else {
            return false;
        };
        if self.is_line && *repeat && *key == Key::Named(key::Named::Enter) {
            return true;
        }
        // Escape would put the keyboard nowhere, and what is typed next would be lost.
        *key == Key::Named(key::Named::Escape)
            || Shortcut::of(key, *physical_key, *modifiers).is_some()
    }
}

struct Frame {
    version: u64,
    edge: theme::Edge,
    grows: bool,
}

/// The layout that was made for a version and its room.
#[derive(Debug, Default)]
struct Kept(Option<(u64, layout::Limits, layout::Node)>);

impl<Message> Wrap<Message> for Frame {
    type State = Kept;

    fn layout(
        &mut self,
        Kept(kept): &mut Kept,
        mut inside: Inside<'_, '_, Message>,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        match kept {
            Some((of, room, node)) if *of == self.version && room == limits => node.clone(),
            _ => {
                let node = inside.layout(renderer, limits);
                *kept = Some((self.version, *limits, node.clone()));
                node
            }
        }
    }

    fn takes(
        &mut self,
        _kept: &mut Kept,
        event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
        _shell: &mut Shell<'_, Message>,
    ) -> bool {
        self.grows && matches!(event, Event::Mouse(mouse::Event::WheelScrolled { .. }))
    }

    fn draw(
        &self,
        _kept: &Kept,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        place: Place<'_>,
        inside: &dyn Fn(&mut iced::Renderer),
    ) {
        let inner = place.bounds;
        // A layer of the viewport's own size would be merged into it and clip nothing.
        let Some(seen) = inner.expand(0.05).intersection(place.viewport) else { return };
        renderer.with_layer(seen, |renderer| inside(renderer));
        let (line, width) = self.edge.line(theme);
        let colors = (theme::tokens(theme).surface, line);
        ground::edge(renderer, inner.expand(PADDING), inner, colors, width);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use iced::Size;
    use iced::advanced::widget::Tree;
    use iced::keyboard::key::{NativeCode, Physical};
    use iced::keyboard::{Location, Modifiers};
    use iced::widget::{column, scrollable, space, text_editor, text_input};
    use iced_test::selector;

    fn press(key: &str, modifiers: Modifiers) -> Event {
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Character(key.into()),
            modified_key: Key::Character(key.into()),
            physical_key: Physical::Unidentified(NativeCode::Unidentified),
            location: Location::Standard,
            modifiers,
            text: Some(key.into()),
            repeat: false,
        })
    }

    #[test]
    fn a_key_combination_of_the_window_is_not_typed() {
        let input = text_input("", "").id("line").on_input(|words| words);
        let mut ui = iced_test::simulator(guard(input));
        ui.click(selector::id("line")).unwrap();
        ui.simulate([press("2", Modifiers::ALT), press("2", Modifiers::empty())]);
        assert_eq!(ui.into_messages().collect::<Vec<String>>(), ["2"]);
    }

    #[test]
    fn escape_leaves_the_keyboard_in_the_box() {
        let input = text_input("", "").id("line").on_input(|words| words);
        let mut ui = iced_test::simulator(guard(input));
        ui.click(selector::id("line")).unwrap();
        let _status = ui.tap_key(keyboard::key::Named::Escape);
        ui.typewrite("x");
        assert_eq!(ui.into_messages().collect::<Vec<String>>(), ["x"]);
    }

    #[test]
    fn enter_that_is_held_in_a_line_does_once_what_it_does() {
        let input = text_input("", "").id("line").on_input(|_| "typed").on_submit("done");
        let mut ui = iced_test::simulator(guard(input));
        ui.click(selector::id("line")).unwrap();
        let key = Key::Named(key::Named::Enter);
        let press = |repeat| {
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: key.clone(),
                modified_key: key.clone(),
                physical_key: Physical::Unidentified(NativeCode::Unidentified),
                location: Location::Standard,
                modifiers: Modifiers::empty(),
                text: None,
                repeat,
            })
        };
        ui.simulate([press(false), press(true), press(true)]);
        assert_eq!(ui.into_messages().collect::<Vec<_>>(), ["done"]);
    }

    #[test]
    fn the_wheel_scrolls_the_form_over_a_box_that_shows_all_of_its_text() {
        let content = text_editor::Content::with_text("一行");
        for grows in [true, false] {
            let edge = theme::Edge { tone: theme::Tone::Plain, focused: false };
            let editor = text_editor(&content).on_action(|_| "editor").height(100);
            let form = column![frame(editor, 1, edge, grows), space().height(2000)];
            let mut ui = iced_test::simulator(scrollable(form).on_scroll(|_| "form"));
            ui.point_at(iced::Point::new(200.0, 50.0));
            let delta = mouse::ScrollDelta::Lines { x: 0.0, y: -1.0 };
            ui.simulate([Event::Mouse(mouse::Event::WheelScrolled { delta })]);
            assert_eq!(ui.into_messages().any(|message| message == "form"), grows);
        }
    }

    #[test]
    fn a_box_is_laid_out_again_for_another_version_and_not_before() {
        let renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let limits = layout::Limits::new(Size::ZERO, Size::new(300.0, 300.0));
        let tall = |height: f32, version| -> Element<'static, ()> {
            let edge = theme::Edge { tone: theme::Tone::Plain, focused: false };
            frame(iced::widget::space().height(height - PADDING.y()), version, edge, false)
        };
        let mut first = tall(20.0, 1);
        let mut tree = Tree::new(&first);
        let height = |element: &mut Element<'_, ()>, tree: &mut Tree| {
            element.as_widget_mut().layout(tree, &renderer, &limits).size().height
        };
        assert_eq!(height(&mut first, &mut tree), 20.0);
        assert_eq!(height(&mut tall(50.0, 1), &mut tree), 20.0);
        assert_eq!(height(&mut tall(50.0, 2), &mut tree), 50.0);
    }
}
