//! What is left of a fault of the program: a report, which holds nothing of what was filled in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

use jiebang::fault::{self, Manner, Told};

/// What a company has filled in.
const SECRET: &str = "绝密新材料公司";
/// Which scenario the test runs in a process of its own.
const SCENARIO: &str = "JIEBANG_TEST_SCENARIO";
const ROOT: &str = "JIEBANG_TEST_ROOT";

fn manner() -> Manner {
    let sentence = |told: &Told| format!("出错了（{}）。{}", told.place, told.about_report());
    Manner { sentence, last_resort: |_| eprintln!("最后的办法") }
}

/// Runs [`scenario`] in a process of its own, as a fault is told to the whole of one.
fn run(name: &str, root: &Path) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "scenario", "--ignored", "--nocapture", "--test-threads=1"])
        .env(SCENARIO, name)
        .env(ROOT, root)
        .output()
        .unwrap()
}

#[test]
#[ignore = "run by the others in a process of its own"]
fn scenario() {
    let Some(root) = std::env::var_os(ROOT) else { return };
    fault::keep_reports_in(Path::new(&root));
    fault::watch(manner());
    match std::env::var(SCENARIO).unwrap().as_str() {
        "quoting" => quote(),
        "many" => (0..12).for_each(|_| assert!(fault::caught(|| panic!("of the test")).is_none())),
        "twice" => twice(),
        name => panic!("no scenario {name}"),
    }
}

fn refused(words: &str) -> Result<(), String> {
    Err(words.to_owned())
}

/// Every way in which a panic may quote what was filled in.
fn quote() {
    let words = String::from(SECRET);
    assert!(fault::caught(|| words[..1].len()).is_none(), "inside a character");
    assert!(fault::caught(|| refused(&words).unwrap()).is_none());
    assert!(fault::caught(|| panic!("{words}")).is_none());
    assert!(fault::caught(|| assert_eq!(words, "另一家")).is_none());
    let worker = thread::Builder::new().name("worker".to_owned());
    let job = move || std::panic::panic_any(words);
    assert!(worker.spawn(job).unwrap().join().is_err());
    let own = thread::spawn(|| panic!("said by the program"));
    assert!(own.join().is_err());
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("{SECRET} again");
    }
}

fn twice() {
    let _bomb = Bomb;
    panic!("{SECRET}");
}

fn reports(root: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join("reports")) else { return Vec::new() };
    entries.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
}

#[test]
fn reports_say_where_and_hold_nothing_of_a_draft() {
    let root = tempfile::tempdir().unwrap();
    let output = run("quoting", root.path());
    assert!(output.status.success(), "{output:?}");
    let reports = reports(root.path());
    assert_eq!(reports.len(), 6);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.matches("出错了").count(), 6, "{said}");
    for text in reports.iter().map(String::as_str).chain([&*said]) {
        for part in ["绝密", "新材料", "另一家"] {
            assert!(!text.contains(part), "{text}");
        }
    }
    assert!(reports.iter().all(|report| report.contains("tests/faults.rs:")
        || report.contains(r"tests\faults.rs:")
        || report.contains("library")));
    assert!(reports.iter().any(|report| report.contains("线程：worker")));
    assert!(reports.iter().any(|report| report.contains("说明：said by the program")));
    assert!(reports.iter().all(|report| report.contains("faults::")), "the calls");
}

#[test]
fn ten_reports_are_kept() {
    let root = tempfile::tempdir().unwrap();
    assert!(run("many", root.path()).status.success());
    assert_eq!(reports(root.path()).len(), 10);
}

#[test]
fn a_fault_while_one_is_cleaned_up_after_ends_in_order() {
    let root = tempfile::tempdir().unwrap();
    let output = run("twice", root.path());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("最后的办法") && !said.contains("绝密"), "{said}");
    for raw in ["panicked", "aborting"] {
        assert!(!said.contains(raw), "{said}");
    }
    assert_eq!(reports(root.path()).len(), 2);
}

#[test]
fn where_no_report_can_be_written_that_is_said() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("reports"), "a file in its place").unwrap();
    let output = run("quoting", root.path());
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.matches("错误报告没有写成").count(), 6, "{said}");
    assert!(!said.contains("绝密"));
}
