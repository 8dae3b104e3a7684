//! A table of a letter with its caption.

use std::ops::Range;

use crate::domain::{Guide, Place, Table, Within};
use crate::typeset::column_width::{Column, Setting, broken, by_share, unbroken};
use crate::typeset::page::Face;
use crate::typeset::paragraph::{Align, Measure, Paragraph, Style, measure, typed_lines};
use crate::typeset::table::{self, Cell, PADDING_X, PADDING_Y, Row, Section};

use super::manuscript::Writing;
use super::schedule_strip;

/// Size and line pitch of a table's text, pt: 五号; 小五 where many columns leave no room for that.
const SIZES: [(f32, f32); 2] = [(10.5, 15.5), (9.0, 13.5)];
/// Rules and rounding, which a text on one line must not feel, pt.
const EASE: f32 = 0.5;
/// Cells up to so many 字 stand in the middle of their column.
const SHORT: f32 = 10.0;
/// Share of a page that a header may take and be repeated on each.
const HEADER: f32 = 0.25;
/// Room between a schedule and the strip of its months, pt.
const STRIP_GAP: f32 = 6.0;
/// Columns that stand beside each other; more of them go on below.
const ABREAST: usize = Table::MAX_COLUMNS;

/// 表 or 图 with its number, and its words.
#[must_use]
pub(super) fn caption(label: &str, words: &str, place: Place) -> Paragraph {
    let words = typed_lines(words).collect::<Vec<_>>().join(" ");
    let text = if words.is_empty() { label.to_owned() } else { format!("{label}　{words}") };
    let style = caption_style().align(Align::Centre);
    Paragraph::new(text, style).of(Place { within: Within::Caption, ..place }.field())
}

/// What stands above the part of a table on a further page.
fn again(label: &str) -> Paragraph {
    Paragraph::new(format!("{label}（续）"), caption_style().align(Align::Centre))
}

const fn caption_style() -> Style {
    Style::new(Face::Hei, 12.0, 20.0)
}

/// Adds a table; `label` is 表 with its number. Under a schedule stands the strip of its months.
pub(super) fn add(paper: &mut Writing, table: &Table, label: &str, place: Place) {
    paper.caption(caption(label, &table.caption, place));
    let strip = (table.guide == Some(Guide::Schedule))
        .then(|| schedule_strip::strip(table, place, paper.frame.width))
        .flatten();
    let columns = table.columns().max(1);
    for first in (0..columns).step_by(ABREAST) {
        let last = columns.min(first + ABREAST);
        let drawn = Drawn::new(table, first..last, place, paper.frame.width);
        let mut drawn = drawn.table(paper.frame.height);
        drawn.again = Some(again(label));
        if let Some(strip) = strip.as_ref().filter(|_| last == columns) {
            drawn.below = STRIP_GAP + strip.height();
        }
        paper.table(drawn);
    }
    if let Some(strip) = strip {
        paper.skip(STRIP_GAP);
        paper.table(strip);
    }
}

/// A table's columns as they stand beside each other.
struct Drawn<'a> {
    source: &'a Table,
    columns: Range<usize>,
    place: Place,
    body: Style,
    widths: Vec<f32>,
    /// For each column: whether its cells stand in the middle.
    centred: Vec<bool>,
}

impl<'a> Drawn<'a> {
    fn new(source: &'a Table, columns: Range<usize>, place: Place, width: f32) -> Self {
        let usual = Style::new(Face::Song, SIZES[0].0, SIZES[0].1);
        let measured: Vec<Column> =
            columns.clone().map(|column| measured(source, column, &usual)).collect();
        let (body, widths) = widths(source, &columns, &measured, width);
        let scale = body.size / usual.size;
        let centred = measured.iter().zip(&widths).map(|(column, &width)| {
            let room = width - 2.0 * table::padding(width);
            let cells = column.cells.iter().skip(usize::from(source.header));
            let widest = cells.flatten().map(|cell| cell.natural * scale).fold(0.0, f32::max);
            widest <= room && widest <= SHORT * body.size
        });
        let centred = centred.collect();
        Self { source, columns, place, body, widths, centred }
    }

    fn table(self, page: f32) -> table::Table {
        let rows = self.source.rows.len().max(1);
        let mut rows: Vec<Row> = (0..rows).map(|row| self.row(row)).collect();
        let mut heading = None;
        if self.source.header {
            let first = rows.remove(0);
            // A header of half a page would leave no room for what stands under it.
            if self.height(&first) <= page * HEADER {
                heading = Some(first);
            } else {
                rows.insert(0, first);
            }
        }
        let section = Section {
            heading,
            groups: rows.into_iter().map(Into::into).collect(),
            outline: None,
            marks_continuation: false,
        };
        table::Table::new(self.widths, vec![section])
    }

    fn row(&self, row: usize) -> Row {
        let cells = self.columns.clone().zip(&self.centred);
        let cells = cells.map(|(column, &centred)| {
            let header = self.source.header && row == 0;
            let align = if header || centred { Align::Centre } else { Align::Left };
            let style = style(&self.body, header).align(align);
            let text = self.source.cell(row, column);
            let width = self.widths.get(column - self.columns.start).copied().unwrap_or(0.0);
            let lines = match with_unit(text).filter(|_| header) {
                Some(parts) => unit_below(parts, &style, width),
                None => paragraphs(text, &style),
            };
            let mut fields =
                vec![Place { within: Within::Cell(row, column), ..self.place }.field()];
            if row == 0 && column == self.columns.start {
                fields.push(Place { within: Within::Object, ..self.place }.field());
            }
            Cell::new(1, lines).of(fields)
        });
        Row::new(self.body.pitch + 2.0 * PADDING_Y, cells.collect())
    }

    fn height(&self, row: &Row) -> f32 {
        let cells = row.cells.iter().zip(&self.widths);
        cells
            .map(|(cell, &width)| table::height(cell.set(width).iter().flatten()))
            .fold(0.0, f32::max)
    }
}

/// The name of a column and the unit it ends in: 经费 and （万元）.
fn with_unit(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let at = text.rfind(['（', '('])?;
    let ends = text.ends_with(['）', ')']) && typed_lines(text).count() == 1;
    (ends && at > 0).then(|| text.split_at(at))
}

/// A name with its unit on one line, or else the unit whole on a line below.
fn unit_below((name, unit): (&str, &str), style: &Style, width: f32) -> Vec<Paragraph> {
    let room = width - 2.0 * table::padding(width);
    let paragraph = |text: &str| Paragraph::new(text, style.clone());
    let whole = paragraph(&format!("{name}{unit}"));
    let fits = |paragraph: &Paragraph| measure(paragraph).natural <= room;
    if fits(&whole) || !fits(&paragraph(unit)) {
        return vec![whole];
    }
    vec![paragraph(name.trim_end()), paragraph(unit)]
}

/// The text style of a table of these columns and their widths, pt.
fn widths(
    source: &Table,
    columns: &Range<usize>,
    measured: &[Column],
    width: f32,
) -> (Style, Vec<f32>) {
    let setting = |size| Setting { size, padding: 2.0 * PADDING_X + EASE };
    let style = |(size, pitch)| Style::new(Face::Song, size, pitch);
    let [usual, small] = SIZES;
    if source.widths.len() == source.columns() && !source.widths.is_empty() {
        let shares = source.widths.get(columns.clone()).unwrap_or_default();
        let shares: Vec<f32> = shares.iter().map(|&share| f32::from(share)).collect();
        return (style(usual), by_share(&shares, setting(usual.0), width));
    }
    for size in SIZES {
        let scale = size.0 / usual.0;
        let columns: Vec<Column> = measured.iter().map(|column| scaled(column, scale)).collect();
        if let Some(widths) = unbroken(&columns, setting(size.0), width) {
            return (style(size), widths);
        }
    }
    (style(small), broken(measured, setting(small.0), width))
}

/// The same in another size.
fn scaled(column: &Column, scale: f32) -> Column {
    let measure = |m: &Measure| Measure { least: m.least * scale, natural: m.natural * scale };
    let cells = column.cells.iter().map(|cell| cell.iter().map(measure).collect());
    Column { cells: cells.collect() }
}

/// Widths of a column's cells in the usual size; an empty one has none.
fn measured(source: &Table, column: usize, body: &Style) -> Column {
    let cells = (0..source.rows.len()).map(|row| {
        let style = style(body, source.header && row == 0);
        let lines = typed_lines(source.cell(row, column));
        lines.map(|line| measure(&Paragraph::new(line, style.clone()))).collect()
    });
    Column { cells: cells.collect() }
}

fn style(body: &Style, header: bool) -> Style {
    body.clone().face(if header { Face::Hei } else { Face::Song })
}

/// A cell's paragraphs; at least one, so that an empty cell has a line.
fn paragraphs(text: &str, style: &Style) -> Vec<Paragraph> {
    let mut lines: Vec<_> =
        typed_lines(text).map(|line| Paragraph::new(line, style.clone())).collect();
    if lines.is_empty() {
        lines.push(Paragraph::new("", style.clone()));
    }
    lines
}
