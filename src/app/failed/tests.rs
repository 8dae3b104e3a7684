#![allow(clippy::unwrap_used)]

use iced_test::Simulator;

use super::*;
use crate::domain::{Draft, Role};

/// The window after a fault, with what was looked at.
fn state(root: &std::path::Path, draft: Option<&str>, unsaved: bool) -> State {
    let ended = Ended {
        root: root.to_owned(),
        report: Some(root.join("reports").join("report-1.txt")),
        draft: draft.map(str::to_owned),
        unsaved,
    };
    let (mut state, _task) = State::new(ended);
    if let Some(file) = state.file() {
        let _task = state.update(Message::Known(Ok(About::of(file))));
    }
    state
}

fn screen(state: &State) -> Simulator<'_, Message> {
    launch::load_font();
    let font = Font::with_name("Noto Sans SC");
    let settings = iced::Settings { default_font: font, ..iced::Settings::default() };
    Simulator::with_size(settings, SIZE, state.view())
}

fn shows(state: &State, part: &str) -> bool {
    let mut ui = screen(state);
    ui.find(|candidate: iced_test::selector::Candidate<'_>| match candidate {
        iced_test::selector::Candidate::Text { content, .. } if content.contains(part) => Some(()),
        _ => None,
    })
    .is_ok()
}

#[test]
fn the_draft_is_named_with_its_place_and_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    "甲公司".clone_into(&mut draft.company.name);
    let id = store.create(&draft).unwrap();
    let state = state(folder.path(), Some(id.as_str()), false);
    assert_eq!(state.file(), Some(store.path(&id)));
    for part in ["草稿《甲公司》是安全的", "draft.json", "report-1.txt", "没有任何填写的内容"]
    {
        assert!(shows(&state, part), "{part}");
    }
    assert!(screen(&state).find("重新打开草稿").is_ok());
}

#[test]
fn what_could_not_be_saved_is_said_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let id = store.create(&Draft::new("shanghai-2024", Role::Solver)).unwrap();
    let state = state(folder.path(), Some(id.as_str()), true);
    assert!(shows(&state, "没有保住") && !shows(&state, "是安全的"));
}

#[test]
fn without_a_draft_the_program_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = state(folder.path(), None, false);
    assert!(
        shows(&state, "最多缺最后一秒的输入")
            && screen(&state).find("只打开揭榜通").is_err()
            && shows(&state, "重新打开揭榜通")
    );
    state.ended.report = None;
    assert!(shows(&state, "错误报告没有写成"));
    let mut ui = screen(&state);
    let _ = ui.click("打开报告所在文件夹");
    assert_eq!(ui.into_messages().count(), 0, "there is none");
}

#[test]
fn a_spoilt_draft_is_told_of_without_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let id = store.create(&Draft::new("shanghai-2024", Role::Solver)).unwrap();
    std::fs::write(store.path(&id), "{ 坏了").unwrap();
    let state = state(folder.path(), Some(id.as_str()), false);
    assert!(shows(&state, "现在读不出来") && !shows(&state, "是安全的"));
    assert!(shows(&state, "只打开揭榜通"));
}
