//! Boxes to tick: drawn, and read as ☐ or ☑, which no bundled face has.

use printpdf::{Codepoint, Line, LinePoint, Op, TextItem, TextMatrix, TextRenderingMode};
use rustybuzz::ttf_parser;

use crate::typeset::page::{CheckBox, Face};

use super::PdfError;
use super::content::Writer;
use super::subset::Subset;
use super::tags::Tags;
use super::text::pt;

/// The face of the invisible glyph.
pub(super) const FACE: Face = Face::Song;

/// Thickness of the outline, share of the box's height.
const OUTLINE: f32 = 0.06;
/// Thickness of the tick, share of the box's height.
const TICK: f32 = 0.11;
/// The tick's corners, shares of the box's width and height.
const TICK_CORNERS: [(f32, f32); 3] = [(0.20, 0.52), (0.42, 0.76), (0.82, 0.22)];

/// The glyph set invisibly in a box, and what it reads as to a reader that knows no ActualText.
pub(super) fn stand_in(check_box: CheckBox) -> Result<(u16, &'static str), PdfError> {
    let (character, text) = if check_box.checked { ('■', "■") } else { ('□', "□") };
    let failure = |reason: String| PdfError::Font { face: FACE.postscript_name(), reason };
    let face = ttf_parser::Face::parse(FACE.data(), 0).map_err(|e| failure(e.to_string()))?;
    let glyph =
        face.glyph_index(character).ok_or_else(|| failure(format!("缺字符 {character}")))?;
    Ok((glyph.0, text))
}

/// Draws a box.
pub(super) fn draw(writer: &mut Writer, tags: &mut Tags<'_>, check_box: CheckBox, subset: &Subset) {
    let rect = check_box.rect;
    let text = if check_box.checked { "☑" } else { "☐" };
    tags.begin(&mut writer.ops, Some(text));

    let inset = rect.height * OUTLINE / 2.0;
    let (left, right) = (rect.x + inset, rect.right() - inset);
    let (top, bottom) = (rect.y + inset, rect.bottom() - inset);
    writer.set_stroke(rect.height * OUTLINE, false);
    draw_path(writer, &[(left, top), (right, top), (right, bottom), (left, bottom)], true);
    if check_box.checked {
        writer.set_stroke(rect.height * TICK, true);
        let corners =
            TICK_CORNERS.map(|(x, y)| (rect.x + x * rect.width, rect.y + y * rect.height));
        draw_path(writer, &corners, false);
    }

    write_stand_in(writer, check_box, subset);
    tags.end(&mut writer.ops);
}

fn draw_path(writer: &mut Writer, corners: &[(f32, f32)], is_closed: bool) {
    let points = corners.iter().map(|(x, y)| LinePoint { p: writer.point(*x, *y), bezier: false });
    let line = Line { points: points.collect(), is_closed };
    writer.ops.push(Op::DrawLine { line });
}

/// The invisible glyph that carries the text.
fn write_stand_in(writer: &mut Writer, check_box: CheckBox, subset: &Subset) {
    let Ok((glyph, _)) = stand_in(check_box) else { return };
    let rect = check_box.rect;
    let cid = subset.cid(glyph);
    let shown = Codepoint::with_cid(cid, 0.0, subset.reading(cid).to_owned());
    writer.ops.push(Op::StartTextSection);
    writer.set_font(FACE, rect.height);
    let origin = writer.point(rect.x, rect.bottom() - 0.12 * rect.height);
    writer.ops.extend([
        Op::SetTextRenderingMode { mode: TextRenderingMode::Invisible },
        Op::SetTextMatrix { matrix: TextMatrix::Translate(pt(origin.x.0), pt(origin.y.0)) },
        Op::ShowText { items: vec![TextItem::GlyphIds(vec![shown])] },
        Op::SetTextRenderingMode { mode: TextRenderingMode::Fill },
        Op::EndTextSection,
    ]);
}
