//! Around every box to write in: keeps what is drawn inside it, which the software renderer does not
//! do for `text_editor`, and keeps the window's key combinations from being typed into it.

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::keyboard;
use iced::{Event, Length, Rectangle, Size, Theme};

use super::{Element, ground};
use crate::app::shortcut::Shortcut;
use crate::app::theme;

/// Gives `content` no [`Shortcut`]: for boxes of one line.
pub(crate) fn guard<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    Element::new(Frame { content: content.into(), paper: None })
}

/// Gives `content` no [`Shortcut`] and draws it in a layer of its own bounds: for boxes of paragraphs.
/// It is laid out again only when there is other room for it or another `version`: each layout of a
/// `text_editor` has the renderer draw all of its text again.
pub(crate) fn frame<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    version: u64,
    edge: theme::Edge,
) -> Element<'a, Message> {
    let frame = Frame { content: content.into(), paper: Some((version, edge)) };
    iced::widget::container(Element::new(frame)).padding(PADDING).into()
}

/// Between the text and the edge drawn round it, logical pixels. It is here rather than in the text, or
/// the renderer draws over the edge, and the ground of the text is larger than what a key changes.
const PADDING: iced::Padding = iced::Padding { top: 7.0, right: 8.0, bottom: 7.0, left: 10.0 };

struct Frame<'a, Message> {
    content: Element<'a, Message>,
    /// What is drawn and the edge round it; `None`: laid out each time, not clipped, without an edge.
    paper: Option<(u64, theme::Edge)>,
}

/// The layout that was made for a version and its room.
#[derive(Debug, Default)]
struct Kept(Option<(u64, layout::Limits, layout::Node)>);

impl<Message> Widget<Message, Theme, iced::Renderer> for Frame<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Kept>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Kept::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let Tree { state, children, .. } = tree;
        let Some((version, _)) = self.paper else {
            return self.content.as_widget_mut().layout(&mut children[0], renderer, limits);
        };
        let Kept(kept) = state.downcast_mut();
        match kept {
            Some((of, room, node)) if *of == version && room == limits => node.clone(),
            _ => {
                let node = self.content.as_widget_mut().layout(&mut children[0], renderer, limits);
                *kept = Some((version, *limits, node.clone()));
                node
            }
        }
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &iced::Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, .. }) =
            event
            // Escape would put the keyboard nowhere, and what is typed next would be lost.
            && (*key == keyboard::Key::Named(keyboard::key::Named::Escape)
                || Shortcut::of(key, *physical_key, *modifiers).is_some())
        {
            return;
        }
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        let tree = &tree.children[0];
        self.content.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let tree = &tree.children[0];
        let Some((_, edge)) = self.paper else {
            return self
                .content
                .as_widget()
                .draw(tree, renderer, theme, style, layout, cursor, viewport);
        };
        // A layer of the viewport's own size would be merged into it and clip nothing.
        let Some(bounds) = layout.bounds().expand(0.05).intersection(viewport) else { return };
        renderer.with_layer(bounds, |renderer| {
            self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        });
        let inner = layout.bounds();
        let (line, width) = edge.line(theme);
        let colors = (theme::tokens(theme).surface, line);
        ground::edge(renderer, inner.expand(PADDING), inner, colors, width);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use iced::keyboard::key::{NativeCode, Physical};
    use iced::keyboard::{Key, Location, Modifiers};
    use iced::widget::text_input;
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
    fn a_box_is_laid_out_again_for_another_version_and_not_before() {
        let renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let limits = layout::Limits::new(Size::ZERO, Size::new(300.0, 300.0));
        let tall = |height: f32, version| -> Element<'static, ()> {
            let edge = theme::Edge { tone: theme::Tone::Plain, focused: false };
            frame(iced::widget::space().height(height - PADDING.y()), version, edge)
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
