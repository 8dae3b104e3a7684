//! A picture's file without what is not seen: where, when, with what and by whom it was taken.

use flate2::Crc;

use crate::domain::media::{self, Segment};

/// What becomes of a colour profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// It stays: the program that shows the file goes by it.
    Kept,
    /// It goes: the PDF says which colours these are.
    Left,
}

/// A JPEG of its tables, frame and scans, and what its colours are; nothing behind its end. What has no
/// scan is left as it is.
pub(super) fn jpeg(bytes: &[u8], profile: Profile) -> Vec<u8> {
    let mut bare = Vec::with_capacity(bytes.len());
    bare.extend([0xff, 0xd8]);
    let mut has_scan = false;
    for segment in media::segments(bytes) {
        has_scan |= segment.marker == 0xda;
        keep(&segment, profile, &mut bare);
    }
    bare.extend([0xff, 0xd9]);
    if has_scan { bare } else { bytes.to_vec() }
}

fn keep(segment: &Segment<'_>, profile: Profile, bare: &mut Vec<u8>) {
    match (segment.marker, segment.content) {
        // What stands after the resolution is a thumbnail (JFIF 1.02).
        (0xe0, content) if content.starts_with(b"JFIF\0") => match content.get(..12) {
            Some(head) => put(0xe0, &[head, &[0, 0]].concat(), bare),
            None => bare.extend(segment.whole),
        },
        // Its last byte says how the colours were turned (Adobe TN 5116).
        (0xee, content) if content.starts_with(b"Adobe") => {
            put(0xee, content.get(..12).unwrap_or(content), bare);
        }
        (0xe2, content) if content.starts_with(b"ICC_PROFILE\0") && profile == Profile::Kept => {
            bare.extend(segment.whole);
        }
        // Notes of programs, and comments.
        (0xe0..=0xfe, _) => {}
        _ => bare.extend(segment.whole),
    }
}

fn put(marker: u8, content: &[u8], bare: &mut Vec<u8>) {
    bare.extend([0xff, marker]);
    bare.extend((content.len() as u16 + 2).to_be_bytes());
    bare.extend(content);
}

/// A PNG of its pixels and what its colours are; nothing behind its end.
pub(super) fn png(bytes: &[u8]) -> Vec<u8> {
    const KEPT: [&[u8; 4]; 13] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"bKGD", b"cHRM", b"cICP", b"gAMA", b"iCCP", b"pHYs",
        b"sBIT", b"sRGB", b"tRNS",
    ];
    let mut bare = Vec::with_capacity(bytes.len());
    bare.extend(bytes.iter().take(8));
    for (name, data) in media::chunks(bytes).filter(|(name, _)| KEPT.contains(name)) {
        let mut check = Crc::new();
        check.update(name);
        check.update(data);
        bare.extend((data.len() as u32).to_be_bytes());
        bare.extend(name);
        bare.extend(data);
        bare.extend(check.sum().to_be_bytes());
    }
    bare
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::jpeg::samples;
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let mut whole = Vec::new();
        put(marker, content, &mut whole);
        whole
    }

    #[test]
    fn of_a_jpeg_only_what_is_seen_stays() {
        let kept = [
            segment(0xdb, b"tables"),
            segment(0xc2, b"frame"),
            segment(0xda, b"scan"),
            b"1\xff\0\xff\xd72".to_vec(),
            segment(0xc4, b"tables"),
            segment(0xda, b"another"),
        ]
        .concat();
        let jfif = |end: &[u8]| segment(0xe0, &[b"JFIF\0\x01\x02\0\0\x48\0\x48", end].concat());
        let adobe = |end: &[u8]| segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01", end].concat());
        let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01display 4711");
        let before = [
            jfif(b"\x01\x01rgb"),
            segment(0xe0, b"JFXX\0thumbnail"),
            segment(0xe1, b"Exif\0\0place"),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0owner"),
            profile.clone(),
            segment(0xe2, b"MPF\0"),
            segment(0xed, b"Photoshop 3.0\0"),
            adobe(b"and more"),
            segment(0xee, b"other"),
            segment(0xfe, b"comment"),
        ]
        .concat();
        let whole = [b"\xff\xd8", &before[..], &kept, b"\xff\xd9\xff\xd8\xff\xe1video"].concat();
        let wanted = |profile: &[u8]| {
            [b"\xff\xd8", &jfif(&[0, 0])[..], profile, &adobe(b""), &kept, b"\xff\xd9"].concat()
        };
        assert_eq!(jpeg(&whole, Profile::Left), wanted(b""));
        assert_eq!(jpeg(&whole, Profile::Kept), wanted(&profile));
        assert_eq!(jpeg(&wanted(b""), Profile::Left), wanted(b""), "a second time changes nothing");
    }

    /// Pictures of the fixtures with this extension, but the one of too many pixels for a test.
    fn fixtures(extension: &str) -> Vec<(String, Vec<u8>)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let files = ["figures", "evidence"].map(|folder| fs::read_dir(root.join(folder)).unwrap());
        let paths = files.into_iter().flatten().map(|file| file.unwrap().path());
        let wanted = paths.filter(|path| {
            path.extension().is_some_and(|e| e == extension) && !path.ends_with("huge.png")
        });
        wanted.map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
    }

    #[test]
    fn every_picture_shows_the_same_without_its_notes() {
        let jpegs = fixtures("jpg");
        assert!(jpegs.len() > 8);
        for (name, bytes) in jpegs {
            let notes = [segment(0xe1, b"Exif\0\0place"), segment(0xfe, b"comment")].concat();
            let noted = [&bytes[..2], &notes, &bytes[2..], b"video"].concat();
            let head = media::jpeg(&bytes).unwrap();
            for profile in [Profile::Kept, Profile::Left] {
                let bare = jpeg(&noted, profile);
                assert!(bare == jpeg(&bytes, profile), "{name}");
                let shown = media::jpeg(&bare).unwrap();
                assert_eq!(media::Picture { orientation: head.orientation, ..shown }, head);
                assert!(samples(&bare).unwrap() == samples(&bytes).unwrap(), "{name}");
            }
        }
        let pngs = fixtures("png");
        assert!(pngs.len() > 8);
        for (name, bytes) in pngs {
            let noted = [&bytes[..], b"what was cut off"].concat();
            let bare = png(&noted);
            assert!(bare == png(&bytes) && bare.ends_with(&bytes[bytes.len() - 12..]), "{name}");
            let samples = |bytes: &[u8]| super::super::png::samples(bytes).unwrap();
            assert!(samples(&bare) == samples(&bytes), "{name}");
        }
    }
}
