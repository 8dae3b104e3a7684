//! A table's row set into lines: how high it is, and where a page's end may part it.

use super::paragraph::{Inline, Line, Paragraph};
use super::table::{Cell, Group, PADDING_Y, Row, Table, height};

/// Lines of a parted row that stand on its first page at the least, and of long text.
const FIRST: usize = 3;
const FIRST_LONG: usize = 5;
/// Lines of a cell on each page at the least, and of a paragraph.
const TOGETHER: usize = 2;
/// Share of a page a row must be higher than to be parted wherever a page ends.
const TALL: f32 = 1.0 / 3.0;
/// Share of a page that is not left white for the sake of keeping long text whole.
const WHITE: f32 = 1.0 / 6.0;
/// What a repeated heading or label gets.
const CONTINUED: &str = "（续）";

/// A set row: for each cell its place and the lines still to be placed.
#[derive(Debug)]
pub(super) struct SetRow<'a> {
    pub(super) cells: Vec<SetCell<'a>>,
    least: f32,
}

/// A set cell.
#[derive(Debug)]
pub(super) struct SetCell<'a> {
    pub(super) cell: &'a Cell,
    /// Left edge from the table's, and width, pt.
    pub(super) left: f32,
    pub(super) width: f32,
    lines: Vec<SetLine>,
    /// Its lines stood on a page before and stand again.
    pub(super) again: bool,
}

#[derive(Debug)]
struct SetLine {
    line: Line,
    /// A page may end below it.
    may_end: bool,
}

impl<'a> SetRow<'a> {
    /// Sets a row that begins at a column of a table.
    pub(super) fn new(table: &Table, row: &'a Row, column: usize) -> Self {
        let mut column = column;
        let cells = row.cells.iter().map(|cell| {
            let (left, width) = table.extent(column, cell.span);
            column += cell.span;
            SetCell { cell, left, width, lines: set_lines(cell, width), again: false }
        });
        Self { cells: cells.collect(), least: row.least }
    }

    /// Makes it at least `least` pt high.
    pub(super) fn grow(&mut self, least: f32) {
        self.least = self.least.max(least);
    }

    /// Its height on one page, pt.
    pub(super) fn height(&self) -> f32 {
        let text = self.cells.iter().map(|cell| height(cell.lines())).fold(0.0, f32::max);
        (text + 2.0 * PADDING_Y).max(self.least)
    }

    /// A long text beside its label, which stands again beside each part.
    fn is_long(&self) -> bool {
        self.cells.iter().any(|cell| cell.cell.repeats)
    }

    /// Height that must be left on a page of `page` pt for the row to begin there.
    pub(super) fn need(&self, page: f32) -> f32 {
        let whole = self.height();
        if whole > page * TALL {
            self.least_part()
        } else if self.is_long() {
            whole.min(self.least_part().max(page * WHITE))
        } else {
            whole
        }
    }

    /// Height of the least that may stand alone at the foot of a page, pt.
    fn least_part(&self) -> f32 {
        let least = if self.is_long() { FIRST_LONG } else { FIRST };
        let first = |cell: &SetCell<'_>| {
            let count = cell.cuts().find(|&count| count >= least).unwrap_or(cell.lines.len());
            height(cell.lines().take(count))
        };
        let text = self.cells.iter().map(first).fold(0.0, f32::max);
        (text + 2.0 * PADDING_Y).min(self.height())
    }

    /// Takes off the lines that fit into `room` pt; the rest stays.
    pub(super) fn split(&mut self, room: f32) -> Self {
        let part = self.cells.iter_mut().map(|cell| cell.split(room - 2.0 * PADDING_Y)).collect();
        self.least = 0.0;
        Self { cells: part, least: 0.0 }
    }

    /// Nothing is left to be placed.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.lines.is_empty() || cell.again)
    }
}

/// Sets the rows of a group, which are together at least as high as the label beside them.
pub(super) fn set_group<'a>(table: &Table, group: &'a Group) -> Vec<SetRow<'a>> {
    let column = usize::from(group.label.is_some());
    let set = group.rows.iter().map(|row| SetRow::new(table, row, column));
    let mut rows: Vec<SetRow<'a>> = set.collect();
    let above: f32 = rows.iter().rev().skip(1).map(SetRow::height).sum();
    if let Some(last) = rows.last_mut() {
        last.grow(label_height(table, group) - above);
    }
    rows
}

/// Height of the label beside a group's rows, pt; 0 where there is none.
pub(super) fn label_height(table: &Table, group: &Group) -> f32 {
    group.label.as_ref().map_or(0.0, |label| {
        let (_, width) = table.extent(0, label.span);
        height(label.set(width).iter().flatten()) + 2.0 * PADDING_Y
    })
}

impl SetCell<'_> {
    /// Its lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> + Clone {
        self.lines.iter().map(|set| &set.line)
    }

    /// After how many lines a page may end.
    fn cuts(&self) -> impl Iterator<Item = usize> {
        let count = self.lines.len();
        let cuts = self.lines.iter().zip(1..).filter(move |(line, n)| {
            *n == count || (line.may_end && *n >= TOGETHER && *n + TOGETHER <= count)
        });
        cuts.map(|(_, n)| n)
    }

    fn split(&mut self, room: f32) -> Self {
        // 0.01 pt: sums of floats must not push away a line that fits exactly.
        let fits = |count: &usize| height(self.lines().take(*count)) <= room + 0.01;
        let mut count = self.cuts().take_while(fits).last().unwrap_or(0);
        // Without its （续） a label that stands again would be another one.
        if self.again && count < self.lines.len() {
            count = 0;
            self.lines.clear();
        }
        let rest = self.lines.split_off(count);
        let part = Self { lines: std::mem::replace(&mut self.lines, rest), ..*self };
        // A label longer than a page is read to its end before it stands again.
        if self.cell.repeats && self.lines.is_empty() {
            self.lines = set_lines(&continued_label(self.cell), self.width);
            self.again = true;
        }
        part
    }
}

/// Lines of a cell; a page parts no paragraph after its first line nor before its last.
fn set_lines(cell: &Cell, width: f32) -> Vec<SetLine> {
    let paragraphs = cell.set(width).into_iter().flat_map(|lines| {
        let count = lines.len();
        lines.into_iter().zip(1..).map(move |(line, n)| {
            let may_end = n == count || (n >= TOGETHER && n + TOGETHER <= count);
            SetLine { line, may_end }
        })
    });
    paragraphs.collect()
}

/// A heading row as it is repeated: （续） behind its words.
pub(super) fn continued_heading(row: &Row) -> Row {
    let mut row = row.clone();
    let paragraph = row.cells.first_mut().and_then(|cell| cell.content.last_mut());
    if let Some(paragraph) = paragraph {
        paragraph.inlines.push(Inline::Text { text: CONTINUED.to_owned(), face: None });
    }
    row
}

/// A label as it is repeated: （续） on a line of its own, so that the words stand as they did.
pub(super) fn continued_label(cell: &Cell) -> Cell {
    let mut cell = cell.clone();
    if let Some(last) = cell.content.last() {
        let style = last.style.clone();
        cell.content.push(Paragraph::new(CONTINUED, style));
    }
    cell
}
