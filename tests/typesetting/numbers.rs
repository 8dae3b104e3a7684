//! Numbers in groups, with their units and signs, are on one line.

use jiebang::typeset::line_break::{Ease, opportunities};
use jiebang::typeset::page::Face;
use jiebang::typeset::paragraph::{Align, Paragraph, Style};

use super::set_texts;

fn breaks(text: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for place in opportunities(text) {
        out.push_str(&text[from..place.at]);
        out.push(if place.ease < Ease::Kept { '|' } else { '¦' });
        from = place.at;
    }
    out + &text[from..]
}

#[test]
fn lines_end_nowhere_within_a_number_or_before_a_mark() {
    let mut failures = Vec::new();
    for whole in [
        "1 000 000 元",
        "24 100 万元",
        "10 000 t",
        "1：4",
        "5 万 t",
        "3 r/min",
        "5 GB",
        "100 Mbps",
        "No. 5",
        "φ 50 mm",
        "138 0000 0301",
        "pH 7",
        "8 小时",
        "的\u{200B}，",
        "（\u{200B}一",
        "25 °C",
        "5 %",
        "GB 38031—2020",
    ] {
        let text = format!("甲{whole}乙");
        let all = breaks(&text);
        let inner = all.trim_start_matches("甲|").trim_start_matches('甲');
        let inner = inner.strip_suffix("|乙").or(inner.strip_suffix('乙')).unwrap_or(inner);
        if inner.contains('|') {
            failures.push(all);
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_number_in_groups_of_three_is_on_one_line() {
    let text =
        "项目总投资 24 100 万元，其中设备购置费 10 000 万元、研发费 1 000 000 元。".repeat(12);
    let style = Style::new(Face::Song, 15.75, 28.95).indented().align(Align::Justify);
    let all = set_texts(&Paragraph::new(text, style), 442.2);
    for pair in all.windows(2) {
        let end = pair[0].trim_end().chars().next_back().unwrap();
        let start = pair[1].chars().next().unwrap();
        assert!(!(end.is_ascii_digit() && start.is_ascii_digit()), "{} | {}", pair[0], pair[1]);
    }
}
