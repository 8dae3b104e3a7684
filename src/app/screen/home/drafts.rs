//! The list of drafts: searched, and what lies in the bin.

use iced::widget::{Id, column, container, row, space, text, text_input};
use iced::{Alignment, Fill};

use super::{Message, State};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::store::Entry;

/// From so many drafts on a search is worth its place.
const MANY: usize = 6;

impl State {
    /// Drafts and bin under their headings.
    pub(super) fn list_of_drafts(&self) -> Element<'_, Message> {
        let drafts = self.drafts.as_deref().unwrap_or_default();
        let mut heading = row![text("草稿").size(size::TITLE), space::horizontal()];
        if drafts.len() >= MANY || !self.search.is_empty() {
            let search = text_input("按企业名称查找", &self.search)
                .id(Id::new("search"))
                .on_input(Message::Searched)
                .size(size::BODY)
                .padding([5.0, gap::S])
                .width(220)
                .style(theme::input(Tone::Plain));
            heading = heading.push(guard(search));
        }
        let list: Element<'_, Message> = match &self.drafts {
            None => control::hint("正在读取草稿……").into(),
            Some(drafts) if drafts.is_empty() => {
                nothing("还没有草稿。选好身份和通知，点“新建草稿”。")
            }
            Some(drafts) => {
                let found: Vec<&Entry> =
                    drafts.iter().filter(|entry| self.is_searched(entry)).collect();
                if found.is_empty() {
                    nothing("没有这个名称的草稿。")
                } else {
                    column(found.into_iter().map(|entry| self.card(entry))).spacing(gap::S).into()
                }
            }
        };
        column![heading.align_y(Alignment::Center), list, self.bin()].spacing(gap::M).into()
    }

    fn is_searched(&self, entry: &Entry) -> bool {
        entry.company.to_lowercase().contains(&self.search.trim().to_lowercase())
    }

    fn bin(&self) -> Element<'_, Message> {
        if self.bin.is_empty() {
            return space().into();
        }
        let label = format!("回收站（{}）", self.bin.len());
        let mut list = column![control::quiet(&label, Some(Message::BinToggled))].spacing(gap::S);
        if self.bin_open {
            for entry in &self.bin {
                let name = match entry.company.trim() {
                    "" => "未命名企业",
                    name => name,
                };
                let words = container(text(name).size(size::BODY)).width(Fill);
                let back = Message::PutBackAsked(entry.id.clone());
                let line = row![words, control::secondary("放回", Some(back))];
                list = list.push(
                    container(line.spacing(gap::M).align_y(Alignment::Center))
                        .padding([gap::XS, gap::M])
                        .width(Fill)
                        .style(theme::card),
                );
            }
        }
        list.into()
    }
}

fn nothing<'a>(words: &'a str) -> Element<'a, Message> {
    let words = row![icon::icon(Icon::File, |t| t.muted), control::hint(words)].spacing(gap::S);
    container(words).padding(gap::XL).center_x(Fill).style(theme::card).into()
}
