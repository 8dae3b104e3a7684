//! Glyphs of TrueType made of other glyphs (OpenType, glyf).

use super::{Steps, TooManySteps, long, short};

/// Deepest nesting that is followed, as that of `ttf-parser` and more.
const DEEPEST: u8 = 64;
const MORE_COMPONENTS: u16 = 0x20;

struct Glyphs<'a> {
    glyphs: &'a [u8],
    places: &'a [u8],
    is_long: bool,
}

/// Counts the steps of every glyph, each part as often as it is drawn.
pub(super) fn count(
    glyphs: &[u8],
    places: &[u8],
    is_long: bool,
    steps: &mut Steps,
) -> Result<(), TooManySteps> {
    let each = if is_long { 4 } else { 2 };
    let count = (places.len() / each).saturating_sub(1).min(0xFFFF);
    let font = Glyphs { glyphs, places, is_long };
    (0..count as u16).try_for_each(|glyph| font.draw(glyph, 0, steps))
}

impl Glyphs<'_> {
    fn draw(&self, glyph: u16, depth: u8, steps: &mut Steps) -> Result<(), TooManySteps> {
        let Some(data) = self.data(glyph) else { return steps.take(1) };
        let is_composite = short(data, 0).is_some_and(|contours| contours >= 0x8000);
        if !is_composite || depth == DEEPEST {
            return steps.take(1 + data.len() as u64);
        }
        let mut at = 10;
        while let (Some(flags), Some(part)) = (short(data, at), short(data, at + 2)) {
            steps.take(1)?;
            self.draw(part, depth + 1, steps)?;
            at += 4 + length_of_placing(flags);
            if flags & MORE_COMPONENTS == 0 {
                break;
            }
        }
        Ok(())
    }

    fn data(&self, glyph: u16) -> Option<&[u8]> {
        let place = |n: usize| match self.is_long {
            true => long(self.places, 4 * n).map(|place| place as usize),
            false => short(self.places, 2 * n).map(|place| 2 * usize::from(place)),
        };
        self.glyphs.get(place(usize::from(glyph))?..place(usize::from(glyph) + 1)?)
    }
}

/// Bytes of a part's shift and of its scale.
fn length_of_placing(flags: u16) -> usize {
    let shift = if flags & 0x1 != 0 { 4 } else { 2 };
    let scale = match flags {
        _ if flags & 0x8 != 0 => 2,
        _ if flags & 0x40 != 0 => 4,
        _ if flags & 0x80 != 0 => 8,
        _ => 0,
    };
    shift + scale
}
