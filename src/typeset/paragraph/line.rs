//! One line: glyph runs, boxes and underlines at their places.

use std::ops::Range;

use crate::typeset::geometry::{Point, Rect};
use crate::typeset::mark::EmptyHalf;
use crate::typeset::page::{CheckBox, GlyphRun, Item, Region, Rule};
use crate::typeset::shape::{Cluster, ClusterKind};

use super::Line;
use super::room::Fit;
use super::source::{FilledBlank, Source};
use super::spacing::Give;

/// Gathers the clusters of a line from left to right.
pub(super) struct LineBuilder<'a, 'p> {
    source: &'a Source<'p>,
    x: f32,
    left: f32,
    /// Width of the column, pt.
    column: f32,
    fit: Fit,
    /// Clusters that are seen; spaces at the line's end are not.
    shown: Range<usize>,
    /// End of those that are no spaces.
    solid: usize,
    items: Vec<Item>,
    run: Option<GlyphRun>,
    /// Left and right of each cluster seen, for underlines.
    spans: Vec<(usize, f32, f32)>,
}

/// How a cluster stands in its line beside its own width, pt.
#[derive(Default)]
struct Place {
    /// Taken off before it.
    before: f32,
    /// Added behind it, or taken off.
    after: f32,
}

impl<'a, 'p> LineBuilder<'a, 'p> {
    /// A line that begins at `left` in a column of `column` pt and shows `shown` of its `count` clusters.
    pub(super) fn new(
        source: &'a Source<'p>,
        left: f32,
        column: f32,
        fit: Fit,
        shown: Range<usize>,
        count: usize,
    ) -> Self {
        let spans = Vec::with_capacity(count);
        let solid = source.solid_end(shown.start, shown.end);
        let items = Vec::new();
        Self { source, x: left, left, column, fit, shown, solid, items, run: None, spans }
    }

    fn baseline(&self) -> f32 {
        let style = &self.source.paragraph.style;
        // The em square of the Song lies 0.88 above and 0.12 below the baseline.
        (style.pitch - style.size) / 2.0 + 0.88 * style.size
    }

    /// Marks stand without the empty half that lies outside the line, or with what the line leaves them
    /// of it; room is added or taken off behind.
    fn place(&self, n: usize) -> Place {
        let Some(spacing) = self.source.spacing.get(n) else { return Place::default() };
        let mut place = Place::default();
        if n == self.shown.start && spacing.start_trim > 0.0 {
            place.before = spacing.start_trim;
        } else if spacing.half == Some(EmptyHalf::Left) {
            place.before = spacing.squeeze * self.fit.squeeze;
        }
        if n + 1 == self.solid {
            place.after = -spacing.end_trim;
            return place;
        }
        if spacing.half == Some(EmptyHalf::Right) {
            place.after = -spacing.squeeze * self.fit.squeeze;
        }
        place.after += spacing.gap - spacing.close * self.fit.close;
        place.after += match spacing.give {
            Give::None => 0.0,
            Give::Little => self.fit.little,
            Give::Much => self.fit.much,
        };
        place
    }

    pub(super) fn add(&mut self, n: usize) {
        let Some(cluster) = self.source.clusters.get(n) else { return };
        let start = self.x;
        let place = self.place(n);
        match cluster.kind {
            ClusterKind::Glyphs => self.add_glyphs(cluster, &place),
            ClusterKind::Room => self.close_run(),
            ClusterKind::CheckBox { checked } => {
                self.close_run();
                let size = self.source.paragraph.style.size;
                let side = size * 0.86;
                let top = self.baseline() - 0.8 * size;
                let rect = Rect { x: self.x + 0.07 * size, y: top, width: side, height: side };
                self.items.push(Item::CheckBox(CheckBox { rect, checked }));
            }
        }
        self.x += cluster.width - place.before + place.after;
        // A mark's own empty half is no room behind it.
        let width = cluster.width - place.before + place.after.min(0.0);
        self.spans.push((n, start, start + width));
    }

    fn add_glyphs(&mut self, cluster: &Cluster, place: &Place) {
        if self.run.as_ref().is_some_and(|run| run.face != cluster.face) {
            self.close_run();
        }
        let style = &self.source.paragraph.style;
        let origin = Point { x: self.x, y: self.baseline() };
        let count = self.spans.capacity() - self.spans.len();
        let run = self.run.get_or_insert_with(|| GlyphRun {
            face: cluster.face,
            size: style.size,
            origin,
            rotation: 0.0,
            grey: style.grey,
            // An ideograph has three bytes.
            text: String::with_capacity(3 * count),
            glyphs: Vec::with_capacity(count),
        });
        let start = run.text.len() as u32;
        run.text.push_str(self.source.text.get(cluster.text.clone()).unwrap_or(""));
        let end = run.text.len() as u32;
        let glyphs = self.source.glyphs.get(cluster.glyphs.clone()).unwrap_or(&[]);
        for (n, glyph) in glyphs.iter().enumerate() {
            let mut glyph = *glyph;
            (glyph.start, glyph.end) = if n == 0 { (start, end) } else { (end, end) };
            glyph.dx -= place.before;
            if n == 0 {
                glyph.advance -= place.before;
            }
            if n + 1 == glyphs.len() {
                glyph.advance += place.after;
            }
            run.glyphs.push(glyph);
        }
    }

    fn close_run(&mut self) {
        if let Some(run) = self.run.take() {
            self.items.push(Item::Text(run));
        }
    }

    pub(super) fn finish(mut self) -> Line {
        self.close_run();
        let style = &self.source.paragraph.style;
        let y = self.baseline() + 0.2 * style.size;
        let mut regions = Vec::new();
        for blank in &self.source.blanks {
            if let Some((from, to)) = self.underline(blank) {
                let (from, to) = (Point { x: from, y }, Point { x: to, y });
                self.items.push(Item::Rule(Rule { from, to, width: 0.5 }));
            }
            if let (Some((from, to)), Some(field)) = (self.extent(&blank.whole), &blank.field) {
                // Marks alone, which stand on what is before them, have no width.
                let width = (to - from).max(style.size / 4.0);
                let rect = Rect { x: from, y: 0.0, width, height: style.pitch };
                regions.push(Region { field: field.clone(), rect });
            }
        }
        let shown = |n: &usize| self.shown.contains(n);
        let right = self.spans.iter().filter(|(n, ..)| shown(n)).map(|s| s.2).next_back();
        Line {
            items: self.items,
            regions,
            field: self.source.paragraph.field.clone(),
            left: self.left,
            width: right.unwrap_or(self.left) - self.left,
            height: style.pitch,
            opens: false,
        }
    }

    /// The line to write on: where it runs over several lines, all end at the right edge, unless words
    /// follow on the last.
    fn underline(&self, blank: &FilledBlank) -> Option<(f32, f32)> {
        let (from, to) = self.extent(&blank.line)?;
        let goes_on = blank.line.end > self.shown.end;
        let ends_all =
            blank.line.start < self.shown.start && blank.line.end == self.source.clusters.len();
        Some((from, if goes_on || ends_all { to.max(self.column) } else { to }))
    }

    /// Left and right edge of the clusters of a range that are shown on this line.
    fn extent(&self, range: &Range<usize>) -> Option<(f32, f32)> {
        let both = |n: &usize| range.contains(n) && self.shown.contains(n);
        let mut inside = self.spans.iter().filter(|(n, ..)| both(n));
        let first = inside.next()?;
        Some((first.1, inside.next_back().unwrap_or(first).2))
    }
}
