//! Writes the states of one draft to the store: in order, under its lock, and never unseen over what
//! another program has written there.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::super::trouble::Trouble;
use crate::domain::Draft;
use crate::domain::io_error::reason;
use crate::store::file::{MAX_MEGABYTES, read_start};
use crate::store::{DraftId, DraftLock, Stamp, Store, StoreError};

/// A version that was brought back and is not on disk yet.
#[derive(Debug, Clone)]
pub(super) struct Restore {
    /// Number of the change that brought it back.
    pub(super) number: u64,
    /// The draft until then.
    pub(super) before: Arc<Draft>,
    /// The draft since then.
    pub(super) after: Arc<Draft>,
}

/// What came of a save.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Another program had changed the file since it was read or written here last; what it held then is
    /// among the earlier versions.
    pub(crate) was_foreign: bool,
    /// Why the state before is not among the earlier versions.
    pub(crate) unkept: Option<String>,
}

impl Written {
    /// What came of this save and the one after it.
    fn and(self, later: Self) -> Self {
        Self {
            was_foreign: self.was_foreign || later.was_foreign,
            unkept: later.unkept.or(self.unkept),
        }
    }
}

/// What the file held when it was last read or written here.
#[derive(Debug)]
enum Known {
    /// This draft, by whatever text.
    Draft(Arc<Draft>),
    /// These bytes, by their SHA-256.
    Bytes([u8; 32]),
}

#[derive(Debug)]
struct Inner {
    /// Number of the change that was written last.
    written: u64,
    /// `None` where it was lost and not yet taken again.
    lock: Option<DraftLock>,
    known: Known,
    /// The file when it was last looked at or written here.
    seen: Option<Stamp>,
}

/// Writes states in the order of their numbers. A save on a disk that hangs may end after the draft was
/// left: the lock goes with the last clone, so that nobody else writes the draft until then.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    store: Store,
    id: DraftId,
    inner: Arc<Mutex<Inner>>,
}

impl Writer {
    /// `known`: what was read from the file.
    pub(super) fn new(
        store: Store,
        id: DraftId,
        lock: Option<DraftLock>,
        known: Arc<Draft>,
    ) -> Self {
        let inner = Inner { written: 0, lock, known: Known::Draft(known), seen: None };
        Self { store, id, inner: Arc::new(Mutex::new(inner)) }
    }

    /// Writes a draft as the change of this number left it, and before it a version that was brought back.
    pub(super) fn write_all(
        &self,
        number: u64,
        restore: Option<&Restore>,
        draft: &Draft,
    ) -> Result<Written, Trouble> {
        let mut written = Written::default();
        if let Some(restore) = restore {
            // What it takes the place of is written first, so that it is kept.
            let before = restore.number.saturating_sub(1);
            written = written.and(self.write(before, &restore.before, false)?);
            written = written.and(self.write(restore.number, &restore.after, true)?);
        }
        Ok(written.and(self.write(number, draft, false)?))
    }

    /// Writes a state unless a later one is written already. `keep`: what the file held is not thinned.
    pub(super) fn write(&self, number: u64, draft: &Draft, keep: bool) -> Result<Written, Trouble> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if number <= inner.written {
            return Ok(Written::default());
        }
        self.take_lock(&mut inner)?;
        let was_foreign = self.is_foreign(&inner.known, draft);
        let saved = match keep || was_foreign {
            true => self.store.restore_draft(&self.id, draft).map(|()| None),
            false => self.store.save_noting(&self.id, draft).map(|saved| saved.unkept),
        };
        let unkept = saved.map_err(|error| Trouble::of(&error, &self.store, &self.id))?;
        inner.written = number;
        if let Ok(Some(bytes)) = self.on_disk() {
            inner.known = Known::Bytes(Sha256::digest(&bytes).into());
            inner.seen = self.store.stamp(&self.id);
        }
        Ok(Written { was_foreign, unkept: unkept.as_ref().map(why) })
    }

    /// Looks whether another program has changed the file, which must not hold `draft` either. What it
    /// holds then is kept among the earlier versions, as `draft` is, and told of once. What cannot be kept
    /// or looked at is left to the next save.
    pub(super) fn look(&self, draft: &Draft) -> Result<bool, Trouble> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = self.store.stamp(&self.id);
        if seen.is_none() || seen == inner.seen {
            return Ok(false);
        }
        let mut is_kept = false;
        if self.is_foreign(&inner.known, draft) {
            self.take_lock(&mut inner)?;
            // Whoever leaves without another word has it nowhere else.
            let kept = self.store.keep_draft(&self.id, draft);
            kept.map_err(|error| Trouble::of(&error, &self.store, &self.id))?;
            let kept = self.store.keep_state(&self.id);
            is_kept = kept.map_err(|error| Trouble::of(&error, &self.store, &self.id))?;
        }
        inner.seen = seen;
        Ok(is_kept)
    }

    /// Puts what was written last among the earlier versions too, and what another program has written
    /// since. What cannot be kept is on disk all the same.
    pub(super) fn keep_last(&self, draft: &Draft) {
        let is_foreign = self.look(draft).unwrap_or(true);
        if !is_foreign {
            let _ = self.store.keep_last(&self.id);
        }
    }

    /// Takes the lock again where it is lost: the folder was out of reach and is back.
    fn take_lock(&self, inner: &mut Inner) -> Result<(), Trouble> {
        if inner.lock.as_ref().is_some_and(|lock| self.store.is_held(&self.id, lock)) {
            return Ok(());
        }
        let trouble = |error| Trouble::of(&error, &self.store, &self.id);
        if self.store.path(&self.id).parent().is_some_and(std::path::Path::is_dir) {
            // Folders beside the drafts' that are gone are made again.
            Store::open(self.store.root().to_owned()).map_err(trouble)?;
        }
        inner.lock = None;
        inner.lock = self.store.lock(&self.id).map_err(trouble)?;
        if inner.lock.is_some() { Ok(()) } else { Err(Trouble::taken()) }
    }

    /// Whether the file holds something other than when it was last read or written here, and other
    /// than `draft`. Where it cannot be read the save that follows says why.
    fn is_foreign(&self, known: &Known, draft: &Draft) -> bool {
        match known {
            Known::Draft(known) => match self.store.load(&self.id) {
                Ok(there) => there != **known && there != *draft,
                Err(_) => matches!(self.on_disk(), Ok(Some(_))),
            },
            Known::Bytes(known) => match self.on_disk() {
                Ok(Some(bytes)) => {
                    let is_known = Sha256::digest(&bytes)[..] == known[..];
                    !is_known && bytes != draft.to_json().as_bytes()
                }
                _ => false,
            },
        }
    }

    /// The bytes of the file; `None` where there is none.
    fn on_disk(&self) -> io::Result<Option<Vec<u8>>> {
        match read_start(&self.store.path(&self.id), (MAX_MEGABYTES << 20) + 1) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Why something could not be kept, in the few words that fit a line.
fn why(error: &StoreError) -> String {
    match error {
        StoreError::Io { source, .. } => reason(source),
        error => error.to_string(),
    }
}
