//! Notices: those that come with the program, and those a person drops into the data folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::rules::notice::{self, Notice};

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
    paths
}

fn read(path: &Path) -> Result<Notice, String> {
    let shown = path.display();
    let bytes = fs::read(path)
        .map_err(|error| format!("通知文件“{shown}”无法读取：{}", super::error::reason(&error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("通知文件“{shown}”第 {line} 行起不是 UTF-8 编码，请另存为 UTF-8")
    })?;
    Notice::parse(&text, &path.display().to_string()).map_err(|error| error.to_string())
}
