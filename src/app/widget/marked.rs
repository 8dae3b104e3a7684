//! Shows what is selected in a box for paragraphs while the keyboard is elsewhere, as in the bar for find.

use iced::Rectangle;
use iced::advanced::Layout;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::widget::Id;

use super::Element;
use super::wrap::{Inside, Wrap, wrap};

/// Around a box for paragraphs: where it is `on`, the selection is drawn without the keyboard.
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

/// The box has the keyboard for its looks only.
#[derive(Debug, Default)]
struct Posing(bool);

impl<Message> Wrap<Message> for Marked {
    type State = Posing;

    fn before(
        &mut self,
        Posing(posing): &mut Posing,
        mut inside: Inside<'_, '_, Message>,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
    ) {
        if std::mem::take(posing) {
            inside.operate(layout, renderer, &mut Put { focus: false, done: false });
        }
    }

    fn settle(
        &mut self,
        Posing(posing): &mut Posing,
        mut inside: Inside<'_, '_, Message>,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
    ) {
        if self.on {
            let mut put = Put { focus: true, done: false };
            inside.operate(layout, renderer, &mut put);
            *posing = put.done;
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
