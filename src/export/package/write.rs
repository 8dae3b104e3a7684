//! Writes a finished package: a folder with its files, and the ZIP beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::manifest::{self, Listed, Manifest};
use super::{OutputFile, Package, name};
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
}

/// Writes `<target>/<name>/…` and `<target>/<name>.zip`. An earlier export of the same name is
/// replaced, and what it listed but is no longer made is removed. A file that is not as that export
/// left it is never touched: then nothing is written.
pub fn write(
    target: &Path,
    name: &str,
    package: &Package,
    parts: Parts,
) -> Result<Written, WriteError> {
    let folder = target.join(name);
    let zip = target.join(format!("{name}.zip"));
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
    make_folder(target)?;
    let mut written = Written::default();
    if parts != Parts::Zip {
        remove_stale(&folder, &files, &earlier);
        for file in files.iter() {
            let path = folder.join(&file.name);
            make_folder(path.parent().unwrap_or(&folder))?;
            put(&path, &file.bytes)?;
            if is_paper(file) {
                written.papers.push(path);
            }
        }
        written.folder = Some(folder);
    }
    if parts != Parts::Pdf {
        put(&zip, &package.zip)?;
        written.zip = Some(zip);
    }
    Ok(written)
}

fn is_paper(file: &OutputFile) -> bool {
    !file.name.contains('/') && file.name.ends_with(".pdf")
}

/// The papers with a manifest that lists them alone.
fn papers_alone(files: &[OutputFile]) -> Vec<OutputFile> {
    let mut papers: Vec<_> = files.iter().filter(|file| is_paper(file)).cloned().collect();
    let manifest = files.iter().find(|file| file.name == manifest::FILE);
    let manifest = manifest.and_then(|file| serde_json::from_slice::<Manifest>(&file.bytes).ok());
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
        let unchanged = match fs::read(&path) {
            Ok(bytes) => bytes == file.bytes || earlier.get(&file.name) == Some(&sha256(bytes)),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !unchanged {
            return Err(WriteError::Occupied { path });
        }
    }
    Ok(())
}

fn sha256(bytes: Vec<u8>) -> String {
    Listed::of(&OutputFile { name: String::new(), bytes }).sha256
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

/// A whole file or none: written under another name, then renamed.
fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let attempt = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    attempt().map_err(|source| WriteError::Io { path: path.to_owned(), source })
}

/// Removes what the earlier export listed and this one does not make. A file somebody has altered,
/// or that cannot be read or removed, stays: it is not ours to lose.
fn remove_stale(folder: &Path, files: &[OutputFile], earlier: &BTreeMap<String, String>) {
    for (listed, hash) in earlier {
        if files.iter().any(|file| file.name == *listed) {
            continue;
        }
        let path = folder.join(listed);
        if fs::read(&path).is_ok_and(|bytes| sha256(bytes) == *hash) {
            // Left behind it would only be a needless file.
            let _ = fs::remove_file(&path);
        }
    }
}
