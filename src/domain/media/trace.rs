//! What a picture's file tells of where, with what and by whom it was taken, besides what is seen.

use std::collections::BTreeSet;
use std::fmt;

use super::exif::Exif;
use super::{chunks, iptc, profile, segments};

/// Something a picture's file tells that is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// Where it was taken.
    Place,
    /// The number of the camera or of its lens.
    Serial,
    /// The camera's owner or the photographer.
    Person,
    /// What was filmed around the moment of a moving photograph.
    Video,
}

impl fmt::Display for Trace {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Place => "拍摄地点（GPS）",
            Self::Serial => "相机或镜头的序列号",
            Self::Person => "机主或作者的姓名",
            Self::Video => "一段视频（动态照片）",
        })
    }
}

/// Looks through the notes of a JPEG or PNG; a file of another kind has none.
#[must_use]
pub fn traces(bytes: &[u8]) -> Vec<Trace> {
    let mut found = BTreeSet::new();
    match super::extension(bytes.get(..super::HEAD).unwrap_or(bytes)) {
        Ok("jpg") => of_jpeg(bytes, &mut found),
        Ok("png") => of_png(bytes, &mut found),
        _ => {}
    }
    found.into_iter().collect()
}

fn of_jpeg(bytes: &[u8], found: &mut BTreeSet<Trace>) {
    let mut segments = segments(bytes);
    // Photoshop's blocks may go on in the next segment.
    let mut blocks = Vec::new();
    for note in segments.by_ref() {
        match note.marker {
            0xe1 => of_note(note.content, found),
            0xed => {
                blocks.extend(note.content.strip_prefix(b"Photoshop 3.0\0").unwrap_or_default())
            }
            _ => {}
        }
    }
    found.extend(iptc::of_blocks(&blocks));
    if has(segments.rest(), b"ftyp") {
        found.insert(Trace::Video);
    }
}

fn of_png(bytes: &[u8], found: &mut BTreeSet<Trace>) {
    let mut left = profile::MAX_UNPACKED;
    for (name, content) in chunks(bytes) {
        if let Some(notes) = profile::notes(*name, content, &mut left) {
            of_profile(&notes, found);
        }
        match name {
            b"eXIf" => of_exif(content, found),
            b"iTXt" if content.starts_with(b"XML:com.adobe.xmp\0") => of_xmp(content, found),
            b"tEXt" | b"iTXt" | b"zTXt" if content.starts_with(b"Author\0") => {
                found.insert(Trace::Person);
            }
            _ => {}
        }
    }
}

/// What ImageMagick took out of a segment, or the segment whole.
fn of_profile(notes: &[u8], found: &mut BTreeSet<Trace>) {
    match notes {
        [b'8', b'B', b'I', b'M', ..] => found.extend(iptc::of_blocks(notes)),
        [0x1c, ..] => found.extend(iptc::of_notes(notes)),
        [b'I', b'I', ..] | [b'M', b'M', ..] => of_exif(notes, found),
        _ => of_note(notes, found),
    }
}

/// A segment of Exif or of XMP.
fn of_note(note: &[u8], found: &mut BTreeSet<Trace>) {
    match note.strip_prefix(b"Exif\0\0") {
        Some(tiff) => of_exif(tiff, found),
        None => of_xmp(note, found),
    }
}

fn of_exif(tiff: &[u8], found: &mut BTreeSet<Trace>) {
    let Some(exif) = Exif::new(tiff) else { return };
    let told = [
        (Trace::Place, exif.has_place()),
        (Trace::Serial, exif.has_serial()),
        (Trace::Person, exif.has_person()),
    ];
    found.extend(told.into_iter().filter_map(|(trace, is_told)| is_told.then_some(trace)));
}

/// Properties by their names alone: they are there only where they say something.
fn of_xmp(xmp: &[u8], found: &mut BTreeSet<Trace>) {
    let names: [(Trace, &[u8]); 4] = [
        (Trace::Place, b"GPSLatitude"),
        (Trace::Serial, b"SerialNumber"),
        (Trace::Person, b"OwnerName"),
        (Trace::Person, b"dc:creator"),
    ];
    found.extend(names.into_iter().filter_map(|(trace, name)| has(xmp, name).then_some(trace)));
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}
