//! The list at the left: the pages and the headings of the one that is shown, or what was found.

use iced::widget::{Id, column, container, operation, text};
use iced::{Fill, Padding, Task};

use super::guide::{Page, Place};
use super::search::MOST;
use super::{Message, State};
use crate::app::focus;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::focus::focusable_if;
use crate::app::widget::{Element, control};

fn list_id() -> Id {
    Id::new("help-contents")
}

/// The row of a place.
pub(super) fn row_id(Place { page, heading }: Place) -> Id {
    let heading = heading.map_or_else(String::new, |at| at.to_string());
    Id::from(format!("help-place:{page}:{heading}"))
}

/// The row of a place found.
pub(super) fn hit_id(hit: usize) -> Id {
    Id::from(format!("help-hit:{hit}"))
}

/// Brings a row into view.
pub(super) fn reveal(row: Id) -> Task<Message> {
    focus::reveal_in(list_id(), row)
}

/// Shows the first rows.
pub(super) fn to_top() -> Task<Message> {
    operation::snap_to(list_id(), operation::RelativeOffset::START)
}

/// A row of the list.
struct Row {
    id: Id,
    words: Vec<String>,
    /// 0: a page, 1 and 2: its headings.
    depth: u8,
    chosen: bool,
    message: Message,
}

impl State {
    /// The rows that the arrow keys walk through.
    pub(super) fn rows(&self) -> Vec<Id> {
        self.list().into_iter().map(|row| row.id).collect()
    }

    fn list(&self) -> Vec<Row> {
        if self.sought.trim().is_empty() { self.places() } else { self.found() }
    }

    /// The pages, and the headings of the one that is shown.
    fn places(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, page) in self.guide.pages.iter().enumerate() {
            let shown = number == self.page;
            let headings = page.headings().filter(|_| shown);
            let headings = headings.map(|(at, level, words)| (Some(at), level - 1, words));
            for (heading, depth, words) in std::iter::once((None, 0, page.name)).chain(headings) {
                let place = Place { page: number, heading };
                rows.push(Row {
                    id: row_id(place),
                    words: vec![words.to_owned()],
                    depth,
                    chosen: shown && heading == self.heading,
                    message: Message::Chosen(place),
                });
            }
        }
        rows
    }

    fn found(&self) -> Vec<Row> {
        let name = |page: usize| self.guide.pages.get(page).map_or("", |page: &Page| page.name);
        let rows = self.found.hits.iter().enumerate().map(|(at, hit)| {
            let mut words = vec![hit.title.clone(), name(hit.place.page).to_owned()];
            words.extend(Some(hit.excerpt.clone()).filter(|excerpt| !excerpt.is_empty()));
            let (id, chosen) = (hit_id(at), self.hit == Some(at));
            Row { id, words, depth: 0, chosen, message: Message::HitChosen(at) }
        });
        rows.collect()
    }

    /// The list.
    pub(super) fn contents(&self) -> Element<'_, Message> {
        let rows = self.list();
        let any = rows.iter().any(|row| row.chosen);
        let seeking = !self.sought.trim().is_empty();
        let told = match self.found.hits.len() {
            _ if !seeking => None,
            _ if self.found.is_near && !self.found.hits.is_empty() => {
                Some("没有正好这样写的，下面是相近的。".to_owned())
            }
            0 => Some("没有找到。换一个词试试，词与词之间用空格隔开。".to_owned()),
            MOST => Some(format!("找到很多处，这里列出前 {MOST} 处。多写一个词可以少一些。")),
            count => Some(format!("找到 {count} 处，按回车逐处看。")),
        };
        let told = told.map(|words| container(control::hint(words)).padding([gap::XS, gap::S]));
        let rows = rows.into_iter().enumerate().map(|(at, row)| {
            let stop = row.chosen || (!any && at == 0);
            row.view(stop)
        });
        let list = column![].push(told).extend(rows).width(Fill).spacing(1);
        control::scroll(container(list).padding(gap::S)).id(list_id()).height(Fill).into()
    }
}

impl Row {
    fn view<'a>(self, stop: bool) -> Element<'a, Message> {
        let first = if self.depth > 1 { size::SMALL } else { size::BODY };
        let lines = self.words.into_iter().enumerate().map(|(at, words)| {
            let words = text(words).wrapping(text::Wrapping::WordOrGlyph);
            match at {
                0 => words.size(first).into(),
                _ => words.size(size::SMALL).style(theme::muted).into(),
            }
        });
        let left = gap::S + f32::from(self.depth) * gap::M;
        let above = if self.depth == 0 { gap::XS + 2.0 } else { gap::XS - 1.0 };
        let button = iced::widget::button(column(lines).spacing(2))
            .padding(Padding { top: above, bottom: above, left, right: gap::S })
            .width(Fill)
            .style(theme::row(self.chosen))
            .on_press(self.message.clone());
        focusable_if(stop, Some(self.id), button, Some(self.message))
    }
}
