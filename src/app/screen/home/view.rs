//! How home looks.

use iced::Fill;
use iced::widget::{column, container, row, space, text};

use super::{Message, State, bin, go_on_id};
use crate::app::focus::form_id;
use crate::app::icon::Icon;
use crate::app::theme::{self, Pick, size, space as gap};
use crate::app::widget::strip::strip;
use crate::app::widget::{Element, control};
use crate::rules::invisible;

impl State {
    /// The screen: a page that scrolls, and at its foot what has just happened.
    pub(crate) fn view(&self) -> Element<'_, Message> {
        if self.is_first_run() {
            return column![self.welcome(), self.told()].into();
        }
        let title = column![
            text("揭榜通").size(size::HEAD + 5.0),
            control::hint("离线准备大企业“发榜”、中小企业“揭榜”的申报材料"),
        ]
        .spacing(gap::XS);
        let page = column![title]
            .push(self.lost())
            .push(self.notice_problems())
            .push(self.go_on())
            .push(self.begin())
            .push(self.list_of_drafts())
            .push(self.kept())
            .push(self.bin())
            .spacing(gap::XL)
            .width(Fill)
            .max_width(840);
        let page = control::scroll(container(page).padding(gap::XXL).center_x(Fill))
            .id(form_id())
            .height(Fill);
        column![page, self.told()].into()
    }

    /// Back to the draft edited last.
    fn go_on(&self) -> Option<Element<'_, Message>> {
        let drafts = self.drafts.as_deref().unwrap_or_default();
        let last = drafts.iter().find(|entry| {
            let may = entry.problem.is_none() || entry.locked;
            may && Some(entry.id.as_str()) == self.last.as_deref()
        })?;
        let label = format!("继续填写：{}", self.title(last));
        let message = Some(Message::OpenAsked(last.id.clone()));
        Some(control::with_icon_named(Icon::Forward, go_on_id(), &label, message))
    }

    /// Why the drafts cannot be read, and the ways out.
    fn lost(&self) -> Option<Element<'_, Message>> {
        let problem = self.lost.as_ref()?;
        let words = format!(
            "现在读不到草稿：{problem}。数据文件夹是“{}”；如果在 U 盘或网络盘上，请重新接好，接好以后会自动读出来。下面列出的是最后读到的。",
            self.store.root().display()
        );
        let tools = row![
            control::secondary("重新读取", Some(Message::Ticked)),
            control::secondary("换一个文件夹……", Some(Message::PlaceAsked)),
        ];
        let words = control::prose(words).size(size::BODY);
        let told = column![words, tools.spacing(gap::S)].spacing(gap::S);
        Some(container(told).padding(gap::S).width(Fill).style(theme::error_box).into())
    }

    /// Notices that cannot be used.
    pub(super) fn notice_problems(&self) -> Option<Element<'_, Message>> {
        if self.notice_problems.is_empty() {
            return None;
        }
        let boxes = self.notice_problems.iter().map(|problem| {
            container(control::prose(invisible::revealed(&problem.message)).size(size::BODY))
                .padding(gap::S)
                .width(Fill)
                .style(theme::warning_box)
                .into()
        });
        Some(column(boxes).spacing(gap::S).width(Fill).into())
    }

    /// What went wrong, or what was removed: in sight wherever the page is scrolled to.
    fn told(&self) -> Element<'_, Message> {
        let close = |message| control::symbol(Icon::Close, "知道了", Some(message));
        if let Some(problem) = &self.problem {
            let symbol: (_, Pick) = (Icon::Error, |t| t.error);
            return strip(Some(symbol), problem, [close(Message::ProblemClosed)]);
        }
        if let Some(reading) = self.readings.last() {
            let stop = (!reading.is_stopped()).then_some(Message::ReadingStopped);
            return strip(None, reading.words(), [control::secondary("取消", stop)]);
        }
        if let Some(done) = &self.done {
            let symbol: (_, Pick) = (Icon::Fine, |t| t.fine);
            return strip(Some(symbol), done, [close(Message::ProblemClosed)]);
        }
        let Some(removed) = &self.removed else { return space().into() };
        let undo = control::secondary("撤销", Some(Message::Bin(bin::Message::Undone)));
        strip(None, &removed.words, [undo, close(Message::Bin(bin::Message::Left))])
    }
}
