//! Opening a draft whose file is damaged.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::atomic;
use super::error::{DraftError, StoreError};
use super::file::read_draft;
use super::history::{self, Version};
use crate::domain::Draft;

/// What was done to open a damaged draft.
#[derive(Debug)]
pub struct Recovered {
    /// Why the draft itself could not be read.
    pub problem: DraftError,
    /// The version taken in its place.
    pub version: Version,
    /// Where the damaged file is kept; `None` where there was no file at all.
    pub damaged: Option<PathBuf>,
}

/// Reads the draft at `path`, or puts the newest good version in `folder` in its place.
pub(super) fn load(path: &Path, folder: &Path) -> Result<(Draft, Option<Recovered>), StoreError> {
    let problem = match read_draft(path) {
        Ok(draft) => return Ok((draft, None)),
        Err(error) if !is_damage(&error) => return Err(error.into()),
        Err(error) => error,
    };
    let versions =
        history::list(folder).map_err(|source| StoreError::io("读取", folder, source))?;
    let good = versions
        .into_iter()
        .find_map(|version| read_draft(&version.path).ok().map(|draft| (draft, version)));
    let Some((draft, version)) = good else { return Err(StoreError::NothingToRecover(problem)) };
    let damaged = set_aside(path)?;
    atomic::write(path, draft.to_json().as_bytes())
        .map_err(|source| StoreError::io("保存", path, source))?;
    Ok((draft, Some(Recovered { problem, version, damaged })))
}

/// Whether the file itself is spoilt, rather than out of reach or ahead of this program.
fn is_damage(error: &DraftError) -> bool {
    match error {
        DraftError::Io { source, .. } => source.kind() == io::ErrorKind::NotFound,
        DraftError::LaterSchema { .. } => false,
        _ => true,
    }
}

/// Renames the damaged file; `None` where there is no file at all.
fn set_aside(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    for number in 1_u32.. {
        let tail = if number == 1 { ".damaged".to_owned() } else { format!(".{number}.damaged") };
        let aside = atomic::with_tail(path, &tail);
        if aside.exists() {
            continue;
        }
        return match fs::rename(path, &aside) {
            Ok(()) => Ok(Some(aside)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::io("移开损坏的文件", path, source)),
        };
    }
    Ok(None)
}
