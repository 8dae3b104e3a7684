//! Any bytes as a picture: told by its head, looked at, and put on a page of a letter.
#![no_main]

use std::io;

use jiebang::domain::{Attachment, Draft, Figure, Object, Role, media};
use jiebang::export::{evidence_book, pdf};
use jiebang::rules::notice;
use jiebang::typeset::page::PaperKind;
use jiebang::typeset::{Options, lay_out};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let head = bytes.get(..media::HEAD).unwrap_or(bytes);
    let (told, looked_at) = (media::picture(bytes), evidence_book::examine(bytes));
    if !matches!(media::extension(head), Ok("jpg" | "png")) {
        return;
    }
    let (Ok(picture), Ok(examined)) = (told, looked_at) else { return };
    assert!(examined.is_picture && examined.pages == 1);
    let file = Attachment { sha256: "a".repeat(64), ..Attachment::default() };
    let pixels = [picture.width, picture.height];
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    let letter = &mut draft.applications[0];
    letter.introduction.push(Object::Figure(Figure { file, pixels, ..Figure::default() }));
    let date = jiff::civil::date(2024, 7, 8);
    let paper = lay_out(
        PaperKind::Application(0),
        &draft,
        &notice::bundled()[0],
        Options { date, draft_mark: false },
    );
    let info = pdf::Info { company: "", notice_title: "", check_code: "", date };
    let pictures = |_: &Attachment| io::Result::Ok(bytes.to_vec());
    match pdf::write(&paper, &info, &pictures) {
        Ok(file) => assert!(file.starts_with(b"%PDF-")),
        Err(error) => assert!(matches!(error, pdf::PdfError::Picture { .. }), "{error}"),
    }
});
