//! What is looked over before an export: everything found, and what will be written.

use std::collections::HashMap;

use iced::widget::{column, container, row, space, text};
use iced::{Alignment, Fill};

use super::Message;
use super::trail::finding_id;
use crate::app::icon::{self, Icon};
use crate::app::screen::editor::Step;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::domain::Draft;
use crate::export::package::{base_name, zip_name};
use crate::rules::{Finding, Notice, Severity};
use crate::typeset::forms::{Material, materials};

/// More findings than this have a way past them.
const MANY: usize = 5;

/// How many there are; `None`: the first check is still under way.
pub(super) fn summary<'a>(findings: Option<&[Finding]>) -> Element<'a, Message> {
    let Some(findings) = findings else {
        let words = control::prose("正在检查……").size(size::BODY).style(theme::muted);
        let symbol = icon::icon(Icon::Empty, |t| t.outline);
        return row![symbol, words].spacing(gap::S).align_y(Alignment::Center).into();
    };
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let (symbol, words) = match (errors, warnings) {
        (0, 0) => (icon::icon(Icon::Fine, |t| t.fine), "没有发现问题，可以导出。".to_owned()),
        (0, n) => {
            let words = format!("没有错误，{n} 条提醒，可以导出。");
            (icon::icon(Icon::Warning, |t| t.warning), words)
        }
        (n, m) => {
            let words = format!("{n} 处错误要改正，{m} 条提醒。点一条就到那一栏。");
            (icon::icon(Icon::Error, |t| t.error), words)
        }
    };
    let past =
        (findings.len() > MANY).then(|| control::quiet("直接去导出", Some(Message::ListPassed)));
    row![symbol, control::prose(words).size(size::BODY), space::horizontal()]
        .push(past)
        .spacing(gap::S)
        .align_y(Alignment::Center)
        .into()
}

/// All findings by step; each leads to its blank. `None`: there are none.
pub(super) fn list<'a>(draft: &'a Draft, findings: &'a [Finding]) -> Option<Element<'a, Message>> {
    let mut parts = column![].spacing(gap::M).width(Fill);
    let mut place = 0;
    let mut by_step: HashMap<Step, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        by_step.entry(Step::of(&finding.field)).or_default().push(finding);
    }
    for step in Step::all(draft) {
        let mut rows = by_step.remove(&step).into_iter().flatten().map(|finding| {
            place += 1;
            finding_row(place - 1, finding)
        });
        if let Some(first) = rows.next() {
            let title = text(step.title()).size(size::BODY).style(theme::muted);
            let rows = column![first].extend(rows).spacing(2).width(Fill);
            parts = parts.push(column![title, rows].spacing(gap::XS));
        }
    }
    (place > 0).then(|| parts.into())
}

fn finding_row(place: usize, finding: &Finding) -> Element<'_, Message> {
    let symbol = match finding.severity {
        Severity::Error => icon::icon(Icon::Error, |t| t.error),
        Severity::Warning => icon::icon(Icon::Warning, |t| t.warning),
        Severity::Hint => icon::icon(Icon::Empty, |t| t.accent),
    };
    let words = container(control::prose(&finding.message).size(size::BODY)).width(Fill);
    control::list_row(
        Some(finding_id(place)),
        false,
        row![container(symbol).padding(iced::padding::top(3)), words].spacing(gap::S),
        Some(Message::Jumped(place, finding.field.clone())),
    )
}

/// What will be written: what is printed with its seals, and the rest.
pub(super) fn contents<'a>(
    draft: &Draft,
    notice: &Notice,
    draft_mark: bool,
    locked: bool,
) -> Element<'a, Message> {
    let papers = materials(draft, notice);
    let papers = papers.into_iter().map(|paper| {
        let how = how_to_hand_in(&paper);
        line(paper.name, how)
    });
    let own = line("《报送清单》", "自己留用：打印什么、盖在哪里、几份、交给谁。".to_owned());
    let docx = draft.print.docx.then(|| {
        line(
            "可编辑的 Word 文件（.docx）",
            "在“可编辑”文件夹内，供报送部门索要电子稿时提供，不必打印盖章。".to_owned(),
        )
    });
    let zip = line(
        format!("材料包 {}", zip_name(&base_name(draft, draft_mark), locked)),
        if locked {
            "以上全部文件，加上可再打开的草稿，要用打开密码才能打开，供邮件发送。".to_owned()
        } else {
            "以上全部文件，加上可再打开的草稿，便于留存和传给同事。".to_owned()
        },
    );
    let list = column(papers).push(own).push(docx).push(zip).spacing(gap::S).width(Fill);
    control::section("要写出的材料", control::card(list))
}

fn how_to_hand_in(paper: &Material) -> String {
    let copies = format!("打印 {} 份", paper.copies);
    match &paper.seal {
        Some(seal) => format!("{copies}，企业公章盖在{seal}。"),
        None => format!("{copies}，通知未要求盖章。"),
    }
}

fn line<'a>(name: impl text::IntoFragment<'a>, note: String) -> Element<'a, Message> {
    let words = column![control::prose(name).size(size::BODY), control::hint(note)].width(Fill);
    row![container(icon::icon(Icon::File, |t| t.muted)).padding(iced::padding::top(3)), words]
        .spacing(gap::S)
        .into()
}
