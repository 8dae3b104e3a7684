//! The whole window: leads from one screen to another.

mod leaving;
mod place;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use iced::keyboard::{self, Key};
use iced::widget::{Id, container};
use iced::{Event, Fill, Point, Size, Subscription, Task, event, mouse, time, window};

use self::leaving::{Destination, Leaving};
use super::focus::{self, Focused};
use super::icon::Icon;
use super::screen::{editor, home};
use super::settings::Settings;
use super::shortcut::{Arrow, Shortcut};
use super::theme;
use super::widget::help::{self, help};
use super::widget::{Element, control};
use super::worker::Latest;
use crate::store::{DraftId, Store};

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
    window: Size,
    /// Where the window stands, logical pixels; `None`: the system has not said.
    place: Option<(f32, f32)>,
    density: f32,
    /// The system's theme is dark.
    system_dark: bool,
    /// The list of key combinations is shown.
    help: bool,
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
    /// A file was dropped.
    Dropped(PathBuf),
    /// Light or dark.
    ThemeToggled,
    /// Escape: what lies over or in the way is put away.
    Escaped,
    /// The window is to be closed.
    CloseAsked,
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
            density: 1.0,
            system_dark: false,
            help: false,
            session: 0,
            leaving: None,
            size_changes: 0,
            last_control: None,
        };
        let theme = iced::system::theme().map(Message::SystemTheme);
        let screen = window::latest().and_then(window::monitor_size).map(Message::Screen);
        let home = Task::batch([listed, opened]).map(Message::Home);
        (app, Task::batch([home, density, theme, screen]))
    }

    pub(super) fn title(&self) -> String {
        match &self.editor {
            Some(editor) if !editor.draft().company.name.trim().is_empty() => {
                format!("{} · 揭榜通", editor.draft().company.name.trim())
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
        let events = Subscription::batch([event::listen_with(message_of), themes]);
        match self.editor.as_ref().and_then(editor::State::tick) {
            Some((pause, tick)) => {
                let ticks = time::every(pause).with(tick);
                let session = self.session;
                let ticks = ticks.with(session);
                let ticks = ticks.map(|(session, (tick, _))| Message::Editor(session, tick.into()));
                Subscription::batch([events, ticks])
            }
            None if self.editor.is_none() => {
                let ticks = time::every(home::State::TICK);
                let ticks = ticks.map(|_| Message::Home(home::Message::Ticked));
                Subscription::batch([events, ticks])
            }
            None => events,
        }
    }

    pub(super) fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Home(message) => match self.home.update(message) {
                home::Action::Run(task) => task.map(Message::Home),
                home::Action::Open(home::Opened { id, words, is_doubtful }) => {
                    let task = self.open(&id);
                    if let (Some(words), Some(editor)) = (words, &mut self.editor) {
                        if is_doubtful { editor.warn(words) } else { editor.tell(words) }
                    }
                    task
                }
            },
            Message::Editor(session, message) => match &mut self.editor {
                Some(editor) if session == self.session => {
                    let action = editor.update(message, Instant::now());
                    let kept = self.remember_folder();
                    let obeyed = self.obey(action);
                    Task::batch([kept, obeyed, self.look_at_obstacle()])
                }
                _ => Task::none(),
            },
            Message::Shortcut(shortcut) => self.shortcut(shortcut),
            Message::Released => focus::find().map(Message::FocusFound),
            Message::Arrow(arrow) if self.help => help::scroll(arrow),
            Message::Arrow(arrow) => {
                focus::find().map(move |focused| Message::ArrowAt(arrow, focused))
            }
            Message::ArrowAt(arrow, focused) => {
                let to_editor = self.to_editor();
                match (&mut self.editor, focused.id) {
                    (Some(editor), Some(id)) => editor.arrowed(arrow, &id).map(to_editor),
                    (None, Some(id)) => self.home.arrowed(arrow, &id).map(Message::Home),
                    _ => Task::none(),
                }
            }
            Message::FocusFound(focused) => self.focus_found(focused),
            Message::Resized(size) => self.resized_to(size),
            Message::SizeSettled(change) => self.size_settled(change),
            Message::Maximized(maximized) => self.maximized(maximized),
            Message::KeyboardPut => Task::none(),
            Message::SettingsKept => {
                if self.keeping.finished() {
                    self.keep_settings()
                } else {
                    Task::none()
                }
            }
            Message::Screen(screen) => self.fit(screen),
            Message::Rescaled(density) => {
                self.density = density;
                self.resized()
            }
            Message::Moved(at) => {
                let scale = self.settings.scale;
                self.place = Some((at.x * scale, at.y * scale));
                Task::none()
            }
            Message::SystemTheme(mode) => {
                self.system_dark = mode == iced::theme::Mode::Dark;
                Task::none()
            }
            Message::Dropped(path) => self.dropped(path),
            Message::ThemeToggled => self.toggle_theme(),
            Message::Escaped => self.escaped(),
            Message::CloseAsked => self.leave(Destination::Outside),
            Message::Leaving(message) => self.leaving_happened(message),
            Message::TravelAt(shortcut, focused) => self.travel(shortcut, &focused),
        }
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
            editor::Action::GoHome => self.leave(Destination::Home),
        }
    }

    fn open(&mut self, id: &DraftId) -> Task<Message> {
        if let Some(editor) = &mut self.editor {
            // A file read for long must not push aside what is being written by now.
            editor.tell("另一份草稿已经放进首页的列表，可以回首页打开。");
            return self.home.list().map(Message::Home);
        }
        match self.opened(id) {
            Ok((mut editor, task)) => {
                self.session += 1;
                self.home.opened(id);
                self.settings.last_draft = Some(id.as_str().to_owned());
                let kept = self.keep_settings();
                editor.share(self.settings.page_share);
                editor.open_page(self.settings.page_open);
                if let Some(folder) = &self.settings.export_folder {
                    editor.export_to(folder);
                }
                self.editor = Some(editor);
                let resized = self.resized();
                Task::batch([kept, resized, task.map(self.to_editor())])
            }
            Err(problem) => {
                self.home.tell(problem);
                self.home.list().map(Message::Home)
            }
        }
    }

    fn opened(&self, id: &DraftId) -> Result<(editor::State, Task<editor::Message>), String> {
        // Where nothing can be written, a draft can at least be read and exported.
        let (lock, unwritable) = match self.store.lock(id) {
            Ok(lock) => (lock, None),
            Err(error) => (None, Some(error.to_string())),
        };
        // Only who may write may put a damaged file aside.
        let loaded = match &lock {
            Some(_) => self.store.load_or_recover(id),
            None => self.store.load(id).map(|draft| (draft, None)),
        };
        let (draft, recovered) = loaded.map_err(|error| error.to_string())?;
        let notice = self.home.notice(&draft.notice).ok_or_else(|| {
            format!(
                "这份草稿用的通知“{}”不在本机上。请把它的 JSON 文件放到“{}”，再重新打开。",
                draft.notice,
                self.store.notices_folder().display()
            )
        })?;
        let (mut editor, task) = editor::State::open(
            self.store.clone(),
            id.clone(),
            draft,
            Arc::clone(&notice),
            lock,
            || jiff::Zoned::now().date(),
        );
        if let Some(problem) = unwritable {
            editor.only_look(&problem);
        }
        if recovered.is_some() {
            editor.warn("草稿文件已损坏，现在显示的是最近一个完好的历史版本，请核对后继续。");
        }
        Ok((editor, task))
    }

    fn escaped(&mut self) -> Task<Message> {
        if self.leaving.is_some() {
            return self.leaving_happened(leaving::Message::Stayed);
        }
        if self.help {
            return self.toggle_help();
        }
        let to_editor = self.to_editor();
        match &mut self.editor {
            Some(editor) => editor.escape().map(to_editor),
            None => self.home.escape().map(Message::Home),
        }
    }

    fn shortcut(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Next | Shortcut::Previous => {
                focus::step(shortcut == Shortcut::Next, self.last_control.clone())
                    .chain(focus::find().map(Message::FocusFound))
            }
            Shortcut::Theme => self.toggle_theme(),
            Shortcut::Larger => self.scale(1.1),
            Shortcut::Smaller => self.scale(1.0 / 1.1),
            Shortcut::NormalSize => self.scale(1.0 / self.settings.scale),
            // What lies under a question is left alone until it is answered.
            _ if self.leaving.is_some() => Task::none(),
            Shortcut::Help => self.toggle_help(),
            Shortcut::New | Shortcut::Open => {
                let home = self.go_home();
                if shortcut == Shortcut::Open && self.editor.is_none() {
                    let ask = home::State::ask_for_file().map(Message::Home);
                    return Task::batch([home, ask]);
                }
                home
            }
            Shortcut::Undo | Shortcut::Redo => {
                focus::find().map(move |focused| Message::TravelAt(shortcut, focused))
            }
            _ => match &mut self.editor {
                Some(editor) => {
                    let action = editor.shortcut(shortcut);
                    self.obey(action)
                }
                None => self.home.shortcut(shortcut).map(Message::Home),
            },
        }
    }

    /// Undo and redo, but not from a box that holds nothing of the draft: what changes would be out of
    /// sight.
    fn travel(&mut self, shortcut: Shortcut, focused: &Focused) -> Task<Message> {
        match &mut self.editor {
            Some(editor) if !focused.is_line() || editor.is_of_draft(focused) => {
                let action = editor.shortcut(shortcut);
                self.obey(action)
            }
            _ => Task::none(),
        }
    }

    fn toggle_help(&mut self) -> Task<Message> {
        self.help = !self.help;
        let put = match &self.editor {
            _ if self.help => focus::enter_dialog(),
            Some(editor) => editor.take_keyboard_back(),
            None => Task::none(),
        };
        put.chain(Task::done(Message::KeyboardPut))
    }

    fn toggle_theme(&mut self) -> Task<Message> {
        // The theme that the system has too is followed from then on.
        let dark = !self.is_dark();
        self.settings.dark = (dark != self.system_dark).then_some(dark);
        self.keep_settings()
    }

    fn go_home(&mut self) -> Task<Message> {
        self.update(Message::Editor(self.session, editor::Message::HomeAsked))
    }

    fn focus_found(&mut self, focused: Focused) -> Task<Message> {
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
        let to_editor = self.to_editor();
        match &mut self.editor {
            Some(editor) => editor.dropped(path).map(to_editor),
            None => self.home.open_path(path).map(Message::Home),
        }
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let screen: Element<'_, Message> = match &self.editor {
            Some(editor) => editor.view().map(self.to_editor()),
            None => iced::widget::stack![
                self.home.view().map(Message::Home),
                container(control::symbol(
                    Icon::Theme,
                    "浅色或深色（F2）",
                    Some(Message::ThemeToggled)
                ))
                .padding(theme::space::M)
                .align_right(Fill),
            ]
            .into(),
        };
        // Always a stack of two, so that no control loses its state when what lies over it comes and goes.
        let over: Element<'_, Message> = match &self.leaving {
            Some(leaving) => focus::dialog(leaving.view().map(Message::Leaving)),
            None if self.help => focus::dialog(help(Message::Shortcut(Shortcut::Help))),
            None => iced::widget::space().into(),
        };
        // Without a ground of its own: the window is cleared with the theme's, and a quad of its size
        // would be filled again for every part that has changed.
        container(iced::widget::stack![screen, over]).width(Fill).height(Fill).into()
    }
}

/// The events the window itself acts on.
fn message_of(event: Event, status: event::Status, _window: window::Id) -> Option<Message> {
    match event {
        Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, .. }) => {
            match key {
                Key::Named(keyboard::key::Named::Escape) => Some(Message::Escaped),
                key => match Arrow::of(&key, modifiers) {
                    // A box that moves its caret has taken it.
                    Some(arrow) if status == event::Status::Ignored => Some(Message::Arrow(arrow)),
                    _ => Shortcut::of(&key, physical_key, modifiers).map(Message::Shortcut),
                },
            }
        }
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => Some(Message::Released),
        Event::Window(window::Event::Opened { size, .. } | window::Event::Resized(size)) => {
            Some(Message::Resized(size))
        }
        Event::Window(window::Event::Moved(at)) => Some(Message::Moved(at)),
        Event::Window(window::Event::Rescaled(density)) => Some(Message::Rescaled(density)),
        Event::Window(window::Event::FileDropped(path)) => Some(Message::Dropped(path)),
        Event::Window(window::Event::CloseRequested) => Some(Message::CloseAsked),
        _ => None,
    }
}
