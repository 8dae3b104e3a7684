//! The structure tree: what the marked content of the pages is, for who does not see them.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::typeset::structure::{Element, ElementId, Role, Scope, Structure};

use super::PdfError;
use super::metadata::text_string;
use super::signature::Field;
use super::tags::name;

/// Parts of one element; PDF/A-1 allows an array 8191.
const MOST_PARTS: usize = 4000;

/// Adds the tree of `structure` and names it in the catalog.
///
/// `content` has for each page the element of each of its marks.
pub(super) fn add(
    file: &mut Document,
    structure: &Structure,
    content: &[Vec<ElementId>],
    pages: &[ObjectId],
    fields: &[Field],
) -> Result<(), PdfError> {
    let root = file.new_object_id();
    let tree = Tree::new(structure, content, pages, fields);
    let objects: BTreeMap<ElementId, ObjectId> =
        tree.kept.iter().map(|(id, _)| (*id, file.new_object_id())).collect();
    let at = |id: &ElementId| objects.get(id).copied().unwrap_or(root);

    // Parts first, so that a division of them finds them written.
    for (id, element) in tree.kept.iter().rev() {
        let object = at(id);
        let mut dictionary = dictionary_of(element);
        dictionary.set("P", tree.parents.get(id).map_or(root, at));
        let mut parts = tree.own_parts(*id, &mut dictionary);
        let children = element.children.iter().filter_map(|id| objects.get(id));
        parts.extend(children.map(|id| Object::from(*id)));
        let parts = grouped(file, object, parts);
        if !parts.is_empty() {
            dictionary.set("K", parts);
        }
        file.set_object(object, dictionary);
    }

    let mut numbers = Vec::new();
    for (n, (page, marks)) in pages.iter().zip(content).enumerate() {
        let elements: Vec<Object> = marks.iter().map(|id| at(id).into()).collect();
        let elements = file.add_object(Object::Array(elements));
        numbers.extend([Object::from(n as i64), elements.into()]);
        file.get_dictionary_mut(*page)?.set("StructParents", n as i64);
    }
    for (n, (field, element)) in (pages.len()..).zip(fields.iter().zip(&tree.seals)) {
        numbers.extend([Object::from(n as i64), at(element).into()]);
        file.get_dictionary_mut(field.id)?.set("StructParent", n as i64);
    }
    let next = numbers.len() / 2;
    let parent_tree = file.add_object(dictionary! { "Nums" => numbers });
    let document = at(&Structure::DOCUMENT);
    let top = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => document,
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => next as i64,
    };
    file.set_object(root, top);
    let catalog = file.catalog_mut()?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// The elements that are there, and what each consists of besides other elements.
struct Tree<'a> {
    /// In reading order, each before its parts.
    kept: Vec<(ElementId, &'a Element)>,
    parents: BTreeMap<ElementId, ElementId>,
    /// Page and number of the marks of each.
    marks: BTreeMap<ElementId, Vec<(ObjectId, i64)>>,
    /// The fields of each.
    fields: BTreeMap<ElementId, Field>,
    /// The elements of the fields, in order.
    seals: Vec<ElementId>,
}

impl<'a> Tree<'a> {
    fn new(
        structure: &'a Structure,
        content: &[Vec<ElementId>],
        pages: &[ObjectId],
        fields: &[Field],
    ) -> Self {
        let mut marks: BTreeMap<ElementId, Vec<(ObjectId, i64)>> = BTreeMap::new();
        for (page, elements) in pages.iter().zip(content) {
            for (number, id) in (0..).zip(elements) {
                marks.entry(*id).or_default().push((*page, number));
            }
        }
        let order = structure.in_order();
        let seals = order.iter().filter(|(_, element)| element.role == Role::Seal);
        let seals: Vec<ElementId> = seals.map(|(id, _)| *id).take(fields.len()).collect();
        let fields = seals.iter().copied().zip(fields.iter().copied()).collect();
        let parents = order
            .iter()
            .flat_map(|(id, element)| element.children.iter().map(|child| (*child, *id)))
            .collect();
        let mut tree = Self { kept: Vec::new(), parents, marks, fields, seals };
        tree.kept = tree.filled(order);
        tree
    }

    /// Without the elements of which nothing is printed; the cells of a row are all kept.
    fn filled(&self, order: Vec<(ElementId, &'a Element)>) -> Vec<(ElementId, &'a Element)> {
        let mut filled = BTreeSet::from([Structure::DOCUMENT]);
        for (id, element) in order.iter().rev() {
            let cell = matches!(element.role, Role::Row | Role::Cell { .. });
            let own = self.marks.contains_key(id) || self.fields.contains_key(id);
            if cell || own || element.children.iter().any(|child| filled.contains(child)) {
                filled.insert(*id);
            }
        }
        order.into_iter().filter(|(id, _)| filled.contains(id)).collect()
    }

    /// What an element consists of besides other elements; their page, where it is one, is noted in
    /// its dictionary.
    fn own_parts(&self, id: ElementId, dictionary: &mut Dictionary) -> Vec<Object> {
        if let Some(Field { id, page }) = self.fields.get(&id) {
            return vec![dictionary! { "Type" => "OBJR", "Pg" => *page, "Obj" => *id }.into()];
        }
        let marks = self.marks.get(&id).map_or(&[][..], Vec::as_slice);
        let Some((page, _)) = marks.first() else { return Vec::new() };
        if marks.iter().all(|(other, _)| other == page) {
            dictionary.set("Pg", *page);
            return marks.iter().map(|(_, number)| (*number).into()).collect();
        }
        let part = |(page, number): &(ObjectId, i64)| {
            dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => *number }.into()
        };
        marks.iter().map(part).collect()
    }
}

/// The parts themselves, or divisions of them where there are too many for one array.
fn grouped(file: &mut Document, parent: ObjectId, parts: Vec<Object>) -> Vec<Object> {
    if parts.len() <= MOST_PARTS {
        return parts;
    }
    let divisions = parts.chunks(MOST_PARTS).map(|parts| {
        let division = file.new_object_id();
        for part in parts {
            if let Ok(Object::Dictionary(child)) =
                part.as_reference().and_then(|id| file.get_object_mut(id))
            {
                child.set("P", division);
            }
        }
        let dictionary = dictionary! {
            "Type" => "StructElem", "S" => "Div", "P" => parent, "K" => parts.to_vec()
        };
        file.set_object(division, dictionary);
        division.into()
    });
    divisions.collect()
}

fn dictionary_of(element: &Element) -> Dictionary {
    let mut dictionary = dictionary! { "Type" => "StructElem", "S" => name(&element.role) };
    match &element.role {
        Role::Figure(words) => dictionary.set("Alt", text_string(words)),
        Role::Cell { names, columns, rows } => {
            let mut attributes = dictionary! { "O" => "Table" };
            if *columns > 1 {
                attributes.set("ColSpan", *columns as i64);
            }
            if *rows > 1 {
                attributes.set("RowSpan", *rows as i64);
            }
            if let Some(scope) = names {
                attributes.set("Scope", if *scope == Scope::Row { "Row" } else { "Column" });
            }
            if attributes.len() > 1 {
                dictionary.set("A", attributes);
            }
        }
        _ => {}
    }
    dictionary
}
