//! Which group is which, however the lists change: an address of one state is followed into another.

use std::sync::atomic::{AtomicU64, Ordering};

use super::group::{self, Change, Group};
use crate::domain::{Application, Draft, Evidence, Field};

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

    /// Takes in that the draft became another as a whole: groups in one place that are named alike are
    /// the same, all others are new.
    pub(super) fn replace(&mut self, before: &Draft, after: &Draft) {
        let old = std::mem::replace(self, Self::of(after));
        for (n, (was, is)) in before.demands.iter().zip(&after.demands).enumerate() {
            if was.name == is.name {
                keep(&mut self.demands, &old.demands, n);
            }
        }
        let letters = self.letters.iter_mut().zip(old.letters);
        let drafts = before.applications.iter().zip(&after.applications);
        for ((letter, old), (was, is)) in letters.zip(drafts) {
            if !is_same_letter(was, is) {
                continue;
            }
            letter.member = old.member;
            for (m, (was, is)) in was.evidence.iter().zip(&is.evidence).enumerate() {
                if is_same_piece(was, is) {
                    keep(&mut letter.pieces, &old.pieces, m);
                }
            }
        }
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

fn keep(list: &mut [Member], old: &[Member], at: usize) {
    if let (Some(member), Some(old)) = (list.get_mut(at), old.get(at)) {
        *member = *old;
    }
}

fn is_same_letter(one: &Application, other: &Application) -> bool {
    one.item.name == other.item.name && one.item.code == other.item.code
}

fn is_same_piece(one: &Evidence, other: &Evidence) -> bool {
    one.kind == other.kind && one.name == other.name && one.number == other.number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

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
    fn of_another_draft_only_what_is_named_alike_in_its_place_is_the_same() {
        let before = draft(2);
        let mut after = draft(1);
        if let Some(letter) = after.applications.get_mut(1) {
            letter.item.name = "别的事项".to_owned();
        }
        let old = Roster::of(&before);
        let mut now = old.clone();
        now.replace(&before, &after);
        assert_eq!((now.letter(0), now.piece(0, 0)), (old.letter(0), old.piece(0, 0)));
        assert_eq!(now.letter_at(old.letter(1).unwrap_or_default()), None);
        assert_eq!(old.follow(&Field::evidence(0, 1, "name"), &now), None);
    }
}
