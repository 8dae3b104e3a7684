//! Files that are opened: those that are no drafts, and drafts that were opened before.

use super::*;

#[test]
fn what_is_no_draft_is_refused_at_sight_with_its_name_as_it_is() {
    let mut bench = Bench::new(&["甲公司"]);
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let refused = |path: &std::path::Path| {
        import::open(&bench.home.store, path, &Reading::default()).unwrap_err().to_string()
    };
    assert!(refused(folder.path()).contains("是文件夹"));
    assert!(refused(&put("空.json", b"")).contains("是空文件"));
    assert!(refused(&put("图.json", b"\x89PNG\r\n\x1a\n....")).contains("是 PNG 文件"));
    assert!(refused(&put("书.zip", b"%PDF-1.7 ...")).contains("佐证材料"));
    assert!(refused(&put("记事.json", "买菜".as_bytes())).contains("第 1 行"));
    assert!(refused(&folder.path().join("没有.json")).contains("不存在"));
    if cfg!(unix) {
        assert!(refused(std::path::Path::new("/dev/null")).contains("管道或设备"));
    }
    let words = refused(&put("报价\u{202e}nosj.json", b""));
    bench.home.tell(words);
    assert!(
        bench.shows(
            "“报价‹U+202E›nosj.json”是空文件。请选择草稿（.jiebang、.json）或材料包（.zip）。"
        )
    );
    assert_eq!(bench.home.store.list().unwrap().len(), 1);
}

#[test]
fn a_file_opened_again_leads_to_the_draft_that_has_grown_out_of_it() {
    let bench = Bench::new(&[]);
    let store = &bench.home.store;
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("甲 公司.jiebang");
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲".to_owned();
    crate::store::file::write_draft(&path, &draft).unwrap();
    let open = || import::open(store, &path, &Reading::default()).unwrap();
    let first = open();
    assert_eq!(first.words.unwrap(), "已把“甲 公司.jiebang”复制到本机草稿，原文件不会改动。");
    draft.company.name = "甲公司".to_owned();
    store.save(&first.id, &draft).unwrap();
    let again = open();
    assert_eq!(again.id, first.id, "what was filled in since is not in a second draft");
    assert!(again.words.unwrap().contains("后来填写的都在里面"));
    // A state that was written to a file and is nowhere else is kept once, however often it is opened.
    let mut written = draft.clone();
    written.company.name = "甲分公司".to_owned();
    store.note_origin(&first.id, &written).unwrap();
    crate::store::file::write_draft(&path, &written).unwrap();
    for _ in 0..2 {
        let other = open();
        assert!(other.id == first.id && other.is_other_state);
        assert!(other.words.unwrap().contains("历史版本"));
        let versions = store.history(&first.id).unwrap();
        let is_it = |version: &&_| store.load_version(version).is_ok_and(|it| it == written);
        assert_eq!(versions.iter().filter(is_it).count(), 1);
    }
    // Another state of it is another file, and from a package is taken what was handed in.
    draft.company.name = "甲公司（新）".to_owned();
    crate::store::file::write_draft(&path, &draft).unwrap();
    assert_ne!(open().id, first.id);
    // All blank drafts are alike: one of them is not the beginning of another company's.
    let blank = Draft::new("shanghai-2024", Role::Solver);
    crate::store::file::write_draft(&path, &blank).unwrap();
    let begun = open();
    draft.company.name = "丙公司".to_owned();
    store.save(&begun.id, &draft).unwrap();
    assert_ne!(open().id, begun.id);
}
