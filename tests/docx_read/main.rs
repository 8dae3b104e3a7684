//! Letters already written in Word: what is taken over, what is put aside, what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod letters;

use std::collections::BTreeSet;
use std::io::{self, Cursor};

use jiebang::domain::{Application, Attachment, Guide, Role};
use jiebang::export::docx::read::{ImportedLetter, LetterError, read_letter};
use jiebang::export::docx::{Info, write};
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::forms::write_down;
use jiebang::typeset::{Options, PaperKind};

use letters::*;

#[test]
fn a_letter_exported_and_read_again_has_the_same_sections() {
    for id in ["shanghai-2024", "wuhan-2024"] {
        let sample = sample(id, Role::Solver).unwrap();
        let draft = &sample.draft;
        let source = |wanted: &Attachment| {
            let found = sample.files.iter().find(|(file, _)| file.sha256 == wanted.sha256);
            found.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| io::Error::other("missing"))
        };
        let notice = bundled().iter().find(|notice| notice.id == id).unwrap();
        let date = "2024-07-08".parse().unwrap();
        for (n, application) in draft.applications.iter().enumerate() {
            let options = Options { date, draft_mark: true };
            let paper = write_down(PaperKind::Application(n), draft, notice, options);
            let info =
                Info { company: &draft.company.name, date, draft_mark: true, double_sided: false };
            let file = write(&paper, &info, &source).unwrap();
            let letter = read_letter(&file, &notice.forms.application).unwrap();
            assert_eq!(names(&letter), Application::SECTIONS);
            for (found, name) in letter.sections.iter().zip(Application::SECTIONS) {
                let written = as_typed(application.section(name).unwrap());
                assert_eq!(unnamed(&found.body), unnamed(&written), "{id} {n} {name}");
            }
            let figures = application.figures().map(|(.., figure)| &figure.file.sha256);
            let kept = letter.pictures.iter().map(|kept| &kept.file.sha256);
            assert_eq!(kept.collect::<BTreeSet<_>>(), figures.collect::<BTreeSet<_>>());
            let aside = aside(&letter);
            assert!(aside.contains(&application.item.name), "the cover: {aside}");
            let evidence = application.evidence.first().unwrap();
            assert!(aside.contains(evidence.name.trim()), "the list of evidence: {aside}");
        }
    }
}

#[test]
fn headings_are_known_in_other_numbers_widths_and_words() {
    let body: String = [
        "１．企业基本情况简介",
        "甲",
        "二、 技术创新能力",
        "乙",
        "三、针对揭榜需求拟采取的技术攻关方案",
        "(一)攻关团队情况,团队成员曾主持或参与的项目;",
        "丙",
        "（二） 预期目标，包括指标数值、测试场景及评价方式等；",
        "丁",
        "（三）技术路线",
        "戊",
        "（四）进度安排及阶段性任务",
        "己",
        "（5）潜在风险及应对措施：原料涨价。",
        "庚",
        "希望采取的合作方式",
        "辛",
    ]
    .map(paragraph)
    .concat();
    let letter = read_body(&body);
    let texts: Vec<_> = letter.sections.iter().map(|s| s.body.opening.as_str()).collect();
    assert_eq!(names(&letter), Application::SECTIONS, "{letter:?}");
    assert_eq!(texts, ["甲", "乙", "丙", "丁", "戊", "己", "原料涨价。\n庚", "辛"]);
    assert!(letter.aside.is_empty(), "{letter:?}");
}

#[test]
fn text_that_only_begins_like_a_heading_stays_text() {
    let lines = [
        "一、中小企业基本情况简介",
        "（一）攻关团队由18人组成，其中博士3人，成员来自材料、工艺、检测三个部门。",
        "技术路线是先小试后中试。",
        "2. 公司的预期目标是三年内上市，五年内成为行业前三，并在华东建立第二个生产基地和研发中心。",
        "四、五月份完成搬迁",
    ];
    let letter = read_body(&lines.map(paragraph).concat());
    assert_eq!(names(&letter), ["introduction"]);
    assert_eq!(section(&letter, "introduction"), lines[1..].join("\n"));
}

#[test]
fn what_belongs_to_no_section_is_put_aside_and_nothing_is_lost() {
    let body = format!(
        "{}{}{}{}<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>五、其他说明</w:t></w:r></w:p>{}{}",
        paragraph("封面标题"),
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>三、技术攻关方案</w:t></w:r></w:p>",
        paragraph("总的思路"),
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>四、合作方式</w:t></w:r></w:p>\
         <w:p><w:r><w:t>委托</w:t></w:r><w:r><w:drawing><wp:docPr id=\"1\" name=\"图 1\" descr=\"路线图.png\"/>\
         <a:blip/></w:drawing></w:r></w:p>",
        paragraph("另有说明"),
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></w:pict>\
         </w:r></w:p>",
    );
    let letter = read_body(&body);
    assert_eq!(names(&letter), ["cooperation"]);
    assert_eq!(section(&letter, "cooperation"), "委托");
    let aside = aside(&letter);
    for (place, text) in [
        ("第一个标题之前", "封面标题"),
        ("三、技术攻关方案", "总的思路"),
        ("五、其他说明", "另有说明"),
        ("文本框", "框里的话"),
    ] {
        assert!(aside.contains(&format!("[{place}]{text}")), "{aside}");
    }
    let told = "“四、合作方式”中的图片“路线图.png”，不是 JPEG 或 PNG 图片（图表、公式等，或没有存在文档里）";
    assert_eq!(letter.left_out, [told]);
}

#[test]
fn tables_stay_tables_and_raised_digits_stay_raised() {
    let cell = |text: &str| format!("<w:tc>{}{}</w:tc>", paragraph(text), paragraph(""));
    let row = |cells: [&str; 2]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let body = format!(
        "{}<w:tbl>{}{}</w:tbl>{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("（二）预期目标"),
        row(["指标", "目标值"]),
        row(["密度", ""]),
        "<w:p><w:r><w:t>每平方米 5 kg/m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>\
         <w:t>2</w:t></w:r><w:del><w:r><w:t>删去的</w:t></w:r></w:del></w:p>",
        paragraph("框中的一段"),
    );
    let letter = read_body(&body);
    assert_eq!(
        section(&letter, "plan/targets"),
        "指标\t目标值\n密度\t\n每平方米 5 kg/m²\n框中的一段"
    );
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

#[test]
fn cells_that_were_one_fall_apart_and_a_header_is_known() {
    let row = |properties: &str, cells: &[String]| {
        format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
    };
    let span = "<w:gridSpan w:val=\"2\"/>";
    let body = [
        paragraph("（三）技术路线"),
        paragraph("先看表 1。"),
        paragraph("表3-1：设备与台数"),
        "<w:tbl>".to_owned(),
        row("<w:tblHeader/>", &[cell("", "设备"), cell(span, "台数，合计 9")]),
        row("", &[cell("<w:vMerge w:val=\"restart\"/>", "注塑机"), cell("", "大"), cell("", "4")]),
        row("", &[cell("<w:vMerge/>", ""), cell("", "小"), cell("", "5")]),
        "</w:tbl>".to_owned(),
        paragraph("表 1 列出了全部设备。"),
        "<w:tbl>".to_owned(),
        row("", &[cell("", "甲"), cell("", "乙")]),
        row("", &[cell("", "丙"), cell("", "丁")]),
        "</w:tbl>".to_owned(),
    ];
    let letter = read_body(&body.concat());
    let [first, second] = &tables(&letter, "plan/route")[..] else { panic!("{letter:#?}") };
    assert_eq!((first.caption.as_str(), first.header, first.guide), ("设备与台数", true, None));
    assert_eq!(first.rows, [["设备", "台数，合计 9", ""], ["注塑机", "大", "4"], ["", "小", "5"]]);
    assert_eq!(
        (second.caption.as_str(), second.header),
        ("", false),
        "one table says what is its header"
    );
    let text = section(&letter, "plan/route");
    assert!(
        text.starts_with("先看表 1。\n设备\t") && text.contains("\n表 1 列出了全部设备。\n甲"),
        "{text}"
    );
}

#[test]
fn the_columns_of_the_notice_are_known_whoever_wrote_them() {
    let row = |words: &[&str]| {
        let cells: String = words.iter().map(|word| cell("", word)).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    for &guide in Guide::ALL {
        let columns = guide.columns();
        let spaced = columns.join("|").replace("问题", "问 题");
        let first: Vec<&str> = spaced.split('|').collect();
        let body = format!(
            "{}<w:tbl>{}{}</w:tbl>",
            paragraph("（四）时间进度安排"),
            row(&first),
            row(&vec!["一"; columns.len()])
        );
        let found = tables(&read_body(&body), "plan/schedule");
        assert_eq!((found[0].guide, found[0].header), (Some(guide), true));
    }
}

#[test]
fn a_table_larger_than_a_letter_may_have_is_text_and_loses_no_cell() {
    let wide: String = (0..30).map(|n| cell("", &format!("列{n}"))).collect();
    let tall: String =
        (0..600).map(|n| format!("<w:tr>{0}{0}</w:tr>", cell("", &format!("行{n}")))).collect();
    let hostile = cell("<w:gridSpan w:val=\"4000000000\"/>", "宽") + &cell("", "后");
    let body = format!(
        "{}<w:tbl><w:tr>{wide}</w:tr><w:tr>{wide}</w:tr></w:tbl><w:tbl>{tall}</w:tbl><w:tbl><w:tr>{hostile}</w:tr></w:tbl>",
        paragraph("（三）技术路线"),
    );
    let letter = read_body(&body);
    assert!(tables(&letter, "plan/route").is_empty());
    let text = section(&letter, "plan/route");
    for words in ["列29\n", "行599\t行599", "宽\t", "后"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn pictures_become_figures_and_those_that_cannot_are_told_of() {
    let (jpeg, png, bmp) = (picture("exif-6.jpg"), picture("alpha.png"), picture("bitmap.bmp"));
    let mut emf = vec![0; 60];
    emf[40..44].copy_from_slice(b" EMF");
    let bomb = vec![0; 21 << 20];
    let file = with_pictures(&[
        ("a.jpeg", &jpeg),
        ("b.png", &png),
        ("c.bmp", &bmp),
        ("d.emf", &emf),
        ("e.png", &png[..png.len() / 2]),
        ("f.png", &bomb),
        ("g.png", &png),
    ]);
    let letter = read_letter(&file, form()).unwrap();
    let body = &letter.sections[0].body;
    let figures: Vec<_> =
        body.figures().map(|(_, f)| (f.caption.as_str(), f.pixels, f.width)).collect();
    // 2800350 EMU are half of the 156 mm that a letter's text is wide by itself.
    assert_eq!(
        figures,
        [("说明0", [300, 200], 0), ("说明1", [300, 200], 50), ("说明6", [300, 200], 0)]
    );
    let names: Vec<_> = letter.pictures.iter().map(|kept| kept.file.name.as_str()).collect();
    assert_eq!(names, ["a.jpeg", "b.png"], "each content once");
    for (told, words) in letter.left_out.iter().zip(["BMP", "EMF", "不完整", "超过 20 MB"]) {
        assert!(told.contains(words) && told.contains("（三）技术路线"), "{told}");
    }
    assert_eq!(letter.left_out.len(), 4);
    let text = section(&letter, "plan/route");
    assert!(text.contains("图 3 说明2"), "the caption of a picture left out stays as text: {text}");
}

#[test]
fn hostile_files_are_refused_in_words() {
    let refused = |bytes: &[u8]| read_letter(bytes, form()).unwrap_err();
    let deep = |levels: usize| {
        of_body(&format!("{}{}", "<w:sdt>".repeat(levels), "</w:sdt>".repeat(levels)))
    };
    assert_eq!(refused(&deep(100)), LetterError::Hostile);
    assert_eq!(refused(&deep(20)), LetterError::Empty);
    let entities =
        "<!DOCTYPE d [<!ENTITY a \"哈哈\"><!ENTITY b \"&a;&a;\">]><w:document>&b;</w:document>";
    assert_eq!(
        refused(&packed(&[("word/document.xml", entities.as_bytes())])),
        LetterError::Hostile
    );
    let bomb = vec![b' '; 40 << 20];
    let bomb = packed(&[("word/document.xml", &bomb)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused(&bomb), LetterError::Bomb);
    assert_eq!(refused(&of_body(&"<w:p/>".repeat(60_000))), LetterError::TooMuch);
    assert_eq!(refused(&of_body(&paragraph(&"字".repeat(300_001)))), LetterError::TooMuch);
    assert_eq!(refused(&vec![0; (64 << 20) + 1]), LetterError::TooLarge);
    assert_eq!(refused(&[0xD0, 0xCF, 0x11, 0xE0, 0]), LetterError::OldOrLocked);
    assert_eq!(refused(b"{\"schema\": 1}"), LetterError::NotWord);
    assert_eq!(refused(&packed(&[("a.txt", b"a")])), LetterError::NotWord);
    let whole = of_body(&paragraph("一、中小企业基本情况简介"));
    for cut in [1, 2, 10, whole.len() / 2, whole.len() - 1] {
        let error = refused(&whole[..cut]);
        assert!(error.to_string().contains("导入"), "{error}");
    }
    assert_eq!(
        refused(&packed(&[("word/document.xml", b"<w:document><w:p>")])),
        LetterError::Damaged
    );
}

fn of_other_program(name: &str) -> ImportedLetter {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    read_letter(&std::fs::read(folder.join(name)).unwrap(), form()).unwrap()
}

#[test]
fn a_letter_of_pandoc_is_taken_over() {
    let letter = of_other_program("pandoc.docx");
    assert_eq!(names(&letter), Application::SECTIONS, "{letter:#?}");
    assert_eq!(
        section(&letter, "introduction"),
        "公司主营长玻纤材料，2023年营业收入 28600 万元。\n[图]公司厂区"
    );
    let capability = section(&letter, "capability");
    for line in [
        "1. 研发队伍：74 人。",
        "2. 创新成果：专利 41 件，密度 1.12 g/cm³，排放 CO₂ 减少三成。",
        "标准制定",
        "牵头团体标准 1 项。",
    ] {
        assert!(capability.lines().any(|own| own == line), "{line}: {capability}");
    }
    assert_eq!(section(&letter, "plan/team"), "姓名\t职称\n周示例\t高工\n陆示例\t工程师");
    assert_eq!(section(&letter, "plan/risks"), "原料涨价：锁定价格。");
    assert_eq!(section(&letter, "cooperation"), "项目委托。");
    let aside = aside(&letter);
    for (place, text) in
        [("五、附件说明", "另附检测报告。"), ("脚注", "经审计。"), ("第一个标题之前", "揭榜申请书")]
    {
        assert!(aside.contains(&format!("[{place}]{text}")), "{aside}");
    }
    let [picture] = &letter.pictures[..] else { panic!("{:?}", letter.pictures) };
    assert!(picture.bytes.starts_with(b"\x89PNG") && letter.left_out.is_empty());
}

#[test]
fn a_letter_of_libreoffice_without_numbers_is_taken_over() {
    let letter = of_other_program("libreoffice.docx");
    assert_eq!(names(&letter), Application::SECTIONS, "{letter:#?}");
    assert_eq!(section(&letter, "capability"), "1. 研发队伍\n2. 创新成果");
    assert_eq!(section(&letter, "plan/team"), "姓名\t本项目分工\n何示例\t配方\n验证");
    assert_eq!(section(&letter, "plan/route"), "双组分低密度填料。");
    assert_eq!(section(&letter, "plan/risks"), "沉降：改用触变剂。");
    assert_eq!(letter.aside.len(), 1, "{:?}", letter.aside);
    assert_eq!(letter.aside[0].text, "中小企业“揭榜”申请书");
}

#[test]
fn a_letter_without_heading_styles_is_taken_over() {
    let letter = of_other_program("python_docx.docx");
    assert_eq!(names(&letter), Application::SECTIONS, "{letter:#?}");
    assert_eq!(section(&letter, "introduction"), "公司成立于 2016 年。\t员工 362 人。");
    assert_eq!(section(&letter, "capability"), "1. 研发投入占 6.9%。\n（1）专利 41 件；");
    assert_eq!(section(&letter, "plan/targets"), "壳体不烧穿。");
    assert_eq!(section(&letter, "plan/route"), "阶段\t任务\t\n一\t配方\t定型");
    assert_eq!(section(&letter, "plan/risks"), "原料涨价。");
    assert_eq!(letter.aside.len(), 1, "{:?}", letter.aside);
}

/// A file with one of its parts changed.
fn mutated(file: &[u8], change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let name = entry.name().unwrap().into_owned();
        let is_read = ["_rels/", "word/_rels/", "word/document", "word/styles.", "word/numbering"];
        if !is_read.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
        if name == "word/document.xml" || name == "word/numbering.xml" {
            change(&mut content);
        }
        parts.push((name, content));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    packed(&parts)
}

#[test]
fn a_damaged_file_is_read_or_refused_and_never_breaks_the_program() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    let (mut read, mut refused) = (0, 0);
    for name in ["pandoc.docx", "libreoffice.docx", "python_docx.docx"] {
        let file = std::fs::read(folder.join(name)).unwrap();
        let mut random = 88_172_645_463_325_252_u64;
        for _ in 0..80 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let damaged = mutated(&file, |content| {
                let at = random as usize % content.len();
                let end = (at + (random >> 40) as usize % 60).min(content.len());
                match random % 3 {
                    0 => content[at] = (random >> 8) as u8,
                    1 => drop(content.drain(at..end)),
                    _ => content.extend_from_within(at..end),
                }
            });
            match read_letter(&damaged, form()) {
                Ok(_) => read += 1,
                Err(error) => refused += usize::from(!error.to_string().is_empty()),
            }
        }
    }
    assert_eq!(read + refused, 240);
    assert!(read > 20 && refused > 20, "{read} {refused}");
}
