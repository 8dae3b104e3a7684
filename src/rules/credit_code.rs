//! 统一社会信用代码 (GB 32100-2015): what is wrong with one and where, and what it says.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::region::{self, Province};
use super::width::half_width;

/// Length of a code.
const LENGTH: usize = 18;

/// What a code looks like after reading it closely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// The code in half-width capitals without spaces or hyphens.
    pub normalized: String,
    /// What is wrong; empty for a sound code and for an empty text.
    pub problems: Vec<Problem>,
    /// The kind of body its first two characters name.
    pub category: Option<Category>,
    /// The province whose office registered it; none for the national office.
    pub region: Option<&'static Province>,
    /// The code with look-alike letters mended, where that makes it sound.
    pub mended: Option<String>,
}

/// What kind of thing is wrong with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not 18 characters.
    Length,
    /// Characters that no code has there.
    Character,
    /// No such kind of body or no such place.
    Meaning,
    /// A check character that does not fit the others; issued codes with one are known.
    CheckCharacter,
}

/// One thing wrong with a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemKind,
    /// Place of the character, from 1; none where the whole code is meant.
    pub position: Option<usize>,
    /// What is wrong, in Chinese, without a full stop.
    pub message: String,
}

/// 登记管理部门 and 机构类别.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    /// 登记管理部门, such as 工商（市场监管）.
    pub department: &'static str,
    /// 机构类别, such as 企业.
    pub kind: &'static str,
    /// Whether it is an enterprise, code 91.
    pub enterprise: bool,
}

#[derive(Debug, Deserialize)]
struct Table {
    standard: String,
    alphabet: String,
    weights: Vec<u32>,
    org_code: OrgCode,
    categories: BTreeMap<char, Department>,
}

#[derive(Debug, Deserialize)]
struct OrgCode {
    weights: Vec<u32>,
}

#[derive(Debug, Deserialize)]
struct Department {
    dept: String,
    types: BTreeMap<char, String>,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        // Bundled data: a test of this module reads it, so it cannot fail on a user's machine.
        #[allow(clippy::expect_used)]
        serde_json::from_str(include_str!("../../assets/standards/credit_codes.json"))
            .expect("assets/standards/credit_codes.json")
    });
    &TABLE
}

/// The standard, as it is cited.
#[must_use]
pub fn standard() -> &'static str {
    &table().standard
}

/// Half-width capitals without spaces, hyphens and invisible characters.
#[must_use]
pub fn normalize(text: &str) -> String {
    let dropped = |c: char| c.is_whitespace() || c == '-' || super::invisible::is_invisible(c);
    let chars = text.chars().map(half_width).filter(|&c| !dropped(c));
    chars.map(|c| c.to_ascii_uppercase()).collect()
}

/// Reads a code closely. An empty text has no problems: whether a code is required is another rule.
#[must_use]
pub fn examine(text: &str) -> Examination {
    let normalized = normalize(text);
    let chars: Vec<char> = normalized.chars().collect();
    let problems = problems(&chars);
    let mended = mend(&chars).filter(|_| !problems.is_empty());
    Examination {
        category: category(&chars),
        region: province(&chars),
        problems,
        mended,
        normalized,
    }
}

fn problems(chars: &[char]) -> Vec<Problem> {
    if chars.is_empty() {
        return Vec::new();
    }
    if let Some(message) = wrong_length(chars) {
        return vec![Problem { kind: ProblemKind::Length, position: None, message }];
    }
    let mut problems = wrong_characters(chars);
    if problems.is_empty() {
        problems.extend(wrong_body(chars));
        problems.extend(wrong_region(chars));
        problems.extend(wrong_org_check(chars));
        problems.extend(wrong_check(chars));
    }
    problems
}

fn wrong_length(chars: &[char]) -> Option<String> {
    let digits = chars.iter().all(char::is_ascii_digit);
    match chars.len() {
        LENGTH => None,
        15 if digits => Some(
            "这是 15 位的旧营业执照注册号，请改填营业执照上 18 位的统一社会信用代码".to_owned(),
        ),
        9 => Some("这是 9 位的组织机构代码，请改填营业执照上 18 位的统一社会信用代码".to_owned()),
        n if n < LENGTH => {
            Some(format!("应为 18 位，现在只有 {n} 位，请补上缺少的 {} 位", LENGTH - n))
        }
        n => Some(format!("应为 18 位，现在有 {n} 位，请删去多出的 {} 位", n - LENGTH)),
    }
}

fn value(c: char) -> Option<u32> {
    table().alphabet.chars().position(|a| a == c).and_then(|n| u32::try_from(n).ok())
}

fn wrong_characters(chars: &[char]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, &c) in chars.iter().enumerate() {
        let position = index + 1;
        let message = if (3..=8).contains(&position) && !c.is_ascii_digit() {
            let instead = look_alike(c).map_or_else(String::new, |d| format!("，是否应为 {d}"));
            format!("第 {position} 位是“{c}”，第 3 至 8 位是行政区划代码，只能是数字{instead}")
        } else if value(c).is_some() {
            continue;
        } else if let Some(digit) = look_alike(c) {
            format!("第 {position} 位是字母 {c}，代码里不用这个字母，是否应为数字 {digit}")
        } else if c == 'V' {
            format!("第 {position} 位是字母 V，代码里不用这个字母，是否应为 U、W 或 Y")
        } else {
            format!("第 {position} 位是“{c}”，代码里只能有数字和大写字母")
        };
        problems.push(Problem { kind: ProblemKind::Character, position: Some(position), message });
    }
    problems
}

/// The digit a letter outside the alphabet is taken for.
const fn look_alike(c: char) -> Option<char> {
    match c {
        'I' => Some('1'),
        'O' => Some('0'),
        'Z' => Some('2'),
        'S' => Some('5'),
        _ => None,
    }
}

fn mend(chars: &[char]) -> Option<String> {
    let mended: Vec<char> = chars.iter().map(|&c| look_alike(c).unwrap_or(c)).collect();
    let sound = mended != chars && problems_of_mended(&mended);
    sound.then(|| mended.into_iter().collect())
}

fn problems_of_mended(chars: &[char]) -> bool {
    chars.len() == LENGTH && problems(chars).is_empty()
}

fn wrong_body(chars: &[char]) -> Option<Problem> {
    let (&first, &second) = (chars.first()?, chars.get(1)?);
    let Some(department) = table().categories.get(&first) else {
        let message = format!("第 1 位“{first}”不是登记管理部门代码，企业的代码以 91 开头");
        return Some(Problem { kind: ProblemKind::Meaning, position: Some(1), message });
    };
    (!department.types.contains_key(&second)).then(|| Problem {
        kind: ProblemKind::Meaning,
        position: Some(2),
        message: format!("第 2 位“{second}”不是机构类别代码，企业的代码以 91 开头"),
    })
}

fn wrong_region(chars: &[char]) -> Option<Problem> {
    let code: String = chars.get(2..8)?.iter().collect();
    let known = code == "100000" || code.get(..2).and_then(region::province).is_some();
    (!known).then(|| Problem {
        kind: ProblemKind::Meaning,
        position: Some(3),
        message: format!("第 3、4 位“{}”不是省级行政区划代码", code.get(..2).unwrap_or_default()),
    })
}

/// The check character of the 主体标识码, the ninth of GB 11714.
fn wrong_org_check(chars: &[char]) -> Option<Problem> {
    let body = chars.get(8..16)?;
    let sum: u32 = body
        .iter()
        .zip(&table().org_code.weights)
        .map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight)
        .sum();
    let wanted = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        n => char::from_digit(n, 10)?,
    };
    let &given = chars.get(16)?;
    (given != wanted).then(|| Problem {
        kind: ProblemKind::CheckCharacter,
        position: Some(17),
        message: format!(
            "第 17 位（组织机构代码的校验码）按第 9 至 16 位算应为 {wanted}，现在是 {given}"
        ),
    })
}

fn wrong_check(chars: &[char]) -> Option<Problem> {
    let body = chars.get(..17)?;
    let sum: u32 =
        body.iter().zip(&table().weights).map(|(&c, weight)| value(c).unwrap_or(0) * weight).sum();
    let index = (31 - sum % 31) % 31;
    let wanted = table().alphabet.chars().nth(usize::try_from(index).ok()?)?;
    let &given = chars.get(17)?;
    (given != wanted).then(|| Problem {
        kind: ProblemKind::CheckCharacter,
        position: Some(LENGTH),
        message: format!("第 18 位（校验码）按前 17 位算应为 {wanted}，现在是 {given}"),
    })
}

fn category(chars: &[char]) -> Option<Category> {
    let (&first, &second) = (chars.first()?, chars.get(1)?);
    if chars.len() != LENGTH {
        return None;
    }
    let department = table().categories.get(&first)?;
    let kind = department.types.get(&second)?;
    Some(Category { department: &department.dept, kind, enterprise: first == '9' && second == '1' })
}

fn province(chars: &[char]) -> Option<&'static Province> {
    if chars.len() != LENGTH {
        return None;
    }
    let code: String = chars.get(2..4)?.iter().collect();
    region::province(&code)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        examine(text).problems.into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn sound_codes_pass_however_they_are_typed() {
        for text in [
            "914403001922038216",
            "9144030071526726XG",
            "9144030071526726xg",
            "９１４４０３００７１５２６７２６ＸＧ",
            " 9144 0300 7152 6726 XG ",
            "914403001922038216\u{200B}",
        ] {
            let examination = examine(text);
            assert_eq!(examination.problems, [], "{text}");
            assert_eq!(examination.region.unwrap().name, "广东省");
            let category = examination.category.unwrap();
            assert_eq!((category.kind, category.enterprise), ("企业", true));
        }
        assert_eq!(examine("").problems, []);
    }

    #[test]
    fn says_what_the_check_character_should_be() {
        let problems = examine("914403001922038217").problems;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].position, Some(18));
        assert!(problems[0].message.contains("应为 6，现在是 7"));
        assert!(messages("914403001922038226")[0].contains("第 17 位"));
    }

    #[test]
    fn the_issued_code_that_fails_is_told_at_its_last_character_only() {
        let problems = examine("91350203M0001QAY9B").problems;
        let places: Vec<_> = problems.iter().map(|problem| problem.position).collect();
        assert_eq!(places, [Some(18)]);
    }

    #[test]
    fn lengths_are_told_apart() {
        for (text, part) in [
            ("440301103097413", "旧营业执照注册号"),
            ("19220382-1", "组织机构代码"),
            ("71526726X", "组织机构代码"),
            ("91440300192203821", "只有 17 位，请补上缺少的 1 位"),
            ("9144030019220382166", "有 19 位，请删去多出的 1 位"),
        ] {
            let messages = messages(text);
            assert_eq!(messages.len(), 1);
            assert!(messages[0].contains(part), "{text}: {messages:?}");
        }
    }

    #[test]
    fn letters_outside_the_alphabet_are_named_with_place_and_guess() {
        let examination = examine("9I44O300192203821V");
        let places: Vec<_> = examination.problems.iter().map(|p| p.position).collect();
        assert_eq!(places, [Some(2), Some(5), Some(18)]);
        assert!(examination.problems[0].message.contains("应为数字 1"));
        assert_eq!(examination.mended, None);
        let mended = examine("914403OO192203821６").mended;
        assert_eq!(mended.as_deref(), Some("914403001922038216"));
        assert!(messages("91440300192203821中")[0].contains("“中”"));
    }

    #[test]
    fn bodies_and_places_are_read() {
        assert!(messages("Q14403001922038216")[0].contains("第 1 位"));
        assert!(messages("984403001922038216")[0].contains("第 2 位"));
        assert!(messages("919903001922038216")[0].contains("第 3、4 位“99”"));
        let household = examine("92440300192203821X").category.unwrap();
        assert_eq!((household.kind, household.enterprise), ("个体工商户", false));
        let national = examine("91100000192203821X");
        assert!(national.region.is_none());
        assert!(national.problems.iter().all(|problem| problem.position != Some(3)));
    }
}
