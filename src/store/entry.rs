//! The list of drafts.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::disk::{Disk, Kind};
use super::error::DraftError;
use super::file::read_draft_on;
use super::id::DraftId;
use super::sealed::KEY_FILE;
use crate::domain::{Draft, Role};

/// The draft file's name in its folder.
pub(super) const DRAFT_FILE: &str = "draft.json";

/// What a list shows of a draft; an unreadable one is listed with its problem, never dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the store.
    pub id: DraftId,
    /// The draft file.
    pub path: PathBuf,
    /// 企业名称; empty where not filled in or unreadable.
    pub company: String,
    /// Whose papers; `None` where unreadable.
    pub role: Option<Role>,
    /// Identifier of the notice; empty where unreadable.
    pub notice: String,
    /// Names of its 需求 or 事项 that have one.
    pub items: Vec<String>,
    /// When it was last written.
    pub modified: SystemTime,
    /// Why it cannot be opened.
    pub problem: Option<String>,
    /// It cannot be opened because nobody has given its password yet.
    pub locked: bool,
    /// It has a password, given or not.
    pub has_password: bool,
}

/// The drafts in the folders of `folder`, last written first.
pub(super) fn all(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<Entry>> {
    let items = disk.list(folder)?;
    let mut entries = Vec::new();
    for item in items {
        let path = folder.join(&item.name);
        if let Some(id) = item.name.to_str().and_then(DraftId::of_folder)
            && matches!(item.kind, Kind::Folder | Kind::Link)
            && holds_something(disk, &path)
        {
            entries.push(entry(disk, id, path.join(DRAFT_FILE)));
        }
    }
    entries.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| b.id.cmp(&a.id)));
    Ok(entries)
}

/// An empty folder is what a crash leaves of a draft that was never written.
fn holds_something(disk: &dyn Disk, folder: &Path) -> bool {
    match disk.about(folder) {
        Ok(about) => {
            about.kind == Kind::Folder && disk.list(folder).map_or(true, |items| !items.is_empty())
        }
        // What cannot be looked at now is there all the same.
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

fn entry(disk: &dyn Disk, id: DraftId, path: PathBuf) -> Entry {
    let modified = disk.about(&path).map_or(SystemTime::UNIX_EPOCH, |about| about.modified);
    let has_password = disk.is_taken(&path.with_file_name(KEY_FILE));
    match read_draft_on(disk, &path) {
        Ok(draft) => Entry {
            items: items(&draft),
            company: draft.company.name,
            role: Some(draft.role),
            notice: draft.notice,
            problem: None,
            locked: false,
            has_password,
            id,
            path,
            modified,
        },
        Err(error) => Entry {
            company: String::new(),
            role: None,
            notice: String::new(),
            items: Vec::new(),
            locked: matches!(error, DraftError::Locked { .. }),
            problem: Some(error.to_string()),
            has_password,
            id,
            path,
            modified,
        },
    }
}

fn items(draft: &Draft) -> Vec<String> {
    let names: Vec<&String> = match draft.role {
        Role::Demander => draft.demands.iter().map(|demand| &demand.name).collect(),
        Role::Solver => draft.applications.iter().map(|letter| &letter.item.name).collect(),
    };
    names.into_iter().filter(|name| !name.trim().is_empty()).cloned().collect()
}
