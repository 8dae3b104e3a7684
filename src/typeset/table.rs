//! Ruled tables: what their cells say, before they are placed on pages by [`flow`](super::flow).
//!
//! A blank of one line that does not fit its cell is set smaller before its row grows: at 9.5 pt, then
//! at 小五. A third step, 六号, is not taken: on a photocopy nobody reads it, and two lines at 五号 are.

use std::borrow::Cow;

use crate::domain::Field;

use super::page::Grey;
use super::paragraph::{Line, Paragraph, set};
use super::table_row::{SetRow, set_group};

/// Sizes and line pitches a blank of one line is set at rather than in two lines, pt.
const SMALLER: [(f32, f32); 2] = [(9.5, 14.0), (9.0, 13.5)];

/// Thickness of inner rules, pt.
pub const RULE: f32 = 0.5;
/// Thickness of the outer frame, pt.
pub const FRAME: f32 = 1.0;
/// Room between a cell's rule and its text, left and right, pt.
pub const PADDING_X: f32 = 4.0;
/// Room between a cell's rule and its text in a cell of `width` pt, left and right, pt: less than
/// [`PADDING_X`] where that would leave no room for the text.
#[must_use]
pub const fn padding(width: f32) -> f32 {
    PADDING_X.min(width / 8.0)
}

/// Room between a cell's rule and its text, above and below, pt.
pub const PADDING_Y: f32 = 4.0;

/// Width of the text in a cell of `width` pt.
fn inner(width: f32) -> f32 {
    (width - 2.0 * padding(width)).max(1.0)
}

fn sized(content: &[Paragraph], (size, pitch): (f32, f32)) -> Vec<Paragraph> {
    let mut content = content.to_vec();
    for Paragraph { style, .. } in &mut content {
        style.size = size.min(style.size);
        style.pitch = pitch.min(style.pitch);
    }
    content
}

/// Where text stands in a cell that is taller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VerticalAlign {
    /// In the middle.
    #[default]
    Middle,
    /// At the top.
    Top,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// How many columns it takes.
    pub span: usize,
    /// What it says.
    pub content: Vec<Paragraph>,
    /// Where its text stands.
    pub vertical: VerticalAlign,
    /// Blanks the whole cell shows; blanks of single paragraphs are theirs.
    pub fields: Vec<Field>,
    /// Stands again, with （续）, beside each further part of a row that runs over pages.
    pub repeats: bool,
    /// Shade of its ground, where it is not white.
    pub ground: Option<Grey>,
    /// Set smaller where that saves a line.
    shrinks: bool,
    /// The same in more paragraphs, for where it does not fit a line; empty where there is no better
    /// place to part it than another.
    parted: Vec<Paragraph>,
    /// Names what stands to the right of it.
    pub names_row: bool,
}

impl Cell {
    /// A cell of paragraphs over some columns.
    #[must_use]
    pub fn new(span: usize, content: Vec<Paragraph>) -> Self {
        Self {
            span,
            content,
            vertical: VerticalAlign::Middle,
            fields: Vec::new(),
            repeats: false,
            ground: None,
            shrinks: false,
            parted: Vec::new(),
            names_row: false,
        }
    }

    /// The same, set smaller where that saves a line.
    #[must_use]
    pub fn shrinking(mut self) -> Self {
        self.shrinks = true;
        self
    }

    /// The same, in these paragraphs where it does not fit a line.
    #[must_use]
    pub fn parted(mut self, paragraphs: Vec<Paragraph>) -> Self {
        self.parted = paragraphs;
        self
    }

    /// The same, showing blanks.
    #[must_use]
    pub fn of(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.fields.extend(fields);
        self
    }

    /// The same, standing again on further pages.
    #[must_use]
    pub fn repeated(mut self) -> Self {
        self.repeats = true;
        self
    }

    /// The same as the name of what stands to the right of it.
    #[must_use]
    pub fn naming_row(mut self) -> Self {
        self.names_row = true;
        self
    }

    /// The same on a shaded ground.
    #[must_use]
    pub const fn on(mut self, ground: Grey) -> Self {
        self.ground = Some(ground);
        self
    }

    /// The same with its text at the top.
    #[must_use]
    pub fn top(mut self) -> Self {
        self.vertical = VerticalAlign::Top;
        self
    }

    /// What it says as it is set in a cell of `width` pt, rules included.
    #[must_use]
    pub fn fitted(&self, width: f32) -> Cow<'_, [Paragraph]> {
        let inner = inner(width);
        let fits = |content: &[Paragraph]| content.iter().all(|p| set(p, inner).len() == 1);
        if !self.shrinks || fits(&self.content) {
            return Cow::Borrowed(&self.content);
        }
        let smaller = |content: &[Paragraph]| {
            let sizes = SMALLER.iter().map(|&size| sized(content, size));
            sizes.into_iter().find(|content| fits(content))
        };
        if let Some(content) = smaller(&self.content) {
            return Cow::Owned(content);
        }
        if self.parted.is_empty() {
            return Cow::Borrowed(&self.content);
        }
        if !fits(&self.parted)
            && let Some(content) = smaller(&self.parted)
        {
            return Cow::Owned(content);
        }
        Cow::Borrowed(&self.parted)
    }

    /// The lines of each of its paragraphs in a cell of `width` pt, rules included.
    #[must_use]
    pub fn set(&self, width: f32) -> Vec<Vec<Line>> {
        let inner = inner(width);
        self.fitted(width).iter().map(|paragraph| set(paragraph, inner)).collect()
    }
}

/// A row of cells whose spans add up to the table's columns, less the group's label column.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Cells from left to right.
    pub cells: Vec<Cell>,
    /// Least height, pt.
    pub least: f32,
    /// Stands on the page on which the next row begins.
    pub keep_with_next: bool,
}

impl Row {
    /// A row of at least `least` pt.
    #[must_use]
    pub const fn new(least: f32, cells: Vec<Cell>) -> Self {
        Self { cells, least, keep_with_next: false }
    }

    /// The same, kept with the next row.
    #[must_use]
    pub const fn keep_with_next(mut self) -> Self {
        self.keep_with_next = true;
        self
    }
}

/// Rows that share a label in the first column, or stand alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The label over the height of all rows, such as 需求 1.
    pub label: Option<Cell>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Entry for the outline.
    pub outline: Option<String>,
}

impl From<Row> for Group {
    fn from(row: Row) -> Self {
        Self { label: None, rows: vec![row], outline: None }
    }
}

/// Part of a table under one heading, which is repeated on each further page.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The heading row; its text gets （续） on further pages.
    pub heading: Option<Row>,
    /// What stands under it.
    pub groups: Vec<Group>,
    /// Entry for the outline.
    pub outline: Option<String>,
    /// The heading gets （续） where it is repeated; a row of column names does not.
    pub marks_continuation: bool,
}

/// A ruled table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Widths of the columns, pt.
    pub columns: Vec<f32>,
    /// Its parts.
    pub sections: Vec<Section>,
    /// Height of what stands below its last rows and on their page, where they all fit there, pt.
    pub below: f32,
    /// What stands above each further part, such as 表 2（续）.
    pub again: Option<Paragraph>,
}

impl Table {
    /// A table of columns of these widths, pt.
    #[must_use]
    pub const fn new(columns: Vec<f32>, sections: Vec<Section>) -> Self {
        Self { columns, sections, below: 0.0, again: None }
    }

    /// Its width, pt.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.columns.iter().sum()
    }

    /// Its height where it stands on one page, pt.
    #[must_use]
    pub fn height(&self) -> f32 {
        let sections = self.sections.iter().map(|section| {
            let heading = section.heading.iter().map(|row| SetRow::new(self, row, 0));
            let rows = section.groups.iter().flat_map(|group| set_group(self, group));
            heading.chain(rows).map(|row| row.height()).sum::<f32>()
        });
        sections.sum()
    }

    /// Left edge (from the table's) and width of a cell that starts at a column, pt.
    #[must_use]
    pub fn extent(&self, column: usize, span: usize) -> (f32, f32) {
        let left = self.columns.iter().take(column).sum();
        let width = self.columns.iter().skip(column).take(span).sum();
        (left, width)
    }
}

/// Height of lines, pt.
#[must_use]
pub fn height<'a>(lines: impl IntoIterator<Item = &'a Line>) -> f32 {
    lines.into_iter().map(|line| line.height).sum()
}
