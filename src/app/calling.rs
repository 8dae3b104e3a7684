//! One window a draft: a program started with a draft that is being edited calls that window to the front
//! and ends.

use std::hash::{Hash, Hasher};
use std::path::Path;
use std::thread;
use std::time::Duration;

use iced::futures::{SinkExt, Stream};
use iced::{Subscription, stream};

use crate::domain::Draft;
use crate::store::{DraftId, Store, file};

/// Between two looks whether this window is called.
const PAUSE: Duration = Duration::from_millis(500);
/// Between two looks whether the call was heard.
const LOOK: Duration = Duration::from_millis(50);
/// So many looks; a window that hangs does not hear.
const LOOKS: usize = 40;

/// Calls the window that edits the draft at `path`; `true`: it has come to the front.
pub(super) fn raise_other(store: &Store, path: &Path) -> bool {
    let Some((id, other)) = draft_of(store, path).filter(|(id, _)| store.call(id)) else {
        return false;
    };
    let is_answered = (0..LOOKS).any(|_| {
        thread::sleep(LOOK);
        store.is_answered(&id)
    });
    // Or heard at the last moment after all.
    let is_heard = is_answered || !store.take_call(&id);
    if let Some(other) = other.filter(|_| is_heard) {
        // The window says where it is; where it cannot be kept, the file still has it.
        let _ = store.keep_other(&id, &other);
    }
    is_heard
}

/// The draft that opening the file would lead to, where it is in the store already, and what the file holds
/// where that is another state of it. Anything but a plain draft file is left to whoever opens it.
fn draft_of(store: &Store, path: &Path) -> Option<(DraftId, Option<Draft>)> {
    if let Some(id) = store.find(path) {
        return Some((id, None));
    }
    path.metadata().ok().filter(|about| about.is_file())?;
    let draft = file::read_draft(path).ok().filter(|draft| !draft.is_blank())?;
    match store.find_equal(&draft) {
        Some(id) => Some((id, None)),
        None => Some((store.find_grown(&draft)?, Some(draft))),
    }
}

/// Says again and again that the window of a draft is called, until it takes the call: one that hangs does
/// not.
pub(super) fn calls(store: &Store, id: &DraftId) -> Subscription<()> {
    Subscription::run_with(Window { store: store.clone(), id: id.clone() }, listen)
}

struct Window {
    store: Store,
    id: DraftId,
}

impl Hash for Window {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.store.root(), &self.id).hash(state);
    }
}

fn listen(window: &Window) -> impl Stream<Item = ()> + use<> {
    let (store, id) = (window.store.clone(), window.id.clone());
    stream::channel(1, async move |mut called| {
        loop {
            tokio::time::sleep(PAUSE).await;
            let (store, id) = (store.clone(), id.clone());
            let is_called = blocking::unblock(move || store.is_called(&id)).await;
            if is_called && called.send(()).await.is_err() {
                return;
            }
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("data")).unwrap();
        (folder, store)
    }

    #[test]
    fn a_window_that_hears_is_called_by_its_draft_and_by_the_file_it_began_as() {
        let (folder, store) = store();
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        draft.company.name = "甲".to_owned();
        let sent = folder.path().join("甲 公司.jiebang");
        file::write_draft(&sent, &draft).unwrap();
        let id = store.create(&draft).unwrap();
        store.note_origin(&id, &draft).unwrap();
        draft.company.name = "甲公司".to_owned();
        store.save(&id, &draft).unwrap();
        // Written to a file, and in no earlier state of the draft.
        let mut other = draft.clone();
        other.company.name = "甲分公司".to_owned();
        let written = folder.path().join("写出的.jiebang");
        file::write_draft(&written, &other).unwrap();
        store.note_origin(&id, &other).unwrap();
        for path in [store.path(&id), sent, written] {
            let _lock = store.lock(&id).unwrap().unwrap();
            let (heard, called) = (store.clone(), id.clone());
            let window = thread::spawn(move || {
                while !heard.take_call(&called) {
                    thread::yield_now();
                }
            });
            assert!(raise_other(&store, &path), "{}", path.display());
            window.join().unwrap();
        }
        let versions = store.history(&id).unwrap();
        assert!(versions.iter().any(|version| store.load_version(version).unwrap() == other));
    }

    #[test]
    fn nobody_is_called_for_a_draft_that_is_not_edited_or_not_known() {
        let (folder, store) = store();
        let id = store.create(&Draft::new("shanghai-2024", Role::Solver)).unwrap();
        assert!(!raise_other(&store, &store.path(&id)));
        let other = folder.path().join("别的.jiebang");
        file::write_draft(&other, &Draft::new("wuhan-2024", Role::Demander)).unwrap();
        assert!(!raise_other(&store, &other));
        assert!(!raise_other(&store, folder.path()));
        // A blank draft is like every other blank one.
        let blank = folder.path().join("空白.jiebang");
        file::write_draft(&blank, &Draft::new("shanghai-2024", Role::Solver)).unwrap();
        let _lock = store.lock(&id).unwrap().unwrap();
        assert!(!raise_other(&store, &blank));
    }
}
