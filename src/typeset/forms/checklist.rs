//! 报送清单: what this company prints, seals, and hands in, by when, to whom, on what medium.

use std::collections::BTreeSet;

use crate::domain::{Draft, Field, Role};
use crate::rules::check_code::check_code;
use crate::rules::date::in_chinese;
use crate::rules::notice::{Contact, ContactLevel, MediumKind, Route};
use crate::rules::{self, Context, Severity};
use crate::typeset::coverage::check_glyphs;
use crate::typeset::page::{Face, PaperKind};
use crate::typeset::paragraph::{Align, Inline, Paragraph, Style, typed_lines};
use crate::typeset::table::{Cell, Group, Row, Section, Table};

use super::Source;
use super::manuscript::Writing;
use super::row::{LEAST, SIZE, body, frame, label};

/// The paper's title and file name.
pub(super) const TITLE: &str = "报送清单";

/// Least height of a row of facts, pt: the list should stay on one page where it can.
const FACT: f32 = 22.0;

/// Writes the paper down.
#[must_use]
pub(super) fn write(source: Source<'_>) -> Writing {
    let (draft, notice) = (source.draft, source.notice);
    let mut paper = Writing::new(frame());
    let title = Style::new(Face::SongBold, 18.0, 30.0).align(Align::Centre);
    paper.heading(0, Paragraph::new(TITLE, title));
    paper.skip(6.0);
    let rest = paper.frame.width - 92.0;
    let mut sections = vec![section("一、报送事项", facts(source))];
    if let Some(route) = notice.route(draft) {
        sections.push(section("二、报送要求", requirements(source, route)));
    }
    paper.table(Table::new(vec![92.0, rest], sections));
    paper.skip(12.0);
    materials(&mut paper, source);
    steps(&mut paper, source);
    confirmations(&mut paper, source);
    paper
}

fn section(title: &str, groups: Vec<Group>) -> Section {
    let style = Style::new(Face::Hei, 12.0, 18.0);
    let heading = Row::new(LEAST, vec![Cell::new(2, vec![Paragraph::new(title, style)])]);
    Section {
        heading: Some(heading),
        groups,
        outline: Some(title.to_owned()),
        marks_continuation: true,
    }
}

fn fact(name: &str, lines: &[String], field: Option<Field>) -> Group {
    let mut content: Vec<_> = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| Paragraph::new(line, body()))
        .collect();
    if content.is_empty() {
        content.push(Paragraph::new("", body()));
    }
    Row::new(FACT, vec![label(1, name), Cell::new(1, content).of(field)]).into()
}

fn facts(source: Source<'_>) -> Vec<Group> {
    let (draft, notice) = (source.draft, source.notice);
    let mut call = vec![notice.title.clone()];
    if !notice.document_number.is_empty() {
        call.push(notice.document_number.clone());
    }
    let company = draft.company.name.trim().to_owned();
    vec![
        fact("企业名称", &[company], Some("/company/name".into())),
        fact("身份", &[draft.role.label().to_owned()], None),
        fact("依据", &call, None),
        fact("校验码", &[format!("{}（{}）", check_code(draft), code_place(draft))], None),
        fact("清单日期", &[in_chinese(source.options.date)], None),
    ]
}

/// Where the check code is found on paper.
fn code_place(draft: &Draft) -> &'static str {
    match (draft.role, draft.print.check_code_on_tables) {
        (_, true) => "印在各页页脚，应与电子文件一致",
        (Role::Solver, false) => "印在申请书和本清单的页脚，应与电子文件一致",
        (Role::Demander, false) => "只印在本清单上，应与电子文件一致",
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
    let media: Vec<_> = media
        .chain(["（通知未写明份数的，按 1 份准备；请先电话询问报送部门。）".to_owned()])
        .collect();
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

/// 三、材料: every paper with its copies and its seal.
fn materials(paper: &mut Writing, source: Source<'_>) {
    let list = super::materials(source.draft, source.notice);
    let rows = list.into_iter().enumerate().map(|(index, material)| {
        let seal = material.seal.unwrap_or_else(|| "通知未要求".to_owned());
        [(index + 1).to_string(), material.name, format!("{} 份", material.copies), seal]
    });
    let rest = paper.frame.width - 40.0 - 60.0 - 140.0;
    let names = ["序号", "材料", "份数", "盖章"].map(|name| label(1, name));
    let cell = |text: &String| Cell::new(1, vec![Paragraph::new(text, body())]);
    let section = Section {
        heading: Some(Row::new(LEAST, names.to_vec())),
        groups: rows.map(|r| Row::new(LEAST, r.iter().map(cell).collect()).into()).collect(),
        outline: None,
        marks_continuation: false,
    };
    heading(paper, "三、打印和盖章");
    paper.table(Table::new(vec![40.0, rest, 60.0, 140.0], vec![section]));
    paper.skip(6.0);
    paper.paragraph(Paragraph::new(
        "打印设置：A4 纸，实际大小（不要“适合页面”）。企业公章盖在各页留出的空白处。",
        body(),
    ));
    editable(paper, source);
    if source.draft.role == Role::Solver {
        for note in &source.notice.forms.application.notes {
            paper.paragraph(Paragraph::new(note, body()));
        }
    }
    paper.skip(10.0);
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
        body(),
    ));
}

fn heading(paper: &mut Writing, title: &str) {
    paper.heading(0, Paragraph::new(title, Style::new(Face::Hei, 12.0, 22.0)));
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
        let style = Style { pitch: 18.0, ..body() }.hanging(SIZE * 2.1);
        paper.paragraph(Paragraph { inlines, style, field: None });
    }
    paper.skip(10.0);
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
    let style = Style { pitch: 18.0, ..body() };
    for (n, finding) in kept.iter().enumerate() {
        let text = format!("{}. {}：{}", n + 1, finding.field.title(), finding.message);
        for line in typed_lines(&text) {
            paper.paragraph(Paragraph::new(line, style.clone()));
        }
    }
}
