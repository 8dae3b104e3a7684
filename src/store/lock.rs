//! One window edits a draft; a second one may only look.

use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::disk::{Disk, Held};
use super::id::DraftId;
use crate::domain::evidence::hex;

/// Longest name of a draft that is the name of its lock as well; systems allow 255 bytes.
const LONGEST: usize = 200;

/// Held while a draft is open for editing; let go when the last clone is dropped or when the program
/// ends, however. Who writes the draft on another thread takes a clone along.
#[derive(Debug, Clone)]
pub struct DraftLock {
    _held: Held,
}

/// Takes the lock of the file at `path`; `None` where another window has it.
pub(super) fn take(disk: &dyn Disk, path: &Path) -> io::Result<Option<DraftLock>> {
    Ok(disk.lock(path)?.map(|held| DraftLock { _held: held }))
}

/// The name of a draft's lock.
pub(super) fn file_name(id: &DraftId) -> String {
    if id.as_str().len() <= LONGEST {
        format!("{id}.lock")
    } else {
        format!("{}.lock", hex(&Sha256::digest(id.as_str())))
    }
}
