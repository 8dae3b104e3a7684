//! What press programs note in a picture: who made it and where (IPTC-IIM 4.2, in Photoshop's blocks).

use super::Trace;

/// Begins a block of Photoshop, and the one that holds IPTC's notes.
const BLOCK: &[u8] = b"8BIM";
const NOTES: u16 = 0x0404;
/// Begins a note.
const NOTE: u8 = 0x1c;
/// The record that speaks of the picture.
const PICTURE: u8 = 2;

/// The traces in Photoshop's blocks.
pub(super) fn of_blocks(blocks: &[u8]) -> impl Iterator<Item = Trace> {
    let mut rest = blocks;
    let blocks = std::iter::from_fn(move || {
        let (id, after) = rest.strip_prefix(BLOCK)?.split_first_chunk::<2>()?;
        // A name with its length, then the data with theirs; each is filled up to an even number.
        let name = 1 + usize::from(*after.first()?);
        let (length, after) = after.get(name.next_multiple_of(2)..)?.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let data = after.get(..length.min(after.len()))?;
        rest = after.get(length.checked_next_multiple_of(2)?..).unwrap_or_default();
        Some((u16::from_be_bytes(*id), data))
    });
    blocks.filter(|(id, _)| *id == NOTES).flat_map(|(_, notes)| of_notes(notes))
}

/// The traces in the notes themselves.
pub(super) fn of_notes(notes: &[u8]) -> impl Iterator<Item = Trace> {
    let mut rest = notes;
    let notes = std::iter::from_fn(move || {
        let [NOTE, record, number, l0, l1, after @ ..] = rest else { return None };
        // A length past 32767 says how long it is; no name is so long.
        let length = usize::from(u16::from_be_bytes([*l0, *l1]));
        let text = after.get(..length.min(after.len()))?;
        rest = after.get(length..).unwrap_or_default();
        Some((*record, *number, text))
    });
    notes
        .filter(|(record, _, text)| {
            *record == PICTURE && text.iter().any(|byte| !matches!(byte, 0 | b' '))
        })
        .filter_map(|(_, number, _)| match number {
            // By-line, its title, writer.
            80 | 85 | 122 => Some(Trace::Person),
            // City, sublocation, province, code and name of the country.
            90 | 92 | 95 | 100 | 101 => Some(Trace::Place),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY_LINE: &[u8] = b"\x1c\x02\x50\0\x08Zhang Wu";
    const CITY: &[u8] = b"\x1c\x02\x5a\0\x06Wuhan ";

    fn block(id: u16, name: &[u8], data: &[u8]) -> Vec<u8> {
        let mut block = [BLOCK, &id.to_be_bytes(), &[name.len() as u8], name].concat();
        block.resize(block.len().next_multiple_of(2), 0);
        block.extend((data.len() as u32).to_be_bytes());
        block.extend(data);
        block.resize(block.len().next_multiple_of(2), 0);
        block
    }

    #[test]
    fn a_block_is_found_behind_others_and_blank_notes_say_nothing() {
        let notes =
            [b"\x1c\x01\x5a\0\x03\x1b%G", b"\x1c\x02\x78\0\x03abc".as_slice(), BY_LINE, CITY];
        let blocks = [block(0x03ed, b"odd", b"123"), block(NOTES, b"", &notes.concat())].concat();
        assert_eq!(of_blocks(&blocks).collect::<Vec<_>>(), [Trace::Person, Trace::Place]);
        assert_eq!(of_blocks(&block(0x0405, b"", BY_LINE)).count(), 0);
        assert_eq!(of_notes(b"\x1c\x02\x50\0\x02  \x1c\x02\x5a\0\0").count(), 0);
    }

    #[test]
    fn blocks_cut_off_or_with_wrong_lengths_come_to_an_end() {
        let whole = [block(NOTES, b"name", BY_LINE), block(NOTES, b"", CITY)].concat();
        for at in 0..whole.len() {
            let mut odd = whole.clone();
            odd[at] = 0xff;
            assert!(of_blocks(&odd).count() <= 2 && of_blocks(&whole[..at]).count() <= 2);
        }
    }
}
