//! The editor of one draft: steps on the left, the blanks of a step, the live page on the right.

mod arrivals;
mod assist;
mod attach;
mod autosave;
mod blank;
mod blocks;
mod calendar;
mod checking;
mod choice;
mod deed;
mod differences;
mod find;
mod findings;
mod form;
mod group;
mod history;
mod keys;
mod leave;
mod left;
mod letter;
mod outline;
mod pairing;
mod panes;
mod paragraphs;
mod paste;
mod pieces;
mod profile;
mod regroup;
mod roster;
mod step;
#[cfg(test)]
mod tests;
mod texts;
mod theirs;
mod toast;
mod travel;
mod trouble;
mod update;
mod versions;
mod view;
mod word;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::widget::text_editor;
use iced::{Size, Task};
use jiff::civil::Date;

use self::autosave::Autosave;
use self::autosave::Written;
use self::checking::{Checking, is_filled};
pub(crate) use self::group::{Change, Group};
use self::history::History;
pub(crate) use self::leave::{Copied, Saving, is_draft_file};
pub(crate) use self::left::Left;
use self::panes::Panes;
use self::roster::Roster;
pub(crate) use self::step::{Mark, Step};
use self::texts::Texts;
use self::trouble::Trouble;
use super::export;
use crate::app::dialog::Picked;
use crate::app::focus::Focused;
use crate::app::preview;
use crate::app::shortcut::Shortcut;
use crate::app::worker::Broken;
use crate::domain::{Application, Draft, Field};
use crate::export::evidence_book::Examiner;
use crate::rules::Notice;
use crate::rules::word_count::{DraftCounts, draft_counts};
use crate::store::{Blobs, DraftId, DraftLock, Store};

/// Everything the editor knows.
#[derive(Debug)]
pub(crate) struct State {
    /// Shared with the threads that save, check and lay out a state of it.
    draft: Arc<Draft>,
    /// Its groups.
    roster: Roster,
    notice: Arc<Notice>,
    store: Store,
    id: DraftId,
    /// The evidence; remembers which of it was found sound.
    blobs: Blobs,
    /// Remembers which of the evidence can stand in its book.
    examiner: Examiner,
    /// This window edits the draft; else another one does and this one only looks.
    may_write: bool,
    /// Says which day it is: the window may stay open over night.
    clock: fn() -> Date,
    /// It only looks because nothing can be written where the drafts are.
    unwritable: bool,
    /// Of a draft that is only looked at: how up to date it is.
    freshness: theirs::Freshness,
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
    /// Which of what is offered for the blank is pointed to.
    pointed: Option<usize>,
    /// What is offered for the blank was put away.
    offer_closed: bool,
    checking: Checking,
    counts: DraftCounts,
    texts: Texts,
    preview: preview::State,
    panes: Panes,
    toast: Option<toast::Toast>,
    /// A message of a file that another one was put before.
    unread: Option<toast::Toast>,
    /// Counts the messages.
    toasts: u64,
    /// The messages up to this one have their time already.
    toasts_timed: u64,
    /// Files on their way into the evidence.
    arrivals: arrivals::Arrivals,
    /// A path to attach, typed where there is no file dialog.
    typed_path: Option<(arrivals::Target, String)>,
    find: Option<find::Find>,
    /// The reasons of the computed size are shown.
    reasons_open: bool,
    /// The clause that is shown whole, by the blank and the rule of its finding.
    clause_open: Option<(Field, &'static str)>,
    /// The blank whose example is shown.
    peeked: Option<Field>,
    /// The calendar under a date, while it is open.
    calendar: Option<calendar::Calendar>,
    /// Earlier versions, while they are shown.
    versions: Option<versions::Versions>,
    /// Kept company data.
    shelf: profile::Shelf,
    /// A letter being taken over from Word.
    word: word::Import,
    /// Pictures on their way into the letter.
    pictures: blocks::Pictures,
    /// 提纲 of the letter is shown.
    contents_open: bool,
    /// The table whose rows are shown from another than the first, and from which.
    rows_from: (Field, usize),
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
    /// A suggestion was taken.
    Taken(Field, String),
    /// The fix that a rule offers was taken.
    Mended(Field, &'static str),
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
    Saved(Result<Result<Written, Trouble>, Broken>),
    /// The file was looked at: another program has changed it, or not.
    FileLookedAt(Result<Result<bool, Trouble>, Broken>),
    /// The guide is wanted.
    HelpAsked,
    /// A copy of the draft is to be kept in a file.
    ElsewhereAsked,
    /// A check ended.
    Checked(Result<Option<checking::Report>, Broken>),
    /// Files are wanted for a piece of evidence: letter, piece.
    AttachAsked(usize, usize),
    /// The dialog of a ticket was answered.
    AttachPicked(u64, Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is to be attached.
    PathGiven,
    /// The files of a ticket were copied in, or not.
    Attached(u64, Result<attach::Copies, Broken>),
    /// Time to show how far the copies are.
    CopyTicked,
    /// The copy of a ticket is to stop.
    CopyStopped(u64),
    /// A file is taken off: letter, piece, file.
    FileRemoved(usize, usize, usize),
    /// In the bar for find and replace.
    Find(find::Message),
    /// With the earlier versions.
    Versions(versions::Message),
    /// The edge of the preview was dragged to this distance from the left.
    EdgeDragged(f32),
    /// The preview is shown or hidden.
    PreviewToggled,
    /// The middle pane is shown alone, or the others come back.
    WideToggled,
    /// The reasons of the computed size are shown or hidden.
    ReasonsToggled,
    /// The clause of a finding is shown whole, or one line of it.
    ClauseToggled(Field, &'static str),
    /// The example of a blank is shown or hidden.
    Peeked(Field),
    /// With kept company data.
    Profile(profile::Message),
    /// With a letter from Word.
    Word(word::Message),
    /// With tables and figures.
    Blocks(blocks::Message),
    /// Light or dark.
    ThemeToggled,
    /// The short message is put away.
    ToastClosed,
    /// The folder of the file that is told of is to be shown.
    FolderAsked(PathBuf),
    /// It is, or not.
    FolderShown(Result<Result<(), String>, Broken>),
    /// The path of the file that is told of is to be copied.
    PathCopied(PathBuf),
    /// The short message of this number has had its time.
    ToastAged(u64),
    /// Back to the list of drafts.
    HomeAsked,
    /// Back from a blank to the finding that led there.
    CameBack,
    /// In the calendar under a date.
    Calendar(calendar::Message),
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
    /// That of files being copied in.
    Copy,
}

impl From<Tick> for Message {
    fn from(tick: Tick) -> Self {
        match tick {
            Tick::Save => Self::AutosaveDue,
            Tick::Copy => Self::CopyTicked,
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
    /// Show the guide.
    ShowHelp,
    /// Show the list of drafts, once all is saved.
    GoHome,
    /// Keep a copy of the draft in a file; the sentence, if any, says why it cannot be saved in its place.
    SaveElsewhere(Option<String>),
}

impl State {
    /// Opens a draft; the task checks it and lays it out.
    pub(crate) fn open(
        store: Store,
        id: DraftId,
        mut draft: Draft,
        notice: Arc<Notice>,
        lock: Option<DraftLock>,
        clock: fn() -> Date,
    ) -> (Self, Task<Message>) {
        let draft_as_read = Arc::new(draft.clone());
        draft.fill_tables();
        let step = Step::Company;
        let mut state = Self {
            counts: draft_counts(&draft),
            preview: preview::State::new(step.paper(draft.role)),
            may_write: lock.is_some(),
            autosave: Autosave::new(store.clone(), id.clone(), lock, draft_as_read),
            export: export::State::default(),
            blobs: store.blobs(&id),
            examiner: Examiner::default(),
            roster: Roster::of(&draft),
            draft: Arc::new(draft),
            notice,
            store,
            id,
            clock,
            unwritable: false,
            freshness: theirs::Freshness::default(),
            step,
            section: 0,
            history: History::default(),
            focus: None,
            keyboard: false,
            led: false,
            pointed: None,
            offer_closed: false,
            checking: Checking::default(),
            texts: Texts::default(),
            panes: Panes::default(),
            find: None,
            reasons_open: false,
            clause_open: None,
            peeked: None,
            calendar: None,
            versions: None,
            shelf: profile::Shelf::default(),
            word: word::Import::default(),
            pictures: blocks::Pictures::default(),
            contents_open: false,
            rows_from: (Field::new(""), 0),
            toast: None,
            unread: None,
            toasts: 0,
            toasts_timed: 0,
            arrivals: arrivals::Arrivals::default(),
            typed_path: None,
        };
        state.visit_filled();
        let task =
            Task::batch([state.check(Duration::ZERO), state.lay_out(), state.take_keyboard()]);
        let task = Task::batch([task, state.list_profiles()]);
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
        let pause = Duration::from_millis(120);
        if self.export.is_running() {
            return Some((pause, Tick::Progress));
        }
        self.arrivals.is_copying().then_some((pause, Tick::Copy))
    }

    /// Share of the window's width that the preview takes.
    pub(crate) const fn preview_share(&self) -> f32 {
        self.panes.share()
    }

    /// Exports go to this folder unless another is chosen.
    pub(crate) fn export_to(&mut self, folder: &str) {
        self.export.go_to(folder);
    }

    /// Where the last export went.
    pub(crate) fn exported_to(&self) -> Option<&str> {
        self.export.exported_to()
    }

    /// Gives the preview a share of the window's width.
    pub(crate) fn share(&mut self, share: f32) {
        self.panes.set_share(share);
    }

    /// The window has this size and density.
    pub(crate) fn resized(&mut self, window: Size, density: f32) -> Task<Message> {
        let was_low = self.panes.is_low();
        self.panes.resize(window);
        if was_low != self.panes.is_low() {
            self.texts.show_start();
        }
        self.show_caret();
        self.fit_preview(density)
    }

    /// Keeps the caret of the letter in sight where its box becomes lower.
    fn show_caret(&mut self) {
        if let (Step::Letter(_), true, Some(field)) = (self.step, self.keyboard, &self.focus) {
            self.texts.show_caret(field);
        }
    }

    /// Gives the preview the room that is left to it.
    pub(super) fn fit_preview(&mut self, density: f32) -> Task<Message> {
        let width = self.panes.page_width();
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
            Shortcut::Back if self.export.is_away() => Message::CameBack,
            Shortcut::TogglePreview => Message::PreviewToggled,
            Shortcut::Wide => Message::WideToggled,
            Shortcut::NextStep | Shortcut::PreviousStep => {
                let steps = Step::all(&self.draft);
                let at = steps.iter().position(|step| *step == self.step).unwrap_or(0);
                let by = if shortcut == Shortcut::NextStep { 1 } else { steps.len() - 1 };
                let step = steps.get((at + by) % steps.len().max(1)).copied();
                return Action::Run(step.map_or_else(Task::none, |step| self.enter_step(step)));
            }
            Shortcut::SaveElsewhere => Message::ElsewhereAsked,
            Shortcut::Find => return Action::Run(self.open_find()),
            Shortcut::Example => return Action::Run(self.peek()),
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

    /// The day it is.
    fn today(&self) -> Date {
        (self.clock)()
    }

    fn is_filled(&self, field: &Field) -> bool {
        is_filled(&self.draft, field)
    }

    /// Blanks that hold something when the draft is opened were visited before.
    fn visit_filled(&mut self) {
        let choices = Step::all(&self.draft).into_iter().flat_map(|step| step.fields(&self.draft));
        let chosen = choices.filter(|field| {
            let choices = choice::choices(&self.draft, &self.notice, field);
            choices.iter().any(|choice| choice.selected)
        });
        let filled = self.draft.blanks().into_iter().filter(|field| self.is_filled(field));
        let visited: Vec<Field> = chosen.chain(filled).collect();
        for field in visited {
            self.checking.visit(&field);
        }
    }

    /// Loads the boxes for paragraphs of this step; of a letter's tables only those shown.
    fn load_texts(&mut self) {
        let shown = Application::SECTIONS.get(self.section);
        let mut fields = self.step.fields(&self.draft);
        fields.retain(|field| {
            let place = field.place().filter(|place| place.block > 0);
            place.is_none_or(|place| shown == Some(&place.section) && self.is_cell_shown(field))
        });
        self.texts.load(&self.draft, fields);
    }
}
