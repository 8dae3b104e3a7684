//! Which group is which, however the lists change: an address of one state is followed into another.

use std::sync::atomic::{AtomicU64, Ordering};

use super::group::{self, Change, Group};
use super::pairing::pairs;
use crate::domain::{Draft, Field};

/// A group as long as the draft is open; a default one is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Member(u64);

impl Default for Member {
    fn default() -> Self {
        // Numbers are never used again, or a group of a state that was taken back could be mistaken.
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// The groups of a state of the draft, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Roster {
    demands: Vec<Member>,
    letters: Vec<Letter>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Letter {
    member: Member,
    pieces: Vec<Member>,
}

impl Roster {
    /// The groups of a draft, all of them new.
    pub(super) fn of(draft: &Draft) -> Self {
        let mut roster = Self::default();
        roster.fit(draft);
        roster
    }

    /// Takes in that groups were added at the end of lists or taken off it.
    pub(super) fn fit(&mut self, draft: &Draft) {
        self.demands.resize_with(draft.demands.len(), Member::default);
        self.letters.resize_with(draft.applications.len(), Letter::default);
        for (letter, application) in self.letters.iter_mut().zip(&draft.applications) {
            letter.pieces.resize_with(application.evidence.len(), Member::default);
        }
    }

    /// Takes in a change of a list.
    pub(super) fn regroup(&mut self, group: Group, change: Change) {
        let copy = if let Change::Duplicate(n) = change { Some(n + 1) } else { None };
        match group {
            Group::Demands => {
                group::change_list(&mut self.demands, change);
                renew(&mut self.demands, copy);
            }
            Group::Applications => {
                group::change_list(&mut self.letters, change);
                if let Some(letter) = copy.and_then(|at| self.letters.get_mut(at)) {
                    letter.member = Member::default();
                    letter.pieces.fill_with(Member::default);
                }
            }
            Group::Evidence(n) => {
                if let Some(letter) = self.letters.get_mut(n) {
                    group::change_list(&mut letter.pieces, change);
                    renew(&mut letter.pieces, copy);
                }
            }
        }
    }

    /// Takes in that the draft became another as a whole: groups that are [alike](pairs) are the same, all
    /// others are new.
    pub(super) fn replace(&mut self, before: &Draft, after: &Draft) {
        let old = std::mem::replace(self, Self::of(after));
        keep(&mut self.demands, &old.demands, &pairs(&before.demands, &after.demands));
        let same = pairs(&before.applications, &after.applications);
        for (n, (letter, was)) in self.letters.iter_mut().zip(same).enumerate() {
            let Some((was, known)) = was.and_then(|n| Some((n, old.letters.get(n)?))) else {
                continue;
            };
            letter.member = known.member;
            let pieces = |draft: &Draft, n: usize| {
                draft.applications.get(n).map(|letter| letter.evidence.clone()).unwrap_or_default()
            };
            let same = pairs(&pieces(before, was), &pieces(after, n));
            keep(&mut letter.pieces, &known.pieces, &same);
        }
    }

    /// The outermost group of a blank of this state that is not in another.
    pub(super) fn lost(&self, field: &Field, into: &Self) -> Option<Field> {
        let segments: Vec<&str> = field.segments().collect();
        let groups = match segments.as_slice() {
            [list @ ("demands" | "applications"), n] | [list @ "demands", n, ..] => {
                vec![format!("/{list}/{n}")]
            }
            ["applications", n, "evidence", m, ..] => {
                vec![format!("/applications/{n}"), format!("/applications/{n}/evidence/{m}")]
            }
            ["applications", n, ..] => vec![format!("/applications/{n}")],
            _ => Vec::new(),
        };
        groups.into_iter().map(Field::new).find(|group| self.follow(group, into).is_none())
    }

    /// Of each list that is in both states, whether what is in both stands in another order there.
    pub(super) fn is_reordered(&self, into: &Self) -> impl Iterator<Item = (Group, bool)> {
        let letters: Vec<Member> = into.letters.iter().map(|letter| letter.member).collect();
        let before: Vec<Member> = self.letters.iter().map(|letter| letter.member).collect();
        let lists = [
            (Group::Demands, is_moved(&self.demands, &into.demands)),
            (Group::Applications, is_moved(&before, &letters)),
        ];
        let pieces = into.letters.iter().enumerate().map(|(n, letter)| {
            let known = self.letters.iter().find(|known| known.member == letter.member);
            let moved = known.is_some_and(|known| is_moved(&known.pieces, &letter.pieces));
            (Group::Evidence(n), moved)
        });
        lists.into_iter().chain(pieces.collect::<Vec<_>>())
    }

    /// Letter n.
    pub(super) fn letter(&self, n: usize) -> Option<Member> {
        self.letters.get(n).map(|letter| letter.member)
    }

    /// Piece m of the evidence of letter n.
    pub(super) fn piece(&self, n: usize, m: usize) -> Option<Member> {
        self.letters.get(n)?.pieces.get(m).copied()
    }

    /// Where a letter is.
    pub(super) fn letter_at(&self, member: Member) -> Option<usize> {
        self.letters.iter().position(|letter| letter.member == member)
    }

    /// Where a piece of the evidence of letter n is.
    pub(super) fn piece_at(&self, n: usize, member: Member) -> Option<usize> {
        self.letters.get(n)?.pieces.iter().position(|piece| *piece == member)
    }

    /// The last piece of letter n, which was just added, is this one.
    pub(super) fn name_last_piece(&mut self, n: usize, member: Member) {
        if let Some(last) = self.letters.get_mut(n).and_then(|letter| letter.pieces.last_mut()) {
            *last = member;
        }
    }

    /// Where a blank of this state is in another; `None`: its group is not there.
    pub(super) fn follow(&self, field: &Field, into: &Self) -> Option<Field> {
        let segments: Vec<&str> = field.segments().collect();
        let (start, rest) = match segments.as_slice() {
            ["demands", n, rest @ ..] => {
                let member = self.demands.get(n.parse::<usize>().ok()?)?;
                let n = into.demands.iter().position(|other| other == member)?;
                (format!("/demands/{n}"), rest)
            }
            ["applications", n, "evidence", m, rest @ ..] => {
                let (n, m) = (n.parse().ok()?, m.parse().ok()?);
                let to = into.letter_at(self.letter(n)?)?;
                let m = into.piece_at(to, self.piece(n, m)?)?;
                (format!("/applications/{to}/evidence/{m}"), rest)
            }
            ["applications", n, rest @ ..] => {
                let n = into.letter_at(self.letter(n.parse().ok()?)?)?;
                (format!("/applications/{n}"), rest)
            }
            _ => return Some(field.clone()),
        };
        Some(Field::new(rest.iter().fold(start, |start, part| format!("{start}/{part}"))))
    }
}

fn renew(list: &mut [Member], at: Option<usize>) {
    if let Some(member) = at.and_then(|at| list.get_mut(at)) {
        *member = Member::default();
    }
}

/// Gives each of `list` the number that the group it is the same as has in `old`.
fn keep(list: &mut [Member], old: &[Member], same: &[Option<usize>]) {
    for (member, was) in list.iter_mut().zip(same) {
        *member = was.and_then(|was| old.get(was)).copied().unwrap_or(*member);
    }
}

fn is_moved(before: &[Member], after: &[Member]) -> bool {
    let kept = after.iter().filter_map(|member| before.iter().position(|one| one == member));
    !kept.is_sorted()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Application, Evidence, Role};

    fn draft(pieces: usize) -> Draft {
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        draft.applications = vec![Application::default(); 2];
        for letter in &mut draft.applications {
            letter.evidence = vec![Evidence::default(); pieces];
        }
        draft
    }

    #[test]
    fn an_address_goes_with_its_group_and_a_copy_is_another() {
        let before = Roster::of(&draft(2));
        let piece = Field::evidence(0, 1, "name");
        let mut now = before.clone();
        now.regroup(Group::Evidence(0), Change::MoveUp(1));
        assert_eq!(before.follow(&piece, &now), Some(Field::evidence(0, 0, "name")));
        now.regroup(Group::Applications, Change::Duplicate(0));
        assert_eq!(before.follow(&piece, &now), Some(Field::evidence(0, 0, "name")));
        now.regroup(Group::Applications, Change::Remove(0));
        assert_eq!(before.follow(&piece, &now), None);
        assert_eq!(now.follow(&piece, &before), None);
        let other = Field::evidence(1, 0, "name");
        assert_eq!(before.follow(&other, &now), Some(other.clone()));
        let company = Field::from("/company/name");
        assert_eq!(before.follow(&company, &now), Some(company));
    }

    #[test]
    fn of_another_draft_what_is_alike_is_the_same_wherever_it_stands() {
        let mut before = draft(2);
        for (letter, name) in before.applications.iter_mut().zip(["甲", "乙"]) {
            letter.item.name = name.to_owned();
        }
        let mut after = before.clone();
        after.applications.reverse();
        after.applications.push(Application::default());
        let old = Roster::of(&before);
        let mut now = old.clone();
        now.replace(&before, &after);
        assert_eq!((now.letter(0), now.letter(1)), (old.letter(1), old.letter(0)));
        assert_eq!(now.piece(0, 1), old.piece(1, 1));
        let piece = Field::evidence(0, 1, "name");
        assert_eq!(old.follow(&piece, &now), Some(Field::evidence(1, 1, "name")));
        assert_eq!(
            now.lost(&Field::evidence(2, 0, "name"), &old),
            Some(Field::new("/applications/2"))
        );
        assert_eq!(now.lost(&Field::evidence(1, 0, "name"), &old), None);
        let moved: Vec<_> = old.is_reordered(&now).filter(|(_, is)| *is).collect();
        assert_eq!(moved, [(Group::Applications, true)]);
    }

    #[test]
    fn a_piece_that_a_draft_has_no_more_is_nowhere() {
        let (before, mut after) = (draft(2), draft(2));
        if let Some(letter) = after.applications.first_mut() {
            letter.evidence.pop();
        }
        let old = Roster::of(&before);
        let mut now = old.clone();
        now.replace(&before, &after);
        let piece = Field::evidence(0, 1, "name");
        assert_eq!(old.follow(&piece, &now), None);
        assert_eq!(old.lost(&piece, &now), Some(Field::new("/applications/0/evidence/1")));
    }
}
