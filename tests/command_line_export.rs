//! `jiebang export` and `verify` as scripts use them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod program;

use std::fs;
use std::io::{Read, Write};

use jiebang::store::file::read_draft;
use jiebang::typeset::{Options, PaperKind, lay_out};

use program::*;

#[test]
fn a_forced_export_leaves_room_for_pictures_that_are_missing() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    fs::remove_dir_all(place.path("solver-shanghai-2024.files")).unwrap();
    let refused = place.run(&["export", &draft, "--date", DATE, "-o", "out"]).ends(1);
    assert!(refused.err.contains("图1") || refused.out.contains("图1"), "{}", refused.err);
    assert!(!place.path("out").exists());
    place.run(&["export", &draft, "--date", DATE, "-o", "out", "--force", "--docx"]).ends(1);
    let written = fs::read_dir(place.path("out")).unwrap().count();
    assert_eq!(written, 2, "the folder and the ZIP");
}

#[test]
fn force_exports_marked_drafts_and_still_says_findings() {
    let place = Place::new();
    let draft = place.sample("wuhan-2024", "solver");
    place.changed(&draft, "/company/email", "".into());
    let run = place.run(&["export", &draft, "--date", DATE, "-o", "out", "--force"]).ends(1);
    assert!(run.err.contains("草稿，不能报送"), "{}", run.err);
    let files = place.files("out");
    let zip = files.iter().find(|(name, _)| name.ends_with(".zip")).unwrap();
    place.run(&["import", &format!("out/{}", zip.0)]).ends(0);
    let pdf = files.iter().find(|(name, _)| name.contains("对接表.pdf")).unwrap();
    assert!(pdf.1.starts_with(b"%PDF-1.4"));
    // The pages it was made of carry the mark: the plain pages give another file.
    let plain = place.sample("wuhan-2024", "demander");
    place.run(&["export", &plain, "--date", DATE, "-o", "plain", "--force"]).ends(0);
    place.run(&["export", &plain, "--date", DATE, "-o", "same"]).ends(0);
    assert!(place.files("plain") == place.files("same"), "a sound draft is never marked");
    let draft = read_draft(&place.path(&draft)).unwrap();
    let notice = jiebang::rules::notice::bundled().iter().find(|n| n.id == draft.notice).unwrap();
    let date = DATE.parse().unwrap();
    let write = |draft_mark| {
        let paper = lay_out(PaperKind::Matching, &draft, notice, Options { date, draft_mark });
        let code = jiebang::rules::check_code::check_code(&draft);
        let info = jiebang::export::pdf::Info {
            company: draft.company.name.trim(),
            notice_title: &notice.title,
            check_code: &code,
            date,
        };
        jiebang::export::pdf::write(&paper, &info, &jiebang::export::NoAttachments).unwrap()
    };
    assert!(pdf.1 == write(true) && pdf.1 != write(false), "the mark is not on the page");
}

#[test]
fn several_drafts_are_exported_and_a_broken_one_does_not_keep_the_others() {
    let place = Place::new();
    let drafts: Vec<String> =
        NOTICES.iter().flat_map(|notice| ROLES.map(|role| place.sample(notice, role))).collect();
    place.text("broken.json", "{ \"schema\": 1,\n oops");
    let mut arguments = vec!["export", "broken.json", "-o", "out", "--date", DATE];
    arguments.extend(drafts.iter().map(String::as_str));
    let run = place.run(&arguments).ends(2);
    assert_eq!(run.out.matches(".zip").count(), 4, "{}", run.out);
    assert!(run.err.contains("broken.json") && run.err.contains("第 2 行"), "{}", run.err);
    let zips = place.files("out").into_iter().filter(|(name, _)| name.ends_with(".zip"));
    assert_eq!(zips.count(), 4);
}

#[test]
fn two_drafts_of_one_company_do_not_overwrite_each_other() {
    let place = Place::new();
    let first = place.sample("shanghai-2024", "demander");
    fs::copy(place.path(&first), place.path("再.json")).unwrap();
    place.run(&["export", &first, "再.json", "--date", DATE, "-o", "out"]).ends(0);
    let zips = place.files("out").into_iter().filter(|(name, _)| name.ends_with(".zip"));
    assert_eq!(zips.count(), 2);
}

#[test]
fn only_pdf_or_only_zip() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "demander");
    place.run(&["export", &draft, "--date", DATE, "-o", "pdf", "--only", "pdf"]).ends(0);
    place.run(&["export", &draft, "--date", DATE, "-o", "zip", "--only", "zip"]).ends(0);
    let names = |folder| place.files(folder).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert!(names("pdf").len() > 1 && names("pdf").iter().all(|name| !name.ends_with(".zip")));
    assert!(names("zip").len() == 1 && names("zip")[0].ends_with(".zip"), "{:?}", names("zip"));
}

#[test]
fn editable_documents_are_written_where_they_are_asked_for() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    place.run(&["export", &draft, "--date", DATE, "-o", "plain"]).ends(0);
    place.run(&["export", &draft, "--date", DATE, "-o", "out", "--docx"]).ends(0);
    let documents = |folder| {
        let files = place.files(folder).into_iter().map(|(name, _)| name);
        files.filter(|name| name.ends_with(".docx")).collect::<Vec<_>>()
    };
    assert!(documents("plain").is_empty());
    let written = documents("out");
    assert_eq!(written.len(), 3, "对接表 and two letters, not the checklist: {written:?}");
    assert!(written.iter().all(|name| name.contains("/可编辑/")), "{written:?}");
    let zip = place.files("out").into_iter().find(|(name, _)| name.ends_with(".zip")).unwrap();
    let archive = zip::ZipArchive::new(std::io::Cursor::new(zip.1)).unwrap();
    let packed = archive.file_names().filter(|name| name.as_ref().unwrap().starts_with("可编辑/"));
    assert_eq!(packed.count(), 3);
    place.run(&["verify", &format!("out/{}", zip.0)]).ends(0);
    // An export without them takes away those of the export before.
    place.run(&["export", &draft, "--date", DATE, "-o", "out"]).ends(0);
    assert!(documents("out").is_empty());
    // A draft that asks for them needs no option.
    place.changed(&draft, "/print", serde_json::json!({ "docx": true }));
    place.run(&["export", &draft, "--date", DATE, "-o", "asked"]).ends(0);
    assert_eq!(documents("asked").len(), 3);
}

#[test]
fn the_same_draft_and_date_give_the_same_bytes() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "solver");
    for out in ["one", "two"] {
        place.run(&["export", &draft, "--date", DATE, "-o", out]).ends(0);
    }
    assert!(!place.files("one").is_empty() && place.files("one") == place.files("two"));
    place.run(&["export", &draft, "--date", "2024-07-09", "-o", "later"]).ends(0);
    assert!(place.files("one") != place.files("later"), "the date is printed");
}

#[test]
fn verify_names_what_was_altered() {
    let place = Place::new();
    let draft = place.sample("shanghai-2024", "demander");
    place.run(&["export", &draft, "--date", DATE, "-o", "out", "--only", "zip"]).ends(0);
    let (name, bytes) = place.files("out").remove(0);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut altered = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut changed = String::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let (path, mut content) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut content).unwrap();
        if path.ends_with("报送清单.pdf") {
            content.push(b'\n');
            changed.clone_from(&path);
        }
        altered.start_file(&*path, zip::write::SimpleFileOptions::default()).unwrap();
        altered.write_all(&content).unwrap();
    }
    fs::write(place.path("altered.zip"), altered.finish().unwrap().into_inner()).unwrap();
    let run = place.run(&["verify", "altered.zip"]).ends(1);
    assert!(!changed.is_empty() && run.out.contains("报送清单.pdf"), "{}", run.out);
    assert!(run.out.contains("核对不通过"));
    // It is taken in all the same, and a script hears of it.
    let run = place.run(&["import", "altered.zip"]).ends(1);
    assert!(run.out.contains("已导入") && run.err.contains("报送清单.pdf"), "{}", run.err);
    place.run(&["verify", &format!("out/{name}")]).ends(0);
    place.text("no.zip", "PK no package");
    for wrong in ["no.zip", "missing.zip", "out"] {
        assert!(place.run(&["verify", wrong]).ends(2).err.contains(wrong));
    }
}

#[test]
fn evidence_that_cannot_be_printed_stops_the_export_on_its_line_and_a_draft_says_so_in_its_book() {
    let place = Place::new();
    let name = place.sample("shanghai-2024", "solver");
    let text = std::fs::read_to_string(place.path(&name)).unwrap();
    let draft: serde_json::Value = serde_json::from_str(&text).unwrap();
    let file = &draft["applications"][0]["evidence"][0]["files"][0];
    let page = b"<html>not a PDF</html>";
    // Exchanged where it is kept, with the digest of what is there now.
    let sha256: String =
        sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(page))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
    let kept = place.path(&name.replace(".json", ".files"));
    std::fs::write(kept.join(format!("{sha256}.pdf")), page).unwrap();
    place.text(&name, &text.replace(file["sha256"].as_str().unwrap(), &sha256));

    let run = place.run(&["check", &name, "--date", DATE, "--format", "json"]).ends(1);
    let found = run.json()["findings"].as_array().unwrap().clone();
    let on_the_line = found.iter().find(|f| f["field"] == "/applications/0/evidence/0/files");
    assert!(on_the_line.unwrap()["message"].as_str().unwrap().contains("不是 PDF"), "{found:?}");
    place.run(&["export", &name, "--date", DATE, "-o", "out"]).ends(1);
    assert!(place.files("out").is_empty());
    place.run(&["export", &name, "--date", DATE, "--force", "-o", "out"]).ends(1);
    let books = place.files("out");
    let books: Vec<_> = books.iter().filter(|(name, _)| name.contains("佐证材料册")).collect();
    assert_eq!(books.len(), 2);
    let book = lopdf::Document::load_mem(&books[0].1).unwrap();
    assert!(book.extract_text(&[3]).unwrap().contains("本件未能放入"));
}
