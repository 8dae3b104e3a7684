//! Notices in the data folder: one that cannot be used is told of, and the others are there.

use serde_json::{Value, json};

use super::program::Place;

const SOUND: &str = include_str!("../../assets/notices/shanghai-2024.json");

fn place_with(name: &str, bytes: &[u8]) -> Place {
    let place = Place::new();
    let folder = place.data().join("notices");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    place
}

#[track_caller]
fn refused(bytes: &[u8]) {
    let place = place_with("我的通知.json", bytes);
    let run = super::run(&place, &["notices"], &["数据/"]).ends(0);
    assert!(run.err.contains("我的通知.json") && run.err.len() < 3000, "{}", run.err);
    assert!(run.out.contains("shanghai-2024") && !run.out.contains("own-2024"), "{}", run.out);
}

fn changed(change: impl Fn(&mut Value)) -> Vec<u8> {
    let mut notice: Value = serde_json::from_str(SOUND).unwrap();
    notice["id"] = json!("own-2024");
    change(&mut notice);
    notice.to_string().into_bytes()
}

#[test]
fn texts_that_are_no_notice_are_refused_by_name() {
    let sound = String::from_utf8(changed(|_| {})).unwrap();
    let with = |value: &str| sound.replacen('{', &format!("{{\"a\":{value},"), 1).into_bytes();
    for bytes in [
        Vec::new(),
        vec![0; 1000],
        b"\xff\xfe\0".to_vec(),
        with(&"[".repeat(100_000)),
        with("NaN"),
        with("1e999"),
        with("\"\\ud800\""),
        with("1, \"id\": \"own-2024\""),
        [sound.as_bytes(), b"{}"].concat(),
        [vec![b' '; 5 << 20], sound.clone().into_bytes()].concat(),
    ] {
        refused(&bytes);
    }
}

#[test]
fn notices_of_impossible_content_are_refused_by_name() {
    for date in ["9999-99-99", "0000-00-00", "-9999-01-01", "2024-02-30", "99999-01-01", "二〇二四"]
    {
        refused(&changed(|notice| notice["issued_on"] = json!(date)));
        refused(&changed(|notice| notice["routes"][0]["deadline"] = json!(date)));
    }
    for limit in [json!(0), json!(-1), json!(1e300), json!("1")] {
        refused(&changed(|notice| notice["limits"]["profile"] = limit.clone()));
    }
    refused(&changed(|notice| notice["id"] = json!("../../own-2024")));
    refused(&changed(|notice| notice["title"] = json!("\u{202e}通知\u{1b}[2J\u{200b}")));
    refused(&changed(|notice| notice["region"] = json!("../..")));
    refused(&changed(|notice| {
        let route = notice["routes"][0].clone();
        notice["routes"] = json!(vec![route; 3000]);
    }));
    refused(&changed(|notice| {
        let contact = notice["contacts"][0].clone();
        notice["contacts"] = json!(vec![contact; 5000]);
    }));
}

#[test]
fn a_folder_of_very_many_notices_is_read_in_part_and_said_so() {
    let place = place_with("a.json", b"{}");
    for number in 0..300 {
        std::fs::write(place.data().join(format!("notices/{number}.json")), "{}").unwrap();
    }
    let run = place.run(&["notices"]).ends(0);
    assert!(run.err.contains("只读取前 200 个") && run.out.contains("wuhan-2024"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_not_waited_for() {
    let place = place_with("b.json", SOUND.as_bytes());
    let folder = place.data().join("notices");
    std::os::unix::fs::symlink("/dev/zero", folder.join("我的通知.json")).unwrap();
    std::fs::create_dir(folder.join("c.json")).unwrap();
    std::fs::File::create(folder.join("d.json")).unwrap().set_len(8 << 30).unwrap();
    let said = place.run(&["notices"]).ends(0).err;
    for name in ["我的通知.json", "c.json", "d.json"] {
        assert!(said.contains(name), "{said}");
    }
}
