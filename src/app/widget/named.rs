//! The name of a symbol, shown over all else while the symbol has the keyboard: it moves nothing.

use iced::advanced::widget::Tree;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::{Layout, Renderer as _, layout, mouse, overlay, renderer};
use iced::widget::Id;
use iced::{Point, Rectangle, Size, Theme, Vector};

use super::Element;
use super::wrap::{Inside, Wrap, wrap};

/// Around `content`: `name` is shown under it while it has the keyboard.
pub(crate) fn named<'a, Message: 'a>(
    name: impl Into<Element<'a, Message>>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Named { name: name.into() }, content)
}

struct Named<'a, Message> {
    name: Element<'a, Message>,
}

/// The state of what shows the name.
#[derive(Default)]
struct Label(Option<Tree>);

impl<Message> Wrap<Message> for Named<'_, Message> {
    type State = Label;

    fn over<'b>(
        &'b mut self,
        Label(tree): &'b mut Label,
        mut inside: Inside<'_, '_, Message>,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, iced::Renderer>> {
        let mut probe = Probe(false);
        inside.operate(layout, renderer, &mut probe);
        if !probe.0 {
            *tree = None;
            return None;
        }
        let tree = tree.get_or_insert_with(|| Tree::new(&self.name));
        tree.diff(&self.name);
        let below = layout.bounds() + translation;
        Some(overlay::Element::new(Box::new(Shown { name: &mut self.name, tree, below })))
    }
}

/// Finds whether what is inside has the keyboard.
struct Probe(bool);

impl Operation for Probe {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        self.0 |= state.is_focused();
    }
}

/// The name under a symbol.
struct Shown<'a, 'b, Message> {
    name: &'b mut Element<'a, Message>,
    tree: &'b mut Tree,
    /// The symbol, in the window.
    below: Rectangle,
}

impl<Message> overlay::Overlay<Message, Theme, iced::Renderer> for Shown<'_, '_, Message> {
    fn layout(&mut self, renderer: &iced::Renderer, window: Size) -> layout::Node {
        let limits = layout::Limits::new(Size::ZERO, window);
        let node = self.name.as_widget_mut().layout(self.tree, renderer, &limits);
        let size = node.size();
        let x = self.below.center_x() - size.width / 2.0;
        let under = self.below.y + self.below.height;
        let y =
            if under + size.height > window.height { self.below.y - size.height } else { under };
        node.move_to(Point::new(x.clamp(0.0, (window.width - size.width).max(0.0)), y.max(0.0)))
    }

    fn draw(
        &self,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
    ) {
        let bounds = layout.bounds();
        renderer.with_layer(bounds, |renderer| {
            let name = self.name.as_widget();
            name.draw(self.tree, renderer, theme, style, layout, cursor, &bounds);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::widget::focus::focusable;
    use iced::advanced::widget::operation::focusable::focus;
    use iced::widget::space;

    #[test]
    fn the_name_is_shown_while_the_keyboard_is_on_the_symbol_and_moves_nothing() {
        let renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let limits = layout::Limits::new(Size::ZERO, Size::new(300.0, 300.0));
        let symbol = focusable(Some(Id::new("symbol")), space().width(20).height(20), Some(()));
        let mut shown = named(space().width(60).height(18), symbol);
        let mut tree = Tree::new(&shown);
        let node = shown.as_widget_mut().layout(&mut tree, &renderer, &limits);
        let (place, window) = (Layout::new(&node), Rectangle::with_size(limits.max()));
        for has_keyboard in [false, true] {
            let widget = shown.as_widget_mut();
            if has_keyboard {
                let mut keyboard = focus::<()>(Id::new("symbol"));
                widget.operate(&mut tree, place, &renderer, &mut keyboard);
            }
            let scrolled = Vector::new(0.0, 100.0);
            let over = widget.overlay(&mut tree, place, &renderer, &window, scrolled);
            let name = over.map(|mut over| {
                let node = over.as_overlay_mut().layout(&renderer, limits.max());
                (node.bounds().y, node.size())
            });
            assert_eq!(name, has_keyboard.then_some((120.0, Size::new(60.0, 18.0))));
        }
        assert_eq!(node.size(), Size::new(20.0, 20.0));
    }
}
