//! Where, with what and by whom a photograph was taken: in no paper, told of before an export, and in
//! the package only where the photograph itself is handed over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Crc;
use jiebang::domain::evidence::hex;
use jiebang::domain::media::{Trace, traces};
use jiebang::domain::{Attachment, Draft, Evidence, EvidenceKind, Figure, Object, Role};
use jiebang::export::evidence_book::{Examiner, TRACE_RULE, examine};
use jiebang::export::package::{Job, Package, make};
use jiebang::rules::{Severity, notice};
use lopdf::Document;
use sha2::{Digest, Sha256};

/// What must be in no paper.
const MARKS: [&[u8]; 10] = [
    b"ZhangSan-7F3A",
    b"SN-4711",
    b"GPS!",
    b"LON!",
    b"GPSLatitude",
    b"COMMENT-88",
    b"IPTC-CITY",
    b"JFXX",
    b"thumb-of-it",
    b"TRAILER-VIDEO",
];
const ALL: [Trace; 4] = [Trace::Place, Trace::Serial, Trace::Person, Trace::Video];
const XMP: &[u8] = b"<x:xmpmeta exif:GPSLatitude=\"31,13.8N\" dc:creator=\"ZhangSan-7F3A\"/>";

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// A directory of Exif, little-endian: tag, type, count, value.
fn directory(entries: &[(u16, u16, u32, u32)]) -> Vec<u8> {
    let mut bytes = (entries.len() as u16).to_le_bytes().to_vec();
    for (tag, kind, count, value) in entries {
        bytes.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        bytes.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
    }
    [bytes, vec![0; 4]].concat()
}

/// Exif as a telephone writes it: which way up, whose, the camera's number, and the place.
fn exif(orientation: u32) -> Vec<u8> {
    let seconds = |mark: &[u8; 4]| u32::from_le_bytes(*mark);
    let angle = |mark| [31, 1, 13, 1, seconds(mark), 1_000_000].map(u32::to_le_bytes).concat();
    [
        b"II*\0\x08\0\0\0".to_vec(),
        directory(&[
            (0x0112, 3, 1, orientation),
            (0x013b, 2, 14, 62),
            (0x8769, 4, 1, 78),
            (0x8825, 4, 1, 112),
        ]),
        b"ZhangSan-7F3A\0\0\0".to_vec(),
        directory(&[(0xa431, 2, 12, 96)]),
        b"SN-4711-XYZ\0\0\0\0\0".to_vec(),
        directory(&[
            (1, 2, 2, u32::from(b'N')),
            (2, 5, 3, 166),
            (3, 2, 2, u32::from(b'E')),
            (4, 5, 3, 190),
        ]),
        angle(b"GPS!"),
        angle(b"LON!"),
    ]
    .concat()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker], length.as_slice(), content].concat()
}

/// A JPEG with all that telephones and programs note in it.
fn noted_jpeg(jpeg: &[u8], orientation: u32) -> Vec<u8> {
    let notes = [
        segment(0xe0, b"JFXX\0\x10thumb-of-it"),
        segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat()),
        segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), XMP].concat()),
        segment(0xed, b"Photoshop 3.0\08BIM IPTC-CITY"),
        segment(0xfe, b"COMMENT-88"),
    ];
    [&jpeg[..2], &notes.concat(), &jpeg[2..], b"\0\0\0\x18ftypmp42 TRAILER-VIDEO \xff\xd9"].concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut check = Crc::new();
    check.update(name);
    check.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length, name.as_slice(), data, &check.sum().to_be_bytes()].concat()
}

/// A PNG with all that programs note in it.
fn noted_png(png: &[u8], orientation: u32) -> Vec<u8> {
    // Behind the mark and IHDR.
    let (head, rest) = png.split_at(33);
    let notes = [
        chunk(b"eXIf", &exif(orientation)),
        chunk(b"tEXt", b"Comment\0COMMENT-88"),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), XMP].concat()),
        chunk(b"zTXt", b"Author\0\0ZhangSan-7F3A"),
        chunk(b"tIME", &[7, 232, 7, 8, 1, 2, 3]),
    ];
    [head, &notes.concat(), rest, b"TRAILER-VIDEO", &chunk(b"IDAT", b"COMMENT-88")].concat()
}

/// `img2pdf.pdf` with another photograph in it.
fn pdf_of(jpeg: &[u8]) -> Vec<u8> {
    let mut file = Document::load_mem(&fixture("evidence/img2pdf.pdf")).unwrap();
    let streams = file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    let mut images = streams.filter(|stream| stream.filters().is_ok_and(|f| f == [b"DCTDecode"]));
    images.next().unwrap().set_content(jpeg.to_vec());
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// Files by their names, and a draft with the first four as figures, all as evidence.
struct Case {
    files: Vec<(&'static str, Vec<u8>)>,
    draft: Draft,
}

fn case() -> Case {
    let files = vec![
        ("现场.jpg", noted_jpeg(&fixture("figures/rgb.jpg"), 1)),
        ("横拍.jpg", noted_jpeg(&fixture("figures/progressive.jpg"), 6)),
        ("截图.png", noted_png(&fixture("figures/palette.png"), 1)),
        ("透明.png", noted_png(&fixture("figures/alpha.png"), 1)),
        ("印刷.jpg", noted_jpeg(&fixture("evidence/cmyk.jpg"), 1)),
        ("证书.jpg", noted_jpeg(&fixture("evidence/large.jpg"), 8)),
        ("合成.pdf", pdf_of(&noted_jpeg(&fixture("evidence/upright.jpg"), 1))),
    ];
    let attachments = files.iter().map(|(name, bytes)| Attachment {
        name: (*name).to_owned(),
        sha256: hex(&Sha256::digest(bytes)),
        bytes: bytes.len() as u64,
        ..Attachment::default()
    });
    let attachments: Vec<Attachment> = attachments.collect();
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "甲公司".to_owned();
    draft.print.docx = true;
    let letter = &mut draft.applications[0];
    for file in &attachments[..4] {
        let pixels = [300, 200];
        let figure = Figure { file: file.clone(), pixels, ..Figure::default() };
        letter.plan.route.push(Object::Figure(figure));
    }
    let piece = |file: &Attachment| Evidence {
        kind: Some(EvidenceKind::Patent),
        name: file.name.clone(),
        files: vec![file.clone()],
        ..Evidence::default()
    };
    letter.evidence = attachments.iter().map(piece).collect();
    Case { files, draft }
}

impl Case {
    fn read(&self, file: &Attachment) -> io::Result<Vec<u8>> {
        let found = self.files.iter().find(|(name, _)| *name == file.name);
        found.map(|(_, bytes)| bytes.clone()).ok_or(io::ErrorKind::NotFound.into())
    }

    fn package(&self) -> Package {
        let notice = notice::bundled().iter().find(|notice| notice.id == self.draft.notice);
        let job = Job {
            draft: &self.draft,
            notice: notice.unwrap(),
            attachments: &|file: &Attachment| self.read(file),
            date: jiff::civil::date(2024, 7, 8),
            draft_mark: false,
        };
        make(&job, &mut |_| ControlFlow::Continue(())).unwrap()
    }
}

fn bytes_of(package: &Package, name: &str) -> Vec<u8> {
    let file = package.files.iter().find(|file| file.name == name);
    let mut bytes = Vec::new();
    file.unwrap_or_else(|| panic!("{name}"))
        .content
        .open()
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

fn assert_bare(what: &str, bytes: &[u8]) {
    for mark in MARKS {
        let found = bytes.windows(mark.len()).any(|window| window == mark);
        assert!(!found, "{what}: {}", String::from_utf8_lossy(mark));
    }
}

/// Images of a PDF, and no mark in it or in what its streams unpack to.
fn images_of_bare(what: &str, bytes: &[u8]) -> usize {
    assert_bare(what, bytes);
    let file = Document::load_mem(bytes).unwrap();
    let mut images = 0;
    for stream in file.objects.values().filter_map(|object| object.as_stream().ok()) {
        assert_bare(what, &stream.get_plain_content().unwrap_or_else(|_| stream.content.clone()));
        let kind = stream.dict.get(b"Subtype").and_then(|name| name.as_name());
        images += usize::from(kind.is_ok_and(|kind| kind == b"Image"));
    }
    images
}

#[test]
fn no_paper_has_them_and_the_photographs_themselves_are_handed_over_as_they_are() {
    let case = case();
    for (name, bytes) in &case.files {
        let has = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
        assert!(has(b"GPS!") && has(b"ZhangSan-7F3A") && has(b"TRAILER-VIDEO"), "{name}");
    }
    let package = case.package();
    let (mut images, mut pictures) = (0, 0);
    for file in &package.files {
        let bytes = bytes_of(&package, &file.name);
        if file.name.starts_with("佐证材料/") || file.name.starts_with("插图/") {
            assert!(case.files.iter().any(|(_, given)| *given == bytes), "{}", file.name);
            pictures += 1;
        } else if file.name.ends_with(".pdf") {
            images += images_of_bare(&file.name, &bytes);
        } else if file.name.ends_with(".docx") {
            let mut parts = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            for at in 0..parts.len() {
                let mut part = Vec::new();
                parts.by_index(at).unwrap().read_to_end(&mut part).unwrap();
                assert_bare(&file.name, &part);
            }
        }
    }
    // Four in the letter, seven in the book.
    assert_eq!((images, pictures), (11, 11));
}

#[test]
fn the_document_shows_the_same_picture_the_same_way_up() {
    let case = case();
    let package = case.package();
    let name = package
        .files
        .iter()
        .map(|file| &file.name)
        .find(|name| name.ends_with(".docx") && name.contains("申请书"));
    let document = bytes_of(&package, name.unwrap());
    let mut parts = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        parts.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let decoded = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
    let upright = part("word/media/image1.jpeg");
    assert!(decoded(&upright) == decoded(&fixture("figures/rgb.jpg")));
    assert_eq!(decoded(&part("word/media/image2.jpeg")).dimensions(), (200, 300));
    for (number, name) in [(3, "palette.png"), (4, "alpha.png")] {
        let bare = part(&format!("word/media/image{number}.png"));
        for note in [b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"] {
            assert!(!bare.windows(4).any(|name| name == note), "{name}");
        }
        let rows = |bytes: &[u8]| {
            let mut reader = png::Decoder::new(Cursor::new(bytes.to_vec())).read_info().unwrap();
            let mut rows = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut rows).unwrap();
            (rows, reader.info().palette.clone(), reader.info().trns.clone())
        };
        assert!(rows(&bare) == rows(&fixture(&format!("figures/{name}"))), "{name}");
    }
}

#[test]
fn a_hint_says_which_file_has_what_and_each_file_is_read_once() {
    let case = case();
    let reads = AtomicUsize::new(0);
    let source = |file: &Attachment| {
        reads.fetch_add(1, Ordering::Relaxed);
        case.read(file)
    };
    let examiner = Examiner::default();
    let found = examiner.findings(&case.draft, &source);
    assert_eq!(reads.load(Ordering::Relaxed), case.files.len());
    assert_eq!(examiner.findings(&case.draft, &source), found);
    assert_eq!(reads.load(Ordering::Relaxed), case.files.len());

    let found: Vec<_> = found.into_iter().filter(|finding| finding.rule == TRACE_RULE).collect();
    assert_eq!(found.len(), 4 + case.files.len());
    for (at, finding) in found.iter().enumerate() {
        let (is_figure, number) = (at < 4, if at < 4 { at } else { at - 4 });
        let name = case.files[number].0;
        let message = &finding.message;
        assert_eq!(finding.severity, Severity::Hint);
        assert!(message.contains(&format!("“{name}”里")), "{message}");
        let video = if name.ends_with(".png") { "" } else { "、一段视频（动态照片）" };
        let told = format!("带有拍摄地点（GPS）、相机或镜头的序列号、机主或作者的姓名{video}：");
        assert!(message.contains(&told), "{message}");
        assert!(message.contains("ZIP") && message.contains("删除属性和个人信息"), "{message}");
        let folder =
            if is_figure { "“插图”文件夹" } else { "“佐证材料”文件夹" };
        assert!(message.contains(folder), "{message}");
    }
    assert_eq!(found[0].field.pointer(), "/applications/0/plan/route/1");
    assert_eq!(found[4].field.pointer(), "/applications/0/evidence/0/files");
}

#[test]
fn pictures_without_such_notes_are_not_told_of() {
    for folder in ["figures", "evidence"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        for file in fs::read_dir(path).unwrap() {
            let path = file.unwrap().path();
            assert_eq!(traces(&fs::read(&path).unwrap()), [], "{}", path.display());
        }
    }
    let plain = fixture("figures/rgb.jpg");
    assert_eq!(examine(&noted_jpeg(&plain, 1)).unwrap().traces, ALL);
    let behind = [&plain[..], b"another picture \xff\xd9"].concat();
    assert_eq!(examine(&behind).unwrap().traces, [], "what stands behind is no video");
}

/// A PNG of one pixel's header with a text.
fn png_with(name: &[u8; 4], text: &[u8]) -> Vec<u8> {
    let head = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    [b"\x89PNG\r\n\x1a\n", head.as_slice(), &chunk(name, text), &chunk(b"IEND", b"")].concat()
}

#[test]
fn what_photoshop_notes_of_the_person_and_the_place_is_told_of() {
    let resource = |notes: &[u8]| {
        let length = (notes.len() as u32).to_be_bytes();
        [b"8BIM\x04\x04\0\0", length.as_slice(), notes].concat()
    };
    let photo = |parts: &[&[u8]]| {
        let mark = b"Photoshop 3.0\0".as_slice();
        let blocks: Vec<u8> =
            parts.iter().flat_map(|part| segment(0xed, &[mark, part].concat())).collect();
        [b"\xff\xd8", blocks.as_slice(), b"\xff\xda\0\x021\xff\xd9"].concat()
    };
    let by_line = resource(b"\x1c\x02\x50\0\x09Zhang San");
    let city = resource(b"\x1c\x02\x5a\0\x05Wuhan");
    assert_eq!(traces(&photo(&[&by_line])), [Trace::Person]);
    assert_eq!(traces(&photo(&[&by_line[..9], &by_line[9..]])), [Trace::Person]);
    assert_eq!(traces(&photo(&[&city])), [Trace::Place]);
    let headline = resource(b"\x1c\x02\x69\0\x04Test");
    assert_eq!(traces(&photo(&[&headline])), []);
}

#[test]
fn notes_that_imagemagick_puts_into_a_png_are_told_of() {
    let text = |kind: &str, notes: &[u8]| {
        let head = format!("Raw profile type {kind}\0\n{kind}\n{:8}\n", notes.len());
        let lines: Vec<String> = notes.chunks(36).map(hex).collect();
        format!("{head}{}\n", lines.join("\n")).into_bytes()
    };
    let exif = [b"Exif\0\0".as_slice(), &exif(1)].concat();
    let told = [Trace::Place, Trace::Serial, Trace::Person];
    assert_eq!(traces(&png_with(b"tEXt", &text("exif", &exif))), told);
    assert_eq!(traces(&png_with(b"tEXt", &text("APP1", &exif))), told);
    let xmp = text("xmp", XMP);
    assert_eq!(traces(&png_with(b"tEXt", &xmp)), [Trace::Place, Trace::Person]);
    let notes = b"8BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x50\0\x05Zhang";
    assert_eq!(traces(&png_with(b"tEXt", &text("iptc", notes))), [Trace::Person]);
    assert_eq!(traces(&png_with(b"tEXt", &text("8bim", notes))), [Trace::Person]);
    assert_eq!(traces(&png_with(b"tEXt", &text("icc", &exif))), []);
}

/// Each byte of the notes in turn as large as it can be: counts, offsets, lengths.
#[test]
fn damaged_notes_come_to_an_end() {
    let small = noted_png(&fixture("evidence/tiny.png"), 1);
    let jpeg = noted_jpeg(&fixture("evidence/upright.jpg")[..600], 6);
    for whole in [small, jpeg] {
        for at in 8..whole.len().min(700) {
            let mut odd = whole.clone();
            odd[at] = if odd[at] == 0xff { 0 } else { 0xff };
            assert!(traces(&odd).len() <= ALL.len());
            assert!(traces(&whole[..at]).len() <= ALL.len());
        }
    }
}
