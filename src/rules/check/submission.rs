//! 报送: the route, the office and the deadline.

use super::Checker;
use crate::domain::Field;
use crate::rules::notice::Route;
use crate::rules::{Severity, date, invisible, rule};

/// Days before the deadline from which it is near.
const NEAR: i32 = 7;
/// Days before the deadline from which it is urgent.
const URGENT: i32 = 3;

pub(super) fn check(checker: &mut Checker<'_>) {
    let field = Field::from("/submission/contact");
    let Some(route) = checker.notice.route(checker.draft) else {
        let message =
            format!("这份通知没有“{}”的报送途径，请换一份通知。", checker.draft.role.label());
        let finding = checker.finding(Severity::Error, rule::ROUTE, &field, message);
        let reference = checker.notice.reference();
        checker.push(finding, reference);
        return;
    };
    let clause = checker.notice.clause(&route.clause);
    check_office(checker, &field, route, &clause);
    check_deadline(checker, &field, route, &clause);
}

fn check_office(checker: &mut Checker<'_>, field: &Field, route: &Route, clause: &str) {
    // A route with an office of its own leaves nothing to choose.
    let Some(level) = route.contact_level else { return };
    let id = checker.draft.submission.contact.trim();
    let (severity, rule, message) = if invisible::is_blank(id) {
        (Severity::Error, rule::REQUIRED, "请选择报送部门。".to_owned())
    } else if let Some(contact) = checker.notice.contact(id) {
        if contact.level == level {
            return;
        }
        let message =
            format!("“{}”不是这条报送途径要求的那一级部门，请核对。", contact.department.trim());
        (Severity::Warning, rule::CONTACT_LEVEL, message)
    } else {
        let message = "报送部门不在这份通知的联系人名单里，请重新选择。".to_owned();
        (Severity::Error, rule::CONTACT_UNKNOWN, message)
    };
    let finding = checker.finding(severity, rule, field, message);
    checker.push(finding, clause);
}

fn check_deadline(checker: &mut Checker<'_>, field: &Field, route: &Route, clause: &str) {
    let Some(deadline) = route.deadline_date() else { return };
    let Ok(span) = checker.context.today.until(deadline) else { return };
    let days = span.get_days();
    let day = date::in_chinese(deadline);
    let (severity, message) = match days {
        ..0 => {
            let message = format!(
                "报送截止日期 {day} 已过去 {} 天，请先问主管部门是否还收材料。",
                days.unsigned_abs()
            );
            (Severity::Warning, message)
        }
        0 => (Severity::Warning, format!("今天（{day}）是报送截止日期，请今天报送。")),
        1..=URGENT => (Severity::Warning, format!("离报送截止日期 {day} 只有 {days} 天，请抓紧。")),
        _ if days <= NEAR => (Severity::Hint, format!("离报送截止日期 {day} 还有 {days} 天。")),
        _ => return,
    };
    let finding = checker.finding(severity, rule::DEADLINE, field, message);
    checker.push(finding, clause);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::fixture::{check_draft, context, demander, solver, solver_after};
    use super::*;
    use crate::domain::{Channel, Draft, Role};
    use crate::rules::check::check as check_all;
    use crate::rules::notice::bundled;
    use Severity::{Error, Hint, Warning};
    use jiff::civil::date as day;

    #[test]
    fn the_office_is_chosen_where_the_route_leaves_a_choice() {
        let contact = "/submission/contact".to_owned();
        for (id, expected) in [
            ("", Some((Error, rule::REQUIRED))),
            ("atlantis", Some((Error, rule::CONTACT_UNKNOWN))),
            ("city-sme-office", Some((Warning, rule::CONTACT_LEVEL))),
            ("lingang", None),
        ] {
            let found = solver_after(|draft| draft.submission.contact = id.to_owned());
            let expected: Vec<_> =
                expected.into_iter().map(|(s, rule)| (s, rule, contact.clone())).collect();
            assert_eq!(found, expected, "{id}");
        }
        // Chosen for another notice, and of no use in this one: no dead end.
        let mut draft = solver();
        draft.notice = "wuhan-2024".to_owned();
        assert_eq!(check_draft(&draft), []);
    }

    #[test]
    fn the_deadline_is_counted_in_days() {
        let on = |draft: &Draft, today| {
            let notice = bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
            let mut context = context();
            context.today = today;
            let found = check_all(draft, notice, &context);
            found.into_iter().next().map(|f| (f.severity, f.rule, f.message))
        };
        for (today, severity, part) in [
            (day(2024, 7, 15), Hint, "还有 7 天"),
            (day(2024, 7, 19), Warning, "只有 3 天"),
            (day(2024, 7, 22), Warning, "今天（2024年7月22日）"),
            (day(2024, 7, 23), Warning, "已过去 1 天"),
            (day(2025, 7, 22), Warning, "已过去 365 天"),
        ] {
            let (found, rule, message) = on(&demander(), today).unwrap();
            assert_eq!((found, rule), (severity, rule::DEADLINE));
            assert!(message.contains(part), "{message}");
        }
        assert_eq!(on(&demander(), day(2024, 7, 14)), None);
        assert_eq!(on(&solver(), day(2025, 7, 14)), None);
        // The ministry's channel in Wuhan has two days more.
        let mut draft = demander();
        draft.notice = "wuhan-2024".to_owned();
        assert!(on(&draft, day(2024, 7, 11)).unwrap().2.contains("已过去 1 天"));
        draft.recommendation.channel = Some(Channel::Ministry);
        draft.recommendation.ministry_body = "原材料工业司".to_owned();
        draft.recommendation.provincial_body.clear();
        assert!(on(&draft, day(2024, 7, 11)).unwrap().2.contains("只有 1 天"));
    }

    #[test]
    fn a_notice_without_a_route_for_the_role_is_an_error() {
        let mut notice = bundled()[0].clone();
        notice.routes.retain(|route| route.role == Role::Demander);
        let found = check_all(&solver(), &notice, &context());
        assert_eq!((found[0].severity, found[0].rule), (Error, rule::ROUTE));
    }
}
