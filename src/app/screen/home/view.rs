//! How home looks.

use iced::widget::{Id, column, container, row, text, text_input};
use iced::{Alignment, Fill};

use super::{Message, State, path_id};
use crate::app::focus::form_id;
use crate::app::icon::Icon;
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::domain::Role;

impl State {
    /// The screen.
    pub(crate) fn view(&self) -> Element<'_, Message> {
        let title = column![
            text("揭榜通").size(size::HEAD + 5.0),
            control::hint("离线准备大企业“发榜”、中小企业“揭榜”的申报材料"),
        ]
        .spacing(gap::XS);
        let page = column![title, self.messages()]
            .push(self.go_on())
            .push(self.begin())
            .push(self.list_of_drafts())
            .spacing(gap::XL)
            .width(Fill)
            .max_width(840);
        control::scroll(container(page).padding(gap::XXL).center_x(Fill))
            .id(form_id())
            .height(Fill)
            .into()
    }

    /// Back to the draft edited last.
    fn go_on(&self) -> Option<Element<'_, Message>> {
        let drafts = self.drafts.as_deref().unwrap_or_default();
        let last = drafts.iter().find(|entry| {
            Some(entry.id.as_str()) == self.last.as_deref() && entry.problem.is_none()
        })?;
        let name = match last.company.trim() {
            "" => "未命名企业",
            name => name,
        };
        let label = format!("继续填写：{name}");
        Some(control::with_icon(Icon::Back, &label, Some(Message::OpenAsked(last.id.clone()))))
    }

    fn messages(&self) -> Element<'_, Message> {
        let mut list = column![].spacing(gap::S).width(Fill);
        if let Some(problem) = &self.problem {
            list = list.push(boxed(problem.clone(), theme::error_box));
        }
        for problem in &self.notice_problems {
            list = list.push(boxed(problem.message.clone(), theme::warning_box));
        }
        if let Some((_, name)) = &self.removed {
            let words = row![
                container(control::prose(format!("“{name}”已移到回收站。")).size(size::BODY))
                    .width(Fill),
                control::secondary("撤销", Some(Message::PutBack)),
            ]
            .align_y(Alignment::Center);
            list = list.push(container(words).padding(gap::S).width(Fill).style(theme::note_box));
        }
        list.into()
    }

    /// Companies of earlier drafts, whose data a new one may begin with.
    fn companies(&self) -> Option<Element<'_, Message>> {
        let known = self.known_companies();
        if known.is_empty() {
            return None;
        }
        let anew = control::option(
            Id::new("company:new"),
            "重新填写",
            self.company.is_none(),
            true,
            Message::CompanyChosen(None),
        );
        let others = known.into_iter().map(|entry| {
            control::option(
                Id::from(format!("company:{}", entry.id)),
                &format!("沿用 {}", entry.company.trim()),
                self.company.as_ref() == Some(&entry.id),
                true,
                Message::CompanyChosen(Some(entry.id.clone())),
            )
        });
        Some(row(std::iter::once(anew).chain(others)).spacing(gap::M).wrap().into())
    }

    fn begin(&self) -> Element<'_, Message> {
        let roles = row([Role::Solver, Role::Demander].map(|role| {
            control::option(
                Id::from(format!("role:{}", role.key())),
                role.label(),
                self.role == role,
                true,
                Message::RoleChosen(role),
            )
        }))
        .spacing(gap::M);
        let notices = row(self.notices.iter().enumerate().map(|(index, notice)| {
            control::option(
                Id::from(format!("notice:{}", notice.id)),
                &notice.short_title,
                self.notice == index,
                true,
                Message::NoticeChosen(index),
            )
        }))
        .spacing(gap::M)
        .wrap();
        let company = self.companies();
        let buttons = row![
            control::primary("新建草稿", Some(Message::NewAsked)),
            control::secondary("看看示例", Some(Message::SampleAsked)),
            control::with_icon(Icon::Folder, "打开文件……", Some(Message::FileAsked)),
        ]
        .spacing(gap::S);
        let mut parts = column![named("我们是", roles), named("通知", notices),]
            .push(company.map(|company| named("企业", company)))
            .push(container(buttons).padding(iced::padding::top(gap::XS)))
            .spacing(gap::S);
        if let Some(path) = &self.typed_path {
            parts = parts.push(
                row![
                    guard(
                        text_input("草稿（.json）或材料包（.zip）的完整路径", path)
                            .id(path_id())
                            .on_input(Message::PathTyped)
                            .on_submit(Message::PathGiven)
                            .size(size::BODY)
                            .style(theme::input(Tone::Plain))
                    ),
                    control::secondary("打开", Some(Message::PathGiven)),
                ]
                .spacing(gap::S)
                .align_y(Alignment::Center),
            );
        }
        parts = parts.push(control::hint("也可以把草稿或材料包拖进窗口。"));
        control::card(container(parts).padding(gap::XS))
    }
}

fn named<'a>(name: &'a str, choices: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    row![
        container(text(name).size(size::BODY).style(theme::muted))
            .width(64)
            .padding(iced::padding::top(gap::XS)),
        choices.into(),
    ]
    .into()
}

fn boxed<'a>(words: String, style: fn(&iced::Theme) -> container::Style) -> Element<'a, Message> {
    container(control::prose(words).size(size::BODY))
        .padding(gap::S)
        .width(Fill)
        .style(style)
        .into()
}
