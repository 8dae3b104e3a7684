//! The cover of a letter whose company and item have names of many lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiebang::domain::{PrintOptions, Role};
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::page::{Item, Paper};
use jiebang::typeset::{Options, PaperKind, lay_out};
use jiff::civil::date;

fn letter(company: &str, item: &str, double_sided: bool) -> Paper {
    let mut draft = sample("shanghai-2024", Role::Solver).unwrap().draft;
    draft.print = PrintOptions { double_sided, ..PrintOptions::default() };
    company.clone_into(&mut draft.company.name);
    item.clone_into(&mut draft.applications[0].item.name);
    let notice = bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    let options = Options { date: date(2024, 7, 8), draft_mark: false };
    lay_out(PaperKind::Application(0), &draft, notice, options)
}

/// The page on which these words stand.
fn page_of(letter: &Paper, words: &str) -> usize {
    let has = |item: &Item| matches!(item, Item::Text(run) if run.text.contains(words));
    letter.pages.iter().position(|page| page.items.iter().any(has)).unwrap()
}

#[test]
fn a_cover_of_two_pages_is_sealed_where_the_name_begins_and_has_no_numbers() {
    let company = "上海示例新材料股份有限公司".repeat(24);
    let item = "动力电池上壳体用材料开发".repeat(10);
    for double_sided in [false, true] {
        let letter = letter(&company, &item, double_sided);
        let sealed: Vec<usize> =
            (0..letter.pages.len()).filter(|&n| !letter.pages[n].seals.is_empty()).collect();
        assert_eq!(sealed, [0], "double-sided {double_sided}");
        // The second page of the cover is the back of the first: no blank one is needed.
        assert_eq!(page_of(&letter, "事项名称"), 1, "double-sided {double_sided}");
        assert_eq!(page_of(&letter, "— 1 —"), 2, "double-sided {double_sided}");
        let entries = letter.outline.iter().map(|entry| entry.page);
        assert_eq!(entries.take(2).collect::<Vec<_>>(), [0, 2], "double-sided {double_sided}");
    }
}

#[test]
fn only_a_cover_of_an_odd_number_of_pages_has_a_blank_back() {
    for count in 1..70 {
        let letter = letter(&"上海示例新材料股份有限公司".repeat(count), "材料开发", true);
        let cover = page_of(&letter, "事项名称") + 1;
        let body = page_of(&letter, "— 1 —");
        assert_eq!(body, cover.next_multiple_of(2), "{count}");
        let blank = letter.pages.iter().position(|page| page.is_blank());
        assert_eq!(blank, (cover % 2 == 1).then_some(cover), "{count}");
    }
}
