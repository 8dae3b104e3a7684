//! The controls of the window, and the form they scroll in, as they are laid out.

use std::any::Any;

use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable, TextInput};
use iced::widget::Id;
use iced::{Rectangle, Vector};

use super::dialog_id;

/// Says of the control that is named next: Tab passes it by.
#[derive(Debug)]
pub(crate) struct PassedBy;

/// Says where what is selected begins that is shown without the keyboard.
#[derive(Debug)]
pub(crate) struct Selected;

/// Something that takes the keyboard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Control {
    /// Tab stops at it.
    pub(crate) stop: bool,
    /// Its name.
    pub(crate) id: Option<Id>,
    /// Its place without scrolling.
    pub(crate) bounds: Rectangle,
}

/// The list of controls that scrolls, or what lies over the window and does not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    /// Its place.
    pub(crate) bounds: Rectangle,
    /// How far it scrolls.
    pub(crate) scroll: Option<Scroll>,
    /// The first control that may be in it.
    first: usize,
}

impl Form {
    pub(super) const fn new(bounds: Rectangle, scroll: Option<Scroll>, first: usize) -> Self {
        Self { bounds, scroll, first }
    }
}

/// How far a list scrolls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scroll {
    /// All that scrolls.
    pub(crate) content: Rectangle,
    /// How far it is scrolled.
    pub(crate) by: Vector,
}

/// What an operation has seen.
#[derive(Debug)]
pub(crate) struct Survey {
    /// Name of the form.
    name: Id,
    /// The form.
    pub(crate) form: Option<Form>,
    /// Everything that takes the keyboard.
    pub(crate) controls: Vec<Control>,
    /// Which of them has it.
    pub(crate) focused: Option<usize>,
    /// Where what is [`Selected`] begins, without scrolling.
    pub(crate) selected: Option<Rectangle>,
    /// The first that is not out of reach under what lies over it.
    pub(crate) floor: usize,
    /// Places of the boxes of one line.
    lines: Vec<Rectangle>,
    /// Places that have names but take no keyboard.
    places: Vec<(Id, Rectangle)>,
    /// The next control is passed by.
    passed_by: bool,
}

impl Survey {
    /// Of a window whose form is called `name`.
    pub(crate) const fn new(name: Id) -> Self {
        Self {
            name,
            form: None,
            controls: Vec::new(),
            focused: None,
            selected: None,
            floor: 0,
            lines: Vec::new(),
            places: Vec::new(),
            passed_by: false,
        }
    }

    /// The operation that looks at everything and then says what follows.
    pub(super) fn then<T>(
        self,
        end: impl Fn(&Self) -> Outcome<T> + Send + 'static,
    ) -> impl Operation<T> + 'static {
        Ended { survey: self, end }
    }

    /// The first control of the form.
    pub(super) fn first(&self) -> Option<usize> {
        let form = self.form?;
        let is_first = |at: &usize| {
            self.controls.get(*at).is_some_and(|control| is_inside(form.bounds, control.bounds))
        };
        (form.first..self.controls.len()).find(is_first)
    }

    /// The control at which Tab stops next from `at`, round at the ends.
    pub(super) fn beside(&self, at: usize, forward: bool) -> Option<usize> {
        let (floor, end) = (self.floor, self.controls.len());
        let is_stop = |at: &usize| self.controls.get(*at).is_some_and(|control| control.stop);
        if forward {
            (at + 1..end).chain(floor..end).find(is_stop)
        } else {
            (floor..at).rev().chain((floor..end).rev()).find(is_stop)
        }
    }

    /// The first control of this name that can be reached.
    pub(super) fn called(&self, name: &Id) -> Option<usize> {
        let is_it = |at: &usize| {
            self.controls.get(*at).is_some_and(|control| control.id.as_ref() == Some(name))
        };
        (self.floor..self.controls.len()).find(is_it)
    }

    /// The place of the control or container of this name.
    pub(super) fn place(&self, name: &Id) -> Option<Rectangle> {
        let control = self.controls.iter().rfind(|control| control.id.as_ref() == Some(name));
        let place = || self.places.iter().rfind(|(id, _)| id == name).map(|(_, bounds)| *bounds);
        control.map(|control| control.bounds).or_else(place)
    }

    /// The control of this number does not come before the form, as what stands above it does.
    pub(super) fn may_be_in_form(&self, at: usize) -> bool {
        self.form.is_some_and(|form| at >= form.first)
    }

    /// What has the keyboard.
    pub(super) fn focused(&self) -> Option<&Control> {
        self.controls.get(self.focused?)
    }

    /// A box of one line is at `place`.
    pub(super) fn is_line(&self, place: Rectangle) -> bool {
        self.lines.contains(&place)
    }
}

/// Whether a control that begins at `bounds` lies in the column of the form.
pub(super) fn is_inside(form: Rectangle, bounds: Rectangle) -> bool {
    bounds.x >= form.x && bounds.x + bounds.width <= form.x + form.width + 1.0
}

impl<T> Operation<T> for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        by: Vector,
        _state: &mut dyn Scrollable,
    ) {
        if id == Some(&self.name) {
            let (scroll, first) = (Some(Scroll { content, by }), self.controls.len());
            self.form = Some(Form::new(bounds, scroll, first));
        }
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        let Some(id) = id else { return };
        let (is_dialog, first) = (*id == dialog_id(), self.controls.len());
        if is_dialog {
            (self.focused, self.floor) = (None, first);
        }
        if is_dialog || *id == self.name {
            self.form = Some(Form::new(bounds, None, first));
        }
        self.places.push((id.clone(), bounds));
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.controls.len());
        }
        let stop = !std::mem::take(&mut self.passed_by);
        self.controls.push(Control { stop, id: id.cloned(), bounds });
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        self.passed_by |= state.is::<PassedBy>();
        if state.is::<Selected>() {
            self.selected = Some(bounds);
        }
    }

    fn text_input(&mut self, _id: Option<&Id>, bounds: Rectangle, _state: &mut dyn TextInput) {
        self.lines.push(bounds);
    }
}

/// A survey from which something follows.
struct Ended<F> {
    survey: Survey,
    end: F,
}

impl<T, F: Fn(&Survey) -> Outcome<T> + Send> Operation<T> for Ended<F> {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(&mut self.survey);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        by: Vector,
        state: &mut dyn Scrollable,
    ) {
        Operation::<T>::scrollable(&mut self.survey, id, bounds, content, by, state);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        Operation::<T>::container(&mut self.survey, id, bounds);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        Operation::<T>::focusable(&mut self.survey, id, bounds, state);
    }

    fn custom(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        Operation::<T>::custom(&mut self.survey, id, bounds, state);
    }

    fn text_input(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn TextInput) {
        Operation::<T>::text_input(&mut self.survey, id, bounds, state);
    }

    fn finish(&self) -> Outcome<T> {
        (self.end)(&self.survey)
    }
}
