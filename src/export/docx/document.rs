//! The text of a document: the parts of a paper from top to bottom.

use super::drawing;
use super::element::Element;
use super::look::twips;
use super::media::Media;
use super::paragraph::{Setting, paragraph, spacer};
use super::part::{RELATIONS, WORD};
use super::style::Sheet;
use super::table::{side_by_side, table};
use crate::typeset::forms::{Block, Cover, Head, Illustration, Manuscript, seal};
use crate::typeset::geometry::MM;
use crate::typeset::page::PaperKind;
use crate::typeset::paragraph::{Inline, Paragraph, set};

/// `w:document` of a paper.
pub(super) fn document(
    manuscript: &Manuscript,
    sheet: &Sheet,
    media: &Media,
    section: Element,
) -> Element {
    let mut writer = Writer {
        width: manuscript.frame.width,
        is_letter: matches!(manuscript.kind, PaperKind::Application(_)),
        sheet,
        media,
        drawings: 0,
        parts: Vec::new(),
        room: 0.0,
        page_break: false,
    };
    for block in &manuscript.blocks {
        writer.block(block);
    }
    let parts = writer.finish();
    let body = Element::new("w:body").children(parts).child(section);
    Element::new("w:document")
        .with("xmlns:w", WORD)
        .with("xmlns:r", RELATIONS)
        .with("xmlns:wp", drawing::PLACING)
        .with("xmlns:a", drawing::DRAWING)
        .with("xmlns:pic", drawing::PICTURE)
        .child(body)
}

/// Least room around a picture or a table with its caption, pt.
const AROUND: f32 = 6.0;
/// Room between it and its caption, pt.
const GAP: f32 = 3.0;

struct Writer<'a> {
    /// Width of the text area, pt.
    width: f32,
    is_letter: bool,
    sheet: &'a Sheet,
    media: &'a Media,
    /// Drawings so far.
    drawings: usize,
    parts: Vec<Element>,
    /// Room before the next part, pt.
    room: f32,
    /// The next part begins a page.
    page_break: bool,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        let sheet = self.sheet;
        match block {
            Block::Head(parts) => self.head(parts),
            Block::Cover(cover) => self.cover(cover),
            Block::Heading(level, text) => {
                let named = sheet.heading(*level);
                self.paragraph(text, Setting { named, ..Setting::default() });
            }
            Block::Paragraph(text) => {
                let named = self.is_letter.then(|| sheet.body());
                self.paragraph(text, Setting { named, ..Setting::default() });
            }
            Block::Caption(text) => {
                self.room = self.room.max(AROUND);
                self.caption(text, GAP, true);
            }
            Block::Illustration(shown) => self.illustration(shown),
            Block::Table(content) => {
                let follows = self.parts.last().is_some_and(|last| last.is_named("w:tbl"));
                if self.room > 0.0 || follows || self.page_break {
                    let room = std::mem::take(&mut self.room);
                    self.parts.push(spacer(room));
                }
                self.parts.push(table(content, sheet));
            }
            Block::Skip(room) => self.room = *room,
            Block::NewPage => {
                self.page_break = true;
                self.room = 0.0;
            }
        }
    }

    /// A paragraph with the room and the page's begin that are due before it.
    fn paragraph(&mut self, text: &Paragraph, setting: Setting<'_>) {
        let before = setting.before + std::mem::take(&mut self.room);
        let page_break = std::mem::take(&mut self.page_break);
        self.parts.push(paragraph(text, Setting { before, page_break, ..setting }));
    }

    fn caption(&mut self, text: &Paragraph, after: f32, keep_next: bool) {
        let named = Some(self.sheet.caption());
        self.paragraph(text, Setting { named, after, keep_next, ..Setting::default() });
    }

    /// A picture on a line as high as it is, and its caption on the same page.
    fn illustration(&mut self, shown: &Illustration) {
        if let Some(medium) = self.media.find(shown) {
            self.drawings += 1;
            let words: String = shown.caption.inlines.iter().map(inline_text).collect();
            let picture = drawing::picture(medium, shown.size, self.drawings, words.trim());
            let mut properties = Element::new("w:pPr").child(Element::new("w:keepNext"));
            if std::mem::take(&mut self.page_break) {
                properties = properties.child(Element::new("w:pageBreakBefore"));
            }
            let before = std::mem::take(&mut self.room).max(AROUND);
            let spacing = Element::new("w:spacing")
                .with("w:before", twips(before))
                .with("w:after", twips(GAP))
                .with("w:line", 240)
                .with("w:lineRule", "auto");
            let properties = properties.child(spacing).child(Element::val("w:jc", "center"));
            self.parts.push(Element::new("w:p").child(properties).child(picture));
        }
        self.caption(&shown.caption, AROUND, false);
    }

    /// The same places as on the printed page, so that the seal has its room.
    fn head(&mut self, head: &Head) {
        let number = height(&head.attachment, self.width - seal::DIAMETER);
        let title = height(&head.title, self.width);
        self.paragraph(&head.attachment, Setting::default());
        let setting = Setting {
            named: Some(self.sheet.title()),
            before: (seal::TITLE_TOP - number).max(0.0),
            after: (seal::LINE_TOP - seal::TITLE_TOP - title).max(0.0),
            ..Setting::default()
        };
        self.paragraph(&head.title, setting);
        let right = seal::DIAMETER;
        let left = self.width - right;
        let line = height(&head.line, left - seal::LINE_GAP);
        self.parts.push(side_by_side(&[(left, &head.line), (right, &head.seal)]));
        self.room = (seal::TABLE_TOP - seal::LINE_TOP - line).max(2.0 * MM);
    }

    fn cover(&mut self, cover: &Cover) {
        for (n, line) in cover.title.iter().enumerate() {
            let before = if n == 0 { seal::COVER_ROOM } else { 0.0 };
            let named = Some(self.sheet.title());
            self.paragraph(line, Setting { named, before, ..Setting::default() });
        }
        let line_to = Some(self.width);
        let setting = Setting {
            before: seal::COVER_ROOM,
            after: (seal::COVER_SEALED - height(&cover.sealed, self.width)).max(0.0),
            line_to,
            ..Setting::default()
        };
        self.paragraph(&cover.sealed, setting);
        self.paragraph(&cover.below, Setting { line_to, ..Setting::default() });
    }

    /// All parts; a document must not end in a table.
    fn finish(mut self) -> Vec<Element> {
        if self.parts.last().is_none_or(|last| last.is_named("w:tbl")) {
            self.parts.push(spacer(1.0));
        }
        self.parts
    }
}

fn inline_text(inline: &Inline) -> &str {
    match inline {
        Inline::Text { text, .. } | Inline::Blank { text, .. } => text,
        Inline::Choice { words, .. } => words,
        Inline::CheckBox { .. } => "",
    }
}

/// Height of a paragraph on the printed page, pt.
fn height(text: &Paragraph, width: f32) -> f32 {
    set(text, width).len() as f32 * text.style.pitch
}
