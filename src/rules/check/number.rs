//! Numbers: readable, not negative, in the unit the form asks for.

use super::Checker;
use crate::domain::{Field, Kind, Role};
use crate::rules::number::{self, Number};
use crate::rules::{Severity, invisible, rule};

/// 万元 from which a round amount is likely 元: 100 亿 for a company that applies.
const SOLVER_SLIP: u32 = 1_000_000;
/// 万元 from which a round amount is likely 元: 1000 亿 for a large one.
const DEMANDER_SLIP: u32 = 10_000_000;

pub(super) fn check(checker: &mut Checker<'_>) {
    for field in checker.draft.blanks() {
        let Some(spec) = field.spec().filter(|spec| spec.kind == Kind::Number) else { continue };
        let text = checker.text(&field).trim();
        if text.is_empty() {
            continue;
        }
        match number::parse(text) {
            None => check_text(checker, &field, text, &spec.unit),
            Some(number) => check_value(checker, &field, number, &spec.unit),
        }
    }
}

fn check_text(checker: &mut Checker<'_>, field: &Field, text: &str, unit: &str) {
    let (title, quoted) = (field.title(), invisible::quote(text));
    let message = format!("“{title}”里的“{quoted}”不是数，请只填以{unit}为单位的数字。");
    let mut finding = checker.finding(Severity::Error, rule::NUMBER, field, message).overridable();
    if let Some(number) = number::in_unit(text, unit) {
        finding = finding.with_fix(format!("改为 {number}"), number.to_string());
    }
    checker.findings.push(finding);
}

fn check_value(checker: &mut Checker<'_>, field: &Field, number: Number, unit: &str) {
    let title = field.title();
    if number.is_negative() {
        checker.error(rule::NUMBER_NEGATIVE, field, format!("“{title}”不能是负数，请改正。"));
    } else if unit == "人" && !number.is_whole() {
        checker.error(rule::NUMBER_WHOLE, field, format!("“{title}”应是整数，请改正。"));
    } else if unit == "万元" && looks_like_yuan(number, checker.draft.role) {
        let smaller = number.over_10000();
        let message = format!("“{title}”是 {number} 万元，单位是万元，请核对是不是按元填的。");
        let finding = checker.finding(Severity::Warning, rule::NUMBER_UNIT, field, message);
        checker
            .findings
            .push(finding.with_fix(format!("按元换算为 {smaller} 万元"), smaller.to_string()));
    }
}

fn looks_like_yuan(number: Number, role: Role) -> bool {
    let round = number.is_multiple_of(10_000);
    match role {
        // 1000 亿 is beyond any small or medium enterprise, round or not.
        Role::Solver => {
            number >= Number::from(DEMANDER_SLIP) || (round && number >= Number::from(SOLVER_SLIP))
        }
        Role::Demander => round && number >= Number::from(DEMANDER_SLIP),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::fixture::{check_draft, demander, solver};
    use super::*;

    #[test]
    fn numbers_of_the_company() {
        for (role, key, text, expected, fix) in [
            (Role::Solver, "registered_capital", "三千万", Some(rule::NUMBER), None),
            (Role::Solver, "registered_capital", "3000万元", Some(rule::NUMBER), Some("3000")),
            (Role::Solver, "registered_capital", "1.2亿", Some(rule::NUMBER), Some("12000")),
            (Role::Solver, "registered_capital", "30000000", Some(rule::NUMBER_UNIT), Some("3000")),
            (Role::Solver, "registered_capital", "1000000", Some(rule::NUMBER_UNIT), Some("100")),
            (Role::Solver, "registered_capital", "990000", None, None),
            (Role::Solver, "registered_capital", "-1", Some(rule::NUMBER_NEGATIVE), None),
            (Role::Solver, "registered_capital", "３,０００．５", None, None),
            (Role::Solver, "employees", "200人", Some(rule::NUMBER), Some("200")),
            (Role::Solver, "employees", "200.5", Some(rule::NUMBER_WHOLE), None),
            (Role::Solver, "employees", "200.0", None, None),
            (Role::Solver, "total_assets", "很多", Some(rule::NUMBER), None),
            (Role::Demander, "revenue", "86543210.5", None, None),
            (Role::Demander, "revenue", "50000000", Some(rule::NUMBER_UNIT), Some("5000")),
            (Role::Demander, "registered_capital", "9990000", None, None),
        ] {
            let mut draft = if role == Role::Solver { solver() } else { demander() };
            let field = Field::new(format!("/company/{key}"));
            *draft.text_mut(&field).unwrap() = text.to_owned();
            let found = check_draft(&draft);
            let finding = found.iter().find(|f| f.field == field && f.rule != rule::SIZE_DEMANDER);
            assert_eq!(finding.map(|f| f.rule), expected, "{key} {text}");
            let offered = finding.and_then(|f| f.fix.as_ref()).map(|fix| fix.text.as_str());
            assert_eq!(offered, fix, "{key} {text}");
        }
    }
}
