//! Title and 盖章 line of the tables, with room for the company seal.

use crate::domain::Field;
use crate::typeset::flow::{Flow, put_line};
use crate::typeset::geometry::{MM, Point};
use crate::typeset::page::{Face, SealSpace};
use crate::typeset::paragraph::{Align, Line, Paragraph, Style, set};

/// Diameter kept free for the seal, pt: company seals measure up to 45 mm.
pub(super) const DIAMETER: f32 = 45.0 * MM;
/// What the notice prints where the seal goes.
const SEAL_WORDS: &str = "（盖章）";

/// Attachment number and title at the top, the 盖章 line below them, and at the right a free circle
/// for the seal around the words （盖章）. Leaves the flow where the table begins.
pub(super) fn head(
    flow: &mut Flow,
    attachment: &str,
    title: &str,
    seal_label: &str,
    company: &str,
) {
    let frame = flow.frame;
    let centre = Point { x: frame.right() - DIAMETER / 2.0, y: frame.y + DIAMETER / 2.0 };
    flow.page().seals.push(SealSpace { centre, diameter: DIAMETER });
    let free = frame.width - DIAMETER;

    let style = Style::new(Face::Hei, 12.0, 18.0);
    put(flow, &set(&Paragraph::new(attachment, style), free), frame.x, frame.y, free);

    let style = Style::new(Face::SongBold, 18.0, 28.0).align(Align::Centre);
    // The title is centred on the page, not on what the seal leaves.
    let lines = set(&Paragraph::new(title, style), frame.width);
    put(flow, &lines, frame.x, frame.y + 12.0 * MM, frame.width);

    let style = Style::new(Face::Song, 12.0, 18.0);
    let words = seal_label.replace(SEAL_WORDS, "");
    let line = Paragraph::new(format!("{words}{}", company.trim()), style.clone())
        .of(Field::from("/company/name"));
    let seal = Paragraph::new(SEAL_WORDS, style.align(Align::Centre));
    let (y, width) = (frame.y + 33.0 * MM, free - 4.0 * MM);
    let lines = set(&line, width);
    // （盖章） stands beside the first line, which is where it is read.
    let (first, rest) = lines.split_at(1.min(lines.len()));
    let bottom = put(flow, first, frame.x, y, width);
    put(flow, &set(&seal, DIAMETER), frame.right() - DIAMETER, y, DIAMETER);
    let bottom = put(flow, rest, frame.x, bottom, width);
    let below_seal = if flow.page_index() == 0 { frame.y + DIAMETER + 1.5 * MM } else { frame.y };
    flow.y = below_seal.max(bottom + 2.0 * MM);
}

/// Places lines below each other from `y`; returns where the next would go.
fn put(flow: &mut Flow, lines: &[Line], x: f32, y: f32, width: f32) -> f32 {
    let mut y = y;
    for line in lines {
        // A name of many lines goes on on the next page rather than past the foot of this one.
        if y + line.height > flow.frame.bottom() {
            flow.new_page();
            y = flow.frame.y;
        }
        put_line(flow.page(), line, Point { x, y }, width);
        y += line.height;
    }
    y
}
