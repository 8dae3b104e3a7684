//! Ruled tables: what their cells say, before they are placed on pages by [`flow`](super::flow).

use crate::domain::Field;

use super::page::Grey;
use super::paragraph::{Line, Paragraph, set};

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
        }
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

    /// Its lines in a cell of `width` pt, rules included.
    #[must_use]
    pub fn set(&self, width: f32) -> Vec<Line> {
        let inner = (width - 2.0 * padding(width)).max(1.0);
        self.content.iter().flat_map(|paragraph| set(paragraph, inner)).collect()
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
}

impl Table {
    /// Its width, pt.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.columns.iter().sum()
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
pub fn height(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.height).sum()
}
