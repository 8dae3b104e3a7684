//! Text to clusters: the smallest pieces a line may be broken between.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use rustybuzz::{
    BufferClusterLevel, Direction, Feature, ShapePlan, UnicodeBuffer, ttf_parser::Tag,
};

use super::font::{Ideograph, is_undrawn};
use super::page::{Face, Glyph};
use crate::rules::word_count::is_mark;

/// What a cluster is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterKind {
    /// Drawn characters.
    Glyphs,
    /// A box to tick.
    CheckBox {
        /// Ticked.
        checked: bool,
    },
    /// Empty room without text, such as the rest of an underlined blank.
    Room,
}

/// One or more characters that stand or fall together.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// What it is.
    pub kind: ClusterKind,
    /// Face that draws it.
    pub face: Face,
    /// Its glyphs, in the list they were shaped into.
    pub glyphs: Range<usize>,
    /// Its bytes in the paragraph's text.
    pub text: Range<usize>,
    /// Its width, pt.
    pub width: f32,
}

/// The glyph drawn for a character that no face has; the text stays what was typed.
const MISSING: char = '〓';

/// Shapes `text` (bytes from `offset` of the paragraph) at `size` pt, adding to both lists.
pub fn shape(
    text: &str,
    offset: usize,
    face: Face,
    size: f32,
    glyphs: &mut Vec<Glyph>,
    clusters: &mut Vec<Cluster>,
) {
    let Some(font) = face.parsed() else { return };
    let scale = size / font.units_per_em() as f32;
    let mut characters = text.char_indices().peekable();
    let mut rest = 0;
    while let Some((at, character)) = characters.next() {
        let Some(ideograph) = face.ideograph(character) else { continue };
        // A variation selector or a mark belongs to the character before it.
        if characters.peek().is_some_and(|&(_, next)| is_undrawn(next) || is_mark(next)) {
            continue;
        }
        shape_rest(&text[rest..at], offset + rest, face, size, glyphs, clusters);
        rest = at + character.len_utf8();
        let Ideograph { id, advance } = ideograph;
        let width = f32::from(advance) * scale;
        let first = glyphs.len();
        glyphs.push(Glyph { id, advance: width, dx: 0.0, dy: 0.0, start: 0, end: 0 });
        clusters.push(Cluster {
            kind: ClusterKind::Glyphs,
            face,
            glyphs: first..first + 1,
            text: offset + at..offset + rest,
            width,
        });
    }
    shape_rest(&text[rest..], offset + rest, face, size, glyphs, clusters);
}

/// Shapes what stands between ideographs, or ideographs of another face.
fn shape_rest(
    text: &str,
    offset: usize,
    face: Face,
    size: f32,
    glyphs: &mut Vec<Glyph>,
    clusters: &mut Vec<Cluster>,
) {
    for (range, drawn_by) in parted(text, face) {
        let bytes = offset + range.start..offset + range.end;
        match drawn_by {
            Some(drawn_by) => run(&text[range], bytes.start, drawn_by, size, glyphs, clusters),
            None => missing(bytes, size, glyphs, clusters),
        }
    }
}

/// The text in stretches of one face, `wanted` where it can; each character that no face has is one
/// of its own.
fn parted(text: &str, wanted: Face) -> Vec<(Range<usize>, Option<Face>)> {
    let mut parts: Vec<(Range<usize>, Option<Face>)> = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let before = parts.last_mut();
        // Spaces and invisible characters stay with the face before them where it has a space.
        let keeps = is_undrawn(character) || character == ' ';
        let face = match &before {
            Some((_, Some(face))) if keeps && face.has(' ') => Some(*face),
            _ => wanted.for_character(character),
        };
        match before {
            Some((range, last)) if face.is_some() && *last == face => range.end = end,
            _ => parts.push((at..end, face)),
        }
    }
    parts
}

fn missing(text: Range<usize>, size: f32, glyphs: &mut Vec<Glyph>, clusters: &mut Vec<Cluster>) {
    let id = Face::Song.parsed().and_then(|face| face.glyph_index(MISSING)).map_or(0, |id| id.0);
    glyphs.push(Glyph { id, advance: size, dx: 0.0, dy: 0.0, start: 0, end: 0 });
    let last = glyphs.len();
    clusters.push(Cluster {
        kind: ClusterKind::Glyphs,
        face: Face::Song,
        glyphs: last - 1..last,
        text,
        width: size,
    });
}

/// Shapes text of one face.
fn run(
    text: &str,
    offset: usize,
    face: Face,
    size: f32,
    glyphs: &mut Vec<Glyph>,
    clusters: &mut Vec<Cluster>,
) {
    let Some(font) = face.parsed() else { return };
    let scale = size / font.units_per_em() as f32;
    for shaped in shaped(text, face, font).iter() {
        let first = glyphs.len();
        let mut width = 0.0;
        for glyph in &shaped.glyphs {
            let advance = glyph.advance * scale;
            width += advance;
            let (dx, dy) = (glyph.dx * scale, glyph.dy * scale);
            glyphs.push(Glyph { advance, dx, dy, ..*glyph });
        }
        clusters.push(Cluster {
            kind: ClusterKind::Glyphs,
            face,
            glyphs: first..glyphs.len(),
            text: offset + shaped.text.start..offset + shaped.text.end,
            width,
        });
    }
}

/// A cluster in units of its font.
struct Shaped {
    glyphs: Vec<Glyph>,
    /// Its bytes in what was shaped.
    text: Range<usize>,
}

/// What is longer is hardly met twice, bytes.
const LONGEST_KEPT: usize = 24;
/// Most pieces of text a thread keeps for each face.
const MOST_KEPT: usize = 500;

/// The clusters of text. Short ones are kept: between ideographs it is the same few marks again and again.
fn shaped(text: &str, face: Face, font: &'static rustybuzz::Face<'static>) -> Rc<[Shaped]> {
    thread_local! {
        static KEPT: RefCell<[HashMap<String, Rc<[Shaped]>>; Face::PLACES]> = RefCell::default();
    }
    if text.len() > LONGEST_KEPT {
        return shape_anew(text, face, font);
    }
    KEPT.with_borrow_mut(|kept| {
        let kept = &mut kept[face.place()];
        if let Some(shaped) = kept.get(text) {
            return Rc::clone(shaped);
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let shaped = shape_anew(text, face, font);
        kept.insert(text.to_owned(), Rc::clone(&shaped));
        shaped
    })
}

fn shape_anew(text: &str, face: Face, font: &'static rustybuzz::Face<'static>) -> Rc<[Shaped]> {
    let mut buffer = UnicodeBuffer::new();
    buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
    buffer.push_str(text);
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(rustybuzz::script::HAN);
    let shaped = rustybuzz::shape_with_plan(font, plan(face, font), buffer);
    let infos = shaped.glyph_infos();
    let positions = shaped.glyph_positions();
    let mut clusters = Vec::new();
    let mut at = 0;
    while let Some(info) = infos.get(at) {
        let from = info.cluster as usize;
        let mut next = at + 1;
        while infos.get(next).is_some_and(|info| info.cluster as usize == from) {
            next += 1;
        }
        let to = infos.get(next).map_or(text.len(), |info| info.cluster as usize);
        let glyphs = infos[at..next].iter().zip(&positions[at..next]);
        let glyphs = glyphs.map(|(info, position)| Glyph {
            // TrueType glyph numbers fit 16 bits.
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: position.x_advance as f32,
            dx: position.x_offset as f32,
            dy: position.y_offset as f32,
            start: 0,
            end: 0,
        });
        clusters.push(Shaped { glyphs: glyphs.collect(), text: from..to });
        at = next;
    }
    clusters.into()
}

/// One plan a face; `ccmp` joins ——.
fn plan(face: Face, font: &'static rustybuzz::Face<'static>) -> &'static ShapePlan {
    use std::sync::OnceLock;
    static PLANS: [OnceLock<ShapePlan>; Face::PLACES] = [const { OnceLock::new() }; Face::PLACES];
    PLANS[face.place()].get_or_init(|| {
        let features = [
            // `paragraph` closes marks up itself: a line takes from what is left of them, and the
            // marks of two faces follow each other, too.
            Feature::new(Tag::from_bytes(b"chws"), 0, ..),
            // A printed ﬁ would be one glyph for two typed letters.
            Feature::new(Tag::from_bytes(b"liga"), 0, ..),
        ];
        let language = "zh-Hans".parse().ok();
        ShapePlan::new(
            font,
            Direction::LeftToRight,
            Some(rustybuzz::script::HAN),
            language.as_ref(),
            &features,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was shaped, without where it lies in a list.
    fn shaped(
        text: &str,
        face: Face,
        how: fn(&str, usize, Face, f32, &mut Vec<Glyph>, &mut Vec<Cluster>),
    ) -> (Vec<Glyph>, Vec<Cluster>) {
        let (mut glyphs, mut clusters) = (Vec::new(), Vec::new());
        how(text, 0, face, 15.75, &mut glyphs, &mut clusters);
        (glyphs, clusters)
    }

    #[test]
    fn ideographs_look_the_same_alone_as_shaped_with_their_neighbours() {
        let beside = "，。、；：？！“”‘’（）《》—…·　 ㎡℃％１Ａa1.-/\u{301}\u{FE00}あア々〇龘𠮷";
        for face in Face::ALL {
            for ideograph in ['公', '一', '研', '攻', '龙', '鿏'] {
                for other in beside.chars() {
                    let text = format!("{other}{ideograph}{other}{ideograph}{ideograph}{other}");
                    assert_eq!(
                        shaped(&text, face, shape),
                        shaped(&text, face, shape_rest),
                        "{text} in {face:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_ideograph_of_the_main_block_is_shaped_as_it_is_looked_up() {
        let all: Vec<char> = ('\u{4E00}'..='\u{9FFF}').collect();
        for face in Face::ALL {
            for some in all.chunks(400) {
                let text: String = some.iter().collect();
                assert_eq!(shaped(&text, face, shape), shaped(&text, face, shape_rest));
            }
        }
    }
}
