//! The typefaces and which of them can draw a character.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use rustybuzz::ttf_parser::GlyphId;

use super::bundle;
use super::mark::{EmptyHalf, empty_half};
use super::page::Face;
use crate::rules::invisible::is_invisible;

impl Face {
    /// The font file; TrueType in the bundle. The first call unpacks it, which takes up to
    /// a tenth of a second.
    #[must_use]
    pub fn data(self) -> &'static [u8] {
        match self {
            Self::Song => &bundle::SONG,
            Self::SongBold => &bundle::SONG_BOLD,
            Self::Hei => bundle::HEI,
            Self::Kai => &bundle::KAI,
            Self::SongScripts => bundle::SCRIPTS,
            Self::Chosen(chosen) => chosen.data(),
        }
    }

    /// Place of the face in its file; other than 0 only in a collection.
    #[must_use]
    pub fn index(self) -> u32 {
        match self {
            Self::Chosen(chosen) => chosen.index(),
            _ => 0,
        }
    }

    /// PostScript name, without a subset tag.
    #[must_use]
    pub fn postscript_name(self) -> &'static str {
        match self {
            Self::Song => "NotoSerifSC-Regular",
            Self::SongBold => "NotoSerifSC-Bold",
            Self::Hei => "NotoSansSC-Regular",
            Self::Kai => "LXGWWenKai-Regular",
            Self::SongScripts => "NotoSerifScripts-Regular",
            Self::Chosen(chosen) => chosen.postscript_name(),
        }
    }

    /// The parsed font, kept for the life of the program; `None` never happens with the bundle.
    pub(crate) fn parsed(self) -> Option<&'static rustybuzz::Face<'static>> {
        static SONG: Parsed = LazyLock::new(|| rustybuzz::Face::from_slice(Face::Song.data(), 0));
        static BOLD: Parsed =
            LazyLock::new(|| rustybuzz::Face::from_slice(Face::SongBold.data(), 0));
        static HEI: Parsed = LazyLock::new(|| rustybuzz::Face::from_slice(Face::Hei.data(), 0));
        static KAI: Parsed = LazyLock::new(|| rustybuzz::Face::from_slice(Face::Kai.data(), 0));
        static SCRIPTS: Parsed =
            LazyLock::new(|| rustybuzz::Face::from_slice(Face::SongScripts.data(), 0));
        match self {
            Self::Song => &SONG,
            Self::SongBold => &BOLD,
            Self::Hei => &HEI,
            Self::Kai => &KAI,
            Self::SongScripts => &SCRIPTS,
            Self::Chosen(chosen) => return chosen.parsed(),
        }
        .as_ref()
    }

    /// Whether the face has a glyph for a character.
    #[must_use]
    pub fn has(self, character: char) -> bool {
        self.glyph(character).is_some()
    }

    /// The glyph for a character. Some fonts have empty ones for what they lack; those do not count.
    fn glyph(self, character: char) -> Option<GlyphId> {
        let face = self.parsed()?;
        let glyph = face.glyph_index(character).filter(|glyph| glyph.0 != 0)?;
        let is_chosen = matches!(self, Self::Chosen(_));
        let may_be_empty = !is_chosen || character.is_whitespace() || is_undrawn(character);
        (may_be_empty || face.glyph_bounding_box(glyph).is_some()).then_some(glyph)
    }

    /// Whether a mark that Chinese text sets as wide as a 字 is drawn narrow, as a mark of Latin text.
    fn is_narrow(self, mark: char) -> bool {
        let width = |face: &rustybuzz::Face<'_>| {
            let advance = face.glyph_hor_advance(face.glyph_index(mark)?)?;
            Some(f32::from(advance) < 0.8 * face.units_per_em() as f32)
        };
        self.parsed().and_then(width).unwrap_or(false)
    }

    /// Whether a mark leaves the half of its square empty that is taken away between marks and at the ends
    /// of lines; other faces than simplified Chinese ones may set it in the middle.
    fn leaves_half_empty(self, mark: char) -> bool {
        let Some(half) = empty_half(mark) else { return true };
        let ink = |face: &rustybuzz::Face<'_>| {
            let ink = face.glyph_bounding_box(face.glyph_index(mark)?)?;
            let em = face.units_per_em() as f32;
            Some((f32::from(ink.x_min) / em, f32::from(ink.x_max) / em))
        };
        self.parsed().and_then(ink).is_some_and(|(left, right)| match half {
            EmptyHalf::Left => left >= 0.47,
            EmptyHalf::Right => right <= 0.53,
        })
    }

    /// How the face draws an ideograph of the main block, which looks the same beside any other
    /// character; `None` for every other character and for one that the face has not.
    pub(crate) fn ideograph(self, character: char) -> Option<Ideograph> {
        let entry =
            IDEOGRAPHS[self.place()].get(u32::from(character).checked_sub(FIRST)? as usize)?;
        let packed = match entry.load(Ordering::Relaxed) {
            UNKNOWN => {
                let packed = self.look_up(character).map_or(ABSENT, Ideograph::pack);
                entry.store(packed, Ordering::Relaxed);
                packed
            }
            packed => packed,
        };
        Ideograph::unpack(packed)
    }

    fn look_up(self, character: char) -> Option<Ideograph> {
        let id = self.glyph(character)?;
        Some(Ideograph { id: id.0, advance: self.parsed()?.glyph_hor_advance(id)? })
    }

    /// The face that draws a character where `self` is wanted: itself, else the first that can.
    #[must_use]
    pub fn for_character(self, character: char) -> Option<Self> {
        if self.ideograph(character).is_some() {
            return Some(self);
        }
        // WenKai draws these narrow, as Latin marks; in Chinese text they take the Song's width.
        if self == Self::Kai && matches!(character, '“' | '”' | '‘' | '’' | '·') {
            return Some(Self::Song);
        }
        let is_chosen = matches!(self, Self::Chosen(_));
        let is_wide = matches!(character, '“' | '”' | '‘' | '’' | '—' | '…');
        if is_chosen && is_wide && self.is_narrow(character) {
            return Some(Self::Song);
        }
        if is_chosen && !self.leaves_half_empty(character) {
            return Some(Self::Song);
        }
        if self.has(character) {
            return Some(self);
        }
        FALLBACKS.into_iter().find(|face| face.has(character))
    }
}

/// The main block of ideographs, U+4E00 to U+9FFF.
const FIRST: u32 = 0x4E00;
const COUNT: usize = 0xA000 - 0x4E00;

/// What was looked up of each ideograph in each face: most of a text is made of few of them.
static IDEOGRAPHS: [[AtomicU32; COUNT]; Face::PLACES] =
    [const { [const { AtomicU32::new(UNKNOWN) }; COUNT] }; Face::PLACES];

/// Not looked up yet.
const UNKNOWN: u32 = 0;
/// The face has no such glyph; glyph 0 stands for that in every font.
const ABSENT: u32 = 1;

/// A glyph that needs no shaping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ideograph {
    /// Glyph number.
    pub(crate) id: u16,
    /// Width, units of the font.
    pub(crate) advance: u16,
}

impl Ideograph {
    fn pack(self) -> u32 {
        u32::from(self.id) << 16 | u32::from(self.advance)
    }

    fn unpack(packed: u32) -> Option<Self> {
        // Both halves fit 16 bits by how they were packed.
        let (id, advance) = ((packed >> 16) as u16, packed as u16);
        (id != 0).then_some(Self { id, advance })
    }
}

type Parsed = LazyLock<Option<rustybuzz::Face<'static>>>;

/// Characters that are never drawn: controls, joiners, variation selectors, bidi marks.
#[must_use]
pub fn is_undrawn(character: char) -> bool {
    character.is_control()
        || is_invisible(character)
        || matches!(character,
            '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Unpacks what papers are set in, so that the first page need not wait for it.
pub fn unpack() {
    let rest = || (Face::SongBold.parsed(), Face::Kai.parsed());
    rayon::join(|| Face::Song.parsed(), rest);
}

/// Whether some face of the bundle can print a character.
#[must_use]
pub fn is_printable(character: char) -> bool {
    // The Hei first, which needs no unpacking and has nearly all that is written.
    is_undrawn(character)
        || character.is_whitespace()
        || Face::Hei.ideograph(character).is_some()
        || Face::Hei.has(character)
        || FALLBACKS.into_iter().any(|face| face.has(character))
}

/// The faces in the order in which each is asked for what those before it lack.
const FALLBACKS: [Face; 5] = [Face::Song, Face::SongScripts, Face::Hei, Face::Kai, Face::SongBold];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_song_has_every_ideograph_that_gb_18030_asks_for_in_the_basic_plane() {
        for character in ('\u{3400}'..='\u{4DB5}').chain('\u{4E00}'..='\u{9FA5}') {
            assert_eq!(Face::Song.for_character(character), Some(Face::Song), "{character}");
            assert!(Face::SongBold.for_character(character).is_some(), "{character}");
        }
    }

    #[test]
    fn each_face_has_what_names_and_units_need_beyond_the_common_characters() {
        // 通用规范汉字表, level 3, beyond the basic plane; then signs of quantities and lists.
        let rare = "𬭎𬬭𫟼𨱏𬬻𫓧𬶋𫚖𬘭𫄷";
        let signs = "㎡㎥㎜‰Ωμµ°±×÷≥≤≠≈→①⑩⑳ⅢⅣ℃№′″¹²³⁴½…—·";
        for face in [Face::Song, Face::SongBold, Face::Hei, Face::Kai] {
            for character in rare.chars().chain(signs.chars()) {
                assert!(face.has(character), "{character} in {face:?}");
            }
        }
        assert!(!is_printable('𠮷'), "not in any face: it is found, and printed as 〓");
    }

    #[test]
    fn what_stands_above_or_below_the_line_matches_the_text_around_it() {
        for character in "⁰⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎".chars()
        {
            for face in [Face::Song, Face::SongBold, Face::Hei] {
                let drawn_by = face.for_character(character);
                assert_eq!(drawn_by, Some(Face::SongScripts), "{character} in {face:?}");
            }
            assert_eq!(Face::Kai.for_character(character), Some(Face::Kai));
        }
    }

    #[test]
    fn what_is_printable_is_what_some_face_has() {
        for character in ('\u{21}'..='\u{9FFF}').chain('\u{20000}'..='\u{20FFF}') {
            let is_blank = is_undrawn(character) || character.is_whitespace();
            let has = Face::Song.for_character(character).is_some();
            assert_eq!(is_printable(character), is_blank || has, "{character}");
        }
    }

    #[test]
    fn what_the_bold_lacks_is_drawn_by_the_regular_song() {
        for character in "誤諸㐂".chars() {
            assert!(!Face::SongBold.has(character), "{character}");
            assert_eq!(Face::SongBold.for_character(character), Some(Face::Song));
        }
    }
}
