//! The strip under a schedule: a row for each stage, its months shaded.

use crate::domain::{Field, Place, Table, Within};
use crate::rules::period::{Period, parse, year_and_month};
use crate::typeset::page::{Face, Grey};
use crate::typeset::paragraph::{Align, Measure, Paragraph, Style, measure, typed_lines};
use crate::typeset::table::{self, Cell, Group, PADDING_X, Row, Section};

/// Most columns of months, quarters or half-years.
const MOST: u32 = 24;
/// Size of its text: 小五, pt; of the narrow columns' numbers: 六号.
const SIZE: f32 = 9.0;
const SMALL: f32 = 7.5;
/// Line pitch, pt.
const PITCH: f32 = 12.0;
/// Height of a row, pt.
const LEAST: f32 = 20.0;
/// Share of the width that the names of the stages may take.
const NAMES: f32 = 0.3;
/// Rows that are kept on one page.
const TOGETHER: usize = 16;
/// Ground of the months of a stage.
const BUSY: Grey = Grey(0.75);

/// Draws the strip of a schedule; `None` where fewer than two rows say when in a way that can be drawn
/// on one scale.
#[must_use]
pub(super) fn strip(source: &Table, place: Place, width: f32) -> Option<table::Table> {
    let stages = Stages::read(source, place)?;
    let names = stages.names_width(width);
    let scale = stages.scale()?;
    let column = (width - names) / scale.count as f32;
    let mut columns = vec![names];
    columns.resize(1 + scale.count as usize, column);
    let mut rows = vec![scale.numbers(column)];
    rows.extend(stages.rows.iter().map(|stage| stage.row(&scale)));
    let last = rows.len() - 1;
    if rows.len() <= TOGETHER {
        rows.iter_mut().take(last).for_each(|row| row.keep_with_next = true);
    }
    let section = Section {
        heading: Some(scale.spans(column)),
        groups: vec![Group { label: None, rows, outline: None }],
        outline: None,
        marks_continuation: false,
    };
    Some(table::Table::new(columns, vec![section]))
}

/// A row of the schedule.
struct Stage {
    name: String,
    /// Its first and last month, where they could be read.
    months: Option<(u32, u32)>,
    name_field: Field,
    time_field: Field,
}

/// The rows of a schedule.
struct Stages {
    rows: Vec<Stage>,
    /// Months are those of the calendar.
    calendar: bool,
}

impl Stages {
    fn read(source: &Table, place: Place) -> Option<Self> {
        let named = |word: &str| {
            let mut names = 0..source.columns();
            names.find(|&column| source.header && source.cell(0, column).contains(word))
        };
        let (name, time) = (named("阶段").unwrap_or(0), named("起止时间").unwrap_or(1));
        let field = |row, column| Place { within: Within::Cell(row, column), ..place }.field();
        let mut kinds = Vec::new();
        let rows = (usize::from(source.header)..source.rows.len()).map(|row| {
            let months = parse(source.cell(row, time)).map(|period| {
                kinds.push(matches!(period, Period::Calendar { .. }));
                match period {
                    Period::Calendar { from, to } | Period::Project { from, to } => (from, to),
                }
            });
            Stage {
                name: typed_lines(source.cell(row, name)).collect::<Vec<_>>().join(" "),
                months,
                name_field: field(row, name),
                time_field: field(row, time),
            }
        });
        let rows = rows.collect();
        let (first, rest) = kinds.split_first()?;
        let alike = !rest.is_empty() && rest.iter().all(|kind| kind == first);
        alike.then_some(Self { rows, calendar: *first })
    }

    /// Width of the first column, pt: the longest name, within its share.
    fn names_width(&self, width: f32) -> f32 {
        let natural = |stage: &Stage| {
            let Measure { natural, .. } = measure(&Paragraph::new(&stage.name, words(SIZE)));
            natural
        };
        let widest = self.rows.iter().map(natural).fold(4.0 * SIZE, f32::max);
        (widest + 2.0 * PADDING_X + 1.0).min(width * NAMES)
    }

    fn scale(&self) -> Option<Scale> {
        let months = || self.rows.iter().filter_map(|stage| stage.months);
        let (first, last) = (months().map(|m| m.0).min()?, months().map(|m| m.1).max()?);
        [1, 3, 6].into_iter().find_map(|step| {
            // Quarters and half-years begin where those of the calendar, or of the project, do.
            let base = if self.calendar { 0 } else { 1 };
            let from = (first - base) / step * step + base;
            let count = (last - from) / step + 1;
            (count <= MOST).then_some(Scale { from, step, count, calendar: self.calendar })
        })
    }
}

/// The columns beside the names.
#[derive(Clone, Copy)]
struct Scale {
    /// First month.
    from: u32,
    /// Months in a column.
    step: u32,
    /// Columns.
    count: u32,
    calendar: bool,
}

impl Scale {
    /// First month of each column.
    fn months(self) -> impl Iterator<Item = u32> {
        (0..self.count).map(move |n| self.from + n * self.step)
    }

    /// The heading row: the years, or what is counted from the beginning of the project.
    fn spans(self, column: f32) -> Row {
        let mut cells = vec![cell(1, "阶段", SIZE)];
        if self.calendar {
            let mut years: Vec<(u32, usize)> = Vec::new();
            for month in self.months() {
                let (year, _) = year_and_month(month);
                match years.last_mut() {
                    Some((last, count)) if *last == year => *count += 1,
                    _ => years.push((year, 1)),
                }
            }
            cells.extend(years.into_iter().map(|(year, count)| {
                let room = column * count as f32 - 2.0 * table::padding(column * count as f32);
                let forms = [(format!("{year}年"), SIZE), (year.to_string(), SMALL)];
                let fits = |form: &&(String, f32)| {
                    measure(&Paragraph::new(&form.0, words(form.1))).natural <= room
                };
                // A single narrow month of a year is known by the year beside it.
                let (text, size) = forms.iter().find(fits).cloned().unwrap_or_default();
                cell(count, &text, size.max(SMALL))
            }));
        } else {
            let words = match self.step {
                1 => "项目起始后第几个月",
                3 => "项目起始后第几个季度",
                _ => "项目起始后第几个半年",
            };
            cells.push(cell(self.count as usize, words, SIZE));
        }
        Row::new(LEAST, cells)
    }

    /// The row of numbers under it.
    fn numbers(self, column: f32) -> Row {
        let unit = match self.step {
            1 => "月",
            3 => "季度",
            _ => "半年",
        };
        let size = if column < 20.0 { SMALL } else { SIZE };
        let mut cells = vec![cell(1, unit, SIZE)];
        cells.extend(self.months().map(|month| {
            let number = match (self.calendar, self.step) {
                (true, step) => (year_and_month(month).1 - 1) / step + 1,
                (false, step) => (month - 1) / step + 1,
            };
            cell(1, &number.to_string(), size)
        }));
        Row::new(LEAST, cells)
    }
}

impl Stage {
    fn row(&self, scale: &Scale) -> Row {
        let mut cells = vec![cell(1, &self.name, SIZE).of([self.name_field.clone()])];
        cells.extend(scale.months().map(|month| {
            let busy =
                self.months.is_some_and(|(from, to)| from < month + scale.step && to >= month);
            let cell = cell(1, "", SMALL).of([self.time_field.clone()]);
            if busy { cell.on(BUSY) } else { cell }
        }));
        Row::new(LEAST, cells)
    }
}

fn words(size: f32) -> Style {
    Style::new(Face::Song, size, PITCH)
}

fn cell(span: usize, text: &str, size: f32) -> Cell {
    Cell::new(span, vec![Paragraph::new(text, words(size).align(Align::Centre))])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::domain::Guide;
    use crate::typeset::paragraph::Inline;

    const WIDTH: f32 = 442.0;

    fn schedule(times: &[&str]) -> Table {
        let mut table = Table::guided(Guide::Schedule);
        table.rows.truncate(1);
        for (n, time) in times.iter().enumerate() {
            table.rows.push(vec![format!("阶段{n}"), (*time).to_owned()]);
        }
        table
    }

    fn place() -> Place {
        Place { letter: 0, section: "plan/schedule", block: 1, within: Within::Object }
    }

    fn text(cell: &Cell) -> &str {
        match &cell.content[0].inlines[0] {
            Inline::Text { text, .. } => text,
            other => panic!("{other:?}"),
        }
    }

    /// The rows as text: `x` a busy column, `.` a free one.
    fn drawn(times: &[&str]) -> Vec<String> {
        let strip = strip(&schedule(times), place(), WIDTH).unwrap();
        assert!((strip.width() - WIDTH).abs() < 0.01);
        let rows = strip.sections[0].groups[0].rows.iter().skip(1);
        let shade = |cell: &Cell| if cell.ground.is_some() { 'x' } else { '.' };
        rows.map(|row| row.cells[1..].iter().map(shade).collect()).collect()
    }

    fn heads(times: &[&str]) -> (Vec<String>, Vec<String>) {
        let strip = strip(&schedule(times), place(), WIDTH).unwrap();
        let section = &strip.sections[0];
        let words = |row: &Row| row.cells.iter().map(|cell| text(cell).to_owned()).collect();
        (words(section.heading.as_ref().unwrap()), words(&section.groups[0].rows[0]))
    }

    #[test]
    fn the_months_of_each_stage_are_shaded() {
        assert_eq!(drawn(&["第1—2个月", "第2—4个月"]), ["xx..", ".xxx"]);
        assert_eq!(drawn(&["2025年11月—12月", "2026年1—2月"]), ["xx..", "..xx"]);
        let (years, months) = heads(&["2025年11月—12月", "2026年1—2月"]);
        assert_eq!(years, ["阶段", "2025年", "2026年"]);
        assert_eq!(months, ["月", "11", "12", "1", "2"]);
    }

    #[test]
    fn long_projects_are_drawn_in_quarters_or_half_years() {
        assert_eq!(drawn(&["2025年2月", "2027年6月—12月"]), ["x...........", ".........xxx"]);
        let (_, quarters) = heads(&["2025年2月", "2027年6月—12月"]);
        assert_eq!(quarters[..3], ["季度", "1", "2"]);
        let (_, halves) = heads(&["2025年", "2031年下半年"]);
        assert_eq!(halves[..4], ["半年", "1", "2", "1"]);
        assert!(strip(&schedule(&["2025年", "2099年"]), place(), WIDTH).is_none());
    }

    #[test]
    fn a_row_that_cannot_be_read_stays_blank_and_too_few_give_no_strip() {
        assert_eq!(drawn(&["M1-M2", "待定", "M3"]), ["xx.", "...", "..x"]);
        for times in [&["M1-M2", "待定"][..], &["M1-M2", "2025年1月"], &[]] {
            assert!(strip(&schedule(times), place(), WIDTH).is_none(), "{times:?}");
        }
        assert!(strip(&Table::default(), place(), WIDTH).is_none());
    }

    #[test]
    fn a_click_on_the_strip_leads_to_the_time() {
        let strip = strip(&schedule(&["M1", "M2"]), place(), WIDTH).unwrap();
        let row = &strip.sections[0].groups[0].rows[1];
        assert_eq!(row.cells[2].fields[0].pointer(), "/applications/0/plan/schedule/1/rows/1/1");
    }
}
