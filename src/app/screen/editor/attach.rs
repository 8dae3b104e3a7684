//! Files of evidence: chosen in a dialog, dropped on the window, or given by their path.

use std::path::PathBuf;
use std::time::Instant;

use iced::Task;
use iced::widget::{Id, operation};

use super::{Message, State, Step};
use crate::app::dialog::{self, Picked};
use crate::app::worker::{self, Broken};
use crate::domain::{Attachment, Evidence};

/// The box for a path where there is no file dialog.
pub(super) fn path_id() -> Id {
    Id::new("attach-path")
}

impl State {
    pub(super) fn ask_for_files(&mut self, letter: usize, piece: usize) -> Task<Message> {
        let dialog = dialog::evidence_files();
        Task::perform(dialog, move |picked| Message::AttachPicked(letter, piece, picked))
    }

    pub(super) fn picked(&mut self, letter: usize, piece: usize, picked: Picked) -> Task<Message> {
        match picked {
            Picked::Paths(paths) => self.attach(letter, piece, paths),
            Picked::Cancelled => Task::none(),
            Picked::Unavailable => {
                self.typed_path = Some((letter, piece, String::new()));
                self.tell(dialog::UNAVAILABLE);
                operation::focus(path_id())
            }
        }
    }

    pub(super) fn attach_typed(&mut self) -> Task<Message> {
        let Some((letter, piece, path)) = self.typed_path.clone() else { return Task::none() };
        if path.trim().is_empty() {
            return Task::none();
        }
        match dialog::typed_path(&path) {
            Ok(path) => self.attach(letter, piece, vec![path]),
            Err(problem) => {
                self.tell(problem);
                Task::none()
            }
        }
    }

    /// A dropped file goes to the piece edited last, else to a new piece of the letter shown.
    pub(super) fn drop_file(&mut self, path: PathBuf) -> Task<Message> {
        let letter = match self.step {
            Step::Evidence(letter) | Step::Letter(letter) => letter,
            _ => {
                self.tell("要添加佐证文件，请先打开“佐证材料”这一步，再把文件拖进来。");
                return Task::none();
            }
        };
        let edited = self.focus.as_ref().and_then(|field| {
            let segments: Vec<&str> = field.segments().collect();
            match segments.as_slice() {
                ["applications", n, "evidence", m, ..] if n.parse() == Ok(letter) => m.parse().ok(),
                _ => None,
            }
        });
        let Some(count) = self.draft.applications.get(letter).map(|a| a.evidence.len()) else {
            return Task::none();
        };
        self.attach(letter, edited.unwrap_or(count), vec![path])
    }

    /// Copies files in on a thread of its own.
    fn attach(&mut self, letter: usize, piece: usize, paths: Vec<PathBuf>) -> Task<Message> {
        if self.lock.is_none() {
            return self.change(None, Instant::now(), |_| {});
        }
        let blobs = self.blobs.clone();
        worker::run(
            move || {
                let one = |path: &PathBuf| blobs.attach(path).map_err(|error| error.to_string());
                paths.iter().map(one).collect()
            },
            move |result| Message::Attached(letter, piece, result),
        )
    }

    pub(super) fn attached(
        &mut self,
        letter: usize,
        piece: usize,
        result: Result<Vec<Result<Attachment, String>>, Broken>,
    ) -> Task<Message> {
        let results = match result {
            Ok(results) => results,
            Err(broken) => vec![Err(broken.to_string())],
        };
        let (good, bad): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        let problems: Vec<String> = bad.into_iter().filter_map(Result::err).collect();
        let files: Vec<Attachment> = good.into_iter().flatten().collect();
        if !problems.is_empty() {
            self.tell(problems.join("；"));
        }
        if files.is_empty() {
            return Task::none();
        }
        if problems.is_empty() {
            self.typed_path = None;
        }
        self.change(None, Instant::now(), |draft| {
            let Some(letter) = draft.applications.get_mut(letter) else { return };
            if piece >= letter.evidence.len() {
                letter.evidence.push(Evidence::default());
            }
            let at = piece.min(letter.evidence.len().saturating_sub(1));
            if let Some(piece) = letter.evidence.get_mut(at) {
                piece.files.extend(files);
            }
        })
    }

    pub(super) fn remove_file(
        &mut self,
        letter: usize,
        piece: usize,
        file: usize,
    ) -> Task<Message> {
        let task = self.change(None, Instant::now(), |draft| {
            let letter = draft.applications.get_mut(letter);
            if let Some(piece) = letter.and_then(|letter| letter.evidence.get_mut(piece))
                && file < piece.files.len()
            {
                piece.files.remove(file);
            }
        });
        self.tell_done("已取下一个文件。");
        task
    }
}
