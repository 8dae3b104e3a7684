//! One line: glyph runs, boxes and underlines at their places.

use std::ops::Range;

use crate::typeset::geometry::{Point, Rect};
use crate::typeset::page::{CheckBox, GlyphRun, Item, Region, Rule};
use crate::typeset::shape::{Cluster, ClusterKind};

use super::Line;
use super::source::Source;

/// Gathers the clusters of a line from left to right.
pub(super) struct LineBuilder<'a, 'p> {
    source: &'a Source<'p>,
    x: f32,
    left: f32,
    stretch: f32,
    items: Vec<Item>,
    run: Option<GlyphRun>,
    /// Left and right of each cluster seen, for underlines.
    spans: Vec<(usize, f32, f32)>,
}

impl<'a, 'p> LineBuilder<'a, 'p> {
    /// A line of `count` clusters.
    pub(super) fn new(source: &'a Source<'p>, left: f32, stretch: f32, count: usize) -> Self {
        let spans = Vec::with_capacity(count);
        Self { source, x: left, left, stretch, items: Vec::new(), run: None, spans }
    }

    fn baseline(&self) -> f32 {
        let style = &self.source.paragraph.style;
        // The em square of the Song lies 0.88 above and 0.12 below the baseline.
        (style.pitch - style.size) / 2.0 + 0.88 * style.size
    }

    pub(super) fn add(&mut self, n: usize, shown: Range<usize>) {
        let Some(cluster) = self.source.clusters.get(n) else { return };
        let start = self.x;
        let mut after = 0.0;
        if n + 1 < shown.end {
            after += self.source.space(n);
            if self.source.stretches(n) {
                after += self.stretch;
            }
        }
        match cluster.kind {
            ClusterKind::Glyphs => self.add_glyphs(cluster, after),
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
        self.x += cluster.width + after;
        self.spans.push((n, start, start + cluster.width));
    }

    fn add_glyphs(&mut self, cluster: &Cluster, after: f32) {
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
            if n + 1 == glyphs.len() {
                glyph.advance += after;
            }
            run.glyphs.push(glyph);
        }
    }

    fn close_run(&mut self) {
        if let Some(run) = self.run.take() {
            self.items.push(Item::Text(run));
        }
    }

    pub(super) fn finish(mut self, shown: Range<usize>) -> Line {
        self.close_run();
        let style = &self.source.paragraph.style;
        let y = self.baseline() + 0.2 * style.size;
        let mut regions = Vec::new();
        for blank in &self.source.blanks {
            if let Some((from, to)) = self.extent(&blank.line, &shown) {
                let (from, to) = (Point { x: from, y }, Point { x: to, y });
                self.items.push(Item::Rule(Rule { from, to, width: 0.5 }));
            }
            if let (Some((from, to)), Some(field)) =
                (self.extent(&blank.whole, &shown), &blank.field)
            {
                let rect = Rect { x: from, y: 0.0, width: to - from, height: style.pitch };
                regions.push(Region { field: field.clone(), rect });
            }
        }
        let right = self.spans.iter().filter(|(n, ..)| shown.contains(n)).map(|s| s.2).next_back();
        Line {
            items: self.items,
            regions,
            field: self.source.paragraph.field.clone(),
            left: self.left,
            width: right.unwrap_or(self.left) - self.left,
            height: style.pitch,
        }
    }

    /// Left and right edge of the clusters of a range that are shown on this line.
    fn extent(&self, range: &Range<usize>, shown: &Range<usize>) -> Option<(f32, f32)> {
        let mut inside = self.spans.iter().filter(|(n, ..)| range.contains(n) && shown.contains(n));
        let first = inside.next()?;
        Some((first.1, inside.next_back().unwrap_or(first).2))
    }
}
