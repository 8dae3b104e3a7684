//! A blank for paragraphs: what the notice asks for, an example to peek at, the box, 字数.

use iced::widget::{column, container, row, space, text, text_editor};
use iced::{Alignment, Fill, Task};

use super::blank::label;
use super::update::blank_id;
use super::{Message, State, blocks};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::frame::frame;
use crate::app::widget::marked::marked;
use crate::app::widget::matches::{self, Matches, Sought, TextEditor};
use crate::app::widget::{Element, control};
use crate::domain::{self, Field, Kind, Spec, Within};

impl State {
    /// The blank with its heading.
    pub(super) fn paragraphs<'a>(
        &'a self,
        field: &Field,
        spec: &'static Spec,
    ) -> Element<'a, Message> {
        let heading = row![label(&spec.label, spec.required), space::horizontal()]
            .push(self.example_button(field, spec))
            .push(self.count(field))
            .spacing(gap::S)
            .align_y(Alignment::Center);
        let mut parts = column![heading].spacing(gap::XS).width(Fill);
        if let Some(prompt) = self.prompt(field) {
            parts = parts.push(prompt);
        } else if !spec.hint.is_empty() {
            parts = parts.push(control::hint(spec.hint.as_str()));
        }
        let least = if spec.field.contains("schedule") { 64.0 } else { 100.0 };
        let editor =
            self.editor_of(field, spec).map(|editor| self.growing(field, editor.min_height(least)));
        parts.push(self.example_words(field, spec)).push(editor).push(self.found(field)).into()
    }

    /// The example of a long text, to peek at while writing; `None` where there is none.
    pub(super) fn example<'a>(
        &self,
        field: &Field,
        spec: &'static Spec,
    ) -> Option<Element<'a, Message>> {
        let button = self.example_button(field, spec)?;
        Some(column![button].push(self.example_words(field, spec)).spacing(gap::XS).into())
    }

    fn example_button<'a>(
        &self,
        field: &Field,
        spec: &'static Spec,
    ) -> Option<Element<'a, Message>> {
        let label =
            if self.is_peeked(field) { "收起例子（F4）" } else { "看个例子（F4）" };
        let message = Message::Peeked(field.clone());
        // Tab goes from text to text; a key does the same.
        (!spec.example.is_empty()).then(|| control::beside_tab(label, message))
    }

    /// Shows the example of the blank being edited, or puts it away.
    pub(super) fn peek(&mut self) -> Task<Message> {
        let is_long = |field: &&Field| {
            field.spec().is_some_and(|spec| spec.kind == Kind::Text && !spec.example.is_empty())
        };
        match self.focus.as_ref().filter(is_long).filter(|_| self.keyboard) {
            Some(field) => {
                self.peeked = (self.peeked.as_ref() != Some(field)).then(|| field.clone());
            }
            None => self.tell("这里没有例子；有例子的栏在标题右边写着“看个例子”。"),
        }
        Task::none()
    }

    fn example_words<'a>(
        &self,
        field: &Field,
        spec: &'static Spec,
    ) -> Option<container::Container<'a, Message, iced::Theme>> {
        self.is_peeked(field).then(|| {
            container(control::prose(spec.example.as_str()).size(size::BODY))
                .padding(gap::S)
                .width(Fill)
                .style(theme::note_box)
        })
    }

    fn is_peeked(&self, field: &Field) -> bool {
        self.peeked.as_ref() == Some(field)
    }

    /// The box for paragraphs; `None` before the step's texts are loaded.
    pub(super) fn editor_of<'a>(
        &'a self,
        field: &Field,
        spec: &'static Spec,
    ) -> Option<TextEditor<'a, Message>> {
        let content = self.texts.get(field)?;
        let (to, of) = (field.clone(), field.clone());
        let mut editor = text_editor(content)
            .id(blank_id(field))
            .on_action(move |action| Message::Edited(to.clone(), action))
            .key_binding(move |press| of_letter(&of, &press).or_else(|| binding(press)))
            .size(size::BODY)
            .line_height(1.6)
            .wrapping(text::Wrapping::WordOrGlyph)
            .padding(0)
            .style(theme::editor);
        if !spec.example.is_empty() {
            editor = editor.placeholder(spec.example.as_str());
        }
        let needle = self.find.as_ref().map_or_else(String::new, |find| find.needle.clone());
        let sought = Sought { needle, text: self.texts.loads() };
        Some(editor.highlight_with::<Matches>(sought, matches::format))
    }

    /// The box around a text that takes all the room there is. A match that was found is seen while the
    /// keyboard is in the bar.
    pub(super) fn paper<'a>(
        &'a self,
        field: &Field,
        editor: TextEditor<'a, Message>,
    ) -> Element<'a, Message> {
        let editor = marked(self.shows_match(field), editor);
        frame(editor, self.version_of(field), self.edge_of(field), false)
    }

    /// The box around a text that is shown whole.
    pub(super) fn growing<'a>(
        &'a self,
        field: &Field,
        editor: TextEditor<'a, Message>,
    ) -> Element<'a, Message> {
        let editor = marked(self.shows_match(field), editor);
        frame(editor, self.version_of(field), self.edge_of(field), true)
    }

    fn edge_of(&self, field: &Field) -> theme::Edge {
        let focused = self.keyboard && self.focus.as_ref() == Some(field);
        theme::Edge { tone: self.tone(field), focused }
    }

    /// Another number whenever the box of a blank must be laid out again.
    fn version_of(&self, field: &Field) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (field, self.texts.version(field), self.preview.density().to_bits()).hash(&mut hasher);
        hasher.finish()
    }

    /// 字数 of a paragraph, against its limit where it has one.
    pub(super) fn count<'a>(&self, field: &Field) -> Element<'a, Message> {
        let words = self.counts.of(field).unwrap_or_else(|| {
            crate::rules::word_count::count(self.draft.text(field).unwrap_or_default()).words
        });
        let limit = (field.pointer() == "/matching/profile").then_some(self.notice.limits.profile);
        let label = match limit {
            Some(limit) => format!("{words} / {limit} 字"),
            None => format!("{words} 字"),
        };
        let style = match limit {
            Some(limit) if words > limit => theme::error,
            Some(limit) if words * 20 >= limit * 19 => theme::warning,
            _ => theme::muted,
        };
        text(label).size(size::SMALL).style(style).into()
    }

    /// What the notice asks to be written here.
    pub(super) fn prompt<'a>(&'a self, field: &Field) -> Option<Element<'a, Message>> {
        let pattern = &field.spec()?.field;
        let words = self.notice.form_of(field, self.draft.role).prompts.get(pattern)?;
        Some(control::hint(format!("通知要求：{words}")).into())
    }
}

/// Keys of the letter's own: pasting into a text, with Shift as plain text, else what is no text may be a
/// picture; a further row of a table.
fn of_letter(
    field: &Field,
    press: &text_editor::KeyPress,
) -> Option<text_editor::Binding<Message>> {
    use iced::keyboard::{Key, key};
    let place = field.place()?;
    let is_focused = matches!(press.status, text_editor::Status::Focused { .. });
    let modifiers = press.modifiers;
    if !is_focused || !modifiers.command() || modifiers.alt() {
        return None;
    }
    let send = |message| text_editor::Binding::Custom(Message::Blocks(message));
    if let (Within::Cell(..), Key::Named(key::Named::Enter)) = (place.within, &press.key) {
        let table = domain::Place { within: Within::Object, ..place }.field();
        return Some(send(blocks::Message::Table(table, blocks::TableChange::AddRow)));
    }
    let is_paste = press.key.to_latin(press.physical_key) == Some('v');
    if !is_paste {
        return None;
    }
    Some(match modifiers.shift() {
        true => send(blocks::Message::PlainPasteAsked(field.clone())),
        false => {
            let look = send(blocks::Message::PictureLookedFor(field.clone()));
            text_editor::Binding::Sequence(vec![text_editor::Binding::Paste, look])
        }
    })
}

/// Keys of the box for paragraphs: combinations nobody knows are no text.
pub(super) fn binding(press: text_editor::KeyPress) -> Option<text_editor::Binding<Message>> {
    let modifiers = press.modifiers;
    let edits = matches!(press.key.to_latin(press.physical_key), Some('c' | 'x' | 'v' | 'a'));
    let named = matches!(press.key, iced::keyboard::Key::Named(_));
    let combined = modifiers.command() || (modifiers.alt() && !cfg!(target_os = "macos"));
    if combined && !named && !(edits && modifiers.command()) {
        return None;
    }
    text_editor::Binding::from_key_press(press)
}
