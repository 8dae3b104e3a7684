//! Where lines end and begin: marks, dashes, numbers with their units, long strings.

use jiebang::typeset::page::Face;
use jiebang::typeset::paragraph::{Paragraph, Style, measure};

use super::{NO_END, each, first, justified, last, set_texts};

/// Never at a line's start (GB/T 15834-2011 5.1; 间隔号 and units of the same kind included).
const NO_START: &str = "，。、；：？！）》〉」』】〕”’·％‰℃～–";

#[test]
fn all_lines_together_are_the_sentence() {
    each(|sentence, width, lines| {
        let joined: String = lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(joined, sentence, "at {width} pt");
    });
}

#[test]
fn no_mark_stands_where_it_may_not() {
    each(|_, width, lines| {
        for (n, (_, text)) in lines.iter().enumerate() {
            if n > 0 {
                assert!(!NO_START.contains(first(text)), "at {width} pt begins a line: {text}");
            }
            if n + 1 < lines.len() {
                assert!(!NO_END.contains(last(text)), "at {width} pt ends a line: {text}");
            }
        }
    });
}

#[test]
fn dashes_ellipses_and_numbers_are_not_parted() {
    each(|_, width, lines| {
        for pair in lines.windows(2) {
            let (end, start) = (last(&pair[0].1), first(&pair[1].1));
            let parted = (end == start && "—…".contains(end))
                || (end.is_ascii_digit() && start.is_ascii_digit() && width > 150.0)
                || (end.is_ascii_digit() && "年月日万人个项条℃%".contains(start))
                || (start == '—' && !pair[1].1.starts_with("——"));
            assert!(!parted, "at {width} pt: {} | {}", pair[0].1, pair[1].1);
        }
    });
}

/// Each number with its unit, as it stands in the letters.
const WHOLE: [&str; 22] = [
    "1180 mm",
    "23 ℃",
    "1.32 g/cm³",
    "1500 mg/kg",
    "36 元/kg",
    "15 kV/mm",
    "1.0×10¹² Ω·cm",
    "5 N·m",
    "≥1.5 W/(m·K)",
    "10 万吨/年",
    "±0.1°",
    "50%RH",
    "GB/T 2408—2021",
    "第 3 条",
    "图 1",
    "表 2",
    "≥ 80 MPa",
    "3000万元",
    "2021—2023年",
    "T/SLXH 012—2022",
    "18 g/10 min",
    "3～5年",
];

#[test]
fn a_number_is_on_one_line_with_its_unit_wherever_the_line_ends() {
    for whole in WHOLE {
        for before in 0..14 {
            let head = "公司围绕阻燃改性材料开展配方设计与工艺验证形成完整技术路线".chars();
            let head: String = head.cycle().take(2 * before + 20).collect();
            let text = format!("{head}{whole}的要求，其余各项指标按照合同约定逐条执行并验收。");
            // A narrower column has room for what is short.
            let widths = if whole.chars().count() < 9 { [442.2, 310.0] } else { [442.2; 2] };
            for width in widths {
                let lines = set_texts(&justified(&text), width);
                let kept = lines.iter().any(|line| line.contains(whole));
                assert!(kept, "at {width} pt: {lines:#?}");
            }
        }
    }
}

#[test]
fn dimensions_are_parted_at_the_sign_only() {
    let mut parted = 0;
    for before in 0..28 {
        let text = format!("{}外形1620 mm×1180 mm的壳体。", "甲".repeat(20 + before));
        for pair in set_texts(&justified(&text), 442.2).windows(2) {
            let latin = first(&pair[1]).is_ascii();
            assert!(!latin || pair[0].ends_with('×') || pair[0].ends_with('形'), "{pair:?}");
            parted += usize::from(pair[0].ends_with('×'));
        }
    }
    assert!(parted > 0);
}

fn cell(text: &str) -> Paragraph {
    Paragraph::new(text, Style::new(Face::Song, 10.5, 16.0))
}

#[test]
fn what_does_not_fit_a_narrow_cell_is_parted_where_it_hurts_least() {
    for (text, width, lines) in [
        ("innovation@example.com", 80.0, vec!["innovation", "@example.com"]),
        ("GB/T 2408—2021", 46.0, vec!["GB/T ", "2408—", "2021"]),
        ("1.0×10¹² Ω·cm", 50.0, vec!["1.0×10¹² ", "Ω·cm"]),
        ("高分子材料（博士）", 84.0, vec!["高分子材料", "（博士）"]),
        ("陆祎 技术中心副主任", 84.0, vec!["陆祎 技术中心副", "主任"]),
    ] {
        assert_eq!(set_texts(&cell(text), width), lines);
    }
}

#[test]
fn long_strings_are_broken_at_their_seams_and_hashes_anywhere() {
    let link = "https://www.example.com/achievements/2024/index.html?id=20240708&page=2";
    for width in [80.0, 120.0, 200.0] {
        let lines = set_texts(&cell(link), width);
        assert!(lines.len() > 1);
        for pair in lines.windows(2) {
            let (end, start) = (last(&pair[0]), first(&pair[1]));
            assert!("/?&=-_:+".contains(end) || ".@".contains(start), "{width}: {lines:?}");
        }
    }
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".repeat(3);
    for width in [60.0, 120.0, 442.2] {
        for paragraph in [cell(&hash), justified(&hash)] {
            let lines = set_texts(&paragraph, width);
            assert_eq!(lines.concat(), hash);
            assert!(lines.iter().all(|line| line.len() >= 2), "{width}: {lines:?}");
        }
    }
}

#[test]
fn a_column_makes_room_for_short_measures_only() {
    let least = |text| measure(&cell(text)).least;
    assert!(least("约80 MPa") > 35.0, "the number and its unit");
    assert!(least("1.0×10¹² Ω·cm，25 ℃") < 70.0, "parted before the unit");
    assert!(least("https://www.example.com/a/index.html") < 60.0);
}

#[test]
fn no_paragraph_ends_with_a_single_character() {
    let mut alone = 0;
    each(|sentence, width, lines| {
        if width < 300.0 || lines.len() < 2 {
            return;
        }
        let last = lines.last().unwrap().1.chars();
        let letters = last.filter(|c| !NO_START.contains(*c)).count();
        assert!(letters > 0, "{sentence}");
        alone += usize::from(letters == 1);
    });
    assert_eq!(alone, 0);
}
