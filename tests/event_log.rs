//! The log of what the program did: it is there, bounded, and holds nothing of what was filled in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use std::fs;

use program::{DATE, Place, finish};
use serde_json::json;

/// What a company has filled in, and the names it gave its files.
const SECRETS: [&str; 4] = ["绝密新材料公司", "赵钱孙", "不可外传的需求", "13912345678"];

/// All that lies in the log and the reports.
fn told(place: &Place) -> String {
    let mut text = String::new();
    for folder in ["数据/log", "数据/reports"] {
        for (_, bytes) in place.files(folder) {
            text.push_str(&String::from_utf8(bytes).unwrap());
        }
    }
    text
}

/// Runs a command that may fail, with every record.
fn run(place: &Place, arguments: &[&str]) -> program::Run {
    let mut command = place.command();
    command.env("JIEBANG_LOG", "trace").arg("--data-dir").arg(place.data()).args(arguments);
    finish(command, b"")
}

#[test]
fn nothing_of_a_draft_or_a_hostile_file_gets_into_the_log() {
    let place = Place::new();
    let name = place.sample("shanghai-2024", "demander");
    place.changed(&name, "/company/name", json!(SECRETS[0]));
    place.changed(&name, "/company/contact/name", json!(SECRETS[1]));
    place.changed(&name, "/demands/0/name", json!(SECRETS[2]));
    place.changed(&name, "/company/contact/mobile", json!(SECRETS[3]));
    let named = format!("{}.json", SECRETS[0]);
    fs::rename(place.path(&name), place.path(&named)).unwrap();
    fs::create_dir_all(place.data()).unwrap();
    run(&place, &["import", &named]).ends(0);
    run(&place, &["list"]).ends(0);
    run(&place, &["export", &named, "-o", SECRETS[2], "--date", DATE, "--force"]);
    let hostile = format!("{{\"schema\": 2, \"company\": {{\"name\": \"{}\" 坏了", SECRETS[0]);
    place.text(&format!("{}.zip", SECRETS[1]), &hostile);
    run(&place, &["import", &format!("{}.zip", SECRETS[1])]).ends(2);
    run(&place, &["check", &format!("{}.zip", SECRETS[1])]).ends(2);
    let log = told(&place);
    for part in ["command=Import", "created draft=", "made a package", "exported", "failed", "end "]
    {
        assert!(log.contains(part), "{part}: {log}");
    }
    for secret in SECRETS {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    assert!(!log.contains(&*place.folder.path().to_string_lossy()), "no paths: {log}");
}

#[test]
fn the_level_is_raised_and_lowered() {
    let place = Place::new();
    fs::create_dir_all(place.data()).unwrap();
    let with = |level: &str| {
        let mut command = place.command();
        command.env("JIEBANG_LOG", level).arg("--data-dir").arg(place.data()).arg("notices");
        finish(command, b"").ends(0);
        told(&place).lines().count()
    };
    assert_eq!(with("off"), 0);
    assert_eq!(with("error"), 0);
    assert_eq!(with("info"), 2);
    assert_eq!(with("what is this"), 4, "as if nothing were said");
}

#[test]
fn a_command_that_needs_no_data_folder_makes_none() {
    let place = Place::new();
    place.run(&["notices"]).ends(0);
    assert!(!place.data().exists());
    // Where the log cannot be written, all goes on.
    fs::create_dir_all(place.data()).unwrap();
    fs::write(place.data().join("log"), "a file in its place").unwrap();
    place.run(&["notices"]).ends(0);
}
