//! Every change of layout is seen: the pages of the samples as text, to be read in a diff.
//!
//! To accept a change: look at the pages, then run `cargo insta accept`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write;

use jiebang::domain::Role;
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::page::{Fill, Item, Page, PagePicture, Rule};
use jiebang::typeset::{Options, PaperKind, lay_out};
use jiff::civil::date;

/// A page a line an item, rules joined below them; lengths in pt with one decimal, so that no float noise is
/// in a diff.
fn text_of(page: &Page) -> String {
    let mut out = String::new();
    for item in &page.items {
        let line = match item {
            // What belongs together is held by tests/tagged_paper.rs.
            Item::Mark(_) | Item::Rule(_) => continue,
            Item::Text(run) => format!(
                "{:6.1} {:6.1}  {:?} {} {:.1}  {}",
                run.origin.x,
                run.origin.y,
                run.face,
                run.size,
                run.width(),
                shortened(&run.text)
            ),
            Item::CheckBox(check_box) => {
                let mark = if check_box.checked { '☑' } else { '☐' };
                format!("{:6.1} {:6.1}  {mark}", check_box.rect.x, check_box.rect.y)
            }
            Item::Fill(Fill { rect, grey }) => format!(
                "{:6.1} {:6.1}  shade {} of {:.1} by {:.1}",
                rect.x, rect.y, grey.0, rect.width, rect.height
            ),
            Item::Picture(PagePicture { rect, file }) => format!(
                "{:6.1} {:6.1}  picture {} of {:.1} by {:.1}",
                rect.x, rect.y, file.name, rect.width, rect.height
            ),
        };
        writeln!(out, "{line}").unwrap();
    }
    for line in ruled(page) {
        writeln!(out, "{line}").unwrap();
    }
    for seal in &page.seals {
        writeln!(out, "seal {:.1} {:.1} of {:.1}", seal.centre.x, seal.centre.y, seal.diameter)
            .unwrap();
    }
    out
}

/// The ends of a line of text: where it breaks and how wide it is says what became of the rest.
fn shortened(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    match characters.as_slice() {
        [a, b, c, d, .., w, x, y, z] if characters.len() > 10 => {
            format!("{a}{b}{c}{d}…{w}{x}{y}{z}")
        }
        _ => text.to_owned(),
    }
}

/// The rules, lying ones first: those of one thickness on one line together, joined where they meet.
fn ruled(page: &Page) -> Vec<String> {
    // In tenths of a pt: direction, thickness, the line they stand on, and from where to where.
    let tenths = |length: f32| (length * 10.0).round() as i32;
    let mut lines: BTreeMap<_, Vec<(i32, i32)>> = BTreeMap::new();
    for item in &page.items {
        let Item::Rule(Rule { from, to, width }) = item else { continue };
        let lies = from.y == to.y;
        assert!(lies || from.x == to.x, "a slanting rule: {item:?}");
        let (line, ends) = if lies { (from.y, (from.x, to.x)) } else { (from.x, (from.y, to.y)) };
        let key = (!lies, tenths(line), tenths(*width));
        lines.entry(key).or_default().push((tenths(ends.0), tenths(ends.1)));
    }
    let pt = |tenths: i32| format!("{:.1}", f64::from(tenths) / 10.0);
    let line = |((stands, line, width), mut parts): ((bool, i32, i32), Vec<(i32, i32)>)| {
        parts.sort_unstable();
        let mut joined: Vec<(i32, i32)> = Vec::new();
        for (from, to) in parts {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = to.max(last.1),
                _ => joined.push((from, to)),
            }
        }
        let parts = joined.iter().map(|(from, to)| format!("{}–{}", pt(*from), pt(*to)));
        let parts = parts.collect::<Vec<_>>().join(" ");
        format!("{} {}: {parts} of {}", if stands { '|' } else { '—' }, pt(line), pt(width))
    };
    lines.into_iter().map(line).collect()
}

fn snapshot(name: &str, notice: &str, role: Role, kind: PaperKind) {
    let sample = sample(notice, role).unwrap();
    let notice = bundled().iter().find(|known| known.id == notice).unwrap();
    let options = Options { date: date(2024, 7, 8), draft_mark: false };
    let paper = lay_out(kind, &sample.draft, notice, options);
    let mut text = format!("{}\n", paper.title);
    for entry in &paper.outline {
        let (level, title) = (usize::from(entry.level) * 2, &entry.title);
        writeln!(text, "{:level$}{title}  {} {:.1}", "", entry.page + 1, entry.y).unwrap();
    }
    for (n, page) in paper.pages.iter().enumerate() {
        write!(text, "\n== page {}\n{}", n + 1, text_of(page)).unwrap();
    }
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn the_demand_table() {
    snapshot("demand", "shanghai-2024", Role::Demander, PaperKind::Demand);
}

#[test]
fn the_matching_table() {
    snapshot("matching", "shanghai-2024", Role::Solver, PaperKind::Matching);
}

#[test]
fn the_application_letter() {
    snapshot("application", "wuhan-2024", Role::Solver, PaperKind::Application(0));
}

#[test]
fn the_checklist() {
    snapshot("checklist", "wuhan-2024", Role::Demander, PaperKind::Checklist);
}
