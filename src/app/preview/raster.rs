//! A page as pixels: glyph outlines, lines, boxes to tick and the places of seals.

mod canvas;

use std::collections::HashMap;
use std::ops::Range;

use rustybuzz::ttf_parser::{self, GlyphId, OutlineBuilder};
use tiny_skia::{FillRule, Mask, Path, PathBuilder, Transform};

use self::canvas::{Canvas, draw_check_box, draw_fill, draw_rule, draw_seal, grey};
use super::figure::{Figures, Reader, stand_in};
use crate::typeset::page::{CheckBox, Face, Fill, GlyphRun, Item, Page, PagePicture};

/// Pixels of a page, RGBA, opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Width in pixels.
    pub(crate) width: u32,
    /// Height in pixels.
    pub(crate) height: u32,
    /// `width × height × 4` bytes.
    pub(crate) rgba: Vec<u8>,
    /// The columns that hold all the ink, and maybe a few more; empty where there is none.
    pub(crate) inked: Range<u32>,
}

/// Draws pages; keeps the outlines of glyphs it has drawn.
#[derive(Default)]
pub(crate) struct Rasteriser {
    faces: HashMap<Face, Option<ttf_parser::Face<'static>>>,
    /// Outlines in font units, `y` upwards; `None` for a glyph without ink.
    outlines: HashMap<(Face, u16), Option<Path>>,
    /// Coverage of upright glyphs; `None` for a glyph without ink.
    stamps: HashMap<StampKey, Option<Stamp>>,
    /// Pixels of all stamps.
    stamped: usize,
    figures: Figures,
}

/// Face, glyph, pixels of an em as bits, quarter of a pixel at which the pen stands.
type StampKey = (Face, u16, u32, u8);

/// Coverage of a glyph, 0 to 255 a pixel, and where its corner lies from the pen.
struct Stamp {
    left: i32,
    top: i32,
    width: u32,
    coverage: Vec<u8>,
}

/// Most pixels of stamps that are kept: a page of a large zoom, or many pages of a usual one.
const MAX_STAMPED: usize = 8 << 20;
/// Places within a pixel at which a glyph is drawn; more cannot be told apart.
const QUARTERS: f32 = 4.0;

impl std::fmt::Debug for Rasteriser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rasteriser").field("outlines", &self.outlines.len()).finish()
    }
}

/// Most pixels of one edge; a page larger than that is drawn smaller.
const MAX_EDGE: f32 = 6000.0;

/// The scale at which a page is drawn where `scale` is wanted.
pub(crate) fn within(page: &Page, scale: f32) -> f32 {
    scale.min(MAX_EDGE / page.height.max(page.width).max(1.0))
}

/// Pixels of a page's width and height; `None` for one without area.
pub(crate) fn size(page: &Page, scale: f32) -> Option<(u32, u32)> {
    let scale = within(page, scale);
    let (width, height) =
        ((page.width * scale).round() as u32, (page.height * scale).round() as u32);
    (width > 0 && height > 0).then_some((width, height))
}

/// The first and the last pixel from the top between which all ink of something printed lies.
pub(crate) fn extent(item: &Item, scale: f32) -> (f32, f32) {
    let (top, bottom) = match item {
        Item::Text(run) if run.rotation != 0.0 => return (f32::MIN, f32::MAX),
        Item::Text(run) => {
            let Some(font) = run.face.parsed() else { return (f32::MIN, f32::MAX) };
            let bounds = font.global_bounding_box();
            let zoom = run.size / f32::from(font.units_per_em().max(1) as u16);
            let lift = run.glyphs.iter().map(|glyph| glyph.dy);
            let (low, high) = lift.fold((0.0_f32, 0.0_f32), |(l, h), dy| (l.min(dy), h.max(dy)));
            let y = run.origin.y;
            (y - high - f32::from(bounds.y_max) * zoom, y - low - f32::from(bounds.y_min) * zoom)
        }
        Item::Rule(rule) => {
            let (y, other) = (rule.from.y, rule.to.y);
            (y.min(other) - rule.width, y.max(other) + rule.width)
        }
        Item::CheckBox(CheckBox { rect, .. })
        | Item::Fill(Fill { rect, .. })
        | Item::Picture(PagePicture { rect, .. }) => (rect.y - 1.0, rect.bottom() + 1.0),
        // On no row.
        Item::Mark(_) => return (f32::MAX, f32::MIN),
    };
    (top * scale - 2.0, bottom * scale + 2.0)
}

impl Rasteriser {
    /// Draws a page at `scale` pixels a point; `None` for a page without area.
    #[must_use]
    pub(crate) fn draw(&mut self, page: &Page, scale: f32) -> Option<Picture> {
        let (_, height) = size(page, scale)?;
        self.draw_rows(page, scale, 0..height)
    }

    /// Draws these rows of a page; `None` where it has none of them.
    pub(crate) fn draw_rows(
        &mut self,
        page: &Page,
        scale: f32,
        rows: Range<u32>,
    ) -> Option<Picture> {
        let (width, _) = size(page, scale)?;
        let scale = within(page, scale);
        let mut canvas = Canvas::new(width, &rows)?;
        for item in &page.items {
            let (top, bottom) = extent(item, scale);
            if bottom < rows.start as f32 || top > rows.end as f32 {
                continue;
            }
            self.item(&mut canvas, item, scale);
        }
        for seal in &page.seals {
            draw_seal(&mut canvas, seal, scale);
        }
        let Canvas { pixmap, inked, .. } = canvas;
        let (width, height) = (pixmap.width(), pixmap.height());
        Some(Picture { width, height, rgba: pixmap.take(), inked })
    }

    /// Reads the pictures of figures with `reader` from now on.
    pub(super) fn read_with(&mut self, reader: Reader) {
        self.figures.read_with(reader);
    }

    fn item(&mut self, canvas: &mut Canvas, item: &Item, scale: f32) {
        match item {
            Item::Text(run) => self.run(canvas, run, scale),
            Item::Rule(rule) => draw_rule(canvas, rule, scale),
            Item::CheckBox(check_box) => draw_check_box(canvas, check_box, scale),
            Item::Fill(fill) => draw_fill(canvas, fill, scale),
            Item::Picture(picture) => {
                canvas.ink(picture.rect.x * scale, picture.rect.right() * scale + 1.0);
                let top = canvas.top;
                if !self.figures.draw(&mut canvas.pixmap, picture, scale, top) {
                    for item in stand_in(picture) {
                        self.item(canvas, &item, scale);
                    }
                }
            }
            Item::Mark(_) => {}
        }
    }

    fn run(&mut self, canvas: &mut Canvas, run: &GlyphRun, scale: f32) {
        if run.rotation == 0.0 {
            return self.upright(canvas, run, scale);
        }
        let units = self.units_per_em(run.face);
        let zoom = run.size / units;
        let paint = grey(run.grey.0);
        let turned = Transform::from_translate(run.origin.x, run.origin.y)
            .pre_rotate(-run.rotation)
            .post_scale(scale, scale)
            .post_concat(canvas.place());
        canvas.ink(0.0, f32::MAX);
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            if let Some(path) = self.outline(run.face, glyph.id) {
                let place = turned.pre_translate(pen + glyph.dx, -glyph.dy).pre_scale(zoom, -zoom);
                canvas.pixmap.fill_path(path, &paint, FillRule::Winding, place, None);
            }
            pen += glyph.advance;
        }
    }

    /// Text that stands upright, which is nearly all: glyphs are stamped, on whole pixels of height.
    fn upright(&mut self, canvas: &mut Canvas, run: &GlyphRun, scale: f32) {
        let shade = (run.grey.0.clamp(0.0, 1.0) * 255.0).round() as u8;
        let mut pen = run.origin.x;
        for glyph in &run.glyphs {
            let x = (pen + glyph.dx) * scale;
            let y = ((run.origin.y - glyph.dy) * scale).round();
            let quarter = ((x - x.floor()) * QUARTERS) as u8;
            if let Some(stamp) = self.stamp(run.face, glyph.id, run.size * scale, quarter) {
                press(canvas, stamp, x.floor() as i32, y as i32, shade);
            }
            pen += glyph.advance;
        }
    }

    fn stamp(&mut self, face: Face, glyph: u16, em: f32, quarter: u8) -> Option<&Stamp> {
        let key = (face, glyph, em.to_bits(), quarter);
        if !self.stamps.contains_key(&key) {
            if self.stamped > MAX_STAMPED {
                self.stamps.clear();
                self.stamped = 0;
            }
            let zoom = em / self.units_per_em(face);
            let shift = (f32::from(quarter) + 0.5) / QUARTERS;
            let stamp = self.outline(face, glyph).and_then(|path| cut(path, zoom, shift));
            self.stamped += stamp.as_ref().map_or(0, |stamp| stamp.coverage.len());
            self.stamps.insert(key, stamp);
        }
        self.stamps.get(&key)?.as_ref()
    }

    fn face(&mut self, face: Face) -> Option<&ttf_parser::Face<'static>> {
        self.faces
            .entry(face)
            .or_insert_with(|| ttf_parser::Face::parse(face.data(), face.index()).ok())
            .as_ref()
    }

    fn units_per_em(&mut self, face: Face) -> f32 {
        self.face(face).map_or(1000.0, |face| f32::from(face.units_per_em()))
    }

    fn outline(&mut self, face: Face, glyph: u16) -> Option<&Path> {
        if !self.outlines.contains_key(&(face, glyph)) {
            let mut outline = Outline(PathBuilder::new());
            let path = self
                .face(face)
                .and_then(|font| font.outline_glyph(GlyphId(glyph), &mut outline))
                .and_then(|_| outline.0.finish());
            self.outlines.insert((face, glyph), path);
        }
        self.outlines.get(&(face, glyph))?.as_ref()
    }
}

/// The coverage of an outline `zoom` pixels a unit, its pen `shift` pixels from a whole one.
fn cut(path: &Path, zoom: f32, shift: f32) -> Option<Stamp> {
    let bounds = path.bounds();
    let left = (bounds.left() * zoom + shift).floor();
    let top = (-bounds.bottom() * zoom).floor();
    let width = (bounds.right() * zoom + shift).ceil() - left;
    let height = (-bounds.top() * zoom).ceil() - top;
    let mut mask = Mask::new(width as u32, height as u32)?;
    let place = Transform::from_translate(shift - left, -top).pre_scale(zoom, -zoom);
    mask.fill_path(path, FillRule::Winding, true, place);
    Some(Stamp {
        left: left as i32,
        top: top as i32,
        width: mask.width(),
        coverage: mask.data().to_vec(),
    })
}

/// Inks the pixels under a stamp whose pen stands at `x`, `y` of the page; the pixmap is opaque.
fn press(canvas: &mut Canvas, stamp: &Stamp, x: i32, y: i32, shade: u8) {
    let (left, top) = (x.saturating_add(stamp.left), y.saturating_add(stamp.top));
    let top = top.saturating_sub(canvas.top);
    canvas.ink(left as f32, left as f32 + stamp.width as f32);
    let (width, height) = (canvas.pixmap.width() as i32, canvas.pixmap.height() as i32);
    let pixels = canvas.pixmap.data_mut();
    for (row, line) in stamp.coverage.chunks_exact(stamp.width as usize).enumerate() {
        let y = top.saturating_add(row as i32);
        if !(0..height).contains(&y) {
            continue;
        }
        for (column, &coverage) in line.iter().enumerate() {
            let x = left.saturating_add(column as i32);
            if coverage == 0 || !(0..width).contains(&x) {
                continue;
            }
            let at = (y as usize * width as usize + x as usize) * 4;
            let Some(pixel) = pixels.get_mut(at..at + 3) else { continue };
            let (ink, rest) = (u16::from(coverage), 255 - u16::from(coverage));
            for value in pixel {
                *value = ((u16::from(shade) * ink + u16::from(*value) * rest + 127) / 255) as u8;
            }
        }
    }
}

struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::typeset::geometry::{Point, Rect};
    use crate::typeset::page::{CheckBox, Glyph, Grey, Rule, SealSpace};

    fn page(items: Vec<Item>) -> Page {
        Page { width: 100.0, height: 100.0, items, ..Page::default() }
    }

    fn run(rotation: f32, grey: f32) -> Item {
        let id =
            ttf_parser::Face::parse(Face::Song.data(), 0).unwrap().glyph_index('国').unwrap().0;
        Item::Text(GlyphRun {
            face: Face::Song,
            size: 40.0,
            origin: Point { x: 50.0, y: 50.0 },
            rotation,
            grey: Grey(grey),
            text: "国".into(),
            glyphs: vec![Glyph { id, advance: 40.0, dx: 0.0, dy: 0.0, start: 0, end: 3 }],
        })
    }

    /// Box of all pixels darker than white, and the darkest of them.
    fn ink(picture: &Picture) -> ((u32, u32, u32, u32), u8) {
        let mut bounds = (u32::MAX, u32::MAX, 0, 0);
        let mut darkest = 255;
        for (i, pixel) in picture.rgba.chunks(4).enumerate() {
            if pixel[1] < 200 {
                let (x, y) = (i as u32 % picture.width, i as u32 / picture.width);
                bounds = (bounds.0.min(x), bounds.1.min(y), bounds.2.max(x), bounds.3.max(y));
                darkest = darkest.min(pixel[1]);
            }
        }
        (bounds, darkest)
    }

    #[test]
    fn a_glyph_stands_upright_on_its_baseline() {
        let picture = Rasteriser::default().draw(&page(vec![run(0.0, 0.0)]), 1.0).unwrap();
        let ((left, top, right, bottom), darkest) = ink(&picture);
        assert!(left >= 50 && right <= 91, "{left}..{right}");
        assert!((12..20).contains(&top) && (50..56).contains(&bottom), "{top}..{bottom}");
        assert!(darkest < 60);
    }

    #[test]
    fn a_glyph_stands_at_its_place_within_a_pixel_and_beyond_the_edge_is_cut() {
        let at = |x: f32| {
            let Item::Text(mut run) = run(0.0, 0.0) else { unreachable!() };
            run.origin.x = x;
            Rasteriser::default().draw(&page(vec![Item::Text(run)]), 1.0).unwrap()
        };
        assert_ne!(at(50.0), at(50.5));
        assert_eq!(at(50.0), at(50.1));
        let ((left, _, right, _), _) = ink(&at(-20.0));
        assert!(left == 0 && right < 21, "{left}..{right}");
        let ((_, _, right, _), _) = ink(&at(80.0));
        assert_eq!(right, 99);
    }

    #[test]
    fn a_face_of_a_persons_choice_is_drawn_as_its_file_has_it() {
        use crate::typeset::letter_face::{ChosenFace, choose};
        let bytes = include_bytes!("../../../tests/fixtures/fonts/outlines.otf");
        let chosen = choose(bytes.to_vec(), None).unwrap();
        let face = Face::Chosen(ChosenFace::of(&chosen).unwrap());
        let picture = |face: Face| {
            let Item::Text(mut run) = run(0.0, 0.0) else { unreachable!() };
            run.face = face;
            run.glyphs[0].id = face.parsed().unwrap().glyph_index('国').unwrap().0;
            Rasteriser::default().draw(&page(vec![Item::Text(run)]), 1.0).unwrap()
        };
        let (of_file, of_bundle) = (picture(face), picture(Face::Song));
        // The same design in cubic outlines and in quadratic ones: the same but for single shades.
        let differing =
            of_file.rgba.iter().zip(&of_bundle.rgba).filter(|(a, b)| a.abs_diff(**b) > 64);
        assert!(ink(&of_file).1 < 60 && differing.count() < 40);
        assert_ne!(picture(Face::Kai), of_bundle);
    }

    #[test]
    fn a_run_turned_counter_clockwise_goes_up() {
        let picture = Rasteriser::default().draw(&page(vec![run(90.0, 0.0)]), 1.0).unwrap();
        let ((left, top, right, bottom), _) = ink(&picture);
        assert!(top >= 8 && bottom <= 50, "{top}..{bottom}");
        assert!(left < 20 && right < 56, "{left}..{right}");
    }

    #[test]
    fn grey_ink_is_lighter_than_black() {
        let picture = Rasteriser::default().draw(&page(vec![run(0.0, 0.6)]), 1.0).unwrap();
        assert!(ink(&picture).1 >= 150);
    }

    #[test]
    fn a_hairline_is_one_full_pixel_at_any_scale() {
        let rule =
            Rule { from: Point { x: 10.0, y: 20.3 }, to: Point { x: 90.0, y: 20.3 }, width: 0.5 };
        for scale in [0.6, 1.0, 1.37] {
            let picture = Rasteriser::default().draw(&page(vec![Item::Rule(rule)]), scale).unwrap();
            let ((_, top, _, bottom), darkest) = ink(&picture);
            assert_eq!((bottom - top, darkest), (0, 0), "scale {scale}");
        }
    }

    #[test]
    fn a_tick_and_the_place_of_a_seal_are_seen() {
        let rect = Rect { x: 10.0, y: 10.0, width: 12.0, height: 12.0 };
        let picture_of = |checked| {
            let item = Item::CheckBox(CheckBox { rect, checked });
            Rasteriser::default().draw(&page(vec![item]), 2.0).unwrap()
        };
        assert_ne!(picture_of(true), picture_of(false));
        let seal = SealSpace { centre: Point { x: 50.0, y: 50.0 }, diameter: 60.0 };
        let sealed = Page { seals: vec![seal], ..page(Vec::new()) };
        let picture = Rasteriser::default().draw(&sealed, 1.0).unwrap();
        assert!(picture.rgba.chunks(4).any(|p| p[0] > p[1].saturating_add(40)));
    }

    #[test]
    fn a_shaded_box_is_filled_and_text_stands_on_it() {
        let rect = Rect { x: 40.0, y: 10.0, width: 50.0, height: 50.0 };
        let shade = Item::Fill(Fill { rect, grey: Grey(0.75) });
        let picture = Rasteriser::default().draw(&page(vec![shade, run(0.0, 0.0)]), 1.0).unwrap();
        let at = |x: usize, y: usize| picture.rgba[(y * 100 + x) * 4];
        assert_eq!([at(39, 30), at(40, 10), at(89, 59), at(90, 30)], [255, 191, 191, 255]);
        assert!(ink(&picture).1 < 60);
    }

    #[test]
    fn a_page_without_area_is_no_picture_and_a_huge_one_stays_within_memory() {
        assert!(Rasteriser::default().draw(&Page::default(), 1.0).is_none());
        let picture = Rasteriser::default().draw(&page(Vec::new()), 1.0e6).unwrap();
        assert!(picture.width <= 6000);
    }
}
