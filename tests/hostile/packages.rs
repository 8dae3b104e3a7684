//! Packages: every way to lead an unzip program or a checking person astray.

use std::io::Cursor;

use jiebang::domain::{Draft, Role};
use jiebang::export::package::{
    Listed, Manifest, PackageError, Verification, completed, read, verify,
};
use jiff::civil::date;

use super::archive::{Entry, archive, crc32};
use super::{is_empty, place_with, program::Place, refused, run};

const NAME: &str = "材料包.zip";

/// The entries of a sound package.
fn sound() -> Vec<Entry> {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲公司".to_owned();
    let files = completed(Vec::new(), &draft, date(2024, 7, 8), false);
    files.iter().map(|file| Entry::stored(&file.name, &file.content.read().unwrap())).collect()
}

fn with(entries: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    let mut all = sound();
    all.extend(entries);
    all
}

/// A package in which the files are named by the manifest too: only what they are called is wrong.
fn listed(entries: Vec<Entry>) -> Vec<Entry> {
    let mut all = sound();
    let mut manifest: Manifest = serde_json::from_slice(&all.pop().unwrap().data).unwrap();
    for entry in &entries {
        let sha256 =
            jiebang::export::package::Content::from(entry.data.clone()).sha256().to_owned();
        let path = String::from_utf8_lossy(&entry.name).into_owned();
        manifest.files.push(Listed { path, bytes: entry.data.len() as u64, sha256 });
    }
    all.extend(entries);
    all.push(Entry::stored("manifest.json", &serde_json::to_vec(&manifest).unwrap()));
    all
}

fn check(bytes: &[u8]) -> Verification {
    verify(Cursor::new(bytes)).unwrap()
}

/// Checked, it is not passed, and a problem says these words.
#[track_caller]
fn caught(entries: &[Entry], words: &str) {
    caught_bytes(&archive(entries, b"", b""), words);
}

#[track_caller]
fn caught_bytes(bytes: &[u8], words: &str) {
    let found = check(bytes);
    assert!(!found.ok);
    let says = |problem: &String| problem.contains(words);
    assert!(found.problems.iter().any(says), "“{words}” is not in {:?}", found.problems);
}

#[test]
fn the_sound_package_of_these_tests_is_sound() {
    let found = check(&archive(&sound(), b"", b""));
    assert_eq!(found.problems, [""; 0]);
    assert_eq!(
        check(&archive(&listed(vec![Entry::stored("a/b.txt", b"b")]), b"", b"")).problems,
        [""; 0]
    );
}

#[test]
fn names_that_lead_elsewhere_are_told_and_nothing_is_written_there() {
    let astray = [
        "../外面.txt",
        "a/../../外面.txt",
        "..\\外面.txt",
        "a\\..\\外面.txt",
        "/tmp/外面.txt",
        "//server/share/a",
        "\\\\server\\share\\a",
        "C:外面.txt",
        "C:\\外面.txt",
        "c:/外面.txt",
        "\\\\?\\C:\\a",
        "\\\\.\\PhysicalDrive0",
        "./a",
        "..",
        "a:b",
    ];
    for name in astray {
        caught(&listed(vec![Entry::stored(name, b"a")]), "解压时可能写到别的位置");
    }
    for name in ["a.txt::$DATA", "a?.txt", "a|b", "a//b"] {
        caught(&listed(vec![Entry::stored(name, b"a")]), "Windows 不允许的字符");
    }
    for name in [
        "CON",
        "con.txt",
        "a/NUL.pdf",
        "COM1",
        "COM¹.pdf",
        "LPT³",
        "AUX .txt",
        "CONIN$",
        "末尾点.",
        "末尾空格 ",
        "a /b",
    ] {
        caught(&listed(vec![Entry::stored(name, b"a")]), "Windows 不允许的文件名");
    }
    for name in
        ["a\0b", "a\nb", "a\x1b[2Jb", "a\u{202e}fdp.exe", "a\u{200b}b", "\u{feff}a", "\u{3164}"]
    {
        caught(&listed(vec![Entry::stored(name, b"a")]), "看不见的字符");
    }
    for name in ["a\u{34f}b", "a\u{fe0f}", "\u{2800}"] {
        caught(&listed(vec![Entry::stored(name, b"a")]), "含有看不见的字符");
    }
    // Some people are written with a shape of their own.
    let varied = listed(vec![Entry::stored("葛\u{e0100}.pdf", b"a")]);
    assert_eq!(check(&archive(&varied, b"", b"")).problems, [""; 0]);
    caught(&listed(vec![Entry::stored("长".repeat(200), b"a")]), "文件名太长");
    caught(&with([Entry::stored(b"a\xed\xa0\x80b", b"a")]), "多出清单中没有的文件");

    let every = astray.iter().map(|name| Entry::stored(name, b"a"));
    let place = place_with(NAME, &archive(&with(every), b"", b""));
    let said = run(&place, &["import", NAME], &["数据/"]).ends(1).err;
    assert!(said.contains("解压时可能写到别的位置"), "{said}");
    run(&place, &["verify", NAME], &[]).ends(1);
}

#[test]
fn names_that_a_system_or_a_person_takes_for_equal_are_told() {
    for (first, second) in [
        ("a.txt", "A.TXT"),
        ("é.txt", "e\u{301}.txt"),
        ("가.txt", "\u{1100}\u{1161}.txt"),
        ("a.txt", "ａ.txt"),
        ("ﬁ.txt", "fi.txt"),
        ("straße", "STRASSE"),
        ("K", "\u{212a}"),
        ("豈", "\u{f900}"),
        ("a.txt", "a.txt."),
        ("a.txt", "a.txt "),
        // Grapheme joiner, selectors of shapes, the empty Braille cell, a tag.
        ("ab.txt", "a\u{34f}b.txt"),
        ("ab.txt", "ab\u{fe0f}.txt"),
        ("ab.txt", "ab\u{fe00}.txt"),
        ("ab.txt", "a\u{2800}b.txt"),
        ("ab.txt", "a\u{180b}b.txt"),
        ("葛.txt", "葛\u{e0100}.txt"),
        ("ab.txt", "ab\u{e0fff}.txt"),
    ] {
        let both = vec![Entry::stored(first, b"a"), Entry::stored(second, b"b")];
        caught(&listed(both), "会互相覆盖");
    }
    caught(&listed(vec![Entry::stored("DRAFT.JSON", b"{}")]), "会互相覆盖");
    caught(&with([Entry::stored("Manifest.json", b"{}")]), "会互相覆盖");
}

#[test]
fn two_entries_of_one_name_are_told_whichever_comes_first() {
    for name in ["draft.json", "manifest.json"] {
        let twin = Entry::stored(name, b"{}");
        caught(&with([twin.clone()]), &format!("“{name}”重复出现"));
        let mut before = sound();
        before.insert(0, twin);
        caught(&before, &format!("“{name}”重复出现"));
    }
}

#[test]
fn names_that_programs_read_in_two_ways_are_told() {
    let second = |name: &str, of: &[u8]| {
        let data = [b"\x01", crc32(of).to_le_bytes().as_slice(), name.as_bytes()].concat();
        [b"\x75\x70", (data.len() as u16).to_le_bytes().as_slice(), &data].concat()
    };
    for (name, extra) in [
        ("a.txt", second("../b.txt", b"a.txt")),
        ("a.txt", second("draft.json", b"a.txt")),
        ("a.txt", second("b.txt", b"another")),
    ] {
        let entry = Entry { flags: 0, extra, ..Entry::stored(name, b"a") };
        let bytes = archive(&with([entry]), b"", b"");
        // What it is may be too odd to be read at all.
        if let Ok(found) = verify(Cursor::new(&bytes)) {
            assert!(found.problems.iter().any(|p| p.contains("两种读法")), "{:?}", found.problems);
        }
    }
    caught(&with([Entry { flags: 0, ..Entry::stored("佐证.txt", b"a") }]), "两种读法");
}

#[test]
fn headers_that_contradict_each_other_are_told() {
    let entry = || Entry::stored("a.txt", b"content");
    let differ = "前后不一致";
    caught(&listed(vec![Entry { local_name: Some(b"../b.txt".to_vec()), ..entry() }]), differ);
    caught(&listed(vec![Entry { local_name: Some(b"draft.json".to_vec()), ..entry() }]), differ);
    caught(&listed(vec![Entry { local_size: Some(3), ..entry() }]), differ);
    caught(&listed(vec![entry(), Entry { at: Some(0), ..Entry::stored("b.txt", b"") }]), differ);
    caught_bytes(&archive(&sound(), &archive(&[entry()], b"", b""), b""), differ);
    caught(&listed(vec![Entry { crc: 1, ..entry() }]), "已损坏");
    caught(&listed(vec![Entry { size: 1 << 30, ..entry() }]), "与 ZIP 目录中写的不同");
    caught(&listed(vec![Entry { flags: 0x801, ..entry() }]), "已加密或内容已损坏");
    for method in [1, 6, 9, 12, 14, 93, 95, 97, 98, 99, 65535] {
        caught(&listed(vec![Entry { method, ..entry() }]), "解压");
    }
}

#[test]
fn links_and_folders_in_the_place_of_papers_are_told_whatever_system_they_are_from() {
    let paper = || Entry::stored("对接表.pdf", b"/etc/passwd");
    // 0 is DOS; 6, 11 and 14 are read as DOS by some (APPNOTE 4.4.2.2).
    for system in [0, 3, 6, 10, 11, 14, 19, 255] {
        for mode in [0o120_777, 0o060_644, 0o040_755, 0o020_644, 0o010_644] {
            caught(&listed(vec![Entry { mode, system, ..paper() }]), "是链接或特殊文件");
        }
        for (mode, attributes) in [(0, 0x10), (0o100_644, 0x10), (0, 0x400)] {
            let paper = Entry { mode, attributes, system, ..paper() };
            caught(&listed(vec![paper]), "“对接表.pdf”是链接或特殊文件，或标成了文件夹");
        }
        for attributes in [0, 0x20, 0x8020] {
            let sound = listed(vec![Entry { mode: 0, attributes, system, ..paper() }]);
            assert_eq!(check(&archive(&sound, b"", b"")).problems, [""; 0]);
        }
    }
    let folder = |mode| Entry { mode, attributes: 0x10, ..Entry::stored("a/", b"") };
    let with_folder =
        |mode| [listed(vec![Entry::stored("a/b.pdf", b"b")]), vec![folder(mode)]].concat();
    assert_eq!(check(&archive(&with_folder(0o040_755), b"", b"")).problems, [""; 0]);
    caught(&with_folder(0o120_777), "“a/”是链接或特殊文件");
}

#[test]
fn a_directory_that_its_end_counts_otherwise_is_told() {
    let words = "文件数与文件目录不符";
    // Another header lies within a paper, and only its entry follows those that are counted.
    let hidden = archive(&[Entry::stored("evil.pdf", b"EVIL")], b"", b"");
    let entry = hidden.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let whole = archive(&listed(vec![Entry::stored("scan.pdf", &hidden[..entry])]), b"", b"");
    let lies = whole.windows(entry).position(|bytes| *bytes == hidden[..entry]).unwrap() as u32;
    let mut more = hidden[entry..hidden.len() - 22].to_vec();
    more[42..46].copy_from_slice(&lies.to_le_bytes());
    let end = whole.len() - 22;
    let with_it = |length: usize| {
        let mut bytes = [&whole[..end], &more, &whole[end..]].concat();
        let said = u32::from_le_bytes(whole[end + 12..end + 16].try_into().unwrap());
        let at = end + more.len() + 12;
        bytes[at..at + 4].copy_from_slice(&(said + length as u32).to_le_bytes());
        bytes
    };
    assert!(check(&whole).ok);
    // 7z unpacks it.
    caught_bytes(&with_it(more.len()), words);
    if let Ok(found) = verify(Cursor::new(with_it(0))) {
        assert!(!found.ok, "{found:?}");
    }
    for (at, change) in [(8, 1), (10, 1), (10, 0xff), (12, 1)] {
        let mut bytes = whole.clone();
        bytes[end + at] ^= change;
        assert!(verify(Cursor::new(bytes)).map_or(true, |found| !found.ok), "{at} {change}");
    }
}

#[test]
fn a_file_where_another_has_its_folder_is_told() {
    for (file, inner) in [
        ("a.pdf", "a.pdf/b.pdf"),
        ("a.pdf", "A.PDF/b.pdf"),
        ("A", "ａ/b/c.pdf"),
        ("x/a", "x/a/b.pdf"),
        ("draft.json2", "DRAFT.json2/b"),
    ] {
        let both = [(file, b"a"), (inner, b"b")].map(|(name, data)| Entry::stored(name, data));
        caught(&listed(both.to_vec()), &format!("“{file}”是文件，又是“{inner}”所在文件夹的名称"));
    }
    let near = ["a.pdf", "a.pdf-b/c", "a.pdf b", "a.pdf0"].map(|name| Entry::stored(name, b"a"));
    assert_eq!(check(&archive(&listed(near.to_vec()), b"", b"")).problems, [""; 0]);
}

#[test]
fn nothing_hides_before_between_or_behind_the_files() {
    let whole = archive(&sound(), b"", b"");
    caught_bytes(&[b"MZ".repeat(500), whole.clone()].concat(), "开头有多余的内容");
    caught_bytes(&archive(&sound(), &[b'x'; 500], b""), "不属于任何文件");
    caught_bytes(&archive(&sound(), b"", "注释".as_bytes()), "末尾有多余的内容或注释");
    let inner = archive(&[Entry::stored("draft.json", b"{}")], b"", b"");
    for behind in [b"trailing".repeat(10), inner.clone(), vec![0; 70_000]] {
        let bytes = [whole.clone(), behind].concat();
        // Another archive may be found in what follows, or none.
        if let Ok(found) = verify(Cursor::new(bytes)) {
            assert!(!found.ok);
        }
    }
    let found = verify(Cursor::new(archive(&sound(), b"", &inner)));
    assert!(found.map_or(true, |found| !found.ok));
    let said = Entry { comment: b"comment".to_vec(), ..Entry::stored("a.txt", b"a") };
    caught(&listed(vec![said]), "末尾有多余的内容或注释");
}

#[test]
fn files_and_folders_beside_the_manifest_are_listed_each() {
    let extra = ["a.txt", "佐证材料/b.pdf", ".DS_Store", "Thumbs.db", "c/d/e"];
    let found = check(&archive(&with(extra.map(|name| Entry::stored(name, b"a"))), b"", b""));
    for name in extra {
        assert!(found.problems.iter().any(|p| *p == format!("多出清单中没有的文件“{name}”")));
    }
    caught(&with([Entry::stored("空文件夹/", b"")]), "多出清单中没有的文件夹“空文件夹/”");
    caught(&with([Entry::stored("a/", b"content")]), "多出清单中没有的文件“a/”");
    // What other programs add for the folders of files says nothing.
    let folder = [Entry::stored("a/b.txt", b"b")];
    let all = [listed(folder.to_vec()), vec![Entry::stored("a/", b"")]].concat();
    assert_eq!(check(&archive(&all, b"", b"")).problems, [""; 0]);
}

#[test]
fn manifests_with_odd_numbers_or_levels_are_refused_alone() {
    let replaced = |from: &str, to: &str| {
        let mut all = sound();
        let text = String::from_utf8(all.pop().unwrap().data).unwrap();
        assert!(text.contains(from), "{text}");
        all.push(Entry::packed("manifest.json", text.replacen(from, to, 1).as_bytes()));
        all
    };
    caught(&replaced("\"format\": 1", "\"format\": 999"), "更新版本");
    for (from, to) in [
        ("\"format\": 1", "\"format\": 1e999"),
        ("\"format\": 1", "\"format\": -1"),
        ("\"bytes\": ", "\"bytes\": 99999999999999999999"),
        ("\"bytes\": ", "\"bytes\": -"),
        ("\"program\"", &format!("\"a\": {}, \"program\"", "[".repeat(100_000))),
    ] {
        caught(&replaced(from, to), "有误");
    }
    let mut all = sound();
    let mut manifest: Manifest = serde_json::from_slice(&all.pop().unwrap().data).unwrap();
    let file = manifest.files[0].clone();
    manifest.files.push(file);
    caught(
        &[all, vec![Entry::stored("manifest.json", &serde_json::to_vec(&manifest).unwrap())]]
            .concat(),
        "出现了两次",
    );
    // A list of absent files does not fill the screen.
    manifest.files =
        (0..10_000).map(|n| Listed { path: n.to_string(), ..manifest.files[0].clone() }).collect();
    let mut all = sound();
    all.pop();
    all.push(Entry::packed("manifest.json", &serde_json::to_vec(&manifest).unwrap()));
    let found = check(&archive(&all, b"", b""));
    assert!(found.problems.len() < 210 && found.problems.last().unwrap().contains("没有列出"));
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let zeros = Entry::packed("0.pdf", &vec![0; 60 << 20]);
    let one = Entry::packed("0.pdf", &vec![0; 15 << 20]);
    let many = (0..40).map(|n| Entry { name: format!("{n}.pdf").into_bytes(), ..one.clone() });
    let quoted = (0..90).map(|n| Entry {
        name: format!("{n}.pdf").into_bytes(),
        local_name: Some(b"0.pdf".to_vec()),
        at: (n > 0).then_some(0),
        ..one.clone()
    });
    let mut overlapping: Vec<Entry> = quoted.collect();
    overlapping.extend(sound());
    for entries in [with([zeros]), with(many), overlapping] {
        let bytes = archive(&entries, b"", b"");
        caught_bytes(&bytes, "压缩比异常");
        let refusal = read(Cursor::new(&bytes)).unwrap_err();
        assert!(matches!(refusal, PackageError::Bomb), "{refusal}");
    }
    let place =
        place_with(NAME, &archive(&with([Entry::packed("a.pdf", &vec![0; 60 << 20])]), b"", b""));
    refused(&place, &["import", NAME], NAME);
    is_empty(&place.data());
    run(&place, &["verify", NAME], &[]).ends(1);
}

#[test]
fn archives_of_very_many_entries_or_of_lies_about_them_are_refused() {
    let many: Vec<Entry> = (0..65_000).map(|n| Entry::stored(n.to_string(), b"")).collect();
    let place = place_with(NAME, &archive(&many, b"", b""));
    assert!(refused(&place, &["verify", NAME], NAME).contains("65000"));
    refused(&place, &["import", NAME], NAME);
    let alike: Vec<Entry> = (0..60_000).map(|_| Entry::stored("a", b"")).collect();
    caught(&[sound(), alike].concat(), "重复出现");

    let whole = archive(&sound(), b"", b"");
    for end in 1..whole.len() / 16 {
        let cut = &whole[..16 * end];
        assert!(verify(Cursor::new(cut)).is_err(), "{end}");
    }
    let place = Place::new();
    std::fs::create_dir(place.path(NAME)).unwrap();
    refused(&place, &["verify", NAME], NAME);
    refused(&place, &["import", NAME], NAME);
}

#[test]
fn a_package_made_anew_is_told_apart_by_the_paper_alone_and_verify_says_so() {
    let place = place_with(NAME, &archive(&sound(), b"", b""));
    let said = run(&place, &["verify", NAME], &[]).ends(0).out;
    assert!(said.contains("重新制作") && said.contains("盖章纸质材料"), "{said}");
}
