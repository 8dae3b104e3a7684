//! One window edits a draft; a second one may only look.

use std::path::Path;

use super::disk::{Disk, Held};
use super::error::StoreError;

/// Held while a draft is open for editing; let go when the last clone is dropped or when the program
/// ends, however. Who writes the draft on another thread takes a clone along.
#[derive(Debug, Clone)]
pub struct DraftLock {
    _held: Held,
}

/// Takes the lock of the file at `path`; `None` where another window has it.
pub(super) fn take(disk: &dyn Disk, path: &Path) -> Result<Option<DraftLock>, StoreError> {
    let held = disk.lock(path).map_err(|source| StoreError::io("锁定", path, source))?;
    Ok(held.map(|held| DraftLock { _held: held }))
}
