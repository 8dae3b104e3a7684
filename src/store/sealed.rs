//! A disk on which the files of a draft with a password are sealed. Who reads and writes drafts need not
//! know: once the password was given, files open and are sealed again when they are written.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use age::stream::{StreamReader, StreamWriter};
use sha2::{Digest, Sha256};

use super::atomic;
use super::disk::{About, Disk, Held, Item, RealDisk, Sink, Source};
use super::entry::DRAFT_FILE;
use super::seal::{self, Key, MAX_KEY, SealError};
use crate::domain::Password;

/// The key of a draft, in its folder.
pub(super) const KEY_FILE: &str = "draft.key.age";
/// The same once more: without it everything would be lost.
pub(super) const KEY_COPY: &str = "draft.key.copy.age";

/// The keys opened in this process, by the SHA-256 of their file: a draft that is moved or copied with
/// its key stays open.
static KEYS: LazyLock<Mutex<HashMap<[u8; 32], Key>>> = LazyLock::new(Mutex::default);

/// What is needed to read a file was not given yet.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("草稿已加密，需要打开密码")]
pub(super) struct Locked;

/// A sealed file cannot be read, as nobody has given the password.
pub(super) fn is_locked(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Locked>())
}

/// A disk under which drafts may be sealed.
#[derive(Debug, Clone)]
pub(super) struct SealingDisk {
    bare: Arc<dyn Disk>,
}

/// The disk of this machine.
pub(super) fn machine() -> Arc<dyn Disk> {
    Arc::new(SealingDisk::over(Arc::new(RealDisk)))
}

impl SealingDisk {
    pub(super) fn over(bare: Arc<dyn Disk>) -> Self {
        Self { bare }
    }

    /// The key for a file, which lies in the folder of a draft or in one below it.
    fn key_of(&self, path: &Path) -> io::Result<Option<Key>> {
        for folder in path.ancestors().skip(1).take(2) {
            if let Some(file) = key_file(self.bare.as_ref(), folder)? {
                let keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
                let key = keys.get(&digest(&file)).cloned();
                return key.map(Some).ok_or_else(locked);
            }
        }
        Ok(None)
    }
}

fn locked() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, Locked)
}

fn digest(file: &[u8]) -> [u8; 32] {
    Sha256::digest(file).into()
}

/// The file of the key in a folder; what cannot be told may be there, and is an error.
pub(super) fn key_file(bare: &dyn Disk, folder: &Path) -> io::Result<Option<Vec<u8>>> {
    let path = folder.join(KEY_FILE);
    match bare.about(&path) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
        Ok(_) => bare.read(&path, MAX_KEY).map(Some),
    }
}

/// Whether a file of a folder is that of its key, which is never sealed itself.
pub(super) fn is_key(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == KEY_FILE || name == KEY_COPY)
}

/// Whether the file at `path` is sealed.
pub(super) fn is_sealed(bare: &dyn Disk, path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    bare.open(path)?.take(seal::START).read_to_end(&mut start)?;
    Ok(seal::is_sealed(&start))
}

/// Opens the key in a folder for this process. One whose file is spoilt is mended from its copy.
pub(super) fn unlock(
    bare: &Arc<dyn Disk>,
    folder: &Path,
    password: &Password,
) -> io::Result<Result<Key, SealError>> {
    let read = |name: &str| match bare.read(&folder.join(name), MAX_KEY) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    };
    let (file, copy) = (read(KEY_FILE)?, read(KEY_COPY)?);
    let opened = match Key::unlock(&file, password) {
        Err(SealError::DamagedKey) => match Key::unlock(&copy, password) {
            Ok(key) => {
                atomic::write(bare, &folder.join(KEY_FILE), &copy)?;
                remember(&copy, &key);
                return Ok(Ok(key));
            }
            Err(_) if copy == file => Err(SealError::DamagedKey),
            Err(error) => Err(error),
        },
        opened => opened,
    };
    if let Ok(key) = &opened {
        remember(&file, key);
        if copy != file {
            // As a crash may have left it; it is of use only when the other is spoilt.
            let _ = atomic::write(bare, &folder.join(KEY_COPY), &file);
        }
    }
    Ok(opened)
}

fn remember(file: &[u8], key: &Key) {
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    keys.insert(digest(file), key.clone());
}

/// What the end of the process does.
#[cfg(test)]
pub(super) fn forget(bare: &dyn Disk, folder: &Path) {
    for name in [KEY_FILE, KEY_COPY] {
        let file = bare.read(&folder.join(name), MAX_KEY).unwrap_or_default();
        KEYS.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(&file));
    }
}

/// Puts a key into a folder under a password, in place of the one that may be there.
pub(super) fn put_key(
    bare: &Arc<dyn Disk>,
    folder: &Path,
    key: &Key,
    password: &Password,
) -> io::Result<()> {
    let file = key.lock(password)?;
    // Whoever sees the new file can open it at once.
    remember(&file, key);
    atomic::write(bare, &folder.join(KEY_FILE), &file)?;
    atomic::write(bare, &folder.join(KEY_COPY), &file)
}

/// Gives the draft in `to` the key, and so the password, of the one in `from`, where that has one.
pub(super) fn adopt_key(bare: &Arc<dyn Disk>, from: &Path, to: &Path) -> io::Result<()> {
    let Some(file) = key_file(bare.as_ref(), from)? else { return Ok(()) };
    atomic::write(bare, &to.join(KEY_FILE), &file)?;
    atomic::write(bare, &to.join(KEY_COPY), &file)
}

impl Disk for SealingDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Source>> {
        let mut file = self.bare.open(path)?;
        if is_key(path) {
            return Ok(file);
        }
        let mut start = Vec::new();
        (&mut *file).take(seal::START).read_to_end(&mut start)?;
        file.rewind()?;
        if !seal::is_sealed(&start) {
            // A crash may have left it plain; whoever reads it will want to write it.
            if path.file_name().is_some_and(|name| name == DRAFT_FILE) {
                self.key_of(path)?;
            }
            return Ok(file);
        }
        let key = self.key_of(path)?.ok_or_else(locked)?;
        Ok(Box::new(Unsealed(key.open(file)?)))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        match self.key_of(path)? {
            None => self.bare.create(path),
            Some(key) => {
                let sealing = key.seal(self.bare.create(path)?)?;
                Ok(Box::new(Sealing { writer: Some(sealing), whole: None }))
            }
        }
    }

    fn now(&self) -> SystemTime {
        self.bare.now()
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        self.bare.about(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.bare.real_path(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        self.bare.list(folder)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.bare.create_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.bare.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.bare.rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.bare.link(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.bare.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.bare.remove_folder(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Held>> {
        self.bare.lock(path)
    }
}

/// A sealed file that is read.
struct Unsealed(StreamReader<Box<dyn Source>>);

/// What the cipher finds wrong, in words; what the disk does stays.
fn in_words(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => seal::damaged(),
        _ => error,
    }
}

impl Read for Unsealed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(in_words)
    }
}

impl Seek for Unsealed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to).map_err(in_words)
    }
}

/// A file that is sealed while it is written. Only [`sync`](Sink::sync) ends it: what was not brought to
/// the disk is no whole file.
struct Sealing {
    writer: Option<StreamWriter<Box<dyn Sink>>>,
    whole: Option<Box<dyn Sink>>,
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(writer) = &mut self.writer else { return Err(io::ErrorKind::BrokenPipe.into()) };
        writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Sink for Sealing {
    fn sync(&mut self) -> io::Result<()> {
        if let Some(writer) = self.writer.take() {
            self.whole = Some(writer.finish()?);
        }
        let Some(sink) = &mut self.whole else { return Err(io::ErrorKind::BrokenPipe.into()) };
        sink.flush()?;
        sink.sync()
    }
}
