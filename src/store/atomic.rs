//! Writing a file so that a crash or a full disk leaves either the old or the new one, whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Replaces `path` by `bytes`, readable by its owner alone; a link is followed, not replaced.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut file = temporary(folder_of(&target))?;
    file.write_all(bytes)?;
    persist(file, &target)
}

/// A new file in `folder` with a name no list shows, mode 0600; gone when dropped.
pub(super) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".writing-").suffix(".tmp").tempfile_in(folder)
}

/// Brings a temporary file to the disk and gives it its name.
pub(super) fn persist(file: NamedTempFile, target: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    sync_folder(folder_of(target))
}

/// Makes a folder and those above it; the ones made are open to their owner alone.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    private_folder().recursive(true).create(path)
}

/// Makes a folder, open to its owner alone; an error if there is one of the name.
pub(super) fn create_new_folder(path: &Path) -> io::Result<()> {
    private_folder().create(path)
}

fn private_folder() -> fs::DirBuilder {
    #[allow(unused_mut)]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Brings the names in a folder to the disk; Windows has no such call.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

fn folder_of(path: &Path) -> &Path {
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
