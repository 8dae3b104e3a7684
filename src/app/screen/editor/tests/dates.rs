//! Dates picked from the calendar.

use iced::keyboard::key::Named;
use iced::keyboard::{self, Key, Location, Modifiers};

use super::*;

fn registered_on() -> Field {
    Field::from("/company/registered_on")
}

/// Opens the calendar of the date of registration.
fn picking(written: &str) -> Bench {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Typed(registered_on(), written.into()));
    bench.on_screen(|ui| {
        ui.click(selector::id("calendar:/company/registered_on")).unwrap();
    });
    bench
}

/// Presses keys in the days, one after the other.
fn press(bench: &mut Bench, keys: &[(Named, Modifiers)]) {
    for &(key, modifiers) in keys {
        let press = iced::Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Named(key),
            modified_key: Key::Named(key),
            physical_key: keyboard::key::Physical::Unidentified(
                keyboard::key::NativeCode::Unidentified,
            ),
            location: Location::Standard,
            modifiers,
            text: None,
            repeat: false,
        });
        bench.with_keyboard("days", [press]);
    }
}

const PLAIN: Modifiers = Modifiers::empty();

#[test]
fn a_date_is_picked_by_keys_and_written_as_the_example_is() {
    let mut bench = picking("2016年5月18日");
    assert!(bench.shows("2016年5月"));
    press(
        &mut bench,
        &[
            (Named::ArrowDown, PLAIN),
            (Named::ArrowDown, PLAIN),
            (Named::ArrowRight, PLAIN),
            (Named::PageUp, Modifiers::SHIFT),
            (Named::PageDown, PLAIN),
        ],
    );
    assert!(bench.shows("2015年7月"), "18 + 15 days is 2 June 2016");
    press(&mut bench, &[(Named::Enter, PLAIN)]);
    assert_eq!(bench.editor.draft().company.registered_on, "2015-07-02");
    assert!(!bench.shows("2015年7月"), "it is put away");
    bench.send(Message::Undone);
    assert_eq!(bench.editor.draft().company.registered_on, "2016年5月18日");
}

#[test]
fn a_date_is_picked_by_mouse_from_the_month_of_today() {
    let mut bench = picking("");
    assert!(bench.shows("2024年7月"));
    for (name, month) in [("上一年", "2023年7月"), ("上一月", "2023年6月"), ("下一月", "2023年7月")]
    {
        bench.on_screen(|ui| {
            ui.click(selector::id(format!("symbol:{name}"))).unwrap();
        });
        assert!(bench.shows(month), "{name}");
    }
    bench.on_screen(|ui| {
        ui.click("23").unwrap();
    });
    assert_eq!(bench.editor.draft().company.registered_on, "2023-07-23");
}

#[test]
fn nothing_is_red_while_a_date_is_picked_and_escape_puts_the_calendar_away() {
    let mut bench = picking("2016-13-18");
    let wrong = bench.editor.findings_of(&registered_on()).next().unwrap().message.clone();
    assert!(bench.shows("2024年7月"));
    bench.focus("days");
    bench.send(Message::FocusFound(Focused::at(None)));
    bench.focus("symbol:上一年");
    assert!(!bench.shows(&wrong));
    let _task = bench.editor.escape();
    assert!(!bench.shows("2024年7月"));
    bench.focus("calendar:/company/registered_on");
    assert!(!bench.shows(&wrong), "the button belongs to the blank");
    bench.focus("/company/email");
    assert!(bench.shows(&wrong));
}

#[test]
fn the_calendar_is_put_away_when_the_keyboard_goes_on_and_when_its_piece_is_removed() {
    let mut bench = picking("");
    bench.focus("/company/email");
    assert!(!bench.shows("2024年7月"));
    let mut bench = picking("");
    let cell = Field::from("/company/address");
    bench.send(Message::Export(export::Message::Jumped(0, cell)));
    assert!(!bench.shows("2024年7月"), "a blank was gone to from elsewhere");
    bench.send(Message::StepChosen(Step::Evidence(0)));
    bench.send(Message::Grouped(Group::Evidence(0), Change::Add));
    bench.send(Message::Grouped(Group::Evidence(0), Change::Add));
    let date = Field::evidence(0, 0, "date");
    bench.send(Message::Calendar(calendar::Message::Toggled(date)));
    assert!(bench.shows("2024年7月"));
    bench.send(Message::Grouped(Group::Evidence(0), Change::Remove(0)));
    assert!(!bench.shows("2024年7月"));
}
