//! The rows of a page that are being drawn: its lines, boxes to tick and the places of seals.

use std::ops::Range;

use tiny_skia::{Color, LineCap, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};

use crate::typeset::geometry::Rect;
use crate::typeset::page::{CheckBox, Fill, Rule, SealSpace};

/// The rows of a page that are drawn.
pub(super) struct Canvas {
    pub(super) pixmap: Pixmap,
    /// The row of the page that is the first one of the pixmap.
    pub(super) top: i32,
    /// See [`Picture::inked`](super::Picture::inked).
    pub(super) inked: Range<u32>,
}

impl Canvas {
    pub(super) fn new(width: u32, rows: &Range<u32>) -> Option<Self> {
        let mut pixmap = Pixmap::new(width, rows.end.checked_sub(rows.start)?)?;
        pixmap.fill(Color::WHITE);
        Some(Self { pixmap, top: i32::try_from(rows.start).ok()?, inked: width..0 })
    }

    /// From pixels of the page to those of the pixmap.
    pub(super) fn place(&self) -> Transform {
        Transform::from_translate(0.0, -self.top as f32)
    }

    /// Notes that there may be ink from `left` to `right`, pixels.
    pub(super) fn ink(&mut self, left: f32, right: f32) {
        let width = self.pixmap.width() as f32;
        let (left, right) = (left.floor().clamp(0.0, width), right.ceil().clamp(0.0, width));
        if left < right {
            self.inked.start = self.inked.start.min(left as u32);
            self.inked.end = self.inked.end.max(right as u32);
        }
    }

    /// Notes the ink of a path that is stroked as wide as this, points.
    fn ink_path(&mut self, path: &Path, width: f32, scale: f32) {
        let bounds = path.bounds();
        self.ink((bounds.left() - width) * scale - 1.0, (bounds.right() + width) * scale + 1.0);
    }
}

pub(super) fn grey(shade: f32) -> Paint<'static> {
    let shade = shade.clamp(0.0, 1.0);
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    if let Some(color) = Color::from_rgba(shade, shade, shade, 1.0) {
        paint.set_color(color);
    }
    paint
}

pub(super) fn draw_rule(canvas: &mut Canvas, rule: &Rule, scale: f32) {
    // A line of the screen is a whole number of pixels wide and stands on whole pixels.
    let width = (rule.width * scale).round().max(1.0);
    let half = width / 2.0;
    let snap = |v: f32| (v * scale - half).round();
    let (x0, x1) = (rule.from.x.min(rule.to.x), rule.from.x.max(rule.to.x));
    let (y0, y1) = (rule.from.y.min(rule.to.y), rule.from.y.max(rule.to.y));
    let bounds = if y0 == y1 {
        tiny_skia::Rect::from_xywh(
            snap(x0),
            snap(y0),
            ((x1 - x0) * scale + width).round().max(1.0),
            width,
        )
    } else if x0 == x1 {
        tiny_skia::Rect::from_xywh(
            snap(x0),
            snap(y0),
            width,
            ((y1 - y0) * scale + width).round().max(1.0),
        )
    } else {
        return draw_slanted(canvas, rule, scale);
    };
    let top = canvas.top as f32;
    let bounds = bounds.and_then(|bounds| {
        canvas.ink(bounds.left(), bounds.right());
        tiny_skia::Rect::from_xywh(bounds.x(), bounds.y() - top, bounds.width(), bounds.height())
    });
    if let Some(bounds) = bounds {
        let mut paint = grey(0.0);
        paint.anti_alias = false;
        canvas.pixmap.fill_rect(bounds, &paint, Transform::identity(), None);
    }
}

pub(super) fn draw_fill(canvas: &mut Canvas, fill: &Fill, scale: f32) {
    let snap = |v: f32| (v * scale).round();
    let Rect { x, y, .. } = fill.rect;
    let (right, bottom) = (snap(fill.rect.right()), snap(fill.rect.bottom()));
    let top = canvas.top as f32;
    if let Some(bounds) = tiny_skia::Rect::from_ltrb(snap(x), snap(y) - top, right, bottom - top) {
        canvas.ink(bounds.left(), bounds.right());
        let mut paint = grey(fill.grey.0);
        paint.anti_alias = false;
        canvas.pixmap.fill_rect(bounds, &paint, Transform::identity(), None);
    }
}

fn draw_slanted(canvas: &mut Canvas, rule: &Rule, scale: f32) {
    let mut path = PathBuilder::new();
    path.move_to(rule.from.x, rule.from.y);
    path.line_to(rule.to.x, rule.to.y);
    stroke(canvas, path, rule.width, scale);
}

fn stroke(canvas: &mut Canvas, path: PathBuilder, width: f32, scale: f32) {
    let Some(path) = path.finish() else { return };
    canvas.ink_path(&path, width, scale);
    let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
    let transform = Transform::from_scale(scale, scale).post_concat(canvas.place());
    canvas.pixmap.stroke_path(&path, &grey(0.0), &stroke, transform, None);
}

pub(super) fn draw_check_box(canvas: &mut Canvas, check_box: &CheckBox, scale: f32) {
    let Rect { x, y, width, height } = check_box.rect;
    let mut outline = PathBuilder::new();
    if let Some(rect) = tiny_skia::Rect::from_xywh(x, y, width, height) {
        outline.push_rect(rect);
    }
    stroke(canvas, outline, 0.6, scale);
    if check_box.checked {
        let mut tick = PathBuilder::new();
        tick.move_to(x + width * 0.2, y + height * 0.52);
        tick.line_to(x + width * 0.42, y + height * 0.76);
        tick.line_to(x + width * 0.82, y + height * 0.24);
        stroke(canvas, tick, width * 0.11, scale);
    }
}

pub(super) fn draw_seal(canvas: &mut Canvas, seal: &SealSpace, scale: f32) {
    let mut path = PathBuilder::new();
    path.push_circle(seal.centre.x, seal.centre.y, seal.diameter / 2.0);
    let Some(path) = path.finish() else { return };
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(214, 60, 60, 110);
    let stroke =
        Stroke { width: 0.9, dash: StrokeDash::new(vec![4.0, 3.0], 0.0), ..Stroke::default() };
    canvas.ink_path(&path, stroke.width, scale);
    let transform = Transform::from_scale(scale, scale).post_concat(canvas.place());
    canvas.pixmap.stroke_path(&path, &paint, &stroke, transform, None);
}
