//! Arguments given: the command line; none, or a draft alone: the window.

#![cfg_attr(all(windows, not(test)), windows_subsystem = "windows")]

use std::path::PathBuf;
use std::process::ExitCode;

use jiebang::cli::{self, Outcome, Status};
use jiebang::fault;

/// What a command is answered that nobody hears, such as several files dropped on the program.
const UNHEARD: &str =
    "打不开：文件不在了，或一次给了几个文件。请打开揭榜通，再用“打开文件”一个一个地打开。";

/// The console of whoever started this program.
#[cfg(windows)]
const PARENT: u32 = u32::MAX;

/// Takes the console of whoever started a command; `true`: there is none, nor a file or pipe, and nobody
/// hears what is said there.
#[cfg(windows)]
fn speaks_to_nobody() -> bool {
    use std::os::windows::io::AsRawHandle;
    let is_attached = !cli::wants_window(std::env::args_os())
        && win32console::console::WinConsole::attach_console(PARENT).is_ok();
    !is_attached && std::io::stderr().as_raw_handle().is_null()
}

#[cfg(not(windows))]
const fn speaks_to_nobody() -> bool {
    false
}

/// Says why the program ends where the person can see it.
fn say(words: &str, to_nobody: bool) {
    eprintln!("{words}");
    #[cfg(all(windows, feature = "window"))]
    if to_nobody {
        jiebang::app::say(words);
    }
    #[cfg(not(all(windows, feature = "window")))]
    let _ = to_nobody;
}

fn main() -> ExitCode {
    let to_nobody = speaks_to_nobody();
    fault::watch(fault::of_command_line());
    match fault::caught(|| cli::run(std::env::args_os())) {
        Some(Outcome::Done(status)) => {
            if to_nobody && status == Status::Unusable {
                say(UNHEARD, to_nobody);
            }
            ExitCode::from(status as u8)
        }
        Some(Outcome::Window { root, open }) => window(root, open, to_nobody),
        Some(Outcome::Failed(ended)) => after_failure(ended, to_nobody),
        // The fault has been told.
        None => ExitCode::from(Status::Unusable as u8),
    }
}

#[cfg(feature = "window")]
fn window(root: PathBuf, open: Option<PathBuf>, to_nobody: bool) -> ExitCode {
    use jiebang::app::{self, Launch};
    match app::run(Launch { root, open }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string(), to_nobody);
            ExitCode::from(Status::Unusable as u8)
        }
    }
}

#[cfg(feature = "window")]
fn after_failure(ended: fault::Ended, to_nobody: bool) -> ExitCode {
    match jiebang::app::show_failure(ended) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string(), to_nobody);
            ExitCode::from(Status::Unusable as u8)
        }
    }
}

#[cfg(not(feature = "window"))]
fn after_failure(ended: fault::Ended, to_nobody: bool) -> ExitCode {
    window(ended.root, None, to_nobody)
}

#[cfg(not(feature = "window"))]
fn window(_root: PathBuf, _open: Option<PathBuf>, to_nobody: bool) -> ExitCode {
    say("这个程序没有带窗口，请用命令行：jiebang --help", to_nobody);
    ExitCode::from(Status::Unusable as u8)
}
