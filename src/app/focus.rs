//! Where the keyboard is, and bringing that place into view.

pub(crate) mod survey;

use iced::advanced::widget::operate;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome};
use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{Id, container, operation};
use iced::{Rectangle, Task};

use self::survey::{Form, Survey, is_inside};
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
    let found = |survey: &Survey| {
        let Some(control) = survey.focused() else {
            return Outcome::Some(Focused { id: None, is_line: false, scroll: None });
        };
        let is_line = survey.is_line(control.bounds);
        let inside = survey.focused.is_some_and(|at| survey.may_be_in_form(at));
        let scroll = scroll_by(control.bounds, survey.form.filter(|_| inside));
        Outcome::Some(Focused { id: control.id.clone(), is_line, scroll })
    };
    operate(Survey::new(form_id()).then(found))
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
    let go = move |survey: &Survey| match wanted(survey, goal, name.as_ref()) {
        Some(wanted) => Outcome::Chain(Box::new(FocusNumber { wanted, count: 0 })),
        None => Outcome::None,
    };
    operate::<()>(Survey::new(form_id()).then(go)).discard()
}

/// Brings a control, or a container, into view.
pub(crate) fn reveal<M: Send + 'static>(id: Id) -> Task<M> {
    reveal_in(form_id(), id)
}

/// The same in another list that scrolls.
pub(crate) fn reveal_in<M: Send + 'static>(list: Id, id: Id) -> Task<M> {
    let way = move |survey: &Survey| match survey.place(&id) {
        Some(place) => Outcome::Some(scroll_by(place, survey.form)),
        None => Outcome::None,
    };
    let survey = Survey::new(list.clone()).then(way);
    let scroll = move |by| match by {
        Some(offset) => operation::scroll_by(list.clone(), offset),
        None => Task::none(),
    };
    operate(survey).then(scroll)
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
        scroll(self.scroll)
    }
}

fn scroll<M: Send + 'static>(by: Option<AbsoluteOffset>) -> Task<M> {
    match by {
        Some(offset) => operation::scroll_by(form_id(), offset),
        None => Task::none(),
    }
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

/// The number of the control to which the keyboard should go. `name` is that of the one it is wanted in,
/// or was in last.
fn wanted(survey: &Survey, goal: Goal, name: Option<&Id>) -> Option<usize> {
    let floor = survey.floor;
    let end = survey.controls.len();
    let named = name.and_then(|name| survey.called(name));
    match (goal, survey.focused.or(named)) {
        (Goal::Form, _) => named.or_else(|| survey.first()),
        (Goal::Next, None) => survey.first().or(Some(floor)).filter(|first| *first < end),
        (Goal::Next, Some(at)) => survey.beside(at, true),
        (Goal::Previous, at) => survey.beside(at.unwrap_or(end), false),
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

/// How far the form must scroll on to show `place`, given as laid out without scrolling; `None`: it is
/// seen, or not in the form. Not where to: what is told of the blank that was left may move it meanwhile,
/// and the form with it.
fn scroll_by(place: Rectangle, form: Option<Form>) -> Option<AbsoluteOffset> {
    let Form { bounds: form, scroll, .. } = form?;
    let shift = scroll?.by;
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
    use iced::Vector;

    const FORM: Rectangle = Rectangle { x: 200.0, y: 50.0, width: 500.0, height: 400.0 };

    fn form(shift: f32) -> Option<Form> {
        let by = Vector::new(0.0, shift);
        let scroll = survey::Scroll { content: FORM, by };
        Some(Form::new(FORM, Some(scroll), 0))
    }

    fn place(y: f32) -> Rectangle {
        Rectangle { x: 220.0, y, width: 300.0, height: 30.0 }
    }

    #[test]
    fn a_control_below_the_edge_comes_into_view_and_one_in_view_stays() {
        assert_eq!(scroll_by(place(100.0), form(0.0)), None);
        let Some(offset) = scroll_by(place(900.0), form(0.0)) else {
            panic!("it lies below");
        };
        assert_eq!(scroll_by(place(900.0), form(offset.y)), None);
        let up = scroll_by(place(60.0), form(300.0));
        assert_eq!(up.map(|offset| offset.y), Some(-300.0));
    }

    #[test]
    fn a_control_beside_the_form_scrolls_nothing() {
        let beside = Rectangle { x: 10.0, ..place(900.0) };
        assert_eq!(scroll_by(beside, form(0.0)), None);
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
        let mut survey = Survey::new(form_id());
        survey.form = form(0.0);
        let mut controls: Vec<Control> = (0..5).map(|n| Control(focused == Some(n))).collect();
        let ids: Vec<Id> = (0..5).map(|n| Id::from(format!("control {n}"))).collect();
        let bounds =
            |n: usize| if n < 2 { Rectangle { x: 0.0, ..place(9.0) } } else { place(99.0) };
        for (n, control) in controls.iter_mut().enumerate() {
            if dialog == Some(n) {
                Operation::<()>::container(&mut survey, Some(&dialog_id()), FORM);
            }
            Operation::<()>::focusable(&mut survey, ids.get(n), bounds(n), control);
        }
        let mut second =
            FocusNumber { wanted: wanted(&survey, goal, name.map(Id::new).as_ref())?, count: 0 };
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
    fn tab_stops_once_in_a_group_of_which_one_is_chosen() {
        let mut survey = Survey::new(form_id());
        survey.form = form(0.0);
        for n in 0..5 {
            if n == 1 || n == 3 {
                Operation::<()>::custom(&mut survey, None, place(99.0), &mut survey::PassedBy);
            }
            Operation::<()>::focusable(&mut survey, None, place(99.0), &mut Control(n == 2));
        }
        assert_eq!(wanted(&survey, Goal::Next, None), Some(4));
        assert_eq!(wanted(&survey, Goal::Previous, None), Some(0));
        survey.focused = Some(4);
        assert_eq!(wanted(&survey, Goal::Previous, None), Some(2));
        // One that is passed by may have been pressed.
        survey.focused = Some(3);
        assert_eq!(wanted(&survey, Goal::Next, None), Some(4));
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
