//! The list of drafts, searched by name.

use iced::widget::{Id, column, container, row, space, text, text_input};
use iced::{Alignment, Fill};

use super::{Message, State};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::list::list;
use crate::app::widget::{Element, control};
use crate::store::Entry;

/// From so many drafts on a search is worth its place.
const MANY: usize = 6;

/// The box to search in.
pub(super) fn search_id() -> Id {
    Id::new("search")
}

impl State {
    /// The drafts under their heading.
    pub(super) fn list_of_drafts(&self) -> Element<'_, Message> {
        let mut heading = row![text("草稿").size(size::TITLE), space::horizontal()];
        if self.is_searchable() {
            let search = text_input("按企业、需求或事项查找", &self.search)
                .id(search_id())
                .on_input(Message::Searched)
                .size(size::BODY)
                .padding([5.0, gap::S])
                .width(220)
                .style(theme::input(Tone::Plain));
            heading = heading.push(guard(search));
        }
        let list: Element<'_, Message> = match &self.drafts {
            None => control::hint("正在读取草稿……").into(),
            Some(drafts) if drafts.is_empty() => nothing(
                "还没有草稿。选好身份和通知，点“新建草稿”；想先看填好的样子，点“看看示例”。",
            ),
            Some(_) => {
                let found = self.found();
                if found.is_empty() {
                    nothing("没有这样的草稿。")
                } else {
                    let cards = found.into_iter().map(|entry| (&entry.id, self.card(entry)));
                    list(cards).spacing(gap::S).into()
                }
            }
        };
        column![heading.align_y(Alignment::Center), list].spacing(gap::M).into()
    }

    /// The search is shown.
    pub(super) fn is_searchable(&self) -> bool {
        self.drafts.as_ref().is_some_and(|drafts| drafts.len() >= MANY) || !self.search.is_empty()
    }

    /// The drafts of the company searched for, or about what is searched for.
    pub(super) fn found(&self) -> Vec<&Entry> {
        let wanted = self.search.trim().to_lowercase();
        let drafts = self.drafts.as_deref().unwrap_or_default();
        let holds = |words: &String| words.to_lowercase().contains(&wanted);
        let is_found = |entry: &&Entry| holds(&entry.company) || entry.items.iter().any(holds);
        drafts.iter().filter(is_found).collect()
    }
}

fn nothing<'a>(words: &'a str) -> Element<'a, Message> {
    let words = row![icon::icon(Icon::File, |t| t.muted), control::hint(words)];
    let words = words.spacing(gap::S).align_y(Alignment::Center);
    container(words).padding(gap::XL).center_x(Fill).style(theme::card).into()
}
