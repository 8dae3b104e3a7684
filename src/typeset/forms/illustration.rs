//! Places a figure: its picture in the middle, its caption under it on the same page.

use crate::typeset::flow::{Flow, put_line};
use crate::typeset::geometry::{Point, Rect};
use crate::typeset::page::{Face, Grey, Item, Page, PagePicture, Region, Rule};
use crate::typeset::paragraph::{Align, Paragraph, Style, set};
use crate::typeset::table::RULE;

use super::lead;
use super::manuscript::Illustration;
use crate::typeset::structure::Role;

/// Room between a picture and its caption, pt.
pub(super) const GAP: f32 = 4.0;
/// What stands in the box of a figure whose picture is still missing.
const MISSING: &str = "（此处插图）";

/// Its height with its caption, pt.
#[must_use]
pub(super) fn height(flow: &Flow, figure: &Illustration) -> f32 {
    figure.size.1 + GAP + lead::height(&figure.caption, flow)
}

/// Places it on this page, or on the next where it does not fit.
pub(super) fn put(flow: &mut Flow, figure: &Illustration) {
    flow.need(height(flow, figure));
    let (width, height) = figure.size;
    let x = flow.frame.x + (flow.frame.width - width) / 2.0;
    let rect = Rect { x, y: flow.y, width, height };
    flow.tag(Role::Figure(figure.caption.words()));
    let page = flow.page();
    page.regions.push(Region { field: figure.field.clone(), rect });
    if figure.file.sha256.is_empty() {
        put_gap(page, rect);
    } else {
        page.items.push(Item::Picture(PagePicture { rect, file: figure.file.clone() }));
    }
    flow.y += height + GAP;
    flow.paragraph_as(Role::Caption, &figure.caption);
}

/// A framed box, so that nobody overlooks that the picture is missing.
fn put_gap(page: &mut Page, rect: Rect) {
    let corner = |x: f32, y: f32| Point { x, y };
    let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    for (from, to) in [
        (corner(left, top), corner(right, top)),
        (corner(left, bottom), corner(right, bottom)),
        (corner(left, top), corner(left, bottom)),
        (corner(right, top), corner(right, bottom)),
    ] {
        page.items.push(Item::Rule(Rule { from, to, width: RULE }));
    }
    let style = Style { grey: Grey(0.4), ..Style::new(Face::Song, 12.0, 18.0) };
    let words = Paragraph::new(MISSING, style.align(Align::Centre));
    for line in set(&words, rect.width) {
        let at = Point { x: rect.x, y: rect.y + (rect.height - line.height) / 2.0 };
        put_line(page, &line, at, rect.width);
    }
}
