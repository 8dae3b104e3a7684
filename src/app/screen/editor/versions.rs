//! Earlier versions of the draft: listed, compared with how it is now, brought back.

mod view;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use iced::Task;
use iced::widget::Id;

use super::deed::{Deed, Extent, Place};
use super::differences::{Difference, differences};
use super::update::form_id;
use super::{Message as EditorMessage, State};
use crate::app::worker::{self, Broken};
use crate::app::{focus, moment};
use crate::domain::Draft;
use crate::store::Version;

/// Most versions listed; older ones are of days long past.
const MOST: usize = 60;
/// Most names of blanks kept of one version.
const MOST_NAMES: usize = 4;

/// A version with the first blanks that read otherwise now.
#[derive(Debug, Clone)]
pub(crate) struct Earlier {
    version: Version,
    /// How many blanks differ and the names of the first; the sentence says why it cannot be read.
    changed: Result<(usize, Vec<String>), String>,
}

/// A version beside the draft as it is now.
#[derive(Debug, Clone)]
pub(crate) struct Compared {
    draft: Arc<Draft>,
    differences: Vec<Difference>,
}

/// The earlier versions, while they are shown.
#[derive(Debug, Default)]
pub(super) struct Versions {
    /// `None` until it was read.
    list: Option<Vec<Earlier>>,
    /// The one looked at; `None`: the list is shown.
    chosen: Option<(usize, Compared)>,
    /// Differences of it that are shown whole.
    open: HashSet<usize>,
}

/// What happens with them.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// They are wanted.
    Asked,
    /// They were listed.
    Listed(Result<Result<Vec<Earlier>, String>, Broken>),
    /// One is to be looked at.
    Chosen(usize),
    /// It was compared.
    Compared(usize, Result<Result<Compared, String>, Broken>),
    /// A long difference is shown whole, or not.
    Unfolded(usize),
    /// The one looked at becomes the draft.
    Restored,
    /// Back to the list, or to the blanks.
    Closed,
}

fn row_id(index: usize) -> Id {
    Id::from(format!("version:{index}"))
}

fn restore_id() -> Id {
    Id::new("restore-version")
}

fn back_id() -> Id {
    Id::new("versions-back")
}

fn send(message: Message) -> EditorMessage {
    EditorMessage::Versions(message)
}

impl State {
    pub(super) fn versions_happened(&mut self, message: Message) -> Task<EditorMessage> {
        match message {
            Message::Asked => self.ask_for_versions(),
            Message::Listed(listed) => self.versions_listed(listed),
            Message::Chosen(index) => self.compare(index),
            Message::Compared(index, result) => self.compared(index, result),
            Message::Unfolded(at) => {
                if let Some(versions) = &mut self.versions
                    && !versions.open.remove(&at)
                {
                    versions.open.insert(at);
                }
                Task::none()
            }
            Message::Restored => self.restore(),
            Message::Closed => self.close_versions().unwrap_or_else(Task::none),
        }
    }

    /// The list of versions.
    pub(super) fn list_versions_job(
        &self,
    ) -> impl FnOnce() -> Result<Vec<Earlier>, String> + Send + 'static {
        let (store, id, now) = (self.store.clone(), self.id.clone(), Arc::clone(&self.draft));
        let notice = Arc::clone(&self.notice);
        move || {
            let versions = store.history(&id).map_err(|error| error.to_string())?;
            let read = |version: Version| {
                let draft = store.load_version(&version).map_err(|error| error.to_string());
                let changed = draft.map(|then| {
                    let found = differences(&then, &now, &notice);
                    let first = found.iter().take(MOST_NAMES).map(|one| one.name.clone());
                    (found.len(), first.collect())
                });
                Earlier { version, changed }
            };
            Ok(versions.into_iter().take(MOST).map(read).collect())
        }
    }

    /// Shows their page at once, or it would take the place of the blanks under the fingers of whoever
    /// types on.
    fn ask_for_versions(&mut self) -> Task<EditorMessage> {
        self.leave_blank();
        self.keyboard = false;
        self.versions = Some(Versions::default());
        let list = worker::run(self.list_versions_job(), |listed| send(Message::Listed(listed)));
        Task::batch([list, put_keyboard(back_id())])
    }

    fn versions_listed(
        &mut self,
        result: Result<Result<Vec<Earlier>, String>, Broken>,
    ) -> Task<EditorMessage> {
        let Some(versions) = &mut self.versions else { return Task::none() };
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(list) => {
                let first = list.iter().position(|earlier| earlier.changed.is_ok());
                versions.list = Some(list);
                put_keyboard(first.map_or_else(back_id, row_id))
            }
            Err(problem) => {
                self.tell(problem);
                self.close_versions().unwrap_or_else(Task::none)
            }
        }
    }

    fn compare(&mut self, index: usize) -> Task<EditorMessage> {
        match self.compare_job(index) {
            Some(job) => worker::run(job, move |compared| send(Message::Compared(index, compared))),
            None => Task::none(),
        }
    }

    /// The comparison of a version of the list with the draft.
    pub(super) fn compare_job(
        &self,
        index: usize,
    ) -> Option<impl FnOnce() -> Result<Compared, String> + Send + 'static> {
        let version = self.versions.as_ref()?.version(index)?.clone();
        let (store, now) = (self.store.clone(), Arc::clone(&self.draft));
        let notice = Arc::clone(&self.notice);
        Some(move || {
            let draft = store.load_version(&version).map_err(|error| error.to_string())?;
            let differences = differences(&draft, &now, &notice);
            Ok(Compared { draft: Arc::new(draft), differences })
        })
    }

    fn compared(
        &mut self,
        index: usize,
        result: Result<Result<Compared, String>, Broken>,
    ) -> Task<EditorMessage> {
        let Some(versions) = &mut self.versions else { return Task::none() };
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(compared) => {
                versions.chosen = Some((index, compared));
                versions.open.clear();
                put_keyboard(if self.why_not_restored().is_none() {
                    restore_id()
                } else {
                    back_id()
                })
            }
            Err(problem) => {
                self.tell(problem);
                Task::none()
            }
        }
    }

    /// Why the version looked at cannot become the draft; `None`: it can.
    fn why_not_restored(&self) -> Option<&'static str> {
        let (_, compared) = self.versions.as_ref()?.chosen.as_ref()?;
        if !self.may_write {
            Some(self.why_read_only())
        } else if compared.draft.notice != self.notice.id {
            Some("这个版本是按另一份通知填写的，不能直接恢复；请先在首页改回那份通知。")
        } else if compared.draft.role != self.draft.role {
            Some("这个版本是按另一种身份填写的，不能直接恢复。")
        } else if *compared.draft == *self.draft {
            Some("这个版本与现在相同，不用恢复。")
        } else {
            None
        }
    }

    /// Makes the version looked at the draft. That is a change like any other and can be undone; on
    /// disk what it takes the place of is kept as well.
    fn restore(&mut self) -> Task<EditorMessage> {
        if let Some(why) = self.why_not_restored() {
            self.tell(why);
            return Task::none();
        }
        let chosen = self.versions.take().and_then(|versions| {
            let (index, compared) = versions.chosen.as_ref()?;
            Some((when(versions.version(*index)?), Arc::clone(&compared.draft)))
        });
        let Some((time, draft)) = chosen else { return Task::none() };
        let (before, lists) = (Arc::clone(&self.draft), self.roster.clone());
        let deed = Deed { extent: Extent::Any, ..Deed::at(self.place(), "恢复旧版本") };
        let after = Arc::clone(&draft);
        let task = self.change_as(deed, Instant::now(), |now, roster| {
            roster.replace(now, &draft);
            now.clone_from(&draft);
            now.fill_tables();
        });
        let Some(task) = task else { return Task::none() };
        self.autosave.note_restore(before, after);
        self.readdress(&lists);
        self.visit_filled();
        self.keyboard = false;
        let shown = self.show_place(&Place { step: self.step, field: None });
        self.tell_done(format!("已恢复到 {time} 的版本。恢复以前的内容也留在历史版本里。"));
        Task::batch([task, self.save_now(), shown])
    }

    /// One step back out of the versions; `None` where they are not shown.
    pub(super) fn close_versions(&mut self) -> Option<Task<EditorMessage>> {
        let versions = self.versions.as_mut()?;
        Some(match versions.chosen.take() {
            Some((index, _)) => put_keyboard(row_id(index)),
            None => {
                self.versions = None;
                self.load_texts();
                self.take_keyboard_back()
            }
        })
    }
}

impl Versions {
    fn version(&self, index: usize) -> Option<&Version> {
        Some(&self.list.as_ref()?.get(index)?.version)
    }
}

/// When a version was written.
fn when(version: &Version) -> String {
    moment::stamp(version.at, jiff::Timestamp::now())
}

fn put_keyboard(id: Id) -> Task<EditorMessage> {
    use iced::widget::operation::{AbsoluteOffset, scroll_to};
    let top = scroll_to(form_id(), AbsoluteOffset { x: 0.0, y: 0.0 });
    let put = focus::enter(Some(id.clone())).chain(focus::reveal(id));
    top.chain(put).chain(Task::done(EditorMessage::Led))
}

#[cfg(test)]
impl Versions {
    /// When the version before a restore was written.
    pub(super) fn pinned_time(&self) -> Option<String> {
        let pinned = self.list.as_ref()?.iter().find(|earlier| earlier.version.before_restore)?;
        Some(when(&pinned.version))
    }
}
