//! One draft file: read, checked, and written whole.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::atomic;
use super::error::{DraftError, StoreError};
use crate::domain::Draft;
pub use crate::domain::draft_file::{MAX_MEGABYTES, parse_draft, parse_draft_bytes};

/// Reads a draft file; the file itself is never touched.
pub fn read_draft(path: &Path) -> Result<Draft, DraftError> {
    let io = |source| DraftError::Io { path: path.to_owned(), source };
    let origin = path.display().to_string();
    let file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    let limit = MAX_MEGABYTES << 20;
    if length > limit {
        return Err(DraftError::TooLarge { origin, megabytes: length >> 20 });
    }
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes).map_err(io)?;
    parse_draft_bytes(&bytes, &origin)
}

/// The first bytes of any file, `most` of them at the most.
pub fn read_start(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Replaces a draft file as a whole; what it held before stays beside it as `<name>.bak`.
pub fn write_draft(path: &Path, draft: &Draft) -> Result<(), StoreError> {
    let json = draft.to_json();
    match fs::read(path) {
        Ok(old) if old == json.as_bytes() => return Ok(()),
        Ok(old) => {
            let backup = atomic::with_tail(path, ".bak");
            atomic::write(&backup, &old)
                .map_err(|source| StoreError::io("备份到", &backup, source))?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(source) => return Err(StoreError::io("读取", path, source)),
    }
    atomic::write(path, json.as_bytes()).map_err(|source| StoreError::io("保存", path, source))
}
