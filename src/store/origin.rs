//! What a draft began as: a file that is opened again leads to the draft that has grown out of it.

use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::disk::Kind;
use super::error::StoreError;
use super::file;
use super::id::DraftId;
use super::{Store, atomic};
use crate::domain::Draft;
use crate::domain::evidence::hex;

/// Its file in the folder of the draft: a line for each file it was read from or written to, the SHA-256 of
/// the draft as it was there, in hexadecimal digits; the last one is the newest.
const FILE: &str = "origin";
/// So many are known.
const MOST: usize = 50;
/// Bytes of such a file at the most.
const LENGTH: u64 = 4096;

impl Store {
    /// Notes that a file holds `draft`, of which the draft of the store has grown or will grow.
    /// All blank drafts are alike, and none is anybody's yet: of those nothing is noted.
    pub fn note_origin(&self, id: &DraftId, draft: &Draft) -> Result<(), StoreError> {
        if draft.is_blank() {
            return Ok(());
        }
        let path = self.folder(id).join(FILE);
        let mark = mark(draft)?;
        let mut marks = self.origins(id);
        marks.retain(|known| *known != mark);
        marks.push(mark);
        let from = marks.len().saturating_sub(MOST);
        let text = marks.get(from..).unwrap_or_default().join("\n");
        atomic::write(&self.disk, &path, text.as_bytes())
            .map_err(|source| self.io("保存", &path, source))
    }

    fn origins(&self, id: &DraftId) -> Vec<String> {
        let path = self.folder(id).join(FILE);
        let is_file = self.disk.about(&path).is_ok_and(|about| about.kind == Kind::File);
        let bytes = if is_file { self.disk.read(&path, LENGTH).ok() } else { None };
        let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// The draft that began as `draft`, whatever became of it; of several the one written last.
    #[must_use]
    pub fn find_grown(&self, draft: &Draft) -> Option<DraftId> {
        if draft.is_blank() {
            return None;
        }
        let mark = mark(draft).ok()?;
        let mut grown = self.ids().ok()?;
        grown.retain(|id| self.origins(id).contains(&mark) && self.load(id).is_ok());
        grown.into_iter().max_by_key(|id| {
            let about = self.disk.about(&self.path(id));
            (about.map_or(SystemTime::UNIX_EPOCH, |about| about.modified), id.clone())
        })
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
        // Written to a file by now, and that one changed as well.
        store.note_origin(&id, &draft).unwrap();
        let written = draft.clone();
        draft.company.name = "丙公司".to_owned();
        store.save(&id, &draft).unwrap();
        assert_eq!(store.find_grown(&written), Some(id.clone()));
        assert_eq!(store.find_grown(&sent), Some(id.clone()));
        store.remove(&id).unwrap();
        assert_eq!(store.find_grown(&sent), None);
    }

    #[test]
    fn a_blank_draft_leads_to_none_that_began_blank() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let blank = Draft::new("shanghai-2024", Role::Solver);
        let mut draft = blank.clone();
        let id = store.create(&draft).unwrap();
        store.note_origin(&id, &blank).unwrap();
        draft.company.name = "甲公司".to_owned();
        store.save(&id, &draft).unwrap();
        assert_eq!(store.find_grown(&blank), None);
    }
}
