//! A list whose parts keep the keyboard when others come, go or change places.

use std::hash::{DefaultHasher, Hash, Hasher};

use iced::widget::{keyed, keyed_column};

use super::Element;

/// The parts one below the other, each with what it is known by.
pub(crate) fn list<'a, K: Hash, M: 'a>(
    parts: impl IntoIterator<Item = (K, Element<'a, M>)>,
) -> keyed::Column<'a, u64, M> {
    let keyed = parts.into_iter().map(|(name, part)| {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        (hasher.finish(), part)
    });
    keyed_column(keyed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::widget::focus::focusable;
    use iced::advanced::widget::Tree;
    use iced::advanced::widget::operation::{Focusable, Operation};
    use iced::advanced::{Layout, layout};
    use iced::widget::{Id, space};
    use iced::{Pixels, Rectangle, Size};

    /// Focuses the wanted one of those it meets, or finds which has the focus.
    struct Keyboard {
        wanted: Option<Id>,
        at: Vec<Id>,
    }

    impl Operation for Keyboard {
        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
            operate(self);
        }

        fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
            match &self.wanted {
                Some(_) if self.wanted.as_ref() == id => state.focus(),
                _ if state.is_focused() => self.at.extend(id.cloned()),
                _ => {}
            }
        }
    }

    fn control(name: &'static str, pressable: bool) -> (&'static str, Element<'static, ()>) {
        let message = pressable.then_some(());
        (name, focusable(Some(Id::new(name)), space().width(9).height(9), message))
    }

    fn visit(list: &mut Element<'_, ()>, tree: &mut Tree, wanted: Option<Id>) -> Vec<Id> {
        let renderer = iced::Renderer::new(iced::Font::default(), Pixels(14.0));
        let limits = layout::Limits::new(Size::ZERO, Size::new(300.0, 300.0));
        tree.diff(&*list);
        let node = list.as_widget_mut().layout(tree, &renderer, &limits);
        let mut keyboard = Keyboard { wanted, at: Vec::new() };
        list.as_widget_mut().operate(tree, Layout::new(&node), &renderer, &mut keyboard);
        keyboard.at
    }

    #[test]
    fn the_keyboard_stays_with_its_part_when_one_comes_before_it() {
        let mut before: Element<'_, ()> = list([control("甲", true), control("乙", true)]).into();
        let mut tree = Tree::new(&before);
        visit(&mut before, &mut tree, Some(Id::new("乙")));
        let mut after: Element<'_, ()> =
            list([control("新", true), control("甲", true), control("乙", true)]).into();
        assert_eq!(visit(&mut after, &mut tree, None), [Id::new("乙")]);
    }

    #[test]
    fn what_cannot_be_pressed_any_more_loses_the_keyboard() {
        let mut before: Element<'_, ()> = list([control("甲", true)]).into();
        let mut tree = Tree::new(&before);
        visit(&mut before, &mut tree, Some(Id::new("甲")));
        visit(&mut list([control("甲", false)]).into(), &mut tree, None);
        assert!(visit(&mut list([control("甲", true)]).into(), &mut tree, None).is_empty());
    }
}
