//! Undo and redo go to where something happened and say what it was.

use super::*;
use crate::domain::Demand;

fn demander() -> Bench {
    let mut bench = Bench::new(Role::Demander);
    for (n, name) in ["甲", "乙", "丙"].into_iter().enumerate() {
        if n > 0 {
            bench.send(Message::Grouped(Group::Demands, Change::Add));
        }
        bench.send(Message::Typed(Field::demand(n, "name"), name.into()));
    }
    bench
}

fn names(bench: &Bench) -> Vec<&str> {
    bench.editor.draft().demands.iter().map(|demand: &Demand| demand.name.as_str()).collect()
}

#[test]
fn a_removed_demand_comes_back_on_its_own_page_with_the_keyboard_in_it() {
    let mut bench = demander();
    bench.send(Message::StepChosen(Step::Demand(1)));
    bench.send(Message::Grouped(Group::Demands, Change::Remove(1)));
    bench.send(Message::StepChosen(Step::Company));
    bench.send(Message::Undone);
    assert_eq!(names(&bench), ["甲", "乙", "丙"]);
    assert_eq!(bench.editor.step, Step::Demand(1));
    assert_eq!(bench.editor.focus, Some(Field::demand(1, "name")));
    assert!(bench.shows("已撤销：删除需求 2。"));
    bench.send(Message::StepChosen(Step::Company));
    bench.on_screen(|ui| {
        let _found = ui.find("检查与导出").unwrap();
    });
    bench.send(Message::Redone);
    assert_eq!(names(&bench), ["甲", "丙"]);
    assert!(bench.shows("已重做：删除需求 2。"));
    assert_eq!(bench.editor.step, Step::Demand(1));
}

#[test]
fn when_the_page_is_gone_with_what_is_undone_the_nearest_is_shown() {
    let mut bench = demander();
    bench.send(Message::Grouped(Group::Demands, Change::Add));
    assert_eq!(bench.editor.step, Step::Demand(3));
    bench.send(Message::Undone);
    assert!(Step::all(bench.editor.draft()).contains(&bench.editor.step));
    assert!(bench.shows("已撤销：新增需求 4。"));
    assert_eq!(Step::Demand(7).nearest(bench.editor.draft()), Step::Demand(2));
    assert_eq!(Step::Letter(0).nearest(bench.editor.draft()), Step::Company);
}

#[test]
fn a_choice_undone_out_of_sight_is_shown() {
    let mut bench = demander();
    let field = Field::from("/company/ownership");
    bench.send(Message::StepChosen(Step::Company));
    bench.send(Message::Chosen(field.clone(), 0));
    bench.send(Message::StepChosen(Step::Demand(0)));
    bench.send(Message::Undone);
    assert_eq!(
        (bench.editor.step, bench.editor.focus.clone()),
        (Step::Company, Some(field.clone()))
    );
    assert!(bench.shows(&format!("已撤销：{}。", field.title())));
    assert_eq!(bench.editor.draft().company.ownership, None);
}

#[test]
fn typing_undone_in_the_blank_that_has_the_keyboard_needs_no_words() {
    let mut bench = demander();
    bench.send(Message::StepChosen(Step::Demand(2)));
    let typed = Message::Typed(Field::demand(2, "name"), "丙丁".into());
    let _action = bench.editor.update(typed, Instant::now() + Duration::from_secs(9));
    bench.send(Message::Undone);
    assert_eq!(names(&bench), ["甲", "乙", "丙"]);
    assert!(bench.editor.toast.is_none());
    bench.send(Message::StepChosen(Step::Company));
    bench.send(Message::Redone);
    assert_eq!(names(&bench), ["甲", "乙", "丙丁"]);
    assert_eq!(bench.editor.focus, Some(Field::demand(2, "name")));
    assert!(bench.shows("已重做：需求 3 · 名称。"));
}

#[test]
fn texts_between_changes_of_the_list_come_back_in_their_own_groups() {
    let mut bench = demander();
    bench.send(Message::Grouped(Group::Demands, Change::MoveUp(2)));
    bench.send(Message::Typed(Field::demand(1, "name"), "丙改".into()));
    bench.send(Message::Grouped(Group::Demands, Change::Remove(0)));
    bench.send(Message::Typed(Field::demand(1, "name"), "乙改".into()));
    let last = ["丙改", "乙改"];
    assert_eq!(names(&bench), last);
    while bench.editor.history.can_undo() {
        bench.send(Message::Undone);
    }
    assert_eq!(names(&bench), [""]);
    while bench.editor.history.can_redo() {
        bench.send(Message::Redone);
    }
    assert_eq!(names(&bench), last);
}

#[test]
fn what_was_told_of_a_group_goes_with_it_and_comes_back() {
    let mut bench = demander();
    bench.send(Message::StepChosen(Step::Demand(0)));
    bench.send(Message::Typed(Field::demand(0, "name"), "甲".repeat(400)));
    bench.send(Message::StepChosen(Step::Company));
    bench.check();
    let message =
        bench.editor.findings_of(&Field::demand(0, "name")).next().unwrap().message.clone();
    bench.send(Message::Grouped(Group::Demands, Change::MoveDown(0)));
    assert!(bench.editor.findings_of(&Field::demand(1, "name")).any(|f| f.message == message));
    bench.send(Message::Grouped(Group::Demands, Change::Remove(1)));
    bench.send(Message::Undone);
    bench.check();
    let message =
        bench.editor.findings_of(&Field::demand(1, "name")).next().unwrap().message.clone();
    assert!(bench.shows(&message), "it was filled in before, so that it is told");
}
