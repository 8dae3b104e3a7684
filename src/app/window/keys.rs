//! Keys that the window acts on, wherever the keyboard is.

use iced::Task;

use super::leaving::{self, Destination};
use super::{App, Message};
use crate::app::diagnostics::Screen;
use crate::app::focus::{self, Focused};
use crate::app::screen::{about, editor, home};
use crate::app::shortcut::{Arrow, Shortcut};

impl App {
    /// The guide or a question lies over the screen, which is left alone then.
    fn is_covered(&self) -> bool {
        let lies_over = self.help.is_some() || self.about.is_some() || self.leaving.is_some();
        lies_over || self.asks_for_password()
    }

    /// A package is being opened that needs its password.
    pub(super) fn asks_for_password(&self) -> bool {
        self.editor.is_none() && self.home.is_asking()
    }

    /// A key combination.
    pub(super) fn shortcut(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Next | Shortcut::Previous => {
                let last = match &self.help {
                    Some(help) => help.last_control(),
                    None => self.last_control.clone(),
                };
                focus::step(shortcut == Shortcut::Next, last)
                    .chain(focus::find().map(Message::FocusFound))
            }
            Shortcut::Theme => self.toggle_theme(),
            Shortcut::Larger => self.scale(1.1),
            Shortcut::Smaller => self.scale(1.0 / 1.1),
            Shortcut::NormalSize => self.scale(1.0 / self.settings.scale),
            Shortcut::Help
                if self.leaving.is_none() && self.about.is_none() && !self.asks_for_password() =>
            {
                self.toggle_help()
            }
            _ if self.is_covered() => match &mut self.help {
                Some(help) => help.shortcut(shortcut).map(Message::Help),
                None => Task::none(),
            },
            Shortcut::Undo | Shortcut::Redo => {
                focus::find().map(move |focused| Message::TravelAt(shortcut, focused))
            }
            Shortcut::New if self.editor.is_some() => self.leave(Destination::New),
            Shortcut::New => self.home.go_to_new().map(Message::Home),
            Shortcut::Open if self.editor.is_some() => self.leave(Destination::File),
            Shortcut::Open => home::State::ask_for_file().map(Message::Home),
            _ => self.shortcut_on_screen(shortcut),
        }
    }

    fn shortcut_on_screen(&mut self, shortcut: Shortcut) -> Task<Message> {
        match &mut self.editor {
            Some(editor) => {
                let action = editor.shortcut(shortcut);
                self.obey(action)
            }
            None => self.home.shortcut(shortcut).map(Message::Home),
        }
    }

    /// Undo and redo, but not from a box that holds nothing of the draft: what changes would be out of
    /// sight.
    pub(super) fn travel(&mut self, shortcut: Shortcut, focused: &Focused) -> Task<Message> {
        let is_of_draft = |editor: &editor::State| editor.is_of_draft(focused);
        let is_beside = focused.is_line() && !self.editor.as_ref().is_some_and(is_of_draft);
        if self.is_covered() || is_beside {
            return Task::none();
        }
        self.shortcut_on_screen(shortcut)
    }

    /// An arrow key that no box took.
    pub(super) fn arrow(&self, arrow: Arrow) -> Task<Message> {
        focus::find().map(move |focused| Message::ArrowAt(arrow, focused))
    }

    /// The same, now that it is known where the keyboard was.
    pub(super) fn arrow_at(&mut self, arrow: Arrow, focused: Focused) -> Task<Message> {
        if let Some(help) = self.help.as_ref().filter(|_| self.leaving.is_none()) {
            return help.arrowed(arrow, focused.id.as_ref()).map(Message::Help);
        }
        let to_editor = self.to_editor();
        let Some(id) = focused.id.filter(|_| !self.is_covered()) else { return Task::none() };
        match &mut self.editor {
            Some(editor) => editor.arrowed(arrow, &id).map(to_editor),
            None => self.home.arrowed(arrow, &id).map(Message::Home),
        }
    }

    /// Escape: what lies over or in the way is put away.
    pub(super) fn escaped(&mut self) -> Task<Message> {
        if self.leaving.is_some() {
            return self.leaving_happened(leaving::Message::Stayed);
        }
        if let Some(help) = &mut self.help {
            let (away, task) = help.escape();
            return if away { self.toggle_help() } else { task.map(Message::Help) };
        }
        if self.about.is_some() {
            return self.about_happened(about::Message::Closed);
        }
        let to_editor = self.to_editor();
        match &mut self.editor {
            Some(editor) => editor.escape().map(to_editor),
            None => self.home.escape().map(Message::Home),
        }
    }

    /// Shows what is told of the program.
    pub(super) fn show_about(&mut self) -> Task<Message> {
        let screen = Screen { scale: self.settings.scale, density: self.density };
        self.about = Some(about::State::new(self.store.root().to_owned(), screen));
        focus::enter_dialog().chain(Task::done(Message::KeyboardPut))
    }

    /// In what is told of the program.
    pub(super) fn about_happened(&mut self, message: about::Message) -> Task<Message> {
        let Some(about) = &mut self.about else { return Task::none() };
        match about.update(message) {
            about::Action::Run(task) => task.map(Message::About),
            about::Action::Close => {
                self.about = None;
                focus::enter(self.last_control.clone()).chain(Task::done(Message::KeyboardPut))
            }
        }
    }
}
