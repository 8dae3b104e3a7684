//! A change of a list of groups: what moves with it, the step shown after it, and the keyboard.

use std::time::Instant;

use iced::Task;

use super::update::blank_id;
use super::{Change, Group, Message, State, Step};
use crate::app::focus;
use crate::domain::Field;

impl State {
    pub(super) fn regroup(&mut self, group: Group, change: Change) -> Task<Message> {
        let deed = self.group_deed(group, change, self.step_after(group, change));
        let before = self.roster.clone();
        let mut done = false;
        let task = self.change_as(deed, Instant::now(), |draft, roster| {
            done = group.apply(draft, change);
            if done {
                roster.regroup(group, change);
            }
        });
        if !done {
            return task;
        }
        self.readdress(&before);
        if matches!(change, Change::Remove(_)) {
            self.tell_done(format!("已删除一项{}。", group.noun()));
        }
        let shown = self.go_to(self.step_after(group, change));
        let keyboard = match group.made(&self.draft, change) {
            Some(made) => self.enter_group(made),
            None if matches!(change, Change::Remove(_)) => self.take_keyboard(),
            None => Task::none(),
        };
        Task::batch([task, shown, keyboard])
    }

    /// Puts the keyboard into the first blank of a group that was just made.
    fn enter_group(&mut self, made: Field) -> Task<Message> {
        let inside = format!("{}/", made.pointer());
        self.checking.made(made);
        let blanks = self.step.fields(&self.draft);
        let Some(first) = blanks.into_iter().find(|blank| blank.pointer().starts_with(&inside))
        else {
            return Task::none();
        };
        self.enter(&first);
        self.led = true;
        let id = blank_id(&first);
        focus::enter(Some(id.clone())).chain(focus::reveal(id)).chain(Task::done(Message::Led))
    }

    /// The step to show after a list has changed: the group that was touched.
    fn step_after(&self, group: Group, change: Change) -> Step {
        if group != Group::Demands {
            return self.step;
        }
        let last = self.draft.demands.len().checked_sub(1);
        let wanted = match change {
            Change::Add => last,
            Change::Duplicate(n) | Change::MoveDown(n) => Some(n + 1),
            Change::MoveUp(n) => n.checked_sub(1),
            Change::Remove(n) => Some(n),
        };
        match (wanted, last) {
            (Some(n), Some(last)) => Step::Demand(n.min(last)),
            _ => Step::Publication,
        }
    }
}
