//! 《“揭榜”申请书》 of one item: cover, sections 一 to 四, list of evidence.

use crate::domain::{Application, Field};
use crate::rules::notice::Form;
use crate::typeset::flow::Flow;
use crate::typeset::geometry::{MM, Point, Rect};
use crate::typeset::page::{Face, SealSpace};
use crate::typeset::paragraph::{Align, Inline, Paragraph, Style};

use super::{Source, evidence, seal};

/// 三号, pt: 28 字 fill the 156 mm of a line (GB/T 9704-2012 5.2.3).
pub(super) const SIZE: f32 = 15.75;
/// Line pitch, pt: 22 lines fill the 225 mm of a page.
pub(super) const PITCH: f32 = 28.95;

/// The text area of GB/T 9704-2012 5.1: 156 × 225 mm, 28 mm from the left, 37 mm from the top.
#[must_use]
pub(super) fn frame() -> Rect {
    Rect { x: 28.0 * MM, y: 37.0 * MM, width: 156.0 * MM, height: 225.0 * MM }
}

/// Lays out the letter of an item (from 0); an index past the last gives an empty letter.
#[must_use]
pub(super) fn flow(source: Source<'_>, index: usize) -> Flow {
    let form = &source.notice.forms.application;
    let empty = Application::default();
    let application = source.draft.applications.get(index).unwrap_or(&empty);
    let mut flow = Flow::new(frame());
    cover(&mut flow, form, &source.draft.company.name, application, index);
    flow.new_page();
    for name in Application::SECTIONS {
        if name == "plan/team" {
            heading(&mut flow, form, "/applications/*/plan", Face::Hei);
        }
        let face = if name.starts_with("plan/") { Face::Kai } else { Face::Hei };
        heading(&mut flow, form, &format!("/applications/*/{name}"), face);
        body(&mut flow, application.section(name), &Field::application(index, name));
    }
    evidence::list(&mut flow, form, application, index);
    flow
}

/// Cover: title, 企业名称（盖章） and “揭榜”事项名称, each on a line to write on.
fn cover(flow: &mut Flow, form: &Form, company: &str, application: &Application, index: usize) {
    let title = Style::new(Face::SongBold, 22.0, 36.0).align(Align::Centre);
    flow.outline(0, form.title_line());
    flow.y += 45.0 * MM;
    for line in form.title.split('\n') {
        flow.paragraph(&Paragraph::new(line, title.clone()));
    }
    flow.y += 45.0 * MM;
    let top = flow.y;
    let name_label = form.label("/applications/*/item/name");
    line(flow, &form.seal_label, company, Field::from("/company/name"));
    let frame = flow.frame;
    // The seal is pressed over the company's name, clear of the title and of the line below.
    let centre =
        Point { x: frame.right() - seal::DIAMETER / 2.0 - 12.0 * MM, y: top + PITCH / 2.0 };
    flow.page().seals.push(SealSpace { centre, diameter: seal::DIAMETER });
    flow.y = flow.y.max(top + PITCH / 2.0 + seal::DIAMETER / 2.0 + 2.0 * MM);
    line(flow, name_label, &application.item.name, Field::application(index, "item/name"));
}

/// A label and what was filled in, on a line to the right edge.
fn line(flow: &mut Flow, label: &str, text: &str, field: Field) {
    let label_width = 16.0 * label.chars().count() as f32;
    let style = Style::new(Face::Song, 16.0, PITCH).hanging(label_width);
    let least = (flow.frame.width - label_width - 2.0).max(100.0);
    let inlines = vec![
        Inline::Text { text: label.to_owned(), face: None },
        Inline::Blank {
            text: text.trim().to_owned(),
            tail: String::new(),
            least,
            field: Some(field),
        },
    ];
    flow.paragraph(&Paragraph { inlines, style, field: None });
}

fn heading(flow: &mut Flow, form: &Form, key: &str, face: Face) {
    let style = Style::new(face, SIZE, PITCH).indented();
    flow.heading(u8::from(face == Face::Kai), &Paragraph::new(form.label(key), style));
}

fn body(flow: &mut Flow, text: &str, field: &Field) {
    let style = Style::new(Face::Song, SIZE, PITCH).indented().align(Align::Justify);
    let mut any = false;
    for paragraph in Paragraph::typed(text, &style, field) {
        flow.paragraph(&paragraph);
        any = true;
    }
    if !any {
        // An empty section keeps a line, so that a click on the page finds its blank.
        flow.paragraph(&Paragraph::new("", style).of(field.clone()));
    }
}
