//! 《“揭榜”申请书》 of one item: cover, sections 一 to 四, list of evidence.

use crate::domain::{Application, Block, Body, Field, Place};
use crate::rules::notice::Form;
use crate::typeset::geometry::{MM, Rect};
use crate::typeset::page::Face;
use crate::typeset::paragraph::{Align, Inline, Paragraph, Style};

use super::manuscript::{Cover, Writing};
use super::{Source, evidence};

/// 三号, pt: 28 字 fill the 156 mm of a line (GB/T 9704-2012 5.2.3).
pub(super) const SIZE: f32 = 15.75;
/// Line pitch, pt: 22 lines fill the 225 mm of a page.
pub(super) const PITCH: f32 = 28.95;

/// The text area of GB/T 9704-2012 5.1: 156 × 225 mm, 28 mm from the left, 37 mm from the top.
#[must_use]
pub(super) fn frame() -> Rect {
    Rect { x: 28.0 * MM, y: 37.0 * MM, width: 156.0 * MM, height: 225.0 * MM }
}

/// Writes down the letter of an item (from 0); an index past the last gives an empty letter.
#[must_use]
pub(super) fn write(source: Source<'_>, index: usize) -> Writing {
    let form = &source.notice.forms.application;
    let empty = Application::default();
    let application = source.draft.applications.get(index).unwrap_or(&empty);
    let mut paper = Writing::new(frame());
    paper.cover(cover(form, &source.draft.company.name, application, index));
    paper.new_page();
    for (name, section) in application.sections() {
        if name == "plan/team" {
            heading(&mut paper, form, "/applications/*/plan", Face::Hei);
        }
        let face = if name.starts_with("plan/") { Face::Kai } else { Face::Hei };
        heading(&mut paper, form, &format!("/applications/*/{name}"), face);
        body(&mut paper, section, Field::application(index, name));
    }
    evidence::list(&mut paper, form, application, index);
    paper
}

/// Cover: title, 企业名称（盖章） and “揭榜”事项名称, each on a line to write on.
fn cover(form: &Form, company: &str, application: &Application, index: usize) -> Cover {
    let title = Style::new(Face::SongBold, 22.0, 36.0).align(Align::Centre);
    let lines = form.title.split('\n').map(|line| Paragraph::new(line, title.clone()));
    let name_label = form.label("/applications/*/item/name");
    Cover {
        outline: form.title_line(),
        title: lines.collect(),
        sealed: line(&form.seal_label, company, Field::from("/company/name")),
        below: line(name_label, &application.item.name, Field::application(index, "item/name")),
    }
}

/// A label and what was filled in, on a line to the right edge.
fn line(label: &str, text: &str, field: Field) -> Paragraph {
    let label_width = 16.0 * label.chars().count() as f32;
    let style = Style::new(Face::Song, 16.0, PITCH).hanging(label_width);
    let least = (frame().width - label_width - 2.0).max(100.0);
    let inlines = vec![
        Inline::Text { text: label.to_owned(), face: None },
        Inline::Blank {
            text: text.trim().to_owned(),
            tail: String::new(),
            least,
            field: Some(field),
        },
    ];
    Paragraph { inlines, style, field: None }
}

fn heading(paper: &mut Writing, form: &Form, key: &str, face: Face) {
    let style = Style::new(face, SIZE, PITCH).indented();
    paper.heading(u8::from(face == Face::Kai), Paragraph::new(form.label(key), style));
}

fn body(paper: &mut Writing, body: &Body, field: Field) {
    let style = Style::new(Face::Song, SIZE, PITCH).indented().align(Align::Justify);
    let Some(place) = field.place() else { return };
    let mut any = false;
    for (block, content) in body.blocks().enumerate() {
        let field = Place { block, ..place }.field();
        if let Block::Text(text) = content {
            for paragraph in Paragraph::typed(text, &style, &field) {
                paper.paragraph(paragraph);
                any = true;
            }
        }
    }
    if !any {
        // An empty section keeps a line, so that a click on the page finds its blank.
        paper.paragraph(Paragraph::new("", style).of(field));
    }
}
