//! 《“揭榜”申请书》 of one item: cover, sections 一 to 四, list of evidence.

use crate::domain::{Application, Block, Body, Field, Numbered, Object, Place};
use crate::rules::notice::Form;
use crate::typeset::geometry::{MM, Rect};
use crate::typeset::letter_face;
use crate::typeset::page::Face;
use crate::typeset::paragraph::{Align, Inline, Paragraph, Style};

use super::manuscript::{Cover, Writing};
use super::{Source, evidence, letter_figure, letter_table};

/// 三号, pt: 28 字 fill the 156 mm of a line (GB/T 9704-2012 5.2.3).
pub(super) const SIZE: f32 = 15.75;
/// Line pitch, pt: 22 lines fill the 225 mm of a page.
pub(super) const PITCH: f32 = 28.95;
/// Room above and below a table or figure, pt: half a line.
const ROOM: f32 = PITCH / 2.0;

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
    let objects: Vec<Numbered<'_>> = application.numbered().collect();
    let face = letter_face::of(source.draft);
    let text = Style::new(face, SIZE, PITCH).indented().align(Align::Justify);
    for (name, section) in application.sections() {
        if name == "plan/team" {
            heading(&mut paper, heading_of(form, "/applications/*/plan", Face::Hei));
        }
        let face = if name.starts_with("plan/") { Face::Kai } else { Face::Hei };
        let mut words = heading_of(form, &format!("/applications/*/{name}"), face);
        let field = Field::application(index, name);
        if section.opening.trim().is_empty() && !section.is_plain() {
            // Without a line of its own, the empty text before a table is found by the heading.
            words = words.of(field.clone());
        }
        heading(&mut paper, words);
        body(&mut paper, section, &objects, field, &text);
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

fn heading(paper: &mut Writing, paragraph: Paragraph) {
    paper.heading(u8::from(paragraph.style.face == Face::Kai), paragraph);
}

fn heading_of(form: &Form, key: &str, face: Face) -> Paragraph {
    Paragraph::new(form.label(key), Style::new(face, SIZE, PITCH).indented())
}

/// A section's text with its tables and figures, half a line of room around each of them.
fn body(paper: &mut Writing, body: &Body, objects: &[Numbered<'_>], field: Field, style: &Style) {
    let Some(place) = field.place() else { return };
    let mut before = Before::Heading;
    for (block, content) in body.blocks().enumerate() {
        let place = Place { block, ..place };
        match content {
            Block::Text(text) => {
                for paragraph in Paragraph::typed(text, style, &place.field()) {
                    if before == Before::Object {
                        paper.skip(ROOM);
                    }
                    paper.paragraph(paragraph);
                    before = Before::Text;
                }
            }
            Block::Object(object) => {
                let mut numbered = objects.iter();
                let label = numbered.find(|o| (o.section, o.block) == (place.section, block));
                let label = label.map(Numbered::label).unwrap_or_default();
                paper.skip(ROOM);
                match object {
                    Object::Table(table) => letter_table::add(paper, table, &label, place),
                    Object::Figure(figure) => {
                        let follows_text = before != Before::Heading;
                        letter_figure::add(paper, figure, &label, place, follows_text);
                    }
                }
                before = Before::Object;
            }
        }
    }
    match before {
        Before::Text => {}
        Before::Object => paper.skip(ROOM),
        // An empty section keeps a line, so that a click on the page finds its blank.
        Before::Heading => paper.paragraph(Paragraph::new("", style.clone()).of(field)),
    }
}

/// What stands above in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Heading,
    Text,
    Object,
}
