//! Pieces that do not fit a line are let be broken: first between numbers and their units, then at
//! the seams of a part number, at last anywhere.

use std::ops::Range;

use super::source::{SLACK, Source};
use crate::typeset::line_break::{Ease, is_seam};
use crate::typeset::mark::{are_one_mark, is_lesser, opens};

/// Characters that stay together at either side of a break within a word.
const LEAST: usize = 2;
/// A line this narrow leaves no choice, em.
const NARROW: f32 = 6.0;

/// Adds ends of lines until every piece fits a line of `width` pt, or is a single cluster.
pub(super) fn tear(source: &mut Source<'_>, width: f32) {
    let narrow = width < NARROW * source.paragraph.style.size;
    for step in [kept, seam, anywhere, lesser, desperate] {
        let wide = wide_pieces(source, width);
        if wide.is_empty() {
            return;
        }
        for piece in wide {
            let mut row = 0;
            for n in piece.start..piece.end.saturating_sub(1) {
                let here = source.cluster_text(n).chars().count();
                row = if is_one_mark(source, n) { row + here } else { 0 };
                if let Some(ease) = step(source, &Spot { piece: &piece, n, row, narrow }) {
                    source.set_ease(n, ease);
                }
            }
        }
    }
}

/// A place within a piece.
struct Spot<'a> {
    piece: &'a Range<usize>,
    /// The cluster before it.
    n: usize,
    /// How many characters up to it are equal halves of —— or ……, where the next one is another.
    row: usize,
    /// Whether the column leaves no choice.
    narrow: bool,
}

impl Spot<'_> {
    /// Clusters of the piece at either side.
    fn sides(&self) -> (usize, usize) {
        (self.n + 1 - self.piece.start, self.piece.end - self.n - 1)
    }
}

/// Whether a cluster and the next are halves of one mark.
fn is_one_mark(source: &Source<'_>, n: usize) -> bool {
    let before = source.cluster_text(n).chars().next_back();
    let after = source.cluster_text(n + 1).chars().next();
    before.zip(after).is_some_and(|(before, after)| are_one_mark(before, after))
}

/// The pieces between the ends of lines, those before units left out, that are wider than a line.
fn wide_pieces(source: &Source<'_>, width: f32) -> Vec<Range<usize>> {
    let mut wide = Vec::new();
    let mut from = 0;
    for n in 0..source.clusters.len() {
        let ends = source.ease(n).is_some_and(|ease| ease != Ease::Kept);
        if ends || n + 1 == source.clusters.len() {
            if source.room(from, n + 1).natural > f64::from(width + SLACK) {
                wide.push(from..n + 1);
            }
            from = n + 1;
        }
    }
    wide
}

fn kept(source: &Source<'_>, spot: &Spot<'_>) -> Option<Ease> {
    source.ease(spot.n).map(|_| Ease::Link)
}

fn seam(source: &Source<'_>, spot: &Spot<'_>) -> Option<Ease> {
    let before = source.cluster_text(spot.n).chars().next_back()?;
    let after = source.cluster_text(spot.n + 1).chars().next()?;
    let (left, right) = spot.sides();
    (left > LEAST && right > LEAST && is_seam(before, after)).then_some(Ease::Link)
}

fn anywhere(source: &Source<'_>, spot: &Spot<'_>) -> Option<Ease> {
    if source.holds(spot.n) {
        return None;
    }
    let (left, right) = spot.sides();
    (spot.narrow || (left >= LEAST && right >= LEAST)).then_some(Ease::Torn)
}

/// A row of nothing but marks is rather torn before one that does little harm at the start of a line,
/// or before a blank.
fn lesser(source: &Source<'_>, spot: &Spot<'_>) -> Option<Ease> {
    let before = source.cluster_text(spot.n).chars().next_back()?;
    let after = source.cluster_text(spot.n + 1).chars().next()?;
    let harmless = is_lesser(after) || after == '\u{3000}';
    if !harmless || opens(before) {
        return None;
    }
    desperate(source, spot)
}

/// A row of nothing but marks: —— and …… stay whole, but of a long row each is a piece.
fn desperate(_: &Source<'_>, spot: &Spot<'_>) -> Option<Ease> {
    spot.row.is_multiple_of(2).then_some(Ease::Torn)
}
