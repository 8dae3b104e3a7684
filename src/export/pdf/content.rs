//! Pages as drawing operators.

use std::collections::BTreeMap;

use printpdf::{
    Color, Greyscale, Line, LineCapStyle, LineJoinStyle, LinePoint, Op, PaintMode, PdfDocument,
    PdfFontHandle, PdfPage, Point, Pt, Rect,
};

use crate::typeset::page::{Face, Fill, GlyphRun, Item, Page, Rule};
use crate::typeset::structure::{ElementId, Structure};
use crate::typeset::{Paper, geometry};

use super::pictures::Pictures;
use super::subset::{Subset, resource};
use super::tags::Tags;
use super::{check_box, text};

/// The thinnest line, pt: 0 would be one dot of the printer, whatever its size.
const HAIRLINE: f32 = 0.1;

/// All pages with their fonts, and for each page the elements of its marks, which there are only where
/// `structure` is given.
pub(super) fn document(
    paper: &Paper,
    structure: Option<&Structure>,
    fonts: &BTreeMap<Face, Subset>,
    pictures: &Pictures,
) -> (PdfDocument, Vec<Vec<ElementId>>) {
    let mut document = PdfDocument::new(&paper.title);
    let pages = paper.pages.iter().map(|page| write_page(page, structure, fonts, pictures));
    let (pages, content) = pages.unzip();
    document.pages = pages;
    for (face, subset) in fonts {
        document.resources.fonts.map.insert(resource(*face), subset.font());
    }
    (document, content)
}

fn write_page(
    page: &Page,
    structure: Option<&Structure>,
    fonts: &BTreeMap<Face, Subset>,
    pictures: &Pictures,
) -> (PdfPage, Vec<ElementId>) {
    let side = |length: f32, a4: f32| {
        Pt(rounded(if length.is_finite() && length > 0.0 { length } else { a4 }))
    };
    let (width, height) =
        (side(page.width, geometry::A4_WIDTH), side(page.height, geometry::A4_HEIGHT));
    let mut writer =
        Writer { ops: Vec::new(), height: height.0, font: None, shade: 0.0, stroke: None };
    let mut tags = Tags::new(structure);
    for item in &page.items {
        match item {
            Item::Rule(_) | Item::Fill(_) => tags.begin_drawing(&mut writer.ops),
            _ => tags.end(&mut writer.ops),
        }
        match item {
            Item::Text(run) => {
                if let Some(subset) = fonts.get(&run.face) {
                    write_run(&mut writer, &mut tags, run, subset);
                }
            }
            Item::Rule(rule) => draw_rule(&mut writer, *rule),
            Item::CheckBox(check_box) => {
                if let Some(subset) = fonts.get(&check_box::FACE) {
                    check_box::draw(&mut writer, &mut tags, *check_box, subset);
                }
            }
            Item::Fill(fill) => draw_fill(&mut writer, *fill),
            Item::Picture(picture) => {
                tags.begin(&mut writer.ops, None);
                pictures.draw(&mut writer, picture);
            }
            Item::Mark(element) => tags.belong_to(*element),
        }
    }
    tags.end(&mut writer.ops);
    let sheet = Rect::from_wh(width, height);
    let page = PdfPage {
        media_box: sheet.clone(),
        trim_box: sheet.clone(),
        crop_box: sheet,
        ops: writer.ops,
    };
    (page, tags.content)
}

fn write_run(writer: &mut Writer, tags: &mut Tags<'_>, run: &GlyphRun, subset: &Subset) {
    if run.glyphs.is_empty() {
        return;
    }
    writer.ops.push(Op::StartTextSection);
    writer.set_shade(run.grey.0);
    let size = writer.set_font(run.face, run.size);
    let start = writer.point(run.origin.x, run.origin.y);
    text::show(&mut writer.ops, tags, run, subset, (start.x.0, start.y.0), size);
    writer.ops.push(Op::EndTextSection);
}

fn draw_rule(writer: &mut Writer, rule: Rule) {
    writer.set_stroke(rule.width, false);
    let ends = [rule.from, rule.to];
    let points =
        ends.map(|end| LinePoint { p: writer.point(end.x, end.y), bezier: false }).to_vec();
    writer.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
}

fn draw_fill(writer: &mut Writer, fill: Fill) {
    writer.set_shade(fill.grey.0);
    let corner = writer.point(fill.rect.x, fill.rect.bottom());
    let (width, height) = (Pt(rounded(fill.rect.width)), Pt(rounded(fill.rect.height)));
    let rectangle = Rect {
        x: corner.x,
        y: corner.y,
        mode: Some(PaintMode::Fill),
        ..Rect::from_wh(width, height)
    };
    writer.ops.push(Op::DrawRectangle { rectangle });
}

/// Operators of a page, and the graphics state they leave.
#[derive(Debug)]
pub(super) struct Writer {
    /// Operators so far.
    pub(super) ops: Vec<Op>,
    height: f32,
    font: Option<(Face, f32)>,
    shade: f32,
    stroke: Option<(f32, bool)>,
}

impl Writer {
    /// A point of the layout, from the top-left corner, as one of the file, from the lower left.
    pub(super) fn point(&self, x: f32, y: f32) -> Point {
        Point { x: Pt(rounded(x)), y: Pt(rounded(self.height - y)) }
    }

    /// Sets font and size, pt, where they change, and gives the size set.
    pub(super) fn set_font(&mut self, face: Face, size: f32) -> f32 {
        let size = rounded(size).max(0.1);
        if self.font != Some((face, size)) {
            self.font = Some((face, size));
            let font = PdfFontHandle::External(resource(face));
            self.ops.push(Op::SetFont { font, size: Pt(size) });
        }
        size
    }

    /// Sets thickness, pt, and the ends of lines: round ones for a tick, else square ones, so that the
    /// corners of tables are whole.
    pub(super) fn set_stroke(&mut self, width: f32, round: bool) {
        let width = rounded(width).max(HAIRLINE);
        if self.stroke == Some((width, round)) {
            return;
        }
        let (cap, join) = if round {
            (LineCapStyle::Round, LineJoinStyle::Round)
        } else {
            (LineCapStyle::ProjectingSquare, LineJoinStyle::Miter)
        };
        if self.stroke.is_none_or(|(_, before)| before != round) {
            self.ops.push(Op::SetLineCapStyle { cap });
            self.ops.push(Op::SetLineJoinStyle { join });
        }
        self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        self.stroke = Some((width, round));
    }

    fn set_shade(&mut self, shade: f32) {
        let shade = rounded(shade).clamp(0.0, 1.0);
        if shade != self.shade {
            self.shade = shade;
            let col = Color::Greyscale(Greyscale::new(shade, None));
            self.ops.push(Op::SetFillColor { col });
        }
    }
}

/// A number as it goes into the file: in thousandths, 0 for what is no number.
pub(super) fn rounded(value: f32) -> f32 {
    let value = (f64::from(value) * 1000.0).round() / 1000.0;
    // Adding 0 turns -0 into 0.
    if value.is_finite() { value as f32 + 0.0 } else { 0.0 }
}
