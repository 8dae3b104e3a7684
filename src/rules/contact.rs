//! Telephone and fax numbers, mobile numbers, e-mail addresses and postcodes.
//!
//! No standard binds their form, so a fault found here is never more than a warning.

use std::sync::LazyLock;

use regex_lite::Regex;
use serde::Deserialize;

use super::invisible::quote;
use super::width::half_width;

/// Why a blank does not look right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong and what to do, a Chinese sentence without the blank's name.
    pub message: String,
    /// The text put right, where that is certain.
    pub fix: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Formats {
    tel_or_fax: String,
    mobile: String,
    postcode: String,
    email: String,
    plan_cities: Vec<String>,
    other_channels: Vec<String>,
}

struct Patterns {
    phone: Regex,
    mobile: Regex,
    postcode: Regex,
    email: Regex,
    overseas: Regex,
    extension: Regex,
}

fn formats() -> &'static Formats {
    static FORMATS: LazyLock<Formats> = LazyLock::new(|| {
        // Bundled data: a test of this module reads it, so it cannot fail on a user's machine.
        #[allow(clippy::expect_used)]
        serde_json::from_str(include_str!("../../assets/standards/contact_formats.json"))
            .expect("assets/standards/contact_formats.json")
    });
    &FORMATS
}

fn patterns() -> &'static Patterns {
    static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
        // Bundled patterns: every test of this module compiles them all.
        #[allow(clippy::expect_used)]
        let compile =
            |pattern: &str| Regex::new(pattern).expect("a pattern of contact_formats.json");
        Patterns {
            phone: compile(&formats().tel_or_fax),
            mobile: compile(&formats().mobile),
            postcode: compile(&formats().postcode),
            email: compile(&formats().email),
            overseas: compile(r"^(?:\+|00)(?:852|853|886)[- ]?[0-9][0-9 -]{6,10}$"),
            extension: compile(r"^[0-9]{1,6}$"),
        }
    });
    &PATTERNS
}

/// 计划单列市, which recommend like provinces.
#[must_use]
pub fn plan_cities() -> &'static [String] {
    &formats().plan_cities
}

/// Other bodies that recommend like provinces.
#[must_use]
pub fn other_channels() -> &'static [String] {
    &formats().other_channels
}

/// 联系电话: one or several numbers, fixed or mobile.
#[must_use]
pub fn phone(text: &str) -> Option<Fault> {
    let fits = |piece: &str| patterns().phone.is_match(piece) || patterns().mobile.is_match(piece);
    numbers(text, &fits, "固定电话应像 021-68811103，分机写作 68811103-101")
}

/// 传真: like a telephone; empty and 无 are fine.
#[must_use]
pub fn fax(text: &str) -> Option<Fault> {
    if matches!(text.trim(), "无" | "没有" | "暂无" | "/" | "-" | "—") {
        return None;
    }
    let fits = |piece: &str| patterns().phone.is_match(piece);
    numbers(text, &fits, "传真应像 021-68811104，没有传真请填“无”")
}

/// 手机: one or several mobile numbers.
#[must_use]
pub fn mobile(text: &str) -> Option<Fault> {
    let fits = |piece: &str| patterns().mobile.is_match(piece);
    numbers(text, &fits, "手机号码应为 1 开头的 11 位数字")
}

/// 电子邮箱: one or several addresses.
#[must_use]
pub fn email(text: &str) -> Option<Fault> {
    let fits = |text: &str| {
        pieces(text).all(|piece| patterns().email.is_match(piece)) && pieces(text).next().is_some()
    };
    let text = text.trim();
    if text.is_empty() || fits(text) {
        return None;
    }
    let narrow: String = text
        .chars()
        .map(|c| if c == '。' { '.' } else { half_width(c) })
        .filter(|c| !c.is_whitespace())
        .collect();
    let fix = fits(&narrow).then_some(narrow);
    Some(Fault {
        message: format!("“{}”不像电子邮箱，应像 name@example.com，请核对", quote(text)),
        fix,
    })
}

/// 邮编: six digits; 港澳台 have none.
#[must_use]
pub fn postcode(text: &str) -> Option<Fault> {
    let text = text.trim();
    if text.is_empty() || patterns().postcode.is_match(text) {
        return None;
    }
    let narrow: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let message = if matches!(narrow.as_str(), "999077" | "999078") {
        format!("{narrow} 不是正式的邮政编码，香港、澳门没有邮编，请向主管部门问明怎样填")
    } else {
        format!("“{}”不像邮编，邮编是 6 位数字，第一位是 0 至 8，请核对", quote(text))
    };
    let fix = patterns().postcode.is_match(&narrow).then_some(narrow);
    Some(Fault { message, fix })
}

/// Texts between the marks people put between numbers.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let marks = ['、', '；', ';', '，', ',', '/', '／', '\n'];
    text.split(marks).map(str::trim).filter(|piece| !piece.is_empty())
}

fn numbers(text: &str, fits: &dyn Fn(&str) -> bool, advice: &str) -> Option<Fault> {
    if text.trim().is_empty() {
        return None;
    }
    let wrong = wrong_piece(text, fits)?;
    let narrow = narrow(text);
    let Some(still_wrong) = wrong_piece(&narrow, fits) else {
        let message = format!("“{}”里有全角字符，请改成半角", quote(wrong));
        return Some(Fault { message, fix: Some(narrow) });
    };
    let wrong = quote(still_wrong);
    let bare: String = narrow.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if pieces(&narrow).count() == 1 && patterns().mobile.is_match(&bare) && fits(&bare) {
        let message = format!("“{wrong}”中间请不要断开");
        return Some(Fault { message, fix: Some(bare) });
    }
    if patterns().overseas.is_match(&narrow.trim().replace(['(', ')'], "")) {
        let message = format!("“{wrong}”是港澳台号码，请确认主管部门能拨通");
        return Some(Fault { message, fix: None });
    }
    Some(Fault {
        message: format!("“{wrong}”看不出是什么号码，{advice}，请核对"), fix: None
    })
}

/// Half-width, but with the Chinese marks between numbers as they are.
fn narrow(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '；' | '，') { c } else { half_width(c) }).collect()
}

/// The first piece that is no number and no further extension of the number before it.
fn wrong_piece<'a>(text: &'a str, fits: &dyn Fn(&str) -> bool) -> Option<&'a str> {
    let mut after_extension = false;
    let mut any = false;
    for piece in pieces(text) {
        any = true;
        let several = || piece.split_whitespace().all(fits);
        let is_extension = after_extension && patterns().extension.is_match(piece);
        if !is_extension && !fits(piece) && !several() {
            return Some(piece);
        }
        after_extension = is_extension || has_extension(piece);
    }
    (!any).then(|| text.trim())
}

fn has_extension(piece: &str) -> bool {
    let tail = piece.rsplit(['-', '转', '.', ' ']).next().unwrap_or("");
    tail.len() < piece.len() && patterns().extension.is_match(tail)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rules::notice::bundled;

    #[test]
    fn numbers_of_the_notices_are_fine() {
        for contact in bundled().iter().flat_map(|notice| &notice.contacts) {
            assert_eq!(phone(&contact.phone), None, "{}", contact.id);
            assert_eq!(email(&contact.email), None, "{}", contact.id);
        }
        for text in ["85317106 85317108", "52564588-7055、 7045", "66786319、\n66786292"] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn usual_numbers_are_fine() {
        for text in [
            "",
            "68811103",
            "021-68811103",
            "02168811103",
            "021 68811103",
            "(021)68811103",
            "+86 021-68811103",
            "0755-26770000转8001",
            "68811103 ",
            "33134800-20986",
            "400-820-8820",
            "4008208820",
            "13800000000",
            "010-62770000；13900000000",
            "0571-8888888/0571-8888889",
        ] {
            assert_eq!(phone(text), None, "{text}");
        }
        for text in ["13800000000", "+86 13800000000", "13800000000、19912345678", ""] {
            assert_eq!(mobile(text), None, "{text}");
        }
        for text in ["", "无", " 无 ", "/", "021-68811104"] {
            assert_eq!(fax(text), None, "{text}");
        }
    }

    #[test]
    fn full_width_and_broken_numbers_are_put_right() {
        for (text, fix) in [
            ("０２１－６８８１１１０３", "021-68811103"),
            ("（021）68811103", "(021)68811103"),
            ("021—68811103；６８８１１１０４", "021-68811103；68811104"),
            ("138 0000 0000", "13800000000"),
            ("138-0000-0000", "13800000000"),
        ] {
            assert_eq!(phone(text).unwrap().fix.as_deref(), Some(fix), "{text}");
            assert_eq!(phone(fix), None, "{fix}");
        }
        assert_eq!(mobile("１３８００００００００").unwrap().fix.as_deref(), Some("13800000000"));
    }

    #[test]
    fn wrong_numbers_are_named() {
        for text in
            ["123", "1380000000", "无", "68811103、12", "电话68811103", "12800000000", "、", "7045"]
        {
            let fault = phone(text).unwrap();
            assert_eq!(fault.fix, None, "{text}");
        }
        assert!(phone("68811103、12").unwrap().message.contains("“12”"));
        assert!(mobile("021-68811103").unwrap().message.contains("11 位"));
        assert!(fax("13800000000").is_some());
        assert!(phone("+852 2123 4567").unwrap().message.contains("港澳台"));
        assert!(mobile("+886-912345678").unwrap().message.contains("港澳台"));
    }

    #[test]
    fn emails() {
        for text in
            ["", "zjtx-sh@163.com", "2768576@qq.com", "a.b+c@mail.example.com.cn", "a@b.cn；c@d.cn"]
        {
            assert_eq!(email(text), None, "{text}");
        }
        for (text, fix) in [
            ("shili＠example.com", Some("shili@example.com")),
            ("shili@example。com", Some("shili@example.com")),
            ("shili @example.com", Some("shili@example.com")),
            ("shili", None),
            ("@example.com", None),
            ("shili@example", None),
            ("shili@-example.com", None),
            ("示例@example.com", None),
        ] {
            assert_eq!(email(text).unwrap().fix.as_deref(), fix, "{text}");
        }
    }

    #[test]
    fn postcodes() {
        for text in ["", "200120", "010010", " 830000 "] {
            assert_eq!(postcode(text), None, "{text}");
        }
        assert_eq!(postcode("２００１２０").unwrap().fix.as_deref(), Some("200120"));
        for text in ["20012", "2001200", "900000", "无", "20012O"] {
            assert_eq!(postcode(text).unwrap().fix, None, "{text}");
        }
        assert!(postcode("999077").unwrap().message.contains("香港"));
    }

    #[test]
    fn recommending_bodies_outside_the_provinces_are_known() {
        assert_eq!(plan_cities().len(), 5);
        assert_eq!(other_channels(), ["新疆生产建设兵团"]);
    }
}
