//! Nothing typed is lost on paper, and nothing stands where it may not: samples and nasty drafts,
//! every paper of each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use jiebang::domain::field::specs;
use jiebang::domain::{
    Application, Attachment, Body, Demand, Draft, Evidence, Field, Figure, Guide, Kind, Object,
    Role, Table,
};
use jiebang::rules::check_code::check_code;
use jiebang::rules::notice::{self, Notice};
use jiebang::store::samples::sample;
use jiebang::typeset::geometry::{A4_HEIGHT, A4_WIDTH, MM, Point, Rect};
use jiebang::typeset::page::{GlyphRun, Item, Page, Paper, PaperKind, Rule, SealSpace};
use jiebang::typeset::{Options, lay_out, papers};

/// Characters of the supplementary planes, of the compatibility area, of names and of units.
const RARE: &str = "𬭎𬬻𫓧㐂㼆䶮镕喆堃犇龘𡋾彧翀α±≥℃Ωμ№①㈠㎡ⅢÅéüǖ，“—”……·〇々①☑™￥（Ａ１）";
const POOL: &str =
    "高分子改性材料研发生产销售耐温阻燃翘曲电池外壳产线中试检测标准专利团队进度风险合作目标路线";

/// A draft and what it is called where a test complains.
struct Case {
    name: String,
    draft: Draft,
    notice: &'static Notice,
}

/// Text of `length` characters without a place to part it by meaning, its own for each `seed`.
fn text(seed: usize, length: usize) -> String {
    let pool: Vec<char> = POOL.chars().collect();
    (0..length).map(|n| pool[(n * n + n * (seed + 3) + seed * 7) % pool.len()]).collect()
}

fn printed(field: &Field) -> bool {
    field.spec().is_some_and(|spec| !spec.unprinted)
}

/// Whether the blank is text that is printed as it was typed.
fn is_typed(field: &Field) -> bool {
    let choice = |kind| matches!(kind, Kind::Choice | Kind::Confirm | Kind::Group);
    printed(field) && field.spec().is_some_and(|spec| !choice(spec.kind))
}

/// A draft of a role with every text blank filled by `text`, given the blank's number.
fn filled(notice: &Notice, role: Role, text: impl Fn(usize) -> String) -> Draft {
    let mut draft = Draft::new(&*notice.id, role);
    if let Some(letter) = draft.applications.first_mut() {
        letter.evidence = vec![Evidence::default(); 2];
    }
    for (n, field) in draft.blanks().into_iter().filter(is_typed).enumerate() {
        *draft.text_mut(&field).unwrap() = text(n);
    }
    draft
}

fn many_demands(notice: &Notice) -> Draft {
    let mut draft = Draft::new(&*notice.id, Role::Demander);
    draft.demands = (0..200)
        .map(|n| {
            let mut demand = Demand { name: text(n, 20), ..Demand::default() };
            demand.content.description = text(n + 1, 40 + n * 3);
            demand.content.effect = text(n + 2, n % 7 * 20);
            demand
        })
        .collect();
    draft
}

fn many_items(notice: &Notice) -> Draft {
    let mut draft = Draft::new(&*notice.id, Role::Solver);
    draft.applications = (0..40)
        .map(|n| {
            let mut letter = Application::default();
            letter.item.name = text(n, 12 + n);
            letter.item.code = format!("Q{n}-{:03}", n * 7);
            letter.introduction = text(n + 5, 90).into();
            letter
        })
        .collect();
    // One letter with more evidence than a page holds.
    draft.applications[3].evidence = (0..60)
        .map(|n| Evidence {
            name: text(n, 30),
            number: format!("ZL2020{n:08}.X"),
            issuer: "国家知识产权局".to_owned(),
            ..Evidence::default()
        })
        .collect();
    draft
}

/// One paragraph of 6000 字, and one of several lines, in each long blank.
fn unbroken(notice: &Notice, role: Role) -> Draft {
    let mut draft = Draft::new(&*notice.id, role);
    for (n, field) in draft.blanks().into_iter().enumerate() {
        if field.spec().is_some_and(|spec| spec.kind == Kind::Text) {
            let lines = format!("\t{}\r\n\n  {}\n", text(n, 30), text(n + 9, 70));
            let long = if n % 3 == 0 { lines } else { text(n, 6000) };
            *draft.text_mut(&field).unwrap() = long;
        }
    }
    draft
}

/// A table of some columns and rows; what cell says what is up to `cell`.
fn table(columns: usize, rows: usize, cell: impl Fn(usize, usize) -> String) -> Object {
    let row = |row| (0..columns).map(|column| cell(row, column)).collect();
    let rows = (0..rows).map(row).collect();
    Object::Table(Table { caption: text(columns, 12), header: true, rows, ..Table::default() })
}

fn with(mut object: Object, change: impl Fn(&mut Table)) -> Object {
    if let Object::Table(table) = &mut object {
        change(table);
    }
    object
}

fn figure(pixels: [u32; 2], width: u8, sha256: &str) -> Object {
    let file = Attachment { sha256: sha256.to_owned(), ..Attachment::default() };
    Object::Figure(Figure { caption: text(7, 15), file, pixels, width, ..Figure::default() })
}

/// Tables and figures of every kind, each after some lines of text.
fn objects() -> Vec<Object> {
    let words = |n: usize| move |row: usize, column: usize| text(row * 7 + column, n + row % 5);
    vec![
        table(1, 1, |_, _| "一".to_owned()),
        table(20, 6, |row, column| format!("{row}.{column}")),
        table(20, 3, words(30)),
        table(27, 3, words(3)),
        table(3, 0, words(3)),
        table(5, 40, |row, column| text(row, if row == 4 { 0 } else { column * 9 })),
        table(4, 500, words(5)),
        table(3, 4, |row, column| text(row + column, if row == 2 { 1500 } else { 30 })),
        table(2, 3, |row, _| text(row, if row == 0 { 900 } else { 20 })),
        table(3, 3, |_, column| "abcdefghij-klm_".repeat(column * 6)),
        table(4, 3, |_, _| format!("{RARE}\n——“（《……》）”。\r\n\n{RARE}")),
        with(table(4, 6, words(8)), |table| table.rows[3].truncate(1)),
        with(table(4, 6, words(8)), |table| table.widths = vec![1, 0, 998, 1]),
        with(table(4, 6, words(8)), |table| (table.header, table.caption) = (false, String::new())),
        with(
            table(4, 60, |row, column| format!("第{}—{}个月", row + column, row + 9)),
            |table| {
                table.guide = Some(Guide::Schedule);
            },
        ),
        figure([0, 0], 0, "a"),
        figure([0, 0], 0, ""),
        figure([1, 1], 1, ""),
        figure([100, 20_000], 100, "b"),
        figure([20_000, 100], 0, "c"),
        figure([1500, 1000], 60, "d"),
        figure([600, 900], 100, "e"),
    ]
}

/// A letter with all objects in one section, text before each, and one with two in each section alone.
fn letters_of_objects(notice: &Notice) -> Draft {
    let mut draft = Draft::new(&*notice.id, Role::Solver);
    let mut mixed = Body::from(text(1, 300));
    for (n, object) in objects().into_iter().enumerate() {
        mixed.push(object);
        mixed.push_text(&text(n, n % 4 * 70));
    }
    let mut bare = Application::default();
    let mut rest = objects().into_iter();
    for section in Application::SECTIONS {
        let body = bare.section_mut(section).unwrap();
        rest.by_ref().skip(1).take(2).for_each(|object| _ = body.push(object));
    }
    let mut letter = Application::default();
    letter.plan.schedule = mixed;
    draft.applications = vec![letter, bare];
    draft
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for notice in notice::bundled() {
        for &role in Role::ALL {
            let mut add = |what: &str, draft: Draft| {
                let name = format!("{} {} {what}", notice.id, role.key());
                cases.push(Case { name, draft, notice });
            };
            add("sample", sample(&notice.id, role).unwrap().draft);
            add("empty", Draft::new(&*notice.id, role));
            add("80 字 a blank", filled(notice, role, |n| text(n, 80)));
        }
    }
    let notice = &notice::bundled()[0];
    for &role in Role::ALL {
        let mut add = |what: &str, draft: Draft| {
            cases.push(Case { name: format!("{} {what}", role.key()), draft, notice });
        };
        add("700 字 a blank", filled(notice, role, |n| text(n, 700)));
        add("unbroken", unbroken(notice, role));
        add("Latin", filled(notice, role, |n| format!("{} x{n}", "Latin words only, ".repeat(9))));
        add("one word", filled(notice, role, |n| format!("{n}{}", "abcdefghij-klm_".repeat(12))));
        add("rare", filled(notice, role, |n| format!("{RARE}{n}{RARE}")));
        add("marks", filled(notice, role, |n| format!("{n}{}", "”）。“（《……——".repeat(8))));
    }
    cases.push(Case { name: "200 demands".into(), draft: many_demands(notice), notice });
    cases.push(Case { name: "objects".into(), draft: letters_of_objects(notice), notice });
    cases.push(Case { name: "40 items".into(), draft: many_items(notice), notice });
    cases
}

/// Every paper of every case.
fn each(mut check: impl FnMut(&Case, &Paper)) {
    static LAID_OUT: LazyLock<Vec<(Case, Vec<Paper>)>> = LazyLock::new(|| {
        let options = Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false };
        let laid_out = |case: Case| {
            let kinds = papers(&case.draft).into_iter();
            let papers = kinds.map(|kind| lay_out(kind, &case.draft, case.notice, options));
            let papers = papers.collect();
            (case, papers)
        };
        cases().into_iter().map(laid_out).collect()
    });
    for (case, papers) in &*LAID_OUT {
        papers.iter().for_each(|paper| check(case, paper));
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

fn rules(page: &Page) -> impl Iterator<Item = &Rule> {
    page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    })
}

/// Each glyph of a run with its text and the box of its ink, near enough; spaces left out.
fn glyphs(run: &GlyphRun) -> Vec<(&str, Rect)> {
    let mut x = run.origin.x;
    let mut boxes = Vec::new();
    for glyph in &run.glyphs {
        let text = run.text.get(glyph.start as usize..glyph.end as usize).unwrap();
        // A closing mark fills the left half of its square, an opening one the right half; room
        // that justification adds is after the ink.
        let half = run.size / 2.0;
        let (from, to) = match text.chars().next() {
            Some(c) if "，。、；：）》〉」』】〕”’".contains(c) => (0.0, half),
            Some(c) if "“‘（《〈「『【〔".contains(c) && glyph.advance > half => {
                (half, 2.0 * half)
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
fn extent(run: &GlyphRun) -> Option<Rect> {
    let boxes = glyphs(run);
    let (_, first) = boxes.first()?;
    let right = boxes.iter().map(|(_, rect)| rect.right()).fold(first.x, f32::max);
    Some(Rect { width: right - first.x, ..*first })
}

/// The text of the glyphs inside the blank's regions, page after page.
fn text_in_regions(paper: &Paper, field: &Field) -> String {
    let mut text = String::new();
    for page in &paper.pages {
        let rects: Vec<Rect> =
            page.regions.iter().filter(|r| r.field == *field).map(|r| r.rect).collect();
        for run in runs(page).filter(|_| !rects.is_empty()) {
            let mut x = run.origin.x;
            for glyph in &run.glyphs {
                // A closing mark at a line's end stands with its empty half outside.
                let inside = Point { x: x + glyph.advance.min(run.size) / 4.0, y: run.origin.y };
                if rects.iter().any(|rect| rect.contains(inside)) {
                    text.push_str(&run.text[glyph.start as usize..glyph.end as usize]);
                }
                x += glyph.advance;
            }
        }
    }
    squeezed(&text)
}

/// Whether a paper shows the blank.
fn belongs(kind: PaperKind, field: &Field) -> bool {
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

#[test]
fn every_blank_stands_on_its_papers_as_it_was_typed() {
    each(|case, paper| {
        let draft = &case.draft;
        let typed = draft.blanks().into_iter().filter(is_typed);
        for field in typed.filter(|field| belongs(paper.kind, field)) {
            let wanted = squeezed(draft.text(&field).unwrap());
            let found = text_in_regions(paper, &field);
            let place = format!("{}, {:?}, {field}", case.name, paper.kind);
            let common = wanted.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
            let lost: String = wanted.chars().skip(common).take(20).collect();
            assert!(found.contains(&wanted), "{place}, from {common}: {lost}\nis not in\n{found}");
        }
    });
}

#[test]
fn every_printed_blank_can_be_found_on_a_page_also_when_it_is_empty() {
    each(|case, paper| {
        let draft = &case.draft;
        let mut fields = Vec::new();
        let asked = specs().iter().filter(|spec| spec.kind != Kind::Group && !spec.unprinted);
        asked.for_each(|spec| spec.expand(draft, &mut fields));
        for field in fields.into_iter().filter(|field| belongs(paper.kind, field)) {
            // Without a channel a demander has no route, and the list no office yet.
            if field.pointer() == "/submission/contact" && case.notice.route(draft).is_none() {
                continue;
            }
            let shown = paper.pages.iter().any(|p| p.regions.iter().any(|r| r.field == field));
            assert!(shown, "{}, {:?}: no region of {field}", case.name, paper.kind);
        }
    });
}

#[test]
fn regions_are_of_known_blanks_and_on_the_page() {
    each(|case, paper| {
        for region in paper.pages.iter().flat_map(|page| &page.regions) {
            let place = format!("{}, {:?}, {}", case.name, paper.kind, region.field);
            let field = &region.field;
            let whole = field.pointer() == "/company/region" || field.place().is_some();
            assert!(field.spec().is_some() || whole, "{place}");
            let Rect { x, y, width, height } = region.rect;
            assert!(x >= 0.0 && y >= 0.0 && width > 0.0 && height > 0.0, "{place}");
            assert!(
                region.rect.right() <= A4_WIDTH && region.rect.bottom() <= A4_HEIGHT,
                "{place}"
            );
        }
    });
}

#[test]
fn nothing_leaves_the_page() {
    each(|case, paper| {
        for (n, page) in paper.pages.iter().enumerate() {
            let place = format!("{}, {:?}, page {}", case.name, paper.kind, n + 1);
            assert_eq!((page.width, page.height), (A4_WIDTH, A4_HEIGHT), "{place}");
            let on_page =
                |x: f32, y: f32| (0.0..=A4_WIDTH).contains(&x) && (0.0..=A4_HEIGHT).contains(&y);
            for run in runs(page) {
                let Some(ink) = extent(run) else { continue };
                let inside = on_page(ink.x, ink.y) && on_page(ink.right(), ink.bottom());
                assert!(inside, "{place}: {ink:?} {}", run.text);
            }
            for rule in rules(page) {
                let inside = on_page(rule.from.x, rule.from.y) && on_page(rule.to.x, rule.to.y);
                assert!(inside, "{place}: {rule:?}");
            }
        }
    });
}

/// Whether the inside of two boxes meets, `slack` pt of each side left out.
fn meet(a: &Rect, b: &Rect, slack: f32) -> bool {
    a.x + slack < b.right()
        && b.x + slack < a.right()
        && a.y + slack < b.bottom()
        && b.y + slack < a.bottom()
}

#[test]
fn no_text_stands_on_other_text_or_across_a_rule() {
    each(|case, paper| {
        for (n, page) in paper.pages.iter().enumerate() {
            let place = format!("{}, {:?}, page {}", case.name, paper.kind, n + 1);
            let inks: Vec<_> =
                runs(page).filter_map(|run| Some((run.text.as_str(), extent(run)?))).collect();
            for (m, (text, ink)) in inks.iter().enumerate() {
                for (other, next) in &inks[m + 1..] {
                    assert!(!meet(ink, next, 1.0), "{place}: {text} stands on {other}");
                }
                for rule in rules(page) {
                    let (from, to) = (rule.from, rule.to);
                    let rect =
                        Rect { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
                    assert!(!meet(ink, &rect, 0.6), "{place}: {text} stands across {rule:?}");
                }
            }
        }
    });
}

/// Shaded boxes and pictures.
fn boxes(page: &Page) -> impl Iterator<Item = (&Rect, bool)> {
    page.items.iter().filter_map(|item| match item {
        Item::Fill(fill) => Some((&fill.rect, false)),
        Item::Picture(picture) => Some((&picture.rect, true)),
        _ => None,
    })
}

#[test]
fn a_letter_keeps_within_its_frame_and_pictures_stand_alone() {
    const HALF: f32 = 8.0;
    let (left, right) = (28.0 * MM, (28.0 + 156.0) * MM);
    let (top, bottom) = (37.0 * MM, (37.0 + 225.0) * MM);
    each(|case, paper| {
        let PaperKind::Application(_) = paper.kind else { return };
        for (n, page) in paper.pages.iter().enumerate() {
            let place = format!("{}, {:?}, page {}", case.name, paper.kind, n + 1);
            let inside = |rect: &Rect| {
                // A closing mark at a line's end stands with its empty half outside.
                rect.x > left - 0.6
                    && rect.right() < right + HALF
                    && rect.y > top - 0.6
                    && rect.bottom() < bottom + 0.6
            };
            let inks: Vec<Rect> =
                runs(page).filter(|run| run.origin.y < bottom + 0.5).filter_map(extent).collect();
            inks.iter().for_each(|ink| assert!(inside(ink), "{place}: {ink:?}"));
            for (rect, is_picture) in boxes(page) {
                assert!(inside(rect) && rect.right() < right + 0.6, "{place}: {rect:?}");
                let met = inks.iter().find(|ink| is_picture && meet(ink, rect, 0.5));
                assert_eq!(met, None, "{place}: on {rect:?}");
            }
            for rule in rules(page) {
                let (x, y) = (rule.from.x.max(rule.to.x), rule.from.y.max(rule.to.y));
                assert!(x < right + 0.6 && y < bottom + 0.6, "{place}: {rule:?}");
            }
        }
    });
}

/// The page of the first region of a field, and the lowest edge of its regions there.
fn first_page(paper: &Paper, field: &Field) -> Option<(usize, f32)> {
    paper.pages.iter().enumerate().find_map(|(n, page)| {
        let own = page.regions.iter().filter(|region| region.field == *field);
        own.map(|region| region.rect.bottom()).reduce(f32::max).map(|bottom| (n, bottom))
    })
}

fn last_page(paper: &Paper, field: &Field) -> Option<usize> {
    paper.pages.iter().rposition(|page| page.regions.iter().any(|region| region.field == *field))
}

#[test]
fn a_caption_is_never_parted_from_what_it_names_nor_a_heading_from_its_section() {
    each(|case, paper| {
        let PaperKind::Application(index) = paper.kind else { return };
        let letter = &case.draft.applications[index];
        for found in letter.numbered() {
            let object = format!("/applications/{index}/{}/{}", found.section, found.block);
            let at = |what: &str| Field::new(format!("{object}{what}"));
            let place = format!("{}: {object}", case.name);
            let (page, bottom) = first_page(paper, &at("/caption")).expect(&place);
            match found.object {
                Object::Figure(_) => {
                    let (picture, edge) = first_page(paper, &at("")).expect(&place);
                    assert!(picture == page && edge < bottom, "{place}");
                }
                Object::Table(table) => {
                    // A header that would fill half a page is a row like others.
                    let short = table.rows.iter().take(1).flatten().all(|c| c.chars().count() < 20);
                    let row = usize::from(short && table.rows.len() > 1);
                    let (cell, edge) =
                        first_page(paper, &at(&format!("/rows/{row}/0"))).expect(&place);
                    assert!(cell == page && edge > bottom, "{place}");
                }
            }
        }
        for entry in &paper.outline {
            let page = &paper.pages[entry.page];
            let below = runs(page).filter(|run| {
                let y = run.origin.y;
                y > entry.y + 30.0 && y < frame_bottom(paper.kind) + 0.5
            });
            let pictures = boxes(page).filter(|(rect, _)| rect.y > entry.y);
            let drawn = rules(page).filter(|rule| rule.from.y > entry.y).count();
            // An empty section is its heading and an empty line.
            let empty = page.regions.iter().any(|r| r.rect.y > entry.y + 20.0);
            let count = below.count() + pictures.count() + drawn + usize::from(empty);
            assert!(count > 0, "{}: {} is last on page {}", case.name, entry.title, entry.page + 1);
        }
    });
}

#[test]
fn a_long_table_repeats_its_header_on_each_page_and_parts_no_short_row() {
    each(|case, paper| {
        let PaperKind::Application(index) = paper.kind else { return };
        let letter = &case.draft.applications[index];
        for found in letter.numbered() {
            let Object::Table(table) = found.object else { continue };
            let object = format!("/applications/{index}/{}/{}", found.section, found.block);
            let cell = |row: usize| Field::new(format!("{object}/rows/{row}/0"));
            let long = table.rows.iter().flatten().any(|cell| cell.chars().count() > 200);
            if table.rows.len() < 30 || long {
                continue;
            }
            let (first, last) = (
                first_page(paper, &cell(0)).unwrap().0,
                last_page(paper, &cell(table.rows.len() - 1)),
            );
            // The strip of a schedule goes on with the same cells.
            if table.guide.is_none() {
                for page in first..=last.unwrap() {
                    let shown = paper.pages[page].regions.iter().any(|r| r.field == cell(0));
                    assert!(shown, "{}: {object}, page {}", case.name, page + 1);
                }
                for row in 1..table.rows.len() {
                    let parted = first_page(paper, &cell(row)).unwrap().0
                        != last_page(paper, &cell(row)).unwrap();
                    assert!(!parted, "{}: {object}, row {row}", case.name);
                }
            }
        }
    });
}

fn frame_bottom(kind: PaperKind) -> f32 {
    match kind {
        PaperKind::Application(_) => (37.0 + 225.0) * MM,
        _ => (20.0 + 255.0) * MM,
    }
}

#[test]
fn below_the_text_stand_page_number_and_check_code_alone() {
    each(|case, paper| {
        let (code, count) = (check_code(&case.draft), paper.pages.len());
        for (n, page) in paper.pages.iter().enumerate() {
            let below = runs(page).filter(|run| run.origin.y > frame_bottom(paper.kind) + 0.5);
            let below: String = below.map(|run| run.text.as_str()).collect();
            let number = match paper.kind {
                PaperKind::Application(_) if n == 0 => String::new(),
                PaperKind::Application(_) => format!("—{n}—"),
                _ => format!("第{}页共{count}页", n + 1),
            };
            let place = format!("{}, {:?}", case.name, paper.kind);
            assert_eq!(squeezed(&below), format!("{number}校验码{code}"), "{place}");
        }
    });
}

/// Distance of the nearest point of a box from a seal's centre.
fn distance(seal: &SealSpace, rect: &Rect) -> f32 {
    let x = seal.centre.x.clamp(rect.x, rect.right()) - seal.centre.x;
    let y = seal.centre.y.clamp(rect.y, rect.bottom()) - seal.centre.y;
    x.hypot(y)
}

#[test]
fn a_seal_of_45_mm_meets_the_company_s_name_alone() {
    each(|case, paper| {
        let forms = &case.notice.forms;
        let label = match paper.kind {
            PaperKind::Demand => &forms.demand.seal_label,
            PaperKind::Matching => &forms.matching.seal_label,
            PaperKind::Application(_) => &forms.application.seal_label,
            PaperKind::EvidenceBook(_) | PaperKind::Checklist => "",
        };
        let name = squeezed(&format!("{label}{}", case.draft.company.name));
        let place = format!("{}, {:?}", case.name, paper.kind);
        let expected = usize::from(paper.kind != PaperKind::Checklist);
        let seals = paper.pages.iter().map(|page| page.seals.len());
        assert_eq!(seals.sum::<usize>(), expected, "{place}");
        for page in &paper.pages {
            for seal in &page.seals {
                let radius = seal.diameter / 2.0;
                assert!(radius >= 22.5 * MM - 0.01, "{place}");
                let met = runs(page).filter(|run| {
                    glyphs(run).iter().any(|(_, ink)| distance(seal, ink) < radius - 0.5)
                });
                for run in met {
                    let text = squeezed(&run.text);
                    assert!(name.contains(&text), "{place}: the seal meets {text}");
                }
                // The line to write the name on is the only one.
                let name_lines = |y: f32| {
                    page.regions.iter().any(|region| {
                        region.field.pointer() == "/company/name"
                            && region.rect.height < 40.0
                            && (region.rect.y..region.rect.bottom()).contains(&y)
                    })
                };
                let met = rules(page).filter(|rule| {
                    let (from, to) = (rule.from, rule.to);
                    let rect =
                        Rect { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
                    distance(seal, &rect) < radius - 0.5
                });
                for rule in met {
                    let cover = matches!(paper.kind, PaperKind::Application(_));
                    assert!(cover && name_lines(rule.from.y), "{place}: the seal meets {rule:?}");
                }
            }
        }
    });
}

#[test]
fn the_outline_goes_through_the_pages_in_order() {
    each(|case, paper| {
        let place = format!("{}, {:?}", case.name, paper.kind);
        assert!(!paper.outline.is_empty(), "{place}");
        for entry in &paper.outline {
            assert!(entry.page < paper.pages.len() && !entry.title.trim().is_empty(), "{place}");
            assert!((0.0..A4_HEIGHT).contains(&entry.y), "{place}: {entry:?}");
        }
        for pair in paper.outline.windows(2) {
            let ascends = (pair[0].page, pair[0].y) <= (pair[1].page, pair[1].y);
            assert!(ascends && pair[1].level <= pair[0].level + 1, "{place}: {pair:?}");
        }
    });
}

#[test]
fn no_glyph_is_the_empty_box_of_a_missing_character() {
    each(|case, paper| {
        for run in paper.pages.iter().flat_map(runs) {
            let missing = run.glyphs.iter().find(|glyph| glyph.id == 0);
            let text = missing.map(|glyph| &run.text[glyph.start as usize..glyph.end as usize]);
            assert_eq!(text, None, "{}: {}", case.name, run.text);
        }
    });
}

#[test]
fn confirmed_errors_stand_on_the_checklist_and_idle_confirmations_do_not() {
    let mut draft = sample("shanghai-2024", Role::Solver).unwrap().draft;
    draft.applications[0].plan.route = text(1, 4000).into();
    let letter = Field::new("/applications/0");
    draft.set_override(&letter, "letter_limit", "攻关方案复杂");
    draft.set_override(&Field::application(7, "item/code"), "letter_limit", "早已删去的事项");
    let options = Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false };
    let paper = lay_out(PaperKind::Checklist, &draft, &notice::bundled()[0], options);
    let text: String = paper.pages.iter().flat_map(runs).map(|run| run.text.as_str()).collect();
    assert!(text.contains("超过") && text.contains("攻关方案复杂"), "{text}");
    assert!(!text.contains("早已删去的事项"), "{text}");
}
