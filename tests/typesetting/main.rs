//! Sentences of real papers set at several widths: the rules of Chinese lines hold on each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod blanks;
mod edges;
mod ends;
mod evenness;
mod marks;
mod numbers;
mod pages;
mod random;

use jiebang::domain::{Application, Role};
use jiebang::rules::notice;
use jiebang::store::samples::sample;
use jiebang::typeset::page::{Face, Glyph, Item};
use jiebang::typeset::paragraph::{Align, Line, Paragraph, Style, set, typed_lines};

/// Never at a line's end.
const NO_END: &str = "“‘（《〈「『【〔";
const SIZE: f32 = 15.75;

/// Widths, pt: the letter's line, a wide cell, a narrow one.
const WIDTHS: [f32; 5] = [442.2, 431.7, 310.0, 201.3, 142.0];

const SENTENCES: [&str; 9] = [
    "公司成立于2016年5月18日，注册资本3000万元，现有职工168人（其中研发人员52人），2023年营业收入8642.5万元，同比增长17.3%。",
    "按照“揭榜挂帅”的要求，针对‘卡脖子’环节——耐高温、阻燃、低翘曲——提出“材料—工艺—装备”一体化方案，并承诺：按期、按质、按量完成！",
    "已取得《一种阻燃改性材料及其制备方法》（专利号：ZL202010000000.0）等发明专利12项，参与制定GB/T 2408—2021、ISO 1043-1:2011等标准。",
    "熔融指数（MFI）≥ 18 g/10 min（230 ℃，2.16 kg）；阻燃等级达到UL 94 V-0（1.5 mm）；热变形温度由95℃提高到128℃，波动不超过±2‰。",
    "项目负责人阿不都热依木·买买提，博士、教授级高级工程师；联系邮箱abudureyimu.maimaiti@example.com.cn，电话021-68811103转8001。",
    "如果失败了怎么办？……我们准备了三条路线：（一）替换阻燃体系；（二）调整螺杆组合；（三）与华东某大学（“211工程”高校）共同攻关……直到成功。",
    "“（《“‘引号’套引号”》）”，“是的。”“好！”他说：“‘试制’（中试）‘量产’，一样不能少。”",
    "在上海、江苏、浙江、安徽等省（市）建有5个生产基地、3个研发中心、12条生产线，产品出口德国、日本、韩国等20多个国家和地区。",
    "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥",
];

/// The sentences above and every paragraph of the sample letters.
fn sentences() -> Vec<String> {
    let mut sentences: Vec<String> = SENTENCES.map(str::to_owned).into();
    for notice in notice::bundled() {
        let draft = sample(&notice.id, Role::Solver).unwrap().draft;
        let letters = draft.applications.iter();
        let sections = letters.flat_map(Application::sections);
        let texts = sections.flat_map(|(_, body)| body.words());
        sentences.extend(texts.flat_map(typed_lines).map(str::to_owned));
    }
    assert!(sentences.len() > 60, "{}", sentences.len());
    sentences
}

fn justified(text: &str) -> Paragraph {
    Paragraph::new(text, Style::new(Face::Song, SIZE, 28.95).indented().align(Align::Justify))
}

fn text_of(line: &Line) -> String {
    let items = line.items.iter();
    let texts = items.filter_map(|item| match item {
        Item::Text(run) => Some(run.text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Each sentence at each width as lines with their texts.
fn each(mut check: impl FnMut(&str, f32, &[(Line, String)])) {
    for sentence in sentences() {
        for width in WIDTHS {
            let lines = set(&justified(&sentence), width).into_iter();
            let lines: Vec<_> = lines.map(|line| (line.clone(), text_of(&line))).collect();
            check(&sentence, width, &lines);
        }
    }
}

fn first(text: &str) -> char {
    text.trim_start().chars().next().unwrap_or(' ')
}

fn last(text: &str) -> char {
    text.trim_end().chars().next_back().unwrap_or(' ')
}

/// A character of a line as it is printed.
struct Printed {
    character: char,
    glyph: Glyph,
    face: Face,
    /// Where the pen stands before it, pt.
    pen: f32,
}

/// The characters of a line that stand for a glyph each; the first one of a cluster.
fn printed(line: &Line) -> Vec<Printed> {
    let mut all = Vec::new();
    for item in &line.items {
        let Item::Text(run) = item else { continue };
        let mut pen = run.origin.x;
        for glyph in &run.glyphs {
            let text = &run.text[glyph.start as usize..glyph.end as usize];
            if let Some(character) = text.chars().next() {
                all.push(Printed { character, glyph: *glyph, face: run.face, pen });
            }
            pen += glyph.advance;
        }
    }
    all
}

/// The texts of the lines of a paragraph.
fn set_texts(paragraph: &Paragraph, width: f32) -> Vec<String> {
    set(paragraph, width).iter().map(text_of).collect()
}
