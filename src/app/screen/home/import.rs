//! Drafts from elsewhere: a draft file, a package, a sample.

use std::path::Path;

use super::begin::Origin;
use crate::domain::{Draft, Role};
use crate::export::package;
use crate::store::{self, DraftId, Store};

/// A draft ready to be opened, and what the person must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opened {
    /// The draft.
    pub(crate) id: DraftId,
    /// Where it comes from; `None` where there is nothing to say.
    pub(crate) words: Option<String>,
    /// Something is wrong with it: the words stay until they have been read.
    pub(crate) is_doubtful: bool,
}

impl From<DraftId> for Opened {
    fn from(id: DraftId) -> Self {
        Self { id, words: None, is_doubtful: false }
    }
}

/// Finds the draft of a file or package, or takes a copy of it into the store: a file of the store is
/// that draft, and one that holds the same as a draft of the store is that draft too. The sentence says
/// why it could not.
pub(super) fn open(store: &Store, path: &Path) -> Result<Opened, String> {
    if let Some(id) = store.find(path) {
        return Ok(id.into());
    }
    let contents = package::read_file(path).map_err(|error| {
        format!("打不开“{}”：{error}。请检查文件是否还在、是否完整。", path.display())
    })?;
    let draft = match &contents {
        Some(contents) => contents.draft.clone(),
        None => store::file::read_draft(path).map_err(|error| error.to_string())?,
    };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let (id, origin) = if let Some(id) = store.find_equal(&draft) {
        (id, format!("本机已有与“{name}”内容相同的草稿，打开的就是它。"))
    } else {
        let made = match &contents {
            Some(contents) => store.create_from(&draft, &contents.evidence),
            None => store.import(path),
        };
        let id = made.map_err(|error| error.to_string())?;
        (id, format!("已把“{name}”复制到本机草稿，原文件不会改动。"))
    };
    let problems = contents.map(|contents| contents.problems).unwrap_or_default();
    let is_doubtful = !problems.is_empty();
    let words = if is_doubtful {
        format!("材料包与清单不符：{}。请核对后使用。{origin}", problems.join("；"))
    } else {
        origin
    };
    Ok(Opened { id, words: Some(words), is_doubtful })
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
