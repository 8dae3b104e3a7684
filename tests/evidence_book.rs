//! The 佐证材料册 from files that other programs made; see `fixtures/evidence/README.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use jiebang::domain::{Attachment, Draft, Evidence, EvidenceKind, Role};
use jiebang::export::evidence_book::{
    self, Book, BookError, Bound, Examiner, REMARK_RULE, RULE, Remark, Trouble, bind, examine,
};
use jiebang::rules::{Severity, notice};
use jiebang::typeset::Options;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/evidence");
    fs::read(folder.join(name)).unwrap()
}

/// A JPEG without the segment of what its camera noted, where it has one.
fn without_exif(jpeg: &[u8]) -> Vec<u8> {
    let Some(at) =
        jpeg.windows(10).position(|w| w.starts_with(&[0xff, 0xe1]) && w.ends_with(b"Exif\0\0"))
    else {
        return jpeg.to_vec();
    };
    let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    [&jpeg[..at], &jpeg[at + 2 + length..]].concat()
}

/// A draft with a piece for each file, whose SHA-256 is its place among them.
fn draft(files: &[(&str, Vec<u8>)]) -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲公司".to_owned();
    draft.applications[0].item.name = "轴承".to_owned();
    let piece = |(index, (name, bytes)): (usize, &(&str, Vec<u8>))| Evidence {
        kind: Some(EvidenceKind::Patent),
        name: format!("材料 {name}"),
        files: vec![Attachment {
            name: (*name).to_owned(),
            sha256: index.to_string(),
            bytes: bytes.len() as u64,
            ..Attachment::default()
        }],
        ..Evidence::default()
    };
    draft.applications[0].evidence = files.iter().enumerate().map(piece).collect();
    draft
}

fn bound(draft: &Draft, files: &[(&str, Vec<u8>)]) -> (Vec<u8>, Bound) {
    let evidence = |file: &Attachment| Ok(files[file.sha256.parse::<usize>().unwrap()].1.clone());
    let notice = notice::bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    let options = Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false };
    let book = Book { draft, notice, item: 0, evidence: &evidence, options };
    let mut bytes = Vec::new();
    let bound = bind(&book, &mut bytes, &mut |_| ControlFlow::Continue(())).unwrap();
    (bytes, bound)
}

/// The book of these fixtures.
fn book_of(names: &[&str]) -> (Document, Bound) {
    let files: Vec<_> = names.iter().map(|name| (*name, fixture(name))).collect();
    let (bytes, bound) = bound(&draft(&files), &files);
    (Document::load_mem(&bytes).unwrap(), bound)
}

fn pages(book: &Document) -> Vec<&Dictionary> {
    book.get_pages().into_values().map(|id| book.get_dictionary(id).unwrap()).collect()
}

fn width_and_height(page: &Dictionary) -> (i64, i64) {
    let sides = page.get(b"MediaBox").unwrap().as_array().unwrap();
    let side = |at: usize| sides[at].as_float().unwrap().round() as i64;
    (side(2), side(3))
}

/// Objects drawn under the margin of a page of a piece.
fn drawn<'a>(book: &'a Document, page: &Dictionary) -> Vec<&'a Stream> {
    let resources = page.get(b"Resources").unwrap().as_dict().unwrap();
    let objects = resources.get(b"XObject").unwrap().as_dict().unwrap();
    let stream = |id: &Object| book.get_object(id.as_reference().unwrap()).unwrap();
    objects.iter().map(|(_, id)| stream(id).as_stream().unwrap()).collect()
}

/// The operators that put them there.
fn placed(book: &Document, page: &Dictionary) -> String {
    let first = page.get(b"Contents").unwrap().as_array().unwrap()[0].as_reference().unwrap();
    let content = book.get_object(first).unwrap().as_stream().unwrap().content.clone();
    String::from_utf8(content).unwrap()
}

#[test]
fn files_of_other_programs_are_taken_or_told_of() {
    let pages = |name: &str| examine(&fixture(name)).map(|found| (found.pages, found.remarks));
    for (name, count) in [
        ("pdftex.pdf", 2),
        ("libreoffice.pdf", 2),
        ("cairo-a3.pdf", 1),
        ("qpdf-rotated-linearized.pdf", 2),
        ("img2pdf.pdf", 1),
        ("upright.jpg", 1),
        ("exif-6.jpg", 1),
        ("palette.png", 1),
        ("tiny.png", 1),
        ("transparent.png", 1),
    ] {
        assert_eq!(pages(name), Ok((count, vec![])), "{name}");
    }
    assert_eq!(pages("cmyk.jpg"), Ok((1, vec![Remark::Cmyk])));
    assert_eq!(pages("depth-16.png"), Ok((1, vec![Remark::SixteenBit])));
    let huge = Remark::Huge { width: 20_000, height: 14_000 };
    assert_eq!(pages("huge.png"), Ok((1, vec![huge])));
    assert_eq!(pages("qpdf-encrypted.pdf"), Err(Trouble::Encrypted));
    assert_eq!(pages("qpdf-owner-encrypted.pdf"), Err(Trouble::Encrypted));
    assert!(
        matches!(pages("photo.heic"), Err(Trouble::Kind { found, .. }) if found.contains("HEIC"))
    );
    assert!(matches!(pages("page.pdf"), Err(Trouble::Kind { .. })));
    assert_eq!(examine(b""), Err(Trouble::Empty));
    let cut = |name: &str| examine(&fixture(name)[..fixture(name).len() / 2]);
    assert_eq!(cut("pdftex.pdf"), Err(Trouble::Truncated));
    assert_eq!(cut("upright.jpg"), Err(Trouble::Truncated));
    assert_eq!(cut("depth-16.png"), Err(Trouble::Truncated));
}

#[test]
fn a_finding_stands_on_the_line_of_its_file_and_each_file_is_looked_at_once() {
    let names = ["upright.jpg", "qpdf-encrypted.pdf", "cmyk.jpg"];
    let files: Vec<_> = names.iter().map(|name| (*name, fixture(name))).collect();
    let draft = draft(&files);
    let examiner = Examiner::default();
    let read = |file: &Attachment| Ok(files[file.sha256.parse::<usize>().unwrap()].1.clone());
    let found = examiner.findings(&draft, &read);
    let seen: Vec<_> = found.iter().map(|f| (f.severity, f.rule, f.field.pointer())).collect();
    assert_eq!(
        seen,
        [
            (Severity::Error, RULE, "/applications/0/evidence/1/files"),
            (Severity::Hint, REMARK_RULE, "/applications/0/evidence/2/files"),
        ]
    );
    assert!(found[0].message.contains("qpdf-encrypted.pdf") && found[0].overridable);
    let gone = |_: &Attachment| Err(io::Error::other("gone"));
    assert_eq!(examiner.findings(&draft, &gone), found);
    assert_eq!(Examiner::default().findings(&draft, &gone), []);
}

#[test]
fn every_sheet_is_a4_and_lies_as_its_piece() {
    let names = [
        "pdftex.pdf",
        "cairo-a3.pdf",
        "qpdf-rotated-linearized.pdf",
        "upright.jpg",
        "exif-6.jpg",
        "large.jpg",
    ];
    let (book, bound) = book_of(&names);
    let (upright, lying) = ((595, 842), (842, 595));
    let sizes: Vec<_> = pages(&book).into_iter().map(width_and_height).collect();
    let pieces = [upright, lying, lying, lying, upright, upright, upright, lying];
    assert_eq!(sizes, [&[upright, upright][..], &pieces].concat());
    assert_eq!((bound.pages, bound.left_out), (8, vec![]));
    let pages = pages(&book);
    // A page of A4 is put where it was, one of A3 is made smaller by √2.
    assert!(placed(&book, pages[2]).starts_with("q 1 0 0 1 "), "{}", placed(&book, pages[2]));
    assert!(placed(&book, pages[4]).starts_with("q 0.707"), "{}", placed(&book, pages[4]));
    // Turned clockwise: what was above is at the right.
    assert!(placed(&book, pages[5]).starts_with("q 0 -1 1 0 0 "), "{}", placed(&book, pages[5]));
}

#[test]
fn drawings_of_other_programs_and_jpegs_come_over_byte_for_byte_but_for_notes() {
    let (book, _) = book_of(&["libreoffice.pdf", "upright.jpg", "cmyk.jpg", "exif-8.jpg"]);
    let pages = pages(&book);
    let original = Document::load_mem(&fixture("libreoffice.pdf")).unwrap();
    for (number, page) in original.get_pages().into_values().enumerate() {
        let [content] = original.get_page_contents(page)[..] else { panic!("one stream") };
        let content = &original.get_object(content).unwrap().as_stream().unwrap().content;
        assert_eq!(&drawn(&book, pages[2 + number])[0].content, content);
    }
    for (at, name) in [(4, "upright.jpg"), (5, "cmyk.jpg"), (6, "exif-8.jpg")] {
        let [image] = drawn(&book, pages[at])[..] else { panic!("one picture") };
        assert_eq!(image.dict.get(b"Filter").unwrap().as_name().unwrap(), b"DCTDecode");
        assert!(image.content == without_exif(&fixture(name)), "{name}");
    }
    let space = drawn(&book, pages[5])[0].dict.get(b"ColorSpace").unwrap();
    assert_eq!(space.as_name().unwrap(), b"DeviceCMYK");
}

#[test]
fn the_outline_the_labels_and_the_contents_follow_the_letters_list() {
    let names = ["upright.jpg", "pdftex.pdf"];
    let files: Vec<_> = names.iter().map(|name| (*name, fixture(name))).collect();
    let mut draft = draft(&files);
    let evidence = &mut draft.applications[0].evidence;
    let second = evidence[1].files[0].clone();
    evidence[0].files.push(second);
    let (bytes, bound) = bound(&draft, &files);
    assert_eq!(bound.file_stem, "附件4-1 佐证材料册 轴承");
    let book = Document::load_mem(&bytes).unwrap();
    let toc = book.get_toc().unwrap();
    let entries: Vec<_> =
        toc.toc.iter().map(|entry| (entry.level, entry.title.as_str(), entry.page)).collect();
    assert_eq!(
        entries,
        [
            (1, "目　录", 2),
            (1, "1 专利 材料 upright.jpg", 3),
            (2, "upright.jpg", 3),
            (2, "pdftex.pdf", 4),
            (1, "2 专利 材料 pdftex.pdf", 6),
        ]
    );
    let labels = book.catalog().unwrap().get(b"PageLabels").unwrap().as_dict().unwrap();
    assert_eq!(labels.get(b"Nums").unwrap().as_array().unwrap()[2].as_i64().unwrap(), 2);
}

#[test]
fn the_same_evidence_gives_the_same_bytes_and_breaking_off_ends_it() {
    let files: Vec<_> =
        ["pdftex.pdf", "transparent.png"].iter().map(|name| (*name, fixture(name))).collect();
    let draft = draft(&files);
    assert_eq!(bound(&draft, &files).0, bound(&draft, &files).0);
    let evidence = |file: &Attachment| Ok(files[file.sha256.parse::<usize>().unwrap()].1.clone());
    let options = Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false };
    let notice = &notice::bundled()[0];
    let book = Book { draft: &draft, notice, item: 0, evidence: &evidence, options };
    for last in 0..4 {
        let mut told = 0;
        let broken = bind(&book, &mut Vec::new(), &mut |_| {
            told += 1;
            if told > last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(broken, Err(BookError::Cancelled)), "{last}");
    }
}

#[test]
fn a_file_that_cannot_be_printed_leaves_a_page_that_says_so_and_the_others_stand() {
    let (book, bound) = book_of(&["upright.jpg", "qpdf-encrypted.pdf", "page.pdf", "exif-3.jpg"]);
    assert_eq!(bound.pages, 4);
    let left: Vec<_> = bound.left_out.iter().map(|left| (left.piece, left.name.as_str())).collect();
    assert_eq!(left, [(1, "qpdf-encrypted.pdf"), (2, "page.pdf")]);
    let text = book.extract_text(&[4]).unwrap();
    assert!(text.contains("本件未能放入") && text.contains("密码"), "{text}");
    assert!(text.contains("佐证材料 2"), "{text}");
    assert!(book.extract_text(&[6]).unwrap().contains("佐证材料 4"));
}

/// A picture of more pixels than 200 dpi, as a scanner's programs write it.
fn scan(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let pixels = grain(width, height);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

#[test]
fn pictures_are_brought_down_to_200_dpi_unless_they_are_kept() {
    let png = scan(2000, 2800);
    let decoded = image::DynamicImage::ImageRgb8(
        image::RgbImage::from_raw(1800, 2400, grain(1800, 2400)).unwrap(),
    );
    let mut jpeg = io::Cursor::new(Vec::new());
    decoded.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let files = [("扫描.png", png), ("照片.jpg", jpeg.into_inner())];
    let mut draft = draft(&files);
    for kept in [false, true] {
        draft.print.evidence_full_resolution = kept;
        let (bytes, _) = bound(&draft, &files);
        let book = Document::load_mem(&bytes).unwrap();
        for (at, own) in [(2, 2000.0), (3, 1800.0)] {
            let page = pages(&book)[at];
            let width = drawn(&book, page)[0].dict.get(b"Width").unwrap().as_i64().unwrap() as f32;
            let printed: f32 =
                placed(&book, page).split(' ').nth(1).unwrap().parse::<f32>().unwrap() / 72.0;
            let dpi = width / printed;
            match kept {
                true => assert_eq!(width, own),
                false => assert!((199.0..201.0).contains(&dpi), "{dpi}"),
            }
        }
    }
}

/// Pixels no program can pack well, as those of a scanned paper.
fn grain(width: u32, height: u32) -> Vec<u8> {
    let mut number = 1_u32;
    let mut next = || {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (number >> 24) as u8
    };
    (0..width * height * 3).map(|_| next()).collect()
}

#[test]
fn what_is_transparent_lies_on_white() {
    let (book, _) = book_of(&["transparent.png"]);
    let image = drawn(&book, pages(&book)[2])[0];
    let mut rows = Vec::new();
    io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&image.content[..]), &mut rows)
        .unwrap();
    // The filter of the first row is “Up”: its pixels stand there as they are.
    assert_eq!(rows[..4], [2, 255, 255, 255]);
}

/// A page with a script, an attached file, a note that is drawn, and a layer that is off.
fn acting() -> Vec<u8> {
    let mut pdf = Document::with_version("1.7");
    let tree = pdf.new_object_id();
    let script =
        || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let attached =
        pdf.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"virus".to_vec()));
    let form = dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 10.into(), 10.into()] };
    let seal = pdf.add_object(Stream::new(form, b"0 0 10 10 re f % seal".to_vec()));
    let layer =
        pdf.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("L") });
    let note = dictionary! {
        "Type" => "Annot", "Subtype" => "Stamp", "A" => script(),
        "Rect" => vec![100.into(), 100.into(), 120.into(), 140.into()],
        "AP" => dictionary! { "N" => seal },
    };
    let content =
        pdf.add_object(Stream::new(Dictionary::new(), b"/OC /L BDC 0 0 9 9 re f EMC".to_vec()));
    let page = pdf.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "AA" => dictionary! { "O" => script() },
        "Resources" => dictionary! { "Properties" => dictionary! { "L" => layer } },
        "Annots" => vec![Object::from(note)],
    });
    let size = vec![0.into(), 0.into(), 595.into(), 842.into()];
    let pages = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "MediaBox" => size };
    pdf.set_object(tree, pages);
    let off = dictionary! { "OFF" => vec![layer.into()] };
    let names = vec![
        Object::string_literal("f"),
        dictionary! { "EF" => dictionary! { "F" => attached } }.into(),
    ];
    let catalog = pdf.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "OpenAction" => script(),
        "Names" => dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } },
        "OCProperties" => dictionary! { "OCGs" => vec![layer.into()], "D" => off },
    });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn scripts_and_attached_files_stay_behind_and_what_is_seen_does_not() {
    let files = [("acting.pdf", acting())];
    assert_eq!(examine(&files[0].1).unwrap().remarks, [Remark::Active]);
    let (bytes, _) = bound(&draft(&files), &files);
    for word in ["JavaScript", "app.alert", "virus", "/AA", "/Names", "/OpenAction"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    let book = Document::load_mem(&bytes).unwrap();
    let page = pages(&book)[2];
    let [drawing, seal] = drawn(&book, page)[..] else { panic!("page and note") };
    assert!(drawing.content.starts_with(b"/OC /L BDC") && seal.content.ends_with(b"seal"));
    // 10 × 10 is drawn on 20 × 40, where the note stood.
    assert!(placed(&book, page).contains("q 2 0 0 4 100"), "{}", placed(&book, page));
    let layers = book.catalog().unwrap().get(b"OCProperties").unwrap().as_dict().unwrap();
    let shown = layers.get(b"D").unwrap().as_dict().unwrap();
    assert_eq!(shown.get(b"OFF").unwrap(), layers.get(b"OCGs").unwrap());
}

/// A document whose tree of pages is what `kids` makes of the number of its root.
fn tree(kids: impl FnOnce(ObjectId, &mut Document) -> Vec<Object>) -> Vec<u8> {
    let mut pdf = Document::with_version("1.5");
    let root = pdf.new_object_id();
    let kids = kids(root, &mut pdf);
    pdf.set_object(root, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 9 });
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn trees_without_pages_with_loops_or_with_too_many_are_told_of() {
    assert_eq!(examine(&tree(|_, _| Vec::new())), Err(Trouble::NoPages));
    assert_eq!(examine(&tree(|root, _| vec![root.into(), root.into()])), Err(Trouble::NoPages));
    let looped = tree(|root, pdf| {
        let page = dictionary! { "Type" => "Page", "Parent" => root, "Rotate" => 90_000_090 };
        vec![root.into(), pdf.add_object(page).into()]
    });
    assert_eq!(examine(&looped).unwrap().pages, 1);
    let many = tree(|_, pdf| {
        let page = || dictionary! { "Type" => "Page" };
        (0..=evidence_book::MAX_PAGES).map(|_| pdf.add_object(page()).into()).collect()
    });
    assert_eq!(examine(&many), Err(Trouble::TooManyPages));
    let shared = tree(|_, pdf| {
        let long = Stream::new(Dictionary::new(), vec![b' '; 1 << 20]).with_compression(false);
        let long = pdf.add_object(long);
        let page = || dictionary! { "Type" => "Page", "Contents" => long };
        (0..200).map(|_| pdf.add_object(page()).into()).collect()
    });
    assert_eq!(examine(&shared), Err(Trouble::Bomb));
    let unreadable = tree(|_, pdf| {
        let odd = Stream::new(dictionary! { "Filter" => "Odd" }, b"?".to_vec());
        let odd = pdf.add_object(odd);
        let parts = vec![odd.into(), odd.into()];
        vec![pdf.add_object(dictionary! { "Type" => "Page", "Contents" => parts }).into()]
    });
    assert_eq!(examine(&unreadable), Err(Trouble::Page(1)));
}

#[test]
fn a_table_that_names_one_long_stream_ten_thousand_times_does_not_fill_the_memory() {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let at = bytes.len();
    bytes.extend(b"1 0 obj\n<</Length 1000000>>\nstream\n");
    bytes.extend(vec![b'x'; 1_000_000]);
    bytes.extend(b"\nendstream\nendobj\n");
    let table = bytes.len();
    bytes.extend(b"xref\n0 10000\n0000000000 65535 f \n");
    (1..10_000).for_each(|_| bytes.extend(format!("{at:010} 00000 n \n").bytes()));
    bytes.extend(format!("trailer\n<</Size 10000/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
    assert_eq!(examine(&bytes), Err(Trouble::Bomb));
}

#[test]
fn damaged_files_are_told_of_or_taken_and_nothing_panics() {
    for name in
        ["pdftex.pdf", "qpdf-rotated-linearized.pdf", "upright.jpg", "palette.png", "exif-6.jpg"]
    {
        let whole = fixture(name);
        let mut number = 12_345_u32;
        for _ in 0..30 {
            let mut bytes = whole.clone();
            for _ in 0..8 {
                // Numerical Recipes' generator: the same damage each time.
                number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (number >> 8) as usize % bytes.len();
                bytes[at] = number as u8;
            }
            let files = [(name, bytes)];
            let (book, bound) = bound(&draft(&files), &files);
            let pages = examine(&files[0].1).map_or(1, |found| found.pages);
            assert_eq!((bound.pages, pages), (pages, bound.pages), "{name}");
            assert_eq!(Document::load_mem(&book).unwrap().get_pages().len(), pages + 2, "{name}");
        }
    }
}
