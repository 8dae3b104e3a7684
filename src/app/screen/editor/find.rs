//! Find and replace in the letter shown.

use std::collections::HashMap;
use std::time::Instant;

use iced::widget::text_editor::Position;
use iced::widget::{Id, column, container, operation, row, space, text, text_input};
use iced::{Alignment, Fill, Task};

use super::deed::{Deed, Extent};
use super::update::blank_id;
use super::{Message as EditorMessage, State, Step};
use crate::app::focus;
use crate::app::icon::Icon;
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control, matches};
use crate::domain::{Application, Draft, Field, Role, Within};

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Find {
    pub(super) needle: String,
    replacement: String,
    /// The match shown: its text and the byte there.
    at: Option<(Field, usize)>,
}

impl Find {
    /// Another letter is shown: no match of it is.
    pub(super) fn leave(&mut self) {
        self.at = None;
    }
}

/// What happens in the bar.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The bar is put away.
    Closed,
    /// What to look for was typed.
    NeedleTyped(String),
    /// What to put instead was typed.
    ReplacementTyped(String),
    /// To the next match.
    Next,
    /// To the match before.
    Previous,
    /// The match shown is replaced.
    Replaced,
    /// All matches of the letter are replaced.
    AllReplaced,
}

fn needle_id() -> Id {
    Id::new("find-needle")
}

impl State {
    /// Opens the bar and puts the keyboard into it.
    pub(super) fn open_find(&mut self) -> Task<EditorMessage> {
        if !matches!(self.step, Step::Letter(_)) {
            self.tell(match self.draft.role {
                Role::Solver => "查找和替换在申请书中使用，请先打开一份申请书。",
                Role::Demander => "查找和替换只在申请书中使用，发榜的材料里没有申请书。",
            });
            return Task::none();
        }
        self.versions = None;
        let selected = self.focus.as_ref().and_then(|field| self.texts.selection(field));
        let find = self.find.get_or_insert_default();
        if let Some(words) = selected.filter(|words| self.keyboard && !words.contains('\n')) {
            find.needle = words;
            find.at = None;
        }
        self.texts.touch();
        operation::focus(needle_id())
            .chain(operation::select_all(needle_id()))
            .chain(focus::find().map(EditorMessage::FocusFound))
    }

    /// Puts the bar away; the keyboard goes back into the text, to the match. `None`: it is not open.
    pub(super) fn close_find(&mut self) -> Option<Task<EditorMessage>> {
        let find = self.find.take()?;
        self.texts.touch();
        let Step::Letter(letter) = self.step else { return Some(Task::none()) };
        let part = Application::SECTIONS.get(self.section)?;
        let field = find.at.map_or_else(|| Field::application(letter, part), |(field, _)| field);
        Some(self.jump(&field))
    }

    /// The match that was found stands in this blank and is still selected.
    pub(super) fn shows_match(&self, field: &Field) -> bool {
        let at = self.find.as_ref().and_then(|find| find.at.as_ref());
        // A box of one line selects nothing by itself.
        let is_selected = |of: &Field| is_caption(of) || self.texts.selection(of).is_some();
        at.is_some_and(|(of, _)| of == field && is_selected(of))
    }

    pub(super) fn find_happened(&mut self, message: Message) -> Task<EditorMessage> {
        self.texts.touch();
        let (Step::Letter(letter), Some(find)) = (self.step, &mut self.find) else {
            return Task::none();
        };
        match message {
            Message::Closed => return self.close_find().unwrap_or_else(Task::none),
            Message::NeedleTyped(needle) => {
                find.needle = needle;
                find.at = None;
            }
            Message::ReplacementTyped(replacement) => find.replacement = replacement,
            Message::Next => return self.show_match(letter, true),
            Message::Previous => return self.show_match(letter, false),
            Message::Replaced => return self.replace_one(letter),
            Message::AllReplaced => return self.replace_all(letter),
        }
        Task::none()
    }

    fn show_match(&mut self, letter: usize, forward: bool) -> Task<EditorMessage> {
        let Some(find) = &mut self.find else { return Task::none() };
        let found = places_of(&self.draft, letter, &find.needle);
        let part = Application::SECTIONS.get(self.section).copied().unwrap_or_default();
        let (from, byte) = find.at.clone().unwrap_or_else(|| (Field::application(letter, part), 0));
        let order = texts_of(&self.draft, letter).into_iter().enumerate();
        let order: HashMap<Field, usize> = order.map(|(n, field)| (field, n)).collect();
        let rank = |field: &Field| order.get(field).copied();
        let here = (rank(&from), byte);
        let rank = |(field, byte): &(Field, usize)| (rank(field), *byte);
        let chosen = match (forward, &find.at) {
            (true, None) => found.iter().find(|at| rank(at) >= here).or(found.first()),
            (true, Some(_)) => found.iter().find(|at| rank(at) > here).or(found.first()),
            (false, _) => found.iter().rev().find(|at| rank(at) < here).or(found.last()),
        };
        find.at = chosen.cloned();
        let Some((field, byte)) = find.at.clone() else { return Task::none() };
        let end = byte + find.needle.len();
        self.show_section(&field);
        self.enter(&field);
        // The keyboard is in the bar.
        self.keyboard = false;
        let words = self.draft.text(&field).unwrap_or_default();
        let (from, to) = (position(words, byte), position(words, end));
        self.texts.select(&field, from, to);
        let shown = match is_caption(&field) {
            true => focus::reveal(blank_id(&field)),
            false => Task::none(),
        };
        Task::batch([self.follow(&field), shown])
    }

    fn replace_one(&mut self, letter: usize) -> Task<EditorMessage> {
        let Some(Find { needle, replacement, at: Some((field, byte)) }) = self.find.clone() else {
            return self.show_match(letter, true);
        };
        // The text may have been edited since.
        if !places_of(&self.draft, letter, &needle).contains(&(field.clone(), byte)) {
            return self.show_match(letter, true);
        }
        let change =
            self.change_as(Deed::with(&field, Extent::Text), Instant::now(), |draft, _| {
                if let Some(words) = draft.text_mut(&field)
                    && words.is_char_boundary(byte + needle.len())
                {
                    words.replace_range(byte..byte + needle.len(), &replacement);
                }
            });
        let Some(change) = change else { return self.show_match(letter, true) };
        self.load_texts();
        if let Some(find) = &mut self.find {
            // The next search begins behind what was put in, or it would find itself.
            find.at = Some((field, (byte + replacement.len()).saturating_sub(1)));
        }
        Task::batch([change, self.show_match(letter, true)])
    }

    fn replace_all(&mut self, letter: usize) -> Task<EditorMessage> {
        let Some(Find { needle, replacement, .. }) = self.find.clone() else {
            return Task::none();
        };
        let count = places_of(&self.draft, letter, &needle).len();
        if count == 0 {
            return Task::none();
        }
        let words = format!("替换 {count} 处“{needle}”");
        let change = self.change(&words, Instant::now(), |draft| {
            for field in texts_of(draft, letter) {
                if let Some(words) = draft.text_mut(&field) {
                    *words = replaced(words, &needle, &replacement);
                }
            }
        });
        let Some(change) = change else { return Task::none() };
        self.load_texts();
        self.tell_done(format!("已替换 {count} 处。"));
        change
    }

    /// The bar above the text; nothing where it is closed.
    pub(super) fn find_bar(&self, letter: usize) -> Option<Element<'_, EditorMessage>> {
        let find = self.find.as_ref()?;
        let found = places_of(&self.draft, letter, &find.needle);
        let place = find.at.as_ref().and_then(|at| found.iter().position(|one| one == at));
        let count = match (find.needle.is_empty(), found.len(), place) {
            (true, ..) => String::new(),
            (_, 0, _) => "没有找到".to_owned(),
            (_, n, Some(at)) => format!("第 {} / {n} 处", at + 1),
            (_, n, None) => format!("{n} 处"),
        };
        let some = !found.is_empty();
        let may = some && self.may_write;
        let input = |id: Id, hint: &str, words: &str, to: fn(String) -> Message| {
            let input = text_input(hint, words)
                .id(id)
                .on_input(to)
                .on_submit(Message::Next)
                .size(size::BODY)
                .padding([5.0, gap::S])
                .style(theme::input(Tone::Plain));
            container(guard(input)).width(Fill).max_width(200)
        };
        let first = row![
            input(needle_id(), "查找", &find.needle, Message::NeedleTyped),
            control::symbol(Icon::Up, "上一处", some.then_some(Message::Previous)),
            control::symbol(Icon::Down, "下一处", some.then_some(Message::Next)),
            text(count).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None),
            space::horizontal(),
            control::symbol(Icon::Close, "关闭查找", Some(Message::Closed)),
        ];
        let second = row![
            input(
                Id::new("find-replacement"),
                "替换为",
                &find.replacement,
                Message::ReplacementTyped
            ),
            control::quiet("替换", may.then_some(Message::Replaced)),
            control::quiet("全部替换", may.then_some(Message::AllReplaced)),
        ];
        let bar: Element<'_, Message> = column![
            first.spacing(gap::XS).align_y(Alignment::Center),
            second.spacing(gap::XS).align_y(Alignment::Center),
        ]
        .spacing(gap::XS)
        .into();
        Some(bar.map(EditorMessage::Find))
    }
}

fn is_caption(field: &Field) -> bool {
    field.place().is_some_and(|place| place.within == Within::Caption)
}

/// The texts, captions and cells of a letter in printed order.
fn texts_of(draft: &Draft, letter: usize) -> Vec<Field> {
    let sections = Application::SECTIONS.map(|part| Field::application(letter, part));
    draft.with_all_blocks(sections.into())
}

/// Where the needle stands in a letter: a text and a byte there, in printed order.
fn places_of(draft: &Draft, letter: usize, needle: &str) -> Vec<(Field, usize)> {
    if needle.is_empty() {
        return Vec::new();
    }
    let fields = texts_of(draft, letter).into_iter();
    fields
        .flat_map(|field| {
            let words = draft.text(&field).unwrap_or_default();
            let bytes: Vec<usize> = matches::places(words, needle).collect();
            bytes.into_iter().map(move |byte| (field.clone(), byte))
        })
        .collect()
}

/// A text with something else in each place of the needle.
fn replaced(words: &str, needle: &str, replacement: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut from = 0;
    for at in matches::places(words, needle) {
        out += words.get(from..at).unwrap_or_default();
        out += replacement;
        from = at + needle.len();
    }
    out + words.get(from..).unwrap_or_default()
}

/// The byte of a text at a line and a byte in that line.
pub(super) fn byte_of(words: &str, at: Position) -> usize {
    let before: usize = words.split('\n').take(at.line).map(|line| line.len() + 1).sum();
    (before + at.column).min(words.len())
}

/// The line and the byte in the line of a byte of a text.
pub(super) fn position(words: &str, byte: usize) -> Position {
    let before = words.get(..byte).unwrap_or(words);
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    Position { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Object, Table};

    #[test]
    fn a_byte_is_found_in_its_line() {
        assert_eq!(position("甲乙\n丙丁", 10), Position { line: 1, column: 3 });
        assert_eq!(position("甲乙\n丙丁", 3), Position { line: 0, column: 3 });
        assert_eq!(position("", 9), Position { line: 0, column: 0 });
        for (words, byte) in [("甲乙\n丙丁", 10), ("甲乙\n丙丁", 3), ("甲\n\n", 5), ("", 0)]
        {
            assert_eq!(byte_of(words, position(words, byte)), byte);
        }
    }

    #[test]
    fn matches_come_in_printed_order() {
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        if let Some(letter) = draft.applications.first_mut() {
            letter.cooperation = "联合研发".into();
            letter.introduction = "研发、研发".into();
        }
        let mut table = Table { caption: "研发团队".to_owned(), ..Table::empty(1, 1) };
        table.paste(0, 0, &[vec!["研发".to_owned()]]);
        if let Some(letter) = draft.applications.first_mut() {
            letter.introduction.push(Object::Table(table));
            letter.introduction.push_text("重研发");
        }
        let found = places_of(&draft, 0, "研发");
        let found: Vec<_> = found.iter().map(|(field, byte)| (field.pointer(), *byte)).collect();
        let introduction = "/applications/0/introduction";
        let places =
            ["", "", "/1/caption", "/1/rows/0/0", "/2"].map(|rest| format!("{introduction}{rest}"));
        let bytes = [0, 9, 0, 0, 3];
        let mut expected: Vec<_> = places.iter().map(String::as_str).zip(bytes).collect();
        expected.push(("/applications/0/cooperation", 6));
        assert_eq!(found, expected);
        assert!(places_of(&draft, 0, "").is_empty() && places_of(&draft, 5, "研发").is_empty());
    }
}
