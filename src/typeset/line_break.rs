//! Where a line of Chinese text may end, and how willingly (UAX #14, clreq, GB/T 15834-2011).

mod link;
mod unit;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::mark::{holds, is_unseen, opens};
use unit::Hold;

pub use link::is_seam;

/// How willingly a line ends somewhere, the most willing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ease {
    /// As anywhere between two 字.
    Free,
    /// Better elsewhere: before ——, after the dash of a range.
    Poor,
    /// Within an address or a part number, at one of its seams.
    Link,
    /// Only where the alternative is a line torn wide open: between a number and its unit.
    Kept,
    /// Within a word, as it does not fit a line.
    Torn,
}

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opportunity {
    /// Byte offset after which it ends.
    pub at: usize,
    /// How willingly.
    pub ease: Ease,
}

/// Where a line may end, ascending, without the end of the text.
///
/// Line feeds are no business of this function: paragraphs are split before.
#[must_use]
pub fn opportunities(text: &str) -> Vec<Opportunity> {
    let shadow = shadow(text);
    let allowed = linebreaks(&shadow)
        .filter(|&(at, kind)| kind == BreakOpportunity::Allowed && at < text.len())
        .filter_map(|(at, _)| Some(Opportunity { at, ease: ease(text, at)? }));
    let mut found: Vec<Opportunity> = allowed.collect();
    let mut seams = Vec::new();
    for token in link::tokens(text) {
        let word = text.get(token.clone()).unwrap_or("");
        if link::is_link(word) {
            found.retain(|place| place.at <= token.start || place.at >= token.end);
            let at = link::seams(word).map(|at| token.start + at);
            seams.extend(at.map(|at| Opportunity { at, ease: Ease::Link }));
        } else {
            let at = factors(word).map(|at| token.start + at);
            seams.extend(at.map(|at| Opportunity { at, ease: Ease::Poor }));
        }
    }
    if !seams.is_empty() {
        found.extend(seams);
        found.sort_unstable_by_key(|place| place.at);
    }
    found
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

/// Behind each × of dimensions such as 1620 mm×1180 mm; 1.0×10¹² is one number.
fn factors(word: &str) -> impl Iterator<Item = usize> {
    let found = word.match_indices('×').map(|(at, sign)| at + sign.len());
    found.filter(|&at| {
        let number = word.get(at..).and_then(|rest| rest.strip_prefix("10"));
        let is_power = number
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| c == '⁻' || c == '^' || (c.is_numeric() && !c.is_ascii_digit()));
        let held = word.split_at_checked(at).is_none_or(|(head, tail)| holds(head, tail));
        at < word.len() && !is_power && !held
    })
}

/// How willingly a line ends at a place where UAX #14 allows it; `None` where it never does.
fn ease(text: &str, at: usize) -> Option<Ease> {
    let (head, tail) = text.split_at_checked(at)?;
    let (Some(last), Some(next)) = (head.chars().next_back(), tail.chars().next()) else {
        return Some(Ease::Free);
    };
    // Most places lie between two of them, where nothing below holds.
    if is_ideograph(last) && is_ideograph(next) && !unit::goes_on(last) {
        return Some(Ease::Free);
    }
    let bare = head.trim_end_matches(is_unseen);
    let tail = tail.trim_start_matches(is_unseen);
    // GB/T 15834: the mark of a range never begins a line, 破折号 may.
    if tail.starts_with("——") {
        return (!bare.ends_with(opens)).then_some(Ease::Poor);
    }
    if holds(bare, tail) {
        return None;
    }
    let (Some(before), Some(after)) = (bare.chars().next_back(), tail.chars().next()) else {
        return Some(Ease::Free);
    };
    let spaced = bare.len() < head.len();
    match unit::number_goes_on(bare, tail, head.len() - bare.len()) {
        Some(Hold::Whole) => return None,
        Some(Hold::Kept) => return Some(Ease::Kept),
        None => {}
    }
    if unit::belong_together(bare, tail, spaced) {
        return spaced.then_some(Ease::Kept);
    }
    Some(match before {
        '—' if bare.ends_with("——") => Ease::Free,
        '—' | '～' | '–' if after.is_numeric() => Ease::Kept,
        '—' | '～' | '–' => Ease::Poor,
        '/' | '／' if !spaced => Ease::Kept,
        '·' if is_wide(after) => Ease::Poor,
        '·' => Ease::Kept,
        '-' if !spaced => hyphen(bare, tail),
        _ => Ease::Free,
    })
}

/// A hyphen between words may end a line, one within a sign such as P-N hardly.
fn hyphen(head: &str, tail: &str) -> Ease {
    let is_letter = |c: &char| c.is_ascii_lowercase();
    let left = head.chars().rev().skip(1).take_while(is_letter).count();
    let right = tail.chars().take_while(is_letter).count();
    if left >= link::LEAST && right >= link::LEAST { Ease::Poor } else { Ease::Kept }
}

/// Whether a character is an ideograph of the main block, as most of a text is.
#[must_use]
pub const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
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
    let ideograph = |c: char| is_ideograph(c) || (is_wide(c) && c.is_alphanumeric());
    let latin = |c: char| {
        !is_wide(c) && (c.is_alphanumeric() || matches!(c, '%' | '‰' | '℃' | '±' | '≤' | '≥'))
    };
    (ideograph(before) && latin(after)) || (latin(before) && ideograph(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with a bar at each place a line may end, a broken one where it hardly does.
    fn barred(text: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for Opportunity { at, ease } in opportunities(text) {
            out.push_str(&text[from..at]);
            out.push(if ease < Ease::Kept { '|' } else { '¦' });
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
        assert_eq!(barred("甲——乙……丙"), "甲|——|乙……|丙");
        assert_eq!(barred("2021—2023年"), "2021—¦2023年");
        assert_eq!(barred("材料—工艺"), "材|料—|工|艺");
        assert_eq!(barred("5～10天，3–5项"), "5～¦10天，|3–¦5项");
    }

    #[test]
    fn a_number_keeps_its_unit_and_a_name_its_dot() {
        assert_eq!(barred("共2024年"), "共|2024年");
        assert_eq!(barred("约3000万元"), "约|3000万元");
        assert_eq!(barred("到 230 ℃，共 2 年"), "到 |230 ℃，|共 |2 ¦年");
        assert_eq!(barred("阿不都·买买提"), "阿|不|都·|买|买|提");
    }

    #[test]
    fn latin_units_stay_with_their_numbers_and_are_whole() {
        for (text, whole) in [
            ("长 1180 mm 的", "长 |1180 ¦mm |的"),
            ("达 1.32 g/cm³、", "达 |1.32 ¦g/¦cm³、"),
            ("1500 mg/kg", "1500 ¦mg/¦kg"),
            ("价 36 元/kg", "价 |36 ¦元/¦kg"),
            ("1.0×10¹² Ω·cm", "1.0×10¹² ¦Ω·cm"),
            ("5 N·m", "5 ¦N·m"),
            ("≥1.5 W/(m·K)", "≥1.5 ¦W/¦(m·K)"),
            ("10 万吨/年", "10 ¦万吨/¦年"),
            ("在 ±0.1° 内", "在 |±0.1° |内"),
            ("湿度50%RH下", "湿|度|50%RH|下"),
            ("强度 ≥ 80 MPa", "强|度 |≥ ¦80 ¦MPa"),
            ("1620 mm×1180 mm", "1620 ¦mm×|1180 ¦mm"),
            ("第 3 条，见表 2", "第 ¦3 ¦条，|见|表 ¦2"),
            ("UL 94 V-0", "UL ¦94 |V-0"),
        ] {
            assert_eq!(barred(text), whole);
        }
    }

    #[test]
    fn a_standard_keeps_its_number() {
        assert_eq!(barred("按GB/T 2408—2021"), "按|GB/¦T ¦2408—¦2021");
        assert_eq!(barred("T/SLXH 012—2022"), "T/¦SLXH ¦012—¦2022");
    }

    #[test]
    fn addresses_are_broken_at_their_seams() {
        assert_eq!(barred("邮箱innovation@example.com，"), "邮|箱|innovation|@example|.com，");
    }
}
