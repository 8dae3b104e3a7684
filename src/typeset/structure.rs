//! What the parts of a paper are, in reading order, to somebody who does not see it.

/// Number of an element of a [`Structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(u32);

/// What a cell is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The row to the right of it.
    Row,
    /// The column below it.
    Column,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The whole paper.
    Document,
    /// A heading and its depth from 1: the paper's title.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The words of a table or figure.
    Caption,
    /// A picture, and words for who cannot see it.
    Figure(String),
    /// A table; its children are rows, after its caption.
    Table,
    /// A row; its children are cells.
    Row,
    /// A cell.
    Cell {
        /// What it names; `None` for what was filled in.
        names: Option<Scope>,
        /// Columns it takes.
        columns: usize,
        /// Rows it takes.
        rows: usize,
    },
    /// The place of a seal; the nth stands for the nth [`SealSpace`](super::page::SealSpace).
    Seal,
}

/// An element and what it consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// Its parts in reading order.
    pub children: Vec<ElementId>,
}

/// The elements of a paper: a tree whose leaves are what follows their marks on the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    elements: Vec<Element>,
    titled: bool,
}

impl Default for Structure {
    fn default() -> Self {
        let document = Element { role: Role::Document, children: Vec::new() };
        Self { elements: vec![document], titled: false }
    }
}

impl Structure {
    /// The whole paper.
    pub const DOCUMENT: ElementId = ElementId(0);

    /// Adds the last part of `parent`.
    pub fn add(&mut self, parent: ElementId, role: Role) -> ElementId {
        let id = ElementId(u32::try_from(self.elements.len()).unwrap_or(u32::MAX));
        self.elements.push(Element { role, children: Vec::new() });
        if let Some(parent) = self.elements.get_mut(parent.0 as usize) {
            parent.children.push(id);
        }
        id
    }

    /// Adds a table, which takes the caption right before it as its own.
    pub fn add_table(&mut self) -> ElementId {
        let caption = self
            .last(Self::DOCUMENT)
            .filter(|last| self.get(*last).is_some_and(|element| element.role == Role::Caption));
        if let Some(document) = self.elements.first_mut().filter(|_| caption.is_some()) {
            document.children.pop();
        }
        let table = self.add(Self::DOCUMENT, Role::Table);
        if let Some(element) = self.elements.get_mut(table.0 as usize) {
            element.children.extend(caption);
        }
        table
    }

    /// What a heading of a level from 0 is: the first of a paper is its title.
    pub fn heading(&mut self, level: u8) -> Role {
        if std::mem::replace(&mut self.titled, true) {
            Role::Heading(level.saturating_add(2))
        } else {
            Role::Heading(1)
        }
    }

    /// An element.
    #[must_use]
    pub fn get(&self, id: ElementId) -> Option<&Element> {
        self.elements.get(id.0 as usize)
    }

    /// The last part of an element.
    #[must_use]
    pub fn last(&self, parent: ElementId) -> Option<ElementId> {
        self.get(parent)?.children.last().copied()
    }

    /// The elements with their parts, each before its parts and in reading order.
    #[must_use]
    pub fn in_order(&self) -> Vec<(ElementId, &Element)> {
        let (mut order, mut waiting) = (Vec::new(), vec![Self::DOCUMENT]);
        while let Some(id) = waiting.pop() {
            if let Some(element) = self.get(id) {
                order.push((id, element));
                waiting.extend(element.children.iter().rev());
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_takes_the_caption_before_it_and_no_other() {
        let mut structure = Structure::default();
        let words = structure.add(Structure::DOCUMENT, Role::Paragraph);
        let first = structure.add_table();
        let caption = structure.add(Structure::DOCUMENT, Role::Caption);
        let second = structure.add_table();
        let third = structure.add_table();
        let order: Vec<_> = structure.in_order().into_iter().map(|(id, _)| id).collect();
        assert_eq!(order, [Structure::DOCUMENT, words, first, second, caption, third]);
        assert_eq!(structure.last(second), Some(caption));
    }

    #[test]
    fn the_first_heading_is_the_title_and_no_depth_is_left_out() {
        let mut structure = Structure::default();
        let depths = [0, 0, 1, 0].map(|level| structure.heading(level));
        assert_eq!(depths, [1, 2, 3, 2].map(Role::Heading));
    }
}
