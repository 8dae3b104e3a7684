//! Every change of layout is seen: the pages of the samples as text, to be read in a diff.
//!
//! To accept a change: look at the pages, then run `cargo insta accept`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;

use jiebang::domain::Role;
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::page::{Fill, Item, Page, PagePicture};
use jiebang::typeset::{Options, PaperKind, lay_out};
use jiff::civil::date;

/// A page a line an item; lengths in pt with one decimal, so that no float noise is in a diff.
fn text_of(page: &Page) -> String {
    let mut out = String::new();
    for item in &page.items {
        let line = match item {
            Item::Mark(_) => continue,
            Item::Text(run) => format!(
                "{:6.1} {:6.1}  {:?} {} {:.1}  {}",
                run.origin.x,
                run.origin.y,
                run.face,
                run.size,
                run.width(),
                run.text
            ),
            Item::Rule(rule) => format!(
                "{:6.1} {:6.1}  rule to {:.1} {:.1} of {}",
                rule.from.x, rule.from.y, rule.to.x, rule.to.y, rule.width
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
    for seal in &page.seals {
        writeln!(out, "seal {:.1} {:.1} of {:.1}", seal.centre.x, seal.centre.y, seal.diameter)
            .unwrap();
    }
    out
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
