//! A change of a list of groups: what moves with it, the step shown after it, and the keyboard.

use std::time::Instant;

use iced::Task;

use super::form::{MOVE_DOWN, MOVE_UP, tool_id};
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
        let (true, Some(task)) = (done, task) else { return Task::none() };
        self.readdress(&before);
        if matches!(change, Change::Remove(_)) {
            self.tell_done(format!("已删除一项{}。", group.noun()));
        }
        let shown = self.go_to(self.step_after(group, change));
        let keyboard = self.keyboard_after(group, change);
        Task::batch([task, shown, keyboard])
    }

    /// Puts the keyboard into the group that was made, or that comes in the place of the one removed;
    /// that of a group which was moved stays on the way it was moved.
    fn keyboard_after(&mut self, group: Group, change: Change) -> Task<Message> {
        if let Some(made) = group.made(&self.draft, change) {
            self.checking.made(made.clone());
            return self.enter_group(&made);
        }
        let last = group.count(&self.draft).saturating_sub(1);
        let (name, at) = match change {
            Change::MoveUp(n) if n > 1 => (MOVE_UP, n - 1),
            Change::MoveUp(_) => (MOVE_DOWN, 0),
            Change::MoveDown(n) if n + 1 < last => (MOVE_DOWN, n + 1),
            Change::MoveDown(_) => (MOVE_UP, last),
            Change::Remove(n) => return self.enter_group(&group.nth(n.min(last))),
            Change::Add | Change::Duplicate(_) => return Task::none(),
        };
        self.keyboard = false;
        let tool = tool_id(name, &group.nth(at));
        focus::enter(Some(tool.clone())).chain(focus::reveal(tool))
    }

    /// Puts the keyboard into the first blank of a group, or of the step where there is none.
    fn enter_group(&mut self, group: &Field) -> Task<Message> {
        let inside = format!("{}/", group.pointer());
        let blanks = self.step.fields(&self.draft);
        let Some(first) = blanks.into_iter().find(|blank| blank.pointer().starts_with(&inside))
        else {
            return self.take_keyboard();
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
