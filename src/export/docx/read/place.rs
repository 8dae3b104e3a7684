//! Puts the pieces of a letter into the sections of the notice, and the rest aside.

use super::body::{Paragraph, Piece, lines};
use super::caption::{self, Of};
use super::grid::Grid;
use super::heading::{Headings, Target};
use super::picture::{Gallery, Shown};
use super::{Aside, ImportedLetter, ImportedSection};
use crate::domain::{Application, Body, Guide, Object, Part};

/// Where text goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Section(usize),
    Aside(String),
}

/// What stands before the first heading.
const BEFORE: &str = "第一个标题之前";
const CONTENTS: &str = "目录";
const TEXT_BOX: &str = "文本框";

#[derive(Debug, Default)]
struct Section {
    heading: Option<String>,
    /// Depth of its heading's style, from 0.
    level: Option<u8>,
    body: Body,
}

struct Placing<'a> {
    gallery: Gallery<'a>,
    /// No table of the document says which row is its header.
    guesses: bool,
    /// What was placed last.
    last: Last,
    sections: Vec<Section>,
    place: Place,
    /// Depth of the heading the text is under.
    level: Option<u8>,
    heading: String,
    letter: ImportedLetter,
}

/// What was placed last: a caption belongs to it, or it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A paragraph of a section; whether it is a caption by its style.
    Paragraph {
        styled: bool,
    },
    Figure,
    Other,
}

/// Places everything.
pub(super) fn place(
    pieces: Vec<Piece>,
    notes: Vec<Aside>,
    headings: &Headings,
    gallery: Gallery<'_>,
) -> ImportedLetter {
    let says = |piece: &Piece| matches!(piece, Piece::Table(grid) if grid.header);
    let mut placing = Placing {
        gallery,
        guesses: !pieces.iter().any(says),
        last: Last::Other,
        sections: Application::SECTIONS.iter().map(|_| Section::default()).collect(),
        place: Place::Aside(BEFORE.to_owned()),
        level: None,
        heading: BEFORE.to_owned(),
        letter: ImportedLetter::default(),
    };
    for piece in pieces {
        placing.piece(piece, headings);
    }
    let Placing { sections, mut letter, gallery, .. } = placing;
    letter.pictures = gallery.into_pictures();
    letter.aside.extend(notes);
    let found = Application::SECTIONS.iter().zip(sections).filter_map(|(name, section)| {
        let Section { heading, body, .. } = section;
        heading.map(|heading| ImportedSection { name, heading, body })
    });
    letter.sections = found.collect();
    letter
}

impl Placing<'_> {
    fn piece(&mut self, piece: Piece, headings: &Headings) {
        let last = std::mem::replace(&mut self.last, Last::Other);
        match piece {
            Piece::Paragraph(paragraph) if paragraph.contents => {
                self.put_aside(CONTENTS, vec![paragraph.whole()]);
            }
            Piece::Paragraph(paragraph) => match headings.find(&paragraph) {
                Some(found) => {
                    self.begin(found.target, &paragraph);
                    self.add(found.rest.lines().map(str::to_owned).collect());
                }
                None if self.is_foreign(&paragraph) => {
                    let heading = paragraph.whole();
                    self.level = paragraph.level;
                    self.heading.clone_from(&heading);
                    self.place = Place::Aside(heading);
                }
                None => self.paragraph(paragraph, last),
            },
            Piece::Picture(shown) => self.picture(&shown),
            Piece::TextBox(text) => self.put_aside(TEXT_BOX, vec![text]),
            Piece::Table(grid) => self.table(&grid, last),
        }
    }

    /// Text, or what stands under the picture before it.
    fn paragraph(&mut self, paragraph: Paragraph, last: Last) {
        let styled = paragraph.caption;
        if last == Last::Figure
            && let Some(words) = caption::words(&paragraph.whole(), Of::Figure, styled)
            && let Some(part) = self.section().and_then(|section| section.body.parts.last_mut())
        {
            *part.object.caption_mut() = words;
            return;
        }
        self.last = Last::Paragraph { styled };
        self.add(lines(&[Piece::Paragraph(paragraph)]));
    }

    fn picture(&mut self, shown: &Shown) {
        let placed = match self.section().is_some() {
            true => self.gallery.figure(shown),
            false => Err("不在申请书的各部分里".to_owned()),
        };
        match placed {
            Ok(figure) => {
                if let Some(section) = self.section() {
                    section.body.push(Object::Figure(figure));
                }
                self.last = Last::Figure;
            }
            Err(why) => {
                let name = match shown.name.trim() {
                    "" => String::new(),
                    name => format!("“{name}”"),
                };
                self.letter.left_out.push(format!("“{}”中的图片{name}，{why}", self.heading));
            }
        }
    }

    /// A table, with what stands above it; one too large for a letter is text.
    fn table(&mut self, grid: &Grid, last: Last) {
        let guesses = self.guesses;
        let Some(section) = self.section() else {
            return self.add(grid.lines().collect());
        };
        if let Some(Part { object: Object::Table(before), after }) = section.body.parts.last()
            && after.is_empty()
            && before.guide == Some(Guide::Schedule)
            && grid.is_strip_of(before)
        {
            return;
        }
        let Some(mut table) = grid.table(String::new(), guesses) else {
            return self.add(grid.lines().collect());
        };
        if let Last::Paragraph { styled } = last {
            table.caption = taken_caption(&mut section.body, styled).unwrap_or_default();
        }
        section.body.push(Object::Table(table));
    }

    /// The section text goes to.
    fn section(&mut self) -> Option<&mut Section> {
        match self.place {
            Place::Section(index) => self.sections.get_mut(index),
            Place::Aside(_) => None,
        }
    }

    /// A heading of the notice.
    fn begin(&mut self, target: Target, paragraph: &Paragraph) {
        let heading = paragraph.whole();
        let heading = heading.split(['：', '\n']).next().unwrap_or_default().to_owned();
        self.level = paragraph.level;
        self.heading.clone_from(&heading);
        let Target::Section(index) = target else {
            self.place = Place::Aside(heading);
            return;
        };
        self.place = Place::Section(index);
        let Some(section) = self.sections.get_mut(index) else { return };
        // Said a second time: the first may have been in a table of contents typed by hand.
        if section.body != Body::default() {
            section.body.push_text(&heading);
        }
        section.heading.get_or_insert(heading);
        section.level = section.level.or(paragraph.level);
    }

    /// A heading as high as the section's own, and of no section.
    fn is_foreign(&self, paragraph: &Paragraph) -> bool {
        let (Some(own), Some(level)) = (self.level, paragraph.level) else { return false };
        self.place != Place::Aside(BEFORE.to_owned()) && level <= own
    }

    fn add(&mut self, lines: Vec<String>) {
        match &self.place {
            Place::Section(index) => {
                if let Some(section) = self.sections.get_mut(*index) {
                    lines.iter().for_each(|line| section.body.push_text(line));
                }
            }
            Place::Aside(place) => self.put_aside(&place.clone(), lines),
        }
    }

    fn put_aside(&mut self, place: &str, lines: Vec<String>) {
        let text = lines.join("\n");
        if text.trim().is_empty() {
            return;
        }
        match self.letter.aside.last_mut() {
            Some(last) if last.place == place => {
                last.text.push('\n');
                last.text.push_str(&text);
            }
            _ => self.letter.aside.push(Aside { place: place.to_owned(), text }),
        }
    }
}

/// Takes the last line out of a section where it is the caption of the table that follows.
fn taken_caption(body: &mut Body, styled: bool) -> Option<String> {
    let text = body.parts.last_mut().map_or(&mut body.opening, |part| &mut part.after);
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let words = caption::words(text.get(start..)?, Of::Table, styled)?;
    text.truncate(start.saturating_sub(1));
    Some(words)
}
