//! The text of a document as paragraphs, tables and what stands between them.

use super::Aside;
use super::archive::LetterError;
use super::grid::{self, Cell, Grid, Row};
use super::numbering::Numbering;
use super::picture::Shown;
use super::styles::{self, Styles};
use super::tags::{Attributes, Tag, walk};

/// Most characters of a letter.
const MAX_TEXT: usize = 300_000;
/// Most paragraphs, cells and rows of a letter.
const MAX_PIECES: usize = 50_000;
/// Longest name of a picture that is told.
const MAX_NAME: usize = 60;
/// Most pictures of one drawing.
const MAX_PICTURES: usize = 100;

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Paragraph(Paragraph),
    /// A table.
    Table(Grid),
    /// A picture.
    Picture(Shown),
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
    /// It is a caption by its style.
    pub(super) caption: bool,
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

/// Reads `document.xml`: its pieces, and the width of its text, English Metric Units.
pub(super) fn read(
    xml: &str,
    styles: &Styles,
    numbering: Numbering,
) -> Result<(Vec<Piece>, f32), LetterError> {
    let mut reading = Reading::new(styles, numbering);
    walk(xml, &mut |tag| reading.meet(tag))?;
    let (pieces, sheet) = (reading.pieces, reading.sheet);
    let said = |piece: &Piece| match piece {
        Piece::Paragraph(paragraph) => !paragraph.text.trim().is_empty(),
        Piece::Table(grid) => grid.rows.iter().flatten().any(|cell| !cell.is_empty()),
        Piece::TextBox(_) => true,
        Piece::Picture(_) => false,
    };
    match pieces.iter().any(said) {
        true => Ok((pieces, sheet.text_width())),
        false => Err(LetterError::Empty),
    }
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
            Piece::Table(grid) => lines.extend(grid.lines()),
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
    Table(Vec<Row>),
    Row(Row),
    Cell(Cell),
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
    width: Option<u32>,
    /// How the text refers to each of its pictures; `None` for one that is none, such as a chart.
    pictures: Vec<Option<String>>,
}

/// The page, in twentieths of a point.
#[derive(Clone, Copy)]
struct Sheet {
    width: f32,
    left: f32,
    right: f32,
}

impl Sheet {
    fn text_width(self) -> f32 {
        const EMU_PER_TWIP: f32 = 635.0;
        (self.width - self.left - self.right).max(1.0) * EMU_PER_TWIP
    }
}

struct Reading<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    pieces: Vec<Piece>,
    frames: Vec<Frame>,
    drawings: Vec<Drawing>,
    sheet: Sheet,
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
            // A4 with the margins of an official letter (GB/T 9704-2012 5.2).
            sheet: Sheet { width: 11_906.0, left: 1588.0, right: 1474.0 },
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
            "w:tr" => self.push(Frame::Row(Row::default()))?,
            "w:tc" => self.push(Frame::Cell(Cell::default()))?,
            "w:txbxContent" => self.push(Frame::TextBox(Vec::new()))?,
            "w:drawing" | "w:pict" | "w:object" => self.drawings.push(Drawing::default()),
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
            _ if !self.drawings.is_empty() => self.drawn(name, attributes),
            _ => self.property(name, attributes),
        }
        Ok(())
    }

    /// What a drawing holds.
    fn drawn(&mut self, name: &str, attributes: &Attributes<'_>) {
        let Some(drawing) = self.drawings.last_mut() else { return };
        match name {
            "wp:docPr" => {
                let name = attributes.get("descr").filter(|name| !name.trim().is_empty());
                let name = name.or_else(|| attributes.get("name")).unwrap_or_default();
                drawing.name = name.chars().take(MAX_NAME).collect();
            }
            "wp:extent" => drawing.width = attributes.get("cx").and_then(|cx| cx.parse().ok()),
            "a:blip" if drawing.pictures.len() < MAX_PICTURES => {
                drawing.pictures.push(attributes.get("r:embed"));
            }
            "v:imagedata" if drawing.pictures.len() < MAX_PICTURES => {
                drawing.pictures.push(attributes.get("r:id"));
            }
            "c:chart" | "dgm:relIds" if drawing.pictures.is_empty() => drawing.pictures.push(None),
            // The text of a box in the drawing.
            _ => self.property(name, attributes),
        }
    }

    /// Properties of a row or a cell.
    fn of_table(&mut self, name: &str, attributes: &Attributes<'_>) {
        let number = || attributes.val().and_then(|n| n.parse().ok()).unwrap_or(0);
        match (self.frames.last_mut(), name) {
            (Some(Frame::Row(row)), "w:tblHeader") => row.repeats = attributes.is_on(),
            (Some(Frame::Row(row)), "w:gridBefore") => row.before = number(),
            (Some(Frame::Cell(cell)), "w:gridSpan") => cell.span = number(),
            (Some(Frame::Cell(cell)), "w:vMerge") => {
                cell.goes_on = attributes.val().as_deref() != Some("restart");
            }
            _ => {}
        }
    }

    fn page(&mut self, name: &str, attributes: &Attributes<'_>) {
        let length = |key: &str| attributes.get(key).and_then(|n| n.parse::<f32>().ok());
        if name == "w:pgSz" {
            self.sheet.width = length("w:w").unwrap_or(self.sheet.width);
        } else {
            self.sheet.left = length("w:left").unwrap_or(self.sheet.left);
            self.sheet.right = length("w:right").unwrap_or(self.sheet.right);
        }
    }

    /// Properties of the paragraph and of its runs.
    fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "w:tblHeader" | "w:gridBefore" | "w:gridSpan" | "w:vMerge" => {
                return self.of_table(name, attributes);
            }
            "w:pgSz" | "w:pgMar" => return self.page(name, attributes),
            _ => {}
        }
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
                let Drawing { name, width, pictures } = self.drawings.pop().unwrap_or_default();
                // The width is that of all of them.
                let width = width.filter(|_| pictures.len() == 1);
                let shown = |relation| Shown { name: name.clone(), relation, width };
                self.put(pictures.into_iter().map(shown).map(Piece::Picture));
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
                self.put(grid::pieces(rows));
            }
            Some(Frame::Row(row)) => {
                if let Some(Frame::Table(rows)) = self.frames.last_mut() {
                    rows.push(row);
                }
            }
            Some(Frame::Cell(cell)) => {
                if let Some(Frame::Row(row)) = self.frames.last_mut() {
                    row.cells.push(cell);
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
        paragraph.caption = style.is_some_and(|id| self.styles.is_caption(id));
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
            Some(Frame::Cell(Cell { content, .. }) | Frame::TextBox(content)) => {
                content.extend(pieces);
            }
            Some(Frame::Paragraph(open)) => open.beside.extend(pieces),
            _ => self.pieces.extend(pieces),
        }
    }
}

/// Older versions of what is there, what was taken out, and readings above characters.
fn is_passed_over(name: &str) -> bool {
    matches!(name, "mc:Fallback" | "w:del" | "w:moveFrom" | "w:rt") || name.ends_with("Change")
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
