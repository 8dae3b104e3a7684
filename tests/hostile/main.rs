//! Files made to do harm, as they come by e-mail: each is refused in Chinese, and nothing else happens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archive;
mod documents;
mod drafts;
mod fonts;
mod notices;
mod packages;
mod papers;
mod pictures;
#[path = "../program/mod.rs"]
mod program;

use std::path::Path;

use program::{Place, Run};

/// All files of a place but the log, which says what was done.
fn files(place: &Place) -> Vec<(String, Vec<u8>)> {
    let mut files = place.files("");
    files.retain(|(path, _)| !path.starts_with("数据/log/"));
    files
}

/// Runs a command in a place; what lay there before is as it was, and what is new lies in `written`.
#[track_caller]
fn run(place: &Place, arguments: &[&str], written: &[&str]) -> Run {
    let before = files(place);
    let run = place.run(arguments);
    let after = files(place);
    for file in &before {
        assert!(after.contains(file), "“{}” is another or gone", file.0);
    }
    for (path, _) in &after {
        let is_new = before.iter().all(|(known, _)| known != path);
        assert!(!is_new || written.iter().any(|folder| path.starts_with(folder)), "wrote {path}");
    }
    let said = format!("{}{}", run.out, run.err);
    let is_hidden =
        |c: char| c.is_control() && c != '\n' || matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}');
    assert!(!said.contains(is_hidden), "{said:?}");
    run
}

/// Runs a command that cannot use its input: a sentence in Chinese that names the file.
#[track_caller]
fn refused(place: &Place, arguments: &[&str], file: &str) -> String {
    let run = run(place, arguments, &["数据/"]).ends(2);
    assert!(run.err.contains(file), "{file}: {}", run.err);
    run.err
}

/// A place with a file of these bytes.
fn place_with(name: &str, bytes: &[u8]) -> Place {
    let place = Place::new();
    std::fs::write(place.path(name), bytes).unwrap();
    place
}

/// No draft is in the data folder.
#[track_caller]
fn is_empty(folder: &Path) {
    let drafts = std::fs::read_dir(folder.join("drafts")).map_or(0, Iterator::count);
    assert_eq!(drafts, 0, "a draft was kept");
}
