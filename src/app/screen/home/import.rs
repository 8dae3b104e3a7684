//! Drafts from elsewhere: a draft file, a package, a sample.

use std::io;
use std::path::{Path, PathBuf};

use super::begin::Origin;
use super::reading::Reading;
use crate::app::kind;
use crate::domain::io_error::reason;
use crate::domain::{Draft, Password, Role, error_kind, media};
use crate::export::package::{self, Contents, PackageError};
use crate::store::{self, DraftError, DraftId, SealError, Store, StoreError};

/// A draft ready to be opened, and what the person must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opened {
    /// The draft.
    pub(crate) id: DraftId,
    /// Where it comes from; `None` where there is nothing to say.
    pub(crate) words: Option<String>,
    /// Something is wrong with it: the words stay until they have been read.
    pub(crate) is_doubtful: bool,
    /// The file holds another state of it, which is among its earlier ones.
    pub(crate) is_other_state: bool,
}

impl From<DraftId> for Opened {
    fn from(id: DraftId) -> Self {
        Self { id, words: None, is_doubtful: false, is_other_state: false }
    }
}

/// Why a file was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unopened {
    /// A file that needs its password.
    #[error("“{}”需要打开密码", .0.display())]
    Locked(PathBuf),
    /// A draft of the store that needs its password.
    #[error("草稿“{0}”需要打开密码")]
    LockedDraft(DraftId),
    /// The password is not its own.
    #[error("{0}")]
    WrongPassword(String),
    /// The person broke off; nothing is in the store.
    #[error("已取消，没有导入任何内容。")]
    Cancelled,
    /// The sentence says why.
    #[error("{0}")]
    Failed(String),
}

impl Unopened {
    fn of_store(error: StoreError) -> Self {
        match error {
            StoreError::Seal(SealError::WrongPassword) => Self::WrongPassword(format!("{error}。")),
            error => Self::Failed(error.to_string()),
        }
    }

    fn of(path: &Path, error: PackageError) -> Self {
        log::info!("package refused kind={}", error_kind::kind(&error));
        match error {
            PackageError::Locked => Self::Locked(path.to_owned()),
            PackageError::Cancelled => Self::Cancelled,
            PackageError::WrongPassword | PackageError::DamagedLock => {
                Self::WrongPassword(format!("{error}。"))
            }
            PackageError::Io(error) if error.kind() == io::ErrorKind::StorageFull => {
                let folder = std::env::temp_dir();
                Self::Failed(format!(
                    "打不开“{}”：磁盘空间不足。大的材料包先解开到“{}”再读，那里要有与材料包一样大的空间；请腾出空间后再试。",
                    path.display(),
                    folder.display()
                ))
            }
            error => Self::Failed(format!(
                "打不开“{}”：{error}。请检查文件是否还在、是否完整。",
                path.display()
            )),
        }
    }
}

/// Finds the draft of a file or package, or takes a copy of it into the store: a file of the store is
/// that draft, and one that holds the same as a draft of the store is that draft too. `reading` is told
/// how far it is and may break off. The sentence says why it could not.
pub(super) fn open(store: &Store, path: &Path, reading: &Reading) -> Result<Opened, Unopened> {
    let opened = find_or_read(store, path, reading);
    match &opened {
        Ok(opened) => log::info!("file opened draft={}", opened.id.logged()),
        Err(error) => log::warn!("file not opened kind={}", error_kind::name(error)),
    }
    opened
}

fn find_or_read(store: &Store, path: &Path, reading: &Reading) -> Result<Opened, Unopened> {
    if let Some(id) = store.find(path) {
        return match store.load(&id) {
            Err(StoreError::Draft(DraftError::Locked { .. })) => Err(Unopened::LockedDraft(id)),
            _ => Ok(id.into()),
        };
    }
    refuse_at_sight(path).map_err(Unopened::Failed)?;
    let contents = package::read_file_while(path, &|more| reading.goes_on(more))
        .map_err(|error| Unopened::of(path, error))?;
    if contents.is_none() && is_locked(path) {
        return Err(Unopened::Locked(path.to_owned()));
    }
    take_in(store, path, contents, reading)
}

fn is_locked(path: &Path) -> bool {
    matches!(store::file::read_draft(path), Err(DraftError::Locked { .. }))
}

/// Opens a draft of the store with its password.
pub(super) fn open_locked_draft(
    store: &Store,
    id: &DraftId,
    password: &Password,
) -> Result<Opened, Unopened> {
    store.unlock(id, password).map_err(Unopened::of_store)?;
    Ok(id.clone().into())
}

/// [`open`] of a file that needs its password.
pub(super) fn open_locked(
    store: &Store,
    path: &Path,
    password: &Password,
    reading: &Reading,
) -> Result<Opened, Unopened> {
    if is_locked(path) {
        store::unlock_file(path, password).map_err(Unopened::of_store)?;
        return open(store, path, reading);
    }
    let go_on = |more| reading.goes_on(more);
    let contents = package::read_locked_file_while(path, password, &go_on);
    let contents = contents.map_err(|error| Unopened::of(path, error))?;
    take_in(store, path, Some(contents), reading)
}

/// Finds what was read of a file in the store, or puts it there; `None`: the file is a draft.
fn take_in(
    store: &Store,
    path: &Path,
    contents: Option<Contents>,
    reading: &Reading,
) -> Result<Opened, Unopened> {
    let draft = match &contents {
        Some(contents) => contents.draft.clone(),
        None => store::file::read_draft(path).map_err(|error| {
            log::info!("draft file refused kind={}", error_kind::kind(&error));
            match error {
                DraftError::Syntax { .. } => Unopened::Failed(format!(
                    "{error}。它不是草稿，或不完整；请检查是否选错了文件。"
                )),
                error => Unopened::Failed(error.to_string()),
            }
        })?,
    };
    let found = find_or_copy(store, path, &draft, contents.as_ref(), reading)?;
    let origin = found.words.unwrap_or_default();
    let faults = contents.as_ref().map(Contents::faults).unwrap_or_default();
    let is_unfinished = contents.as_ref().is_some_and(|it| it.problems.len() > faults.len());
    let is_doubtful = !faults.is_empty();
    let words = if is_doubtful {
        format!("材料包与清单不符：{}。请核对后使用。{origin}", faults.join("；"))
    } else if is_unfinished {
        format!("{origin}材料包是在还有错误时导出的，请接着改正。")
    } else {
        origin
    };
    Ok(Opened { words: Some(words), is_doubtful, ..found })
}

/// The draft of the store that is what was read, or a copy of that; with what is said of it.
fn find_or_copy(
    store: &Store,
    path: &Path,
    draft: &Draft,
    contents: Option<&Contents>,
    reading: &Reading,
) -> Result<Opened, Unopened> {
    let told = |id, words| Opened { words: Some(words), ..Opened::from(id) };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    // One that came in damaged is no match for the sound package that was sent after it.
    let is_whole = contents.is_some_and(|contents| contents.faults().is_empty());
    let same = store.find_equal(draft);
    if let Some(id) = same.filter(|id| !is_whole || store.blobs(id).missing(draft).is_empty()) {
        note_origin(store, &id, draft, contents);
        return Ok(told(id, format!("本机已有与“{name}”内容相同的草稿，打开的就是它。")));
    }
    // What was handed in is opened as it was.
    let grown = if contents.is_none() { store.find_grown(draft) } else { None };
    if let Some(id) = grown {
        // Where it cannot be kept, the file still has it.
        let is_other_state = store.keep_other(&id, draft).is_ok();
        let place = if is_other_state {
            "在“历史版本”里，可以对照、找回"
        } else {
            "仍在那个文件里"
        };
        let words = format!(
            "“{name}”是这份草稿另一时候的样子。打开的是现在的草稿，后来填写的都在里面；文件里的样子{place}。"
        );
        return Ok(Opened { is_other_state, ..told(id, words) });
    }
    let watch = |more| reading.goes_on(more);
    let made = match contents {
        Some(contents) => {
            let files = contents.files();
            let watched =
                files.map(|(file, open)| (file, || open().map(|from| reading.watch(from))));
            store.create_from_while(draft, watched, &watch)
        }
        None => store.import_while(path, &watch),
    };
    let id = made.map_err(|error| match reading.is_stopped() {
        true => Unopened::Cancelled,
        false => Unopened::Failed(error.to_string()),
    })?;
    note_origin(store, &id, draft, contents);
    Ok(told(id, format!("已把“{name}”复制到本机草稿，原文件不会改动。")))
}

/// Has the file lead to this draft the next time, whatever is filled in until then.
fn note_origin(store: &Store, id: &DraftId, draft: &Draft, contents: Option<&Contents>) {
    if contents.is_none() {
        // Without it the file would be copied again, which loses nothing.
        let _ = store.note_origin(id, draft);
    }
}

/// Refuses what can be seen to be no draft and no package before it is read: reading a pipe would never end.
fn refuse_at_sight(path: &Path) -> Result<(), String> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let wanted = "请选择草稿（.jiebang、.json）或材料包（.zip）。";
    let seen = path.metadata().map_err(|error| {
        format!("打不开“{}”：{}。请检查文件是否还在。", path.display(), reason(&error))
    })?;
    if seen.is_dir() {
        return Err(format!("“{name}”是文件夹，打不开。{wanted}"));
    }
    if !seen.is_file() {
        return Err(format!("“{name}”是管道或设备，不是普通文件，打不开。{wanted}"));
    }
    let head = store::file::read_start(path, media::HEAD as u64);
    let head = head.map_err(|error| format!("无法读取“{name}”：{}。", reason(&error)))?;
    if head.is_empty() {
        return Err(format!("“{name}”是空文件。{wanted}"));
    }
    if kind::is_word(path) {
        return Err(format!(
            "“{name}”是 Word 文件，不是草稿或材料包。要导入申请书，请先打开草稿，在“申请书”一步里选“从 Word 文档导入”。"
        ));
    }
    match media::extension(&head) {
        // A draft or package may hold the mark of one further on.
        Ok(kind) if kind != "pdf" || head.starts_with(b"%PDF-") => Err(format!(
            "“{name}”是 {} 文件，不是草稿或材料包。要作为佐证材料，请先打开草稿，在“佐证材料”一步里添加。",
            kind.to_uppercase()
        )),
        _ => Ok(()),
    }
}

/// Keeps a copy of the sample of a role for a notice.
pub(super) fn sample(store: &Store, notice: &str, role: Role) -> Result<DraftId, String> {
    let sample = store::samples::sample(notice, role).map_err(|error| error.to_string())?;
    store
        .create_with(&sample.draft, |blobs| sample.put_files(blobs))
        .map_err(|error| error.to_string())
}

/// Keeps a copy of a draft for another notice: all answers, but no office, which are that notice's own.
pub(super) fn copy_for(store: &Store, id: &DraftId, notice: &str) -> Result<DraftId, String> {
    let draft = for_notice(store.load(id).map_err(|error| error.to_string())?, notice);
    let copy = store.duplicate(id).map_err(|error| error.to_string())?;
    store.save(&copy, &draft).map_err(|error| error.to_string())?;
    Ok(copy)
}

/// Gives a draft another notice; it can be brought back as an earlier version.
pub(super) fn change_notice(store: &Store, id: &DraftId, notice: &str) -> Result<(), String> {
    let lock = store.lock(id).map_err(|error| error.to_string())?;
    if lock.is_none() {
        return Err("这份草稿正在另一个窗口中编辑，请先关闭那个窗口，再改用别的通知。".to_owned());
    }
    let draft = for_notice(store.load(id).map_err(|error| error.to_string())?, notice);
    store.save(id, &draft).map_err(|error| error.to_string())
}

fn for_notice(mut draft: Draft, notice: &str) -> Draft {
    notice.clone_into(&mut draft.notice);
    draft.submission.contact.clear();
    draft
}

/// Keeps an empty draft, with a company's data where they are wanted.
pub(super) fn empty(
    store: &Store,
    notice: &str,
    role: Role,
    origin: &Origin,
) -> Result<DraftId, String> {
    let mut draft = Draft::new(notice, role);
    let company = match origin {
        Origin::Anew => None,
        Origin::Profile(id) => Some(store.load_profile(id)),
        Origin::Draft(id) => Some(store.load(id).map(|earlier| earlier.company)),
    };
    if let Some(company) = company {
        draft.company = company.map_err(|error| error.to_string())?;
    }
    store.create(&draft).map_err(|error| error.to_string())
}
