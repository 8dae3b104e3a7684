//! Opening a draft whose file is damaged.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::atomic;
use super::disk::Disk;
use super::error::{DraftError, StoreError};
use super::file::read_draft_on;
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
pub(super) fn load(
    disk: &Arc<dyn Disk>,
    path: &Path,
    folder: &Path,
) -> Result<(Draft, Option<Recovered>), StoreError> {
    let problem = match read_draft_on(disk.as_ref(), path) {
        Ok(draft) => return Ok((draft, None)),
        Err(error) if !is_damage(&error) => return Err(error.into()),
        Err(error) => error,
    };
    let versions = history::list(disk.as_ref(), folder)
        .map_err(|source| StoreError::io("读取", folder, source))?;
    let read = |version: &Version| read_draft_on(disk.as_ref(), &version.path).ok();
    let good =
        versions.into_iter().find_map(|version| read(&version).map(|draft| (draft, version)));
    let Some((draft, version)) = good else { return Err(StoreError::NothingToRecover(problem)) };
    let damaged = set_aside(disk.as_ref(), path)?;
    atomic::write(disk, path, draft.to_json().as_bytes())
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
fn set_aside(disk: &dyn Disk, path: &Path) -> Result<Option<PathBuf>, StoreError> {
    for number in 1_u32.. {
        let tail = if number == 1 { ".damaged".to_owned() } else { format!(".{number}.damaged") };
        let aside = atomic::with_tail(path, &tail);
        if disk.is_taken(&aside) {
            continue;
        }
        return match disk.rename(path, &aside) {
            Ok(()) => Ok(Some(aside)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::io("移开损坏的文件", path, source)),
        };
    }
    Ok(None)
}
