//! Packages under a password, as scripts make and open them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use std::fs;

use program::*;

/// The ZIP of a folder, by whether it needs a password.
fn zip(place: &Place, folder: &str, locked: bool) -> String {
    let names = fs::read_dir(place.path(folder)).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let found = names.find(|name| name.ends_with(".zip") && name.contains("-加密") == locked);
    format!("{folder}/{}", found.expect("a ZIP"))
}

#[test]
fn a_package_is_exported_verified_and_imported_with_its_password() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    place.text("pw", "Jie-2024 bang\r\n第二行\n");
    place.text("wrong", "Jie-2024 Bang\n");
    let export = ["export", &draft, "--date", DATE, "-o", "out", "--only", "zip"];
    place.run(&[&export[..], &["--password-file", "pw"]].concat()).ends(0);
    let package = zip(&place, "out", true);
    let run = place.run(&["verify", &package, "--password-file", "pw"]).ends(0);
    assert!(run.out.contains("核对通过"), "{}", run.out);
    // Nobody is there to be asked.
    let run = place.run(&["verify", &package]).ends(2);
    assert!(run.err.contains("需要打开密码") && run.err.contains("--password-file"), "{}", run.err);
    for command in ["verify", "import"] {
        let run = place.run(&[command, &package, "--password-file", "wrong"]).ends(2);
        assert!(run.err.contains("打开密码不对"), "{}", run.err);
        let run = place.run(&[command, &package, "--password-file", "没有"]).ends(2);
        assert!(run.err.contains("密码文件“没有”无法读取"), "{}", run.err);
    }
    let run = place.run(&["import", &package, "--password-file", "pw"]).ends(0);
    assert!(run.err.is_empty(), "{}", run.err);
    let imported = run.out.trim().strip_prefix("已导入：").unwrap().to_owned();
    // What is exported of it without a password is what the password hides.
    place.run(&["export", &imported, "--date", DATE, "-o", "again", "--only", "zip"]).ends(0);
    place.run(&export).ends(0);
    let [ours, again] = [zip(&place, "out", false), zip(&place, "again", false)]
        .map(|name| fs::read(place.path(&name)).unwrap());
    assert!(ours == again);
}

#[test]
fn a_password_comes_from_standard_input_and_one_that_cannot_be_used_makes_nothing() {
    let place = Place::new();
    let draft = place.sample("wuhan-2024", "demander");
    let export = |words: &[&str], input: &[u8]| {
        let mut command = place.command();
        command.arg("--data-dir").arg(place.data());
        command.args(["export", &draft, "--date", DATE, "-o", "out", "--password-file", "-"]);
        command.args(words);
        finish(command, input)
    };
    for (words, input, said) in [
        (&[][..], "\n", "第一行是空的"),
        (&[], "揭榜通2024\n", "只能用英文字母、数字和半角符号"),
        (&["--only", "pdf"], "abcdefgh\n", "不需要打开密码"),
    ] {
        let run = export(words, input.as_bytes()).ends(2);
        assert!(run.err.contains(said), "{}", run.err);
        assert!(!place.path("out").exists());
    }
    let run = export(&[], b"short").ends(0);
    assert!(run.err.contains("不到 8 位"), "{}", run.err);
    assert!(run.out.contains("-加密.zip"), "{}", run.out);
    let plain = ["export", &draft, "--date", DATE, "-o", "out"];
    let run = place.run(&plain).ends(0);
    assert!(run.out.contains("加密的材料包") && run.out.contains("看清文件名"), "{}", run.out);
}

#[test]
fn a_draft_with_a_password_is_listed_without_its_name_and_read_with_the_password_alone() {
    use jiebang::store::{DraftId, Store};
    let place = Place::new();
    let draft = place.sample("wuhan-2024", "demander");
    let run = place.run(&["import", &draft]).ends(0);
    let path = run.out.trim().strip_prefix("已导入：").unwrap().to_owned();
    let folder = std::path::Path::new(&path).parent().unwrap();
    let id = DraftId::parse(folder.file_name().unwrap().to_str().unwrap()).unwrap();
    let password = "秘密 2024".to_owned().into();
    Store::open(place.data()).unwrap().set_password(&id, None, &password).unwrap();
    place.text("pw", "秘密 2024\n");
    place.text("wrong", "秘密 2025\n");
    let listed = place.run(&["list"]).ends(0);
    assert!(listed.out.contains("已加密的草稿") && !listed.out.contains("公司"), "{}", listed.out);
    let json = place.run(&["list", "--format", "json"]).ends(0).json();
    assert_eq!((&json[0]["locked"], &json[0]["company"]), (&true.into(), &"".into()));
    let check = ["check", &path, "--date", DATE];
    let run = place.run(&check).ends(2);
    assert!(run.err.contains("需要打开密码") && run.err.contains("--password-file"), "{}", run.err);
    let run = place.run(&[&check[..], &["--password-file", "wrong"]].concat()).ends(2);
    assert!(run.err.contains("打开密码不对"), "{}", run.err);
    place.run(&[&check[..], &["--password-file", "pw"]].concat()).ends(0);
    let export = |draft: &str, folder: &str, more: &[&str]| {
        let words = ["export", draft, "--date", DATE, "-o", folder, "--only", "zip"];
        place.run(&[&words[..], more].concat())
    };
    let run = export(&path, "out", &["--draft-password-file", "wrong"]).ends(2);
    assert!(run.err.contains("打开密码不对"), "{}", run.err);
    export(&path, "out", &["--draft-password-file", "pw"]).ends(0);
    export(&draft, "plain", &[]).ends(0);
    let [sealed, plain] = [zip(&place, "out", false), zip(&place, "plain", false)]
        .map(|name| fs::read(place.path(&name)).unwrap());
    assert!(sealed == plain);
    // A copy has the password too.
    let run = place.run(&["import", &path, "--password-file", "pw"]).ends(0);
    let copy = run.out.trim().strip_prefix("已导入：").unwrap().to_owned();
    assert!(!fs::read(&copy).unwrap().windows(6).any(|part| part == "公司".as_bytes()));
    place.run(&["check", &copy, "--date", DATE, "--password-file", "pw"]).ends(0);
}
