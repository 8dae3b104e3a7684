//! Keeps the control in use where it is on the screen when what stands above it grows or shrinks, and the
//! caret in sight when it moves.

use iced::advanced::widget::operation::{Operation, scrollable};
use iced::advanced::{InputMethod, Layout, Shell, layout, mouse};
use iced::widget::Id;
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Event, Point, Rectangle, Vector, keyboard, window};

use super::Element;
use super::wrap::{Inside, Wrap, wrap};
use crate::app::focus::survey::{Control, Form, Scroll, Survey};

/// Room kept above and below the caret, logical pixels.
const MARGIN: f32 = 12.0;

/// Around `list`, the scrollable called `id`: scrolls it while it is laid out, so that no picture shows
/// the control in use in another place. In use is what has the keyboard, or else what was pressed last.
pub(crate) fn anchor<'a, Message: 'a>(
    id: Id,
    list: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Anchor { id }, list)
}

struct Anchor {
    id: Id,
}

/// The controls as they were laid out last.
#[derive(Debug, Default)]
struct Held {
    controls: Vec<Control>,
    /// Where the mouse was pressed, from the list's corner; forgotten at the next key.
    pressed: Option<Vector>,
    /// How far the list was scrolled here. It tells whole pixels, from which the control would wander.
    scrolled: f32,
    /// How far below the top of the content the caret was, and how much of the content was seen.
    caret: Option<(f32, f32)>,
}

impl<Message> Wrap<Message> for Anchor {
    type State = Held;

    fn layout(
        &mut self,
        held: &mut Held,
        mut inside: Inside<'_, '_, Message>,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let node = inside.layout(renderer, limits);
        let mut now = Survey::new(self.id.clone());
        inside.operate(Layout::new(&node), renderer, &mut now);
        if let Some(y) = offset(&now, held) {
            held.scrolled = y;
            inside.operate(Layout::new(&node), renderer, &mut self.scroll_to(y));
        }
        held.controls = now.controls;
        node
    }

    fn takes(
        &mut self,
        held: &mut Held,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
        _shell: &mut Shell<'_, Message>,
    ) -> bool {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) => {
                held.pressed = cursor.position_in(bounds).map(|at| at - Point::ORIGIN);
            }
            Event::Keyboard(keyboard::Event::KeyPressed { .. }) => held.pressed = None,
            _ => {}
        }
        false
    }

    /// Scrolls to the caret, whose place is only told when the window is about to be drawn, or to what is
    /// selected without it. Where neither that nor the list has changed, the person has scrolled away from it.
    fn after(
        &mut self,
        held: &mut Held,
        mut inside: Inside<'_, '_, Message>,
        event: &Event,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        if !matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            return;
        }
        let mut now = Survey::new(self.id.clone());
        inside.operate(layout, renderer, &mut now);
        let Some(list) = List::of(&now) else { return };
        let mut caret = match shell.input_method_mut() {
            InputMethod::Enabled { cursor, .. } if in_use(&now).is_some() => Some(cursor),
            _ => None,
        };
        let selected = || now.selected.map(|place| place - Vector::new(0.0, list.offset));
        let Some(place) = caret.as_deref().copied().or_else(selected) else { return };
        let (y, seen) = (place.y + list.offset, list.bounds.height);
        let moved = held
            .caret
            .replace((y, seen))
            .is_none_or(|(before, all)| (before - y).abs() > 0.5 || (all - seen).abs() > 0.5);
        if let Some(by) = list.way_to(place).filter(|_| moved) {
            held.scrolled = list.within(list.offset + by);
            if let Some(caret) = &mut caret {
                caret.y -= held.scrolled - list.offset;
            }
            inside.operate(layout, renderer, &mut self.scroll_to(held.scrolled));
        }
    }
}

impl Anchor {
    fn scroll_to(&self, y: f32) -> impl Operation + use<> {
        scrollable::scroll_to(self.id.clone(), AbsoluteOffset { x: None, y: Some(y) })
    }
}

#[derive(Debug, Clone, Copy)]
struct List {
    bounds: Rectangle,
    content: Rectangle,
    offset: f32,
}

impl List {
    /// The one that was looked at.
    fn of(survey: &Survey) -> Option<Self> {
        let Form { bounds, scroll, .. } = survey.form?;
        let Scroll { content, by } = scroll?;
        Some(Self { bounds, content, offset: by.y })
    }

    /// The offset, kept between both ends.
    fn within(&self, offset: f32) -> f32 {
        offset.clamp(0.0, (self.content.height - self.bounds.height).max(0.0))
    }

    /// How far it must scroll on to show `caret`; `None`: that is seen.
    fn way_to(&self, caret: Rectangle) -> Option<f32> {
        let above = caret.y - MARGIN - self.bounds.y;
        let below = caret.y + caret.height + MARGIN - self.bounds.y - self.bounds.height;
        if above < 0.0 { Some(above) } else { Some(below).filter(|below| *below > 0.0) }
    }
}

/// What has the keyboard, if it has a name to be known by.
fn in_use(now: &Survey) -> Option<&Control> {
    now.controls.get(now.focused?).filter(|control| control.id.is_some())
}

/// How far the list must be scrolled for the control in use to stay where it was; `None`: it is there, or
/// there is none.
fn offset(now: &Survey, held: &Held) -> Option<f32> {
    let list = List::of(now)?;
    let (from, to) = match in_use(now) {
        Some(control) => (same(&held.controls, &now.controls, control)?, control),
        None => {
            let at = list.bounds.position() + held.pressed? + Vector::new(0.0, list.offset);
            let is_pressed =
                |control: &&Control| control.id.is_some() && control.bounds.contains(at);
            let control = held.controls.iter().find(is_pressed)?;
            (control, same(&now.controls, &held.controls, control)?)
        }
    };
    let moved = to.bounds.y - from.bounds.y;
    let ours = (held.scrolled - list.offset).abs() <= 0.5;
    let before = if ours { held.scrolled } else { list.offset };
    (moved != 0.0).then(|| list.within(before + moved))
}

/// The control of `among` that is called as `wanted` of `others` is; `None` where they are not as many,
/// so that nobody can tell which it is.
fn same<'a>(among: &'a [Control], others: &[Control], wanted: &Control) -> Option<&'a Control> {
    let called = |control: &&Control| control.id == wanted.id;
    let at = others.iter().filter(called).position(|control| std::ptr::eq(control, wanted))?;
    let as_many = among.iter().filter(called).count() == others.iter().filter(called).count();
    among.iter().filter(called).nth(at).filter(|_| as_many)
}
