//! Home: the drafts, and the ways to begin one.

mod card;
mod drafts;
mod import;
#[cfg(test)]
mod tests;
mod view;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::widget::{Id, operation};
use jiff::civil::Date;

pub(crate) use self::import::Opened;
use crate::app::dialog::{self, Picked};
use crate::app::worker::{self, Broken};
use crate::domain::Role;
use crate::rules::{Notice, completeness};
use crate::store::{DraftId, Entry, NoticeFileError, Store};

/// What home knows.
#[derive(Debug)]
pub(crate) struct State {
    store: Store,
    notices: Vec<Arc<Notice>>,
    notice_problems: Vec<NoticeFileError>,
    today: Date,
    /// Name of the draft edited last.
    last: Option<String>,
    drafts: Option<Vec<Entry>>,
    role: Role,
    /// Position of the chosen notice.
    notice: usize,
    problem: Option<String>,
    bin: Vec<Entry>,
    bin_open: bool,
    search: String,
    /// A new draft begins with the company of this one.
    company: Option<DraftId>,
    removed: Option<(DraftId, String)>,
    /// The draft for which another notice is being chosen.
    renoticed: Option<DraftId>,
    /// Of how many required blanks how many are filled in.
    filled: HashMap<DraftId, (usize, usize)>,
    /// A path, typed where there is no file dialog.
    typed_path: Option<String>,
}

/// The drafts and what lies in the bin.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    drafts: Vec<Entry>,
    bin: Vec<Entry>,
    filled: HashMap<DraftId, (usize, usize)>,
}

/// The box for a path where there is no file dialog.
fn path_id() -> Id {
    Id::new("open-path")
}

/// Reads the lists, and how far each draft is.
fn lists(store: &Store, notices: &[Arc<Notice>], today: Date) -> Result<Lists, String> {
    let drafts = store.list().map_err(|error| error.to_string())?;
    let bin = store.bin().map_err(|error| error.to_string())?;
    let filled = drafts.iter().filter(|entry| entry.problem.is_none()).filter_map(|entry| {
        let notice = notices.iter().find(|notice| notice.id == entry.notice)?;
        let draft = store.load(&entry.id).ok()?;
        Some((entry.id.clone(), completeness(&draft, notice, today)))
    });
    let filled = filled.collect();
    Ok(Lists { drafts, bin, filled })
}

/// What happens on home.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The drafts were listed.
    Listed(Result<Result<Lists, String>, Broken>),
    /// A role was chosen for a new draft.
    RoleChosen(Role),
    /// A notice was chosen, by its position.
    NoticeChosen(usize),
    /// The company data of a draft was chosen for a new one; `None`: none.
    CompanyChosen(Option<DraftId>),
    /// A name was typed to search for.
    Searched(String),
    /// The bin is opened or closed.
    BinToggled,
    /// A draft comes out of the bin.
    PutBackAsked(DraftId),
    /// A new draft is wanted.
    NewAsked,
    /// A copy of the sample is wanted.
    SampleAsked,
    /// A draft is to be opened.
    OpenAsked(DraftId),
    /// A file is to be opened.
    FileAsked,
    /// The dialog was answered.
    FilePicked(Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is to be opened.
    PathGiven,
    /// A draft is ready to be opened.
    Ready(Result<Result<Opened, String>, Broken>),
    /// A copy of a draft is wanted.
    DuplicateAsked(DraftId),
    /// Another notice is wanted for a draft; asked again, no longer.
    NoticeAsked(DraftId),
    /// A copy of a draft is wanted for the notice of this identifier.
    CopyAsked(DraftId, String),
    /// A draft gets the notice of this identifier.
    NoticeChanged(DraftId, String),
    /// A draft goes to the bin; with its name.
    RemoveAsked(DraftId, String),
    /// The draft removed last comes back.
    PutBack,
    /// A change of the list ended.
    Changed(Result<Result<(), String>, Broken>),
}

/// What the parent should do.
#[derive(Debug)]
pub(crate) enum Action {
    /// Run a task.
    Run(Task<Message>),
    /// Open this draft, and say where it comes from.
    Open(Opened),
}

impl State {
    /// Home over a store, with the name of the draft edited last; the task lists the drafts.
    pub(crate) fn new(store: Store, last: Option<String>, today: Date) -> (Self, Task<Message>) {
        let (notices, notice_problems) = store.notices();
        let state = Self {
            store,
            notices: notices.into_iter().map(Arc::new).collect(),
            notice_problems,
            today,
            last,
            drafts: None,
            role: Role::Solver,
            notice: 0,
            problem: None,
            bin: Vec::new(),
            bin_open: false,
            search: String::new(),
            company: None,
            removed: None,
            renoticed: None,
            filled: HashMap::new(),
            typed_path: None,
        };
        let task = state.list();
        (state, task)
    }

    /// Says a sentence at the top.
    pub(crate) fn tell(&mut self, words: impl Into<String>) {
        self.problem = Some(words.into());
    }

    /// This draft is being edited now.
    pub(crate) fn opened(&mut self, id: &DraftId) {
        self.last = Some(id.as_str().to_owned());
        self.problem = None;
    }

    /// The notice with an identifier.
    pub(crate) fn notice(&self, id: &str) -> Option<Arc<Notice>> {
        self.notices.iter().find(|notice| notice.id == id).cloned()
    }

    /// Opens a draft file or package; one from elsewhere is copied into the store.
    pub(crate) fn open_path(&mut self, path: PathBuf) -> Task<Message> {
        self.problem = None;
        let store = self.store.clone();
        worker::run(move || import::open(&store, &path), Message::Ready)
    }

    /// Asks which file to open.
    pub(crate) fn ask_for_file() -> Task<Message> {
        Task::perform(dialog::draft_or_package(), Message::FilePicked)
    }

    /// Lists the drafts anew.
    pub(crate) fn list(&self) -> Task<Message> {
        let store = self.store.clone();
        let (notices, today) = (self.notices.clone(), self.today);
        worker::run(move || lists(&store, &notices, today), Message::Listed)
    }

    /// Takes in what happened.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        let task = match message {
            Message::Listed(result) => self.listed(result),
            Message::RoleChosen(role) => {
                self.role = role;
                Task::none()
            }
            Message::NoticeChosen(notice) => {
                self.notice = notice;
                Task::none()
            }
            Message::CompanyChosen(company) => {
                self.company = company;
                Task::none()
            }
            Message::Searched(search) => {
                self.search = search;
                Task::none()
            }
            Message::BinToggled => {
                self.bin_open = !self.bin_open;
                Task::none()
            }
            Message::PutBackAsked(id) => {
                self.removed = None;
                self.with_store(move |store| store.put_back(&id))
            }
            Message::NewAsked => {
                let company = self.company.clone();
                self.create(move |store, notice, role| {
                    import::empty(store, notice, role, company.as_ref())
                })
            }
            Message::SampleAsked => self.create(import::sample),
            Message::OpenAsked(id) => return Action::Open(id.into()),
            Message::FileAsked => Self::ask_for_file(),
            Message::FilePicked(picked) => self.picked(picked),
            Message::PathTyped(path) => {
                self.typed_path = Some(path);
                Task::none()
            }
            Message::PathGiven => match self.typed_path.as_deref().map(str::trim) {
                Some(path) if !path.is_empty() => match dialog::typed_path(path) {
                    Ok(path) => self.open_path(path),
                    Err(problem) => {
                        self.problem = Some(problem);
                        Task::none()
                    }
                },
                _ => Task::none(),
            },
            Message::Ready(result) => {
                match result.unwrap_or_else(|broken| Err(broken.to_string())) {
                    Ok(opened) => return Action::Open(opened),
                    Err(problem) => self.problem = Some(problem),
                }
                Task::none()
            }
            Message::DuplicateAsked(id) => {
                self.with_store(move |store| store.duplicate(&id).map(|_| ()))
            }
            Message::NoticeAsked(id) => {
                self.renoticed = (self.renoticed.as_ref() != Some(&id)).then_some(id);
                Task::none()
            }
            Message::CopyAsked(id, notice) => {
                self.renoticed = None;
                let store = self.store.clone();
                let job = move || import::copy_for(&store, &id, &notice).map(Opened::from);
                worker::run(job, Message::Ready)
            }
            Message::NoticeChanged(id, notice) => {
                self.renoticed = None;
                let store = self.store.clone();
                let job = move || import::change_notice(&store, &id, &notice);
                worker::run(job, Message::Changed)
            }
            Message::RemoveAsked(id, name) => {
                self.removed = Some((id.clone(), name));
                self.with_store(move |store| store.remove(&id))
            }
            Message::PutBack => match self.removed.take() {
                Some((id, _)) => self.with_store(move |store| store.put_back(&id)),
                None => Task::none(),
            },
            Message::Changed(result) => self.changed(result),
        };
        Action::Run(task)
    }

    fn listed(&mut self, result: Result<Result<Lists, String>, Broken>) -> Task<Message> {
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(Lists { drafts, bin, filled }) => {
                self.filled = filled;
                self.drafts = Some(drafts);
                self.bin = bin;
            }
            Err(problem) => self.problem = Some(problem),
        }
        Task::none()
    }

    /// The newest draft of each company, for its data.
    fn known_companies(&self) -> Vec<&Entry> {
        let mut known: Vec<&Entry> = Vec::new();
        for entry in self.drafts.as_deref().unwrap_or_default() {
            let name = entry.company.trim();
            let new = known.iter().all(|one| one.company.trim() != name);
            if entry.problem.is_none() && !name.is_empty() && new && known.len() < 4 {
                known.push(entry);
            }
        }
        known
    }

    /// Keeps a new draft and opens it.
    fn create(
        &mut self,
        make: impl FnOnce(&Store, &str, Role) -> Result<DraftId, String> + Send + 'static,
    ) -> Task<Message> {
        let Some(notice) = self.notices.get(self.notice) else { return Task::none() };
        let (store, id, role) = (self.store.clone(), notice.id.clone(), self.role);
        worker::run(move || make(&store, &id, role).map(Opened::from), Message::Ready)
    }

    fn picked(&mut self, picked: Picked) -> Task<Message> {
        match picked {
            Picked::Paths(paths) => match paths.into_iter().next() {
                Some(path) => self.open_path(path),
                None => Task::none(),
            },
            Picked::Cancelled => Task::none(),
            Picked::Unavailable => {
                self.typed_path.get_or_insert_default();
                self.problem = Some(dialog::UNAVAILABLE.to_owned());
                operation::focus(path_id())
            }
        }
    }

    fn with_store(
        &self,
        job: impl FnOnce(&Store) -> Result<(), crate::store::StoreError> + Send + 'static,
    ) -> Task<Message> {
        let store = self.store.clone();
        worker::run(move || job(&store).map_err(|error| error.to_string()), Message::Changed)
    }

    fn changed(&mut self, result: Result<Result<(), String>, Broken>) -> Task<Message> {
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(()) => self.problem = None,
            Err(problem) => {
                self.removed = None;
                self.problem = Some(problem);
            }
        }
        self.list()
    }
}
