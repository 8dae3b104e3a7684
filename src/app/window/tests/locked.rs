//! Packages and drafts that need a password.

use super::*;
use crate::app::screen::home::locked::Message as Asked;
use crate::domain::Password;
use crate::export::package::{Package, completed, lock, zip_of};

/// Home, and a package under the password `Jie-2024` outside the store.
fn home_and_package() -> (tempfile::TempDir, App, PathBuf) {
    let (folder, mut app, _) = app();
    go_home(&mut app);
    let mut draft = Draft::new("shanghai-2024", Role::Demander);
    "寄来的公司".clone_into(&mut draft.company.name);
    let date = "2024-07-01".parse().unwrap();
    let files = completed(Vec::new(), &draft, date, false);
    let zip = zip_of(&files, date).unwrap();
    let package = Package { base_name: String::new(), files, zip, locked: false };
    let locked = lock(package, &"Jie-2024".to_owned().into(), date, &|| true).unwrap();
    let path = folder.path().join("寄来.zip");
    std::fs::write(&path, locked.zip.read().unwrap()).unwrap();
    (folder, app, path)
}

fn asked(app: &mut App, message: Asked) {
    act(app, Message::Home(home::Message::Asked(message)));
}

/// Types a password and gives it; ends with the answer.
fn give(app: &mut App, text: &str) {
    asked(app, Asked::Typed(Password::from(text.to_owned())));
    let told = |app: &App| shows(app, "打开") || app.editor.is_some();
    let given = Message::Home(home::Message::Asked(Asked::Given));
    let task = app.update(given);
    assert!(shows(app, "正在打开……") || text.is_empty());
    run(app, task, told, |_, _| {});
}

#[test]
fn a_package_asks_for_its_password_again_until_it_is_right() {
    let (_folder, mut app, path) = home_and_package();
    let drafts = |app: &App| app.store.list().unwrap().len();
    let before = drafts(&app);
    let keyboard = keyboard_after(&mut app, Message::Dropped(path));
    assert_eq!(keyboard, Some(Id::new("open-password")));
    assert!(shows(&app, "需要打开密码"));
    // What lies under the question is left alone.
    act(&mut app, Message::Shortcut(Shortcut::Help));
    assert!(app.help.is_none() && shows(&app, "需要打开密码"));
    give(&mut app, "");
    assert!(shows(&app, "请填写打开密码。"));
    give(&mut app, "jie-2024");
    let wrong = "打开密码不对，请核对大小写和输入法后再试；忘记了密码，只能请对方重新发一份。";
    assert!(shows(&app, wrong));
    assert_eq!(drafts(&app), before);
    give(&mut app, "Jie-2024");
    let arrived = |app: &App| app.editor.is_some();
    run(&mut app, Task::none(), arrived, |_, _| {});
    assert_eq!(drafts(&app), before + 1);
}

#[test]
fn a_package_whose_password_nobody_knows_is_left_and_takes_nothing_with_it() {
    let (_folder, mut app, path) = home_and_package();
    send(&mut app, Message::Dropped(path.clone()), |app| app.home.is_asking());
    asked(&mut app, Asked::Typed(Password::from("Jie-2024".to_owned())));
    act(&mut app, Message::Escaped);
    assert!(!app.home.is_asking() && app.editor.is_none());
    assert!(!shows(&app, "需要打开密码"));
    // It is asked for anew, and what was typed is gone.
    send(&mut app, Message::Dropped(path), |app| app.home.is_asking());
    give(&mut app, "");
    assert!(shows(&app, "请填写打开密码。"));
}

/// Sets, changes or takes away the password of a draft; ends when the dialog has closed or says why not.
fn change(app: &mut App, message: home::password::Message) {
    let listed = |app: &App| !app.home.is_asking();
    let task = app.update(Message::Home(home::Message::Password(message)));
    run(app, task, listed, |_, _| {});
}

#[test]
fn a_draft_gets_a_password_on_home_and_asks_for_it_when_it_is_opened_later() {
    use home::password::Message as Change;
    let (_folder, mut app, id) = app();
    type_name(&mut app, "机密公司");
    go_home(&mut app);
    let asked = |has| Change::Asked(id.clone(), "机密公司".to_owned(), has);
    let password = |text: &str| Password::from(text.to_owned());
    act(&mut app, Message::Home(home::Message::Password(asked(false))));
    assert!(shows(&app, "忘记密码无法找回：谁也打不开，草稿、历史版本和佐证文件就都没有了。"));
    for typed in [Change::NewTyped(password("Jie-2024")), Change::AgainTyped(password("jie"))] {
        act(&mut app, Message::Home(home::Message::Password(typed)));
    }
    act(&mut app, Message::Home(home::Message::Password(Change::Set)));
    assert!(shows(&app, "两次填写的打开密码不一样，请核对。") && !app.store.has_password(&id));
    act(&mut app, Message::Home(home::Message::Password(Change::AgainTyped(password("Jie-2024")))));
    change(&mut app, Change::Set);
    assert!(app.store.has_password(&id));
    let done =
        "“机密公司”已设打开密码并加密。到关闭程序为止打开它不再询问；请记好密码，忘记无法找回。";
    assert!(shows(&app, done));
    // Another day.
    app.store.forget_key(&id);
    let (mut app, listed) = App::new(app.store.clone(), Settings::default(), None);
    run(&mut app, listed, |app| shows(app, "已加密的草稿"), |_, _| {});
    assert!(!shows(&app, "机密公司"));
    send(&mut app, Message::Home(home::Message::OpenAsked(id.clone())), |app| app.home.is_asking());
    assert!(shows(&app, "需要打开密码") && app.editor.is_none());
    give(&mut app, "jie-2024");
    assert!(app.editor.is_none());
    give(&mut app, "Jie-2024");
    run(&mut app, Task::none(), |app| app.editor.is_some(), |_, _| {});
    assert_eq!(name(&app), "机密公司");
    go_home(&mut app);
    act(&mut app, Message::Home(home::Message::Password(asked(true))));
    act(&mut app, Message::Home(home::Message::Password(Change::OldTyped(password("Jie-2024")))));
    change(&mut app, Change::Removed);
    assert!(!app.store.has_password(&id) && shows(&app, "“机密公司”已取消打开密码，不再加密。"));
}
