//! Arguments given: the command line; none, or a draft alone: the window.

#![cfg_attr(all(windows, not(test)), windows_subsystem = "windows")]

use std::path::PathBuf;
use std::process::ExitCode;

use jiebang::cli::{self, Outcome, Status};
use jiebang::fault;

/// The console of whoever started this program.
#[cfg(windows)]
const PARENT: u32 = u32::MAX;

fn main() -> ExitCode {
    #[cfg(windows)]
    if !cli::wants_window(std::env::args_os()) {
        // Where there is none, as under a double click, there is nobody to answer.
        let _ = win32console::console::WinConsole::attach_console(PARENT);
    }
    fault::watch(fault::of_command_line());
    match fault::caught(|| cli::run(std::env::args_os())) {
        Some(Outcome::Done(status)) => ExitCode::from(status as u8),
        Some(Outcome::Window { root, open }) => window(root, open),
        Some(Outcome::Failed(ended)) => after_failure(ended),
        // The fault has been told.
        None => ExitCode::from(Status::Unusable as u8),
    }
}

#[cfg(feature = "window")]
fn window(root: PathBuf, open: Option<PathBuf>) -> ExitCode {
    use jiebang::app::{self, Launch};
    match app::run(Launch { root, open }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(Status::Unusable as u8)
        }
    }
}

#[cfg(feature = "window")]
fn after_failure(ended: fault::Ended) -> ExitCode {
    match jiebang::app::show_failure(ended) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(Status::Unusable as u8)
        }
    }
}

#[cfg(not(feature = "window"))]
fn after_failure(ended: fault::Ended) -> ExitCode {
    window(ended.root, None)
}

#[cfg(not(feature = "window"))]
fn window(_root: PathBuf, _open: Option<PathBuf>) -> ExitCode {
    eprintln!("这个程序没有带窗口，请用命令行：jiebang --help");
    ExitCode::from(Status::Unusable as u8)
}
