//! Writing a file so that a crash or a full disk leaves either the old or the new one, whole.

use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, Kind, Sink};

/// How the names of files begin that are being written.
pub(super) const WRITING: &str = ".writing-";
/// How they end.
pub(super) const TEMPORARY: &str = ".tmp";

/// Replaces `path` by `bytes`, readable by its owner alone; a link to a file is followed, not replaced.
/// Pipes and devices are left alone.
pub(super) fn write(disk: &Arc<dyn Disk>, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if disk.about(path).is_ok_and(|about| about.kind == Kind::Other) {
        return Err(io::Error::other("这不是普通文件，而是管道或设备"));
    }
    prepare(disk, path, bytes)?.persist()
}

/// A file that is on the disk but has not its name yet.
pub(super) struct Prepared {
    file: Temporary,
    target: PathBuf,
}

impl Prepared {
    /// Gives it its name.
    pub(super) fn persist(self) -> io::Result<()> {
        self.file.name(&self.target)
    }
}

/// Does of [`write`] what may fail for want of room. A link to anything but a file is replaced itself: what
/// it leads to, such as a device, is not ours.
pub(super) fn prepare(disk: &Arc<dyn Disk>, path: &Path, bytes: &[u8]) -> io::Result<Prepared> {
    let target = match disk.about(path) {
        Ok(about) if about.kind == Kind::File => disk.real_path(path)?,
        Ok(_) => path.to_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let mut file = Temporary::new(disk, folder_of(&target))?;
    file.write_all(bytes)?;
    file.sync()?;
    Ok(Prepared { file, target })
}

/// A new file with a name no list shows; gone when dropped.
pub(super) struct Temporary {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    /// `None` once it is on the disk.
    sink: Option<Box<dyn Sink>>,
    named: bool,
}

impl Temporary {
    /// A file in `folder`.
    pub(super) fn new(disk: &Arc<dyn Disk>, folder: &Path) -> io::Result<Self> {
        loop {
            let path = folder.join(format!("{WRITING}{:016x}{TEMPORARY}", random()));
            match disk.create(&path) {
                Ok(sink) => {
                    let disk = Arc::clone(disk);
                    return Ok(Self { disk, path, sink: Some(sink), named: false });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Brings it to the disk and closes it.
    fn sync(&mut self) -> io::Result<()> {
        self.sink.take().map_or(Ok(()), |mut sink| sink.flush().and_then(|()| sink.sync()))
    }

    /// Brings it to the disk and gives it its name, in the folder it is in.
    pub(super) fn name(mut self, target: &Path) -> io::Result<()> {
        self.sync()?;
        self.disk.rename(&self.path, target)?;
        self.named = true;
        self.disk.sync_folder(folder_of(target))
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Some(sink) => sink.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.as_mut().map_or(Ok(()), |sink| sink.flush())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Windows removes no file that is open.
        self.sink = None;
        if !self.named {
            // What stays is swept a day later.
            let _ = self.disk.remove_file(&self.path);
        }
    }
}

/// Gives the file at `path` a second name, in the same folder, in place of what has it.
pub(super) fn name_too(disk: &Arc<dyn Disk>, path: &Path, name: &Path) -> io::Result<()> {
    let between = folder_of(name).join(format!("{WRITING}{:016x}{TEMPORARY}", random()));
    disk.link(&disk.real_path(path)?, &between)?;
    // Of two names of one file, a rename would leave both.
    let named = disk.remove_file(name).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    });
    if let Err(error) = named.and_then(|()| disk.rename(&between, name)) {
        let _ = disk.remove_file(&between);
        return Err(error);
    }
    disk.sync_folder(folder_of(name))
}

/// Every `RandomState` is keyed from the system's randomness.
pub(super) fn random() -> u64 {
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

/// Makes a folder and those above it where they are missing.
pub(super) fn create_folders(disk: &Arc<dyn Disk>, path: &Path) -> io::Result<()> {
    if disk.is_folder(path) {
        return Ok(());
    }
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        create_folders(disk, above)?;
    }
    create_folder(disk, path)
}

/// Makes a folder where it is missing, in one that exists.
pub(super) fn create_folder(disk: &Arc<dyn Disk>, path: &Path) -> io::Result<()> {
    match disk.create_folder(path) {
        Ok(()) => disk.sync_folder(folder_of(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && disk.is_folder(path) => {
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Brings the name of the file at `path` to the disk.
pub(super) fn sync_beside(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    disk.sync_folder(folder_of(&disk.real_path(path)?))
}

/// The folder a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// `path` with `tail` after its file name, such as `a.json` and `.bak`.
pub(super) fn with_tail(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}
