//! How the import from Word looks: the button, the box for a path, what goes where.

use iced::widget::{Column, column, container, row, text, text_editor, text_input};
use iced::{Alignment, Fill};

use super::super::{Message as EditorMessage, State, paragraphs};
use super::{Message, Opened, ask_id, go_id, has_aside, is_said, path_id, send};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::{frame, guard};
use crate::app::widget::room::Room;
use crate::app::widget::{Element, control};
use crate::domain::{Application, Body, Field, Object};
use crate::rules::word_count::count;

/// Height of the box of what could not be placed, logical pixels.
const ASIDE: f32 = 220.0;

impl State {
    /// The button that asks for a file; nothing where the draft is only looked at.
    pub(in crate::app::screen::editor) fn word_button(
        &self,
        letter: usize,
    ) -> Option<Element<'_, EditorMessage>> {
        let ask = send(Message::Asked(letter));
        let label = "从 Word 文档导入……";
        if !self.may_write {
            return None;
        }
        Some(control::secondary_named(ask_id(), label, Some(ask)))
    }

    /// Something of the import stands on the page of this letter.
    pub(in crate::app::screen::editor) fn has_word(&self, letter: usize) -> bool {
        self.word_opened(letter).is_some() || self.word_path(letter).is_some()
    }

    fn word_opened(&self, letter: usize) -> Option<&Opened> {
        self.word.open.as_ref().filter(|open| self.roster.letter_at(open.to) == Some(letter))
    }

    fn word_path(&self, letter: usize) -> Option<&str> {
        let (_, to) = self.word.asked?;
        self.word.path.as_deref().filter(|_| self.roster.letter_at(to) == Some(letter))
    }

    /// The section shown, with what was read for this letter. Until that is taken over it stands in
    /// place of the section; what could not be placed stands above it, to be copied from.
    pub(in crate::app::screen::editor) fn with_word<'a>(
        &'a self,
        letter: usize,
        field: &Field,
        room: &Room,
    ) -> Element<'a, EditorMessage> {
        let panel = match (self.word_opened(letter), self.word_path(letter)) {
            (Some(open), _) if !open.is_taken => return self.opened(letter, open),
            (Some(open), _) => self.opened(letter, open),
            (None, Some(path)) => path_line(path),
            (None, None) => return self.section(letter, field, room),
        };
        column![panel, self.section(letter, field, room)].spacing(gap::M).into()
    }

    fn opened<'a>(&'a self, letter: usize, open: &'a Opened) -> Element<'a, EditorMessage> {
        let found = open.letter.sections.iter().filter(|found| is_said(&found.body)).count();
        let title = match (open.is_taken, found) {
            (true, _) => "下面的内容没有导入，可以复制后粘贴到合适的部分。".to_owned(),
            (false, 0) => {
                format!("“{}”里没有认出申请书的标题，内容都在下面，可以复制。", open.file)
            }
            (false, n) => format!("“{}”里认出了 {n} 个部分，将这样写入：", open.file),
        };
        let close = Some(send(Message::Closed));
        let buttons = if open.is_taken || found == 0 {
            row![control::primary_named(go_id(), "关闭", close)]
        } else {
            let label = format!("导入 {found} 个部分");
            let go = control::primary_named(go_id(), &label, Some(send(Message::Taken)));
            row![go, control::secondary("取消", close)]
        };
        let title = control::prose(title).size(size::BODY);
        let mut parts = column![title, buttons.spacing(gap::S)].spacing(gap::M).width(Fill);
        if !open.is_taken && found > 0 {
            let rows =
                Application::SECTIONS.iter().map(|name| self.section_told(letter, open, name));
            parts = parts.push(control::card(column(rows).spacing(gap::XS)));
        }
        aside(parts, open).into()
    }

    /// What happens to a section of the letter.
    fn section_told<'a>(
        &'a self,
        letter: usize,
        open: &'a Opened,
        name: &'static str,
    ) -> Element<'a, EditorMessage> {
        let field = Field::application(letter, name);
        let label = field.spec().map_or(name, |spec| spec.label.as_str());
        let nothing = Body::default();
        let now = self.draft.body(&field).unwrap_or(&nothing);
        let found = open.letter.sections.iter().find(|found| found.name == name);
        let (symbol, words) = match found {
            None => (icon::icon(Icon::Empty, |t| t.muted), "没有找到，不改动".to_owned()),
            Some(found) if !is_said(&found.body) => {
                (icon::icon(Icon::Empty, |t| t.muted), "标题下没有内容，不改动".to_owned())
            }
            Some(found) if found.body == *now => {
                (icon::icon(Icon::Fine, |t| t.fine), "与已写的相同".to_owned())
            }
            Some(found) => {
                let from = format!("来自“{}”，{}", found.heading, held(&found.body));
                match is_said(now) {
                    false => (icon::icon(Icon::Fine, |t| t.fine), from),
                    true => {
                        let words = format!("{from}；会替换已写的 {}", held(now));
                        (icon::icon(Icon::Warning, |t| t.warning), words)
                    }
                }
            }
        };
        let label = text(label).size(size::BODY).width(Fill);
        let words = control::hint(words).width(iced::Length::FillPortion(2));
        row![symbol, container(label).width(Fill), words].spacing(gap::S).into()
    }
}

/// What a section holds, such as 120 字、1 张表格、2 幅插图.
fn held(body: &Body) -> String {
    let words: usize = body.words().map(|words| count(words).words).sum();
    let (mut tables, mut figures) = (0, 0);
    for part in &body.parts {
        match part.object {
            Object::Table(_) => tables += 1,
            Object::Figure(_) => figures += 1,
        }
    }
    let objects = [(tables, "张表格"), (figures, "幅插图")].into_iter().filter(|(n, _)| *n > 0);
    let objects = objects.map(|(n, what)| format!("、{n} {what}"));
    format!("{words} 字{}", objects.collect::<String>())
}

/// The box for a path where there is no dialog.
fn path_line(path: &str) -> Element<'_, EditorMessage> {
    let input = text_input("Word 文档（.docx）的完整路径", path)
        .id(path_id())
        .on_input(|path| send(Message::PathTyped(path)))
        .on_submit(send(Message::PathGiven))
        .size(size::BODY)
        .style(theme::input(Tone::Plain));
    let line = row![
        guard(input),
        control::secondary("读取", Some(send(Message::PathGiven))),
        control::quiet("取消", Some(send(Message::Closed))),
    ];
    line.spacing(gap::S).align_y(Alignment::Center).into()
}

/// What could not be placed, in a box to copy from.
fn aside<'a>(parts: Column<'a, EditorMessage>, open: &'a Opened) -> Column<'a, EditorMessage> {
    if !has_aside(&open.letter) {
        return parts;
    }
    let mut list = column![].spacing(gap::XS).width(Fill);
    if !open.letter.aside.is_empty() {
        let editor = text_editor(&open.aside)
            .id("word-aside")
            .on_action(|action| send(Message::Marked(action)))
            .key_binding(paragraphs::binding)
            .size(size::BODY)
            .line_height(1.6)
            .wrapping(text::Wrapping::WordOrGlyph)
            .padding(0)
            .height(if open.is_taken { ASIDE / 2.0 } else { ASIDE })
            .style(theme::editor);
        let edge = theme::Edge { tone: Tone::Plain, focused: false };
        list = list
            .push(control::hint("放不进各部分的内容（封面、目录、其他标题下的文字），可以复制："));
        list = list.push(frame(editor, open.version, edge, false));
    }
    if !open.letter.left_out.is_empty() {
        let told = open.letter.left_out.join("；");
        let way = "请在 Word 中另存为 PNG 或截图后插入";
        list = list.push(control::hint(format!("这些图片没有导入，{way}：{told}。")));
    }
    parts.push(list)
}
