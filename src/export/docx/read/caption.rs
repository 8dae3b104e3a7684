//! Captions: 表 1 above a table and 图 1 under a picture, whose numbers are counted anew.

use crate::rules::width::half_width;

/// Longest caption that is not styled as one, characters.
const LONGEST: usize = 60;

/// What a caption is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Table,
    Figure,
}

/// The words of a caption without its number; `None`: it is text. `styled` says that the document
/// calls it a caption itself.
pub(super) fn words(text: &str, of: Of, styled: bool) -> Option<String> {
    let text = text.trim();
    if text.contains('\n') {
        return None;
    }
    let names = match of {
        Of::Table => ["表格", "附表", "表", "Table"],
        Of::Figure => ["插图", "附图", "图", "Figure"],
    };
    let Some(rest) = names.iter().find_map(|name| text.strip_prefix(name)) else {
        return styled.then(|| text.to_owned()).filter(|text| !is_of_other(text, of));
    };
    let rest = rest.trim_start();
    let number = number(rest);
    if number == 0 {
        return styled.then(|| text.to_owned());
    }
    let rest = rest.get(number..).unwrap_or_default();
    let words =
        rest.trim_start_matches([' ', '\u{3000}', '\u{a0}', '\t', '：', ':', '.', '．', '、']);
    let is_text = words.contains(['。', '；']) || words.chars().count() > LONGEST || refers(words);
    (styled || !is_text).then(|| words.trim().to_owned())
}

/// A figure's caption is none of a table, and the other way round.
fn is_of_other(text: &str, of: Of) -> bool {
    let other = match of {
        Of::Table => "图",
        Of::Figure => "表",
    };
    let rest = text.strip_prefix(other).map(str::trim_start);
    rest.is_some_and(|rest| number(rest) > 0)
}

/// Length of the number at the start, bytes: 1, 3-1, 2.4, 一.
fn number(text: &str) -> usize {
    let is_part = |c: char| {
        let c = half_width(c);
        c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
    };
    let mut end = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let joins = matches!(half_width(c), '-' | '.' | '–' | '—')
            && end > 0
            && rest.peek().is_some_and(|next| is_part(*next));
        if !is_part(c) && !joins {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// 表 1 列出了…… speaks of a table; 表 1 团队成员 is its caption.
fn refers(words: &str) -> bool {
    let verbs = ["所示", "列出", "给出", "显示", "反映", "中的", "中，", "是", "为"];
    verbs.iter().any(|verb| words.starts_with(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_loses_its_number_and_a_sentence_is_none() {
        let table = |text| words(text, Of::Table, false);
        assert_eq!(table("表 1　团队成员").as_deref(), Some("团队成员"));
        assert_eq!(table("表１：团队成员").as_deref(), Some("团队成员"));
        assert_eq!(table("表3-1 目标").as_deref(), Some("目标"));
        assert_eq!(table("表一 目标").as_deref(), Some("目标"));
        assert_eq!(table("表 2").as_deref(), Some(""));
        assert_eq!(table("表1列出了全部成员"), None);
        assert_eq!(table("表 1 的数据来自试验。"), None);
        assert_eq!(table("表面处理 1 号工艺"), None);
        assert_eq!(table("图 1 路线"), None);
        assert_eq!(words("图 1 路线", Of::Figure, false).as_deref(), Some("路线"));
        assert_eq!(words("总体路线", Of::Figure, true).as_deref(), Some("总体路线"));
        assert_eq!(words("表 1 目标", Of::Figure, true), None);
    }
}
