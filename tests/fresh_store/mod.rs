//! A store of its own for one test, and drafts to put into it.
// Each test file uses a part of it.
#![allow(dead_code)]

use jiebang::domain::{Draft, Role};
use jiebang::store::Store;

/// An empty store and the folder that it is gone with.
pub(crate) fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("data")).unwrap();
    (folder, store)
}

/// The draft of a company.
pub(crate) fn draft(name: &str) -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = name.to_owned();
    draft
}
