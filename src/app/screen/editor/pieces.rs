//! 拟揭榜事项 and 佐证材料: lists of cards.

use iced::widget::{Column, column, container, row, space, text};
use iced::{Alignment, Fill};

use super::arrivals::{Copying, Target};
use super::attach::path_id;
use super::form::tool_id;
use super::update::blank_id;
use super::{Change, Group, Message, State, Step};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::list::list;
use crate::app::widget::path_box::path_box;
use crate::app::widget::{Element, control};
use crate::domain::{Attachment, Field};
use crate::rules::invisible;

impl State {
    pub(super) fn items<'a>(&'a self, mut page: Column<'a, Message>) -> Column<'a, Message> {
        let count = self.draft.applications.len();
        let cards = (0..count).map(|n| {
            let letter = Step::Letter(n);
            let total = self.counts.applications.get(n).map_or(0, |count| count.total);
            let link = row![
                control::with_icon(Icon::File, "写申请书", Some(Message::StepChosen(letter))),
                control::hint(format!("已写 {total} 字")),
            ]
            .spacing(gap::S)
            .align_y(Alignment::Center);
            let card = column![
                self.card_heading(format!("事项 {}", n + 1), Group::Applications, n),
                self.blank(&Field::application(n, "item/name")),
                self.blank(&Field::application(n, "item/code")),
                link,
            ];
            (self.roster.letter(n), control::card(card.spacing(gap::M)))
        });
        page = page.push(match count {
            0 => empty("还没有事项。请对照需求目录，把要揭榜的事项加进来。"),
            _ => list(cards).spacing(gap::L).width(Fill).into(),
        });
        let add = self.unless_read_only(Message::Grouped(Group::Applications, Change::Add));
        page.push(control::with_icon(Icon::Plus, "加一个事项", add))
    }

    pub(super) fn evidence<'a>(
        &'a self,
        mut page: Column<'a, Message>,
        letter: usize,
    ) -> Column<'a, Message> {
        let pieces = self.draft.applications.get(letter).map_or(&[][..], |a| &a.evidence);
        let group = Group::Evidence(letter);
        if let Some(prompt) = self.prompt(&Field::application(letter, "evidence")) {
            page = page.push(prompt);
        }
        let cards = pieces.iter().enumerate().map(|(m, piece)| {
            let heading = self.card_heading(format!("佐证材料 {}", m + 1), group, m);
            let mut card = column![heading].spacing(gap::M);
            for part in ["kind", "name", "number", "date", "issuer"] {
                card = card.push(self.blank(&Field::evidence(letter, m, part)));
            }
            card = card.push(self.files(letter, m, &piece.files));
            (self.roster.piece(letter, m), control::card(card))
        });
        page = page.push(match pieces {
            [] => empty("还没有佐证材料。加一项，或者把 PDF、JPEG、PNG 文件拖进窗口。"),
            _ => list(cards).spacing(gap::L).width(Fill).into(),
        });
        let is_new = |to: Target| {
            to.letter_at(&self.roster) == Some(letter) && to.at(&self.roster).is_none()
        };
        let new: Vec<_> = self.arrivals.copies(is_new).into_iter().map(copying).collect();
        if !new.is_empty() {
            page = page.push(control::card(column(new).spacing(gap::XS)));
        }
        let add = self.unless_read_only(Message::Grouped(group, Change::Add));
        page.push(control::with_icon(Icon::Plus, "加一项佐证材料", add))
    }

    fn card_heading<'a>(&self, title: String, group: Group, at: usize) -> Element<'a, Message> {
        row![text(title).size(size::TITLE), space::horizontal(), self.tools(group, at)]
            .align_y(Alignment::Center)
            .into()
    }

    fn files<'a>(
        &'a self,
        letter: usize,
        piece: usize,
        files: &'a [Attachment],
    ) -> Element<'a, Message> {
        let field = Field::evidence(letter, piece, "files");
        let mut lines = column![].spacing(gap::XS).width(Fill);
        for (k, file) in files.iter().enumerate() {
            let remove = self.unless_read_only(Message::FileRemoved(letter, piece, k));
            let id = tool_id("取下这个文件", &Field::new(format!("{field}/{k}")));
            lines = lines.push(
                row![
                    icon::icon(Icon::Clip, |t| t.muted),
                    container(control::prose(invisible::revealed(&file.name)).size(size::BODY))
                        .width(Fill),
                    text(length(file.bytes)).size(size::SMALL).style(theme::muted),
                    control::symbol_named(id, Icon::Close, "取下这个文件", remove),
                ]
                .spacing(gap::S)
                .align_y(Alignment::Center),
            );
        }
        let here = |to: Target| to.at(&self.roster) == Some((letter, piece));
        lines = lines.extend(self.arrivals.copies(here).into_iter().map(copying));
        let add = self.unless_read_only(Message::AttachAsked(letter, piece));
        lines = lines.push(control::with_icon(Icon::Clip, "添加文件", add));
        lines = lines.push(control::hint("PDF、JPEG 或 PNG，可以有多个，也可以拖进窗口。"));
        if let Some((to, typed)) = &self.typed_path
            && to.at(&self.roster) == Some((letter, piece))
        {
            lines = lines.push(path_box(
                path_id(),
                "文件的完整路径",
                typed,
                Message::PathTyped,
                "添加",
                Message::PathGiven,
            ));
        }
        let line = row![
            container(text("文件").size(size::BODY)).width(128),
            lines.push(self.found(&field))
        ]
        .spacing(gap::M);
        // What is found wrong with a file leads here.
        container(line).id(blank_id(&field)).into()
    }
}

/// A copy that runs, which can be stopped.
fn copying<'a>(copy: Copying) -> Element<'a, Message> {
    let words = if copy.stopping { "正在停止……".to_owned() } else { copy.words };
    let stop = (!copy.stopping).then_some(Message::CopyStopped(copy.number));
    row![container(control::hint(words)).width(Fill), control::quiet("停止", stop)]
        .spacing(gap::S)
        .align_y(Alignment::Center)
        .into()
}

fn empty<'a>(words: &'a str) -> Element<'a, Message> {
    container(control::hint(words)).padding(gap::XL).center_x(Fill).style(theme::card).into()
}

/// A length in bytes as people say it.
fn length(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_people_say_them() {
        assert_eq!(length(12), "12 字节");
        assert_eq!(length(2048), "2 KB");
        assert_eq!(length(3 * 1_048_576 + 524_288), "3.5 MB");
    }
}
