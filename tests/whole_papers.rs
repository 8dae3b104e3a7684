//! What holds for every paper as a whole: nothing over anything else, told in order, the same each time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiebang::domain::{Draft, Role};
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::geometry::{A4_HEIGHT, A4_WIDTH};
use jiebang::typeset::page::{Item, Paper};
use jiebang::typeset::{Options, PaperKind, lay_out};
use jiff::civil::date;

fn paper(draft: &Draft, kind: PaperKind) -> Paper {
    let notice = bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    lay_out(kind, draft, notice, Options { date: date(2024, 7, 8), draft_mark: false })
}

fn solver() -> Draft {
    sample("shanghai-2024", Role::Solver).unwrap().draft
}

/// What is wrong with the text of a paper's pages: off the page, or over another text.
fn faults(paper: &Paper) -> Vec<String> {
    let mut faults = Vec::new();
    for (n, page) in paper.pages.iter().enumerate() {
        let mut boxes: Vec<(f32, f32, f32, f32, String)> = Vec::new();
        for item in &page.items {
            let Item::Text(run) = item else { continue };
            let (x, y, w) = (run.origin.x, run.origin.y, run.width());
            if !(0.0..=A4_WIDTH - w).contains(&x) || !(5.0..=A4_HEIGHT - 5.0).contains(&y) {
                faults.push(format!("page {n}: off the page at {x} {y}: {}", run.text));
            }
            for (l, r, t, b, text) in &boxes {
                let beside = x >= r - 1.0 || x + w <= l + 1.0;
                let apart = y <= t + 1.0 || y - 0.7 * run.size >= b - 1.0;
                if !beside && !apart && !run.text.trim().is_empty() && !text.trim().is_empty() {
                    faults.push(format!("page {n}: {} lies over {text}", run.text));
                }
            }
            boxes.push((x, x + w, y - 0.7 * run.size, y, run.text.clone()));
        }
    }
    faults
}

/// The drafts of the samples with one blank after the other overfull, and their papers.
fn overfull() -> impl Iterator<Item = (String, Draft)> {
    let long = "上海示例新材料股份有限公司（阻燃）PA66-GF30/V-0，".repeat(12);
    let samples = bundled().iter().flat_map(|notice| {
        [Role::Solver, Role::Demander].map(|role| sample(&notice.id, role).unwrap().draft)
    });
    samples.flat_map(move |base| {
        let long = long.clone();
        base.blanks().into_iter().filter_map(move |field| {
            let mut draft = base.clone();
            long.clone_into(draft.text_mut(&field)?);
            draft.print.double_sided = true;
            Some((format!("{} {field:?}", draft.notice), draft))
        })
    })
}

#[test]
fn papers_of_long_blanks_have_no_text_over_text() {
    let mut count = 0;
    for (name, draft) in overfull() {
        let kinds: &[PaperKind] = match draft.role {
            Role::Solver => &[PaperKind::Matching, PaperKind::Application(0), PaperKind::Checklist],
            Role::Demander => &[PaperKind::Demand, PaperKind::Checklist],
        };
        for kind in kinds {
            let faults = faults(&paper(&draft, *kind));
            assert!(faults.is_empty(), "{name} {kind:?}: {faults:#?}");
        }
        count += 1;
    }
    assert!(count > 100, "{count} blanks");
}

#[test]
fn the_structure_is_read_in_the_order_of_the_pages() {
    let mut draft = sample("shanghai-2024", Role::Demander).unwrap().draft;
    for demand in &mut draft.demands {
        demand.content.description = "围绕动力电池上壳体轻量化需求开展研发。\n".repeat(150);
    }
    let laid = paper(&draft, PaperKind::Demand);
    let order: Vec<_> = laid.structure.in_order().into_iter().map(|(id, _)| id).collect();
    let mut last = 0;
    for page in &laid.pages {
        for item in &page.items {
            let Item::Mark(Some(id)) = item else { continue };
            let place = order.iter().position(|known| known == id).unwrap();
            assert!(place >= last, "{place} after {last}");
            last = place;
        }
    }
}

#[test]
fn every_paragraph_of_a_letter_or_table_opens_with_two_zi() {
    let mut draft = sample("shanghai-2024", Role::Demander).unwrap().draft;
    draft.demands[0].content.description = "围绕动力电池上壳体轻量化需求开展研发。\n完".repeat(3);
    let laid = paper(&draft, PaperKind::Demand);
    let lefts: Vec<f32> = laid
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match item {
            Item::Text(run) if run.text.starts_with("完围绕") => Some(run.origin.x),
            _ => None,
        })
        .collect();
    // The cell begins at 62.3 + 70 + 51 pt.
    assert!(lefts.len() > 1, "{lefts:?}");
    assert!(lefts.iter().all(|x| *x > 62.3 + 70.0 + 51.0 + 2.0 * 10.5 - 1.0), "{lefts:?}");
}

#[test]
fn a_list_printed_as_draft_promises_no_signature_field() {
    let mut draft = solver();
    draft.print.signature_fields = true;
    let notice = bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    let options = Options { date: date(2024, 7, 8), draft_mark: true };
    let list = lay_out(PaperKind::Checklist, &draft, notice, options);
    let table = lay_out(PaperKind::Matching, &draft, notice, options);
    let promised = list
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .any(|item| matches!(item, Item::Text(run) if run.text.contains("电子签名域")));
    assert_eq!(promised, table.signable);
}

#[test]
fn two_threads_lay_out_the_same_pages() {
    let draft = solver();
    let lay = |draft: &Draft| {
        (paper(draft, PaperKind::Application(0)), paper(draft, PaperKind::Matching))
    };
    let once = lay(&draft);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| lay(&draft))).collect();
        for other in all {
            assert_eq!(other.join().unwrap(), once);
        }
    });
}
