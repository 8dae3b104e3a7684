//! What the rows and cells of a table being placed are, whatever pages they run over.

use super::structure::{Element, ElementId, Role, Scope, Structure};
use super::table::{Cell, Group, Section};

/// The elements of a table being placed.
#[derive(Debug, Default)]
pub(super) struct TableStructure<'a> {
    table: Option<ElementId>,
    /// What the cells of the next row are.
    heading: Heading,
    /// The row of a group's label, which its first row takes.
    opened: Option<ElementId>,
    /// The row last placed, known by its first cell.
    row: Option<PlacedRow<'a>>,
    label: Option<ElementId>,
}

/// What a row of a table stands for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// What is filled in, and its names.
    #[default]
    None,
    /// The title of a section.
    Section,
    /// The names of columns.
    Columns,
}

#[derive(Debug)]
struct PlacedRow<'a> {
    first: &'a Cell,
    cells: Vec<ElementId>,
}

impl<'a> TableStructure<'a> {
    /// The next row is the heading of a section.
    pub(super) fn heading_of(&mut self, section: &Section) {
        self.heading = match section.outline {
            Some(_) => Heading::Section,
            None => Heading::Columns,
        };
    }

    /// The label of a group stands before the cells of its first row.
    pub(super) fn open_group(&mut self, structure: &mut Structure, group: &Group) {
        let table = self.table(structure);
        let row = structure.add(table, Role::Row);
        let role =
            Role::Cell { names: Some(Scope::Row), columns: 1, rows: group.rows.len().max(1) };
        self.label = Some(structure.add(row, role));
        self.opened = Some(row);
    }

    /// The element of the label's lines; `None` where they stand again.
    pub(super) fn label(&mut self) -> Option<ElementId> {
        self.label.take()
    }

    /// What the lines of each cell of a row, or of a further part of the row before it, belong to.
    ///
    /// `cells` has for each line of a cell whether it opens a paragraph; none for lines that stand again.
    pub(super) fn row(
        &mut self,
        structure: &mut Structure,
        cells: &[(&'a Cell, Vec<bool>)],
    ) -> Vec<Vec<Option<ElementId>>> {
        let heading = std::mem::take(&mut self.heading);
        let Some((first, _)) = cells.first() else { return Vec::new() };
        let goes_on = self.row.as_ref().is_some_and(|row| std::ptr::eq(row.first, *first));
        let placed = match self.row.take() {
            Some(row) if goes_on => row,
            _ => self.begin(structure, heading, first, cells.iter().map(|(cell, _)| *cell)),
        };
        let lines = cells
            .iter()
            .zip(&placed.cells)
            .map(|((cell, lines), element)| of_lines(structure, *element, cell, lines));
        let lines = lines.collect();
        self.row = Some(placed);
        lines
    }

    fn begin(
        &mut self,
        structure: &mut Structure,
        heading: Heading,
        first: &'a Cell,
        cells: impl Iterator<Item = &'a Cell>,
    ) -> PlacedRow<'a> {
        let table = self.table(structure);
        let row = self.opened.take().unwrap_or_else(|| structure.add(table, Role::Row));
        let cells = cells.map(|cell| {
            let names = match heading {
                Heading::Section | Heading::Columns => Some(Scope::Column),
                _ => cell.names_row.then_some(Scope::Row),
            };
            let element = structure.add(row, Role::Cell { names, columns: cell.span, rows: 1 });
            if heading == Heading::Section {
                let role = structure.heading(0);
                return structure.add(element, role);
            }
            element
        });
        PlacedRow { first, cells: cells.collect() }
    }

    fn table(&mut self, structure: &mut Structure) -> ElementId {
        *self.table.get_or_insert_with(|| structure.add_table())
    }
}

/// The element of each line of a cell: the cell itself, or its paragraphs where it has several.
fn of_lines(
    structure: &mut Structure,
    cell: ElementId,
    content: &Cell,
    opens: &[bool],
) -> Vec<Option<ElementId>> {
    // A name is broken where its column is narrow.
    let filled_in =
        matches!(structure.get(cell), Some(Element { role: Role::Cell { names: None, .. }, .. }));
    if !filled_in || content.content.len() < 2 {
        return vec![Some(cell); opens.len()];
    }
    let mut paragraph = structure.last(cell);
    let elements = opens.iter().map(|&opens| {
        if opens || paragraph.is_none() {
            paragraph = Some(structure.add(cell, Role::Paragraph));
        }
        paragraph
    });
    elements.collect()
}
