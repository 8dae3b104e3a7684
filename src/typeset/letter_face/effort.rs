//! Counts the work of drawing every glyph of a font before any is drawn: outlines are little programs
//! that call each other, and those of a hostile font may run for hours with nothing that could stop them.

mod charstring;
mod composite;

use rustybuzz::ttf_parser::{RawFace, Tag};

/// Most steps for all glyphs of a font; a font of 65,535 glyphs takes some 20 million.
const MOST_STEPS: u64 = 100_000_000;

/// Steps that may still be taken.
#[derive(Debug)]
struct Steps(u64);

/// More steps than any sound font takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooManySteps;

impl Steps {
    fn take(&mut self, steps: u64) -> Result<(), TooManySteps> {
        self.0 = self.0.checked_sub(steps).ok_or(TooManySteps)?;
        Ok(())
    }
}

/// Counts the steps of all outlines of a face. What cannot be read takes none: nobody draws it.
pub(super) fn count(file: &[u8], index: u32) -> Result<(), TooManySteps> {
    let Ok(face) = RawFace::parse(file, index) else { return Ok(()) };
    let table = |tag| face.table(Tag::from_bytes(tag));
    let mut steps = Steps(MOST_STEPS);
    if let Some(outlines) = table(b"CFF ") {
        charstring::count(outlines, &mut steps)?;
    }
    if let (Some(glyphs), Some(places), Some(head)) =
        (table(b"glyf"), table(b"loca"), table(b"head"))
    {
        composite::count(glyphs, places, short(head, 50) != Some(0), &mut steps)?;
    }
    Ok(())
}

fn byte(data: &[u8], at: usize) -> Option<u8> {
    data.get(at).copied()
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*data.get(at..)?.first_chunk()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*data.get(at..)?.first_chunk()?))
}
