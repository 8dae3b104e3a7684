//! Word files: XML and ZIP bombs, and relations that lead out of the file.

use jiebang::export::docx::read::{LetterError, read_letter};
use jiebang::rules::notice::bundled;

use super::archive::{Entry, archive};

const PARAGRAPH: &str = "<w:p><w:r><w:t>申请书正文。</w:t></w:r></w:p>";

fn read(file: &[u8]) -> Result<usize, LetterError> {
    read_letter(file, &bundled()[0].forms.application).map(|letter| letter.pictures.len())
}

fn document(before: &str, body: &str, more: &[Entry], relations: &str) -> Vec<u8> {
    let text = format!("{before}<w:document><w:body>{body}</w:body></w:document>");
    let mut parts = vec![
        Entry::packed("word/document.xml", text.as_bytes()),
        Entry::stored(
            "word/_rels/document.xml.rels",
            format!("<Relationships>{relations}</Relationships>").as_bytes(),
        ),
    ];
    parts.extend_from_slice(more);
    archive(&parts, b"", b"")
}

fn body(body: &str) -> Result<usize, LetterError> {
    read(&document("", body, &[], ""))
}

#[test]
fn entities_of_its_own_are_not_read() {
    let laughs: String = (1..12)
        .map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)))
        .collect();
    for (declared, name) in [
        (format!("<!ENTITY a0 \"哈\">{laughs}"), "a11"),
        ("<!ENTITY a SYSTEM \"file:///etc/passwd\">".to_owned(), "a"),
        ("<!ENTITY a SYSTEM \"http://127.0.0.1/a\">".to_owned(), "a"),
        ("<!ENTITY % a SYSTEM \"http://127.0.0.1/a\"> %a;".to_owned(), "a"),
    ] {
        let before = format!("<!DOCTYPE w:document [{declared}]>");
        let text = format!("<w:p><w:r><w:t>&{name};</w:t></w:r></w:p>");
        assert_eq!(read(&document(&before, &text, &[], "")), Err(LetterError::Hostile));
        assert_eq!(body(&text), Err(LetterError::Hostile));
    }
    assert!(body("<w:p><w:r><w:t>文&#0;&#xD800;&#99999999999;</w:t></w:r></w:p>").is_err());
}

#[test]
fn depth_width_and_length_are_bounded() {
    let open = "<w:tbl><w:tr><w:tc>";
    let close = "</w:tc></w:tr></w:tbl>";
    for depth in [100, 100_000] {
        let text = format!("{}{PARAGRAPH}{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(body(&text), Err(LetterError::Hostile));
    }
    assert_eq!(body(&open.repeat(100_000)), Err(LetterError::Hostile));
    assert_eq!(body(&PARAGRAPH.repeat(100_000)), Err(LetterError::TooMuch));
    assert_eq!(
        body(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "长".repeat(400_000))),
        Err(LetterError::TooMuch)
    );
    let cell = "<w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc>";
    let table =
        format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", cell.repeat(300)).repeat(300));
    assert_eq!(body(&table), Err(LetterError::TooMuch));
    for span in ["4294967295", "-1", "99999999999999999999"] {
        let cell = format!(
            "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/><w:vMerge/></w:tcPr>{PARAGRAPH}</w:tc>"
        );
        let row = format!("<w:tr>{}</w:tr>", cell.repeat(30));
        let _ = body(&format!("<w:tbl>{}</w:tbl>", row.repeat(100)));
    }
}

#[test]
fn relations_that_lead_elsewhere_bring_no_picture() {
    let drawn =
        format!("{PARAGRAPH}<w:p><w:r><w:drawing><a:blip r:embed=\"r0\"/></w:drawing></w:r></w:p>");
    for target in [
        "http://127.0.0.1/a.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "../../../../etc/passwd",
        "media/none.png",
    ] {
        for mode in ["", " TargetMode=\"External\""] {
            let relation =
                format!("<Relationship Id=\"r0\" Type=\"a/image\" Target=\"{target}\"{mode}/>");
            assert_eq!(read(&document("", &drawn, &[], &relation)), Ok(0), "{target}");
        }
    }
    let bomb = Entry::packed("word/media/a.png", &vec![0; 60 << 20]);
    let relation = "<Relationship Id=\"r0\" Type=\"a/image\" Target=\"media/a.png\"/>";
    assert_eq!(read(&document("", &drawn, &[bomb], relation)), Ok(0));
}

#[test]
fn parts_that_unpack_to_too_much_are_refused() {
    let bomb = |name| Entry::packed(name, &vec![b' '; 40 << 20]);
    assert_eq!(read(&archive(&[bomb("word/document.xml")], b"", b"")), Err(LetterError::Bomb));
    let relation = "<Relationship Id=\"r0\" Type=\"a/styles\" Target=\"styles.xml\"/>";
    let file = document("", PARAGRAPH, &[bomb("word/styles.xml")], relation);
    assert_eq!(read(&file), Err(LetterError::Bomb));
    let many: Vec<Entry> = (0..6_000).map(|n| Entry::stored(n.to_string(), b"")).collect();
    assert_eq!(read(&archive(&many, b"", b"")), Err(LetterError::Hostile));
    // One part named a thousand times is not unpacked a thousand times.
    let large = Entry::packed(
        "word/styles.xml",
        &[b"<w:styles>".as_slice(), &vec![b' '; 20 << 20], b"</w:styles>"].concat(),
    );
    assert_eq!(
        read(&document("", PARAGRAPH, &[large], &relation.repeat(1_000))),
        Err(LetterError::Bomb)
    );
}
