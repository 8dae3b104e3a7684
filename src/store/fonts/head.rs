//! The few tables of a font file that say what it is: a list of a system's fonts reads nothing else.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Which tables are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What a face is called.
    Names,
    /// That, its licence and its characters.
    All,
}

impl Wanted {
    /// The most bytes that are read of a table; 0 for one that is not wanted.
    fn most(self, tag: &[u8]) -> u32 {
        match tag {
            b"head" | b"hhea" | b"maxp" => 1 << 10,
            b"name" => 1 << 18,
            b"OS/2" if self == Self::All => 1 << 10,
            b"cmap" if self == Self::All => 1 << 22,
            _ => 0,
        }
    }
}

/// Most faces of a collection, and most tables of a face, that are looked at.
const MOST_FACES: u32 = 64;
const MOST_TABLES: u16 = 64;

/// A collection of the file's faces in which every table is listed and all but the wanted are empty.
pub(super) fn read(path: &Path, wanted: Wanted) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let start: [u8; 12] = bytes(&mut file, 0)?;
    let mut offsets = vec![0];
    if start.starts_with(b"ttcf") {
        offsets.clear();
        for n in 0..long(&start, 8).min(MOST_FACES) {
            let offset: [u8; 4] = bytes(&mut file, 12 + u64::from(n) * 4)?;
            offsets.push(u32::from_be_bytes(offset));
        }
    }
    let faces: io::Result<Vec<Face>> =
        offsets.into_iter().map(|offset| Face::read(&mut file, offset, wanted)).collect();
    Ok(collection(&faces?))
}

/// A face's magic, and its tables: tag and contents.
struct Face {
    magic: [u8; 4],
    tables: Vec<([u8; 4], Vec<u8>)>,
}

impl Face {
    fn read(file: &mut File, offset: u32, wanted: Wanted) -> io::Result<Self> {
        let start: [u8; 12] = bytes(file, u64::from(offset))?;
        let [m0, m1, m2, m3, count0, count1, ..] = start;
        let mut tables = Vec::new();
        for n in 0..u16::from_be_bytes([count0, count1]).min(MOST_TABLES) {
            let record: [u8; 16] = bytes(file, u64::from(offset) + 12 + u64::from(n) * 16)?;
            let [t0, t1, t2, t3, ..] = record;
            let tag = [t0, t1, t2, t3];
            let length = long(&record, 12).min(wanted.most(&tag));
            let mut table = Vec::new();
            if length > 0 {
                file.seek(SeekFrom::Start(long(&record, 8).into()))?;
                file.take(length.into()).read_to_end(&mut table)?;
            }
            tables.push((tag, table));
        }
        Ok(Self { magic: [m0, m1, m2, m3], tables })
    }
}

fn bytes<const N: usize>(file: &mut File, offset: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn long(bytes: &[u8], at: usize) -> u32 {
    bytes.iter().skip(at).take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// The faces as the file of a collection.
fn collection(faces: &[Face]) -> Vec<u8> {
    let directory = |face: &Face| 12 + 16 * face.tables.len();
    let mut body = 12 + 4 * faces.len();
    let mut out = Vec::new();
    out.extend(b"ttcf\0\x01\0\0");
    out.extend((faces.len() as u32).to_be_bytes());
    for face in faces {
        out.extend((body as u32).to_be_bytes());
        body += directory(face);
    }
    for face in faces {
        out.extend(face.magic);
        out.extend((face.tables.len() as u16).to_be_bytes());
        out.extend([0; 6]);
        for (tag, table) in &face.tables {
            out.extend(tag);
            out.extend([0; 4]);
            out.extend((body as u32).to_be_bytes());
            out.extend((table.len() as u32).to_be_bytes());
            body += table.len();
        }
    }
    for (_, table) in faces.iter().flat_map(|face| &face.tables) {
        out.extend(table);
    }
    out
}
