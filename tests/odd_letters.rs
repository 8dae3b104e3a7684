//! Letters that came from elsewhere: odd tables, figures and sizes are printed, odd files told of.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiebang::domain::{Attachment, Draft, Figure, Guide, Object, Role, Table};
use jiebang::rules::check_code::check_code;
use jiebang::rules::notice;
use jiebang::typeset::page::{Item, Paper, PaperKind};
use jiebang::typeset::{Options, lay_out};

fn paper(objects: Vec<Object>) -> Paper {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    for object in objects {
        draft.applications[0].plan.schedule.push(object);
    }
    let notice = notice::bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    let options = Options { date: jiff::civil::date(2024, 11, 21), draft_mark: false };
    lay_out(PaperKind::Application(0), &draft, notice, options)
}

fn words(paper: &Paper) -> String {
    let items = paper.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match item {
            Item::Text(run) => Some(run.text.as_str()),
            _ => None,
        })
        .collect()
}

fn finite(paper: &Paper) {
    for item in paper.pages.iter().flat_map(|page| &page.items) {
        if let Item::Picture(picture) = item {
            let r = picture.rect;
            let all = [r.x, r.y, r.width, r.height];
            assert!(all.iter().all(|v| v.is_finite() && *v >= 0.0), "{r:?}");
            assert!(r.y + r.height < 842.0 && r.x + r.width < 596.0, "{r:?}");
        }
    }
}

fn table(rows: &[&[&str]]) -> Table {
    let rows = rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect();
    Table { header: true, rows, ..Table::default() }
}

#[test]
fn a_header_alone_is_printed() {
    assert!(words(&paper(vec![Object::Table(table(&[&["独行表头"]]))])).contains("独行表头"));
    for rows in [Vec::new(), vec![vec![]; 3]] {
        let empty = Table { header: true, rows, ..Table::default() };
        assert!(words(&paper(vec![Object::Table(empty)])).contains("表 1"));
    }
}

#[test]
fn odd_widths_and_sizes() {
    for widths in [vec![0, 0], vec![65_535, 65_535], vec![0, 65_535], vec![1, 65_535]] {
        let mut odd = table(&[&["甲乙丙", "丁"], &["一", "二"]]);
        odd.widths = widths;
        assert!(words(&paper(vec![Object::Table(odd)])).contains("丁"));
    }
    for pixels in [[1, u32::MAX], [u32::MAX, 1], [u32::MAX, u32::MAX], [0, 7]] {
        for width in [0, 1, 255] {
            let file = Attachment { sha256: "x".into(), ..Attachment::default() };
            let figure = Figure { pixels, width, file, ..Figure::default() };
            finite(&paper(vec![Object::Figure(figure)]));
        }
    }
}

#[test]
fn many_columns_lose_nothing() {
    let cells: Vec<String> = (0..1000).map(|n| format!("格{n}号")).collect();
    let wide = Table { rows: vec![cells.clone(), cells], header: true, ..Table::default() };
    let words = words(&paper(vec![Object::Table(wide)]));
    for n in [0, 19, 20, 999] {
        assert!(words.contains(&format!("格{n}号")), "{n}");
    }
}

#[test]
fn a_large_table_is_laid_out() {
    let mut large = Table::empty(20, 500);
    for (n, row) in large.rows.iter_mut().enumerate() {
        row.fill(format!("{n}号"));
    }
    let words = words(&paper(vec![Object::Table(large)]));
    assert!((0..500).all(|n| words.matches(&format!("{n}号")).count() >= 20));
}

#[test]
fn a_schedule_of_odd_times() {
    let mut odd = Table::guided(Guide::Schedule);
    odd.rows.truncate(1);
    for time in ["1990年1月—2100年12月", "2100年12月", "M0", "T0", "第1—240个月", "第3季度", "0月"]
    {
        odd.rows.push(vec!["甲".repeat(400), time.into()]);
        assert!(words(&paper(vec![Object::Table(odd.clone())])).contains(time));
    }
    let mut two = Table::guided(Guide::Schedule);
    two.rows.truncate(1);
    two.rows.extend([vec!["甲".into(), "M1-M240".into()], vec!["乙".into(), "T0".into()]]);
    assert!(words(&paper(vec![Object::Table(two)])).contains("M1-M240"));
}

#[test]
fn codes_of_papers_sealed_with_version_1() {
    let text = r#"{"schema":1,"notice":"shanghai-2024","role":"solver","company":{"name":"上海示例新材料有限公司"},
        "applications":[{"introduction":"","plan":{"risks":12.5}}]}"#;
    let draft = jiebang::domain::draft_file::parse_draft(text, "x").unwrap();
    let mut plain = Draft::new("shanghai-2024", Role::Solver);
    plain.company.name = "上海示例新材料有限公司".into();
    plain.applications[0].plan.risks = "12.5".into();
    assert_eq!(check_code(&draft), check_code(&plain));
    assert_eq!(draft.schema, 2);
}

#[test]
fn errors_of_odd_bodies_are_chinese() {
    let mut english = Vec::new();
    for body in [
        r#"{"a":1}"#,
        r#"[["a"]]"#,
        r#"[null]"#,
        r#"[3]"#,
        r#"true"#,
        r#"[{"chart":{}}]"#,
        r#"[{}]"#,
        r#"[{"table":{},"figure":{}}]"#,
        r#"[{"table":{"rows":"x"}}]"#,
        r#"[{"table":{"rows":[["a",true]]}}]"#,
        r#"[{"table":{"rows":null}}]"#,
        r#"[{"table":{"guide":"other"}}]"#,
        r#"[{"table":{"widths":[70000]}}]"#,
        r#"[{"table":{"header":"yes"}}]"#,
        r#"[{"table":[]}]"#,
        r#"[{"figure":{"width":256}}]"#,
        r#"[{"figure":{"pixels":[1]}}]"#,
        r#"[{"figure":{"pixels":[-1,2]}}]"#,
        r#"[{"figure":{"file":null}}]"#,
        r#"[{"figure":{"file":{}}}]"#,
    ] {
        let text = format!(
            r#"{{"schema":2,"notice":"n","role":"solver","applications":[{{"introduction":{body}}}]}}"#
        );
        if let Err(error) = jiebang::domain::draft_file::parse_draft(&text, "x") {
            let said = error.to_string();
            let wrong = ["invalid", "expected", "逗号", "不带小数的正数，写的却是 256"];
            if wrong.iter().any(|word| said.contains(word)) {
                english.push(said);
            }
        }
    }
    assert!(english.is_empty(), "{english:#?}");
}
