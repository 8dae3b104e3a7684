//! Drafts on disk: `<root>/drafts/<id>/draft.json` with its attachments, history and lock; and what
//! is kept beside them.

mod atomic;
mod bin;
pub mod blobs;
mod call;
mod create;
pub mod disk;
mod entry;
pub mod error;
pub mod event_log;
pub mod file;
pub mod fonts;
pub mod history;
pub mod id;
pub mod lock;
pub mod notices;
mod origin;
mod password;
mod portable;
pub mod profiles;
mod recover;
pub mod report;
pub mod samples;
mod save;
pub mod seal;
mod sealed;
mod settings;
mod sweep;
pub mod system;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

pub use blobs::Blobs;
use disk::Kind;
pub use disk::{Disk, RealDisk};
pub use entry::Entry;
pub use error::{AttachError, DraftError, StoreError};
pub use fonts::Fonts;
pub use history::Version;
pub use id::DraftId;
pub use lock::DraftLock;
pub use notices::NoticeFileError;
pub use password::unlock_file;
pub use portable::portable_root;
pub use profiles::{Profile, ProfileId};
pub use recover::Recovered;
pub use save::Saved;
pub use seal::SealError;
use sealed::SealingDisk;

use crate::domain::Draft;
use crate::rules::Notice;

/// The folder for this person's data, as the system has it; `None` where there is no home.
#[must_use]
pub fn default_root() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "jiebang").map(|dirs| dirs.data_dir().to_owned())
}

/// How a draft's file shows itself without being read: its length in bytes, and when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: SystemTime,
}

/// All drafts under one folder.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
    disk: Arc<dyn Disk>,
    /// The same without the seals of drafts that have a password.
    bare: Arc<dyn Disk>,
}

impl Store {
    /// The store at `root`; makes its folders where they are missing.
    pub fn open(root: PathBuf) -> Result<Self, StoreError> {
        Self::open_on(root, Arc::new(RealDisk))
    }

    /// The same on any disk.
    pub fn open_on(root: PathBuf, disk: Arc<dyn Disk>) -> Result<Self, StoreError> {
        let bare = disk;
        let disk = Arc::new(SealingDisk::over(Arc::clone(&bare)));
        let store = Self { root, disk, bare };
        let own = [store.drafts(), store.bin_folder(), store.locks(), store.notices_folder()];
        for folder in own.into_iter().chain([store.profile_bin_folder()]) {
            atomic::create_folders(&store.disk, &folder)
                .map_err(|source| StoreError::io("创建文件夹", &folder, source))?;
        }
        store.sweep_store();
        Ok(store)
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every draft, last written first; unreadable ones with their problem.
    pub fn list(&self) -> Result<Vec<Entry>, StoreError> {
        let folder = self.drafts();
        entry::all(self.disk.as_ref(), &folder).map_err(|source| self.io("读取", &folder, source))
    }

    /// The names of all drafts, in no order, of which nothing is read.
    fn ids(&self) -> io::Result<Vec<DraftId>> {
        let items = self.disk.list(&self.drafts())?.into_iter();
        let folders = items.filter(|item| matches!(item.kind, Kind::Folder | Kind::Link));
        Ok(folders.filter_map(|item| DraftId::of_folder(item.name.to_str()?)).collect())
    }

    /// The draft of this store whose file is at `path`; `None` for a file elsewhere.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<DraftId> {
        let path = self.disk.real_path(path).ok()?;
        let is_it =
            |id: &DraftId| self.disk.real_path(&self.path(id)).is_ok_and(|known| known == path);
        self.ids().ok()?.into_iter().find(is_it)
    }

    /// A draft of this store that holds the very same, so that opening a file again makes no copy; one
    /// that has all its files before others.
    #[must_use]
    pub fn find_equal(&self, draft: &Draft) -> Option<DraftId> {
        let entries = self.list().ok()?;
        let of_company = entries.into_iter().filter(|entry| entry.company == draft.company.name);
        let same =
            of_company.filter(|entry| self.load(&entry.id).is_ok_and(|known| known == *draft));
        same.map(|entry| entry.id).min_by_key(|id| self.blobs(id).missing(draft).len())
    }

    /// Reads a draft.
    pub fn load(&self, id: &DraftId) -> Result<Draft, StoreError> {
        self.must_exist(id)?;
        Ok(file::read_draft_on(self.disk.as_ref(), &self.path(id))?)
    }

    /// Reads a draft; a damaged one is replaced by its newest good version, the damaged file kept
    /// aside. A draft of a later version of the program is not damaged and stays untouched.
    pub fn load_or_recover(&self, id: &DraftId) -> Result<(Draft, Option<Recovered>), StoreError> {
        self.must_exist(id)?;
        recover::load(&self.disk, &self.path(id), &self.history_folder(id))
    }

    /// Earlier states of a draft, newest first.
    pub fn history(&self, id: &DraftId) -> Result<Vec<Version>, StoreError> {
        let folder = self.history_folder(id);
        history::list(self.disk.as_ref(), &folder)
            .map_err(|source| self.io("读取", &folder, source))
    }

    /// Reads an earlier state.
    pub fn load_version(&self, version: &Version) -> Result<Draft, StoreError> {
        Ok(file::read_draft_on(self.disk.as_ref(), &version.path)?)
    }

    /// The draft file.
    #[must_use]
    pub fn path(&self, id: &DraftId) -> PathBuf {
        self.folder(id).join(entry::DRAFT_FILE)
    }

    /// The stamp of its file; `None` where there is none to be seen.
    #[must_use]
    pub fn stamp(&self, id: &DraftId) -> Option<Stamp> {
        let about = self.disk.about(&self.path(id)).ok()?;
        Some(Stamp { length: about.length, modified: about.modified })
    }

    /// The attachments.
    #[must_use]
    pub fn blobs(&self, id: &DraftId) -> Blobs {
        self.blobs_beside(&self.path(id))
    }

    fn blobs_beside(&self, path: &Path) -> Blobs {
        Blobs::beside_on(Arc::clone(&self.disk), path)
    }

    /// Takes the draft for editing; `None` where another window has it: open it read-only.
    pub fn lock(&self, id: &DraftId) -> Result<Option<DraftLock>, StoreError> {
        let lock = self.take_lock(id)?;
        if let Some(lock) = &lock {
            self.sweep_draft(id, lock);
        }
        Ok(lock)
    }

    /// Whether a lock taken earlier still keeps others out of the draft.
    #[must_use]
    pub fn is_held(&self, id: &DraftId, lock: &DraftLock) -> bool {
        lock.is_of(&self.lock_path(id))
    }

    /// The bundled notices and those in [`notices_folder`](Self::notices_folder), which come before
    /// bundled ones of the same identifier; with what is wrong with unusable files.
    #[must_use]
    pub fn notices(&self) -> (Vec<Notice>, Vec<NoticeFileError>) {
        notices::all(&self.notices_folder())
    }

    /// Where a person may drop notices.
    #[must_use]
    pub fn notices_folder(&self) -> PathBuf {
        notices::folder(&self.root)
    }

    fn drafts(&self) -> PathBuf {
        self.root.join("drafts")
    }

    fn bin_folder(&self) -> PathBuf {
        self.root.join("bin")
    }

    // Apart from the drafts: Windows does not move a folder in which a file is open.
    fn locks(&self) -> PathBuf {
        self.root.join("locks")
    }

    fn folder(&self, id: &DraftId) -> PathBuf {
        self.drafts().join(id.as_str())
    }

    fn history_folder(&self, id: &DraftId) -> PathBuf {
        self.folder(id).join("history")
    }

    fn must_exist(&self, id: &DraftId) -> Result<(), StoreError> {
        let folder = self.folder(id);
        match self.disk.about(&folder) {
            Ok(about) if about.kind == Kind::Folder => Ok(()),
            Err(error) if self.is_gone() || error.kind() != io::ErrorKind::NotFound => {
                Err(self.io("读取", &folder, error))
            }
            _ => Err(StoreError::NotFound(id.clone())),
        }
    }

    /// An error of the disk; of a data folder that is not there any more, that is what is told.
    fn io(&self, action: &'static str, path: &Path, source: io::Error) -> StoreError {
        if self.is_gone() {
            StoreError::Gone(self.root.clone())
        } else {
            StoreError::io(action, path, source)
        }
    }

    fn is_gone(&self) -> bool {
        let found = self.disk.about(&self.drafts());
        found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    }

    fn take_lock(&self, id: &DraftId) -> Result<Option<DraftLock>, StoreError> {
        let path = self.lock_path(id);
        let unwritable = |source| self.io("写入数据文件夹", &self.root, source);
        lock::take(self.disk.as_ref(), &path).map_err(unwritable)
    }

    fn lock_path(&self, id: &DraftId) -> PathBuf {
        self.locks().join(lock::file_name(id))
    }

    fn now(&self) -> Timestamp {
        Timestamp::try_from(self.disk.now()).unwrap_or_default()
    }

    fn local_time(&self) -> DateTime {
        self.now().to_zoned(TimeZone::system()).datetime()
    }
}
