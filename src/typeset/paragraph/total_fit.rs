//! Line ends of a justified paragraph: of all ways to break it, the one whose lines together are
//! the least stretched, squeezed and uneven (Knuth and Plass, 1981).

use super::source::{SLACK, Source};
use crate::typeset::line_break::Ease;

/// A line stretched by this share of an em between 字 is as bad as one of tightness 1.
const EM_OF_STRETCH: f64 = 0.1;
/// Tightness of a line whose marks and spaces give all they can.
const FULLY_SQUEEZED: f64 = 1.8;
/// No line is stretched further where there is a choice: 0.18 em.
const LOOSEST: f64 = 1.8;
/// What a line that nothing can stretch counts as.
const RAGGED: f64 = 10.0;
/// A last line of a single 字.
const ORPHAN: f64 = 25.0;
/// Two lines beside each other, one tight and one loose.
const UNEVEN: f64 = 2.0;

const CLASSES: usize = 4;

/// The best way to a place with a last line of one class.
#[derive(Clone, Copy)]
struct Best {
    cost: f64,
    /// Place and class where that line begins.
    from: (usize, usize),
}

const NONE: Best = Best { cost: f64::INFINITY, from: (0, 0) };

/// The clusters behind which each line ends, the last one included.
pub(super) fn ends(source: &Source<'_>, first: f32, width: f32) -> Vec<usize> {
    let places = source.places();
    let last = places.len() - 1;
    let mut best = vec![[NONE; CLASSES]; places.len()];
    if let Some(start) = best.first_mut() {
        start[1].cost = 0.0;
    }
    let mut reach = 0;
    for a in 0..last {
        let Some(before) = best.get(a).copied() else { break };
        if before.iter().all(|way| way.cost.is_infinite()) {
            continue;
        }
        let line =
            Candidate { source, places: &places, a, target: if a == 0 { first } else { width } };
        reach = line.reach(reach);
        let mut has_good_end = false;
        for b in (a + 1..=reach).rev() {
            let (tightness, cost) = line.judge(b);
            if has_good_end && b < last && tightness > LOOSEST {
                break;
            }
            has_good_end |= b < last && line.ends_well(b);
            if let Some(there) = best.get_mut(b) {
                relax(&before, there, a, class(tightness), cost);
            }
        }
    }
    trace(&places, &best)
}

/// Keeps the line from `a` that costs `cost` where it is the best way so far.
fn relax(before: &[Best; CLASSES], there: &mut [Best; CLASSES], a: usize, to: usize, cost: f64) {
    for (from, way) in before.iter().enumerate() {
        let uneven = if a > 0 && from.abs_diff(to) > 1 { UNEVEN } else { 0.0 };
        let total = way.cost + cost + uneven;
        if let Some(known) = there.get_mut(to).filter(|known| total < known.cost) {
            *known = Best { cost: total, from: (a, from) };
        }
    }
}

fn trace(places: &[usize], best: &[[Best; CLASSES]]) -> Vec<usize> {
    let at = |place: usize, class: usize| best.get(place).and_then(|ways| ways.get(class));
    let mut place = places.len() - 1;
    let mut class = 0;
    for other in 1..CLASSES {
        if at(place, other).zip(at(place, class)).is_some_and(|(o, c)| o.cost < c.cost) {
            class = other;
        }
    }
    let mut ends = Vec::new();
    while place > 0 {
        ends.extend(places.get(place));
        let Some(way) = at(place, class) else { break };
        (place, class) = way.from;
    }
    ends.reverse();
    ends
}

fn class(tightness: f64) -> usize {
    match tightness {
        t if t < -0.6 => 0,
        t if t < 0.8 => 1,
        t if t < 1.8 => 2,
        _ => 3,
    }
}

/// Lines that begin at a place.
struct Candidate<'a, 'p> {
    source: &'a Source<'p>,
    places: &'a [usize],
    a: usize,
    target: f32,
}

impl Candidate<'_, '_> {
    fn place(&self, n: usize) -> usize {
        self.places.get(n).copied().unwrap_or(usize::MAX)
    }

    /// What a line to `b` has left, its room, whether it can be brought into its width.
    fn fits(&self, b: usize) -> bool {
        let room = self.source.room(self.place(self.a), self.place(b));
        room.natural - room.can_give() <= f64::from(self.target + SLACK)
    }

    /// The last place a line may end at, looked for from that of the line before. Where none fits it
    /// is the next one: what cannot be torn at all.
    fn reach(&self, near: usize) -> usize {
        let last = self.places.len() - 1;
        let mut reach = near.clamp(self.a + 1, last);
        while reach > self.a + 1 && !self.fits(reach) {
            reach -= 1;
        }
        while reach < last && self.fits(reach + 1) {
            reach += 1;
        }
        reach
    }

    fn ends_well(&self, b: usize) -> bool {
        let ease = self.place(b).checked_sub(1).and_then(|n| self.source.ease(n));
        ease.is_some_and(|ease| ease < Ease::Kept)
    }

    /// Tightness of the line to `b`, negative where it is squeezed, and its cost.
    fn judge(&self, b: usize) -> (f64, f64) {
        let (from, to) = (self.place(self.a), self.place(b));
        let room = self.source.room(from, to);
        let is_last = b + 1 == self.places.len();
        let free = f64::from(self.target) - room.natural;
        let size = self.source.paragraph.style.size;
        let tightness = if free < -f64::from(SLACK) {
            let give = room.can_give();
            if give > 0.0 { -FULLY_SQUEEZED * (-free / give).min(8.0) } else { -RAGGED }
        } else if is_last {
            0.0
        } else if room.little + room.much == 0 {
            // A row of Latin letters: the more of them the better.
            RAGGED * (1.0 + free / f64::from(self.target.max(1.0)))
        } else {
            let fit = room.fit(free, size);
            (f64::from(fit.little.min(size) / size) / EM_OF_STRETCH).min(RAGGED)
        };
        let bad = tightness * tightness;
        let mut cost = (0.5 + bad) * (0.5 + bad);
        if is_last {
            let lonely = self.a > 0 && self.source.is_lonely(from..to);
            cost += if lonely { ORPHAN } else { 0.0 };
        } else {
            cost += reluctance(self.source.ease(to - 1));
        }
        (tightness, cost)
    }
}

/// The cost of a line's end.
fn reluctance(ease: Option<Ease>) -> f64 {
    match ease {
        Some(Ease::Free) => 0.0,
        Some(Ease::Poor) => 3.0,
        Some(Ease::Link) => 5.0,
        Some(Ease::Kept) => 400.0,
        Some(Ease::Torn) | None => 100.0,
    }
}
