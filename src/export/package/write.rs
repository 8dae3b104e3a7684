//! Writes a finished package: a folder with its files, and the ZIP beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempDir, TempPath};

use super::manifest::{self, Manifest};
use super::{Content, OutputFile, Package, name, zip_name};
use crate::domain::error_kind;
use crate::domain::evidence::hex;
use crate::domain::io_error::reason;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Parts {
    /// The folder with all files, and the ZIP.
    #[default]
    All,
    /// The folder with the PDFs only, and a manifest of them.
    Pdf,
    /// The ZIP only.
    Zip,
}

/// Where a package was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The folder.
    pub folder: Option<PathBuf>,
    /// The papers in it, in order.
    pub papers: Vec<PathBuf>,
    /// The ZIP.
    pub zip: Option<PathBuf>,
    /// An earlier ZIP of the same name beside it that needs no password where this one does, or does
    /// where this one needs none: it must not be sent in its place.
    pub other_zip: Option<PathBuf>,
}

/// Why a package was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file or folder cannot be written.
    #[error(
        "无法写入“{}”：{}；请换一个文件夹，或检查磁盘空间和权限后重试",
        path.display(),
        reason(source)
    )]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something else stands in its place: another's file, or a paper signed or altered since.
    #[error(
        "“{}”不是本程序上次导出的样子（可能已签章或改动，或是别的文件），没有覆盖；\
         请换一个文件夹，或先把它移走",
        path.display()
    )]
    Occupied {
        /// The file or folder.
        path: PathBuf,
    },
    /// The person broke off.
    #[error("已取消导出，没有生成文件")]
    Cancelled,
}

/// Writes `<target>/<name>/…` and beside it the ZIP, called as [`zip_name`] says. An earlier export of the same name is
/// replaced, and what it listed but is no longer made is removed. A file that is not as that export
/// left it is never touched: then nothing is written.
pub fn write(
    target: &Path,
    name: &str,
    package: &Package,
    parts: Parts,
) -> Result<Written, WriteError> {
    write_unless(target, name, package, parts, &|| false)
}

/// [`write()`], which is broken off where `cancelled` says so. Broken off, or on a disk that is full,
/// it leaves the folder as it was.
pub fn write_unless(
    target: &Path,
    name: &str,
    package: &Package,
    parts: Parts,
    cancelled: &dyn Fn() -> bool,
) -> Result<Written, WriteError> {
    let begun = Instant::now();
    let written = write_parts(target, name, package, parts, cancelled);
    let ms = begun.elapsed().as_millis();
    match &written {
        Ok(_) => log::info!("exported parts={parts:?} ms={ms} locked={}", package.locked),
        Err(error) => log::warn!("not exported ms={ms} kind={}", error_kind::kind(error)),
    }
    written
}

fn write_parts(
    target: &Path,
    name: &str,
    package: &Package,
    parts: Parts,
    cancelled: &dyn Fn() -> bool,
) -> Result<Written, WriteError> {
    let folder = target.join(name);
    let zip = target.join(zip_name(name, package.locked));
    let files = match parts {
        // Evidence may be hundreds of megabytes: it is not copied to be written.
        Parts::All => Cow::Borrowed(package.files.as_slice()),
        Parts::Pdf => Cow::Owned(papers_alone(&package.files)),
        Parts::Zip => Cow::Borrowed(&[][..]),
    };
    let earlier = earlier_export(&folder);
    if parts != Parts::Zip {
        look_before_writing(&folder, &files, &earlier)?;
    }
    if parts != Parts::Pdf && is_foreign_zip(&zip) {
        return Err(WriteError::Occupied { path: zip });
    }
    let mut wanted: Vec<(PathBuf, &Content)> =
        files.iter().map(|file| (folder.join(&file.name), &file.content)).collect();
    if parts != Parts::Pdf {
        wanted.push((zip.clone(), &package.zip));
    }
    let staged = Staged::new(target, &wanted, cancelled)?;
    let mut written = Written::default();
    if parts != Parts::Zip {
        remove_stale(&folder, &files, &earlier);
        let papers = files.iter().filter(|file| is_paper(file));
        written.papers = papers.map(|file| folder.join(&file.name)).collect();
        written.folder = Some(folder);
    }
    staged.put_in_place()?;
    if parts != Parts::Pdf {
        let other = target.join(zip_name(name, !package.locked));
        written.other_zip = other.is_file().then_some(other);
        written.zip = Some(zip);
    }
    Ok(written)
}

/// Whole files under other names, in a folder of their own beside where they go: what takes long and
/// what can fail is behind before anything is replaced. Dropped, they are gone.
struct Staged {
    files: Vec<(TempPath, PathBuf)>,
    _folder: TempDir,
}

impl Staged {
    fn new(
        target: &Path,
        wanted: &[(PathBuf, &Content)],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Self, WriteError> {
        let new: Vec<&Path> = target.ancestors().take_while(|folder| !folder.exists()).collect();
        make_folder(target)?;
        let staged = Self::written(target, wanted, cancelled);
        if staged.is_err() {
            for folder in new {
                // One that somebody has put something into meanwhile stays.
                let _ = fs::remove_dir(folder);
            }
        }
        staged
    }

    fn written(
        target: &Path,
        wanted: &[(PathBuf, &Content)],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Self, WriteError> {
        let folder = tempfile::Builder::new()
            .prefix(".jiebang-")
            .tempdir_in(target)
            .map_err(|source| WriteError::Io { path: target.to_owned(), source })?;
        let mut files = Vec::with_capacity(wanted.len());
        for (number, (path, content)) in wanted.iter().enumerate() {
            if cancelled() {
                return Err(WriteError::Cancelled);
            }
            let file = whole_file(folder.path(), number, content)
                .map_err(|source| WriteError::Io { path: path.clone(), source })?;
            files.push((file, path.clone()));
        }
        if cancelled() {
            return Err(WriteError::Cancelled);
        }
        Ok(Self { files, _folder: folder })
    }

    fn put_in_place(self) -> Result<(), WriteError> {
        for (file, path) in self.files {
            make_folder(path.parent().unwrap_or(&path))?;
            file.persist(&path)
                .map_err(|error| WriteError::Io { path: path.clone(), source: error.error })?;
        }
        Ok(())
    }
}

fn whole_file(folder: &Path, number: usize, content: &Content) -> io::Result<TempPath> {
    let path = folder.join(number.to_string());
    if content.link(&path).is_ok() {
        let path = TempPath::try_from_path(path)?;
        File::options().append(true).open(&path)?.sync_all()?;
        return Ok(path);
    }
    let mut file = NamedTempFile::new_in(folder)?;
    io::copy(&mut content.open()?, &mut file)?;
    file.as_file().sync_all()?;
    // Closed at once: there may be more files than a program may hold open.
    Ok(file.into_temp_path())
}

fn is_paper(file: &OutputFile) -> bool {
    !file.name.contains('/') && file.name.ends_with(".pdf")
}

/// The papers with a manifest that lists them alone.
fn papers_alone(files: &[OutputFile]) -> Vec<OutputFile> {
    let mut papers: Vec<_> = files.iter().filter(|file| is_paper(file)).cloned().collect();
    let manifest = files.iter().find(|file| file.name == manifest::FILE);
    let manifest = manifest
        .and_then(|file| serde_json::from_slice::<Manifest>(&file.content.read().ok()?).ok());
    if let Some(mut manifest) = manifest {
        manifest.files.retain(|listed| papers.iter().any(|paper| paper.name == listed.path));
        papers.push(manifest.to_file());
    }
    papers
}

/// SHA-256 by path of what an earlier export listed in its folder; empty where there was none.
fn earlier_export(folder: &Path) -> BTreeMap<String, String> {
    let manifest = fs::read(folder.join(manifest::FILE)).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let Some(manifest) = manifest else { return BTreeMap::new() };
    let listed = manifest.files.into_iter().filter(|listed| name::danger(&listed.path).is_none());
    listed.map(|listed| (listed.path, listed.sha256)).collect()
}

/// Refuses a folder that is a link, and a file in the way that neither the earlier export left so nor
/// is the same already.
fn look_before_writing(
    folder: &Path,
    files: &[OutputFile],
    earlier: &BTreeMap<String, String>,
) -> Result<(), WriteError> {
    match fs::symlink_metadata(folder) {
        Ok(found) if !found.is_dir() => {
            return Err(WriteError::Occupied { path: folder.to_owned() });
        }
        Ok(_) => {}
        Err(_) => return Ok(()),
    }
    for file in files {
        let path = folder.join(&file.name);
        if file.name == manifest::FILE && !earlier.is_empty() {
            continue;
        }
        let unchanged = match sha256_of(&path) {
            Ok(found) => found == file.content.sha256() || earlier.get(&file.name) == Some(&found),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !unchanged {
            return Err(WriteError::Occupied { path });
        }
    }
    Ok(())
}

fn sha256_of(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hex(&hash.finalize()))
}

/// Whether something other than a ZIP stands where the ZIP goes.
fn is_foreign_zip(path: &Path) -> bool {
    let mut start = Vec::new();
    match File::open(path).and_then(|file| file.take(2).read_to_end(&mut start)) {
        Ok(_) => start != b"PK",
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// A folder and those above it, for the person alone where they are new.
fn make_folder(path: &Path) -> Result<(), WriteError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| WriteError::Io { path: path.to_owned(), source })
}

/// Removes what the earlier export listed and this one does not make. A file somebody has altered,
/// or that cannot be read or removed, stays: it is not ours to lose.
fn remove_stale(folder: &Path, files: &[OutputFile], earlier: &BTreeMap<String, String>) {
    for (listed, hash) in earlier {
        if files.iter().any(|file| file.name == *listed) {
            continue;
        }
        let path = folder.join(listed);
        if sha256_of(&path).is_ok_and(|found| found == *hash) {
            // Left behind it would only be a needless file.
            let _ = fs::remove_file(&path);
        }
    }
}
