//! A widget round another one: does the few things it is there for and leaves the rest to the other.

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{
    Clipboard, Layout, Shell, Widget, clipboard, layout, mouse, overlay, renderer,
};
use iced::{Event, Length, Rectangle, Size, Theme, Vector};

use super::Element;

/// What a widget does that is not left to the one inside it.
pub(crate) trait Wrap<Message> {
    /// What is remembered from one view to the next.
    type State: Default + 'static;

    /// Sees the state of the view before this one.
    fn diff(&self, _state: &mut Self::State) {}

    /// How it takes part in the layout of what is around it.
    fn size(&self, inside: Size<Length>) -> Size<Length> {
        inside
    }

    /// Whether operations, and what is inside and lies over the window, are let through.
    fn is_reached(&self) -> bool {
        true
    }

    /// Lays out what is inside.
    fn layout(
        &mut self,
        _state: &mut Self::State,
        mut inside: Inside<'_, '_, Message>,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        inside.layout(renderer, limits)
    }

    /// Takes part in an operation, before what is inside does.
    fn operate(
        &mut self,
        _state: &mut Self::State,
        _bounds: Rectangle,
        _operation: &mut dyn Operation,
    ) {
    }

    /// Sees an event before what is inside; `true` keeps it from there.
    fn takes(
        &mut self,
        _state: &mut Self::State,
        _event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
        _shell: &mut Shell<'_, Message>,
    ) -> bool {
        false
    }

    /// Acts before what is inside sees an event or an operation.
    fn before(
        &mut self,
        _state: &mut Self::State,
        _inside: Inside<'_, '_, Message>,
        _layout: Layout<'_>,
        _renderer: &iced::Renderer,
    ) {
    }

    /// Acts after either.
    fn settle(
        &mut self,
        _state: &mut Self::State,
        _inside: Inside<'_, '_, Message>,
        _layout: Layout<'_>,
        _renderer: &iced::Renderer,
    ) {
    }

    /// Acts once what is inside has seen an event.
    fn after(
        &mut self,
        _state: &mut Self::State,
        _inside: Inside<'_, '_, Message>,
        _event: &Event,
        _layout: Layout<'_>,
        _renderer: &iced::Renderer,
        _shell: &mut Shell<'_, Message>,
    ) {
    }

    /// The pointer's shape; `None`: as what is inside has it.
    fn pointer(
        &self,
        _state: &Self::State,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Option<mouse::Interaction> {
        None
    }

    /// What lies over the window besides what is inside; `translation`: from layout to window.
    fn over<'b>(
        &'b mut self,
        _state: &'b mut Self::State,
        _inside: Inside<'_, '_, Message>,
        _layout: Layout<'_>,
        _renderer: &iced::Renderer,
        _translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, iced::Renderer>> {
        None
    }

    /// Draws, and what is inside with `inside`.
    fn draw(
        &self,
        _state: &Self::State,
        renderer: &mut iced::Renderer,
        _theme: &Theme,
        _place: Place<'_>,
        inside: &dyn Fn(&mut iced::Renderer),
    ) {
        inside(renderer);
    }
}

/// Where something is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The whole widget.
    pub(crate) bounds: Rectangle,
    /// What of the window is seen.
    pub(crate) viewport: &'a Rectangle,
    /// The pointer.
    pub(crate) cursor: mouse::Cursor,
}

/// What is inside, with its state.
pub(crate) struct Inside<'a, 'b, Message> {
    content: &'a mut Element<'b, Message>,
    tree: &'a mut Tree,
}

impl<Message> Inside<'_, '_, Message> {
    /// Lays it out.
    pub(crate) fn layout(
        &mut self,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        self.content.as_widget_mut().layout(self.tree, renderer, limits)
    }

    /// Lets it see an event apart from the window: nothing comes of that but what the shell gathers.
    pub(crate) fn update(
        &mut self,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        event: &Event,
        shell: &mut Shell<'_, Message>,
    ) {
        let (cursor, mut clipboard) = (mouse::Cursor::Unavailable, clipboard::Null);
        let (content, viewport) = (self.content.as_widget_mut(), layout.bounds());
        let tree = &mut *self.tree;
        content.update(tree, event, layout, cursor, renderer, &mut clipboard, shell, &viewport);
    }

    /// Carries out an operation on it as it is laid out.
    pub(crate) fn operate(
        &mut self,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        self.content.as_widget_mut().operate(self.tree, layout, renderer, operation);
    }
}

/// Puts `content` inside `own`.
pub(crate) fn wrap<'a, Message: 'a>(
    own: impl Wrap<Message> + 'a,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    Element::new(Wrapped { own, content: content.into() })
}

/// What a wrapper remembers. A type of its own, or `()` would be taken for the state of a widget that has
/// none, which comes in its place: the tree keeps what has the same type.
struct Own<S>(S);

struct Wrapped<'a, Message, W> {
    own: W,
    content: Element<'a, Message>,
}

impl<Message, W: Wrap<Message>> Widget<Message, Theme, iced::Renderer> for Wrapped<'_, Message, W> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Own<W::State>>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Own(W::State::default()))
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        let Own(state) = tree.state.downcast_mut();
        self.own.diff(state);
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.own.size(self.content.as_widget().size())
    }

    fn size_hint(&self) -> Size<Length> {
        self.own.size(self.content.as_widget().size_hint())
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let inside = Inside { content: &mut self.content, tree: &mut tree.children[0] };
        let Own(state) = tree.state.downcast_mut();
        self.own.layout(state, inside, renderer, limits)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        if !self.own.is_reached() {
            return;
        }
        let Tree { state, children, .. } = tree;
        let (Own(state), tree) = (state.downcast_mut(), &mut children[0]);
        self.own.operate(state, layout.bounds(), operation);
        let inside = Inside { content: &mut self.content, tree };
        self.own.before(state, inside, layout, renderer);
        self.content.as_widget_mut().operate(tree, layout, renderer, operation);
        let inside = Inside { content: &mut self.content, tree };
        self.own.settle(state, inside, layout, renderer);
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
        let Own(state) = tree.state.downcast_mut();
        if self.own.takes(state, event, layout.bounds(), cursor, shell) {
            return;
        }
        let Tree { state, children, .. } = tree;
        let (Own(state), tree) = (state.downcast_mut(), &mut children[0]);
        let inside = Inside { content: &mut self.content, tree };
        self.own.before(state, inside, layout, renderer);
        let content = self.content.as_widget_mut();
        content.update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        let inside = Inside { content: &mut self.content, tree };
        self.own.after(state, inside, event, layout, renderer, shell);
        let inside = Inside { content: &mut self.content, tree };
        self.own.settle(state, inside, layout, renderer);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        let Own(state) = tree.state.downcast_ref();
        let own = self.own.pointer(state, layout.bounds(), cursor);
        own.unwrap_or_else(|| {
            let (content, tree) = (self.content.as_widget(), &tree.children[0]);
            content.mouse_interaction(tree, layout, cursor, viewport, renderer)
        })
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
        let (content, inner) = (self.content.as_widget(), &tree.children[0]);
        let inside = |renderer: &mut iced::Renderer| {
            content.draw(inner, renderer, theme, style, layout, cursor, viewport);
        };
        let place = Place { bounds: layout.bounds(), viewport, cursor };
        let Own(state) = tree.state.downcast_ref();
        self.own.draw(state, renderer, theme, place, &inside);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &iced::Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, iced::Renderer>> {
        if !self.own.is_reached() {
            return None;
        }
        let Tree { state, children, .. } = tree;
        let (Own(state), tree) = (state.downcast_mut(), &mut children[0]);
        let inside = Inside { content: &mut self.content, tree };
        let own = self.own.over(state, inside, layout, renderer, translation);
        let content = self.content.as_widget_mut();
        let inner = content.overlay(tree, layout, renderer, viewport, translation);
        match (own, inner) {
            (Some(own), Some(inner)) => {
                Some(overlay::Group::with_children(vec![inner, own]).overlay())
            }
            (own, inner) => own.or(inner),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::widget::space;

    struct Plain;

    impl Wrap<()> for Plain {
        type State = ();
    }

    #[test]
    fn it_can_come_in_the_place_of_a_widget_without_a_state() {
        let renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let limits = layout::Limits::new(Size::ZERO, Size::new(300.0, 300.0));
        let before: Element<'_, ()> = space().into();
        let mut tree = Tree::new(&before);
        let mut after = wrap(Plain, space().height(20.0));
        tree.diff(&after);
        let node = after.as_widget_mut().layout(&mut tree, &renderer, &limits);
        assert_eq!(node.size().height, 20.0);
    }
}
