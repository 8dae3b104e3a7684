//! Runs the built program in a place of its own, as a script would.
// Each test file uses a part of it.
#![allow(dead_code)]

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_jiebang");
/// Before every deadline of the notices.
pub(crate) const DATE: &str = "2024-07-08";

/// How a command ended and what it said.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// A folder of its own for one test: the data folder and what is written.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("数据")
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.folder.path()).env_remove("JIEBANG_DATA_DIR");
        // Nothing may reach the home folder of whoever runs the tests.
        command.env("HOME", self.path("home")).env("XDG_DATA_HOME", self.path("home/data"));
        command
    }

    /// Runs a command with this place's data folder; what it says is Chinese, whatever happens.
    #[track_caller]
    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        let mut command = self.command();
        command.arg("--data-dir").arg(self.data()).args(arguments);
        finish(command, b"")
    }

    pub(crate) fn text(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// A sample draft beside its evidence.
    #[track_caller]
    pub(crate) fn sample(&self, notice: &str, role: &str) -> String {
        let name = format!("{role}-{notice}.json");
        self.run(&["new", "--notice", notice, "--role", role, "--sample", "-o", &name]).ends(0);
        name
    }

    /// A sample draft with one value of it changed.
    pub(crate) fn changed(&self, name: &str, pointer: &str, value: Value) -> String {
        let mut draft: Value =
            serde_json::from_str(&fs::read_to_string(self.path(name)).unwrap()).unwrap();
        *draft.pointer_mut(pointer).unwrap() = value;
        self.text(name, &draft.to_string());
        name.to_owned()
    }

    /// All files under a folder, by their path in it.
    pub(crate) fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let root = self.path(folder);
        walk(&root, &root, &mut files);
        files.sort();
        files
    }
}

pub(crate) fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push((name, fs::read(&path).unwrap()));
        }
    }
}

#[track_caller]
pub(crate) fn finish(mut command: Command, input: &[u8]) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let run = Run {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    for said in [&run.out, &run.err] {
        for word in ["panicked", "RUST_BACKTRACE", "Error", "error:", "os error", "No such file"] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
    let complaint = run.err.lines().all(|line| line.chars().any(|c| ('一'..='龥').contains(&c)));
    assert!(complaint, "{}", run.err);
    run
}

pub(crate) const NOTICES: [&str; 2] = ["shanghai-2024", "wuhan-2024"];
pub(crate) const ROLES: [&str; 2] = ["demander", "solver"];
