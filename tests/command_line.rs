//! The command line as a contract: the program itself, run as a script would run it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

mod program;

use program::*;

const COMMANDS: [&str; 14] = [
    "fonts",
    "new",
    "check",
    "export",
    "verify",
    "import",
    "list",
    "notices",
    "schema",
    "count",
    "size",
    "code",
    "man",
    "completions",
];

#[test]
fn a_sample_goes_the_whole_way_for_every_notice_and_role() {
    let place = Place::new();
    for notice in NOTICES {
        for role in ROLES {
            let draft = place.sample(notice, role);
            place.run(&["check", &draft, "--date", DATE]).ends(0);
            let out = format!("out-{notice}-{role}");
            let export = place.run(&["export", &draft, "--date", DATE, "-o", &out]).ends(0);
            assert_eq!(export.out.matches("已导出：").count(), 2, "{}", export.out);
            let files = place.files(&out);
            let zip = files.iter().find(|(name, _)| name.ends_with(".zip")).unwrap();
            assert!(zip.0.ends_with(&format!("-{role}-{notice}.zip")), "{}", zip.0);
            assert!(files.iter().any(|(name, _)| name.ends_with("报送清单.pdf")));
            let zip = format!("{out}/{}", zip.0);
            let verified = place.run(&["verify", &zip]).ends(0);
            assert!(verified.out.contains("核对通过") && verified.out.contains("校验码："));
            let imported = place.run(&["import", &zip]).ends(0);
            assert!(imported.err.is_empty(), "{}", imported.err);
        }
    }
    let list = place.run(&["list", "--format", "json"]).ends(0).json();
    let entries = list.as_array().unwrap();
    assert_eq!(entries.len(), 4);
    for entry in entries {
        let keys: Vec<&String> = entry.as_object().unwrap().keys().collect();
        let expected = ["id", "company", "role", "notice", "modified", "path", "problem"];
        assert_eq!(keys, [&expected[..], &["has_password", "locked"]].concat());
        assert!(entry["has_password"] == false && entry["locked"] == false);
        assert!(entry["problem"].is_null() && ROLES.contains(&entry["role"].as_str().unwrap()));
        assert!(entry["company"].as_str().unwrap().contains("示例"));
        // What was imported is whole again: it can be checked where it lies.
        place.run(&["check", entry["path"].as_str().unwrap(), "--date", DATE]).ends(0);
    }
    let text = place.run(&["list"]).ends(0).out;
    assert_eq!(text.matches("揭榜中小企业").count(), 2, "{text}");
}

#[test]
fn a_draft_alone_is_imported_with_a_reminder_of_missing_evidence() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    assert!(place.run(&["import", &draft]).ends(0).err.is_empty());
    fs::remove_dir_all(place.path("solver-shanghai-2024.files")).unwrap();
    let again = place.run(&["import", &draft]).ends(0);
    assert!(again.err.contains("佐证或插图文件缺失"), "{}", again.err);
    assert!(place.run(&["check", &draft, "--date", DATE]).ends(1).out.contains("佐证"));
}

#[test]
fn new_does_not_overwrite() {
    let place = Place::new();
    let arguments = ["new", "--notice", "wuhan-2024", "--role", "demander", "-o", "新.json"];
    place.run(&arguments).ends(0);
    place.text("新.json", "mine");
    let again = place.run(&arguments).ends(2);
    assert!(again.err.contains("已经存在") && again.out.is_empty(), "{}", again.err);
    assert_eq!(fs::read_to_string(place.path("新.json")).unwrap(), "mine");
    let unknown = ["new", "--notice", "mars-2024", "--role", "demander", "-o", "火.json"];
    let unknown = place.run(&unknown).ends(2);
    assert!(unknown.err.contains("mars-2024") && unknown.err.contains("wuhan-2024"));
    assert!(!place.path("火.json").exists());
}

#[test]
fn an_empty_draft_has_errors_and_is_not_exported() {
    let place = Place::new();
    for role in ROLES {
        let name = format!("{role}.json");
        place.run(&["new", "--notice", "shanghai-2024", "--role", role, "-o", &name]).ends(0);
        let check = place.run(&["check", &name, "--date", DATE]).ends(1);
        assert!(check.out.contains("企业名称") && check.out.contains("依据："), "{}", check.out);
        let export = place.run(&["export", &name, "--date", DATE, "-o", "out"]).ends(1);
        assert!(export.err.contains("没有导出") && export.out.is_empty(), "{}", export.err);
        assert_eq!(place.files("out"), []);
    }
}

#[test]
fn check_says_in_json_what_was_found_and_counted() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    let whole = place.run(&["check", &draft, "--date", DATE, "--format", "json"]).ends(0).json();
    let keys: Vec<&String> = whole.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["findings", "counts"]);
    assert!(whole["counts"]["profile"].as_u64().unwrap() <= 500);
    let letters = whole["counts"]["applications"].as_array().unwrap();
    assert_eq!(letters.len(), 2);
    for letter in letters {
        let sections = letter["sections"].as_object().unwrap();
        let sum: u64 = sections.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(sections.len(), 8);
        assert_eq!(letter["total"], sum);
    }

    place.changed(&draft, "/company/contact/mobile", "".into());
    let run = place.run(&["check", &draft, "--date", DATE, "--format", "json"]).ends(1).json();
    let findings = run["findings"].as_array().unwrap();
    let finding = findings.iter().find(|f| f["field"] == "/company/contact/mobile").unwrap();
    let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["severity", "overridable", "field", "message", "clause"]);
    assert_eq!((&finding["severity"], &finding["overridable"]), (&"error".into(), &false.into()));
    assert!(!finding["clause"].as_str().unwrap().is_empty());
}

#[test]
fn warnings_alone_stop_nothing() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    place.changed(&draft, "/company/contact/mobile", "1390000".into());
    let check = place.run(&["check", &draft, "--date", DATE, "--format", "json"]).ends(0).json();
    let finding = &check["findings"][0];
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["field"], "/company/contact/mobile");
    place.run(&["export", &draft, "--date", DATE, "-o", "out"]).ends(0);
}

#[test]
fn a_deadline_that_has_passed_is_told_of() {
    let place = Place::new();
    let draft = place.sample("wuhan-2024", "demander");
    let messages = |date: &str| {
        let run = place.run(&["check", &draft, "--date", date, "--format", "json"]).json();
        let findings = run["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["message"].to_string()).collect::<String>()
    };
    assert!(messages("2024-07-20").contains("7月10日"), "{}", messages("2024-07-20"));
    assert!(!messages("2024-06-01").contains("7月10日"), "{}", messages("2024-06-01"));
}

#[test]
fn a_draft_that_cannot_be_read_is_named_with_line_and_field() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    place.changed(&draft, "/company/ownership", "royal".into());
    let pretty: Value =
        serde_json::from_str(&fs::read_to_string(place.path(&draft)).unwrap()).unwrap();
    let pretty = format!("{pretty:#}");
    place.text("wrong.json", &pretty);
    let line = 1 + pretty.lines().position(|line| line.contains("royal")).unwrap();
    for command in [&["check", "wrong.json"][..], &["export", "wrong.json", "-o", "out"]] {
        let run = place.run(command).ends(2);
        let expected = ["wrong.json", &format!("第 {line} 行"), "企业性质", "/company/ownership"];
        for part in expected {
            assert!(run.err.contains(part), "{part}: {}", run.err);
        }
    }
    place.text("later.json", "{\"schema\": 99, \"notice\": \"x\", \"role\": \"solver\"}");
    assert!(place.run(&["check", "later.json"]).ends(2).err.contains("升级"));
    place.text("other.json", "[]");
    place.run(&["check", "other.json"]).ends(2);
    place.run(&["import", "other.json"]).ends(2);
    place.run(&["check", "missing.json"]).ends(2);
    let lost = place.sample("wuhan-2024", "demander");
    place.changed(&lost, "/notice", "mars-2024".into());
    assert!(place.run(&["check", &lost]).ends(2).err.contains("mars-2024"));
}

#[test]
fn count_reads_files_and_standard_input() {
    let place = Place::new();
    place.text("文.txt", "\u{FEFF}揭榜 2024 ok。\n");
    let json = place.run(&["count", "文.txt"]).ends(0).json();
    assert_eq!(json, serde_json::json!({ "words": 5, "chars": 9 }));
    for arguments in [&["count"][..], &["count", "-"]] {
        let mut command = place.command();
        command.args(arguments);
        let run = finish(command, "揭榜 2024 ok。\n".as_bytes()).ends(0);
        assert_eq!(run.json(), json);
        assert_eq!(run.out.lines().count(), 1);
    }
    // 揭榜 in GBK.
    fs::write(place.path("gbk.txt"), [0xBD, 0xD2, 0xB0, 0xF1]).unwrap();
    let run = place.run(&["count", "gbk.txt"]).ends(2);
    assert!(run.err.contains("UTF-8") && run.out.is_empty(), "{}", run.err);
    assert!(place.run(&["count", "missing.txt"]).ends(2).err.contains("missing.txt"));
}

#[test]
fn size_and_code_answer_scripts() {
    let place = Place::new();
    let size = ["size", "--industry", "39", "--employees", "168", "--revenue", "8642.5"];
    let text = place.run(&size).ends(0).out;
    assert!(text.starts_with("小型") && text.contains("依据："), "{text}");
    let json = place.run(&[&size[..], &["--format", "json"]].concat()).ends(0).json();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["size", "standard"]);
    assert_eq!(json["size"], "小型");
    place.run(&["size", "--industry", "39", "--employees", "168"]).ends(2);
    place.run(&["size", "--industry", "39", "--employees", "-1", "--revenue", "1"]).ends(2);
    place.run(&["size", "--industry", "00", "--employees", "1", "--revenue", "1"]).ends(2);
    // 金融业 has a standard of its own.
    place.run(&["size", "--industry", "66", "--employees", "1", "--revenue", "1"]).ends(1);

    assert!(place.run(&["code", "914403001922038216"]).ends(0).out.contains("代码正确"));
    assert!(place.run(&["code", "914403001922038217"]).ends(1).out.contains("错误"));
    place.run(&["code", ""]).ends(2);
}

#[test]
fn schema_and_notices_are_json() {
    let place = Place::new();
    let schema = place.run(&["schema"]).ends(0).json();
    assert!(schema["properties"]["company"].is_object());
    let notices = place.run(&["notices", "--format", "json"]).ends(0).json();
    for (notice, id) in notices.as_array().unwrap().iter().zip(NOTICES) {
        let keys: Vec<&String> = notice.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["id", "title", "document_number", "issuer", "issued_on"]);
        assert_eq!(notice["id"], id);
    }
    assert!(place.run(&["notices"]).ends(0).out.contains("shanghai-2024"));
}

/// A notice of a person's own, made of a bundled one.
fn own_notice(place: &Place) {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/notices/wuhan-2024.json");
    let text = fs::read_to_string(assets).unwrap().replace("wuhan-2024", "ezhou-2031");
    place.text("数据/notices/鄂州.json", &text);
}

#[test]
fn a_notice_dropped_into_the_data_folder_is_used() {
    let place = Place::new();
    own_notice(&place);
    assert!(place.run(&["notices"]).ends(0).out.contains("ezhou-2031"));
    let draft = place.sample("ezhou-2031", "demander");
    let run = place.run(&["check", &draft, "--date", DATE, "--format", "json"]);
    assert!(run.code < 2, "{}", run.err);
    place.run(&["export", &draft, "--date", DATE, "-o", "out", "--force"]);
    let zip = place.files("out").into_iter().find(|(name, _)| name.ends_with("ezhou-2031.zip"));
    assert!(zip.is_some());
    // Another data folder does not know it.
    let mut command = place.command();
    command.args(["--data-dir", "other", "check", &draft]);
    assert!(finish(command, b"").ends(2).err.contains("ezhou-2031"));
}

#[test]
fn a_bad_notice_is_told_of_with_its_line_and_harms_nothing() {
    let place = Place::new();
    place.text("数据/notices/坏.json", "{\n \"schema\": 1,\n \"id\": 5\n}");
    let run = place.run(&["notices"]).ends(0);
    assert!(run.err.contains("坏.json") && run.err.contains("行"), "{}", run.err);
    assert!(run.out.contains("wuhan-2024"));
}

#[test]
fn the_data_folder_is_given_before_or_after_the_command_or_by_the_environment() {
    let place = Place::new();
    own_notice(&place);
    let data = place.data();
    let data = data.to_str().unwrap();
    let knows = |arguments: &[&str], variable: Option<&str>| {
        let mut command = place.command();
        command.args(arguments);
        if let Some(folder) = variable {
            command.env("JIEBANG_DATA_DIR", folder);
        }
        finish(command, b"").ends(0).out.contains("ezhou-2031")
    };
    assert!(knows(&["--data-dir", data, "notices"], None));
    assert!(knows(&["notices", "--data-dir", data], None));
    assert!(knows(&["notices"], Some(data)));
    assert!(!knows(&["notices"], None));
    assert!(!knows(&["notices", "--data-dir", "other"], Some(data)), "the option comes first");
}

#[test]
fn wrong_usage_ends_with_2_and_says_why() {
    let place = Place::new();
    for (arguments, part) in [
        (&["frobnicate"][..], "没有“frobnicate”这个命令"),
        (&["check"], "缺少"),
        (&["a.json", "check", "b.json"], "a.json"),
        (&["export", "a.json"], "--output"),
        (&["new", "--notice", "wuhan-2024", "--role", "boss", "-o", "x"], "demander、solver"),
        (&["check", "a.json", "--format", "yaml"], "text、json"),
        (&["check", "a.json", "--date", "明天"], "2024-07-08"),
        (&["export", "a.json", "-o", "x", "--only", "docx"], "pdf、zip"),
    ] {
        let run = place.run(arguments).ends(2);
        assert!(run.err.contains(part) && run.out.is_empty(), "{part}: {}", run.err);
    }
}

/// Words of help that are names, not English.
const NAMES: [&str; 29] = [
    "jiebang",
    "JSON",
    "Schema",
    "PDF",
    "ZIP",
    "Word",
    "UTF",
    "GB",
    "JIEBANG",
    "DATA",
    "DIR",
    "pdf",
    "zip",
    "docx",
    "json",
    "text",
    "h",
    "bash",
    "zsh",
    "fish",
    "powershell",
    "PowerShell",
    "shell",
    "fpath",
    "PROFILE",
    "local",
    "share",
    "completion",
    "config",
];

#[test]
fn help_is_chinese() {
    let place = Place::new();
    let mut pages = vec![place.run(&["--help"]).ends(0).out, place.run(&["-h"]).ends(0).out];
    for command in COMMANDS {
        assert!(pages[0].contains(&format!("  {command}")), "{command}: {}", pages[0]);
        pages.push(place.run(&[command, "--help"]).ends(0).out);
    }
    for page in pages {
        for line in page.lines() {
            let mut before = String::new();
            for word in line.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
                let name = word.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
                // Options, commands and identifiers are typed as they stand.
                let typed = before.ends_with('-')
                    || COMMANDS.contains(&name)
                    || ROLES.contains(&name)
                    || ["shanghai", "T", "V", "o"].contains(&name);
                assert!(name.is_empty() || typed || NAMES.contains(&name), "{name}: {line}");
                before = word.to_owned();
            }
        }
    }
    let version = place.run(&["--version"]).ends(0).out;
    assert!(version.contains(env!("CARGO_PKG_VERSION")), "{version}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let place = Place::new();
    for arguments in [&["schema"][..], &["notices", "--format", "json"], &["--help"]] {
        let mut command = place.command();
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    place.run(&["import", &draft]).ends(0);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.path(&draft)), 0o600);
    assert_eq!(mode(&place.data()), 0o700);
    let list = place.run(&["list", "--format", "json"]).ends(0).json();
    assert_eq!(mode(Path::new(list[0]["path"].as_str().unwrap())), 0o600);
}

/// Nothing a person has filled in is said beside the results, whatever is wrong with the file.
#[test]
fn no_contents_of_a_draft_reach_the_errors() {
    const SECRET: &str = "丙烯酸乙酯配比零点三七绝密";
    let place = Place::new();
    let told = |arguments: &[&str]| {
        let mut command = place.command();
        command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full");
        command.arg("--data-dir").arg(place.data()).args(arguments);
        let run = finish(command, b"");
        for part in [SECRET, "丙烯酸乙酯", "绝密"] {
            assert!(!run.err.contains(part), "{arguments:?}: {}", run.err);
        }
        run
    };
    let mut broken = Vec::new();
    for (role, fields) in [
        ("demander", &["/company/name", "/demands/0/name", "/demands/0/content/effect"][..]),
        ("solver", &["/company/address", "/applications/0/introduction", "/matching/name"]),
    ] {
        let name = place.sample("shanghai-2024", role);
        let mut draft: Value =
            serde_json::from_str(&fs::read_to_string(place.path(&name)).unwrap()).unwrap();
        for field in fields {
            if let Some(value) = draft.pointer_mut(field) {
                *value = format!("{SECRET}\u{202e}，{SECRET}").into();
            }
        }
        assert!(draft.to_string().matches(SECRET).count() >= 4);
        place.text(&name, &draft.to_string());
        told(&["check", &name, "--date", DATE]);
        told(&["export", &name, "--date", DATE, "-o", role]);
        told(&["export", &name, "--force", "--date", DATE, "-o", role]).ends(0);
        told(&["import", &name]).ends(0);
        let text = draft.to_string();
        let cut = text.find(SECRET).unwrap() + SECRET.len();
        broken.push(text[..cut].to_owned());
        broken.push(format!("{}\\x{}", &text[..cut], &text[cut..]));
        broken.push(format!("{}\" {}", &text[..cut], &text[cut..]));
        broken.push(text.replacen("\"company\":{", "\"company\":\"绝密\",\"x\":{", 1));
        broken.push(text.replacen("\"schema\":2", &format!("\"schema\":\"{SECRET}\""), 1));
        draft["demands"] = SECRET.into();
        broken.push(draft.to_string());
    }
    told(&["list"]).ends(0);
    for (number, text) in broken.iter().enumerate() {
        let name = format!("坏{number}.json");
        place.text(&name, text);
        for arguments in [&["check", &name][..], &["export", &name, "-o", "x"], &["import", &name]]
        {
            assert!(told(arguments).ends(2).err.contains("坏"), "{number}");
        }
    }
    let drafts = fs::read_dir(place.data().join("drafts")).unwrap();
    for (entry, text) in drafts.zip(&broken) {
        fs::write(entry.unwrap().path().join("draft.json"), text).unwrap();
    }
    told(&["list"]);
}

#[test]
fn where_nothing_was_kept_yet_there_are_no_drafts_but_a_named_folder_is_to_be_there() {
    let place = Place::new();
    let missing = place.run(&["list"]).ends(2);
    assert!(missing.err.contains("没有“") && missing.err.contains("--data-dir"), "{}", missing.err);
    assert!(!place.data().exists(), "listing makes nothing");
    fs::create_dir_all(place.data()).unwrap();
    assert!(place.run(&["list"]).ends(0).out.contains("没有草稿"));
}

/// Elsewhere the system's own folder cannot be another one for a test.
#[cfg(target_os = "linux")]
#[test]
fn on_a_new_machine_the_list_is_empty() {
    let place = Place::new();
    let list = place.command().args(["list", "--format", "json"]).output().unwrap();
    assert_eq!((list.status.code(), list.stdout.trim_ascii()), (Some(0), b"[]".as_slice()));
    assert!(!place.path("home").exists(), "nothing is made for it");
}
