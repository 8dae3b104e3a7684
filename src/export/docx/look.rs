//! How text looks in a document: fonts by the names offices have them, sizes, spacing, indents.

use super::element::Element;
use crate::typeset::letter_face::ChosenFace;
use crate::typeset::page::Face;
use crate::typeset::paragraph::{Align, Style};

/// A font of a Chinese office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    /// 宋体.
    Song,
    /// 宋体, bold.
    SongBold,
    /// 黑体.
    Hei,
    /// 楷体.
    Kai,
    /// 仿宋, which GB/T 9704 asks for in a letter's text.
    FangSong,
    /// The one chosen for the letters' text.
    Chosen(ChosenFace),
    /// A font that has ☐ and ☑.
    Symbol,
}

impl Font {
    /// Names for letters and digits, and for Chinese characters.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Song | Self::SongBold => ("Times New Roman", "宋体"),
            Self::Hei => ("黑体", "黑体"),
            Self::Kai => ("楷体", "楷体"),
            Self::FangSong => ("Times New Roman", "仿宋"),
            Self::Chosen(chosen) => (chosen.family(), chosen.family()),
            Self::Symbol => ("Segoe UI Symbol", "Segoe UI Symbol"),
        }
    }
}

impl From<Face> for Font {
    fn from(face: Face) -> Self {
        match face {
            Face::Song | Face::SongScripts => Self::Song,
            Face::SongBold => Self::SongBold,
            Face::Hei => Self::Hei,
            Face::Kai => Self::Kai,
            Face::Chosen(chosen) => Self::Chosen(chosen),
        }
    }
}

/// How a paragraph looks; lengths in pt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) font: Font,
    pub(super) size: f32,
    pub(super) pitch: f32,
    pub(super) indent: f32,
    pub(super) hang: f32,
    pub(super) align: Align,
}

impl From<&Style> for Look {
    fn from(style: &Style) -> Self {
        Self {
            font: style.face.into(),
            size: style.size,
            pitch: style.pitch,
            indent: style.indent,
            hang: style.hang,
            align: style.align,
        }
    }
}

/// A length in twentieths of a point, the unit of documents.
pub(super) fn twips(length: f32) -> i32 {
    (length * 20.0).round() as i32
}

impl Look {
    /// `w:spacing`, `w:ind` and `w:jc` where they are not as in `base`; `before` and `after` are room
    /// around the paragraph, pt.
    pub(super) fn paragraph(&self, base: Option<&Self>, before: f32, after: f32) -> Vec<Element> {
        let mut parts = Vec::new();
        let mut spacing = Element::new("w:spacing");
        if before > 0.0 {
            spacing = spacing.with("w:before", twips(before));
        }
        if after > 0.0 {
            spacing = spacing.with("w:after", twips(after));
        }
        if base.is_none_or(|base| base.pitch != self.pitch) {
            spacing = spacing.with("w:line", twips(self.pitch)).with("w:lineRule", "exact");
        }
        if !spacing.is_bare() {
            parts.push(spacing);
        }
        if base.is_none_or(|base| (base.indent, base.hang) != (self.indent, self.hang)) {
            parts.push(self.indents());
        }
        if base.is_none_or(|base| base.align != self.align) {
            let align = match self.align {
                Align::Left => "left",
                // A spread label is as wide as it should be by its spaces.
                Align::Centre | Align::Spread => "center",
                Align::Right => "right",
                Align::Justify => "both",
            };
            parts.push(Element::val("w:jc", align));
        }
        parts
    }

    fn indents(&self) -> Element {
        let left = Element::new("w:ind").with("w:left", twips(self.hang));
        let first = self.indent - self.hang;
        if first < 0.0 {
            return left.with("w:hanging", twips(-first));
        }
        // In 字, so that the indent follows when somebody changes the size; hundredths.
        let characters = (first / self.size * 100.0).round() as i32;
        left.with("w:firstLineChars", characters).with("w:firstLine", twips(first))
    }

    /// Parts of a `w:rPr` where they are not as in `base`.
    pub(super) fn run(&self, base: Option<&Self>, underlined: bool) -> Vec<Element> {
        let mut parts = Vec::new();
        if base.is_none_or(|base| base.font != self.font) {
            parts.extend(self.fonts(base));
        }
        if base.is_none_or(|base| base.size != self.size) {
            // Documents know half points: 15.75 pt are 16 pt set a little closer.
            let halves = (self.size * 2.0).ceil();
            let closer = twips(self.size - halves / 2.0);
            if closer != 0 {
                parts.push(Element::val("w:spacing", closer));
            }
            parts.push(Element::val("w:sz", halves));
            parts.push(Element::val("w:szCs", halves));
        }
        if underlined {
            parts.push(Element::val("w:u", "single"));
        }
        parts
    }

    fn fonts(&self, base: Option<&Self>) -> Vec<Element> {
        let (latin, chinese) = self.font.names();
        // Quotation marks and dashes are in the Chinese font.
        let fonts = Element::new("w:rFonts")
            .with("w:hint", "eastAsia")
            .with("w:ascii", latin)
            .with("w:eastAsia", chinese)
            .with("w:hAnsi", latin)
            .with("w:cs", latin);
        let bold = self.font == Font::SongBold;
        let was_bold = base.is_some_and(|base| base.font == Font::SongBold);
        let weight = (bold != was_bold).then(|| match bold {
            true => Element::new("w:b"),
            false => Element::val("w:b", "0"),
        });
        std::iter::once(fonts).chain(weight).collect()
    }
}
