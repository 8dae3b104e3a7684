//! Whole-window behaviour: saving on the way out, drafts that come and go.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
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

#[test]
fn a_draft_that_cannot_be_saved_keeps_the_window_open_once() {
    let (folder, mut app, _id) = app();
    type_name(&mut app, "存不下");
    std::fs::remove_dir_all(folder.path().join("drafts")).unwrap();
    let _task = app.update(Message::CloseAsked);
    assert!(app.close_refused.is_some());
    type_name(&mut app, "还在编辑");
    assert_eq!(app.editor.as_ref().unwrap().draft().company.name, "还在编辑");
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
fn the_theme_follows_the_system_until_another_is_chosen_and_again_after() {
    let (_folder, mut app, _id) = app();
    assert!(!app.is_dark());
    let _task = app.update(Message::SystemTheme(iced::theme::Mode::Dark));
    assert!(app.is_dark());
    let _task = app.update(Message::ThemeToggled);
    assert!(!app.is_dark());
    assert_eq!(Settings::load(&app.store).dark, Some(false));
    let _task = app.update(Message::ThemeToggled);
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
fn the_size_is_kept_when_it_has_settled_and_never_larger_than_the_screen() {
    let (_folder, mut app, _id) = app();
    for width in [1000.0, 1010.0] {
        let _task = app.update(Message::Resized(Size::new(width, 640.0)));
    }
    let _task = app.update(Message::SizeSettled(1));
    assert!(Settings::load(&app.store).width > 1100.0, "it was still changing");
    let _task = app.update(Message::SizeSettled(2));
    assert_eq!(Settings::load(&app.store).width, 1010.0);
    let small = Size::new(1366.0, 768.0);
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
