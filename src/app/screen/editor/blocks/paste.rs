//! What is pasted: rows of cells become those of a table, anything else is text.

use std::time::Instant;

use iced::Task;
use iced::widget::text_editor::{Action, Edit};

use super::shift::Shift;
use crate::app::screen::editor::{Message as EditorMessage, State, paste};
use crate::domain::{Field, Object, Table, Within};

/// What a paste turned out to be.
#[derive(Debug)]
pub(in crate::app::screen::editor) enum Pasted {
    /// Text for the box, by the usual way.
    Text,
    /// Cells, which are put in already.
    Cells(Task<EditorMessage>),
}

impl State {
    /// Looks at what is pasted into a box of the letter: several cells go into the cells of the table
    /// from that box on, and a whole table that is pasted into a text becomes one.
    pub(in crate::app::screen::editor) fn paste_cells(
        &mut self,
        field: &Field,
        action: &Action,
    ) -> Pasted {
        let Action::Edit(Edit::Paste(words)) = action else { return Pasted::Text };
        let Some(place) = field.place() else { return Pasted::Text };
        let cells = cells_of(words);
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        match place.within {
            Within::Cell(row, column) if cells.len() * columns > 1 => {
                let table = super::at(place, place.block);
                let Some(mut now) = self.table_at(&table).cloned() else { return Pasted::Text };
                let filled = filled_under(&now, (row, column), &cells);
                // Lines without a tab may be a column of cells, or paragraphs of one.
                if columns == 1 && (filled > 0 || cells.iter().flatten().any(|cell| is_prose(cell)))
                {
                    return Pasted::Text;
                }
                let left_out = now.paste(row, column, &cells);
                let words = format!("粘贴 {} 行 {columns} 列", cells.len());
                let section = place.section_field();
                let to = Some(field.clone());
                let task = self.reshape(&section, words, Shift::None, to, |body| {
                    match body.object_mut(place.block) {
                        Some(Object::Table(table)) => {
                            *table = now;
                            true
                        }
                        _ => false,
                    }
                });
                if filled > 0 {
                    self.warn_done(format!("粘贴的内容换掉了 {filled} 格里原有的内容。"));
                }
                if left_out > 0 {
                    let (rows, columns) = (Table::MAX_ROWS, Table::MAX_COLUMNS);
                    self.warn(format!(
                        "一张表最多 {rows} 行 {columns} 列，有 {left_out} 格没有粘贴进来，请分成几张表。"
                    ));
                }
                Pasted::Cells(task)
            }
            Within::Text if cells.len() > 1 && columns > 1 && self.may_write => {
                self.enter(field);
                let mut table = Table { header: true, ..Table::default() };
                let left_out = table.paste(0, 0, &cells);
                if left_out > 0 {
                    // Too large for a table: as text nothing is left out.
                    return Pasted::Text;
                }
                let (rows, columns) = (table.rows.len(), table.columns());
                let task = self.put_object(Object::Table(table), "粘贴表格");
                self.tell_done(format!(
                    "粘贴的内容是 {rows} 行 {columns} 列的表格，已放进一张表里。要当作文字粘贴，请撤销后按 Ctrl+Shift+V。"
                ));
                Pasted::Cells(task)
            }
            _ => Pasted::Text,
        }
    }

    /// Pastes into a box as text, whatever it looks like.
    pub(super) fn paste_plain(
        &mut self,
        field: &Field,
        words: Option<String>,
    ) -> Task<EditorMessage> {
        let Some(words) = words.filter(|_| self.may_write) else { return Task::none() };
        let action = Action::Edit(Edit::Paste(paste::clean(&words).into()));
        match self.texts.perform(field, action) {
            Some(words) => self.write(field, words, Instant::now()),
            None => Task::none(),
        }
    }
}

/// A paragraph rather than a word of a list.
fn is_prose(cell: &str) -> bool {
    cell.contains(['。', '；']) || cell.chars().count() > 40
}

/// How many cells that hold something else would be written over from a cell on.
fn filled_under(table: &Table, from: (usize, usize), cells: &[Vec<String>]) -> usize {
    let rows = cells.iter().enumerate();
    let places =
        rows.flat_map(|(n, row)| row.iter().enumerate().map(move |(m, cell)| (n, m, cell)));
    let is_lost = |(n, m, cell): &(usize, usize, &String)| {
        let now = table.cell(from.0 + n, from.1 + m);
        !now.trim().is_empty() && now != cell.as_str()
    };
    places.filter(is_lost).count()
}

/// The cells of a table as Excel, WPS and Word copy them: tabs between cells, line breaks between rows,
/// a cell with either of them in quotes.
fn cells_of(pasted: &str) -> Vec<Vec<String>> {
    let pasted = pasted.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    let mut rest = pasted.strip_suffix('\n').unwrap_or(&pasted);
    loop {
        let (cell, after) = cell_of(rest);
        if let Some(row) = rows.last_mut() {
            row.push(paste::clean(&cell).trim().to_owned());
        }
        match after.chars().next() {
            Some('\t') => {}
            Some(_) => rows.push(Vec::new()),
            None => return rows,
        }
        rest = after.get(1..).unwrap_or_default();
    }
}

/// The first cell of a text, and what follows it from its tab or line break on.
fn cell_of(text: &str) -> (String, &str) {
    if let Some((cell, rest)) = text.strip_prefix('"').and_then(quoted) {
        return (cell, rest);
    }
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    let (cell, rest) = text.split_at(end);
    (cell.to_owned(), rest)
}

/// A cell in quotes, behind its first one: what it says, with doubled quotes made single. `None` where it
/// is but text that begins with a quote.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        match after.strip_prefix('"') {
            Some(further) => {
                cell.push('"');
                rest = further;
            }
            None if after.is_empty() || after.starts_with(['\t', '\n']) => {
                let needed = cell.contains(['\t', '\n', '"']);
                return needed.then_some((cell, after));
            }
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cells_of;

    #[test]
    fn cells_come_as_excel_and_word_copy_them() {
        assert_eq!(
            cells_of("指标\t目标\r\n密度\t≤1.32\r\n"),
            [["指标", "目标"], ["密度", "≤1.32"]]
        );
        let quoted = "甲\t\"第一行\n第二行\"\n\"他说\"\"好\"\"\"\t乙\n";
        assert_eq!(cells_of(quoted), [["甲", "第一行\n第二行"], ["他说\"好\"", "乙"]]);
        assert_eq!(cells_of("\"引用\"开头的一句话"), [["\"引用\"开头的一句话"]]);
        assert_eq!(cells_of("一段话"), [["一段话"]]);
        assert_eq!(cells_of("甲\t\n\t乙"), [["甲", ""], ["", "乙"]]);
    }
}
