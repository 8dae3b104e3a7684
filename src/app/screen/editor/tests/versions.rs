//! Earlier versions: looked at, brought back, kept.

use super::*;
use crate::app::screen::editor::versions::Message as Versions;

/// A draft of which two versions are on disk, the list of the earlier ones shown.
fn bench() -> Bench {
    let mut bench = Bench::new(Role::Solver);
    for words in ["第一版", "第二版"] {
        bench.send(Message::Typed(name(), words.into()));
        bench.editor.flush().unwrap();
    }
    list(&mut bench);
    bench
}

fn list(bench: &mut Bench) {
    bench.send(Message::Versions(Versions::Asked));
    let listed = bench.editor.list_versions_job()();
    bench.send(Message::Versions(Versions::Listed(Ok(listed))));
}

/// Looks at version `index` of the list, as pressing it does.
fn choose(bench: &mut Bench, index: usize) {
    let compared = bench.editor.compare_job(index).unwrap()();
    bench.send(Message::Versions(Versions::Compared(index, Ok(compared))));
}

#[test]
fn a_version_is_looked_at_before_it_comes_back_and_that_can_be_undone() {
    let mut bench = bench();
    assert!(bench.shows("与现在有 1 处不同：企业名称"));
    choose(&mut bench, 0);
    assert!(bench.shows("第一版") && bench.shows("第二版") && bench.shows("当时"));
    bench.on_screen(|ui| {
        ui.click("恢复这个版本").unwrap();
    });
    assert_eq!(bench.editor.draft().company.name, "第一版");
    bench.send(Message::StepChosen(Step::Profile));
    bench.send(Message::Undone);
    assert_eq!(bench.editor.draft().company.name, "第二版");
    assert!(bench.shows("已撤销：恢复旧版本。"));
    assert_eq!(bench.editor.step, Step::Company);
}

#[test]
fn what_a_version_took_the_place_of_is_kept_even_unsaved() {
    let mut bench = bench();
    bench.send(Message::Typed(name(), "没有保存过".into()));
    choose(&mut bench, 0);
    bench.send(Message::Versions(Versions::Restored));
    bench.editor.flush().unwrap();
    let (store, id) = (&bench.editor.store, &bench.editor.id);
    assert_eq!(store.load(id).unwrap().company.name, "第一版");
    let history = store.history(id).unwrap();
    let pinned: Vec<_> = history.iter().filter(|version| version.before_restore).collect();
    assert_eq!(pinned.len(), 1);
    assert_eq!(store.load_version(pinned[0]).unwrap().company.name, "没有保存过");
    list(&mut bench);
    let title = "（被替换前特意留下）";
    let found = bench.editor.versions.as_ref().unwrap();
    assert!(bench.shows(&format!("{}{title}", found.pinned_time().unwrap())));
}

#[test]
fn escape_goes_back_to_the_list_and_then_to_the_blanks() {
    let mut bench = bench();
    choose(&mut bench, 0);
    let _task = bench.editor.escape();
    assert!(bench.shows("返回填写") && !bench.shows("恢复这个版本"));
    let _task = bench.editor.escape();
    assert!(bench.editor.versions.is_none());
    assert!(bench.shows("企业名称"));
}

#[test]
fn a_draft_that_is_only_looked_at_is_compared_and_never_said_to_be_restored() {
    let mut bench = bench();
    bench.editor.may_write = false;
    choose(&mut bench, 0);
    assert!(bench.shows("这份草稿正在另一个窗口中编辑，这里只能查看。"));
    bench.send(Message::Versions(Versions::Restored));
    assert_eq!(bench.editor.draft().company.name, "第二版");
    assert!(!bench.editor.history.can_redo() && bench.editor.versions.is_some());
    assert!(bench.editor.autosave.tick().is_none());
}

#[test]
fn a_long_text_is_shown_in_part_and_whole_on_request() {
    let mut bench = Bench::new(Role::Solver);
    let profile = Field::from("/matching/profile");
    let long = "主营改性材料。".repeat(40);
    for words in ["", &long] {
        bench.send(Message::Typed(profile.clone(), words.to_owned()));
        bench.send(Message::Typed(name(), format!("甲{}", words.len())));
        bench.editor.flush().unwrap();
    }
    list(&mut bench);
    choose(&mut bench, 0);
    assert!(!bench.shows(&long) && bench.shows("（空）"));
    bench.on_screen(|ui| {
        ui.click("看全文").unwrap();
    });
    assert!(bench.shows(&long));
}

#[test]
fn a_list_that_is_read_late_takes_no_blank_from_whoever_types_on() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Versions(Versions::Asked));
    assert!(bench.shows("正在读取历史版本……"));
    let listed = bench.editor.list_versions_job()();
    let _task = bench.editor.escape();
    bench.send(Message::Typed(name(), "甲".into()));
    bench.send(Message::Versions(Versions::Listed(Ok(listed))));
    assert!(bench.shows("企业名称") && bench.editor.versions.is_none());
}

#[test]
fn what_was_brought_back_is_told_of() {
    let mut bench = Bench::new(Role::Solver);
    let code = Field::from("/company/credit_code");
    for words in ["914403001922038217", ""] {
        bench.send(Message::Typed(code.clone(), words.into()));
        bench.editor.flush().unwrap();
    }
    bench.editor.checking = checking::Checking::default();
    list(&mut bench);
    choose(&mut bench, 0);
    bench.send(Message::Versions(Versions::Restored));
    bench.check();
    assert!(!bench.editor.draft().company.credit_code.is_empty());
    let told = bench.editor.findings_of(&code).next().unwrap().message.clone();
    assert!(bench.shows(&told));
}
