//! One window edits a draft; a second one may only look.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::error::StoreError;

/// Held while a draft is open for editing; let go when dropped or when the program ends, however.
#[derive(Debug)]
pub struct DraftLock {
    _file: File,
}

/// Takes the lock of the file at `path`; `None` where another window has it.
pub(super) fn take(path: &Path) -> Result<Option<DraftLock>, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|source| StoreError::io("打开锁文件", path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(DraftLock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(StoreError::io("锁定", path, source)),
    }
}
