//! Numbers as people write them in a form, read exactly.

use std::fmt;

use super::width::half_width_text;

/// Digits kept behind the point.
const SCALE: u32 = 12;
/// One.
const ONE: i128 = 10_i128.pow(SCALE);
/// Digits allowed before the point: more is no amount of anything here.
const MAX_WHOLE: usize = 18;

/// An exact decimal number; no binary rounding moves it over a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(i128);

impl Number {
    /// Whether nothing stands behind the point.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is a whole multiple of `n`; never of zero.
    #[must_use]
    pub const fn is_multiple_of(self, n: u32) -> bool {
        n != 0 && self.0 % (n as i128 * ONE) == 0
    }

    /// Ten thousand times as much: 亿 to 万.
    #[must_use]
    pub const fn times_10000(self) -> Self {
        Self(self.0.saturating_mul(10_000))
    }

    /// A ten thousandth: 元 to 万元.
    #[must_use]
    pub const fn over_10000(self) -> Self {
        Self(self.0 / 10_000)
    }
}

impl From<u32> for Number {
    fn from(n: u32) -> Self {
        Self(i128::from(n) * ONE)
    }
}

impl fmt::Display for Number {
    /// Plain digits without separators or idle zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) =
            (self.0.unsigned_abs() / ONE as u128, self.0.unsigned_abs() % ONE as u128);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{part:012}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// Reads a number: digits of any width, thousands separators in groups of three, a point, a sign.
/// `None` for anything else, units included.
#[must_use]
pub fn parse(text: &str) -> Option<Number> {
    let text = half_width_text(text);
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole = without_separators(whole)?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + part.len() == 0 || !digits(&whole) || !digits(part) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let part = part.trim_end_matches('0');
    if whole.len() > MAX_WHOLE || part.len() > SCALE as usize {
        return None;
    }
    let units: i128 = format!("0{whole}{part:0<12}").parse().ok()?;
    Some(Number(if negative { -units } else { units }))
}

/// The digits of a whole number; `None` where its separators do not stand in groups of three.
fn without_separators(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    fits.then(|| whole.replace(',', ""))
}

/// What a text with a unit means in `unit` (万元 or 人): `1.2亿元` is 12000 万元, `200人` is 200 人.
#[must_use]
pub fn in_unit(text: &str, unit: &str) -> Option<Number> {
    let text = half_width_text(text);
    let text = text.trim().trim_start_matches("人民币").trim_start_matches('约');
    if unit != "万元" {
        let bare = text.strip_suffix(unit).or_else(|| text.strip_suffix('名'));
        return parse(bare?);
    }
    let text = text.trim_end_matches("人民币");
    let money = text.strip_suffix('元').unwrap_or(text);
    if let Some(number) = money.strip_suffix('亿') {
        return parse(number).map(Number::times_10000);
    }
    if let Some(number) = money.strip_suffix('万') {
        return parse(number);
    }
    (money.len() < text.len()).then(|| parse(money).map(Number::over_10000)).flatten()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, shown) in [
            ("3000", "3000"),
            (" ８６００．５ ", "8600.5"),
            ("1,234,567.80", "1234567.8"),
            ("１，２００", "1200"),
            ("0.000001", "0.000001"),
            ("39999.99", "39999.99"),
            ("-5", "-5"),
            ("－5", "-5"),
            ("+7", "7"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007", "7"),
            ("0", "0"),
            ("-0.5", "-0.5"),
            ("999999999999999999", "999999999999999999"),
        ] {
            assert_eq!(parse(text).map(|n| n.to_string()).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            " ",
            ".",
            "-",
            "三千",
            "3000万元",
            "1,23",
            "1,2345",
            ",123",
            "1.2.3",
            "1e5",
            "--1",
            "约200",
            "1 000",
            "NaN",
            "inf",
            "0x10",
            "1000000000000000000",
            "0.0000000000001",
            "1.2,3",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn compares_exactly_at_a_threshold() {
        assert!(parse("39999.999999999999").unwrap() < Number::from(40_000));
        assert!(parse("40000.00").unwrap() == Number::from(40_000));
        assert!(parse("0.1").unwrap() < parse("0.10000001").unwrap());
    }

    #[test]
    fn tells_whole_and_multiple() {
        assert!(parse("200.0").unwrap().is_whole() && !parse("200.5").unwrap().is_whole());
        assert!(parse("30000000").unwrap().is_multiple_of(10_000));
        assert!(!parse("30000001").unwrap().is_multiple_of(10_000));
        assert!(!parse("1").unwrap().is_multiple_of(0));
    }

    #[test]
    fn understands_units() {
        for (text, unit, shown) in [
            ("1.2亿元", "万元", "12000"),
            ("3000 万元", "万元", "3000"),
            ("人民币3000万元", "万元", "3000"),
            ("30000000元", "万元", "3000"),
            ("5000万", "万元", "5000"),
            ("200人", "人", "200"),
            ("约 200 名", "人", "200"),
        ] {
            assert_eq!(
                in_unit(text, unit).map(|n| n.to_string()).as_deref(),
                Some(shown),
                "{text}"
            );
        }
        for (text, unit) in [("3000", "万元"), ("很多元", "万元"), ("200", "人"), ("元", "万元")]
        {
            assert_eq!(in_unit(text, unit), None, "{text}");
        }
    }
}
