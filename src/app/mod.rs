//! The window.

mod calling;
mod clipboard;
mod diagnostics;
mod dialog;
mod failed;
mod focus;
mod gate;
mod guard;
mod icon;
mod kind;
mod launch;
mod moment;
mod preview;
mod screen;
mod settings;
mod shortcut;
mod system_theme;
mod theme;
mod widget;
mod window;
mod worker;

#[cfg(windows)]
pub use dialog::say;
pub use failed::show_failure;
pub use launch::{Launch, LaunchError, run};
