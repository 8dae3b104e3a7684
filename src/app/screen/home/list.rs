//! Reading what home lists: drafts, kept company data, the bin.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use iced::Task;
use iced::widget::Id;
use jiff::civil::Date;

use super::progress::Progress;
use super::{Message, State, begin};
use crate::app::focus;
use crate::app::worker::{self, Broken};
use crate::domain::Role;
use crate::rules::Notice;
use crate::store::{DraftError, DraftId, Entry, NoticeFileError, Profile, Store, StoreError};

/// What is listed.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    notices: Vec<Arc<Notice>>,
    notice_problems: Vec<NoticeFileError>,
    drafts: Vec<Entry>,
    bin: Vec<Entry>,
    profiles: Vec<Profile>,
    profile_bin: Vec<Profile>,
    progress: HashMap<DraftId, Progress>,
    damaged: HashMap<DraftId, Damage>,
}

/// What can be done about a damaged draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    /// Opening it brings a whole earlier version back.
    Recoverable,
    /// No version of it is whole.
    Lost,
}

impl Lists {
    /// Reads the lists. The sentence says why it could not.
    pub(super) fn read(store: &Store, today: Date) -> Result<Self, String> {
        let (notices, notice_problems) = store.notices();
        let notices: Vec<Arc<Notice>> = notices.into_iter().map(Arc::new).collect();
        let read = || -> Result<Self, StoreError> {
            let drafts = store.list()?;
            let progress = drafts.iter().filter_map(|entry| {
                let far = how_far(store, &notices, today, entry)?;
                Some((entry.id.clone(), far))
            });
            let damaged = drafts.iter().filter(|entry| entry.problem.is_some());
            let damaged =
                damaged.filter_map(|entry| Some((entry.id.clone(), damage(store, &entry.id)?)));
            Ok(Self {
                progress: progress.collect(),
                damaged: damaged.collect(),
                drafts,
                bin: store.bin()?,
                profiles: store.profiles()?,
                profile_bin: store.profile_bin()?,
                notices: notices.clone(),
                notice_problems: notice_problems.clone(),
            })
        };
        read().map_err(|error| error.to_string())
    }
}

/// How far a draft is; `None` for one that cannot be judged.
fn how_far(store: &Store, notices: &[Arc<Notice>], today: Date, entry: &Entry) -> Option<Progress> {
    if entry.problem.is_some() {
        return None;
    }
    let notice = notices.iter().find(|notice| notice.id == entry.notice)?;
    let draft = store.load(&entry.id).ok()?;
    Some(Progress::of(&draft, notice, today))
}

/// What has become of a damaged draft; `None` for one that is whole or out of reach.
pub(super) fn damage(store: &Store, id: &DraftId) -> Option<Damage> {
    match store.load(id) {
        Err(StoreError::Draft(DraftError::LaterSchema { .. } | DraftError::Locked { .. })) => {
            return None;
        }
        Err(StoreError::Draft(DraftError::Io { source, .. }))
            if source.kind() != io::ErrorKind::NotFound =>
        {
            return None;
        }
        Err(StoreError::Draft(_)) => {}
        _ => return None,
    }
    let versions = store.history(id).unwrap_or_default();
    let is_whole = versions.iter().any(|version| store.load_version(version).is_ok());
    Some(if is_whole { Damage::Recoverable } else { Damage::Lost })
}

/// Which of several a draft is that the list would show alike, such as copies: in the order they were made,
/// from 2 on.
fn numbers(drafts: &[Entry]) -> HashMap<DraftId, usize> {
    let mut by_age: Vec<&Entry> = drafts.iter().filter(|entry| entry.problem.is_none()).collect();
    by_age.sort_by_key(|entry| &entry.id);
    let mut alike = HashMap::new();
    let mut numbers = HashMap::new();
    for entry in by_age {
        let shown = (entry.company.trim(), entry.role, &entry.notice, &entry.items);
        let count: &mut usize = alike.entry(shown).or_default();
        *count += 1;
        if *count > 1 {
            numbers.insert(entry.id.clone(), *count);
        }
    }
    numbers
}

impl State {
    /// Lists everything anew. One listing at a time: what it finds is never older than what is shown.
    pub(crate) fn list(&mut self) -> Task<Message> {
        if !self.listing.request() {
            return Task::none();
        }
        self.today = (self.clock)();
        let store = self.store.clone();
        let today = self.today;
        worker::run(move || Lists::read(&store, today), Message::Listed)
    }

    pub(super) fn listed(
        &mut self,
        result: Result<Result<Lists, String>, Broken>,
    ) -> Task<Message> {
        if self.listing.finished() {
            // Something has changed since this listing began.
            return self.list();
        }
        let was_first = self.drafts.is_none();
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(lists) => self.take_in(lists),
            Err(problem) => self.lost = Some(problem),
        }
        match self.keyboard.take() {
            Some(id) => keyboard_to(id),
            // Enter begins at once.
            None if was_first && self.is_first_run() => keyboard_to(begin::new_id()),
            None => Task::none(),
        }
    }

    fn take_in(&mut self, lists: Lists) {
        self.lost = None;
        // The one that is chosen may stand in another place by now.
        let chosen = self.notices.get(self.notice).map(|notice| &notice.id);
        let at = lists.notices.iter().position(|notice| Some(&notice.id) == chosen);
        self.notices = lists.notices;
        match at {
            Some(at) => self.notice = at,
            // What was chosen is gone.
            None => self.notice_chosen = false,
        }
        if !self.role_chosen {
            self.role = self.usual_role(&lists.drafts).unwrap_or(self.role);
        }
        self.fit_notice();
        self.notice_problems = lists.notice_problems;
        self.progress = lists.progress;
        self.damaged = lists.damaged;
        self.numbers = numbers(&lists.drafts);
        self.drafts = Some(lists.drafts);
        self.bin = lists.bin;
        self.profiles = lists.profiles;
        self.profile_bin = lists.profile_bin;
        self.keep_origin();
    }

    /// Whose papers are made here: of the draft edited last, else of the newest.
    fn usual_role(&self, drafts: &[Entry]) -> Option<Role> {
        let last = drafts.iter().find(|entry| Some(entry.id.as_str()) == self.last.as_deref());
        last.and_then(|entry| entry.role).or_else(|| drafts.iter().find_map(|entry| entry.role))
    }

    /// What follows a change of the store.
    pub(super) fn changed(&mut self, result: Result<Result<Id, String>, Broken>) -> Task<Message> {
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(id) => {
                self.problem = None;
                self.keyboard = Some(id);
            }
            Err(problem) => {
                self.removed = None;
                self.tell(problem);
            }
        }
        self.list()
    }
}

/// Puts the keyboard into a control and brings that into view.
pub(super) fn keyboard_to(id: Id) -> Task<Message> {
    focus::enter(Some(id.clone())).chain(focus::reveal(id))
}
