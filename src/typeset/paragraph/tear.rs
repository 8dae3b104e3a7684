//! Pieces that do not fit a line are let be broken: first between numbers and their units, then at
//! the seams of a part number, at last anywhere.

use std::ops::Range;

use super::source::{SLACK, Source};
use crate::typeset::line_break::{Ease, is_seam};
use crate::typeset::mark::{are_one_mark, is_closing, is_opening};

/// Characters that stay together at either side of a break within a word.
const LEAST: usize = 2;
/// A line this narrow leaves no choice, em.
const NARROW: f32 = 6.0;

/// Adds ends of lines until every piece fits a line of `width` pt, or is a single cluster.
pub(super) fn tear(source: &mut Source<'_>, width: f32) {
    let narrow = width < NARROW * source.paragraph.style.size;
    for step in [kept, seam, anywhere, desperate] {
        let wide = wide_pieces(source, width);
        if wide.is_empty() {
            return;
        }
        for piece in wide {
            for n in piece.start..piece.end.saturating_sub(1) {
                if let Some(ease) = step(source, &piece, n, narrow) {
                    source.set_ease(n, ease);
                }
            }
        }
    }
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

fn kept(source: &Source<'_>, _: &Range<usize>, n: usize, _: bool) -> Option<Ease> {
    source.ease(n).map(|_| Ease::Link)
}

fn seam(source: &Source<'_>, piece: &Range<usize>, n: usize, _: bool) -> Option<Ease> {
    let before = source.cluster_text(n).chars().next_back()?;
    let after = source.cluster_text(n + 1).chars().next()?;
    let apart = n + 1 - piece.start > LEAST && piece.end - n > LEAST + 1;
    (apart && is_seam(before, after)).then_some(Ease::Link)
}

fn anywhere(source: &Source<'_>, piece: &Range<usize>, n: usize, narrow: bool) -> Option<Ease> {
    if is_closing(source.cluster_text(n + 1)) || is_opening(source.cluster_text(n)) {
        return None;
    }
    let apart = n + 1 - piece.start >= LEAST && piece.end - n > LEAST;
    (apart || narrow).then_some(Ease::Torn)
}

/// A row of nothing but marks.
fn desperate(source: &Source<'_>, _: &Range<usize>, n: usize, _: bool) -> Option<Ease> {
    let before = source.cluster_text(n).chars().next_back()?;
    let after = source.cluster_text(n + 1).chars().next()?;
    // …… and —— stay whole, but of a long row each is a piece of two.
    (!are_one_mark(before, after) || n % 2 == 1).then_some(Ease::Torn)
}
