//! Which earlier states are let go as time passes.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Version;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 366 * DAY;
/// How long the state before a restore is exempt from thinning by age.
const PINNED_FOR: i64 = 30 * DAY;
/// Most bytes of a history.
const MOST_BYTES: u64 = 64 << 20;
/// Most versions of a history.
const MOST_VERSIONS: usize = 5000;

/// A version with the time that counts for its age.
struct Aged<'a> {
    version: &'a Version,
    /// Seconds.
    at: i64,
    age: i64,
    newest: bool,
}

impl Aged<'_> {
    fn is_pinned(&self) -> bool {
        self.version.before_restore && self.age < PINNED_FOR
    }

    fn slot(&self, width: i64) -> (i64, i64) {
        (width, self.at.div_euclid(width))
    }
}

/// Versions to let go, of a list that is newest first. Kept are the newest of all, every one of the past
/// hour, the last of each hour of the past day and of each day of the past year; of those, what
/// [`MOST_BYTES`] and [`MOST_VERSIONS`] hold.
pub(super) fn superfluous(versions: &[Version], now: Timestamp) -> Vec<&Version> {
    let (mut kept, mut gone): (Vec<Aged<'_>>, Vec<&Version>) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    for aged in aged(versions, now) {
        let slot = match aged.age {
            ..HOUR => None,
            HOUR..DAY => Some(aged.slot(HOUR)),
            _ => Some(aged.slot(DAY)),
        };
        let is_free = aged.age <= YEAR && slot.is_none_or(|slot| !taken.contains(&slot));
        if !aged.version.before_restore {
            taken.extend(slot);
        }
        if aged.newest || is_free || aged.is_pinned() {
            kept.push(aged);
        } else {
            gone.push(aged.version);
        }
    }
    gone.extend(beyond_bounds(&kept));
    gone
}

/// With their ages. A version is not older than one saved before it: where the clock was put back, its
/// stamp says so, and it would be let go too early. One from the future is new.
fn aged(versions: &[Version], now: Timestamp) -> Vec<Aged<'_>> {
    let mut latest = i64::MIN;
    let mut aged: Vec<Aged<'_>> = Vec::new();
    for version in versions.iter().rev() {
        latest = latest.max(version.at.as_second());
        let age = now.as_second().saturating_sub(latest);
        aged.push(Aged { version, at: latest, age, newest: false });
    }
    aged.reverse();
    if let Some(newest) = aged.first_mut() {
        newest.newest = true;
    }
    aged
}

/// Of what age leaves, what there is no room for: first where it is densest, and the oldest first, so that
/// an hour of typing does not cost the year before it.
fn beyond_bounds<'a>(kept: &[Aged<'a>]) -> Vec<&'a Version> {
    let mut bytes: u64 = kept.iter().map(|aged| aged.version.bytes).sum();
    let mut count = kept.len();
    let mut last_of = BTreeSet::new();
    let mut ranked: Vec<(u8, usize)> = Vec::new();
    for (index, aged) in kept.iter().enumerate() {
        let firsts = [MINUTE, HOUR, DAY].map(|width| last_of.insert(aged.slot(width)));
        let rank = match firsts {
            _ if aged.newest => continue,
            _ if aged.is_pinned() => 4,
            [_, _, true] => 3,
            [_, true, _] => 2,
            [true, _, _] => 1,
            _ => 0,
        };
        // The list is newest first.
        ranked.push((rank, usize::MAX - index));
    }
    ranked.sort_unstable();
    let mut gone = Vec::new();
    for (_, place) in ranked {
        if bytes <= MOST_BYTES && count <= MOST_VERSIONS {
            break;
        }
        if let Some(aged) = kept.get(usize::MAX - place) {
            bytes = bytes.saturating_sub(aged.version.bytes);
            count -= 1;
            gone.push(aged.version);
        }
    }
    gone
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn now() -> Timestamp {
        "2024-11-21T15:30:00Z".parse().unwrap()
    }

    fn version(age: i64, pinned: bool, bytes: u64) -> Version {
        let at = Timestamp::from_second(now().as_second() - age).unwrap();
        Version { at, before_restore: pinned, path: PathBuf::new(), bytes, number: 0 }
    }

    /// Ages of those that stay.
    fn kept(versions: &[Version]) -> Vec<i64> {
        let gone = superfluous(versions, now());
        let stays = |version: &&Version| !gone.iter().any(|gone| std::ptr::eq(*gone, *version));
        versions.iter().filter(stays).map(|v| now().as_second() - v.at.as_second()).collect()
    }

    #[test]
    fn every_save_stays_for_an_hour_then_one_an_hour_then_one_a_day() {
        // Every ten seconds for two days, newest first, thinned once.
        let versions: Vec<_> =
            (0..(2 * DAY / 10)).map(|step| version(step * 10, false, 1)).collect();
        let ages = kept(&versions);
        assert_eq!(ages.iter().filter(|age| **age < HOUR).count(), 360);
        // Where an hour or a day is cut, one more.
        assert!((24..=27).contains(&(ages.len() - 360)), "{}", ages.len());
        let yearly: Vec<_> = (0..800).map(|day| version(day * DAY, false, 1)).collect();
        assert_eq!(kept(&yearly).len(), 367);
    }

    #[test]
    fn the_newest_survives_however_old_and_a_pinned_one_in_a_crowd() {
        assert_eq!(kept(&[version(800 * DAY, false, 1)]), [800 * DAY]);
        let crowd = [version(2 * DAY, false, 1), version(2 * DAY + 1, true, 1)];
        let rest = [version(2 * DAY + 2, false, 1), version(900 * DAY, false, 1)];
        assert_eq!(kept(&[crowd, rest].concat()), [2 * DAY, 2 * DAY + 1]);
    }

    #[test]
    fn a_clock_put_back_costs_nothing_and_one_from_the_future_is_new() {
        // Saved last, while the clock stood two years back, after one a minute old.
        let crowd = [version(730 * DAY, false, 1), version(731 * DAY, false, 1)];
        assert_eq!(kept(&[&crowd[..], &[version(60, false, 1)]].concat()).len(), 3);
        let future: Vec<_> = (1..9).map(|year| version(-year * YEAR, false, 1)).rev().collect();
        assert_eq!(kept(&future).len(), 8);
    }

    #[test]
    fn what_has_no_room_goes_where_it_is_densest_and_the_newest_stays() {
        // Each a megabyte: an hour of one every ten seconds, and a day before each of a month.
        let hour = (0..360).map(|step| version(step * 10, false, 1 << 20));
        let month = (1..31).map(|day| version(day * DAY, day == 20, 1 << 20));
        let ages = kept(&hour.chain(month).collect::<Vec<_>>());
        assert_eq!(ages.len(), 64);
        assert_eq!(ages.iter().filter(|age| **age >= DAY).count(), 30);
        assert_eq!(kept(&[version(5, false, 99 << 20), version(6, true, 1)]), [5]);
        let many: Vec<_> = (0..10_000).map(|age| version(age / 4, false, 1)).collect();
        assert_eq!(kept(&many).len(), MOST_VERSIONS);
    }
}
