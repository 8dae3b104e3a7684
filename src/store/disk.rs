//! Everything the store asks of the file system, so that tests can stand a failing disk in its place.

use std::any::Any;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// A file that is read.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// A file that is written.
pub trait Sink: Write + Send {
    /// Brings what was written to the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a device or a socket.
    Other,
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name alone.
    pub name: OsString,
    /// What it stands for; links are not followed.
    pub kind: Kind,
}

/// What is known of a file or folder; links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Never [`Kind::Link`].
    pub kind: Kind,
    /// Bytes of a file.
    pub length: u64,
    /// When it was last written.
    pub modified: SystemTime,
}

/// Held while the process has a lock; let go when the last clone is dropped.
pub type Held = Arc<dyn Any + Send + Sync>;

/// A file system. Files and folders it makes are open to their owner alone.
pub trait Disk: fmt::Debug + Send + Sync {
    /// The time, to be compared with that of files.
    fn now(&self) -> SystemTime;
    /// What is at `path`.
    fn about(&self, path: &Path) -> io::Result<About>;
    /// `path` without links.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;
    /// What is in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<Item>>;
    /// Opens a regular file; anything else is an error, as a pipe would never end.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Source>>;
    /// Makes a file; an error if there is anything of the name.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>>;
    /// Makes a folder in one that exists; an error if there is anything of the name.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Brings the names in a folder to the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Moves a file or folder; a file at `to` is replaced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name; an error if there is anything of it.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file or a link.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Locks the file at `path`, which is made if it is not there; `None` where another has the lock.
    fn lock(&self, path: &Path) -> io::Result<Option<Held>>;
}

impl dyn Disk + '_ {
    /// Whether a folder is at `path`.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        self.about(path).is_ok_and(|about| about.kind == Kind::Folder)
    }

    /// Whether anything is at `path`, or a link that leads nowhere; what cannot be told may be there.
    pub(super) fn is_taken(&self, path: &Path) -> bool {
        !matches!(self.about(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
    }

    /// Reads a file of `most` bytes at most; one byte more is read of a longer one.
    pub(super) fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Sink for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Disk for RealDisk {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let data = fs::metadata(path)?;
        let modified = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Ok(About { kind: kind(data.file_type()), length: data.len(), modified })
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        let item = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(Item { name: entry.file_name(), kind: kind(entry.file_type()?) })
        };
        fs::read_dir(folder)?.map(item).collect()
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Source>> {
        match self.about(path)?.kind {
            Kind::File => Ok(Box::new(File::open(path)?)),
            Kind::Folder => Err(io::ErrorKind::IsADirectory.into()),
            Kind::Link | Kind::Other => Err(io::Error::other("这不是普通文件，而是管道或设备")),
        }
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        Ok(Box::new(private_file().write(true).create_new(true).open(path)?))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        private_folder().create(path)
    }

    // Windows has no such call.
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Held>> {
        // A pipe would block on opening.
        if self.about(path).is_ok_and(|about| about.kind != Kind::File) {
            return Err(io::Error::other("这不是普通文件"));
        }
        let file = private_file().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Arc::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(source),
        }
    }
}

/// Makes folders that are open to their owner alone.
pub(super) fn private_folder() -> fs::DirBuilder {
    #[allow(unused_mut)]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Makes files that are open to their owner alone.
pub(super) fn private_file() -> OpenOptions {
    #[allow(unused_mut)]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn kind(found: fs::FileType) -> Kind {
    if found.is_file() {
        Kind::File
    } else if found.is_dir() {
        Kind::Folder
    } else if found.is_symlink() {
        Kind::Link
    } else {
        Kind::Other
    }
}
