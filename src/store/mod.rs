//! Drafts on disk: `<root>/drafts/<id>/draft.json` with its attachments, history and lock; and what
//! is kept beside them.

mod atomic;
pub mod blobs;
pub mod disk;
mod entry;
pub mod error;
pub mod file;
pub mod fonts;
pub mod history;
pub mod id;
pub mod lock;
pub mod notices;
pub mod profiles;
mod recover;
pub mod samples;
mod settings;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
pub use profiles::{Profile, ProfileId};
pub use recover::Recovered;

use crate::domain::{Attachment, Draft};
use crate::rules::Notice;

/// The folder for this person's data, as the system has it; `None` where there is no home.
#[must_use]
pub fn default_root() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "jiebang").map(|dirs| dirs.data_dir().to_owned())
}

/// All drafts under one folder.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
    disk: Arc<dyn Disk>,
}

impl Store {
    /// The store at `root`; makes its folders where they are missing.
    pub fn open(root: PathBuf) -> Result<Self, StoreError> {
        Self::open_on(root, Arc::new(RealDisk))
    }

    /// The same on any disk.
    pub fn open_on(root: PathBuf, disk: Arc<dyn Disk>) -> Result<Self, StoreError> {
        let store = Self { root, disk };
        let own = [store.drafts(), store.bin_folder(), store.locks(), store.notices_folder()];
        for folder in own.into_iter().chain([store.profile_bin_folder()]) {
            atomic::create_folders(&store.disk, &folder)
                .map_err(|source| StoreError::io("创建文件夹", &folder, source))?;
        }
        Ok(store)
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every draft, last written first; unreadable ones with their problem.
    pub fn list(&self) -> Result<Vec<Entry>, StoreError> {
        entry::all(self.disk.as_ref(), &self.drafts())
    }

    /// Every draft in the bin.
    pub fn bin(&self) -> Result<Vec<Entry>, StoreError> {
        entry::all(self.disk.as_ref(), &self.bin_folder())
    }

    /// Keeps a new draft.
    pub fn create(&self, draft: &Draft) -> Result<DraftId, StoreError> {
        self.create_with(draft, |_| Ok(()))
    }

    /// Keeps a new draft once `fill` has put its attachments beside it; nothing is left of it where
    /// that fails.
    pub fn create_with(
        &self,
        draft: &Draft,
        fill: impl FnOnce(&Blobs) -> Result<(), AttachError>,
    ) -> Result<DraftId, StoreError> {
        let id = self.new_folder()?;
        let path = self.path(&id);
        let made = fill(&self.blobs(&id)).map_err(StoreError::from).and_then(|()| {
            atomic::write(&self.disk, &path, draft.to_json().as_bytes())
                .map_err(|source| StoreError::io("保存", &path, source))
        });
        if let Err(error) = made {
            // What is left would be an empty entry; the first error is the one to tell.
            let _ = self.remove_all(&self.folder(&id));
            return Err(error);
        }
        Ok(id)
    }

    /// Puts a draft with the bytes of its evidence into the store, as they come out of a package.
    pub fn create_from(
        &self,
        draft: &Draft,
        evidence: &[(Attachment, Vec<u8>)],
    ) -> Result<DraftId, StoreError> {
        self.create_with(draft, |blobs| {
            evidence.iter().try_for_each(|(file, bytes)| blobs.put(&file.name, bytes).map(drop))
        })
    }

    /// A copy of a draft with its attachments, without its history.
    pub fn duplicate(&self, id: &DraftId) -> Result<DraftId, StoreError> {
        let draft = self.load(id)?;
        self.create_with(&draft, |blobs| blobs.adopt(&draft, &self.blobs(id)))
    }

    /// The draft of this store whose file is at `path`; `None` for a file elsewhere.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<DraftId> {
        let path = self.disk.real_path(path).ok()?;
        let entries = self.list().ok()?;
        let is_it =
            |entry: &Entry| self.disk.real_path(&entry.path).is_ok_and(|known| known == path);
        entries.into_iter().find(is_it).map(|entry| entry.id)
    }

    /// A draft of this store that holds the very same, so that opening a file again makes no copy.
    #[must_use]
    pub fn find_equal(&self, draft: &Draft) -> Option<DraftId> {
        let entries = self.list().ok()?;
        let of_company = entries.into_iter().filter(|entry| entry.company == draft.company.name);
        of_company
            .filter(|entry| self.load(&entry.id).is_ok_and(|known| known == *draft))
            .map(|entry| entry.id)
            .next()
    }

    /// Keeps a copy of the draft file at `path` with the attachments in the `.files` beside it.
    /// Attachments that are missing there or altered stay missing here.
    pub fn import(&self, path: &Path) -> Result<DraftId, StoreError> {
        let draft = file::read_draft_on(self.disk.as_ref(), path)?;
        self.create_with(&draft, |blobs| blobs.adopt(&draft, &self.blobs_beside(path)))
    }

    /// Writes `draft` with the attachments of this one to a file that is no draft of the store, such as
    /// on a USB stick; [`import`](Self::import) takes it in again. The draft itself comes first: there
    /// may be no room for its attachments.
    pub fn save_elsewhere(
        &self,
        id: &DraftId,
        draft: &Draft,
        path: &Path,
    ) -> Result<(), StoreError> {
        file::write_draft_on(&self.disk, path, draft)?;
        Ok(self.blobs_beside(path).adopt(draft, &self.blobs(id))?)
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

    /// Writes a draft; what the file held before joins its history. Hold its [`lock`](Self::lock).
    pub fn save(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        self.replace(id, draft, false)
    }

    /// Earlier states of a draft, newest first.
    pub fn history(&self, id: &DraftId) -> Result<Vec<Version>, StoreError> {
        let folder = self.history_folder(id);
        history::list(self.disk.as_ref(), &folder)
            .map_err(|source| StoreError::io("读取", &folder, source))
    }

    /// Reads an earlier state.
    pub fn load_version(&self, version: &Version) -> Result<Draft, StoreError> {
        Ok(file::read_draft_on(self.disk.as_ref(), &version.path)?)
    }

    /// Makes an earlier state the draft; what it was joins the history and is not thinned for a month.
    pub fn restore(&self, id: &DraftId, version: &Version) -> Result<Draft, StoreError> {
        let draft = self.load_version(version)?;
        self.restore_draft(id, &draft)?;
        Ok(draft)
    }

    /// The same with an earlier state that was read already.
    pub fn restore_draft(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        self.replace(id, draft, true)
    }

    /// Moves a draft with all that is its own to the bin. Drop its lock first: it must be open
    /// nowhere.
    pub fn remove(&self, id: &DraftId) -> Result<(), StoreError> {
        self.must_exist(id)?;
        let Some(_lock) = self.lock(id)? else { return Err(StoreError::InUse(id.clone())) };
        self.transfer(&self.folder(id), &self.bin_folder().join(id.as_str()))
    }

    /// Takes a draft out of the bin.
    pub fn put_back(&self, id: &DraftId) -> Result<(), StoreError> {
        let from = self.bin_folder().join(id.as_str());
        if !self.disk.is_folder(&from) {
            return Err(StoreError::NotFound(id.clone()));
        }
        self.transfer(&from, &self.folder(id))
    }

    /// The draft file.
    #[must_use]
    pub fn path(&self, id: &DraftId) -> PathBuf {
        self.folder(id).join(entry::DRAFT_FILE)
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
        lock::take(self.disk.as_ref(), &self.locks().join(format!("{id}.lock")))
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
        if self.disk.is_folder(&self.folder(id)) {
            Ok(())
        } else {
            Err(StoreError::NotFound(id.clone()))
        }
    }

    fn new_folder(&self) -> Result<DraftId, StoreError> {
        loop {
            let id = DraftId::new(jiff::Zoned::now().datetime());
            let folder = self.folder(&id);
            if self.disk.is_taken(&self.bin_folder().join(id.as_str())) {
                continue;
            }
            match self.disk.create_folder(&folder) {
                Ok(()) => return Ok(id),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(StoreError::io("创建文件夹", &folder, source)),
            }
        }
    }

    fn replace(&self, id: &DraftId, draft: &Draft, restoring: bool) -> Result<(), StoreError> {
        self.must_exist(id)?;
        let path = self.path(id);
        let json = draft.to_json();
        match self.disk.read(&path, file::MAX_BYTES) {
            Ok(old) if old == json.as_bytes() => return Ok(()),
            Ok(old) => {
                let now = self.now();
                let written = self.disk.about(&path).map(|about| about.modified).ok();
                let at = written.and_then(|time| jiff::Timestamp::try_from(time).ok());
                let folder = self.history_folder(id);
                history::keep(&self.disk, &folder, &old, at.unwrap_or(now), restoring, now)
                    .map_err(|source| StoreError::io("保存历史版本到", &folder, source))?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(StoreError::io("读取", &path, source)),
        }
        atomic::write(&self.disk, &path, json.as_bytes())
            .map_err(|source| StoreError::io("保存", &path, source))
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::try_from(self.disk.now()).unwrap_or_default()
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    fn remove_all(&self, folder: &Path) -> io::Result<()> {
        for item in self.disk.list(folder)? {
            let path = folder.join(&item.name);
            match item.kind {
                Kind::Folder => self.remove_all(&path)?,
                // Windows has links that only this removes.
                Kind::Link => self
                    .disk
                    .remove_file(&path)
                    .or_else(|error| self.disk.remove_folder(&path).map_err(|_| error))?,
                Kind::File | Kind::Other => self.disk.remove_file(&path)?,
            }
        }
        self.disk.remove_folder(folder)
    }

    fn transfer(&self, from: &Path, to: &Path) -> Result<(), StoreError> {
        self.disk.rename(from, to).map_err(|source| StoreError::io("移动", from, source))?;
        for folder in [self.drafts(), self.bin_folder()] {
            self.disk
                .sync_folder(&folder)
                .map_err(|source| StoreError::io("写入", &folder, source))?;
        }
        Ok(())
    }
}
