//! What was said of an older state: buttons that undo, fixes, findings of groups that have moved.

use super::*;
use crate::app::screen::editor::checking::Checking;
use crate::domain::Evidence;
use crate::rules::Severity;

const CODE: &str = "/company/credit_code";

/// A draft with two demands, of which the second has something invisible in its name, and what a check of
/// it finds.
fn two_demands() -> (Bench, Message) {
    let mut bench = Bench::new(Role::Demander);
    bench.send(Message::Grouped(Group::Demands, Change::Add));
    bench.send(Message::Typed(Field::demand(0, "name"), "甲".into()));
    Arc::make_mut(&mut bench.editor.draft).demands[1].name = "乙\u{200b}".into();
    let (draft, roster) = (Arc::clone(&bench.editor.draft), bench.editor.roster.clone());
    let report = bench.editor.check_job()(draft, roster);
    (bench, Message::Checked(Ok(Some(report))))
}

#[test]
fn the_button_of_a_message_goes_once_something_else_was_done() {
    let mut bench = Bench::new(Role::Demander);
    bench.send(Message::Grouped(Group::Demands, Change::Add));
    bench.editor.warn_done("已填入企业资料。");
    assert!(bench.shows("撤销"));
    bench.send(Message::Typed(name(), "甲".into()));
    assert!(bench.shows("已填入企业资料。") && !bench.shows("撤销"));
}

#[test]
fn a_plain_message_goes_with_whatever_changes_the_draft() {
    let mut bench = Bench::new(Role::Demander);
    let on = Field::from("/company/registered_on");
    bench.send(Message::Calendar(calendar::Message::Toggled(on)));
    bench.editor.tell_done("已删除一项需求。");
    bench.send(Message::Calendar(calendar::Message::Taken(jiff::civil::date(2020, 1, 1))));
    assert!(bench.editor.toast.is_none());
    bench.editor.tell_done("已删除一项需求。");
    bench.send(Message::Export(export::Message::CheckCodeToggled));
    assert!(bench.editor.toast.is_none());
}

#[test]
fn a_fix_keeps_what_was_typed_since_the_check() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Typed(name(), "甲 ".into()));
    bench.check();
    bench.focus(CODE);
    bench.send(Message::Typed(name(), "甲乙丙 ".into()));
    bench.on_screen(|ui| {
        ui.click("去掉空格").unwrap();
    });
    assert_eq!(bench.editor.draft().company.name, "甲乙丙");
}

#[test]
fn a_fix_that_would_now_be_another_is_not_taken() {
    let mut bench = Bench::new(Role::Solver);
    let phone = Field::from("/company/contact/mobile");
    bench.send(Message::Typed(phone.clone(), "１３８００００００００".into()));
    bench.check();
    let rule = bench.editor.findings_of(&phone).find(|f| f.fix.is_some()).unwrap().rule;
    bench.send(Message::Typed(phone.clone(), "１３８００００００１１".into()));
    bench.send(Message::Mended(phone.clone(), rule));
    bench.check();
    assert_eq!(bench.editor.draft().text(&phone), Some("１３８００００００１１"));
}

#[test]
fn what_a_check_found_before_groups_moved_stands_beside_its_own_group() {
    let (mut bench, checked) = two_demands();
    bench.send(Message::Grouped(Group::Demands, Change::Remove(0)));
    bench.send(checked);
    let first = Field::demand(0, "name");
    let rule = bench.editor.findings_of(&first).find(|f| f.fix.is_some()).unwrap().rule;
    bench.send(Message::Mended(first, rule));
    assert_eq!(bench.editor.draft().demands[0].name, "乙");
    let (mut bench, checked) = two_demands();
    bench.send(Message::Grouped(Group::Demands, Change::Remove(1)));
    bench.send(checked);
    assert!(bench.editor.findings_of(&Field::demand(0, "name")).all(|f| f.fix.is_none()));
}

#[test]
fn what_was_visited_is_so_again_after_its_group_came_back() {
    let mut bench = Bench::new(Role::Demander);
    bench.send(Message::Grouped(Group::Demands, Change::Add));
    bench.editor.checking = Checking::default();
    bench.editor.checking.visit(&Field::demand(1, "name"));
    bench.send(Message::StepChosen(Step::Company));
    bench.send(Message::Grouped(Group::Demands, Change::Duplicate(0)));
    bench.send(Message::Undone);
    let shown = |n| bench.editor.is_shown(&Field::demand(n, "name"));
    assert_eq!((shown(0), shown(1)), (false, true));
}

#[test]
fn a_draft_without_demands_says_so_on_the_page_of_findings() {
    let mut bench = Bench::new(Role::Demander);
    bench.send(Message::Grouped(Group::Demands, Change::Remove(0)));
    bench.check();
    bench.send(Message::StepChosen(Step::Export));
    assert!(bench.shows("请至少提出一项技术创新需求。"));
    for role in [Role::Demander, Role::Solver] {
        let mut bench = Bench::new(role);
        for _ in 0..2 {
            let steps = Step::all(bench.editor.draft());
            let found = bench.editor.checking.findings();
            assert!(found.iter().any(|finding| finding.severity == Severity::Error));
            for finding in found {
                assert!(steps.contains(&Step::of(&finding.field)), "{finding:?}");
            }
            for group in [Group::Demands, Group::Applications] {
                bench.send(Message::Grouped(group, Change::Remove(0)));
            }
            bench.check();
        }
    }
}

#[test]
fn a_reason_typed_in_one_go_is_taken_back_at_once() {
    let mut bench = Bench::new(Role::Solver);
    let (code, now) = (Field::from(CODE), Instant::now());
    for words in ["与", "与执", "与执照"] {
        let typed = Message::Reasoned(code.clone(), "credit_code", words.into());
        let _action = bench.editor.update(typed, now);
    }
    bench.send(Message::Undone);
    assert_eq!(bench.editor.draft().override_reason(&code, "credit_code"), None);
}

#[test]
fn what_nobody_sees_in_a_paste_into_a_line_is_left_out() {
    let mut bench = Bench::new(Role::Solver);
    let code = Field::from(CODE);
    bench.send(Message::Typed(code.clone(), "\u{feff}91310115MA0000293R\u{200b}".into()));
    assert_eq!(bench.editor.draft().text(&code), Some("91310115MA0000293R"));
}

#[test]
fn the_tools_of_each_card_have_names_of_their_own() {
    let mut bench = Bench::new(Role::Solver);
    let mut draft = bench.editor.draft().clone();
    for name in ["甲", "乙", "丙"] {
        draft.applications[0].evidence.push(Evidence { name: name.into(), ..Evidence::default() });
    }
    bench.editor.roster.fit(&draft);
    bench.editor.draft = Arc::new(draft);
    bench.send(Message::StepChosen(Step::Evidence(0)));
    let enter = || {
        use iced::keyboard::{self, Key, key};
        iced::Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Named(key::Named::Enter),
            modified_key: Key::Named(key::Named::Enter),
            physical_key: key::Physical::Code(key::Code::Enter),
            location: keyboard::Location::Standard,
            modifiers: keyboard::Modifiers::empty(),
            text: None,
            repeat: false,
        })
    };
    let mut window = steady::Window::new(bench);
    let tools = [
        "symbol:下移:/applications/0/evidence/0",
        "symbol:下移:/applications/0/evidence/1",
        "symbol:上移:/applications/0/evidence/2",
        "symbol:下移:/applications/0/evidence/1",
    ];
    for tool in tools {
        window.move_keyboard(tool);
        for message in window.simulate(&[enter()]) {
            window.bench.send(message);
        }
    }
    let pieces = &window.bench.editor.draft().applications[0].evidence;
    let names: Vec<&str> = pieces.iter().map(|piece| piece.name.as_str()).collect();
    assert_eq!(names, ["乙", "丙", "甲"]);
}

#[test]
fn a_draft_that_is_only_looked_at_is_never_said_to_be_changed() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Grouped(Group::Evidence(0), Change::Add));
    let file = crate::domain::Attachment { name: "专利.pdf".into(), ..Default::default() };
    Arc::make_mut(&mut bench.editor.draft).applications[0].evidence[0].files.push(file);
    bench.send(Message::Typed(Field::application(0, "introduction"), "研发".into()));
    bench.editor.toast = None;
    bench.editor.may_write = false;
    bench.send(Message::FileRemoved(0, 0, 0));
    assert!(!bench.shows("已取下“专利.pdf”。"));
    bench.send(Message::StepChosen(Step::Evidence(0)));
    bench.editor.toast = None;
    bench.on_screen(|ui| {
        ui.click("加一项佐证材料").unwrap();
        let remove = selector::id("symbol:取下这个文件:/applications/0/evidence/0/files/0");
        assert!(ui.find(remove).is_err(), "the keyboard does not reach it");
    });
    assert!(bench.editor.toast.is_none(), "what cannot be done cannot be pressed");
    bench.send(Message::StepChosen(Step::Letter(0)));
    let _task = bench.editor.open_find();
    bench.send(Message::Find(find::Message::NeedleTyped("研发".into())));
    bench.send(Message::Find(find::Message::AllReplaced));
    assert!(!bench.shows("已替换 1 处。"));
}
