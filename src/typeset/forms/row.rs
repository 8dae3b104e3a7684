//! Cells and styles the two tables share.

use crate::domain::{Draft, Field};
use crate::rules::industry;
use crate::rules::notice::Form;
use crate::typeset::geometry::{A4_WIDTH, MM, Rect};
use crate::typeset::page::Face;
use crate::typeset::paragraph::{Align, Inline, Paragraph, Style, typed_lines};
use crate::typeset::table::{Cell, Group, Row, Section, Table};

use super::manuscript::Writing;
use super::seal;

/// Size of the tables' text: 五号, pt.
pub(super) const SIZE: f32 = 10.5;
/// Line pitch of the tables' text, pt.
pub(super) const PITCH: f32 = 15.5;
/// Least height of a row, pt.
pub(super) const LEAST: f32 = 27.0;
/// Least length of the line that 所属行业 is written on, pt.
const INDUSTRY: f32 = 96.0;

/// The text area of a table page: margins of 22 mm at the sides.
#[must_use]
pub(super) fn frame() -> Rect {
    Rect { x: 22.0 * MM, y: 20.0 * MM, width: A4_WIDTH - 44.0 * MM, height: 255.0 * MM }
}

/// Widths of a table's columns, pt: those given, and the last as wide as the frame leaves.
#[must_use]
pub(super) fn columns<const N: usize>(fixed: [f32; N]) -> Vec<f32> {
    let last = frame().width - fixed.iter().sum::<f32>();
    fixed.into_iter().chain([last]).collect()
}

/// A whole table paper: head with the 盖章 line, the table, the notice's 注 lines.
#[must_use]
pub(super) fn sealed_table(form: &Form, company: &str, table: Table) -> Writing {
    let mut paper = Writing::new(frame());
    paper.head(seal::head_of(&form.attachment, &form.title_line(), &form.seal_label, company));
    paper.table(table);
    paper.skip(6.0);
    for note in &form.notes {
        paper.paragraph(Paragraph::new(note, body()));
    }
    paper
}

/// Style of the tables' text.
#[must_use]
pub(super) const fn body() -> Style {
    Style::new(Face::Song, SIZE, PITCH)
}

/// A label over some columns; a line feed where the notice breaks it, and a wide space where it draws
/// a label's letters apart.
#[must_use]
pub(super) fn label(span: usize, text: &str) -> Cell {
    let lines = text.split('\n').map(|line| {
        let align = if line.contains('\u{3000}') { Align::Spread } else { Align::Centre };
        Paragraph::new(line, body().align(align))
    });
    Cell::new(span, lines.collect()).naming_row()
}

/// A blank filled in on one line.
#[must_use]
pub(super) fn value(span: usize, draft: &Draft, field: Field) -> Cell {
    let text = draft.text(&field).unwrap_or("").trim().to_owned();
    Cell::new(span, text_lines(&text)).of([field]).shrinking()
}

/// 联系人及职务 in one cell; the 职务 on a second line where one does not hold both.
pub(super) fn contact(span: usize, draft: &Draft) -> Cell {
    let contact = &draft.company.contact;
    let (name, title) = (contact.name.trim(), contact.title.trim());
    let both = format!("{name} {title}");
    let cell = Cell::new(span, vec![Paragraph::new(both.trim(), body())])
        .of(["/company/contact/name".into(), "/company/contact/title".into()])
        .shrinking();
    if name.is_empty() || title.is_empty() {
        return cell;
    }
    cell.parted([name, title].map(|text| Paragraph::new(text, body())).into())
}

/// Typed text as left-aligned paragraphs; at least one, so that an empty cell has a line.
fn text_lines(text: &str) -> Vec<Paragraph> {
    let mut lines: Vec<_> = typed_lines(text).map(|line| Paragraph::new(line, body())).collect();
    if lines.is_empty() {
        lines.push(Paragraph::new("", body()));
    }
    lines
}

/// Boxes to tick: the words of each choice and whether it is ticked.
#[must_use]
pub(super) fn choices<'a>(
    span: usize,
    field: Field,
    choices: impl IntoIterator<Item = (&'a str, bool)>,
) -> Cell {
    let mut inlines = Vec::new();
    for (n, (words, checked)) in choices.into_iter().enumerate() {
        if n > 0 {
            inlines.push(Inline::Text { text: "  ".to_owned(), face: None });
        }
        inlines.push(Inline::Choice { checked, words: words.to_owned() });
    }
    Cell::new(span, vec![Paragraph { inlines, style: body(), field: None }]).of([field])
}

/// 所属行业: the notice's words, then code and name on a line to write on, which stands below the words
/// where it would be torn behind them.
#[must_use]
pub(super) fn industry(span: usize, draft: &Draft, prefix: &str) -> Cell {
    let field = Field::from("/company/industry");
    let code = draft.company.industry.trim();
    let text = match industry::division(code) {
        Some(division) => format!("{code} {}", division.name),
        None => code.to_owned(),
    };
    let words = Inline::Text { text: prefix.to_owned(), face: None };
    let blank = Inline::Blank { text, tail: String::new(), least: INDUSTRY, field: None };
    let paragraph = |inlines| Paragraph { inlines, style: body(), field: None };
    Cell::new(span, vec![paragraph(vec![words.clone(), blank.clone()])])
        .of([field])
        .shrinking()
        .parted(vec![paragraph(vec![words]), paragraph(vec![blank])])
}

/// A section of a table of `columns` columns with its heading row.
#[must_use]
pub(super) fn section(columns: usize, title: &str, groups: Vec<Group>) -> Section {
    let style = Style::new(Face::Hei, 12.0, 18.0).align(Align::Centre);
    let heading = Row::new(LEAST, vec![Cell::new(columns, vec![Paragraph::new(title, style)])]);
    Section {
        heading: Some(heading),
        groups,
        outline: Some(title.to_owned()),
        marks_continuation: true,
    }
}

/// A row of the least height.
#[must_use]
pub(super) fn row(cells: Vec<Cell>) -> Group {
    Row::new(LEAST, cells).into()
}
