//! What commands read: the data folder, notices, drafts.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Zoned;
use jiff::civil::Date;

use super::password;
use crate::domain::{Attachment, Draft};
use crate::export::evidence_book::Examiner;
use crate::export::package::PackageError;
use crate::export::preflight_with_evidence;
use crate::rules::{Context, Finding, Notice};
use crate::store::{self, AttachError, Blobs, DraftError, StoreError, file};

/// Why a command cannot do what it is asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No home folder.
    #[error("找不到存放数据的文件夹，请用 --data-dir 指定一个")]
    NoHome,
    /// A draft cannot be read.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The data folder cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be attached.
    #[error(transparent)]
    Attach(#[from] AttachError),
    /// A package cannot be opened.
    #[error("“{}”：{source}", path.display())]
    Package {
        /// The file.
        path: PathBuf,
        /// Why.
        source: PackageError,
    },
    /// No such notice.
    #[error("没有“{id}”这份通知，可用的有：{known}")]
    Notice {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// Anything else, already a sentence.
    #[error("{0}")]
    Other(String),
}

/// The data folder: the one named, else beside a portable program, else the system's.
pub(super) fn root(option: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let portable = || store::portable_root(&std::env::current_exe().ok()?);
    named_root(option).or_else(portable).or_else(store::default_root).ok_or(Failure::NoHome)
}

/// The data folder of `--data-dir`, else of `JIEBANG_DATA_DIR`.
pub(super) fn named_root(option: Option<PathBuf>) -> Option<PathBuf> {
    let variable = || std::env::var_os("JIEBANG_DATA_DIR").filter(|dir| !dir.is_empty());
    option.or_else(|| variable().map(PathBuf::from))
}

/// All notices; unusable files of the data folder are told of on standard error.
pub(super) fn notices(root: &Path) -> Vec<Notice> {
    let (notices, errors) = store::notices::all(&store::notices::folder(root));
    for error in errors {
        super::output::note(&format!("提醒：{}", error.message));
    }
    notices
}

/// The notice with an identifier.
pub(super) fn notice(notices: &[Notice], id: &str) -> Result<Notice, Failure> {
    notices.iter().find(|notice| notice.id == id).cloned().ok_or_else(|| Failure::Notice {
        id: id.to_owned(),
        known: notices.iter().map(|notice| notice.id.as_str()).collect::<Vec<_>>().join("、"),
    })
}

/// A draft with the folder of its evidence.
pub(super) struct Opened {
    pub(super) draft: Draft,
    pub(super) blobs: Blobs,
}

/// Reads a draft file that has no password, or for which it was given.
pub(super) fn open(path: &Path) -> Result<Opened, Failure> {
    Ok(Opened { draft: file::read_draft(path)?, blobs: Blobs::beside(path) })
}

/// Gives a draft file its password where it has one: the first line of a file, or asked for on the
/// terminal. Any other file is left to whoever reads it.
pub(super) fn unlock(path: &Path, password_file: Option<&Path>) -> Result<(), Failure> {
    if matches!(file::read_draft(path), Err(DraftError::Locked { .. })) {
        store::unlock_file(path, &password::to_open(path, password_file)?)?;
    }
    Ok(())
}

/// What the rules need besides the draft.
fn context(opened: &Opened, date: Option<Date>) -> Context {
    Context {
        today: date.unwrap_or_else(today),
        missing_files: opened.blobs.missing(&opened.draft),
    }
}

/// Everything found before an export, the evidence looked at.
pub(super) fn preflight(opened: &Opened, notice: &Notice, date: Option<Date>) -> Vec<Finding> {
    let evidence = |file: &Attachment| opened.blobs.read(file).map_err(io::Error::other);
    let (draft, context) = (&opened.draft, context(opened, date));
    preflight_with_evidence(draft, notice, &context, &Examiner::default(), &evidence)
}

/// Today where the program runs.
pub(super) fn today() -> Date {
    Zoned::now().date()
}
