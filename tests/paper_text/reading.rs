//! What stands on a page and where.

use jiebang::domain::{Field, Kind};
use jiebang::typeset::geometry::{Point, Rect};
use jiebang::typeset::page::{GlyphRun, Item, Page, Paper, PaperKind, Rule};

pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(super) fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

pub(super) fn rules(page: &Page) -> impl Iterator<Item = &Rule> {
    page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    })
}

/// Each glyph of a run with its text and the box of its ink, near enough; spaces left out.
pub(super) fn glyphs(run: &GlyphRun) -> Vec<(&str, Rect)> {
    let mut x = run.origin.x;
    let mut boxes = Vec::new();
    for glyph in &run.glyphs {
        let text = run.text.get(glyph.start as usize..glyph.end as usize).unwrap();
        // A closing mark fills the left half of its square, an opening one the right half; room
        // that justification adds is after the ink.
        let half = run.size / 2.0;
        let (from, to) = match text.chars().next() {
            Some(c) if "，。、；：）》〉」』】〕”’".contains(c) => (0.0, half),
            // One that was squeezed is drawn further left by as much as its advance lost.
            Some(c) if "“‘（《〈「『【〔".contains(c) && glyph.advance - glyph.dx > half => {
                (half + glyph.dx, 2.0 * half + glyph.dx)
            }
            _ => (0.0, glyph.advance.min(run.size)),
        };
        let (top, height) = (run.origin.y - 0.8 * run.size, 0.88 * run.size);
        if !squeezed(text).is_empty() && to > from {
            boxes.push((text, Rect { x: x + from, y: top, width: to - from, height }));
        }
        x += glyph.advance;
    }
    boxes
}

/// The box around a run's ink.
pub(super) fn extent(run: &GlyphRun) -> Option<Rect> {
    let boxes = glyphs(run);
    let (_, first) = boxes.first()?;
    let right = boxes.iter().map(|(_, rect)| rect.right()).fold(first.x, f32::max);
    Some(Rect { width: right - first.x, ..*first })
}

/// The text of the glyphs inside the blank's regions, page after page.
pub(super) fn text_in_regions(paper: &Paper, field: &Field) -> String {
    let mut text = String::new();
    for page in &paper.pages {
        let rects: Vec<Rect> =
            page.regions.iter().filter(|r| r.field == *field).map(|r| r.rect).collect();
        for run in runs(page).filter(|_| !rects.is_empty()) {
            let mut x = run.origin.x;
            for glyph in &run.glyphs {
                // A closing mark at a line's end stands with its empty half outside; a combining one
                // stands on what is before it.
                let within =
                    if glyph.advance > 0.0 { glyph.advance.min(run.size) / 4.0 } else { -0.5 };
                let inside = Point { x: x + within, y: run.origin.y };
                if rects.iter().any(|rect| rect.contains(inside)) {
                    text.push_str(&run.text[glyph.start as usize..glyph.end as usize]);
                }
                x += glyph.advance;
            }
        }
    }
    squeezed(&text)
}

/// Whether the blank is text that is printed as it was typed.
pub(super) fn is_typed(field: &Field) -> bool {
    let choice = |kind| matches!(kind, Kind::Choice | Kind::Confirm | Kind::Group);
    field.spec().is_some_and(|spec| !spec.unprinted && !choice(spec.kind))
}

/// Whether a paper shows the blank.
pub(super) fn belongs(kind: PaperKind, field: &Field) -> bool {
    let segments: Vec<&str> = field.segments().collect();
    match (kind, segments.as_slice()) {
        (_, ["company", "name"]) => true,
        (PaperKind::Checklist, ["submission", _]) => true,
        (PaperKind::Application(n), ["applications", m, "item", "name"]) => n.to_string() == *m,
        (PaperKind::Application(n), ["applications", m, part, ..]) => {
            n.to_string() == *m && *part != "item"
        }
        (PaperKind::Matching, ["applications", _, "item", _] | ["matching", _]) => true,
        (PaperKind::Matching, ["company", ..]) => true,
        (PaperKind::Demand, ["applications" | "matching" | "submission", ..]) => false,
        (PaperKind::Demand, _) => true,
        _ => false,
    }
}
