//! The events of the system that the window itself acts on.

use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::{Event, event, mouse, window};

use super::Message;
use crate::app::shortcut::{Arrow, Shortcut};

/// What an event means for the window; `None`: nothing.
pub(super) fn message_of(
    event: Event,
    status: event::Status,
    _window: window::Id,
) -> Option<Message> {
    match event {
        Event::Keyboard(keyboard::Event::KeyPressed {
            key,
            physical_key,
            modifiers,
            repeat,
            ..
        }) => match (Arrow::of(&key, modifiers), key) {
            (_, Key::Named(Named::Escape)) => (!repeat).then_some(Message::Escaped),
            // A box that moves its caret has taken it.
            (Some(arrow), _) if status == event::Status::Ignored => Some(Message::Arrow(arrow)),
            (_, key) => Shortcut::of(&key, physical_key, modifiers)
                .filter(|shortcut| !repeat || shortcut.goes_on())
                .map(Message::Shortcut),
        },
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => Some(Message::Released),
        Event::Window(window::Event::Opened { size, .. } | window::Event::Resized(size)) => {
            Some(Message::Resized(size))
        }
        Event::Window(window::Event::Focused) => Some(Message::Focused),
        Event::Window(window::Event::Moved(at)) => Some(Message::Moved(at)),
        Event::Window(window::Event::Rescaled(density)) => Some(Message::Rescaled(density)),
        Event::Window(window::Event::FileDropped(path)) => Some(Message::Dropped(path)),
        Event::Window(window::Event::CloseRequested) => Some(Message::CloseAsked),
        _ => None,
    }
}
