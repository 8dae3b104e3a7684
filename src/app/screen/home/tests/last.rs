//! The draft edited last: where the keyboard goes, and for whom a new one is.

use super::*;

#[test]
fn the_keyboard_waits_for_the_list_and_is_not_taken_out_of_an_opened_draft() {
    let mut bench = Bench::new(&["甲公司"]);
    let id = bench.draft(0);
    bench.send(Message::Changed(Ok(Ok(card_id(&id)))));
    assert_eq!(bench.home.keyboard, Some(card_id(&id)));
    bench.home.opened(&id);
    assert_eq!(bench.home.keyboard, None);
    bench.listed();
    let _task = bench.home.come_back();
    assert_eq!(bench.home.keyboard, Some(card_id(&id)));
    bench.listed();
    assert_eq!(bench.home.keyboard, None);
}

#[test]
fn enter_goes_on_with_the_draft_edited_last() {
    let bench = Bench::new(&["甲公司", "乙公司"]);
    let id = bench.draft(0);
    let last = Some(id.as_str().to_owned());
    let clock = || "2024-07-01".parse().unwrap();
    let (home, _task) = State::new(bench.home.store.clone(), last, clock);
    assert_eq!(home.keyboard, Some(go_on_id()));
    let mut bench = Bench { home, ..bench };
    bench.listed();
    assert_eq!(bench.home.keyboard, None, "it has been given");
    let mut ui = bench.screen();
    ui.click(selector::id(go_on_id())).unwrap();
    let messages: Vec<Message> = ui.into_messages().collect();
    assert!(matches!(&messages[..], [Message::OpenAsked(opened)] if *opened == id), "{messages:?}");
}

#[test]
fn a_new_draft_is_for_whom_the_last_one_was_until_another_role_is_chosen() {
    let mut bench = Bench::new(&[]);
    assert_eq!(bench.home.role, Role::Solver);
    let demander = Draft::new("wuhan-2024", Role::Demander);
    let last = bench.home.store.create(&demander).unwrap();
    bench.list();
    assert_eq!(bench.home.role, Role::Demander);
    bench.home.store.create(&Draft::new("wuhan-2024", Role::Solver)).unwrap();
    bench.home.last = Some(last.as_str().to_owned());
    bench.list();
    assert_eq!(bench.home.role, Role::Demander, "that of the draft edited last");
    bench.press("揭榜中小企业");
    bench.list();
    assert_eq!(bench.home.role, Role::Solver, "as it was chosen");
}
