//! Tables and pictures in editable documents: how they are written, and that they come back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{self, Cursor, Read};
use std::path::Path;

use jiebang::domain::evidence::hex;
use jiebang::domain::{
    Application, Attachment, Block, Body, Field, Figure, Guide, Object, Role, Table,
};
use jiebang::export::docx::read::{ImportedLetter, read_letter};
use jiebang::export::docx::{Info, write};
use jiebang::rules::Notice;
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::forms::{self, Illustration, Manuscript, write_down};
use jiebang::typeset::page::{Face, Grey};
use jiebang::typeset::paragraph::{Align, Paragraph, Style};
use jiebang::typeset::table::{self, Cell, Row, Section};
use jiebang::typeset::{Options, PaperKind};
use sha2::{Digest, Sha256};

fn notice() -> &'static Notice {
    bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap()
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/figures").join(name))
        .unwrap()
}

fn attachment(name: &str) -> Attachment {
    let bytes = fixture(name);
    let (sha256, length) = (hex(&Sha256::digest(&bytes)), bytes.len() as u64);
    Attachment { name: name.to_owned(), sha256, bytes: length, ..Attachment::default() }
}

fn source(file: &Attachment) -> io::Result<Vec<u8>> {
    Ok(fixture(&file.name))
}

fn words(text: &str) -> Paragraph {
    Paragraph::new(text, Style::new(Face::Song, 10.5, 15.5).align(Align::Centre))
}

fn ruled(rows: &[&[&str]]) -> forms::Block {
    let row = |cells: &[&str], ground| {
        let cells = cells.iter().map(|text| {
            let lines = text.split('\n').map(words).collect();
            let cell = Cell::new(1, lines);
            if ground { cell.on(Grey(0.95)) } else { cell }
        });
        Row::new(20.0, cells.collect())
    };
    let (first, rest) = rows.split_first().unwrap();
    let section = Section {
        heading: Some(row(first, true)),
        groups: rest.iter().map(|cells| row(cells, false).into()).collect(),
        outline: None,
        marks_continuation: false,
    };
    forms::Block::Table(table::Table::new(vec![80.0; first.len()], vec![section]))
}

fn illustration(name: &str, caption: &str, size: (f32, f32)) -> forms::Block {
    forms::Block::Illustration(Box::new(Illustration {
        file: attachment(name),
        size,
        caption: words(caption),
        field: Field::application(0, "plan/route"),
    }))
}

const TEAM: [&[&str]; 3] = [
    &["姓名", "职务职称", "专业", "本项目分工", "曾主持或参与的项目"],
    &["周示例", "高工", "材料", "总体\n配方", "示例项目"],
    &["陆示例", "工程师", "工艺", "", "—"],
];
const FREE: [&[&str]; 3] = [&["设备", "台数"], &["注塑机", "3"], &["", "5"]];

/// A letter with tables and figures under its team and its route.
fn letter() -> Manuscript {
    let draft = &sample("shanghai-2024", Role::Solver).unwrap().draft;
    let mut draft = draft.clone();
    for name in Application::SECTIONS {
        let opening = format!("{name} 的文字。");
        *draft.applications[0].section_mut(name).unwrap() = Body::from(opening);
    }
    let options = Options { date: "2024-07-08".parse().unwrap(), draft_mark: false };
    let mut paper = write_down(PaperKind::Application(0), &draft, notice(), options);
    let behind = |paper: &Manuscript, words: &str| {
        let says = |block: &forms::Block| match block {
            forms::Block::Paragraph(text) => format!("{text:?}").contains(words),
            _ => false,
        };
        paper.blocks.iter().position(says).unwrap() + 1
    };
    let at = behind(&paper, "plan/team 的文字。");
    let blocks = [forms::Block::Caption(words("表 1　团队成员")), ruled(&TEAM)];
    paper.blocks.splice(at..at, blocks);
    let at = behind(&paper, "plan/route 的文字。");
    let blocks = [
        illustration("rgb.jpg", "图 1　技术路线", (144.0, 96.0)),
        illustration("alpha.png", "图 2", (221.1, 147.4)),
        forms::Block::Paragraph(words("其间的文字。")),
        forms::Block::Caption(words("表 2　设备")),
        ruled(&FREE),
        illustration("exif-6.jpg", "图 3　现场", (144.0, 96.0)),
        illustration("rgb.jpg", "图 4　又一次", (144.0, 96.0)),
    ];
    paper.blocks.splice(at..at, blocks);
    paper
}

fn document() -> Vec<u8> {
    let info = Info {
        company: "甲公司",
        date: "2024-07-08".parse().unwrap(),
        draft_mark: false,
        double_sided: false,
    };
    let file = write(&letter(), &info, &source).unwrap();
    assert!(file == write(&letter(), &info, &source).unwrap(), "not the same bytes");
    if let Some(folder) = std::env::var_os("JIEBANG_TEST_DOCX") {
        fs::write(Path::new(&folder).join("figures.docx"), &file).unwrap();
    }
    file
}

fn part(file: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn text(file: &[u8], name: &str) -> String {
    String::from_utf8(part(file, name)).unwrap()
}

fn body<'a>(letter: &'a ImportedLetter, name: &str) -> &'a Body {
    &letter.sections.iter().find(|section| section.name == name).unwrap().body
}

fn table_of(caption: &str, guide: Option<Guide>, rows: &[&[&str]]) -> Object {
    let rows = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect());
    let caption = caption.to_owned();
    Object::Table(Table { caption, guide, header: true, rows: rows.collect(), ..Table::default() })
}

#[test]
fn a_letter_with_tables_and_figures_comes_back_as_it_was() {
    check(&read_letter(&document(), &notice().forms.application).unwrap());
}

#[test]
fn it_comes_back_after_another_program_has_saved_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/letters/libreoffice_figures.docx");
    check(&read_letter(&fs::read(path).unwrap(), &notice().forms.application).unwrap());
}

/// The letter holds what [`letter`] has put into it.
fn check(letter: &ImportedLetter) {
    let mut team = Body::from("plan/team 的文字。");
    team.push(table_of("团队成员", Some(Guide::Team), &TEAM));
    assert_eq!(*body(letter, "plan/team"), team);

    let route = body(letter, "plan/route");
    let mut found = Vec::new();
    for block in route.blocks() {
        match block {
            Block::Text(text) if text.is_empty() => {}
            Block::Text(text) => found.push(text.clone()),
            Block::Object(Object::Table(table)) => {
                assert_eq!(Object::Table(table.clone()), table_of("设备", None, &FREE));
                found.push("表".to_owned());
            }
            Block::Object(Object::Figure(Figure { caption, pixels, width, .. })) => {
                assert_eq!(*pixels, [300, 200]);
                found.push(format!("图 {caption} {width}"));
            }
        }
    }
    // 300 pixels at 150 dpi are 144 pt; 221.1 pt are half the width of the text.
    let wanted = [
        "plan/route 的文字。",
        "图 技术路线 0",
        "图  50",
        "其间的文字。",
        "表",
        "图 现场 0",
        "图 又一次 0",
    ];
    assert_eq!(found, wanted);
    assert!(letter.left_out.is_empty(), "{:?}", letter.left_out);

    // Bytes as they were, but for the one that had to be turned; each content once.
    assert_eq!(letter.pictures.len(), 3);
    for figure in route.figures().map(|(_, figure)| figure) {
        let kept = letter.pictures.iter().find(|kept| kept.file.sha256 == figure.file.sha256);
        let kept = kept.expect("its bytes are handed out");
        assert_eq!(kept.file.sha256, hex(&Sha256::digest(&*kept.bytes)));
    }
    for name in ["rgb.jpg", "alpha.png"] {
        assert!(letter.pictures.iter().any(|kept| *kept.bytes == fixture(name)), "{name}");
    }
}

#[test]
fn pictures_are_parts_with_their_words_and_stay_with_their_captions() {
    let file = document();
    let xml = text(&file, "word/document.xml");
    assert_eq!(xml.matches("<w:drawing>").count(), 4);
    for words in ["图 1　技术路线", "图 3　现场"] {
        assert!(xml.contains(&format!("descr=\"{words}\"")), "{words}");
    }
    // 144 by 96 pt.
    assert!(xml.contains("<wp:extent cx=\"1828800\" cy=\"1219200\"/>"));
    let ids: Vec<&str> = xml.split("<wp:docPr id=\"").skip(1).map(|rest| &rest[..1]).collect();
    assert_eq!(ids, ["1", "2", "3", "4"]);
    assert_eq!(xml.matches("<w:pStyle w:val=\"Caption\"/>").count(), 6);
    let kept = xml
        .split("<w:p>")
        .filter(|p| p.contains("<w:drawing>"))
        .all(|p| p.contains("<w:keepNext/>"));
    assert!(kept, "a picture stands on the page of its caption");
    assert!(xml.contains("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>"));
    let relations = text(&file, "word/_rels/document.xml.rels");
    assert_eq!(relations.matches("/image\"").count(), 3, "{relations}");
    let types = text(&file, "[Content_Types].xml");
    for kind in ["image/png", "image/jpeg"] {
        assert!(types.contains(kind), "{kind}");
    }
    assert_eq!(part(&file, "word/media/image2.png"), fixture("alpha.png"));
}

#[test]
fn a_photograph_lying_on_its_side_is_turned_in_the_document() {
    let jpeg = part(&document(), "word/media/image3.jpeg");
    let picture = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap();
    let picture = picture.into_rgb8();
    assert_eq!(picture.dimensions(), (300, 200));
    let (top, bottom) = (picture.get_pixel(250, 8).0, picture.get_pixel(250, 192).0);
    assert!(top[0] > 180 && bottom[2] > 180, "{top:?} {bottom:?}");
}

#[test]
fn a_picture_that_is_gone_is_named() {
    let info = Info {
        company: "甲公司",
        date: "2024-07-08".parse().unwrap(),
        draft_mark: false,
        double_sided: false,
    };
    let gone = |_: &Attachment| Err(io::ErrorKind::NotFound.into());
    let told = write(&letter(), &info, &gone).unwrap_err().to_string();
    assert!(told.contains("插图“rgb.jpg”无法读取"), "{told}");
}
