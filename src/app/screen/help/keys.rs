//! Keys in the guide: they turn pages, walk through the contents, find, and go back.

use iced::advanced::{Layout, Shell};
use iced::keyboard::{self, Key, key};
use iced::widget::scrollable::{AbsoluteOffset, RelativeOffset};
use iced::widget::{Id, operation};
use iced::{Event, Task};

use super::{Message, State, contents, view};
use crate::app::focus;
use crate::app::shortcut::{Arrow, Shortcut};
use crate::app::widget::Element;
use crate::app::widget::wrap::{Inside, Wrap, wrap};

/// How far an arrow key moves the page, logical pixels.
const LINE: f32 = 60.0;

/// A key that turns pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// A screenful back.
    Up,
    /// A screenful on.
    Down,
    /// To the top.
    Start,
    /// To the end.
    End,
}

impl State {
    /// A key combination.
    pub(crate) fn shortcut(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Find => view::to_search(),
            Shortcut::Back => self.update(Message::BackAsked),
            _ => Task::none(),
        }
    }

    /// An arrow key that no box took: to the place beside the one in the list that has the keyboard, or
    /// else it moves the page.
    pub(crate) fn arrowed(&self, arrow: Arrow, focused: Option<&Id>) -> Task<Message> {
        if !arrow.is_vertical() {
            return Task::none();
        }
        let rows = self.rows();
        let at = rows.iter().position(|row| Some(row) == focused);
        let Some(at) = at else {
            let y = if arrow.is_forward() { LINE } else { -LINE };
            return operation::scroll_by(focus::form_id(), AbsoluteOffset { x: 0.0, y });
        };
        match rows.into_iter().nth(arrow.beside(at, self.rows().len())) {
            Some(id) => operation::focus(id.clone()).chain(contents::reveal(id)),
            None => Task::none(),
        }
    }

    /// Escape. `true`: the guide is to be put away.
    pub(crate) fn escape(&mut self) -> (bool, Task<Message>) {
        if self.sought.is_empty() {
            return (true, Task::none());
        }
        let cleared = self.seek(String::new());
        (false, Task::batch([cleared, view::to_search()]))
    }

    pub(super) fn turn(&self, turn: Turn) -> Task<Message> {
        let screenful = (self.window.height - 2.0 * LINE).max(LINE);
        let by = |y| operation::scroll_by(focus::form_id(), AbsoluteOffset { x: 0.0, y });
        let to = |y| operation::snap_to(focus::form_id(), RelativeOffset { x: 0.0, y });
        match turn {
            Turn::Up => by(-screenful),
            Turn::Down => by(screenful),
            Turn::Start => to(0.0),
            Turn::End => to(1.0),
        }
    }
}

/// Around all of the guide: tells the keys that turn pages and that nothing in it took.
pub(super) fn turning<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    wrap(Turning, content)
}

struct Turning;

/// Makes its state another type than that of other widgets without one.
#[derive(Debug, Default)]
struct Stateless;

impl Wrap<Message> for Turning {
    type State = Stateless;

    fn after(
        &mut self,
        _state: &mut Stateless,
        _inside: Inside<'_, '_, Message>,
        event: &Event,
        _layout: Layout<'_>,
        _renderer: &iced::Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else {
            return;
        };
        if shell.is_event_captured() || !modifiers.is_empty() {
            return;
        }
        let turn = match key {
            Key::Named(key::Named::PageUp) => Turn::Up,
            Key::Named(key::Named::PageDown) => Turn::Down,
            Key::Named(key::Named::Home) => Turn::Start,
            Key::Named(key::Named::End) => Turn::End,
            _ => return,
        };
        shell.publish(Message::Turned(turn));
        shell.capture_event();
    }
}
