//! The bin: what was removed, until it is put back or erased for good.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use super::disk::Kind;
use super::entry::{self, Entry};
use super::error::StoreError;
use super::id::DraftId;
use super::sweep::GONE;
use super::{ProfileId, Store};

impl Store {
    /// Every draft in the bin.
    pub fn bin(&self) -> Result<Vec<Entry>, StoreError> {
        let folder = self.bin_folder();
        entry::all(self.disk.as_ref(), &folder).map_err(|source| self.io("读取", &folder, source))
    }

    /// Moves a draft with all that is its own to the bin. Drop its lock first: it must be open
    /// nowhere.
    pub fn remove(&self, id: &DraftId) -> Result<(), StoreError> {
        self.must_exist(id)?;
        let Some(_lock) = self.take_lock(id)? else { return Err(StoreError::InUse(id.clone())) };
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

    /// Deletes a draft of the bin for good, with its attachments and its history; nothing brings it
    /// back. A link in the bin goes, not what it leads to.
    pub fn erase(&self, id: &DraftId) -> Result<(), StoreError> {
        let bin = self.bin_folder();
        let items = self.disk.list(&bin).map_err(|source| self.io("读取", &bin, source))?;
        let item = items.into_iter().find(|item| item.name == OsStr::new(id.as_str()));
        let Some(item) = item else { return Err(StoreError::NotFound(id.clone())) };
        let Some(lock) = self.take_lock(id)? else { return Err(StoreError::InUse(id.clone())) };
        let from = bin.join(id.as_str());
        let erasing = |source| self.io("彻底删除", &from, source);
        if item.kind == Kind::Folder {
            // Out of sight in one step: what is half erased must not be put back.
            let gone = bin.join(format!("{GONE}{}", DraftId::new(self.local_time())));
            self.transfer(&from, &gone)?;
            self.remove_all(&gone).map_err(erasing)?;
        } else {
            self.remove_link(&from).and_then(|()| self.disk.sync_folder(&bin)).map_err(erasing)?;
        }
        drop(lock);
        // Left over, it takes no room.
        let _ = self.disk.remove_file(&self.lock_path(id));
        Ok(())
    }

    /// Deletes a profile of the bin for good.
    pub fn erase_profile(&self, id: &ProfileId) -> Result<(), StoreError> {
        let path = self.profile_bin_folder().join(format!("{}.json", id.as_str()));
        self.disk
            .remove_file(&path)
            .and_then(|()| self.disk.sync_folder(&self.profile_bin_folder()))
            .map_err(|source| self.io("彻底删除", &path, source))
    }

    /// Deletes all that is in the bin for good, drafts and profiles, and says how many; what cannot be
    /// deleted stays, the others go, and the first error is told.
    pub fn empty_bin(&self) -> Result<usize, StoreError> {
        let drafts = self.bin()?.into_iter().map(|entry| self.erase(&entry.id));
        let profiles = self.profile_bin()?.into_iter().map(|kept| self.erase_profile(&kept.id));
        let done: Vec<_> = drafts.chain(profiles).collect();
        let count = done.into_iter().try_fold(0, |count, erased| erased.map(|()| count + 1))?;
        // What was deleted before may have failed at this last step.
        for folder in [self.bin_folder(), self.profile_bin_folder()] {
            self.disk
                .sync_folder(&folder)
                .map_err(|source| self.io("彻底删除", &folder, source))?;
        }
        Ok(count)
    }

    /// Moves a folder within the store to a name that is free.
    pub(super) fn transfer(&self, from: &Path, to: &Path) -> Result<(), StoreError> {
        let moving = |source| self.io("移动", from, source);
        if !self.is_free(to) {
            return Err(moving(io::ErrorKind::AlreadyExists.into()));
        }
        self.disk.rename(from, to).map_err(moving)?;
        self.sync_moved(from, to).map_err(moving)
    }

    /// Where it went comes first: a power cut in between may show it twice, but never nowhere.
    pub(super) fn sync_moved(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (from.parent(), to.parent());
        to.map_or(Ok(()), |folder| self.disk.sync_folder(folder))?;
        from.filter(|_| from != to).map_or(Ok(()), |folder| self.disk.sync_folder(folder))
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    pub(super) fn remove_all(&self, folder: &Path) -> io::Result<()> {
        for item in self.disk.list(folder)? {
            let path = folder.join(&item.name);
            match item.kind {
                Kind::Folder => self.remove_all(&path)?,
                Kind::Link => self.remove_link(&path)?,
                Kind::File | Kind::Other => self.disk.remove_file(&path)?,
            }
        }
        self.disk.remove_folder(folder)
    }

    /// Windows has links that are removed as folders are.
    fn remove_link(&self, path: &Path) -> io::Result<()> {
        let disk = &self.disk;
        disk.remove_file(path).or_else(|error| disk.remove_folder(path).map_err(|_| error))
    }
}
