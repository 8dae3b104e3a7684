//! A date picked from a month that opens under its blank.

use iced::keyboard::{Key, Modifiers, key};
use iced::widget::{Id, column, container, operation, row, text};
use iced::{Alignment, Fill, Task};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

use super::{Message as EditorMessage, State};
use crate::app::focus::{self, Focused};
use crate::app::icon::Icon;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::focus::with_keys;
use crate::app::widget::month::{Marked, month};
use crate::app::widget::{Element, control};
use crate::domain::Field;
use crate::rules;

/// The first and the last day that can be pointed to: years of four digits.
const DAYS: (Date, Date) = (date(1000, 1, 1), date(9999, 12, 31));

/// Widest calendar, logical pixels.
const WIDEST: f32 = 284.0;

/// The calendar that is open.
#[derive(Debug)]
pub(super) struct Calendar {
    field: Field,
    /// The day that Enter takes; its month is shown.
    pointed: Date,
}

/// What happens with a calendar.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The calendar of a blank is opened or put away.
    Toggled(Field),
    /// Another day is pointed to.
    Pointed(Date),
    /// A day goes into the blank.
    Taken(Date),
}

fn button_id(field: &Field) -> Id {
    Id::from(format!("calendar:{}", field.pointer()))
}

fn days_id() -> Id {
    Id::new("days")
}

/// The ways to another month or year: symbol, name, how far.
fn ways() -> [(Icon, &'static str, Span); 4] {
    [
        (Icon::Earlier, "上一年", -1.year()),
        (Icon::Previous, "上一月", -1.month()),
        (Icon::Next, "下一月", 1.month()),
        (Icon::Later, "下一年", 1.year()),
    ]
}

/// Puts the keyboard to the days where nothing has it: a button that was pressed with the mouse has not.
fn take_keyboard() -> Task<EditorMessage> {
    focus::find().then(|focused| match focused.id {
        Some(_) => Task::none(),
        None => operation::focus(days_id()),
    })
}

fn on(day: Date, by: Span) -> Date {
    day.saturating_add(by).clamp(DAYS.0, DAYS.1)
}

/// What a key does where `day` is pointed to.
fn pressed(day: Date, key: &Key, modifiers: Modifiers) -> Option<Message> {
    let Key::Named(named) = key else { return None };
    let by = match named {
        _ if modifiers.control() || modifiers.alt() || modifiers.logo() => return None,
        key::Named::Enter | key::Named::Space => return Some(Message::Taken(day)),
        key::Named::ArrowLeft => -1.day(),
        key::Named::ArrowRight => 1.day(),
        key::Named::ArrowUp => -1.week(),
        key::Named::ArrowDown => 1.week(),
        key::Named::PageUp if modifiers.shift() => -1.year(),
        key::Named::PageDown if modifiers.shift() => 1.year(),
        key::Named::PageUp => -1.month(),
        key::Named::PageDown => 1.month(),
        _ => return None,
    };
    Some(Message::Pointed(on(day, by)))
}

impl State {
    /// Does what happened.
    pub(super) fn calendar_happened(&mut self, message: Message) -> Task<EditorMessage> {
        match message {
            Message::Toggled(field) if self.is_picked(&field) => self.close_calendar(),
            Message::Toggled(field) => self.open_calendar(field),
            Message::Pointed(day) => {
                if let Some(calendar) = &mut self.calendar {
                    calendar.pointed = day;
                }
                take_keyboard()
            }
            Message::Taken(day) => {
                let Some(Calendar { field, .. }) = self.calendar.take() else {
                    return Task::none();
                };
                let example = field.spec().map_or("", |spec| spec.example.as_str());
                self.take(&field, rules::date::like(example, day))
            }
        }
    }

    fn open_calendar(&mut self, field: Field) -> Task<EditorMessage> {
        self.enter(&field);
        let pointed = self.written_date(&field).unwrap_or(self.today()).clamp(DAYS.0, DAYS.1);
        let show = self.follow(&field);
        self.calendar = Some(Calendar { field, pointed });
        Task::batch([show, operation::focus(days_id()).chain(focus::reveal(days_id()))])
    }

    /// Puts the calendar away; the keyboard goes back to the button that opened it.
    pub(super) fn close_calendar(&mut self) -> Task<EditorMessage> {
        match self.calendar.take() {
            Some(calendar) => operation::focus(button_id(&calendar.field)),
            None => Task::none(),
        }
    }

    /// The calendar of the blank is open.
    pub(super) fn is_picked(&self, field: &Field) -> bool {
        self.calendar.as_ref().is_some_and(|calendar| calendar.field == *field)
    }

    fn written_date(&self, field: &Field) -> Option<Date> {
        rules::date::parse(self.draft.text(field)?)
    }

    /// The keyboard is still with the date being edited: on the button beside its blank, or anywhere in
    /// the open calendar, which else is put away.
    pub(super) fn keeps_calendar(&mut self, focused: &Focused) -> bool {
        let Some(id) = &focused.id else { return self.calendar.is_some() };
        let inside = || {
            let mut names = ways().into_iter().map(|(_, name, _)| control::symbol_id(name));
            *id == days_id() || names.any(|name| name == *id)
        };
        if self.focus.as_ref().is_some_and(|field| button_id(field) == *id)
            || (self.calendar.is_some() && inside())
        {
            return true;
        }
        self.calendar = None;
        false
    }

    /// The button beside the blank of a date.
    pub(super) fn calendar_button<'a>(&self, field: &Field) -> Element<'a, EditorMessage> {
        let message =
            self.unless_read_only(EditorMessage::Calendar(Message::Toggled(field.clone())));
        let name = if self.is_picked(field) { "收起日历" } else { "从日历中选" };
        control::symbol_named(button_id(field), Icon::Calendar, name, message)
    }

    /// The calendar under the blank; `None` where it is not open.
    pub(super) fn calendar_of<'a>(&self, field: &Field) -> Option<Element<'a, EditorMessage>> {
        let calendar = self.calendar.as_ref().filter(|calendar| calendar.field == *field)?;
        let pointed = calendar.pointed;
        let marked = Marked { pointed, chosen: self.written_date(field), today: self.today() };
        let days = month(marked, |day| EditorMessage::Calendar(Message::Taken(day)));
        let days = with_keys(days_id(), container(days).padding(gap::XS), move |key, modifiers| {
            pressed(pointed, key, modifiers).map(EditorMessage::Calendar)
        });
        let keys = "方向键选日，PageUp、PageDown 换月（加 Shift 换年），回车填入，Esc 收起。";
        let page = column![heading(pointed), days, control::hint(keys)].spacing(gap::XS);
        Some(container(page).padding(gap::S).max_width(WIDEST).style(theme::card).into())
    }
}

/// Year and month with the ways to others.
fn heading<'a>(pointed: Date) -> Element<'a, EditorMessage> {
    let point = |day| Some(EditorMessage::Calendar(Message::Pointed(day)));
    let [earlier, previous, next, later] =
        ways().map(|(icon, name, by)| control::symbol(icon, name, point(on(pointed, by))));
    let name = text(format!("{}年{}月", pointed.year(), pointed.month())).size(size::BODY);
    let name = container(name).center_x(Fill);
    row![earlier, previous, name, next, later].align_y(Alignment::Center).into()
}
