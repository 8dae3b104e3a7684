//! A table on the screen: its cells, and what is done with its rows and columns.

use iced::widget::{Row, column, container, row, text};
use iced::{Alignment, Fill, Length};

use super::Message;
use super::table::Change;
use crate::app::icon::Icon;
use crate::app::screen::editor::form::tool_id;
use crate::app::screen::editor::{Message as EditorMessage, State};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::domain::{Field, Place, Table, Within};

/// Most rows that are shown at once.
const SHOWN: usize = 30;
/// How much a press changes the width of a column, per mille.
const WIDEN: i16 = 40;
/// Least height of the text of a cell, logical pixels.
const LOWEST: f32 = 22.0;

impl State {
    /// The tools and the cells of a table.
    pub(super) fn table<'a>(
        &'a self,
        field: &Field,
        table: &'a Table,
    ) -> Element<'a, EditorMessage> {
        let Some(place) = field.place() else { return iced::widget::space().into() };
        let (from, to) = self.rows_shown(field, table);
        let mut shown: Vec<usize> = (from..to).collect();
        if table.header && from > 0 {
            shown.insert(0, 0);
        }
        let weights = weights(table);
        let rows = shown.into_iter().map(|n| self.row(place, table, n, &weights));
        let rows = column(rows).spacing(gap::XS);
        column![self.table_tools(field, table), rows]
            .push(pages(field, table, from, to))
            .spacing(gap::S)
            .into()
    }

    /// The rows of a large table that are shown.
    fn rows_shown(&self, field: &Field, table: &Table) -> (usize, usize) {
        let count = table.rows.len();
        let from = if self.rows_from.0 == *field { self.rows_from.1 } else { 0 };
        let from = if from < count { from } else { 0 };
        (from, (from + SHOWN).min(count))
    }

    /// Whether a cell is among those shown; what is no cell is.
    pub(in crate::app::screen::editor) fn is_cell_shown(&self, field: &Field) -> bool {
        let Some((place, row)) = cell_row(field) else { return true };
        let object = super::at(place, place.block);
        let Some(table) = self.table_at(&object) else { return true };
        let (from, to) = self.rows_shown(&object, table);
        (from..to).contains(&row) || (table.header && row == 0)
    }

    /// Shows the rows with a cell.
    pub(in crate::app::screen::editor) fn show_cell(&mut self, field: &Field) {
        if let Some((place, row)) = cell_row(field).filter(|_| !self.is_cell_shown(field)) {
            self.rows_from = (super::at(place, place.block), row / SHOWN * SHOWN);
            self.load_texts();
        }
    }

    fn row<'a>(
        &'a self,
        place: Place,
        table: &'a Table,
        n: usize,
        weights: &[u16],
    ) -> Element<'a, EditorMessage> {
        let cells = weights.iter().enumerate().map(|(column, weight)| {
            let field = Place { within: Within::Cell(n, column), ..place }.field();
            container(self.cell(&field)).width(Length::FillPortion(*weight)).into()
        });
        let row = Row::with_children(cells).spacing(gap::XS);
        match table.header && n == 0 {
            // The rule under the head, as on paper.
            true => {
                let line = iced::widget::rule::horizontal(1).style(theme::hairline);
                column![row, line].spacing(gap::XS).into()
            }
            false => row.into(),
        }
    }

    fn cell<'a>(&'a self, field: &Field) -> Element<'a, EditorMessage> {
        let Some(spec) = field.spec() else { return iced::widget::space().into() };
        match self.editor_of(field, spec) {
            Some(editor) => self.growing(field, editor.min_height(LOWEST)),
            // A cell past the end of a short row of a file that was written elsewhere.
            None => iced::widget::space().into(),
        }
    }

    fn table_tools<'a>(&self, field: &Field, table: &Table) -> Element<'a, EditorMessage> {
        let send = |change| {
            self.unless_read_only(EditorMessage::Blocks(Message::Table(field.clone(), change)))
        };
        let tool =
            |name: &str, change| control::quiet_named(tool_id(name, field), name, send(change));
        let has_caret = self.cell_in(field).is_some();
        let with_caret = |name: &str, change| {
            control::quiet_named(tool_id(name, field), name, send(change).filter(|_| has_caret))
        };
        let kind = control::Kind::AnyOfSeveral;
        let head = control::option(
            tool_id("首行是表头", field),
            "首行是表头",
            table.header,
            kind,
            send(Change::ToggleHeader),
        );
        let tools = row![
            head,
            tool("加一行", Change::AddRow),
            tool("加一列", Change::AddColumn),
            with_caret("删一行", Change::RemoveRow),
            with_caret("删一列", Change::RemoveColumn),
            with_caret("列窄一点", Change::Widen(-WIDEN)),
            with_caret("列宽一点", Change::Widen(WIDEN)),
            control::quiet_named(
                tool_id("列宽随内容", field),
                "列宽随内容",
                send(Change::FitWidths).filter(|_| !table.widths.is_empty()),
            ),
        ];
        tools.spacing(2).align_y(Alignment::Center).wrap().into()
    }
}

/// The place of a cell, and its row.
fn cell_row(field: &Field) -> Option<(Place, usize)> {
    let place = field.place()?;
    match place.within {
        Within::Cell(row, _) => Some((place, row)),
        _ => None,
    }
}

/// The way to the other rows of a large table.
fn pages<'a>(
    field: &Field,
    table: &Table,
    from: usize,
    to: usize,
) -> Option<Element<'a, EditorMessage>> {
    let count = table.rows.len();
    if count <= SHOWN {
        return None;
    }
    let show = |from| EditorMessage::Blocks(Message::RowsShown(field.clone(), from));
    let before = from.checked_sub(SHOWN).map(show);
    let after = (to < count).then(|| show(to));
    let words = text(format!("第 {}—{to} 行，共 {count} 行", from + 1));
    let line = row![
        control::symbol_named(tool_id("前面的行", field), Icon::Previous, "前面的行", before),
        words.size(size::SMALL).style(theme::muted),
        control::symbol_named(tool_id("后面的行", field), Icon::Next, "后面的行", after),
    ];
    Some(container(line.spacing(gap::S).align_y(Alignment::Center)).center_x(Fill).into())
}

/// Shares of the columns: those set by hand, or by what they hold.
pub(super) fn weights(table: &Table) -> Vec<u16> {
    let columns = table.columns();
    if table.widths.len() == columns {
        let sum: u32 = table.widths.iter().map(|&width| u32::from(width)).sum();
        let share = |&width: &u16| u32::from(width) * 1000 / sum.max(1);
        return table.widths.iter().map(|width| share(width).clamp(1, 1000) as u16).collect();
    }
    let longest = |column: usize| {
        let cells = (0..table.rows.len()).map(|row| table.cell(row, column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    // Between a short word and what makes a line of its own.
    (0..columns).map(|column| longest(column).clamp(10, 24) as u16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_was_set_or_as_what_they_hold() {
        let mut table = Table::empty(2, 1);
        table.paste(0, 1, &[vec!["字".repeat(12)]]);
        assert_eq!(weights(&table), [10, 12]);
        table.widths = vec![700, 300];
        assert_eq!(weights(&table), [700, 300]);
        table.widths = vec![700];
        assert_eq!(weights(&table), [10, 12], "widths of other columns say nothing");
    }
}
