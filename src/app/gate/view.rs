//! How it looks where the data folder cannot be used.

use iced::Fill;
use iced::widget::{center, column, container, row, text};

use super::{Closed, Message, path_id};
use crate::app::focus;
use crate::app::shortcut::Shortcut;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::path_box::path_box;
use crate::app::widget::{Element, control};

impl Closed {
    /// What is wrong and the ways out.
    pub(super) fn view(&self) -> Element<'_, Message> {
        if let Some(help) = &self.help {
            let tokens = theme::tokens(&theme::theme(false));
            return focus::dialog(help.view(tokens).map(Message::Help));
        }
        let root = self.root.display();
        let words = format!(
            "{}。\n草稿和企业资料都放在“{root}”里。如果它在 U 盘或网络盘上，请接好以后再试；如果是没有权限或磁盘已满，请先处理好。也可以这次先用另一个文件夹，里面原有的草稿会列出来。",
            self.problem
        );
        let mut parts = column![
            text("数据文件夹打不开").size(size::TITLE),
            control::prose(words).size(size::BODY)
        ]
        .spacing(gap::S);
        if let Some(told) = &self.told {
            let told = container(control::prose(told).size(size::BODY));
            parts = parts.push(told.padding(gap::S).width(Fill).style(theme::warning_box));
        }
        if let Some(path) = &self.typed {
            parts = parts.push(path_box(
                path_id(),
                "文件夹的完整路径",
                path,
                Message::PathTyped,
                "用这个文件夹",
                Message::PathGiven,
            ));
        }
        let free = |message| (!self.trying).then_some(message);
        let buttons = row![
            control::primary("再试一次", free(Message::Retried)),
            control::secondary("用另一个文件夹……", free(Message::FolderAsked)),
            control::secondary("帮助（F1）", Some(Message::Shortcut(Shortcut::Help))),
            control::secondary("退出", Some(Message::Left)),
        ];
        parts = parts.push(buttons.spacing(gap::S).wrap().vertical_spacing(gap::S));
        let card = container(control::scroll(parts)).padding(gap::L).max_width(560);
        focus::dialog(center(card.style(theme::card)).padding(gap::M))
    }
}
