//! New drafts: made out of sight, and shown by their name once they are whole.

use std::io::{self, Read};
use std::path::Path;

use super::blobs::{Blobs, stopped};
use super::entry::DRAFT_FILE;
use super::error::{AttachError, StoreError};
use super::id::DraftId;
use super::lock::DraftLock;
use super::sweep::MAKING;
use super::{Store, atomic, file, sealed};
use crate::domain::{Attachment, Draft};

impl Store {
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
        let (id, _lock) = self.new_id()?;
        let (making, folder) = (self.drafts().join(format!("{MAKING}{id}")), self.folder(&id));
        let made = self.make(&making, draft, fill).and_then(|()| self.transfer(&making, &folder));
        if let Err(error) = made {
            // The first error is the one to tell. What stays is swept a day later.
            let _ = self.remove_all(&making);
            let _ = self.remove_all(&folder);
            return Err(error);
        }
        log::info!("created draft={}", id.logged());
        Ok(id)
    }

    /// Puts a draft into the store with its evidence, each file with what opens its content, as they
    /// come out of a package.
    pub fn create_from<'a, R: Read>(
        &self,
        draft: &Draft,
        evidence: impl Iterator<Item = (&'a Attachment, impl FnOnce() -> io::Result<R>)>,
    ) -> Result<DraftId, StoreError> {
        self.create_from_while(draft, evidence, &|_| true)
    }

    /// [`create_from`](Self::create_from), which asks `go_on` once more when all is beside the draft:
    /// where it answers `false` nothing is kept.
    pub fn create_from_while<'a, R: Read>(
        &self,
        draft: &Draft,
        evidence: impl Iterator<Item = (&'a Attachment, impl FnOnce() -> io::Result<R>)>,
        go_on: &dyn Fn(u64) -> bool,
    ) -> Result<DraftId, StoreError> {
        self.create_with(draft, |blobs| {
            let mut evidence = evidence;
            evidence.try_for_each(|(file, open)| blobs.put_from(&file.name, open).map(drop))?;
            unless_stopped(blobs, go_on)
        })
    }

    /// A copy of a draft with its attachments and its password, without its history.
    pub fn duplicate(&self, id: &DraftId) -> Result<DraftId, StoreError> {
        let draft = self.load(id)?;
        self.create_with(&draft, |blobs| {
            self.adopt_key(&self.path(id), blobs)?;
            blobs.adopt(&draft, &self.blobs(id), &|_| true)
        })
    }

    /// Keeps a copy of the draft file at `path` with the attachments in the `.files` beside it.
    /// Attachments that are missing there or altered stay missing here.
    pub fn import(&self, path: &Path) -> Result<DraftId, StoreError> {
        self.import_while(path, &|_| true)
    }

    /// [`import`](Self::import), which tells `go_on` how many bytes more were read: where it answers
    /// `false` nothing is kept.
    pub fn import_while(
        &self,
        path: &Path,
        go_on: &dyn Fn(u64) -> bool,
    ) -> Result<DraftId, StoreError> {
        let draft = file::read_draft_on(self.disk.as_ref(), path)?;
        self.create_with(&draft, |blobs| {
            self.adopt_key(path, blobs)?;
            blobs.adopt(&draft, &self.blobs_beside(path), go_on)?;
            unless_stopped(blobs, go_on)
        })
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
        // Opening the file again is to lead here; where that cannot be noted, it leads to a copy.
        let _ = self.note_origin(id, draft);
        log::info!("saved elsewhere draft={}", id.logged());
        Ok(self.blobs_beside(path).adopt(draft, &self.blobs(id), &|_| true)?)
    }

    /// A copy of a draft that has a password has the same one: it must not lie about plain.
    fn adopt_key(&self, from: &Path, blobs: &Blobs) -> Result<(), AttachError> {
        let (from, to) = (atomic::folder_of(from), atomic::folder_of(blobs.folder()));
        sealed::adopt_key(&self.bare, from, to)
            .map_err(|source| AttachError::io("复制密钥到", to, source))
    }

    fn make(
        &self,
        folder: &Path,
        draft: &Draft,
        fill: impl FnOnce(&Blobs) -> Result<(), AttachError>,
    ) -> Result<(), StoreError> {
        let text = file::text_of(draft)?;
        self.disk.create_folder(folder).map_err(|source| self.io("创建文件夹", folder, source))?;
        let path = folder.join(DRAFT_FILE);
        fill(&self.blobs_beside(&path))?;
        atomic::write(&self.disk, &path, text.as_bytes())
            .map_err(|source| self.io("保存", &path, source))
    }

    /// A name that is free here and in the bin, with its lock, so that nobody sweeps what is being made.
    fn new_id(&self) -> Result<(DraftId, DraftLock), StoreError> {
        loop {
            let id = DraftId::new(self.local_time());
            let places = [self.folder(&id), self.bin_folder().join(id.as_str())];
            if let Some(place) = places.iter().find(|place| !self.is_free(place)) {
                // Not of a name that is taken, but of a disk that does not answer.
                self.disk.about(place).map_err(|source| self.io("读取", place, source))?;
                continue;
            }
            if let Some(lock) = self.take_lock(&id)? {
                return Ok((id, lock));
            }
        }
    }

    pub(super) fn is_free(&self, path: &Path) -> bool {
        !self.disk.is_taken(path)
    }
}

/// The last chance to break off: from here the draft appears at once.
fn unless_stopped(blobs: &Blobs, go_on: &dyn Fn(u64) -> bool) -> Result<(), AttachError> {
    match go_on(0) {
        true => Ok(()),
        false => Err(AttachError::io("写入", blobs.folder(), stopped())),
    }
}
