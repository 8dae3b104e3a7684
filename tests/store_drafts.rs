//! Drafts on disk, as a person meets them: saved, opened again, damaged, opened twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fresh_store;

use std::fs;
use std::path::Path;

use fresh_store::{draft, store};
use jiebang::domain::{Body, Demand, Draft, Evidence, Field, Role, SCHEMA};
use jiebang::store::file::{parse_draft, parse_draft_bytes, read_draft, write_draft};
use jiebang::store::{Blobs, DraftError, Store, StoreError};

const PDF: &[u8] = b"%PDF-1.4\nscan";

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_saved_draft_opens_as_it_was_and_only_its_owner_may_read_it() {
    let (_folder, store) = store();
    let id = store.create(&draft("甲公司")).unwrap();
    store.save(&id, &draft("甲公司\n“乙”\u{1f600}")).unwrap();
    assert_eq!(store.load(&id).unwrap(), draft("甲公司\n“乙”\u{1f600}"));
    assert_eq!(mode(&store.path(&id)), 0o600);
    assert_eq!(mode(store.path(&id).parent().unwrap()), 0o700);
    let entries = store.list().unwrap();
    assert_eq!((entries.len(), entries[0].problem.as_ref()), (1, None));
}

#[test]
fn earlier_states_are_listed_and_restored_without_losing_the_present_one() {
    let (_folder, store) = store();
    let id = store.create(&draft("一")).unwrap();
    store.save(&id, &draft("二")).unwrap();
    let versions = store.history(&id).unwrap();
    assert_eq!(store.load_version(&versions[0]).unwrap(), draft("一"));
    assert_eq!(store.restore(&id, &versions[0]).unwrap(), draft("一"));
    assert_eq!(store.load(&id).unwrap(), draft("一"));
    // Autosaves in the same minute do not push out what the restore replaced.
    for text in ["三", "四", "五"] {
        store.save(&id, &draft(text)).unwrap();
    }
    let kept = store.history(&id).unwrap();
    let names: Vec<String> =
        kept.iter().map(|v| store.load_version(v).unwrap().company.name).collect();
    assert!(names.contains(&"二".to_owned()), "{names:?}");
}

#[test]
fn a_second_window_gets_no_lock_until_the_first_lets_go() {
    let (_folder, store) = store();
    let id = store.create(&draft("甲")).unwrap();
    let lock = store.lock(&id).unwrap();
    assert!(lock.is_some());
    assert!(store.lock(&id).unwrap().is_none());
    assert!(matches!(store.remove(&id), Err(StoreError::InUse(_))));
    drop(lock);
    assert!(store.lock(&id).unwrap().is_some());
}

#[test]
fn a_damaged_draft_is_listed_with_its_problem_and_recovered_from_its_history() {
    let (_folder, store) = store();
    let id = store.create(&draft("好")).unwrap();
    store.save(&id, &draft("更好")).unwrap();
    let path = store.path(&id);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();

    assert!(matches!(store.load(&id), Err(StoreError::Draft(DraftError::Syntax { .. }))));
    assert!(store.list().unwrap()[0].problem.as_ref().unwrap().contains("断了"));
    let (draft_found, recovered) = store.load_or_recover(&id).unwrap();
    assert_eq!(draft_found, draft("好"));
    let aside = recovered.unwrap().damaged.unwrap();
    assert_eq!(fs::read(&aside).unwrap(), &whole[..whole.len() / 2]);
    assert!(aside.to_str().unwrap().ends_with(".damaged"));
    assert_eq!(store.load(&id).unwrap(), draft("好"));
    assert_eq!(store.list().unwrap()[0].problem, None);
}

#[test]
fn a_draft_of_version_1_opens_as_it_was_and_is_version_2_once_saved() {
    let (_folder, store) = store();
    let id = store.create(&draft("甲")).unwrap();
    let text = r#"{"schema":1,"notice":"n","role":"solver",
        "applications":[{"introduction":"一\n二","plan":{"route":12}}]}"#;
    fs::write(store.path(&id), text).unwrap();
    let old = store.load(&id).unwrap();
    assert_eq!(old.schema, SCHEMA);
    assert_eq!(old.text(&Field::application(0, "introduction")), Some("一\n二"));
    assert_eq!(old.text(&Field::application(0, "plan/route")), Some("12"));
    store.save(&id, &old).unwrap();
    assert!(fs::read_to_string(store.path(&id)).unwrap().contains("\"schema\": 2"));
    assert_eq!(store.load(&id).unwrap(), old);
}

#[test]
fn a_later_schema_is_refused_and_the_file_left_alone() {
    let (folder, store) = store();
    let id = store.create(&draft("甲")).unwrap();
    store.save(&id, &draft("乙")).unwrap();
    let text = r#"{"schema": 3, "notice": [], "company": "其他形状"}"#;
    fs::write(store.path(&id), text).unwrap();
    let error = store.load_or_recover(&id).unwrap_err();
    assert!(error.to_string().contains("请升级程序"), "{error}");
    assert_eq!(fs::read_to_string(store.path(&id)).unwrap(), text);
    let outside = folder.path().join("later.json");
    fs::write(&outside, text).unwrap();
    assert!(matches!(read_draft(&outside), Err(DraftError::LaterSchema { found: 3, .. })));
}

#[test]
fn unknown_fields_at_every_depth_survive_a_round_trip() {
    let text = r#"{"schema":1,"notice":"n","role":"solver","future":{"a":[1,null]},
        "company":{"name":"甲","logo":"x","region":{"street":"路"}},
        "applications":[{"score":5,"item":{"rank":1},"plan":{"p":true},
            "evidence":[{"grade":"A","files":[{"sha256":"","pages":3}]}]}],
        "overrides":[{"field":"/company/name","rule":"r","reason":"因","by":"李"}]}"#;
    let written = parse_draft(text, "x").unwrap().to_json();
    let value: serde_json::Value = serde_json::from_str(&written).unwrap();
    for (pointer, expected) in [
        ("/future/a/0", "1"),
        ("/company/logo", "\"x\""),
        ("/company/region/street", "\"路\""),
        ("/applications/0/score", "5"),
        ("/applications/0/item/rank", "1"),
        ("/applications/0/plan/p", "true"),
        ("/applications/0/evidence/0/grade", "\"A\""),
        ("/applications/0/evidence/0/files/0/pages", "3"),
        ("/overrides/0/by", "\"李\""),
    ] {
        assert_eq!(value.pointer(pointer).unwrap().to_string(), expected, "{pointer}");
    }
    assert_eq!(parse_draft(&written, "x").unwrap().to_json(), written);
}

#[test]
fn errors_name_the_field_and_the_line_in_chinese() {
    for (text, parts) in [
        (
            "{\"schema\":1,\"notice\":\"n\",\"role\":\"solver\",\n\"company\":{\n\"name\":[1]}}",
            &["第 3 行", "企业名称", "/company/name", "应为文字", "列表"][..],
        ),
        (
            "{\"schema\":1,\"notice\":\"n\",\"role\":\"buyer\"}",
            &["/role", "“buyer”", "demander、solver"],
        ),
        ("{\"schema\":1,\"role\":\"solver\"}", &["缺少“notice”一项"]),
        (
            "{\"schema\":1,\"notice\":\"n\",\"role\":\"solver\",\"demands\":[{\"name\":\"a\"},{\"name\":true}]}",
            &["需求 2 · 名称", "true"],
        ),
        ("{\"schema\":1,\"notice\":\"n\",}", &["第 1 行", "多了逗号"]),
        ("[]", &["schema"]),
        ("{\"notice\":\"n\"}", &["schema"]),
        ("", &["断了"]),
    ] {
        let message = parse_draft(text, "我的草稿.json").unwrap_err().to_string();
        assert!(message.contains("我的草稿.json"), "{message}");
        for part in parts {
            assert!(message.contains(part), "{message} lacks {part}");
        }
    }
}

#[test]
fn other_encodings_are_named_and_a_byte_order_mark_is_read_over() {
    let json = draft("甲公司").to_json();
    let marked = [b"\xef\xbb\xbf", json.as_bytes()].concat();
    assert_eq!(parse_draft_bytes(&marked, "x").unwrap(), draft("甲公司"));
    let utf16: Vec<u8> = json.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [b"\xff\xfe", utf16.as_slice()].concat();
    for bytes in [&utf16, &with_mark] {
        assert!(parse_draft_bytes(bytes, "x").unwrap_err().to_string().contains("UTF-16"));
    }
    // 甲 in GBK.
    let gbk = [b"{\n\"schema\":1,\"notice\":\"".as_slice(), b"\xbc\xd7\"}"].concat();
    let message = parse_draft_bytes(&gbk, "x").unwrap_err().to_string();
    assert!(message.contains("GBK") && message.contains("第 2 行"), "{message}");
}

#[test]
fn writing_a_file_keeps_the_previous_one_beside_it_and_leaves_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("草稿.json");
    write_draft(&path, &draft("一")).unwrap();
    write_draft(&path, &draft("二")).unwrap();
    write_draft(&path, &draft("二")).unwrap();
    assert_eq!(read_draft(&path).unwrap(), draft("二"));
    assert_eq!(read_draft(&folder.path().join("草稿.json.bak")).unwrap(), draft("一"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn the_bin_gives_a_draft_back_with_its_attachments() {
    let (_folder, store) = store();
    let id = store.create(&draft("甲")).unwrap();
    let attachment = store.blobs(&id).put("a.pdf", PDF).unwrap();
    store.remove(&id).unwrap();
    assert!(store.list().unwrap().is_empty());
    assert_eq!(store.bin().unwrap()[0].company, "甲");
    assert!(matches!(store.load(&id), Err(StoreError::NotFound(_))));
    store.put_back(&id).unwrap();
    assert_eq!(store.load(&id).unwrap(), draft("甲"));
    assert_eq!(store.blobs(&id).read(&attachment).unwrap(), PDF);
}

#[test]
fn a_draft_is_imported_and_duplicated_with_its_attachments() {
    let (folder, store) = store();
    let outside = folder.path().join("交接.json");
    let mut draft = draft("甲");
    let attachment = Blobs::beside(&outside).put("证书.pdf", PDF).unwrap();
    let files = vec![attachment.clone()];
    draft.applications[0].evidence.push(Evidence { files, ..Evidence::default() });
    write_draft(&outside, &draft).unwrap();
    assert!(folder.path().join("交接.files").is_dir());
    let id = store.import(&outside).unwrap();
    let copy = store.duplicate(&id).unwrap();
    assert_ne!(id, copy);
    for id in [id, copy] {
        assert_eq!(store.load(&id).unwrap(), draft);
        assert_eq!(store.blobs(&id).read(&attachment).unwrap(), PDF);
        assert!(store.blobs(&id).missing(&draft).is_empty());
    }
}

#[test]
fn a_persons_notice_takes_the_place_of_a_bundled_one_and_a_bad_one_is_reported() {
    let (_folder, store) = store();
    let (bundled, errors) = store.notices();
    assert!(errors.is_empty() && bundled.len() >= 2);
    let source = include_str!("../assets/notices/shanghai-2024.json");
    let changed = source.replacen("\"short_title\": \"", "\"short_title\": \"改", 1);
    assert_ne!(changed, source);
    fs::write(store.notices_folder().join("shanghai-2024.json"), changed).unwrap();
    fs::write(store.notices_folder().join("坏.json"), "{\n\"schema\": 1,\n}").unwrap();
    let (notices, errors) = store.notices();
    assert_eq!(notices.len(), bundled.len());
    let shanghai = notices.iter().find(|notice| notice.id == "shanghai-2024").unwrap();
    assert!(shanghai.short_title.starts_with('改'));
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.contains("第 3 行"), "{}", errors[0].message);
}

#[test]
fn settings_are_kept() {
    let (_folder, store) = store();
    assert_eq!(store.read_json::<(u32, u32)>("window").unwrap(), None);
    store.write_json("window", &(1280_u32, 800_u32)).unwrap();
    assert_eq!(store.read_json("window").unwrap(), Some((1280_u32, 800_u32)));
}

#[test]
fn a_file_opened_again_is_the_draft_it_already_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("data")).unwrap();
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲公司".to_owned();
    let id = store.create(&draft).unwrap();
    assert_eq!(store.find(&store.path(&id)), Some(id.clone()));
    assert_eq!(store.find_equal(&draft), Some(id));
    let outside = folder.path().join("draft.json");
    write_draft(&outside, &draft).unwrap();
    assert_eq!(store.find(&outside), None);
    draft.company.fax = "无".to_owned();
    assert_eq!(store.find_equal(&draft), None);
}

#[test]
fn a_bare_number_where_a_form_has_text_is_its_digits() {
    let draft = |revenue: &str, goal: &str| {
        let text = format!(
            r#"{{"schema": 2, "notice": "n", "role": "solver", "company": {{"revenue": {revenue}}},
            "applications": [{{"introduction": {goal}}}]}}"#
        );
        parse_draft(&text, "草稿.json")
    };
    for (written, read) in [
        ("8600", "8600"),
        ("8600.50", "8600.50"),
        ("-3", "-3"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1.5e3", "1500"),
        ("1e999", "1e+999"),
    ] {
        for goal in [written.to_owned(), format!("[{written}]")] {
            let found = draft(written, &goal).unwrap();
            assert_eq!(found.company.revenue, read);
            assert_eq!(found.applications[0].introduction, Body::from(read), "{goal}");
        }
    }
    let wrong = draft("{}", "[]").unwrap_err().to_string();
    assert!(wrong.contains("这里应为文字，写的却是对象"), "{wrong}");
    let wrong = draft("1", "[{\"list\": 1}]").unwrap_err().to_string();
    assert!(wrong.contains("值“list”不对，应为 table、figure 之一"), "{wrong}");
    let text = r#"{"schema": 2, "notice": "n", "role": "solver", "demands": 1.5}"#;
    let wrong = parse_draft(text, "草稿.json").unwrap_err().to_string();
    assert!(wrong.contains("应为列表 […]，写的却是数字"), "{wrong}");
}

#[test]
fn what_could_not_be_opened_again_is_not_saved() {
    let (_folder, store) = store();
    let mut draft = Draft::new("shanghai-2024", Role::Demander);
    draft.company.name = "甲公司".to_owned();
    let id = store.create(&draft).unwrap();
    let mut large = draft.clone();
    large.demands = vec![Demand::default(); 5001];
    for refused in [store.save(&id, &large).unwrap_err(), store.create(&large).unwrap_err()] {
        assert!(refused.to_string().contains("上限"), "{refused}");
    }
    assert_eq!(store.load(&id).unwrap(), draft);
    assert_eq!(store.list().unwrap().len(), 1);
    large.demands.truncate(1000);
    store.save(&id, &large).unwrap();
    let (found, recovered) = store.load_or_recover(&id).unwrap();
    assert!(found == large && recovered.is_none());
}
