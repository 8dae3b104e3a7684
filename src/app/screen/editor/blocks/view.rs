//! The blocks of a section on the screen, and what can be put in.

use iced::widget::{column, container, row, text, text_input};
use iced::{Alignment, Fill};

use super::Message;
use super::picture::path_id;
use crate::app::icon::{self, Icon};
use crate::app::screen::editor::form::{MOVE_DOWN, MOVE_UP, tool_id};
use crate::app::screen::editor::update::blank_id;
use crate::app::screen::editor::{Message as EditorMessage, State};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::domain::{Block, Field, Figure, Guide, Object, Place, Within};
use crate::rules::invisible;

/// Least height of a text between two objects, logical pixels.
const BETWEEN: f32 = 48.0;

impl State {
    /// Everything of a section behind its first text.
    pub(in crate::app::screen::editor) fn further_blocks<'a>(
        &'a self,
        section: &Field,
    ) -> Vec<Element<'a, EditorMessage>> {
        let (Some(place), Some(body)) = (section.place(), self.draft.body(section)) else {
            return Vec::new();
        };
        let blocks = body.blocks().enumerate().skip(1);
        let shown = blocks.map(|(block, content)| match content {
            Block::Text(_) => self.text_between(&Place { block, ..place }.field()),
            Block::Object(object) => {
                let field = Place { block, within: Within::Object, ..place }.field();
                self.object(&field, object)
            }
        });
        shown.collect()
    }

    fn text_between<'a>(&'a self, field: &Field) -> Element<'a, EditorMessage> {
        let editor = field.spec().and_then(|spec| self.editor_of(field, spec));
        let editor = editor.map(|editor| {
            self.growing(field, editor.placeholder("在这里接着写，也可以空着").min_height(BETWEEN))
        });
        column![].push(editor).push(self.found(field)).spacing(gap::XS).into()
    }

    fn object<'a>(&'a self, field: &Field, object: &'a Object) -> Element<'a, EditorMessage> {
        let content = match object {
            Object::Table(table) => self.table(field, table),
            Object::Figure(figure) => self.figure(field, figure),
        };
        let card = column![self.object_head(field, object), content]
            .push(self.found(field))
            .extend(self.found_in_cells(field))
            .spacing(gap::S);
        // Named, so that a finding of the object leads here.
        container(control::card(card)).id(blank_id(field)).into()
    }

    /// Number, caption, and the tools.
    fn object_head<'a>(&'a self, field: &Field, object: &'a Object) -> Element<'a, EditorMessage> {
        let Some(place) = field.place() else { return iced::widget::space().into() };
        let caption = Place { within: Within::Caption, ..place }.field();
        let to = caption.clone();
        let (label, hint) = match object {
            Object::Table(_) => (self.number_of(field), "表题，例：攻关团队"),
            Object::Figure(_) => (self.number_of(field), "图题，例：技术路线图"),
        };
        let input = text_input(hint, object.caption())
            .id(blank_id(&caption))
            .on_input(move |words| EditorMessage::Typed(to.clone(), words))
            .size(size::BODY)
            .padding([6.0, gap::S])
            .style(theme::input(self.tone(&caption)));
        let body = self.draft.body(field);
        let may = |up: bool| body.is_some_and(|body| body.may_shift(place.block, up));
        let send = |message| self.unless_read_only(EditorMessage::Blocks(message));
        let tool = |icon, name, message: Option<EditorMessage>| {
            control::symbol_named(tool_id(name, field), icon, name, message)
        };
        let moved = |up| send(Message::Moved(field.clone(), up)).filter(|_| may(up));
        let head = row![
            text(label.unwrap_or_default()).size(size::BODY).wrapping(text::Wrapping::None),
            marked_line(self.shows_match(&caption), guard(input)),
            tool(Icon::Up, MOVE_UP, moved(true)),
            tool(Icon::Down, MOVE_DOWN, moved(false)),
            tool(Icon::Trash, "删除", send(Message::Removed(field.clone()))),
        ];
        column![head.spacing(gap::S).align_y(Alignment::Center), self.found(&caption)]
            .spacing(gap::XS)
            .into()
    }

    /// What was found in the cells of a table, under it.
    fn found_in_cells<'a>(&'a self, table: &Field) -> Vec<Element<'a, EditorMessage>> {
        let start = format!("{}/rows/", table.pointer());
        let told =
            self.checking.findings().iter().filter(|finding| {
                finding.field.pointer().starts_with(&start) && self.is_told(finding)
            });
        told.map(|finding| self.finding(finding)).collect()
    }

    fn figure<'a>(&'a self, field: &Field, figure: &'a Figure) -> Element<'a, EditorMessage> {
        let send = |message| self.unless_read_only(EditorMessage::Blocks(message));
        let [width, height] = figure.pixels;
        let about = match figure.file.sha256.is_empty() {
            true => "还没有图片".to_owned(),
            false => format!("{}，{width} × {height} 像素", invisible::revealed(&figure.file.name)),
        };
        let wide = match figure.width {
            0 => "宽度：按图片大小，最宽到版心".to_owned(),
            percent => format!("宽度：版心的 {percent}%"),
        };
        let tool = |name: &str, message: Option<EditorMessage>| {
            control::quiet_named(tool_id(name, field), name, message)
        };
        let by = |by| send(Message::Width(field.clone(), by));
        let tools = row![
            tool("换一张", send(Message::PictureWanted(Some(field.clone())))),
            tool("窄一点", by(Some(-10)).filter(|_| figure.width != 10)),
            tool("宽一点", by(Some(10)).filter(|_| figure.width != 100)),
            tool("按图片大小", by(None).filter(|_| figure.width != 0)),
        ];
        let lines = column![
            row![icon::icon(Icon::File, |t| t.muted), control::prose(about).size(size::BODY)]
                .spacing(gap::S),
            control::hint(wide),
            tools.spacing(2).wrap(),
        ];
        lines.spacing(gap::XS).width(Fill).into()
    }

    /// What can be put into the section, where the caret is: symbols beside its heading.
    pub(in crate::app::screen::editor) fn insert_tools<'a>(&self) -> Element<'a, EditorMessage> {
        let send = |message| self.unless_read_only(EditorMessage::Blocks(message));
        row![
            control::symbol(Icon::Table, "插入表格", send(Message::TableWanted(None))),
            control::symbol(Icon::Picture, "插入图片", send(Message::PictureWanted(None))),
        ]
        .into()
    }

    /// What the notice asks for and is not told yet, and the table it can be told in.
    pub(in crate::app::screen::editor) fn untold_line<'a>(
        &'a self,
        section: &Field,
    ) -> Option<Element<'a, EditorMessage>> {
        let asked = self.checking.asked(section);
        let untold = asked.iter().filter(|(_, told)| !told).map(|(name, _)| name.as_str());
        let untold: Vec<&str> = untold.collect();
        let (symbol, pick, words): (_, theme::Pick, _) = match untold.as_slice() {
            [] => (Icon::Fine, |t| t.fine, "通知要求写的，看来都写到了".to_owned()),
            names => (Icon::Empty, |t| t.muted, format!("还没看到：{}", names.join("、"))),
        };
        let guide = self.guide_wanted(section).map(|guide| {
            let label = format!("插入“{}”表", guide.label());
            let message = EditorMessage::Blocks(Message::TableWanted(Some(guide)));
            control::quiet(&label, self.unless_read_only(message))
        });
        if asked.is_empty() && guide.is_none() {
            return None;
        }
        let told = row![icon::icon(symbol, pick).width(13).height(13), control::hint(words)];
        let line = row![container(told.spacing(gap::XS).align_y(Alignment::Center)).width(Fill)];
        Some(line.push(guide).spacing(gap::S).align_y(Alignment::Center).into())
    }

    /// The table for what the notice asks of a section; `None` where there is none, or it is there.
    fn guide_wanted(&self, section: &Field) -> Option<Guide> {
        let guide = Guide::of(section.place()?.section)?;
        let mut blocks = self.draft.body(section)?.blocks();
        let is_there = blocks.any(|block| {
            matches!(block, Block::Object(Object::Table(table)) if table.guide == Some(guide))
        });
        (!is_there).then_some(guide)
    }

    /// A picture on its way: the box for its path, or that it is being copied.
    pub(in crate::app::screen::editor) fn picture_line(
        &self,
    ) -> Option<Element<'_, EditorMessage>> {
        if let Some(path) = &self.pictures.path {
            return Some(path_line(path));
        }
        self.pictures.is_copying().then(|| control::hint("正在复制图片……").into())
    }
}

/// A box of one line with the match that was found in it.
fn marked_line<'a>(on: bool, line: Element<'a, EditorMessage>) -> Element<'a, EditorMessage> {
    let line = container(line).width(Fill);
    if on { line.style(theme::note_box).into() } else { line.into() }
}

/// The box for a path where there is no dialog.
fn path_line(path: &str) -> Element<'_, EditorMessage> {
    let send = |message| Some(EditorMessage::Blocks(message));
    let input = text_input("图片（PNG、JPEG）的完整路径", path)
        .id(path_id())
        .on_input(|path| EditorMessage::Blocks(Message::PathTyped(path)))
        .on_submit(EditorMessage::Blocks(Message::PathGiven))
        .size(size::BODY)
        .style(theme::input(Tone::Plain));
    let line = row![
        guard(input),
        control::secondary("插入", send(Message::PathGiven)),
        control::quiet("取消", send(Message::PathClosed)),
    ];
    line.spacing(gap::S).align_y(Alignment::Center).into()
}
