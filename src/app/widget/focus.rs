//! Lets any pressable thing take the keyboard: Tab reaches it, Space and Enter press it.

use iced::advanced::widget::{Operation, operation};
use iced::advanced::{Renderer as _, Shell, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers, key};
use iced::widget::Id;
use iced::{Border, Color, Event, Rectangle, Theme};

use super::Element;
use super::wrap::{Place, Wrap, wrap};
use crate::app::focus::survey::PassedBy;
use crate::app::theme;

/// Wraps `content` so that it takes the focus and, on Space or Enter, sends `message`.
pub(crate) fn focusable<'a, Message: Clone + 'a>(
    id: Option<Id>,
    content: impl Into<Element<'a, Message>>,
    message: Option<Message>,
) -> Element<'a, Message> {
    focusable_if(true, id, content, message)
}

/// The same; where it is no `stop`, Tab passes it by, and the arrow keys lead to it.
pub(crate) fn focusable_if<'a, Message: Clone + 'a>(
    stop: bool,
    id: Option<Id>,
    content: impl Into<Element<'a, Message>>,
    message: Option<Message>,
) -> Element<'a, Message> {
    let can_focus = message.is_some();
    let pressed = move |key: &Key, modifiers: Modifiers| {
        let presses = is_press(key) && !modifiers.command() && !modifiers.alt();
        message.clone().filter(|_| presses)
    };
    wrap(Focusable { id, can_focus, stop, pressed }, content)
}

/// Wraps `content` so that it takes the focus and has keys of its own: those for which `pressed` says
/// what they send.
pub(crate) fn with_keys<'a, Message: 'a>(
    id: Id,
    content: impl Into<Element<'a, Message>>,
    pressed: impl Fn(&Key, Modifiers) -> Option<Message> + 'a,
) -> Element<'a, Message> {
    wrap(Focusable { id: Some(id), can_focus: true, stop: true, pressed }, content)
}

fn is_press(key: &Key) -> bool {
    matches!(key, Key::Named(key::Named::Enter | key::Named::Space))
}

struct Focusable<F> {
    id: Option<Id>,
    /// Not what cannot be pressed now.
    can_focus: bool,
    /// Tab stops at it.
    stop: bool,
    pressed: F,
}

/// Whether it has the keyboard.
#[derive(Debug, Default)]
struct State {
    focused: bool,
}

impl operation::Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
    }
}

impl<Message, F: Fn(&Key, Modifiers) -> Option<Message>> Wrap<Message> for Focusable<F> {
    type State = State;

    fn diff(&self, state: &mut State) {
        if !self.can_focus {
            // No operation reaches it any more that would take the focus away.
            state.focused = false;
        }
    }

    fn operate(&mut self, state: &mut State, bounds: Rectangle, operation: &mut dyn Operation) {
        if self.can_focus {
            if !self.stop {
                operation.custom(None, bounds, &mut PassedBy);
            }
            operation.focusable(self.id.as_ref(), bounds, state);
        }
    }

    fn takes(
        &mut self,
        state: &mut State,
        event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) => state.focused = false,
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. })
                if state.focused =>
            {
                if let Some(message) = (self.pressed)(key, *modifiers) {
                    // A key that is held presses once; with an arrow it goes on.
                    if !(*repeat && is_press(key)) {
                        shell.publish(message);
                    }
                    shell.capture_event();
                    return true;
                }
            }
            _ => {}
        }
        false
    }

    fn draw(
        &self,
        state: &State,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        place: Place<'_>,
        inside: &dyn Fn(&mut iced::Renderer),
    ) {
        inside(renderer);
        if !state.focused {
            return;
        }
        // A dark and a light line, so that one of them is seen on any ground.
        let tokens = theme::tokens(theme);
        for (inset, width, color) in [(0.0, 2.0, tokens.accent), (2.0, 1.5, tokens.surface)] {
            let quad = renderer::Quad {
                bounds: place.bounds.shrink(inset),
                border: Border { color, width, radius: (5.0 - inset).into() },
                ..renderer::Quad::default()
            };
            renderer.fill_quad(quad, Color::TRANSPARENT);
        }
    }
}

#[cfg(test)]
mod tests {
    use iced::advanced::clipboard;
    use iced_test::runtime::UserInterface;
    use iced_test::runtime::user_interface::Cache;

    use super::*;

    /// What comes of a key that is pressed in a control, or that goes on being held there.
    fn pressed(content: Element<'_, u8>, named: key::Named, repeat: bool) -> Vec<u8> {
        let key = Key::Named(named);
        let event = Event::Keyboard(keyboard::Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: key::Physical::Unidentified(key::NativeCode::Unidentified),
            location: keyboard::Location::Standard,
            modifiers: Modifiers::empty(),
            text: None,
            repeat,
        });
        let mut renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let size = iced::Size::new(200.0, 100.0);
        let mut ui = UserInterface::build(content, size, Cache::default(), &mut renderer);
        ui.operate(&renderer, &mut operation::focusable::focus::<()>(Id::new("it")));
        let (pointer, mut messages) = (mouse::Cursor::Unavailable, Vec::new());
        let _state =
            ui.update(&[event], pointer, &mut renderer, &mut clipboard::Null, &mut messages);
        messages
    }

    #[test]
    fn a_key_that_is_held_presses_a_button_once() {
        let button = || focusable(Some(Id::new("it")), iced::widget::space(), Some(7));
        for key in [key::Named::Enter, key::Named::Space] {
            assert_eq!(pressed(button(), key, false), [7]);
            assert!(pressed(button(), key, true).is_empty());
        }
    }

    #[test]
    fn an_arrow_that_is_held_goes_on() {
        let days = || with_keys(Id::new("it"), iced::widget::space(), |_, _| Some(7));
        assert_eq!(pressed(days(), key::Named::ArrowLeft, true), [7]);
        assert!(pressed(days(), key::Named::Enter, true).is_empty());
    }
}
