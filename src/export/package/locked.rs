//! A package under a password: the plain ZIP, whole, as the only entry of one encrypted with AES-256.
//!
//! The names of files stay readable in an encrypted ZIP, and anyone can add files to it; so there is
//! one entry, whose name says nothing, and the package in it is the same bytes as without a password.

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::Path;

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, System, ZipArchive, ZipWriter};

use super::archive::{self, MAX_UNPACKED};
use super::content::{Content, ReadSeek, Spool};
use super::read::{Budget, Contents, Fault, GoOn, read_while};
use super::{ExportError, Package, PackageError};
use crate::domain::Password;

/// The name of the only entry: that of the package would say whose it is, and lie in the way of the
/// encrypted one where both are unpacked into one folder.
const INNER: &str = "材料包.zip";

/// 7-Zip takes no longer one.
const MOST: usize = 99;

/// Why other programs would not open a package with this password; `None` where they do. They do not
/// agree on the bytes of anything but ASCII.
#[must_use]
pub fn unfit(password: &Password) -> Option<&'static str> {
    let password = password.as_str();
    if !password.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        return Some(
            "打开密码只能用英文字母、数字和半角符号；中文和全角字符在别的解压软件里可能打不开",
        );
    }
    (password.len() > MOST).then_some("打开密码最多 99 个字符，更长的有的解压软件打不开")
}

/// Puts a finished package under a password. The salt is random, so no two are alike; what comes out
/// with the password always is the same. `go_on` says after each portion whether to.
pub fn lock(
    package: Package,
    password: &Password,
    date: Date,
    go_on: &dyn Fn() -> bool,
) -> Result<Package, ExportError> {
    if let Some(why) = unfit(password) {
        return Err(ExportError::Password(why));
    }
    let zip = &package.zip;
    if zip.length() > MAX_UNPACKED {
        return Err(ExportError::TooLarge { megabytes: zip.length() >> 20 });
    }
    let options = SimpleFileOptions::default()
        .system(System::Unix)
        .unix_permissions(0o600)
        .last_modified_time(archive::start_of(date))
        .compression_method(CompressionMethod::Stored)
        .with_aes_encryption(AesMode::Aes256, password.as_str());
    let mut writer = ZipWriter::new(Spool::default());
    writer.start_file(INNER, options)?;
    let mut plain = zip.open()?;
    let mut portion = Vec::new();
    loop {
        archive::read_portion(&mut plain, &mut portion)?;
        if portion.is_empty() {
            break;
        }
        writer.write_all(&portion)?;
        if !go_on() {
            return Err(ExportError::Cancelled);
        }
    }
    let zip = writer.finish()?.finish()?;
    Ok(Package { zip, locked: true, ..package })
}

/// What is told of an earlier ZIP beside the one just written, which is `locked` or not.
#[must_use]
pub fn other_words(other: &Path, locked: bool) -> String {
    let name = other.file_name().unwrap_or(other.as_os_str()).to_string_lossy();
    let how = if locked { "没有加密的" } else { "加密的" };
    format!(
        "同一文件夹里还有以前导出的、{how}材料包“{name}”，不是刚导出的这一份，发送前请看清文件名。"
    )
}

/// How a ZIP is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lock {
    /// Not at all.
    None,
    /// As [`lock`] does.
    Ours,
    /// Otherwise.
    Foreign,
}

/// Looks for entries that are encrypted.
fn lock_of<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Lock {
    let mut encrypted = 0_usize;
    for index in 0..archive.len() {
        encrypted += usize::from(archive.by_index_raw(index).is_ok_and(|entry| entry.encrypted()));
    }
    let is_package = |index| {
        let name = archive.name_for_index(index).and_then(Result::ok);
        name.is_some_and(|name| name.to_lowercase().ends_with(".zip") && !name.contains('/'))
    };
    match (encrypted, archive.len()) {
        (0, _) => Lock::None,
        (1, 1) if is_package(0) && !archive.has_duplicate_names() => Lock::Ours,
        // One that was added to a plain package is told of as such.
        (some, all) if some < all => Lock::None,
        _ => Lock::Foreign,
    }
}

/// Refuses what needs a password.
pub(super) fn refuse<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(), PackageError> {
    match lock_of(archive) {
        Lock::None => Ok(()),
        Lock::Ours => Err(PackageError::Locked),
        Lock::Foreign => Err(PackageError::ForeignLock),
    }
}

/// The plain package of a file, to be verified or read. Without a password it is the file itself, and
/// whoever opens it is told where one is needed.
pub fn plain(file: File, password: Option<&Password>) -> Result<Box<dyn ReadSeek>, PackageError> {
    plain_while(file, password, &|_| true)
}

fn plain_while(
    file: File,
    password: Option<&Password>,
    go_on: GoOn<'_>,
) -> Result<Box<dyn ReadSeek>, PackageError> {
    let Some(password) = password else { return Ok(Box::new(file)) };
    let budget = Budget::of(&mut &file, go_on)?;
    let mut archive = ZipArchive::new(&file)?;
    match lock_of(&mut archive) {
        Lock::Ours => Ok(unlock(&mut archive, password, budget)?.open()?),
        Lock::Foreign => Err(PackageError::ForeignLock),
        Lock::None => {
            drop(archive);
            let mut file = file;
            file.rewind()?;
            Ok(Box::new(file))
        }
    }
}

/// Decrypts the package within the bounds of one, into memory or a file for the person alone that is
/// gone with it.
fn unlock<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    password: &Password,
    mut budget: Budget<'_>,
) -> Result<Content, PackageError> {
    let entry = archive.by_index_decrypt(0, password.as_str().as_bytes());
    let entry = entry.map_err(|error| match error {
        zip::result::ZipError::InvalidPassword => PackageError::WrongPassword,
        error => error.into(),
    })?;
    let mut spool = Spool::default();
    let mut kept = Ok(());
    let read = budget.stream(entry, |chunk| {
        if kept.is_ok() {
            kept = spool.write_all(chunk);
        }
    });
    match read {
        Err(Fault::Bomb) => Err(PackageError::Bomb),
        Err(Fault::Cancelled) => Err(PackageError::Cancelled),
        Err(Fault::Damaged) => Err(PackageError::DamagedLock),
        Ok(_) => {
            kept?;
            Ok(spool.finish()?)
        }
    }
}

/// Reads a package that was put under a password, as [`read_file`](super::read_file) does a plain one.
pub fn read_locked_file(path: &Path, password: &Password) -> Result<Contents, PackageError> {
    read_locked_file_while(path, password, &|_| true)
}

/// [`read_locked_file`], told as [`read_file_while`](super::read_file_while) is.
pub fn read_locked_file_while(
    path: &Path,
    password: &Password,
    go_on: GoOn<'_>,
) -> Result<Contents, PackageError> {
    // A pipe would block on opening.
    if !fs::metadata(path)?.is_file() {
        return Err(PackageError::NoFile);
    }
    read_while(plain_while(File::open(path)?, Some(password), go_on)?, go_on)
}
