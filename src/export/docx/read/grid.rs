//! A table of a document as a table of a letter.

use super::body::{Paragraph, Piece, lines};
use crate::domain::{Guide, Table};

/// Most columns a cell is taken to span: a hostile file names any number.
const MAX_SPAN: usize = Table::MAX_COLUMNS;
/// Longest cell of a first row that looks like one of names, characters.
const LONGEST_NAME: usize = 20;

/// A cell as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) content: Vec<Piece>,
    /// Columns it takes; 0 and 1 are one.
    pub(super) span: usize,
    /// It goes on from the cell above.
    pub(super) goes_on: bool,
}

/// A row as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Columns left out before its first cell.
    pub(super) before: usize,
    /// It is repeated on each page.
    pub(super) repeats: bool,
}

/// Rows of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) rows: Vec<Vec<String>>,
    /// The document says that the first row is a header, or sets it bold.
    pub(super) header: bool,
}

/// The pieces of a table: itself, and the pictures in it behind. A frame of one cell around text is no
/// table.
pub(super) fn pieces(mut rows: Vec<Row>) -> Vec<Piece> {
    if let [row] = rows.as_mut_slice()
        && let [cell] = row.cells.as_mut_slice()
    {
        return std::mem::take(&mut cell.content);
    }
    let header = rows.len() > 1 && rows.first().is_some_and(|row| row.repeats || is_bold(row));
    let cells = rows.iter().flat_map(|row| &row.cells);
    let pictures: Vec<_> = cells
        .flat_map(|cell| &cell.content)
        .filter(|piece| matches!(piece, Piece::Picture(_)))
        .cloned()
        .collect();
    let rows = rows.into_iter().map(words).collect();
    std::iter::once(Piece::Table(Grid { rows, header })).chain(pictures).collect()
}

/// The words of each column of a row; a cell over several has them in the first.
fn words(row: Row) -> Vec<String> {
    let mut words = vec![String::new(); row.before.min(MAX_SPAN)];
    for cell in row.cells {
        let text = match cell.goes_on {
            true => String::new(),
            false => lines(&cell.content).join("\n").replace('\t', " "),
        };
        words.push(text);
        words.extend(std::iter::repeat_n(String::new(), cell.span.clamp(1, MAX_SPAN) - 1));
    }
    words
}

fn is_bold(row: &Row) -> bool {
    let paragraphs = row.cells.iter().flat_map(|cell| &cell.content);
    let mut said = paragraphs.filter_map(|piece| match piece {
        Piece::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    let mut count = 0;
    said.all(|Paragraph { bold, .. }| {
        count += 1;
        *bold
    }) && count > 0
}

impl Grid {
    /// It as a table of a letter; `None` where it has more rows or columns than one may have. Where
    /// `guesses`, a first row that looks like one of names is a header.
    pub(super) fn table(&self, caption: String, guesses: bool) -> Option<Table> {
        let mut rows = self.rows.clone();
        // Columns that are empty all the way down are left over from cells that were one.
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 || columns > Table::MAX_COLUMNS || rows.len() > Table::MAX_ROWS {
            return None;
        }
        for row in &mut rows {
            row.resize(columns, String::new());
        }
        let guide = self.guide();
        let header = guide.is_some() || self.header || (guesses && self.looks_headed());
        Some(Table { caption, guide, header, rows, ..Table::default() })
    }

    /// The guide whose columns the first row names.
    fn guide(&self) -> Option<Guide> {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let first: Vec<String> = self.rows.first()?.iter().map(|cell| bare(cell)).collect();
        Guide::ALL.iter().copied().find(|guide| first == guide.columns())
    }

    fn looks_headed(&self) -> bool {
        let Some((first, rest)) = self.rows.split_first() else { return false };
        let is_name = |cell: &String| {
            let length = cell.chars().count();
            (1..=LONGEST_NAME).contains(&length)
                && !cell.contains(['\n', '。', '；'])
                && !cell.starts_with(|c: char| c.is_ascii_digit())
        };
        !rest.is_empty() && first.len() > 1 && first.iter().all(is_name)
    }

    /// A line for each row, cells apart by tabs.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let line = |row: &Vec<String>| {
            let cells = row.iter().map(|cell| cell.replace('\n', " "));
            cells.collect::<Vec<_>>().join("\t")
        };
        self.rows.iter().map(line)
    }

    /// It is the strip that this program draws under a schedule, made again from the dates: its rows
    /// name the stages and say nothing else.
    pub(super) fn is_strip_of(&self, schedule: &Table) -> bool {
        let stages = schedule.rows.len().saturating_sub(usize::from(schedule.header));
        let Some(at) = self.rows.len().checked_sub(stages).filter(|at| *at > 0 && stages > 1)
        else {
            return false;
        };
        let (spans, rows) = self.rows.split_at(at);
        let column = |name: &str| {
            let first = schedule.rows.first().filter(|_| schedule.header);
            first.and_then(|cells| cells.iter().position(|cell| cell.contains(name)))
        };
        let stage = column("阶段").unwrap_or(0);
        let same = rows.iter().zip(schedule.rows.iter().skip(usize::from(schedule.header)));
        spans.len() <= 2
            && same.into_iter().all(|(row, of)| {
                let (name, rest) =
                    row.split_first().map_or(("", &[][..]), |(n, r)| (n.as_str(), r));
                let named = of.get(stage).map_or("", String::as_str).replace('\n', " ");
                name.trim() == named.trim() && rest.iter().all(|cell| cell.trim().is_empty())
            })
    }
}
