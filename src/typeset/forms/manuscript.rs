//! What a paper holds from top to bottom, before it is set into pages: the one description that the
//! pages and the editable documents are made from.

use crate::domain::{Attachment, Field};
use crate::typeset::flow::Flow;
use crate::typeset::geometry::Rect;
use crate::typeset::page::PaperKind;
use crate::typeset::paragraph::Paragraph;
use crate::typeset::structure::Role;
use crate::typeset::table::Table;

use super::lead::{height, lead};
use super::{illustration, seal};

/// The head of a table paper: its number, its title and the line that is sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Number, such as 附件3.
    pub attachment: Paragraph,
    /// Title.
    pub title: Paragraph,
    /// The 盖章 line with the company's name.
    pub line: Paragraph,
    /// （盖章）, at which the seal is pressed.
    pub seal: Paragraph,
}

/// The cover of a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// Entry for the outline.
    pub outline: String,
    /// Lines of the title.
    pub title: Vec<Paragraph>,
    /// The line that is sealed: a label, and what was filled in on a line to the right edge.
    pub sealed: Paragraph,
    /// The line below it.
    pub below: Paragraph,
}

/// A picture on a line of its own with its caption under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Illustration {
    /// The picture's file.
    pub file: Attachment,
    /// Width and height on paper, pt.
    pub size: (f32, f32),
    /// 图 with its number, and its words.
    pub caption: Paragraph,
    /// Its address.
    pub field: Field,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The head of a table paper.
    Head(Box<Head>),
    /// A letter's cover, on a page of its own.
    Cover(Box<Cover>),
    /// A heading and its depth from 0.
    Heading(u8, Paragraph),
    /// A paragraph.
    Paragraph(Paragraph),
    /// What stands above a table, on its page.
    Caption(Paragraph),
    /// A table.
    Table(Table),
    /// A figure.
    Illustration(Box<Illustration>),
    /// Room, pt; none at the top of a page.
    Skip(f32),
    /// What follows stands on a new page.
    NewPage,
}

/// A paper before it is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Manuscript {
    /// Which it is.
    pub kind: PaperKind,
    /// Title, also of the file.
    pub title: String,
    /// File name without extension, such as 附件3 中小企业“揭榜”对接表.
    pub file_stem: String,
    /// The area text may fill on every page, pt.
    pub frame: Rect,
    /// Its parts in order.
    pub blocks: Vec<Block>,
}

/// The parts of a paper being written down.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) frame: Rect,
    pub(super) blocks: Vec<Block>,
}

impl Writing {
    pub(super) const fn new(frame: Rect) -> Self {
        Self { frame, blocks: Vec::new() }
    }

    pub(super) fn head(&mut self, head: Head) {
        self.blocks.push(Block::Head(Box::new(head)));
    }

    pub(super) fn cover(&mut self, cover: Cover) {
        self.blocks.push(Block::Cover(Box::new(cover)));
    }

    pub(super) fn heading(&mut self, level: u8, paragraph: Paragraph) {
        self.blocks.push(Block::Heading(level, paragraph));
    }

    pub(super) fn paragraph(&mut self, paragraph: Paragraph) {
        self.blocks.push(Block::Paragraph(paragraph));
    }

    pub(super) fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    pub(super) fn caption(&mut self, paragraph: Paragraph) {
        self.blocks.push(Block::Caption(paragraph));
    }

    pub(super) fn illustration(&mut self, illustration: Illustration) {
        self.blocks.push(Block::Illustration(Box::new(illustration)));
    }

    pub(super) fn skip(&mut self, height: f32) {
        self.blocks.push(Block::Skip(height));
    }

    pub(super) fn new_page(&mut self) {
        self.blocks.push(Block::NewPage);
    }
}

impl Manuscript {
    /// Sets the parts into pages.
    #[must_use]
    pub(super) fn flow(&self) -> Flow {
        let mut flow = Flow::new(self.frame);
        for (n, block) in self.blocks.iter().enumerate() {
            let after = self.blocks.get(n + 1..).unwrap_or_default();
            match block {
                Block::Head(head) => seal::head(&mut flow, head),
                Block::Cover(cover) => seal::cover(&mut flow, cover),
                Block::Heading(level, paragraph) => {
                    flow.heading(*level, paragraph, lead(after, &flow));
                }
                Block::Paragraph(paragraph) => flow.paragraph(paragraph),
                Block::Caption(paragraph) => {
                    flow.need(height(paragraph, &flow) + lead(after, &flow));
                    flow.paragraph_as(Role::Caption, paragraph);
                }
                Block::Table(table) => flow.table(table),
                Block::Illustration(figure) => illustration::put(&mut flow, figure),
                Block::Skip(height) => flow.skip(*height),
                Block::NewPage => flow.new_page(),
            }
        }
        flow
    }
}
