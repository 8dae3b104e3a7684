//! What was found in the draft, and what of it is told by now.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::Task;

use super::{Mark, Message, State, Step};
use crate::app::worker::{self, Broken, Latest};
use crate::domain::{Draft, Field};
use crate::export::preflight;
use crate::rules::{Context, Finding, Severity, rule};

/// From a change to its check: long enough for the next key.
pub(super) const PAUSE: Duration = Duration::from_millis(200);

/// The findings, and which of them the person has been told.
#[derive(Debug, Default)]
pub(super) struct Checking {
    findings: Vec<Finding>,
    /// A check has ended, so that no finding means that there is none.
    checked: bool,
    running: Latest,
    /// The draft to be checked next, taken by the check that waits.
    next: Arc<Mutex<Option<Arc<Draft>>>>,
    visited: HashSet<Field>,
    /// Groups that were just added: an export that was tried before says nothing of them.
    fresh: HashSet<Field>,
    export_tried: bool,
    /// What the marks beside the steps say.
    marks: HashMap<Step, Mark>,
}

impl Checking {
    /// All that was found, in the order of the forms.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// A check has ended: what was found is all there is.
    pub(super) const fn is_checked(&self) -> bool {
        self.checked
    }

    /// The findings of a blank.
    pub(super) fn of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.field == *field)
    }

    /// The person has been in a blank.
    pub(super) fn visit(&mut self, field: &Field) {
        if !self.visited.contains(field) {
            self.visited.insert(field.clone());
        }
    }

    /// A group was just added.
    pub(super) fn made(&mut self, group: Field) {
        self.fresh.insert(group);
    }

    /// An export was tried: what is missing is told from now on.
    pub(super) fn export_tried(&mut self) {
        self.export_tried = true;
        self.fresh.clear();
    }

    /// Groups have moved: each address becomes what `moved` says, or is gone.
    pub(super) fn regroup(&mut self, moved: impl Fn(&Field) -> Option<Field>) {
        self.visited = self.visited.iter().filter_map(&moved).collect();
        self.fresh = self.fresh.iter().filter_map(&moved).collect();
        // Until the next check, so that no finding stands beside another group's blank.
        self.findings.retain_mut(|finding| match moved(&finding.field) {
            Some(field) => {
                finding.field = field;
                true
            }
            None => false,
        });
    }

    /// Findings of the blank, or of a group, may be shown: it was visited, or an export was tried.
    pub(super) fn is_shown(&self, field: &Field) -> bool {
        if self.visited.contains(field) {
            return true;
        }
        let is_inside = |visited: &Field| {
            let rest = visited.pointer().strip_prefix(field.pointer());
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let is_fresh = |group: &Field| {
            let rest = field.pointer().strip_prefix(group.pointer());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        (self.export_tried && !self.fresh.iter().any(is_fresh))
            || self.visited.iter().any(is_inside)
    }

    /// The finding stands on the page of its step. The deadline needs no blank to be visited.
    pub(super) fn is_told(&self, finding: &Finding) -> bool {
        finding.rule == rule::DEADLINE || self.is_shown(&finding.field)
    }

    /// What the mark beside a step says.
    pub(super) fn mark(&self, step: Step) -> Mark {
        self.marks.get(&step).copied().unwrap_or(Mark::Empty)
    }

    /// Marks the steps anew. Of what is not told on its page a mark says nothing but that it is open.
    pub(super) fn mark_steps(&mut self, draft: &Draft) {
        let mut begun: HashSet<Step> = self.visited.iter().map(Step::of).collect();
        begun.extend(draft.blanks().iter().filter(|field| is_filled(draft, field)).map(Step::of));
        let mut told: HashMap<Step, Vec<&Finding>> = HashMap::new();
        let mut open = HashSet::new();
        for finding in &self.findings {
            for step in [Step::of(&finding.field), Step::Export] {
                if self.is_told(finding) {
                    told.entry(step).or_default().push(finding);
                } else if finding.severity != Severity::Hint {
                    open.insert(step);
                }
            }
        }
        let mark = |step: Step| {
            let is_begun = self.export_tried || step == Step::Export || begun.contains(&step);
            match step.mark(told.get(&step).into_iter().flatten().copied()) {
                Mark::Error => Mark::Error,
                _ if open.contains(&step) || !is_begun => Mark::Empty,
                mark => mark,
            }
        };
        self.marks = Step::all(draft).into_iter().map(|step| (step, mark(step))).collect();
    }
}

/// A blank holds something.
pub(super) fn is_filled(draft: &Draft, field: &Field) -> bool {
    draft.text(field).is_some_and(|words| !words.trim().is_empty())
}

impl State {
    /// Checks the draft on a thread of its own after a pause, and then as it is by that time: one
    /// check is enough for several keys.
    pub(super) fn check(&mut self, pause: Duration) -> Task<Message> {
        let next = Arc::clone(&self.checking.next);
        *next.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&self.draft));
        if !self.checking.running.request() {
            return Task::none();
        }
        let job = self.check_job();
        let take = move || {
            let newest = next.lock().unwrap_or_else(PoisonError::into_inner).take();
            newest.map(|draft| job(&draft))
        };
        worker::run_after(pause, take, Message::Checked)
    }

    /// The check of a draft.
    pub(super) fn check_job(&self) -> impl FnOnce(&Draft) -> Vec<Finding> + Send + 'static {
        let notice = Arc::clone(&self.notice);
        let (blobs, today) = (self.blobs.clone(), self.today());
        move |draft| {
            let context = Context { today, missing_files: blobs.missing(draft) };
            let mut findings = preflight(draft, &notice, &context);
            for finding in &mut findings {
                if let Some(field) = confirmed_field(draft, &finding.field) {
                    finding.field = field;
                }
            }
            findings
        }
    }

    pub(super) fn checked(
        &mut self,
        result: Result<Option<Vec<Finding>>, Broken>,
    ) -> Task<Message> {
        let again = self.checking.running.finished();
        match result {
            Ok(Some(findings)) => {
                let kinds = |all: &[Finding]| -> Vec<(Field, &'static str)> {
                    all.iter().map(|finding| (finding.field.clone(), finding.rule)).collect()
                };
                let others = kinds(&findings) != kinds(&self.checking.findings);
                self.checking.findings = findings;
                self.checking.checked = true;
                if others {
                    self.show_caret();
                }
            }
            Ok(None) => {}
            Err(broken) => self.tell(broken.to_string()),
        }
        let next = self.checking.next.lock();
        let waits = next.unwrap_or_else(PoisonError::into_inner).is_some();
        if again && waits { self.check(PAUSE) } else { Task::none() }
    }

    /// The findings of a blank, in the order they were made.
    pub(super) fn findings_of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Finding> {
        self.checking.of(field)
    }

    /// Findings of the blank, or of a group, may be shown.
    pub(super) fn is_shown(&self, field: &Field) -> bool {
        self.checking.is_shown(field)
    }

    /// The finding stands on the page of its step.
    pub(super) fn is_told(&self, finding: &Finding) -> bool {
        self.checking.is_told(finding)
    }
}

/// The blank beside which a reason is written, for the address of the reason.
fn confirmed_field(draft: &Draft, field: &Field) -> Option<Field> {
    let number = field.pointer().strip_prefix("/overrides/")?.split('/').next()?;
    Some(draft.overrides.get(number.parse::<usize>().ok()?)?.field.clone())
}
