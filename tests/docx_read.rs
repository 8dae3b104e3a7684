//! Letters already written in Word: what is taken over, what is put aside, what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Cursor, Write};

use jiebang::domain::{Application, Role};
use jiebang::export::NoAttachments;
use jiebang::export::docx::read::{ImportedLetter, LetterError, read_letter};
use jiebang::export::docx::{Info, write};
use jiebang::rules::notice::{Form, bundled};
use jiebang::store::samples::sample;
use jiebang::typeset::forms::write_down;
use jiebang::typeset::paragraph::typed_lines;
use jiebang::typeset::{Options, PaperKind};

fn form() -> &'static Form {
    &bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap().forms.application
}

fn section<'a>(letter: &'a ImportedLetter, name: &str) -> &'a str {
    let found = letter.sections.iter().find(|section| section.name == name);
    found.map_or("", |section| section.text.as_str())
}

fn names(letter: &ImportedLetter) -> Vec<&'static str> {
    letter.sections.iter().map(|section| section.name).collect()
}

fn aside(letter: &ImportedLetter) -> String {
    letter.aside.iter().map(|aside| format!("[{}]{}\n", aside.place, aside.text)).collect()
}

const HEAD: &str = "<w:document xmlns:w=\"w\"><w:body>";
const FOOT: &str = "</w:body></w:document>";

/// A `.docx` of parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn of_body(body: &str) -> Vec<u8> {
    packed(&[("word/document.xml", format!("{HEAD}{body}{FOOT}").as_bytes())])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn read_body(body: &str) -> ImportedLetter {
    read_letter(&of_body(body), form()).unwrap()
}

#[test]
fn a_letter_exported_and_read_again_has_the_same_sections() {
    for id in ["shanghai-2024", "wuhan-2024"] {
        let draft = &sample(id, Role::Solver).unwrap().draft;
        let notice = bundled().iter().find(|notice| notice.id == id).unwrap();
        let date = "2024-07-08".parse().unwrap();
        for (n, application) in draft.applications.iter().enumerate() {
            let options = Options { date, draft_mark: true };
            let paper = write_down(PaperKind::Application(n), draft, notice, options);
            let info = Info { company: &draft.company.name, date, draft_mark: true };
            let file = write(&paper, &info, &NoAttachments).unwrap();
            let letter = read_letter(&file, &notice.forms.application).unwrap();
            assert_eq!(names(&letter), Application::SECTIONS);
            for name in Application::SECTIONS {
                let written = &application.section(name).unwrap().opening;
                let typed: Vec<_> = typed_lines(written).collect();
                assert_eq!(section(&letter, name), typed.join("\n"), "{id} {n} {name}");
            }
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
    let texts: Vec<_> = letter.sections.iter().map(|section| section.text.as_str()).collect();
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
    assert_eq!(letter.pictures, ["图片 1“路线图.png”，在“四、合作方式”中"]);
}

#[test]
fn tables_are_lines_with_tabs_and_raised_digits_stay_raised() {
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
        "公司主营长玻纤材料，2023年营业收入 28600 万元。\n公司厂区"
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
    assert_eq!(letter.pictures.len(), 1, "{:?}", letter.pictures);
    assert!(letter.pictures[0].contains("一、中小企业基本情况简介"), "{:?}", letter.pictures);
}

#[test]
fn a_letter_of_libreoffice_without_numbers_is_taken_over() {
    let letter = of_other_program("libreoffice.docx");
    assert_eq!(names(&letter), Application::SECTIONS, "{letter:#?}");
    assert_eq!(section(&letter, "capability"), "1. 研发队伍\n2. 创新成果");
    assert_eq!(section(&letter, "plan/team"), "姓名\t本项目分工\n何示例\t配方 验证");
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
    assert_eq!(section(&letter, "plan/route"), "阶段\t任务\n一\t配方\t定型");
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
