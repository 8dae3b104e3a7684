//! What is shown instead of home before there is anything: what this is, whose papers, for which notice.

use iced::widget::{column, container, row, text};
use iced::{Alignment, Fill};

use super::begin::{self, Choice, new_id};
use super::progress::Left;
use super::{Message, State, file};
use crate::app::dialog;
use crate::app::focus::form_id;
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::domain::Role;
use crate::rules::Notice;

/// Width of the choice of a role, logical pixels: two stand side by side where there is room.
const ROLE_WIDTH: f32 = 330.0;

impl State {
    /// Nothing was begun here yet, and the person has not put the welcome away.
    pub(super) fn is_first_run(&self) -> bool {
        let is_empty = self.drafts.as_ref().is_some_and(Vec::is_empty);
        let nothing_kept =
            self.bin.is_empty() && self.profiles.is_empty() && self.profile_bin.is_empty();
        is_empty && nothing_kept && self.last.is_none() && self.lost.is_none() && !self.welcomed
    }

    /// Home is shown as it is from now on.
    pub(crate) const fn leave_welcome(&mut self) {
        self.welcomed = true;
    }

    /// The page.
    pub(super) fn welcome(&self) -> Element<'_, Message> {
        let [roles, notices, _] = self.choices();
        let roles = roles.into_iter().map(role);
        let notices = notices.into_iter().zip(&self.notices);
        let notices = notices.map(|(choice, notice)| self.notice_line(choice, notice));
        let words = "大企业“发榜”、中小企业“揭榜”的申报材料：在自己的电脑上填一次，查清楚，印出来就能盖章报送。填写的内容不离开这台电脑。";
        let page = column![
            text("欢迎使用揭榜通").size(size::HEAD + 5.0),
            control::prose(words).size(size::BODY),
            row(roles).spacing(gap::M).wrap().vertical_spacing(gap::M),
            column![text("按哪份通知填写").size(size::TITLE), column(notices).spacing(2)]
                .spacing(gap::S),
            self.ways_on(),
        ]
        .push(self.notice_problems())
        .spacing(gap::XL)
        .max_width(2.0 * ROLE_WIDTH + gap::M);
        let page = container(page).padding(gap::XXL).center_x(Fill);
        // The corner has the window's tools.
        let page = container(page).padding(iced::padding::top(gap::XL));
        control::scroll(page).id(form_id()).height(Fill).into()
    }

    fn ways_on(&self) -> Element<'_, Message> {
        let begin = |message| Some(Message::Begin(message));
        let main = row![
            control::primary_named(new_id(), "开始填写", begin(begin::Message::NewAsked)),
            control::secondary("先看填好的示例", begin(begin::Message::SampleAsked)),
        ];
        let file = Some(Message::File(file::Message::Asked));
        let others = row![
            control::quiet("已有草稿或材料包？打开文件……", file),
            control::quiet("跳过，去首页", Some(Message::WelcomeLeft)),
        ];
        let drop = dialog::takes_drops().then(|| control::hint("文件也可以直接拖进窗口。"));
        column![main.spacing(gap::S).wrap().vertical_spacing(gap::S)]
            .push(others.spacing(gap::S).wrap().vertical_spacing(gap::XS))
            .push(self.path_box())
            .push(drop)
            .spacing(gap::S)
            .into()
    }

    /// A notice with what is left of its time for the chosen role.
    fn notice_line<'a>(&self, choice: Choice, notice: &Notice) -> Element<'a, Message> {
        let left = Left::for_role(notice, self.role, self.today);
        let until = left.map(|left| {
            let style = if left.is_short { theme::warning } else { theme::muted };
            control::prose(left.words).size(size::SMALL).style(style)
        });
        row![option(choice)].push(until).spacing(gap::S).align_y(Alignment::Center).wrap().into()
    }
}

/// A role with what is filled in for it.
fn role<'a>(choice: Choice) -> Element<'a, Message> {
    let (label, papers) = match choice.message {
        begin::Message::RoleChosen(Role::Demander) => {
            ("我是发榜的大企业", "填《大企业技术创新需求表》，有几项需求就写几项。")
        }
        _ => ("我是揭榜的中小企业", "填《对接表》，每个揭榜事项写一份《申请书》，附佐证材料。"),
    };
    let symbol = if choice.chosen { Icon::Fine } else { Icon::Empty };
    let mark = icon::icon(symbol, if choice.chosen { |t| t.accent } else { |t| t.outline });
    let words = column![text(label).size(size::TITLE), control::hint(papers)].spacing(gap::XS);
    let words = row![mark.width(20).height(20), words.width(Fill)].spacing(gap::M);
    let inner = container(words.align_y(Alignment::Center)).padding(gap::S);
    let message = Message::Begin(choice.message);
    let button = control::list_row(Some(choice.id), choice.chosen, inner, Some(message));
    container(button).width(ROLE_WIDTH).style(theme::card).into()
}

fn option<'a>(choice: Choice) -> Element<'a, Message> {
    let kind = control::Kind::OneOfSeveral { stop: choice.chosen };
    let message = Message::Begin(choice.message);
    control::option(choice.id, &choice.label, choice.chosen, kind, message)
}
