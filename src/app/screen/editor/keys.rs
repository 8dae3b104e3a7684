//! The arrow keys: through what is offered for a blank, and from one option to the next.

use iced::Task;
use iced::widget::scrollable::RelativeOffset;
use iced::widget::{Id, operation};

use super::findings::reason_id;
use super::update::blank_id;
use super::{Message, State, assist, choice};
use crate::app::focus::{self, Focused};
use crate::app::shortcut::Arrow;
use crate::domain::{Field, Kind};

/// The list of what is offered for a blank.
pub(super) fn offered_id() -> Id {
    Id::new("offered")
}

/// Option `index` of a blank; the first has the name of the blank.
pub(super) fn option_id(field: &Field, index: usize) -> Id {
    if index == 0 { blank_id(field) } else { Id::from(format!("{}#{index}", field.pointer())) }
}

impl State {
    /// An arrow key was pressed where `id` has the keyboard.
    pub(crate) fn arrowed(&mut self, arrow: Arrow, id: &Id) -> Task<Message> {
        for field in self.step.fields(&self.draft) {
            match field.spec().map(|spec| spec.kind) {
                Some(Kind::Industry | Kind::Region) if blank_id(&field) == *id => {
                    return self.point(&field, arrow);
                }
                Some(Kind::Choice) => {
                    let count = choice::choices(&self.draft, &self.notice, &field).len();
                    let at = (0..count).find(|&index| option_id(&field, index) == *id);
                    if let Some(at) = at {
                        return self.step_option(&field, arrow.beside(at, count));
                    }
                }
                _ => {}
            }
        }
        Task::none()
    }

    /// To another option: one of several is ticked by that, any of several is not.
    fn step_option(&mut self, field: &Field, to: usize) -> Task<Message> {
        let id = option_id(field, to);
        if choice::is_multiple(field) {
            return operation::focus(id.clone()).chain(focus::reveal(id));
        }
        self.choose(field, to).chain(focus::reveal(id))
    }

    /// Points to the next or the previous of what is offered.
    fn point(&mut self, field: &Field, arrow: Arrow) -> Task<Message> {
        let count = self.offered(field).len();
        if count == 0 || !arrow.is_vertical() {
            return Task::none();
        }
        let to = match self.pointed {
            Some(at) => arrow.beside(at.min(count - 1), count),
            None if arrow.is_forward() => 0,
            None => count - 1,
        };
        self.pointed = Some(to);
        let y = if count > 1 { to as f32 / (count - 1) as f32 } else { 0.0 };
        operation::snap_to(offered_id(), RelativeOffset { x: 0.0, y })
    }

    /// What is offered for a blank; nothing after Escape, or where it cannot be taken.
    pub(super) fn offered(&self, field: &Field) -> Vec<assist::Suggestion> {
        if self.offer_closed || !self.may_write {
            return Vec::new();
        }
        assist::suggestions(&self.draft, field)
    }

    /// Enter in a blank: takes what is pointed to, or the first that fits what was typed.
    pub(super) fn take_pointed(&mut self, field: &Field) -> Task<Message> {
        let mut offered = self.offered(field);
        let first = self.is_filled(field).then_some(0);
        match self.pointed.or(first).filter(|&at| at < offered.len()) {
            Some(at) => {
                let words = offered.swap_remove(at).words;
                self.take(field, words)
            }
            None => Task::none(),
        }
    }

    /// Escape: puts away the calendar, or else what is offered, or else the bar for find and
    /// replace, out of which the keyboard goes back into the text, or else the short message.
    pub(crate) fn escape(&mut self) -> Task<Message> {
        if self.calendar.is_some() {
            return self.close_calendar();
        }
        let closed = self.close_versions().or_else(|| self.close_profiles());
        if let Some(closed) = closed.or_else(|| self.close_word()) {
            return closed;
        }
        let offers =
            self.keyboard && self.focus.as_ref().is_some_and(|f| !self.offered(f).is_empty());
        if offers {
            self.offer_closed = true;
            return Task::none();
        }
        self.close_find().unwrap_or_else(|| {
            self.put_toast_away();
            Task::none()
        })
    }

    /// What has the keyboard holds a part of the draft: a blank, or the reason for a finding.
    pub(crate) fn is_of_draft(&self, focused: &Focused) -> bool {
        let Some(id) = &focused.id else { return false };
        self.step.fields(&self.draft).iter().any(|field| blank_id(field) == *id)
            || self.checking.findings().iter().any(|finding| reason_id(finding) == *id)
    }

    /// Nothing is pointed to, what fits is offered again, and no date is being picked.
    pub(super) fn offer_anew(&mut self) {
        self.pointed = None;
        self.calendar = None;
        self.offer_closed = false;
    }
}
