//! What came of an export, and what to do next.

use iced::widget::{button, column, container, row, space, text};
use iced::{Alignment, Fill};

use super::{Message, State, Unwritten, Written, outcome_id};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::focus::focusable;
use crate::app::widget::{Element, control};
use crate::domain::Draft;
use crate::export::package;
use crate::rules::Notice;

impl State {
    /// The outcome of the last export; nothing before the first.
    pub(super) fn outcome<'a>(&'a self, draft: &Draft, notice: &'a Notice) -> Element<'a, Message> {
        // Always in a place of its own, so that a button does not lose the keyboard to what it brings up.
        let mut told = column![].spacing(gap::S).width(Fill);
        if let Some(problem) = &self.problem {
            told = told.push(boxed(problem, theme::warning_box));
        }
        if self.outdated && matches!(self.result, Some(Ok(_))) {
            told = told.push(boxed("导出后又改动过，报送前请重新导出。", theme::warning_box));
        }
        let ended = match &self.result {
            Some(Ok(written)) => result(written, self.outdated, draft, notice),
            Some(Err(Unwritten::Failed(problem))) => boxed(problem, theme::error_box),
            Some(Err(Unwritten::Cancelled)) => {
                boxed("已停止导出，没有生成文件；文件夹里原有的文件没有变。", theme::note_box)
            }
            None => space().into(),
        };
        container(column![told, ended].spacing(gap::S)).id(outcome_id()).into()
    }
}

fn boxed<'a>(words: &'a str, style: fn(&iced::Theme) -> container::Style) -> Element<'a, Message> {
    let words = control::prose(words).size(size::BODY);
    container(words).padding(gap::S).width(Fill).style(style).into()
}

fn result<'a>(
    written: &'a Written,
    outdated: bool,
    draft: &Draft,
    notice: &'a Notice,
) -> Element<'a, Message> {
    let title = if written.draft_mark { "已导出草稿" } else { "已导出" };
    let symbol = match outdated {
        true => icon::icon(Icon::Warning, |t| t.warning),
        false => icon::icon(Icon::Fine, |t| t.fine),
    };
    let heading = row![
        symbol,
        text(title).size(size::TITLE),
        space::horizontal(),
        control::with_icon(
            Icon::Folder,
            "打开文件夹",
            Some(Message::OpenAsked(written.folder.clone()))
        ),
    ]
    .spacing(gap::S)
    .align_y(Alignment::Center);
    let files = column(written.papers.iter().map(|path| file_row(written, path))).spacing(2);
    let how = if written.locked { "加密的材料包" } else { "材料包" };
    let zip =
        control::hint(format!("{how}（共 {} 个文件）：{}", written.count, written.zip.display()));
    let other = written.other_zip.as_ref().map(|other| {
        let words = package::other_words(other, written.locked);
        let words = control::prose(words).size(size::SMALL);
        container(words).padding(gap::S).width(Fill).style(theme::warning_box)
    });
    let next = next_steps(written, draft, notice);
    let parts = column![heading, zip].push(other).push(files.width(Fill)).push(next);
    control::card(parts.spacing(gap::S))
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
    let open = text(if written.draft_mark { "打开" } else { "打开打印" })
        .size(size::SMALL)
        .style(theme::accent);
    let line = row![icon::icon(Icon::File, |t| t.muted), label, open].spacing(gap::S);
    let button =
        button(line).padding(gap::XS).width(Fill).style(theme::quiet).on_press(message.clone());
    focusable(None, button, Some(message))
}
