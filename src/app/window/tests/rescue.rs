//! What is typed when the window ends by a fault.

use super::*;

fn rescue(app: &App) -> Result<(), String> {
    app.rescue().unwrap().write.unwrap()()
}

#[test]
fn what_was_typed_last_is_on_disk_after_a_fault() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "最后一笔");
    assert_ne!(app.store.load(&id).unwrap().company.name, "最后一笔");
    assert_eq!(app.rescue().unwrap().draft, id);
    rescue(&app).unwrap();
    assert_eq!(app.store.load(&id).unwrap().company.name, "最后一笔");
    assert_eq!(rescue(&app), Ok(()), "a second time changes nothing");
    drop(app);
}

#[test]
fn a_save_that_was_under_way_does_not_write_over_it() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "先写的");
    let due = Message::Editor(app.session, editor::Message::AutosaveDue);
    // It has begun, and its thread is slow.
    let slow = app.update(due);
    type_name(&mut app, "后写的");
    rescue(&app).unwrap();
    run(&mut app, slow, |_| false, |_, _| {});
    assert_eq!(app.store.load(&id).unwrap().company.name, "后写的");
}

#[test]
fn what_cannot_be_written_is_told_and_what_is_only_looked_at_is_left_alone() {
    let (_folder, stuck) = app_that_cannot_save();
    assert!(!rescue(&stuck).unwrap_err().is_empty());
    let (_folder, app, id) = app();
    let (mut second, _task) = App::new(app.store.clone(), Settings::default(), None);
    open(&mut second, &id);
    assert!(second.rescue().unwrap().write.is_none());
    go_home(&mut second);
    assert!(second.rescue().is_none());
}

#[test]
fn what_is_typed_in_the_window_stays_out_of_the_log() {
    use crate::store::event_log;
    let (folder, mut app, id) = app();
    event_log::start(folder.path());
    let secret = "绝密新材料公司";
    type_name(&mut app, secret);
    rescue(&app).unwrap();
    go_home(&mut app);
    open(&mut app, &id);
    let named = folder.path().join(format!("{secret}.json"));
    std::fs::write(&named, format!("{{ \"company\": \"{secret}\"")).unwrap();
    let _task = app.update(Message::Dropped(named.clone()));
    go_home(&mut app);
    let dropped = Message::Dropped(named);
    send(&mut app, dropped, |app| !app.home.is_reading());
    let log = event_log::last_lines(folder.path(), usize::MAX).join("\n");
    for part in [format!("saved draft={id}"), format!("opened draft={id}")] {
        assert!(log.contains(&part), "{part}: {log}");
    }
    assert!(!log.contains("绝密"), "{log}");
}

#[test]
fn about_lies_over_the_window_and_escape_puts_it_away() {
    let (_folder, mut app, _) = app();
    go_home(&mut app);
    act(&mut app, Message::AboutAsked);
    assert!(shows(&app, "关于揭榜通"));
    act(&mut app, Message::Shortcut(Shortcut::Help));
    assert!(app.help.is_none(), "one thing at a time");
    act(&mut app, Message::Escaped);
    assert!(!shows(&app, "关于揭榜通"));
}

#[test]
fn the_welcome_that_was_put_away_stays_away() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let (mut app, task) = App::new(store.clone(), Settings::default(), None);
    let listed = |app: &App| shows(app, "欢迎使用揭榜通");
    run(&mut app, task, listed, |_, _| {});
    assert!(listed(&app));
    act(&mut app, Message::Home(home::Message::WelcomeLeft));
    assert!(!listed(&app));
    let (mut app, task) = App::new(store.clone(), Settings::load(&store), None);
    run(&mut app, task, |app| shows(app, "新建草稿"), |_, _| {});
    assert!(!listed(&app));
}
