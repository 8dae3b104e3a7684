//! Pages of another program's PDF, each as a drawing that is put on a sheet unchanged.

mod load;
mod tree;
mod words;

use std::collections::BTreeSet;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{DecompressError, Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::copy::{Copier, is_jpeg};
use super::place::View;
use super::trouble::{Remark, Trouble};
use super::writer::PdfWriter;
use crate::domain::media::{self, Trace};
use crate::export::picture::Matrix;
use load::{MAX_FILTERS, filters};
use tree::{Page, deref, numbers, rectangle};

/// Most bytes the parts of a page may unpack to where they must be joined.
const MAX_CONTENT: usize = 64 << 20;
/// Most parts of a page.
const MAX_PARTS: usize = 10_000;
/// Most bytes of drawings in a file of this length: pages that share one long drawing would each
/// take a copy. Those of parts count as they are unpacked.
const MAX_GROWTH: usize = 8;
const MAX_SMALL: usize = 32 << 20;
/// Most annotations of a page that are drawn.
const MAX_NOTES: usize = 10_000;

/// Kinds of annotations that stand for something else than their picture.
const ACTIVE: [&[u8]; 6] = [b"FileAttachment", b"RichMedia", b"Screen", b"Movie", b"Sound", b"3D"];

/// Flags of an annotation that is not seen: hidden, not viewed (ISO 32000-1, 12.5.3).
const UNSEEN: i64 = 0b10_0010;

/// A document whose pages are known.
#[derive(Debug)]
pub(super) struct Foreign {
    document: Document,
    pages: Vec<Page>,
}

/// Something drawn on a page: its object, and the transformation before that of the page.
pub(super) type Drawn = (ObjectId, Option<Matrix>);

impl Foreign {
    /// Reads a PDF as far as its pages, and makes sure each can be drawn.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        let document = load::load(bytes)?;
        let pages = tree::pages(&document)?;
        let foreign = Self { document, pages };
        let most = bytes.len().saturating_mul(MAX_GROWTH).saturating_add(MAX_SMALL);
        let mut total = 0_usize;
        for index in 0..foreign.pages.len() {
            let room = most - total.min(most);
            total = total.saturating_add(foreign.length(index, room)?);
            if total > most {
                return Err(Trouble::Bomb);
            }
        }
        Ok(foreign)
    }

    /// What is seen of each page.
    pub(super) fn views(&self) -> impl Iterator<Item = View> {
        self.pages.iter().map(|page| page.view)
    }

    /// What a person should know of it.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        if self.is_active() { vec![Remark::Active] } else { Vec::new() }
    }

    /// What its photographs tell besides what is seen.
    pub(super) fn traces(&self) -> Vec<Trace> {
        let streams = self.document.objects.values().filter_map(|object| object.as_stream().ok());
        let photographs = streams.filter(|stream| is_jpeg(stream));
        let found: BTreeSet<Trace> = photographs.flat_map(|s| media::traces(&s.content)).collect();
        found.into_iter().collect()
    }

    fn is_active(&self) -> bool {
        let Ok(catalog) = self.document.catalog() else { return false };
        let names = deref(&self.document, catalog, b"Names").and_then(|names| names.as_dict().ok());
        let named = |key: &[u8]| names.is_some_and(|names| names.has(key));
        let opens = deref(&self.document, catalog, b"OpenAction");
        let opens = opens.and_then(|action| action.as_dict().ok()).is_some_and(|action| {
            action.get(b"S").and_then(Object::as_name).is_ok_and(|name| name != b"GoTo")
        });
        catalog.has(b"AA")
            || opens
            || named(b"JavaScript")
            || named(b"EmbeddedFiles")
            || self.pages.iter().any(|page| {
                page.own.has(b"AA") || self.annotations(page).iter().any(|note| is_active(note))
            })
    }

    /// The streams of a page's drawing; `None` where it cannot be read.
    fn parts(&self, index: usize) -> Option<Vec<&Stream>> {
        let page = self.pages.get(index)?;
        Some(match deref(&self.document, &page.own, b"Contents") {
            None | Some(Object::Null) => Vec::new(),
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(parts)) if parts.len() > MAX_PARTS => return None,
            Some(Object::Array(parts)) => parts
                .iter()
                .filter_map(|part| self.document.dereference(part).ok()?.1.as_stream().ok())
                .collect(),
            Some(_) => return None,
        })
    }

    /// Bytes of a page's drawing, unpacked where its parts must be joined; more than `room` is too much.
    fn length(&self, index: usize, room: usize) -> Result<usize, Trouble> {
        let unreadable = || Trouble::Page(index + 1);
        let parts = self.parts(index).ok_or_else(unreadable)?;
        if let [one] = parts.as_slice() {
            return Ok(one.content.len());
        }
        let mut length = 0_usize;
        for part in parts {
            if filters(part) > MAX_FILTERS {
                return Err(unreadable());
            }
            let left = room.min(MAX_CONTENT).saturating_sub(length);
            match part.get_plain_content_with_limit(left) {
                Ok(data) => length += data.len() + 1,
                Err(lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                    return Err(Trouble::Bomb);
                }
                Err(_) => return Err(unreadable()),
            }
        }
        Ok(length)
    }

    /// A page's drawing as a Form XObject's dictionary and data, references still its own; `None`
    /// where it cannot be read.
    fn content(&self, index: usize) -> Option<(Dictionary, Vec<u8>)> {
        let parts = self.parts(index)?;
        if let [one] = parts.as_slice() {
            return Some((one.dict.clone(), one.content.clone()));
        }
        joined(&parts).map(|data| {
            let filter = if data.is_empty() { None } else { Some("FlateDecode") };
            (filter.into_iter().map(|name| ("Filter", Object::from(name))).collect(), data)
        })
    }

    /// Writes a page's drawing and those of its annotations; `None` where it cannot be read.
    pub(super) fn draw(
        &self,
        index: usize,
        copier: &mut Copier<'_>,
        writer: &mut PdfWriter<'_>,
    ) -> io::Result<Option<Vec<Drawn>>> {
        let (Some(page), Some((filters, data))) = (self.pages.get(index), self.content(index))
        else {
            return Ok(None);
        };
        let mut form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => page.view.seen.map(Object::Real).to_vec(),
        };
        for (key, value) in [
            ("Filter", filters.get(b"Filter").ok()),
            ("DecodeParms", filters.get(b"DecodeParms").ok()),
            ("Group", page.own.get(b"Group").ok()),
            ("Resources", page.resources.as_ref()),
        ] {
            if let Some(value) = value {
                form.set(key, copier.value(writer, value));
            }
        }
        if !form.has(b"Resources") {
            form.set("Resources", Dictionary::new());
        }
        let id = writer.reserve();
        writer.stream(id, &form, &data)?;
        let mut drawn = vec![(id, None)];
        for note in self.annotations(page) {
            if let Some((appearance, matrix)) = self.appearance(note)
                && let Some(id) = copier.reference(writer, appearance)
            {
                drawn.push((id, Some(matrix)));
            }
        }
        copier.finish(writer)?;
        Ok(Some(drawn))
    }

    /// A copier of this document's objects.
    pub(super) fn copier(&self) -> Copier<'_> {
        Copier::new(&self.document)
    }

    /// The layers that were taken over, and those of them that are off, by their numbers in the book.
    pub(super) fn layers(&self, copier: &Copier<'_>) -> (Vec<ObjectId>, Vec<ObjectId>) {
        let properties =
            self.document.catalog().ok().and_then(|catalog| {
                deref(&self.document, catalog, b"OCProperties")?.as_dict().ok()
            });
        let Some(properties) = properties else { return Default::default() };
        let shown = deref(&self.document, properties, b"D").and_then(|d| d.as_dict().ok());
        let list = |dictionary: Option<&Dictionary>, key: &[u8]| -> Vec<ObjectId> {
            let items = dictionary.and_then(|d| deref(&self.document, d, key)?.as_array().ok());
            let ids = items.into_iter().flatten().filter_map(|item| item.as_reference().ok());
            ids.filter_map(|id| copier.known(id)).collect()
        };
        let all = list(Some(properties), b"OCGs");
        let base = shown.and_then(|d| d.get(b"BaseState").ok()?.as_name().ok());
        let off = if base == Some(b"OFF") {
            let on = list(shown, b"ON");
            all.iter().filter(|id| !on.contains(id)).copied().collect()
        } else {
            list(shown, b"OFF")
        };
        (all, off)
    }

    fn annotations<'a>(&'a self, page: &'a Page) -> Vec<&'a Dictionary> {
        let notes = deref(&self.document, &page.own, b"Annots").and_then(|n| n.as_array().ok());
        let notes = notes.into_iter().flatten().take(MAX_NOTES);
        notes.filter_map(|note| self.document.dereference(note).ok()?.1.as_dict().ok()).collect()
    }

    /// The picture of an annotation that is seen, and where it stands (ISO 32000-1, 12.5.5).
    fn appearance(&self, note: &Dictionary) -> Option<(ObjectId, Matrix)> {
        let flags = deref(&self.document, note, b"F").and_then(|f| f.as_i64().ok()).unwrap_or(0);
        let kind = note.get(b"Subtype").and_then(Object::as_name).ok()?;
        if flags & UNSEEN != 0 || kind == b"Popup" || is_active(note) {
            return None;
        }
        let states = deref(&self.document, note, b"AP")?.as_dict().ok()?;
        let mut normal = states.get(b"N").ok()?;
        if let Ok((_, Object::Dictionary(choices))) = self.document.dereference(normal) {
            let state = deref(&self.document, note, b"AS")?.as_name().ok()?;
            normal = choices.get(state).ok()?;
        }
        let (id, stream) = self.document.dereference(normal).ok()?;
        let form = &stream.as_stream().ok()?.dict;
        let matrix = numbers(&self.document, form, b"Matrix").map_or(turnless(), Matrix);
        let [left, bottom, right, top] = rectangle(&self.document, form, b"BBox")?;
        let corners = [(left, bottom), (left, top), (right, bottom), (right, top)];
        let corners = corners.map(|(x, y)| matrix.apply(x, y));
        let side = |of: fn(&(f32, f32)) -> f32, pick: fn(f32, f32) -> f32| {
            corners.iter().map(of).reduce(pick).unwrap_or_default()
        };
        let (x0, x1) = (side(|c| c.0, f32::min), side(|c| c.0, f32::max));
        let (y0, y1) = (side(|c| c.1, f32::min), side(|c| c.1, f32::max));
        let [l, b, r, t] = rectangle(&self.document, note, b"Rect")?;
        let (sx, sy) = ((r - l) / (x1 - x0), (t - b) / (y1 - y0));
        let fit = Matrix([sx, 0.0, 0.0, sy, l - x0 * sx, b - y0 * sy]);
        fit.0.iter().all(|number| number.is_finite()).then_some((id?, fit))
    }
}

const fn turnless() -> Matrix {
    Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
}

fn is_active(note: &Dictionary) -> bool {
    let kind = note.get(b"Subtype").and_then(Object::as_name);
    note.has(b"AA") || kind.is_ok_and(|kind| ACTIVE.contains(&kind))
}

/// Parts of a page as one: they may be cut between any two words.
fn joined(parts: &[&Stream]) -> Option<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    let mut room = MAX_CONTENT;
    for part in parts {
        let data = part.get_plain_content_with_limit(room).ok()?;
        room -= data.len().min(room);
        packer.write_all(&data).ok()?;
        packer.write_all(b"\n").ok()?;
    }
    if parts.is_empty() { Some(Vec::new()) } else { packer.finish().ok() }
}
