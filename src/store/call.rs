//! A second start of the program with a draft calls the window that edits it to the front.

use std::path::PathBuf;

use super::Store;
use super::id::DraftId;
use super::lock;

impl Store {
    /// Calls the window that edits a draft; `false`: there is none, or it cannot be called.
    #[must_use]
    pub fn call(&self, id: &DraftId) -> bool {
        let is_edited = matches!(self.take_lock(id), Ok(None));
        is_edited && self.bare.create(&self.call_path(id)).is_ok()
    }

    /// The call was heard.
    #[must_use]
    pub fn is_answered(&self, id: &DraftId) -> bool {
        !self.is_called(id)
    }

    /// A call waits to be heard.
    #[must_use]
    pub fn is_called(&self, id: &DraftId) -> bool {
        self.bare.is_taken(&self.call_path(id))
    }

    /// Takes a call away: by the window that hears it, or by who has called in vain. `true`: there was one.
    pub fn take_call(&self, id: &DraftId) -> bool {
        self.bare.remove_file(&self.call_path(id)).is_ok()
    }

    fn call_path(&self, id: &DraftId) -> PathBuf {
        self.locks().join(format!("{}.call", lock::file_name(id)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::{Draft, Role};

    #[test]
    fn only_who_edits_a_draft_is_called_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let id = store.create(&Draft::new("shanghai-2024", Role::Solver)).unwrap();
        assert!(!store.call(&id), "nobody edits it");
        assert!(!store.take_call(&id));
        let lock = store.lock(&id).unwrap().unwrap();
        assert!(store.call(&id) && !store.is_answered(&id));
        assert!(store.take_call(&id) && store.is_answered(&id));
        assert!(!store.take_call(&id), "one call is heard once");
        drop(lock);
        assert!(!store.call(&id));
    }
}
