//! The tables of the forms with nasty contents: text stays in its cell, and parts are worth reading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiebang::domain::{Demand, Draft, Role};
use jiebang::rules::notice::{Notice, bundled};
use jiebang::store::samples::sample;
use jiebang::typeset::flow::Flow;
use jiebang::typeset::geometry::Rect;
use jiebang::typeset::page::{Face, GlyphRun, Item, Page};
use jiebang::typeset::paragraph::{Paragraph, Style};
use jiebang::typeset::table::{Cell, Group, Row, Section, Table};
use jiebang::typeset::{Options, Paper, PaperKind, lay_out};
use jiff::civil::date;

/// The frame of the table papers, pt: left, top, right, bottom.
const FRAME: (f32, f32, f32, f32) = (62.3, 56.6, 533.0, 779.6);

fn notice(id: &str) -> &'static Notice {
    bundled().iter().find(|notice| notice.id == id).unwrap()
}

fn table(draft: &Draft) -> Paper {
    let kind = match draft.role {
        Role::Demander => PaperKind::Demand,
        Role::Solver => PaperKind::Matching,
    };
    let options = Options { date: date(2024, 7, 8), draft_mark: false };
    lay_out(kind, draft, notice(&draft.notice), options)
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

/// Vertical and horizontal rules of a page: where, from, to. Lines to write on are not rules of a cell.
fn rules(page: &Page) -> (Vec<[f32; 3]>, Vec<[f32; 3]>) {
    let (mut vertical, mut horizontal) = (Vec::new(), Vec::new());
    for item in &page.items {
        let Item::Rule(rule) = item else { continue };
        let (from, to) = (rule.from, rule.to);
        if (from.x - to.x).abs() < 0.01 {
            vertical.push([from.x, from.y, to.y]);
        } else {
            horizontal.push([from.y, from.x, to.x]);
        }
    }
    // A rule of a cell ends at an upright one on both sides.
    let meets = |x: f32| vertical.iter().any(|rule| (rule[0] - x).abs() < 0.1);
    horizontal.retain(|rule| meets(rule[1]) && meets(rule[2]));
    (vertical, horizontal)
}

/// Text inside the table crosses none of its rules and stays inside the frame.
fn assert_text_in_cells(paper: &Paper, what: &str) {
    for (n, page) in paper.pages.iter().enumerate() {
        let (vertical, horizontal) = rules(page);
        let top = horizontal.iter().map(|rule| rule[0]).fold(f32::MAX, f32::min);
        let bottom = horizontal.iter().map(|rule| rule[0]).fold(0.0, f32::max);
        assert!(bottom <= FRAME.3 + 0.1, "{what}, page {n}: a table to {bottom}");
        for run in runs(page).filter(|run| run.origin.y > top && run.origin.y < bottom) {
            // The em square, a hair smaller; a closing mark's empty half may hang out.
            let shown = run.text.trim_end();
            let hang = if shown.ends_with(|c| "，。、；：）》”’".contains(c)) {
                0.5
            } else {
                0.0
            };
            let glyphs = run.glyphs.iter().filter(|glyph| (glyph.start as usize) < shown.len());
            let width: f32 = glyphs.map(|glyph| glyph.advance).sum();
            let (left, right) = (run.origin.x + 0.3, run.origin.x + width - hang * run.size - 0.3);
            let (above, below) = (run.origin.y - 0.86 * run.size, run.origin.y + 0.1 * run.size);
            let text = &run.text;
            assert!(left > FRAME.0 && right < FRAME.2, "{what}, page {n}: {left}–{right} {text}");
            for [x, from, to] in &vertical {
                let beside = *x < left || *x > right || *to < above || *from > below;
                assert!(beside, "{what}, page {n}: the rule at {x} crosses {text}");
            }
            for [y, from, to] in &horizontal {
                let beside = *y < above || *y > below || *to < left || *from > right;
                assert!(beside, "{what}, page {n}: the rule at height {y} crosses {text}");
            }
        }
    }
}

/// The right-hand column of long text on each page of a part: its lines' heights from top to bottom.
fn long_lines(page: &Page, field: &str) -> usize {
    let regions = page.regions.iter().filter(|region| region.field.pointer().starts_with(field));
    regions.map(|region| (region.rect.height / 15.5).round() as usize).sum()
}

fn filled(role: Role, id: &str, text: &str) -> Draft {
    let mut draft = sample(id, role).unwrap().draft;
    let company = &mut draft.company;
    let blanks = [
        &mut company.name,
        &mut company.credit_code,
        &mut company.legal_representative.name,
        &mut company.legal_representative.phone,
        &mut company.legal_representative.mobile,
        &mut company.contact.name,
        &mut company.contact.title,
        &mut company.contact.phone,
        &mut company.contact.mobile,
        &mut company.fax,
        &mut company.email,
        &mut company.registered_capital,
        &mut company.employees,
        &mut company.revenue,
        &mut company.registered_on,
        &mut company.industry,
        &mut company.address,
        &mut company.postcode,
        &mut company.region.province,
        &mut company.region.city,
        &mut company.region.county,
        &mut draft.recommendation.provincial_body,
        &mut draft.recommendation.ministry_body,
        &mut draft.matching.profile,
    ];
    for blank in blanks {
        text.clone_into(blank);
    }
    for demand in &mut draft.demands {
        text.clone_into(&mut demand.name);
        text.clone_into(&mut demand.content.description);
    }
    for letter in &mut draft.applications {
        text.clone_into(&mut letter.item.name);
        text.clone_into(&mut letter.item.code);
    }
    draft
}

const FORMS: [(Role, &str); 4] = [
    (Role::Demander, "shanghai-2024"),
    (Role::Solver, "shanghai-2024"),
    (Role::Demander, "wuhan-2024"),
    (Role::Solver, "wuhan-2024"),
];

#[test]
fn whatever_stands_in_the_blanks_stands_in_its_cell() {
    let address = format!("https://example.com/{}", "parts/AB-1234567_x".repeat(16));
    let words = "动力电池上壳体用无卤阻燃长玻纤增强聚丙烯材料，".repeat(12);
    let texts = ["", "甲", "电子", "a b", "W", address.as_str(), words.as_str()];
    for (role, id) in FORMS {
        for text in texts {
            let what: String = format!("{role:?} {id} {text}").chars().take(60).collect();
            assert_text_in_cells(&table(&filled(role, id, text)), &what);
        }
    }
}

#[test]
fn blanks_of_every_length_stand_in_their_cells() {
    // A small generator with a fixed seed: lengths and scripts vary from blank to blank.
    let mut seed = 20_240_710_u32;
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize
    };
    let pieces = ["汽车", "A1", "（", "）", "-", "，", "3.5 mm", "www.", " ", "𬭎", "“", "”", "——"];
    for (role, id) in FORMS {
        for _ in 0..12 {
            let count = next() % 40;
            let text: String = (0..count).map(|_| pieces[next() % pieces.len()]).collect();
            assert_text_in_cells(
                &table(&filled(role, id, &text)),
                &format!("{role:?} {id} {text}"),
            );
        }
    }
}

#[test]
fn a_text_is_set_smaller_before_its_row_grows() {
    let mut draft = sample("shanghai-2024", Role::Demander).unwrap().draft;
    let email = |draft: &Draft| {
        let paper = table(draft);
        let is_part = |run: &&GlyphRun| draft.company.email.contains(run.text.as_str());
        let found = runs(&paper.pages[0]).filter(is_part).map(|run| (run.size, run.text.clone()));
        found.collect::<Vec<_>>()
    };
    for (text, size) in [("tech@example.com", 10.5), ("innovation@example.com", 9.0)] {
        text.clone_into(&mut draft.company.email);
        assert_eq!(email(&draft), [(size, text.to_owned())]);
    }
    // Where 小五 does not save a line either, the row grows and the text is as large as the others.
    "innovation-department@shanghai.example.com".clone_into(&mut draft.company.email);
    let lines = email(&draft);
    assert!(lines.len() > 1 && lines.iter().all(|(size, _)| *size == 10.5), "{lines:?}");
}

#[test]
fn short_labels_are_as_wide_as_their_neighbours() {
    for (role, id) in FORMS {
        let paper = table(&sample(id, role).unwrap().draft);
        let width = |label: &str| {
            let run = runs(&paper.pages[0]).find(|run| run.text == label);
            let run = run.unwrap_or_else(|| panic!("{label} is not on the page"));
            (run.origin.x, run.width())
        };
        for label in ["传　真", "手　机", "邮　编"] {
            assert!((width(label).1 - 42.0).abs() < 0.1, "{label} {:?}", width(label));
        }
        let left = width("法人代表").0;
        assert!((width("传　真").0 - left).abs() < 0.1, "not below each other");
    }
}

fn long_draft(sentences: usize) -> Draft {
    let mut draft = sample("shanghai-2024", Role::Demander).unwrap().draft;
    draft.demands.truncate(1);
    let demand = &mut draft.demands[0];
    let line = "研发一种可替代钢板冲压件的无卤阻燃长玻纤增强聚丙烯材料，用于动力电池上壳体。";
    demand.content.description =
        (0..sentences).map(|n| line.repeat(1 + n % 4)).collect::<Vec<_>>().join("\n");
    draft
}

#[test]
fn a_demand_over_pages_has_its_labels_again_and_no_single_line() {
    for sentences in 1..60 {
        let draft = long_draft(sentences);
        let paper = table(&draft);
        assert_text_in_cells(&paper, &format!("{sentences} paragraphs"));
        let mut shown = Vec::new();
        for (n, page) in paper.pages.iter().enumerate() {
            let texts: Vec<&str> = runs(page).map(|run| run.text.as_str()).collect();
            let lines = long_lines(page, "/demands/0/content");
            shown.push(lines);
            let title = texts.iter().any(|text| text.starts_with("二、技术创新需求"));
            assert_eq!(title, lines > 0, "{sentences} paragraphs, page {n}: a heading alone");
            if n > 0 && lines > 0 {
                assert!(texts.contains(&"（续）"), "{sentences} paragraphs, page {n}");
                assert!(texts.contains(&"需求内容"), "{sentences} paragraphs, page {n}");
            }
        }
        let parts: Vec<usize> = shown.iter().copied().filter(|lines| *lines > 0).collect();
        if parts.len() > 1 {
            assert!(
                parts[0] >= 5 && parts.iter().all(|lines| *lines >= 2),
                "{sentences}: {parts:?}"
            );
        }
    }
}

#[test]
fn two_hundred_demands_and_one_of_five_thousand_characters_keep_the_grid() {
    let mut draft = long_draft(1);
    draft.demands[0].content.description = "研发一种材料，用于电池壳体，成本可控。".repeat(270);
    assert!(table(&draft).pages.len() > 4);
    assert_text_in_cells(&table(&draft), "5000 字");
    draft.demands = vec![Demand::default(); 200];
    for (n, demand) in draft.demands.iter_mut().enumerate() {
        demand.name = format!("第{}项材料", n + 1);
    }
    let paper = table(&draft);
    assert_text_in_cells(&paper, "200 demands");
    let names = paper.pages.iter().flat_map(runs).filter(|run| run.text.ends_with("项材料"));
    assert_eq!(names.count(), 200);
}

#[test]
fn the_checklist_of_each_sample_is_one_page() {
    for (role, id) in FORMS {
        let mut draft = sample(id, role).unwrap().draft;
        draft.print.straddle_seal = true;
        draft.print.signature_fields = true;
        draft.print.double_sided = true;
        let options = Options { date: date(2024, 7, 8), draft_mark: false };
        let paper = lay_out(PaperKind::Checklist, &draft, notice(id), options);
        let last = paper.pages.iter().flat_map(runs).map(|run| (run.origin.y, &run.text));
        let last: Vec<_> = last.skip_while(|(y, _)| *y < 650.0).collect();
        assert_eq!(paper.pages.len(), 1, "{role:?} {id}: {last:?}");
        let text: String = runs(&paper.pages[0]).map(|run| run.text.as_str()).collect();
        for words in ["双面打印", "长边翻转", "骑缝章", "电子签名域", "实际大小"]
        {
            assert!(text.contains(words), "{role:?} {id}: {words}");
        }
    }
}

const AREA: Rect = Rect { x: 60.0, y: 60.0, width: 470.0, height: 700.0 };

fn small(text: &str) -> Cell {
    Cell::new(1, vec![Paragraph::new(text, Style::new(Face::Song, 10.5, 15.5))])
}

fn grouped(label: &str, rows: Vec<Row>) -> Group {
    Group { label: Some(small(label)), rows, outline: None }
}

/// Groups under a heading that is repeated on each further page.
fn part_of(groups: Vec<Group>) -> Table {
    let heading = Row::new(27.0, vec![Cell::new(3, small("二、需求").content)]);
    let section =
        Section { heading: Some(heading), groups, outline: None, marks_continuation: true };
    Table::new(vec![70.0, 60.0, 340.0], vec![section])
}

fn placed(table: &Table) -> Vec<Page> {
    let mut flow = Flow::new(AREA);
    flow.table(table);
    let pages = flow.finish().0;
    for (n, page) in pages.iter().enumerate() {
        let lowest = runs(page).map(|run| run.origin.y).fold(0.0, f32::max);
        let (vertical, _) = rules(page);
        let bottom = vertical.iter().map(|rule| rule[2]).fold(0.0, f32::max);
        assert!(lowest < bottom && bottom <= AREA.bottom() + 0.1, "page {n}: {lowest}, {bottom}");
    }
    pages
}

#[test]
fn a_group_is_as_high_as_its_label() {
    let row = || Row::new(27.0, vec![small("名称"), small("一")]);
    let long = "拟揭榜事项".repeat(6);
    let table = part_of(vec![grouped(&long, vec![row()]), grouped("第二", vec![row()])]);
    let pages = placed(&table);
    let label = runs(&pages[0]).filter(|run| run.text.contains("揭榜"));
    let last = label.map(|run| run.origin.y).fold(0.0, f32::max);
    let next = runs(&pages[0]).find(|run| run.text == "第二").unwrap().origin.y;
    assert!(last + 8.0 < next, "the label runs to {last}, the next one stands at {next}");
    let (vertical, _) = rules(&pages[0]);
    let bottom = vertical.iter().map(|rule| rule[2]).fold(0.0, f32::max);
    assert!((bottom - AREA.y - table.height()).abs() < 0.1, "{bottom}, {}", table.height());
}

#[test]
fn what_goes_on_overleaf_is_as_high_as_its_label_with_its_mark() {
    for count in 30..60 {
        let lines = (0..count).map(|n| small(&format!("第{n}行")).content.remove(0)).collect();
        let row = Row::new(27.0, vec![small("内容").repeated(), Cell::new(1, lines).top()]);
        let long = "拟揭榜事项".repeat(6);
        let after = Row::new(27.0, vec![small("名称"), small("一")]);
        let pages = placed(&part_of(vec![grouped(&long, vec![row]), grouped("第二", vec![after])]));
        let on = |page: &Page, text: &str| {
            let found = runs(page).filter(|run| run.text.contains(text)).map(|run| run.origin.y);
            found.collect::<Vec<_>>()
        };
        for page in &pages {
            let label = on(page, "揭榜").into_iter().chain(on(page, "（续）")).fold(0.0, f32::max);
            let next = on(page, "第二").first().copied().unwrap_or(f32::MAX);
            assert!(label + 8.0 < next, "{count}: the label runs to {label}, {next}");
        }
    }
}

#[test]
fn a_repeated_label_longer_than_a_page_is_read_to_its_end() {
    for (words, count) in [(60, 120), (60, 3), (19, 200), (20, 200), (21, 200)] {
        let text = "需求内容及指标要求".repeat(words);
        let lines = (0..count).map(|n| small(&format!("第{n}行")).content.remove(0)).collect();
        let row = Row::new(27.0, vec![small(&text).repeated(), Cell::new(1, lines).top()]);
        let pages = placed(&part_of(vec![grouped("第一", vec![row])]));
        let label =
            pages.iter().flat_map(runs).filter(|run| (130.0..180.0).contains(&run.origin.x));
        let label: String = label.map(|run| run.text.as_str()).collect();
        let mut again = label.strip_prefix(text.as_str()).unwrap();
        while !again.is_empty() {
            again = again.strip_prefix(text.as_str()).unwrap().strip_prefix("（续）").unwrap();
        }
        let last = format!("第{}行", count - 1);
        assert!(pages.iter().flat_map(runs).any(|run| run.text == last), "{words} {count}");
    }
}

#[test]
fn no_page_holds_nothing_but_a_repeated_heading() {
    let demand = |n: usize, words: usize| {
        let name = small(&"动力电池上壳体".repeat(words));
        let name = Row::new(27.0, vec![small("名称"), name]).keep_with_next();
        let content = Row::new(110.0, vec![small("需求内容").repeated(), small("内容").top()]);
        grouped(&format!("需求{n}"), vec![name, content])
    };
    for words in (150..320).step_by(5) {
        let pages = placed(&part_of(vec![demand(1, words), demand(2, words)]));
        let letters = |page| runs(page).map(|run| run.text.chars().count()).sum::<usize>();
        let all: Vec<usize> = pages.iter().map(letters).collect();
        assert!(all.iter().all(|&count| count > 12), "{words}: {all:?}");
    }
}
