//! Title and 盖章 line of the tables and of the letter's cover, with room for the company seal.

use crate::domain::Field;
use crate::typeset::flow::{Flow, put_line};
use crate::typeset::geometry::{MM, Point};
use crate::typeset::page::{Face, SealSpace};
use crate::typeset::paragraph::{Align, Line, Paragraph, Style, set};
use crate::typeset::structure::{Role, Structure};
use crate::typeset::table::height;

use super::manuscript::{Cover, Head};

/// Diameter kept free for the seal, pt: company seals measure up to 45 mm.
pub const DIAMETER: f32 = 45.0 * MM;
/// Where the title of a table paper begins below the text area's top edge, pt.
pub const TITLE_TOP: f32 = 12.0 * MM;
/// Where its 盖章 line begins, pt.
pub const LINE_TOP: f32 = 33.0 * MM;
/// Room between that line and what stands beside it, pt.
pub const LINE_GAP: f32 = 4.0 * MM;
/// Where its table begins at the least, pt.
pub const TABLE_TOP: f32 = DIAMETER + 1.5 * MM;
/// Room above and below the title of a cover, pt.
pub const COVER_ROOM: f32 = 45.0 * MM;
/// Line pitch of a cover's lines, pt.
const COVER_PITCH: f32 = super::application::PITCH;
/// Room the seal takes below the top of the sealed line of a cover, pt.
pub const COVER_SEALED: f32 = COVER_PITCH / 2.0 + DIAMETER / 2.0 + 2.0 * MM;
/// What the notice prints where the seal goes.
const SEAL_WORDS: &str = "（盖章）";

/// The head of a table paper.
#[must_use]
pub(super) fn head_of(attachment: &str, title: &str, seal_label: &str, company: &str) -> Head {
    let style = Style::new(Face::Song, 12.0, 18.0);
    let words = seal_label.replace(SEAL_WORDS, "");
    let line = Paragraph::new(format!("{words}{}", company.trim()), style.clone());
    Head {
        attachment: Paragraph::new(attachment, Style::new(Face::Hei, 12.0, 18.0)),
        title: Paragraph::new(title, Style::new(Face::SongBold, 18.0, 28.0).align(Align::Centre)),
        line: line.of(Field::from("/company/name")),
        seal: Paragraph::new(SEAL_WORDS, style.align(Align::Centre)),
    }
}

/// Attachment number and title at the top, the 盖章 line below them, and at the right a free circle
/// for the seal around the words （盖章）. Leaves the flow where the table begins.
pub(super) fn head(flow: &mut Flow, head: &Head) {
    let frame = flow.frame;
    let centre = Point { x: frame.right() - DIAMETER / 2.0, y: frame.y + DIAMETER / 2.0 };
    flow.page().seals.push(SealSpace { centre, diameter: DIAMETER });
    let free = frame.width - DIAMETER;

    flow.tag(Role::Paragraph);
    put(flow, &set(&head.attachment, free), frame.x, frame.y, free);
    // The title is centred on the page, not on what the seal leaves.
    let title = flow.structure.heading(0);
    flow.tag(title);
    put(flow, &set(&head.title, frame.width), frame.x, frame.y + TITLE_TOP, frame.width);

    let (y, width) = (frame.y + LINE_TOP, free - LINE_GAP);
    let lines = set(&head.line, width);
    // A name is read whole, then （盖章） beside its first line; not one that goes on overleaf.
    let whole = y + height(&lines) <= frame.bottom();
    if !whole {
        seal_words(flow, head, y);
    }
    flow.tag(Role::Paragraph);
    let bottom = put(flow, &lines, frame.x, y, width);
    if whole {
        seal_words(flow, head, y);
    }
    let below_seal = if flow.page_index() == 0 { frame.y + TABLE_TOP } else { frame.y };
    flow.y = below_seal.max(bottom + 2.0 * MM);
}

/// （盖章） in the middle of the room for the seal, and that room's place in the reading order.
fn seal_words(flow: &mut Flow, head: &Head, y: f32) {
    flow.tag(Role::Paragraph);
    let left = flow.frame.right() - DIAMETER;
    put(flow, &set(&head.seal, DIAMETER), left, y, DIAMETER);
    flow.tag(Role::Seal);
}

/// Title, the sealed line and the line below it.
pub(super) fn cover(flow: &mut Flow, cover: &Cover) {
    flow.outline(0, cover.outline.as_str());
    flow.y += COVER_ROOM;
    let title = flow.structure.heading(0);
    let title = flow.structure.add(Structure::DOCUMENT, title);
    for line in &cover.title {
        flow.paragraph_of(title, line);
    }
    flow.y += COVER_ROOM;
    // The seal's room and the first lines are not parted: the seal stands where the name begins.
    flow.need(COVER_SEALED.max(3.0 * COVER_PITCH));
    let (page, top, frame) = (flow.page_index(), flow.y, flow.frame);
    // The seal is pressed over the company's name, clear of the title and of the line below.
    let centre =
        Point { x: frame.right() - DIAMETER / 2.0 - 12.0 * MM, y: top + COVER_PITCH / 2.0 };
    flow.page().seals.push(SealSpace { centre, diameter: DIAMETER });
    // A name is read whole, then its seal; not one that goes on overleaf.
    let whole = top + height(&set(&cover.sealed, frame.width)) <= frame.bottom();
    if !whole {
        flow.tag(Role::Seal);
    }
    flow.paragraph(&cover.sealed);
    if whole {
        flow.tag(Role::Seal);
    }
    if flow.page_index() == page {
        flow.y = flow.y.max(top + COVER_SEALED);
    }
    flow.paragraph(&cover.below);
    flow.cover = flow.page_index() + 1;
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
