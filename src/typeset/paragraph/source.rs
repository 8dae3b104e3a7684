//! A paragraph as clusters: where a line may end, how wide it is, where room may be added.

use std::ops::Range;

use crate::domain::Field;
use crate::typeset::line_break::{
    hangs_at_end, is_closing, is_opening, is_wide, opportunities, wants_space,
};
use crate::typeset::page::{Face, Glyph};
use crate::typeset::shape::{Cluster, ClusterKind, shape};

use super::line::LineBuilder;
use super::{Align, Inline, Line, Paragraph};

/// A paragraph's clusters with what line breaking needs.
pub(super) struct Source<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) clusters: Vec<Cluster>,
    /// A line may end after the cluster.
    may_end: Vec<bool>,
    /// Space after the cluster beside its own width, pt.
    pub(super) space: Vec<f32>,
    /// Blanks to write on.
    pub(super) blanks: Vec<FilledBlank>,
    /// Clusters after which a line never ends.
    unbroken: Vec<Range<usize>>,
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
            may_end: Vec::new(),
            space: Vec::new(),
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
        self.text.push_str(&text);
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
        let quarter = self.paragraph.style.size / 4.0;
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
            self.may_end.push(end);
            let pair = next.and_then(|next| {
                let before = self.text.get(cluster.text.clone())?.chars().next_back()?;
                let after = self.text.get(next.text.clone())?.chars().next()?;
                Some((before, after))
            });
            self.space.push(match pair {
                Some((before, after)) if wants_space(before, after) => quarter,
                _ => 0.0,
            });
        }
    }

    pub(super) fn cluster_text(&self, n: usize) -> &str {
        self.clusters.get(n).and_then(|cluster| self.text.get(cluster.text.clone())).unwrap_or("")
    }

    fn is_space(&self, n: usize) -> bool {
        let text = self.cluster_text(n);
        !text.is_empty() && text.chars().all(|c| c == ' ' || c == '\u{3000}')
    }

    /// A paragraph that opens with a bracket is drawn half a 字 to the left: the bracket's own
    /// left half is empty.
    pub(super) fn first_indent(&self) -> f32 {
        let style = &self.paragraph.style;
        let opens = is_opening(self.cluster_text(0));
        if opens && style.indent > 0.0 { style.indent - style.size / 2.0 } else { style.indent }
    }

    /// Half of a closing mark's width where it ends a line.
    fn trim_at_end(&self, n: usize) -> f32 {
        let size = self.paragraph.style.size;
        match self.clusters.get(n) {
            Some(cluster) if cluster.width > size * 0.9 && hangs_at_end(self.cluster_text(n)) => {
                size / 2.0
            }
            _ => 0.0,
        }
    }

    /// The end of the line that starts at cluster `from`, and its natural width.
    pub(super) fn line_end(&self, from: usize, width: f32) -> (usize, f32) {
        let mut x = 0.0;
        let mut best: Option<(usize, f32)> = None;
        let mut n = from;
        while let Some(cluster) = self.clusters.get(n) {
            let shown = x + cluster.width - self.trim_at_end(n);
            // 0.01 pt: sums of floats must not push a character out of a line it fills exactly.
            if shown > width + 0.01 && !self.is_space(n) && n > from {
                return best.unwrap_or_else(|| self.torn_end(from, n, x));
            }
            x += cluster.width;
            if self.may_end.get(n).copied().unwrap_or(false) {
                best = Some((n + 1, shown));
            }
            x += self.space.get(n).copied().unwrap_or(0.0);
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
            Align::Justify if last => (indent, 0.0),
            Align::Justify => {
                let gaps = self.gaps(&shown);
                // A line that is mostly one long word is left ragged rather than torn apart.
                let each = if gaps == 0 { 0.0 } else { free / gaps as f32 };
                (indent, if each > style.size { 0.0 } else { each })
            }
        };
        let mut builder = LineBuilder::new(self, left, stretch);
        for n in range {
            builder.add(n, shown.clone());
        }
        builder.finish(shown)
    }

    pub(super) fn stretches(&self, n: usize) -> bool {
        let wide = |text: &str| text.chars().next().is_some_and(is_wide);
        self.is_space(n)
            || wide(self.cluster_text(n))
            || (wide(self.cluster_text(n + 1)) && !self.is_space(n + 1))
    }

    fn gaps(&self, shown: &Range<usize>) -> usize {
        (shown.start..shown.end.saturating_sub(1)).filter(|&n| self.stretches(n)).count()
    }
}
