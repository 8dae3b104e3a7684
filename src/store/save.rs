//! Saving a draft: the new state first, and what it takes the place of into the history.

use std::io;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;

use super::error::StoreError;
use super::history::{self, State, Version};
use super::id::DraftId;
use super::recover::set_aside;
use super::{Store, atomic, file};
use crate::domain::Draft;

/// So many earlier states are looked at for one that is to be kept.
const LOOKED_AT: usize = 20;

/// What a save that succeeded has to say.
#[derive(Debug)]
pub struct Saved {
    /// Why the state before could not join the history, such as for want of room. The draft itself is
    /// on the disk.
    pub unkept: Option<StoreError>,
}

/// What the file of a draft holds when it is to be written.
enum Before {
    Nothing,
    TheSame,
    Other(State),
    /// Out of reach as a file: a folder, a spoilt sector, larger than any draft.
    Unreadable,
}

impl Store {
    /// Writes a draft; what the file held before joins its history, for which there may be no room.
    /// Hold its [`lock`](Self::lock).
    pub fn save(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        self.save_noting(id, draft).map(drop)
    }

    /// The same, and says whether the history could be kept.
    pub fn save_noting(&self, id: &DraftId, draft: &Draft) -> Result<Saved, StoreError> {
        self.replace(id, draft, false)
    }

    /// Makes an earlier state the draft; what it was joins the history and is not thinned for a month.
    pub fn restore(&self, id: &DraftId, version: &Version) -> Result<Draft, StoreError> {
        let draft = self.load_version(version)?;
        self.restore_draft(id, &draft)?;
        Ok(draft)
    }

    /// The same with an earlier state that was read already. It fails where what the draft was cannot be
    /// kept: nothing else holds that.
    pub fn restore_draft(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        self.replace(id, draft, true).map(drop)
    }

    /// Keeps what the file of a draft holds now among its earlier states, not thinned for a month, and
    /// leaves the file as it is: another program wrote it. `false`: there is nothing that could be kept.
    /// Hold its [`lock`](Self::lock).
    pub fn keep_state(&self, id: &DraftId) -> Result<bool, StoreError> {
        self.keep_file(id, true)
    }

    /// The same of a file that nobody is going to write for a while, thinned as others: should it be
    /// spoilt, nothing of it is lost.
    pub fn keep_last(&self, id: &DraftId) -> Result<bool, StoreError> {
        self.keep_file(id, false)
    }

    fn keep_file(&self, id: &DraftId, pinned: bool) -> Result<bool, StoreError> {
        self.must_exist(id)?;
        let path = self.path(id);
        match self.before(&path, &[])? {
            Before::Other(state) => self.keep(id, Some(&path), &state, pinned).map(|()| true),
            Before::Nothing | Before::TheSame | Before::Unreadable => Ok(false),
        }
    }

    /// Keeps a draft that is in no file any more among the earlier states, not thinned for a month.
    pub fn keep_draft(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        self.must_exist(id)?;
        let state = State { bytes: file::text_of(draft)?.into_bytes(), at: self.now() };
        self.keep(id, None, &state, true)
    }

    /// The same of a state that was read elsewhere, unless it is among the newest of them already.
    pub fn keep_other(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        let is_it = |version: &Version| self.load_version(version).is_ok_and(|it| it == *draft);
        match self.history(id)?.iter().take(LOOKED_AT).any(is_it) {
            true => Ok(()),
            false => self.keep_draft(id, draft),
        }
    }

    fn replace(&self, id: &DraftId, draft: &Draft, restoring: bool) -> Result<Saved, StoreError> {
        let begun = Instant::now();
        self.must_exist(id)?;
        let json = file::text_of(draft)?;
        let saved = self.replace_with(id, &json, restoring)?;
        let (bytes, ms, id) = (json.len(), begun.elapsed().as_millis(), id.logged());
        log::info!("saved draft={id} bytes={bytes} ms={ms} kept={}", saved.unkept.is_none());
        Ok(saved)
    }

    fn replace_with(&self, id: &DraftId, json: &str, restoring: bool) -> Result<Saved, StoreError> {
        let path = self.path(id);
        let saving = |source| self.io("保存", &path, source);
        let before = self.before(&path, json.as_bytes())?;
        if matches!(before, Before::TheSame) {
            // The save that wrote it may have failed at this last step.
            atomic::sync_beside(self.disk.as_ref(), &path).map_err(saving)?;
            return Ok(Saved { unkept: None });
        }
        // Whether there is room shows here, while nothing has changed yet.
        let new = atomic::prepare(&self.disk, &path, json.as_bytes()).map_err(saving)?;
        let unkept = match before {
            Before::Nothing | Before::TheSame => None,
            Before::Other(state) => self.keep(id, Some(&path), &state, restoring).err(),
            Before::Unreadable => set_aside(self.disk.as_ref(), &path).map(|_| None)?,
        };
        if let Some(error) = unkept {
            if restoring {
                return Err(error);
            }
            new.persist().map_err(saving)?;
            return Ok(Saved { unkept: Some(error) });
        }
        new.persist().map_err(saving)?;
        history::thin(self.disk.as_ref(), &self.history_folder(id), self.now(), restoring);
        Ok(Saved { unkept: None })
    }

    fn before(&self, path: &Path, new: &[u8]) -> Result<Before, StoreError> {
        let about = match self.disk.about(path) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Before::Nothing),
            Err(source) => return Err(self.io("读取", path, source)),
        };
        if about.length > file::MAX_BYTES {
            return Ok(Before::Unreadable);
        }
        Ok(match self.disk.read(path, file::MAX_BYTES) {
            Ok(bytes) if bytes == new => Before::TheSame,
            Ok(bytes) => {
                let at = Timestamp::try_from(about.modified).unwrap_or_else(|_| self.now());
                Before::Other(State { bytes, at })
            }
            Err(_) => Before::Unreadable,
        })
    }

    fn keep(
        &self,
        id: &DraftId,
        path: Option<&Path>,
        state: &State,
        restoring: bool,
    ) -> Result<(), StoreError> {
        let folder = self.history_folder(id);
        history::keep(&self.disk, &folder, path, state, restoring)
            .map_err(|source| self.io("保存历史版本到", &folder, source))
    }
}
