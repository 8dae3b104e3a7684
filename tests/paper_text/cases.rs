//! The drafts whose papers are looked at: samples, and nasty ones.

use std::sync::LazyLock;

use jiebang::domain::{
    Application, Attachment, Body, Demand, Draft, Evidence, Figure, Guide, Kind, Object, Role,
    Table,
};
use jiebang::rules::notice::{self, Notice};
use jiebang::store::samples::sample;
use jiebang::typeset::page::Paper;
use jiebang::typeset::{Options, lay_out, papers};

use super::reading::is_typed;

/// Characters of the supplementary planes, of the compatibility area, of names and of units.
pub(super) const RARE: &str =
    "𬭎𬬻𫓧㐂㼆䶮镕喆堃犇龘𡋾彧翀α±≥℃Ωμ№①㈠㎡ⅢÅéüǖ，“—”……·〇々①☑™￥（Ａ１）";
pub(super) const POOL: &str =
    "高分子改性材料研发生产销售耐温阻燃翘曲电池外壳产线中试检测标准专利团队进度风险合作目标路线";

/// A draft and what it is called where a test complains.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) draft: Draft,
    pub(super) notice: &'static Notice,
}

/// Text of `length` characters without a place to part it by meaning, its own for each `seed`.
pub(super) fn text(seed: usize, length: usize) -> String {
    let pool: Vec<char> = POOL.chars().collect();
    (0..length).map(|n| pool[(n * n + n * (seed + 3) + seed * 7) % pool.len()]).collect()
}

/// A draft of a role with every text blank filled by `text`, given the blank's number.
pub(super) fn filled(notice: &Notice, role: Role, text: impl Fn(usize) -> String) -> Draft {
    let mut draft = Draft::new(&*notice.id, role);
    if let Some(letter) = draft.applications.first_mut() {
        letter.evidence = vec![Evidence::default(); 2];
    }
    for (n, field) in draft.blanks().into_iter().filter(is_typed).enumerate() {
        *draft.text_mut(&field).unwrap() = text(n);
    }
    draft
}

pub(super) fn many_demands(notice: &Notice) -> Draft {
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

pub(super) fn many_items(notice: &Notice) -> Draft {
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
pub(super) fn unbroken(notice: &Notice, role: Role) -> Draft {
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
pub(super) fn table(columns: usize, rows: usize, cell: impl Fn(usize, usize) -> String) -> Object {
    let row = |row| (0..columns).map(|column| cell(row, column)).collect();
    let rows = (0..rows).map(row).collect();
    Object::Table(Table { caption: text(columns, 12), header: true, rows, ..Table::default() })
}

pub(super) fn with(mut object: Object, change: impl Fn(&mut Table)) -> Object {
    if let Object::Table(table) = &mut object {
        change(table);
    }
    object
}

pub(super) fn figure(pixels: [u32; 2], width: u8, sha256: &str) -> Object {
    let file = Attachment { sha256: sha256.to_owned(), ..Attachment::default() };
    Object::Figure(Figure { caption: text(7, 15), file, pixels, width, ..Figure::default() })
}

/// Tables and figures of every kind, each after some lines of text.
pub(super) fn objects() -> Vec<Object> {
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
pub(super) fn letters_of_objects(notice: &Notice) -> Draft {
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

pub(super) fn cases() -> Vec<Case> {
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
pub(super) fn each(mut check: impl FnMut(&Case, &Paper)) {
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
