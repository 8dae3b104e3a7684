//! 企业概况, items and letters: limits in 字, codes, duplicates.

use std::collections::HashMap;

use super::{Checker, demand};
use crate::domain::Field;
use crate::rules::{Severity, invisible, rule, width, word_count};

pub(super) fn check(checker: &mut Checker<'_>) {
    let counts = word_count::draft_counts(checker.draft);
    check_profile(checker, counts.profile);
    for (index, count) in counts.applications.iter().enumerate() {
        check_letter(checker, index, count.total);
    }
    check_items(checker);
}

/// Whether a count is in the last twentieth below its limit.
const fn is_near(count: usize, limit: usize) -> bool {
    count >= limit - limit / 20
}

fn near_words(what: &str, count: usize, limit: usize) -> String {
    match limit.saturating_sub(count) {
        0 => format!("{what}有 {count} 字，正好到 {limit} 字的上限，再写就超出了。"),
        left => format!("{what}有 {count} 字，离 {limit} 字的上限还有 {left} 字。"),
    }
}

fn check_profile(checker: &mut Checker<'_>, count: usize) {
    let limit = checker.notice.limits.profile;
    let (severity, rule, message) = if count > limit {
        let over = count - limit;
        let message = format!("企业概况有 {count} 字，超过 {limit} 字的上限，请删去 {over} 字。");
        (Severity::Error, rule::PROFILE_LIMIT, message)
    } else if is_near(count, limit) {
        let message = near_words("企业概况", count, limit);
        (Severity::Hint, rule::PROFILE_NEAR_LIMIT, message)
    } else {
        return;
    };
    let finding = checker.finding(severity, rule, &"/matching/profile".into(), message);
    checker.push(finding, checker.notice.clause("profile_limit"));
}

fn check_letter(checker: &mut Checker<'_>, index: usize, count: usize) {
    let limit = checker.notice.limits.application;
    let field = Field::new(format!("/applications/{index}"));
    let letter = format!("事项 {} 的申请书", index + 1);
    let finding = if count > limit {
        let over = count - limit;
        let message = format!(
            "{letter}有 {count} 字，超过原则上 {limit} 字的上限，请删去 {over} 字或说明理由。"
        );
        checker.finding(Severity::Error, rule::LETTER_LIMIT, &field, message).overridable()
    } else if is_near(count, limit) {
        let message = near_words(&letter, count, limit);
        checker.finding(Severity::Hint, rule::LETTER_NEAR_LIMIT, &field, message)
    } else {
        return;
    };
    checker.push(finding, checker.notice.clause("letter_limit"));
}

fn check_items(checker: &mut Checker<'_>) {
    let mut codes: HashMap<String, usize> = HashMap::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    for (index, application) in checker.draft.applications.iter().enumerate() {
        let item = &application.item;
        let name = item.name.trim();
        let name_field = Field::application(index, "item/name");
        let code_field = Field::application(index, "item/code");
        demand::check_name_length(checker, &name_field, name);
        let code = comparable(&item.code);
        if code.is_empty() {
            let message = format!(
                "“{}”还没有填，请按需求目录填写；未公开的需求按主管部门提供的编号。",
                code_field.title()
            );
            checker.warning(rule::ITEM_CODE, &code_field, message);
            check_unnumbered(checker, &mut names, index, name, &name_field);
        } else if let Some(first) = codes.get(&code) {
            let message = format!(
                "事项 {} 与事项 {} 的代码相同，同一事项只能揭榜一次，请删去一个或改正代码。",
                index + 1,
                first + 1
            );
            let finding =
                checker.finding(Severity::Error, rule::ITEM_DUPLICATE, &code_field, message);
            checker.push(finding, checker.notice.clause("letter_per_item"));
        } else {
            codes.insert(code, index);
        }
    }
}

/// Two items of one name are likely one item where no code tells them apart.
fn check_unnumbered<'a>(
    checker: &mut Checker<'a>,
    names: &mut HashMap<&'a str, usize>,
    index: usize,
    name: &'a str,
    field: &Field,
) {
    if name.is_empty() {
        return;
    }
    if let Some(first) = names.get(name) {
        let message = format!(
            "事项 {} 与事项 {} 的名称相同，又都没有代码，请核对是否重复。",
            index + 1,
            first + 1
        );
        checker.warning(rule::NAME_DUPLICATE, field, message);
    } else {
        names.insert(name, index);
    }
}

/// A code as it is compared: half-width capitals without spaces around.
fn comparable(code: &str) -> String {
    width::half_width_text(&invisible::without(code)).trim().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check_draft, letter, solver, solver_after};
    use super::*;
    use Severity::{Error, Hint, Warning};

    #[test]
    fn the_profile_has_a_hard_limit() {
        let profile = "/matching/profile".to_owned();
        for (count, expected) in [
            (474, None),
            (475, Some((Hint, rule::PROFILE_NEAR_LIMIT))),
            (500, Some((Hint, rule::PROFILE_NEAR_LIMIT))),
            (501, Some((Error, rule::PROFILE_LIMIT))),
        ] {
            let found = solver_after(|draft| draft.matching.profile = "字".repeat(count));
            let expected: Vec<_> =
                expected.into_iter().map(|(s, rule)| (s, rule, profile.clone())).collect();
            assert_eq!(found, expected, "{count}");
        }
        let mut draft = solver();
        draft.matching.profile = "字".repeat(500);
        let found = check_draft(&draft);
        assert_eq!(found[0].message, "企业概况有 500 字，正好到 500 字的上限，再写就超出了。");
        draft.matching.profile = "字".repeat(523);
        draft.set_override(&"/matching/profile".into(), rule::PROFILE_LIMIT, "写不下");
        let found = check_draft(&draft);
        assert_eq!(found[0].message, "企业概况有 523 字，超过 500 字的上限，请删去 23 字。");
        assert_eq!(found[0].severity, Error);
    }

    #[test]
    fn the_letter_has_a_limit_in_principle() {
        let with = |count: usize| {
            let mut draft = solver();
            // The seven other sections together.
            let others = word_count::draft_counts(&draft).applications[0].total / 8 * 7;
            draft.applications[0].plan.route = "字".repeat(count - others).into();
            draft
        };
        let rules = |count| {
            check_draft(&with(count)).iter().map(|f| (f.severity, f.rule)).collect::<Vec<_>>()
        };
        assert_eq!(rules(5699), []);
        assert_eq!(rules(5700), [(Hint, rule::LETTER_NEAR_LIMIT)]);
        assert_eq!(rules(6000), [(Hint, rule::LETTER_NEAR_LIMIT)]);
        assert_eq!(rules(6001), [(Error, rule::LETTER_LIMIT)]);
        let mut draft = with(6100);
        draft.set_override(&"/applications/0".into(), rule::LETTER_LIMIT, "攻关方案较复杂");
        let found = check_draft(&draft);
        assert_eq!(found[0].severity, Warning);
        assert_eq!(
            found[0].message,
            "事项 1 的申请书有 6100 字，超过原则上 6000 字的上限（已确认：攻关方案较复杂）。"
        );
    }

    #[test]
    fn no_code_twice() {
        for (first, second, duplicate) in [
            ("Q2-0001", " q2-0001 ", true),
            ("Q2-0001", "Ｑ２－０００１", true),
            ("Q2-0001", "Q2-0001\u{200B}", true),
            ("0301", "301", false),
            ("301", "302", false),
        ] {
            let found = solver_after(|draft| {
                draft.applications = vec![letter("甲", first), letter("甲", second)];
            });
            let place = "/applications/1/item/code".to_owned();
            assert_eq!(
                found.contains(&(Error, rule::ITEM_DUPLICATE, place)),
                duplicate,
                "{second}"
            );
        }
    }

    #[test]
    fn items_without_a_code_are_warned_and_compared_by_name() {
        let found = solver_after(|draft| {
            draft.applications = vec![letter("甲", ""), letter("甲 ", " "), letter("乙", "")];
        });
        let code = |n: usize| (Warning, rule::ITEM_CODE, format!("/applications/{n}/item/code"));
        let name = (Warning, rule::NAME_DUPLICATE, "/applications/1/item/name".to_owned());
        let found: Vec<_> = found.into_iter().filter(|f| f.1 != rule::OUTER_SPACES).collect();
        assert_eq!(found, [code(0), name, code(1), code(2)]);
    }

    #[test]
    fn a_long_name_is_warned() {
        let found = solver_after(|draft| draft.applications[0].item.name = "材".repeat(33));
        assert_eq!(found, [(Warning, rule::NAME_LENGTH, "/applications/0/item/name".to_owned())]);
    }
}
