//! The letter: find and replace, its size, the text alone.

use super::steady::Window;
use super::*;
use crate::app::screen::editor::find;

fn part(name: &str) -> Field {
    Field::application(0, name)
}

/// A letter with these words in its sections, shown.
fn letter(sections: &[(&str, &str)]) -> Bench {
    let mut bench = Bench::new(Role::Solver);
    for (name, words) in sections {
        bench.send(Message::Typed(part(name), (*words).to_owned()));
    }
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench
}

#[test]
fn words_are_found_and_replaced_through_the_whole_letter_and_back_at_one_undo() {
    let mut bench = letter(&[("introduction", "旧材料与旧工艺"), ("plan/route", "旧路线")]);
    let _task = bench.editor.shortcut(Shortcut::Find);
    bench.send(Message::Find(find::Message::NeedleTyped("旧".into())));
    bench.send(Message::Find(find::Message::ReplacementTyped("新".into())));
    assert!(bench.shows("3 处"));
    bench.send(Message::Find(find::Message::Next));
    bench.send(Message::Find(find::Message::Replaced));
    assert_eq!(bench.editor.draft().text(&part("introduction")), Some("新材料与旧工艺"));
    bench.on_screen(|ui| {
        ui.click("全部替换").unwrap();
    });
    assert_eq!(bench.editor.draft().text(&part("plan/route")), Some("新路线"));
    assert_eq!(bench.editor.texts.get(&part("introduction")).unwrap().text(), "新材料与新工艺");
    bench.send(Message::Undone);
    assert_eq!(bench.editor.draft().text(&part("plan/route")), Some("旧路线"));
}

#[test]
fn the_match_found_is_selected_and_the_keyboard_comes_back_to_it() {
    let mut bench = letter(&[("introduction", "AI 平台"), ("plan/route", "先做\nai 再做别的")]);
    let _task = bench.editor.shortcut(Shortcut::Find);
    bench.focus("find-needle");
    bench.send(Message::Find(find::Message::NeedleTyped("ai".into())));
    assert!(bench.shows("2 处"), "Latin letters are found in either case");
    for _ in 0..2 {
        bench.send(Message::Find(find::Message::Next));
    }
    assert!(bench.shows("第 2 / 2 处") && bench.editor.shows_match(&part("plan/route")));
    assert_eq!(bench.editor.texts.selection(&part("plan/route")).as_deref(), Some("ai"));
    let _task = bench.editor.escape();
    assert!(bench.editor.find.is_none());
    assert_eq!(bench.editor.focus, Some(part("plan/route")));
    assert_eq!(bench.editor.texts.selection(&part("plan/route")).as_deref(), Some("ai"));
}

#[test]
fn what_is_selected_in_the_text_is_looked_for() {
    let mut bench = letter(&[("introduction", "阻燃材料")]);
    bench.focus("/applications/0/introduction");
    bench.send(Message::Edited(part("introduction"), text_editor::Action::SelectAll));
    let _task = bench.editor.shortcut(Shortcut::Find);
    assert_eq!(bench.editor.find.as_ref().unwrap().needle, "阻燃材料");
    assert!(bench.shows("1 处"));
}

#[test]
fn all_replaced_says_so_when_it_is_undone() {
    let mut bench = letter(&[("introduction", "Ai 与 AI"), ("plan/route", "ai")]);
    let _task = bench.editor.shortcut(Shortcut::Find);
    bench.send(Message::Find(find::Message::NeedleTyped("AI".into())));
    bench.send(Message::Find(find::Message::ReplacementTyped("人工智能".into())));
    bench.send(Message::Find(find::Message::AllReplaced));
    let draft = bench.editor.draft();
    assert_eq!(draft.text(&part("introduction")), Some("人工智能 与 人工智能"));
    assert!(bench.shows("已替换 3 处。") && bench.shows("没有找到"));
    bench.send(Message::Undone);
    assert!(bench.shows("已撤销：替换 3 处“AI”。"));
    assert_eq!(bench.editor.draft().text(&part("plan/route")), Some("ai"));
}

#[test]
fn a_paste_that_is_too_long_is_kept_whole_and_told_at_once() {
    let mut bench = letter(&[]);
    let words = Arc::new(format!("表\t格{}", "字".repeat(6000)));
    let paste = text_editor::Action::Edit(text_editor::Edit::Paste(words));
    bench.send(Message::Edited(part("introduction"), paste));
    assert!(bench.editor.draft().text(&part("introduction")).unwrap().starts_with("表　格字"));
    assert!(bench.shows("共 6002 / 6000 字，超出 2 字"));
}

const INTRODUCTION: &str = "/applications/0/introduction";
const HIGH: Size = Size::new(1024.0, 700.0);
const LOW: Size = Size::new(1024.0, 560.0);

fn key(letter: &str) -> iced::Event {
    use iced::keyboard::{Event, Key, Location, Modifiers, key};
    iced::Event::Keyboard(Event::KeyPressed {
        key: Key::Character(letter.into()),
        modified_key: Key::Character(letter.into()),
        physical_key: key::Physical::Unidentified(key::NativeCode::Unidentified),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: Some(letter.into()),
        repeat: false,
    })
}

#[test]
fn the_text_keeps_the_caret_where_the_window_becomes_low_and_high_again() {
    let mut window = Window::of_size(letter(&[("introduction", "阻燃材料")]), HIGH);
    window.move_keyboard(INTRODUCTION);
    let high = window.place(INTRODUCTION).height;
    for (size, typed) in [(LOW, "a"), (HIGH, "b"), (LOW, "c")] {
        window.resize(size);
        assert_eq!(window.focused(), Some(Id::new(INTRODUCTION)));
        let messages = window.simulate(&[key(typed)]);
        assert!(!messages.is_empty(), "{typed} is typed into nothing");
        messages.into_iter().for_each(|message| window.bench.send(message));
    }
    let words = window.bench.editor.draft().text(&part("introduction"));
    assert_eq!(words, Some("abc阻燃材料"));
    window.resize(HIGH);
    assert_eq!(window.place(INTRODUCTION).height, high);
    assert!(high > 200.0, "it takes the room that is left: {high}");
}

#[test]
fn the_caret_is_in_sight_where_the_window_becomes_low() {
    let words = "研发平台建设\n".repeat(40);
    let mut window = Window::of_size(letter(&[("introduction", &words)]), HIGH);
    window.move_keyboard(INTRODUCTION);
    window.bench.focus(INTRODUCTION);
    let end = text_editor::Motion::DocumentEnd;
    window.bench.send(Message::Edited(part("introduction"), text_editor::Action::Move(end)));
    window.draw();
    window.resize(LOW);
    window.draw();
    window.draw();
    let now = window.place(INTRODUCTION);
    let end = now.y + now.height;
    assert!(now.height > 40.0 * 20.0, "it shows all of its text: {now:?}");
    assert!(end > 100.0 && end < LOW.height, "and its last line, where the caret is: {now:?}");
}

#[test]
fn what_is_shown_above_the_text_leaves_it_room() {
    let mut window = Window::of_size(letter(&[("introduction", "阻燃材料")]), HIGH);
    let before = window.place(INTRODUCTION);
    let _task = window.bench.editor.shortcut(Shortcut::Find);
    let now = window.place(INTRODUCTION);
    let taken = before.height - now.height;
    assert!(taken > 40.0 && (now.y - before.y - taken).abs() < 1.0, "{before:?} → {now:?}");
    window.resize(Size::new(1024.0, 610.0));
    assert!(window.place(INTRODUCTION).height >= 165.0, "or else the page scrolls");
}

#[test]
fn in_a_low_window_the_text_of_a_letter_has_room_and_the_page_scrolls() {
    let bench = letter(&[("introduction", "阻燃材料")]);
    let mut window = Window::of_size(bench, Size::new(600.0, 380.0));
    assert!(window.place(INTRODUCTION).height >= 160.0);
}

#[test]
fn in_a_low_window_the_line_with_the_match_is_brought_into_view() {
    let words = format!("{}目标", "研发平台建设\n".repeat(80));
    let mut window = Window::of_size(letter(&[("introduction", &words)]), LOW);
    let _task = window.bench.editor.shortcut(Shortcut::Find);
    window.move_keyboard("find-needle");
    window.bench.focus("find-needle");
    window.bench.send(Message::Find(find::Message::NeedleTyped("目标".into())));
    window.draw();
    assert!(window.place(INTRODUCTION).y > 0.0);
    window.bench.send(Message::Find(find::Message::Next));
    window.draw();
    window.draw();
    let box_at = window.place(INTRODUCTION);
    let end = box_at.y + box_at.height;
    assert!(end > 100.0 && end < 560.0, "its last line is seen: {box_at:?}");
    assert_eq!(window.focused(), Some(Id::new("find-needle")));
}

#[test]
fn the_match_found_is_where_the_keyboard_goes_and_none_of_another_letter() {
    let mut bench = letter(&[("introduction", "平台"), ("cooperation", "Ai 研发")]);
    bench.send(Message::Grouped(Group::Applications, Change::Duplicate(0)));
    bench.send(Message::StepChosen(Step::Letter(0)));
    let _task = bench.editor.shortcut(Shortcut::Find);
    bench.send(Message::Find(find::Message::NeedleTyped("ai".into())));
    bench.send(Message::Find(find::Message::Next));
    assert_eq!(bench.editor.focus, Some(part("cooperation")));
    bench.send(Message::StepChosen(Step::Letter(1)));
    bench.send(Message::Find(find::Message::ReplacementTyped("智能".into())));
    bench.send(Message::Find(find::Message::Replaced));
    assert_eq!(bench.editor.draft().applications[1].cooperation.opening, "Ai 研发", "shown first");
    bench.send(Message::Find(find::Message::Replaced));
    assert_eq!(
        bench.editor.draft().applications[1].cooperation.opening,
        "智能 研发",
        "in either case"
    );
    bench.send(Message::Find(find::Message::Closed));
    assert!(bench.editor.keyboard && bench.editor.focus.is_some());
}
