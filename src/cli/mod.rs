//! The command line: a contract, also for scripts. Exit 0 good, 1 findings or failed verification,
//! 2 unusable input or usage, or a fault of the program.

mod args;
mod check;
mod code;
mod completions;
mod count;
mod export;
mod fonts;
mod import;
mod input;
mod list;
mod man;
mod new;
mod notices;
mod output;
mod password;
mod report;
mod schema;
mod size;
mod usage;
mod verify;

use std::ffi::OsString;
use std::path::PathBuf;

use args::{Arguments, Command};
use clap::Parser;
pub use input::Failure;

use crate::domain::error_kind;
use crate::fault::{self, Ended};
use crate::store::event_log;

/// How a command ended, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Done, nothing found.
    Good = 0,
    /// Errors found, or a package that is not whole.
    Findings = 1,
    /// Unusable input or usage, or a fault of the program.
    Unusable = 2,
}

/// What the arguments asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A command ran.
    Done(Status),
    /// The window, perhaps with a draft or a package open.
    Window {
        /// The data folder.
        root: PathBuf,
        /// What to open.
        open: Option<PathBuf>,
    },
    /// The window has ended by a fault, of which another is to tell.
    Failed(Ended),
}

/// Runs the command in `arguments` (the program's name first), or says that the window is wanted.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments = match usage::parse(arguments) {
        Ok(arguments) => arguments,
        Err(status) => return Outcome::Done(status),
    };
    let root = || input::root(arguments.data_dir.clone());
    if let Ok(root) = root() {
        fault::keep_reports_in(&root);
        event_log::start(&root);
    }
    let Some(command) = arguments.command else {
        return match root() {
            Ok(root) => match arguments.failed {
                Some(report) => Outcome::Failed(Ended {
                    root,
                    report,
                    draft: arguments.failed_draft,
                    unsaved: arguments.unsaved,
                }),
                None => Outcome::Window { root, open: arguments.draft },
            },
            Err(failure) => Outcome::Done(failed(&failure)),
        };
    };
    let name = error_kind::name(&command);
    log::info!("start version={} command={name}", env!("CARGO_PKG_VERSION"));
    let status = match command {
        Command::New(new) => root().and_then(|root| new::run(&new, &root)),
        Command::Check(check) => root().and_then(|root| check::run(&check, &root)),
        Command::Export(export) => root().and_then(|root| export::run(&export, &root)),
        Command::Verify(verify) => verify::run(&verify),
        Command::Import(import) => root().and_then(|root| import::run(&import, root)),
        Command::List(list) => {
            let is_named = input::named_root(arguments.data_dir.clone()).is_some();
            root().and_then(|root| list::run(&list, root, is_named))
        }
        Command::Notices(notices) => root().and_then(|root| notices::run(&notices, &root)),
        Command::Fonts(fonts) => root().and_then(|root| fonts::run(&fonts, &root)),
        Command::Schema => schema::run(),
        Command::Count(count) => count::run(&count),
        Command::Size(size) => size::run(&size),
        Command::Code(code) => code::run(&code),
        Command::Man => man::run(),
        Command::Completions(completions) => completions::run(&completions),
    };
    if let Err(failure) = &status {
        log::warn!("failed command={name} kind={}", error_kind::kind(failure));
    }
    let status = status.unwrap_or_else(|failure| failed(&failure));
    log::info!("end command={name} status={}", status as u8);
    Outcome::Done(status)
}

/// Whether these arguments (the program's name first) ask for the window. Nothing is said.
#[must_use]
pub fn wants_window(arguments: impl IntoIterator<Item = OsString>) -> bool {
    Arguments::try_parse_from(arguments).is_ok_and(|arguments| {
        arguments.command.is_none() && arguments.draft.is_none_or(|draft| draft.exists())
    })
}

fn failed(failure: &Failure) -> Status {
    output::error(&failure.to_string());
    Status::Unusable
}
