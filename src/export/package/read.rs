//! Reading a package's entries within bounds, and importing its draft and evidence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::archive::MAX_UNPACKED;
use super::content::{Content, ReadSeek};
use super::error::PackageError;
use super::locked;
use super::manifest::{self, Listed};
use super::verify::{Verification, examine};
use crate::domain::draft_file::{DraftError, parse_draft_bytes};
use crate::domain::evidence::hex;
use crate::domain::{Attachment, Draft};

/// Most entries looked at.
pub(super) const MAX_ENTRIES: usize = 10_000;
/// `draft.json` and `manifest.json` are kept in memory up to this length.
pub(super) const MAX_JSON: u64 = 64 << 20;
/// An entry past this length must not be packed tighter than [`MAX_RATIO`].
const RATIO_FROM: u64 = 16 << 20;
const MAX_RATIO: u64 = 200;
/// A whole package past this length must not be packed tighter than this: what this program packs are
/// short files and texts, its long files are packed already.
const WHOLE_FROM: u64 = 128 << 20;
const WHOLE_RATIO: u64 = 20;

/// What an import takes out of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// The draft.
    pub draft: Draft,
    /// Its attachments that are in the package unaltered, each content once; the others are missing.
    pub evidence: Vec<(Attachment, Content)>,
    /// What [`verify`](super::verify()) finds wrong with the package; whoever imports it must be told.
    pub problems: Vec<String>,
}

impl Contents {
    /// The attachments, each with what opens its content: they need not fit into memory.
    pub fn files(
        &self,
    ) -> impl Iterator<Item = (&Attachment, impl FnOnce() -> io::Result<Box<dyn ReadSeek>>)> {
        self.evidence.iter().map(|(file, content)| (file, || content.open()))
    }

    /// The problems that speak against the package itself: one that was exported although its draft had
    /// errors may be whole all the same.
    #[must_use]
    pub fn faults(&self) -> Vec<&str> {
        let problems = self.problems.iter().map(String::as_str);
        problems.filter(|problem| *problem != Verification::DRAFT_MARK).collect()
    }
}

/// Reads a file as [`read`] does; `None` where it is no ZIP by its first bytes, whatever its name.
pub fn read_file(path: &Path) -> Result<Option<Contents>, PackageError> {
    read_file_while(path, &|_| true)
}

/// [`read_file`], which tells `go_on` how many bytes were unpacked each time, and breaks off where it
/// answers `false`.
pub fn read_file_while(path: &Path, go_on: GoOn<'_>) -> Result<Option<Contents>, PackageError> {
    // A pipe would block on opening.
    if !fs::metadata(path)?.is_file() {
        return Err(PackageError::NoFile);
    }
    let mut file = File::open(path)?;
    let mut start = [0; 2];
    if file.read_exact(&mut start).is_err() || start != *b"PK" {
        return Ok(None);
    }
    file.rewind()?;
    read_while(file, go_on).map(Some)
}

/// Checks a package as a whole and reads its draft and its evidence, for import into a store. Only
/// contents the draft names by their SHA-256 are taken, wherever they lie.
pub fn read(reader: impl Read + Seek) -> Result<Contents, PackageError> {
    read_while(reader, &|_| true)
}

/// [`read`], told as [`read_file_while`] is.
pub(super) fn read_while(
    mut reader: impl Read + Seek,
    go_on: GoOn<'_>,
) -> Result<Contents, PackageError> {
    let (Verification { problems, files, .. }, is_bomb) = examine(&mut reader, go_on)?;
    if is_bomb {
        return Err(PackageError::Bomb);
    }
    let mut budget = Budget::of(&mut reader, go_on)?;
    let mut archive = open(reader)?;
    let draft = {
        let entry = archive.by_name(manifest::DRAFT_FILE).map_err(|_| PackageError::NoDraft)?;
        let mut json = Vec::new();
        match budget.stream(entry, |chunk| keep(&mut json, chunk)) {
            Ok(_) => parse_draft(&json).map_err(|error| PackageError::Draft(error.to_string()))?,
            Err(fault) => return Err(fault.into_error()),
        }
    };
    let places: BTreeMap<&str, &Listed> =
        files.iter().map(|file| (file.sha256.as_str(), file)).collect();
    let mut taken = BTreeSet::new();
    let mut evidence = Vec::new();
    for attachment in draft.attachments() {
        let Some(place) = places.get(attachment.sha256.as_str()) else { continue };
        if !taken.insert(&attachment.sha256) {
            continue;
        }
        let Ok(entry) = archive.by_name(&place.path) else { continue };
        let content = taken_out(entry, &mut budget)?;
        // The file may have become another since it was looked at.
        if content.sha256() == attachment.sha256 {
            evidence.push((attachment.clone(), content));
        }
    }
    Ok(Contents { draft, evidence, problems })
}

/// The content of an entry, on disk where it is long.
fn taken_out<R: Read>(
    entry: ZipFile<'_, R>,
    budget: &mut Budget<'_>,
) -> Result<Content, PackageError> {
    let (content, read) = Content::written(|out| {
        let mut written = Ok(());
        let read = budget.stream(entry, |chunk| {
            if written.is_ok() {
                written = out.write_all(chunk);
            }
        });
        written.map(|()| read)
    })?;
    match read {
        Err(Fault::Bomb) => Err(PackageError::Bomb),
        Err(Fault::Cancelled) => Err(PackageError::Cancelled),
        // What was cut short has another SHA-256.
        Err(Fault::Damaged) | Ok(_) => Ok(content),
    }
}

/// Opens a package and looks at the number of its entries.
pub(super) fn open<R: Read + Seek>(reader: R) -> Result<ZipArchive<R>, PackageError> {
    let mut archive = ZipArchive::new(reader)?;
    match archive.len() {
        count if count > MAX_ENTRIES => return Err(PackageError::TooMany(count)),
        _ => locked::refuse(&mut archive)?,
    }
    Ok(archive)
}

/// Reads `draft.json`.
pub(super) fn parse_draft(json: &[u8]) -> Result<Draft, DraftError> {
    parse_draft_bytes(json, manifest::DRAFT_FILE)
}

/// Appends to a JSON kept in memory; past the limit it is no JSON of this program.
pub(super) fn keep(json: &mut Vec<u8>, chunk: &[u8]) {
    if json.len() as u64 <= MAX_JSON {
        json.extend_from_slice(chunk);
    }
}

/// Why an entry was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It cannot be unpacked, or its checksum is wrong.
    Damaged,
    /// It unpacks to too much.
    Bomb,
    /// The person broke off.
    Cancelled,
}

impl Fault {
    fn into_error(self) -> PackageError {
        match self {
            Self::Damaged => PackageError::Draft("内容已损坏".to_owned()),
            Self::Bomb => PackageError::Bomb,
            Self::Cancelled => PackageError::Cancelled,
        }
    }
}

/// Is told how many bytes were unpacked and says whether to go on.
pub type GoOn<'a> = &'a dyn Fn(u64) -> bool;

/// What may still be unpacked of a package; a header's own word on lengths is not trusted.
pub(super) struct Budget<'a> {
    left: u64,
    go_on: GoOn<'a>,
}

impl<'a> Budget<'a> {
    /// That of a package of this length.
    pub(super) fn of(reader: &mut impl Seek, go_on: GoOn<'a>) -> io::Result<Self> {
        let length = reader.seek(SeekFrom::End(0))?;
        reader.rewind()?;
        let left = length.saturating_mul(WHOLE_RATIO).saturating_add(WHOLE_FROM).min(MAX_UNPACKED);
        Ok(Self { left, go_on })
    }

    /// Unpacks an entry chunk by chunk; gives its length and SHA-256.
    pub(super) fn stream<R: Read>(
        &mut self,
        mut entry: ZipFile<'_, R>,
        mut take: impl FnMut(&[u8]),
    ) -> Result<(u64, String), Fault> {
        let packed = entry.compressed_size().max(1);
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        let mut length = 0_u64;
        loop {
            let count = match entry.read(&mut buffer) {
                Ok(0) => return Ok((length, hex(&hasher.finalize()))),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(Fault::Damaged),
            };
            let chunk = buffer.get(..count).unwrap_or_default();
            length += count as u64;
            self.left = self.left.checked_sub(count as u64).ok_or(Fault::Bomb)?;
            if !(self.go_on)(count as u64) {
                return Err(Fault::Cancelled);
            }
            if length > RATIO_FROM && length / packed > MAX_RATIO {
                return Err(Fault::Bomb);
            }
            hasher.update(chunk);
            take(chunk);
        }
    }
}
