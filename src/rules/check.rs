//! All rules over a whole draft.

mod application;
mod company;
mod demand;
mod evidence;
#[cfg(test)]
mod fixture;
mod letter;
mod number;
mod place;
mod required;
mod size;
mod submission;
mod text;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Finding, Notice, Severity, invisible};
use crate::domain::{Draft, Field, Role, Within, field};

/// What the rules need to know besides the draft.
#[derive(Debug, Clone)]
pub struct Context {
    /// Today, for deadlines.
    pub today: Date,
    /// SHA-256 of attachments that are missing or altered on disk.
    pub missing_files: BTreeSet<String>,
}

/// Checks a draft; findings come in the order of the forms, the worst of a blank first.
///
/// An error a person has confirmed with a reason is a warning; a confirmation whose finding no
/// longer occurs does nothing.
#[must_use]
pub fn check(draft: &Draft, notice: &Notice, context: &Context) -> Vec<Finding> {
    let mut checker = Checker { draft, notice, context, findings: Vec::new() };
    required::check(&mut checker);
    text::check(&mut checker);
    company::check(&mut checker);
    number::check(&mut checker);
    size::check(&mut checker);
    match draft.role {
        Role::Demander => demand::check(&mut checker),
        Role::Solver => {
            application::check(&mut checker);
            letter::check(&mut checker);
            evidence::check(&mut checker);
        }
    }
    submission::check(&mut checker);
    settle(checker.findings, draft)
}

/// Findings in the order of the forms, the worst of a blank first; an error a person has confirmed
/// with a reason becomes a warning. Settled findings stay as they are.
#[must_use]
pub fn settle(mut findings: Vec<Finding>, draft: &Draft) -> Vec<Finding> {
    for finding in &mut findings {
        confirm(finding, draft);
    }
    findings.sort_by_cached_key(|finding| (order(&finding.field), finding.severity));
    findings
}

/// Makes an error a warning where the draft has a reason for it.
fn confirm(finding: &mut Finding, draft: &Draft) {
    if finding.severity != Severity::Error || !finding.overridable {
        return;
    }
    if let Some(reason) = draft.override_reason(&finding.field, finding.rule) {
        finding.severity = Severity::Warning;
        let message = said(&finding.message);
        finding.message = format!("{message}（已确认：{}）。", invisible::without(reason));
    }
}

/// What a message says, without what it asks to be done: a reason was given.
fn said(message: &str) -> &str {
    let asked = message.rfind('请').and_then(|at| message.split_at_checked(at));
    let said = match asked {
        Some((said, asked)) if asked.contains("理由") => said,
        _ => message,
    };
    said.trim_end_matches(['。', '，', '；'])
}

/// Where a blank stands on the forms: its spec's place, within its group where it has one.
fn order(field: &Field) -> Vec<usize> {
    let place = |found: &dyn Fn(&field::Spec) -> bool| {
        field::specs().iter().position(found).unwrap_or(usize::MAX)
    };
    let own = field.spec().map_or(usize::MAX, |found| place(&|spec| std::ptr::eq(spec, found)));
    let group = |pattern: &str| place(&|spec| spec.field == pattern);
    let number = |n: &str| n.parse::<usize>().map_or(usize::MAX, |n| n.saturating_add(1));
    if let Some(at) = field.place() {
        let section = at.section_field();
        let own = section.spec().map_or(usize::MAX, |s| place(&|spec| std::ptr::eq(spec, s)));
        let mut order = vec![group("/applications"), at.letter.saturating_add(1), own, at.block];
        if let Within::Cell(row, column) = at.within {
            order.extend([row + 1, column]);
        }
        return order;
    }
    let segments: Vec<&str> = field.segments().collect();
    match segments.as_slice() {
        ["demands", n, ..] => vec![group("/demands"), number(n), own],
        ["applications", n, "evidence", m, ..] => {
            let evidence = group("/applications/*/evidence");
            vec![group("/applications"), number(n), evidence, number(m), own]
        }
        ["applications", n, ..] => vec![group("/applications"), number(n), own],
        _ => vec![own],
    }
}

/// A draft being checked and what was found so far.
struct Checker<'a> {
    draft: &'a Draft,
    notice: &'a Notice,
    context: &'a Context,
    findings: Vec<Finding>,
}

impl<'a> Checker<'a> {
    /// The text of a blank; empty where nothing can be seen in it.
    fn text(&self, field: &Field) -> &'a str {
        self.draft.text(field).filter(|text| !invisible::is_blank(text)).unwrap_or("")
    }

    /// A finding whose clause is the blank's own place in the notice.
    fn finding(
        &self,
        severity: Severity,
        rule: &'static str,
        field: &Field,
        message: impl Into<String>,
    ) -> Finding {
        let clause = place::of(field, self.draft.role, self.notice);
        Finding::new(severity, rule, field.clone(), message, clause)
    }

    fn error(&mut self, rule: &'static str, field: &Field, message: impl Into<String>) {
        let finding = self.finding(Severity::Error, rule, field, message);
        self.findings.push(finding);
    }

    fn warning(&mut self, rule: &'static str, field: &Field, message: impl Into<String>) {
        let finding = self.finding(Severity::Warning, rule, field, message);
        self.findings.push(finding);
    }

    fn hint(&mut self, rule: &'static str, field: &Field, message: impl Into<String>) {
        let finding = self.finding(Severity::Hint, rule, field, message);
        self.findings.push(finding);
    }

    /// Adds a finding with another clause than the blank's own place.
    fn push(&mut self, mut finding: Finding, clause: impl Into<String>) {
        finding.clause = clause.into();
        self.findings.push(finding);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::fixture::{check_draft, context, demander, solver};
    use super::*;
    use crate::domain::Body;
    use crate::rules::notice::bundled;
    use crate::rules::rule;

    #[test]
    fn complete_drafts_have_no_findings() {
        for notice in bundled() {
            for mut draft in [demander(), solver()] {
                draft.notice.clone_from(&notice.id);
                if notice.id != "shanghai-2024" {
                    draft.submission.contact.clear();
                }
                let found = check(&draft, notice, &context());
                assert!(found.is_empty(), "{}: {found:#?}", notice.id);
            }
        }
    }

    #[test]
    fn findings_come_in_the_order_of_the_forms() {
        let mut draft = solver();
        draft.applications.push(draft.applications[0].clone());
        draft.applications[1].item.code = "Q2-0009".to_owned();
        draft.applications[1].introduction = Body::default();
        draft.applications[0].cooperation = Body::default();
        draft.applications[0].evidence[0].name.clear();
        draft.company.address.clear();
        draft.declarations.letter_disclosed = false;
        let found = check_draft(&draft);
        let places: Vec<&str> = found.iter().map(|finding| finding.field.pointer()).collect();
        assert_eq!(
            places,
            [
                "/company/address",
                "/applications/0/cooperation",
                "/applications/0/evidence/0/name",
                "/applications/1/introduction",
                "/declarations/letter_disclosed",
            ]
        );
    }

    #[test]
    fn a_reason_turns_an_overridable_error_into_a_warning_and_no_other() {
        let mut draft = solver();
        draft.company.credit_code = "91440300192203821T".to_owned();
        let field = Field::from("/company/credit_code");
        let before = check_draft(&draft);
        assert_eq!(before[0].severity, Severity::Error);
        assert!(before[0].overridable);
        draft.set_override(&field, before[0].rule, "与营业执照一致");
        draft.set_override(&Field::from("/company/name"), rule::REQUIRED, "没有名称");
        draft.company.name.clear();
        let after = check_draft(&draft);
        let of = |pointer: &str| after.iter().find(|f| f.field.pointer() == pointer).unwrap();
        assert_eq!(of("/company/credit_code").severity, Severity::Warning);
        assert!(of("/company/credit_code").message.ends_with("（已确认：与营业执照一致）。"));
        assert_eq!(of("/company/name").severity, Severity::Error);
        draft.set_override(&field, rule::CREDIT_CODE_CHECK, "  ");
        let blank = check_draft(&draft);
        assert!(
            blank
                .iter()
                .any(|f| f.rule == rule::CREDIT_CODE_CHECK && f.severity == Severity::Error)
        );
    }

    #[test]
    fn every_message_is_a_sentence_with_a_clause() {
        let mut drafts = vec![Draft::new("x", Role::Demander), Draft::new("x", Role::Solver)];
        drafts.extend(fixture::garbled(400));
        for draft in &drafts {
            for notice in bundled() {
                for finding in check(draft, notice, &context()) {
                    assert!(finding.message.ends_with('。'), "{finding:?}");
                    assert!(
                        !finding.message.contains("。，") && !finding.message.contains("。。"),
                        "{finding:?}"
                    );
                    assert!(!finding.message.contains("/company"), "{finding:?}");
                    assert!(!finding.message.chars().any(invisible::is_invisible), "{finding:?}");
                    assert!(!finding.clause.is_empty(), "{finding:?}");
                    assert!(finding.field.spec().is_some(), "{finding:?}");
                }
            }
        }
    }
}
