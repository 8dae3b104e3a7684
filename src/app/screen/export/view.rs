//! How the export page looks.

use iced::widget::{Id, button, column, container, progress_bar, row, space, text, text_input};
use iced::{Alignment, Fill};

use super::{Message, State, Written, outcome_id};
use crate::app::focus::form_id;
use crate::app::icon::{self, Icon};
use crate::app::screen::editor::Step;
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::focus::focusable;
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::domain::{Draft, Role};
use crate::export::is_stopped;
use crate::rules::{Finding, Notice, Severity};

impl State {
    /// The page.
    pub(crate) fn view<'a>(
        &'a self,
        draft: &'a Draft,
        notice: &'a Notice,
        findings: &'a [Finding],
    ) -> Element<'a, Message> {
        let page = column![
            text("检查与导出").size(size::HEAD),
            summary(findings),
            self.target(draft, findings),
            self.outcome(draft, notice),
            list(draft, findings),
        ]
        .spacing(gap::L)
        .width(Fill)
        .max_width(680);
        control::scroll(container(page).padding(gap::XL).center_x(Fill))
            .id(form_id())
            .height(Fill)
            .into()
    }

    fn target<'a>(&'a self, draft: &'a Draft, findings: &[Finding]) -> Element<'a, Message> {
        let folder = row![
            guard(
                text_input("文件夹的完整路径", &self.folder)
                    .id(Id::new("export-folder"))
                    .on_input(Message::FolderTyped)
                    .size(size::BODY)
                    .padding([7.0, gap::S])
                    .style(theme::input(Tone::Plain))
            ),
            control::with_icon(Icon::Folder, "选择", Some(Message::FolderAsked)),
        ]
        .spacing(gap::S)
        .align_y(Alignment::Center);
        let code = control::option(
            Id::new("check-code"),
            match draft.role {
                Role::Demander => "需求表的页脚也印校验码（用来核对纸质件和电子版）",
                Role::Solver => "对接表的页脚也印校验码（用来核对纸质件和电子版）",
            },
            draft.print.check_code_on_tables,
            false,
            Message::CheckCodeToggled,
        );
        let (label, note) = if is_stopped(findings) {
            ("导出草稿", "还有错误没有改正，只能导出草稿：每页印“草稿”字样，不能用于报送。")
        } else {
            ("导出", "导出各张表的 PDF、佐证材料、报送清单，以及打好的材料包（ZIP）。")
        };
        let go: Element<'a, Message> = if self.is_running() {
            control::secondary("取消", Some(Message::Cancelled))
        } else {
            control::primary(label, Some(Message::Started))
        };
        let go = row![go, self.progress()].spacing(gap::M).align_y(Alignment::Center);
        control::section(
            "导出到文件夹",
            column![folder, code, control::hint(note), go].spacing(gap::S),
        )
    }

    fn progress(&self) -> Element<'_, Message> {
        let Some(step) = self.shown.as_ref().filter(|_| self.is_running()) else {
            return space().into();
        };
        let share = if step.total == 0 { 0.0 } else { step.done as f32 / step.total as f32 };
        column![
            control::hint(step.what.clone()),
            progress_bar(0.0..=1.0, share).girth(5).style(theme::progress(|t| t.accent)),
        ]
        .spacing(gap::XS)
        .into()
    }

    fn outcome<'a>(&'a self, draft: &Draft, notice: &'a Notice) -> Element<'a, Message> {
        let mut parts = column![].spacing(gap::S).width(Fill);
        if let Some(problem) = &self.problem {
            parts = parts.push(boxed(problem, theme::warning_box));
        }
        match &self.result {
            Some(Ok(written)) => {
                if self.outdated {
                    let words = "导出后又改动过，报送前请重新导出。";
                    parts = parts.push(boxed(words, theme::warning_box));
                }
                parts = parts.push(result(written, draft, notice));
            }
            Some(Err(problem)) => parts = parts.push(boxed(problem, theme::error_box)),
            None => {}
        }
        parts.into()
    }
}

fn boxed<'a>(words: &'a str, style: fn(&iced::Theme) -> container::Style) -> Element<'a, Message> {
    let words = control::prose(words).size(size::BODY);
    container(words).padding(gap::S).width(Fill).style(style).into()
}

fn summary<'a>(findings: &[Finding]) -> Element<'a, Message> {
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
    row![symbol, control::prose(words).size(size::BODY)]
        .spacing(gap::S)
        .align_y(Alignment::Center)
        .into()
}

/// All findings by step; each leads to its blank.
fn list<'a>(draft: &'a Draft, findings: &'a [Finding]) -> Element<'a, Message> {
    let mut parts = column![].spacing(gap::M).width(Fill);
    for step in Step::all(draft) {
        let mut rows = column![].spacing(2).width(Fill);
        let mut any = false;
        for finding in findings.iter().filter(|finding| Step::of(&finding.field) == step) {
            any = true;
            rows = rows.push(finding_row(finding));
        }
        if any {
            let title = text(step.title()).size(size::BODY).style(theme::muted);
            parts = parts.push(column![title, rows].spacing(gap::XS));
        }
    }
    parts.into()
}

fn finding_row(finding: &Finding) -> Element<'_, Message> {
    let symbol = match finding.severity {
        Severity::Error => icon::icon(Icon::Error, |t| t.error),
        Severity::Warning => icon::icon(Icon::Warning, |t| t.warning),
        Severity::Hint => icon::icon(Icon::Empty, |t| t.accent),
    };
    let words = container(control::prose(&finding.message).size(size::BODY)).width(Fill);
    control::list_row(
        None,
        false,
        row![container(symbol).padding(iced::padding::top(3)), words].spacing(gap::S),
        Some(Message::Jumped(finding.field.clone())),
    )
}

fn result<'a>(written: &'a Written, draft: &Draft, notice: &'a Notice) -> Element<'a, Message> {
    let title = if written.draft_mark { "已导出草稿" } else { "已导出" };
    let heading = row![
        icon::icon(Icon::Fine, |t| t.fine),
        text(title).size(size::TITLE),
        space::horizontal(),
        control::named(
            outcome_id(),
            Icon::Folder,
            "打开文件夹",
            Some(Message::OpenAsked(written.folder.clone()))
        ),
    ]
    .spacing(gap::S)
    .align_y(Alignment::Center);
    let files = column(written.papers.iter().map(|path| file_row(written, path))).spacing(2);
    let zip =
        control::hint(format!("材料包（共 {} 个文件）：{}", written.count, written.zip.display()));
    let next = next_steps(written, draft, notice);
    control::card(column![heading, zip, files.width(Fill), next].spacing(gap::S))
}

/// What to do now, in the notice's order.
fn next_steps<'a>(written: &Written, draft: &Draft, notice: &'a Notice) -> Element<'a, Message> {
    if written.draft_mark {
        let words = "草稿只供校对。改正错误后重新导出，再打印、盖章、报送。";
        return control::prose(words).size(size::BODY).into();
    }
    let steps = notice.route(draft).map_or(&[][..], |route| &route.steps);
    let mut list = column![
        text("接下来").size(size::BODY).style(theme::muted),
        control::prose("先看《报送清单》：要打印什么、盖在哪里、几份、交给谁，都在上面。")
            .size(size::BODY),
    ]
    .spacing(gap::XS);
    for (index, step) in steps.iter().enumerate() {
        let number = text(format!("{}.", index + 1)).size(size::BODY).style(theme::muted);
        let words = container(control::prose(step).size(size::BODY)).width(Fill);
        list = list.push(row![container(number).width(20), words]);
    }
    list.into()
}

/// A paper; it opens at a press.
fn file_row<'a>(written: &Written, path: &std::path::Path) -> Element<'a, Message> {
    let name = path.strip_prefix(&written.folder).unwrap_or(path).display().to_string();
    let label = container(control::prose(name).size(size::BODY)).width(Fill);
    let message = Message::OpenAsked(path.to_owned());
    let open = text("打开").size(size::SMALL).style(theme::accent);
    let line = row![icon::icon(Icon::File, |t| t.muted), label, open].spacing(gap::S);
    let button =
        button(line).padding(gap::XS).width(Fill).style(theme::quiet).on_press(message.clone());
    focusable(None, button, Some(message))
}
