//! What stands at the foot of every page: page number and check code; and the word 草稿 across it.

use crate::rules::check_code::check_code;
use crate::typeset::flow::put_line;
use crate::typeset::geometry::{A4_HEIGHT, A4_WIDTH, MM, Point};
use crate::typeset::page::{Face, Grey, Item, Page, PaperKind};
use crate::typeset::paragraph::{Align, Paragraph, Style, set};

use super::binding::{self, Side};
use super::{Source, application, row};

/// Adds the foot to all pages, of which the first `cover` are the cover.
pub(super) fn add(kind: PaperKind, source: Source<'_>, cover: usize, pages: &mut [Page]) {
    let code = check_code(source.draft);
    let print = &source.draft.print;
    let shows_code = match kind {
        PaperKind::Demand | PaperKind::Matching => print.check_code_on_tables,
        PaperKind::Application(_) | PaperKind::EvidenceBook(_) | PaperKind::Checklist => true,
    };
    let count = pages.len();
    // The back of a cover stays blank.
    let printed = pages.iter_mut().enumerate().filter(|(_, page)| !page.is_blank());
    for (n, page) in printed {
        page.items.push(Item::Mark(None));
        if source.options.draft_mark {
            draft_mark(page);
        }
        let shift = binding::shift(kind, print, n);
        match kind {
            PaperKind::Application(_) => {
                let number = (n + 1).saturating_sub(binding::unnumbered(print, cover));
                letter_number(page, number, binding::side(print, n), shift);
            }
            PaperKind::EvidenceBook(_) => contents_number(page, n),
            _ => table_number(page, n, count, shift),
        }
        if shows_code {
            let left = match kind {
                PaperKind::Application(_) | PaperKind::EvidenceBook(_) => application::frame().x,
                _ => row::frame().x,
            };
            let style = Style { grey: Grey(0.35), ..Style::new(Face::Hei, 7.5, 10.0) };
            let paragraph = Paragraph::new(format!("校验码 {code}"), style.align(Align::Right));
            put(page, &paragraph, left + shift, A4_HEIGHT - 13.0 * MM, A4_WIDTH - 2.0 * left);
        }
    }
}

/// — 1 — in 四号, 7 mm below the text area, one 字 in: at the right, on the back of a sheet at the left
/// (GB/T 9704-2012 7.5). The cover, 0, has no number.
fn letter_number(page: &mut Page, n: usize, side: Side, shift: f32) {
    if n == 0 {
        return;
    }
    let frame = application::frame();
    let align = if side == Side::Front { Align::Right } else { Align::Left };
    let style = Style::new(Face::Song, 14.0, 20.0).align(align);
    let y = frame.bottom() + 7.0 * MM - 10.0;
    let paragraph = Paragraph::new(format!("— {n} —"), style);
    put(page, &paragraph, frame.x + 14.0 + shift, y, frame.width - 28.0);
}

/// 目录 1; the pieces that follow are numbered from 1 again. The cover has no number.
fn contents_number(page: &mut Page, n: usize) {
    if n > 0 {
        let frame = application::frame();
        let style = Style::new(Face::Song, 9.0, 12.0).align(Align::Centre);
        let y = frame.bottom() + 7.0 * MM - 10.0;
        put(page, &Paragraph::new(format!("目录 {n}"), style), frame.x, y, frame.width);
    }
}

fn table_number(page: &mut Page, n: usize, count: usize, shift: f32) {
    let frame = row::frame();
    let style = Style::new(Face::Song, 9.0, 12.0).align(Align::Centre);
    let text = format!("第 {} 页　共 {count} 页", n + 1);
    let y = frame.bottom() + 4.0 * MM;
    put(page, &Paragraph::new(text, style), frame.x + shift, y, frame.width);
}

fn put(page: &mut Page, paragraph: &Paragraph, x: f32, y: f32, width: f32) {
    for line in set(paragraph, width) {
        put_line(page, &line, Point { x, y }, width);
    }
}

/// Of 50°, written out: what a machine computes for them may differ in the last digit.
const SIN_50: f32 = 0.766_044_4;
const COS_50: f32 = 0.642_787_6;

/// 草稿 in large light letters from corner to corner, below the text.
fn draft_mark(page: &mut Page) {
    let style = Style { grey: Grey(0.86), ..Style::new(Face::SongBold, 170.0, 170.0) };
    let lines = set(&Paragraph::new("草稿", style), A4_WIDTH);
    let runs = lines.into_iter().flat_map(|line| line.items).filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    });
    for mut run in runs {
        run.rotation = 50.0;
        let (sin, cos) = (SIN_50, COS_50);
        let half = run.width() / 2.0;
        let rise = run.size * 0.38;
        run.origin = Point {
            x: A4_WIDTH / 2.0 - half * cos + rise * sin,
            y: A4_HEIGHT / 2.0 + half * sin + rise * cos,
        };
        page.items.insert(0, Item::Text(run));
    }
}
