//! A paragraph set into lines: wrapped, justified, its blanks underlined.

mod kept;
mod line;
mod measure;
mod source;

use crate::domain::Field;

pub use measure::{Measure, measure};

use super::page::{Face, Grey, Item, Region};
use source::Source;

/// Horizontal alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Left edge even, right edge ragged.
    #[default]
    Left,
    /// Centred.
    Centre,
    /// Right edge even.
    Right,
    /// Both edges even, the last line at the left.
    Justify,
    /// Letters spread evenly over the width of [`SPREAD`] 字, centred: a short label beside longer ones.
    Spread,
}

/// Width over which short labels are spread, 字: that of 法人代表 or 联系电话.
pub const SPREAD: f32 = 4.0;

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Text.
    Text {
        /// What it says; no line feeds.
        text: String,
        /// Face, where not the paragraph's.
        face: Option<Face>,
    },
    /// A filled-in blank on a line to write on.
    Blank {
        /// What was filled in.
        text: String,
        /// The end of it that stands as a printed word behind the line, such as 省.
        tail: String,
        /// The line's least length, pt.
        least: f32,
        /// The blank.
        field: Option<Field>,
    },
    /// A box to tick.
    CheckBox {
        /// Ticked.
        checked: bool,
    },
    /// A box to tick with its words, never parted by a line's end.
    Choice {
        /// Ticked.
        checked: bool,
        /// The words of the choice.
        words: String,
    },
}

/// How a paragraph is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Face.
    pub face: Face,
    /// Size, pt.
    pub size: f32,
    /// From baseline to baseline, pt.
    pub pitch: f32,
    /// First line's indent, pt.
    pub indent: f32,
    /// Indent of the further lines, pt.
    pub hang: f32,
    /// Alignment.
    pub align: Align,
    /// Shade.
    pub grey: Grey,
}

impl Style {
    /// Left-aligned black text without indent.
    #[must_use]
    pub const fn new(face: Face, size: f32, pitch: f32) -> Self {
        Self { face, size, pitch, indent: 0.0, hang: 0.0, align: Align::Left, grey: Grey(0.0) }
    }

    /// The same, aligned otherwise.
    #[must_use]
    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// The same with the first line indented by two 字.
    #[must_use]
    pub fn indented(mut self) -> Self {
        self.indent = 2.0 * self.size;
        self
    }

    /// The same with the further lines indented by `hang` pt.
    #[must_use]
    pub const fn hanging(mut self, hang: f32) -> Self {
        self.hang = hang;
        self
    }

    /// The same in another face.
    #[must_use]
    pub fn face(mut self, face: Face) -> Self {
        self.face = face;
        self
    }
}

/// A paragraph to be set.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its pieces.
    pub inlines: Vec<Inline>,
    /// How it is set.
    pub style: Style,
    /// The blank it shows, if one.
    pub field: Option<Field>,
}

impl Paragraph {
    /// A paragraph of plain text.
    #[must_use]
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self { inlines: vec![Inline::Text { text: text.into(), face: None }], style, field: None }
    }

    /// The same, showing a blank.
    #[must_use]
    pub fn of(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    /// The paragraphs of typed text: one a line, blank lines dropped.
    pub fn typed(text: &str, style: &Style, field: &Field) -> impl Iterator<Item = Self> {
        typed_lines(text).map(|line| Self::new(line, style.clone()).of(field.clone()))
    }
}

/// The non-blank lines of typed text, without the spaces at their ends.
pub fn typed_lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{000B}', '\u{000C}'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
}

/// A set line; positions are relative to its top-left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What is printed.
    pub items: Vec<Item>,
    /// Blanks within the line.
    pub regions: Vec<Region>,
    /// The blank of its paragraph.
    pub field: Option<Field>,
    /// Left edge of what is printed, pt.
    pub left: f32,
    /// Width of what is printed, pt.
    pub width: f32,
    /// Height, pt.
    pub height: f32,
}

/// Sets a paragraph into lines of at most `width` pt. Always at least one line.
#[must_use]
pub fn set(paragraph: &Paragraph, width: f32) -> Vec<Line> {
    kept::or_set(paragraph, width, || set_anew(paragraph, width))
}

fn set_anew(paragraph: &Paragraph, width: f32) -> Vec<Line> {
    let source = Source::new(paragraph, width);
    let mut lines = Vec::new();
    let mut from = 0;
    loop {
        let first = lines.is_empty();
        let indent = if first { source.first_indent() } else { paragraph.style.hang };
        let (to, natural) = source.line_end(from, width - indent);
        let last = to >= source.clusters.len();
        lines.push(source.line(from..to, natural, indent, width, last));
        if last {
            return lines;
        }
        from = to;
    }
}
