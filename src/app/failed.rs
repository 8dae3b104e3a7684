//! The window that tells of one that ended by a fault: the draft is safe, where it lies, and what can be done.

mod view;

use std::path::PathBuf;
use std::time::SystemTime;

use iced::{Event, Font, Size, Subscription, Task, event, keyboard, window};
use jiff::Timestamp;

use super::launch::{self, LaunchError};
use super::screen::export::opener;
use super::settings::Settings;
use super::shortcut::Shortcut;
use super::widget::Element;
use super::worker::{self, Broken};
use super::{diagnostics, focus, guard, moment, system_theme, theme};
use crate::domain::io_error::reason;
use crate::fault::{self, Ended, Manner};
use crate::store::{DraftError, Store, file, id};

/// Tells on standard error alone: this window must not start another.
const MANNER: Manner = Manner { sentence: |told| told.about_report(), last_resort: |_| {} };

const SIZE: Size = Size::new(640.0, 460.0);

/// The window.
#[derive(Debug)]
struct State {
    ended: Ended,
    settings: Settings,
    system_dark: bool,
    /// What is known of the draft by now.
    about: Option<About>,
    /// What came of the last button.
    told: Option<String>,
}

/// What is told of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
struct About {
    /// The company's name; `None`: it has none, or a password.
    name: Option<String>,
    /// When its file was written.
    saved: Option<SystemTime>,
    /// Its file cannot be read.
    is_spoilt: bool,
}

#[derive(Debug, Clone)]
enum Message {
    /// The draft was looked at.
    Known(Result<About, Broken>),
    /// The system's theme.
    SystemTheme(iced::theme::Mode),
    /// The program is to be opened again, with the draft if there is one.
    Reopened,
    /// The program is to be opened again without it.
    ReopenedAlone,
    /// The folder of the report is to be shown.
    FolderAsked,
    /// It is, or not.
    FolderShown(Result<Result<(), String>, Broken>),
    /// What helps is to be copied.
    CopyAsked,
    /// It was gathered.
    Gathered(Result<String, Broken>),
    /// The keyboard goes on to the next control, or back to the one before.
    Stepped(bool),
    /// The keyboard was put somewhere.
    KeyboardPut,
    /// The window is to be closed.
    Closed,
}

/// Shows the window.
pub fn show_failure(ended: Ended) -> Result<(), LaunchError> {
    if !launch::has_display(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err(LaunchError::NoDisplay);
    }
    fault::watch(MANNER);
    let drafts = ended.root.join("drafts");
    fault::caught(|| show(ended)).ok_or(LaunchError::Fault(drafts))?
}

fn show(ended: Ended) -> Result<(), LaunchError> {
    launch::load_font();
    let draft = ended.draft.as_deref().map_or_else(|| "none".to_owned(), id::logged);
    log::info!("start failure window draft={draft}");
    iced::application(move || State::new(ended.clone()), State::update, State::view)
        .title("揭榜通遇到错误")
        .theme(|state: &State| theme::theme(state.is_dark()))
        .scale_factor(|state: &State| state.settings.scale)
        .subscription(|_: &State| {
            Subscription::batch([
                event::listen_with(|event, _, _| message_of(event)),
                iced::system::theme_changes().map(Message::SystemTheme),
            ])
        })
        .default_font(Font::DEFAULT)
        .window(window::Settings {
            size: SIZE,
            position: window::Position::Centered,
            icon: launch::icon(),
            exit_on_close_request: true,
            platform_specific: launch::platform(),
            ..window::Settings::default()
        })
        .run()?;
    Ok(())
}

fn message_of(event: Event) -> Option<Message> {
    let Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, .. }) = event
    else {
        return None;
    };
    if key == keyboard::Key::Named(keyboard::key::Named::Escape) {
        return Some(Message::Closed);
    }
    match Shortcut::of(&key, physical_key, modifiers)? {
        Shortcut::Next => Some(Message::Stepped(true)),
        Shortcut::Previous => Some(Message::Stepped(false)),
        _ => None,
    }
}

impl State {
    fn new(ended: Ended) -> (Self, Task<Message>) {
        let settings = Store::open(ended.root.clone()).map(|store| Settings::load(&store));
        let state = Self {
            settings: settings.unwrap_or_default(),
            system_dark: false,
            about: None,
            told: None,
            ended,
        };
        let look = match state.file() {
            Some(file) => worker::run(move || About::of(file), Message::Known),
            None => Task::none(),
        };
        let theme = iced::system::theme().chain(system_theme::look()).map(Message::SystemTheme);
        let enter = focus::enter_dialog().chain(Task::done(Message::KeyboardPut));
        (state, Task::batch([look, theme, enter]))
    }

    fn is_dark(&self) -> bool {
        self.settings.dark.unwrap_or(self.system_dark)
    }

    /// The file of the draft that was open.
    fn file(&self) -> Option<PathBuf> {
        let draft = self.ended.draft.as_deref()?;
        Some(self.ended.root.join("drafts").join(draft).join("draft.json"))
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Known(about) => self.about = about.ok(),
            Message::SystemTheme(mode) => {
                self.system_dark = system_theme::is_dark(mode, self.system_dark);
            }
            Message::Reopened => return self.reopen(self.file()),
            Message::ReopenedAlone => return self.reopen(None),
            Message::FolderAsked => {
                if let Some(report) = self.ended.report.clone() {
                    return worker::run(
                        move || opener::open_folder_of(&report),
                        Message::FolderShown,
                    );
                }
            }
            Message::FolderShown(shown) => {
                self.told = shown.unwrap_or_else(|broken| Err(broken.to_string())).err();
            }
            Message::CopyAsked => {
                let root = self.ended.root.clone();
                return worker::run(move || diagnostics::gather(&root, None), Message::Gathered);
            }
            Message::Gathered(Ok(text)) => {
                self.told = Some("诊断信息已复制，可以粘贴到邮件里。".to_owned());
                return iced::clipboard::write(text);
            }
            Message::Gathered(Err(broken)) => self.told = Some(broken.to_string()),
            Message::Stepped(forward) => {
                return focus::step(forward, None).chain(Task::done(Message::KeyboardPut));
            }
            Message::KeyboardPut => {}
            Message::Closed => return iced::exit(),
        }
        Task::none()
    }

    fn reopen(&mut self, file: Option<PathBuf>) -> Task<Message> {
        let mut arguments = vec!["--data-dir".into(), self.ended.root.clone().into_os_string()];
        let file = file.filter(|file| file.is_file());
        arguments.extend(file.map(PathBuf::into_os_string));
        match guard::start(arguments) {
            Ok(()) => iced::exit(),
            Err(error) => {
                let reason = reason(&error);
                self.told = Some(format!("没有打开：{reason}。请从开始菜单或桌面打开揭榜通。"));
                Task::none()
            }
        }
    }

    fn view(&self) -> Element<'_, Message> {
        view::view(self)
    }
}

impl About {
    /// Reads the draft, which may be what the other window tripped over.
    fn of(path: PathBuf) -> Self {
        let saved = path.metadata().and_then(|about| about.modified()).ok();
        let read = fault::caught(|| file::read_draft(&path));
        let name = match &read {
            Some(Ok(draft)) => Some(draft.company.name.trim().to_owned()),
            Some(Err(DraftError::Locked { .. })) => Some("有打开密码的草稿".to_owned()),
            _ => None,
        };
        let is_spoilt = name.is_none();
        Self { name: name.filter(|name| !name.is_empty()), saved, is_spoilt }
    }

    fn saved_words(&self) -> Option<String> {
        let at = Timestamp::try_from(self.saved?).ok()?;
        Some(moment::stamp(at, Timestamp::now()))
    }
}

#[cfg(test)]
mod tests;
