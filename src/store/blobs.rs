//! Files of evidence and figures beside a draft, each kept once under the name of its content.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Read, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::atomic::{self, Temporary};
use super::disk::{About, Disk, Kind, Source};
use super::error::AttachError;
use super::sealed;
use crate::domain::evidence::hex;
use crate::domain::{Attachment, Draft, Extra, media};

/// Largest evidence file, bytes.
pub const MAX_BYTES: u64 = 200 << 20;

/// The attachments of one draft: `<sha256>.<pdf|jpg|png>` in the folder beside it.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    /// Files whose content was found right, with length and time of that moment.
    checked: Arc<Mutex<HashMap<PathBuf, (u64, SystemTime)>>>,
}

impl Blobs {
    /// The attachments of the draft file at `draft_path`: its path with the extension `.files`.
    #[must_use]
    pub fn beside(draft_path: &Path) -> Self {
        Self::beside_on(sealed::machine(), draft_path)
    }

    /// The same on any disk.
    pub(super) fn beside_on(disk: Arc<dyn Disk>, draft_path: &Path) -> Self {
        Self { folder: draft_path.with_extension("files"), disk, checked: Arc::default() }
    }

    /// The folder; it may not exist yet.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Copies a file in. PDF, JPEG or PNG by its content, not empty, not cut off, without a password,
    /// at most [`MAX_BYTES`].
    pub fn attach(&self, source: &Path) -> Result<Attachment, AttachError> {
        self.attach_watched(source, &|_| true)
    }

    /// Copies a file in as [`attach`](Self::attach) does, and tells `watch` how many bytes were read;
    /// where it answers `false` the copy ends with an error and nothing is kept.
    pub fn attach_watched(
        &self,
        source: &Path,
        watch: &dyn Fn(u64) -> bool,
    ) -> Result<Attachment, AttachError> {
        let read = |error| AttachError::io("读取", source, error);
        let (name, mut file, length) = open(self.disk.as_ref(), source)?;
        if length > MAX_BYTES {
            return Err(AttachError::TooLarge { name, megabytes: length.div_ceil(1 << 20) });
        }
        match fault_of(file.as_mut(), length).map_err(read)? {
            Some(media::Fault::Truncated) => return Err(AttachError::Truncated(name)),
            Some(media::Fault::Encrypted) => return Err(AttachError::Encrypted(name)),
            None => {}
        }
        self.take_in(name, Watched { file, bytes: 0, watch }, read)
    }

    /// Keeps `bytes` of a package or a sample: PDF, JPEG or PNG by its content, not empty.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<Attachment, AttachError> {
        let memory = |error| AttachError::io("读取", Path::new(name), error);
        self.take_in(name.to_owned(), bytes, memory)
    }

    /// Keeps what `open` gives as [`put`](Self::put) does; it need not fit into memory.
    pub fn put_from<R: Read>(
        &self,
        name: &str,
        open: impl FnOnce() -> io::Result<R>,
    ) -> Result<Attachment, AttachError> {
        let read = |error| AttachError::io("读取", Path::new(name), error);
        self.take_in(name.to_owned(), open().map_err(read)?, read)
    }

    /// Copies a picture for a figure in: JPEG or PNG by its content, whole, at most
    /// [`media::MAX_PICTURE`] and [`media::MAX_PIXELS`]. With its width and height as it is seen.
    pub fn attach_picture(&self, source: &Path) -> Result<(Attachment, [u32; 2]), AttachError> {
        let (name, file, length) = open(self.disk.as_ref(), source)?;
        if length > media::MAX_PICTURE {
            return Err(AttachError::PictureTooLarge { name, megabytes: length.div_ceil(1 << 20) });
        }
        let mut bytes = Vec::new();
        let read = file.take(media::MAX_PICTURE + 1).read_to_end(&mut bytes);
        read.map_err(|error| AttachError::io("读取", source, error))?;
        self.put_picture(&name, &bytes)
    }

    /// Keeps the bytes of a picture for a figure, as [`attach_picture`](Self::attach_picture) does.
    pub fn put_picture(
        &self,
        name: &str,
        bytes: &[u8],
    ) -> Result<(Attachment, [u32; 2]), AttachError> {
        let pixels = picture_of(name, bytes)?.seen();
        Ok((self.put(name, bytes)?, pixels))
    }

    /// Reads an attachment back; its length and SHA-256 are those of the moment it was attached.
    pub fn read(&self, attachment: &Attachment) -> Result<Vec<u8>, AttachError> {
        let path = self.path_of(attachment);
        let bytes = match self.disk.read(&path, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(AttachError::Missing(attachment.name.clone()));
            }
            Err(error) => return Err(AttachError::io("读取", &path, error)),
        };
        if hex(&Sha256::digest(&bytes)) != attachment.sha256 {
            return Err(AttachError::Altered(attachment.name.clone()));
        }
        Ok(bytes)
    }

    /// Where an attachment lies; no file is there if it is missing, or if its SHA-256 is none.
    #[must_use]
    pub fn path_of(&self, attachment: &Attachment) -> PathBuf {
        let sha256 = &attachment.sha256;
        if !is_sha256(sha256) {
            // The text is a stranger's: it must not become part of a path.
            return self.folder.join("no-such-content");
        }
        let [first, ..] = self.candidates(sha256);
        self.find(attachment).ok().flatten().map_or(first, |(path, _)| path)
    }

    fn candidates(&self, sha256: &str) -> [PathBuf; 3] {
        media::EXTENSIONS.map(|extension| self.folder.join(format!("{sha256}.{extension}")))
    }

    fn find(&self, attachment: &Attachment) -> io::Result<Option<(PathBuf, About)>> {
        if !is_sha256(&attachment.sha256) {
            return Ok(None);
        }
        for path in self.candidates(&attachment.sha256) {
            match self.disk.about(&path) {
                Ok(about) if about.kind == Kind::File => return Ok(Some((path, about))),
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(_) | Err(_) => {}
            }
        }
        Ok(None)
    }

    /// SHA-256 of the draft's attachments that are missing or altered. A file is hashed once and
    /// again only when its length or time has changed, so that repeated calls are cheap.
    #[must_use]
    pub fn missing(&self, draft: &Draft) -> BTreeSet<String> {
        let attachments = draft.attachments();
        attachments.filter(|a| !self.is_sound(a)).map(|a| a.sha256.clone()).collect()
    }

    /// Copies the sound attachments of `draft` from another folder; the others stay missing. `go_on` is
    /// told how many bytes more were read; where it answers `false` the copy ends with an error.
    pub(super) fn adopt(
        &self,
        draft: &Draft,
        from: &Self,
        go_on: &dyn Fn(u64) -> bool,
    ) -> Result<(), AttachError> {
        for attachment in draft.attachments() {
            // What cannot be read now may be there: a copy without it would look whole.
            let asked = |error| AttachError::io("读取", &from.folder, error);
            let is_here = self.is_sound(attachment);
            if is_here {
                // What put it there may have failed at this last step.
                let write = |error| AttachError::io("写入附件文件夹", &self.folder, error);
                self.disk.sync_folder(&self.folder).map_err(write)?;
            }
            if !is_here && from.find_sound(attachment).map_err(asked)? {
                let path = from.path_of(attachment);
                let read = |error| AttachError::io("读取", &path, error);
                let file = self.disk.open(&path).map_err(read)?;
                let told = Cell::new(0);
                let watch = |bytes| go_on(bytes - told.replace(bytes));
                let file = Watched { file, bytes: 0, watch: &watch };
                self.take_in(attachment.name.clone(), file, read)?;
            }
        }
        Ok(())
    }

    fn is_sound(&self, attachment: &Attachment) -> bool {
        self.find_sound(attachment).unwrap_or(false)
    }

    /// Whether an attachment is there as it was; an error where that cannot be told.
    fn find_sound(&self, attachment: &Attachment) -> io::Result<bool> {
        let Some((path, about)) = self.find(attachment)? else { return Ok(false) };
        let state = (about.length, about.modified);
        if let Ok(checked) = self.checked.lock()
            && checked.get(&path) == Some(&state)
        {
            return Ok(true);
        }
        let sound = self
            .disk
            .open(&path)
            .and_then(|mut file| copy_hashed(&mut file, &mut io::sink()))
            .map(|(sha256, _)| sha256 == attachment.sha256)?;
        if sound && let Ok(mut checked) = self.checked.lock() {
            checked.insert(path, state);
        }
        Ok(sound)
    }

    fn take_in(
        &self,
        name: String,
        mut source: impl Read,
        read: impl Fn(io::Error) -> AttachError,
    ) -> Result<Attachment, AttachError> {
        let write = |error| AttachError::io("写入附件文件夹", &self.folder, error);
        let mut head = Vec::new();
        source.by_ref().take(media::HEAD as u64).read_to_end(&mut head).map_err(&read)?;
        if head.is_empty() {
            return Err(AttachError::Empty(name));
        }
        let extension = match media::extension(&head) {
            Ok(extension) => extension,
            Err((found, advice)) => return Err(AttachError::Kind { name, found, advice }),
        };
        atomic::create_folder(&self.disk, &self.folder).map_err(write)?;
        let mut file = Temporary::new(&self.disk, &self.folder).map_err(write)?;
        // One byte past the limit shows that a source has grown since it was measured.
        let mut whole = io::Cursor::new(head).chain(source).take(MAX_BYTES + 1);
        let (sha256, bytes) = copy_hashed(&mut whole, &mut file).map_err(write)?;
        if bytes > MAX_BYTES {
            return Err(AttachError::TooLarge { name, megabytes: bytes.div_ceil(1 << 20) });
        }
        let attachment = Attachment { name, sha256, bytes, extra: Extra::new() };
        if self.is_sound(&attachment) {
            // Who put it there may have been killed just before this.
            self.disk.sync_folder(&self.folder).map_err(write)?;
        } else {
            let target = self.folder.join(format!("{}.{extension}", attachment.sha256));
            file.name(&target).map_err(write)?;
        }
        Ok(attachment)
    }
}

/// Opens a file to be attached: its name, itself and its length.
fn open(disk: &dyn Disk, source: &Path) -> Result<(String, Box<dyn Source>, u64), AttachError> {
    let read = |error| AttachError::io("读取", source, error);
    let name = source.file_name().unwrap_or(source.as_os_str()).to_string_lossy().into_owned();
    let about = disk.about(source).map_err(read)?;
    if about.kind != Kind::File {
        return Err(AttachError::NotAFile(name));
    }
    Ok((name, disk.open(source).map_err(read)?, about.length))
}

/// The headers of a picture that can be a figure.
fn picture_of(name: &str, bytes: &[u8]) -> Result<media::Picture, AttachError> {
    let name = name.to_owned();
    if bytes.is_empty() {
        return Err(AttachError::Empty(name));
    }
    if bytes.len() as u64 > media::MAX_PICTURE {
        return Err(AttachError::PictureTooLarge {
            name,
            megabytes: (bytes.len() as u64).div_ceil(1 << 20),
        });
    }
    let picture = match media::picture(bytes) {
        Ok(picture) => picture,
        Err(media::PictureFault::Other) => {
            let found = media::extension(bytes.get(..media::HEAD).unwrap_or(bytes));
            let found = found.map_or_else(|(found, _)| found, |_| "PDF 文件");
            return Err(AttachError::NoPicture { name, found });
        }
        Err(media::PictureFault::Broken) => return Err(AttachError::BrokenPicture(name)),
        Err(media::PictureFault::Truncated) => return Err(AttachError::Truncated(name)),
        Err(media::PictureFault::Kind(kind)) => {
            return Err(AttachError::PictureKind { name, kind });
        }
    };
    if picture.count() > media::MAX_PIXELS {
        let [width, height] = picture.seen();
        return Err(AttachError::TooManyPixels { name, width, height });
    }
    Ok(picture)
}

/// A file that tells how far it was read.
struct Watched<'a> {
    file: Box<dyn Source>,
    bytes: u64,
    watch: &'a dyn Fn(u64) -> bool,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.bytes += count as u64;
        if (self.watch)(self.bytes) { Ok(count) } else { Err(stopped()) }
    }
}

/// The error of what the one who watches has stopped.
pub(super) fn stopped() -> io::Error {
    io::Error::other("已取消")
}

/// What the last bytes of a file say is wrong with it; the file is back at its start then.
fn fault_of(file: &mut dyn Source, length: u64) -> io::Result<Option<media::Fault>> {
    let mut head = Vec::new();
    (&mut *file).take(media::HEAD as u64).read_to_end(&mut head)?;
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(media::TAIL as u64)))?;
    (&mut *file).take(media::TAIL as u64).read_to_end(&mut tail)?;
    file.rewind()?;
    Ok(media::extension(&head).ok().and_then(|extension| media::fault(extension, &tail)))
}

fn copy_hashed(source: &mut impl Read, target: &mut impl Write) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let count = match source.read(&mut buffer) {
            Ok(0) => return Ok((hex(&hasher.finalize()), bytes)),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let chunk = buffer.get(..count).unwrap_or_default();
        hasher.update(chunk);
        target.write_all(chunk)?;
        bytes += count as u64;
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
