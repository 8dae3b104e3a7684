//! Where the keyboard is, and bringing that place into view.

use iced::advanced::widget::operate;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable, TextInput};
use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{Id, container, operation};
use iced::{Rectangle, Task, Vector};

use super::widget::Element;

/// Room kept above and below a control that was brought into view, logical pixels.
const MARGIN: f32 = 48.0;

/// The list of controls of a screen that scrolls.
pub(crate) fn form_id() -> Id {
    Id::new("form")
}

fn dialog_id() -> Id {
    Id::new("dialog")
}

/// Keeps the keyboard in what lies over the window. It must come after all that it lies over.
pub(crate) fn dialog<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    container(content).id(dialog_id()).into()
}

/// What has the keyboard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Focused {
    /// Its name; `None`: nothing, or something without a name.
    pub(crate) id: Option<Id>,
    /// It is a box of one line.
    is_line: bool,
    /// How far the form must scroll on, so that it is seen; `None`: it is seen or not in the form.
    scroll: Option<AbsoluteOffset>,
}

/// Finds what has the keyboard.
pub(crate) fn find() -> Task<Focused> {
    operate(Search::for_control(None))
}

/// Moves the keyboard to the next or the previous control. Where nothing has it, because empty ground was
/// clicked, it goes on from the one called `last`; without that, the next one is the first of the form:
/// the tools above and beside it come after what is to be filled in.
pub(crate) fn step<M: Send + 'static>(forward: bool, last: Option<Id>) -> Task<M> {
    walk(if forward { Goal::Next } else { Goal::Previous }, last)
}

/// Puts the keyboard into the control called `id`, or else into the first of the form.
pub(crate) fn enter<M: Send + 'static>(id: Option<Id>) -> Task<M> {
    walk(Goal::Form, id)
}

/// Puts the keyboard into the first control of what lies over the window.
pub(crate) fn enter_dialog<M: Send + 'static>() -> Task<M> {
    walk(Goal::Form, None)
}

fn walk<M: Send + 'static>(goal: Goal, name: Option<Id>) -> Task<M> {
    operate::<()>(Walk::new(goal, name)).discard()
}

/// Brings a control, or a container, into view.
pub(crate) fn reveal<M: Send + 'static>(id: Id) -> Task<M> {
    operate(Search::for_control(Some(id))).then(|found| found.scroll())
}

impl Focused {
    /// A place in sight.
    #[cfg(test)]
    pub(crate) fn at(id: Option<Id>) -> Self {
        Self { id, is_line: false, scroll: None }
    }

    /// A box of one line in sight.
    #[cfg(test)]
    pub(crate) fn in_line(id: Id) -> Self {
        Self { id: Some(id), is_line: true, scroll: None }
    }

    /// It is a box of one line.
    pub(crate) const fn is_line(&self) -> bool {
        self.is_line
    }

    /// Scrolls the form so that it is seen.
    pub(crate) fn scroll<M: Send + 'static>(self) -> Task<M> {
        match self.scroll {
            Some(offset) => operation::scroll_by(form_id(), offset),
            None => Task::none(),
        }
    }
}

/// Whether a control that begins at `bounds` lies in the column of the form.
fn is_inside(form: Rectangle, bounds: Rectangle) -> bool {
    bounds.x >= form.x && bounds.x + bounds.width <= form.x + form.width + 1.0
}

/// Where the keyboard should go.
#[derive(Debug, Clone, Copy)]
enum Goal {
    /// To the control after what has the keyboard, or had it last.
    Next,
    /// To the one before.
    Previous,
    /// To the control of the name, or else to the first of the form.
    Form,
}

/// Counts the controls to find the number of the one that is wanted, which is then focused.
struct Walk {
    goal: Goal,
    name: Option<Id>,
    count: usize,
    focused: Option<usize>,
    /// The control of the name.
    named: Option<usize>,
    form: Option<Rectangle>,
    /// The first control of the form.
    first: Option<usize>,
    /// The first control of what lies over the others; those before it are not to be reached.
    floor: usize,
}

impl Walk {
    fn new(goal: Goal, name: Option<Id>) -> Self {
        Self { goal, name, count: 0, focused: None, named: None, form: None, first: None, floor: 0 }
    }

    fn wanted(&self) -> Option<usize> {
        let last = self.count.checked_sub(1).filter(|last| *last >= self.floor)?;
        match (self.goal, self.focused.or(self.named)) {
            (Goal::Form, _) => self.named.or(self.first),
            (Goal::Next, None) => Some(self.first.unwrap_or(self.floor)),
            (Goal::Next, Some(at)) => Some(if at == last { self.floor } else { at + 1 }),
            (Goal::Previous, Some(at)) if at > self.floor => Some(at - 1),
            (Goal::Previous, _) => Some(last),
        }
    }
}

impl Operation<()> for Walk {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _content_bounds: Rectangle,
        _translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        if id == Some(&form_id()) {
            self.form = Some(bounds);
        }
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&form_id()) {
            self.form = Some(bounds);
        }
        if id == Some(&dialog_id()) {
            (self.focused, self.named, self.first) = (None, None, None);
            self.form = Some(bounds);
            self.floor = self.count;
        }
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.count);
        }
        if id.is_some() && id == self.name.as_ref() {
            self.named.get_or_insert(self.count);
        }
        if self.first.is_none() && self.form.is_some_and(|form| is_inside(form, bounds)) {
            self.first = Some(self.count);
        }
        self.count += 1;
    }

    fn finish(&self) -> Outcome<()> {
        match self.wanted() {
            Some(wanted) => Outcome::Chain(Box::new(FocusNumber { wanted, count: 0 })),
            None => Outcome::None,
        }
    }
}

/// Focuses the control of this number, and no other.
struct FocusNumber {
    wanted: usize,
    count: usize,
}

impl Operation<()> for FocusNumber {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.count == self.wanted {
            state.focus();
        } else {
            state.unfocus();
        }
        self.count += 1;
    }
}

struct Search {
    wanted: Option<Id>,
    /// Bounds of the form and how far it is scrolled.
    form: Option<(Rectangle, Vector)>,
    found: Option<(Option<Id>, Rectangle)>,
    /// Bounds of the boxes of one line.
    lines: Vec<Rectangle>,
}

impl Search {
    /// For the control called `wanted`, or else for the one that has the keyboard.
    fn for_control(wanted: Option<Id>) -> Self {
        Self { wanted, form: None, found: None, lines: Vec::new() }
    }
}

impl Operation<Focused> for Search {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Focused>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _content_bounds: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        if id == Some(&form_id()) {
            self.form = Some((bounds, translation));
        }
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if self.wanted.is_some() && id == self.wanted.as_ref() {
            self.found = Some((id.cloned(), bounds));
        }
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let hit = match &self.wanted {
            Some(wanted) => id == Some(wanted),
            None => state.is_focused(),
        };
        if hit {
            self.found = Some((id.cloned(), bounds));
        }
    }

    fn text_input(&mut self, _id: Option<&Id>, bounds: Rectangle, _state: &mut dyn TextInput) {
        self.lines.push(bounds);
    }

    fn finish(&self) -> Outcome<Focused> {
        let Some((id, place)) = self.found.clone() else {
            return Outcome::Some(Focused { id: None, is_line: false, scroll: None });
        };
        let scroll = self.form.and_then(|(form, shift)| scroll_by(place, form, shift));
        Outcome::Some(Focused { id, is_line: self.lines.contains(&place), scroll })
    }
}

/// How far `form`, scrolled by `shift`, must scroll on to show `place`, given as laid out without
/// scrolling. Not where to: what is told of the blank that was left may move it meanwhile, and the form
/// with it.
fn scroll_by(place: Rectangle, form: Rectangle, shift: Vector) -> Option<AbsoluteOffset> {
    let inside = is_inside(form, place);
    let top = place.y - form.y;
    let (first, last) = (shift.y, shift.y + form.height);
    let seen = top >= first && top + place.height.min(form.height / 2.0) <= last;
    if !inside || seen {
        return None;
    }
    let y = if top < first {
        top - MARGIN
    } else {
        top + place.height.min(form.height - 2.0 * MARGIN) + MARGIN - form.height
    };
    Some(AbsoluteOffset { x: 0.0, y: y.max(0.0) - shift.y })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Rectangle = Rectangle { x: 200.0, y: 50.0, width: 500.0, height: 400.0 };

    fn place(y: f32) -> Rectangle {
        Rectangle { x: 220.0, y, width: 300.0, height: 30.0 }
    }

    #[test]
    fn a_control_below_the_edge_comes_into_view_and_one_in_view_stays() {
        assert_eq!(scroll_by(place(100.0), FORM, Vector::new(0.0, 0.0)), None);
        let Some(offset) = scroll_by(place(900.0), FORM, Vector::new(0.0, 0.0)) else {
            panic!("it lies below");
        };
        assert_eq!(scroll_by(place(900.0), FORM, Vector::new(0.0, offset.y)), None);
        let up = scroll_by(place(60.0), FORM, Vector::new(0.0, 300.0));
        assert_eq!(up.map(|offset| offset.y), Some(-300.0));
    }

    #[test]
    fn a_control_beside_the_form_scrolls_nothing() {
        let beside = Rectangle { x: 10.0, ..place(900.0) };
        assert_eq!(scroll_by(beside, FORM, Vector::new(0.0, 0.0)), None);
    }

    #[derive(Default)]
    struct Control(bool);

    impl Focusable for Control {
        fn is_focused(&self) -> bool {
            self.0
        }

        fn focus(&mut self) {
            self.0 = true;
        }

        fn unfocus(&mut self) {
            self.0 = false;
        }
    }

    /// Which of five controls has the keyboard after a walk: two beside the form, three in it.
    fn after(goal: Goal, name: Option<&'static str>, focused: Option<usize>) -> Option<usize> {
        after_with(goal, name, focused, None)
    }

    /// The same where what lies over the others begins with the control of number `dialog`.
    fn after_with(
        goal: Goal,
        name: Option<&'static str>,
        focused: Option<usize>,
        dialog: Option<usize>,
    ) -> Option<usize> {
        let mut walk = Walk { form: Some(FORM), ..Walk::new(goal, name.map(Id::new)) };
        let mut controls: Vec<Control> = (0..5).map(|n| Control(focused == Some(n))).collect();
        let ids: Vec<Id> = (0..5).map(|n| Id::from(format!("control {n}"))).collect();
        let bounds =
            |n: usize| if n < 2 { Rectangle { x: 0.0, ..place(9.0) } } else { place(99.0) };
        for (n, control) in controls.iter_mut().enumerate() {
            if dialog == Some(n) {
                walk.container(Some(&dialog_id()), FORM);
            }
            walk.focusable(ids.get(n), bounds(n), control);
        }
        let mut second = FocusNumber { wanted: walk.wanted()?, count: 0 };
        for (n, control) in controls.iter_mut().enumerate() {
            second.focusable(None, bounds(n), control);
        }
        controls.iter().position(|control| control.0)
    }

    #[test]
    fn the_keyboard_begins_in_the_form_and_goes_round() {
        assert_eq!(after(Goal::Next, None, None), Some(2));
        assert_eq!(after(Goal::Next, None, Some(2)), Some(3));
        assert_eq!(after(Goal::Next, None, Some(4)), Some(0));
        assert_eq!(after(Goal::Previous, None, Some(0)), Some(4));
        assert_eq!(after(Goal::Form, Some("control 3"), Some(0)), Some(3));
        assert_eq!(after(Goal::Form, Some("nowhere"), Some(0)), Some(2));
    }

    #[test]
    fn the_keyboard_goes_on_from_where_it_was_before_empty_ground_was_clicked() {
        assert_eq!(after(Goal::Next, Some("control 3"), None), Some(4));
        assert_eq!(after(Goal::Previous, Some("control 3"), None), Some(2));
        assert_eq!(
            after(Goal::Next, Some("control 3"), Some(0)),
            Some(1),
            "not while it is somewhere"
        );
        assert_eq!(after(Goal::Next, Some("of another screen"), None), Some(2));
    }

    #[test]
    fn the_keyboard_stays_in_what_lies_over_the_window() {
        assert_eq!(after_with(Goal::Form, None, Some(2), Some(3)), Some(3));
        assert_eq!(after_with(Goal::Next, None, Some(2), Some(3)), Some(3));
        assert_eq!(after_with(Goal::Next, None, Some(4), Some(3)), Some(3));
        assert_eq!(after_with(Goal::Previous, None, Some(3), Some(3)), Some(4));
    }
}
