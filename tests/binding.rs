//! Papers printed on both sides and bound: margins, page numbers, the back of a cover, the 骑缝章.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiebang::domain::{PrintOptions, Role};
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::geometry::MM;
use jiebang::typeset::page::{GlyphRun, Item, Page, Paper};
use jiebang::typeset::{Options, PaperKind, lay_out};
use jiff::civil::date;

fn paper(role: Role, kind: PaperKind, print: PrintOptions) -> Paper {
    let mut draft = sample("shanghai-2024", role).unwrap().draft;
    draft.print = print;
    let notice = bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap();
    lay_out(kind, &draft, notice, Options { date: date(2024, 7, 8), draft_mark: false })
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

fn number(page: &Page) -> Option<&GlyphRun> {
    runs(page).find(|run| run.text.starts_with("— ") && run.text.ends_with(" —"))
}

/// Left edge of the text of a full page: that of its leftmost run above the page number.
fn left(page: &Page) -> f32 {
    let body = runs(page).filter(|run| run.size > 15.0);
    body.map(|run| run.origin.x).fold(f32::MAX, f32::min)
}

#[test]
fn on_one_side_every_page_is_bound_and_numbered_alike() {
    let letter = paper(Role::Solver, PaperKind::Application(0), PrintOptions::default());
    assert!(number(&letter.pages[0]).is_none(), "a cover has no number");
    for (n, page) in letter.pages.iter().enumerate().skip(1) {
        let number = number(page).unwrap();
        assert_eq!(number.text, format!("— {n} —"));
        // One 字 (四号) before the right edge of the text.
        let right = number.origin.x + number.width();
        assert!((right - (184.0 * MM - 14.0)).abs() < 0.1, "page {n}: {right}");
    }
}

#[test]
fn on_both_sides_margins_and_numbers_change_and_the_back_of_the_cover_is_blank() {
    let one = paper(Role::Solver, PaperKind::Application(0), PrintOptions::default());
    let print = PrintOptions { double_sided: true, ..PrintOptions::default() };
    let both = paper(Role::Solver, PaperKind::Application(0), print);
    assert_eq!(both.pages.len(), one.pages.len() + 1);
    assert_eq!(both.pages[1].items, [], "the back of the cover");
    for (n, page) in both.pages.iter().enumerate().skip(2) {
        let number = number(page).unwrap();
        assert_eq!(number.text, format!("— {} —", n - 1));
        let right = number.origin.x + number.width();
        if n % 2 == 0 {
            assert!((right - (184.0 * MM - 14.0)).abs() < 0.1, "a front, {n}");
            assert!(left(page) >= 28.0 * MM - 0.1, "28 mm to the binding");
        } else {
            assert!((number.origin.x - (26.0 * MM + 14.0)).abs() < 0.1, "a back, {n}");
        }
        // The same words stand on it as on the page before the blank one was put in.
        let words = |page: &Page| runs(page).map(|run| run.text.clone()).collect::<Vec<_>>();
        assert_eq!(words(page), words(&one.pages[n - 1]));
        let moved =
            runs(page).next().unwrap().origin.x - runs(&one.pages[n - 1]).next().unwrap().origin.x;
        assert!((moved - if n % 2 == 0 { 0.0 } else { -2.0 * MM }).abs() < 0.01, "{n}: {moved}");
    }
    for (before, after) in one.outline.iter().zip(&both.outline) {
        assert_eq!(after.page, if before.page == 0 { 0 } else { before.page + 1 });
    }
    let regions = |paper: &Paper| paper.pages.iter().map(|p| p.regions.len()).sum::<usize>();
    assert_eq!(regions(&one), regions(&both));
}

#[test]
fn a_table_on_both_sides_leaves_more_room_at_its_binding() {
    let one = paper(Role::Demander, PaperKind::Demand, PrintOptions::default());
    let print = PrintOptions { double_sided: true, ..PrintOptions::default() };
    let both = paper(Role::Demander, PaperKind::Demand, print);
    assert_eq!(one.pages.len(), both.pages.len());
    for (n, (before, after)) in one.pages.iter().zip(&both.pages).enumerate() {
        let shift = if n % 2 == 0 { 2.5 * MM } else { -2.5 * MM };
        for (before, after) in runs(before).zip(runs(after)) {
            // The check code is at the same distance, the marks of the table are, and the page number is.
            assert!((after.origin.x - before.origin.x - shift).abs() < 0.01, "{}", after.text);
        }
        for (before, after) in before.regions.iter().zip(&after.regions) {
            assert!((after.rect.x - before.rect.x - shift).abs() < 0.01);
        }
        for (before, after) in before.seals.iter().zip(&after.seals) {
            assert!((after.centre.x - before.centre.x - shift).abs() < 0.01);
        }
    }
}

/// Height of the two marks of the 骑缝章 at the right edge of a page.
fn straddle(page: &Page) -> Option<(f32, f32)> {
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) if rule.from.x > page.width - 12.0 * MM => Some(rule.from.y),
        _ => None,
    });
    let marks: Vec<f32> = rules.collect();
    let named = ["骑", "缝", "章"].iter().all(|letter| {
        runs(page).any(|run| run.text == *letter && run.origin.x > page.width - 12.0 * MM)
    });
    assert_eq!(named, marks.len() == 2, "marks and their name");
    Some((*marks.first()?, *marks.last()?))
}

#[test]
fn the_straddling_seal_has_the_same_place_on_each_sheet_and_none_on_a_single_one() {
    let print = PrintOptions { straddle_seal: true, ..PrintOptions::default() };
    let letter = paper(Role::Solver, PaperKind::Application(0), print.clone());
    let places: Vec<_> = letter.pages.iter().map(straddle).collect();
    let (top, bottom) = places[0].unwrap();
    assert!((bottom - top - 45.0 * MM).abs() < 0.01);
    assert!(places.iter().all(|place| *place == Some((top, bottom))));

    let both = PrintOptions { double_sided: true, ..print.clone() };
    let letter = paper(Role::Solver, PaperKind::Application(0), both);
    for (n, page) in letter.pages.iter().enumerate() {
        assert_eq!(straddle(page).is_some(), n % 2 == 0, "fronts alone, page {n}");
    }
    let list = paper(Role::Solver, PaperKind::Checklist, print);
    assert!(list.pages.iter().all(|page| straddle(page).is_none()), "the list is not sealed");
    let without = paper(Role::Solver, PaperKind::Application(0), PrintOptions::default());
    assert!(without.pages.iter().all(|page| straddle(page).is_none()));
}
