//! What lies under a password, altered by somebody who does not have it: the file of a draft, that of its key, and
//! a package. Nothing altered is ever taken for what was sealed.
#![no_main]

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::LazyLock;

use jiebang::domain::{Draft, Password, Role};
use jiebang::export::package::{
    Content, OutputFile, Package, completed, lock, plain, read, verify, zip_of,
};
use jiebang::store::{DraftId, Store};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

static SEALED: LazyLock<Sealed> = LazyLock::new(Sealed::new);

fuzz_target!(|bytes: &[u8]| {
    let [what, rest @ ..] = bytes else { return };
    let sealed = &*SEALED;
    match what % 4 {
        0 => sealed.draft_with(&altered(&sealed.draft, rest)),
        1 => sealed.draft_with(rest),
        2 => sealed.key_with(&altered(&sealed.key, rest)),
        _ => sealed.package_with(&altered(&sealed.package, rest)),
    }
});

struct Sealed {
    folder: TempDir,
    store: Store,
    id: DraftId,
    password: Password,
    /// The states the draft has been in.
    states: [Draft; 2],
    /// Bytes of its file.
    draft: Vec<u8>,
    /// Bytes of its key.
    key: Vec<u8>,
    /// Bytes of a package under the same password.
    package: Vec<u8>,
}

impl Sealed {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path().join("data")).expect("a store");
        let password = Password::from("jie bang 2024".to_owned());
        let mut first = Draft::new("shanghai-2024", Role::Solver);
        first.company.name = "上海某某精密机械有限公司".to_owned();
        let mut second = first.clone();
        second.company.short_name = "商业秘密".repeat(40);
        let id = store.create(&first).expect("room");
        store.set_password(&id, None, &password).expect("a password");
        store.save(&id, &second).expect("room");
        let draft = fs::read(store.path(&id)).expect("sealed");
        let key = fs::read(store.path(&id).with_file_name("draft.key.age")).expect("a key");
        let package = package_of(&second, &password);
        Self { folder, store, id, password, states: [first, second], draft, key, package }
    }

    fn path(&self) -> PathBuf {
        self.store.path(&self.id)
    }

    fn draft_with(&self, bytes: &[u8]) {
        fs::write(self.path(), bytes).expect("room");
        match self.store.load(&self.id) {
            Ok(draft) if bytes == self.draft => assert_eq!(draft, self.states[1]),
            // A plain one beside the key is as a crash may leave it.
            Ok(_) => assert!(!bytes.starts_with(b"age-encryption.org/v1\n")),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        if let Ok((draft, Some(_))) = self.store.load_or_recover(&self.id) {
            assert!(self.states.contains(&draft), "another draft than was ever saved");
            self.tidy();
        }
        fs::write(self.path(), &self.draft).expect("room");
    }

    /// Takes away what was kept aside.
    fn tidy(&self) {
        let folder = self.path().with_file_name("");
        for entry in fs::read_dir(folder).expect("its folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_file() && name != "draft.json" && !name.starts_with("draft.key") {
                fs::remove_file(entry.path()).expect("removed");
            }
        }
    }

    fn key_with(&self, bytes: &[u8]) {
        let folder = self.path().with_file_name("");
        for name in ["draft.key.age", "draft.key.copy.age"] {
            fs::write(folder.join(name), bytes).expect("room");
        }
        let opened = self.store.unlock(&self.id, &self.password);
        assert_eq!(opened.is_ok(), bytes == self.key, "{opened:?}");
        for name in ["draft.key.age", "draft.key.copy.age"] {
            fs::write(folder.join(name), &self.key).expect("room");
        }
        assert_eq!(self.store.load(&self.id).expect("as before"), self.states[1]);
    }

    fn package_with(&self, bytes: &[u8]) {
        let path = self.folder.path().join("package.zip");
        fs::write(&path, bytes).expect("room");
        let open = |password| plain(File::open(&path).expect("just written"), password);
        if let Ok(opened) = open(Some(&self.password)) {
            if let Ok(contents) = read(opened) {
                assert_eq!(contents.draft, self.states[1], "another draft than was packed");
            }
        }
        let other = Password::from("jie bang 2025".to_owned());
        if let Ok(opened) = open(Some(&other)) {
            assert!(read(opened).is_err());
        }
        if let Ok(opened) = open(None) {
            assert!(!verify(opened).is_ok_and(|found| found.ok));
        }
    }
}

fn package_of(draft: &Draft, password: &Password) -> Vec<u8> {
    let day = date(2024, 7, 8);
    let paper = OutputFile { name: "附件3.pdf".to_owned(), content: b"%PDF-1.4".to_vec().into() };
    let files = completed(vec![paper], draft, day, false);
    let zip: Content = zip_of(&files, day).expect("in memory");
    let package = Package { base_name: "材料".to_owned(), files, zip, locked: false };
    let locked = lock(package, password, day, &|| true).expect("in memory");
    locked.zip.read().expect("in memory")
}

/// `whole` after what four bytes each say: one overwritten, the end cut off, some put in, one moved.
fn altered(whole: &[u8], how: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for step in how.chunks_exact(4).take(16) {
        let at = usize::from(u16::from_le_bytes([step[0], step[1]])) % bytes.len().max(1);
        match step[2] % 8 {
            0..=4 => _ = bytes.get_mut(at).map(|byte| *byte = step[3]),
            5 => bytes.truncate(at),
            6 => bytes.splice(at..at, std::iter::repeat_n(step[3], 3)).for_each(drop),
            _ => _ = (at < bytes.len()).then(|| bytes.remove(at)),
        }
    }
    bytes
}
