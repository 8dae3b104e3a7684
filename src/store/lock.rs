//! One window edits a draft; a second one may only look.

use std::fs::File;
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
    held: Held,
}

impl DraftLock {
    /// Whether this is the lock of the file that lies at `path` now. It is not where the disk was pulled
    /// out and is back: another window may have taken the draft meanwhile.
    pub(super) fn is_of(&self, path: &Path) -> bool {
        let Some(file) = self.held.downcast_ref::<File>() else { return true };
        let (Ok(held), Ok(there)) = (file.metadata(), path.metadata()) else { return false };
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            (held.dev(), held.ino()) == (there.dev(), there.ino())
        }
        // There a file that is open cannot be replaced.
        #[cfg(not(unix))]
        {
            held.is_file() && there.is_file()
        }
    }
}

/// Takes the lock of the file at `path`; `None` where another window has it.
pub(super) fn take(disk: &dyn Disk, path: &Path) -> io::Result<Option<DraftLock>> {
    Ok(disk.lock(path)?.map(|held| DraftLock { held }))
}

/// The name of a draft's lock.
pub(super) fn file_name(id: &DraftId) -> String {
    if id.as_str().len() <= LONGEST {
        format!("{id}.lock")
    } else {
        format!("{}.lock", hex(&Sha256::digest(id.as_str())))
    }
}
