//! A package under a password: what is in it comes back whole, and nothing is seen without it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::PathBuf;

use jiebang::domain::{Attachment, Draft, Evidence, EvidenceKind, Password, Role};
use jiebang::export::package::{
    Contents, ExportError, OutputFile, Package, PackageError, Parts, completed, lock, plain,
    read_file, read_locked_file, unfit, verify, write, zip_of,
};
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{AesMode, ZipWriter};

const ON: Date = date(2024, 11, 21);
const SCAN: &[u8] = b"%PDF-1.4\npatent";
const SECRET: &str = "佐证材料/事项1/01-1 专利 一种轴承.pdf";
const PASSWORD: &str = "Jie bang-2024";

fn password(text: &str) -> Password {
    text.to_owned().into()
}

fn draft() -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲公司".to_owned();
    let sha256 = Sha256::digest(SCAN).iter().map(|b| format!("{b:02x}")).collect();
    let bytes = SCAN.len() as u64;
    draft.applications[0].evidence.push(Evidence {
        kind: Some(EvidenceKind::Patent),
        files: vec![Attachment {
            name: "扫描.pdf".into(), sha256, bytes, ..Attachment::default()
        }],
        ..Evidence::default()
    });
    draft
}

fn package() -> Package {
    let scan = OutputFile { name: SECRET.to_owned(), content: SCAN.to_vec().into() };
    let files = completed(vec![scan], &draft(), ON, false);
    let zip = zip_of(&files, ON).unwrap();
    Package { base_name: "甲公司".to_owned(), files, zip, locked: false }
}

fn locked(package: Package, text: &str) -> Package {
    lock(package, &password(text), ON, &|| true).unwrap()
}

/// A file with these bytes, in a folder that goes with it.
fn kept(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// What opening these bytes with the password comes to.
fn opened(bytes: &[u8], text: &str) -> Result<Contents, PackageError> {
    let (_folder, path) = kept(bytes);
    read_locked_file(&path, &password(text))
}

#[test]
fn with_the_password_the_package_is_the_same_bytes_as_without_and_no_two_locks_are_alike() {
    let whole = package();
    let [first, second] = [0, 1].map(|_| locked(whole.clone(), PASSWORD).zip.read().unwrap());
    assert_ne!(first, second);
    for bytes in [first, second] {
        let (_folder, path) = kept(&bytes);
        let mut inner = Vec::new();
        let opened = plain(File::open(&path).unwrap(), Some(&password(PASSWORD)));
        opened.unwrap().read_to_end(&mut inner).unwrap();
        assert!(inner == whole.zip.read().unwrap());
        let checked = plain(File::open(&path).unwrap(), Some(&password(PASSWORD))).unwrap();
        let plainly = verify(Cursor::new(inner)).unwrap();
        assert_eq!(verify(checked).unwrap(), plainly);
        assert!(plainly.ok, "{:?}", plainly.problems);
    }
}

#[test]
fn without_the_password_nothing_is_seen_not_even_names() {
    let bytes = locked(package(), PASSWORD).zip.read().unwrap();
    for secret in ["轴承", "draft.json", "manifest", "甲公司", "%PDF", PASSWORD] {
        let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!found, "{secret}");
    }
    let (_folder, path) = kept(&bytes);
    assert!(matches!(read_file(&path), Err(PackageError::Locked)));
    assert!(matches!(verify(File::open(&path).unwrap()), Err(PackageError::Locked)));
    for wrong in ["jie bang-2024", "Jie bang-2024 ", "x"] {
        assert!(matches!(opened(&bytes, wrong), Err(PackageError::WrongPassword)), "{wrong}");
    }
    assert_eq!(opened(&bytes, PASSWORD).unwrap().draft, draft());
}

#[test]
fn a_locked_package_that_is_damaged_says_so_and_one_that_was_made_wrong_is_told_as_ever() {
    let sound = locked(package(), PASSWORD).zip.read().unwrap();
    for at in [sound.len() / 3, sound.len() / 2] {
        let mut damaged = sound.clone();
        damaged[at] ^= 1;
        assert!(matches!(opened(&damaged, PASSWORD), Err(PackageError::DamagedLock)), "{at}");
    }
    assert!(matches!(opened(&sound[..sound.len() - 9], PASSWORD), Err(PackageError::NotZip(_))));
    let mut added = package();
    added.files.push(OutputFile { name: "病毒.exe".into(), content: b"MZ".to_vec().into() });
    added.zip = zip_of(&added.files, ON).unwrap();
    let problems = opened(&locked(added, PASSWORD).zip.read().unwrap(), PASSWORD).unwrap().problems;
    assert_eq!(problems, ["多出清单中没有的文件“病毒.exe”"]);
}

#[test]
fn a_bomb_behind_a_password_and_locks_of_other_programs_are_refused() {
    let encrypted = |names: &[&str], bytes: &[u8]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            let options =
                SimpleFileOptions::default().with_aes_encryption(AesMode::Aes256, PASSWORD);
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let bomb = encrypted(&["材料包.zip"], &vec![0; 40 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(opened(&bomb, PASSWORD), Err(PackageError::Bomb)));
    for names in [&["draft.json", "manifest.json"][..], &["draft.json"]] {
        let foreign = encrypted(names, b"{}");
        assert!(matches!(opened(&foreign, PASSWORD), Err(PackageError::ForeignLock)));
        let (_folder, path) = kept(&foreign);
        assert!(matches!(read_file(&path), Err(PackageError::ForeignLock)));
    }
    // A package that holds another one is not unpacked any further.
    let twice = locked(locked(package(), PASSWORD), PASSWORD).zip.read().unwrap();
    assert!(matches!(opened(&twice, PASSWORD), Err(PackageError::Locked)));
}

#[test]
fn passwords_that_other_programs_would_not_take_are_refused_before_anything_is_written() {
    for bad in ["揭榜通2024", "ａｂｃ１２３４５", "tab\there", &"a".repeat(100)] {
        assert!(unfit(&password(bad)).is_some(), "{bad}");
        let refused = lock(package(), &password(bad), ON, &|| true);
        assert!(matches!(refused, Err(ExportError::Password(_))));
    }
    assert_eq!(unfit(&password("~!@#$ aZ09\"\\")), None);
    let stopped = lock(package(), &password(PASSWORD), ON, &|| false);
    assert!(matches!(stopped, Err(ExportError::Cancelled)));
}

#[test]
fn a_locked_zip_never_takes_the_place_of_a_plain_one_and_each_tells_of_the_other() {
    let target = tempfile::tempdir().unwrap();
    let first = write(target.path(), "甲", &package(), Parts::All).unwrap();
    assert_eq!(first.other_zip, None);
    let second = write(target.path(), "甲", &locked(package(), PASSWORD), Parts::All).unwrap();
    assert_eq!(second.zip, Some(target.path().join("甲-加密.zip")));
    assert_eq!(second.other_zip, first.zip);
    assert!(fs::read(first.zip.unwrap()).unwrap() == package().zip.read().unwrap());
    let third = write(target.path(), "甲", &package(), Parts::Zip).unwrap();
    assert_eq!(third.other_zip, second.zip);
}
