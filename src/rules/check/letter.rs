//! Tables and figures of the letters: what prints as a gap, or not sharp enough to be read.

use super::Checker;
use crate::domain::{
    Application, Field, Figure, Guide, Numbered, Object, Place, Series, Table, Within, references,
};
use crate::rules::{Severity, invisible, period, rule};

/// Fewest pixels an inch a picture is printed with before it is seen to be coarse.
const COARSE_DPI: f32 = 100.0;
/// Width of the letter's text, mm (GB/T 9704-2012 5.1).
const TEXT_WIDTH: f32 = 156.0;
const MM_PER_INCH: f32 = 25.4;

pub(super) fn check(checker: &mut Checker<'_>) {
    let draft = checker.draft;
    for (index, letter) in draft.applications.iter().enumerate() {
        for object in letter.numbered() {
            check_object(checker, index, &object);
        }
        check_references(checker, index, letter);
    }
}

/// The text names a table or figure that the letter does not have.
fn check_references(checker: &mut Checker<'_>, letter: usize, application: &Application) {
    let count =
        |series| application.numbered().filter(|one| Series::of(one.object) == series).count();
    let (tables, figures) = (count(Series::Table), count(Series::Figure));
    if tables + figures == 0 {
        // Pictures and tables may be handed in beside the letter.
        return;
    }
    let sections = Application::SECTIONS.map(|name| Field::application(letter, name));
    for field in checker.draft.with_all_blocks(sections.into()) {
        let words = checker.draft.text(&field).unwrap_or_default();
        let is_caption = field.place().is_some_and(|place| place.within == Within::Caption);
        if is_caption && without_number(words).is_some() {
            continue;
        }
        let missing = references(words).into_iter().find(|found| {
            found.number == 0
                || found.number > if found.series == Series::Table { tables } else { figures }
        });
        if let Some(found) = missing {
            let sign = if found.series == Series::Table { '表' } else { '图' };
            let number = found.number;
            let message = format!("这里提到{sign}{number}，但申请书里没有{sign}{number}，请核对。");
            checker.warning(rule::REFERENCE, &field, message);
        }
    }
}

fn check_object(checker: &mut Checker<'_>, letter: usize, object: &Numbered<'_>) {
    let (section, block) = (object.section, object.block);
    let at = |within| Place { letter, section, block, within }.field();
    let label = object.label().replace(' ', "");
    let caption = object.object.caption();
    if invisible::is_blank(caption) {
        let field = at(Within::Caption);
        checker.hint(rule::CAPTION, &field, format!("{label} 还没有标题，请写明它的内容。"));
    } else if let Some(words) = without_number(caption) {
        let message = format!("{label} 的标题里不用写序号，印的时候自动加上。");
        let field = at(Within::Caption);
        let finding = checker.finding(Severity::Hint, rule::CAPTION_NUMBER, &field, message);
        checker.findings.push(finding.with_fix("去掉序号", words));
    }
    let field = at(Within::Object);
    match object.object {
        Object::Table(table) => {
            check_table(checker, &field, &label, table);
            check_periods(checker, table, &at);
        }
        Object::Figure(figure) => check_figure(checker, &field, &label, figure),
    }
}

fn check_table(checker: &mut Checker<'_>, field: &Field, label: &str, table: &Table) {
    let first = usize::from(table.header);
    let mut filled = table.rows.iter().skip(first).flatten();
    if filled.all(|cell| invisible::is_blank(cell)) {
        checker.warning(rule::TABLE_EMPTY, field, format!("{label} 还是空的，请填写或删去。"));
        return;
    }
    let Some(guide) = table.guide.filter(|guide| is_as_guided(table, *guide)) else { return };
    let gaps: Vec<String> =
        table.rows.iter().enumerate().skip(first).filter_map(gaps_of(guide)).collect();
    if !gaps.is_empty() {
        let message = format!("{label} 里有没填的格：{}。", gaps.join("；"));
        checker.hint(rule::TABLE_GAP, field, message);
    }
}

/// The strip of a schedule has no bar where it cannot be read when a stage begins and ends.
fn check_periods(checker: &mut Checker<'_>, table: &Table, at: &dyn Fn(Within) -> Field) {
    const PERIOD: usize = 1;
    if table.guide != Some(Guide::Schedule) || !is_as_guided(table, Guide::Schedule) {
        return;
    }
    for row in 1..table.rows.len() {
        let words = table.cell(row, PERIOD);
        if !invisible::is_blank(words) && period::parse(words).is_none() {
            let field = at(Within::Cell(row, PERIOD));
            let words = invisible::quote(words);
            checker.hint(
                rule::PERIOD,
                &field,
                format!("“{words}”看不出从哪个月到哪个月，横道图上这一行是空的；可写成“2025年1月—6月”或“第1—3个月”。"),
            );
        }
    }
}

/// A caption without the number it was begun with; `None` where it was not.
fn without_number(caption: &str) -> Option<&str> {
    let rest = caption.trim().strip_prefix(['表', '图'])?.trim_start();
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let words_only = words.trim_start_matches(['：', ':', '.', '．', '、', ' ', '\u{3000}']);
    (words.len() < rest.len() && !words_only.is_empty()).then_some(words_only)
}

/// Whether the columns still are those of the guide.
fn is_as_guided(table: &Table, guide: Guide) -> bool {
    table.header && table.rows.first().is_some_and(|row| row == guide.columns())
}

/// What a row that was begun leaves out, such as 第 2 行的“目标值”; the header is not counted.
fn gaps_of(guide: Guide) -> impl Fn((usize, &Vec<String>)) -> Option<String> {
    move |(row, cells)| {
        let is_empty =
            |column: usize| cells.get(column).is_none_or(|cell| invisible::is_blank(cell));
        let names = guide.columns().iter().enumerate();
        let empty: Vec<&str> =
            names.filter(|(column, _)| is_empty(*column)).map(|(_, name)| *name).collect();
        let is_begun = empty.len() < guide.columns().len();
        (is_begun && !empty.is_empty()).then(|| format!("第 {row} 行的“{}”", empty.join("”“")))
    }
}

fn check_figure(checker: &mut Checker<'_>, field: &Field, label: &str, figure: &Figure) {
    if figure.file.sha256.is_empty() {
        checker.error(rule::FIGURE_FILE, field, format!("{label} 还没有选图片，请选一张或删去。"));
    } else if checker.context.missing_files.contains(&figure.file.sha256) {
        let message = format!(
            "{label} 的图片“{}”找不到或内容已被改动，请重新选择或删去。",
            invisible::without(&figure.file.name)
        );
        checker.error(rule::FIGURE_MISSING, field, message);
    }
    let inches = TEXT_WIDTH / MM_PER_INCH * f32::from(figure.width.min(100)) / 100.0;
    let dpi = figure.pixels[0] as f32 / inches;
    if figure.width > 0 && figure.pixels[0] > 0 && dpi < COARSE_DPI {
        let finding = checker.finding(
            Severity::Hint,
            rule::FIGURE_COARSE,
            field,
            format!(
                "{label} 印出来每英寸只有 {dpi:.0} 个像素，会不清楚；请缩小宽度，或换一张更大的图片。"
            ),
        );
        checker.findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{solver, solver_after};
    use super::*;
    use crate::domain::Attachment;
    use Severity::{Error, Hint, Warning};

    fn found(change: impl Fn(&mut Application)) -> Vec<(Severity, &'static str, String)> {
        solver_after(|draft| {
            if let Some(letter) = draft.applications.first_mut() {
                change(letter);
            }
        })
    }

    fn at(part: &str) -> String {
        format!("/applications/0/{part}")
    }

    #[test]
    fn an_empty_table_without_a_caption_is_pointed_out() {
        let found = found(|letter| _ = letter.introduction.push(Object::Table(Table::empty(2, 2))));
        let object = (Warning, rule::TABLE_EMPTY, at("introduction/1"));
        assert_eq!(found, [object, (Hint, rule::CAPTION, at("introduction/1/caption"))]);
    }

    #[test]
    fn a_guided_row_that_was_begun_wants_all_its_cells() {
        let mut table = Table::guided(Guide::Team);
        let row = ["张示例", "高工", "", "配方", " "].map(str::to_owned).to_vec();
        table.paste(2, 0, &[row]);
        let mut draft = solver();
        if let Some(letter) = draft.applications.first_mut() {
            letter.plan.team.push(Object::Table(table.clone()));
        }
        let findings = super::super::fixture::check_draft(&draft);
        let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["表1 里有没填的格：第 2 行的“专业”“曾主持或参与的项目”。"]);
        // Columns of one's own are one's own business.
        table.rows[0][2] = "学历".to_owned();
        assert_eq!(found(|l| _ = l.plan.team.push(Object::Table(table.clone()))), []);
    }

    #[test]
    fn a_number_in_a_caption_and_a_period_nobody_can_read_are_pointed_out() {
        let mut table =
            Table { caption: "表3　进度安排".to_owned(), ..Table::guided(Guide::Schedule) };
        let rows = ["第1—3个月", "最后一季度"]
            .map(|period| ["阶段", period, "任务", "指标"].map(str::to_owned).to_vec());
        table.paste(1, 0, &rows);
        let mut draft = solver();
        if let Some(letter) = draft.applications.first_mut() {
            letter.plan.schedule.push(Object::Table(table));
        }
        let findings = super::super::fixture::check_draft(&draft);
        let rules: Vec<_> =
            findings.iter().map(|found| (found.rule, found.field.pointer())).collect();
        let start = "/applications/0/plan/schedule/1";
        let (caption, cell) = (format!("{start}/caption"), format!("{start}/rows/2/1"));
        let expected = [(rule::CAPTION_NUMBER, caption.as_str()), (rule::PERIOD, cell.as_str())];
        assert_eq!(rules, expected);
        assert_eq!(findings[0].fix.as_ref().map(|fix| fix.text.as_str()), Some("进度安排"));
        assert_eq!(without_number("表面处理工艺"), None);
        assert_eq!(without_number("图 2"), None);
    }

    #[test]
    fn a_table_that_is_named_but_is_not_there_is_pointed_out() {
        let table = Table {
            caption: "团队".to_owned(),
            rows: vec![vec!["甲".to_owned()]],
            ..Table::default()
        };
        let put = |words: &str| {
            found(|letter| {
                letter.plan.team = words.into();
                letter.plan.team.push(Object::Table(table.clone()));
            })
        };
        assert_eq!(put("见表 1。"), []);
        assert_eq!(put("见表1和表 2。"), [(Warning, rule::REFERENCE, at("plan/team"))]);
        assert_eq!(put("见图 1。"), [(Warning, rule::REFERENCE, at("plan/team"))]);
        assert_eq!(found(|letter| letter.plan.team = "见表 5。".into()), []);
    }

    #[test]
    fn a_figure_wants_a_file_and_enough_pixels() {
        let figure = |sha256: &str, pixels, width| {
            let file = Attachment { sha256: sha256.to_owned(), ..Attachment::default() };
            Object::Figure(Figure {
                caption: "路线".into(),
                file,
                pixels,
                width,
                ..Figure::default()
            })
        };
        let put = |object: Object| found(move |l| _ = l.plan.route.push(object.clone()));
        let place = at("plan/route/1");
        assert_eq!(put(figure("", [0, 0], 0)), [(Error, rule::FIGURE_FILE, place.clone())]);
        let sha = "a".repeat(64);
        assert_eq!(put(figure(&sha, [900, 600], 100)), []);
        assert_eq!(put(figure(&sha, [300, 200], 0)), []);
        assert_eq!(put(figure(&sha, [300, 200], 80)), [(Hint, rule::FIGURE_COARSE, place)]);
    }
}
