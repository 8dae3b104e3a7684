//! What a change was and where it happened, for the way back to it.

use super::blocks::Shift;
use super::group::{Change, Group};
use super::{State, Step};
use crate::domain::{Draft, Field};

/// A step, and a blank of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The step.
    pub(super) step: Step,
    /// The blank; `None`: the step as a whole.
    pub(super) field: Option<Field>,
}

impl Place {
    /// A blank with its step.
    pub(super) fn of(field: &Field) -> Self {
        Self { step: Step::of(field), field: Some(field.clone()) }
    }
}

/// How much of the draft a change touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The text of its blank, by keys: those that follow each other are one change.
    Keys,
    /// The text of its blank, at once.
    Text,
    /// The reason with which a finding of this rule in its blank is confirmed, by keys.
    Reason(&'static str),
    /// Whatever it may be.
    Any,
}

/// A change.
#[derive(Debug, Clone)]
pub(super) struct Deed {
    /// What was done, in a few words.
    pub(super) words: String,
    /// Where it is seen when it is taken back.
    pub(super) before: Place,
    /// Where it is seen when it is made again.
    pub(super) after: Place,
    /// What it touched.
    pub(super) extent: Extent,
    /// Of which section of a letter it changed the blocks, and how.
    pub(super) shift: Option<(Field, Shift)>,
}

impl Deed {
    /// Something done with a blank.
    pub(super) fn with(field: &Field, extent: Extent) -> Self {
        let place = Place::of(field);
        let words = field.title();
        Self { words, before: place.clone(), after: place, extent, shift: None }
    }

    /// Something done in one place.
    pub(super) fn at(place: Place, words: impl Into<String>) -> Self {
        let before = place.clone();
        Self { words: words.into(), before, after: place, extent: Extent::Any, shift: None }
    }

    /// The blank whose text alone was changed.
    pub(super) fn text(&self) -> Option<&Field> {
        let is_text = matches!(self.extent, Extent::Keys | Extent::Text);
        self.before.field.as_ref().filter(|_| is_text)
    }
}

impl State {
    /// Where the person is.
    pub(super) fn place(&self) -> Place {
        Place { step: self.step, field: self.focus.clone() }
    }

    /// A change of a list that is about to be made.
    pub(super) fn group_deed(&self, group: Group, change: Change, after: Step) -> Deed {
        let count = group.count(&self.draft);
        let (verb, n, to) = match change {
            Change::Add => ("新增", count, None),
            Change::Duplicate(n) => ("复制", n, Some(n)),
            Change::MoveUp(n) => ("上移", n, Some(n)),
            Change::MoveDown(n) => ("下移", n, Some(n)),
            Change::Remove(n) => ("删除", n, Some(n)),
        };
        let before = match to {
            Some(n) => group_place(&self.draft, group, n),
            None => self.place(),
        };
        Deed {
            words: format!("{verb}{} {}", group.noun(), n + 1),
            before,
            after: Place { step: after, field: None },
            extent: Extent::Any,
            shift: None,
        }
    }
}

/// The first blank of group n of a list.
pub(super) fn group_place(draft: &Draft, group: Group, n: usize) -> Place {
    let step = match group {
        Group::Demands => Step::Demand(n),
        Group::Applications => Step::Items,
        Group::Evidence(letter) => Step::Evidence(letter),
    };
    let inside = format!("{}/", group.nth(n).pointer());
    let blanks = step.fields(draft);
    let field = blanks.into_iter().find(|blank| blank.pointer().starts_with(&inside));
    Place { step, field }
}
