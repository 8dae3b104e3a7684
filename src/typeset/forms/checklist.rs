//! 报送清单: what this company prints, seals, and hands in, by when, to whom, on what medium.

use std::collections::BTreeSet;

use crate::domain::{Draft, Field, Role};
use crate::rules::check_code::check_code;
use crate::rules::date::in_chinese;
use crate::rules::notice::{Contact, ContactLevel, MediumKind, Route};
use crate::rules::{self, Context, Severity};
use crate::typeset::coverage::check_glyphs;
use crate::typeset::geometry::{MM, Rect};
use crate::typeset::page::{Face, PaperKind};
use crate::typeset::paragraph::{Align, Inline, Paragraph, Style, typed_lines};
use crate::typeset::table::{Cell, Group, Row, Section, Table};

use super::Source;
use super::manuscript::Writing;
use super::printing;
use super::row::{columns, frame};

/// The paper's title and file name.
pub(super) const TITLE: &str = "报送清单";

/// Size and line pitch of its text, pt: the list should stay on one page where it can.
const SIZE: f32 = 9.5;
const PITCH: f32 = 13.0;
/// Least height of a row, pt.
const LEAST: f32 = 20.0;
/// Widths of the columns, pt, but for the last: a name and what it is, twice.
const COLUMNS: [f32; 3] = [62.0, 252.0, 54.0];
/// Widths of 序号, 份数 and 盖章 in the list of papers, pt.
const PAPERS: [f32; 3] = [30.0, 36.0, 130.0];

/// Writes the paper down.
#[must_use]
pub(super) fn write(source: Source<'_>) -> Writing {
    let mut paper = Writing::new(list_frame());
    let title = Style::new(Face::SongBold, 18.0, 24.0).align(Align::Centre);
    paper.heading(0, Paragraph::new(TITLE, title));
    paper.skip(4.0);
    let mut sections = vec![section("一、报送事项", facts(source))];
    if let Some(route) = source.notice.route(source.draft) {
        sections.push(section("二、报送要求", requirements(source, route)));
    }
    paper.table(Table::new(columns(COLUMNS), sections));
    paper.skip(6.0);
    materials(&mut paper, source);
    steps(&mut paper, source);
    confirmations(&mut paper, source);
    paper
}

/// The text area: that of the tables, begun a little higher.
fn list_frame() -> Rect {
    let rise = 5.0 * MM;
    let frame = frame();
    Rect { y: frame.y - rise, height: frame.height + rise, ..frame }
}

fn text() -> Style {
    Style::new(Face::Song, SIZE, PITCH)
}

fn name(text_of: &str) -> Cell {
    Cell::new(1, vec![Paragraph::new(text_of, text().align(Align::Centre))])
}

fn section(title: &str, groups: Vec<Group>) -> Section {
    let style = Style::new(Face::Hei, 10.5, PITCH);
    let title_cell = Cell::new(COLUMNS.len() + 1, vec![Paragraph::new(title, style)]);
    Section {
        heading: Some(Row::new(LEAST, vec![title_cell])),
        groups,
        outline: Some(title.to_owned()),
        marks_continuation: true,
    }
}

/// A fact over the whole width, of some lines.
fn fact(name_of: &str, lines: &[String], field: Option<Field>) -> Group {
    Row::new(LEAST, vec![name(name_of), what(COLUMNS.len(), lines, field)]).into()
}

/// Two short facts beside each other.
fn pair(first: (&str, String, Option<Field>), second: (&str, String, Option<Field>)) -> Group {
    let cells = [first, second]
        .map(|(name_of, text, field)| [name(name_of), what(1, &[text], field).shrinking()]);
    Row::new(LEAST, cells.into_iter().flatten().collect()).into()
}

fn what(span: usize, lines: &[String], field: Option<Field>) -> Cell {
    let lines = lines.iter().filter(|line| !line.is_empty());
    let mut content: Vec<_> = lines.map(|line| Paragraph::new(line, text())).collect();
    if content.is_empty() {
        content.push(Paragraph::new("", text()));
    }
    Cell::new(span, content).of(field)
}

fn facts(source: Source<'_>) -> Vec<Group> {
    let (draft, notice) = (source.draft, source.notice);
    let mut call = notice.title.clone();
    if !notice.document_number.is_empty() {
        call = format!("{call}（{}）", notice.document_number);
    }
    let company = draft.company.name.trim().to_owned();
    let code = format!("{}（{}）", check_code(draft), code_place(draft));
    vec![
        pair(
            ("企业名称", company, Some("/company/name".into())),
            ("身份", draft.role.label().to_owned(), None),
        ),
        fact("依据", &[call], None),
        pair(("校验码", code, None), ("清单日期", in_chinese(source.options.date), None)),
    ]
}

/// Where the check code is found on paper.
fn code_place(draft: &Draft) -> &'static str {
    match (draft.role, draft.print.check_code_on_tables) {
        (_, true) => "各页页脚，应与电子文件一致",
        (Role::Solver, false) => "申请书和本清单页脚，应与电子文件一致",
        (Role::Demander, false) => "只印在本清单，应与电子文件一致",
    }
}

fn requirements(source: Source<'_>, route: &Route) -> Vec<Group> {
    let mut deadline = route.deadline_text.clone();
    let date = route.deadline_date();
    // The notice may name the day alone: 7月22日前.
    if let Some(date) = date.filter(|date| !deadline.contains(&date.year().to_string())) {
        deadline = format!("{deadline}（{}）", in_chinese(date));
    }
    let media = route.media.iter().map(|medium| match medium.kind {
        MediumKind::Paper => format!("{}，一式 {} 份", medium.text, medium.copies),
        MediumKind::Disc => {
            format!("{}，{} 张，刻录本程序导出的全部文件", medium.text, medium.copies)
        }
    });
    let mut media: Vec<_> = media.collect();
    if let Some(last) = media.last_mut() {
        last.push_str("（通知未写明份数的，按 1 份准备；请先电话询问报送部门）");
    }
    let inquiries = inquiries(source, route);
    let mut rows = vec![
        fact("报送途径", std::slice::from_ref(&route.title), None),
        fact("截止时间", &[deadline], None),
        fact("报送给", &recipient(source, route), Some("/submission/contact".into())),
        fact("介质和份数", &media, None),
        fact("通知原文", &[source.notice.clause(&route.clause)], None),
    ];
    if !inquiries.is_empty() {
        rows.insert(3, fact("咨询电话", &inquiries, None));
    }
    rows
}

fn recipient(source: Source<'_>, route: &Route) -> Vec<String> {
    let (draft, notice) = (source.draft, source.notice);
    let mut lines = Vec::new();
    if let Some(to) = &route.recipient {
        let bureau = draft.recommendation.ministry_body.trim();
        lines.push(to.name.replace("{ministry_body}", bureau).replace("（）", ""));
        lines.push(of("地址", &to.address));
        lines.push(of("电话", &to.phone));
        lines.push(of("邮箱", &to.email));
    }
    // Where the notice names the recipient itself, an office chosen for another route means nothing.
    let chosen = route.contact_level.and(notice.contact(draft.submission.contact.trim()));
    lines.extend(chosen.into_iter().flat_map(office));
    lines.retain(|line| !line.is_empty());
    if lines.is_empty() {
        lines.push("（尚未选择报送部门）".to_owned());
    }
    lines
}

/// The city's offices of the notice's contact list, to be asked where its recipient has no telephone.
fn inquiries(source: Source<'_>, route: &Route) -> Vec<String> {
    let named = route.recipient.as_ref().is_some_and(|to| !to.phone.trim().is_empty());
    let city = source.notice.contacts.iter().filter(|contact| contact.level == ContactLevel::City);
    let lines = city.filter(|_| !named).map(|contact| {
        let phone = [&contact.phone, &contact.email].map(|text| text.trim()).join(" ");
        format!("{}　{}", contact.department, phone.trim_end())
    });
    lines.collect()
}

/// An office of the notice's contact list.
fn office(office: &Contact) -> [String; 4] {
    [
        format!("{} {}", office.area, office.department),
        of("地址", &office.address),
        of("电话", &office.phone),
        of("邮箱", &office.email),
    ]
}

/// 电话：68811103; empty where there is none.
fn of(name: &str, text: &str) -> String {
    match text.trim() {
        "" => String::new(),
        text => format!("{name}：{text}"),
    }
}

/// 三、打印和盖章: every paper with its copies and its seal, and how they are printed.
fn materials(paper: &mut Writing, source: Source<'_>) {
    let list = super::materials(source.draft, source.notice);
    let rows = list.into_iter().enumerate().map(|(index, material)| {
        let seal = material.seal.unwrap_or_else(|| "通知未要求".to_owned());
        let what = Cell::new(1, vec![Paragraph::new(material.name, text())]).shrinking();
        let number = name(&(index + 1).to_string());
        let cells = vec![number, what, name(&format!("{} 份", material.copies)), name(&seal)];
        Row::new(LEAST, cells).into()
    });
    let [number, copies, seal] = PAPERS;
    let rest = paper.frame.width - number - copies - seal;
    let section = Section {
        heading: Some(Row::new(LEAST, ["序号", "材料", "份数", "盖章"].map(name).to_vec())),
        groups: rows.collect(),
        outline: None,
        marks_continuation: false,
    };
    heading(paper, "三、打印和盖章");
    paper.table(Table::new(vec![number, rest, copies, seal], vec![section]));
    let settings = printing::facts(source);
    let rows = settings
        .into_iter()
        .map(|(name_of, lines)| Row::new(LEAST, vec![name(name_of), what(1, &lines, None)]).into());
    let section =
        Section { heading: None, groups: rows.collect(), outline: None, marks_continuation: false };
    let [first, ..] = COLUMNS;
    paper.skip(6.0);
    paper.table(Table::new(columns([first]), vec![section]));
    paper.skip(4.0);
    editable(paper, source);
    if source.draft.role == Role::Solver {
        for note in &source.notice.forms.application.notes {
            paper.paragraph(Paragraph::new(note, text()));
        }
    }
    paper.skip(4.0);
}

/// The documents written beside the papers, where they are wanted.
fn editable(paper: &mut Writing, source: Source<'_>) {
    if !source.draft.print.docx {
        return;
    }
    let kinds = super::papers(source.draft).into_iter();
    let names = kinds
        .filter(|kind| *kind != PaperKind::Checklist)
        .map(|kind| format!("“{}.docx”", super::file_stem(kind, source)));
    let names = names.collect::<Vec<_>>().join("、");
    paper.paragraph(Paragraph::new(
        format!(
            "“可编辑”文件夹内另有 Word 文件，供报送部门索要电子稿时提供，不必打印盖章：{names}。"
        ),
        text(),
    ));
}

fn heading(paper: &mut Writing, title: &str) {
    paper.heading(0, Paragraph::new(title, Style::new(Face::Hei, 10.5, 18.0)));
}

/// 四、步骤: boxes to tick by hand, in the order of the notice.
fn steps(paper: &mut Writing, source: Source<'_>) {
    let Some(route) = source.notice.route(source.draft) else { return };
    heading(paper, "四、待办步骤");
    for (n, step) in route.steps.iter().enumerate() {
        let inlines = vec![
            Inline::CheckBox { checked: false },
            Inline::Text { text: format!("{}. {step}", n + 1), face: None },
        ];
        let style = Style { pitch: 13.5, ..text() }.hanging(SIZE * 2.1);
        paper.paragraph(Paragraph { inlines, style, field: None });
    }
    paper.skip(4.0);
}

/// 五、说明: errors a person confirmed, each with what was found and the reason.
fn confirmations(paper: &mut Writing, source: Source<'_>) {
    let context = Context { today: source.options.date, missing_files: BTreeSet::new() };
    let mut findings = rules::check(source.draft, source.notice, &context);
    findings.extend(check_glyphs(source.draft));
    let kept: Vec<_> = rules::settle(findings, source.draft)
        .into_iter()
        .filter(|finding| finding.overridable && finding.severity == Severity::Warning)
        .collect();
    if kept.is_empty() {
        return;
    }
    heading(paper, "五、企业确认的事项及理由");
    let style = Style { pitch: 13.5, ..text() };
    for (n, finding) in kept.iter().enumerate() {
        let text = format!("{}. {}：{}", n + 1, finding.field.title(), finding.message);
        for line in typed_lines(&text) {
            paper.paragraph(Paragraph::new(line, style.clone()));
        }
    }
}
