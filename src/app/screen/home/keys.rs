//! Keys on home: arrows between options, Escape, undo and search.

use iced::Task;
use iced::widget::{Id, operation};

use super::drafts::search_id;
use super::list::keyboard_to;
use super::{Action, Message, State, bin, card_id, locked, password};
use crate::app::focus;
use crate::app::shortcut::{Arrow, Shortcut};

impl State {
    /// An arrow key was pressed where `id` has the keyboard: the option beside it is chosen.
    pub(crate) fn arrowed(&mut self, arrow: Arrow, id: &Id) -> Task<Message> {
        for choices in self.choices() {
            let Some(at) = choices.iter().position(|choice| choice.id == *id) else { continue };
            let to = arrow.beside(at, choices.len());
            let Some(choice) = choices.into_iter().nth(to) else { continue };
            let chosen = self.begun(choice.message);
            let keyboard = operation::focus(choice.id.clone()).chain(focus::reveal(choice.id));
            return Task::batch([chosen, keyboard]);
        }
        Task::none()
    }

    /// Puts away what lies in the way: a question, the notices of a card, or else what is told at the
    /// foot. The keyboard goes back to the card.
    pub(crate) fn escape(&mut self) -> Task<Message> {
        if self.is_changing_password() {
            return self.password(password::Message::Cancelled);
        }
        if self.is_asking() {
            return self.asked(locked::Message::Cancelled);
        }
        if let Some(kept) = self.keep_binned() {
            return kept;
        }
        if let Some(id) = self.renoticed.take() {
            return keyboard_to(card_id(&id));
        }
        let told = if self.problem.is_some() || self.done.is_some() {
            Message::ProblemClosed
        } else {
            Message::Bin(bin::Message::Left)
        };
        match self.update(told) {
            Action::Run(task) => task,
            Action::Open(_) | Action::OtherPlace | Action::Welcomed => Task::none(),
        }
    }

    /// A key combination.
    pub(crate) fn shortcut(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Undo => self.bin_happened(bin::Message::Undone),
            Shortcut::Find if self.is_searchable() => operation::focus(search_id()),
            _ => Task::none(),
        }
    }
}
