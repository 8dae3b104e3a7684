//! A package is checked: whole, and tampered with in every way a person or a virus might.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use jiebang::domain::{Attachment, Draft, Evidence, EvidenceKind, Role};
use jiebang::export::package::{
    Contents, OutputFile, PackageError, Verification, completed, read, verify, zip_of,
};
use jiebang::rules::check_code::check_code;
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

const ON: Date = date(2024, 11, 21);
const SCAN: &[u8] = b"%PDF-1.4\npatent";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0photo";
const TABLE: &str = "附件3 中小企业“揭榜”对接表.pdf";
const PATENT: &str = "佐证材料/事项1/01-1 专利 轴承.pdf";

fn attachment(name: &str, bytes: &[u8]) -> Attachment {
    let sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    Attachment { name: name.to_owned(), sha256, bytes: bytes.len() as u64, ..Attachment::default() }
}

fn draft() -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲公司".to_owned();
    draft.applications[0].evidence.push(Evidence {
        kind: Some(EvidenceKind::Patent),
        files: vec![attachment("扫描.pdf", SCAN), attachment("照片.jpg", PHOTO)],
        ..Evidence::default()
    });
    draft
}

fn zipped(files: &[OutputFile]) -> Vec<u8> {
    zip_of(files, ON).unwrap().read().unwrap()
}

/// Changes the bytes of a file.
fn alter(file: &mut OutputFile, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = file.content.read().unwrap();
    change(&mut bytes);
    file.content = bytes.into();
}

fn file(name: &str, bytes: &[u8]) -> OutputFile {
    OutputFile { name: name.to_owned(), content: bytes.to_vec().into() }
}

fn files() -> Vec<OutputFile> {
    let papers = vec![
        file(TABLE, b"%PDF-1.4 table"),
        file(PATENT, SCAN),
        file("佐证材料/事项1/01-2 专利 轴承.jpg", PHOTO),
    ];
    completed(papers, &draft(), ON, false)
}

fn check(files: &[OutputFile]) -> Verification {
    verify(Cursor::new(zipped(files))).unwrap()
}

fn at<'a>(files: &'a mut [OutputFile], name: &str) -> &'a mut OutputFile {
    files.iter_mut().find(|file| file.name == name).unwrap()
}

/// Asserts that the one problem found has these words.
fn finds(verification: &Verification, words: &str) {
    assert!(!verification.ok);
    let problems = &verification.problems;
    assert!(problems.len() == 1 && problems[0].contains(words), "{words}: {problems:?}");
}

fn position(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).position(|window| window == needle).unwrap()
}

#[test]
fn a_whole_package_is_found_whole_and_tells_its_check_code() {
    let verification = check(&files());
    assert_eq!(verification.problems, Vec::<String>::new());
    assert!(verification.ok);
    assert_eq!(verification.check_code, check_code(&draft()));
    assert_eq!(
        (verification.company.as_str(), verification.date.as_str()),
        ("甲公司", "2024-11-21")
    );
    assert_eq!(verification.role, Some(Role::Solver));
    assert_eq!(verification.files.len(), 4);
}

#[test]
fn the_zip_is_the_same_each_time_and_its_names_are_marked_as_utf8() {
    let zip = zipped(&files());
    assert_eq!(zip, zipped(&files()));
    let mut headers = 0;
    for start in 0..zip.len() - 46 {
        // The flags stand at 8 in a header of the directory, the name's length at 28.
        if &zip[start..start + 4] == b"PK\x01\x02" {
            headers += 1;
            let length = usize::from(u16::from_le_bytes([zip[start + 28], zip[start + 29]]));
            let name = std::str::from_utf8(&zip[start + 46..start + 46 + length]).unwrap();
            let utf8 = zip[start + 9] & 0b1000 != 0;
            assert!(utf8 || name.is_ascii(), "{name}");
            // 2024-11-21 00:00 in DOS format, made on Unix with mode 0644.
            assert_eq!(&zip[start + 12..start + 16], &[0, 0, 0x75, 0x59]);
            assert_eq!((zip[start + 5], &zip[start + 40..start + 42]), (3, &[0xa4, 0x81][..]));
        }
    }
    assert_eq!(headers, files().len());
}

#[test]
fn an_altered_file_is_found_by_its_size_or_its_content() {
    let mut longer = files();
    alter(at(&mut longer, TABLE), |bytes| bytes.push(b'x'));
    finds(&check(&longer), "大小应为 14 字节，实际 15 字节");
    let mut swapped = files();
    alter(at(&mut swapped, TABLE), |bytes| bytes[10] ^= 1);
    let found = check(&swapped);
    finds(&found, "SHA-256");
    assert!(found.problems[0].contains(TABLE));
}

#[test]
fn a_missing_and_an_added_file_are_found() {
    let mut fewer = files();
    fewer.retain(|file| file.name != TABLE);
    finds(&check(&fewer), "缺少文件“附件3");
    let mut more = files();
    more.insert(0, file("说明.txt", b"hello"));
    finds(&check(&more), "多出清单中没有的文件“说明.txt”");
}

#[test]
fn missing_evidence_is_named_by_its_place_in_the_draft() {
    let mut fewer = files();
    fewer.retain(|file| file.name != PATENT);
    let problems = check(&fewer).problems;
    assert!(problems.iter().any(|p| p.contains("事项 1 佐证材料 1") && p.contains("扫描.pdf")));
}

#[test]
fn a_missing_or_unreadable_manifest_is_told() {
    let mut without = files();
    without.retain(|file| file.name != "manifest.json");
    finds(&check(&without), "缺少文件清单");
    let mut broken = files();
    at(&mut broken, "manifest.json").content = b"{".to_vec().into();
    finds(&check(&broken), "manifest.json 第 1 行有误");
    let mut later = files();
    at(&mut later, "manifest.json").content = b"{\"format\": 2}".to_vec().into();
    finds(&check(&later), "升级程序");
}

#[test]
fn another_draft_under_the_old_check_code_is_found() {
    // The forger lists the new draft's hash, but leaves the code.
    let mut other = draft();
    other.company.fax = "021-12345678".to_owned();
    let mut files = files();
    let old = at(&mut files, "draft.json").content.read().unwrap();
    let new = other.to_json().into_bytes();
    at(&mut files, "draft.json").content = new.clone().into();
    let manifest = at(&mut files, "manifest.json");
    let text = String::from_utf8(manifest.content.read().unwrap()).unwrap();
    let text = text
        .replace(&attachment("", &old).sha256, &attachment("", &new).sha256)
        .replace(&format!("\"bytes\": {}", old.len()), &format!("\"bytes\": {}", new.len()));
    manifest.content = text.into_bytes().into();
    let found = check(&files);
    finds(&found, "校验码不符");
    assert_eq!(found.check_code, check_code(&other));
}

/// The code is the draft's: a paper swapped with its line in the manifest has to be read, and the advice
/// promises nothing else.
#[test]
fn a_paper_swapped_with_its_line_in_the_manifest_is_left_to_the_eye_and_the_advice_says_so() {
    let mut papers = files();
    papers.truncate(papers.len() - 2);
    at(&mut papers, TABLE).content = b"%PDF-1.4 another table".to_vec().into();
    let swapped = check(&completed(papers, &draft(), ON, false));
    assert!(swapped.ok && swapped.check_code == check_code(&draft()));
    for words in ["（PDF 和 Word 文件）不在校验码之内", "逐页对照，以纸质材料为准"]
    {
        assert!(Verification::ADVICE.contains(words), "{words}");
    }
}

#[test]
fn evidence_and_figures_that_the_draft_does_not_know_are_found_though_the_manifest_lists_them() {
    let with = |name: &str| {
        let mut papers = files();
        papers.truncate(papers.len() - 2);
        papers.push(file(name, b"%PDF-1.4 of nobody"));
        check(&completed(papers, &draft(), ON, false))
    };
    for name in ["佐证材料/事项1/02-1 合同.pdf", "插图/事项1/图1.png"] {
        finds(&with(name), &format!("“{name}”不是草稿中的插图或佐证材料"));
    }
    assert!(with("附件2.pdf").ok);
}

#[test]
fn another_company_in_the_manifest_is_found() {
    let mut files = files();
    let manifest = at(&mut files, "manifest.json");
    manifest.content = String::from_utf8(manifest.content.read().unwrap())
        .unwrap()
        .replace("甲公司", "乙公司")
        .into_bytes()
        .into();
    finds(&check(&files), "企业名称不符");
}

#[test]
fn bytes_changed_inside_the_zip_are_found() {
    let mut zip = zipped(&files());
    let place = position(&zip, b"photo");
    zip[place] ^= 1;
    let problems = verify(Cursor::new(zip)).unwrap().problems;
    assert!(
        problems.iter().any(|p| p.contains("01-2 专利 轴承.jpg") && p.contains("无法完整解压"))
    );
    assert!(!problems.iter().any(|p| p.contains("缺少文件") || p.contains("多出")), "{problems:?}");
}

#[test]
fn names_that_lead_out_of_the_folder_are_found() {
    for name in ["../evil.exe", "/etc/passwd", "C:evil", "a\\..\\b", "NUL.pdf", "x\u{202e}fdp.exe"]
    {
        let mut more = files();
        more.push(file(name, b"x"));
        let problems = check(&more).problems;
        assert_eq!(problems.len(), 2, "{name}: {problems:?}");
        assert!(problems.iter().all(|p| !p.contains('\u{202e}')));
    }
}

#[test]
fn a_link_is_found() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for file in files() {
        writer.start_file(file.name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(&file.content.read().unwrap()).unwrap();
    }
    writer.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let problems = verify(writer.finish().unwrap()).unwrap().problems;
    assert!(problems.iter().any(|p| p.contains("“link”是链接")), "{problems:?}");
}

#[test]
fn a_name_twice_is_found_also_in_another_case() {
    let mut cased = files();
    cased.push(file("DRAFT.json", b"{}"));
    let problems = check(&cased).problems;
    assert!(
        problems.iter().any(|p| p.contains("“DRAFT.json”与“draft.json”只有大小写")),
        "{problems:?}"
    );

    let mut hidden = files();
    hidden.push(file("dra\u{200b}ft.json", b"{}"));
    let problems = check(&hidden).problems;
    let words = "“dra‹U+200B›ft.json”与“draft.json”只有大小写、全半角、看不见的字符";
    assert!(problems.iter().any(|p| p.contains(words)), "{problems:?}");

    // No writer makes two equal names: a second entry is renamed in the finished bytes.
    let mut more = files();
    more.push(file("drafx.json", b"{}"));
    let mut zip = zipped(&more);
    for _ in 0..2 {
        let place = position(&zip, b"drafx.json");
        zip[place + 4] = b't';
    }
    let problems = verify(Cursor::new(zip)).unwrap().problems;
    assert!(problems.iter().any(|p| p.contains("“draft.json”重复出现")), "{problems:?}");
}

#[test]
fn a_bomb_is_not_unpacked_to_its_end() {
    let mut more = files();
    more.push(file("bomb.bin", &vec![0; 20 << 20]));
    let problems = check(&more).problems;
    assert!(problems.iter().any(|p| p.contains("压缩比异常")), "{problems:?}");
    assert!(matches!(
        read(Cursor::new(zipped(&[file("draft.json", &vec![b' '; 20 << 20])]))),
        Err(PackageError::Bomb)
    ));
}

#[test]
fn cut_off_or_foreign_files_are_no_packages() {
    let zip = zipped(&files());
    for bytes in [&zip[..zip.len() / 2], b"", b"%PDF-1.4"] {
        assert!(matches!(verify(Cursor::new(bytes)), Err(PackageError::NotZip(_))));
    }
    let prefixed = [b"MZ evil".as_slice(), &zip].concat();
    assert!(!verify(Cursor::new(prefixed)).unwrap().ok);
}

#[test]
fn no_single_altered_byte_passes_unseen_or_panics() {
    let zip = zipped(&files());
    let whole = check(&files());
    for place in 0..zip.len() {
        let mut bytes = zip.clone();
        bytes[place] ^= 0x20;
        // Bytes of times and the like may change; what is in the files may not.
        if let Ok(found) = verify(Cursor::new(bytes))
            && found.ok
        {
            assert_eq!(found.files, whole.files, "byte {place}");
            assert_eq!(found.check_code, whole.check_code, "byte {place}");
        }
    }
}

#[test]
fn an_import_takes_the_draft_and_its_sound_evidence_alone() {
    let mut files = files();
    files.push(file("../evil", b"MZ"));
    let contents = read(Cursor::new(zipped(&files))).unwrap();
    assert_eq!(contents.draft, draft());
    let expected = vec![
        (attachment("扫描.pdf", SCAN), SCAN.to_vec()),
        (attachment("照片.jpg", PHOTO), PHOTO.to_vec()),
    ];
    let taken = |contents: &Contents| -> Vec<(Attachment, Vec<u8>)> {
        contents.evidence.iter().map(|(file, kept)| (file.clone(), kept.read().unwrap())).collect()
    };
    assert_eq!(taken(&contents), expected);

    alter(at(&mut files, PATENT), |bytes| bytes[12] ^= 1);
    let contents = read(Cursor::new(zipped(&files))).unwrap();
    assert_eq!(taken(&contents), &expected[1..]);
}
