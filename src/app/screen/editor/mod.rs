//! The editor of one draft: steps on the left, the blanks of a step, the live page on the right.

mod assist;
mod attach;
mod autosave;
mod blank;
mod choice;
mod find;
mod form;
mod group;
mod history;
mod keys;
mod letter;
mod outline;
mod paste;
mod pieces;
mod regroup;
mod step;
#[cfg(test)]
mod tests;
mod toast;
mod update;
mod versions;
mod view;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use iced::widget::text_editor;
use iced::{Size, Task};
use jiff::civil::Date;

use self::autosave::Autosave;
pub(crate) use self::group::{Change, Group};
use self::history::History;
pub(crate) use self::step::{Mark, Step};
use super::export;
use crate::app::dialog::Picked;
use crate::app::focus::Focused;
use crate::app::preview;
use crate::app::shortcut::Shortcut;
use crate::app::worker::{Broken, Latest};
use crate::domain::{Attachment, Draft, Field, Kind};
use crate::rules::word_count::{DraftCounts, draft_counts};
use crate::rules::{Finding, Notice, Severity, rule};
use crate::store::{Blobs, DraftId, DraftLock, Store};

/// Below this width, logical pixels, there is no room for three panes.
const NARROW: f32 = 860.0;

/// Everything the editor knows.
#[derive(Debug)]
pub(crate) struct State {
    draft: Draft,
    notice: Arc<Notice>,
    store: Store,
    id: DraftId,
    /// The evidence; remembers which of it was found sound.
    blobs: Blobs,
    /// `None`: another window edits the draft and this one only looks.
    lock: Option<DraftLock>,
    today: Date,
    step: Step,
    /// Section of the letter shown, see [`Application::SECTIONS`](crate::domain::Application).
    section: usize,
    history: History,
    autosave: Autosave,
    /// The blank being edited or edited last.
    focus: Option<Field>,
    /// It has the keyboard.
    keyboard: bool,
    /// The program put the keyboard there and nothing has been typed.
    led: bool,
    visited: HashSet<Field>,
    /// Groups that were just added: an export that was tried before says nothing of them.
    fresh: HashSet<Field>,
    /// Which of what is offered for the blank is pointed to.
    pointed: Option<usize>,
    /// What is offered for the blank was put away.
    offer_closed: bool,
    export_tried: bool,
    findings: Vec<Finding>,
    checking: Latest,
    /// The draft to be checked next, taken by the check that waits.
    to_check: Arc<Mutex<Option<Draft>>>,
    /// What the marks beside the steps say.
    marks: HashMap<Step, Mark>,
    counts: DraftCounts,
    texts: HashMap<Field, text_editor::Content>,
    /// Counts the changes of `texts` and of what is marked in them.
    texts_version: u64,
    preview: preview::State,
    preview_open: bool,
    /// In a narrow window: the page is shown in place of the blanks.
    page_only: bool,
    /// Share of the window's width that the preview takes.
    preview_share: f32,
    window: Size,
    toast: Option<toast::Toast>,
    /// Counts the messages.
    toasts: u64,
    /// The messages up to this one have their time already.
    toasts_timed: u64,
    /// A path to attach, typed where there is no file dialog; with its letter and piece.
    typed_path: Option<(usize, usize, String)>,
    find: Option<find::Find>,
    /// The middle pane alone is shown.
    wide: bool,
    /// The reasons of the computed size are shown.
    reasons_open: bool,
    /// The blank whose example is shown.
    peeked: Option<Field>,
    /// Earlier versions, while they are shown.
    versions: Option<Vec<versions::Earlier>>,
    export: export::State,
}

/// What happens in the editor.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A step was chosen.
    StepChosen(Step),
    /// A section of the letter was chosen.
    SectionChosen(usize),
    /// A line was typed.
    Typed(Field, String),
    /// A paragraph was edited.
    Edited(Field, text_editor::Action),
    /// A suggestion or a fix was taken.
    Taken(Field, String),
    /// Enter was pressed in a blank for which something may be offered.
    Entered(Field),
    /// A choice was ticked.
    Chosen(Field, usize),
    /// A reason was typed for a finding of a rule.
    Reasoned(Field, &'static str, String),
    /// A list of groups changes.
    Grouped(Group, Change),
    /// Where the keyboard is after a press or a Tab.
    FocusFound(Focused),
    /// The keyboard was put into the first blank.
    Led,
    /// The last change is taken back.
    Undone,
    /// It is made again.
    Redone,
    /// Time to save, if anything changed.
    AutosaveDue,
    /// A save ended.
    Saved(Result<Result<(), String>, Broken>),
    /// A check ended.
    Checked(Result<Option<Vec<Finding>>, Broken>),
    /// Files are wanted for a piece of evidence: letter, piece.
    AttachAsked(usize, usize),
    /// The dialog was answered.
    AttachPicked(usize, usize, Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is to be attached.
    PathGiven,
    /// Files were copied in, or not: letter, piece.
    Attached(usize, usize, Result<Vec<Result<Attachment, String>>, Broken>),
    /// A file is taken off: letter, piece, file.
    FileRemoved(usize, usize, usize),
    /// In the bar for find and replace.
    Find(find::Message),
    /// The earlier versions are wanted.
    VersionsAsked,
    /// They were listed.
    VersionsListed(Result<Result<Vec<versions::Earlier>, String>, Broken>),
    /// They are put away.
    VersionsClosed,
    /// One of them becomes the draft.
    Restored(usize),
    /// The edge of the preview was dragged to this distance from the left.
    EdgeDragged(f32),
    /// The preview is shown or hidden.
    PreviewToggled,
    /// The middle pane is shown alone, or the others come back.
    WideToggled,
    /// The reasons of the computed size are shown or hidden.
    ReasonsToggled,
    /// The example of a blank is shown or hidden.
    Peeked(Field),
    /// Light or dark.
    ThemeToggled,
    /// The short message is put away.
    ToastClosed,
    /// The short message of this number has had its time.
    ToastAged(u64),
    /// Back to the list of drafts.
    HomeAsked,
    /// In the preview.
    Preview(preview::Message),
    /// On the export page.
    Export(export::Message),
}

/// What the editor waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tick {
    /// The next save.
    Save,
    /// The progress of an export.
    Progress,
}

impl From<Tick> for Message {
    fn from(tick: Tick) -> Self {
        match tick {
            Tick::Save => Self::AutosaveDue,
            Tick::Progress => Self::Export(export::Message::Ticked),
        }
    }
}

/// What the parent should do.
#[derive(Debug)]
pub(crate) enum Action {
    /// Run a task.
    Run(Task<Message>),
    /// Change from light to dark or back.
    ToggleTheme,
    /// Everything is saved; show the list of drafts.
    GoHome,
}

impl State {
    /// Opens a draft; the task checks it and lays it out.
    pub(crate) fn open(
        store: Store,
        id: DraftId,
        draft: Draft,
        notice: Arc<Notice>,
        lock: Option<DraftLock>,
        today: Date,
    ) -> (Self, Task<Message>) {
        let step = Step::Company;
        let mut state = Self {
            counts: draft_counts(&draft),
            preview: preview::State::new(step.paper(draft.role)),
            autosave: Autosave::new(store.clone(), id.clone()),
            export: export::State::new(crate::app::dialog::documents()),
            blobs: store.blobs(&id),
            draft,
            notice,
            store,
            id,
            lock,
            today,
            step,
            section: 0,
            history: History::default(),
            focus: None,
            keyboard: false,
            led: false,
            visited: HashSet::new(),
            fresh: HashSet::new(),
            pointed: None,
            offer_closed: false,
            export_tried: false,
            findings: Vec::new(),
            marks: HashMap::new(),
            checking: Latest::default(),
            to_check: Arc::default(),
            texts: HashMap::new(),
            texts_version: 0,
            preview_open: true,
            page_only: false,
            preview_share: 0.36,
            find: None,
            wide: false,
            reasons_open: false,
            peeked: None,
            versions: None,
            window: Size::new(1280.0, 800.0),
            toast: None,
            toasts: 0,
            toasts_timed: 0,
            typed_path: None,
        };
        state.visit_filled();
        let task =
            Task::batch([state.check(Duration::ZERO), state.lay_out(), state.take_keyboard()]);
        (state, task)
    }

    /// The draft as it is now.
    pub(crate) fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Something waits to be saved, or an export shows its progress.
    pub(crate) fn tick(&self) -> Option<(Duration, Tick)> {
        if let Some(pause) = self.autosave.tick() {
            return Some((pause, Tick::Save));
        }
        self.export.is_running().then_some((Duration::from_millis(120), Tick::Progress))
    }

    /// Saves what is not saved yet, on this thread. The sentence says why it could not.
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        if self.lock.is_none() {
            return Ok(());
        }
        self.autosave.flush(&self.draft)
    }

    /// Share of the window's width that the preview takes.
    pub(crate) const fn preview_share(&self) -> f32 {
        self.preview_share
    }

    /// Exports go to this folder, as they did before.
    pub(crate) fn export_to(&mut self, folder: &str) {
        self.export.go_to(folder);
    }

    /// Where the last export went.
    pub(crate) fn exported_to(&self) -> Option<&str> {
        self.export.exported_to()
    }

    /// Gives the preview a share of the window's width.
    pub(crate) fn share(&mut self, share: f32) {
        self.preview_share = share.clamp(0.2, 0.65);
    }

    /// The window has this size and density.
    pub(crate) fn resized(&mut self, window: Size, density: f32) -> Task<Message> {
        self.window = window;
        let width = self.preview_width();
        if self.preview.resize(width, density) { self.lay_out() } else { Task::none() }
    }

    /// Files dropped on the window go to the piece of evidence edited last.
    pub(crate) fn dropped(&mut self, path: PathBuf) -> Task<Message> {
        self.drop_file(path)
    }

    /// A key combination.
    pub(crate) fn shortcut(&mut self, shortcut: Shortcut) -> Action {
        let message = match shortcut {
            Shortcut::Undo => Message::Undone,
            Shortcut::Redo => Message::Redone,
            Shortcut::Export => Message::StepChosen(Step::Export),
            Shortcut::TogglePreview => Message::PreviewToggled,
            Shortcut::Wide => Message::WideToggled,
            Shortcut::NextStep | Shortcut::PreviousStep => {
                let steps = Step::all(&self.draft);
                let at = steps.iter().position(|step| *step == self.step).unwrap_or(0);
                let by = if shortcut == Shortcut::NextStep { 1 } else { steps.len() - 1 };
                let step = steps.get((at + by) % steps.len().max(1)).copied();
                return Action::Run(step.map_or_else(Task::none, |step| self.enter_step(step)));
            }
            Shortcut::Find => return Action::Run(self.open_find()),
            Shortcut::Save => {
                if !self.autosave.is_pending() {
                    self.tell("全部内容都已保存。");
                }
                return Action::Run(self.save_now());
            }
            Shortcut::Step(n) => {
                let step = Step::all(&self.draft).get(n).copied();
                return Action::Run(step.map_or_else(Task::none, |step| self.enter_step(step)));
            }
            _ => return Action::Run(Task::none()),
        };
        self.update(message, Instant::now())
    }

    /// The findings of a blank, in the order they were made.
    fn findings_of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.field == *field)
    }

    /// Findings of the blank, or of a group, may be shown: it was visited, or an export was tried.
    fn is_shown(&self, field: &Field) -> bool {
        let inside = |visited: &Field| {
            visited
                .pointer()
                .strip_prefix(field.pointer())
                .is_some_and(|rest| rest.starts_with('/'))
        };
        if self.visited.contains(field) || self.visited.iter().any(inside) {
            return true;
        }
        let is_fresh = |group: &Field| {
            let rest = field.pointer().strip_prefix(group.pointer());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.export_tried && !self.fresh.iter().any(is_fresh)
    }

    /// Marks the steps anew.
    pub(super) fn mark_steps(&mut self) {
        self.marks =
            Step::all(&self.draft).into_iter().map(|step| (step, self.mark(step))).collect();
    }

    /// What the mark beside a step says. Of what is not told on its page it says nothing but that it is
    /// open.
    fn mark(&self, step: Step) -> Mark {
        let of_step = |field: &Field| step == Step::Export || Step::of(field) == step;
        let (seen, unseen): (Vec<&Finding>, Vec<&Finding>) = self
            .findings
            .iter()
            .filter(|finding| of_step(&finding.field))
            .partition(|finding| self.is_told(finding));
        let begun = self.export_tried
            || self.visited.iter().any(of_step)
            || step.fields(&self.draft).iter().any(|field| self.is_filled(field));
        let open = unseen.iter().any(|finding| finding.severity != Severity::Hint);
        match step.mark(seen) {
            Mark::Error => Mark::Error,
            _ if open || (!begun && step != Step::Export) => Mark::Empty,
            mark => mark,
        }
    }

    fn is_filled(&self, field: &Field) -> bool {
        self.draft.text(field).is_some_and(|words| !words.trim().is_empty())
    }

    /// The finding stands on the page of its step. The deadline needs no blank to be visited.
    fn is_told(&self, finding: &Finding) -> bool {
        finding.rule == rule::DEADLINE || self.is_shown(&finding.field)
    }

    /// Blanks that hold something when the draft is opened were visited before.
    fn visit_filled(&mut self) {
        let choices = Step::all(&self.draft).into_iter().flat_map(|step| step.fields(&self.draft));
        let chosen = choices.filter(|field| {
            let choices = choice::choices(&self.draft, &self.notice, field);
            choices.iter().any(|choice| choice.selected)
        });
        let filled = self.draft.blanks().into_iter().filter(|field| self.is_filled(field));
        self.visited = chosen.chain(filled).collect();
    }

    /// Editors of the paragraphs of this step, made from the draft where it has other words.
    fn load_texts(&mut self) {
        let fields = self.step.fields(&self.draft);
        self.texts_version += 1;
        self.texts.retain(|field, _| fields.contains(field));
        for field in fields {
            if field.spec().is_none_or(|spec| spec.kind != Kind::Text) {
                continue;
            }
            let Some(words) = self.draft.text(&field) else { continue };
            let before = self.texts.get(&field).map(text_editor::Content::text);
            if before.as_deref() == Some(words) {
                continue;
            }
            let mut content = text_editor::Content::with_text(words);
            if let Some(before) = before {
                let position = find::position(words, changed_end(&before, words));
                content.move_to(text_editor::Cursor { position, selection: None });
            }
            self.texts.insert(field, content);
        }
    }

    /// Room for the preview, logical pixels; 0 where it is hidden.
    fn preview_width(&self) -> f32 {
        if self.wide {
            return 0.0;
        }
        if self.is_narrow() {
            return if self.page_only { self.window.width - self.outline_width() } else { 0.0 };
        }
        if !self.preview_open {
            return 0.0;
        }
        let most = self.window.width - self.outline_width() - 380.0;
        (self.window.width * self.preview_share).clamp(260.0, most.max(260.0))
    }

    /// There is no room for blanks and page side by side: one or the other is shown.
    fn is_narrow(&self) -> bool {
        self.window.width < NARROW
    }

    /// The room for the steps, logical pixels.
    fn outline_width(&self) -> f32 {
        if self.window.width < 1100.0 { 184.0 } else { 216.0 }
    }
}

/// The byte of `now` at which what differs from `before` ends: where the caret belongs.
fn changed_end(before: &str, now: &str) -> usize {
    let same = before.chars().rev().zip(now.chars().rev()).take_while(|(a, b)| a == b);
    now.len() - same.map(|(_, c)| c.len_utf8()).sum::<usize>()
}
