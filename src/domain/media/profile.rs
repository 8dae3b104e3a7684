//! Notes of a photograph that ImageMagick turns into text of a PNG.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Begins the keyword of such a text; the kind of the notes follows.
const KEYWORD: &[u8] = b"Raw profile type ";
const KINDS: [&[u8]; 5] = [b"exif", b"APP1", b"iptc", b"8bim", b"xmp"];

/// Most bytes that the packed texts of a picture are unpacked to: the notes of a JPEG have 64 KB.
pub(super) const MAX_UNPACKED: u64 = 4 << 20;

/// The notes in a chunk's data, as they stood in the photograph; `left` bytes may still be unpacked.
pub(super) fn notes(name: [u8; 4], content: &[u8], left: &mut u64) -> Option<Vec<u8>> {
    let after = content.strip_prefix(KEYWORD)?;
    let kind =
        KINDS.iter().find(|kind| after.starts_with(kind) && after.get(kind.len()) == Some(&0))?;
    let text = after.get(kind.len() + 1..)?;
    match &name {
        b"tEXt" => digits(text),
        b"zTXt" => digits(&unpacked(text.get(1..)?, left)),
        b"iTXt" => {
            let (is_packed, rest) = (*text.first()? != 0, text.get(2..)?);
            // Language and translated keyword, each with a zero behind it.
            let text = rest.splitn(3, |byte| *byte == 0).nth(2)?;
            if is_packed { digits(&unpacked(text, left)) } else { digits(text) }
        }
        _ => None,
    }
}

/// What could be unpacked of a text.
fn unpacked(packed: &[u8], left: &mut u64) -> Vec<u8> {
    let mut text = Vec::new();
    // What is damaged is looked at as far as it goes.
    let _ = ZlibDecoder::new(packed).take(*left).read_to_end(&mut text);
    *left -= text.len() as u64;
    text
}

/// The bytes written as hexadecimal digits behind a line for the kind and one for their number.
fn digits(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_prefix(b"\n")?;
    let digits = text.splitn(3, |byte| *byte == b'\n').nth(2)?;
    let value =
        |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits: Vec<u8> = digits.iter().filter_map(value).collect();
    let pair = |pair: &[u8]| match pair {
        [high, low] => high << 4 | low,
        _ => 0,
    };
    Some(digits.chunks(2).map(pair).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn the_three_kinds_of_text_give_the_same_notes() {
        let text = b"\nexif\n      4\n4578\n6966\n".as_slice();
        let key = b"Raw profile type exif\0".as_slice();
        let of = |name: &[u8; 4], parts: &[&[u8]]| {
            notes(*name, &[&[key], parts].concat().concat(), &mut 100)
        };
        let exif = Some(b"Exif".to_vec());
        assert_eq!(of(b"tEXt", &[text]), exif);
        assert_eq!(of(b"zTXt", &[b"\0", &packed(text)]), exif);
        assert_eq!(of(b"iTXt", &[b"\0\0en\0words\0", text]), exif);
        assert_eq!(of(b"iTXt", &[b"\x01\0\0\0", &packed(text)]), exif);
        assert_eq!(of(b"tIME", &[text]), None);
        assert_eq!(notes(*b"tEXt", b"Raw profile type icc\0\nicc\n 1\n00", &mut 100), None);
    }

    #[test]
    fn no_more_is_unpacked_than_may_be() {
        let bomb =
            [b"Raw profile type xmp\0\0".as_slice(), &packed(&vec![b'\n'; 1 << 20])].concat();
        let mut left = 1000;
        assert_eq!(notes(*b"zTXt", &bomb, &mut left), Some(Vec::new()));
        assert_eq!(left, 0);
        assert_eq!(notes(*b"zTXt", &bomb, &mut left), None);
    }
}
