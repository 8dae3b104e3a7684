//! Writing an export: an earlier one is replaced, and nothing of anybody else's is touched.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiebang::domain::{Attachment, Draft, Role};
use jiebang::export::package::{
    Job, Package, Parts, WriteError, make, verify, write, write_unless,
};
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;

fn package(change: impl FnOnce(&mut Draft), draft_mark: bool) -> Package {
    let mut sample = sample("shanghai-2024", Role::Solver).unwrap();
    change(&mut sample.draft);
    let evidence = |wanted: &Attachment| {
        let found = sample.files.iter().find(|(file, _)| file.sha256 == wanted.sha256);
        found.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| io::Error::other("missing"))
    };
    let job = Job {
        draft: &sample.draft,
        notice: &bundled()[0],
        attachments: &evidence,
        date: jiff::civil::date(2024, 7, 8),
        draft_mark,
    };
    make(&job, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn second_letter(folder: &Path) -> Option<PathBuf> {
    let name = names(folder).into_iter().find(|name| name.starts_with("附件4-2"))?;
    Some(folder.join(name))
}

#[test]
fn papers_no_longer_made_are_removed_whichever_parts_are_written() {
    for parts in [Parts::All, Parts::Pdf] {
        let target = tempfile::tempdir().unwrap();
        let first = write(target.path(), "甲", &package(|_| {}, false), parts).unwrap();
        let folder = first.folder.unwrap();
        assert!(second_letter(&folder).is_some());
        let fewer = package(|draft| drop(draft.applications.pop()), false);
        write(target.path(), "甲", &fewer, parts).unwrap();
        assert!(second_letter(&folder).is_none(), "{:?}", names(&folder));
    }
}

#[test]
fn only_the_papers_are_written_where_only_they_are_asked_for() {
    let target = tempfile::tempdir().unwrap();
    let package = package(|_| {}, false);
    let written = write(target.path(), "甲", &package, Parts::Pdf).unwrap();
    assert_eq!(written.zip, None);
    assert_eq!(written.papers.len(), 6);
    let found = names(&written.folder.unwrap());
    assert!(!found.contains(&"draft.json".to_owned()), "{found:?}");
    assert_eq!(names(target.path()), ["甲"]);
}

#[test]
fn a_signed_paper_is_not_overwritten_and_then_nothing_is() {
    let target = tempfile::tempdir().unwrap();
    let first = write(target.path(), "甲", &package(|_| {}, false), Parts::All).unwrap();
    let signed = &first.papers[1];
    fs::write(signed, "signed").unwrap();
    let table = fs::read(&first.papers[0]).unwrap();
    let changed = package(|draft| draft.company.postcode = "200000".to_owned(), false);
    let error = write(target.path(), "甲", &changed, Parts::All).unwrap_err();
    assert!(matches!(&error, WriteError::Occupied { path } if path == signed), "{error}");
    assert_eq!(fs::read(signed).unwrap(), b"signed");
    assert_eq!(fs::read(&first.papers[0]).unwrap(), table);
}

#[test]
fn a_writing_that_is_broken_off_leaves_an_earlier_export_whole_and_nothing_new() {
    use std::cell::Cell;
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("甲方").join("材料");
    let first = package(|_| {}, false);
    let changed = package(|draft| draft.company.postcode = "200000".to_owned(), false);
    for asked_before in 0..=first.files.len() {
        let asked = Cell::new(0);
        let cancelled = || asked.replace(asked.get() + 1) == asked_before;
        let broken = write_unless(&target, "甲", &changed, Parts::All, &cancelled);
        assert!(matches!(broken, Err(WriteError::Cancelled)));
        assert!(!home.path().join("甲方").exists(), "after {asked_before} files");
    }
    let written = write(&target, "甲", &first, Parts::All).unwrap();
    let asked = Cell::new(0);
    let cancelled = || asked.replace(asked.get() + 1) == first.files.len() + 1;
    assert!(write_unless(&target, "甲", &changed, Parts::All, &cancelled).is_err());
    assert_eq!(names(&target), ["甲", "甲.zip"]);
    assert_eq!(fs::read(written.zip.unwrap()).unwrap(), first.zip.read().unwrap());
    for file in &first.files {
        let found = fs::read(target.join("甲").join(&file.name)).unwrap();
        assert_eq!(found, file.content.read().unwrap());
    }
}

#[test]
fn somebody_elses_files_are_not_overwritten() {
    let target = tempfile::tempdir().unwrap();
    let folder = target.path().join("甲");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("draft.json"), "mine").unwrap();
    let package = package(|_| {}, false);
    assert!(write(target.path(), "甲", &package, Parts::All).is_err());
    assert_eq!(names(&folder), ["draft.json"]);
    fs::write(target.path().join("乙.zip"), "not a ZIP").unwrap();
    assert!(write(target.path(), "乙", &package, Parts::Zip).is_err());
}

#[cfg(unix)]
#[test]
fn what_is_exported_is_for_its_owner_alone_and_links_are_not_followed() {
    use std::os::unix::fs::PermissionsExt;
    let target = tempfile::tempdir().unwrap();
    let package = package(|_| {}, false);
    let written = write(&target.path().join("新"), "甲", &package, Parts::All).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = written.folder.unwrap();
    assert_eq!((mode(&folder), mode(&folder.join("佐证材料"))), (0o700, 0o700));
    assert_eq!((mode(&written.papers[0]), mode(&written.zip.unwrap())), (0o600, 0o600));
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), target.path().join("丙")).unwrap();
    assert!(write(target.path(), "丙", &package, Parts::All).is_err());
    assert!(names(elsewhere.path()).is_empty());
}

#[test]
fn a_package_marked_as_draft_says_so_by_name_and_never_verifies() {
    let marked = package(|_| {}, true);
    assert!(marked.base_name.ends_with("-草稿"), "{}", marked.base_name);
    let verified = verify(marked.zip.open().unwrap()).unwrap();
    assert!(!verified.ok && verified.problems[0].contains("草稿"), "{:?}", verified.problems);
}

#[test]
fn a_demander_hands_in_no_evidence_whatever_the_file_holds() {
    let letters = sample("shanghai-2024", Role::Solver).unwrap().draft.applications;
    let mut draft = sample("shanghai-2024", Role::Demander).unwrap().draft;
    draft.applications = letters;
    let nothing = |_: &Attachment| Err(io::Error::other("missing"));
    let job = Job {
        draft: &draft,
        notice: &bundled()[0],
        attachments: &nothing,
        date: jiff::civil::date(2024, 7, 8),
        draft_mark: false,
    };
    let package = make(&job, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(package.files.len(), 4, "table, checklist, draft, manifest");
}
