//! 《大企业技术创新需求表》: channel and demands.

use std::collections::HashMap;

use super::Checker;
use crate::domain::{Channel, DemandContent, Disclosure, Field};
use crate::rules::{Severity, invisible, rule};

/// 字符 the platform's field for a name seems to take; unofficial.
pub(super) const NAME_LENGTH: usize = 32;

pub(super) fn check(checker: &mut Checker<'_>) {
    check_channel(checker);
    check_names(checker);
    for index in 0..checker.draft.demands.len() {
        check_content(checker, index);
    }
    check_withheld_name(checker);
}

fn check_channel(checker: &mut Checker<'_>) {
    let recommendation = &checker.draft.recommendation;
    let Some(channel) = recommendation.channel else { return };
    let provincial = ("/recommendation/provincial_body", &recommendation.provincial_body);
    let ministry = ("/recommendation/ministry_body", &recommendation.ministry_body);
    let (wanted, other) = match channel {
        Channel::Provincial => (provincial, ministry),
        Channel::Ministry => (ministry, provincial),
    };
    if invisible::is_blank(wanted.1) {
        let message = format!("推荐渠道选了“{channel}”，请填写它的名称。");
        checker.error(rule::CHANNEL_BODY, &wanted.0.into(), message);
    }
    if !invisible::is_blank(other.1) {
        let field = Field::from(other.0);
        let message = format!("推荐渠道选的是“{channel}”，请清空“{}”。", field.title());
        let finding = checker.finding(Severity::Warning, rule::CHANNEL_OTHER, &field, message);
        checker.push(finding.with_fix("清空", ""), checker.notice.clause("channel"));
    }
}

fn check_names(checker: &mut Checker<'_>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, demand) in checker.draft.demands.iter().enumerate() {
        let (name, field) = (demand.name.trim(), Field::demand(index, "name"));
        check_name_length(checker, &field, name);
        if name.is_empty() {
            continue;
        }
        if let Some(first) = seen.get(name) {
            let message =
                format!("需求 {} 与需求 {} 的名称相同，请核对是否重复。", index + 1, first + 1);
            checker.warning(rule::NAME_DUPLICATE, &field, message);
        } else {
            seen.insert(name, index);
        }
    }
}

/// Warns of a name the platform may cut.
pub(super) fn check_name_length(checker: &mut Checker<'_>, field: &Field, name: &str) {
    let length = name.chars().count();
    if length > NAME_LENGTH {
        let message = format!(
            "“{}”有 {length} 个字，平台上的名称似乎最多 {NAME_LENGTH} 个字，在平台填写时请核对有没有被截断。",
            field.title()
        );
        checker.warning(rule::NAME_LENGTH, field, message);
    }
}

fn check_content(checker: &mut Checker<'_>, index: usize) {
    // The first part is required and said by that rule.
    for part in DemandContent::PARTS.iter().skip(1) {
        let field = Field::demand(index, &format!("content/{part}"));
        if invisible::is_blank(checker.text(&field)) {
            let message = format!("“{}”还没有写，请补充。", field.title());
            let finding = checker.finding(Severity::Warning, rule::DEMAND_CONTENT, &field, message);
            checker.push(finding, checker.notice.clause("demand_content"));
        }
    }
}

fn check_withheld_name(checker: &mut Checker<'_>) {
    let name = checker.draft.company.name.trim();
    if checker.draft.disclosure != Some(Disclosure::Withheld) || name.is_empty() {
        return;
    }
    for field in checker.draft.blanks() {
        let in_demand = field.segments().next() == Some("demands");
        if in_demand && checker.text(&field).contains(name) {
            let message =
                format!("选了不公开企业名称，“{}”里却写着企业名称，请改写。", field.title());
            let finding = checker.finding(Severity::Warning, rule::WITHHELD_NAME, &field, message);
            checker.push(finding, checker.notice.clause("disclosure"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::demander_after;
    use super::*;
    use Severity::{Error, Warning};

    #[test]
    fn exactly_the_body_of_the_channel_ticked_is_named() {
        let ministry = "/recommendation/ministry_body".to_owned();
        let provincial = "/recommendation/provincial_body".to_owned();
        assert_eq!(
            demander_after(|draft| draft.recommendation.provincial_body.clear()),
            [(Error, rule::CHANNEL_BODY, provincial.clone())]
        );
        assert_eq!(
            demander_after(|draft| draft.recommendation.ministry_body = "原材料工业司".to_owned()),
            [(Warning, rule::CHANNEL_OTHER, ministry.clone())]
        );
        assert_eq!(
            demander_after(|draft| draft.recommendation.channel = Some(Channel::Ministry)),
            [(Warning, rule::CHANNEL_OTHER, provincial), (Error, rule::CHANNEL_BODY, ministry)]
        );
    }

    #[test]
    fn missing_parts_of_the_content_are_warned() {
        let found = demander_after(|draft| draft.demands[1].content = DemandContent::default());
        let places: Vec<&str> = found.iter().map(|f| f.2.as_str()).collect();
        assert_eq!(
            places,
            ["description", "parameters", "effect", "schedule", "cooperation"]
                .map(|part| format!("/demands/1/content/{part}"))
        );
        assert_eq!(found[0].0, Error);
        assert!(found.iter().skip(1).all(|f| (f.0, f.1) == (Warning, rule::DEMAND_CONTENT)));
    }

    #[test]
    fn names_are_short_and_different() {
        let exact = demander_after(|draft| draft.demands[0].name = "材".repeat(32));
        assert_eq!(exact, []);
        let long = demander_after(|draft| draft.demands[0].name = "材".repeat(33));
        assert_eq!(long, [(Warning, rule::NAME_LENGTH, "/demands/0/name".to_owned())]);
        let same = demander_after(|draft| draft.demands[1].name = " 阻燃改性材料".to_owned());
        assert_eq!(same, [(Warning, rule::NAME_DUPLICATE, "/demands/1/name".to_owned())]);
    }

    #[test]
    fn a_withheld_name_must_not_stand_in_a_demand() {
        let text = "深圳示例新材料有限公司拟研发一款材料".to_owned();
        let public = demander_after(|draft| draft.demands[0].content.description = text.clone());
        assert_eq!(public, []);
        let withheld = demander_after(|draft| {
            draft.disclosure = Some(Disclosure::Withheld);
            draft.demands[0].content.description = text;
        });
        let place = "/demands/0/content/description".to_owned();
        assert_eq!(withheld, [(Warning, rule::WITHHELD_NAME, place)]);
    }
}
