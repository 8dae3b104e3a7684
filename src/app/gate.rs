//! The way into the window: where the data folder cannot be used, what is wrong and another place for it.

mod view;

use std::path::{Path, PathBuf};

use iced::widget::Id;
use iced::{Event, Size, Subscription, Task, event, keyboard, window};

use super::dialog::{self, Picked};
use super::guard::Rescue;
use super::screen::help::{self, Occasion};
use super::settings::{FIRST_SIZE, Settings};
use super::shortcut::Shortcut;
use super::widget::Element;
use super::window::{self as inside, App};
use super::worker::{self, Broken};
use super::{focus, theme};
use crate::fault;
use crate::store::{Store, event_log};

/// The folder in the one a person has chosen that holds the data, unless that holds some already.
const FOLDER: &str = "jiebang";

/// What is shown.
#[derive(Debug)]
pub(super) enum Gate {
    /// The folder cannot be used.
    Closed(Closed),
    /// The window over the folder at this path.
    Open(Box<App>),
}

/// Why the window is not there yet.
#[derive(Debug)]
pub(super) struct Closed {
    /// The folder.
    root: PathBuf,
    /// What is wrong with it.
    problem: String,
    /// A draft or package to open at once.
    open: Option<PathBuf>,
    /// A folder is being tried.
    trying: bool,
    /// What came of the last thing done.
    told: Option<String>,
    /// A path, typed where there is no dialog.
    typed: Option<String>,
    /// The guide, while it is open.
    help: Option<Box<help::State>>,
    /// Size of the window, logical pixels.
    window: Size,
}

/// What happens there.
#[derive(Debug, Clone)]
pub(super) enum Message {
    /// In the window.
    Inside(inside::Message),
    /// The same folder is to be tried again.
    Retried,
    /// Another one is wanted.
    FolderAsked,
    /// The dialog was answered.
    FolderPicked(Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is the folder.
    PathGiven,
    /// A folder can be used, or not.
    Tried(PathBuf, Result<Result<(Store, Settings), String>, Broken>),
    /// The window has another size, logical pixels.
    Resized(Size),
    /// A key combination.
    Shortcut(Shortcut),
    /// Escape: the guide is put away.
    Escaped,
    /// In the guide.
    Help(help::Message),
    /// The keyboard goes on to the next control, or back to the one before.
    Stepped(bool),
    /// The keyboard was put somewhere.
    KeyboardPut,
    /// The program is to end.
    Left,
}

fn path_id() -> Id {
    Id::new("data-folder")
}

fn try_folder(root: PathBuf) -> Task<Message> {
    let folder = root.clone();
    let job = move || {
        let store = Store::open(folder).map_err(|error| error.to_string())?;
        let settings = Settings::load(&store);
        Ok((store, settings))
    };
    worker::run(job, move |tried| Message::Tried(root, tried))
}

impl Gate {
    /// The window over a store, or what is wrong with the folder at `root`.
    pub(super) fn new(
        root: PathBuf,
        opened: Result<(Store, Settings), String>,
        open: Option<PathBuf>,
    ) -> (Self, Task<Message>) {
        match opened {
            Ok((store, settings)) => {
                let (app, task) = App::new(store, settings, open);
                (Self::Open(Box::new(app)), task.map(Message::Inside))
            }
            Err(problem) => (Self::Closed(Closed::new(root, problem, open)), enter()),
        }
    }

    /// The folder of the data.
    pub(super) fn root(&self) -> &Path {
        match self {
            Self::Closed(closed) => &closed.root,
            Self::Open(app) => app.root(),
        }
    }

    /// The draft that is open, and what writes it as it is after a fault.
    pub(super) fn rescue(&self) -> Option<Rescue> {
        match self {
            Self::Closed(_) => None,
            Self::Open(app) => app.rescue(),
        }
    }

    pub(super) fn title(&self) -> String {
        match self {
            Self::Closed(_) => "揭榜通".to_owned(),
            Self::Open(app) => app.title(),
        }
    }

    pub(super) fn theme(&self) -> iced::Theme {
        match self {
            Self::Closed(_) => theme::theme(false),
            Self::Open(app) => app.theme(),
        }
    }

    pub(super) fn scale_factor(&self) -> f32 {
        match self {
            Self::Closed(_) => 1.0,
            Self::Open(app) => app.scale_factor(),
        }
    }

    pub(super) fn subscription(&self) -> Subscription<Message> {
        match self {
            Self::Closed(_) => event::listen_with(|event, _, _| message_of(event)),
            Self::Open(app) => app.subscription().map(Message::Inside),
        }
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        match self {
            Self::Closed(closed) => closed.view(),
            Self::Open(app) => app.view().map(Message::Inside),
        }
    }

    pub(super) fn update(&mut self, message: Message) -> Task<Message> {
        match (self, message) {
            (gate @ Self::Open(_), Message::Inside(inside::Message::PlaceAsked)) => gate.close(),
            (Self::Open(app), Message::Inside(message)) => app.update(message).map(Message::Inside),
            (gate @ Self::Closed(_), Message::Tried(root, tried)) => {
                let tried = tried.unwrap_or_else(|broken| Err(broken.to_string()));
                gate.tried(root, tried)
            }
            (Self::Closed(closed), message) => closed.update(message),
            (Self::Open(_), _) => Task::none(),
        }
    }

    /// Another place is wanted than the one that is out of reach.
    fn close(&mut self) -> Task<Message> {
        let Self::Open(app) = self else { return Task::none() };
        let root = app.root().to_owned();
        let problem = format!("读不到“{}”中的草稿", root.display());
        *self = Self::Closed(Closed::new(root, problem, None));
        enter()
    }

    fn tried(&mut self, root: PathBuf, tried: Result<(Store, Settings), String>) -> Task<Message> {
        let Self::Closed(closed) = self else { return Task::none() };
        let (store, settings) = match tried {
            Ok(opened) => opened,
            Err(problem) => {
                closed.trying = false;
                closed.told = Some(format!("还是打不开：{problem}。"));
                return enter();
            }
        };
        fault::keep_reports_in(&root);
        event_log::start(&root);
        let (mut app, task) = App::new(store, settings, closed.open.take());
        if root != closed.root {
            app.tell_home(format!(
                "这次用的数据文件夹是“{}”；下次启动仍先用“{}”。",
                root.display(),
                closed.root.display()
            ));
        }
        *self = Self::Open(Box::new(app));
        let size = window::latest().and_then(window::size).map(inside::Message::Resized);
        Task::batch([task, size]).map(Message::Inside)
    }
}

/// What an event means while the folder cannot be used; `None`: nothing.
fn message_of(event: Event) -> Option<Message> {
    match event {
        Event::Window(window::Event::CloseRequested) => Some(Message::Left),
        Event::Window(window::Event::Opened { size, .. } | window::Event::Resized(size)) => {
            Some(Message::Resized(size))
        }
        Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, .. }) => {
            if key == keyboard::Key::Named(keyboard::key::Named::Escape) {
                return Some(Message::Escaped);
            }
            match Shortcut::of(&key, physical_key, modifiers)? {
                Shortcut::Next => Some(Message::Stepped(true)),
                Shortcut::Previous => Some(Message::Stepped(false)),
                shortcut => Some(Message::Shortcut(shortcut)),
            }
        }
        _ => None,
    }
}

/// Puts the keyboard into the first button.
fn enter() -> Task<Message> {
    focus::enter_dialog().chain(Task::done(Message::KeyboardPut))
}

impl Closed {
    const fn new(root: PathBuf, problem: String, open: Option<PathBuf>) -> Self {
        let (told, typed, help) = (None, None, None);
        Self { root, problem, open, trying: false, told, typed, help, window: FIRST_SIZE }
    }

    /// Opens the guide where it tells of this, or puts it away.
    fn toggle_help(&mut self) -> Task<Message> {
        if self.help.take().is_some() {
            return enter();
        }
        let (help, task) = help::State::open(Occasion::NoFolder, self.window, 1.0);
        self.help = Some(Box::new(help));
        task.map(Message::Help)
    }

    /// Something happened in the guide, or a key that means something there.
    fn help_happened(&mut self, message: Message) -> Task<Message> {
        let Some(help) = &mut self.help else { return Task::none() };
        match message {
            Message::Help(help::Message::Closed) => self.toggle_help(),
            Message::Help(message) => help.update(message).map(Message::Help),
            Message::Shortcut(shortcut) => help.shortcut(shortcut).map(Message::Help),
            Message::Escaped => match help.escape() {
                (true, _) => self.toggle_help(),
                (false, task) => task.map(Message::Help),
            },
            _ => Task::none(),
        }
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Retried => return self.try_it(self.root.clone()),
            Message::FolderAsked => {
                return worker::ask(
                    dialog::data_folder(),
                    Picked::Unavailable,
                    Message::FolderPicked,
                );
            }
            Message::FolderPicked(picked) => return self.picked(picked),
            Message::PathTyped(path) => self.typed = Some(path),
            Message::PathGiven => {
                match dialog::typed_path(self.typed.as_deref().unwrap_or_default()) {
                    Ok(path) => return self.try_it(data_in(&path)),
                    Err(problem) => self.told = Some(problem),
                }
            }
            Message::Stepped(forward) => {
                return focus::step(forward, None).chain(Task::done(Message::KeyboardPut));
            }
            Message::Left => return iced::exit(),
            Message::Resized(size) => {
                self.window = size;
                let resized = self.help.as_mut().map(|help| help.resized(size, 1.0));
                return resized.map_or_else(Task::none, |task| task.map(Message::Help));
            }
            Message::Shortcut(Shortcut::Help) => return self.toggle_help(),
            message @ (Message::Help(_) | Message::Shortcut(_) | Message::Escaped) => {
                return self.help_happened(message);
            }
            Message::Inside(_) | Message::Tried(..) | Message::KeyboardPut => {}
        }
        Task::none()
    }

    fn picked(&mut self, picked: Picked) -> Task<Message> {
        match picked {
            Picked::Paths(paths) => match paths.first() {
                Some(path) => self.try_it(data_in(path)),
                None => Task::none(),
            },
            Picked::Cancelled => Task::none(),
            Picked::Unavailable => {
                self.typed.get_or_insert_default();
                self.told = Some(dialog::UNAVAILABLE.to_owned());
                focus::enter(Some(path_id())).chain(Task::done(Message::KeyboardPut))
            }
        }
    }

    fn try_it(&mut self, root: PathBuf) -> Task<Message> {
        self.trying = true;
        self.told = None;
        try_folder(root)
    }
}

/// Where in the folder a person has chosen the data lie: in itself if they do already.
fn data_in(chosen: &Path) -> PathBuf {
    if chosen.join("drafts").is_dir() { chosen.to_owned() } else { chosen.join(FOLDER) }
}

#[cfg(test)]
mod tests;
