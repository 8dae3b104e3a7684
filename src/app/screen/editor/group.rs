//! Repeated groups: 需求, 事项 with their letters, 佐证材料. Added, copied, moved, removed.

use crate::domain::{Application, Demand, Draft, Evidence, Field};

/// Which list of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// 需求.
    Demands,
    /// 拟揭榜事项 with their letters.
    Applications,
    /// 佐证材料 of a letter.
    Evidence(usize),
}

/// What to do with a list; positions from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Add an empty one at the end.
    Add,
    /// Put a copy after it.
    Duplicate(usize),
    /// Exchange it with the one before.
    MoveUp(usize),
    /// Exchange it with the one after.
    MoveDown(usize),
    /// Take it away.
    Remove(usize),
}

impl Group {
    /// Address of the list.
    fn pointer(self) -> String {
        match self {
            Self::Demands => "/demands".to_owned(),
            Self::Applications => "/applications".to_owned(),
            Self::Evidence(letter) => format!("/applications/{letter}/evidence"),
        }
    }

    /// Group n of the list.
    pub(super) fn nth(self, n: usize) -> Field {
        Field::new(format!("{}/{n}", self.pointer()))
    }

    /// How many groups the list has.
    pub(super) fn count(self, draft: &Draft) -> usize {
        match self {
            Self::Demands => draft.demands.len(),
            Self::Applications => draft.applications.len(),
            Self::Evidence(letter) => {
                draft.applications.get(letter).map_or(0, |letter| letter.evidence.len())
            }
        }
    }

    /// What one of the list is called.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Demands => "需求",
            Self::Applications => "事项",
            Self::Evidence(_) => "佐证材料",
        }
    }

    /// Changes the list. `false` where the position does not exist; then nothing has changed.
    pub(crate) fn apply(self, draft: &mut Draft, change: Change) -> bool {
        let done = match self {
            Self::Demands => change_list::<Demand>(&mut draft.demands, change),
            Self::Applications => change_list::<Application>(&mut draft.applications, change),
            Self::Evidence(letter) => match draft.applications.get_mut(letter) {
                Some(letter) => change_list::<Evidence>(&mut letter.evidence, change),
                None => false,
            },
        };
        if done {
            let overrides = std::mem::take(&mut draft.overrides);
            draft.overrides = overrides
                .into_iter()
                .filter_map(|mut kept| {
                    kept.field = self.moved(&kept.field, change)?;
                    Some(kept)
                })
                .collect();
        }
        done
    }

    /// The group that `change` has made; `None` where it made none.
    pub(crate) fn made(self, draft: &Draft, change: Change) -> Option<Field> {
        let at = match change {
            Change::Add => self.count(draft).checked_sub(1)?,
            Change::Duplicate(n) => n + 1,
            _ => return None,
        };
        Some(self.nth(at))
    }

    /// Where a blank is after `change`; `None` if it was removed.
    pub(crate) fn moved(self, field: &Field, change: Change) -> Option<Field> {
        let list = self.pointer();
        let Some((at, rest)) = position(field, &list) else { return Some(field.clone()) };
        let new = match change {
            Change::Add => at,
            Change::Duplicate(n) if at > n => at + 1,
            Change::Duplicate(_) => at,
            Change::MoveUp(n) if at == n => at.saturating_sub(1),
            Change::MoveUp(n) if at + 1 == n => n,
            Change::MoveDown(n) if at == n => at + 1,
            Change::MoveDown(n) if at == n + 1 => n,
            Change::MoveUp(_) | Change::MoveDown(_) => at,
            Change::Remove(n) if at == n => return None,
            Change::Remove(n) if at > n => at - 1,
            Change::Remove(_) => at,
        };
        Some(Field::new(format!("{list}/{new}{rest}")))
    }
}

/// The position in `list` and the rest of the address.
fn position<'a>(field: &'a Field, list: &str) -> Option<(usize, &'a str)> {
    let tail = field.pointer().strip_prefix(list)?.strip_prefix('/')?;
    let end = tail.find('/').unwrap_or(tail.len());
    let (number, rest) = tail.split_at(end);
    Some((number.parse().ok()?, rest))
}

/// Changes a list; `false` where the position does not exist.
pub(super) fn change_list<T: Clone + Default>(list: &mut Vec<T>, change: Change) -> bool {
    match change {
        Change::Add => list.push(T::default()),
        Change::Duplicate(n) => {
            let Some(copy) = list.get(n).cloned() else { return false };
            list.insert(n + 1, copy);
        }
        Change::MoveUp(n) if n > 0 && n < list.len() => list.swap(n, n - 1),
        Change::MoveDown(n) if n + 1 < list.len() => list.swap(n, n + 1),
        Change::Remove(n) if n < list.len() => {
            list.remove(n);
        }
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn draft() -> Draft {
        let mut draft = Draft::new("shanghai-2024", Role::Demander);
        draft.demands = ["甲", "乙", "丙"]
            .map(|name| Demand { name: name.to_owned(), ..Demand::default() })
            .to_vec();
        draft
    }

    fn names(draft: &Draft) -> Vec<&str> {
        draft.demands.iter().map(|demand| demand.name.as_str()).collect()
    }

    #[test]
    fn the_right_group_is_changed_and_never_another() {
        let mut draft = draft();
        assert!(Group::Demands.apply(&mut draft, Change::Remove(1)));
        assert_eq!(names(&draft), ["甲", "丙"]);
        assert!(Group::Demands.apply(&mut draft, Change::Duplicate(0)));
        assert_eq!(names(&draft), ["甲", "甲", "丙"]);
        assert!(Group::Demands.apply(&mut draft, Change::MoveUp(2)));
        assert_eq!(names(&draft), ["甲", "丙", "甲"]);
        assert!(!Group::Demands.apply(&mut draft, Change::Remove(7)));
        assert!(!Group::Demands.apply(&mut draft, Change::MoveUp(0)));
        assert!(!Group::Demands.apply(&mut draft, Change::MoveDown(2)));
        assert!(!Group::Evidence(0).apply(&mut draft, Change::Add));
        assert_eq!(names(&draft), ["甲", "丙", "甲"]);
    }

    #[test]
    fn a_confirmation_goes_with_its_group() {
        let mut draft = draft();
        draft.set_override(&Field::demand(2, "name"), "length", "平台允许");
        Group::Demands.apply(&mut draft, Change::MoveUp(2));
        assert_eq!(draft.overrides[0].field, Field::demand(1, "name"));
        Group::Demands.apply(&mut draft, Change::Remove(0));
        assert_eq!(draft.overrides[0].field, Field::demand(0, "name"));
        Group::Demands.apply(&mut draft, Change::Remove(0));
        assert!(draft.overrides.is_empty());
    }

    #[test]
    fn blanks_of_other_lists_stay_where_they_are() {
        let piece = Field::evidence(1, 2, "name");
        assert_eq!(Group::Evidence(0).moved(&piece, Change::Remove(0)), Some(piece.clone()));
        assert_eq!(
            Group::Evidence(1).moved(&piece, Change::Remove(0)),
            Some(Field::evidence(1, 1, "name"))
        );
        assert_eq!(
            Group::Applications.moved(&piece, Change::Remove(0)),
            Some(Field::evidence(0, 2, "name"))
        );
    }
}
