//! A package that needs a password is dropped on the window.

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
    assert!(!app.help && shows(&app, "需要打开密码"));
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
