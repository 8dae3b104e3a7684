//! The whole window: leads from one screen to another.

mod called;
mod events;
mod guide;
mod keys;
mod leaving;
mod opening;
mod place;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use iced::widget::{Id, container, opaque, space};
use iced::{Fill, Point, Size, Subscription, Task, event, time, window};

use self::leaving::{Destination, Leaving};
use self::opening::Handover;
use super::calling;
use super::focus::{self, Focused};
use super::guard::Rescue;
use super::icon::Icon;
use super::kind;
use super::screen::{about, editor, help, home};
use super::settings::Settings;
use super::shortcut::{Arrow, Shortcut};
use super::system_theme;
use super::theme;
use super::widget::covered::covered;
use super::widget::{Element, control};
use super::worker::Latest;
use crate::rules::invisible;
use crate::store::{DraftId, Store};

/// Between two looks at a draft that another window edits.
const LOOK: Duration = Duration::from_secs(3);

/// Between two looks at how far the reading of a file is.
const PROGRESS: Duration = Duration::from_millis(120);

/// The whole window.
#[derive(Debug)]
pub(super) struct App {
    store: Store,
    settings: Settings,
    /// The writing of the settings.
    keeping: Latest,
    home: home::State,
    /// The draft being edited; `None`: home is shown.
    editor: Option<editor::State>,
    /// The draft that is being read.
    opening: Option<DraftId>,
    /// The looks at a draft that another window edits.
    looking: Latest,
    /// It was shown only just now: the press that opened it may have a second one behind it.
    just_opened: bool,
    window: Size,
    /// Where the window stands, logical pixels; `None`: the system has not said.
    place: Option<(f32, f32)>,
    density: f32,
    /// The system's theme is dark.
    system_dark: bool,
    /// The guide, while it lies over the screen.
    help: Option<help::State>,
    /// What is told of the program, while it is shown.
    about: Option<about::State>,
    /// Counts the drafts opened: results of an earlier one are not this one's.
    session: u64,
    /// The question whether to leave, while it is open.
    leaving: Option<Leaving>,
    /// Counts the changes of the window's size.
    size_changes: u64,
    /// The control that has the keyboard or had it last.
    last_control: Option<Id>,
}

/// What happens in the window.
#[derive(Debug, Clone)]
pub(super) enum Message {
    /// On home.
    Home(home::Message),
    /// In the editor of a session.
    Editor(u64, editor::Message),
    /// A draft was read, or not.
    DraftRead(home::Opened, Handover),
    /// It is time to look at the draft that another window edits.
    LookDue,
    /// Another place for the data is wanted, as this one is out of reach. For who owns the window.
    PlaceAsked,
    /// A draft that another window edits was read again in a session.
    LockLookedAt(u64, Handover),
    /// After a draft was shown, a press is a new one again.
    ClicksSettled,
    /// What is told of the program is wanted.
    AboutAsked,
    /// In what is told of the program.
    About(about::Message),
    /// A key combination.
    Shortcut(Shortcut),
    /// The mouse was pressed and let go: the keyboard may be elsewhere now. What is told of the blank it
    /// has left must not move what is being pressed.
    Released,
    /// An arrow key that no box took.
    Arrow(Arrow),
    /// Where the keyboard was at that.
    ArrowAt(Arrow, Focused),
    /// Where the keyboard is.
    FocusFound(Focused),
    /// The window has this size, logical pixels.
    Resized(Size),
    /// The window has kept its size for a while; with the number of the change.
    SizeSettled(u64),
    /// It fills the screen, or not.
    Maximized(bool),
    /// What the window remembers was written.
    SettingsKept,
    /// The keyboard was put somewhere, which by itself does not have the window drawn again.
    KeyboardPut,
    /// The screen has this size, logical pixels.
    Screen(Option<Size>),
    /// Physical pixels in a logical one.
    Rescaled(f32),
    /// The window stands here, logical pixels.
    Moved(Point),
    /// The system's theme.
    SystemTheme(iced::theme::Mode),
    /// The window has the keyboard again.
    Focused,
    /// The program was started again with the draft that is edited here.
    Called,
    /// That call was taken, or was gone already.
    CallTaken(bool),
    /// A file was dropped.
    Dropped(PathBuf),
    /// Light or dark.
    ThemeToggled,
    /// Escape: what lies over or in the way is put away.
    Escaped,
    /// The window is to be closed.
    CloseAsked,
    /// In the guide.
    Help(help::Message),
    /// About leaving the draft.
    Leaving(leaving::Message),
    /// Undo or redo was pressed; where the keyboard was at that.
    TravelAt(Shortcut, Focused),
}

impl App {
    pub(super) fn new(
        store: Store,
        settings: Settings,
        open: Option<PathBuf>,
    ) -> (Self, Task<Message>) {
        let (mut home, listed) =
            home::State::new(store.clone(), settings.last_draft.clone(), || {
                jiff::Zoned::now().date()
            });
        if settings.welcomed {
            home.leave_welcome();
        }
        let opened = open.map_or_else(Task::none, |path| home.open_path(path));
        let density = window::latest().and_then(window::scale_factor).map(Message::Rescaled);
        let app = Self {
            window: settings.scaled_size(),
            place: None,
            store,
            settings,
            keeping: Latest::default(),
            home,
            editor: None,
            opening: None,
            looking: Latest::default(),
            just_opened: false,
            density: 1.0,
            system_dark: false,
            help: None,
            about: None,
            session: 0,
            leaving: None,
            size_changes: 0,
            last_control: None,
        };
        let theme = iced::system::theme().chain(system_theme::look()).map(Message::SystemTheme);
        let screen = window::latest().and_then(window::monitor_size).map(Message::Screen);
        let home = Task::batch([listed, opened]).map(Message::Home);
        (app, Task::batch([home, density, theme, screen]))
    }

    /// The folder of the data.
    pub(super) fn root(&self) -> &Path {
        self.store.root()
    }

    /// The draft that is open, and what writes it as it is after a fault.
    pub(super) fn rescue(&self) -> Option<Rescue> {
        let editor = self.editor.as_ref()?;
        Some(Rescue { draft: editor.id().clone(), write: editor.rescue() })
    }

    /// Says a sentence on home.
    pub(super) fn tell_home(&mut self, words: String) {
        self.home.tell(words);
    }

    pub(super) fn title(&self) -> String {
        match &self.editor {
            Some(editor) if !editor.draft().company.name.trim().is_empty() => {
                format!("{} · 揭榜通", invisible::revealed(editor.draft().company.name.trim()))
            }
            Some(_) => "未命名企业 · 揭榜通".to_owned(),
            None => "揭榜通".to_owned(),
        }
    }

    pub(super) fn theme(&self) -> iced::Theme {
        theme::theme(self.is_dark())
    }

    fn is_dark(&self) -> bool {
        self.settings.dark.unwrap_or(self.system_dark)
    }

    pub(super) fn scale_factor(&self) -> f32 {
        self.settings.scale
    }

    pub(super) fn subscription(&self) -> Subscription<Message> {
        let themes = iced::system::theme_changes().map(Message::SystemTheme);
        let events = Subscription::batch([event::listen_with(events::message_of), themes]);
        let looks = match &self.editor {
            Some(editor) if editor.only_looks() => time::every(LOOK).map(|_| Message::LookDue),
            Some(editor) => calling::calls(&self.store, editor.id()).map(|()| Message::Called),
            None => {
                let ticks = time::every(self.home.tick());
                ticks.map(|_| Message::Home(home::Message::Ticked))
            }
        };
        let reads = match self.editor.is_none() && self.home.is_reading() {
            true => time::every(PROGRESS).map(|_| Message::Home(home::Message::ReadingTicked)),
            false => Subscription::none(),
        };
        let ticks = match self.editor.as_ref().and_then(editor::State::tick) {
            Some((pause, tick)) => {
                let ticks = time::every(pause).with(tick).with(self.session);
                ticks.map(|(session, (tick, _))| Message::Editor(session, tick.into()))
            }
            None => Subscription::none(),
        };
        Subscription::batch([events, looks, reads, ticks])
    }

    pub(super) fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Home(message) => return self.home_happened(message),
            Message::Editor(session, message) => return self.editor_happened(session, message),
            Message::DraftRead(opened, read) => return self.draft_read(opened, &read),
            Message::ClicksSettled => self.just_opened = false,
            Message::AboutAsked => return self.show_about(),
            Message::About(message) => return self.about_happened(message),
            Message::Shortcut(shortcut) => return self.shortcut(shortcut),
            Message::Released => return focus::find().map(Message::FocusFound),
            Message::Arrow(arrow) => return self.arrow(arrow),
            Message::ArrowAt(arrow, focused) => return self.arrow_at(arrow, focused),
            Message::FocusFound(focused) => return self.focus_found(focused),
            Message::Resized(size) => return self.resized_to(size),
            Message::SizeSettled(change) => return self.size_settled(change),
            Message::Maximized(maximized) => return self.maximized(maximized),
            Message::KeyboardPut => {}
            Message::SettingsKept => return self.settings_kept(),
            Message::Screen(screen) => return self.fit(screen),
            Message::Rescaled(density) => {
                self.density = density;
                return self.resized();
            }
            Message::Moved(at) => {
                let scale = self.settings.scale;
                self.place = Some((at.x * scale, at.y * scale));
            }
            Message::SystemTheme(mode) => {
                self.system_dark = system_theme::is_dark(mode, self.system_dark);
            }
            Message::Focused => {
                return Task::batch([
                    system_theme::look().map(Message::SystemTheme),
                    self.look_again(),
                ]);
            }
            Message::Called => return self.take_call(),
            Message::CallTaken(was_there) => return self.called(was_there),
            Message::LookDue => return self.look_at_lock(),
            Message::PlaceAsked => {}
            Message::LockLookedAt(session, read) => return self.take_over(session, &read),
            Message::Dropped(path) => return self.dropped(path),
            Message::ThemeToggled => return self.toggle_theme(),
            Message::Escaped => return self.escaped(),
            Message::CloseAsked => return self.leave(Destination::Outside),
            Message::Help(message) => return self.help_happened(message),
            Message::Leaving(message) => return self.leaving_happened(message),
            Message::TravelAt(shortcut, focused) => return self.travel(shortcut, &focused),
        }
        Task::none()
    }

    fn home_happened(&mut self, message: home::Message) -> Task<Message> {
        match self.home.update(message) {
            home::Action::Run(task) => task.map(Message::Home),
            home::Action::Open(opened) => self.open(opened),
            home::Action::OtherPlace => Task::done(Message::PlaceAsked),
            home::Action::Welcomed => {
                self.settings.welcomed = true;
                let keyboard = self.home.go_to_new().map(Message::Home);
                Task::batch([self.keep_settings(), keyboard])
            }
        }
    }

    /// Another window or program may have changed what is shown while this one was not looked at.
    fn look_again(&mut self) -> Task<Message> {
        let to_editor = self.to_editor();
        match &mut self.editor {
            Some(editor) => {
                let looked = editor.look_at_file().map(to_editor);
                Task::batch([looked, self.look_at_lock()])
            }
            None => self.home.list().map(Message::Home),
        }
    }

    fn editor_happened(&mut self, session: u64, message: editor::Message) -> Task<Message> {
        let Some(editor) = self.editor.as_mut().filter(|_| session == self.session) else {
            return Task::none();
        };
        let action = editor.update(message, Instant::now());
        let kept = self.remember_folder();
        let obeyed = self.obey(action);
        Task::batch([kept, obeyed, self.look_at_obstacle()])
    }

    /// Marks what the editor says with its session.
    fn to_editor(&self) -> impl Fn(editor::Message) -> Message + Clone + Send + use<> {
        let session = self.session;
        move |message| Message::Editor(session, message)
    }

    fn obey(&mut self, action: editor::Action) -> Task<Message> {
        match action {
            editor::Action::Run(task) => task.map(self.to_editor()),
            editor::Action::ToggleTheme => self.toggle_theme(),
            editor::Action::ShowHelp => self.shortcut(Shortcut::Help),
            editor::Action::GoHome => self.leave(Destination::Home),
            editor::Action::SaveElsewhere(problem) => self.save_elsewhere(problem),
        }
    }

    fn toggle_theme(&mut self) -> Task<Message> {
        // The theme that the system has too is followed from then on.
        let dark = !self.is_dark();
        self.settings.dark = (dark != self.system_dark).then_some(dark);
        self.keep_settings()
    }

    fn focus_found(&mut self, focused: Focused) -> Task<Message> {
        if let Some(help) = &mut self.help {
            return help.focus_found(focused).map(Message::Help);
        }
        self.last_control = focused.id.clone().or(self.last_control.take());
        let scroll = focused.clone().scroll();
        match &mut self.editor {
            Some(editor) => {
                let action = editor.update(editor::Message::FocusFound(focused), Instant::now());
                Task::batch([scroll, self.obey(action)])
            }
            None => scroll,
        }
    }

    /// The folder of the last export is where the next one goes too.
    fn remember_folder(&mut self) -> Task<Message> {
        let folder = self.editor.as_ref().and_then(editor::State::exported_to);
        if folder.is_none() || folder == self.settings.export_folder.as_deref() {
            return Task::none();
        }
        self.settings.export_folder = folder.map(str::to_owned);
        self.keep_settings()
    }

    fn dropped(&mut self, path: PathBuf) -> Task<Message> {
        if self.leaving.is_some() {
            return Task::none();
        }
        // What comes of it is to be seen.
        self.help = None;
        let to_editor = self.to_editor();
        match &mut self.editor {
            Some(_) if kind::is_draft_or_package(&path) => self.leave(Destination::Given(path)),
            Some(editor) => editor.dropped(path).map(to_editor),
            None => self.home.open_path(path).map(Message::Home),
        }
    }

    /// What home has in its corner.
    fn tools<'a>() -> Element<'a, Message> {
        let keys = control::quiet("帮助（F1）", Some(Message::Shortcut(Shortcut::Help)));
        let about = control::quiet("关于", Some(Message::AboutAsked));
        let theme = control::symbol(Icon::Theme, "浅色或深色（F2）", Some(Message::ThemeToggled));
        iced::widget::row![keys, about, theme]
            .spacing(theme::space::S)
            .align_y(iced::Alignment::Center)
            .into()
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let screen: Element<'_, Message> = match &self.editor {
            Some(editor) => editor.view().map(self.to_editor()),
            None => iced::widget::stack![
                self.home.view().map(Message::Home),
                container(Self::tools()).padding(theme::space::M).align_right(Fill),
            ]
            .into(),
        };
        // Always a stack of three, so that no control loses its state when what lies over it comes and goes.
        let over: Element<'_, Message> = match &self.leaving {
            Some(leaving) => focus::dialog(leaving.view().map(Message::Leaving)),
            None if self.asks_for_password() => match self.home.question_for_password() {
                Some(question) => focus::dialog(question.map(Message::Home)),
                None => space().into(),
            },
            None if self.about.is_some() => match &self.about {
                Some(about) => focus::dialog(about.view().map(Message::About)),
                None => space().into(),
            },
            None if self.just_opened => opaque(space().width(Fill).height(Fill)),
            None => space().into(),
        };
        // Without a ground of its own: the window is cleared with the theme's, and a quad of its size
        // would be filled again for every part that has changed.
        container(iced::widget::stack![covered(self.help.is_some(), screen), self.guide(), over])
            .width(Fill)
            .height(Fill)
            .into()
    }
}
