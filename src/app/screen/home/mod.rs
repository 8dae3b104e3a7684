//! Home: the drafts, and the ways to begin one.

mod begin;
mod bin;
mod card;
mod drafts;
mod erase;
mod file;
mod fitting;
mod import;
mod kept;
mod keys;
mod list;
pub(crate) mod locked;
mod other_notice;
pub(crate) mod password;
mod progress;
mod reading;
#[cfg(test)]
mod tests;
mod view;
mod welcome;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use iced::Task;
use iced::widget::Id;
use jiff::civil::Date;

use self::begin::Origin;
use self::bin::Removed;
pub(crate) use self::import::Opened;
use self::list::{Damage, Lists};
use self::progress::Progress;
pub(crate) use self::reading::Reading;
use super::export::opener;
use crate::app::worker::{self, Broken, Latest};
use crate::domain::Role;
use crate::rules::notice::bundled;
use crate::rules::{Notice, invisible};
use crate::store::{DraftId, Entry, NoticeFileError, Profile, Store};

/// What home knows.
#[derive(Debug)]
pub(crate) struct State {
    store: Store,
    notices: Vec<Arc<Notice>>,
    notice_problems: Vec<NoticeFileError>,
    clock: fn() -> Date,
    /// The day by the clock when it was looked at last.
    today: Date,
    /// Name of the draft edited last.
    last: Option<String>,
    listing: Latest,
    drafts: Option<Vec<Entry>>,
    profiles: Vec<Profile>,
    /// Where the keyboard goes once the lists are read.
    keyboard: Option<Id>,
    role: Role,
    /// The person has chosen it; else it is that of the draft edited last.
    role_chosen: bool,
    /// Position of the chosen notice.
    notice: usize,
    /// The person has chosen it; else it is the one that fits best.
    notice_chosen: bool,
    /// The welcome of the first run was put away.
    welcomed: bool,
    /// What a new draft begins with.
    origin: Origin,
    problem: Option<String>,
    /// What was done and shows nowhere else.
    done: Option<String>,
    /// Why the lists cannot be read; those shown are the last that could.
    lost: Option<String>,
    bin: Vec<Entry>,
    profile_bin: Vec<Profile>,
    bin_open: bool,
    kept_open: bool,
    search: String,
    removed: Option<Removed>,
    /// The question whether to erase what lies in the bin.
    erasing: Option<erase::Erasing>,
    /// The draft for which another notice is being chosen.
    renoticed: Option<DraftId>,
    progress: HashMap<DraftId, Progress>,
    damaged: HashMap<DraftId, Damage>,
    /// Of drafts that the list would show alike, which they are in the order they were made, from 2 on.
    numbers: HashMap<DraftId, usize>,
    /// A new draft or a copy of the sample is being made.
    making: bool,
    /// A path, typed where there is no file dialog.
    typed_path: Option<String>,
    /// The files from elsewhere that are being read, the last one shown.
    readings: Vec<Arc<Reading>>,
    /// The question for a password, while it is open.
    asking: Option<locked::Asking>,
    /// The dialog for the password of a draft, while it is open.
    changing: Option<password::Changing>,
}

/// What happens on home.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The drafts were listed.
    Listed(Result<Result<Lists, String>, Broken>),
    /// A while has passed.
    Ticked,
    /// On the card for a new draft.
    Begin(begin::Message),
    /// A file from elsewhere is wanted.
    File(file::Message),
    /// A new draft was made, or a copy of the sample.
    Made(Result<Result<Opened, String>, Broken>),
    /// A draft is ready to be opened.
    Ready(Result<Result<Opened, String>, Broken>),
    /// A draft file or package was read, or not, at this try of its password.
    FileRead(Option<u64>, locked::FileRead),
    /// The reading of one that was picked ended.
    PathRead(Arc<Reading>, locked::FileRead),
    /// Time to show how far the reading is.
    ReadingTicked,
    /// Nothing of what is being read is wanted any more.
    ReadingStopped,
    /// About the password of what is to be opened.
    Asked(locked::Message),
    /// About the password of a draft of the list.
    Password(password::Message),
    /// A draft is to be opened.
    OpenAsked(DraftId),
    /// A name was typed to search for.
    Searched(String),
    /// A copy of a draft is wanted.
    DuplicateAsked(DraftId),
    /// A draft is wanted for another notice.
    OtherNotice(other_notice::Message),
    /// Something goes to the bin or comes out of it.
    Bin(bin::Message),
    /// The kept company data are shown or hidden.
    KeptToggled,
    /// The welcome of the first run is put away.
    WelcomeLeft,
    /// Another place for the data is wanted.
    PlaceAsked,
    /// The folder of a file is to be shown.
    FolderAsked(PathBuf),
    /// It is, or not.
    FolderShown(Result<Result<(), String>, Broken>),
    /// The problem told of has been read.
    ProblemClosed,
    /// A change of the list ended; the keyboard goes to the control of this name.
    Changed(Result<Result<Id, String>, Broken>),
}

#[cfg(test)]
impl Message {
    /// A draft goes to the bin.
    pub(crate) fn remove_asked(id: &DraftId) -> Self {
        Self::Bin(bin::Message::RemoveAsked(bin::Item::Draft(id.clone()), "它".to_owned()))
    }
}

/// What the parent should do.
#[derive(Debug)]
pub(crate) enum Action {
    /// Run a task.
    Run(Task<Message>),
    /// Open this draft, and say where it comes from.
    Open(Opened),
    /// Ask for another place for the data.
    OtherPlace,
    /// Remember that the welcome was put away.
    Welcomed,
}

/// The control that opens a draft.
fn card_id(id: &DraftId) -> Id {
    Id::from(format!("draft:{id}"))
}

/// The control that opens the draft edited last, above all others.
fn go_on_id() -> Id {
    Id::new("home-go-on")
}

impl State {
    /// How long until the lists are read again: another window may have changed them, the window may stay
    /// open over night, and what is out of reach may be back.
    pub(crate) const fn tick(&self) -> Duration {
        Duration::from_secs(if self.lost.is_some() { 3 } else { 20 })
    }

    /// A file from elsewhere is being read.
    pub(crate) const fn is_reading(&self) -> bool {
        !self.readings.is_empty()
    }

    /// Home over a store, with the name of the draft edited last; the task lists the drafts. `clock`
    /// tells the day.
    pub(crate) fn new(
        store: Store,
        last: Option<String>,
        clock: fn() -> Date,
    ) -> (Self, Task<Message>) {
        let mut state = Self {
            store,
            // Those of the person's own are read with the drafts.
            notices: bundled().iter().cloned().map(Arc::new).collect(),
            notice_problems: Vec::new(),
            clock,
            today: clock(),
            // Enter goes on with the draft edited last.
            keyboard: last.is_some().then(go_on_id),
            last,
            listing: Latest::default(),
            drafts: None,
            profiles: Vec::new(),
            role: Role::Solver,
            role_chosen: false,
            notice: 0,
            notice_chosen: false,
            welcomed: false,
            origin: Origin::Anew,
            problem: None,
            done: None,
            lost: None,
            bin: Vec::new(),
            profile_bin: Vec::new(),
            bin_open: false,
            kept_open: false,
            search: String::new(),
            removed: None,
            erasing: None,
            renoticed: None,
            progress: HashMap::new(),
            damaged: HashMap::new(),
            numbers: HashMap::new(),
            making: false,
            typed_path: None,
            readings: Vec::new(),
            asking: None,
            changing: None,
        };
        state.fit_notice();
        let task = state.list();
        (state, task)
    }

    /// Says a sentence at the foot.
    pub(crate) fn tell(&mut self, words: impl Into<String>) {
        self.making = false;
        // A stranger's file name may be in it.
        self.problem = Some(invisible::revealed(&words.into()));
    }

    /// This draft is being edited now.
    pub(crate) fn opened(&mut self, id: &DraftId) {
        self.last = Some(id.as_str().to_owned());
        (self.problem, self.done) = (None, None);
        self.removed = None;
        self.renoticed = None;
        self.making = false;
        (self.asking, self.changing) = (None, None);
        // What is listed from now on must not take the keyboard out of the editor.
        self.keyboard = None;
    }

    /// Home is shown again: the keyboard goes to the draft that was edited.
    pub(crate) fn come_back(&mut self) -> Task<Message> {
        self.making = false;
        let last = self.last.as_ref();
        self.keyboard = last.map(|name| Id::from(format!("draft:{name}")));
        self.list()
    }

    /// Home is shown again to begin a new draft: the keyboard goes to the button for that.
    pub(crate) fn come_back_to_new(&mut self) -> Task<Message> {
        let back = self.come_back();
        self.keyboard = None;
        Task::batch([back, self.go_to_new()])
    }

    /// Puts the keyboard on the button for a new draft.
    pub(crate) fn go_to_new(&self) -> Task<Message> {
        list::keyboard_to(begin::new_id())
    }

    /// Takes in what happened.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        let task = match message {
            Message::Listed(result) => self.listed(result),
            Message::Ticked => self.list(),
            Message::PlaceAsked => return Action::OtherPlace,
            Message::WelcomeLeft => {
                self.leave_welcome();
                return Action::Welcomed;
            }
            Message::FolderAsked(path) => {
                worker::run(move || opener::open_folder_of(&path), Message::FolderShown)
            }
            Message::FolderShown(result) => {
                let result = result.unwrap_or_else(|broken| Err(broken.to_string()));
                self.problem = result.err().or(self.problem.take());
                Task::none()
            }
            Message::Begin(message) => self.begun(message),
            Message::File(message) => self.file_happened(message),
            Message::Made(result) => {
                // What was made is opened next, and until then no other is.
                self.making = matches!(result, Ok(Ok(_)));
                return self.ready(result);
            }
            Message::Ready(result) => return self.ready(result),
            Message::FileRead(attempt, result) => return self.file_read(attempt, result),
            Message::PathRead(reading, result) => return self.path_read(&reading, result),
            Message::ReadingTicked => Task::none(),
            Message::ReadingStopped => {
                self.stop_reading();
                list::keyboard_to(begin::new_id())
            }
            Message::Asked(message) => self.asked(message),
            Message::Password(message) => self.password(message),
            Message::OpenAsked(id) => return self.open_draft(id),
            Message::Searched(search) => {
                self.search = search;
                Task::none()
            }
            Message::DuplicateAsked(id) => self.duplicate(id),
            Message::OtherNotice(message) => self.renotice(message),
            Message::Bin(message) => self.bin_happened(message),
            Message::KeptToggled => {
                self.kept_open = !self.kept_open;
                Task::none()
            }
            Message::ProblemClosed => {
                (self.problem, self.done) = (None, None);
                list::keyboard_to(begin::new_id())
            }
            Message::Changed(result) => self.changed(result),
        };
        Action::Run(task)
    }

    fn ready(&mut self, result: Result<Result<Opened, String>, Broken>) -> Action {
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(opened) => Action::Open(opened),
            Err(problem) => {
                self.tell(problem);
                Action::Run(Task::none())
            }
        }
    }

    fn duplicate(&self, id: DraftId) -> Task<Message> {
        self.with_store(move |store| {
            let copy = store.duplicate(&id).map_err(|error| error.to_string())?;
            Ok(card_id(&copy))
        })
    }

    /// Changes the store; the name is that of the control to which the keyboard goes then.
    fn with_store(
        &self,
        job: impl FnOnce(&Store) -> Result<Id, String> + Send + 'static,
    ) -> Task<Message> {
        let store = self.store.clone();
        worker::run(move || job(&store), Message::Changed)
    }
}
