//! Sheets printed on both sides and bound at the left: margins, the back of a cover, the 骑缝章.

use crate::domain::PrintOptions;
use crate::typeset::flow::{moved, put_line};
use crate::typeset::geometry::{A4_HEIGHT, A4_WIDTH, MM, Point};
use crate::typeset::page::{Face, Grey, Item, OutlineEntry, Page, PaperKind, Rule};
use crate::typeset::paragraph::{Align, Paragraph, Style, set};

use super::seal;

/// What a table moves away from the bound edge, pt.
const TABLE_SHIFT: f32 = 2.5 * MM;
/// What a letter moves on the back of a sheet, pt: 28 mm are free at the bound edge, 26 mm at the other
/// (GB/T 9704-2012 5.1).
const LETTER_SHIFT: f32 = 2.0 * MM;

/// Where the marks of the 骑缝章 begin and end, pt from the right edge: printers leave the last 4 mm white.
const MARK: (f32, f32) = (11.0 * MM, 4.5 * MM);
const STRADDLE: &str = "骑缝章";

/// Which side of its sheet a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Bound at its left edge.
    Front,
    /// Bound at its right edge.
    Back,
}

/// The side that page `n`, from 0, is printed on.
#[must_use]
pub(super) const fn side(print: &PrintOptions, n: usize) -> Side {
    if print.double_sided && n % 2 == 1 { Side::Back } else { Side::Front }
}

/// Pages before the one that is numbered 1: the `cover` pages, and the back of the last where that is
/// left blank.
#[must_use]
pub(super) fn unnumbered(print: &PrintOptions, cover: usize) -> usize {
    if print.double_sided { cover.next_multiple_of(2) } else { cover }
}

/// How far to the right what stands on page `n` lies from where it was laid out, pt.
#[must_use]
pub(super) fn shift(kind: PaperKind, print: &PrintOptions, n: usize) -> f32 {
    if !print.double_sided {
        return 0.0;
    }
    match (kind, side(print, n)) {
        (PaperKind::Demand | PaperKind::Matching, Side::Front) => TABLE_SHIFT,
        (PaperKind::Demand | PaperKind::Matching, Side::Back) => -TABLE_SHIFT,
        (PaperKind::Application(_), Side::Back) => -LETTER_SHIFT,
        // The list is not bound, and the book holds pages of others as they are.
        _ => 0.0,
    }
}

/// Makes pages that were laid out one like the other, the first `cover` of them its cover, those of a
/// bound paper.
pub(super) fn bind(
    kind: PaperKind,
    print: &PrintOptions,
    cover: usize,
    pages: &mut Vec<Page>,
    outline: &mut [OutlineEntry],
) {
    if matches!(kind, PaperKind::Application(_)) && unnumbered(print, cover) > cover {
        leave_back_of_cover(cover, pages, outline);
    }
    for (n, page) in pages.iter_mut().enumerate() {
        move_right(page, shift(kind, print, n));
    }
    let is_sealed =
        matches!(kind, PaperKind::Demand | PaperKind::Matching | PaperKind::Application(_));
    let sheets = if print.double_sided { pages.len().div_ceil(2) } else { pages.len() };
    if print.straddle_seal && is_sealed && sheets > 1 {
        let fronts = pages.iter_mut().enumerate().filter(|&(n, _)| side(print, n) == Side::Front);
        fronts.for_each(|(_, page)| mark_straddle(page));
    }
}

/// The letter itself begins on a sheet of its own.
fn leave_back_of_cover(cover: usize, pages: &mut Vec<Page>, outline: &mut [OutlineEntry]) {
    let back = Page { width: A4_WIDTH, height: A4_HEIGHT, ..Page::default() };
    pages.insert(cover.min(pages.len()), back);
    outline.iter_mut().filter(|entry| entry.page >= cover).for_each(|entry| entry.page += 1);
}

fn move_right(page: &mut Page, dx: f32) {
    if dx == 0.0 {
        return;
    }
    let by = Point { x: dx, y: 0.0 };
    page.items.iter_mut().for_each(|item| *item = moved(item, by));
    page.regions.iter_mut().for_each(|region| region.rect.x += dx);
    page.seals.iter_mut().for_each(|seal| seal.centre.x += dx);
}

/// Two short lines at the right edge, between which the seal is pressed over the fanned-out sheets.
fn mark_straddle(page: &mut Page) {
    let middle = page.height / 2.0;
    let (from, to) = (page.width - MARK.0, page.width - MARK.1);
    // It is no part of what the paper says.
    page.items.push(Item::Mark(None));
    for y in [middle - seal::DIAMETER / 2.0, middle + seal::DIAMETER / 2.0] {
        let (from, to) = (Point { x: from, y }, Point { x: to, y });
        page.items.push(Item::Rule(Rule { from, to, width: 0.25 }));
    }
    let style = Style { grey: Grey(0.5), ..Style::new(Face::Hei, 6.5, 9.0) }.align(Align::Centre);
    let mut y = middle - 4.5 * STRADDLE.chars().count() as f32;
    for letter in STRADDLE.chars() {
        for line in set(&Paragraph::new(letter, style.clone()), to - from) {
            put_line(page, &line, Point { x: from, y }, to - from);
            y += line.height;
        }
    }
}
