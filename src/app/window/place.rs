//! The window's size, place and magnification, and what of them the next start finds again.

use std::time::Duration;

use iced::{Point, Size, Task, window};

use super::{App, Message};
use crate::app::worker;

/// From the last change of the window's size until it is kept.
const SETTLED: Duration = Duration::from_millis(700);

impl App {
    /// The window has another size, logical pixels.
    pub(super) fn resized_to(&mut self, size: Size) -> Task<Message> {
        self.window = size;
        self.size_changes += 1;
        let change = self.size_changes;
        let settled = worker::after(SETTLED, Message::SizeSettled(change));
        Task::batch([self.resized(), settled])
    }

    /// The size is kept once it has not changed for a while, and the system has said whether it is
    /// that of the whole screen.
    pub(super) fn size_settled(&self, change: u64) -> Task<Message> {
        if change != self.size_changes {
            return Task::none();
        }
        window::latest().and_then(window::is_maximized).map(Message::Maximized)
    }

    /// The window fills the screen, or not.
    pub(super) fn maximized(&mut self, maximized: bool) -> Task<Message> {
        self.settings.maximized = maximized;
        self.note_place();
        self.keep_settings()
    }

    /// Writes what the window remembers, off this thread; what changes meanwhile is written after it.
    pub(super) fn keep_settings(&mut self) -> Task<Message> {
        if !self.keeping.request() {
            return Task::none();
        }
        let (settings, store) = (self.settings.clone(), self.store.clone());
        worker::run(move || settings.save(&store), |_| Message::SettingsKept)
    }

    /// What the window remembers was written: what has changed meanwhile comes next, and then the window
    /// closes if it waits for that.
    pub(super) fn settings_kept(&mut self) -> Task<Message> {
        if self.keeping.finished() { self.keep_settings() } else { self.close_if_asked() }
    }

    /// Notes size and place for the next start; those of the whole screen are not the person's choice.
    pub(super) fn note_place(&mut self) {
        if self.settings.maximized {
            return;
        }
        self.settings.width = self.window.width * self.settings.scale;
        self.settings.height = self.window.height * self.settings.scale;
        self.settings.place = self.place.or(self.settings.place);
    }

    /// Makes a window that was larger than the screen as large as that. One that filled it fills it
    /// again, which some systems ignore of a window that is not shown yet.
    pub(super) fn fit(&self, screen: Option<Size>) -> Task<Message> {
        if self.settings.maximized {
            return window::latest().and_then(|id| window::maximize(id, true));
        }
        let Some(screen) = screen else { return Task::none() };
        let size = self.settings.scaled_size();
        let resized = match fitting(size, screen) {
            Some(size) => window::latest().and_then(move |id| window::resize(id, size)),
            None => Task::none(),
        };
        let moved = |place: (f32, f32)| moved(place.into(), size, screen, MAY_STAND_ELSEWHERE);
        match self.settings.place.and_then(moved) {
            Some(to) => resized.chain(window::latest().and_then(move |id| window::move_to(id, to))),
            None => resized,
        }
    }

    /// Makes everything larger or smaller.
    pub(super) fn scale(&mut self, factor: f32) -> Task<Message> {
        let before = self.settings.scale;
        self.settings.scale = (before * factor).clamp(0.9, 2.0);
        let shrunk = before / self.settings.scale;
        self.window = Size::new(self.window.width * shrunk, self.window.height * shrunk);
        let kept = self.keep_settings();
        Task::batch([kept, self.resized()])
    }

    /// Has the editor and the guide lay themselves out for the window as it is now.
    pub(super) fn resized(&mut self) -> Task<Message> {
        let density = self.density * self.settings.scale;
        let to_editor = self.to_editor();
        let editor = match &mut self.editor {
            Some(editor) => editor.resized(self.window, density).map(to_editor),
            None => Task::none(),
        };
        match &mut self.help {
            Some(help) => {
                Task::batch([editor, help.resized(self.window, density).map(Message::Help)])
            }
            None => editor,
        }
    }
}

/// On Linux a window manager brings a window into view that would open beside all screens. Elsewhere none
/// does, and which other screens there are is not told: a window of another screen comes to the first one
/// rather than to a screen that is gone.
pub(super) const MAY_STAND_ELSEWHERE: bool = cfg!(all(unix, not(target_os = "macos")));

/// Where a window of `size` at `place` must go to be seen whole on `screen`; `None`: it is, or it may stand
/// on another screen.
pub(super) fn moved(place: Point, size: Size, screen: Size, elsewhere: bool) -> Option<Point> {
    let is_here = !elsewhere || (place.x < screen.width && place.y < screen.height);
    let most = |screen: f32, size: f32| (screen - size).max(0.0);
    let to = Point::new(
        place.x.min(most(screen.width, size.width)),
        place.y.min(most(screen.height, size.height)),
    );
    (is_here && to != place).then_some(to)
}

/// The size that a window of `size` must take to be seen whole on `screen`; `None`: it is.
pub(super) fn fitting(size: Size, screen: Size) -> Option<Size> {
    let fits = size.width <= screen.width && size.height <= screen.height;
    (!fits).then(|| Size::new(size.width.min(screen.width), size.height.min(screen.height)))
}
