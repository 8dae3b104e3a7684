//! Rows and columns of a table: added and taken out where the caret is, widths set by hand.

use iced::Task;

use super::cells::weights;
use super::shift::{Lines, Shift};
use crate::app::screen::editor::{Message as EditorMessage, State};
use crate::domain::{Field, Object, Place, Table, Within};

/// Narrowest column that can be set by hand, per mille of the table.
const NARROWEST: u16 = 40;

/// What to do with the rows and columns of a table, where the caret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Put a row behind that with the caret.
    AddRow,
    /// Put a column behind that with the caret.
    AddColumn,
    /// Take the row with the caret out.
    RemoveRow,
    /// Take the column with the caret out.
    RemoveColumn,
    /// The first row names the columns, or does not.
    ToggleHeader,
    /// The column with the caret becomes wider by so many per mille.
    Widen(i16),
    /// Columns are as wide as what they hold.
    FitWidths,
}

impl State {
    /// The cell of this table that has the caret, or had it last.
    pub(super) fn cell_in(&self, table: &Field) -> Option<(usize, usize)> {
        let (here, place) = (self.focus.as_ref()?.place()?, table.place()?);
        match here.within {
            Within::Cell(row, column) if (Place { within: Within::Object, ..here }) == place => {
                Some((row, column))
            }
            _ => None,
        }
    }

    /// The table at an address.
    pub(super) fn table_at(&self, field: &Field) -> Option<&Table> {
        match self.draft.body(field)?.object(field.place()?.block)? {
            Object::Table(table) => Some(table),
            Object::Figure(_) => None,
        }
    }

    pub(super) fn change_table(&mut self, field: &Field, change: Change) -> Task<EditorMessage> {
        let (Some(place), Some(table)) = (field.place(), self.table_at(field)) else {
            return Task::none();
        };
        let (rows, columns) = (table.rows.len(), table.columns());
        let last = (rows.saturating_sub(1), columns.saturating_sub(1));
        let (row, column) = self.cell_in(field).unwrap_or(last);
        let refused = match change {
            Change::AddRow if rows >= Table::MAX_ROWS => Some("行"),
            Change::AddColumn if columns >= Table::MAX_COLUMNS => Some("列"),
            _ => None,
        };
        if let Some(what) = refused {
            let most = if what == "行" { Table::MAX_ROWS } else { Table::MAX_COLUMNS };
            self.tell(format!("一张表最多 {most} {what}。"));
            return Task::none();
        }
        let whole = match change {
            Change::RemoveRow => rows <= 1,
            Change::RemoveColumn => columns <= 1,
            _ => false,
        };
        if whole {
            return self.remove_object(field);
        }
        let mut now = table.clone();
        let (shift, cell) = apply(&mut now, change, row, column);
        let noun = self.noun(field);
        let words = format!("{}（{noun}）", name(change));
        // A width is set from the tools, and the keyboard stays with them.
        let cell = Place { within: Within::Cell(cell.0, cell.1), ..place }.field();
        let to = shift.map(|_| cell);
        let shift = shift.map_or(Shift::None, |lines| Shift::Table(place.block, lines));
        self.reshape(&place.section_field(), words, shift, to, |body| {
            match body.object_mut(place.block) {
                Some(Object::Table(table)) => {
                    *table = now;
                    true
                }
                _ => false,
            }
        })
    }
}

/// Does it; what moved by that, and the cell where the caret belongs now.
fn apply(
    table: &mut Table,
    change: Change,
    row: usize,
    column: usize,
) -> (Option<Lines>, (usize, usize)) {
    match change {
        Change::AddRow => {
            table.insert_row(row + 1);
            (Some(Lines::RowAdded(row + 1)), (row + 1, 0))
        }
        Change::AddColumn => {
            table.insert_column(column + 1);
            (Some(Lines::ColumnAdded(column + 1)), (row, column + 1))
        }
        Change::RemoveRow => {
            table.remove_row(row);
            (Some(Lines::RowRemoved(row)), (row.min(table.rows.len().saturating_sub(1)), column))
        }
        Change::RemoveColumn => {
            table.remove_column(column);
            let last = table.columns().saturating_sub(1);
            (Some(Lines::ColumnRemoved(column)), (row, column.min(last)))
        }
        Change::ToggleHeader => {
            table.header = !table.header;
            (None, (row, column))
        }
        Change::Widen(by) => {
            widen(table, column, by);
            (None, (row, column))
        }
        Change::FitWidths => {
            table.widths.clear();
            (None, (row, column))
        }
    }
}

/// Makes a column wider at the cost of the others, which keep their proportions.
fn widen(table: &mut Table, column: usize, by: i16) {
    let columns = table.columns();
    if columns < 2 {
        return;
    }
    if table.widths.len() != columns {
        table.widths = weights(table);
    }
    let sum: u32 = table.widths.iter().map(|&width| u32::from(width)).sum();
    let share = |width: u16| u32::from(width) as f32 / sum.max(1) as f32 * 1000.0;
    let shares: Vec<f32> = table.widths.iter().map(|&width| share(width)).collect();
    let Some(&old) = shares.get(column) else { return };
    let least = f32::from(NARROWEST);
    let most = 1000.0 - least * (columns - 1) as f32;
    let new = (old + f32::from(by)).clamp(least.min(most), most.max(least));
    let rest = (1000.0 - new) / (1000.0 - old).max(1.0);
    let widths = shares.iter().enumerate();
    table.widths = widths
        .map(|(n, share)| if n == column { new } else { (share * rest).max(least) }.round() as u16)
        .collect();
}

const fn name(change: Change) -> &'static str {
    match change {
        Change::AddRow => "加一行",
        Change::AddColumn => "加一列",
        Change::RemoveRow => "删除一行",
        Change::RemoveColumn => "删除一列",
        Change::ToggleHeader => "改表头",
        Change::Widen(_) | Change::FitWidths => "改列宽",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_column_takes_from_the_others_and_nothing_is_lost() {
        let mut table = Table::empty(4, 1);
        widen(&mut table, 1, 50);
        assert_eq!(table.widths, [233, 300, 233, 233]);
        for _ in 0..40 {
            widen(&mut table, 1, 50);
        }
        assert_eq!(table.widths, [40, 880, 40, 40], "each column stays wide enough for a word");
        for _ in 0..40 {
            widen(&mut table, 1, -50);
        }
        assert_eq!(table.widths.get(1), Some(&40));
        let mut one = Table::empty(1, 1);
        widen(&mut one, 0, 50);
        assert!(one.widths.is_empty());
    }

    #[test]
    fn the_caret_stays_in_the_table() {
        let mut table = Table::empty(2, 2);
        assert_eq!(apply(&mut table, Change::RemoveRow, 1, 0).1, (0, 0));
        assert_eq!(apply(&mut table, Change::RemoveColumn, 0, 1).1, (0, 0));
        assert_eq!(apply(&mut table, Change::AddRow, 0, 0).1, (1, 0));
        assert_eq!(table.rows.len(), 2);
    }
}
