//! The disk, or another program, in the way of what is being written.

use std::path::PathBuf;

use super::*;
use crate::app::window::leaving::Message as Answer;
use crate::app::worker::Broken;
use crate::store::{DraftLock, Version};

fn save(app: &mut App) {
    let due = Message::Editor(app.session, editor::Message::AutosaveDue);
    send(app, due, |app| !app.editor.as_ref().unwrap().is_unsaved() || failed(app).is_some());
}

fn failed(app: &App) -> Option<String> {
    match app.editor.as_ref().unwrap().how_saved() {
        editor::Saving::Failed(words) => Some(words),
        _ => None,
    }
}

/// Something of these words is told in the editor, whatever else the sentence says.
fn tells(app: &App, words: &str) -> bool {
    format!("{:?}", app.editor).contains(words)
}

fn tool(app: &App, words: &str) -> bool {
    screen(app).find(words.to_owned()).is_ok()
}

fn versions(app: &App, id: &DraftId) -> Vec<Version> {
    app.store.history(id).unwrap()
}

#[test]
fn what_cannot_be_saved_is_told_with_the_ways_out_and_saved_once_it_can_be() {
    let (folder, mut app) = app_that_cannot_save();
    save(&mut app);
    assert!(failed(&app).is_some() && tool(&app, "现在再试") && tool(&app, "另存为文件……"));
    type_name(&mut app, "照样写");
    assert_eq!(name(&app), "照样写");
    act(&mut app, Message::TravelAt(Shortcut::Undo, Focused::at(None)));
    assert_ne!(name(&app), "照样写", "it can be undone");
    act(&mut app, Message::TravelAt(Shortcut::Redo, Focused::at(None)));
    let editor = app.editor.as_ref().unwrap();
    assert!(editor.tick().is_some(), "it is tried again");
    std::fs::remove_file(folder.path().join("drafts")).unwrap();
    std::fs::rename(folder.path().join("aside"), folder.path().join("drafts")).unwrap();
    save(&mut app);
    assert!(failed(&app).is_none() && tells(&app, "又能保存了") && !tool(&app, "现在再试"));
    assert_eq!(app.store.list().unwrap()[0].company, "照样写");
}

#[test]
fn a_file_that_is_spoilt_after_the_draft_was_left_has_lost_nothing() {
    let (_folder, mut app, id) = app();
    for words in ["先写的", "最后写的"] {
        type_name(&mut app, words);
        save(&mut app);
    }
    go_home(&mut app);
    let kept = versions(&app, &id).len();
    std::fs::write(app.store.path(&id), "{ broken").unwrap();
    open(&mut app, &id);
    assert_eq!(name(&app), "最后写的");
    go_home(&mut app);
    assert_eq!(versions(&app, &id).len(), kept, "nothing new, nothing kept");
}

#[test]
fn a_copy_elsewhere_is_made_without_leaving_the_draft() {
    let (folder, mut app) = app_that_cannot_save();
    save(&mut app);
    let asked = Message::Editor(app.session, editor::Message::ElsewhereAsked);
    let _task = app.update(asked);
    assert!(shows(&app, "把草稿另存到别处") && !shows(&app, "放弃这些改动并离开"));
    let path = folder.path().join("另存.json");
    let picked = Answer::CopyPicked(Picked::Paths(vec![path.clone()]));
    let copied =
        |app: &App| app.leaving.as_ref().is_some_and(|one| format!("{one:?}").contains("Copied("));
    send(&mut app, Message::Leaving(picked), copied);
    assert_eq!(crate::store::file::read_draft(&path).unwrap().company.name, "存不下");
    assert!(shows(&app, "接着填写"));
    answer(&mut app, Answer::Stayed);
    assert!(app.editor.is_some() && app.leaving.is_none());
    type_name(&mut app, "还在写");
    assert_eq!(name(&app), "还在写");
}

#[test]
fn a_folder_that_is_pulled_out_and_back_in_gets_what_was_typed_meanwhile() {
    let (folder, mut app, id) = app();
    let away = folder.path().with_extension("away");
    std::fs::rename(folder.path(), &away).unwrap();
    type_name(&mut app, "拔了也写");
    save(&mut app);
    assert!(failed(&app).unwrap().contains("现在找不到"));
    assert!(!folder.path().exists(), "no empty folder is made where the disk was");
    std::fs::rename(&away, folder.path()).unwrap();
    save(&mut app);
    assert_eq!(failed(&app), None);
    assert_eq!(app.store.load(&id).unwrap().company.name, "拔了也写");
    assert!(app.store.lock(&id).unwrap().is_none(), "it is still this window's");
}

/// The folder was away: the locks that lie there now are no longer those taken.
fn swap_locks(folder: &tempfile::TempDir) {
    let locks = folder.path().join("locks");
    std::fs::rename(&locks, folder.path().join("old-locks")).unwrap();
    std::fs::create_dir(&locks).unwrap();
}

#[cfg(unix)]
#[test]
fn a_lock_that_was_lost_is_taken_again_or_nothing_is_written() {
    let (folder, mut app, id) = app();
    swap_locks(&folder);
    type_name(&mut app, "接着写");
    save(&mut app);
    assert!(failed(&app).is_none() && app.store.lock(&id).unwrap().is_none());
    swap_locks_again(&folder);
    let other: DraftLock = app.store.lock(&id).unwrap().unwrap();
    type_name(&mut app, "抢着写");
    save(&mut app);
    assert!(failed(&app).unwrap().contains("由另一个窗口编辑"));
    assert_eq!(app.store.load(&id).unwrap().company.name, "接着写");
    drop(other);
    save(&mut app);
    assert_eq!(app.store.load(&id).unwrap().company.name, "抢着写");
}

#[cfg(unix)]
fn swap_locks_again(folder: &tempfile::TempDir) {
    std::fs::remove_dir_all(folder.path().join("old-locks")).unwrap();
    swap_locks(folder);
}

#[test]
fn a_draft_changed_behind_the_window_is_kept_beside_what_the_window_holds() {
    let (_folder, mut app, id) = app();
    for (mine, theirs) in [("我的一", "备份一"), ("我的二", "备份二")] {
        let mut other = app.store.load(&id).unwrap();
        other.company.name = theirs.to_owned();
        std::fs::write(app.store.path(&id), other.to_json()).unwrap();
        type_name(&mut app, mine);
        save(&mut app);
        assert!(tells(&app, "在窗口外被改动过") && tool(&app, "历史版本"));
        assert_eq!(app.store.load(&id).unwrap().company.name, mine);
    }
    let kept = versions(&app, &id).into_iter().filter(|version| version.before_restore);
    let kept: Vec<String> =
        kept.map(|version| app.store.load_version(&version).unwrap().company.name).collect();
    assert_eq!(kept, ["备份二", "备份一"]);
    let told = versions(&app, &id).len();
    type_name(&mut app, "我的三");
    save(&mut app);
    let pinned = versions(&app, &id).iter().filter(|version| version.before_restore).count();
    assert!(pinned == 2 && versions(&app, &id).len() >= told, "its own saves are not foreign");
}

/// The window gets the focus; what is looked at then has been.
fn focus_window(app: &mut App) {
    send(app, Message::Focused, |app| !app.editor.as_ref().unwrap().is_looking_at_file());
}

fn close_toast(app: &mut App) {
    let closed = Message::Editor(app.session, editor::Message::ToastClosed);
    act(app, closed);
}

#[test]
fn a_draft_changed_behind_the_window_is_told_of_once_when_the_window_is_looked_at_again() {
    let (_folder, mut app, id) = app();
    focus_window(&mut app);
    type_name(&mut app, "我的");
    save(&mut app);
    focus_window(&mut app);
    assert!(!tells(&app, "在窗口外被改动"), "its own saves are not foreign");
    let mut other = app.store.load(&id).unwrap();
    let mine = other.to_json();
    other.company.name = "网盘上的".to_owned();
    std::fs::write(app.store.path(&id), other.to_json()).unwrap();
    focus_window(&mut app);
    assert!(tells(&app, "刚才在窗口外被改动了") && tool(&app, "历史版本"));
    assert_eq!(name(&app), "我的");
    assert_eq!(app.store.load(&id).unwrap().company.name, "网盘上的", "nothing is written over it");
    let kept: Vec<_> = versions(&app, &id).into_iter().filter(|v| v.before_restore).collect();
    // Whoever leaves now finds both.
    let names = kept.iter().map(|v| app.store.load_version(v).unwrap().company.name);
    assert_eq!(names.collect::<Vec<_>>(), ["网盘上的", "我的"]);
    close_toast(&mut app);
    focus_window(&mut app);
    assert!(!tells(&app, "刚才在窗口外被改动了"), "it is told once");
    type_name(&mut app, "接着写的");
    save(&mut app);
    let kept_now: Vec<_> = versions(&app, &id).into_iter().filter(|v| v.before_restore).collect();
    assert_eq!(kept_now.len(), kept.len(), "it is not kept twice");
    assert_eq!(app.store.load(&id).unwrap().company.name, "接着写的");
    close_toast(&mut app);
    let there = app.store.load(&id).unwrap().to_json();
    assert_ne!(there, mine);
    std::fs::write(app.store.path(&id), there).unwrap();
    focus_window(&mut app);
    assert!(!tells(&app, "在窗口外被改动"), "the same content again is no change");
}

#[test]
fn a_save_that_leaves_no_earlier_version_says_so_until_one_does() {
    let (folder, mut app, id) = app();
    type_name(&mut app, "第一笔");
    save(&mut app);
    assert!(!tool(&app, "已保存，但这次没能留下旧版本：同名文件已存在"));
    let history = folder.path().join("drafts").join(id.as_str()).join("history");
    let before = versions(&app, &id).len();
    std::fs::rename(&history, folder.path().join("aside")).unwrap();
    std::fs::write(&history, "").unwrap();
    type_name(&mut app, "第二笔");
    save(&mut app);
    assert_eq!(failed(&app), None, "the draft itself is on disk");
    assert_eq!(app.store.load(&id).unwrap().company.name, "第二笔");
    assert!(tool(&app, "已保存，但这次没能留下旧版本：同名文件已存在"));
    std::fs::remove_file(&history).unwrap();
    std::fs::rename(folder.path().join("aside"), &history).unwrap();
    type_name(&mut app, "第三笔");
    save(&mut app);
    assert!(!tool(&app, "已保存，但这次没能留下旧版本：同名文件已存在"));
    assert_eq!(versions(&app, &id).len(), before + 1);
}

#[test]
fn a_fault_in_the_thread_that_saves_is_told_and_the_save_tried_again() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "线程出错");
    // What the thread would do stays undone.
    let _task = app.update(Message::Editor(app.session, editor::Message::AutosaveDue));
    let broken = Message::Editor(app.session, editor::Message::Saved(Err(Broken)));
    act(&mut app, broken);
    assert!(failed(&app).unwrap().contains("程序内部出错") && tool(&app, "现在再试"));
    save(&mut app);
    assert_eq!(app.store.load(&id).unwrap().company.name, "线程出错");
}

#[test]
fn a_draft_that_another_window_edits_is_shown_as_that_one_saved_it() {
    let (folder, mut app, id) = app();
    let (mut second, _task) = App::new(app.store.clone(), Settings::default(), None);
    open(&mut second, &id);
    type_name(&mut app, "第一个窗口写的");
    save(&mut app);
    let look = |second: &mut App| send(second, Message::LookDue, |app| !app.looking.is_running());
    look(&mut second);
    assert_eq!(name(&second), "第一个窗口写的");
    assert!(tells(&second, "Followed("));
    std::fs::rename(folder.path(), folder.path().with_extension("away")).unwrap();
    look(&mut second);
    assert!(tells(&second, "这里显示的是最后读到的内容") && name(&second) == "第一个窗口写的");
    std::fs::rename(folder.path().with_extension("away"), folder.path()).unwrap();
    drop(app);
    look(&mut second);
    type_name(&mut second, "轮到第二个");
    assert_eq!(name(&second), "轮到第二个", "taken over by itself");
}

#[test]
fn of_a_damaged_draft_the_age_of_what_is_shown_and_the_damaged_file_are_told() {
    let (_folder, mut app, id) = app();
    for words in ["第一版", "第二版"] {
        type_name(&mut app, words);
        save(&mut app);
    }
    let path: PathBuf = app.store.path(&id);
    go_home(&mut app);
    let at = versions(&app, &id)[0].at;
    std::fs::write(&path, "{\"schema\": 1, \"comp").unwrap();
    open(&mut app, &id);
    assert_eq!(name(&app), "第二版");
    let when = crate::app::moment::stamp(at, jiff::Timestamp::now());
    assert!(tells(&app, &format!("现在打开的是 {when} 保存的历史版本")));
    assert!(tells(&app, "draft.json.damaged"));
    assert!(tool(&app, "打开所在文件夹") && tool(&app, "复制路径"));
}

#[test]
fn lists_follow_another_window_and_a_folder_that_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let (mut app, task) = App::new(store, Settings::default(), None);
    run(&mut app, task, |_| false, |_, _| {});
    let listed = |app: &App| format!("{:?}", app.home).matches("path: \"").count();
    let before = listed(&app);
    app.store.create(&Draft::new("wuhan-2024", Role::Demander)).unwrap();
    send(&mut app, Message::Focused, |_| false);
    assert!(listed(&app) > before);
    let away = folder.path().with_extension("away");
    std::fs::rename(folder.path(), &away).unwrap();
    send(&mut app, Message::Home(home::Message::Ticked), |_| false);
    assert!(shows(&app, "重新读取") && shows(&app, "换一个文件夹……"));
    std::fs::rename(&away, folder.path()).unwrap();
    send(&mut app, Message::Home(home::Message::Ticked), |_| false);
    assert!(!shows(&app, "重新读取"));
}
