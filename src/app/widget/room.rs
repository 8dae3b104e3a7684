//! Gives a box the room that the rest of a page leaves to it. A page that is too long scrolls, and so the
//! same widgets serve a high window and a low one.

use std::cell::Cell;
use std::rc::Rc;

use iced::advanced::layout;
use iced::{Length, Size};

use super::Element;
use super::wrap::{Inside, Wrap, wrap};

/// The room of one page, shared by the list that scrolls, the page in it and the box on the page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Room(Rc<Cell<Share>>);

#[derive(Debug, Clone, Copy, Default)]
struct Share {
    /// Height in which the page is seen, logical pixels.
    seen: f32,
    /// Height of the box; `None`: it is being found out.
    filling: Option<f32>,
}

impl Room {
    /// Around the list that scrolls.
    pub(crate) fn around<'a, M: 'a>(&self, list: impl Into<Element<'a, M>>) -> Element<'a, M> {
        wrap(Around(self.clone()), list)
    }

    /// Around the page in that list.
    pub(crate) fn page<'a, M: 'a>(&self, page: impl Into<Element<'a, M>>) -> Element<'a, M> {
        wrap(Page(self.clone()), page)
    }

    /// Around the box on that page, which is `least` logical pixels high where the page leaves it less;
    /// one that `grows` is as high as what is in it.
    pub(crate) fn filling<'a, M: 'a>(
        &self,
        least: f32,
        grows: bool,
        content: impl Into<Element<'a, M>>,
    ) -> Element<'a, M> {
        wrap(Filling { room: self.clone(), least, grows }, content)
    }

    fn set(&self, change: impl FnOnce(&mut Share)) {
        let mut share = self.0.get();
        change(&mut share);
        self.0.set(share);
    }
}

struct Around(Room);

impl<M> Wrap<M> for Around {
    type State = ();

    fn layout(
        &mut self,
        _state: &mut (),
        mut inside: Inside<'_, '_, M>,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        self.0.set(|share| share.seen = limits.max().height);
        inside.layout(renderer, limits)
    }
}

struct Page(Room);

impl<M> Wrap<M> for Page {
    type State = ();

    fn layout(
        &mut self,
        _state: &mut (),
        mut inside: Inside<'_, '_, M>,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        self.0.set(|share| share.filling = None);
        // The box is as high as zero here, so that what is found is the height of all the rest.
        let rest = inside.layout(renderer, &limits.loose()).size().height;
        self.0.set(|share| share.filling = Some((share.seen - rest).floor()));
        inside.layout(renderer, limits)
    }
}

struct Filling {
    room: Room,
    least: f32,
    grows: bool,
}

impl<M> Wrap<M> for Filling {
    type State = ();

    /// Of its own height, or the page would have none.
    fn size(&self, inside: Size<Length>) -> Size<Length> {
        Size { height: Length::Shrink, ..inside }
    }

    fn layout(
        &mut self,
        _state: &mut (),
        mut inside: Inside<'_, '_, M>,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let Some(height) = self.room.0.get().filling else {
            return layout::Node::new(Size::new(limits.max().width, 0.0));
        };
        if self.grows {
            return inside.layout(renderer, limits);
        }
        let most = Size::new(limits.max().width, height.max(self.least));
        inside.layout(renderer, &layout::Limits::new(Size::ZERO, most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::Fill;
    use iced::advanced::widget::Tree;
    use iced::widget::{column, scrollable, space};

    /// Heights of the page and of the box on it, beside which stand 100 pixels.
    fn heights(seen: f32, grows: bool) -> (f32, f32) {
        let room = Room::default();
        let inner: Element<'_, ()> = match grows {
            true => space().height(900.0).into(),
            false => space().height(Fill).into(),
        };
        let page = column![space().height(60.0), room.filling(80.0, grows, inner)];
        let page = room.page(page.push(space().height(40.0)));
        let mut list = room.around(scrollable(page).height(Fill));
        let mut tree = Tree::new(&list);
        let renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let limits = layout::Limits::new(Size::ZERO, Size::new(300.0, seen));
        let node = list.as_widget_mut().layout(&mut tree, &renderer, &limits);
        let page = node.children().first().map(layout::Node::size).unwrap_or_default();
        let of_box = node.children().first().and_then(|page| page.children().get(1));
        (page.height, of_box.map(layout::Node::size).unwrap_or_default().height)
    }

    #[test]
    fn a_box_takes_what_is_left_but_never_too_little() {
        assert_eq!(heights(500.0, false), (500.0, 400.0));
        assert_eq!(heights(150.0, false), (180.0, 80.0));
        assert_eq!(heights(500.0, true), (1000.0, 900.0));
    }
}
