//! The way back from a blank to the list of findings that led there.

use iced::Task;
use iced::widget::Id;

use crate::app::focus;

/// Where in the list the person went off.
#[derive(Debug, Default)]
pub(super) struct Trail(Option<usize>);

/// The row of a finding, by its place in the list.
pub(super) fn finding_id(place: usize) -> Id {
    Id::from(format!("finding:{place}"))
}

impl Trail {
    /// The finding at `place` leads to its blank.
    pub(super) const fn go(&mut self, place: usize) {
        self.0 = Some(place);
    }

    /// The person has gone off and not come back.
    pub(super) const fn is_away(&self) -> bool {
        self.0.is_some()
    }

    /// Puts the keyboard where the person went off, in a list of `count` by now: on the finding, or on
    /// the next one where it is gone.
    pub(super) fn come_back<M: Send + 'static>(&mut self, count: usize) -> Task<M> {
        let row = self.back_at(count).map(finding_id);
        let reveal = row.clone().map_or_else(Task::none, focus::reveal);
        focus::enter(row).chain(reveal)
    }

    fn back_at(&mut self, count: usize) -> Option<usize> {
        let last = count.checked_sub(1);
        self.0.take().and_then(|place| last.map(|last| place.min(last)))
    }
}

#[cfg(test)]
mod tests {
    use super::Trail;

    #[test]
    fn the_next_finding_takes_the_place_of_one_that_is_mended() {
        let mut trail = Trail::default();
        assert_eq!(trail.back_at(3), None);
        trail.go(2);
        assert!(trail.is_away());
        assert_eq!((trail.back_at(2), trail.is_away()), (Some(1), false));
        trail.go(0);
        assert_eq!(trail.back_at(0), None);
    }
}
