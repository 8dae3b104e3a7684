//! A paragraph as clusters: where a line may end, how wide it is, where room may be added.

use std::ops::Range;

use crate::domain::Field;
use crate::typeset::line_break::{
    hangs_at_end, is_closing, is_opening, is_wide, opportunities, wants_space,
};
use crate::typeset::page::{Face, Glyph};
use crate::typeset::shape::{Cluster, ClusterKind, shape};

use super::line::LineBuilder;
use super::{Align, Inline, Line, Paragraph, SPREAD};

/// A paragraph's clusters with what line breaking needs.
pub(super) struct Source<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) clusters: Vec<Cluster>,
    /// What follows each cluster.
    after: Vec<After>,
    /// Blanks to write on.
    pub(super) blanks: Vec<FilledBlank>,
    /// Clusters after which a line never ends.
    unbroken: Vec<Range<usize>>,
}

/// What follows a cluster.
#[derive(Clone, Copy, Default)]
struct After {
    /// A line may end here.
    may_end: bool,
    /// Space beside the cluster's own width, pt.
    space: f32,
    /// A justified line may be stretched here.
    stretches: bool,
    /// What of the cluster's width is not needed where it ends a line, pt.
    trim: f32,
}

/// A filled-in blank on a line to write on.
pub(super) struct FilledBlank {
    /// Clusters above the line.
    pub(super) line: Range<usize>,
    /// Clusters of all that was filled in.
    pub(super) whole: Range<usize>,
    /// The blank.
    pub(super) field: Option<Field>,
}

impl<'a> Source<'a> {
    pub(super) fn new(paragraph: &'a Paragraph, width: f32) -> Self {
        let style = &paragraph.style;
        let mut source = Self {
            paragraph,
            text: String::new(),
            glyphs: Vec::new(),
            clusters: Vec::new(),
            after: Vec::new(),
            blanks: Vec::new(),
            unbroken: Vec::new(),
        };
        for inline in &paragraph.inlines {
            match inline {
                Inline::Text { text, face } => source.add_text(text, face.unwrap_or(style.face)),
                Inline::Blank { text, tail, least, field } => {
                    let from = source.clusters.len();
                    let room = source.room(text, style.face, least.min(width));
                    source.add_room(room / 2.0);
                    source.add_text(text, style.face);
                    source.add_room(room / 2.0);
                    let line = from..source.clusters.len();
                    source.add_text(tail, style.face);
                    let whole = from..source.clusters.len();
                    source.blanks.push(FilledBlank { line, whole, field: field.clone() });
                }
                Inline::CheckBox { checked } => source.add_check_box(*checked),
                Inline::Choice { checked, words } => {
                    let from = source.clusters.len();
                    source.add_check_box(*checked);
                    source.add_text(words, style.face);
                    let last = source.clusters.len() - 1;
                    source.unbroken.push(from..last);
                }
            }
        }
        source.find_ends();
        source
    }

    fn add_text(&mut self, text: &str, face: Face) {
        let offset = self.text.len();
        // A tab is a jump of unknown length: on paper it is one 字.
        let text = text.replace('\t', "\u{3000}");
        let count = text.chars().count();
        self.text.push_str(&text);
        self.glyphs.reserve(count);
        self.clusters.reserve(count);
        shape(&text, offset, face, self.paragraph.style.size, &mut self.glyphs, &mut self.clusters);
    }

    fn room(&self, text: &str, face: Face, least: f32) -> f32 {
        let (mut glyphs, mut clusters) = (Vec::new(), Vec::new());
        shape(text, 0, face, self.paragraph.style.size, &mut glyphs, &mut clusters);
        (least - clusters.iter().map(|cluster| cluster.width).sum::<f32>()).max(0.0)
    }

    fn add_room(&mut self, width: f32) {
        if width > 0.0 {
            self.add_bare(ClusterKind::Room, width);
        }
    }

    fn add_check_box(&mut self, checked: bool) {
        self.add_bare(ClusterKind::CheckBox { checked }, self.paragraph.style.size * 1.25);
    }

    fn add_bare(&mut self, kind: ClusterKind, width: f32) {
        let (glyphs, text) = (self.glyphs.len(), self.text.len());
        let face = self.paragraph.style.face;
        self.clusters.push(Cluster { kind, face, glyphs: glyphs..glyphs, text: text..text, width });
    }

    fn find_ends(&mut self) {
        let ends = opportunities(&self.text);
        let size = self.paragraph.style.size;
        let mut after = Vec::with_capacity(self.clusters.len());
        for (n, cluster) in self.clusters.iter().enumerate() {
            let next = self.clusters.get(n + 1);
            let bare = |cluster: &Cluster| cluster.kind != ClusterKind::Glyphs;
            // A box to tick stays with its label; a blank with the word before it.
            let end = match next {
                Some(_) if self.unbroken.iter().any(|range| range.contains(&n)) => false,
                Some(next) if bare(cluster) || next.kind == ClusterKind::Room => false,
                Some(next) if bare(next) => true,
                _ => ends.binary_search(&cluster.text.end).is_ok(),
            };
            let (here, there) = (self.cluster_text(n), self.cluster_text(n + 1));
            let beside = here.chars().next_back().zip(there.chars().next());
            let is_apart = beside.is_some_and(|(before, after)| wants_space(before, after));
            let wide = |text: &str| text.chars().next().is_some_and(is_wide);
            after.push(After {
                may_end: end,
                space: if is_apart { size / 4.0 } else { 0.0 },
                stretches: is_space(here) || wide(here) || (wide(there) && !is_space(there)),
                // Half of a closing mark: it is empty.
                trim: if cluster.width > size * 0.9 && hangs_at_end(here) {
                    size / 2.0
                } else {
                    0.0
                },
            });
        }
        self.after = after;
    }

    fn after(&self, n: usize) -> After {
        self.after.get(n).copied().unwrap_or_default()
    }

    /// A line may end after a cluster.
    pub(super) fn may_end(&self, n: usize) -> bool {
        self.after(n).may_end
    }

    /// Space after a cluster beside its own width, pt.
    pub(super) fn space(&self, n: usize) -> f32 {
        self.after(n).space
    }

    /// A justified line may be stretched after a cluster.
    pub(super) fn stretches(&self, n: usize) -> bool {
        self.after(n).stretches
    }

    pub(super) fn cluster_text(&self, n: usize) -> &str {
        self.clusters.get(n).and_then(|cluster| self.text.get(cluster.text.clone())).unwrap_or("")
    }

    fn is_space(&self, n: usize) -> bool {
        is_space(self.cluster_text(n))
    }

    /// A paragraph that opens with a bracket is drawn half a 字 to the left: the bracket's own
    /// left half is empty.
    pub(super) fn first_indent(&self) -> f32 {
        let style = &self.paragraph.style;
        let opens = is_opening(self.cluster_text(0));
        if opens && style.indent > 0.0 { style.indent - style.size / 2.0 } else { style.indent }
    }

    /// The end of the line that starts at cluster `from`, and its natural width.
    pub(super) fn line_end(&self, from: usize, width: f32) -> (usize, f32) {
        let mut x = 0.0;
        let mut best: Option<(usize, f32)> = None;
        let mut n = from;
        while let Some(cluster) = self.clusters.get(n) {
            let after = self.after(n);
            let shown = x + cluster.width - after.trim;
            // 0.01 pt: sums of floats must not push a character out of a line it fills exactly.
            if shown > width + 0.01 && !self.is_space(n) && n > from {
                return best.unwrap_or_else(|| self.torn_end(from, n, x));
            }
            x += cluster.width;
            if after.may_end {
                best = Some((n + 1, shown));
            }
            x += after.space;
            n += 1;
        }
        (n, x)
    }

    /// Where a word that fills the line and may end nowhere is torn: before cluster `n` at `x`, or
    /// earlier, so that no closing mark begins the next line and no opening one ends this.
    fn torn_end(&self, from: usize, n: usize, x: f32) -> (usize, f32) {
        let (mut to, mut width) = (n, x);
        while to > from + 1
            && (is_closing(self.cluster_text(to)) || is_opening(self.cluster_text(to - 1)))
        {
            to -= 1;
            width -= self.clusters.get(to).map_or(0.0, |cluster| cluster.width);
        }
        // A row of nothing but marks is torn where it is full.
        if to > from + 1 { (to, width) } else { (n, x) }
    }

    pub(super) fn line(
        &self,
        range: Range<usize>,
        natural: f32,
        indent: f32,
        width: f32,
        last: bool,
    ) -> Line {
        let style = &self.paragraph.style;
        let mut shown = range.clone();
        let mut natural = natural;
        while shown.end > shown.start && !last && self.is_space(shown.end - 1) {
            shown.end -= 1;
            natural -= self.clusters.get(shown.end).map_or(0.0, |cluster| cluster.width);
        }
        let free = (width - indent - natural).max(0.0);
        let (left, stretch) = match style.align {
            Align::Left => (indent, 0.0),
            Align::Centre => (indent + free / 2.0, 0.0),
            Align::Right => (indent + free, 0.0),
            Align::Spread => {
                let short = (SPREAD * style.size - natural).clamp(0.0, free);
                let gaps = self.gaps(&shown);
                let each = if gaps == 0 { 0.0 } else { short / gaps as f32 };
                (indent + (free - each * gaps as f32) / 2.0, each)
            }
            Align::Justify if last => (indent, 0.0),
            Align::Justify => {
                let gaps = self.gaps(&shown);
                // A line that is mostly one long word is left ragged rather than torn apart.
                let each = if gaps == 0 { 0.0 } else { free / gaps as f32 };
                (indent, if each > style.size { 0.0 } else { each })
            }
        };
        let mut builder = LineBuilder::new(self, left, stretch, range.len());
        for n in range {
            builder.add(n, shown.clone());
        }
        builder.finish(shown)
    }

    fn gaps(&self, shown: &Range<usize>) -> usize {
        (shown.start..shown.end.saturating_sub(1)).filter(|&n| self.stretches(n)).count()
    }
}

fn is_space(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == ' ' || c == '\u{3000}')
}
