//! The export itself, on a thread of its own.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::domain::{Attachment, Draft, Password};
use crate::export::evidence_book::Examiner;
use crate::export::package::{self, ExportError, WriteError};
use crate::export::{is_stopped, preflight_with_evidence};
use crate::rules::{Context, Notice};
use crate::store::{Blobs, Fonts};
use crate::typeset::letter_face;

/// The list of the files, which does not list itself.
const MANIFEST: &str = "manifest.json";

/// How far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Step {
    /// Parts done.
    pub(super) done: usize,
    /// Parts in all.
    pub(super) total: usize,
    /// What is being made.
    pub(super) what: String,
}

/// Seen by both threads.
#[derive(Debug, Default)]
pub(super) struct Progress {
    step: Mutex<Step>,
    cancelled: AtomicBool,
}

impl Progress {
    pub(super) fn step(&self) -> Step {
        self.step.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn note(&self, step: Step) -> ControlFlow<()> {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = step;
        if self.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The folder with the files.
    pub(super) folder: PathBuf,
    /// The package.
    pub(super) zip: PathBuf,
    /// The papers, to be opened and printed.
    pub(super) papers: Vec<PathBuf>,
    /// How many files the package holds, its manifest left out, as a check of it counts them.
    pub(super) count: usize,
    /// The word 草稿 stands across each page.
    pub(super) draft_mark: bool,
    /// The package needs a password.
    pub(super) locked: bool,
    /// An earlier package beside it with which it must not be mistaken.
    pub(super) other_zip: Option<PathBuf>,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unwritten {
    /// The person broke off.
    Cancelled,
    /// It went wrong; the sentence says how.
    Failed(String),
}

impl From<ExportError> for Unwritten {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Cancelled => Self::Cancelled,
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<WriteError> for Unwritten {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Cancelled => Self::Cancelled,
            error => Self::Failed(error.to_string()),
        }
    }
}

/// Everything an export needs.
pub(super) struct Job {
    pub(super) draft: Draft,
    pub(super) notice: Arc<Notice>,
    pub(super) blobs: Blobs,
    pub(super) examiner: Examiner,
    pub(super) fonts: Fonts,
    pub(super) date: Date,
    pub(super) folder: PathBuf,
    /// That of the package.
    pub(super) password: Option<Password>,
    pub(super) progress: Arc<Progress>,
}

impl Job {
    /// Makes the package and writes it.
    pub(super) fn run(self) -> Result<Written, Unwritten> {
        // A face that was missing may have been installed meanwhile.
        letter_face::forget_absent();
        letter_face::prepare(&self.draft, |face| self.fonts.read(face).map_err(|e| e.to_string()));
        // What the page shows may be a moment older than the draft.
        let missing_files = self.blobs.missing(&self.draft);
        let context = Context { today: self.date, missing_files };
        let read = |attachment: &Attachment| self.blobs.read(attachment).map_err(io::Error::other);
        let findings =
            preflight_with_evidence(&self.draft, &self.notice, &context, &self.examiner, &read);
        let draft_mark = is_stopped(&findings);
        let job = package::Job {
            draft: &self.draft,
            notice: &self.notice,
            attachments: &read,
            date: self.date,
            draft_mark,
        };
        let mut parts = 0;
        let made = package::make(&job, &mut |progress| {
            parts = progress.total;
            self.progress.note(Step {
                done: progress.done,
                total: parts + 1,
                what: progress.what.to_owned(),
            })
        })?;
        let made = match &self.password {
            Some(password) => self.lock(made, password, parts)?,
            None => made,
        };
        let writing = Step { done: parts, total: parts + 1, what: "写入文件夹".to_owned() };
        if self.progress.note(writing).is_break() {
            return Err(Unwritten::Cancelled);
        }
        let (all, cancelled) = (package::Parts::All, || self.progress.is_cancelled());
        let written = package::write_unless(&self.folder, &made.base_name, &made, all, &cancelled)?;
        Ok(Written {
            folder: written.folder.unwrap_or_else(|| self.folder.clone()),
            zip: written.zip.unwrap_or(self.folder),
            papers: written.papers,
            count: made.files.iter().filter(|file| file.name != MANIFEST).count(),
            draft_mark,
            locked: made.locked,
            other_zip: written.other_zip,
        })
    }

    /// The package under its password.
    fn lock(
        &self,
        made: package::Package,
        password: &Password,
        parts: usize,
    ) -> Result<package::Package, ExportError> {
        let locking = Step { done: parts, total: parts + 1, what: "加密材料包".to_owned() };
        if self.progress.note(locking).is_break() {
            return Err(ExportError::Cancelled);
        }
        package::lock(made, password, self.date, &|| !self.progress.is_cancelled())
    }
}
