//! Random texts, rows of marks and odd columns: nothing is lost, nothing overlaps, and marks stand where
//! they may.

use jiebang::typeset::page::{Face, Item};
use jiebang::typeset::paragraph::{Align, Inline, Line, Paragraph, Style, set};

struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below
    }
}

const PIECES: [&str; 60] = [
    "甲",
    "乙",
    "公司",
    "研发",
    "技术攻关",
    "，",
    "。",
    "、",
    "；",
    "：",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "‘",
    "’",
    "——",
    "……",
    "—",
    "…",
    "·",
    "～",
    "–",
    "-",
    "/",
    " ",
    "  ",
    "\u{3000}",
    "\t",
    "a",
    "PA66",
    "polypropylene",
    "1180 mm",
    "3.5%",
    "℃",
    "2024年",
    "GB/T 2408—2021",
    "1.0×10¹²",
    "https://a.example.com/b?c=d",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d",
    "😀",
    "👨‍👩‍👧",
    "e\u{301}",
    "龘",
    "𠮷",
    "①",
    "【",
    "】",
    "\u{200B}",
    "\u{FE0F}",
    "\u{301}",
    "(",
    ")",
    "[",
    "]",
    "!",
    "％",
    "Ω·cm",
];

fn texts(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            let runs = line.items.iter().filter_map(|item| match item {
                Item::Text(run) => Some(run.text.as_str()),
                _ => None,
            });
            runs.collect()
        })
        .collect()
}

fn random_text(random: &mut Random, most: usize) -> String {
    let count = random.next(most) + 1;
    (0..count).map(|_| PIECES[random.next(PIECES.len())]).collect()
}

fn each(mut check: impl FnMut(&str, f32, Align, &[Line])) {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let aligns = [Align::Left, Align::Centre, Align::Right, Align::Justify, Align::Spread];
    for _ in 0..1500 {
        let text = random_text(&mut random, 60);
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        for _ in 0..3 {
            let width = [442.2, 310.0, 142.0, 80.0, 46.0, 34.0][random.next(6)];
            let align = aligns[random.next(5)];
            let style = Style::new(Face::Song, 15.75, 28.95).align(align);
            let style = if width > 80.0 { style.indented() } else { style };
            check(text, width, align, &set(&Paragraph::new(text, style), width));
        }
    }
}

#[test]
fn no_character_is_lost_or_moved() {
    let mut failures = Vec::new();
    each(|text, width, align, lines| {
        if texts(lines).concat() != text.replace('\t', "\u{3000}") {
            failures.push(format!("{align:?} {width}: {text:?} became {:?}", texts(lines)));
        }
    });
    assert!(
        failures.is_empty(),
        "{} such as {:#?}",
        failures.len(),
        &failures[..failures.len().min(3)]
    );
}

#[test]
fn no_line_is_wider_than_its_column() {
    let mut failures = Vec::new();
    each(|text, width, align, lines| {
        for (line, words) in lines.iter().zip(texts(lines)) {
            let right = line.left + line.width;
            let one = words.trim_end().chars().count() <= 2;
            if (right > width + 0.02 || right.is_nan()) && !one {
                failures.push(format!("{align:?} {width}: {right}: {words:?} of {text:?}"));
            }
        }
    });
    assert!(
        failures.is_empty(),
        "{} such as {:#?}",
        failures.len(),
        &failures[..failures.len().min(4)]
    );
}

#[test]
fn the_glyphs_of_a_line_end_where_the_line_does() {
    let mut failures = Vec::new();
    each(|text, width, align, lines| {
        for line in lines {
            for item in &line.items {
                let Item::Text(run) = item else { continue };
                let trailing = run.text.len() - run.text.trim_end().len();
                let solid: f32 = run
                    .glyphs
                    .iter()
                    .filter(|g| (g.start as usize) < run.text.len() - trailing)
                    .map(|g| g.advance)
                    .sum();
                let end = run.origin.x + solid;
                if end > line.left + line.width + 0.02 || end.is_nan() {
                    failures.push(format!(
                        "{align:?} {width}: {} {} of {text:?}: {:?}",
                        run.origin.x + solid,
                        line.left + line.width,
                        run.text
                    ));
                }
                for glyph in &run.glyphs {
                    if glyph.advance < -0.001 || glyph.advance.is_nan() || !glyph.dx.is_finite() {
                        failures.push(format!(
                            "advance {} of {:?} in {text:?}",
                            glyph.advance,
                            run.text.get(glyph.start as usize..glyph.end as usize)
                        ));
                    }
                }
            }
        }
    });
    assert!(
        failures.is_empty(),
        "{} such as {:#?}",
        failures.len(),
        &failures[..failures.len().min(6)]
    );
}

#[test]
fn no_forbidden_mark_at_a_line_start_or_end_in_wide_columns() {
    let mut failures = Vec::new();
    each(|_, width, align, lines| {
        if width < 140.0 {
            return;
        }
        let all = texts(lines);
        for pair in all.windows(2) {
            let end = pair[0].chars().next_back().unwrap_or(' ');
            let start = pair[1].chars().next().unwrap_or(' ');
            if "，。、；：？！）》”’】％℃)]!".contains(start) || "（《“‘【([".contains(end)
            {
                failures.push(format!("{align:?} {width}: {:?} | {:?}", pair[0], pair[1]));
            }
        }
    });
    assert!(
        failures.is_empty(),
        "{} such as {:#?}",
        failures.len(),
        &failures[..failures.len().min(12)]
    );
}

#[test]
fn long_rows_of_dashes_and_ellipses_are_parted_between_whole_marks() {
    let mut failures = Vec::new();
    for mark in ["——", "……"] {
        for before in ["", "甲", "甲乙", "甲乙丙"] {
            for align in [Align::Left, Align::Justify] {
                let text = format!("{before}{}", mark.repeat(80));
                let style = Style::new(Face::Song, 15.75, 28.95).align(align);
                let all = texts(&set(&Paragraph::new(text, style), 300.0));
                for line in all {
                    let half = mark.chars().next().unwrap();
                    if line.chars().filter(|&c| c == half).count() % 2 == 1 {
                        failures.push(format!("{mark} after {before:?} {align:?}: {line}"));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} {:#?}", failures.len(), &failures[..failures.len().min(8)]);
}

#[test]
fn odd_widths_do_no_harm() {
    for width in [0.0, 1.0, -5.0, f32::NAN, f32::INFINITY, f32::MAX] {
        for align in [Align::Left, Align::Centre, Align::Right, Align::Justify, Align::Spread] {
            for text in ["", " ", "\u{3000}", "甲", "，", "（甲）", "甲——乙", "a b c", "传　真"]
            {
                let style = Style::new(Face::Song, 10.5, 15.5).align(align).indented();
                let lines = set(&Paragraph::new(text, style.clone()), width);
                assert_eq!(texts(&lines).concat(), text, "{width} {align:?}");
                let blank = Inline::Blank {
                    text: text.into(),
                    tail: "省".into(),
                    least: 50.0,
                    field: None,
                };
                let paragraph = Paragraph { inlines: vec![blank], style, field: None };
                for line in set(&paragraph, width) {
                    for item in &line.items {
                        if let (Item::Text(run), true) = (item, width.is_finite()) {
                            assert!(run.origin.x.is_finite(), "{width} {align:?} {text}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn blanks_of_many_lengths_stay_in_their_column() {
    let mut random = Random(77);
    let mut failures = Vec::new();
    for _ in 0..1500 {
        let filled = if random.next(6) == 0 { String::new() } else { random_text(&mut random, 14) };
        let label = ["企业名称：", "（国民经济行业分类）", "", "省级（", "name: "][random.next(5)];
        let tail = ["", "省", "）", "——"][random.next(4)];
        let width = [442.2_f32, 200.0, 120.0][random.next(3)];
        let least = random.next(500) as f32;
        let mut style = Style::new(Face::Song, 10.5, 15.5);
        if random.next(2) == 0 && width > 130.0 {
            style = style.hanging(10.5 * label.chars().count() as f32);
        }
        let inlines = vec![
            Inline::Text { text: label.to_owned(), face: None },
            Inline::Blank { text: filled.clone(), tail: tail.to_owned(), least, field: None },
        ];
        let lines = set(&Paragraph { inlines, style, field: None }, width);
        let whole = format!("{label}{filled}{tail}").replace('\t', "\u{3000}");
        if texts(&lines).concat() != whole {
            failures.push(format!("lost: {whole:?}"));
        }
        for line in &lines {
            let right = line.items.iter().map(|item| match item {
                Item::Rule(rule) => rule.to.x,
                _ => 0.0,
            });
            let right = right.fold(line.left + line.width, f32::max);
            if right > width + 0.02 {
                failures.push(format!(
                    "{right} of {width}, least {least}: {whole:?} {:?}",
                    texts(&lines)
                ));
            }
            for item in &line.items {
                if let Item::Rule(rule) = item
                    && rule.to.x < rule.from.x
                {
                    failures.push(format!("underline {rule:?}: {whole:?}"));
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} such as {:#?}",
        failures.len(),
        &failures[..failures.len().min(6)]
    );
}
