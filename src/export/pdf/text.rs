//! Glyph runs as text operators that put each glyph in its place and read back as the run's text.

use printpdf::{Codepoint, Op, Pt, TextItem, TextMatrix};

use crate::typeset::line_break::is_wide;
use crate::typeset::page::{Glyph, GlyphRun};

use super::content::rounded;
use super::subset::Subset;
use super::tags::Tags;

/// Items in one `TJ`; PDF/A-1 allows an array 8191.
const ITEMS_AT_ONCE: usize = 2000;

/// Glyphs that stand together for a piece of the run's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cluster<'a> {
    /// Glyphs, one at least.
    pub(super) glyphs: &'a [Glyph],
    /// What they read as.
    pub(super) text: &'a str,
}

/// Cuts a run into clusters. Their texts, joined, are the run's text: bytes no glyph stands for go with
/// the cluster before them.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = Cluster<'_>> {
    let mut rest = run.glyphs.as_slice();
    let mut first = true;
    std::iter::from_fn(move || {
        let (head, followers) = rest.split_first()?;
        let further = followers.iter().take_while(|glyph| glyph.end <= glyph.start).count();
        let (glyphs, after) = rest.split_at(1 + further);
        let from = if first { 0 } else { head.start as usize };
        let to = after.first().map_or(run.text.len(), |next| next.start as usize);
        first = false;
        rest = after;
        let text = run
            .text
            .get(from..to)
            .or_else(|| run.text.get(head.start as usize..head.end as usize))
            .unwrap_or_default();
        Some(Cluster { glyphs, text })
    })
}

/// The operators of one run inside a text section whose font and shade are set.
///
/// `baseline` is the start of the baseline from the page's lower left corner, pt; `size` is the font size in force.
pub(super) fn show(
    ops: &mut Vec<Op>,
    tags: &mut Tags<'_>,
    run: &GlyphRun,
    subset: &Subset,
    baseline: (f32, f32),
    size: f32,
) {
    let (sine, cosine) = f64::from(run.rotation).to_radians().sin_cos();
    let turn = |value: f64| ((value * 1e6).round() / 1e6) as f32 + 0.0;
    let (x, y) = (rounded(baseline.0), rounded(baseline.1));
    let matrix = TextMatrix::Raw([turn(cosine), turn(sine), turn(-sine), turn(cosine), x, y]);
    ops.push(Op::SetTextMatrix { matrix });

    let mut line = Line {
        ops,
        tags,
        subset,
        em: f64::from(size) / 1000.0,
        pen: 0.0,
        rise: 0.0,
        items: Vec::new(),
    };
    let mut origin = 0.0;
    let is_apart = is_drawn_apart(run, subset, size);
    if is_apart {
        line.read_as(Some(&run.text));
    }
    for cluster in clusters(run) {
        if !is_apart {
            line.read_as((!subset.reads_as(cluster)).then_some(cluster.text));
        }
        for glyph in cluster.glyphs {
            line.place(glyph, origin);
            origin += f64::from(glyph.advance);
        }
    }
    line.set_rise(0.0);
    line.flush();
    line.tags.end(line.ops);
}

/// Room between two 字, em, that readers of the file begin to take for a space.
const LIKE_A_SPACE: f32 = 0.09;

/// Whether a run is stretched so far that a search would find spaces between its 字.
fn is_drawn_apart(run: &GlyphRun, subset: &Subset, size: f32) -> bool {
    let wide = |text: &str| text.chars().next_back().is_some_and(is_wide);
    let mut before: Option<(&Glyph, bool)> = None;
    for cluster in clusters(run) {
        let is_wide = wide(cluster.text);
        for glyph in cluster.glyphs {
            if let Some((last, true)) = before.filter(|_| is_wide) {
                let own = subset.width(subset.cid(last.id)) as f32 * size / 1000.0;
                if last.advance - last.dx + glyph.dx - own > LIKE_A_SPACE * size {
                    return true;
                }
            }
            before = Some((glyph, is_wide));
        }
    }
    false
}

/// A line of text being written: where the viewer's pen is and what waits to be shown.
struct Line<'a, 's> {
    ops: &'a mut Vec<Op>,
    tags: &'a mut Tags<'s>,
    subset: &'a Subset,
    /// Thousandth of an em, pt.
    em: f64,
    /// The viewer's pen, in thousandths of an em from the start of the baseline.
    pen: f64,
    /// Text rise in force, pt.
    rise: f32,
    items: Vec<TextItem>,
}

impl Line<'_, '_> {
    /// What follows reads as its glyphs do, or as `reading`.
    fn read_as(&mut self, reading: Option<&str>) {
        if reading.is_some() || !self.tags.is_plain() {
            self.flush();
            self.tags.begin(self.ops, reading);
        }
    }

    /// Puts a glyph where the pen of the layout, `origin` pt from the start, wants it.
    fn place(&mut self, glyph: &Glyph, origin: f64) {
        self.set_rise(rounded(glyph.dy));
        let wanted = (origin + f64::from(glyph.dx)) / self.em;
        // Rounded to keep the file small; what is rounded away is made up for at the next glyph.
        let back = ((self.pen - wanted) * 10.0).round() / 10.0;
        if back != 0.0 && back.is_finite() {
            match self.items.last_mut() {
                Some(TextItem::GlyphIds(shown)) => {
                    if let Some(last) = shown.last_mut() {
                        last.offset = back as f32;
                    }
                }
                _ => self.items.push(TextItem::Offset(back as f32)),
            }
            self.pen -= back;
        }
        let cid = self.subset.cid(glyph.id);
        let shown = Codepoint::with_cid(cid, 0.0, self.subset.reading(cid).to_owned());
        match self.items.last_mut() {
            Some(TextItem::GlyphIds(glyphs)) => glyphs.push(shown),
            _ => self.items.push(TextItem::GlyphIds(vec![shown])),
        }
        self.pen += self.subset.width(cid);
        if matches!(self.items.last(), Some(TextItem::GlyphIds(glyphs)) if glyphs.len() >= ITEMS_AT_ONCE)
        {
            self.flush();
        }
    }

    fn set_rise(&mut self, rise: f32) {
        if rise != self.rise {
            self.flush();
            self.ops.push(Op::SetLineOffset { multiplier: rise });
            self.rise = rise;
        }
    }

    fn flush(&mut self) {
        if !self.items.is_empty() {
            self.ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }
}

/// A length for printpdf, rounded to a thousandth.
pub(super) fn pt(value: f32) -> Pt {
    Pt(rounded(value))
}
