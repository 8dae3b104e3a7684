//! Draft files: JSON of every kind that has brought a program down.

use serde_json::{Value, json};

use super::program::{DATE, Place};
use super::{is_empty, place_with, refused, run};

const NAME: &str = "draft.json";

/// A sound draft with an unknown entry that holds this JSON.
fn with(value: &str) -> Vec<u8> {
    let draft = jiebang::domain::Draft::new("shanghai-2024", jiebang::domain::Role::Solver);
    let text = draft.to_json();
    let open = text.trim_end().strip_suffix('}').unwrap();
    format!("{open}, \"later\": {value}}}").into_bytes()
}

fn nested(levels: usize) -> String {
    format!("{}1{}", "[".repeat(levels), "]".repeat(levels))
}

#[test]
fn texts_that_are_no_sound_json_are_refused_by_name_and_kept_nowhere() {
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("only zeros", vec![0; 1 << 16]),
        ("130 levels", with(&nested(130))),
        ("100,000 levels", with(&nested(100_000))),
        ("100,000 levels of objects", with(&"{\"a\":".repeat(100_000))),
        ("levels alone", "[".repeat(1_000_000).into_bytes()),
        ("behind the end", [with("1"), b"{}".to_vec()].concat()),
        ("zeros behind the end", [with("1"), vec![0; 1000]].concat()),
        ("zero in a text", with("\"a\0b\"")),
        ("invalid UTF-8", [with("1"), b"\xff\xfe".to_vec()].concat()),
        (
            "overlong UTF-8",
            with("1")
                .iter()
                .flat_map(|b| if *b == b'1' { vec![0xc0, 0xaf] } else { vec![*b] })
                .collect(),
        ),
        ("surrogate in UTF-8", [b"{\"\xed\xa0\x80".to_vec(), with("1")].concat()),
        ("twice the same", with("1, \"company\": {}")),
        ("too many objects", with(&format!("[{}1]", "{},".repeat(60_000)))),
        ("too many values", with(&format!("[{}1]", "1,".repeat(1_100_000)))),
        ("list", [b"[".to_vec(), with("1"), b"]".to_vec()].concat()),
        ("two marks", ["\u{feff}\u{feff}".as_bytes(), &with("1")].concat()),
    ];
    for number in ["NaN", "-Infinity", "1e", "-1e+", "0x10", "+1", "007", "1.", "-"] {
        files.push(("number", with(number)));
    }
    for text in ["\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u12\"", "\"\\x\"", "\"a\nb\""] {
        files.push(("text", with(text)));
    }
    let utf_16: Vec<u16> = String::from_utf8(with("1")).unwrap().encode_utf16().collect();
    files.push(("UTF-16", utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect()));
    files.push((
        "UTF-16 marked",
        [vec![0xfe, 0xff], utf_16.iter().flat_map(|u| u.to_be_bytes()).collect()].concat(),
    ));
    for schema in ["1e999", "-2", "0", "99999999999999999999", "\"2\"", "null", "3", "2.5"] {
        let text = String::from_utf8(with("1")).unwrap();
        files.push((
            "schema",
            text.replacen("\"schema\": 2", &format!("\"schema\": {schema}"), 1).into_bytes(),
        ));
    }
    let place = Place::new();
    for (what, bytes) in files {
        std::fs::write(place.path(NAME), &bytes).unwrap();
        let said = refused(&place, &["import", NAME], NAME);
        assert!(said.len() < 1000, "{what}: {said}");
        is_empty(&place.data());
        refused(&place, &["check", NAME, "--date", DATE], NAME);
    }
}

#[test]
fn values_nobody_asked_for_do_no_harm_and_are_kept() {
    let long = format!("\"{}\"", "长".repeat(1_000_000));
    for value in ["-0", "0.1", "18446744073709551615", "\"\\ud83d\\ude00\"", &nested(100), &long] {
        let place = place_with(NAME, &with(value));
        let said = run(&place, &["import", NAME], &["数据/"]).ends(0).out;
        let path = said.trim().strip_prefix("已导入：").unwrap();
        let kept: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let given: Value = serde_json::from_slice(&with(value)).unwrap();
        assert_eq!(kept["later"], given["later"]);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_refused_without_waiting() {
    let place = Place::new();
    std::fs::create_dir(place.path("folder.json")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place.path("endless.json")).unwrap();
    std::os::unix::fs::symlink("ring.json", place.path("ring.json")).unwrap();
    let sparse = std::fs::File::create(place.path("sparse.json")).unwrap();
    sparse.set_len(8 << 30).unwrap();
    for name in ["folder.json", "endless.json", "ring.json", "sparse.json"] {
        let said = place.run(&["check", name]).ends(2).err;
        assert!(said.contains(name), "{said}");
        let said = place.run(&["import", name]).ends(2).err;
        assert!(said.contains(name), "{said}");
    }
}

#[test]
fn texts_for_terminals_and_paths_stay_words() {
    let place = Place::new();
    let sample = place.sample("shanghai-2024", "solver");
    place.changed(&sample, "/company/name", json!("上海\u{202e}gnp.exe\u{200b}\u{1b}[2J公司"));
    place.changed(&sample, "/company/short_name", json!("..\\..\\CON"));
    let said = run(&place, &["check", &sample, "--date", DATE], &[]);
    assert!(said.out.contains("上海‹U+202E›gnp.exe‹U+200B›‹U+001B›[2J公司"), "{}", said.out);
    let export = ["export", sample.as_str(), "--force", "--date", DATE, "-o", "out"];
    run(&place, &export, &["out"]);
    for (path, _) in place.files("out") {
        let is_odd = path.contains(['\\', '\u{202e}', '\u{200b}', '\u{1b}']);
        assert!(!is_odd && path.split('/').all(|part| part != ".."), "{path}");
    }
}

#[test]
fn a_hash_that_is_a_path_opens_nothing() {
    let place = Place::new();
    place.text("secret", "%PDF-1.4 secret %%EOF");
    let sample = place.sample("shanghai-2024", "solver");
    for hash in ["../secret", "/etc/passwd", "../../secret", "..", "A", &"g".repeat(64)] {
        let file = json!([{"name": "../../x", "sha256": hash, "bytes": 1}]);
        place.changed(&sample, "/applications/0/evidence/0/files", file);
        let said = run(&place, &["check", &sample, "--date", DATE], &[]).ends(1).out;
        assert!(said.contains("找不到"), "{said}");
    }
}
