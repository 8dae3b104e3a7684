//! What a camera noted in a photograph: which way up it is, where it was taken, with what, whose.

/// Tags of the first directory (Exif 2.32, 4.6.4 and 4.6.3; the last two of Windows and of DNG).
const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013b;
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;
const AUTHOR: u16 = 0x9c9d;
const CAMERA_SERIAL: u16 = 0xc62f;
/// Tags of Exif's own directory (4.6.5 and 4.6.8 H).
const OWNER: u16 = 0xa430;
const BODY_SERIAL: u16 = 0xa431;
const LENS_SERIAL: u16 = 0xa435;
/// Tags of the directory of the place (4.6.6).
const LATITUDE: u16 = 0x0002;
const LONGITUDE: u16 = 0x0004;

/// Most bytes of a name or number that are looked at.
const MAX_TEXT: usize = 256;

/// The orientation, 1 to 8, of Exif data that begins with its byte order; 1 where it does not say.
#[must_use]
pub fn orientation(tiff: &[u8]) -> u8 {
    let read = |exif: Exif<'_>| {
        u8::try_from(exif.short(exif.entry(exif.first()?, ORIENTATION)? + 8)?).ok()
    };
    Exif::new(tiff).and_then(read).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

/// Exif data. Three directories at most are read, each once, so no chain of them can go round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exif<'a> {
    tiff: &'a [u8],
    little: bool,
}

impl<'a> Exif<'a> {
    /// Exif data that begins with its byte order.
    pub(super) fn new(tiff: &'a [u8]) -> Option<Self> {
        let little = match tiff.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { tiff, little })
    }

    /// Whether it says where the photograph was taken. A telephone that may not know notes zeros.
    pub(super) fn has_place(self) -> bool {
        let place = self.directory(GPS_DIRECTORY);
        let is_given = |directory, tag| {
            let at = self.entry(directory, tag).and_then(|entry| self.long(entry + 8));
            let degrees = at.and_then(|at| self.tiff.get(at..at.checked_add(24)?));
            // The numerators of degrees, minutes and seconds.
            degrees.is_some_and(|rationals| {
                rationals.chunks_exact(8).any(|rational| rational.iter().take(4).any(|b| *b != 0))
            })
        };
        place.is_some_and(|directory| {
            is_given(directory, LATITUDE) || is_given(directory, LONGITUDE)
        })
    }

    /// Whether it has the number of the camera or of the lens.
    pub(super) fn has_serial(self) -> bool {
        let own = self.directory(EXIF_DIRECTORY);
        self.has_text(self.first(), CAMERA_SERIAL)
            || self.has_text(own, BODY_SERIAL)
            || self.has_text(own, LENS_SERIAL)
    }

    /// Whether it names the camera's owner or the photographer.
    pub(super) fn has_person(self) -> bool {
        self.has_text(self.directory(EXIF_DIRECTORY), OWNER)
            || self.has_text(self.first(), ARTIST)
            || self.has_text(self.first(), AUTHOR)
    }

    fn has_text(self, directory: Option<usize>, tag: u16) -> bool {
        let text = || {
            let entry = self.entry(directory?, tag)?;
            let length = self.long(entry + 4)?;
            let at = if length > 4 { self.long(entry + 8)? } else { entry + 8 };
            let held = self.tiff.get(at..)?;
            held.get(..length.min(MAX_TEXT).min(held.len()))
        };
        text().is_some_and(|text| text.iter().any(|byte| !matches!(byte, 0 | b' ')))
    }

    fn first(self) -> Option<usize> {
        self.long(4)
    }

    /// The directory that an entry of the first one leads to.
    fn directory(self, tag: u16) -> Option<usize> {
        self.long(self.entry(self.first()?, tag)? + 8)
    }

    /// The entry of a directory with a tag.
    fn entry(self, directory: usize, tag: u16) -> Option<usize> {
        (0..usize::from(self.short(directory)?))
            .map(|entry| directory.saturating_add(2 + 12 * entry))
            .take_while(|at| *at < self.tiff.len())
            .find(|at| self.short(*at) == Some(tag))
    }

    fn short(self, at: usize) -> Option<u16> {
        let bytes = *self.tiff.get(at..)?.first_chunk()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(self, at: usize) -> Option<usize> {
        let bytes = *self.tiff.get(at..)?.first_chunk()?;
        let long = if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(long).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_are_read_and_nonsense_is_upright() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
        assert_eq!((orientation(little), orientation(big)), (6, 8));
        for end in 0..little.len() - 2 {
            assert!(matches!(orientation(&little[..end]), 1 | 6));
        }
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff"), 1);
    }

    /// Entries of one directory at 8, little-endian: tag, type, count, value.
    fn exif(entries: &[(u16, u16, u32, u32)], after: &[u8]) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        tiff.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in entries {
            tiff.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            tiff.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
        }
        [&tiff, [0; 4].as_slice(), after].concat()
    }

    fn told(tiff: &[u8]) -> [bool; 3] {
        let exif = Exif::new(tiff).unwrap();
        [exif.has_place(), exif.has_serial(), exif.has_person()]
    }

    #[test]
    fn a_place_of_zeros_and_a_name_of_blanks_are_none() {
        // The directory of the place is at 26, its latitude at 44.
        let place = |degrees: u32| {
            let numbers: Vec<u8> = [degrees, 1, 0, 1, 0, 1].map(u32::to_le_bytes).concat();
            let inner = exif(&[(LATITUDE, 5, 3, 44)], &numbers);
            exif(&[(GPS_DIRECTORY, 4, 1, 26)], &inner[8..])
        };
        assert_eq!((told(&place(31)), told(&place(0))), ([true, false, false], [false; 3]));
        let name = |text: &[u8]| exif(&[(ARTIST, 2, text.len() as u32, 26)], text);
        assert_eq!(
            (told(&name(b"Wang Wu\0")), told(&name(b"       \0"))),
            ([false, false, true], [false; 3])
        );
        let short = exif(&[(CAMERA_SERIAL, 2, 3, u32::from_le_bytes(*b"A7\0\0"))], b"");
        assert_eq!(told(&short), [false, true, false]);
    }

    #[test]
    fn directories_that_lead_to_themselves_and_huge_counts_come_to_an_end() {
        let looped = exif(&[(GPS_DIRECTORY, 4, 1, 8), (EXIF_DIRECTORY, 4, 1, 8)], b"");
        assert_eq!(told(&looped), [false; 3]);
        let far =
            [(OWNER, 2, u32::MAX, 4), (LATITUDE, 5, u32::MAX, u32::MAX), (LONGITUDE, 5, 3, 40)];
        let entries = [&[(GPS_DIRECTORY, 4, 1, 8), (EXIF_DIRECTORY, 4, 1, 8)][..], &far].concat();
        let mut whole = exif(&entries, b"");
        assert_eq!(told(&whole), [true, false, true], "what is there is told of");
        whole[8..10].copy_from_slice(&[0xff; 2]);
        for end in 4..whole.len() {
            let _: [bool; 3] = told(&whole[..end]);
        }
        for at in 8..whole.len() {
            let mut odd = whole.clone();
            odd[at] = 0xff;
            let _: [bool; 3] = told(&odd);
        }
    }
}
