//! The guide over the screen, which is afterwards as it was.

use iced::Task;
use iced::widget::space;

use super::{App, Message};
use crate::app::screen::help::{self, Occasion};
use crate::app::widget::Element;
use crate::app::{focus, theme};

impl App {
    /// Opens the guide where it fits what is being done, or puts it away.
    pub(super) fn toggle_help(&mut self) -> Task<Message> {
        if self.help.take().is_some() {
            // The screen was not told where the keyboard is while it was covered.
            return focus::find().map(Message::FocusFound);
        }
        let occasion = match &self.editor {
            Some(editor) => Occasion::Draft(editor.draft().role, editor.step()),
            None => Occasion::Home,
        };
        let density = self.density * self.settings.scale;
        let (help, task) = help::State::open(occasion, self.window, density);
        self.help = Some(help);
        task.map(Message::Help)
    }

    /// Something happened in the guide.
    pub(super) fn help_happened(&mut self, message: help::Message) -> Task<Message> {
        match (&mut self.help, message) {
            (Some(_), help::Message::Closed) => self.toggle_help(),
            (Some(help), message) => help.update(message).map(Message::Help),
            (None, _) => Task::none(),
        }
    }

    /// The guide; nothing where it is not open.
    pub(super) fn guide(&self) -> Element<'_, Message> {
        match &self.help {
            Some(help) => {
                let tokens = theme::tokens(&self.theme());
                focus::dialog(help.view(tokens).map(Message::Help))
            }
            None => space().into(),
        }
    }
}
