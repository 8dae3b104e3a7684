//! Leaves a screen as it is, with its keyboard and its scrolling, while another lies over all of it.

use iced::advanced::{Shell, mouse};
use iced::{Event, Rectangle, Theme, keyboard, window};

use super::Element;
use super::wrap::{Place, Wrap, wrap};

/// Around a screen: while it is `on`, no key or operation reaches the screen, and it is not drawn.
pub(crate) fn covered<'a, Message: 'a>(
    on: bool,
    screen: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Covered { on }, screen)
}

struct Covered {
    on: bool,
}

/// Makes its state another type than that of other widgets without one.
#[derive(Debug, Default)]
struct Kept;

impl<Message> Wrap<Message> for Covered {
    type State = Kept;

    fn is_reached(&self) -> bool {
        !self.on
    }

    fn takes(
        &mut self,
        _state: &mut Kept,
        event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
        _shell: &mut Shell<'_, Message>,
    ) -> bool {
        self.on && !ends_something(event)
    }

    fn draw(
        &self,
        _state: &Kept,
        renderer: &mut iced::Renderer,
        _theme: &Theme,
        _place: Place<'_>,
        inside: &dyn Fn(&mut iced::Renderer),
    ) {
        if !self.on {
            inside(renderer);
        }
    }
}

/// What began before the screen was covered ends under it: a press, a drag, a key held with others.
const fn ends_something(event: &Event) -> bool {
    matches!(
        event,
        Event::Keyboard(keyboard::Event::ModifiersChanged(_))
            | Event::Mouse(mouse::Event::ButtonReleased(_))
            | Event::Window(window::Event::Focused | window::Event::Unfocused)
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use iced::widget::{Id, text_input};
    use iced_test::runtime::UserInterface;
    use iced_test::runtime::user_interface::Cache;
    use iced_test::selector;

    #[test]
    fn what_is_covered_takes_no_key_and_no_operation() {
        let input = || text_input("", "").id("line").on_input(|words| words);
        let mut ui = iced_test::simulator(covered(true, input()));
        assert!(ui.click(selector::id("line")).is_err());
        ui.typewrite("x");
        assert_eq!(ui.into_messages().count(), 0);
        let mut ui = iced_test::simulator(covered(false, input()));
        ui.click(selector::id("line")).unwrap();
        ui.typewrite("x");
        assert_eq!(ui.into_messages().collect::<Vec<String>>(), ["x"]);
    }

    #[test]
    fn the_keyboard_is_still_there_once_it_is_uncovered() {
        use iced::advanced::widget::operation::{Operation, Outcome, focusable};
        let mut renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let mut cache = Cache::default();
        let mut found = Vec::new();
        for on in [false, true, false] {
            let line: Element<'_, String> =
                text_input("", "").id("line").on_input(|words| words).into();
            let size = iced::Size::new(200.0, 100.0);
            let mut ui = UserInterface::build(covered(on, line), size, cache, &mut renderer);
            if found.is_empty() {
                ui.operate(&renderer, &mut focusable::focus::<()>(Id::new("line")));
            } else if on {
                ui.operate(&renderer, &mut focusable::unfocus::<()>());
            }
            let mut look = focusable::find_focused();
            ui.operate(&renderer, &mut iced::advanced::widget::operation::black_box(&mut look));
            found.push(matches!(look.finish(), Outcome::Some(_)));
            cache = ui.into_cache();
        }
        assert_eq!(found, [true, false, true]);
    }
}
