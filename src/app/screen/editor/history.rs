//! Undo and redo over the whole draft.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::deed::{Deed, Extent};
use super::roster::Roster;
use crate::domain::{Draft, Field};

/// Typing in one blank with shorter pauses is undone at once.
const PAUSE: Duration = Duration::from_millis(1500);
/// Longest typing that is undone at once.
const LONGEST: Duration = Duration::from_secs(8);
/// Most characters one key or one choice of an input method adds; more is a paste.
const MOST_TYPED: usize = 12;
/// Steps kept; the oldest are dropped.
const DEPTH: usize = 200;
/// Most groups in all the whole drafts kept; one takes about 5 KB, so that these take some 30 MB.
const MOST_GROUPS: usize = 6000;

/// What to go back to.
#[derive(Debug)]
enum Was {
    /// The text of a blank: of a large draft much less than the whole.
    Text(Field, String),
    /// Everything.
    Whole(Arc<Draft>, Roster),
}

/// What to go back to, and the change that was made after it.
#[derive(Debug)]
struct Snapshot {
    was: Was,
    deed: Deed,
}

impl Snapshot {
    /// How many groups it keeps.
    fn groups(&self) -> usize {
        match &self.was {
            Was::Text(..) => 0,
            Was::Whole(draft, _) => draft.demands.len() + draft.applications.len(),
        }
    }
}

/// What was, and what was taken back.
#[derive(Debug, Default)]
pub(crate) struct History {
    undone: Vec<Snapshot>,
    done: Vec<Snapshot>,
    typing: Option<Typing>,
    /// Counts what was done, taken back and made again.
    version: u64,
}

/// Keys that follow each other in one blank.
#[derive(Debug, Clone)]
struct Typing {
    field: Field,
    /// It is a reason for what this rule found there.
    rule: Option<&'static str>,
    began: Instant,
    last: Instant,
    kind: Kind,
}

/// What an edit of a text did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A few characters more.
    Typed,
    /// One character less.
    Deleted,
    /// A few characters in place of others, as over a selection; what is typed after them belongs to them.
    Replaced,
    /// A paste, or a selection deleted: a step of its own.
    Large,
}

impl History {
    /// Notes a change from `before` to `after`. Keys in one blank without a pause are one change; what
    /// deletes or replaces more than a character is one of its own, so that no text is lost between two.
    pub(super) fn changed(
        &mut self,
        before: (Arc<Draft>, Roster),
        after: &Draft,
        deed: Deed,
        now: Instant,
    ) {
        self.version += 1;
        let (draft, roster) = before;
        let keys = Typing::of(&deed, &draft, after, now);
        let run = self.typing.take();
        self.undone.clear();
        self.typing = match (run, keys) {
            (Some(run), Some(keys)) if run.goes_on(&keys) => {
                self.typing = Some(Typing { last: now, kind: keys.kind, ..run });
                return;
            }
            (_, keys) => keys.filter(|keys| keys.kind != Kind::Large),
        };
        let text =
            deed.text().and_then(|field| Some((field.clone(), draft.text(field)?.to_owned())));
        let was = match text {
            Some((field, words)) => Was::Text(field, words),
            None => Was::Whole(draft, roster),
        };
        self.done.push(Snapshot { was, deed });
        self.forget();
    }

    /// Drops the oldest, so that many changes of a large draft do not fill the memory.
    fn forget(&mut self) {
        let mut groups: usize = self.done.iter().map(Snapshot::groups).sum();
        while self.done.len() > DEPTH || (groups > MOST_GROUPS && self.done.len() > 1) {
            groups -= self.done.remove(0).groups();
        }
    }

    /// Takes the last change back and tells which it was.
    pub(super) fn undo(&mut self, draft: &mut Arc<Draft>, roster: &mut Roster) -> Option<Deed> {
        self.typing = None;
        self.version += 1;
        swap(&mut self.done, &mut self.undone, draft, roster)
    }

    /// Makes the last change taken back again and tells which it was.
    pub(super) fn redo(&mut self, draft: &mut Arc<Draft>, roster: &mut Roster) -> Option<Deed> {
        self.typing = None;
        self.version += 1;
        swap(&mut self.undone, &mut self.done, draft, roster)
    }

    /// Another number after whatever has changed the draft.
    pub(super) const fn version(&self) -> u64 {
        self.version
    }

    /// Something can be taken back.
    pub(crate) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Something can be made again.
    pub(crate) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl Typing {
    /// What was typed, if it was that.
    fn of(deed: &Deed, before: &Draft, after: &Draft, now: Instant) -> Option<Self> {
        let field = deed.before.field.clone()?;
        let (rule, kind) = match deed.extent {
            Extent::Keys => (None, kind(before.text(&field), after.text(&field))),
            Extent::Reason(rule) => {
                let reason = |draft: &Draft| draft.override_reason(&field, rule).map(str::to_owned);
                let (before, after) = (reason(before), reason(after));
                (Some(rule), kind(before.as_deref(), after.as_deref()))
            }
            Extent::Text | Extent::Any => return None,
        };
        Some(Self { field, rule, began: now, last: now, kind })
    }

    fn goes_on(&self, next: &Self) -> bool {
        self.field == next.field
            && self.rule == next.rule
            && match self.kind {
                Kind::Typed | Kind::Deleted => next.kind == self.kind,
                Kind::Replaced => next.kind == Kind::Typed,
                Kind::Large => false,
            }
            && next.last.duration_since(self.last) < PAUSE
            && next.last.duration_since(self.began) < LONGEST
    }
}

fn kind(before: Option<&str>, after: Option<&str>) -> Kind {
    let characters = |text: Option<&str>| text.unwrap_or_default().chars().collect::<Vec<_>>();
    let (before, after) = (characters(before), characters(after));
    let same = |(a, b): &(&char, &char)| a == b;
    let start = before.iter().zip(&after).take_while(same).count();
    let ends = before.iter().rev().zip(after.iter().rev()).take_while(same).count();
    let end = ends.min(before.len().min(after.len()) - start);
    match (before.len() - start - end, after.len() - start - end) {
        (0, 1..=MOST_TYPED) => Kind::Typed,
        (1, 0) => Kind::Deleted,
        (1.., 1..=MOST_TYPED) => Kind::Replaced,
        _ => Kind::Large,
    }
}

fn swap(
    from: &mut Vec<Snapshot>,
    to: &mut Vec<Snapshot>,
    draft: &mut Arc<Draft>,
    roster: &mut Roster,
) -> Option<Deed> {
    let Snapshot { was, deed } = from.pop()?;
    let was = match was {
        Was::Whole(other, others) => {
            Was::Whole(std::mem::replace(draft, other), std::mem::replace(roster, others))
        }
        Was::Text(field, words) => {
            let text = Arc::make_mut(draft).text_mut(&field)?;
            let words = std::mem::replace(text, words);
            Was::Text(field, words)
        }
    };
    to.push(Snapshot { was, deed: deed.clone() });
    Some(deed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn type_name(history: &mut History, draft: &mut Arc<Draft>, name: &str, at: Instant) {
        let before = Arc::clone(draft);
        Arc::make_mut(draft).company.name = name.to_owned();
        let deed = Deed::with(&Field::from("/company/name"), Extent::Keys);
        history.changed((before, Roster::default()), draft, deed, at);
    }

    #[test]
    fn typing_without_a_pause_is_taken_back_at_once() {
        let (mut history, mut draft) =
            (History::default(), Arc::new(Draft::new("shanghai-2024", Role::Solver)));
        let start = Instant::now();
        type_name(&mut history, &mut draft, "上", start);
        type_name(&mut history, &mut draft, "上海", start + Duration::from_millis(300));
        type_name(&mut history, &mut draft, "上海示例", start + Duration::from_secs(9));
        history.undo(&mut draft, &mut Roster::default());
        assert_eq!(draft.company.name, "上海");
        history.undo(&mut draft, &mut Roster::default());
        assert_eq!(draft.company.name, "");
        assert!(!history.can_undo());
        history.redo(&mut draft, &mut Roster::default());
        history.redo(&mut draft, &mut Roster::default());
        assert_eq!(draft.company.name, "上海示例");
    }

    #[test]
    fn what_is_typed_over_a_selection_is_taken_back_with_it() {
        let (mut history, mut draft) =
            (History::default(), Arc::new(Draft::new("shanghai-2024", Role::Solver)));
        let start = Instant::now();
        let later = |n: u64| start + Duration::from_millis(n * 2000);
        type_name(&mut history, &mut draft, "上海示例公司", start);
        for (n, text) in ["北", "北京", "北京某"].into_iter().enumerate() {
            type_name(&mut history, &mut draft, text, later(1) + Duration::from_millis(n as u64));
        }
        // A word in the middle, by one as short.
        type_name(&mut history, &mut draft, "南京某", later(2));
        history.undo(&mut draft, &mut Roster::default());
        assert_eq!(draft.company.name, "北京某");
        history.undo(&mut draft, &mut Roster::default());
        assert_eq!(draft.company.name, "上海示例公司");
    }

    #[test]
    fn a_change_after_undo_forgets_what_was_taken_back() {
        let (mut history, mut draft) =
            (History::default(), Arc::new(Draft::new("shanghai-2024", Role::Solver)));
        let now = Instant::now();
        type_name(&mut history, &mut draft, "甲", now);
        history.undo(&mut draft, &mut Roster::default());
        type_name(&mut history, &mut draft, "乙", now);
        assert!(!history.can_redo());
        assert_eq!(draft.company.name, "乙");
    }

    #[test]
    fn a_text_deleted_at_once_comes_back_whole() {
        let (mut history, mut draft) =
            (History::default(), Arc::new(Draft::new("shanghai-2024", Role::Solver)));
        let start = Instant::now();
        let mut text = String::new();
        for n in 0..20 {
            text.push('字');
            type_name(&mut history, &mut draft, &text, start + Duration::from_millis(n * 100));
        }
        type_name(&mut history, &mut draft, "", start + Duration::from_millis(2100));
        history.undo(&mut draft, &mut Roster::default());
        assert_eq!(draft.company.name, text);
    }

    #[test]
    fn of_a_large_draft_fewer_whole_states_are_kept_than_texts() {
        let large = |demands: usize| {
            let mut draft = Draft::new("shanghai-2024", Role::Demander);
            draft.demands.resize_with(demands, Default::default);
            Arc::new(draft)
        };
        let kept = |demands: usize, extent: Extent| {
            let (mut history, draft, now) = (History::default(), large(demands), Instant::now());
            for _ in 0..500 {
                let deed = Deed::with(&Field::from("/company/name"), extent);
                history.changed((Arc::clone(&draft), Roster::default()), &draft, deed, now);
            }
            history.done.len()
        };
        assert_eq!(kept(200, Extent::Any), 30);
        assert_eq!(kept(200, Extent::Text), DEPTH);
        assert_eq!(kept(3, Extent::Any), DEPTH);
    }
}
