//! What a person does with drafts, each with the states of the store that may be found after it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiebang::domain::{Attachment, Company, Draft, Evidence, Role};
use jiebang::store::{DraftId, ProfileId, Store, StoreError};

use crate::disk::FailingDisk;

pub(crate) const ROOT: &str = "/data";
const OUTSIDE: &str = "/stick/交接.json";
const PDF: &[u8] = b"%PDF-1.4\nscan\n%%EOF";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// A store and what was made in it.
pub(crate) struct Bench {
    pub(crate) disk: FailingDisk,
    pub(crate) store: Store,
}

/// What a person sees: names of companies in the drafts, in the bin, in the profiles and in the bin of
/// those; sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Picture {
    pub(crate) drafts: Vec<String>,
    pub(crate) bin: Vec<String>,
    pub(crate) profiles: Vec<String>,
    pub(crate) profile_bin: Vec<String>,
    pub(crate) outside: Option<String>,
}

pub(crate) type Act = fn(&Bench) -> Result<(), StoreError>;

pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) prepare: fn(&Bench),
    pub(crate) act: Act,
    /// Whether a picture that is neither the old nor the new one is right, where an act is of several
    /// steps that each are whole.
    pub(crate) between: fn(&Picture) -> bool,
    /// Whether a picture is right when a failed act was tried again, beside the new one.
    pub(crate) again: fn(&Picture) -> bool,
    /// A draft is damaged to begin with.
    pub(crate) damaged: bool,
}

fn never(_: &Picture) -> bool {
    false
}

pub(crate) fn open(disk: &FailingDisk) -> Result<Store, StoreError> {
    Store::open_on(PathBuf::from(ROOT), Arc::new(disk.clone()))
}

pub(crate) fn draft(name: &str) -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = name.to_owned();
    draft.company.address = "漕溪北路".repeat(120);
    draft
}

fn with_evidence(name: &str, file: Attachment) -> Draft {
    let mut draft = draft(name);
    let evidence = Evidence { files: vec![file], ..Evidence::default() };
    draft.applications[0].evidence.push(evidence);
    draft
}

fn company(name: &str, fax: &str) -> Company {
    Company { name: name.to_owned(), fax: fax.to_owned(), ..Company::default() }
}

/// The draft, of which there is one.
fn only(bench: &Bench) -> DraftId {
    id_in(bench.store.list().unwrap())
}

fn id_in(entries: Vec<jiebang::store::Entry>) -> DraftId {
    let gone = DraftId::parse("gone").expect("a name");
    entries.into_iter().next().map_or(gone, |entry| entry.id)
}

/// The draft, found without asking the failing disk.
fn known(bench: &Bench) -> DraftId {
    id_in(open(&bench.disk.fork()).unwrap().list().unwrap())
}

fn in_bin(bench: &Bench) -> DraftId {
    id_in(open(&bench.disk.fork()).unwrap().bin().unwrap())
}

fn profile(bench: &Bench, in_bin: bool) -> Option<ProfileId> {
    let store = open(&bench.disk.fork()).unwrap();
    let profiles = if in_bin { store.profile_bin() } else { store.profiles() };
    profiles.unwrap().into_iter().next().map(|profile| profile.id)
}

fn one(bench: &Bench) {
    bench.store.create(&draft("甲")).unwrap();
}

fn saved_often(bench: &Bench, times: usize) {
    one(bench);
    let id = only(bench);
    for number in 0..times {
        bench.disk.pass(Duration::from_secs(20));
        bench.store.save(&id, &draft(&format!("甲{number}"))).unwrap();
    }
}

fn with_file(bench: &Bench) {
    one(bench);
    let id = only(bench);
    let file = bench.store.blobs(&id).put("证书.pdf", PDF).unwrap();
    bench.store.save(&id, &with_evidence("甲", file)).unwrap();
}

fn removed(bench: &Bench) {
    with_file(bench);
    bench.store.remove(&only(bench)).unwrap();
}

fn outside(bench: &Bench) {
    bench.disk.put_folder(Path::new("/stick"));
    with_file(bench);
    let id = only(bench);
    let there = bench.store.load(&id).unwrap();
    bench.store.save_elsewhere(&id, &there, Path::new(OUTSIDE)).unwrap();
}

fn damaged(bench: &Bench) {
    saved_often(bench, 3);
    let path = bench.store.path(&only(bench));
    bench.disk.put(&path, b"{\"schema\": 2, \"comp\0\0\0\0");
}

pub(crate) fn name_outside(store: &Store) -> Option<String> {
    let id = store.import(Path::new(OUTSIDE)).ok()?;
    let name = store.load(&id).unwrap().company.name;
    store.remove(&id).unwrap();
    store.erase(&id).unwrap();
    Some(name)
}

fn scenario(name: &'static str, prepare: fn(&Bench), act: Act) -> Scenario {
    Scenario { name, prepare, act, between: never, again: never, damaged: false }
}

/// Making, saving and restoring drafts.
pub(crate) fn writing() -> Vec<Scenario> {
    vec![
        scenario("first start", |_| {}, |bench| open(&bench.disk).map(drop)),
        scenario("create", one, |bench| bench.store.create(&draft("乙")).map(drop)),
        scenario("save", one, |bench| bench.store.save(&known(bench), &draft("甲二"))),
        scenario(
            "save again",
            |bench| saved_often(bench, 3),
            |bench| bench.store.save(&known(bench), &draft("甲再")),
        ),
        scenario(
            "save and thin",
            |bench| {
                saved_often(bench, 15);
                bench.disk.pass(DAY * 3);
            },
            |bench| bench.store.save(&known(bench), &draft("甲再")),
        ),
        scenario(
            "restore",
            |bench| saved_often(bench, 3),
            |bench| bench.store.restore_draft(&known(bench), &draft("甲0")),
        ),
        Scenario {
            damaged: true,
            ..scenario("recover", damaged, |bench| {
                bench.store.load_or_recover(&known(bench)).map(drop)
            })
        },
        Scenario {
            damaged: true,
            ..scenario("save over a damaged one", damaged, |bench| {
                bench.store.save(&known(bench), &draft("甲再"))
            })
        },
        scenario(
            "settings",
            |bench| bench.store.write_json("window", &1).unwrap(),
            |bench| bench.store.write_json("window", &2),
        ),
    ]
}

/// Attachments and copies.
pub(crate) fn copying() -> Vec<Scenario> {
    vec![
        scenario("duplicate", with_file, |bench| bench.store.duplicate(&known(bench)).map(drop)),
        scenario("import", outside, |bench| bench.store.import(Path::new(OUTSIDE)).map(drop)),
        scenario("take a package in", one, |bench| {
            let file = Attachment {
                name: "a.pdf".to_owned(),
                sha256: "74a7b7d1d44a6ccbb8fa01dc1d34a2ccbeef".to_owned(),
                ..Attachment::default()
            };
            let evidence = [(file, PDF.to_vec()), (Attachment::default(), [PDF, b"2"].concat())];
            let opened = evidence.iter().map(|(file, bytes)| (file, || Ok(bytes.as_slice())));
            bench.store.create_from(&draft("乙"), opened).map(drop)
        }),
        scenario("attach and save", one, |bench| {
            let id = known(bench);
            let file = bench.store.blobs(&id).put("证书.pdf", PDF)?;
            bench.store.save(&id, &with_evidence("甲二", file))
        }),
        scenario("attach what is there", with_file, |bench| {
            let id = known(bench);
            let file = bench.store.blobs(&id).put("另.pdf", PDF)?;
            bench.store.save(&id, &with_evidence("甲二", file))
        }),
        scenario("save elsewhere", outside, |bench| {
            let id = known(bench);
            let file = bench.store.blobs(&id).put("另.pdf", &[PDF, b"2"].concat())?;
            bench.store.save_elsewhere(&id, &with_evidence("别处", file), Path::new(OUTSIDE))
        }),
        scenario(
            "open after a month",
            |bench| {
                with_file(bench);
                bench.store.blobs(&only(bench)).put("未用.pdf", &[PDF, b"2"].concat()).unwrap();
                let folder = Path::new(ROOT).join("drafts");
                bench.disk.put(&folder.join(only(bench).as_str()).join(".writing-1.tmp"), b"{");
                bench.disk.put_folder(&folder.join(".making-a"));
                bench.disk.pass(DAY * 31);
            },
            |bench| {
                let store = open(&bench.disk)?;
                let lock = store.lock(&known(bench))?;
                assert!(lock.is_some());
                Ok(())
            },
        ),
    ]
}

/// The bin and the profiles.
pub(crate) fn removing() -> Vec<Scenario> {
    let fewer = |picture: &Picture| {
        (picture.drafts.is_empty() && picture.profiles.is_empty())
            && picture.bin.len() + picture.profile_bin.len() < 3
    };
    vec![
        scenario("remove", with_file, |bench| bench.store.remove(&known(bench))),
        scenario("put back", removed, |bench| bench.store.put_back(&in_bin(bench))),
        scenario("erase", removed, |bench| bench.store.erase(&in_bin(bench))),
        Scenario {
            between: fewer,
            ..scenario(
                "empty the bin",
                |bench| {
                    removed(bench);
                    removed(bench);
                    let kept = bench.store.keep_profile(&company("甲", "1")).unwrap();
                    bench.store.remove_profile(&kept.id).unwrap();
                },
                |bench| bench.store.empty_bin().map(drop),
            )
        },
        scenario("keep a profile", one, |bench| {
            bench.store.keep_profile(&company("甲", "1")).map(drop)
        }),
        Scenario {
            // The new one is there before the old one goes.
            between: |picture| picture.profiles == ["甲 1", "甲 2"],
            ..scenario(
                "replace a profile",
                |bench| {
                    bench.store.keep_profile(&company("甲", "1")).unwrap();
                },
                |bench| bench.store.keep_profile(&company("甲", "2")).map(drop),
            )
        },
        scenario(
            "remove a profile",
            |bench| {
                bench.store.keep_profile(&company("甲", "1")).unwrap();
            },
            |bench| match profile(bench, false) {
                Some(id) => bench.store.remove_profile(&id),
                None => Err(StoreError::NotFound(known(bench))),
            },
        ),
        Scenario {
            between: |picture| picture.profiles == ["甲 1", "甲 2"],
            // After it was done, it puts the other one back.
            again: |picture| picture.profiles == ["甲 2"] && picture.profile_bin == ["甲 1"],
            ..scenario(
                "put a profile back",
                |bench| {
                    let old = bench.store.keep_profile(&company("甲", "1")).unwrap().id;
                    bench.store.remove_profile(&old).unwrap();
                    bench.store.keep_profile(&company("甲", "2")).unwrap();
                },
                |bench| match profile(bench, true) {
                    Some(id) => bench.store.put_back_profile(&id),
                    None => Err(StoreError::NotFound(known(bench))),
                },
            )
        },
    ]
}
