//! One draft file: read, checked, and written whole.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::atomic;
use super::disk::{Disk, RealDisk};
use super::error::{DraftError, StoreError};
use super::sealed;
use crate::domain::Draft;
pub use crate::domain::draft_file::{MAX_MEGABYTES, parse_draft, parse_draft_bytes, text_of};

/// Extension of a draft that is saved as a file; one called `.json` is read as well.
pub const EXTENSION: &str = "jiebang";
/// Largest draft file read, bytes.
pub(super) const MAX_BYTES: u64 = MAX_MEGABYTES << 20;

/// Reads a draft file; the file itself is never touched.
pub fn read_draft(path: &Path) -> Result<Draft, DraftError> {
    read_draft_on(sealed::machine().as_ref(), path)
}

/// The same on any disk.
pub(super) fn read_draft_on(disk: &dyn Disk, path: &Path) -> Result<Draft, DraftError> {
    let origin = path.display().to_string();
    let io = |source| match sealed::is_locked(&source) {
        true => DraftError::Locked { origin: path.display().to_string() },
        false => DraftError::Io { path: path.to_owned(), source },
    };
    let length = disk.about(path).map_err(io)?.length;
    if length > MAX_BYTES {
        return Err(DraftError::TooLarge { origin, megabytes: length.div_ceil(1 << 20) });
    }
    let mut bytes = Vec::new();
    disk.open(path).map_err(io)?.take(MAX_BYTES).read_to_end(&mut bytes).map_err(io)?;
    parse_draft_bytes(&bytes, &origin)
}

/// The first bytes of any file, `most` of them at the most.
pub fn read_start(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    RealDisk.open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Replaces a draft file as a whole; what it held before stays beside it as `<name>.bak`.
pub fn write_draft(path: &Path, draft: &Draft) -> Result<(), StoreError> {
    write_draft_on(&sealed::machine(), path, draft)
}

/// The same on any disk.
pub(super) fn write_draft_on(
    disk: &Arc<dyn Disk>,
    path: &Path,
    draft: &Draft,
) -> Result<(), StoreError> {
    let json = text_of(draft)?;
    let saving = |source| StoreError::io("保存", path, source);
    let old = match disk.read(path, MAX_BYTES) {
        // What wrote it may have failed at this last step.
        Ok(old) if old == json.as_bytes() => {
            return atomic::sync_beside(disk.as_ref(), path).map_err(saving);
        }
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(source) => return Err(StoreError::io("读取", path, source)),
    };
    // Whether there is room shows here, while nothing has changed yet.
    let new = atomic::prepare(disk, path, json.as_bytes()).map_err(saving)?;
    if let Some(old) = old {
        let backup = atomic::with_tail(path, ".bak");
        let copied = match old.len() as u64 {
            ..=MAX_BYTES => atomic::write(disk, &backup, &old),
            _ => Err(io::ErrorKind::FileTooLarge.into()),
        };
        // Where there is no room for a copy, the file itself gets a second name.
        copied
            .or_else(|error| atomic::name_too(disk, path, &backup).map_err(|_| error))
            .map_err(|source| StoreError::io("备份到", &backup, source))?;
    }
    new.persist().map_err(saving)
}
