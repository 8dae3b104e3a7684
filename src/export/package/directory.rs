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

/// The type of a file in its Unix mode, and the types that hold what they seem to hold.
const TYPE: u32 = 0o170_000;
const PLAIN: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;
/// Attributes of Windows and DOS: a folder, and what leads to another place.
const DOS_FOLDER: u32 = 0x10;
const DOS_LINK: u32 = 0x400;

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
    /// Those of them that are unpacked as something other than the file they seem to be.
    pub(super) disguised: Vec<String>,
    /// Its end counts other entries or another length than are there.
    pub(super) is_miscounted: bool,
    /// Something follows its end, or is said beside its entries.
    pub(super) is_followed: bool,
}

impl Directory {
    /// Reads the directory that begins at `start`.
    pub(super) fn read(reader: &mut (impl Read + Seek), start: u64) -> io::Result<Self> {
        reader.seek(SeekFrom::Start(start))?;
        let mut reader = BufReader::new(reader);
        let mut directory = Self::default();
        let (mut signature, mut length) = ([0; 4], 0);
        while directory.names.len() <= MAX_ENTRIES && reader.read_exact(&mut signature).is_ok() {
            if signature != ENTRY {
                let mut rest = Vec::new();
                reader.take(END_LENGTH as u64 + 1).read_to_end(&mut rest)?;
                let ends = signature == END && rest.len() + signature.len() == END_LENGTH;
                directory.is_followed |= !ends;
                directory.is_miscounted = !directory.is_counted(&rest, length);
                return Ok(directory);
            }
            length += directory.entry(&mut reader)?;
        }
        directory.is_miscounted = true;
        Ok(directory)
    }

    /// Whether the end, given from behind its signature, counts the entries that were read in `length`
    /// bytes. A ZIP64 end says its numbers elsewhere; something follows the directory then.
    fn is_counted(&self, end: &[u8], length: u64) -> bool {
        let [_, _, _, _, n0, n1, m0, m1, l0, l1, l2, l3, ..] = *end else { return false };
        let counts = [u16::from_le_bytes([n0, n1]), u16::from_le_bytes([m0, m1])];
        counts.iter().all(|count| usize::from(*count) == self.names.len())
            && u64::from(u32::from_le_bytes([l0, l1, l2, l3])) == length
    }

    /// Reads an entry behind its signature; gives its length with it.
    fn entry(&mut self, reader: &mut impl Read) -> io::Result<u64> {
        let mut head = [0; 42];
        reader.read_exact(&mut head)?;
        let [
            _,
            _,
            _,
            _,
            f0,
            f1,
            ..,
            n0,
            n1,
            e0,
            e1,
            c0,
            c1,
            _,
            _,
            _,
            _,
            a0,
            a1,
            a2,
            a3,
            _,
            _,
            _,
            _,
        ] = head;
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
        if is_disguised(u32::from_le_bytes([a0, a1, a2, a3]), name.ends_with(b"/")) {
            self.disguised.push(shown.clone());
        }
        self.is_followed |= !comment.is_empty();
        self.names.push(Name { shown, folded });
        let parts = [name.len(), extra.len(), comment.len()];
        Ok((4 + head.len() + parts.iter().sum::<usize>()) as u64)
    }
}

/// Whether these attributes make something of an entry that its name does not say. The system they are
/// said to be of is not asked: unzip programs differ in whom they believe.
const fn is_disguised(attributes: u32, is_folder: bool) -> bool {
    let kind = match (attributes >> 16) & TYPE {
        0 | PLAIN => true,
        FOLDER => is_folder,
        _ => false,
    };
    !kind || attributes & DOS_LINK != 0 || (attributes & DOS_FOLDER != 0 && !is_folder)
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
