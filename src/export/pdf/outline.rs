//! The nested outline.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::typeset::Paper;
use crate::typeset::page::OutlineEntry;

use super::content::rounded;
use super::metadata::text_string;

/// Adds the outline, all of it unfolded, and gives its root; `None` without entries.
///
/// `pages` are the page objects in order. An entry deeper than its predecessor by more than one counts as its child.
pub(super) fn add(file: &mut Document, paper: &Paper, pages: &[ObjectId]) -> Option<ObjectId> {
    if paper.outline.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = paper.outline.iter().map(|_| file.new_object_id()).collect();
    let tree = Tree::new(&paper.outline);

    for (index, (entry, id)) in paper.outline.iter().zip(&ids).enumerate() {
        let place = tree.places.get(index).copied().unwrap_or_default();
        let parent = place.parent.and_then(|at| ids.get(at)).copied().unwrap_or(root);
        let mut item = dictionary! {
            "Title" => text_string(&entry.title),
            "Parent" => parent,
            "Dest" => destination(entry, paper, pages),
        };
        link(&mut item, "Prev", place.previous, &ids);
        link(&mut item, "Next", place.next, &ids);
        link(&mut item, "First", place.first, &ids);
        link(&mut item, "Last", place.last, &ids);
        if place.descendants > 0 {
            item.set("Count", place.descendants);
        }
        file.set_object(*id, item);
    }

    let mut top = dictionary! { "Type" => "Outlines", "Count" => paper.outline.len() as i64 };
    link(&mut top, "First", tree.first, &ids);
    link(&mut top, "Last", tree.last, &ids);
    file.set_object(root, top);
    Some(root)
}

fn link(item: &mut Dictionary, key: &str, at: Option<usize>, ids: &[ObjectId]) {
    if let Some(id) = at.and_then(|at| ids.get(at)) {
        item.set(key, *id);
    }
}

fn destination(entry: &OutlineEntry, paper: &Paper, pages: &[ObjectId]) -> Object {
    let Some(last) = pages.len().checked_sub(1) else { return Object::Null };
    let at = entry.page.min(last);
    let (Some(id), Some(page)) = (pages.get(at), paper.pages.get(at)) else { return Object::Null };
    let top = rounded(page.height - entry.y);
    vec![(*id).into(), "XYZ".into(), Object::Null, top.into(), Object::Null].into()
}

/// Where an entry stands among the others, by index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    descendants: i64,
}

#[derive(Debug, Default)]
struct Tree {
    places: Vec<Place>,
    first: Option<usize>,
    last: Option<usize>,
}

impl Tree {
    fn new(entries: &[OutlineEntry]) -> Self {
        let mut tree = Self { places: vec![Place::default(); entries.len()], ..Self::default() };
        let mut above: Vec<(u8, usize)> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            while above.last().is_some_and(|(level, _)| *level >= entry.level) {
                above.pop();
            }
            tree.append(above.last().map(|(_, parent)| *parent), index);
            for (_, ancestor) in &above {
                if let Some(place) = tree.places.get_mut(*ancestor) {
                    place.descendants += 1;
                }
            }
            above.push((entry.level, index));
        }
        tree
    }

    fn append(&mut self, parent: Option<usize>, index: usize) {
        let (first, last) = match parent.and_then(|at| self.places.get_mut(at)) {
            Some(place) => (&mut place.first, &mut place.last),
            None => (&mut self.first, &mut self.last),
        };
        first.get_or_insert(index);
        let previous = last.replace(index);
        if let Some(place) = self.places.get_mut(index) {
            (place.parent, place.previous) = (parent, previous);
        }
        if let Some(place) = previous.and_then(|at| self.places.get_mut(at)) {
            place.next = Some(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_become_a_tree() {
        let levels = [1, 0, 1, 1, 3, 0];
        let entries: Vec<_> = levels
            .into_iter()
            .map(|level| OutlineEntry { level, title: String::new(), page: 0, y: 0.0 })
            .collect();
        let tree = Tree::new(&entries);
        let parents: Vec<_> = tree.places.iter().map(|place| place.parent).collect();
        assert_eq!(parents, [None, None, Some(1), Some(1), Some(3), None]);
        let descendants: Vec<_> = tree.places.iter().map(|place| place.descendants).collect();
        assert_eq!(descendants, [0, 3, 0, 1, 0, 0]);
        assert_eq!((tree.first, tree.last), (Some(0), Some(5)));
        assert_eq!((tree.places[1].previous, tree.places[1].next), (Some(0), Some(5)));
        assert_eq!((tree.places[1].first, tree.places[1].last), (Some(2), Some(3)));
    }
}
