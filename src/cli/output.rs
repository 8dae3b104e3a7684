//! Writing to the terminal. A reader that goes away (`| head`) is no error.

use std::io::{self, Write};

/// A line to standard output.
pub(super) fn print(line: &str) {
    // Nobody is left to be told of a closed pipe.
    let _ = writeln!(io::stdout(), "{line}");
}

/// Text to standard output as it is.
pub(super) fn text(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

/// JSON to standard output, indented.
pub(super) fn json(value: &serde_json::Value) {
    print(&format!("{value:#}"));
}

/// A line to standard error.
pub(super) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// An error to standard error.
pub(super) fn error(line: &str) {
    note(&format!("错误：{line}"));
}
