//! What a draft began as: a file that is opened again leads to the draft that has grown out of it.

use sha2::{Digest, Sha256};

use super::disk::Kind;
use super::error::StoreError;
use super::file;
use super::id::DraftId;
use super::{Store, atomic};
use crate::domain::Draft;
use crate::domain::evidence::hex;

/// Its file in the folder of the draft: the SHA-256 of the draft as it was, in hexadecimal digits.
const FILE: &str = "origin";
/// Bytes of such a file.
const LENGTH: u64 = 64;

impl Store {
    /// Notes that a draft of the store began as `draft`.
    pub fn note_origin(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        let path = self.folder(id).join(FILE);
        atomic::write(&self.disk, &path, mark(draft)?.as_bytes())
            .map_err(|source| self.io("保存", &path, source))
    }

    /// The draft that began as `draft`, whatever became of it; of several the one written last.
    #[must_use]
    pub fn find_grown(&self, draft: &Draft) -> Option<DraftId> {
        let mark = mark(draft).ok()?;
        let began_so = |id: &DraftId| {
            let path = self.folder(id).join(FILE);
            self.disk.about(&path).is_ok_and(|about| about.kind == Kind::File)
                && self.disk.read(&path, LENGTH).is_ok_and(|known| known == mark.as_bytes())
        };
        let entries = self.list().ok()?;
        entries.into_iter().filter(|it| it.problem.is_none()).map(|it| it.id).find(began_so)
    }
}

fn mark(draft: &Draft) -> Result<String, StoreError> {
    Ok(hex(&Sha256::digest(file::text_of(draft)?)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn a_draft_is_found_by_what_it_began_as_after_it_was_changed_and_not_after_it_was_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        draft.company.name = "甲公司".to_owned();
        let sent = draft.clone();
        let id = store.create(&draft).unwrap();
        store.note_origin(&id, &sent).unwrap();
        draft.company.name = "乙公司".to_owned();
        store.save(&id, &draft).unwrap();
        assert_eq!(store.find_grown(&sent), Some(id.clone()));
        assert_eq!(store.find_grown(&draft), None, "it never began as this");
        store.remove(&id).unwrap();
        assert_eq!(store.find_grown(&sent), None);
    }
}
