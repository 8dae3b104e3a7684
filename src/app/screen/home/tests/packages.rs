//! Packages that are opened on home: whole, damaged, unfinished.

use super::*;

#[test]
fn what_is_wrong_with_a_package_is_told_when_it_is_opened() {
    use crate::export::package;
    use std::io::Write;
    let bench = Bench::new(&[]);
    let draft = Draft::new("shanghai-2024", Role::Solver);
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    zip.start_file("draft.json", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(draft.to_json().as_bytes()).unwrap();
    zip.finish().unwrap();
    let problems = package::read_file(&path).unwrap().unwrap().problems;
    assert!(!problems.is_empty());
    let opened = import::open(&bench.home.store, &path, &Reading::default()).unwrap();
    assert!(opened.is_doubtful);
    let words = opened.words.unwrap();
    assert!(words.contains("材料包与清单不符") && words.contains(&problems[0]), "{words}");
}

#[test]
fn a_sound_package_is_opened_after_a_damaged_one_of_the_same_draft() {
    use crate::export::package::{OutputFile, completed, zip_of};
    let bench = Bench::new(&[]);
    let store = &bench.home.store;
    let date = jiff::civil::date(2024, 7, 8);
    let scan = b"%PDF-1.4 scan".to_vec();
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    let blobs = crate::store::Blobs::beside(&bench.home.store.root().join("x.json"));
    let file = blobs.put("证书.pdf", &scan).unwrap();
    let evidence = crate::domain::Evidence { files: vec![file], ..Default::default() };
    draft.applications[0].evidence = vec![evidence];
    let open = |content: &[u8], draft_mark| {
        let name = "佐证材料/证书.pdf".to_owned();
        let file = OutputFile { name, content: content.to_vec().into() };
        let zip = zip_of(&completed(vec![file], &draft, date, draft_mark), date).unwrap();
        let path = store.root().join("x.zip");
        std::fs::write(&path, zip.read().unwrap()).unwrap();
        import::open(store, &path, &Reading::default()).unwrap()
    };
    let damaged = open(b"%PDF-1.4 other", false);
    assert!(damaged.is_doubtful && !store.blobs(&damaged.id).missing(&draft).is_empty());
    let sound = open(&scan, false);
    assert!(sound.id != damaged.id && store.blobs(&sound.id).missing(&draft).is_empty());
    // Once more, and as it is carried to another machine before it is finished.
    assert_eq!(open(&scan, false).id, sound.id);
    let unfinished = open(&scan, true);
    assert_eq!((unfinished.id, unfinished.is_doubtful), (sound.id, false));
    assert!(unfinished.words.unwrap().contains("还有错误时导出"));
}
