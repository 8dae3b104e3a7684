//! The list of 佐证材料 at the end of a letter.

use crate::domain::{Application, Field};
use crate::rules::notice::Form;
use crate::typeset::page::Face;
use crate::typeset::paragraph::{Align, Paragraph, Style};
use crate::typeset::table::{Cell, Row, Section, Table};

use super::application::PITCH;
use super::manuscript::Writing;
use super::row::{LEAST, body, label};

/// Names of the columns and their widths, pt; 名称 takes the rest.
const COLUMNS: [(&str, f32); 6] = [
    ("序号", 32.0),
    ("类别", 54.0),
    ("名称", 0.0),
    ("编号", 104.0),
    ("日期", 66.0),
    ("颁发机构", 74.0),
];

/// Adds the list on a page of its own; nothing where there is no evidence.
pub(super) fn list(paper: &mut Writing, form: &Form, application: &Application, index: usize) {
    if application.evidence.is_empty() {
        return;
    }
    paper.new_page();
    let title = Style::new(Face::Hei, 16.0, PITCH).align(Align::Centre);
    paper.heading(0, Paragraph::new(form.label("/applications/*/evidence"), title));
    paper.skip(8.0);
    let taken: f32 = COLUMNS.iter().map(|(_, width)| width).sum();
    let rest = paper.frame.width - taken;
    let columns = COLUMNS.iter().map(|&(_, width)| if width > 0.0 { width } else { rest });
    let names = COLUMNS.iter().map(|(name, _)| label(1, name));
    let section = Section {
        heading: Some(Row::new(LEAST, names.collect())),
        groups: (0..application.evidence.len())
            .map(|piece| Row::new(LEAST, cells(application, index, piece)).into())
            .collect(),
        outline: None,
        marks_continuation: false,
    };
    paper.table(Table::new(columns.collect(), vec![section]));
}

fn cells(application: &Application, index: usize, piece: usize) -> Vec<Cell> {
    let Some(evidence) = application.evidence.get(piece) else { return Vec::new() };
    let centred = body().align(Align::Centre);
    let cell = |text: &str, key: &str, style: &Style| {
        Cell::new(1, vec![Paragraph::new(text.trim(), style.clone())])
            .of([Field::evidence(index, piece, key)])
    };
    vec![
        Cell::new(1, vec![Paragraph::new((piece + 1).to_string(), centred.clone())]),
        cell(evidence.kind.map_or("", |kind| kind.label()), "kind", &centred),
        cell(&evidence.name, "name", &body()),
        cell(&evidence.number, "number", &body()),
        cell(&evidence.date, "date", &centred),
        cell(&evidence.issuer, "issuer", &body()),
    ]
}
