//! What holds of every paper, whatever was typed; an error says where it does not.

use jiebang::domain::Draft;
use jiebang::rules::word_count::is_mark;
use jiebang::typeset::Paper;
use jiebang::typeset::font::is_undrawn;
use jiebang::typeset::geometry::{A4_HEIGHT, A4_WIDTH, Rect};

use super::reading::*;

/// Fails with what is wrong, and on which page.
macro_rules! claim {
    ($holds:expr, $($words:tt)+) => {
        if !$holds {
            return Err(format!($($words)+));
        }
    };
}

/// What was typed into a blank stands in its cell or on its lines, whole.
pub(super) fn every_typed_blank_can_be_read(draft: &Draft, paper: &Paper) -> Result<(), String> {
    let typed = draft.blanks().into_iter().filter(is_typed);
    for field in typed.filter(|field| belongs(paper.kind, field)) {
        let wanted = seen(draft.text(&field).unwrap());
        // A mark without a character of its own stands on the printed word before it.
        let wanted = wanted.trim_start_matches(is_mark);
        let found = seen(&text_in_regions(paper, &field));
        let common = wanted.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
        let lost: String = wanted.chars().skip(common).take(20).collect();
        claim!(found.contains(wanted), "{field}, from {common}: {lost:?}\nis not in\n{found:?}");
    }
    Ok(())
}

/// What of a text has ink. Where the rest stands nobody can say; that it is there the lines' own properties say.
fn seen(text: &str) -> String {
    squeezed(text).chars().filter(|&c| !is_undrawn(c)).collect()
}

/// Every place of a blank is one the editor knows, and can be pointed at.
pub(super) fn regions_are_of_known_blanks_and_on_the_page(paper: &Paper) -> Result<(), String> {
    for (n, page) in paper.pages.iter().enumerate() {
        for region in &page.regions {
            let field = &region.field;
            let whole = field.pointer() == "/company/region" || field.place().is_some();
            claim!(field.spec().is_some() || whole, "page {n}: {field}");
            let Rect { x, y, width, height } = region.rect;
            let room = x >= 0.0 && y >= 0.0 && width > 0.0 && height > 0.0;
            claim!(room, "page {n}, {field}: {:?}", region.rect);
            let inside = region.rect.right() <= A4_WIDTH && region.rect.bottom() <= A4_HEIGHT;
            claim!(inside, "page {n}, {field}: {:?}", region.rect);
        }
    }
    Ok(())
}

/// All ink is on A4.
pub(super) fn nothing_leaves_the_page(paper: &Paper) -> Result<(), String> {
    for (n, page) in paper.pages.iter().enumerate() {
        claim!((page.width, page.height) == (A4_WIDTH, A4_HEIGHT), "page {n}");
        let on_page =
            |x: f32, y: f32| (0.0..=A4_WIDTH).contains(&x) && (0.0..=A4_HEIGHT).contains(&y);
        for run in runs(page) {
            let Some(ink) = extent(run) else { continue };
            let inside = on_page(ink.x, ink.y) && on_page(ink.right(), ink.bottom());
            claim!(inside, "page {n}: {ink:?} {:?}", run.text);
        }
        for rule in rules(page) {
            let inside = on_page(rule.from.x, rule.from.y) && on_page(rule.to.x, rule.to.y);
            claim!(inside, "page {n}: {rule:?}");
        }
    }
    Ok(())
}

/// Whether the inside of two boxes meets, `slack` pt of each side left out.
pub(super) fn meet(a: &Rect, b: &Rect, slack: f32) -> bool {
    a.x + slack < b.right()
        && b.x + slack < a.right()
        && a.y + slack < b.bottom()
        && b.y + slack < a.bottom()
}

/// Cells do not overlap, nor do lines.
pub(super) fn no_text_stands_on_other_text_or_across_a_rule(paper: &Paper) -> Result<(), String> {
    for (n, page) in paper.pages.iter().enumerate() {
        let inks: Vec<_> =
            runs(page).filter_map(|run| Some((run.text.as_str(), extent(run)?))).collect();
        for (m, (text, ink)) in inks.iter().enumerate() {
            for (other, next) in &inks[m + 1..] {
                claim!(!meet(ink, next, 1.0), "page {n}: {text:?} stands on {other:?}");
            }
            for rule in rules(page) {
                let (from, to) = (rule.from, rule.to);
                let (width, height) = (to.x - from.x, to.y - from.y);
                let rect = Rect { x: from.x, y: from.y, width, height };
                claim!(!meet(ink, &rect, 0.6), "page {n}: {text:?} stands across {rule:?}");
            }
        }
    }
    Ok(())
}
