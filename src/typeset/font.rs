//! The bundled typefaces and which of them can draw a character.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::page::Face;
use crate::rules::invisible::is_invisible;

// Statics, so that each file is in the program once however often it is asked for.
static SONG: &[u8] = include_bytes!("../../fonts/NotoSerifSC-Regular.ttf");
static SONG_BOLD: &[u8] = include_bytes!("../../fonts/NotoSerifSC-Bold.ttf");
static HEI: &[u8] = include_bytes!("../../fonts/NotoSansSC-Regular.ttf");
static KAI: &[u8] = include_bytes!("../../fonts/LXGWWenKai-Regular.ttf");

impl Face {
    /// The font file, TrueType.
    #[must_use]
    pub fn data(self) -> &'static [u8] {
        match self {
            Self::Song => SONG,
            Self::SongBold => SONG_BOLD,
            Self::Hei => HEI,
            Self::Kai => KAI,
        }
    }

    /// PostScript name, without a subset tag.
    #[must_use]
    pub const fn postscript_name(self) -> &'static str {
        match self {
            Self::Song => "NotoSerifSC-Regular",
            Self::SongBold => "NotoSerifSC-Bold",
            Self::Hei => "NotoSansSC-Regular",
            Self::Kai => "LXGWWenKai-Regular",
        }
    }

    /// The parsed font, kept for the life of the program; `None` never happens with the bundle.
    pub(crate) fn parsed(self) -> Option<&'static rustybuzz::Face<'static>> {
        static SONG: Parsed = LazyLock::new(|| rustybuzz::Face::from_slice(Face::Song.data(), 0));
        static BOLD: Parsed =
            LazyLock::new(|| rustybuzz::Face::from_slice(Face::SongBold.data(), 0));
        static HEI: Parsed = LazyLock::new(|| rustybuzz::Face::from_slice(Face::Hei.data(), 0));
        static KAI: Parsed = LazyLock::new(|| rustybuzz::Face::from_slice(Face::Kai.data(), 0));
        match self {
            Self::Song => &SONG,
            Self::SongBold => &BOLD,
            Self::Hei => &HEI,
            Self::Kai => &KAI,
        }
        .as_ref()
    }

    /// Whether the face has a glyph for a character.
    #[must_use]
    pub fn has(self, character: char) -> bool {
        self.parsed().is_some_and(|face| face.glyph_index(character).is_some())
    }

    /// How the face draws an ideograph of the main block, which looks the same beside any other
    /// character; `None` for every other character and for one that the face has not.
    pub(crate) fn ideograph(self, character: char) -> Option<Ideograph> {
        let entry =
            IDEOGRAPHS[self as usize].get(u32::from(character).checked_sub(FIRST)? as usize)?;
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
        let font = self.parsed()?;
        let id = font.glyph_index(character)?;
        Some(Ideograph { id: id.0, advance: font.glyph_hor_advance(id)? })
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
        if self.has(character) {
            return Some(self);
        }
        [Self::Song, Self::Hei, Self::Kai, Self::SongBold]
            .into_iter()
            .find(|face| face.has(character))
    }
}

/// The main block of ideographs, U+4E00 to U+9FFF.
const FIRST: u32 = 0x4E00;
const COUNT: usize = 0xA000 - 0x4E00;

/// What was looked up of each ideograph in each face: most of a text is made of few of them.
static IDEOGRAPHS: [[AtomicU32; COUNT]; Face::ALL.len()] =
    [const { [const { AtomicU32::new(UNKNOWN) }; COUNT] }; 4];

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
            '\u{34F}' | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether some face of the bundle can print a character.
#[must_use]
pub fn is_printable(character: char) -> bool {
    is_undrawn(character)
        || character.is_whitespace()
        || Face::Song.for_character(character).is_some()
}
