//! What was found in the draft, and what of it is told by now.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::Task;

use super::roster::Roster;
use super::{Mark, Message, State, Step};
use crate::app::worker::{self, Broken, Latest};
use crate::domain::{Application, Attachment, Draft, Field};
use crate::export::preflight_with_evidence;
use crate::rules::{self, Context, Finding, Fix, Notice, Severity, rule};
use crate::typeset::letter_face;

/// From a change to its check: long enough for the next key.
pub(super) const PAUSE: Duration = Duration::from_millis(300);

/// What a check found.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    findings: Vec<Finding>,
    /// What the notice asks each section of the letters to tell, and whether it does.
    asked: HashMap<Field, Vec<(String, bool)>>,
    /// The draft that was checked, and its groups.
    draft: Arc<Draft>,
    roster: Roster,
}

/// A draft with its groups.
type Checked = (Arc<Draft>, Roster);

/// The findings, and which of them the person has been told.
#[derive(Debug, Default)]
pub(super) struct Checking {
    findings: Vec<Finding>,
    /// What the notice asks each section of the letters to tell, and whether it does.
    asked: HashMap<Field, Vec<(String, bool)>>,
    /// A check has ended, so that no finding means that there is none.
    checked: bool,
    /// Places in `findings` by blank and by step.
    by_field: HashMap<Field, Vec<usize>>,
    by_step: HashMap<Step, Vec<usize>>,
    /// What the blanks that have a fix held when they were checked.
    texts: HashMap<Field, String>,
    /// A fix that was taken of an older text: the blank, the rule, and what the button said.
    awaited: Option<(Field, &'static str, String)>,
    running: Latest,
    /// What is to be checked next, taken by the check that waits.
    next: Arc<Mutex<Option<Checked>>>,
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
    pub(super) fn of(&self, field: &Field) -> impl Iterator<Item = &Finding> {
        let places = self.by_field.get(field).into_iter().flatten();
        places.filter_map(|&at| self.findings.get(at))
    }

    /// Takes in what a check found, each where its group is by now.
    fn report(&mut self, report: Report, now: &Roster) {
        let Report { findings, asked, draft, roster } = report;
        let with_fix = findings.iter().filter(|finding| finding.fix.is_some());
        let fields = with_fix.map(|finding| &finding.field);
        self.checked = true;
        self.texts = fields
            .filter_map(|field| Some((field.clone(), draft.text(field)?.to_owned())))
            .collect();
        self.findings = findings;
        self.asked = asked;
        if roster != *now {
            self.readdress(|field| roster.follow(field, now));
        }
        self.sort();
    }

    /// Findings go with their groups, so that none stands beside another group's blank.
    fn readdress(&mut self, moved: impl Fn(&Field) -> Option<Field>) {
        let texts = std::mem::take(&mut self.texts);
        let texts = texts.into_iter().filter_map(|(field, text)| Some((moved(&field)?, text)));
        self.texts = texts.collect();
        let asked = std::mem::take(&mut self.asked);
        self.asked =
            asked.into_iter().filter_map(|(field, asked)| Some((moved(&field)?, asked))).collect();
        self.findings.retain_mut(|finding| match moved(&finding.field) {
            Some(field) => {
                finding.field = field;
                true
            }
            None => false,
        });
    }

    /// What the notice asks a section of a letter to tell, and whether it does.
    pub(super) fn asked(&self, section: &Field) -> &[(String, bool)] {
        self.asked.get(section).map_or(&[], Vec::as_slice)
    }

    /// Sorts the findings by blank and step.
    fn sort(&mut self) {
        self.by_field.clear();
        self.by_step.clear();
        for (at, finding) in self.findings.iter().enumerate() {
            self.by_field.entry(finding.field.clone()).or_default().push(at);
            self.by_step.entry(Step::of(&finding.field)).or_default().push(at);
        }
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
        self.awaited = None;
        self.readdress(moved);
        self.sort();
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
        for (step, places) in &self.by_step {
            for finding in places.iter().filter_map(|&at| self.findings.get(at)) {
                if self.is_told(finding) {
                    told.entry(*step).or_default().push(finding);
                    told.entry(Step::Export).or_default().push(finding);
                } else if finding.severity != Severity::Hint {
                    open.extend([*step, Step::Export]);
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
        let now = (Arc::clone(&self.draft), self.roster.clone());
        *next.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        if !self.checking.running.request() {
            return Task::none();
        }
        let job = self.check_job();
        let take = move || {
            let newest = next.lock().unwrap_or_else(PoisonError::into_inner).take();
            newest.map(|(draft, roster)| job(draft, roster))
        };
        worker::run_after(pause, take, Message::Checked)
    }

    /// The check of a draft.
    pub(super) fn check_job(&self) -> impl FnOnce(Arc<Draft>, Roster) -> Report + Send + 'static {
        let notice = Arc::clone(&self.notice);
        let (blobs, examiner, today) = (self.blobs.clone(), self.examiner.clone(), self.today());
        let fonts = self.store.fonts();
        move |draft, roster| {
            letter_face::prepare(&draft, |face| fonts.read(face).map_err(|e| e.to_string()));
            let context = Context { today, missing_files: blobs.missing(&draft) };
            let evidence = |file: &Attachment| blobs.read(file).map_err(io::Error::other);
            let mut findings =
                preflight_with_evidence(&draft, &notice, &context, &examiner, &evidence);
            for finding in &mut findings {
                if let Some(field) = confirmed_field(&draft, &finding.field) {
                    finding.field = field;
                }
            }
            let asked = asked(&draft, &notice);
            Report { findings, asked, draft, roster }
        }
    }

    pub(super) fn checked(&mut self, result: Result<Option<Report>, Broken>) -> Task<Message> {
        let again = self.checking.running.finished();
        match result {
            Ok(Some(report)) => {
                let before = std::mem::take(&mut self.checking.findings);
                self.checking.report(report, &self.roster);
                let now = &self.checking.findings;
                let mut pairs = now.iter().zip(&before);
                let same = now.len() == before.len()
                    && pairs.all(|(a, b)| a.field == b.field && a.rule == b.rule);
                if !same {
                    self.show_caret();
                }
            }
            Ok(None) => {}
            Err(broken) => self.tell(broken.to_string()),
        }
        let mended = self.mend_awaited();
        let next = self.checking.next.lock();
        let waits = next.unwrap_or_else(PoisonError::into_inner).is_some();
        let more = if again && waits { self.check(PAUSE) } else { Task::none() };
        Task::batch([mended, more])
    }

    /// Takes the fix of a rule. Where the blank was edited since it was checked, a new check must offer
    /// the same, or what was typed since would be lost.
    pub(super) fn mend(&mut self, field: &Field, rule: &'static str) -> Task<Message> {
        let Some(fix) = self.fix(field, rule).cloned() else { return Task::none() };
        if self.draft.text(field) == self.checking.texts.get(field).map(String::as_str) {
            return self.take(field, fix.text);
        }
        self.checking.awaited = Some((field.clone(), rule, fix.label));
        self.check(Duration::ZERO)
    }

    fn mend_awaited(&mut self) -> Task<Message> {
        let Some((field, rule, label)) = self.checking.awaited.clone() else { return Task::none() };
        if self.draft.text(&field) != self.checking.texts.get(&field).map(String::as_str) {
            // Typed on: either a check is under way, or nothing is left to mend.
            self.checking.awaited.take_if(|_| !self.checking.texts.contains_key(&field));
            return Task::none();
        }
        self.checking.awaited = None;
        match self.fix(&field, rule).filter(|fix| fix.label == label).cloned() {
            Some(fix) => self.take(&field, fix.text),
            None => Task::none(),
        }
    }

    fn fix(&self, field: &Field, rule: &str) -> Option<&Fix> {
        let mut found = self.checking.of(field).filter(|finding| finding.rule == rule);
        found.find_map(|finding| finding.fix.as_ref())
    }

    /// The findings of a blank, in the order they were made.
    pub(super) fn findings_of(&self, field: &Field) -> impl Iterator<Item = &Finding> {
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

fn asked(draft: &Draft, notice: &Notice) -> HashMap<Field, Vec<(String, bool)>> {
    let letters = draft.letters().iter().enumerate();
    let sections = letters.flat_map(|(n, letter)| {
        Application::SECTIONS.map(|section| {
            let asked = rules::asked(notice, letter, section).into_iter();
            let asked = asked.map(|asked| (asked.name.to_owned(), asked.told));
            (Field::application(n, section), asked.collect())
        })
    });
    sections.collect()
}

/// The blank beside which a reason is written, for the address of the reason.
fn confirmed_field(draft: &Draft, field: &Field) -> Option<Field> {
    let number = field.pointer().strip_prefix("/overrides/")?.split('/').next()?;
    Some(draft.overrides.get(number.parse::<usize>().ok()?)?.field.clone())
}
