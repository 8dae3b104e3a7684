//! The named styles of a document, and its fonts.

use super::element::Element;
use super::look::{Font, Look};
use super::part::WORD;
use crate::typeset::forms::{Block, Manuscript};
use crate::typeset::page::{Face, PaperKind};
use crate::typeset::paragraph::{Align, Paragraph, Style};

/// How text looks where nothing else is said.
const PLAIN: Style = Style::new(Face::Song, 10.5, 15.5);
const BODY_TEXT: &str = "BodyText";
/// A style of our own; the others are those every office knows.
const TABLE_TEXT: &str = "TableText";

/// A style with a name, which a person changes for all of its paragraphs at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    pub(super) id: &'static str,
    name: &'static str,
    pub(super) look: Look,
    /// The font of the printed page that it puts its own in place of.
    pub(super) stands_for: Font,
    /// Depth in the document's outline, from 0.
    outline: Option<u8>,
}

/// The styles of one document.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Headings by depth.
    headings: Vec<Named>,
    title: Named,
    body: Named,
    table: Named,
    caption: Named,
}

impl Sheet {
    /// The styles as the paper's own parts have them.
    pub(super) fn of(manuscript: &Manuscript) -> Self {
        let is_letter = matches!(manuscript.kind, PaperKind::Application(_));
        let headings = [("Heading1", "heading 1"), ("Heading2", "heading 2")];
        let headings = headings.into_iter().zip(0_u8..).filter_map(|((id, name), level)| {
            let style = heading(manuscript, level)?;
            Some(Named { outline: Some(level), ..Named::new(id, name, style) })
        });
        let body = first(manuscript, |block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        });
        let mut body = Named::new(BODY_TEXT, "Body Text", body);
        if is_letter && body.look.font == Font::Song {
            body.look.font = Font::FangSong;
        }
        let title = first(manuscript, |block| match block {
            Block::Head(head) => Some(&head.title),
            Block::Cover(cover) => cover.title.first(),
            _ => None,
        });
        let table = first(manuscript, |block| match block {
            Block::Table(table) => table
                .sections
                .iter()
                .flat_map(|section| &section.groups)
                .flat_map(|group| &group.rows)
                .flat_map(|row| &row.cells)
                .flat_map(|cell| &cell.content)
                .find(|paragraph| paragraph.style.align == Align::Left),
            _ => None,
        });
        let caption = first(manuscript, |block| match block {
            Block::Caption(caption) => Some(caption),
            Block::Illustration(shown) => Some(&shown.caption),
            _ => None,
        });
        Self {
            headings: headings.collect(),
            title: Named::new("Title", "Title", title),
            body,
            table: Named::new(TABLE_TEXT, "表格文字", table),
            caption: Named::new("Caption", "caption", caption),
        }
    }

    /// The style of headings of a depth.
    pub(super) fn heading(&self, level: u8) -> Option<&Named> {
        self.headings.iter().find(|named| named.outline == Some(level))
    }

    /// The style of a title.
    pub(super) const fn title(&self) -> &Named {
        &self.title
    }

    /// The style of running text.
    pub(super) const fn body(&self) -> &Named {
        &self.body
    }

    /// The style of text in tables.
    pub(super) const fn table(&self) -> &Named {
        &self.table
    }

    /// The style of what stands above a table or under a picture.
    pub(super) const fn caption(&self) -> &Named {
        &self.caption
    }

    /// `word/styles.xml`.
    pub(super) fn to_file(&self) -> Vec<u8> {
        let language = Element::val("w:lang", "en-US").with("w:eastAsia", "zh-CN");
        let run =
            Element::new("w:rPr").children(Look::from(&PLAIN).run(None, false)).child(language);
        let defaults = Element::new("w:docDefaults")
            .child(Element::new("w:rPrDefault").child(run))
            .child(Element::new("w:pPrDefault"));
        let normal = Element::new("w:style")
            .with("w:type", "paragraph")
            .with("w:default", 1)
            .with("w:styleId", "Normal")
            .child(Element::val("w:name", "Normal"))
            .child(Element::new("w:qFormat"));
        let named = [&self.title, &self.body, &self.table, &self.caption];
        Element::new("w:styles")
            .with("xmlns:w", WORD)
            .child(defaults)
            .child(normal)
            .children(self.headings.iter().chain(named).map(Named::element))
            .to_file()
    }
}

impl Named {
    fn new<'a>(id: &'static str, name: &'static str, style: impl Into<Option<&'a Style>>) -> Self {
        let look = Look::from(style.into().unwrap_or(&PLAIN));
        Self { id, name, look, stands_for: look.font, outline: None }
    }

    fn element(&self) -> Element {
        let mut paragraph = Element::new("w:pPr");
        if self.outline.is_some() {
            paragraph = paragraph.child(Element::new("w:keepNext"));
        }
        paragraph = paragraph.children(self.look.paragraph(None, 0.0, 0.0));
        if let Some(level) = self.outline {
            paragraph = paragraph.child(Element::val("w:outlineLvl", level));
        }
        let mut style = Element::new("w:style").with("w:type", "paragraph");
        if self.id == TABLE_TEXT {
            style = style.with("w:customStyle", 1);
        }
        let next = if self.outline.is_some() { BODY_TEXT } else { self.id };
        style
            .with("w:styleId", self.id)
            .child(Element::val("w:name", self.name))
            .child(Element::val("w:basedOn", "Normal"))
            .child(Element::val("w:next", next))
            .child(Element::new("w:qFormat"))
            .child(paragraph)
            .child(Element::new("w:rPr").children(self.look.run(None, false)))
    }
}

fn first<'a>(
    manuscript: &'a Manuscript,
    find: impl Fn(&'a Block) -> Option<&'a Paragraph>,
) -> Option<&'a Style> {
    manuscript.blocks.iter().find_map(find).map(|paragraph| &paragraph.style)
}

/// The style of the first heading of a depth: one of the text, or a table's heading row.
fn heading(manuscript: &Manuscript, level: u8) -> Option<&Style> {
    first(manuscript, |block| match block {
        Block::Heading(found, paragraph) if *found == level => Some(paragraph),
        Block::Table(table) if level == 0 => table.sections.iter().find_map(super::table::title),
        _ => None,
    })
}
