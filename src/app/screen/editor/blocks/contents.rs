//! 提纲: the sections of a letter with their tables and figures, and what each does not tell yet.

use iced::widget::{column, container, row, text};
use iced::{Alignment, Fill};

use super::Message;
use crate::app::icon::{self, Icon};
use crate::app::screen::editor::{Message as EditorMessage, State};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::domain::{Application, Field, Numbered, Place, Within};

/// How far tables and figures stand to the right of their section, logical pixels.
const INDENT: f32 = 22.0;

impl State {
    /// The letter from top to bottom; a press leads to the place.
    pub(in crate::app::screen::editor) fn contents(
        &self,
        letter: usize,
    ) -> Element<'_, EditorMessage> {
        let Some(application) = self.draft.applications.get(letter) else {
            return iced::widget::space().into();
        };
        let objects: Vec<Numbered<'_>> = application.numbered().collect();
        let mut lines = column![].spacing(1).width(Fill);
        for (index, name) in Application::SECTIONS.into_iter().enumerate() {
            lines = lines.push(self.section_line(letter, index, name));
            let inside = objects.iter().filter(|object| object.section == name);
            lines = lines.extend(inside.map(|object| object_line(letter, object)));
        }
        control::card(lines)
    }

    fn section_line<'a>(
        &self,
        letter: usize,
        index: usize,
        name: &'static str,
    ) -> Element<'a, EditorMessage> {
        let field = Field::application(letter, name);
        let label = field.spec().map_or(name, |spec| spec.label.as_str());
        let words = self.counts.of(&field).unwrap_or(0);
        let asked = self.checking.asked(&field).iter();
        let untold: Vec<&str> =
            asked.filter(|(_, told)| !told).map(|(name, _)| name.as_str()).collect();
        let (symbol, pick): (_, theme::Pick) = match (words, untold.is_empty()) {
            (0, _) => (Icon::Empty, |t| t.muted),
            (_, true) => (Icon::Fine, |t| t.fine),
            (_, false) => (Icon::Empty, |t| t.accent),
        };
        let missing = match untold.as_slice() {
            [] => String::new(),
            names => format!("还没看到：{}", names.join("、")),
        };
        let head = row![
            icon::icon(symbol, pick).width(13).height(13),
            container(text(label).size(size::BODY)).width(Fill),
            text(format!("{words} 字")).size(size::SMALL).style(theme::muted),
        ]
        .spacing(gap::S)
        .align_y(Alignment::Center);
        let missing = (!missing.is_empty())
            .then(|| container(control::hint(missing)).padding(iced::padding::left(INDENT)));
        let id = Some(format!("section:{index}").into());
        let message = Some(EditorMessage::SectionChosen(index));
        control::list_row(id, index == self.section, column![head].push(missing), message)
    }
}

fn object_line<'a>(letter: usize, object: &Numbered<'_>) -> Element<'a, EditorMessage> {
    let (section, block) = (object.section, object.block);
    let field = Place { letter, section, block, within: Within::Object }.field();
    let caption = object.object.caption().trim();
    let words = match caption {
        "" => format!("{}（还没有标题）", object.label()),
        caption => format!("{}　{caption}", object.label()),
    };
    let id = Some(format!("contents:{field}").into());
    let message = Some(EditorMessage::Blocks(Message::ObjectChosen(field)));
    let words = text(words).size(size::SMALL).style(theme::muted);
    let line = control::list_row(id, false, words, message);
    container(line).padding(iced::padding::left(INDENT)).into()
}
