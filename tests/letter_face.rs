//! A letter whose text is set in a face of the person's choice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiebang::domain::{Draft, Field, LetterFace, Role};
use jiebang::export::pdf::{Info, write};
use jiebang::export::{NoAttachments, preflight};
use jiebang::rules::check_code::check_code;
use jiebang::rules::notice::{self, Notice};
use jiebang::rules::typeface::Refusal;
use jiebang::rules::{Context, Severity};
use jiebang::store::fonts::{FontError, Fonts};
use jiebang::typeset::letter_face::{self, ChosenFace, Unusable, choose, prepare};
use jiebang::typeset::page::{Face, GlyphRun, Item, Paper};
use jiebang::typeset::{Options, PaperKind, lay_out};
use lopdf::{Document, Object};
use program::*;

const INTRODUCTION: &str =
    "公司主营新材料研发，有人在上海用“一”要“二”时来，𬭎验证了12.5%的股份；生到";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fonts").join(name)
}

fn file(name: &str) -> Vec<u8> {
    fs::read(fixture(name)).unwrap()
}

fn shanghai() -> &'static Notice {
    notice::bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap()
}

fn draft(face: Option<LetterFace>) -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    *draft.text_mut(&Field::application(0, "introduction")).unwrap() = INTRODUCTION.to_owned();
    draft.print.letter_face = face;
    draft
}

fn letter(draft: &Draft) -> Paper {
    let options = Options { date: DATE.parse().unwrap(), draft_mark: false };
    lay_out(PaperKind::Application(0), draft, shanghai(), options)
}

fn runs(paper: &Paper) -> impl Iterator<Item = &GlyphRun> {
    paper.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

fn pdf(draft: &Draft) -> Vec<u8> {
    let code = check_code(draft);
    let info = Info {
        company: "某公司",
        notice_title: &shanghai().title,
        check_code: &code,
        date: DATE.parse().unwrap(),
    };
    write(&letter(draft), &info, &NoAttachments).unwrap()
}

#[test]
fn the_text_is_set_in_the_chosen_face_and_what_that_lacks_in_the_song() {
    let face = choose(file("fang_song.ttf"), None).unwrap();
    assert_eq!((face.name.as_str(), face.family.as_str()), ("TestFangSong", "测试仿宋"));
    let chosen = Face::Chosen(ChosenFace::of(&face).unwrap());
    let paper = letter(&draft(Some(face)));
    let mut drawn = [String::new(), String::new()];
    for run in runs(&paper).filter(|run| run.size == 15.75) {
        match run.face {
            face if face == chosen => drawn[0].push_str(&run.text),
            Face::Song => drawn[1].push_str(&run.text),
            Face::Hei | Face::Kai => assert!(!run.text.contains("材料研发"), "{}", run.text),
            other => panic!("{} in {other:?}", run.text),
        }
    }
    // WenKai's quotation marks are as narrow as Latin ones.
    assert_eq!(drawn[0], "公司主营新材料研发，有人在上海用一要时来，12.5%的股份；生到");
    assert_eq!(drawn[1], "“”“二”𬭎验证了");
    let all: String = runs(&paper).map(|run| run.text.as_str()).collect();
    assert!(all.contains(INTRODUCTION), "{all}");
}

#[test]
fn other_drafts_and_other_papers_stay_in_the_song() {
    let face = choose(file("fang_song.ttf"), None).unwrap();
    let with_face = draft(Some(face));
    let is_chosen = |run: &GlyphRun| matches!(run.face, Face::Chosen(_));
    assert!(runs(&letter(&with_face)).any(is_chosen));
    // The same paragraphs again: what was kept of them must not be mixed up.
    assert!(!runs(&letter(&draft(None))).any(is_chosen));
    assert!(runs(&letter(&with_face)).any(is_chosen));
    let options = Options { date: DATE.parse().unwrap(), draft_mark: true };
    let matching = lay_out(PaperKind::Matching, &with_face, shanghai(), options);
    assert!(!runs(&matching).any(is_chosen));
}

#[test]
fn outlines_of_both_kinds_and_a_face_of_a_collection_are_embedded() {
    for (name, subtype, program) in [
        ("fang_song.ttf", "CIDFontType2", "FontFile2"),
        ("outlines.otf", "CIDFontType0", "FontFile3"),
        ("pair.ttc", "CIDFontType2", "FontFile2"),
    ] {
        let face = choose(file(name), None).unwrap();
        let bytes = pdf(&draft(Some(face.clone())));
        let read = Document::load_mem(&bytes).unwrap();
        let fonts = read.objects.values().filter_map(|object| object.as_dict().ok());
        let has_name = |key: &[u8], font: &lopdf::Dictionary| {
            let name = font.get(key).and_then(Object::as_name).unwrap_or_default();
            String::from_utf8_lossy(name).ends_with(&format!("+{}", face.name))
        };
        let descriptor = fonts.clone().find(|font| has_name(b"FontName", font)).expect(name);
        assert!(descriptor.has(program.as_bytes()) && descriptor.has(b"CIDSet"), "{name}");
        let font = fonts.clone().find(|font| has_name(b"BaseFont", font)).expect(name);
        let below = font.get(b"DescendantFonts").and_then(Object::as_array).unwrap();
        let below = read.dereference(&below[0]).unwrap().1.as_dict().unwrap();
        assert_eq!(below.get(b"Subtype").unwrap().as_name().unwrap(), subtype.as_bytes(), "{name}");
        if program == "FontFile3" {
            let id = descriptor.get(b"FontFile3").unwrap();
            let stream = read.dereference(id).unwrap().1.as_stream().unwrap();
            assert_eq!(stream.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0C");
        }
        assert_eq!(bytes, pdf(&draft(Some(face))), "{name}");
    }
}

#[test]
fn of_a_collection_the_face_that_may_be_embedded_is_taken() {
    let face = choose(file("pair.ttc"), None).unwrap();
    assert_eq!(face.name, "TestSecond");
    let first = choose(file("pair.ttc"), Some("TestFirst")).unwrap_err();
    assert_eq!(
        first.to_string(),
        "字体“测试其一”的许可不允许嵌入文件（OS/2 fsType：受限许可）；请换一个允许嵌入的字体。"
    );
    assert_eq!(choose(file("pair.ttc"), Some("测试其二")), Ok(face));
}

#[test]
fn fonts_that_cannot_be_embedded_are_refused_with_the_reason() {
    let refusal = |file: Vec<u8>| match choose(file, None) {
        Err(Unusable::Refused { refusal, .. }) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal(file("restricted.ttf")), Refusal::Restricted);
    assert_eq!(refusal(b"%!PS-AdobeFont-1.0".to_vec()), Refusal::NotAFont);
    let sound = file("fang_song.ttf");
    assert_eq!(refusal(sound[..sound.len() - 20].to_vec()), Refusal::Broken);
    let at = |tag: &[u8]| sound.windows(4).position(|window| window == tag).unwrap();
    let renamed = |tag: &[u8], other: &[u8]| {
        let mut file = sound.clone();
        file[at(tag)..at(tag) + 4].copy_from_slice(other);
        file
    };
    assert_eq!(refusal(renamed(b"glyf", b"gone")), Refusal::NoOutlines);
    assert_eq!(refusal(renamed(b"cmap", b"cmaq")), Refusal::NotChinese);
    assert_eq!(refusal(renamed(b"post", b"fvar")), Refusal::Variable);
    let record = at(b"OS/2");
    let table = u32::from_be_bytes(sound[record + 8..record + 12].try_into().unwrap()) as usize;
    for (bits, expected) in [(0x100_u16, Refusal::WholeOnly), (0x200, Refusal::BitmapsOnly)] {
        let mut file = sound.clone();
        file[table + 8..table + 10].copy_from_slice(&bits.to_be_bytes());
        assert_eq!(refusal(file), expected);
    }
    assert_eq!(refusal(renamed(b"OS/2", b"OS/3")), Refusal::NoLicence);
    assert_eq!(refusal(vec![0; (64 << 20) + 1]), Refusal::TooLarge);
}

#[test]
fn a_draft_names_the_face_and_its_file_by_hash_and_says_when_it_is_not_there() {
    let face = LetterFace {
        name: "NoSuchFace".into(),
        family: "没有的字体".into(),
        sha256: "0".repeat(64),
        ..LetterFace::default()
    };
    let with_face = draft(Some(face.clone()));
    let json = with_face.to_json();
    assert!(json.contains("\"name\": \"NoSuchFace\"") && !json.contains('/'), "{json}");
    assert_eq!(serde_json::from_str::<Draft>(&json).unwrap(), with_face);
    assert!(!draft(None).to_json().contains("letter_face"));
    assert_eq!(check_code(&with_face), check_code(&draft(None)));

    let mut asked = 0;
    for _ in 0..2 {
        prepare(&with_face, |wanted| {
            asked += 1;
            Err(FontError::Absent(wanted.family.clone()).to_string())
        });
    }
    assert_eq!(asked, 1, "a font that is missing is not looked for at every key");
    let context = Context { today: DATE.parse().unwrap(), missing_files: BTreeSet::new() };
    let of_face = |draft: &Draft| {
        let findings = preflight(draft, shanghai(), &context);
        findings.into_iter().find(|finding| finding.rule == letter_face::RULE)
    };
    let finding = of_face(&with_face).unwrap();
    assert_eq!(finding.severity, Severity::Warning);
    assert!(finding.message.contains("改用宋体") && finding.message.contains("没有的字体"));
    assert_eq!(of_face(&draft(None)), None);
    assert_eq!(letter(&with_face), letter(&draft(None)));
}

#[test]
fn fonts_of_the_machine_are_found_by_name_and_read_by_hash() {
    let place = Place::new();
    let folder = place.path("系统字体");
    fs::create_dir_all(folder.join("里层")).unwrap();
    for name in ["outlines.otf", "restricted.ttf", "pair.ttc", "fang_song.ttf"] {
        fs::copy(fixture(name), folder.join("里层").join(name.to_uppercase())).unwrap();
    }
    fs::write(folder.join("broken.ttf"), b"\0\x01\0\0\0\xff").unwrap();
    fs::write(folder.join("notes.txt"), b"").unwrap();
    let fonts = Fonts::within(&place.data(), vec![folder.clone()]);
    let listed = fonts.installed();
    let names: Vec<&str> = listed.iter().map(|font| font.face.name.as_str()).collect();
    let expected = ["TestFangSong", "TestSecond", "TestOutlines", "TestFirst", "TestRestricted"];
    assert_eq!(names, expected);
    assert!(fonts.find("测试仿宋").is_some() && fonts.find("仿宋").is_none());

    let face = choose(file("outlines.otf"), None).unwrap();
    assert_eq!(fonts.read(&face).unwrap(), file("outlines.otf"));
    let other = LetterFace { sha256: "1".repeat(64), ..face.clone() };
    assert!(matches!(fonts.read(&other), Err(FontError::OtherVersion(_))));
    fs::remove_dir_all(&folder).unwrap();
    assert!(matches!(fonts.read(&face), Err(FontError::Absent(_))));
    // One that was picked is found wherever it lay.
    fonts.keep(&face, &file("outlines.otf")).unwrap();
    assert_eq!(fonts.read(&face).unwrap(), file("outlines.otf"));
}

#[test]
fn the_command_line_lists_fonts_and_exports_the_bytes_of_the_window() {
    let place = Place::new();
    let own = place.data().join("fonts");
    fs::create_dir_all(&own).unwrap();
    for name in ["fang_song.ttf", "restricted.ttf"] {
        fs::copy(fixture(name), own.join(name)).unwrap();
    }
    let listed = place.run(&["fonts", "--format", "json"]).ends(0).json();
    let of = |name: &str| {
        let fonts = listed.as_array().unwrap();
        fonts.iter().find(|font| font["name"] == name).unwrap().clone()
    };
    assert_eq!(of("TestFangSong")["usable"], true);
    assert_eq!(of("TestRestricted")["usable"], false);
    assert!(place.run(&["fonts"]).ends(0).out.contains("测试仿宋　TestFangSong　可以嵌入"));

    // Read in later than the command line reads it in: its number in the run must not matter.
    choose(file("outlines.otf"), None).unwrap();
    let face = choose(file("fang_song.ttf"), None).unwrap();
    place.text("d.json", &draft(Some(face)).to_json());
    let export = |draft: &str, to: &str, face: &[&str]| {
        let arguments = ["export", draft, "--date", DATE, "--force", "--only", "pdf", "-o", to];
        place.run(&[&arguments, face].concat())
    };
    let letter_in = |to: &str| {
        let files = place.files(to);
        files.into_iter().find(|(name, _)| name.contains("申请书")).unwrap().1
    };
    assert_eq!(export("d.json", "said", &[]).ends(1).err.matches("提醒").count(), 0);
    place.text("plain.json", &draft(None).to_json());
    export("plain.json", "named", &["--letter-face", "测试仿宋"]).ends(1);
    let path = fixture("fang_song.ttf");
    export("plain.json", "file", &["--letter-face", path.to_str().unwrap()]).ends(1);
    export("plain.json", "plain", &[]).ends(1);
    assert_eq!(letter_in("said"), letter_in("named"));
    assert_eq!(letter_in("said"), letter_in("file"));
    assert_ne!(letter_in("said"), letter_in("plain"));

    let refused = export("plain.json", "none", &["--letter-face", "测试受限"]).ends(2);
    assert!(refused.err.contains("“测试受限”的许可不允许嵌入"), "{}", refused.err);
    let unknown = export("plain.json", "none", &["--letter-face", "没有这个"]).ends(2);
    assert!(unknown.err.contains("jiebang fonts"), "{}", unknown.err);
    assert!(!place.path("none").exists());

    fs::remove_dir_all(&own).unwrap();
    let run = export("d.json", "gone", &[]).ends(1);
    assert!(
        run.err.contains("申请书正文改用宋体打印：本机没有安装选用的字体“测试仿宋”"),
        "{}",
        run.err
    );
    assert_eq!(letter_in("gone"), letter_in("plain"));
}
