//! A paragraph as clusters: where a line may end, how wide it is, where room may be added.

use std::ops::Range;

use crate::domain::Field;
use crate::typeset::line_break::{Ease, opportunities};
use crate::typeset::mark::{holds, is_closing};
use crate::typeset::page::{Face, Glyph};
use crate::typeset::shape::{Cluster, ClusterKind, shape};

use super::room::{Room, Sums};
use super::spacing::{Spacing, space};
use super::{Inline, Paragraph, tear};

/// Sums of floats must not push a character out of a line it fills exactly, pt.
pub(super) const SLACK: f32 = 0.005;

/// A paragraph's clusters with what line breaking needs.
pub(super) struct Source<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) spacing: Vec<Spacing>,
    sums: Sums,
    /// How willingly a line ends after each cluster.
    ends: Vec<Option<Ease>>,
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
            spacing: Vec::new(),
            sums: Sums::default(),
            ends: Vec::new(),
            blanks: Vec::new(),
            unbroken: Vec::new(),
        };
        for inline in &paragraph.inlines {
            match inline {
                Inline::Text { text, face } => source.add_text(text, face.unwrap_or(style.face)),
                Inline::Blank { text, tail, least, field } => {
                    let least = source.length(*least, width);
                    source.add_blank(text, tail, least, field.as_ref());
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
        source.spacing = space(&source.text, &mut source.clusters, &mut source.glyphs, style.size);
        source.sum();
        source.start_blank_at_hang();
        source.find_ends();
        let narrowest = width - style.indent.max(style.hang);
        tear::tear(&mut source, narrowest);
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
        let size = self.paragraph.style.size;
        let (mut rest, mut from) = (text.as_str(), offset);
        while let Some((head, tail)) = row_end(rest).and_then(|at| rest.split_at_checked(at)) {
            shape(head, from, face, size, &mut self.glyphs, &mut self.clusters);
            (rest, from) = (tail, from + head.len());
        }
        shape(rest, from, face, size, &mut self.glyphs, &mut self.clusters);
    }

    fn add_blank(&mut self, text: &str, tail: &str, least: f32, field: Option<&Field>) {
        let face = self.paragraph.style.face;
        let from = self.clusters.len();
        let room = self.rest(text, face, least);
        self.add_room(room / 2.0);
        self.add_text(text, face);
        self.add_room(room / 2.0);
        let line = from..self.clusters.len();
        self.add_text(tail, face);
        let whole = from..self.clusters.len();
        self.blanks.push(FilledBlank { line, whole, field: field.cloned() });
    }

    /// The length of a blank's line: up to the right edge where it nearly reaches it, and never beyond.
    fn length(&self, least: f32, width: f32) -> f32 {
        let style = &self.paragraph.style;
        let rest = width - style.hang;
        if style.hang > 0.0 && least + style.size > rest {
            return rest.max(0.0);
        }
        least.min(width)
    }

    fn rest(&self, text: &str, face: Face, least: f32) -> f32 {
        let (mut glyphs, mut clusters) = (Vec::new(), Vec::new());
        let size = self.paragraph.style.size;
        shape(text, 0, face, size, &mut glyphs, &mut clusters);
        let spacing = space(text, &mut clusters, &mut glyphs, size);
        let width = clusters.iter().map(|cluster| cluster.width).sum::<f32>();
        (least - width - spacing.iter().map(|spacing| spacing.gap).sum::<f32>()).max(0.0)
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

    fn sum(&mut self) {
        let spaces: Vec<bool> = (0..self.clusters.len()).map(|n| self.is_space(n)).collect();
        let all = self.clusters.iter().zip(&self.spacing).zip(spaces);
        self.sums = Sums::new(all.map(|((cluster, spacing), space)| (cluster, spacing, space)));
    }

    /// A label whose marks were closed up leaves its blank where the further lines begin.
    fn start_blank_at_hang(&mut self) {
        let style = &self.paragraph.style;
        let Some(from) = self.blanks.first().map(|blank| blank.line.start) else { return };
        let label = style.indent + self.room(0, from).natural as f32;
        let short = style.hang - label;
        if let Some(spacing) = from.checked_sub(1).and_then(|last| self.spacing.get_mut(last))
            && short > 0.0
            && short < 2.0 * style.size
        {
            // The room of the label is that of a line, without what its last mark leaves empty.
            spacing.gap = short - spacing.end_trim;
            self.sum();
        }
    }

    fn find_ends(&mut self) {
        let mut places = opportunities(&self.text).into_iter().peekable();
        let mut ends = Vec::with_capacity(self.clusters.len());
        for (n, cluster) in self.clusters.iter().enumerate() {
            while places.next_if(|place| place.at < cluster.text.end).is_some() {}
            let here = places.peek().filter(|place| place.at == cluster.text.end);
            let next = self.clusters.get(n + 1);
            let bare = |cluster: &Cluster| cluster.kind != ClusterKind::Glyphs;
            // A box to tick stays with its label; a blank with the word before it.
            ends.push(match next {
                Some(_) if self.unbroken.iter().any(|range| range.contains(&n)) => None,
                Some(next) if bare(cluster) || next.kind == ClusterKind::Room => None,
                Some(next) if bare(next) => Some(Ease::Free),
                _ => here.map(|place| place.ease),
            });
        }
        self.ends = ends;
    }

    /// How willingly a line ends after a cluster; `None` where it never does.
    pub(super) fn ease(&self, n: usize) -> Option<Ease> {
        self.ends.get(n).copied().flatten()
    }

    /// Lets a line end after a cluster.
    pub(super) fn set_ease(&mut self, n: usize, ease: Ease) {
        if let Some(end) = self.ends.get_mut(n) {
            *end = Some(ease);
        }
    }

    /// Whether a mark behind or before a cluster's end lets no line end there.
    pub(super) fn holds(&self, n: usize) -> bool {
        let cut = self.clusters.get(n).map_or(0, |cluster| cluster.text.end);
        self.text.split_at_checked(cut).is_some_and(|(head, tail)| holds(head, tail))
    }

    /// The clusters before which a line may begin, ascending: the first one, and behind the last one.
    pub(super) fn places(&self) -> Vec<usize> {
        let count = self.clusters.len();
        let inner = (1..count).filter(|&n| self.ease(n - 1).is_some());
        std::iter::once(0).chain(inner).chain((count > 0).then_some(count)).collect()
    }

    /// The room of clusters set as a line.
    pub(super) fn room(&self, from: usize, to: usize) -> Room {
        self.sums.room(&self.spacing, from, to)
    }

    /// The end of a line's clusters without the spaces there.
    pub(super) fn solid_end(&self, from: usize, to: usize) -> usize {
        self.sums.solid_end(from, to)
    }

    /// Whether a line would hold a single 字 and perhaps marks: 孤字.
    pub(super) fn is_lonely(&self, range: Range<usize>) -> bool {
        range.len() <= 6
            && range.filter(|&n| !is_closing(self.cluster_text(n)) && !self.is_space(n)).count()
                <= 1
    }

    pub(super) fn cluster_text(&self, n: usize) -> &str {
        self.clusters.get(n).and_then(|cluster| self.text.get(cluster.text.clone())).unwrap_or("")
    }

    pub(super) fn is_space(&self, n: usize) -> bool {
        let text = self.cluster_text(n);
        !text.is_empty() && text.chars().all(|c| c == ' ' || c == '\u{3000}')
    }
}

/// Where a text is shaped anew: the face joins even three dashes, also over what is not seen, but a line
/// must be able to end behind two of a row.
fn row_end(text: &str) -> Option<usize> {
    let row = text.find("———").map(|row| row + "——".len());
    let varied = text.find("\u{FE0F}—").map(|sign| sign + "\u{FE0F}".len());
    row.into_iter().chain(varied).min()
}
