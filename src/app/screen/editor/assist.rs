//! What the program can say of a blank while it is being filled in: readings and suggestions.

use crate::domain::{Draft, Field, Kind};
use crate::rules::{date, industry, number, region};

/// Something to put into a blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suggestion {
    /// What the list shows.
    pub(super) label: String,
    /// What is put in.
    pub(super) words: String,
}

/// Most suggestions shown at once.
const MOST: usize = 40;

/// What could be put into the blank; empty where it says one of them already.
pub(super) fn suggestions(draft: &Draft, field: &Field) -> Vec<Suggestion> {
    let Some(kind) = field.spec().map(|spec| spec.kind) else { return Vec::new() };
    let typed = draft.text(field).unwrap_or_default().trim();
    let found: Vec<Suggestion> = match kind {
        Kind::Industry if industry::division(typed).is_some() => Vec::new(),
        Kind::Industry => industry::search(typed)
            .map(|division| Suggestion {
                label: format!("{}　{}", division.code, division.name),
                words: division.code.clone(),
            })
            .collect(),
        Kind::Region => {
            let names = region_names(draft, field);
            if names.contains(&typed) {
                return Vec::new();
            }
            let starts = names.iter().filter(|name| name.starts_with(typed));
            let holds =
                names.iter().filter(|name| name.contains(typed) && !name.starts_with(typed));
            starts.chain(holds).map(|name| same(name)).collect()
        }
        _ => Vec::new(),
    };
    found.into_iter().take(MOST).collect()
}

fn same(name: &str) -> Suggestion {
    Suggestion { label: name.to_owned(), words: name.to_owned() }
}

fn region_names(draft: &Draft, field: &Field) -> Vec<&'static str> {
    let chosen = &draft.company.region;
    let province = region::find_province(&chosen.province);
    match field.segments().last() {
        Some("province") => region::provinces().iter().map(|p| p.name.as_str()).collect(),
        Some("city") => province.map_or_else(Vec::new, region::Province::second_level),
        Some("county") => province.map_or_else(Vec::new, |province| {
            province.third_level(&chosen.city).iter().map(|c| c.name.as_str()).collect()
        }),
        _ => Vec::new(),
    }
}

/// How the program reads what was typed; `None` where there is nothing to add.
pub(super) fn reading(draft: &Draft, field: &Field) -> Option<String> {
    let spec = field.spec()?;
    let typed = draft.text(field).unwrap_or_default();
    match spec.kind {
        Kind::Industry => industry::division(typed).map(|division| division.name.clone()),
        Kind::Number => amount(typed, &spec.unit),
        Kind::CreditCode => credit_code(typed),
        Kind::Date => chinese_date(typed),
        _ => None,
    }
}

/// An amount with its thousands apart and, from 100 万元, in 亿元 too; a number below 1000 needs no
/// reading.
fn amount(typed: &str, unit: &str) -> Option<String> {
    let number = number::parse(typed)?;
    let grouped = format!("＝ {} {unit}", grouped(&number.to_string()));
    if unit == "万元" && number >= number::Number::from(100) {
        return Some(format!("{grouped} ＝ {} 亿元", number.over_10000()));
    }
    (number >= number::Number::from(1000)).then_some(grouped)
}

/// The digits of a number in groups of three.
fn grouped(number: &str) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let mut out = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    if part.is_empty() { out } else { format!("{out}.{part}") }
}

/// A date as it is said, so that a slip of a digit is seen.
fn chinese_date(typed: &str) -> Option<String> {
    let date = date::parse(typed)?;
    Some(format!("＝ {}，{}", date::in_chinese(date), weekday(date.weekday())))
}

const fn weekday(day: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday;
    match day {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}

/// What a code says of the body that has it.
fn credit_code(typed: &str) -> Option<String> {
    use crate::rules::credit_code::examine;
    if typed.trim().is_empty() {
        return None;
    }
    let examined = examine(typed);
    let kind = examined.category.map(|c| format!("{}登记的{}", c.department, c.kind));
    let place = examined.region.map(|province| format!("登记地 {}", province.name));
    let parts: Vec<String> = kind.into_iter().chain(place).collect();
    if parts.is_empty() { None } else { Some(parts.join("，")) }
}

/// The class computed from industry, staff and revenue, with its reasons, or what is missing.
pub(super) fn size_class(draft: &Draft) -> Vec<String> {
    use crate::rules::enterprise_size::{Inputs, classify};
    match classify(&Inputs::of(&draft.company)) {
        Ok(class) => {
            let mut lines = vec![format!("按所填数据计算：{}（{}）", class.size, class.group)];
            lines.extend(class.reasons);
            lines
        }
        Err(missing) => vec![missing.to_string()],
    }
}

/// The size class cannot be told from the division alone, or the class is filled in already.
pub(super) fn needs_industry_class(draft: &Draft) -> bool {
    use crate::rules::enterprise_size::{Inputs, SizeError, classify};
    let asked = matches!(classify(&Inputs::of(&draft.company)), Err(SizeError::Class { .. }));
    asked || !draft.company.industry_class.trim().is_empty()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn draft_with(field: &str, words: &str) -> (Draft, Field) {
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        let field = Field::from(field);
        *draft.text_mut(&field).unwrap() = words.to_owned();
        (draft, field)
    }

    #[test]
    fn an_industry_is_found_by_code_name_and_initials_and_the_list_closes_on_a_code() {
        for typed in ["39", "计算机", "jsj"] {
            let (mut draft, field) = draft_with("/company/industry", typed);
            draft.company.industry = typed.to_owned();
            let found = suggestions(&draft, &field).iter().any(|s| s.words == "39");
            assert!(found || typed == "39", "{typed}");
        }
        let (draft, field) = draft_with("/company/industry", "39");
        assert!(suggestions(&draft, &field).is_empty());
        assert!(reading(&draft, &field).unwrap().contains("计算机"));
    }

    #[test]
    fn a_city_is_offered_of_the_province_chosen() {
        let (mut draft, field) = draft_with("/company/region/city", "浦");
        assert!(suggestions(&draft, &field).is_empty());
        draft.company.region.province = "上海市".into();
        let found = suggestions(&draft, &field);
        assert_eq!(found[0].words, "浦东新区");
        assert!(found.iter().all(|suggestion| suggestion.words.contains('浦')));
    }

    #[test]
    fn an_amount_that_slipped_into_yuan_is_read_back() {
        let (draft, field) = draft_with("/company/revenue", "86000000");
        assert_eq!(reading(&draft, &field).as_deref(), Some("＝ 86,000,000 万元 ＝ 8600 亿元"));
        let (draft, field) = draft_with("/company/revenue", "8600");
        assert_eq!(reading(&draft, &field).as_deref(), Some("＝ 8,600 万元 ＝ 0.86 亿元"));
        let (draft, field) = draft_with("/company/employees", "86000000");
        assert_eq!(reading(&draft, &field).as_deref(), Some("＝ 86,000,000 人"));
        let (draft, field) = draft_with("/company/employees", "200");
        assert_eq!(reading(&draft, &field), None);
        assert_eq!(grouped("-123456.7"), "-123,456.7");
    }

    #[test]
    fn a_date_is_read_back_in_chinese() {
        let (draft, field) = draft_with("/company/registered_on", "2016.5.18");
        assert_eq!(reading(&draft, &field).as_deref(), Some("＝ 2016年5月18日，星期三"));
        let (draft, field) = draft_with("/company/registered_on", "2016-13-18");
        assert_eq!(reading(&draft, &field), None);
    }
}
