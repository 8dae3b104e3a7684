//! Numbers and what belongs to them: 1180 mm, 10 万吨/年, ≥ 80 MPa, 第 3 条, GB/T 2408.

/// First characters of the Chinese units and counters.
const CHINESE: &str = "年月日时分秒天周季岁元万亿千百人个项条名台套件家所米吨升克倍次度级字页份层种辆只支根块批轮届期\
                       亩座间户位款平立公毫厘微小号章节、％‰℃";

/// Units that are written in Latin or Greek letters.
const LATIN: &[&str] = &[
    "mm", "cm", "dm", "m", "km", "μm", "µm", "um", "nm", "g", "kg", "mg", "μg", "µg", "t", "s",
    "ms", "μs", "min", "h", "d", "a", "Hz", "kHz", "MHz", "GHz", "V", "kV", "mV", "A", "mA", "kA",
    "Ah", "mAh", "VA", "kVA", "MVA", "W", "mW", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "J",
    "kJ", "MJ", "N", "mN", "kN", "Pa", "hPa", "kPa", "MPa", "GPa", "bar", "mbar", "K", "L", "l",
    "mL", "ml", "μL", "mol", "mmol", "Ω", "\u{2126}", "kΩ", "MΩ", "mΩ", "F", "μF", "pF", "H", "T",
    "mT", "lm", "lx", "cd", "dB", "dBm", "rad", "r", "rev", "RH", "rpm", "ppm", "wt", "CNY", "bit",
    "KB", "MB", "GB", "TB", "Kbps", "Mbps", "Gbps",
];

/// Whether a character ends a number, also one with a power.
fn is_number_end(before: char) -> bool {
    before.is_numeric() || matches!(before, '⁻' | '⁺')
}

/// Whether a character may go on a number: one that counts, as in 3000 万元, or 小 of 8 小时.
#[must_use]
pub(super) const fn goes_on(character: char) -> bool {
    counts(character) || character == '小'
}

/// Whether a character counts tens of thousands and such, as in 3000 万元.
#[must_use]
const fn counts(character: char) -> bool {
    matches!(character, '万' | '亿' | '千' | '百')
}

/// Whether `after`, which follows `before` directly or after spaces, belongs to the number there or is
/// the number of what stands there.
#[must_use]
pub(super) fn belong_together(head: &str, tail: &str, spaced: bool) -> bool {
    let mut back = head.chars().rev();
    let (Some(before), Some(after)) = (back.next(), tail.chars().next()) else { return false };
    if is_number_end(before) {
        return CHINESE.contains(after) && after != '、' || (spaced && begins_with_unit(tail));
    }
    if counts(before) {
        let named = after != '、' && CHINESE.contains(after) || begins_with_unit(tail);
        return named && counted(back);
    }
    if !after.is_numeric() {
        return false;
    }
    match before {
        '≥' | '≤' | '±' | '＞' | '＜' | '>' | '<' | '≈' | '＝' | '＋' | '－' | '第' | '图'
        | '表' | '式' => true,
        '件' => back.next() == Some('附'),
        'φ' | 'Φ' | 'Ø' | '⌀' => spaced,
        '.' => spaced && ends_with_word(head, "No."),
        'H' if head.ends_with("pH") => spaced && ends_with_word(head, "pH"),
        _ => spaced && ends_with_standard(head),
    }
}

/// Whether the last character but those already taken `back`, spaces left out, is one of a number.
fn counted(mut back: impl Iterator<Item = char>) -> bool {
    back.find(|c| *c != ' ').is_some_and(char::is_numeric)
}

/// How digits hold together where a number goes on in groups, as a ratio or in 小时.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Groups of three: 10 000.
    Whole,
    /// Others: 138 0000 0301, 1：4, 8 小时.
    Kept,
}

/// How what follows `bare` and `spaces` spaces holds to the number there; `None` where it is no part of it.
#[must_use]
pub(super) fn number_goes_on(bare: &str, tail: &str, spaces: usize) -> Option<Hold> {
    let digit = |c: &char| c.is_ascii_digit();
    let mut back = bare.chars().rev();
    let before = back.next()?;
    if before == '小' && spaces == 0 {
        return (tail.starts_with('时') && counted(back)).then_some(Hold::Kept);
    }
    if !tail.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if matches!(before, '：' | ':' | '∶') && spaces == 0 {
        return back.next().filter(digit).map(|_| Hold::Kept);
    }
    if !before.is_ascii_digit() || spaces != 1 {
        return None;
    }
    let head = back.take(3).take_while(digit).count() + 1;
    let group = tail.chars().take(4).take_while(digit).count();
    Some(if head <= 3 && group == 3 { Hold::Whole } else { Hold::Kept })
}

/// Whether `head` ends with a word that is no end of a longer one.
fn ends_with_word(head: &str, word: &str) -> bool {
    let rest = head.strip_suffix(word);
    rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// GB/T, ISO, UL, T/SLXH: the number behind it is the standard's.
fn ends_with_standard(head: &str) -> bool {
    let name = |c: &char| c.is_ascii_uppercase() || *c == '/';
    let letters = head.chars().rev().take_while(name).count();
    (2..=7).contains(&letters)
}

/// Whether what follows, as far as it is not Chinese, is a unit: kg, g/cm³, W/(m·K), g/10.
fn begins_with_unit(tail: &str) -> bool {
    let is_part = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '/' | '·' | '⋅' | '*' | '(' | ')' | '^' | '-' | '⁻' | '°' | '%' | '元')
            || matches!(c, 'Ω' | '\u{2126}' | 'μ' | 'µ')
            || c.is_numeric()
    };
    let end = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
    let unit = tail.get(..end).unwrap_or("");
    let mut factors = unit.split(['/', '·', '⋅', '*', '(', ')', '^']).filter(|f| !f.is_empty());
    let is_factor = |factor: &str| {
        // Powers: m², m2, ^-1.
        let base = factor.trim_start_matches('-');
        let base = base.trim_end_matches(|c: char| c.is_numeric() || matches!(c, '⁻' | '%'));
        base.is_empty() || base == "元" || base.starts_with('°') || LATIN.contains(&base)
    };
    // A number is no unit, though it may stand in one: g/10 min.
    let first = unit.chars().next();
    first.is_some_and(|c| !c.is_numeric() && c != '-' && c != '(') && factors.all(is_factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_from_a_word() {
        for unit in [
            "mm",
            "g/cm³",
            "mg/kg",
            "W/(m·K)，",
            "N·m。",
            "kV/mm的",
            "Ω·cm",
            "g/10 min",
            "m²",
            "m2",
        ] {
            assert!(begins_with_unit(unit), "{unit}");
        }
        for word in ["PA66", "V-0", "LFT", "2024", "（一）", "ISO", "mode", ""] {
            assert!(!begins_with_unit(word), "{word}");
        }
    }
}
