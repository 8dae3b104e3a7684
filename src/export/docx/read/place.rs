//! Puts the pieces of a letter into the sections of the notice, and the rest aside.

use super::body::{Paragraph, Piece, lines};
use super::heading::{Headings, Target};
use super::{Aside, ImportedLetter, ImportedSection};
use crate::domain::Application;

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
    lines: Vec<String>,
}

struct Placing {
    sections: Vec<Section>,
    place: Place,
    /// Depth of the heading the text is under.
    level: Option<u8>,
    heading: String,
    letter: ImportedLetter,
}

/// Places everything.
pub(super) fn place(pieces: Vec<Piece>, notes: Vec<Aside>, headings: &Headings) -> ImportedLetter {
    let mut placing = Placing {
        sections: Application::SECTIONS.iter().map(|_| Section::default()).collect(),
        place: Place::Aside(BEFORE.to_owned()),
        level: None,
        heading: BEFORE.to_owned(),
        letter: ImportedLetter::default(),
    };
    for piece in pieces {
        placing.piece(piece, headings);
    }
    let Placing { sections, mut letter, .. } = placing;
    letter.aside.extend(notes);
    let found = Application::SECTIONS.iter().zip(sections).filter_map(|(name, section)| {
        let text = section.lines.join("\n");
        section.heading.map(|heading| ImportedSection { name, heading, text })
    });
    letter.sections = found.collect();
    letter
}

impl Placing {
    fn piece(&mut self, piece: Piece, headings: &Headings) {
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
                None => self.add(lines(&[Piece::Paragraph(paragraph)])),
            },
            Piece::Picture(name) => {
                let number = self.letter.pictures.len() + 1;
                let name =
                    if name.trim().is_empty() { String::new() } else { format!("“{name}”") };
                let picture = format!("图片 {number}{name}，在“{}”中", self.heading);
                self.letter.pictures.push(picture);
            }
            Piece::TextBox(text) => self.put_aside(TEXT_BOX, vec![text]),
            table => self.add(lines(&[table])),
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
        if !section.lines.is_empty() {
            section.lines.push(heading.clone());
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
        match self.place.clone() {
            Place::Section(index) => {
                if let Some(section) = self.sections.get_mut(index) {
                    section.lines.extend(lines);
                }
            }
            Place::Aside(place) => self.put_aside(&place, lines),
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
