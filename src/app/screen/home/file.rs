//! Opening a file from elsewhere: by the system's dialog, or by a path where there is none.

use iced::Task;
use iced::widget::{Id, operation};

use super::State;
use crate::app::dialog::{self, Picked};
use crate::app::worker;

/// What happens to files.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A file is to be opened.
    Asked,
    /// The dialog was answered.
    Picked(Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is to be opened.
    PathGiven,
}

/// The box for a path.
pub(super) fn path_id() -> Id {
    Id::new("open-path")
}

impl State {
    /// Asks which file to open.
    pub(crate) fn ask_for_file() -> Task<super::Message> {
        let picked = |picked| super::Message::File(Message::Picked(picked));
        worker::ask(dialog::draft_or_package(), Picked::Unavailable, picked)
    }

    pub(super) fn file_happened(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::Asked => Self::ask_for_file(),
            Message::Picked(picked) => self.picked(picked),
            Message::PathTyped(path) => {
                self.typed_path = Some(path);
                Task::none()
            }
            Message::PathGiven => self.open_typed(),
        }
    }

    fn picked(&mut self, picked: Picked) -> Task<super::Message> {
        match picked {
            Picked::Paths(paths) => match paths.into_iter().next() {
                Some(path) => self.open_path(path),
                None => Task::none(),
            },
            Picked::Cancelled => Task::none(),
            Picked::Unavailable => {
                self.typed_path.get_or_insert_default();
                self.problem = Some(dialog::UNAVAILABLE.to_owned());
                operation::focus(path_id())
            }
        }
    }

    fn open_typed(&mut self) -> Task<super::Message> {
        let path = self.typed_path.as_deref().map(str::trim).unwrap_or_default();
        if path.is_empty() {
            return Task::none();
        }
        match dialog::typed_path(path) {
            Ok(path) => self.open_path(path),
            Err(problem) => {
                self.problem = Some(problem);
                Task::none()
            }
        }
    }
}
