//! Arguments given: the command line; none, or a draft alone: the window.

use std::path::PathBuf;
use std::process::ExitCode;

use jiebang::cli::{self, Outcome, Status};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Outcome::Done(status) => ExitCode::from(status as u8),
        Outcome::Window { root, open } => window(root, open),
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

#[cfg(not(feature = "window"))]
fn window(_root: PathBuf, _open: Option<PathBuf>) -> ExitCode {
    eprintln!("这个程序没有带窗口，请用命令行：jiebang --help");
    ExitCode::from(Status::Unusable as u8)
}
