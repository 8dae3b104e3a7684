//! The letter: find and replace, its size, the text alone.

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
