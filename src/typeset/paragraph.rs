//! A paragraph set into lines: wrapped, justified, its blanks underlined.

mod greedy;
mod kept;
mod line;
mod measure;
mod room;
mod source;
mod spacing;
mod tear;
mod total_fit;

use std::ops::Range;

use crate::domain::Field;

pub use measure::{Measure, measure};

use super::page::{Face, Grey, Item, Region};
use line::LineBuilder;
use room::Fit;
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

    /// The words of its text, what was filled in on lines left out.
    #[must_use]
    pub fn words(&self) -> String {
        let words = self.inlines.iter().filter_map(|inline| match inline {
            Inline::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        words.collect()
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
    /// The first of its paragraph.
    pub opens: bool,
}

/// Sets a paragraph into lines of at most `width` pt. Always at least one line.
#[must_use]
pub fn set(paragraph: &Paragraph, width: f32) -> Vec<Line> {
    kept::or_set(paragraph, width, || set_anew(paragraph, width))
}

fn set_anew(paragraph: &Paragraph, width: f32) -> Vec<Line> {
    let style = &paragraph.style;
    let source = Source::new(paragraph, width);
    let (first, further) = (width - style.indent, width - style.hang);
    let mut ends = match style.align {
        Align::Justify => total_fit::ends(&source, first, further),
        Align::Left | Align::Centre | Align::Right | Align::Spread => {
            greedy::ends(&source, first, further)
        }
    };
    if ends.is_empty() {
        ends.push(0);
    }
    let mut lines = Vec::with_capacity(ends.len());
    let mut from = 0;
    for to in ends {
        let opens = lines.is_empty();
        lines.push(Line { opens, ..line(&source, from..to, width) });
        from = to;
    }
    lines
}

/// Sets clusters as a line of a column of `width` pt.
fn line(source: &Source<'_>, range: Range<usize>, width: f32) -> Line {
    let style = &source.paragraph.style;
    let is_last = range.end == source.clusters.len();
    let indent = if range.start == 0 { style.indent } else { style.hang };
    let end = if is_last { range.end } else { source.solid_end(range.start, range.end) };
    let room = source.room(range.start, range.end);
    let free = width - indent - room.natural as f32;
    let spare = free.max(0.0);
    let (left, fit) = match style.align {
        Align::Left => (indent, Fit::default()),
        Align::Centre => (indent + spare / 2.0, Fit::default()),
        Align::Right => (indent + spare, Fit::default()),
        Align::Spread => {
            let (gaps, size) = (room.little as f32, style.size);
            let short = (SPREAD * size - room.natural as f32).clamp(0.0, spare);
            let little = if room.little == 0 { 0.0 } else { short / gaps };
            (indent + (spare - little * gaps) / 2.0, Fit { little, ..Fit::default() })
        }
        Align::Justify if is_last && free > 0.0 => (indent, Fit::default()),
        Align::Justify => {
            let fit = room.fit(f64::from(width - indent) - room.natural, style.size);
            // A line that is mostly one long word is left ragged rather than torn apart.
            let torn = fit.little.min(fit.much) > style.size;
            (indent, if torn { Fit::default() } else { fit })
        }
    };
    let mut builder = LineBuilder::new(source, left, width, fit, range.start..end, range.len());
    for n in range {
        builder.add(n);
    }
    builder.finish()
}
