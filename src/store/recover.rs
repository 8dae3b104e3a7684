//! Opening a draft whose file is damaged.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::atomic;
use super::disk::Disk;
use super::error::{DraftError, StoreError};
use super::file::{read_draft_on, text_of};
use super::history::{self, Version};
use crate::domain::Draft;

/// Most damaged files kept of one draft.
const MOST_ASIDE: u32 = 1000;

/// What was done to open a damaged draft.
#[derive(Debug)]
pub struct Recovered {
    /// Why the draft itself could not be read.
    pub problem: DraftError,
    /// The version taken in its place.
    pub version: Version,
    /// Where the damaged file is kept; `None` where there was no file at all.
    pub damaged: Option<PathBuf>,
    /// Why all is on the disk as it was, such as for want of room; the draft is in memory alone then.
    pub unwritten: Option<StoreError>,
}

/// Reads the draft at `path`, or puts the newest good version in `folder` in its place.
pub(super) fn load(
    disk: &Arc<dyn Disk>,
    path: &Path,
    folder: &Path,
) -> Result<(Draft, Option<Recovered>), StoreError> {
    let problem = match read_twice(disk.as_ref(), path) {
        Ok(draft) => return Ok((draft, None)),
        Err(error) if !is_damage(&error) => return Err(error.into()),
        Err(error) => error,
    };
    let versions = history::list(disk.as_ref(), folder)
        .map_err(|source| StoreError::io("读取", folder, source))?;
    let read = |version: &Version| read_twice(disk.as_ref(), &version.path).ok();
    let good =
        versions.into_iter().find_map(|version| read(&version).map(|draft| (draft, version)));
    let Some((draft, version)) = good else {
        return Err(match problem {
            // A disk that fails altogether.
            DraftError::Io { ref source, .. } if source.kind() != io::ErrorKind::NotFound => {
                problem.into()
            }
            problem => StoreError::NothingToRecover(problem),
        });
    };
    let (damaged, unwritten) = match put(disk, path, &draft) {
        Ok(damaged) => (damaged, None),
        Err(error) => (None, Some(error)),
    };
    Ok((draft, Some(Recovered { problem, version, damaged, unwritten })))
}

/// A disk may fail to read for a moment, as on a network; that is no damage.
fn read_twice(disk: &dyn Disk, path: &Path) -> Result<Draft, DraftError> {
    match read_draft_on(disk, path) {
        Err(DraftError::Io { .. }) => read_draft_on(disk, path),
        read => read,
    }
}

/// Whether the file itself is spoilt, rather than out of reach or ahead of this program.
fn is_damage(error: &DraftError) -> bool {
    match error {
        DraftError::Io { source, .. } => source.kind() != io::ErrorKind::PermissionDenied,
        DraftError::LaterSchema { .. } | DraftError::Locked { .. } => false,
        _ => true,
    }
}

/// Puts `draft` in the place of the damaged file, of which it says where it is kept.
fn put(disk: &Arc<dyn Disk>, path: &Path, draft: &Draft) -> Result<Option<PathBuf>, StoreError> {
    let saving = |source| StoreError::io("保存", path, source);
    let new = atomic::prepare(disk, path, text_of(draft)?.as_bytes()).map_err(saving)?;
    let damaged = set_aside(disk.as_ref(), path)?;
    new.persist().map_err(saving)?;
    Ok(damaged)
}

/// Renames what cannot be read as a draft; `None` where there is no file at all.
pub(super) fn set_aside(disk: &dyn Disk, path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let aside_as = |number: u32| match number {
        1 => atomic::with_tail(path, ".damaged"),
        _ => atomic::with_tail(path, &format!(".{number}.damaged")),
    };
    let aside = (1..=MOST_ASIDE).map(aside_as).find(|aside| !disk.is_taken(aside));
    let failed = |source| StoreError::io("移开损坏的文件", path, source);
    let Some(aside) = aside else { return Err(failed(io::ErrorKind::AlreadyExists.into())) };
    match disk.rename(path, &aside) {
        Ok(()) => Ok(Some(aside)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(failed(source)),
    }
}
