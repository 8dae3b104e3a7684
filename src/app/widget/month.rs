//! The days of a month, week by week from Monday.

use iced::widget::{button, center, column, row, text};
use iced::{Fill, Theme};
use jiff::ToSpan;
use jiff::civil::Date;

use super::Element;
use crate::app::theme::{self, Day, size};

/// Height of a day, logical pixels; a week takes the width there is.
const DAY: f32 = 28.0;

/// Weeks shown, as many for every month, so that its height stays.
const WEEKS: usize = 6;

/// The days that are marked; the month shown is that of `pointed`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marked {
    /// Where the arrow keys are.
    pub(crate) pointed: Date,
    /// What stands in the blank.
    pub(crate) chosen: Option<Date>,
    /// Today.
    pub(crate) today: Date,
}

/// The days; a press on one sends what `taken` says. They take no keyboard one by one.
pub(crate) fn month<'a, Message: Clone + 'a>(
    marked: Marked,
    taken: impl Fn(Date) -> Message,
) -> Element<'a, Message> {
    let name = |name: &'static str| {
        let words = text(name).size(size::SMALL).style(theme::muted);
        center(words).width(Fill).height(DAY).into()
    };
    let names = row(["一", "二", "三", "四", "五", "六", "日"].map(name));
    let days = days(marked.pointed);
    let weeks = days
        .chunks(7)
        .map(|week| row(week.iter().map(|&date| day(date, &marked, taken(date)))).into());
    column![names].extend(weeks).into()
}

fn day<'a, Message: Clone + 'a>(
    date: Date,
    marked: &Marked,
    message: Message,
) -> Element<'a, Message> {
    let look = Day {
        chosen: marked.chosen == Some(date),
        pointed: marked.pointed == date,
        today: marked.today == date,
        outside: date.first_of_month() != marked.pointed.first_of_month(),
    };
    let style = move |theme: &Theme, status| theme::day(look)(theme, status);
    let number = center(text(date.day()).size(size::BODY)).width(Fill).height(Fill);
    button(number).padding(0).width(Fill).height(DAY).style(style).on_press(message).into()
}

/// The days of the weeks that begin with the one of the first of `date`'s month.
fn days(date: Date) -> Vec<Date> {
    let first = date.first_of_month();
    let before = i64::from(first.weekday().to_monday_zero_offset());
    (0..WEEKS as i64 * 7).map(|n| first.saturating_add((n - before).days())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn weeks_begin_on_monday_and_hold_the_whole_month() {
        for (year, month) in [(2024, 2), (2024, 7), (2024, 9), (2021, 2), (2016, 5)] {
            let shown = date(year, month, 15);
            let days = days(shown);
            assert_eq!(days.len(), WEEKS * 7);
            assert!(days.iter().step_by(7).all(|day| day.weekday() == Weekday::Monday));
            assert!(
                days.contains(&shown.first_of_month()) && days.contains(&shown.last_of_month())
            );
        }
        assert_eq!(days(date(2024, 7, 22))[0], date(2024, 7, 1));
        assert_eq!(days(date(2024, 9, 1))[0], date(2024, 8, 26));
    }

    #[test]
    fn the_last_month_there_is_can_be_shown() {
        assert_eq!(days(Date::MAX).len(), WEEKS * 7);
    }
}
