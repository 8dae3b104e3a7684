//! Where the headings of the page lie, and which of them is being read.

use iced::advanced::widget::operate;
use iced::advanced::widget::operation::{Operation, Outcome, Scrollable};
use iced::widget::Id;
use iced::{Rectangle, Task, Vector};

use crate::app::focus;

/// Room kept above a heading that was jumped to, logical pixels.
const ABOVE: f32 = 12.0;

/// The headings of a page, and what of the page is seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Seen {
    /// For each heading its part of the page and how far below its top it begins.
    pub(super) headings: Vec<(usize, f32)>,
    /// How far the page is scrolled.
    pub(super) by: f32,
    /// It cannot be scrolled further.
    pub(super) at_end: bool,
}

impl Seen {
    /// How far the page is scrolled where this heading stands at its top; `None`: the top of the page.
    pub(super) fn top(&self, heading: Option<usize>) -> f32 {
        let found = self.headings.iter().find(|(at, _)| Some(*at) == heading);
        found.map_or(0.0, |(_, y)| (y - ABOVE).max(0.0))
    }

    /// The heading under which the first lines that are seen stand. One that was `chosen` and is seen on
    /// the last screenful is it, though it cannot be brought to the top.
    pub(super) fn current(&self, chosen: Option<usize>) -> Option<usize> {
        let from = self.by + 2.0 * ABOVE;
        let kept = self
            .headings
            .iter()
            .find(|(at, y)| Some(*at) == chosen && *y >= self.by && self.at_end);
        let read = self.headings.iter().take_while(|(_, y)| *y <= from).last();
        kept.or(read).map(|(at, _)| *at)
    }
}

/// What a heading is called, as this part of the page.
pub(super) fn heading_id(at: usize) -> Id {
    Id::from(format!("help-heading:{at}"))
}

/// Looks where these headings are.
pub(super) fn look(headings: impl Iterator<Item = usize>) -> Task<Seen> {
    let wanted = headings.map(|at| (at, heading_id(at))).collect();
    operate(Look { wanted, list: None, found: Vec::new() })
}

struct Look {
    wanted: Vec<(usize, Id)>,
    /// The page, all of it, and how far it is scrolled.
    list: Option<(Rectangle, Rectangle, Vector)>,
    found: Vec<(usize, f32)>,
}

impl Operation<Seen> for Look {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Seen>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        by: Vector,
        _state: &mut dyn Scrollable,
    ) {
        if id == Some(&focus::form_id()) {
            self.list = Some((bounds, content, by));
        }
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        let Some((list, ..)) = self.list else { return };
        let wanted = self.wanted.iter().find(|(_, wanted)| Some(wanted) == id);
        self.found.extend(wanted.map(|(at, _)| (*at, bounds.y - list.y)));
    }

    fn finish(&self) -> Outcome<Seen> {
        let Some((bounds, content, by)) = self.list else { return Outcome::None };
        let at_end = by.y + bounds.height + 1.0 >= content.height;
        Outcome::Some(Seen { headings: self.found.clone(), by: by.y, at_end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_being_read_is_the_last_one_above() {
        let seen =
            |by, at_end| Seen { headings: vec![(2, 100.0), (5, 400.0), (9, 450.0)], by, at_end };
        assert_eq!(seen(0.0, false).current(None), None);
        assert_eq!(seen(90.0, false).current(Some(9)), Some(2));
        assert_eq!(seen(390.0, false).current(None), Some(5));
        assert_eq!(seen(390.0, true).current(Some(9)), Some(9));
        assert_eq!(seen(390.0, true).top(Some(5)), 400.0 - ABOVE);
        assert_eq!(seen(390.0, true).top(None), 0.0);
    }
}
