//! The segments of a JPEG, through to its end and no further.

use std::ops::RangeInclusive;

/// Markers without a length: two for tests, and between the parts of a scan.
const TEMPORARY: u8 = 0x01;
const RESTART: RangeInclusive<u8> = 0xd0..=0xd7;
const START: u8 = 0xd8;
const END: u8 = 0xd9;
/// Its data follow it, without a length.
const SCAN: u8 = 0xda;

/// A segment of a JPEG (ITU-T T.81, B.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The byte after 0xff.
    pub marker: u8,
    /// What stands after its length.
    pub content: &'a [u8],
    /// The marker, its length and content, and of a scan its data.
    pub whole: &'a [u8],
}

/// A JPEG read from segment to segment, from the one after its first mark to the one before its last.
#[derive(Debug, Clone)]
pub struct Segments<'a> {
    rest: &'a [u8],
}

/// Reads a JPEG from segment to segment.
#[must_use]
pub fn segments(jpeg: &[u8]) -> Segments<'_> {
    Segments { rest: jpeg.get(2..).unwrap_or_default() }
}

impl<'a> Segments<'a> {
    /// What was not read: after the last segment, what stands behind the picture's end.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        // Bytes that belong nowhere are passed over, as every decoder does.
        let is_marker = |pair: &[u8]| matches!(pair, [0xff, second] if !matches!(second, 0 | 0xff));
        let from = self.rest.get(self.rest.windows(2).position(is_marker)?..)?;
        let (marker, after) = (*from.get(1)?, from.get(2..)?);
        let is_bare = marker == TEMPORARY || RESTART.contains(&marker);
        let content: &[u8] = match marker {
            START | END => {
                self.rest = after;
                return None;
            }
            _ if is_bare => &[],
            // The length counts itself.
            _ => after.get(2..usize::from(u16::from_be_bytes(*after.first_chunk()?)))?,
        };
        let mut length = if is_bare { 2 } else { 4 + content.len() };
        if marker == SCAN {
            length += scanned(from.get(length..)?);
        }
        let (whole, rest) = from.split_at_checked(length)?;
        self.rest = rest;
        Some(Segment { marker, content, whole })
    }
}

/// How many bytes of a scan's data stand before the next segment. A marker that no JPEG in use has
/// is damaged data.
fn scanned(data: &[u8]) -> usize {
    let ends = |pair: &[u8]| matches!(pair, [0xff, 0xc0..=0xcf | 0xd8..=0xef | 0xfe]);
    data.windows(2).position(ends).unwrap_or(data.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two scans, the first with a 0xff of its data and a restart, then something behind the end.
    const PROGRESSIVE: &[u8] = b"\xff\xd8\xff\xff\xe0\0\x03a\xff\xda\0\x021\xff\0\xff\xd02\
        \xff\xc4\0\x02\xff\xda\0\x023\xff\xd9video";

    #[test]
    fn every_scan_is_read_with_its_data_and_nothing_behind_the_end() {
        let mut read = segments(PROGRESSIVE);
        let found: Vec<_> = read.by_ref().map(|segment| (segment.marker, segment.whole)).collect();
        assert_eq!(
            found,
            [
                (0xe0, &b"\xff\xe0\0\x03a"[..]),
                (0xda, b"\xff\xda\0\x021\xff\0\xff\xd02"),
                (0xc4, b"\xff\xc4\0\x02"),
                (0xda, b"\xff\xda\0\x023"),
            ]
        );
        assert_eq!(read.rest(), b"video");
    }

    #[test]
    fn one_cut_off_anywhere_is_read_as_far_as_it_goes() {
        for end in 0..PROGRESSIVE.len() {
            let read: Vec<_> = segments(&PROGRESSIVE[..end]).collect();
            assert!(read.len() <= 4 && read.iter().all(|segment| segment.whole.len() >= 2));
        }
        assert_eq!(segments(b"\xff\xd8\xff\xe1\0\0\xff\xd9").count(), 0);
    }
}
