//! What a stretch of clusters needs as a line, and how it is brought to the line's width.

use super::spacing::{Give, Spacing};
use crate::typeset::shape::Cluster;

/// Widths of clusters set as one line. Sums run over whole paragraphs, hence `f64`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Room {
    /// Width as it is, pt.
    pub(super) natural: f64,
    /// What the empty halves of its marks can give, pt.
    pub(super) squeeze: f64,
    /// What its spaces can give, pt.
    pub(super) close: f64,
    /// How many places stretch first.
    pub(super) much: u32,
    /// How many places stretch between 字.
    pub(super) little: u32,
}

/// How a line is brought to its width.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Fit {
    /// Share of each mark's empty half that goes, 0 to 1.
    pub(super) squeeze: f32,
    /// Share of what each space can give that goes, 0 to 1.
    pub(super) close: f32,
    /// Added to each space, pt.
    pub(super) much: f32,
    /// Added between two 字, pt.
    pub(super) little: f32,
}

/// A space takes as much as so many places between 字, as long as it stays within half an em.
const SHARE: f64 = 3.0;
/// What is added to a space at most, em; a quarter it is already.
const MOST: f64 = 0.25;

impl Room {
    fn add(&mut self, cluster: &Cluster, spacing: &Spacing) {
        self.natural += f64::from(cluster.width + spacing.gap);
        self.squeeze += f64::from(spacing.squeeze);
        self.close += f64::from(spacing.close);
        self.much += u32::from(spacing.give == Give::Much);
        self.little += u32::from(spacing.give == Give::Little);
    }

    /// What a line must be narrower by than its natural width at most, pt.
    pub(super) fn can_give(&self) -> f64 {
        self.squeeze + self.close
    }

    /// How the room becomes `free` pt wider, or narrower where that is negative; marks give first.
    pub(super) fn fit(&self, free: f64, size: f32) -> Fit {
        if free < 0.0 {
            let share =
                |need: f64, of: f64| if of > 0.0 { (need / of).clamp(0.0, 1.0) } else { 0.0 };
            let squeeze = share(-free, self.squeeze);
            let close = share(-free - self.squeeze, self.close);
            return Fit { squeeze: squeeze as f32, close: close as f32, ..Fit::default() };
        }
        let (spaces, gaps) = (f64::from(self.much), f64::from(self.little));
        if spaces + gaps == 0.0 {
            return Fit::default();
        }
        let most = MOST * f64::from(size);
        let mut little = free / (SHARE * spaces + gaps);
        let mut much = SHARE * little;
        if much > most {
            much = most;
            little = if gaps > 0.0 { (free - most * spaces) / gaps } else { f64::MAX };
        }
        if little > much {
            little = free / (spaces + gaps);
            much = little;
        }
        Fit { much: much as f32, little: little as f32, ..Fit::default() }
    }
}

/// Sums of a paragraph's clusters, from which the room of any stretch of them is a difference.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// The room of the clusters before each one, and of all of them.
    before: Vec<Room>,
    /// For each end of a line, where its last cluster that is no space ends.
    solid: Vec<usize>,
}

impl Sums {
    pub(super) fn new<'a>(all: impl Iterator<Item = (&'a Cluster, &'a Spacing, bool)>) -> Self {
        let mut room = Room::default();
        let (mut before, mut solid) = (vec![room], vec![0]);
        for (n, (cluster, spacing, is_space)) in all.enumerate() {
            room.add(cluster, spacing);
            before.push(room);
            solid.push(if is_space { solid.get(n).copied().unwrap_or(0) } else { n + 1 });
        }
        Self { before, solid }
    }

    /// End of the clusters from `from` to `to` without the spaces at their end.
    pub(super) fn solid_end(&self, from: usize, to: usize) -> usize {
        self.solid.get(to).copied().unwrap_or(to).max(from)
    }

    /// The room of the clusters from `from` to `to` as a line: spaces at its end take none, marks at its
    /// ends stand without the empty half that lies outside.
    pub(super) fn room(&self, spacing: &[Spacing], from: usize, to: usize) -> Room {
        let to = self.solid_end(from, to);
        let (Some(start), Some(end)) = (self.before.get(from), self.before.get(to)) else {
            return Room::default();
        };
        if to == from {
            return Room::default();
        }
        let mut room = Room {
            natural: end.natural - start.natural,
            squeeze: end.squeeze - start.squeeze,
            close: end.close - start.close,
            much: end.much - start.much,
            little: end.little - start.little,
        };
        if let Some(last) = spacing.get(to - 1) {
            room.natural -= f64::from(last.gap + last.end_trim);
            room.close -= f64::from(last.close);
            room.much -= u32::from(last.give == Give::Much);
            room.little -= u32::from(last.give == Give::Little);
            if last.end_trim > 0.0 {
                room.squeeze -= f64::from(last.squeeze);
            }
        }
        if let Some(first) = spacing.get(from).filter(|first| first.start_trim > 0.0) {
            room.natural -= f64::from(first.start_trim);
            room.squeeze -= f64::from(first.squeeze);
        }
        // What is left of a difference of sums where there is nothing.
        room.squeeze = if room.squeeze < 1e-3 { 0.0 } else { room.squeeze };
        room.close = if room.close < 1e-3 { 0.0 } else { room.close };
        room
    }
}
