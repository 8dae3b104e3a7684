//! Pictures and shaded boxes in a paper's PDF; the pictures are of other programs, see
//! `fixtures/figures/README.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io;
use std::path::Path;

use jiebang::domain::Attachment;
use jiebang::export::pdf::{Info, write};
use jiebang::export::{AttachmentSource, NoAttachments};
use jiebang::typeset::geometry::{A4_HEIGHT, A4_WIDTH, Rect};
use jiebang::typeset::page::{Fill, Grey, Item, Page, PagePicture};
use jiebang::typeset::{Paper, PaperKind};
use lopdf::content::Content;
use lopdf::{Document, Stream};

const NAMES: [&str; 9] = [
    "rgb.jpg",
    "progressive.jpg",
    "grey.jpg",
    "cmyk.jpg",
    "exif-6.jpg",
    "alpha.png",
    "palette.png",
    "depth-16.png",
    "grey.png",
];

fn fixture(name: &str) -> io::Result<Vec<u8>> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/figures").join(name))
}

/// The SHA-256 of these attachments is their name.
fn source(file: &Attachment) -> io::Result<Vec<u8>> {
    fixture(&file.sha256)
}

fn shown(name: &str, width: f32) -> Item {
    let file = Attachment {
        name: format!("{name} 的图"),
        sha256: name.to_owned(),
        ..Attachment::default()
    };
    let rect = Rect { x: 72.0, y: 100.0, width, height: width * 2.0 / 3.0 };
    Item::Picture(PagePicture { rect, file })
}

fn paper(items: Vec<Item>) -> Paper {
    let pages = items.into_iter().map(|item| Page {
        width: A4_WIDTH,
        height: A4_HEIGHT,
        items: vec![item],
        ..Page::default()
    });
    Paper {
        kind: PaperKind::Application(0),
        title: "申请书".to_owned(),
        file_stem: "申请书".to_owned(),
        pages: pages.collect(),
        outline: Vec::new(),
        structure: jiebang::typeset::structure::Structure::default(),
        signable: false,
    }
}

fn written(paper: &Paper, source: &dyn AttachmentSource) -> Document {
    let date = jiff::civil::date(2024, 7, 8);
    let info = Info { company: "甲公司", notice_title: "通知", check_code: "1234", date };
    let bytes = write(paper, &info, source).unwrap();
    assert_eq!(bytes, write(paper, &info, source).unwrap(), "not the same bytes");
    if let Some(folder) = std::env::var_os("JIEBANG_TEST_PDFS") {
        let name = format!("figures-{}.pdf", paper.pages.len());
        fs::write(Path::new(&folder).join(name), &bytes).unwrap();
    }
    Document::load_mem(&bytes).unwrap()
}

fn images(file: &Document) -> Vec<&Stream> {
    let streams = file.objects.values().filter_map(|object| object.as_stream().ok());
    let is_image = |stream: &&Stream| {
        stream.dict.get(b"Subtype").and_then(|name| name.as_name()).is_ok_and(|n| n == b"Image")
    };
    streams.filter(is_image).collect()
}

fn name(image: &Stream, key: &[u8]) -> String {
    let value = image.dict.get(key).unwrap();
    let value = value.as_array().map_or(value, |list| &list[0]);
    String::from_utf8(value.as_name().unwrap().to_vec()).unwrap()
}

fn number(image: &Stream, key: &[u8]) -> i64 {
    image.dict.get(key).unwrap().as_i64().unwrap()
}

/// The operators of a page with their numbers.
fn operators(file: &Document, page: u32) -> Vec<(String, Vec<f32>)> {
    let content = Content::decode(&file.get_page_content(file.get_pages()[&page])).unwrap();
    let numbers = |operands: &[lopdf::Object]| {
        operands.iter().filter_map(|number| number.as_float().ok()).collect()
    };
    content.operations.iter().map(|o| (o.operator.clone(), numbers(&o.operands))).collect()
}

#[test]
fn every_kind_of_picture_is_stored_as_pdf_a_allows() {
    let file = written(&paper(NAMES.map(|name| shown(name, 144.0)).to_vec()), &source);
    let images = images(&file);
    assert_eq!(images.len(), NAMES.len());
    for image in &images {
        for forbidden in ["SMask", "Mask", "Alternates", "OPI", "Interpolate", "Decode"] {
            assert!(image.dict.get(forbidden.as_bytes()).is_err(), "{forbidden}");
        }
        let space = name(image, b"ColorSpace");
        assert!(["DeviceRGB", "DeviceGray", "Indexed"].contains(&space.as_str()), "{space}");
        assert!(number(image, b"BitsPerComponent") <= 8);
    }
    // As they are: no decoding, no loss.
    for kept in ["rgb.jpg", "progressive.jpg", "grey.jpg"] {
        let bytes = fixture(kept).unwrap();
        assert!(images.iter().any(|image| image.content == bytes), "{kept}");
    }
    let spaces = |wanted: &str| images.iter().filter(|i| name(i, b"ColorSpace") == wanted).count();
    assert_eq!((spaces("DeviceGray"), spaces("Indexed")), (2, 1));
}

#[test]
fn the_colours_of_a_press_become_those_of_the_screen() {
    let file = written(&paper(vec![shown("cmyk.jpg", 144.0)]), &source);
    let [image] = images(&file)[..] else { panic!("one image") };
    assert_eq!(
        (name(image, b"ColorSpace"), name(image, b"Filter")),
        ("DeviceRGB".into(), "DCTDecode".into())
    );
    let pixels = image::load_from_memory_with_format(&image.content, image::ImageFormat::Jpeg);
    let pixels = pixels.unwrap().into_rgb8();
    let (top, bottom) = (pixels.get_pixel(250, 8).0, pixels.get_pixel(250, 192).0);
    assert!(top[0] > 180 && top[2] < 90, "red above: {top:?}");
    assert!(bottom[2] > 120 && bottom[0] < 90, "blue below: {bottom:?}");
}

#[test]
fn a_picture_shown_twice_is_stored_once_for_the_larger_box() {
    // 300 pixels on 36 pt are 600 dpi, on 54 pt 400.
    let small = written(&paper(vec![shown("depth-16.png", 36.0)]), &source);
    assert_eq!(number(images(&small)[0], b"Width"), 150, "300 dpi of half an inch");
    let both = vec![shown("depth-16.png", 36.0), shown("depth-16.png", 54.0)];
    let file = written(&paper(both), &source);
    let [image] = images(&file)[..] else { panic!("one image") };
    assert_eq!(number(image, b"Width"), 225);
}

#[test]
fn a_picture_fills_its_box_turned_as_the_camera_noted() {
    let file = written(&paper(vec![shown("rgb.jpg", 144.0), shown("exif-6.jpg", 144.0)]), &source);
    let matrix = |page| {
        let found = operators(&file, page).into_iter().find(|(o, _)| o == "cm");
        found.unwrap().1.iter().map(|n| n.round()).collect::<Vec<_>>()
    };
    let bottom = (A4_HEIGHT - 196.0).round();
    assert_eq!(matrix(1), [144.0, 0.0, 0.0, 96.0, 72.0, bottom]);
    // Stored lying: its rows run down the page, the first at the right.
    assert_eq!(matrix(2), [0.0, -96.0, 144.0, 0.0, 72.0, bottom + 96.0]);
}

#[test]
fn a_shaded_box_is_filled_and_what_follows_is_black() {
    let rect = Rect { x: 10.0, y: 20.0, width: 30.0, height: 40.0 };
    let file = written(&paper(vec![Item::Fill(Fill { rect, grey: Grey(0.9) })]), &NoAttachments);
    let operators = operators(&file, 1);
    let at = |name: &str| operators.iter().position(|(o, _)| o == name).expect(name);
    assert_eq!(operators[at("g")].1, [0.9]);
    assert_eq!(
        operators[at("re")].1,
        [10.0, (A4_HEIGHT * 1000.0).round() / 1000.0 - 60.0, 30.0, 40.0]
    );
    assert!(at("g") < at("re") && at("re") < at("f"));
}

#[test]
fn a_picture_that_cannot_be_printed_stops_the_paper_by_its_name() {
    let date = jiff::civil::date(2024, 7, 8);
    let info = Info { company: "甲公司", notice_title: "通知", check_code: "1234", date };
    let told = |bytes: Option<&[u8]>| {
        let source =
            |_: &Attachment| bytes.map(<[u8]>::to_vec).ok_or(io::ErrorKind::NotFound.into());
        write(&paper(vec![shown("路线.png", 144.0)]), &info, &source).unwrap_err().to_string()
    };
    let png = fixture("alpha.png").unwrap();
    for (bytes, words) in [
        (None, "不存在"),
        (Some(b"%PDF-1.4".as_slice()), "已损坏"),
        (Some(&png[..png.len() / 2]), "不完整"),
    ] {
        let told = told(bytes);
        assert!(told.contains("插图“路线.png 的图”") && told.contains(words), "{told}");
    }
    // A figure that has no picture yet is no error: the page says so itself.
    let empty = Item::Picture(PagePicture { rect: Rect::default(), file: Attachment::default() });
    assert!(images(&written(&paper(vec![empty]), &NoAttachments)).is_empty());
}
