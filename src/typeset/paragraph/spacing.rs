//! The room between and within a paragraph's characters: what it is, how far it gives and takes.

use crate::typeset::line_break::{is_ideograph, is_wide, wants_space};
use crate::typeset::mark::{
    EmptyHalf, are_one_mark, closed_up, empty_half, is_closing, is_opening, width_at_end,
};
use crate::typeset::page::Glyph;
use crate::typeset::shape::{Cluster, ClusterKind};

/// A cluster's share of the room in its line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spacing {
    /// Room behind it beside its own width, pt.
    pub(super) gap: f32,
    /// How far a line may be drawn apart behind it.
    pub(super) give: Give,
    /// Which half of it is empty.
    pub(super) half: Option<EmptyHalf>,
    /// How much of that half may go within a line, pt.
    pub(super) squeeze: f32,
    /// How much of the room behind it, or of itself where it is a space, may go within a line, pt.
    pub(super) close: f32,
    /// What of its width is not needed where it begins a line, pt.
    pub(super) start_trim: f32,
    /// What of its width is not needed where it ends a line, pt.
    pub(super) end_trim: f32,
}

/// How a place between two clusters takes part when a line is stretched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Give {
    /// Not at all.
    #[default]
    None,
    /// As the room between two 字.
    Little,
    /// As a space, or the quarter em between Chinese and Latin: first, and up to half an em.
    Much,
}

/// Room between Chinese and Latin, em.
const QUARTER: f32 = 0.25;
/// What a line may take from it, em.
const QUARTER_CLOSES: f32 = 0.125;

/// The spacing of each cluster. Marks that follow each other are closed up, and a space typed
/// between Chinese and Latin made the quarter em, in the clusters and glyphs themselves.
pub(super) fn space(
    text: &str,
    clusters: &mut [Cluster],
    glyphs: &mut [Glyph],
    size: f32,
) -> Vec<Spacing> {
    let mut all = Vec::with_capacity(clusters.len());
    let mut before = ' ';
    let mut following = ends_of(text, clusters.first());
    for n in 0..clusters.len() {
        let (first, last) = following;
        following = ends_of(text, clusters.get(n + 1));
        let next = following.0;
        if first == last && is_ideograph(first) && is_ideograph(next) {
            all.push(Spacing { give: Give::Little, ..Spacing::default() });
            before = last;
            continue;
        }
        let Some(here) = clusters.get(n) else { break };
        let full = here.width > size * 0.9;
        let mut spacing =
            Spacing { half: if full { empty_half(first) } else { None }, ..Spacing::default() };
        let words = (here.text.len() == 1 && first == ' ')
            .then(|| wants_space(before, next) && next != ' ');
        if words == Some(true) {
            set_width(clusters, glyphs, n, size * QUARTER);
        } else if spacing.half.is_some() || first == '·' {
            mark(clusters, glyphs, n, (before, first, next), size, &mut spacing);
        }
        behind(&mut spacing, (first, last, next), words, size);
        let kind = |n: usize| clusters.get(n).map_or(ClusterKind::Room, |cluster| cluster.kind);
        if kind(n) == ClusterKind::Room || kind(n + 1) == ClusterKind::Room {
            spacing.give = Give::None;
        }
        before = last;
        all.push(spacing);
    }
    all
}

/// First and last character of a cluster; those of a box are no letters.
fn ends_of(text: &str, cluster: Option<&Cluster>) -> (char, char) {
    let of = cluster.and_then(|cluster| text.get(cluster.text.clone())).unwrap_or("");
    let mut characters = of.chars();
    let first = characters.next().unwrap_or('\0');
    (first, characters.next_back().unwrap_or(first))
}

/// Closes up a mark with those beside it; half a square is what is left of it at most in a line.
fn mark(
    clusters: &mut [Cluster],
    glyphs: &mut [Glyph],
    n: usize,
    (before, here, next): (char, char, char),
    size: f32,
    spacing: &mut Spacing,
) {
    let Some(cluster) = clusters.get(n) else { return };
    if here == '·' {
        // 间隔号 takes half a square (GB/T 15834 5.1.7), where the face gives it a whole one.
        let over = cluster.width - size / 2.0;
        if over > 0.01 {
            set_width(clusters, glyphs, n, size / 2.0);
            shift(clusters, glyphs, n, -over / 2.0);
        }
        return;
    }
    let width = cluster.width;
    let off = (closed_up(before, here).1 + closed_up(here, next).0) * size;
    if off > 0.0 {
        set_width(clusters, glyphs, n, width - off);
        if spacing.half == Some(EmptyHalf::Left) {
            shift(clusters, glyphs, n, -off);
        }
    }
    let left = size / 2.0 - off;
    spacing.squeeze = left.max(0.0);
    match spacing.half {
        Some(EmptyHalf::Left) => spacing.start_trim = spacing.squeeze,
        Some(EmptyHalf::Right) => {
            spacing.end_trim = width - off - size * width_at_end(here);
        }
        None => {}
    }
}

/// What lies between a cluster and the next.
fn behind(
    spacing: &mut Spacing,
    (first, last, next): (char, char, char),
    words: Option<bool>,
    size: f32,
) {
    if let Some(quarter) = words {
        spacing.give = Give::Much;
        spacing.close = if quarter { size * QUARTER_CLOSES } else { size * QUARTER / 3.0 };
        return;
    }
    if next == '\0' && !is_wide(last) {
        return;
    }
    if next != ' ' && wants_space(last, next) {
        spacing.gap = size * QUARTER;
        spacing.close = size * QUARTER_CLOSES;
        spacing.give = Give::Much;
        return;
    }
    let mut buffer = [0; 4];
    let closes = is_closing(next.encode_utf8(&mut buffer)) && next != '—';
    let mut buffer = [0; 4];
    let opened = is_opening(first.encode_utf8(&mut buffer));
    let fixed = next == ' ' || closes || opened || are_one_mark(last, next);
    if !fixed && (is_wide(last) || is_wide(next)) {
        spacing.give = Give::Little;
    }
}

fn set_width(clusters: &mut [Cluster], glyphs: &mut [Glyph], n: usize, width: f32) {
    let Some(cluster) = clusters.get_mut(n) else { return };
    if let Some(glyph) = glyphs.get_mut(cluster.glyphs.clone()).and_then(<[Glyph]>::last_mut) {
        glyph.advance += width - cluster.width;
        cluster.width = width;
    }
}

fn shift(clusters: &[Cluster], glyphs: &mut [Glyph], n: usize, by: f32) {
    let range = clusters.get(n).map_or(0..0, |cluster| cluster.glyphs.clone());
    for glyph in glyphs.get_mut(range).unwrap_or_default() {
        glyph.dx += by;
    }
}
