//! Notices: those that come with the program, and those a person drops into the data folder.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::rules::notice::{self, Notice};

/// Largest notice file that is read; those of the program have 30 KB.
const MOST_BYTES: u64 = 4 << 20;
/// Most notice files that are read.
const MOST_FILES: usize = 200;

/// A notice file of the person's own that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFileError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it, a sentence.
    pub message: String,
}

/// Where a person may drop notices, under the data folder.
#[must_use]
pub fn folder(root: &Path) -> PathBuf {
    root.join("notices")
}

/// The bundled notices, then those of `folder`; one with a bundled identifier takes its place.
pub fn all(folder: &Path) -> (Vec<Notice>, Vec<NoticeFileError>) {
    let mut notices = notice::bundled().to_vec();
    let mut errors = Vec::new();
    let mut own = BTreeSet::new();
    for path in json_files(folder, &mut errors) {
        match read(&path) {
            Ok(notice) if !own.insert(notice.id.clone()) => {
                let message = format!(
                    "“{}”与同一文件夹中另一份通知的 id 相同（{}），未使用；请改用不同的 id 或删去一份",
                    path.display(),
                    notice.id
                );
                errors.push(NoticeFileError { path, message });
            }
            Ok(notice) => match notices.iter_mut().find(|known| known.id == notice.id) {
                Some(known) => *known = notice,
                None => notices.push(notice),
            },
            Err(message) => errors.push(NoticeFileError { path, message }),
        }
    }
    (notices, errors)
}

fn json_files(folder: &Path, errors: &mut Vec<NoticeFileError>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("无法打开通知文件夹：{}", super::error::reason(&error));
            errors.push(NoticeFileError { path: folder.to_owned(), message });
            return Vec::new();
        }
    };
    let is_json = |path: &PathBuf| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let mut paths: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(is_json).collect();
    paths.sort();
    if paths.len() > MOST_FILES {
        let message = format!(
            "通知文件夹中有 {} 个文件，只读取前 {MOST_FILES} 个；请移走不用的通知",
            paths.len()
        );
        errors.push(NoticeFileError { path: folder.to_owned(), message });
        paths.truncate(MOST_FILES);
    }
    paths
}

fn read(path: &Path) -> Result<Notice, String> {
    let shown = path.display();
    let unreadable = |error| format!("通知文件“{shown}”无法读取：{}", super::error::reason(&error));
    let about = fs::metadata(path).map_err(unreadable)?;
    // A pipe would block on opening, a device need not end.
    if !about.is_file() {
        return Err(format!("“{shown}”不是普通文件，未使用；请把它移出通知文件夹"));
    }
    if about.len() > MOST_BYTES {
        let (has, most) = (about.len() >> 20, MOST_BYTES >> 20);
        return Err(format!(
            "“{shown}”有 {has} MB，不像通知文件（不超过 {most} MB），未使用；请把它移出通知文件夹"
        ));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("通知文件“{shown}”第 {line} 行起不是 UTF-8 编码，请另存为 UTF-8")
    })?;
    Notice::parse(&text, &path.display().to_string()).map_err(|error| error.to_string())
}
