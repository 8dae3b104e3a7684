//! Reading a package's entries within bounds, and importing its draft and evidence.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::archive::MAX_UNPACKED;
use super::error::PackageError;
use super::manifest;
use super::name;
use super::verify::verify;
use crate::domain::draft_file::{DraftError, parse_draft_bytes};
use crate::domain::evidence::hex;
use crate::domain::{Attachment, Draft};

/// Most entries looked at.
const MAX_ENTRIES: usize = 10_000;
/// `draft.json` and `manifest.json` are kept in memory up to this length.
pub(super) const MAX_JSON: u64 = 64 << 20;
/// An entry past this length must not be packed tighter than [`MAX_RATIO`].
const RATIO_FROM: u64 = 16 << 20;
const MAX_RATIO: u64 = 200;

/// What an import takes out of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// The draft.
    pub draft: Draft,
    /// Its attachments that are in the package unaltered, each content once; the others are missing.
    pub evidence: Vec<(Attachment, Vec<u8>)>,
    /// What [`verify`] finds wrong with the package; whoever imports it must be told.
    pub problems: Vec<String>,
}

/// Reads a file as [`read`] does and checks it as a whole; `None` where it is no ZIP by its first bytes, whatever its name.
pub fn read_file(path: &Path) -> Result<Option<Contents>, PackageError> {
    let mut file = File::open(path)?;
    let mut start = [0; 2];
    if file.read_exact(&mut start).is_err() || start != *b"PK" {
        return Ok(None);
    }
    file.rewind()?;
    let problems = verify(&file)?.problems;
    file.rewind()?;
    let contents = read(file)?;
    Ok(Some(Contents { problems, ..contents }))
}

/// Reads the draft and the evidence of a package, for import into a store. Only contents the draft
/// names by their SHA-256 are taken, wherever they lie; nothing is written.
pub fn read(reader: impl Read + Seek) -> Result<Contents, PackageError> {
    let mut archive = open(reader)?;
    let mut budget = Budget::default();
    let draft = {
        let entry = archive.by_name(manifest::DRAFT_FILE).map_err(|_| PackageError::NoDraft)?;
        let mut json = Vec::new();
        match budget.stream(entry, |chunk| keep(&mut json, chunk)) {
            Ok(_) => parse_draft(&json).map_err(|error| PackageError::Draft(error.to_string()))?,
            Err(fault) => return Err(fault.into_error()),
        }
    };
    let mut wanted: BTreeMap<&str, &Attachment> = BTreeMap::new();
    for attachment in draft.attachments() {
        wanted.entry(&attachment.sha256).or_insert(attachment);
    }
    let mut evidence = Vec::new();
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index(index) else { continue };
        if !entry.is_file() || wanted.is_empty() {
            continue;
        }
        let mut bytes = Vec::new();
        match budget.stream(entry, |chunk| bytes.extend_from_slice(chunk)) {
            Ok((_, sha256)) => {
                if let Some(attachment) = wanted.remove(sha256.as_str()) {
                    evidence.push((attachment.clone(), bytes));
                }
            }
            Err(Fault::Bomb) => return Err(PackageError::Bomb),
            Err(Fault::Damaged) => {}
        }
    }
    Ok(Contents { draft, evidence, problems: Vec::new() })
}

/// Opens a package and looks at the number of its entries.
pub(super) fn open<R: Read + Seek>(reader: R) -> Result<ZipArchive<R>, PackageError> {
    let archive = ZipArchive::new(reader)?;
    match archive.len() {
        count if count > MAX_ENTRIES => Err(PackageError::TooMany(count)),
        _ => Ok(archive),
    }
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
}

impl Fault {
    fn into_error(self) -> PackageError {
        match self {
            Self::Damaged => PackageError::Draft("内容已损坏".to_owned()),
            Self::Bomb => PackageError::Bomb,
        }
    }
}

/// What may still be unpacked of a package; a header's own word on lengths is not trusted.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(MAX_UNPACKED)
    }
}

impl Budget {
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
            self.0 = self.0.checked_sub(count as u64).ok_or(Fault::Bomb)?;
            if length > RATIO_FROM && length / packed > MAX_RATIO {
                return Err(Fault::Bomb);
            }
            hasher.update(chunk);
            take(chunk);
        }
    }
}

/// The names of all entries as the ZIP's directory lists them, repeated ones too, which
/// [`ZipArchive`] itself keeps once.
pub(super) fn listed_names(reader: &mut (impl Read + Seek), start: u64) -> io::Result<Vec<String>> {
    const SIGNATURE: [u8; 4] = *b"PK\x01\x02";
    reader.seek(io::SeekFrom::Start(start))?;
    let mut reader = io::BufReader::new(reader);
    let mut names = Vec::new();
    let mut header = [0_u8; 46];
    while names.len() <= MAX_ENTRIES
        && reader.read_exact(&mut header).is_ok()
        && header.starts_with(&SIGNATURE)
    {
        let [.., n0, n1, e0, e1, c0, c1, _, _, _, _, _, _, _, _, _, _, _, _] = header;
        let mut bytes = vec![0; usize::from(u16::from_le_bytes([n0, n1]))];
        reader.read_exact(&mut bytes)?;
        names.push(name::shown(&String::from_utf8_lossy(&bytes)));
        let rest = u16::from_le_bytes([e0, e1]) as i64 + u16::from_le_bytes([c0, c1]) as i64;
        reader.seek_relative(rest)?;
    }
    Ok(names)
}
