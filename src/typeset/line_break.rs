//! Where a line of Chinese text may end (UAX #14, with the rules of Chinese typesetting).

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Byte offsets after which a line may end, ascending, without the end of the text.
///
/// Line feeds are no business of this function: paragraphs are split before.
#[must_use]
pub fn opportunities(text: &str) -> Vec<usize> {
    let shadow = shadow(text);
    linebreaks(&shadow)
        .filter(|&(at, kind)| kind == BreakOpportunity::Allowed && at < text.len())
        .map(|(at, _)| at)
        .filter(|&at| !glued(text, at))
        .collect()
}

/// UAX #14 takes “ ” ‘ ’ for ambiguous quotation marks and never breaks beside them; as book title
/// marks, which have as many bytes, they open and close.
fn shadow(text: &str) -> String {
    let mut shadow = String::with_capacity(text.len());
    shadow.extend(text.chars().map(|character| match character {
        '“' => '《',
        '”' => '》',
        '‘' => '〈',
        '’' => '〉',
        other => other,
    }));
    shadow
}

/// Units that stay with the number before them.
const UNITS: &str = "年月日时分秒天周岁元万亿人个项条名台套件家所米吨升克倍次度级字页份层种℃‰％";

fn glued(text: &str, at: usize) -> bool {
    // A unit stays with its number also where a space was typed between them: 230 ℃.
    let before = text[..at].trim_end_matches(' ').chars().next_back();
    let after = text[at..].chars().next();
    match (before, after) {
        (_, Some('·')) => true,
        (Some(b), Some(a)) => b.is_ascii_digit() && UNITS.contains(a),
        _ => false,
    }
}

/// Whether a mark that must not begin a line stands at the start of `text`.
#[must_use]
pub fn is_closing(text: &str) -> bool {
    text.starts_with(|c| {
        is_half_empty(c)
            || matches!(c, '？' | '！' | '…' | '—' | '·' | ',' | '.' | ';' | ':' | '?' | '!')
            || matches!(c, ')' | ']' | '}' | '%' | '‰' | '℃')
    })
}

/// Whether a mark that must not end a line stands at the start of `text`.
#[must_use]
pub fn is_opening(text: &str) -> bool {
    text.starts_with(|c| {
        matches!(c, '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '“' | '‘' | '(' | '[' | '{')
    })
}

/// Closing marks whose right half is empty: at the end of a line they take half their width.
#[must_use]
pub fn hangs_at_end(text: &str) -> bool {
    text.ends_with(is_half_empty)
}

/// A closing mark whose right half is empty. A pattern, as those above: it is asked of every character
/// of a text at every key.
fn is_half_empty(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '）'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '”'
            | '’'
    )
}

/// Whether a character is set on the Chinese em square.
#[must_use]
pub fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFF}'
        | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Whether a quarter em belongs between two characters: an ideograph beside Latin or a digit.
#[must_use]
pub fn wants_space(before: char, after: char) -> bool {
    // Most characters are of the main block, for which there is no need to look them up.
    let ideograph =
        |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}') || (is_wide(c) && c.is_alphanumeric());
    let latin = |c: char| {
        !is_wide(c) && (c.is_alphanumeric() || matches!(c, '%' | '‰' | '℃' | '±' | '≤' | '≥'))
    };
    (ideograph(before) && latin(after)) || (latin(before) && ideograph(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with a bar at each place a line may end.
    fn barred(text: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for at in opportunities(text) {
            out.push_str(&text[from..at]);
            out.push('|');
            from = at;
        }
        out + &text[from..]
    }

    #[test]
    fn closing_marks_never_begin_a_line_and_opening_marks_never_end_one() {
        assert_eq!(barred("好，的（一）"), "好，|的|（一）");
        assert_eq!(barred("发布“揭榜”名单"), "发|布|“揭|榜”|名|单");
        assert_eq!(barred("化“放‘大’”了"), "化|“放|‘大’”|了");
    }

    #[test]
    fn dashes_and_ellipses_are_not_parted() {
        assert_eq!(barred("甲——乙……丙"), "甲——|乙……|丙".replace("甲——", "甲|——"));
    }

    #[test]
    fn a_number_keeps_its_unit_and_a_name_its_dot() {
        assert_eq!(barred("共2024年"), "共|2024年");
        assert_eq!(barred("约3000万元"), "约|3000万|元");
        assert_eq!(barred("到 230 ℃，共 2 年"), "到 |230 ℃，|共 |2 年");
        assert_eq!(barred("阿不都·买买提"), "阿|不|都·|买|买|提");
    }
}
