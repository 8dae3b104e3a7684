//! Any bytes, or any parts, as a letter written in Word: refused, or read into sections that can be
//! saved.
#![no_main]

use jiebang::domain::{Application, Draft, Role, draft_file::parse_draft};
use jiebang::export::docx::read::read_letter;
use jiebang::export::package::{OutputFile, zip_of};
use jiebang::rules::notice;
use libfuzzer_sys::fuzz_target;

/// Parts of a document, as they stand one behind the other where the input is no ZIP.
const PARTS: [&str; 6] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/_rels/document.xml.rels",
    "word/media/image1.png",
];
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return read(bytes);
    }
    let parts = PARTS.iter().zip(bytes.splitn(PARTS.len(), |byte| *byte == 0));
    let parts = parts.map(|(name, part)| (*name, part));
    let file = |(name, part): (&str, &[u8])| OutputFile {
        name: name.to_owned(),
        content: part.to_vec().into(),
    };
    let files: Vec<_> = parts.chain([("_rels/.rels", RELATIONS.as_bytes())]).map(file).collect();
    let zip = zip_of(&files, jiff::civil::date(2024, 7, 8)).expect("names without fault");
    read(&zip.read().expect("in memory"));
});

fn read(bytes: &[u8]) {
    for notice in notice::bundled() {
        let Ok(letter) = read_letter(bytes, &notice.forms.application) else { continue };
        let mut draft = Draft::new(&*notice.id, Role::Solver);
        for section in letter.sections {
            let into = draft.applications[0].section_mut(section.name);
            *into.expect("one of Application::SECTIONS") = section.body;
        }
        let shown: Vec<_> = draft.applications.iter().flat_map(Application::figures).collect();
        for (.., figure) in shown {
            let kept = letter.pictures.iter().any(|picture| picture.file == figure.file);
            assert!(kept, "a figure without its picture");
        }
        assert_eq!(parse_draft(&draft.to_json(), "草稿.json").expect("a draft"), draft);
    }
}
