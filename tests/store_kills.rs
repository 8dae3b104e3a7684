//! A writing process is killed at moments nobody chose: no draft is lost, torn or older than it was told.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiebang::domain::{Draft, Evidence, Role};
use jiebang::store::{DraftId, Store};

/// Says to this program that it is the one to be killed, and where it writes.
const WRITES_IN: &str = "JIEBANG_TEST_WRITES_IN";
/// How many processes are killed.
const KILLS: &str = "JIEBANG_KILLS";
/// After so many saves a file is attached.
const ATTACH_EVERY: u64 = 5;
/// The longest life of a process.
const LONGEST: u64 = 30_000;

fn pdf(number: u64) -> Vec<u8> {
    let scan = vec![b'0' + (number % 10) as u8; 30_000];
    [b"%PDF-1.4\n", number.to_string().as_bytes(), &scan, b"\n%%EOF"].concat()
}

/// The state of a number; its text is of another length each time.
fn state(number: u64) -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = number.to_string();
    draft.company.address = "漕溪北路".repeat((number % 50) as usize * 40);
    draft
}

fn number_of(draft: &Draft) -> u64 {
    draft.company.name.parse().unwrap()
}

/// Writes state after state and says each on a line of its own, until it is killed.
fn write_for_ever(root: &Path) {
    let store = Store::open(root.to_owned()).unwrap();
    let id = store.list().unwrap().remove(0).id;
    let _lock = store.lock(&id).unwrap().unwrap();
    let (before, _) = store.load_or_recover(&id).unwrap();
    let (mut number, mut draft) = (number_of(&before), before);
    loop {
        number += 1;
        let evidence = std::mem::take(&mut draft.applications[0].evidence);
        draft = state(number);
        draft.applications[0].evidence = evidence;
        if number.is_multiple_of(ATTACH_EVERY) {
            let file = store.blobs(&id).put("证书.pdf", &pdf(number)).unwrap();
            let evidence = Evidence { files: vec![file], ..Evidence::default() };
            draft.applications[0].evidence = vec![evidence];
        }
        if number.is_multiple_of(11) {
            store.restore_draft(&id, &draft).unwrap();
        } else {
            store.save(&id, &draft).unwrap();
        }
        println!("saved {number}");
        std::io::stdout().flush().unwrap();
    }
}

fn start(root: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_killed_writer_loses_nothing_it_has_told_of", "--nocapture"])
        .env(WRITES_IN, root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a writer after a while and says which state it told of last.
fn kill_one(root: &Path, micros: u64) -> Option<u64> {
    let mut child = start(root);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = |line: &str| line.rsplit("saved ").next().and_then(|number| number.parse().ok());
    // It has begun with the first state.
    let mut last: Option<u64> = None;
    while last.is_none() {
        last = told(&lines.next().expect("the writer ended by itself").unwrap());
    }
    std::thread::sleep(Duration::from_micros(micros));
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines.map_while(Result::ok) {
        last = told(&line).or(last);
    }
    last
}

/// The draft opens, whole, and is the state told of last or the one after it.
fn look(store: &Store, id: &DraftId, told: u64) {
    let entries = store.list().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].problem, None, "after {told}");
    let _lock = store.lock(id).unwrap().expect("the lock of a dead process holds nobody up");
    let (draft, recovered) = store.load_or_recover(id).unwrap();
    assert!(recovered.is_none(), "after {told}: {recovered:?}");
    let found = number_of(&draft);
    assert!(found == told || found == told + 1, "{found} after {told}");
    let mut expected = state(found);
    expected.applications[0].evidence = draft.applications[0].evidence.clone();
    assert_eq!(draft, expected);
    assert!(store.blobs(id).missing(&draft).is_empty(), "evidence is missing after {told}");
    let version = store.history(id).unwrap().into_iter().next().expect("a version");
    let before = number_of(&store.load_version(&version).unwrap());
    // Killed after the history and before the draft, it is kept already.
    assert!(before + 1 == found || before == found, "{before} is kept before {found}");
}

#[test]
fn a_killed_writer_loses_nothing_it_has_told_of() {
    if let Some(root) = std::env::var_os(WRITES_IN) {
        write_for_ever(&PathBuf::from(root));
    }
    let kills: u64 =
        std::env::var(KILLS).ok().and_then(|number| number.parse().ok()).unwrap_or(150);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("data");
    let store = Store::open(root.clone()).unwrap();
    let id = store.create(&state(0)).unwrap();
    let mut random = 0x2024_1121_u64;
    for _ in 0..kills {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let told = kill_one(&root, (random >> 33) % LONGEST).expect("a state was told of");
        look(&store, &id, told);
    }
    let versions = store.history(&id).unwrap();
    let torn = versions.iter().filter(|version| store.load_version(version).is_err()).count();
    println!("{kills} kills survived, {} versions kept, {torn} torn", versions.len());
    assert_eq!(torn, 0);
    assert!(number_of(&store.load(&id).unwrap()) >= kills, "the writers hardly wrote");
}
