//! Saves the draft by itself, and never an older state over a newer one.

mod writer;

use std::sync::Arc;
use std::time::Duration;

use iced::Task;
use jiff::civil::Time;

pub(crate) use self::writer::Written;
use self::writer::{Restore, Writer};
use super::trouble::Trouble;
use crate::app::worker::{self, Broken, Latest};
use crate::domain::Draft;
use crate::store::{DraftId, DraftLock, Store};

/// From a change to its save.
const PAUSE: Duration = Duration::from_millis(600);
/// From a failure to the next try.
const RETRY: Duration = Duration::from_secs(3);

/// When the draft was saved, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing changed since it was opened.
    Untouched,
    /// All is on disk since then.
    Saved(Time),
    /// It could not be written.
    Failed(Trouble),
}

/// The state of saving.
#[derive(Debug)]
pub(super) struct Autosave {
    writer: Writer,
    /// Number of the last change.
    changed: u64,
    /// Number of the change that was written last or is being written.
    begun: u64,
    /// Number of the change that lies among the earlier versions too, or is being put there.
    kept: u64,
    running: bool,
    /// To be written before any later state.
    restore: Option<Restore>,
    status: Status,
    /// Why what the last save took the place of is not among the earlier versions.
    unkept: Option<String>,
    /// When all was on disk last.
    saved_at: Option<Time>,
    /// The looks at the file.
    looking: Latest,
}

impl Autosave {
    /// `known`: the draft as it was read from its file.
    pub(super) fn new(
        store: Store,
        id: DraftId,
        lock: Option<DraftLock>,
        known: Arc<Draft>,
    ) -> Self {
        Self {
            writer: Writer::new(store, id, lock, known),
            changed: 0,
            begun: 0,
            kept: 0,
            running: false,
            restore: None,
            status: Status::Untouched,
            unkept: None,
            saved_at: None,
            looking: Latest::default(),
        }
    }

    /// The draft has changed.
    pub(super) fn note_change(&mut self) {
        self.changed += 1;
    }

    /// The change noted last brought back a version: the draft `before` it is to be kept.
    pub(super) fn note_restore(&mut self, before: Arc<Draft>, after: Arc<Draft>) {
        self.restore = Some(Restore { number: self.changed, before, after });
    }

    /// A change is not on disk yet.
    pub(super) fn is_pending(&self) -> bool {
        self.changed > self.begun || self.running
    }

    /// A save is under way.
    pub(super) const fn is_running(&self) -> bool {
        self.running
    }

    pub(super) fn status(&self) -> &Status {
        &self.status
    }

    /// When to look again whether something is to be saved; `None`: nothing is.
    pub(super) fn tick(&self) -> Option<Duration> {
        let waits = self.changed > self.begun && !self.running;
        waits.then_some(if matches!(self.status, Status::Failed(_)) { RETRY } else { PAUSE })
    }

    /// Writes the draft on a thread of its own, unless that is under way or needless.
    pub(super) fn start<M: Send + 'static>(
        &mut self,
        draft: &Arc<Draft>,
        message: impl FnOnce(Result<Result<Written, Trouble>, Broken>) -> M + Send + 'static,
    ) -> Task<M> {
        if self.running || self.changed == self.begun {
            return Task::none();
        }
        worker::run(self.begin(Arc::clone(draft)), message)
    }

    /// The last state is on disk once only: a file that is spoilt after the draft was left has it no more.
    pub(super) const fn is_keep_due(&self) -> bool {
        self.kept < self.changed
    }

    /// Writes what is to be written, and puts the last state among the earlier versions too, as somebody
    /// leaves.
    pub(super) fn start_last<M: Send + 'static>(
        &mut self,
        draft: &Arc<Draft>,
        message: impl FnOnce(Result<Result<Written, Trouble>, Broken>) -> M + Send + 'static,
    ) -> Task<M> {
        if self.running || !(self.changed > self.begun || self.is_keep_due()) {
            return Task::none();
        }
        self.kept = self.changed;
        let (write, writer) = (self.begin(Arc::clone(draft)), self.writer.clone());
        let draft = Arc::clone(draft);
        let job = move || {
            let written = write()?;
            writer.keep_last(&draft);
            Ok(written)
        };
        worker::run(job, message)
    }

    /// Looks on a thread of its own whether another program has changed the file, unless a save is to
    /// come, which looks for itself.
    pub(super) fn look<M: Send + 'static>(
        &mut self,
        draft: &Arc<Draft>,
        message: impl FnOnce(Result<Result<bool, Trouble>, Broken>) -> M + Send + 'static,
    ) -> Task<M> {
        if self.is_pending() || !self.looking.request() {
            return Task::none();
        }
        let (writer, draft) = (self.writer.clone(), Arc::clone(draft));
        worker::run(move || writer.look(&draft), message)
    }

    /// A look ended.
    pub(super) fn looked(&mut self) {
        self.looking = Latest::default();
    }

    /// A look is under way.
    #[cfg(test)]
    pub(super) const fn is_looking(&self) -> bool {
        self.looking.is_running()
    }

    /// Begins a save: what is to be run writes the draft as the last change left it.
    fn begin(
        &mut self,
        draft: Arc<Draft>,
    ) -> impl FnOnce() -> Result<Written, Trouble> + Send + use<> + 'static {
        (self.running, self.begun) = (true, self.changed);
        let (writer, number, restore) = (self.writer.clone(), self.begun, self.restore.clone());
        move || writer.write_all(number, restore.as_ref(), &draft)
    }

    /// Writes the draft whatever is noted of its changes: the window has ended by a fault and may have noted
    /// nothing of the last.
    pub(super) fn rescue(
        &self,
        draft: Arc<Draft>,
    ) -> impl FnOnce() -> Result<(), Trouble> + Send + use<> + 'static {
        let (writer, number) = (self.writer.clone(), self.changed + 1);
        let restore = self.restore.clone();
        move || writer.write_all(number, restore.as_ref(), &draft).map(drop)
    }

    /// Why the last save, which succeeded, left no earlier version.
    pub(super) fn unkept(&self) -> Option<&str> {
        self.unkept.as_deref()
    }

    /// When all was on disk last.
    pub(super) const fn saved_at(&self) -> Option<Time> {
        self.saved_at
    }

    /// Takes in the end of a save at `now`; `true`: it is the first to succeed after one that did not.
    pub(super) fn finished(&mut self, result: Result<Written, Trouble>, now: Time) -> bool {
        self.running = false;
        match result {
            Ok(written) => {
                self.unkept = written.unkept;
                let begun = self.begun;
                self.restore.take_if(|restore| restore.number <= begun);
                self.saved_at = Some(now);
                let before = std::mem::replace(&mut self.status, Status::Saved(now));
                matches!(before, Status::Failed(_))
            }
            Err(trouble) => {
                // The change it was about still waits.
                self.begun = self.begun.saturating_sub(1);
                self.kept = self.kept.min(self.begun);
                self.status = Status::Failed(trouble);
                false
            }
        }
    }

    /// Writes the draft on this thread if anything waits.
    #[cfg(test)]
    pub(super) fn flush(&mut self, draft: &Draft) -> Result<(), String> {
        if !self.is_pending() {
            return Ok(());
        }
        let written = self.writer.write_all(self.changed, self.restore.as_ref(), draft);
        written.map_err(|trouble| trouble.to_string())?;
        self.restore = None;
        self.begun = self.changed;
        self.status = Status::Saved(Time::midnight());
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn store() -> (tempfile::TempDir, Store, DraftId, Draft) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let draft = Draft::new("shanghai-2024", Role::Solver);
        let id = store.create(&draft).unwrap();
        (folder, store, id, draft)
    }

    #[test]
    fn a_slow_save_never_overwrites_what_was_saved_after_it() {
        let (_folder, store, id, mut draft) = store();
        let lock = store.lock(&id).unwrap();
        let writer = Writer::new(store.clone(), id.clone(), lock, Arc::new(draft.clone()));
        draft.company.name = "新".into();
        writer.write(2, &draft, false).unwrap();
        draft.company.name = "旧".into();
        writer.write(1, &draft, false).unwrap();
        assert_eq!(store.load(&id).unwrap().company.name, "新");
    }

    #[test]
    fn a_change_waits_until_it_is_on_disk() {
        let (_folder, store, id, mut draft) = store();
        let mut autosave = Autosave::new(store.clone(), id.clone(), None, Arc::new(draft.clone()));
        assert!(autosave.tick().is_none());
        draft.company.name = "示例".into();
        autosave.note_change();
        assert_eq!(autosave.tick(), Some(PAUSE));
        let _task = autosave.start(&Arc::new(draft.clone()), |_| ());
        let back = autosave.finished(Err(Broken.into()), Time::midnight());
        assert!(!back);
        assert_eq!(autosave.tick(), Some(RETRY), "a failed save is tried again");
        autosave.flush(&draft).unwrap();
        assert_eq!(store.load(&id).unwrap().company.name, "示例");
        assert!(autosave.tick().is_none());
    }

    #[test]
    fn nobody_else_may_edit_the_draft_until_a_save_has_ended_that_was_not_waited_for() {
        let (_folder, store, id, mut draft) = store();
        let lock = store.lock(&id).unwrap();
        let mut autosave = Autosave::new(store.clone(), id.clone(), lock, Arc::new(draft.clone()));
        draft.company.name = "示例".into();
        autosave.note_change();
        let save = autosave.begin(Arc::new(draft));
        drop(autosave);
        assert!(store.lock(&id).unwrap().is_none(), "it would be written over");
        save().unwrap();
        assert!(store.lock(&id).unwrap().is_some());
        assert_eq!(store.load(&id).unwrap().company.name, "示例");
    }
}
