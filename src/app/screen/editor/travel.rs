//! Undo and redo: the way back to where a change happened, and what is said of it.

use iced::Task;

use super::deed::{Deed, Place};
use super::roster::Roster;
use super::{Message, State, Step, is_filled};
use crate::domain::{Draft, Field};

impl State {
    /// Takes the last change back, or makes it again, where it can be seen.
    pub(super) fn travel(&mut self, back: bool) -> Task<Message> {
        let before = self.roster.clone();
        let (draft, roster) = (&mut self.draft, &mut self.roster);
        let travelled = match back {
            true => self.history.undo(draft, roster),
            false => self.history.redo(draft, roster),
        };
        let Some(deed) = travelled else { return Task::none() };
        self.toast = None;
        self.readdress(&before);
        self.shift_back(&deed, back);
        let place = if back { &deed.before } else { &deed.after };
        let is_seen = deed.text().is_some() && self.focus == place.field && self.versions.is_none();
        let changed = self.changed();
        let shown = self.show_place(place);
        if !is_seen {
            let did = if back { "已撤销" } else { "已重做" };
            self.tell_travelled(format!("{did}：{}。", deed.words), back);
        }
        Task::batch([changed, shown])
    }

    /// What is remembered of the blanks of a section goes with its blocks; what was found may be no more.
    fn shift_back(&mut self, deed: &Deed, back: bool) {
        if deed.text().is_none()
            && let Some(find) = &mut self.find
        {
            find.leave();
        }
        let Some((section, shift)) = &deed.shift else { return };
        let shift = if back { shift.inverse() } else { *shift };
        self.follow_shift(section, shift);
        self.texts.show_start();
    }

    /// After the lists have changed: what the window remembers of groups goes with them. What holds
    /// something in groups that have come back was visited before.
    pub(super) fn readdress(&mut self, before: &Roster) {
        let now = &self.roster;
        self.checking.regroup(|field| before.follow(field, now));
        let follow = |field: Option<_>| field.and_then(|field| before.follow(&field, now));
        self.focus = follow(self.focus.take());
        self.peeked = follow(self.peeked.take());
        self.calendar = None;
        self.clause_open = None;
        if *before != *now
            && let Some(find) = &mut self.find
        {
            // It may have stood in another letter.
            find.leave();
        }
        let came = |field: &_| now.follow(field, before).is_none();
        for field in self.draft.blanks().into_iter().filter(came) {
            if is_filled(&self.draft, &field) {
                self.checking.visit(&field);
            }
        }
    }

    /// Shows a place, or what is nearest to it, with the keyboard in its blank.
    pub(super) fn show_place(&mut self, place: &Place) -> Task<Message> {
        let step = place.step.nearest(&self.draft);
        let blanks = step.fields(&self.draft);
        let is_there = |field: &&Field| blanks.contains(field);
        let here = self.focus.as_ref().filter(|_| self.step == step);
        match place.field.as_ref().filter(is_there).or(here.filter(is_there)).cloned() {
            Some(field) if self.keyboard && here == Some(&field) && self.versions.is_none() => {
                self.show_section(&field);
                self.go_to(step)
            }
            Some(field) => self.jump(&field),
            None => self.enter_step(step),
        }
    }
}

impl Step {
    /// This step, or the nearest that the draft has.
    pub(super) fn nearest(self, draft: &Draft) -> Self {
        let steps = Self::all(draft);
        if steps.contains(&self) {
            return self;
        }
        let other = match self {
            Self::Demand(_) => draft.demands.len().checked_sub(1).map(Self::Demand),
            Self::Letter(_) => draft.applications.len().checked_sub(1).map(Self::Letter),
            Self::Evidence(_) => draft.applications.len().checked_sub(1).map(Self::Evidence),
            _ => None,
        };
        let list = match self {
            Self::Demand(_) => Self::Publication,
            _ => Self::Items,
        };
        let near = [other, Some(list)].into_iter().flatten();
        near.into_iter().find(|step| steps.contains(step)).unwrap_or(Self::Company)
    }
}
