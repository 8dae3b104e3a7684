//! Shows what is selected in a box for paragraphs while the keyboard is elsewhere, as in the bar for find.

use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::{InputMethod, Layout, Shell};
use iced::widget::Id;
use iced::{Event, Rectangle, window};

use super::Element;
use super::wrap::{Inside, Wrap, wrap};
use crate::app::focus::survey::Selected;

/// Around a box for paragraphs: where it is `on`, the selection is drawn without the keyboard, and whoever
/// surveys the window is told its place as [`Selected`].
pub(crate) fn marked<'a, Message: 'a>(
    on: bool,
    editor: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Marked { on }, editor)
}

/// The toolkit draws a selection only in what has the keyboard. So the box is given it for the time in
/// which it can only be drawn, and loses it before it could see an event or be found.
struct Marked {
    on: bool,
}

#[derive(Debug, Default)]
struct Posing {
    /// The box has the keyboard for its looks only.
    posing: bool,
    /// Where the selection begins.
    place: Option<Rectangle>,
}

impl<Message> Wrap<Message> for Marked {
    type State = Posing;

    fn operate(&mut self, state: &mut Posing, _bounds: Rectangle, operation: &mut dyn Operation) {
        if let Some(place) = state.place.filter(|_| self.on) {
            operation.custom(None, place, &mut Selected);
        }
    }

    fn before(
        &mut self,
        state: &mut Posing,
        mut inside: Inside<'_, '_, Message>,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
    ) {
        if std::mem::take(&mut state.posing) {
            inside.operate(layout, renderer, &mut Put { focus: false, done: false });
        }
    }

    /// Asks the box for its place in the only way there is: as an input method would be told.
    fn after(
        &mut self,
        state: &mut Posing,
        mut inside: Inside<'_, '_, Message>,
        event: &Event,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        _shell: &mut Shell<'_, Message>,
    ) {
        if !self.on || !matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            return;
        }
        let mut put = Put { focus: true, done: false };
        inside.operate(layout, renderer, &mut put);
        let mut messages = Vec::new();
        let mut apart = Shell::new(&mut messages);
        inside.update(layout, renderer, event, &mut apart);
        state.place = match apart.input_method() {
            InputMethod::Enabled { cursor, .. } => Some(*cursor),
            InputMethod::Disabled => None,
        };
        if put.done {
            inside.operate(layout, renderer, &mut Put { focus: false, done: false });
        }
    }

    fn settle(
        &mut self,
        state: &mut Posing,
        mut inside: Inside<'_, '_, Message>,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
    ) {
        if self.on {
            let mut put = Put { focus: true, done: false };
            inside.operate(layout, renderer, &mut put);
            state.posing = put.done;
        }
    }
}

/// Gives the keyboard to what has it not, or takes it away.
struct Put {
    focus: bool,
    done: bool,
}

impl Operation for Put {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() != self.focus {
            self.done = true;
            if self.focus { state.focus() } else { state.unfocus() }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use iced::widget::{column, text_editor, text_input};
    use iced_test::selector;

    #[test]
    fn a_marked_box_is_drawn_otherwise_and_takes_no_key() {
        let mut content = text_editor::Content::with_text("研发平台");
        content.perform(text_editor::Action::SelectAll);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plain");
        // The first one writes what the others are compared with.
        for (on, is_same) in [(false, true), (false, true), (true, false)] {
            let editor = text_editor(&content).id("box").on_action(|_| "box");
            let line = text_input("", "").id("line").on_input(|_| "line");
            let mut ui = iced_test::simulator(column![line, marked(on, editor)]);
            ui.click(selector::id("line")).unwrap();
            ui.typewrite("x");
            let picture = ui.snapshot(&iced::Theme::Light).unwrap();
            assert_eq!(picture.matches_hash(&file).unwrap(), is_same, "{on}");
            assert_eq!(ui.into_messages().collect::<Vec<_>>(), ["line"]);
        }
    }
}
