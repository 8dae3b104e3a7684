//! Reading what home lists: drafts, kept company data, the bin.

use std::collections::HashMap;
use std::sync::Arc;

use iced::Task;
use iced::widget::Id;
use jiff::civil::Date;

use super::{Message, State};
use crate::app::focus;
use crate::app::worker::{self, Broken};
use crate::rules::{Notice, completeness};
use crate::store::{DraftId, Entry, Profile, Store, StoreError};

/// What is listed.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    drafts: Vec<Entry>,
    bin: Vec<Entry>,
    profiles: Vec<Profile>,
    profile_bin: Vec<Profile>,
    /// How far each draft is.
    filled: HashMap<DraftId, (usize, usize)>,
}

impl Lists {
    /// Reads the lists. The sentence says why it could not.
    pub(super) fn read(
        store: &Store,
        notices: &[Arc<Notice>],
        today: Date,
    ) -> Result<Self, String> {
        let read = || -> Result<Self, StoreError> {
            let drafts = store.list()?;
            let filled = drafts.iter().filter_map(|entry| {
                let far = how_far(store, notices, today, entry)?;
                Some((entry.id.clone(), far))
            });
            Ok(Self {
                filled: filled.collect(),
                drafts,
                bin: store.bin()?,
                profiles: store.profiles()?,
                profile_bin: store.profile_bin()?,
            })
        };
        read().map_err(|error| error.to_string())
    }
}

/// Of how many required blanks how many are filled in; `None` for a draft that cannot be judged.
fn how_far(
    store: &Store,
    notices: &[Arc<Notice>],
    today: Date,
    entry: &Entry,
) -> Option<(usize, usize)> {
    if entry.problem.is_some() {
        return None;
    }
    let notice = notices.iter().find(|notice| notice.id == entry.notice)?;
    let draft = store.load(&entry.id).ok()?;
    Some(completeness(&draft, notice, today))
}

impl State {
    /// Lists everything anew. One listing at a time: what it finds is never older than what is shown.
    pub(crate) fn list(&mut self) -> Task<Message> {
        if !self.listing.request() {
            return Task::none();
        }
        self.today = (self.clock)();
        let store = self.store.clone();
        let (notices, today) = (self.notices.clone(), self.today);
        worker::run(move || Lists::read(&store, &notices, today), Message::Listed)
    }

    pub(super) fn listed(
        &mut self,
        result: Result<Result<Lists, String>, Broken>,
    ) -> Task<Message> {
        if self.listing.finished() {
            // Something has changed since this listing began.
            return self.list();
        }
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(lists) => self.take_in(lists),
            Err(problem) => self.problem = Some(problem),
        }
        match self.keyboard.take() {
            Some(id) => keyboard_to(id),
            None => Task::none(),
        }
    }

    fn take_in(&mut self, lists: Lists) {
        self.filled = lists.filled;
        self.drafts = Some(lists.drafts);
        self.bin = lists.bin;
        self.profiles = lists.profiles;
        self.profile_bin = lists.profile_bin;
        self.keep_origin();
    }

    /// At another day, how far the drafts are and what is left of their time is another matter.
    pub(super) fn look_at_day(&mut self) -> Task<Message> {
        if (self.clock)() == self.today { Task::none() } else { self.list() }
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
                self.problem = Some(problem);
            }
        }
        self.list()
    }
}

/// Puts the keyboard into a control and brings that into view.
pub(super) fn keyboard_to(id: Id) -> Task<Message> {
    focus::enter(Some(id.clone())).chain(focus::reveal(id))
}
