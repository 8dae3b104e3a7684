//! Writes a PDF object by object, so that no more than one of them is in memory.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// A PDF being written.
pub(super) struct PdfWriter<'w> {
    out: &'w mut dyn Write,
    written: u64,
    /// Where each object begins, by its number less one; 0 for one that never came.
    offsets: Vec<u64>,
    hash: Sha256,
}

impl<'w> PdfWriter<'w> {
    /// Begins the file.
    pub(super) fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        let mut writer = Self { out, written: 0, offsets: Vec::new(), hash: Sha256::new() };
        // The second line tells programs that copy files that this is no text.
        writer.put(b"%PDF-1.7\n%\xe4\xbd\xa9\xe8\xaf\x81\n")?;
        Ok(writer)
    }

    /// A number for an object to come.
    pub(super) fn reserve(&mut self) -> ObjectId {
        self.offsets.push(0);
        (self.offsets.len() as u32, 0)
    }

    /// Writes an object under its number.
    pub(super) fn object(&mut self, id: ObjectId, object: &Object) -> io::Result<()> {
        let mut text = Vec::new();
        match object {
            Object::Stream(stream) => return self.stream(id, &stream.dict, &stream.content),
            object => write_object(&mut text, object),
        }
        self.begin(id)?;
        self.put(&text)?;
        self.put(b"\nendobj\n")
    }

    /// Writes a stream under its number; its length is set here.
    pub(super) fn stream(
        &mut self,
        id: ObjectId,
        dictionary: &Dictionary,
        data: &[u8],
    ) -> io::Result<()> {
        let mut dictionary = dictionary.clone();
        dictionary.set("Length", data.len() as i64);
        let mut text = Vec::new();
        write_dictionary(&mut text, &dictionary);
        self.begin(id)?;
        self.put(&text)?;
        self.put(b"\nstream\n")?;
        self.put(data)?;
        self.put(b"\nendstream\nendobj\n")
    }

    /// Writes the table of objects and the trailer; `/ID` is the hash of all before.
    pub(super) fn finish(&mut self, root: ObjectId, info: ObjectId) -> io::Result<()> {
        let start = self.written;
        let size = self.offsets.len() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for offset in &self.offsets {
            table += &match offset {
                0 => "0000000000 00000 f \n".to_owned(),
                offset => format!("{offset:010} 00000 n \n"),
            };
        }
        self.put(table.as_bytes())?;
        let hash = self.hash.finalize_reset();
        let id: Vec<u8> = hash.iter().take(16).copied().collect();
        let id = || Object::String(id.clone(), StringFormat::Hexadecimal);
        let trailer = dictionary! {
            "Size" => size as i64,
            "Root" => root,
            "Info" => info,
            "ID" => vec![id(), id()],
        };
        let mut text = b"trailer\n".to_vec();
        write_dictionary(&mut text, &trailer);
        self.put(&text)?;
        self.put(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()
    }

    fn begin(&mut self, id: ObjectId) -> io::Result<()> {
        let at = self.written;
        if let Some(offset) = self.offsets.get_mut((id.0 as usize).wrapping_sub(1)) {
            *offset = at;
        }
        self.put(format!("{} 0 obj\n", id.0).as_bytes())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.hash.update(bytes);
        self.written += bytes.len() as u64;
        Ok(())
    }
}

fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Integer(value) => out.extend(value.to_string().bytes()),
        Object::Real(value) if value.is_finite() => out.extend(value.to_string().bytes()),
        Object::Real(_) => out.push(b'0'),
        Object::Name(name) => write_name(out, name),
        Object::String(text, format) => write_string(out, text, format),
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        // A stream always has a number of its own.
        Object::Stream(stream) => write_dictionary(out, &stream.dict),
        Object::Reference((number, _)) => out.extend(format!("{number} 0 R").bytes()),
    }
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        out.push(b' ');
        write_object(out, value);
    }
    out.extend(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"#()<>[]{}/%".contains(&byte) {
            out.push(byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

fn write_string(out: &mut Vec<u8>, text: &[u8], format: &StringFormat) {
    if *format == StringFormat::Hexadecimal {
        out.push(b'<');
        out.extend(text.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()));
        out.push(b'>');
        return;
    }
    out.push(b'(');
    for &byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            // A bare end of line would be read as a line feed, whatever it was.
            b'\r' => out.extend(b"\\r"),
            byte => out.push(byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Document, Stream};

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let object = Object::from(dictionary! {
            "A B#/" => Object::Name(b"\xe4()".to_vec()),
            "S" => Object::string_literal(&b"(\\)\r\n\0\xff"[..]),
            "H" => Object::String(b"\x01\xff".to_vec(), StringFormat::Hexadecimal),
            "N" => vec![Object::Null, true.into(), (-5).into(), Object::Real(-0.000_012_5)],
        });
        let mut bytes = Vec::new();
        let mut writer = PdfWriter::new(&mut bytes).unwrap();
        let [first, never, second] = [(); 3].map(|()| writer.reserve());
        writer.object(second, &object).unwrap();
        let stream = Stream::new(Dictionary::new(), b"q Q endstream".to_vec());
        writer.object(first, &Object::Stream(stream)).unwrap();
        writer.finish(second, second).unwrap();
        let read = Document::load_mem(&bytes).unwrap();
        assert_eq!(read.get_object(second).unwrap(), &object);
        assert_eq!(read.get_object(first).unwrap().as_stream().unwrap().content, b"q Q endstream");
        assert!(read.get_object(never).is_err());
    }
}
