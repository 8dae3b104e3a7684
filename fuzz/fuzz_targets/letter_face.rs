//! Any bytes as a font for the letters' text: refused, or text is set in it and it is embedded.
#![no_main]

use jiebang::domain::{Draft, Role};
use jiebang::export::{NoAttachments, pdf};
use jiebang::rules::{notice, typeface};
use jiebang::typeset::letter_face::{Unusable, choose};
use jiebang::typeset::page::PaperKind;
use jiebang::typeset::{Options, lay_out};
use libfuzzer_sys::fuzz_target;
use rustybuzz::UnicodeBuffer;
use rustybuzz::ttf_parser::{self, GlyphId, OutlineBuilder};

const TEXT: &str = "的一是不在有人，（12.5%）“新材料”—— of 3 mm";

fuzz_target!(|bytes: &[u8]| {
    let Ok(faces) = typeface::faces(bytes) else { return };
    match choose(bytes.to_vec(), None) {
        Ok(face) => letter(face),
        // What was chosen is kept until the program ends, so that there is room for a few only.
        Err(Unusable::TooMany) => {
            faces.iter().filter(|face| face.refusal.is_none()).for_each(|f| use_it(bytes, f.index));
        }
        Err(unusable) => assert!(!unusable.to_string().is_empty()),
    }
});

/// A letter set in the face, as it is printed.
fn letter(face: jiebang::domain::LetterFace) {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.applications[0].introduction = TEXT.into();
    draft.print.letter_face = Some(face);
    let date = jiff::civil::date(2024, 7, 8);
    let options = Options { date, draft_mark: false };
    let paper = lay_out(PaperKind::Application(0), &draft, &notice::bundled()[0], options);
    let info = pdf::Info { company: "", notice_title: "", check_code: "", date };
    if let Err(error) = pdf::write(&paper, &info, &NoAttachments) {
        assert!(matches!(error, pdf::PdfError::LetterFace { .. }), "{error}");
    }
}

/// The same for a face that is not kept.
fn use_it(file: &[u8], index: u32) {
    let Ok(face) = ttf_parser::Face::parse(file, index) else { return };
    for glyph in TEXT.chars().filter_map(|c| face.glyph_index(c)) {
        face.outline_glyph(glyph, &mut Unseen);
    }
    let Some(font) = rustybuzz::Face::from_slice(file, index) else { return };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(TEXT);
    let shaped = rustybuzz::shape(&font, &[], buffer);
    let mut wanted = subsetter::GlyphRemapper::new();
    for glyph in shaped.glyph_infos() {
        wanted.remap(GlyphId(glyph.glyph_id as u16).0);
    }
    let _ = subsetter::subset(file, index, &wanted);
}

struct Unseen;

impl OutlineBuilder for Unseen {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}
