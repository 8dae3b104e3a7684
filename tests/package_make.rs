//! From a draft in the store to a package and back into another store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Error;
use std::ops::ControlFlow;

use jiebang::domain::{Attachment, Draft, Evidence, EvidenceKind, Figure, Object, Role, Table};
use jiebang::export::package::{ExportError, Job, Package, Progress, make, read, verify, zip_of};
use jiebang::rules::notice;
use jiebang::store::{Blobs, Store};

fn filled(blobs: &Blobs) -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲公司".to_owned();
    let scan = blobs.put("扫描:1.pdf", b"%PDF-1.4 scan").unwrap();
    let photo = blobs.put("照片.pdf", b"\xff\xd8\xff\xe0").unwrap();
    let png = std::fs::read("tests/fixtures/figures/palette.png").unwrap();
    let (file, pixels) = blobs.put_picture("总图.png", &png).unwrap();
    let figure = |caption: &str| {
        let caption = caption.to_owned();
        Object::Figure(Figure { caption, file: file.clone(), pixels, ..Figure::default() })
    };
    let route = &mut draft.applications[0].plan.route;
    route.push(figure("路线:总图"));
    route.push(figure(""));
    // One that has no picture yet.
    route.push(Object::Figure(Figure::default()));
    draft.applications[0].evidence = vec![
        Evidence {
            kind: Some(EvidenceKind::Patent),
            files: vec![scan.clone(), photo],
            ..Evidence::default()
        },
        Evidence {
            name: "“轴承”/装置".to_owned(), files: vec![scan], ..Evidence::default()
        },
    ];
    draft
}

fn packed(
    draft: &Draft,
    blobs: &Blobs,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Package, ExportError> {
    let evidence = |a: &Attachment| blobs.read(a).map_err(Error::other);
    let notice = notice::bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    let date = jiff::civil::date(2024, 11, 21);
    make(&Job { draft, notice, attachments: &evidence, date, draft_mark: false }, progress)
}

#[test]
fn a_draft_becomes_a_package_that_verifies_and_is_imported_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::beside(&folder.path().join("draft.json"));
    let draft = filled(&blobs);
    let mut steps = Vec::new();
    let package = packed(&draft, &blobs, &mut |progress| {
        steps.push((progress.done, progress.total));
        ControlFlow::Continue(())
    })
    .unwrap();
    // Within a file, packing it is told of more than once.
    steps.dedup();
    assert_eq!(steps, (0..=23).map(|done| (done, 23)).collect::<Vec<_>>());
    assert_eq!(package.base_name, "甲公司-solver-shanghai-2024");
    let names: Vec<&str> = package.files.iter().map(|file| file.name.as_str()).collect();
    for name in [
        "附件3 中小企业“揭榜”对接表.pdf",
        "报送清单.pdf",
        "附件4-1 佐证材料册.pdf",
        "插图/事项1/图1 路线：总图.png",
        "插图/事项1/图2 总图.png",
        "佐证材料/事项1/01-1 专利 扫描：1.pdf",
        "佐证材料/事项1/01-2 专利 照片.jpg",
        "佐证材料/事项1/02-1 “轴承”／装置.pdf",
        "draft.json",
        "manifest.json",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert_eq!(verify(package.zip.open().unwrap()).unwrap().problems, Vec::<String>::new());
    let evidence = names.iter().filter(|name| name.starts_with("佐证材料/")).count();
    assert_eq!(evidence, 3, "a figure is no evidence");

    let store = Store::open(folder.path().join("other")).unwrap();
    let contents = read(package.zip.open().unwrap()).unwrap();
    let id = store.create_from(&contents.draft, contents.files()).unwrap();
    assert_eq!(store.load(&id).unwrap(), draft);
    let missing = store.blobs(&id).missing(&draft);
    assert!(missing.is_empty(), "{missing:?}");
    let again =
        packed(&store.load(&id).unwrap(), &store.blobs(&id), &mut |_| ControlFlow::Continue(()));
    assert!(again.unwrap().zip == package.zip, "the same draft gives another ZIP");
}

#[test]
fn a_person_may_break_off() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::beside(&folder.path().join("draft.json"));
    let draft = filled(&blobs);
    for last in [0, 4, 6, 18] {
        let mut stop = |progress: Progress<'_>| match progress.done {
            done if done <= last => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        };
        assert!(matches!(packed(&draft, &blobs, &mut stop), Err(ExportError::Cancelled)));
    }
}

#[test]
fn a_package_without_the_picture_of_a_figure_does_not_verify() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::beside(&folder.path().join("draft.json"));
    let package = packed(&filled(&blobs), &blobs, &mut |_| ControlFlow::Continue(())).unwrap();
    let files: Vec<_> =
        package.files.into_iter().filter(|file| !file.name.starts_with("插图/")).collect();
    let zip = zip_of(&files, jiff::civil::date(2024, 11, 21)).unwrap();
    let problems = verify(zip.open().unwrap()).unwrap().problems;
    for words in ["事项 1 图 1 的文件“总图.png”不在材料包中", "事项 1 图 2 的文件"]
    {
        assert!(problems.iter().any(|problem| problem.contains(words)), "{problems:?}");
    }
}

#[test]
fn evidence_altered_on_disk_stops_the_package_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::beside(&folder.path().join("draft.json"));
    let draft = filled(&blobs);
    let attachment = &draft.applications[0].evidence[0].files[0];
    std::fs::write(blobs.path_of(attachment), b"%PDF-1.4 SCAN").unwrap();
    let error = packed(&draft, &blobs, &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert!(error.to_string().contains("扫描:1.pdf"), "{error}");
}

fn forced(draft: &Draft, blobs: &Blobs) -> Result<Package, ExportError> {
    let evidence = |a: &Attachment| blobs.read(a).map_err(Error::other);
    let notice = notice::bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    let date = jiff::civil::date(2024, 11, 21);
    make(&Job { draft, notice, attachments: &evidence, date, draft_mark: true }, &mut |_| {
        ControlFlow::Continue(())
    })
}

#[test]
fn a_draft_mark_is_printed_with_a_picture_missing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::beside(&folder.path().join("draft.json"));
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    let png = std::fs::read("tests/fixtures/figures/palette.png").unwrap();
    let (file, pixels) = blobs.put_picture("总图.png", &png).unwrap();
    std::fs::remove_file(blobs.path_of(&file)).unwrap();
    let figure = Figure { file, pixels, ..Figure::default() };
    draft.applications[0].plan.route.push(Object::Figure(figure));
    let made = forced(&draft, &blobs);
    assert!(made.is_ok(), "{}", made.err().unwrap());
}

#[test]
fn a_draft_mark_is_printed_with_evidence_missing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::beside(&folder.path().join("draft.json"));
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    let scan = blobs.put("扫描.pdf", b"%PDF-1.4 scan").unwrap();
    std::fs::remove_file(blobs.path_of(&scan)).unwrap();
    draft.applications[0].evidence = vec![Evidence { files: vec![scan], ..Evidence::default() }];
    let made = forced(&draft, &blobs);
    assert!(made.is_ok(), "{}", made.err().unwrap());
}

#[test]
fn a_table_of_a_hundred_thousand_rows_is_refused_before_it_is_laid_out() {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    let table = Table { rows: vec![vec![String::new()]; 100_000], ..Table::default() };
    draft.applications[0].introduction.push(Object::Table(table));
    let notice = notice::bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    let none = |_: &Attachment| Err(Error::other("none"));
    let date = jiff::civil::date(2024, 7, 8);
    let job = Job { draft: &draft, notice, attachments: &none, date, draft_mark: true };
    // Breaks off at once: to lay it out takes gigabytes.
    let refused = make(&job, &mut |_| ControlFlow::Break(())).unwrap_err();
    assert!(matches!(refused, ExportError::Draft(_)), "{refused}");
}
