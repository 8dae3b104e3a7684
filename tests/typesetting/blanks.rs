//! Underlined blanks: where they run over several lines, the lines under them are even.

use jiebang::typeset::page::{Face, Item};
use jiebang::typeset::paragraph::{Inline, Paragraph, Style, set};

/// Left and right end of each underline.
fn underlines(label: &str, text: &str, width: f32) -> Vec<(f32, f32)> {
    let hang = 16.0 * label.chars().count() as f32;
    let style = Style::new(Face::Song, 16.0, 28.0).hanging(hang);
    let blank = Inline::Blank {
        text: text.to_owned(),
        tail: String::new(),
        least: width - hang - 2.0,
        field: None,
    };
    let label = Inline::Text { text: label.to_owned(), face: None };
    let paragraph = Paragraph { inlines: vec![label, blank], style, field: None };
    let lines = set(&paragraph, width);
    let items = lines.iter().flat_map(|line| &line.items);
    let rules = items.filter_map(|item| match item {
        Item::Rule(rule) => Some((rule.from.x, rule.to.x)),
        _ => None,
    });
    rules.collect()
}

#[test]
fn underlines_begin_at_the_hang_and_end_at_the_right_edge() {
    let name = "动力电池上壳体用无卤阻燃长玻纤增强聚丙烯材料开发及其产业化应用示范";
    for label in ["企业名称（盖章）：", "“揭榜”事项名称："] {
        for text in ["上海示例新材料股份有限公司", name, &name.repeat(2)] {
            let all = underlines(label, text, 442.2);
            assert!(!all.is_empty());
            for (from, to) in &all {
                let hang = 16.0 * label.chars().count() as f32;
                assert!((from - hang).abs() < 0.01, "{label}{text}: {all:?}");
                assert!((to - 442.2).abs() < 0.02, "{label}{text}: {all:?}");
            }
        }
    }
}
