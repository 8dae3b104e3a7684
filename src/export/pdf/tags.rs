//! Marked content: what a page draws belongs to an element of the paper's structure, or to none.

use std::collections::BTreeMap;

use printpdf::{DictItem, Op};

use crate::typeset::structure::{ElementId, Role, Scope, Structure};

use super::metadata::utf16;

/// The marks of a page being written. None stands within another that has a number: poppler loses what
/// follows the inner one.
#[derive(Debug)]
pub(super) struct Tags<'a> {
    /// `None`: the file has no structure, and its pages no marks but readings.
    structure: Option<&'a Structure>,
    /// What the text that follows belongs to.
    current: Option<ElementId>,
    open: Open,
    /// The element of each mark, by its number on the page.
    pub(super) content: Vec<ElementId>,
}

/// The marks that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// What belongs to no element: drawn, not text.
    Drawing,
    /// Text that reads as its glyphs do; how many marks it stands in.
    Plain(usize),
    /// What reads otherwise; how many marks it stands in.
    Odd(usize),
}

impl<'a> Tags<'a> {
    pub(super) const fn new(structure: Option<&'a Structure>) -> Self {
        Self { structure, current: None, open: Open::Nothing, content: Vec::new() }
    }

    /// What follows belongs to an element.
    pub(super) const fn belong_to(&mut self, element: Option<ElementId>) {
        self.current = element;
    }

    /// Rules and fills follow.
    pub(super) fn begin_drawing(&mut self, ops: &mut Vec<Op>) {
        if self.structure.is_some() && self.open != Open::Drawing {
            self.end(ops);
            ops.push(artifact());
            self.open = Open::Drawing;
        }
    }

    /// Whether what is shown now is text that reads as its glyphs do.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(self.open, Open::Plain(_))
    }

    /// Text or a picture follows; it reads as `reading` whatever is drawn.
    pub(super) fn begin(&mut self, ops: &mut Vec<Op>, reading: Option<&str>) {
        self.end(ops);
        let before = ops.len();
        let mut properties = BTreeMap::new();
        if let Some(text) = reading {
            let text = DictItem::String { data: utf16(text), literal: false };
            properties.insert("ActualText".to_owned(), text);
        }
        let element = self.current.and_then(|id| Some((id, self.structure?.get(id)?)));
        let mut tag = "Span";
        if let Some((id, element)) = element {
            let number = DictItem::Int(self.content.len() as i64);
            properties.insert("MCID".to_owned(), number);
            self.content.push(id);
            if reading.is_none() {
                tag = name(&element.role);
            }
        } else if self.structure.is_some() {
            ops.push(artifact());
        }
        if !properties.is_empty() {
            let properties = DictItem::Dict { map: properties };
            ops.push(Op::BeginMarkedContentWithProperties { tag: tag.into(), properties });
        }
        let depth = ops.len() - before;
        self.open = if reading.is_some() { Open::Odd(depth) } else { Open::Plain(depth) };
    }

    /// Closes what is open.
    pub(super) fn end(&mut self, ops: &mut Vec<Op>) {
        let depth = match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => 0,
            Open::Drawing => 1,
            Open::Plain(depth) | Open::Odd(depth) => depth,
        };
        ops.extend((0..depth).map(|_| Op::EndMarkedContent));
    }
}

fn artifact() -> Op {
    Op::BeginMarkedContent { tag: "Artifact".into() }
}

/// The standard structure type (PDF 1.4, 9.7.4) of an element.
pub(super) const fn name(role: &Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(_) => "H4",
        Role::Paragraph => "P",
        Role::Caption => "Caption",
        Role::Figure(_) => "Figure",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::Cell { names: Some(Scope::Row | Scope::Column), .. } => "TH",
        Role::Cell { names: None, .. } => "TD",
        Role::Seal => "Form",
    }
}
