//! Sweeping up what crashes and changes leave behind; what may still be of use to anybody stays.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atomic::{TEMPORARY, WRITING};
use super::disk::Kind;
use super::file;
use super::id::DraftId;
use super::{DraftLock, Store};

/// How the folder of a draft is called until it is whole.
pub(super) const MAKING: &str = ".making-";
/// How the folder of a draft is called that is being erased.
pub(super) const GONE: &str = ".gone-";

/// Age at which a temporary file is nobody's any more.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);
/// Age at which an attachment goes that no state of the draft names.
const UNNAMED: Duration = Duration::from_secs(30 * 24 * 3600);

impl Store {
    /// Removes what crashes have left outside the drafts. What fails is tried again the next time.
    pub(super) fn sweep_store(&self) {
        for folder in [self.root().to_owned(), self.profiles_folder(), self.root().join("fonts")] {
            self.sweep_temporaries(&folder);
        }
        for item in self.disk.list(&self.bin_folder()).unwrap_or_default() {
            let name = item.name.to_str().unwrap_or_default();
            if item.kind == Kind::Folder && name.starts_with(GONE) {
                let _ = self.remove_all(&self.bin_folder().join(name));
            }
        }
        for item in self.disk.list(&self.drafts()).unwrap_or_default() {
            let name = item.name.to_str().unwrap_or_default();
            let id = name.strip_prefix(MAKING).and_then(DraftId::parse);
            let folder = self.drafts().join(name);
            // Who makes it holds its lock.
            if let Some(id) = id.filter(|_| item.kind == Kind::Folder)
                && self.is_older(&folder, ABANDONED)
                && let Ok(Some(_lock)) = self.take_lock(&id)
            {
                let _ = self.remove_all(&folder);
            }
        }
    }

    /// Removes what crashes and changes have left in a draft of which the lock is held.
    pub(super) fn sweep_draft(&self, id: &DraftId, _lock: &DraftLock) {
        let attachments = self.blobs(id).folder().to_owned();
        for folder in [self.folder(id), self.history_folder(id), attachments] {
            self.sweep_temporaries(&folder);
        }
        for path in self.unnamed(id).unwrap_or_default() {
            let _ = self.disk.remove_file(&path);
        }
    }

    fn sweep_temporaries(&self, folder: &Path) {
        for item in self.disk.list(folder).unwrap_or_default() {
            let name = item.name.to_str().unwrap_or_default();
            let is_one = name.starts_with(WRITING) && name.ends_with(TEMPORARY);
            let path = folder.join(name);
            if is_one && item.kind == Kind::File && self.is_older(&path, ABANDONED) {
                let _ = self.disk.remove_file(&path);
            }
        }
    }

    /// Old attachments whose SHA-256 stands nowhere in the draft, in a damaged file kept aside or in
    /// any version. Where one of those cannot be read, it may name them all: there are none then.
    fn unnamed(&self, id: &DraftId) -> io::Result<Vec<PathBuf>> {
        let folder = self.blobs(id).folder().to_owned();
        let mut unnamed: Vec<(String, PathBuf)> = Vec::new();
        for item in self.disk.list(&folder)? {
            let path = folder.join(&item.name);
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if item.kind == Kind::File && is_sha256(stem) && self.is_older(&path, UNNAMED) {
                unnamed.push((stem.to_owned(), path));
            }
        }
        for folder in [self.folder(id), self.history_folder(id)] {
            if unnamed.is_empty() {
                break;
            }
            let items = match self.disk.list(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                items => items?,
            };
            for item in items.into_iter().filter(|item| item.kind != Kind::Folder) {
                let named = self.hashes_in(&folder.join(item.name))?;
                unnamed.retain(|(sha256, _)| !named.contains(sha256));
            }
        }
        Ok(unnamed.into_iter().map(|(_, path)| path).collect())
    }

    /// Every text in a file that has the shape of a SHA-256.
    fn hashes_in(&self, path: &Path) -> io::Result<BTreeSet<String>> {
        let bytes = self.disk.read(path, file::MAX_BYTES)?;
        if bytes.len() as u64 > file::MAX_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let runs = bytes.split(|byte| !byte.is_ascii_hexdigit());
        let texts = runs.filter_map(|run| std::str::from_utf8(run).ok());
        Ok(texts.filter(|text| is_sha256(text)).map(str::to_owned).collect())
    }

    /// Of what the clock says comes from the future, nothing is old.
    fn is_older(&self, path: &Path, age: Duration) -> bool {
        let written = self.disk.about(path).map(|about| about.modified);
        written.is_ok_and(|at| self.disk.now().duration_since(at).is_ok_and(|found| found >= age))
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
