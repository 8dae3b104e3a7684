//! A ruled table of a paper as a table of a document.

use super::element::Element;
use super::look::twips;
use super::paragraph::{Setting, paragraph, spacer};
use super::style::Sheet;
use crate::typeset::page::Grey;
use crate::typeset::paragraph::Paragraph;
use crate::typeset::table::{
    Cell, FRAME, Group, PADDING_X, PADDING_Y, RULE, Row, Section, Table, VerticalAlign,
};

/// Heights from which a row may be parted by a page's end, pt: less is kept together.
const PARTED_FROM: f32 = 100.0;

/// The title of a section that stands in a row of its own, which is a heading.
pub(super) fn title(section: &Section) -> Option<&Paragraph> {
    section.outline.as_ref()?;
    section.heading.as_ref()?.cells.first()?.content.first()
}

/// `w:tbl` of a table.
pub(super) fn table(table: &Table, sheet: &Sheet) -> Element {
    let writer = Writer { table, sheet };
    // Word repeats the first rows of a table alone: with several headings the first would stand over
    // all of them.
    let repeats = table.sections.len() == 1;
    let rows = table.sections.iter().flat_map(|section| writer.section(section, repeats));
    Element::new("w:tbl")
        .child(properties(table.width(), borders(), (PADDING_X, PADDING_Y)))
        .child(grid(&table.columns))
        .children(rows)
}

/// Texts side by side without rules, each in a column of a width, pt.
pub(super) fn side_by_side(columns: &[(f32, &Paragraph)]) -> Element {
    let widths: Vec<f32> = columns.iter().map(|(width, _)| *width).collect();
    let cells = columns.iter().map(|(width, text)| {
        let properties = Element::new("w:tcPr").child(cell_width(*width));
        let text = paragraph(text, Setting::default());
        Element::new("w:tc").child(properties).child(text)
    });
    Element::new("w:tbl")
        .child(properties(widths.iter().sum(), Vec::new(), (0.0, 0.0)))
        .child(grid(&widths))
        .child(Element::new("w:tr").children(cells))
}

fn properties(width: f32, borders: Vec<Element>, padding: (f32, f32)) -> Element {
    let (x, y) = padding;
    let sides = [("w:top", y), ("w:left", x), ("w:bottom", y), ("w:right", x)];
    let margins =
        sides.map(|(name, room)| Element::new(name).with("w:w", twips(room)).with("w:type", "dxa"));
    let mut properties = Element::new("w:tblPr")
        .child(Element::new("w:tblW").with("w:w", twips(width)).with("w:type", "dxa"))
        .child(Element::new("w:tblInd").with("w:w", 0).with("w:type", "dxa"));
    if !borders.is_empty() {
        properties = properties.child(Element::new("w:tblBorders").children(borders));
    }
    properties
        .child(Element::new("w:tblLayout").with("w:type", "fixed"))
        .child(Element::new("w:tblCellMar").children(margins))
}

fn borders() -> Vec<Element> {
    // In eighths of a point.
    let sides = [
        ("w:top", FRAME),
        ("w:left", FRAME),
        ("w:bottom", FRAME),
        ("w:right", FRAME),
        ("w:insideH", RULE),
        ("w:insideV", RULE),
    ];
    let side = |(name, thickness): (&'static str, f32)| {
        Element::val(name, "single")
            .with("w:sz", thickness * 8.0)
            .with("w:space", 0)
            .with("w:color", "auto")
    };
    sides.into_iter().map(side).collect()
}

fn grid(columns: &[f32]) -> Element {
    let columns = columns.iter().map(|width| Element::new("w:gridCol").with("w:w", twips(*width)));
    Element::new("w:tblGrid").children(columns)
}

fn cell_width(width: f32) -> Element {
    Element::new("w:tcW").with("w:w", twips(width)).with("w:type", "dxa")
}

struct Writer<'a> {
    table: &'a Table,
    sheet: &'a Sheet,
}

impl Writer<'_> {
    fn section(&self, section: &Section, repeats: bool) -> Vec<Element> {
        let heading = section.heading.as_ref().map(|row| {
            let marks = repeats.then(|| Element::new("w:tblHeader"));
            let is_title = title(section).is_some();
            let cells = self.cells(&row.cells, 0, true, is_title);
            self.row(row, marks, cells)
        });
        let rows = section.groups.iter().flat_map(|group| self.group(group));
        heading.into_iter().chain(rows).collect()
    }

    fn group(&self, group: &Group) -> Vec<Element> {
        let rows = group.rows.iter().enumerate().map(|(n, row)| {
            let label = group.label.as_ref().map(|label| self.label(label, n == 0));
            let first = group.label.as_ref().map_or(0, |label| label.span);
            let cells = self.cells(&row.cells, first, row.keep_with_next, false);
            self.row(row, None, label.into_iter().chain(cells).collect())
        });
        rows.collect()
    }

    fn row(&self, row: &Row, mark: Option<Element>, cells: Vec<Element>) -> Element {
        let mut properties = Element::new("w:trPr");
        if row.least < PARTED_FROM {
            properties = properties.child(Element::new("w:cantSplit"));
        }
        let height = Element::val("w:trHeight", twips(row.least)).with("w:hRule", "atLeast");
        let properties = properties.child(height).children(mark);
        Element::new("w:tr").child(properties).children(cells)
    }

    fn cells(&self, cells: &[Cell], first: usize, keep: bool, is_title: bool) -> Vec<Element> {
        let mut column = first;
        let cells = cells.iter().map(|cell| {
            let (_, width) = self.table.extent(column, cell.span);
            column += cell.span;
            let content = cell.fitted(width);
            let content = content.iter().map(|text| self.text(text, keep, is_title));
            tall_cell(cell, width, None).children(content)
        });
        cells.collect()
    }

    /// A label over several rows: its text is in the first of them.
    fn label(&self, label: &Cell, is_first: bool) -> Element {
        let (_, width) = self.table.extent(0, label.span);
        let merge = if is_first { "restart" } else { "continue" };
        let cell = tall_cell(label, width, Some(merge));
        if is_first {
            cell.children(label.content.iter().map(|text| self.text(text, false, false)))
        } else {
            cell.child(spacer(1.0))
        }
    }

    fn text(&self, text: &Paragraph, keep_next: bool, is_title: bool) -> Element {
        let heading = self.sheet.heading(0).filter(|_| is_title);
        let named = Some(heading.unwrap_or(self.sheet.table()));
        paragraph(text, Setting { named, keep_next, ..Setting::default() })
    }
}

fn shade(ground: Grey) -> Element {
    let grey = (ground.0.clamp(0.0, 1.0) * 255.0).round() as u8;
    Element::val("w:shd", "clear")
        .with("w:color", "auto")
        .with("w:fill", format!("{grey:02X}{grey:02X}{grey:02X}"))
}

fn tall_cell(cell: &Cell, width: f32, merge: Option<&str>) -> Element {
    let mut properties = Element::new("w:tcPr").child(cell_width(width));
    if cell.span > 1 {
        properties = properties.child(Element::val("w:gridSpan", cell.span));
    }
    if let Some(merge) = merge {
        properties = properties.child(Element::val("w:vMerge", merge));
    }
    if let Some(ground) = cell.ground {
        properties = properties.child(shade(ground));
    }
    if cell.vertical == VerticalAlign::Middle {
        properties = properties.child(Element::val("w:vAlign", "center"));
    }
    Element::new("w:tc").child(properties)
}
