//! Charstrings of a CFF table (Adobe Technical Notes 5176 and 5177), followed through their calls.

use super::{Steps, TooManySteps, byte, long, short};

/// Deepest nesting of calls (note 5177, appendix B).
const DEEPEST: u8 = 10;
/// Most numbers on the stack.
const MOST_NUMBERS: usize = 48;
/// What an accented glyph of the old kind is taken for: two others are drawn for it.
const ACCENTED: u64 = 20_000;

/// Counts the steps of every charstring.
pub(super) fn count(table: &[u8], steps: &mut Steps) -> Result<(), TooManySteps> {
    let Some(font) = Font::read(table) else { return Ok(()) };
    for glyph in 0..font.charstrings.count {
        let mut drawing = Drawing {
            font: &font,
            local: font.local_of(glyph),
            stack: Vec::with_capacity(MOST_NUMBERS),
            hints: 0,
            steps,
        };
        let Some(charstring) = font.charstrings.get(glyph) else { continue };
        drawing.follow(charstring, 0)?;
    }
    Ok(())
}

/// Where the parts of a table are.
struct Font<'a> {
    charstrings: Index<'a>,
    global: Index<'a>,
    /// Local subroutines, one set for each dictionary of the font.
    local: Vec<Index<'a>>,
    /// Which dictionary a glyph has; empty where there is one.
    select: &'a [u8],
}

impl<'a> Font<'a> {
    fn read(table: &'a [u8]) -> Option<Self> {
        let (_, next) = Index::read(table, usize::from(byte(table, 2)?))?;
        let (tops, next) = Index::read(table, next)?;
        let (_, next) = Index::read(table, next)?;
        let (global, _) = Index::read(table, next)?;
        let top = tops.get(0)?;
        let at = |operator| place(top, operator, 0);
        let (charstrings, _) = Index::read(table, at(17)?)?;
        let dictionaries = at(0x0c24).and_then(|at| Some(Index::read(table, at)?.0));
        let local = match dictionaries {
            Some(all) => (0..all.count)
                .map(|n| all.get(n).and_then(|dictionary| subroutines(table, dictionary)))
                .map(Option::unwrap_or_default)
                .collect(),
            None => vec![subroutines(table, top).unwrap_or_default()],
        };
        let select = at(0x0c25).and_then(|at| table.get(at..)).unwrap_or_default();
        Some(Self { charstrings, global, local, select })
    }

    fn local_of(&self, glyph: u32) -> Index<'a> {
        let number = match byte(self.select, 0) {
            Some(0) => byte(self.select, 1 + glyph as usize),
            Some(3) => self.range_of(glyph),
            _ => Some(0),
        };
        number.and_then(|number| self.local.get(usize::from(number))).copied().unwrap_or_default()
    }

    /// Format 3: ranges of glyphs, each with its dictionary.
    fn range_of(&self, glyph: u32) -> Option<u8> {
        let (mut low, mut high) = (0, usize::from(short(self.select, 1)?));
        while low + 1 < high {
            let middle = (low + high) / 2;
            match u32::from(short(self.select, 3 + 3 * middle)?) <= glyph {
                true => low = middle,
                false => high = middle,
            }
        }
        byte(self.select, 5 + 3 * low)
    }
}

/// The local subroutines of a dictionary, by way of its private one.
fn subroutines<'a>(table: &'a [u8], dictionary: &[u8]) -> Option<Index<'a>> {
    let (length, start) = (place(dictionary, 18, 0)?, place(dictionary, 18, 1)?);
    let private = table.get(start..start.checked_add(length)?)?;
    Some(Index::read(table, start.checked_add(place(private, 19, 0)?)?)?.0)
}

/// The n-th number before an operator of a dictionary; those of two bytes begin with `0c`.
fn place(dictionary: &[u8], operator: u16, n: usize) -> Option<usize> {
    let (mut at, mut numbers) = (0, Vec::new());
    while let Some(first) = byte(dictionary, at) {
        at += 1;
        let found = match first {
            12 => {
                at += 1;
                0x0c00 | u16::from(byte(dictionary, at - 1)?)
            }
            0..=21 => u16::from(first),
            _ => {
                let (number, length) = number_of_dictionary(dictionary, at, first)?;
                at += length;
                numbers.push(number);
                continue;
            }
        };
        if found == operator {
            return numbers.get(n).and_then(|number| usize::try_from(*number).ok());
        }
        numbers.clear();
    }
    None
}

/// A number whose first byte has been read, and how many bytes it has besides.
fn number_of_dictionary(data: &[u8], at: usize, first: u8) -> Option<(i32, usize)> {
    Some(match first {
        28 => (i32::from(short(data, at)?.cast_signed()), 2),
        29 => (long(data, at)?.cast_signed(), 4),
        30 => {
            let rest = data.get(at..)?;
            let end = rest.iter().position(|byte| byte & 0xF == 0xF || byte >> 4 == 0xF)?;
            (0, end + 1)
        }
        247..=254 => (two_bytes(first, byte(data, at)?), 1),
        _ => (i32::from(first) - 139, 0),
    })
}

fn two_bytes(first: u8, second: u8) -> i32 {
    let (first, second) = (i32::from(first), i32::from(second));
    if first < 251 {
        (first - 247) * 256 + second + 108
    } else {
        (251 - first) * 256 - second - 108
    }
}

/// An INDEX: pieces of data one after the other.
#[derive(Clone, Copy, Default)]
struct Index<'a> {
    count: u32,
    /// Bytes of an offset.
    size: usize,
    offsets: &'a [u8],
    data: &'a [u8],
}

impl<'a> Index<'a> {
    /// Reads that which begins at `at`, and where it ends.
    fn read(table: &'a [u8], at: usize) -> Option<(Self, usize)> {
        let count = u32::from(short(table, at)?);
        if count == 0 {
            return Some((Self::default(), at + 2));
        }
        let size = usize::from(byte(table, at + 2)?);
        let start = at + 3;
        let end = start.checked_add((count as usize + 1) * size)?;
        let offsets = table.get(start..end)?;
        // Offsets count from the byte before the data.
        let mut index = Self { count, size, offsets, data: table.get(end - 1..)? };
        let length = index.offset(count)?;
        index.data = index.data.get(..length)?;
        Some((index, end - 1 + length))
    }

    fn offset(&self, n: u32) -> Option<usize> {
        let at = n as usize * self.size;
        let bytes = self.offsets.get(at..at + self.size)?;
        Some(bytes.iter().fold(0, |offset, byte| offset << 8 | usize::from(*byte)))
    }

    fn get(&self, n: u32) -> Option<&'a [u8]> {
        if n >= self.count {
            return None;
        }
        self.data.get(self.offset(n)?..self.offset(n + 1)?)
    }

    /// The one that a call with this number means.
    fn called(&self, number: i32) -> Option<&'a [u8]> {
        let bias = match self.count {
            0..1240 => 107,
            1240..33900 => 1131,
            _ => 32768,
        };
        self.get(u32::try_from(number.checked_add(bias)?).ok()?)
    }
}

/// A glyph being drawn.
struct Drawing<'a, 's> {
    font: &'a Font<'a>,
    local: Index<'a>,
    stack: Vec<i32>,
    hints: usize,
    steps: &'s mut Steps,
}

impl Drawing<'_, '_> {
    /// Follows a charstring to its end; `false` where the glyph ends with it.
    fn follow(&mut self, charstring: &[u8], depth: u8) -> Result<bool, TooManySteps> {
        let mut at = 0;
        while let Some(first) = byte(charstring, at) {
            at += 1;
            self.steps.take(1)?;
            match first {
                // Hints, and masks of as many bits.
                1 | 3 | 18 | 23 => self.hints += self.cleared() / 2,
                19 | 20 => {
                    self.hints += self.cleared() / 2;
                    at += self.hints.div_ceil(8);
                }
                10 | 29 => {
                    let set = if first == 10 { &self.local } else { &self.font.global };
                    let called = self.stack.pop().and_then(|number| set.called(number));
                    let Some(called) = called.filter(|_| depth < DEEPEST) else { return Ok(false) };
                    if !self.follow(called, depth + 1)? {
                        return Ok(false);
                    }
                }
                11 => return Ok(true),
                14 => {
                    self.steps.take(if self.stack.len() > 3 { ACCENTED } else { 0 })?;
                    return Ok(false);
                }
                12 => {
                    at += 1;
                    self.stack.clear();
                }
                28 | 32.. => {
                    let Some((number, length)) = number_of_glyph(charstring, at, first) else {
                        return Ok(false);
                    };
                    at += length;
                    if self.stack.len() == MOST_NUMBERS {
                        return Ok(false);
                    }
                    self.stack.push(number);
                }
                _ => self.stack.clear(),
            }
        }
        Ok(true)
    }

    /// Takes all numbers off the stack: how many there were.
    fn cleared(&mut self) -> usize {
        let count = self.stack.len();
        self.stack.clear();
        count
    }
}

/// As in a dictionary, but for 255: a number with a fraction, which is left out.
fn number_of_glyph(data: &[u8], at: usize, first: u8) -> Option<(i32, usize)> {
    match first {
        255 => Some((i32::from(short(data, at)?.cast_signed()), 4)),
        _ => number_of_dictionary(data, at, first),
    }
}
