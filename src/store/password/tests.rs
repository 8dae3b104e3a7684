#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use super::*;
use crate::domain::{Attachment, Draft, Role};
use crate::store::DraftError;
use crate::store::disk::{About, Held, Item, Sink, Source};

const SCAN: &[u8] = b"%PDF-1.4\nscan of a trade secret\n%%EOF\n";

/// The disk of the machine, which fails for good after so many operations.
#[derive(Debug)]
struct Failing(AtomicI64);

impl Failing {
    fn step(&self) -> io::Result<()> {
        match self.0.fetch_sub(1, Ordering::Relaxed) {
            ..=0 => Err(io::Error::from_raw_os_error(5)),
            _ => Ok(()),
        }
    }
}

struct FailingSink(Box<dyn Sink>, bool);

impl io::Write for FailingSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Sink for FailingSink {
    fn sync(&mut self) -> io::Result<()> {
        if self.1 { self.0.sync() } else { Err(io::Error::from_raw_os_error(5)) }
    }
}

impl Disk for Failing {
    fn now(&self) -> SystemTime {
        RealDisk.now()
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        self.step().and_then(|()| RealDisk.about(path))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.step().and_then(|()| RealDisk.real_path(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        self.step().and_then(|()| RealDisk.list(folder))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Source>> {
        self.step().and_then(|()| RealDisk.open(path))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        let sink = self.step().and_then(|()| RealDisk.create(path))?;
        Ok(Box::new(FailingSink(sink, self.step().is_ok())))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.create_folder(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.sync_folder(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.rename(from, to))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.link(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.remove_folder(path))
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Held>> {
        self.step().and_then(|()| RealDisk.lock(path))
    }
}

fn password(text: &str) -> Password {
    text.to_owned().into()
}

/// A store with one draft that has two states and an attachment.
struct Bench {
    folder: tempfile::TempDir,
    store: Store,
    id: DraftId,
    draft: Draft,
    scan: Attachment,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        "甲机密公司".clone_into(&mut draft.company.name);
        let id = store.create(&draft).unwrap();
        let scan = store.blobs(&id).put("扫描.pdf", SCAN).unwrap();
        draft.applications[0]
            .evidence
            .push(crate::domain::Evidence { files: vec![scan.clone()], ..Default::default() });
        store.save(&id, &draft).unwrap();
        Self { folder, store, id, draft, scan }
    }

    /// The store as a process finds it that has just begun.
    fn anew(&self) -> Store {
        self.store.forget_key(&self.id);
        Store::open(self.folder.path().to_owned()).unwrap()
    }

    /// Everything of the draft is there.
    fn is_whole(&self, store: &Store) {
        assert_eq!(store.load(&self.id).unwrap(), self.draft);
        let history = store.history(&self.id).unwrap();
        assert_eq!(history.len(), 1);
        assert_eq!(store.load_version(&history[0]).unwrap().company.name, "甲机密公司");
        assert_eq!(store.blobs(&self.id).read(&self.scan).unwrap(), SCAN);
    }

    /// Files in which something of the draft can be read.
    fn plain_files(&self) -> usize {
        let files = self.store.files(&self.store.folder(&self.id)).unwrap();
        files.iter().filter(|path| !sealed::is_sealed(&RealDisk, path).unwrap()).count()
    }
}

#[test]
fn a_draft_with_a_password_opens_with_it_alone_and_is_edited_as_any_other() {
    let bench = Bench::new();
    bench.store.set_password(&bench.id, None, &password("甲 2024")).unwrap();
    bench.is_whole(&bench.store);
    assert_eq!(bench.plain_files(), 0);
    let store = bench.anew();
    let refused = store.load_or_recover(&bench.id).unwrap_err();
    assert!(matches!(refused, StoreError::Draft(DraftError::Locked { .. })), "{refused}");
    assert!(store.save(&bench.id, &Draft::new("shanghai-2024", Role::Solver)).is_err());
    let [entry] = &store.list().unwrap()[..] else { panic!("one draft") };
    assert!(entry.locked && entry.has_password && entry.company.is_empty());
    let wrong = store.unlock(&bench.id, &password("甲 2025")).unwrap_err();
    assert!(matches!(wrong, StoreError::Seal(SealError::WrongPassword)));
    store.unlock(&bench.id, &password("甲 2024")).unwrap();
    bench.is_whole(&store);
    let mut changed = bench.draft.clone();
    "乙".clone_into(&mut changed.company.name);
    store.save(&bench.id, &changed).unwrap();
    store.blobs(&bench.id).put("另一.pdf", b"%PDF-1.4\nmore\n%%EOF\n").unwrap();
    assert_eq!(bench.plain_files(), 0);
    let copy = store.duplicate(&bench.id).unwrap();
    assert!(store.has_password(&copy));
    assert_eq!(store.load(&copy).unwrap(), changed);
    store.remove(&copy).unwrap();
    store.put_back(&copy).unwrap();
    let store = bench.anew();
    assert!(store.load(&copy).is_err(), "the copy has the password too");
    store.unlock(&copy, &password("甲 2024")).unwrap();
    assert_eq!(store.load(&copy).unwrap(), changed);
}

#[test]
fn the_password_is_changed_and_taken_away_with_the_old_one_alone() {
    let bench = Bench::new();
    let (id, store) = (&bench.id, &bench.store);
    store.set_password(id, None, &password("first")).unwrap();
    for old in [None, Some(&password("wrong"))] {
        let refused = store.set_password(id, old, &password("second")).unwrap_err();
        assert!(matches!(refused, StoreError::Seal(SealError::WrongPassword)));
    }
    store.set_password(id, Some(&password("first")), &password("second")).unwrap();
    let store = bench.anew();
    assert!(store.unlock(id, &password("first")).is_err());
    assert!(store.remove_password(id, &password("first")).is_err());
    store.remove_password(id, &password("second")).unwrap();
    let store = bench.anew();
    assert!(!store.has_password(id));
    bench.is_whole(&store);
}

#[test]
fn a_key_that_is_spoilt_is_mended_from_its_copy_and_a_sealed_file_from_the_history() {
    let bench = Bench::new();
    bench.store.set_password(&bench.id, None, &password("pw")).unwrap();
    let folder = bench.store.folder(&bench.id);
    std::fs::write(folder.join(KEY_FILE), b"age-encryption.org/v1\n...").unwrap();
    let store = bench.anew();
    store.unlock(&bench.id, &password("pw")).unwrap();
    bench.is_whole(&store);
    let mut bytes = std::fs::read(store.path(&bench.id)).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(store.path(&bench.id), bytes).unwrap();
    let (draft, recovered) = store.load_or_recover(&bench.id).unwrap();
    assert_eq!(draft.company.name, "甲机密公司");
    assert!(recovered.unwrap().problem.to_string().contains("加密的文件已损坏"));
    assert_eq!(bench.plain_files(), 0);
}

/// What is tried while the disk fails.
type Deed = fn(&Store, &DraftId) -> Result<(), StoreError>;

#[test]
fn wherever_a_change_of_the_password_breaks_off_nothing_is_lost() {
    let set: Deed = |store, id| store.set_password(id, None, &password("new"));
    let change: Deed = |store, id| store.set_password(id, Some(&password("old")), &password("new"));
    let remove: Deed = |store, id| store.remove_password(id, &password("old"));
    let mut faults = 0;
    for (before, deed) in [(None, set), (Some("old"), change), (Some("old"), remove)] {
        for steps in 0.. {
            let bench = Bench::new();
            if let Some(old) = before {
                bench.store.set_password(&bench.id, None, &password(old)).unwrap();
                bench.store.forget_key(&bench.id);
            }
            let failing = Arc::new(Failing(AtomicI64::new(i64::MAX)));
            let store = Store::open_on(bench.folder.path().to_owned(), failing.clone()).unwrap();
            failing.0.store(steps, Ordering::Relaxed);
            let done = deed(&store, &bench.id).is_ok();
            drop(store);
            faults += 1;
            let store = bench.anew();
            if store.has_password(&bench.id) {
                let given =
                    ["old", "new"].map(|text| store.unlock(&bench.id, &password(text)).is_ok());
                assert!(given.contains(&true), "at step {steps}");
                assert_eq!(bench.plain_files(), 0, "what broke off goes on at step {steps}");
            }
            bench.is_whole(&store);
            if done {
                break;
            }
        }
    }
    assert!(faults > 60, "{faults}");
}
