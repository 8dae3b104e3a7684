#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

/// A folder in which nothing can be made, as a file lies in its way.
fn closed() -> (tempfile::TempDir, Gate) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("盘").join("数据");
    std::fs::write(folder.path().join("盘"), "").unwrap();
    let problem = Store::open(root.clone()).unwrap_err().to_string();
    let (gate, _task) = Gate::new(root, Err(problem), None);
    (folder, gate)
}

fn shows(gate: &Gate, words: &str) -> bool {
    crate::app::launch::load_font();
    let settings = iced::Settings {
        default_font: iced::Font::with_name("Noto Sans SC"),
        ..iced::Settings::default()
    };
    let mut ui = iced_test::Simulator::with_size(settings, [1024.0, 700.0], gate.view());
    ui.find(words.to_owned()).is_ok()
}

/// What the thread would do with a folder.
fn tried(root: &Path) -> Message {
    let opened = Store::open(root.to_owned()).map_err(|error| error.to_string());
    let opened = opened.map(|store| {
        let settings = Settings::load(&store);
        (store, settings)
    });
    Message::Tried(root.to_owned(), Ok(opened))
}

#[test]
fn a_folder_out_of_reach_is_told_and_tried_again_until_it_is_there() {
    let (folder, mut gate) = closed();
    let Gate::Closed(closed) = &gate else { panic!("there is nothing to open") };
    let root = closed.root.clone();
    assert!(shows(&gate, "数据文件夹打不开") && shows(&gate, "再试一次") && shows(&gate, "退出"));
    let _task = gate.update(Message::Retried);
    let _task = gate.update(tried(&root));
    assert!(matches!(&gate, Gate::Closed(closed) if closed.told.is_some() && !closed.trying));
    std::fs::remove_file(folder.path().join("盘")).unwrap();
    let _task = gate.update(tried(&root));
    assert!(matches!(&gate, Gate::Open(app) if app.root() == root));
    assert!(shows(&gate, "新建草稿"));
}

#[test]
fn another_folder_can_be_used_and_what_is_in_it_is_left_in_order() {
    let (folder, mut gate) = closed();
    let other = folder.path().join("文档");
    std::fs::create_dir(&other).unwrap();
    let _task = gate.update(Message::FolderPicked(Picked::Unavailable));
    assert!(shows(&gate, "用这个文件夹"));
    let place = data_in(&other);
    assert_eq!(place, other.join("jiebang"));
    let _task = gate.update(tried(&place));
    assert_eq!(data_in(&place), place, "what holds drafts is the folder itself");
    let words = format!("这次用的数据文件夹是“{}”", place.display());
    let Gate::Open(app) = &gate else { panic!("it can be used") };
    assert_eq!(app.root(), place);
    assert!(format!("{app:?}").contains(&words));
}

#[test]
fn the_guide_opens_where_it_tells_of_the_folder_and_escape_puts_it_away() {
    let (_folder, mut gate) = closed();
    assert!(shows(&gate, "帮助（F1）"));
    let _task = gate.update(Message::Resized(Size::new(1024.0, 700.0)));
    let _task = gate.update(Message::Shortcut(Shortcut::Help));
    assert!(shows(&gate, "出了问题怎么办") && !shows(&gate, "再试一次"));
    let _task = gate.update(Message::Help(help::Message::Typed("日志".to_owned())));
    let _task = gate.update(Message::Escaped);
    assert!(!shows(&gate, "再试一次"), "what was looked for is cleared first");
    let _task = gate.update(Message::Escaped);
    assert!(shows(&gate, "再试一次"));
}
