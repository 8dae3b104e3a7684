//! The bundled typefaces and which of them can draw a character.

use std::sync::LazyLock;

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

    /// The face that draws a character where `self` is wanted: itself, else the first that can.
    #[must_use]
    pub fn for_character(self, character: char) -> Option<Self> {
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
