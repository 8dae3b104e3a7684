//! The text of a document as paragraphs, tables and what stands between them.

use super::Aside;
use super::archive::LetterError;
use super::numbering::Numbering;
use super::styles::{self, Styles};
use super::tags::{Attributes, Tag, walk};

/// Most characters of a letter.
const MAX_TEXT: usize = 300_000;
/// Most paragraphs, cells and rows of a letter.
const MAX_PIECES: usize = 50_000;
/// Longest name of a picture that is told.
const MAX_NAME: usize = 60;

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Paragraph(Paragraph),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
    /// A picture, by its name; empty where it has none.
    Picture(String),
    /// The text of a box beside the text.
    TextBox(String),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// What Word puts before it by itself, such as （一）.
    pub(super) number: String,
    /// Depth where it is a heading by its style, from 0.
    pub(super) level: Option<u8>,
    /// All of it is bold.
    pub(super) bold: bool,
    /// It stands in a table of contents.
    pub(super) contents: bool,
}

impl Paragraph {
    /// Number and text.
    pub(super) fn whole(&self) -> String {
        let text = self.text.trim();
        match (self.number.as_str(), text) {
            ("", text) => text.to_owned(),
            (_, "") => String::new(),
            (number, text) if number.ends_with(['.', '·']) => format!("{number} {text}"),
            (number, text) => format!("{number}{text}"),
        }
    }
}

/// Reads `document.xml`.
pub(super) fn read(
    xml: &str,
    styles: &Styles,
    numbering: Numbering,
) -> Result<Vec<Piece>, LetterError> {
    let mut reading = Reading::new(styles, numbering);
    walk(xml, &mut |tag| reading.meet(tag))?;
    let pieces = reading.pieces;
    let said = |piece: &Piece| match piece {
        Piece::Paragraph(paragraph) => !paragraph.text.trim().is_empty(),
        Piece::Table(rows) => rows.iter().flatten().any(|cell| !cell.is_empty()),
        Piece::TextBox(_) => true,
        Piece::Picture(_) => false,
    };
    if pieces.iter().any(said) { Ok(pieces) } else { Err(LetterError::Empty) }
}

/// Reads footnotes, endnotes and comments, each to be put aside.
pub(super) fn read_notes(parts: &[String]) -> Result<Vec<Aside>, LetterError> {
    let mut notes = Vec::new();
    for xml in parts {
        let styles = Styles::default();
        let mut reading = Reading::new(&styles, Numbering::default());
        let mut place = "";
        walk(xml, &mut |tag| {
            match &tag {
                Tag::Open("w:footnotes", _) => place = "脚注",
                Tag::Open("w:endnotes", _) => place = "尾注",
                Tag::Open("w:comments", _) => place = "批注",
                _ => {}
            }
            reading.meet(tag)
        })?;
        let text = lines(&reading.pieces).join("\n");
        if !text.is_empty() {
            notes.push(Aside { place: place.to_owned(), text });
        }
    }
    Ok(notes)
}

/// The lines of pieces; pictures have none.
pub(super) fn lines(pieces: &[Piece]) -> Vec<String> {
    let mut lines = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => {
                let whole = paragraph.whole();
                lines.extend(whole.lines().map(str::trim).map(str::to_owned));
            }
            Piece::Table(rows) => lines.extend(rows.iter().map(|row| row.join("\t"))),
            Piece::TextBox(text) => lines.extend(text.lines().map(str::to_owned)),
            Piece::Picture(_) => {}
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// An element whose end is awaited.
enum Frame {
    Paragraph(Box<Open>),
    Table(Vec<Vec<Vec<Piece>>>),
    Row(Vec<Vec<Piece>>),
    Cell(Vec<Piece>),
    TextBox(Vec<Piece>),
}

/// A paragraph being read.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    style: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    depth: usize,
    in_properties: bool,
    in_text: bool,
    run: Run,
    /// Some of its letters are not bold.
    has_plain: bool,
    /// What stands in it and is not text.
    beside: Vec<Piece>,
}

#[derive(Default)]
struct Run {
    bold: Option<bool>,
    raised: Option<bool>,
}

#[derive(Default)]
struct Drawing {
    name: String,
    is_picture: bool,
}

struct Reading<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    pieces: Vec<Piece>,
    frames: Vec<Frame>,
    drawings: Vec<Drawing>,
    /// For each open content control, whether it holds a table of contents.
    controls: Vec<bool>,
    /// Elements open within one that is passed over.
    skipped: usize,
    characters: usize,
    count: usize,
}

impl<'a> Reading<'a> {
    fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            pieces: Vec::new(),
            frames: Vec::new(),
            drawings: Vec::new(),
            controls: Vec::new(),
            skipped: 0,
            characters: 0,
            count: 0,
        }
    }

    fn meet(&mut self, tag: Tag<'_>) -> Result<(), LetterError> {
        match tag {
            Tag::Open(name, _) if self.skipped > 0 || is_passed_over(name) => self.skipped += 1,
            Tag::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Tag::Open(name, attributes) => return self.open(name, &attributes),
            Tag::Close(name) => return self.close(name),
            Tag::Text(text) => {
                if self.skipped == 0 && self.paragraph().is_some_and(|open| open.in_text) {
                    return self.say(text);
                }
            }
        }
        Ok(())
    }

    fn paragraph(&mut self) -> Option<&mut Open> {
        match self.frames.last_mut() {
            Some(Frame::Paragraph(open)) => Some(open),
            _ => None,
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), LetterError> {
        match name {
            "w:p" => self.push(Frame::Paragraph(Box::default()))?,
            "w:tbl" => self.push(Frame::Table(Vec::new()))?,
            "w:tr" => self.push(Frame::Row(Vec::new()))?,
            "w:tc" => self.push(Frame::Cell(Vec::new()))?,
            "w:txbxContent" => self.push(Frame::TextBox(Vec::new()))?,
            "w:drawing" | "w:pict" | "w:object" => self.drawings.push(Drawing::default()),
            "wp:docPr" => {
                let name = attributes.get("descr").filter(|name| !name.trim().is_empty());
                let name = name.or_else(|| attributes.get("name")).unwrap_or_default();
                if let Some(drawing) = self.drawings.last_mut() {
                    drawing.name = name.chars().take(MAX_NAME).collect();
                }
            }
            "a:blip" | "v:imagedata" | "c:chart" | "dgm:relIds" => {
                if let Some(drawing) = self.drawings.last_mut() {
                    drawing.is_picture = true;
                }
            }
            "w:sdt" => self.controls.push(false),
            "w:docPartGallery" => {
                let is_contents = attributes.val().as_deref() == Some("Table of Contents");
                if let Some(control) = self.controls.last_mut() {
                    *control |= is_contents;
                }
            }
            "w:tab" if self.paragraph().is_some_and(|open| !open.in_properties) => {
                self.say("\t")?
            }
            "w:br" | "w:cr" => self.say("\n")?,
            "w:noBreakHyphen" => self.say("-")?,
            "w:sym" => self.say(symbol(attributes.get("w:char").as_deref()))?,
            _ => self.property(name, attributes),
        }
        Ok(())
    }

    /// Properties of the paragraph and of its runs.
    fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let Some(open) = self.paragraph() else { return };
        match name {
            "w:pPr" => open.in_properties = true,
            "w:r" => open.run = Run::default(),
            "w:t" | "m:t" => open.in_text = true,
            "w:pStyle" => open.style = attributes.val(),
            "w:outlineLvl" => open.outline = styles::outline(attributes.val()),
            "w:numId" => open.list = attributes.val(),
            "w:ilvl" => open.depth = attributes.val().and_then(|n| n.parse().ok()).unwrap_or(0),
            "w:b" if !open.in_properties => open.run.bold = Some(attributes.is_on()),
            "w:vertAlign" if !open.in_properties => {
                open.run.raised = match attributes.val().as_deref() {
                    Some("superscript") => Some(true),
                    Some("subscript") => Some(false),
                    _ => None,
                };
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), LetterError> {
        match name {
            "w:t" | "m:t" => {
                if let Some(open) = self.paragraph() {
                    open.in_text = false;
                }
            }
            "w:pPr" => {
                if let Some(open) = self.paragraph() {
                    open.in_properties = false;
                }
            }
            "w:sdt" => {
                self.controls.pop();
            }
            "w:drawing" | "w:pict" | "w:object" => {
                let drawing = self.drawings.pop().filter(|drawing| drawing.is_picture);
                let picture = drawing.map(|drawing| Piece::Picture(drawing.name));
                match self.paragraph() {
                    Some(open) => open.beside.extend(picture),
                    None => self.put(picture),
                }
            }
            "w:p" | "w:tbl" | "w:tr" | "w:tc" | "w:txbxContent" => return self.end(),
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, frame: Frame) -> Result<(), LetterError> {
        self.count += 1;
        if self.count > MAX_PIECES {
            return Err(LetterError::TooMuch);
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Adds to the text of the paragraph.
    fn say(&mut self, text: &str) -> Result<(), LetterError> {
        self.characters += text.chars().count();
        if self.characters > MAX_TEXT {
            return Err(LetterError::TooMuch);
        }
        let style_bold = match self.frames.last() {
            Some(Frame::Paragraph(open)) => {
                open.style.as_ref().is_some_and(|style| self.styles.is_bold(style))
            }
            _ => return Ok(()),
        };
        let Some(open) = self.paragraph() else { return Ok(()) };
        if !text.trim().is_empty() && !open.run.bold.unwrap_or(style_bold) {
            open.has_plain = true;
        }
        match open.run.raised {
            None => open.paragraph.text.push_str(text),
            Some(raised) => open.paragraph.text.extend(text.chars().map(|c| shifted(c, raised))),
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), LetterError> {
        match self.frames.pop() {
            Some(Frame::Paragraph(open)) => self.end_paragraph(*open)?,
            Some(Frame::Table(rows)) => {
                let pieces = flattened(rows);
                self.put(pieces);
            }
            Some(Frame::Row(cells)) => {
                if let Some(Frame::Table(rows)) = self.frames.last_mut() {
                    rows.push(cells);
                }
            }
            Some(Frame::Cell(pieces)) => {
                if let Some(Frame::Row(cells)) = self.frames.last_mut() {
                    cells.push(pieces);
                }
            }
            Some(Frame::TextBox(pieces)) => {
                let text = lines(&pieces).join("\n");
                let pictures = pieces.into_iter().filter(|p| matches!(p, Piece::Picture(_)));
                let text = (!text.is_empty()).then_some(Piece::TextBox(text));
                let content: Vec<_> = text.into_iter().chain(pictures).collect();
                match self.paragraph() {
                    Some(open) => open.beside.extend(content),
                    None => self.put(content),
                }
            }
            None => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self, open: Open) -> Result<(), LetterError> {
        let Open { mut paragraph, style, outline, list, depth, has_plain, beside, .. } = open;
        let style = style.as_deref();
        let in_contents = self.controls.contains(&true);
        paragraph.level = outline.or_else(|| style.and_then(|id| self.styles.heading(id)));
        paragraph.contents = in_contents || style.is_some_and(|id| self.styles.is_contents(id));
        let written = !paragraph.text.trim().is_empty();
        paragraph.bold = written && !has_plain;
        let of_style = style.and_then(|id| self.styles.number(id));
        let list = list.as_deref().map(|list| (list, depth)).or(of_style);
        if let Some((list, depth)) = list.filter(|(list, _)| written && *list != "0") {
            paragraph.number = self.numbering.next(list, depth);
            self.characters += paragraph.number.chars().count();
        }
        if self.characters > MAX_TEXT {
            return Err(LetterError::TooMuch);
        }
        self.put(written.then_some(Piece::Paragraph(paragraph)));
        self.put(beside);
        Ok(())
    }

    /// Adds pieces to what is open, or to the text.
    fn put(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        match self.frames.last_mut() {
            Some(Frame::Cell(content) | Frame::TextBox(content)) => content.extend(pieces),
            Some(Frame::Paragraph(open)) => open.beside.extend(pieces),
            _ => self.pieces.extend(pieces),
        }
    }
}

/// Older versions of what is there, what was taken out, and readings above characters.
fn is_passed_over(name: &str) -> bool {
    matches!(name, "mc:Fallback" | "w:del" | "w:moveFrom" | "w:rt") || name.ends_with("Change")
}

/// The pieces of a table. A frame of one cell around text is no table.
fn flattened(mut rows: Vec<Vec<Vec<Piece>>>) -> Vec<Piece> {
    if let [row] = rows.as_mut_slice()
        && let [cell] = row.as_mut_slice()
    {
        return std::mem::take(cell);
    }
    let pictures: Vec<_> = rows
        .iter()
        .flatten()
        .flatten()
        .filter(|piece| matches!(piece, Piece::Picture(_)))
        .cloned()
        .collect();
    let cell = |pieces: Vec<Piece>| lines(&pieces).join(" ").replace(['\t', '\n'], " ");
    let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    std::iter::once(Piece::Table(rows)).chain(pictures).collect()
}

/// A character of a font of symbols: boxes to tick keep their sense, others become a box.
fn symbol(code: Option<&str>) -> &'static str {
    let code = code.and_then(|code| u32::from_str_radix(code, 16).ok()).map(|code| code & 0xFF);
    match code {
        Some(0xFE | 0x52 | 0xFC) => "☑",
        Some(0xA8 | 0x6F | 0xA3) => "☐",
        Some(0xB7 | 0x6C | 0x9F) => "·",
        _ => "□",
    }
}

/// A raised or lowered character where there is one.
fn shifted(c: char, raised: bool) -> char {
    const PLAIN: &str = "0123456789+-=()n";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ";
    let shifted = if raised { RAISED } else { LOWERED };
    let place = PLAIN.chars().position(|plain| plain == c);
    place.and_then(|place| shifted.chars().nth(place)).unwrap_or(c)
}
