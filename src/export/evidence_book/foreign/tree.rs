//! The pages of a stranger's PDF, with what they inherit; a tree that bites its tail has an end.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::place::View;
use super::super::trouble::{MAX_PAGES, Trouble};
use crate::typeset::geometry::{A4_HEIGHT, A4_WIDTH};

/// Most levels of the tree.
const MAX_DEPTH: usize = 64;
/// Most nodes looked at.
const MAX_NODES: usize = 20_000;
/// Shortest side of a page that is taken at its word, pt.
const LEAST: f32 = 1.0;

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// Its own dictionary.
    pub(super) own: Dictionary,
    /// Its resources, or those of the nodes above.
    pub(super) resources: Option<Object>,
    /// What is seen of it.
    pub(super) view: View,
}

/// What a node hands down.
#[derive(Debug, Clone, Default)]
struct Above {
    resources: Option<Object>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    turn: i64,
}

/// All pages in order.
pub(super) fn pages(document: &Document) -> Result<Vec<Page>, Trouble> {
    let root = document.catalog().and_then(|catalog| catalog.get(b"Pages"));
    let root = root.map_err(|_| Trouble::Broken)?.as_reference().map_err(|_| Trouble::Broken)?;
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut pages = Vec::new();
    // Nodes still to be looked at, the next one last.
    let mut waiting = vec![(root, Above::default(), 0)];
    while let Some((id, above, depth)) = waiting.pop() {
        if !seen.insert(id) || depth > MAX_DEPTH || seen.len() > MAX_NODES {
            continue;
        }
        let Ok(own) = document.get_dictionary(id) else { continue };
        let here = above.and(document, own);
        let kids = deref(document, own, b"Kids").and_then(|kids| kids.as_array().ok());
        if let Some(kids) = kids {
            let kids = kids.iter().rev().filter_map(|kid| kid.as_reference().ok());
            waiting.extend(kids.map(|kid| (kid, here.clone(), depth + 1)));
            continue;
        }
        if pages.len() == MAX_PAGES {
            return Err(Trouble::TooManyPages);
        }
        pages.push(here.page(document, own));
    }
    if pages.is_empty() { Err(Trouble::NoPages) } else { Ok(pages) }
}

impl Above {
    fn and(&self, document: &Document, own: &Dictionary) -> Self {
        let number = deref(document, own, b"Rotate").and_then(|turn| turn.as_float().ok());
        Self {
            resources: own.get(b"Resources").ok().cloned().or_else(|| self.resources.clone()),
            media: rectangle(document, own, b"MediaBox").or(self.media),
            crop: rectangle(document, own, b"CropBox").or(self.crop),
            turn: number.map_or(self.turn, |turn| turn as i64),
        }
    }

    fn page(self, document: &Document, own: &Dictionary) -> Page {
        let media = self.media.unwrap_or([0.0, 0.0, A4_WIDTH, A4_HEIGHT]);
        let seen = self.crop.and_then(|crop| common(crop, media)).unwrap_or(media);
        let unit = deref(document, own, b"UserUnit").and_then(|unit| unit.as_float().ok());
        let unit = unit.filter(|unit| (0.001..=1000.0).contains(unit)).unwrap_or(1.0);
        let view = View { seen, turn: self.turn, unit };
        Page { own: own.clone(), resources: self.resources, view }
    }
}

/// An entry, its references followed.
pub(super) fn deref<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let value = dictionary.get(key).ok()?;
    document.dereference(value).ok().map(|(_, object)| object)
}

/// Numbers of an array; `None` where it has not so many.
pub(super) fn numbers<const N: usize>(
    document: &Document,
    dictionary: &Dictionary,
    key: &[u8],
) -> Option<[f32; N]> {
    let items = deref(document, dictionary, key)?.as_array().ok()?;
    let number =
        |item| document.dereference(item).ok()?.1.as_float().ok().filter(|n| n.is_finite());
    let numbers: Vec<f32> = items.iter().take(N).map_while(number).collect();
    numbers.try_into().ok()
}

/// `left bottom right top`; `None` for one without an area.
pub(super) fn rectangle(
    document: &Document,
    dictionary: &Dictionary,
    key: &[u8],
) -> Option<[f32; 4]> {
    let [a, b, c, d] = numbers(document, dictionary, key)?;
    let sides = [a.min(c), b.min(d), a.max(c), b.max(d)];
    has_area(sides).then_some(sides)
}

fn common(a: [f32; 4], b: [f32; 4]) -> Option<[f32; 4]> {
    let sides = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    has_area(sides).then_some(sides)
}

fn has_area([left, bottom, right, top]: [f32; 4]) -> bool {
    right - left >= LEAST && top - bottom >= LEAST && right - left < 1e6 && top - bottom < 1e6
}
