//! Line ends of a ragged paragraph: each line takes what it can.

use super::source::{SLACK, Source};
use crate::typeset::line_break::Ease;

/// The clusters behind which each line ends, the last one included.
pub(super) fn ends(source: &Source<'_>, first: f32, width: f32) -> Vec<usize> {
    let count = source.clusters.len();
    let mut ends = Vec::new();
    let mut from = 0;
    while from < count {
        from = end(source, from, if from == 0 { first } else { width });
        ends.push(from);
    }
    keep_company(source, &mut ends, first, width);
    ends
}

fn fits(source: &Source<'_>, from: usize, to: usize, width: f32) -> bool {
    source.room(from, to).natural <= f64::from(width + SLACK)
}

/// Where the line from `from` ends: as far right as can be, but rather at a good place.
fn end(source: &Source<'_>, from: usize, width: f32) -> usize {
    let mut best: Option<(usize, f64)> = None;
    let mut to = from + 1;
    while to <= source.clusters.len() && fits(source, from, to, width) {
        let free = 1.0 - source.room(from, to).natural / f64::from(width.max(1.0));
        let cost = match source.ease(to - 1) {
            _ if to == source.clusters.len() => Some(f64::NEG_INFINITY),
            Some(ease) => reluctance(ease),
            None => None,
        };
        if let Some(cost) = cost.map(|cost| cost + free)
            && best.is_none_or(|(_, least)| cost <= least)
        {
            best = Some((to, cost));
        }
        to += 1;
    }
    best.map_or_else(|| torn_end(source, from, to - 1), |(to, _)| to)
}

/// What an end of a line may cost in empty room, shares of its width.
fn reluctance(ease: Ease) -> Option<f64> {
    match ease {
        Ease::Free => Some(0.0),
        Ease::Poor => Some(0.05),
        Ease::Link => Some(0.15),
        Ease::Torn => Some(0.75),
        // It fits a line of its own.
        Ease::Kept => None,
    }
}

/// Where a line that may end nowhere is torn: before cluster `full`, or earlier, so that no closing
/// mark begins the next line and no opening one ends this.
fn torn_end(source: &Source<'_>, from: usize, full: usize) -> usize {
    let mut to = full;
    while to > from + 1 && source.holds(to - 1) {
        to -= 1;
    }
    // A row of nothing but marks is torn where it is full.
    if to > from + 1 { to } else { full.max(from + 1) }
}

/// A last line of a single 字 takes others from the line above, where that stays half full.
fn keep_company(source: &Source<'_>, ends: &mut [usize], first: f32, width: f32) {
    let (start, above, last) = match ends {
        [.., start, above, last] => (*start, above, *last),
        [above, last] => (0, above, *last),
        _ => return,
    };
    if !source.is_lonely(*above..last) {
        return;
    }
    let half = f64::from(if start == 0 { first } else { width }) / 2.0;
    let better = (start + 1..*above).rev().find(|&to| {
        source.ease(to - 1).is_some_and(|ease| ease <= Ease::Poor) && !source.is_lonely(to..last)
    });
    if let Some(to) = better
        && source.room(start, to).natural >= half
        && fits(source, to, last, width)
    {
        *above = to;
    }
}
