//! The password of a draft: set, changed, given and taken away, so that a crash at any moment leaves
//! every file readable, plain or with the password.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::atomic::{self, TEMPORARY, Temporary, WRITING};
use super::disk::{Disk, Kind, RealDisk};
use super::error::StoreError;
use super::id::DraftId;
use super::seal::{Key, SealError};
use super::sealed::{self, KEY_COPY, KEY_FILE};
use super::{DraftLock, Store};
use crate::domain::Password;

impl Store {
    /// The draft has a password, given or not.
    #[must_use]
    pub fn has_password(&self, id: &DraftId) -> bool {
        self.bare.is_taken(&self.folder(id).join(KEY_FILE))
    }

    /// Opens a draft that has a password, for as long as this process runs. A setting of it that was
    /// broken off is brought to its end.
    pub fn unlock(&self, id: &DraftId, password: &Password) -> Result<(), StoreError> {
        self.must_exist(id)?;
        let folder = self.folder(id);
        self.key(&folder, password)?;
        if let Ok(Some(lock)) = self.lock(id) {
            // It can be read all the same.
            let _ = self.seal_files(&folder, &lock);
        }
        Ok(())
    }

    /// Gives a draft a password, or another one in place of `old`: its files are sealed, its history and
    /// its attachments too. Drop its lock first. What was deleted by that, experts may still find on the
    /// disk.
    pub fn set_password(
        &self,
        id: &DraftId,
        old: Option<&Password>,
        new: &Password,
    ) -> Result<(), StoreError> {
        let (folder, lock) = self.take_for_password(id)?;
        let key = match old {
            Some(old) => self.key(&folder, old)?,
            None if self.has_password(id) => return Err(SealError::WrongPassword.into()),
            None => Key::generate(),
        };
        // From now on what is written is sealed; what is plain still stays readable.
        sealed::put_key(&self.bare, &folder, &key, new)
            .map_err(|source| self.io("保存密钥到", &folder, source))?;
        self.seal_files(&folder, &lock)
    }

    /// Takes the password of a draft away: its files are plain again.
    pub fn remove_password(&self, id: &DraftId, password: &Password) -> Result<(), StoreError> {
        let (folder, _lock) = self.take_for_password(id)?;
        self.key(&folder, password)?;
        for path in self.files(&folder)? {
            let read = |source| self.io("解密", &path, source);
            if sealed::is_sealed(self.bare.as_ref(), &path).map_err(read)? {
                rewrite(self.disk.as_ref(), &self.bare, &path).map_err(read)?;
            }
        }
        // Last, and the copy first: while anything is sealed, the key is there.
        for name in [KEY_COPY, KEY_FILE] {
            let path = folder.join(name);
            match self.bare.remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(self.io("删除", &path, source));
                }
                _ => {}
            }
        }
        self.bare.sync_folder(&folder).map_err(|source| self.io("写入", &folder, source))
    }

    /// What the end of the process does to a draft that was opened.
    #[cfg(test)]
    pub(crate) fn forget_key(&self, id: &DraftId) {
        sealed::forget(self.bare.as_ref(), &self.folder(id));
    }

    fn take_for_password(&self, id: &DraftId) -> Result<(PathBuf, DraftLock), StoreError> {
        self.must_exist(id)?;
        let lock = self.lock(id)?.ok_or_else(|| StoreError::InUse(id.clone()))?;
        Ok((self.folder(id), lock))
    }

    fn key(&self, folder: &Path, password: &Password) -> Result<Key, StoreError> {
        let key = sealed::unlock(&self.bare, folder, password);
        Ok(key.map_err(|source| self.io("读取", &folder.join(KEY_FILE), source))??)
    }

    fn seal_files(&self, folder: &Path, _lock: &DraftLock) -> Result<(), StoreError> {
        for path in self.files(folder)? {
            let write = |source| self.io("加密", &path, source);
            if !sealed::is_sealed(self.bare.as_ref(), &path).map_err(write)? {
                rewrite(self.bare.as_ref(), &self.disk, &path).map_err(write)?;
            }
        }
        Ok(())
    }

    /// The files of a draft of which the lock is held, those of its key excepted. What a crash has left
    /// half written is removed: it may be plain.
    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
        let mut files = Vec::new();
        let items = self.bare.list(folder);
        for item in items.map_err(|source| self.io("读取", folder, source))? {
            let path = folder.join(&item.name);
            let name = item.name.to_string_lossy();
            match item.kind {
                Kind::Folder => files.extend(self.files(&path)?),
                _ if sealed::is_key(&path) => {}
                Kind::File if name.starts_with(WRITING) && name.ends_with(TEMPORARY) => {
                    let gone = self.bare.remove_file(&path);
                    gone.map_err(|source| self.io("删除", &path, source))?;
                }
                Kind::File => files.push(path),
                Kind::Link | Kind::Other => {
                    let source = io::Error::other("草稿文件夹里的链接不能加密");
                    return Err(self.io("加密", &path, source));
                }
            }
        }
        Ok(files)
    }
}

/// Replaces a file as a whole by what is read of it, as the other disk writes it.
fn rewrite(from: &dyn Disk, to: &Arc<dyn Disk>, path: &Path) -> io::Result<()> {
    let mut source = from.open(path)?;
    let mut file = Temporary::new(to, atomic::folder_of(path))?;
    io::copy(&mut source, &mut file)?;
    // Windows replaces no file that is open.
    drop(source);
    file.name(path)
}

/// Opens the draft file at `path`, wherever it lies, for as long as this process runs.
pub fn unlock_file(path: &Path, password: &Password) -> Result<(), StoreError> {
    let bare: Arc<dyn Disk> = Arc::new(RealDisk);
    let folder = atomic::folder_of(path);
    let key = sealed::unlock(&bare, folder, password);
    key.map_err(|source| StoreError::io("读取", &folder.join(KEY_FILE), source))??;
    Ok(())
}

#[cfg(test)]
mod tests;
