//! Files that take long to read, and are not wanted after all.

use std::cell::Cell;
use std::path::Path;

use super::*;
use crate::export::package::{self, OutputFile, PackageError};

/// A sample as a package with its evidence, and as a draft file with its evidence beside it.
fn both(folder: &Path) -> [PathBuf; 2] {
    let store = Store::open(folder.join("other")).unwrap();
    let id = import::sample(&store, "shanghai-2024", Role::Solver).unwrap();
    let draft = store.load(&id).unwrap();
    let (file, package) = (folder.join("寄来.json"), folder.join("寄来.zip"));
    store.save_elsewhere(&id, &draft, &file).unwrap();
    let date = "2024-07-01".parse().unwrap();
    let files = draft.attachments().enumerate().map(|(number, attachment)| OutputFile {
        name: format!("佐证材料/{number}.pdf"),
        content: store.blobs(&id).read(attachment).unwrap().into(),
    });
    let files = package::completed(files.collect(), &draft, date, false);
    let zip = package::zip_of(&files, date).unwrap();
    std::fs::write(&package, zip.read().unwrap()).unwrap();
    [file, package]
}

/// Everything in the drafts' folder.
fn trace(store: &Store) -> Vec<PathBuf> {
    let drafts = store.root().join("drafts");
    std::fs::read_dir(drafts).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn what_is_stopped_at_any_moment_leaves_nothing_in_the_store() {
    let (bench, folder) = (Bench::new(&[]), tempfile::tempdir().unwrap());
    let store = &bench.home.store;
    let [file, package] = both(folder.path());
    let contents = package::read_file(&package).unwrap().unwrap();
    let tries: [&dyn Fn(package::GoOn<'_>) -> bool; 3] = [
        &|go_on| match package::read_file_while(&package, go_on) {
            Err(error) => matches!(error, PackageError::Cancelled),
            Ok(_) => false,
        },
        &|go_on| store.create_from_while(&contents.draft, contents.files(), go_on).is_err(),
        &|go_on| store.import_while(&file, go_on).is_err(),
    ];
    for attempt in tries {
        let mut last = 0_u32;
        while {
            let left = Cell::new(last);
            attempt(&|_| left.replace(left.get().wrapping_sub(1)) != 0)
        } {
            assert_eq!(trace(store), Vec::<PathBuf>::new(), "stopped after {last}");
            last += 1;
        }
        assert!(last > 0, "it was asked at least once");
        for path in trace(store) {
            std::fs::remove_dir_all(path).unwrap();
        }
    }
}

#[test]
fn a_file_being_read_is_shown_and_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    for path in both(folder.path()) {
        let mut bench = Bench::new(&[]);
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let task = bench.home.open_path(path.clone());
        assert!(bench.home.is_reading() && bench.shows(&format!("正在读取“{name}”……")));
        bench.press("取消");
        assert!(bench.shows(&format!("正在取消读取“{name}”……")));
        bench.finish(task);
        assert!(!bench.home.is_reading() && bench.home.problem.is_none());
        assert_eq!(trace(&bench.home.store), Vec::<PathBuf>::new());
        let task = bench.home.open_path(path);
        bench.finish(task);
        assert_eq!(trace(&bench.home.store).len(), 1, "unless it is stopped it arrives");
    }
}

#[test]
fn a_package_that_is_stopped_when_all_of_it_is_there_is_in_the_list_and_not_opened() {
    let (mut bench, folder) = (Bench::new(&[]), tempfile::tempdir().unwrap());
    let [_, path] = both(folder.path());
    let reading = Arc::new(Reading::of(&path));
    let opened = import::open(&bench.home.store, &path, &reading);
    assert!(reading.words().starts_with("正在读取“寄来.zip”"));
    reading.stop();
    let action = bench.home.update(Message::PathRead(reading, Ok(opened)));
    assert!(matches!(action, Action::Run(_)));
    bench.listed();
    assert!(bench.shows("取消时已经读完，草稿在列表里，不需要可以删除。"));
    assert_eq!(bench.home.drafts.as_ref().unwrap().len(), 1);
}
