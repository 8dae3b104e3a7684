//! What is told where and until when, and where the keyboard is after that.

use super::*;
use crate::app::shortcut::Arrow;
use crate::domain::Application;
use crate::rules::rule;

/// Tries an export that has no folder to go to.
fn try_export(bench: &mut Bench) {
    bench.send(Message::Export(export::Message::FolderTyped(String::new())));
    bench.send(Message::Export(export::Message::Started));
}

#[test]
fn what_was_found_in_a_blank_is_still_told_when_the_draft_is_opened_again() {
    let mut bench = Bench::new(Role::Solver);
    let code = Field::from("/company/credit_code");
    bench.send(Message::Typed(code.clone(), "914403001922038217".into()));
    let State { store, id, draft, notice, clock, .. } = bench.editor;
    let draft = Arc::unwrap_or_clone(draft);
    let (editor, _task) = State::open(store, id, draft, notice, None, clock);
    let mut bench = Bench { editor, ..bench };
    bench.check();
    let told = bench.editor.findings_of(&code).next().unwrap().message.clone();
    let gap = bench.editor.findings_of(&name()).next().unwrap().message.clone();
    assert!(bench.shows(&told) && !bench.shows(&gap));
}

#[test]
fn a_plain_message_goes_with_the_next_thing_done_and_one_that_matters_stays() {
    let mut bench = Bench::new(Role::Solver);
    bench.editor.tell("全部内容都已保存。");
    bench.send(Message::Typed(name(), "甲".into()));
    assert!(bench.editor.toast.is_none());
    bench.editor.warn("材料包与清单不符");
    bench.send(Message::Typed(name(), "甲乙".into()));
    bench.send(Message::ToastAged(1));
    assert!(bench.shows("材料包与清单不符"));
    bench.editor.tell("全部内容都已保存。");
    let number = bench.editor.toasts;
    bench.send(Message::ToastAged(number));
    assert!(bench.editor.toast.is_none());
}

#[test]
fn what_became_of_a_file_is_told_again_when_what_came_between_is_gone() {
    let mut bench = Bench::new(Role::Solver);
    let damaged = "草稿打不开，已恢复";
    bench.editor.warn_of_file(damaged, "x.damaged".into());
    for words in ["又能保存了", "全部存好"] {
        bench.editor.tell(words);
        assert!(bench.shows(words) && !bench.shows(damaged));
    }
    let number = bench.editor.toasts;
    bench.send(Message::ToastAged(number));
    assert!(bench.shows(damaged));
    bench.editor.warn_of_file(damaged, "x.damaged".into());
    bench.send(Message::ToastClosed);
    assert!(bench.editor.toast.is_none(), "it is told once");
}

#[test]
fn arrows_point_to_what_is_offered_enter_takes_it_and_escape_puts_it_away() {
    let mut bench = Bench::new(Role::Solver);
    let industry = Field::from("/company/industry");
    bench.focus("/company/industry");
    bench.send(Message::Entered(industry.clone()));
    assert_eq!(bench.editor.draft().company.industry, "", "Enter in an empty blank takes nothing");
    bench.send(Message::Typed(industry.clone(), "制造".into()));
    let offered = assist::suggestions(bench.editor.draft(), &industry);
    let id = Id::from(industry.pointer().to_owned());
    for _ in 0..2 {
        let _task = bench.editor.arrowed(Arrow::Down, &id);
    }
    bench.on_screen(|ui| {
        ui.click(selector::id("/company/industry")).unwrap();
        let _status = ui.tap_key(iced::keyboard::key::Named::Enter);
    });
    assert_eq!(bench.editor.draft().company.industry, offered[1].words);
    assert_eq!(bench.editor.focus, Some(industry.clone()), "the keyboard stays in the blank");
    bench.send(Message::Typed(industry, "制造".into()));
    assert!(bench.shows(&offered[1].label));
    let _task = bench.editor.escape();
    assert!(!bench.shows(&offered[1].label));
}

#[test]
fn arrows_tick_one_of_several_options_and_go_round() {
    let mut bench = Bench::new(Role::Solver);
    let field = Field::from("/company/ownership");
    let chosen = |bench: &Bench| {
        let choices = choice::choices(bench.editor.draft(), &bench.editor.notice, &field);
        (choices.iter().position(|choice| choice.selected), choices.len())
    };
    let _task = bench.editor.arrowed(Arrow::Right, &keys::option_id(&field, 0));
    assert_eq!(chosen(&bench).0, Some(1));
    let (_, count) = chosen(&bench);
    let _task = bench.editor.arrowed(Arrow::Down, &keys::option_id(&field, count - 1));
    assert_eq!(chosen(&bench).0, Some(0));
}

#[test]
fn a_new_group_has_the_keyboard_and_is_not_red_before_it_was_visited() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Export));
    try_export(&mut bench);
    bench.send(Message::StepChosen(Step::Evidence(0)));
    bench.on_screen(|ui| {
        ui.click("加一项佐证材料").unwrap();
    });
    let kind = Field::evidence(0, 0, "kind");
    assert_eq!(bench.editor.focus, Some(kind.clone()));
    let gap = bench.editor.findings_of(&kind).next().unwrap().message.clone();
    assert!(!bench.shows(&gap));
    try_export(&mut bench);
    assert!(bench.shows(&gap), "the next export tells of it");
}

#[test]
fn every_finding_stands_on_the_page_of_its_step() {
    for role in [Role::Solver, Role::Demander] {
        let mut bench = Bench::new(role);
        bench.editor.clock = || jiff::civil::date(2024, 12, 31);
        bench.send(Message::Typed(Field::from("/company/credit_code"), "91".into()));
        bench.send(Message::Grouped(Group::Demands, Change::Add));
        bench.check();
        try_export(&mut bench);
        assert!(bench.editor.checking.findings().len() > 10);
        for step in Step::all(bench.editor.draft()) {
            bench.send(Message::StepChosen(step));
            let section = Application::SECTIONS[0];
            let mut ui = screen(bench.editor.view());
            for finding in
                bench.editor.checking.findings().iter().filter(|f| Step::of(&f.field) == step)
            {
                let letter = matches!(step, Step::Letter(_));
                if !letter || finding.field == Field::application(0, section) {
                    assert!(ui.find(finding.message.clone()).is_ok(), "{finding:?}");
                }
            }
        }
    }
}

#[test]
fn the_deadline_is_told_before_anything_was_visited_and_a_named_office_asks_for_no_choice() {
    let mut bench = Bench::new(Role::Demander);
    bench.editor.clock = || jiff::civil::date(2024, 12, 31);
    bench.check();
    bench.send(Message::StepChosen(Step::Submission));
    let late = bench.editor.checking.findings().iter().find(|f| f.rule == rule::DEADLINE).unwrap();
    assert!(bench.shows(&late.message));
    assert!(!bench.shows("选定报送部门，并确认通知要求的声明。"));
    let mut solver = Bench::new(Role::Solver);
    solver.send(Message::StepChosen(Step::Submission));
    assert!(solver.shows("选定报送部门，并确认通知要求的声明。"));
}

#[test]
fn a_confirmed_finding_shows_its_reason_and_asks_for_nothing_more() {
    let mut bench = Bench::new(Role::Solver);
    for (field, words) in [("industry", "29"), ("employees", "200"), ("revenue", "8600")] {
        bench.send(Message::Typed(Field::from(format!("/company/{field}").as_str()), words.into()));
    }
    let size = Field::from("/company/size");
    bench.send(Message::Chosen(size.clone(), 3));
    bench.check();
    let rule = bench.editor.findings_of(&size).find(|f| f.overridable).unwrap().rule;
    bench.send(Message::Reasoned(size, rule, "统计口径不同".into()));
    bench.check();
    assert!(bench.shows("已确认：统计口径不同"));
    let (words, _) = findings::message_and_reason(
        "企业规模选的是微型，按所填的数算是小型，请改选、核对数字或说明理由（已确认：统计口径不同）。",
        Some("统计口径不同"),
    );
    assert_eq!(words, "企业规模选的是微型，按所填的数算是小型。");
}

#[test]
fn what_is_found_in_the_whole_letter_moves_neither_tabs_nor_text() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    let place = |bench: &Bench| {
        let mut ui = screen(bench.editor.view());
        let tab = ui.find(selector::id("section:1")).unwrap().bounds().y;
        (tab, ui.find(selector::id("/applications/0/introduction")).unwrap().bounds().position())
    };
    let before = place(&bench);
    bench.send(Message::Typed(Field::application(0, "introduction"), "字".repeat(6001)));
    bench.send(Message::FocusFound(Focused::at(None)));
    bench.check();
    let letter = Field::from("/applications/0");
    let message = bench.editor.findings_of(&letter).next().unwrap().message.clone();
    assert!(bench.shows(&message));
    assert_eq!(place(&bench), before);
}
