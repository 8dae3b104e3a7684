//! A table of a letter, free or with the columns the notice asks about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, blank, blanks, choice};

choice! {
    /// Tables whose columns follow what the notice asks of a section.
    Guide {
        Team => "攻关团队",
        Targets => "预期目标",
        Schedule => "进度安排",
        Risks => "潜在问题及应对",
    }
}

impl Guide {
    /// Names of its columns.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Team => &["姓名", "职务职称", "专业", "本项目分工", "曾主持或参与的项目"],
            Self::Targets => &["指标", "现有值", "目标值", "测试场景", "评价方式"],
            Self::Schedule => &["阶段", "起止时间", "任务", "考核指标"],
            Self::Risks => &["问题", "可能性", "应对举措"],
        }
    }

    /// The section it belongs to, see [`Application::SECTIONS`](super::Application::SECTIONS).
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Team => "plan/team",
            Self::Targets => "plan/targets",
            Self::Schedule => "plan/schedule",
            Self::Risks => "plan/risks",
        }
    }

    /// The guide of a section, if it has one.
    #[must_use]
    pub fn of(section: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|guide| guide.section() == section)
    }
}

/// Rows of cells. A row may be shorter than others: what is missing is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Table {
    /// What stands above it, behind 表 and its number.
    #[serde(deserialize_with = "blank")]
    pub caption: String,
    /// The columns the notice asks about, if it was begun with them.
    pub guide: Option<Guide>,
    /// The first row names the columns and is repeated on each page.
    pub header: bool,
    /// Shares of the width set by hand, per mille, one a column; empty: by content.
    #[serde(deserialize_with = "widths")]
    pub widths: Vec<u16>,
    /// The cells, row by row.
    #[serde(deserialize_with = "rows")]
    pub rows: Vec<Vec<String>>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Table { caption });

impl Table {
    /// Most columns of a table.
    pub const MAX_COLUMNS: usize = 20;
    /// Most rows of a table.
    pub const MAX_ROWS: usize = 500;

    /// An empty table with a header row.
    #[must_use]
    pub fn empty(columns: usize, rows: usize) -> Self {
        let row = vec![String::new(); columns];
        Self { header: true, rows: vec![row; rows], ..Self::default() }
    }

    /// A table with the columns of a guide and some empty rows.
    #[must_use]
    pub fn guided(guide: Guide) -> Self {
        const EMPTY_ROWS: usize = 3;
        let columns = guide.columns();
        let mut table = Self::empty(columns.len(), EMPTY_ROWS);
        table.rows.insert(0, columns.iter().map(|&name| name.to_owned()).collect());
        table.guide = Some(guide);
        guide.label().clone_into(&mut table.caption);
        table
    }

    /// Columns of its longest row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// A cell's text; empty past the end of its row.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    /// Makes every row as long as the longest.
    pub fn fill_rows(&mut self) {
        let columns = self.columns();
        for row in &mut self.rows {
            row.resize(columns, String::new());
        }
    }

    /// Puts an empty row before row `at`.
    pub fn insert_row(&mut self, at: usize) {
        let row = vec![String::new(); self.columns().max(1)];
        self.rows.insert(at.min(self.rows.len()), row);
    }

    /// Takes a row out.
    pub fn remove_row(&mut self, at: usize) {
        if at < self.rows.len() {
            self.rows.remove(at);
        }
    }

    /// Puts an empty column before column `at`; widths are by content again.
    pub fn insert_column(&mut self, at: usize) {
        self.fill_rows();
        self.widths.clear();
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        for row in &mut self.rows {
            row.insert(at.min(row.len()), String::new());
        }
    }

    /// Takes a column out; widths are by content again.
    pub fn remove_column(&mut self, at: usize) {
        self.fill_rows();
        self.widths.clear();
        for row in &mut self.rows {
            if at < row.len() {
                row.remove(at);
            }
        }
    }

    /// Writes a block of cells from a cell on, growing the table as far as its limits allow; the number
    /// of cells there was no room for.
    pub fn paste(&mut self, row: usize, column: usize, cells: &[Vec<String>]) -> usize {
        let mut left_out = 0;
        for (n, words) in cells.iter().enumerate() {
            let row = row + n;
            let room = match row < Self::MAX_ROWS {
                true => Self::MAX_COLUMNS.saturating_sub(column),
                false => 0,
            };
            left_out += words.len().saturating_sub(room);
            if room == 0 {
                continue;
            }
            while self.rows.len() <= row {
                self.rows.push(Vec::new());
            }
            let Some(line) = self.rows.get_mut(row) else { continue };
            for (m, word) in words.iter().take(room).enumerate() {
                let column = column + m;
                if line.len() <= column {
                    line.resize(column + 1, String::new());
                }
                if let Some(cell) = line.get_mut(column) {
                    cell.clone_from(word);
                }
            }
        }
        if self.widths.len() != self.columns() {
            self.widths.clear();
        }
        self.fill_rows();
        left_out
    }
}

/// Reads shares; more than all of the width is all of it.
fn widths<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<u16>, D::Error> {
    let widths = Vec::<u64>::deserialize(deserializer)?;
    Ok(widths.into_iter().map(|width| width.min(1000) as u16).collect())
}

/// Reads cells; a script may have written bare numbers.
fn rows<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Cell(#[serde(deserialize_with = "blank")] String);
    let rows = Vec::<Vec<Cell>>::deserialize(deserializer)?;
    Ok(rows.into_iter().map(|row| row.into_iter().map(|cell| cell.0).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|&word| word.to_owned()).collect()).collect()
    }

    #[test]
    fn a_guided_table_names_its_columns() {
        for &guide in Guide::ALL {
            let table = Table::guided(guide);
            assert!(table.header);
            assert_eq!(table.rows[0], guide.columns());
            assert!(table.rows.iter().all(|row| row.len() == guide.columns().len()));
            assert_eq!(Guide::of(guide.section()), Some(guide));
        }
        assert_eq!(Guide::of("introduction"), None);
    }

    #[test]
    fn pasted_cells_make_the_table_larger() {
        let mut table = Table::empty(2, 2);
        table.widths = vec![300, 700];
        let left_out = table.paste(1, 1, &words(&[&["甲", "乙"], &["丙"]]));
        assert_eq!(left_out, 0);
        assert_eq!(table.rows, words(&[&["", "", ""], &["", "甲", "乙"], &["", "丙", ""]]));
        assert!(table.widths.is_empty(), "widths of two columns say nothing of three");
    }

    #[test]
    fn what_has_no_room_is_told_and_not_silently_dropped() {
        let mut table = Table::empty(1, 1);
        let wide = vec![vec!["格".to_owned(); Table::MAX_COLUMNS + 3]];
        assert_eq!(table.paste(0, 0, &wide), 3);
        assert_eq!(table.columns(), Table::MAX_COLUMNS);
        let tall = vec![vec!["格".to_owned()]; Table::MAX_ROWS + 2];
        assert_eq!(table.paste(0, 0, &tall), 2);
        assert_eq!(table.rows.len(), Table::MAX_ROWS);
    }

    #[test]
    fn rows_and_columns_come_and_go() {
        let mut table = Table { rows: words(&[&["a", "b"], &["c"]]), ..Table::default() };
        table.insert_column(1);
        assert_eq!(table.rows, words(&[&["a", "", "b"], &["c", "", ""]]));
        table.remove_column(0);
        table.insert_row(0);
        table.remove_row(2);
        table.remove_row(9);
        table.remove_column(9);
        assert_eq!(table.rows, words(&[&["", ""], &["", "b"]]));
    }
}
