//! One window edits a draft; a second one may only look.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::sync::Arc;

use super::error::StoreError;

/// Held while a draft is open for editing; let go when the last clone is dropped or when the program
/// ends, however. Who writes the draft on another thread takes a clone along.
#[derive(Debug, Clone)]
pub struct DraftLock {
    _file: Arc<File>,
}

/// Takes the lock of the file at `path`; `None` where another window has it.
pub(super) fn take(path: &Path) -> Result<Option<DraftLock>, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|source| StoreError::io("打开锁文件", path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(DraftLock { _file: Arc::new(file) })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(StoreError::io("锁定", path, source)),
    }
}
