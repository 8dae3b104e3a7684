//! What a file of a package holds: in memory while it is short, else in a file of its own.

use std::fs::{self, File};
use std::io::{self, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};

use crate::domain::evidence::hex;

/// Most bytes kept in memory.
const IN_MEMORY: usize = 1 << 20;

/// Bytes of a file. Clones share them; two are equal where their SHA-256 is.
#[derive(Debug, Clone)]
pub struct Content {
    place: Place,
    length: u64,
    sha256: String,
}

#[derive(Debug, Clone)]
enum Place {
    Memory(Arc<Vec<u8>>),
    /// Gone with the last clone.
    File(Arc<TempPath>),
}

impl Content {
    /// Keeps what `write` writes.
    ///
    /// # Errors
    /// Those of `write`, and of the folder for what is kept for a short time.
    pub fn written<T, E: From<io::Error>>(
        write: impl FnOnce(&mut dyn Write) -> Result<T, E>,
    ) -> Result<(Self, T), E> {
        let mut spool = Spool::default();
        let value = write(&mut spool)?;
        Ok((spool.finish()?, value))
    }

    /// Its length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Its SHA-256, 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Reads it from its start.
    ///
    /// # Errors
    /// Where its file cannot be opened.
    pub fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match &self.place {
            Place::Memory(bytes) => Box::new(Cursor::new(Shared(Arc::clone(bytes)))),
            Place::File(path) => Box::new(File::open(path.as_ref())?),
        })
    }

    /// Gives its file a second name, so that it need not be copied; an error where it has none or the
    /// place is on another disk.
    pub(super) fn link(&self, to: &Path) -> io::Result<()> {
        match &self.place {
            Place::Memory(_) => Err(io::ErrorKind::Unsupported.into()),
            Place::File(path) => fs::hard_link(path.as_ref(), to),
        }
    }

    /// All of it.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        let sha256 = hex(&Sha256::digest(&bytes));
        Self { length: bytes.len() as u64, sha256, place: Place::Memory(Arc::new(bytes)) }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.sha256 == other.sha256
    }
}

impl Eq for Content {}

/// What can be read from any place of it.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Bytes that a reader keeps alive.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Bytes on their way into a [`Content`]. What was written can be gone back to, as a ZIP's headers
/// need, until it is finished.
#[derive(Default)]
pub(super) struct Spool {
    memory: Cursor<Vec<u8>>,
    file: Option<BufWriter<NamedTempFile>>,
}

impl Spool {
    /// Hashes what was written and keeps it.
    pub(super) fn finish(self) -> io::Result<Content> {
        let Some(file) = self.file else { return Ok(self.memory.into_inner().into()) };
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        let mut hash = Sha256::new();
        let length = io::copy(file.as_file_mut(), &mut hash)?;
        // Closed at once: there may be more files than a program may hold open.
        let place = Place::File(Arc::new(file.into_temp_path()));
        Ok(Content { place, length, sha256: hex(&hash.finalize()) })
    }

    /// The file, where there is one or has to be for `more` bytes.
    fn file(&mut self, more: usize) -> io::Result<Option<&mut BufWriter<NamedTempFile>>> {
        if self.file.is_none() && self.memory.get_ref().len() + more > IN_MEMORY {
            let file = NamedTempFile::with_prefix_in(".jiebang-", folder())?;
            let mut file = BufWriter::with_capacity(1 << 18, file);
            let memory = std::mem::take(&mut self.memory);
            let at = memory.position();
            file.write_all(memory.get_ref())?;
            file.seek(SeekFrom::Start(at))?;
            self.file = Some(file);
        }
        Ok(self.file.as_mut())
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.file(bytes.len())? {
            Some(file) => file.write(bytes),
            None => self.memory.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match &mut self.file {
            Some(file) => file.seek(to),
            None => self.memory.seek(to),
        }
    }
}

/// Where long contents are kept: the system's folder for what is kept for a short time, but on Linux
/// the one that lies on a disk, as the other is often in memory.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let on_disk = Path::new("/var/tmp");
        let named = std::env::var_os("TMPDIR").is_some();
        let other = cfg!(target_os = "linux") && !named && on_disk.is_dir();
        if other { on_disk.to_owned() } else { std::env::temp_dir() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(parts: &[&[u8]]) -> Content {
        let write = |out: &mut dyn Write| parts.iter().try_for_each(|part| out.write_all(part));
        Content::written::<(), io::Error>(write).unwrap().0
    }

    #[test]
    fn long_contents_go_to_a_file_of_the_person_alone_that_vanishes() {
        let half = vec![7_u8; IN_MEMORY / 2 + 1];
        let (short, long) = (kept(&[&half]), kept(&[&half, &half]));
        assert!(matches!(short.place, Place::Memory(_)));
        let Place::File(path) = &long.place else { panic!("in memory") };
        let path = path.to_path_buf();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        let whole = half.repeat(2);
        assert_eq!((long.length(), long.read().unwrap()), (whole.len() as u64, whole.clone()));
        assert_eq!(long, Content::from(whole));
        assert_ne!(long, short);
        drop(long.clone());
        assert!(path.exists());
        drop(long);
        assert!(!path.exists());
    }

    #[test]
    fn what_was_written_can_be_gone_back_to_in_memory_and_in_a_file() {
        for length in [10, IN_MEMORY + 10] {
            let mut spool = Spool::default();
            spool.write_all(&vec![1; length]).unwrap();
            spool.seek(SeekFrom::Start(3)).unwrap();
            spool.write_all(&[2]).unwrap();
            spool.seek(SeekFrom::End(0)).unwrap();
            spool.write_all(&[3]).unwrap();
            let bytes = spool.finish().unwrap().read().unwrap();
            assert_eq!((bytes.len(), bytes[2], bytes[3], bytes[length]), (length + 1, 1, 2, 3));
        }
    }
}
