//! The letter: its sections with their 字数, and one section to write.

use iced::widget::{column, container, progress_bar, row, text};
use iced::{Alignment, Fill};

use super::update::form_id;
use super::{Message, State};
use crate::app::theme::{self, Pick, size, space as gap};
use crate::app::widget::anchor::anchor;
use crate::app::widget::frame::TALLER;
use crate::app::widget::room::Room;
use crate::app::widget::{Element, control};
use crate::domain::{Application, Body, Field};

/// Widest letter, logical pixels; longer lines are hard to read.
const WIDEST: f32 = 920.0;
/// The least height of a text, logical pixels; where there is less room the page scrolls.
const LEAST: f32 = 180.0;
/// That of a text before a table or figure.
const LOW: f32 = 64.0;

impl State {
    /// The middle pane of 申请书 n.
    pub(super) fn letter(&self, letter: usize) -> Element<'_, Message> {
        let part = Application::SECTIONS.get(self.section).copied().unwrap_or("introduction");
        let field = Field::application(letter, part);
        let (widest, margin) = (self.widest(), self.panes.margin());
        let bar = self.find_bar(letter).map(|bar| {
            let bar = container(bar).padding([gap::S, margin]).max_width(widest);
            container(bar).center_x(Fill)
        });
        let room = Room::default();
        let page = column![self.head(letter), self.total(letter), self.sections(letter)]
            .push(self.with_word(letter, &field, &room))
            .spacing(gap::S)
            .padding([gap::XL, margin])
            .max_width(widest);
        let list = control::scroll(room.page(container(page).center_x(Fill)));
        let list = room.around(list.id(form_id()).height(Fill));
        // The same widgets in every window, or the text would lose the caret where its size changes.
        column![container(column![].push(bar)), anchor(form_id(), list)].into()
    }

    fn widest(&self) -> f32 {
        if self.panes.is_wide() { f32::INFINITY } else { WIDEST }
    }

    /// The heading, with the way to a letter that is written already.
    fn head(&self, letter: usize) -> Element<'_, Message> {
        let label = if self.contents_open { "收起提纲" } else { "提纲" };
        let toggle = Message::Blocks(super::blocks::Message::ContentsToggled);
        let heading = row![container(self.heading()).width(Fill)].push(control::quiet_named(
            "contents".into(),
            label,
            Some(toggle),
        ));
        heading.push(self.word_button(letter)).align_y(Alignment::Center).spacing(gap::S).into()
    }

    /// 字数 of the whole letter against what the notice allows.
    fn total(&self, letter: usize) -> Element<'_, Message> {
        let limit = self.notice.limits.application;
        let total = self.counts.applications.get(letter).map_or(0, |count| count.total);
        let (style, bar) = fullness(total, limit);
        let share = if limit == 0 { 0.0 } else { total as f32 / limit as f32 };
        row![
            progress_bar(0.0..=1.0, share.min(1.0)).girth(5).style(theme::progress(bar)),
            text(total_words(total, limit)).size(size::SMALL).style(style),
        ]
        .spacing(gap::M)
        .align_y(Alignment::Center)
        .into()
    }

    fn sections(&self, letter: usize) -> Element<'_, Message> {
        if self.contents_open {
            return self.contents(letter);
        }
        let counts = self.counts.applications.get(letter);
        let rows = Application::SECTIONS.iter().enumerate().map(|(index, part)| {
            let field = Field::application(letter, part);
            let label = field.spec().map_or(*part, |spec| short(&spec.label));
            let words = counts
                .and_then(|counts| counts.sections.iter().find(|(name, _)| name == part))
                .map_or(0, |(_, words)| *words);
            let shown = self.is_shown(&field) && self.findings_of(&field).next().is_some();
            let style = if shown { theme::error } else { theme::muted };
            let content = row![
                text(label).size(size::SMALL + 0.5),
                text(format!("{words}")).size(size::SMALL).style(style),
            ]
            .spacing(gap::XS + 2.0)
            .align_y(Alignment::Center);
            control::tab(
                Some(format!("section:{index}").into()),
                index == self.section,
                content,
                Some(Message::SectionChosen(index)),
            )
        });
        row(rows).spacing(gap::XS).wrap().into()
    }

    /// The section shown: its heading, what is asked, its text and what was found. The text takes the
    /// room that is left and scrolls by itself, but where something stands beside it, or in a low window.
    pub(super) fn section<'a>(
        &'a self,
        letter: usize,
        field: &Field,
        room: &Room,
    ) -> Element<'a, Message> {
        let Some(spec) = field.spec() else { return iced::widget::space().into() };
        let title = row![
            text(spec.label.as_str()).size(size::TITLE),
            iced::widget::space::horizontal(),
            self.insert_tools(),
            self.count(field),
        ]
        .spacing(gap::S)
        .align_y(Alignment::Center);
        let mut parts = column![title].spacing(gap::XS);
        parts = match self.prompt(field) {
            Some(prompt) => parts.push(prompt),
            None => parts.push(control::hint(spec.hint.as_str())),
        };
        parts = parts.push(self.untold_line(field)).push(self.example(field, spec));
        let is_plain = self.draft.body(field).is_none_or(Body::is_plain);
        let grows = self.panes.is_low() || self.has_word(letter) || !is_plain;
        let editor = self.editor_of(field, spec).map(|editor| {
            let editor = match grows {
                true => self.growing(field, editor.min_height(if is_plain { LEAST } else { LOW })),
                false => self.paper(field, editor.height(Fill).padding(TALLER)),
            };
            room.filling(LEAST, grows, editor)
        });
        let further = column(self.further_blocks(field)).spacing(gap::S);
        // Below the text, so that nothing above moves when something is found in the whole letter.
        let whole = self.found(&Field::new(format!("/applications/{letter}")));
        parts
            .push(editor)
            .push(further)
            .push(self.picture_line())
            .push(column![self.found(field), whole].spacing(gap::XS))
            .into()
    }
}

fn total_words(total: usize, limit: usize) -> String {
    match total.checked_sub(limit) {
        None | Some(0) => format!("共 {total} / {limit} 字"),
        Some(over) => format!("共 {total} / {limit} 字，超出 {over} 字"),
    }
}

/// How 字数 against a limit look: amber from 95 %, red beyond.
fn fullness(words: usize, limit: usize) -> (fn(&iced::Theme) -> text::Style, Pick) {
    if words > limit {
        (theme::error, |t| t.error)
    } else if words * 20 >= limit * 19 {
        (theme::warning, |t| t.warning)
    } else {
        (theme::muted, |t| t.accent)
    }
}

/// A heading of the letter without its number, for a narrow list.
fn short(label: &str) -> &str {
    let label = label.split_once('、').map_or(label, |(_, rest)| rest);
    let label = label.split_once('）').map_or(label, |(_, rest)| rest);
    label.strip_prefix("中小企业").unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn headings_lose_their_numbers() {
        assert_eq!(short("（三）技术路线"), "技术路线");
        assert_eq!(short("二、中小企业技术创新能力情况"), "技术创新能力情况");
        assert_eq!(short("四、希望采取的合作方式"), "希望采取的合作方式");
    }
}
