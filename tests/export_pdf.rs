//! A paper becomes a PDF/A-1b file that reads back as it was typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use jiebang::export::NoAttachments;
use jiebang::export::pdf::{Info, PdfError, write};
use jiebang::typeset::geometry::{A4_HEIGHT, A4_WIDTH, Point, Rect};
use jiebang::typeset::page::{
    CheckBox, Face, Glyph, GlyphRun, Grey, Item, OutlineEntry, Page, Paper, PaperKind, Rule,
};
use jiebang::typeset::structure::Structure;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

const INFO: Info = Info {
    company: "上海示例新材料有限公司 <A&B>",
    notice_title: "关于开展2024年大企业“发榜”中小企业“揭榜”工作的通知",
    check_code: "ABCD-EFGH-JKLM",
    date: jiff::civil::date(2024, 7, 8),
};

fn info() -> Info<'static> {
    INFO
}

/// Shapes a line as the layout does, but without its rules of line breaking.
fn shape(face: Face, size: f32, x: f32, y: f32, text: &str) -> GlyphRun {
    let font = rustybuzz::Face::from_slice(face.data(), 0).unwrap();
    let scale = size / font.units_per_em() as f32;
    let mut buffer = rustybuzz::UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(rustybuzz::Direction::LeftToRight);
    let shaped = rustybuzz::shape(&font, &[], buffer);
    let infos = shaped.glyph_infos();
    let glyphs =
        infos.iter().zip(shaped.glyph_positions()).enumerate().map(|(i, (info, position))| {
            let start = info.cluster;
            let further = i > 0 && infos[i - 1].cluster == start;
            let next = infos[i..].iter().find(|other| other.cluster > start);
            let end =
                if further { start } else { next.map_or(text.len() as u32, |next| next.cluster) };
            Glyph {
                id: info.glyph_id as u16,
                advance: position.x_advance as f32 * scale,
                dx: position.x_offset as f32 * scale,
                dy: position.y_offset as f32 * scale,
                start,
                end,
            }
        });
    GlyphRun {
        face,
        size,
        origin: Point { x, y },
        rotation: 0.0,
        grey: Grey(0.0),
        text: text.into(),
        glyphs: glyphs.collect(),
    }
}

fn page(items: Vec<Item>) -> Page {
    Page { width: A4_WIDTH, height: A4_HEIGHT, items, ..Page::default() }
}

fn paper(pages: Vec<Page>) -> Paper {
    Paper {
        kind: PaperKind::Matching,
        title: "中小企业“揭榜”对接表".into(),
        file_stem: "附件3 中小企业“揭榜”对接表".into(),
        pages,
        outline: Vec::new(),
        structure: Structure::default(),
        signable: true,
    }
}

fn lines(face: Face, texts: &[&str]) -> Paper {
    let runs = texts
        .iter()
        .enumerate()
        .map(|(i, text)| Item::Text(shape(face, 12.0, 72.0, 90.0 + 24.0 * i as f32, text)));
    paper(vec![page(runs.collect())])
}

fn read(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

fn dictionary<'a>(file: &'a Document, object: &'a Object) -> &'a Dictionary {
    file.dereference(object).unwrap().1.as_dict().unwrap()
}

fn stream(file: &Document, object: &Object) -> Vec<u8> {
    let stream = file.dereference(object).unwrap().1.as_stream().unwrap();
    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())
}

fn text_of(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(utf16) => {
            let units: Vec<u16> =
                utf16.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// The fonts of the file by their name on pages.
fn fonts(file: &Document) -> BTreeMap<String, Dictionary> {
    let mut fonts = BTreeMap::new();
    for page in file.get_pages().into_values() {
        for (name, font) in file.get_page_fonts(page).unwrap() {
            fonts.insert(String::from_utf8(name).unwrap(), font.clone());
        }
    }
    fonts
}

fn descriptor<'a>(file: &'a Document, font: &'a Dictionary) -> &'a Dictionary {
    let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
    dictionary(file, dictionary(file, descendant).get(b"FontDescriptor").unwrap())
}

/// CID to text, as the ToUnicode map says it.
fn to_unicode(file: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let map = String::from_utf8(stream(file, font.get(b"ToUnicode").unwrap())).unwrap();
    let hex = |digits: &str| -> Vec<u16> {
        let digits = digits.trim_matches(['<', '>']);
        (0..digits.len())
            .step_by(4)
            .map(|i| u16::from_str_radix(&digits[i..i + 4], 16).unwrap())
            .collect()
    };
    map.split("beginbfchar")
        .skip(1)
        .flat_map(|block| block.split("endbfchar").next().unwrap().lines())
        .filter_map(|line| line.split_once(' '))
        .map(|(cid, text)| (hex(cid)[0], String::from_utf16(&hex(text)).unwrap()))
        .collect()
}

/// What a reader that knows ActualText copies from a page, a text section a line; and whether it needed ActualText.
fn extract(file: &Document, page: ObjectId) -> (Vec<String>, bool) {
    let maps: BTreeMap<String, BTreeMap<u16, String>> =
        fonts(file).iter().map(|(name, font)| (name.clone(), to_unicode(file, font))).collect();
    let content = Content::decode(&file.get_page_content(page)).unwrap();
    let (mut texts, mut current, mut font) = (Vec::new(), String::new(), String::new());
    let (mut actual, mut spans) = (false, false);
    for operation in content.operations {
        match operation.operator.as_str() {
            "BDC" => {
                let properties = operation.operands[1].as_dict().unwrap();
                current += &text_of(properties.get(b"ActualText").unwrap());
                (actual, spans) = (true, true);
            }
            "EMC" => actual = false,
            "Tf" => {
                font = String::from_utf8(operation.operands[0].as_name().unwrap().to_vec()).unwrap()
            }
            "TJ" if !actual => {
                for part in operation.operands[0].as_array().unwrap() {
                    if let Ok(code) = part.as_str() {
                        current += &maps[&font][&u16::from_be_bytes([code[0], code[1]])];
                    }
                }
            }
            "ET" => texts.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    (texts, spans)
}

fn extracted(paper: &Paper) -> (Vec<String>, bool) {
    let file = read(&write(paper, &info(), &NoAttachments).unwrap());
    let first = file.get_pages()[&1];
    extract(&file, first)
}

#[test]
fn text_reads_back_as_typed() {
    let texts = [
        "发榜企业：上海示例新材料有限公司——揭榜事项（一）",
        "稀有字𬭎、𠮷、㐂，间隔号·与引号“”‘’",
        "AVATAR To. Wy, 12.5 μm ≤ 30 °C, fi fl ffi",
        "e\u{301} A\u{30A} 合成：é Å n\u{303}",
        "  前后有空格  ",
        "<&> (括号) \\ 反斜线 %",
    ];
    for face in Face::ALL {
        let (read, _) = extracted(&lines(face, &texts));
        assert_eq!(read, texts, "{face:?}");
    }
}

#[test]
fn characters_that_share_a_glyph_stay_apart() {
    // Kangxi radical 金 and the character 金, micro sign and mu: one glyph each in the Noto faces.
    let texts = ["金⾦金", "⼀一一", "µμμ"];
    let (read, spans) = extracted(&lines(Face::Song, &texts));
    assert_eq!(read, texts);
    assert!(spans, "one of two strings of a glyph stands in an ActualText span");
    assert!(!extracted(&lines(Face::Song, &["金一μ"])).1, "plain text needs no span");
}

#[test]
fn a_character_no_face_has_keeps_its_text() {
    let paper = lines(Face::Song, &["吉𠮷□"]);
    assert_eq!(extracted(&paper).0, ["吉𠮷□"]);
    let file = read(&write(&paper, &info(), &NoAttachments).unwrap());
    let content = file.get_page_content(file.get_pages()[&1]);
    // PDF/A-1 has no room for .notdef, glyph 0.
    assert!(!String::from_utf8_lossy(&content).contains("<0000>"));
}

#[test]
fn bytes_without_a_glyph_are_kept() {
    let mut run = shape(Face::Song, 12.0, 72.0, 90.0, "甲乙丙");
    // The layout dropped the glyph of 乙, and gave 丙 a second one.
    run.glyphs.remove(1);
    let last = run.glyphs[1];
    run.glyphs.push(Glyph { start: last.end, end: last.end, ..last });
    assert_eq!(extracted(&paper(vec![page(vec![Item::Text(run)])])).0, ["甲乙丙"]);
}

#[test]
fn a_run_whose_ranges_are_wrong_is_written_all_the_same() {
    let mut run = shape(Face::Song, f32::NAN, f32::INFINITY, 90.0, "甲乙");
    run.glyphs[0].start = 1;
    run.glyphs[0].end = 99;
    run.glyphs[1].advance = f32::NAN;
    run.glyphs[1].start = u32::MAX;
    let bytes = write(&paper(vec![page(vec![Item::Text(run)])]), &info(), &NoAttachments).unwrap();
    let file = read(&bytes);
    let content =
        String::from_utf8_lossy(&file.get_page_content(file.get_pages()[&1])).into_owned();
    assert!(!content.contains("NaN") && !content.contains("inf"), "{content}");
}

#[test]
fn glyphs_stand_where_the_layout_put_them() {
    let mut run = shape(Face::Song, 16.0, 100.0, 200.0, "揭榜To，表");
    for (i, glyph) in run.glyphs.iter_mut().enumerate() {
        glyph.advance += 0.7 * i as f32;
        glyph.dx = 0.3 * i as f32;
    }
    run.glyphs[1].dy = 2.5;
    let mut wanted = Vec::new();
    let mut x = 100.0;
    for glyph in &run.glyphs {
        wanted.push((x + glyph.dx, A4_HEIGHT - 200.0 + glyph.dy));
        x += glyph.advance;
    }
    let file =
        read(&write(&paper(vec![page(vec![Item::Text(run)])]), &info(), &NoAttachments).unwrap());
    let drawn = positions(&file);
    assert_eq!(drawn.len(), wanted.len());
    for ((x, y), (wanted_x, wanted_y)) in drawn.iter().zip(&wanted) {
        assert!(
            (x - wanted_x).abs() < 0.005 && (y - wanted_y).abs() < 0.005,
            "{drawn:?} {wanted:?}"
        );
    }
}

/// Where a viewer draws the glyphs of page 1, for text that is not turned.
fn positions(file: &Document) -> Vec<(f32, f32)> {
    let font = fonts(file).into_values().next().unwrap();
    let descendant =
        dictionary(file, &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0]);
    let widths = descendant.get(b"W").unwrap().as_array().unwrap();
    let first = widths[0].as_i64().unwrap();
    let widths = widths[1].as_array().unwrap();
    let content = Content::decode(&file.get_page_content(file.get_pages()[&1])).unwrap();
    let (mut x, mut y, mut size, mut rise) = (0.0, 0.0, 0.0, 0.0);
    let mut positions = Vec::new();
    for operation in content.operations {
        let number = |at: usize| operation.operands[at].as_float().unwrap();
        match operation.operator.as_str() {
            "Tf" => size = number(1),
            "Tm" => (x, y) = (number(4), number(5)),
            "Ts" => rise = number(0),
            "TJ" => {
                for part in operation.operands[0].as_array().unwrap() {
                    match part.as_str() {
                        Ok(code) => {
                            let cid = i64::from(u16::from_be_bytes([code[0], code[1]]));
                            positions.push((x, y + rise));
                            x += widths[(cid - first) as usize].as_float().unwrap() / 1000.0 * size;
                        }
                        Err(_) => x -= part.as_float().unwrap() / 1000.0 * size,
                    }
                }
            }
            _ => {}
        }
    }
    positions
}

#[test]
fn only_the_faces_used_are_embedded_and_only_their_glyphs() {
    let mut items = vec![
        Item::Text(shape(Face::Song, 12.0, 72.0, 90.0, "企业名称𬭎")),
        Item::Text(shape(Face::Kai, 12.0, 72.0, 120.0, "（一）攻关团队")),
    ];
    items.push(Item::Text(GlyphRun {
        glyphs: Vec::new(),
        ..shape(Face::Hei, 12.0, 0.0, 0.0, "无")
    }));
    let bytes = write(&paper(vec![page(items)]), &info(), &NoAttachments).unwrap();
    assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
    let file = read(&bytes);
    let fonts = fonts(&file);
    assert_eq!(fonts.keys().map(String::as_str).collect::<Vec<_>>(), ["Kai", "Song"]);
    for font in fonts.values() {
        let descriptor = descriptor(&file, font);
        let name =
            std::str::from_utf8(descriptor.get(b"FontName").unwrap().as_name().unwrap()).unwrap();
        let (tag, _) = name.split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()), "{name}");
        assert_eq!(font.get(b"BaseFont").unwrap().as_name().unwrap(), name.as_bytes());
        let program = stream(&file, descriptor.get(b"FontFile2").unwrap());
        let glyphs = rustybuzz::ttf_parser::Face::parse(&program, 0).unwrap().number_of_glyphs();
        let set = stream(&file, descriptor.get(b"CIDSet").unwrap());
        assert_eq!(set.iter().map(|byte| byte.count_ones()).sum::<u32>(), u32::from(glyphs));
    }
    let song = to_unicode(&file, &fonts["Song"]);
    assert!(song.values().any(|text| text == "𬭎") && song.len() == 5, "{song:?}");
}

#[test]
fn a_box_to_tick_reads_as_a_box() {
    let rect = |x| Rect { x, y: 100.0, width: 10.5, height: 10.5 };
    let boxes = [(72.0, true), (120.0, false)]
        .map(|(x, checked)| Item::CheckBox(CheckBox { rect: rect(x), checked }));
    let file = read(&write(&paper(vec![page(boxes.to_vec())]), &info(), &NoAttachments).unwrap());
    let (texts, _) = extract(&file, file.get_pages()[&1]);
    assert_eq!(texts, ["☑", "☐"]);
    let content = Content::decode(&file.get_page_content(file.get_pages()[&1])).unwrap();
    let strokes = content.operations.iter().filter(|operation| operation.operator == "S").count();
    assert_eq!(strokes, 3, "two outlines and a tick");
}

#[test]
fn the_file_says_what_it_is() {
    let mut paper = lines(Face::Song, &["正文"]);
    paper.pages.push(page(Vec::new()));
    let entry = |level, title: &str, page, y| OutlineEntry { level, title: title.into(), page, y };
    paper.outline = vec![entry(0, "一、基本情况", 0, 80.0), entry(1, "（一）团队", 1, 100.0)];
    let bytes = write(&paper, &info(), &NoAttachments).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.4\n"));
    let file = read(&bytes);

    let dict = dictionary(&file, file.trailer.get(b"Info").unwrap());
    let said = |key: &[u8]| text_of(dict.get(key).unwrap());
    assert_eq!(said(b"Title"), paper.title);
    assert_eq!(said(b"Author"), INFO.company);
    assert_eq!(said(b"Subject"), INFO.notice_title);
    assert_eq!(said(b"Keywords"), INFO.check_code);
    assert_eq!(said(b"Creator"), format!("揭榜通 {}", env!("CARGO_PKG_VERSION")));
    assert_eq!(said(b"CreationDate"), "D:20240708000000+08'00'");

    let catalog = file.catalog().unwrap();
    assert_eq!(text_of(catalog.get(b"Lang").unwrap()), "zh-CN");
    let metadata =
        file.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1.as_stream().unwrap();
    assert!(!metadata.dict.has(b"Filter"), "XMP stays readable without decompression");
    let xmp = String::from_utf8(metadata.content.clone()).unwrap();
    for part in [
        "<pdfaid:part>1</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "上海示例新材料有限公司 &lt;A&amp;B&gt;",
        "<pdf:Keywords>ABCD-EFGH-JKLM</pdf:Keywords>",
        "<xmp:CreateDate>2024-07-08T00:00:00+08:00</xmp:CreateDate>",
    ] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }

    let outlines = dictionary(&file, catalog.get(b"Outlines").unwrap());
    let first = dictionary(&file, outlines.get(b"First").unwrap());
    let child = dictionary(&file, first.get(b"First").unwrap());
    assert_eq!(text_of(first.get(b"Title").unwrap()), "一、基本情况");
    assert_eq!(text_of(child.get(b"Title").unwrap()), "（一）团队");
    let target = child.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(target[0].as_reference().unwrap(), file.get_pages()[&2]);
    assert!((target[3].as_float().unwrap() - (A4_HEIGHT - 100.0)).abs() < 0.01);
}

#[test]
fn the_same_paper_gives_the_same_bytes_in_every_thread() {
    let texts = ["揭榜方案——第一稿", "µμ ⾦金 𬭎", "To. AVA"];
    let mut paper = lines(Face::Song, &texts);
    for face in Face::ALL {
        paper.pages.extend(lines(face, &texts).pages);
    }
    let once = write(&paper, &info(), &NoAttachments).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| write(&paper, &info(), &NoAttachments).unwrap()))
            .collect();
        for thread in threads {
            assert!(thread.join().unwrap() == once);
        }
    });

    let id = |bytes: &[u8]| {
        let ids = read(bytes).trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        (ids[0].as_str().unwrap().to_vec(), ids.len())
    };
    let other = write(&lines(Face::Song, &["另一份"]), &info(), &NoAttachments).unwrap();
    assert_eq!(id(&once).1, 2);
    assert_ne!(id(&once), id(&other), "each paper has an ID of its own");
}

#[test]
fn pages_without_text_and_papers_without_pages() {
    assert!(matches!(
        write(&paper(Vec::new()), &info(), &NoAttachments),
        Err(PdfError::NoPages(_))
    ));

    let rule =
        Rule { from: Point { x: 72.0, y: 72.0 }, to: Point { x: 500.0, y: 72.0 }, width: 0.5 };
    let pages = vec![page(Vec::new()), page(vec![Item::Rule(rule)]), Page::default()];
    let file = read(&write(&paper(pages), &info(), &NoAttachments).unwrap());
    assert_eq!(file.get_pages().len(), 3);
    let sheet = file.get_dictionary(file.get_pages()[&3]).unwrap().get(b"MediaBox").unwrap();
    assert!(
        (sheet.as_array().unwrap()[2].as_float().unwrap() - A4_WIDTH).abs() < 0.01,
        "a sheet has a size"
    );
}

#[test]
fn two_hundred_pages() {
    let sheet = lines(Face::Song, &["第几页都有的一行", "another line, 12.5"]).pages.remove(0);
    let file = read(&write(&paper(vec![sheet; 200]), &info(), &NoAttachments).unwrap());
    assert_eq!(file.get_pages().len(), 200);
    assert_eq!(fonts(&file).len(), 1);
    assert_eq!(
        extract(&file, file.get_pages()[&200]).0,
        ["第几页都有的一行", "another line, 12.5"]
    );
}

#[test]
fn bold_is_a_face_of_its_own_and_never_a_thickened_one() {
    use jiebang::typeset::paragraph::{Paragraph, Style, set};
    let title = Paragraph::new("申请书誤字1×10⁻⁵", Style::new(Face::SongBold, 22.0, 36.0));
    let items = set(&title, 400.0).remove(0).items;
    let faces: Vec<(Face, &str)> = items
        .iter()
        .filter_map(|item| match item {
            Item::Text(run) => Some((run.face, run.text.as_str())),
            _ => None,
        })
        .collect();
    let [bold, song, scripts] = [Face::SongBold, Face::Song, Face::SongScripts];
    let expected = [(bold, "申请书"), (song, "誤"), (bold, "字1×10"), (scripts, "⁻⁵")];
    assert_eq!(faces, expected);
    let file = read(&write(&paper(vec![page(items)]), &info(), &NoAttachments).unwrap());
    let content = Content::decode(&file.get_page_content(file.get_pages()[&1])).unwrap();
    for operation in content.operations {
        // 2 fills and strokes; a thickened letter needs that or a stroke.
        let is_mode = operation.operator == "Tr";
        assert!(!is_mode || operation.operands[0].as_i64().unwrap() == 0, "{operation:?}");
        assert!(!["S", "s", "B", "b"].contains(&operation.operator.as_str()), "{operation:?}");
    }
    assert_eq!(extract(&file, file.get_pages()[&1]).0.concat(), "申请书誤字1×10⁻⁵");
}
