//! Which group of one state of a draft is which of another, where nothing but what they hold can tell.

use crate::domain::{Application, Demand, DemandContent, Evidence};

/// How much two groups have in common; more comes later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Nothing.
    None,
    /// A part of what they hold, or one of them has no name.
    Part,
    /// The name.
    Name,
    /// The name and the number or code.
    Number,
    /// Everything.
    All,
}

/// A group that can be known again.
pub(super) trait Kin {
    /// What it has in common with another.
    fn likeness(&self, other: &Self) -> Likeness;
}

impl Kin for Demand {
    fn likeness(&self, other: &Self) -> Likeness {
        let part = |name| (self.content.blank(name), other.content.blank(name));
        let mut parts = DemandContent::PARTS.into_iter().map(part);
        let shares =
            parts.any(|(one, other)| one == other && one.is_some_and(|words| is_text(words)));
        judge(self == other, (&self.name, &other.name), ("", ""), shares)
    }
}

impl Kin for Application {
    fn likeness(&self, other: &Self) -> Likeness {
        let shares = self
            .sections()
            .any(|(name, body)| body.words().any(is_text) && Some(body) == other.section(name))
            || self.evidence.iter().any(|piece| other.evidence.contains(piece));
        let (one, other_item) = (&self.item, &other.item);
        let names = (one.name.as_str(), other_item.name.as_str());
        let codes = (one.code.as_str(), other_item.code.as_str());
        judge(self == other, names, codes, shares)
    }
}

impl Kin for Evidence {
    fn likeness(&self, other: &Self) -> Likeness {
        let shares = is_text(&self.number) && self.number == other.number
            || self.files.iter().any(|file| other.files.contains(file));
        let numbers = (self.number.as_str(), other.number.as_str());
        judge(self == other, (&self.name, &other.name), numbers, shares)
    }
}

fn is_text(words: &str) -> bool {
    !words.trim().is_empty()
}

fn judge(is_equal: bool, names: (&str, &str), numbers: (&str, &str), shares: bool) -> Likeness {
    let is_named = is_text(names.0) && names.0 == names.1;
    match () {
        () if is_equal => Likeness::All,
        () if is_named && numbers.0 == numbers.1 => Likeness::Number,
        () if is_named => Likeness::Name,
        () if shares || !is_text(names.0) || !is_text(names.1) => Likeness::Part,
        () => Likeness::None,
    }
}

/// For each group of `now` the position it had in `then`; `None`: it is new. What is alike comes
/// together wherever it is; what was renamed, where it follows the same group or has the same position.
pub(super) fn pairs<T: Kin>(then: &[T], now: &[T]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; now.len()];
    for level in [Likeness::All, Likeness::Number, Likeness::Name] {
        for at in 0..now.len() {
            let anywhere = std::iter::once(at).chain(0..then.len());
            pair(&mut pairs, (then, now), at, anywhere, level);
        }
    }
    for at in 0..now.len() {
        let before = at.checked_sub(1).map(|before| pairs.get(before).copied().flatten());
        let next = match before {
            None => Some(0),
            Some(before) => before.map(|before| before + 1),
        };
        pair(&mut pairs, (then, now), at, next.into_iter().chain([at]), Likeness::Part);
    }
    pairs
}

/// Pairs group `at` with the first of `candidates` that is free and at least so much alike.
fn pair<T: Kin>(
    pairs: &mut [Option<usize>],
    (then, now): (&[T], &[T]),
    at: usize,
    mut candidates: impl Iterator<Item = usize>,
    level: Likeness,
) {
    let Some(group) = now.get(at).filter(|_| pairs.get(at) == Some(&None)) else { return };
    let found = candidates.find(|&other| {
        !pairs.contains(&Some(other))
            && then.get(other).is_some_and(|then| then.likeness(group) >= level)
    });
    if let Some(place) = pairs.get_mut(at) {
        *place = found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demands<const N: usize>(held: [(&str, &str); N]) -> Vec<Demand> {
        let demand = |(name, description): (&str, &str)| Demand {
            name: name.to_owned(),
            content: DemandContent {
                description: description.to_owned(),
                ..DemandContent::default()
            },
            ..Demand::default()
        };
        held.map(demand).to_vec()
    }

    #[test]
    fn groups_are_known_again_after_one_before_them_is_gone_or_they_were_moved() {
        let then = demands([("甲", "一"), ("乙", "二"), ("丙", "三")]);
        assert_eq!(pairs(&then, &demands([("乙", "二"), ("丙", "三")])), [Some(1), Some(2)]);
        assert_eq!(pairs(&then, &demands([("丙", "改"), ("甲", "一")])), [Some(2), Some(0)]);
        let added = demands([("新", "别"), ("甲", "一"), ("乙", "二"), ("丙", "三")]);
        assert_eq!(pairs(&then, &added), [None, Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn a_renamed_group_is_the_same_where_it_holds_the_same_and_a_new_one_in_its_place_is_not() {
        let then = demands([("甲", "一"), ("乙", "二")]);
        assert_eq!(pairs(&then, &demands([("甲", "一"), ("改名", "二")])), [Some(0), Some(1)]);
        assert_eq!(pairs(&then, &demands([("甲", "一"), ("别的", "别的")])), [Some(0), None]);
        let unnamed = demands([("", "")]);
        assert_eq!(pairs(&unnamed, &demands([("甲", "一")])), [Some(0)]);
    }

    #[test]
    fn of_groups_that_are_equal_each_stays_where_it_was() {
        let then = demands([("", ""), ("", ""), ("甲", "")]);
        assert_eq!(pairs(&then, &then), [Some(0), Some(1), Some(2)]);
        assert_eq!(pairs(&then, &demands([("甲", ""), ("", "")])), [Some(2), Some(1)]);
    }
}
