//! Drafts in odd places: damaged in every way, behind links, where nothing can be written, on a disk that
//! is pulled out; and who may read what the store writes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fresh_store;

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use fresh_store::{draft, store};
use jiebang::domain::{Attachment, Company, Draft, Evidence};
use jiebang::store::file::{read_draft, write_draft};
use jiebang::store::{DraftError, DraftId, Store, StoreError};

const PDF: &[u8] = b"%PDF-1.4\nscan\n%%EOF";
const DAY: Duration = Duration::from_secs(24 * 3600);

fn with_files(name: &str, files: Vec<Attachment>) -> Draft {
    let mut draft = draft(name);
    draft.applications[0].evidence.push(Evidence { files, ..Evidence::default() });
    draft
}

/// A draft of two states.
fn saved_twice(store: &Store) -> DraftId {
    let id = store.create(&draft("一")).unwrap();
    store.save(&id, &draft("二")).unwrap();
    id
}

fn age(path: &Path, by: Duration) {
    let then = SystemTime::now() - by;
    File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

#[test]
fn a_draft_damaged_in_any_way_opens_from_its_last_good_version_and_is_kept_aside() {
    let (_folder, store) = store();
    let whole = draft("二").to_json().into_bytes();
    let half_letter = [&whole[..whole.len() / 2], b"\xe7\x94"].concat();
    let torn = [&whole[..whole.len() / 2], &vec![0; whole.len() / 2]].concat();
    let types = br#"{"schema": 2, "notice": [1], "role": {}, "company": "x"}"#.to_vec();
    let damages: [Vec<u8>; 9] = [
        Vec::new(),
        vec![0; 4096],
        whole[..whole.len() - 2].to_vec(),
        half_letter,
        torn,
        types,
        b"{\"schema\": \"two\"}".to_vec(),
        b"PK\x03\x04 not a draft".to_vec(),
        "[".repeat(100_000).into_bytes(),
    ];
    for damage in damages {
        let id = saved_twice(&store);
        fs::write(store.path(&id), &damage).unwrap();
        let _lock = store.lock(&id).unwrap().unwrap();
        let (found, recovered) = store.load_or_recover(&id).unwrap();
        assert_eq!(found, draft("一"));
        let recovered = recovered.unwrap();
        assert!(recovered.unwritten.is_none(), "{recovered:?}");
        assert_eq!(fs::read(recovered.damaged.unwrap()).unwrap(), damage);
        assert_eq!(store.load(&id).unwrap(), draft("一"));
        // Damaged again, the one kept aside stays.
        fs::write(store.path(&id), &damage).unwrap();
        let again = store.load_or_recover(&id).unwrap().1.unwrap().damaged.unwrap();
        assert!(again.ends_with("draft.json.2.damaged"), "{again:?}");
    }
}

#[test]
fn what_is_no_file_is_never_waited_for_and_kept_aside() {
    let (folder, store) = store();
    let elsewhere = folder.path().join("elsewhere");
    assert!(Command::new("mkfifo").arg(&elsewhere).status().unwrap().success());
    for kind in ["folder", "pipe", "link to a pipe", "dead link"] {
        let id = saved_twice(&store);
        let path = store.path(&id);
        fs::remove_file(&path).unwrap();
        match kind {
            "folder" => fs::create_dir(&path).unwrap(),
            "pipe" => assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
            "link to a pipe" => symlink(&elsewhere, &path).unwrap(),
            _ => symlink(folder.path().join("nowhere"), &path).unwrap(),
        }
        let entries = store.list().unwrap();
        let entry = entries.iter().find(|entry| entry.id == id).unwrap();
        assert!(entry.problem.is_some(), "{kind}");
        assert!(store.load(&id).is_err(), "{kind}");
        assert_eq!(store.load_or_recover(&id).unwrap().0, draft("一"), "{kind}");
        store.save(&id, &draft("三")).unwrap();
        assert_eq!(store.load(&id).unwrap(), draft("三"), "{kind}");
    }
    // What a link leads to is not replaced: it could be a device.
    let about = fs::symlink_metadata(&elsewhere).unwrap().file_type();
    assert!(!about.is_file() && write_draft(&elsewhere, &draft("四")).is_err());
    let outside = folder.path().join("pipe.json");
    assert!(Command::new("mkfifo").arg(&outside).status().unwrap().success());
    assert!(matches!(read_draft(&outside), Err(DraftError::Io { .. })));
    assert!(store.import(&outside).is_err());
    let id = saved_twice(&store);
    assert!(store.blobs(&id).attach(&outside).is_err());
}

#[test]
fn a_later_schema_is_touched_by_nothing() {
    let (_folder, store) = store();
    let id = saved_twice(&store);
    let text = r#"{"schema": 99, "notice": [], "company": "其他形状"}"#;
    fs::write(store.path(&id), text).unwrap();
    let is_refused = |error: StoreError| {
        assert!(matches!(error, StoreError::Draft(DraftError::LaterSchema { .. })), "{error}");
        assert!(error.to_string().contains("请升级程序"), "{error}");
    };
    let _ = store.lock(&id).unwrap().unwrap();
    is_refused(store.load(&id).unwrap_err());
    is_refused(store.load_or_recover(&id).unwrap_err());
    is_refused(store.duplicate(&id).unwrap_err());
    is_refused(store.import(&store.path(&id)).unwrap_err());
    assert!(store.list().unwrap()[0].problem.as_ref().unwrap().contains("请升级程序"));
    assert_eq!(store.list().unwrap().len(), 1, "what was refused left nothing");
    assert_eq!(fs::read_to_string(store.path(&id)).unwrap(), text);
    store.remove(&id).unwrap();
    store.put_back(&id).unwrap();
    assert_eq!(fs::read_to_string(store.path(&id)).unwrap(), text);
    assert_eq!(store.history(&id).unwrap().len(), 1);
}

#[test]
fn links_are_followed_and_stay_links() {
    let (folder, store) = store();
    let id = saved_twice(&store);
    let elsewhere = folder.path().join("elsewhere.json");
    fs::rename(store.path(&id), &elsewhere).unwrap();
    symlink(&elsewhere, store.path(&id)).unwrap();
    store.save(&id, &draft("三")).unwrap();
    assert!(store.path(&id).symlink_metadata().unwrap().is_symlink());
    assert_eq!(read_draft(&elsewhere).unwrap(), draft("三"));
    let drafts = folder.path().join("data/drafts");
    fs::rename(&drafts, folder.path().join("moved")).unwrap();
    symlink(folder.path().join("moved"), &drafts).unwrap();
    store.save(&id, &draft("四")).unwrap();
    assert_eq!(store.list().unwrap()[0].company, "四");
    // A draft that is a link itself is erased without what it leads to.
    let kept = folder.path().join("kept");
    fs::create_dir(&kept).unwrap();
    fs::write(kept.join("draft.json"), draft("别删").to_json()).unwrap();
    symlink(&kept, folder.path().join("data/bin/link")).unwrap();
    assert_eq!(store.bin().unwrap().len(), 1);
    assert_eq!(store.empty_bin().unwrap(), 1);
    assert_eq!(read_draft(&kept.join("draft.json")).unwrap(), draft("别删"));
}

#[test]
fn names_with_every_forbidden_character_and_long_paths_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut root = folder.path().to_owned();
    for _ in 0..4 {
        root.push("很深".repeat(30));
    }
    assert!(root.as_os_str().len() > 700);
    let store = Store::open(root.join("data")).unwrap();
    let odd = "CON<>:\"/\\|?*\0\u{7}.. \u{202e}揭榜.";
    let id = store.create(&draft(odd)).unwrap();
    let file = store.blobs(&id).put(odd, PDF).unwrap();
    store.save(&id, &with_files(odd, vec![file.clone()])).unwrap();
    assert_eq!(store.load(&id).unwrap().company.name, odd);
    assert_eq!(store.blobs(&id).read(&file).unwrap(), PDF);
    let company = Company { name: odd.to_owned(), ..Company::default() };
    store.keep_profile(&company).unwrap();
    assert_eq!(store.profiles().unwrap()[0].company.as_ref().unwrap(), &company);
    // A folder that a person has copied and named as Windows allows none, and as long as Linux allows.
    for name in ["甲<>:\"\\|?*公司 ".to_owned(), "长".repeat(85)] {
        let copy = root.join("data/drafts").join(&name);
        fs::create_dir(&copy).unwrap();
        fs::copy(store.path(&id), copy.join("draft.json")).unwrap();
        let entries = store.list().unwrap();
        let entry = entries.iter().find(|entry| entry.id.as_str() == name).unwrap();
        let lock = store.lock(&entry.id).unwrap();
        store.save(&entry.id, &draft("改过")).unwrap();
        drop(lock);
        store.remove(&entry.id).unwrap();
        store.erase(&entry.id).unwrap();
        assert!(!copy.exists());
    }
}

#[test]
fn a_data_folder_that_is_pulled_out_is_told_and_works_again_when_it_is_back() {
    let (folder, store) = store();
    let id = saved_twice(&store);
    let (root, pulled) = (folder.path().join("data"), folder.path().join("pulled"));
    fs::rename(&root, &pulled).unwrap();
    let told = [
        store.list().map(drop),
        store.load(&id).map(drop),
        store.load_or_recover(&id).map(drop),
        store.save(&id, &draft("三")),
        store.create(&draft("四")).map(drop),
        store.lock(&id).map(drop),
        store.remove(&id),
        store.keep_profile(&Company { name: "甲".to_owned(), ..Company::default() }).map(drop),
    ];
    for (number, result) in told.into_iter().enumerate() {
        let error = result.unwrap_err();
        assert!(matches!(error, StoreError::Gone(_)), "{number}: {error}");
        assert!(error.to_string().contains("请接好后再试"), "{error}");
    }
    assert!(store.blobs(&id).put("a.pdf", PDF).is_err());
    assert!(!root.exists(), "nothing is begun anew where the stick was");
    fs::rename(&pulled, &root).unwrap();
    store.save(&id, &draft("三")).unwrap();
    assert_eq!(store.load(&id).unwrap(), draft("三"));
    assert_eq!(store.history(&id).unwrap().len(), 2);
}

#[test]
fn what_crashes_and_changes_leave_is_swept_and_nothing_else() {
    let (folder, store) = store();
    let id = store.create(&draft("甲")).unwrap();
    let named = store.blobs(&id).put("a.pdf", PDF).unwrap();
    let once = store.blobs(&id).put("b.pdf", &[PDF, b"2"].concat()).unwrap();
    let never = store.blobs(&id).put("c.pdf", &[PDF, b"3"].concat()).unwrap();
    let new = store.blobs(&id).put("d.pdf", &[PDF, b"4"].concat()).unwrap();
    store.save(&id, &with_files("甲", vec![once.clone()])).unwrap();
    store.save(&id, &with_files("甲", vec![named.clone()])).unwrap();
    for file in [&named, &once, &never] {
        age(&store.blobs(&id).path_of(file), DAY * 31);
    }
    let own = folder.path().join("data/drafts").join(id.as_str());
    let (old, young) = (own.join(".writing-1.tmp"), own.join("history/.writing-2.tmp"));
    let of_root = folder.path().join("data/.writing-3.tmp");
    let note = own.join(".my-note.tmp");
    for path in [&old, &young, &of_root, &note] {
        fs::write(path, "{").unwrap();
    }
    [&old, &of_root, &note].iter().for_each(|path| age(path, DAY * 2));
    drop(store.lock(&id).unwrap().unwrap());
    assert!(!old.exists() && young.exists() && note.exists());
    Store::open(folder.path().join("data")).unwrap();
    assert!(!of_root.exists());
    let is_there = |file: &Attachment| store.blobs(&id).path_of(file).exists();
    assert!(is_there(&named) && is_there(&once) && is_there(&new) && !is_there(&never));
    // Where a version cannot be read, whatever it names stays.
    age(&store.blobs(&id).path_of(&new), DAY * 31);
    fs::create_dir(own.join("history/x")).unwrap();
    symlink("nowhere", own.join("history/20240101T000000.000-9.json")).unwrap();
    drop(store.lock(&id).unwrap().unwrap());
    assert!(is_there(&new));
}

#[test]
fn a_draft_that_another_process_makes_is_not_swept() {
    let (folder, store) = store();
    let making = || -> Vec<PathBuf> {
        let items = fs::read_dir(folder.path().join("data/drafts")).unwrap();
        let paths = items.map(|item| item.unwrap().path());
        paths.filter(|path| path.to_str().unwrap().contains(".making-")).collect()
    };
    let id = store.create_with(&draft("甲"), |blobs| {
        let [hidden] = <[PathBuf; 1]>::try_from(making()).unwrap();
        File::open(&hidden).unwrap().set_modified(SystemTime::now() - DAY * 2).unwrap();
        Store::open(folder.path().join("data")).unwrap();
        assert!(hidden.exists() && store.list().unwrap().is_empty());
        blobs.put("a.pdf", PDF).map(drop)
    });
    assert_eq!(store.load(&id.unwrap()).unwrap(), draft("甲"));
    let left = folder.path().join("data/drafts/.making-20240101-000000-abcd");
    fs::create_dir(&left).unwrap();
    Store::open(folder.path().join("data")).unwrap();
    assert!(left.exists(), "of today");
    File::open(&left).unwrap().set_modified(SystemTime::now() - DAY * 2).unwrap();
    Store::open(folder.path().join("data")).unwrap();
    assert!(!left.exists());
}

#[test]
fn a_history_of_ten_thousand_versions_is_listed_and_brought_within_its_bounds() {
    let (_folder, store) = store();
    let id = saved_twice(&store);
    let history = store.path(&id).parent().unwrap().join("history");
    for number in 0..10_000 {
        let name = format!(
            "20240101T{:02}{:02}{:02}.000.json",
            number / 3600,
            number / 60 % 60,
            number % 60
        );
        fs::write(history.join(name), "{}").unwrap();
    }
    assert_eq!(store.history(&id).unwrap().len(), 10_001);
    for number in 0..16 {
        store.save(&id, &draft(&format!("再 {number}"))).unwrap();
    }
    let left = store.history(&id).unwrap();
    assert!(left.len() < 30, "{}", left.len());
    assert_eq!(store.load_version(&left[0]).unwrap(), draft("再 14"));
}

/// Set for the process that writes with no mask.
const UNMASKED: &str = "JIEBANG_TEST_UNMASKED";

#[test]
fn only_their_owner_may_read_what_the_store_writes_whatever_the_mask() {
    if let Some(root) = std::env::var_os(UNMASKED) {
        write_all_kinds(Path::new(&root));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("data");
    let name = "only_their_owner_may_read_what_the_store_writes_whatever_the_mask";
    let status = Command::new("sh")
        .args(["-c", "umask 0; exec \"$0\" --exact \"$1\" --quiet"])
        .args([std::env::current_exe().unwrap().to_str().unwrap(), name])
        .env(UNMASKED, &root)
        .status()
        .unwrap();
    assert!(status.success());
    let mut kinds = [0, 0];
    walk(&root, &mut kinds);
    assert!(kinds[0] >= 12 && kinds[1] >= 12, "{kinds:?} files and folders are too few");
}

fn write_all_kinds(root: &Path) {
    let store = Store::open(root.to_owned()).unwrap();
    let id = saved_twice(&store);
    let file = store.blobs(&id).put("a.pdf", PDF).unwrap();
    store.save(&id, &with_files("三", vec![file])).unwrap();
    store.duplicate(&id).unwrap();
    store.remove(&saved_twice(&store)).unwrap();
    let damaged = saved_twice(&store);
    fs::write(store.path(&damaged), "{").unwrap();
    store.load_or_recover(&damaged).unwrap();
    let company = |fax: &str| Company { name: "甲".into(), fax: fax.into(), ..Company::default() };
    store.keep_profile(&company("1")).unwrap();
    store.keep_profile(&company("2")).unwrap();
    store.write_json("window", &1).unwrap();
    let outside = root.join("outside.json");
    write_draft(&outside, &draft("一")).unwrap();
    store.save_elsewhere(&id, &store.load(&id).unwrap(), &outside).unwrap();
    // One that is being written, as a crash leaves it.
    store
        .create_with(&draft("四"), |blobs| {
            let hidden = blobs.folder().parent().unwrap();
            assert_eq!(hidden.metadata().unwrap().permissions().mode() & 0o777, 0o700);
            Ok(())
        })
        .unwrap();
}

fn walk(path: &Path, kinds: &mut [usize; 2]) {
    let data = path.symlink_metadata().unwrap();
    let mode = data.permissions().mode() & 0o777;
    if data.is_dir() {
        assert_eq!(mode, 0o700, "{}", path.display());
        kinds[1] += 1;
        fs::read_dir(path).unwrap().for_each(|item| walk(&item.unwrap().path(), kinds));
    } else {
        assert_eq!(mode, 0o600, "{}", path.display());
        kinds[0] += 1;
    }
}
