//! Blanks that must be filled in, boxes that must be ticked, statements that must be confirmed.

use super::Checker;
use crate::domain::{Body, Draft, Field, Kind, field};
use crate::rules::{Severity, invisible, rule};

pub(super) fn check(checker: &mut Checker<'_>) {
    let mut fields = Vec::new();
    for spec in field::specs().iter().filter(|spec| spec.required) {
        fields.clear();
        spec.expand(checker.draft, &mut fields);
        for field in &fields {
            check_one(checker, field, spec.kind);
        }
    }
}

fn check_one(checker: &mut Checker<'_>, field: &Field, kind: Kind) {
    if is_filled(checker.draft, field) {
        return;
    }
    let title = field.title();
    match field.pointer() {
        // Which office, if any, is a question of the route: see `submission`.
        "/submission/contact" => {}
        "/demands" => checker.error(rule::REQUIRED, field, "请至少提出一项技术创新需求。"),
        "/applications" => {
            let finding = checker.finding(
                Severity::Error,
                rule::REQUIRED,
                field,
                "请至少填写一个拟揭榜事项。",
            );
            checker.push(finding, checker.notice.clause("letter_per_item"));
        }
        pointer if kind == Kind::Confirm => {
            let message = format!("请确认：{title}。");
            let finding = checker.finding(Severity::Error, rule::REQUIRED, field, message);
            let clause = checker.notice.clause(pointer.rsplit('/').next().unwrap_or_default());
            checker.push(finding, clause);
        }
        _ if matches!(kind, Kind::Choice | Kind::Industry) => {
            checker.error(rule::REQUIRED, field, format!("请选择“{title}”。"));
        }
        _ => checker.error(rule::REQUIRED, field, format!("请填写“{title}”。")),
    }
}

/// Whether a blank has a text one can see, a choice made, a confirmation given, a group an entry.
fn is_filled(draft: &Draft, field: &Field) -> bool {
    if let Some(body) = draft.body(field) {
        return has_content(body);
    }
    if let Some(text) = draft.text(field) {
        return !invisible::is_blank(text);
    }
    let segments: Vec<&str> = field.segments().collect();
    match segments.as_slice() {
        ["disclosure"] => draft.disclosure.is_some(),
        ["company", "size"] => draft.company.size.is_some(),
        ["company", "ownership"] => draft.company.ownership.is_some(),
        ["company", "categories"] => !draft.company.categories.is_empty(),
        ["recommendation", "channel"] => draft.recommendation.channel.is_some(),
        ["demands"] => !draft.demands.is_empty(),
        ["applications"] => !draft.applications.is_empty(),
        ["declarations", "no_secrets"] => draft.declarations.no_secrets,
        ["declarations", "not_affiliated"] => draft.declarations.not_affiliated,
        ["declarations", "letter_disclosed"] => draft.declarations.letter_disclosed,
        ["applications", n, "evidence", m, "kind"] => {
            let numbers = (n.parse::<usize>(), m.parse::<usize>());
            let (Ok(n), Ok(m)) = numbers else { return false };
            let piece = draft.applications.get(n).and_then(|letter| letter.evidence.get(m));
            piece.is_some_and(|piece| piece.kind.is_some())
        }
        _ => false,
    }
}

/// Whether a section says or shows something.
fn has_content(body: &Body) -> bool {
    body.figures().next().is_some() || body.words().any(|words| !invisible::is_blank(words))
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::super::fixture::{check_draft, demander, solver};
    use super::*;
    use crate::domain::Role;

    /// Empties one blank, choice, confirmation or group.
    fn clear(draft: &mut Draft, field: &Field) {
        if let Some(text) = draft.text_mut(field) {
            *text = " \u{3000}\u{200B}\n".to_owned();
            return;
        }
        match field.pointer() {
            "/disclosure" => draft.disclosure = None,
            "/company/size" => draft.company.size = None,
            "/company/ownership" => draft.company.ownership = None,
            "/company/categories" => draft.company.categories.clear(),
            "/recommendation/channel" => draft.recommendation.channel = None,
            "/demands" => draft.demands.clear(),
            "/applications" => draft.applications.clear(),
            "/declarations/no_secrets" => draft.declarations.no_secrets = false,
            "/declarations/not_affiliated" => draft.declarations.not_affiliated = false,
            "/declarations/letter_disclosed" => draft.declarations.letter_disclosed = false,
            "/applications/0/evidence/0/kind" => draft.applications[0].evidence[0].kind = None,
            other => panic!("{other} is required and of no known shape"),
        }
    }

    #[test]
    fn each_required_blank_is_missed_when_it_is_empty() {
        for full in [demander(), solver()] {
            for spec in field::specs().iter().filter(|spec| spec.required) {
                let mut fields = Vec::new();
                spec.expand(&full, &mut fields);
                for field in fields {
                    let mut draft = full.clone();
                    clear(&mut draft, &field);
                    if draft.role == Role::Demander && field.pointer() == "/submission/contact" {
                        continue;
                    }
                    let found = check_draft(&draft);
                    let missed =
                        found.iter().find(|f| f.field == field && f.rule == rule::REQUIRED);
                    let missed = missed.unwrap_or_else(|| panic!("{field} is not missed"));
                    assert_eq!((missed.severity, missed.overridable), (Severity::Error, false));
                }
            }
        }
    }

    #[test]
    fn every_spec_is_a_blank_a_choice_a_confirmation_or_a_group() {
        let draft = |role| if role == Role::Demander { demander() } else { solver() };
        for spec in field::specs() {
            let mut fields = Vec::new();
            spec.expand(&draft(spec.roles[0]), &mut fields);
            assert!(!fields.is_empty(), "{}", spec.field);
            let other = matches!(spec.kind, Kind::Choice | Kind::Confirm | Kind::Group);
            for field in fields {
                let text = draft(spec.roles[0]).text(&field).is_some();
                assert!(text || other, "{field}");
            }
        }
    }

    #[test]
    fn a_blank_of_spaces_is_missed_once_and_by_no_other_rule() {
        for key in
            ["credit_code", "industry", "region/province", "employees", "email", "registered_on"]
        {
            let mut draft = solver();
            let field = Field::new(format!("/company/{key}"));
            *draft.text_mut(&field).unwrap() = " \u{3000} ".to_owned();
            let rules: Vec<&str> = check_draft(&draft).iter().map(|f| f.rule).collect();
            assert_eq!(rules, [rule::REQUIRED], "{key}");
        }
    }

    #[test]
    fn a_declaration_quotes_its_clause() {
        let mut draft = solver();
        draft.declarations.not_affiliated = false;
        let found = check_draft(&draft);
        assert!(found[0].clause.contains("子公司、控股公司、供应商"));
        assert_eq!(found[0].message, "请确认：与“发榜”企业没有关联。");
    }
}
