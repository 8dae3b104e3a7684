//! Check and export: everything found, the folder, the progress, what was written and what is next.

mod job;
mod letter_face;
pub(crate) mod opener;
mod outcome;
mod password;
mod review;
#[cfg(test)]
mod tests;
mod trail;
mod view;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Task;
use iced::widget::{Id, operation};
use jiff::civil::Date;

use self::job::{Job, Progress};
pub(crate) use self::job::{Unwritten, Written};
use self::trail::Trail;
use crate::app::dialog::{self, Picked};
use crate::app::focus;
use crate::app::worker::{self, Broken};
use crate::domain::{Draft, Field, LetterFace, PrintOptions};
use crate::export::evidence_book::Examiner;
use crate::rules::Notice;
use crate::store::Fonts;

/// What the page knows besides the draft.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// The folder, as typed or chosen.
    folder: String,
    running: Option<Running>,
    shown: Option<job::Step>,
    result: Option<Result<Written, Unwritten>>,
    /// The draft has changed since the result.
    outdated: bool,
    problem: Option<String>,
    /// Where the last export went, as typed.
    exported_to: Option<String>,
    trail: Trail,
    letter_face: letter_face::State,
    password: password::State,
}

/// An export under way.
#[derive(Debug)]
struct Running {
    progress: Arc<Progress>,
    /// Where it goes, as typed when it began.
    folder: String,
}

/// What is exported.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    /// The draft.
    pub(crate) draft: &'a Draft,
    /// Its notice.
    pub(crate) notice: &'a Arc<Notice>,
    /// Its file; the evidence lies beside it.
    pub(crate) draft_path: &'a Path,
    /// Remembers which evidence can stand in its book.
    pub(crate) examiner: &'a Examiner,
    /// The fonts of the machine.
    pub(crate) fonts: Fonts,
    /// Today.
    pub(crate) date: Date,
}

/// What happens on the page.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The finding at this place of the list leads to its blank.
    Jumped(usize, Field),
    /// Past the findings to the folder.
    ListPassed,
    /// A part of the page was brought into view.
    Shown,
    /// The folder was typed.
    FolderTyped(String),
    /// The dialog for the folder is wanted.
    FolderAsked,
    /// It was answered.
    FolderPicked(Picked),
    /// The export is wanted.
    Started,
    /// Time to look at the progress.
    Ticked,
    /// The export is to stop.
    Cancelled,
    /// It ended.
    Finished(Result<Result<Written, Unwritten>, Broken>),
    /// A file or folder is to be opened by the system.
    OpenAsked(PathBuf),
    /// It was, or not.
    Opened(Result<Result<(), String>, Broken>),
    /// The papers are to be printed on both sides, or on one.
    DoubleSidedToggled,
    /// The place of the 骑缝章 is wanted on each page, or not.
    StraddleSealToggled,
    /// Signature fields are wanted at the seals, or not.
    SignatureFieldsToggled,
    /// The face of the letters' text.
    LetterFace(letter_face::Message),
    /// The password of the package.
    Password(password::Message),
    /// The check code is wanted on the tables, or not.
    CheckCodeToggled,
    /// Editable documents are wanted beside the papers, or not.
    DocxToggled,
    /// The pictures of the evidence are to keep all their pixels, or not.
    FullResolutionToggled,
}

/// What the editor should do.
#[derive(Debug)]
pub(crate) enum Action {
    /// Run a task.
    Run(Task<Message>),
    /// An export was tried: show what is missing everywhere; run the task.
    Tried(Task<Message>),
    /// Go to a blank.
    Edit(Field),
    /// Set the letters' text in this face.
    LetterFace(Option<LetterFace>),
    /// Change how the draft is printed; the setting's name.
    Print(&'static str, fn(&mut PrintOptions)),
}

/// The box for the folder.
fn folder_id() -> Id {
    Id::new("export-folder")
}

/// The button that exports, with how far that is.
fn start_id() -> Id {
    Id::new("export-start")
}

fn button_id() -> Id {
    Id::new("export-button")
}

/// What came of the last export.
fn outcome_id() -> Id {
    Id::new("export-outcome")
}

/// Brings a part of the page into view. The message has the window drawn again, which scrolling alone
/// has not.
fn show(part: Id) -> Task<Message> {
    focus::reveal(part).chain(Task::done(Message::Shown))
}

impl State {
    /// An export is under way.
    pub(crate) const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Has an export under way broken off; it ends a moment later.
    pub(crate) fn cancel(&self) {
        if let Some(running) = &self.running {
            running.progress.cancel();
        }
    }

    /// What was written is no longer what the draft says.
    pub(crate) fn draft_changed(&mut self) {
        self.outdated = true;
    }

    /// A finding led away from the page, and nobody has come back.
    pub(crate) const fn is_away(&self) -> bool {
        self.trail.is_away()
    }

    /// Puts the keyboard back on that finding, or on the next of the `count` there are now.
    pub(crate) fn come_back<M: Send + 'static>(&mut self, count: usize) -> Task<M> {
        self.trail.come_back(count)
    }

    /// Exports go to `folder` unless another is chosen.
    pub(crate) fn go_to(&mut self, folder: &str) {
        folder.clone_into(&mut self.folder);
    }

    /// Where the last export went, to be remembered.
    pub(crate) fn exported_to(&self) -> Option<&str> {
        self.exported_to.as_deref()
    }

    /// Takes in what happened.
    pub(crate) fn update(&mut self, message: Message, subject: &Subject<'_>) -> Action {
        match message {
            Message::Jumped(place, field) => {
                self.trail.go(place);
                return Action::Edit(field);
            }
            Message::ListPassed => {
                return Action::Run(operation::focus(folder_id()).chain(show(start_id())));
            }
            Message::DoubleSidedToggled => {
                return Action::Print("单面或双面打印", |print| {
                    print.double_sided = !print.double_sided;
                });
            }
            Message::StraddleSealToggled => {
                return Action::Print("骑缝章的位置", |print| {
                    print.straddle_seal = !print.straddle_seal;
                });
            }
            Message::SignatureFieldsToggled => {
                return Action::Print("电子签名域", |print| {
                    print.signature_fields = !print.signature_fields;
                });
            }
            Message::LetterFace(message) => {
                return match self.letter_face.update(message, subject.fonts.clone()) {
                    letter_face::Outcome::Run(task) => Action::Run(task.map(Message::LetterFace)),
                    letter_face::Outcome::Set(face) => Action::LetterFace(face),
                };
            }
            Message::Password(message) => return Action::Run(self.password.update(message)),
            Message::CheckCodeToggled => {
                return Action::Print("表上的校验码", |print| {
                    print.check_code_on_tables = !print.check_code_on_tables;
                });
            }
            Message::DocxToggled => {
                return Action::Print("可编辑的 Word 文件", |print| print.docx = !print.docx);
            }
            Message::FullResolutionToggled => {
                return Action::Print("图片的清晰度", |print| {
                    print.evidence_full_resolution = !print.evidence_full_resolution;
                });
            }
            Message::Shown => {}
            Message::FolderTyped(folder) => self.folder = folder,
            Message::FolderAsked => {
                let from = dialog::typed_path(&self.folder).unwrap_or_default();
                return Action::Run(worker::ask(
                    dialog::folder(from),
                    Picked::Unavailable,
                    Message::FolderPicked,
                ));
            }
            Message::FolderPicked(picked) => self.folder_picked(picked),
            Message::Started => return self.start(subject),
            Message::Ticked => {
                self.shown = self.running.as_ref().map(|running| running.progress.step());
            }
            Message::Cancelled => self.cancel(),
            Message::Finished(result) => {
                self.finished(result);
                return Action::Run(show(outcome_id()));
            }
            Message::OpenAsked(path) => {
                let task = worker::run(move || opener::open(&path), Message::Opened);
                return Action::Run(task);
            }
            Message::Opened(result) => {
                let result = result.unwrap_or_else(|broken| Err(broken.to_string()));
                self.problem = result.err();
            }
        }
        Action::Run(Task::none())
    }

    fn folder_picked(&mut self, picked: Picked) {
        match picked {
            Picked::Paths(paths) => {
                if let Some(folder) = paths.first() {
                    self.folder = folder.display().to_string();
                    self.problem = None;
                }
            }
            Picked::Cancelled => {}
            Picked::Unavailable => self.problem = Some(dialog::UNAVAILABLE.to_owned()),
        }
    }

    fn start(&mut self, subject: &Subject<'_>) -> Action {
        if self.running.is_some() {
            return Action::Run(Task::none());
        }
        self.result = None;
        self.problem = None;
        let folder = match self.folder.trim() {
            "" => Err("请先选择导出到哪个文件夹（填写完整路径）。".to_owned()),
            typed => dialog::typed_path(typed),
        };
        let folder = match folder {
            Ok(folder) => folder,
            Err(problem) => {
                self.problem = Some(problem);
                return Action::Tried(Task::none());
            }
        };
        let password = match self.password.chosen() {
            Ok(password) => password,
            Err(problem) => {
                self.problem = Some(problem.to_owned());
                return Action::Tried(show(outcome_id()));
            }
        };
        let progress = Arc::new(Progress::default());
        let job = Job {
            draft: subject.draft.clone(),
            notice: Arc::clone(subject.notice),
            blobs: crate::store::Blobs::beside(subject.draft_path),
            examiner: subject.examiner.clone(),
            fonts: subject.fonts.clone(),
            date: subject.date,
            folder,
            password,
            progress: Arc::clone(&progress),
        };
        self.running = Some(Running { progress, folder: self.folder.clone() });
        self.shown = None;
        self.outdated = false;
        let run = worker::run(move || job.run(), Message::Finished);
        Action::Tried(Task::batch([run, show(start_id())]))
    }

    fn finished(&mut self, result: Result<Result<Written, Unwritten>, Broken>) {
        let running = self.running.take();
        self.shown = None;
        let result = result.unwrap_or_else(|broken| Err(Unwritten::Failed(broken.to_string())));
        if result.is_ok() {
            self.exported_to = running.map(|running| running.folder);
        }
        self.result = Some(result);
    }
}
