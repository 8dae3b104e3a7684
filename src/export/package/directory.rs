//! A ZIP's directory as it is written, and what lies in the file besides what it names.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::name;
use super::read::MAX_ENTRIES;
use crate::rules::invisible::shown;

/// Begins an entry.
const ENTRY: [u8; 4] = *b"PK\x01\x02";
/// Begins the record behind all entries, which without a comment has [`END_LENGTH`].
const END: [u8; 4] = *b"PK\x05\x06";
const END_LENGTH: usize = 22;
/// Flag of a name in UTF-8 (APPNOTE 4.4.4, bit 11).
const UTF_8: u16 = 0x800;
/// Extra field with a second name (APPNOTE 4.6.9).
const UNICODE_PATH: u16 = 0x7075;
/// Longest record behind a file that says its lengths once more (APPNOTE 4.3.9).
const DESCRIPTOR: u64 = 24;

/// Most characters of a name that are compared; systems take fewer.
const COMPARED: usize = 1024;

/// The name of an entry.
#[derive(Debug)]
pub(super) struct Name {
    /// Its beginning, fit to be shown.
    pub(super) shown: String,
    /// As it is compared with others.
    pub(super) folded: String,
}

/// The directory.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// Names of all entries, repeated ones too, which the `zip` crate keeps once.
    pub(super) names: Vec<Name>,
    /// Those of them that other programs may read in another way.
    pub(super) ambiguous: Vec<String>,
    /// Something follows its end, or is said beside its entries.
    pub(super) is_followed: bool,
}

impl Directory {
    /// Reads the directory that begins at `start`.
    pub(super) fn read(reader: &mut (impl Read + Seek), start: u64) -> io::Result<Self> {
        reader.seek(SeekFrom::Start(start))?;
        let mut reader = BufReader::new(reader);
        let mut directory = Self::default();
        let mut signature = [0; 4];
        while directory.names.len() <= MAX_ENTRIES && reader.read_exact(&mut signature).is_ok() {
            if signature != ENTRY {
                let mut rest = Vec::new();
                reader.take(END_LENGTH as u64 + 1).read_to_end(&mut rest)?;
                let ends = signature == END && rest.len() + signature.len() == END_LENGTH;
                directory.is_followed |= !ends;
                return Ok(directory);
            }
            directory.entry(&mut reader)?;
        }
        Ok(directory)
    }

    fn entry(&mut self, reader: &mut impl Read) -> io::Result<()> {
        let mut head = [0; 42];
        reader.read_exact(&mut head)?;
        let [_, _, _, _, f0, f1, .., n0, n1, e0, e1, c0, c1, _, _, _, _, _, _, _, _, _, _, _, _] =
            head;
        let mut part = |low, high| -> io::Result<Vec<u8>> {
            let mut bytes = vec![0; usize::from(u16::from_le_bytes([low, high]))];
            reader.read_exact(&mut bytes)?;
            Ok(bytes)
        };
        let (name, extra, comment) = (part(n0, n1)?, part(e0, e1)?, part(c0, c1)?);
        let text = String::from_utf8_lossy(&name);
        let shown = shown(&text);
        let folded = name::folded(&text.chars().take(COMPARED).collect::<String>());
        let is_plain = name.is_ascii() || u16::from_le_bytes([f0, f1]) & UTF_8 != 0;
        if !is_plain || second_name(&extra).is_some_and(|second| second != name) {
            self.ambiguous.push(shown.clone());
        }
        self.is_followed |= !comment.is_empty();
        self.names.push(Name { shown, folded });
        Ok(())
    }
}

/// The name an extra field gives beside that of the entry.
fn second_name(mut extra: &[u8]) -> Option<&[u8]> {
    while let Some(([k0, k1, l0, l1], rest)) = extra.split_first_chunk() {
        let length = usize::from(u16::from_le_bytes([*l0, *l1])).min(rest.len());
        let (data, after) = rest.split_at(length);
        if u16::from_le_bytes([*k0, *k1]) == UNICODE_PATH {
            // Version and checksum come before it.
            return Some(data.get(5..).unwrap_or_default());
        }
        extra = after;
    }
    None
}

/// Where files lie in a ZIP, each with its header.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<(u64, u64)>);

impl Places {
    pub(super) fn add(&mut self, start: u64, end: u64) {
        self.0.push((start, end));
    }

    /// Whether bytes before the directory belong to none of them.
    pub(super) fn leave_gaps(&mut self, directory: u64) -> bool {
        self.0.sort_unstable();
        let mut end = 0;
        for (start, next) in self.0.iter().copied().chain([(directory, directory)]) {
            if start > end + if end == 0 { 0 } else { DESCRIPTOR } {
                return true;
            }
            end = end.max(next);
        }
        false
    }
}
