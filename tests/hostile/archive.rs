//! ZIP files with any field of their headers a lie.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

/// A file of an archive; what is not set is true.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: Vec<u8>,
    pub(crate) local_name: Option<Vec<u8>>,
    pub(crate) data: Vec<u8>,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) crc: u32,
    pub(crate) size: u32,
    pub(crate) packed_size: u32,
    pub(crate) local_size: Option<u32>,
    pub(crate) mode: u32,
    /// What system it says it is from, and that one's attributes.
    pub(crate) system: u8,
    pub(crate) attributes: u32,
    pub(crate) extra: Vec<u8>,
    pub(crate) comment: Vec<u8>,
    /// Where its header is said to be; it is not written then.
    pub(crate) at: Option<u32>,
}

impl Entry {
    pub(crate) fn stored(name: impl AsRef<[u8]>, content: &[u8]) -> Self {
        Self {
            name: name.as_ref().to_vec(),
            local_name: None,
            data: content.to_vec(),
            method: 0,
            flags: 0x800,
            crc: crc32(content),
            size: content.len() as u32,
            packed_size: content.len() as u32,
            local_size: None,
            mode: 0o100_644,
            system: 3,
            attributes: 0,
            extra: Vec::new(),
            comment: Vec::new(),
            at: None,
        }
    }

    pub(crate) fn packed(name: &str, content: &[u8]) -> Self {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        packer.write_all(content).unwrap();
        let data = packer.finish().unwrap();
        let packed_size = data.len() as u32;
        Self { data, method: 8, packed_size, ..Self::stored(name, content) }
    }

    fn fields(&self, size: u32, name: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for field in [20, self.flags, self.method, 0, 0x21] {
            out.extend(u16::to_le_bytes(field));
        }
        for field in [self.crc, self.packed_size, size] {
            out.extend(u32::to_le_bytes(field));
        }
        out.extend((name.len() as u16).to_le_bytes());
        out.extend((self.extra.len() as u16).to_le_bytes());
        out
    }

    fn local(&self) -> Vec<u8> {
        let name = self.local_name.as_ref().unwrap_or(&self.name);
        let fields = self.fields(self.local_size.unwrap_or(self.size), name);
        [b"PK\x03\x04", fields.as_slice(), name, &self.extra, &self.data].concat()
    }

    fn central(&self, at: u32) -> Vec<u8> {
        let fields = self.fields(self.size, &self.name);
        let mut out = [b"PK\x01\x02\x14", [self.system].as_slice(), &fields].concat();
        out.extend((self.comment.len() as u16).to_le_bytes());
        out.extend([0; 4]);
        out.extend((self.mode << 16 | self.attributes).to_le_bytes());
        out.extend(at.to_le_bytes());
        [out, self.name.clone(), self.extra.clone(), self.comment.clone()].concat()
    }
}

/// The archive of the entries, with `between` before its directory and `comment` at its end.
pub(crate) fn archive(entries: &[Entry], between: &[u8], comment: &[u8]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        directory.extend(entry.central(entry.at.unwrap_or(out.len() as u32)));
        if entry.at.is_none() {
            out.extend(entry.local());
        }
    }
    out.extend_from_slice(between);
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((entries.len() as u16).to_le_bytes().repeat(2));
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend((comment.len() as u16).to_le_bytes());
    out.extend_from_slice(comment);
    out
}

pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}
