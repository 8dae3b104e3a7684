//! Whole-window behaviour: saving on the way out, drafts that come and go.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::screen::export;
use crate::domain::{Draft, Field, Role};

fn app() -> (tempfile::TempDir, App, DraftId) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let id = store.create(&Draft::new("shanghai-2024", Role::Solver)).unwrap();
    let (mut app, _task) = App::new(store, Settings::default(), None);
    let _task = app.update(Message::Home(home::Message::OpenAsked(id.clone())));
    (folder, app, id)
}

fn type_name(app: &mut App, words: &str) {
    let typed = editor::Message::Typed(Field::from("/company/name"), words.to_owned());
    let _task = app.update(Message::Editor(app.session, typed));
}

#[test]
fn closing_saves_what_was_typed_last_and_remembers_the_window() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "最后一笔");
    let _task = app.update(Message::Resized(Size::new(1100.0, 720.0)));
    let _task = app.update(Message::Moved(Point::new(40.0, 60.0)));
    let _task = app.update(Message::CloseAsked);
    assert_eq!(app.store.load(&id).unwrap().company.name, "最后一笔");
    let settings = Settings::load(&app.store);
    assert_eq!(settings.place, Some((40.0, 60.0)));
    assert_eq!((settings.width, settings.last_draft.as_deref()), (1100.0, Some(id.as_str())));
    assert_eq!(app.title(), "最后一笔 · 揭榜通");
}

/// Home, with the draft's folder replaced by a file: nothing can be saved.
fn app_that_cannot_save() -> (tempfile::TempDir, App) {
    let (folder, mut app, id) = app();
    type_name(&mut app, "存不下");
    let drafts = folder.path().join("drafts");
    std::fs::rename(&drafts, folder.path().join("aside")).unwrap();
    std::fs::write(&drafts, "").unwrap();
    assert!(app.store.load(&id).is_err());
    (folder, app)
}

fn make_room(folder: &tempfile::TempDir) {
    let drafts = folder.path().join("drafts");
    std::fs::remove_file(&drafts).unwrap();
    std::fs::rename(folder.path().join("aside"), &drafts).unwrap();
}

/// What is asked before leaving, on the screen; `None`: nothing is.
fn asks(app: &App, words: &str) -> bool {
    crate::app::launch::load_font();
    let settings = iced::Settings {
        default_font: iced::Font::with_name("Noto Sans SC"),
        ..iced::Settings::default()
    };
    let size = Size::new(1024.0, 700.0);
    iced_test::Simulator::with_size(settings, size, app.view()).find(words.to_owned()).is_ok()
}

fn answer(app: &mut App, message: leaving::Message) {
    let _task = app.update(Message::Leaving(message));
}

#[test]
fn what_cannot_be_saved_is_given_up_only_when_the_person_says_so() {
    for ask in [Message::CloseAsked, Message::Shortcut(Shortcut::New)] {
        let (_folder, mut app) = app_that_cannot_save();
        for _ in 0..3 {
            let _task = app.update(ask.clone());
            assert!(app.editor.is_some() && asks(&app, "最后的改动还没有保存"));
        }
        assert!(asks(&app, "再试一次") && asks(&app, "另存为文件……"));
        answer(&mut app, leaving::Message::Retried);
        assert!(app.editor.is_some() && app.leaving.is_some());
        answer(&mut app, leaving::Message::Stayed);
        assert!(!asks(&app, "最后的改动还没有保存"));
        type_name(&mut app, "还在编辑");
        assert_eq!(app.editor.as_ref().unwrap().draft().company.name, "还在编辑");
    }
    let (_folder, mut app) = app_that_cannot_save();
    let _task = app.go_home();
    answer(&mut app, leaving::Message::GivenUp);
    assert!(app.editor.is_none() && app.leaving.is_none());
}

#[test]
fn once_there_is_room_again_the_next_try_saves_and_leaves() {
    let (folder, mut app) = app_that_cannot_save();
    let _task = app.go_home();
    make_room(&folder);
    answer(&mut app, leaving::Message::Retried);
    assert!(app.editor.is_none());
    let saved = app.store.list().unwrap();
    assert_eq!(saved.first().map(|entry| entry.company.as_str()), Some("存不下"));
}

#[test]
fn a_copy_elsewhere_holds_the_last_words_and_lets_the_person_go() {
    let (folder, mut app) = app_that_cannot_save();
    let _task = app.update(Message::CloseAsked);
    let stick = folder.path().join("U 盘");
    std::fs::create_dir(&stick).unwrap();
    let copied = app.editor.as_ref().unwrap().copy_job(stick.clone())();
    let path = copied.as_ref().unwrap().path.clone();
    assert_eq!(path.parent(), Some(stick.as_path()));
    assert_eq!(crate::store::file::read_draft(&path).unwrap().company.name, "存不下");
    answer(&mut app, leaving::Message::Copied(Ok(copied)));
    assert!(asks(&app, "关闭窗口") && app.editor.is_some());
    answer(&mut app, leaving::Message::GivenUp);
    assert!(app.leaving.is_none());
}

#[test]
fn a_copy_that_fails_is_told_and_the_question_stays() {
    let (_folder, mut app) = app_that_cannot_save();
    let _task = app.update(Message::CloseAsked);
    answer(&mut app, leaving::Message::CopyPicked(crate::app::dialog::Picked::Unavailable));
    answer(&mut app, leaving::Message::PathTyped("U盘".into()));
    answer(&mut app, leaving::Message::PathGiven);
    let refused = crate::app::dialog::typed_path("U盘").unwrap_err();
    assert!(asks(&app, &refused) && asks(&app, "另存到这里"));
}

#[test]
fn when_room_comes_by_itself_while_it_is_asked_leaving_costs_nothing() {
    let (folder, mut app) = app_that_cannot_save();
    let _task = app.go_home();
    make_room(&folder);
    app.editor.as_mut().unwrap().flush().unwrap();
    let _task = app.update(Message::Editor(app.session, editor::Message::ToastClosed));
    assert!(asks(&app, "现在已经保存好了。") && !asks(&app, "另存为文件……"));
    answer(&mut app, leaving::Message::Retried);
    assert!(app.editor.is_none());
}

/// An export that nobody works at: it is under way until it is said to have ended.
fn app_that_exports() -> (tempfile::TempDir, App) {
    let (folder, mut app, _id) = app();
    let target = folder.path().join("out").display().to_string();
    for message in [export::Message::FolderTyped(target), export::Message::Started] {
        let message = editor::Message::Export(message);
        let _task = app.update(Message::Editor(app.session, message));
    }
    assert!(app.editor.as_ref().unwrap().is_exporting());
    (folder, app)
}

fn export_ends(app: &mut App) {
    let ended = export::Message::Finished(Ok(Err(export::Unwritten::Cancelled)));
    let _task = app.update(Message::Editor(app.session, editor::Message::Export(ended)));
}

#[test]
fn an_export_under_way_is_waited_for_or_stopped_before_the_draft_is_left() {
    let (_folder, mut app) = app_that_exports();
    let _task = app.go_home();
    assert!(asks(&app, "继续等待") && asks(&app, "停止并离开"));
    answer(&mut app, leaving::Message::Stayed);
    assert!(app.leaving.is_none() && app.editor.as_ref().unwrap().is_exporting());
    let _task = app.go_home();
    answer(&mut app, leaving::Message::Stopped);
    assert!(app.editor.is_some() && asks(&app, "正在停止……"));
    export_ends(&mut app);
    assert!(app.editor.is_none() && app.leaving.is_none());
}

#[test]
fn an_export_that_ends_while_it_is_asked_leaves_the_choice() {
    let (_folder, mut app) = app_that_exports();
    let _task = app.update(Message::CloseAsked);
    export_ends(&mut app);
    assert!(app.editor.is_some() && asks(&app, "关闭窗口") && asks(&app, "回去接着填写"));
}

#[test]
fn key_combinations_do_not_reach_what_lies_under_the_question() {
    let (_folder, mut app) = app_that_cannot_save();
    let _task = app.update(Message::CloseAsked);
    let focused = Focused::at(None);
    let _task = app.update(Message::Shortcut(Shortcut::Export));
    assert_ne!(app.editor.as_ref().unwrap().step(), editor::Step::Export);
    let _task = app.update(Message::Shortcut(Shortcut::Undo));
    let _task = app.update(Message::FocusFound(focused));
    assert_eq!(app.editor.as_ref().unwrap().draft().company.name, "存不下");
    let _task = app.update(Message::Escaped);
    assert!(app.leaving.is_none());
}

#[test]
fn the_same_draft_in_a_second_window_is_only_looked_at() {
    let (_folder, app, id) = app();
    let (mut second, _task) = App::new(app.store.clone(), Settings::default(), None);
    let _task = second.update(Message::Home(home::Message::OpenAsked(id)));
    type_name(&mut second, "抢着改");
    assert_eq!(second.editor.as_ref().unwrap().draft().company.name, "");
}

#[test]
fn a_draft_in_a_folder_that_cannot_be_written_to_is_looked_at_and_left() {
    let (folder, app, id) = app();
    let store = app.store.clone();
    drop(app);
    let locks = folder.path().join("locks");
    std::fs::remove_dir_all(&locks).unwrap();
    std::fs::write(&locks, "").unwrap();
    let (mut app, _task) = App::new(store, Settings::default(), None);
    let _task = app.update(Message::Home(home::Message::OpenAsked(id)));
    type_name(&mut app, "改不了");
    assert_eq!(app.editor.as_ref().unwrap().draft().company.name, "");
    assert!(asks(&app, "保存草稿的文件夹不能写入，这里只能查看和导出。"));
    let _task = app.go_home();
    assert!(app.editor.is_none());
}

#[test]
fn the_theme_follows_the_system_until_another_is_chosen_and_again_after() {
    let (_folder, mut app, _id) = app();
    assert!(!app.is_dark());
    let _task = app.update(Message::SystemTheme(iced::theme::Mode::Dark));
    assert!(app.is_dark());
    let _task = app.update(Message::ThemeToggled);
    assert!(!app.is_dark());
    assert_eq!(app.settings.dark, Some(false));
    let _task = app.update(Message::ThemeToggled);
    let _task = app.update(Message::CloseAsked);
    assert_eq!(Settings::load(&app.store).dark, None);
}

#[test]
fn larger_text_leaves_less_room_and_the_window_its_size() {
    let (_folder, mut app, _id) = app();
    let _task = app.update(Message::Shortcut(Shortcut::Larger));
    assert!(app.window.width < 1180.0);
    let _task = app.update(Message::CloseAsked);
    assert!((Settings::load(&app.store).width - 1180.0).abs() < 1.0);
}

#[test]
fn size_and_place_are_the_same_after_a_restart_whatever_the_magnification() {
    let (_folder, mut app, _id) = app();
    let _task = app.update(Message::Shortcut(Shortcut::Larger));
    let scale = app.settings.scale;
    assert!(scale > 1.05);
    // The toolkit reckons in magnified pixels.
    let _task = app.update(Message::Resized(Size::new(1320.0 / scale, 770.0 / scale)));
    let _task = app.update(Message::Moved(Point::new(110.0 / scale, 55.0 / scale)));
    let _task = app.update(Message::CloseAsked);
    let kept = Settings::load(&app.store);
    assert!(
        (kept.width - 1320.0).abs() < 0.5
            && (kept.scaled_size().width * scale - 1320.0).abs() < 0.5
    );
    let (x, y) = kept.place.unwrap();
    assert!((x - 110.0).abs() < 0.5 && (y - 55.0).abs() < 0.5);
}

#[test]
fn undo_leaves_the_draft_alone_while_a_box_beside_it_has_the_keyboard() {
    let (_folder, mut app, _id) = app();
    type_name(&mut app, "写好的");
    let name = |app: &App| app.editor.as_ref().unwrap().draft().company.name.clone();
    let undo = |app: &mut App, focused| {
        let _task = app.update(Message::TravelAt(Shortcut::Undo, focused));
    };
    undo(&mut app, Focused::in_line("export-folder".into()));
    assert_eq!(name(&app), "写好的");
    undo(&mut app, Focused::in_line("/company/name".into()));
    assert_eq!(name(&app), "");
    let _task = app.update(Message::TravelAt(Shortcut::Redo, Focused::at(None)));
    assert_eq!(name(&app), "写好的");
}

#[test]
fn the_size_is_kept_when_it_has_settled_and_never_larger_than_the_screen() {
    let (_folder, mut app, _id) = app();
    for width in [1000.0, 1010.0] {
        let _task = app.update(Message::Resized(Size::new(width, 640.0)));
    }
    assert!(app.settings.width > 1100.0, "it was still changing");
    let _task = app.update(Message::Maximized(false));
    assert_eq!(app.settings.width, 1010.0);
    let _task = app.update(Message::Resized(Size::new(2560.0, 1400.0)));
    let _task = app.update(Message::Maximized(true));
    let _task = app.update(Message::CloseAsked);
    let kept = Settings::load(&app.store);
    assert_eq!((kept.width, kept.maximized), (1010.0, true), "the size of before the whole screen");
    let small = Size::new(1366.0, 768.0);
    use place::fitting;
    assert_eq!(fitting(Size::new(1280.0, 800.0), small), Some(Size::new(1280.0, 768.0)));
    assert_eq!(fitting(Size::new(1180.0, 700.0), small), None);
}

#[test]
fn what_an_earlier_draft_was_waiting_for_is_not_given_to_the_next() {
    let (_folder, mut app, id) = app();
    let earlier = app.session;
    let _task = app.go_home();
    let _task = app.update(Message::Home(home::Message::OpenAsked(id)));
    let late = editor::Message::Typed(Field::from("/company/name"), "旧的".to_owned());
    let _task = app.update(Message::Editor(earlier, late));
    assert_eq!(app.editor.as_ref().unwrap().draft().company.name, "");
}

#[test]
fn a_draft_that_arrives_late_does_not_push_aside_what_is_being_written() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "正在写");
    let other = app.store.create(&Draft::new("wuhan-2024", Role::Demander)).unwrap();
    let _task = app.update(Message::Home(home::Message::OpenAsked(other)));
    assert_eq!(app.editor.as_ref().unwrap().draft().company.name, "正在写");
    let _task = app.update(Message::CloseAsked);
    assert_eq!(app.store.load(&id).unwrap().company.name, "正在写");
}

/// Evidence that is asked for in a dialog nobody answers.
fn app_that_asks_for_files() -> (tempfile::TempDir, App) {
    let (folder, mut app, _id) = app();
    let _task = app.update(Message::Editor(app.session, editor::Message::AttachAsked(0, 0)));
    assert!(app.editor.as_ref().unwrap().is_copying());
    (folder, app)
}

#[test]
fn files_on_their_way_are_waited_for_or_given_up_before_the_draft_is_left() {
    let (_folder, mut app) = app_that_asks_for_files();
    let _task = app.update(Message::CloseAsked);
    assert!(asks(&app, "还在添加佐证文件") && asks(&app, "继续等待"));
    answer(&mut app, leaving::Message::Stayed);
    assert!(app.leaving.is_none() && app.editor.as_ref().unwrap().is_copying());
    let _task = app.go_home();
    answer(&mut app, leaving::Message::Stopped);
    assert!(app.editor.is_none() && app.leaving.is_none());
}

#[test]
fn files_that_arrive_while_it_is_asked_leave_the_choice() {
    let (_folder, mut app) = app_that_asks_for_files();
    let _task = app.go_home();
    let cancelled = editor::Message::AttachPicked(1, crate::app::dialog::Picked::Cancelled);
    let _task = app.update(Message::Editor(app.session, cancelled));
    assert!(app.editor.is_some() && asks(&app, "回到草稿列表") && asks(&app, "回去接着填写"));
}

#[test]
fn a_copy_that_is_stopped_is_waited_for_and_adds_nothing() {
    let (folder, mut app, id) = app();
    let letter = editor::Message::StepChosen(editor::Step::Evidence(0));
    let _task = app.update(Message::Editor(app.session, letter));
    let _task = app.update(Message::Dropped(folder.path().join("证书.pdf")));
    let _task = app.go_home();
    answer(&mut app, leaving::Message::Stopped);
    assert!(app.editor.is_some() && asks(&app, "正在停止……"));
    let ended = editor::Message::Attached(1, Ok(vec![Ok(crate::domain::Attachment::default())]));
    let _task = app.update(Message::Editor(app.session, ended));
    assert!(app.editor.is_none());
    assert!(app.store.load(&id).unwrap().attachments().next().is_none());
}
