//! The window.

mod calling;
mod clipboard;
mod dialog;
mod fault;
mod focus;
mod gate;
mod icon;
mod launch;
mod moment;
mod preview;
mod screen;
mod settings;
mod shortcut;
mod theme;
mod widget;
mod window;
mod worker;

pub use launch::{Launch, LaunchError, run};
