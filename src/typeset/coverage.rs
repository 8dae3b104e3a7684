//! Characters that no bundled face can print: each is a finding with its place.

use crate::domain::{Draft, Field};
use crate::rules::{Finding, Severity};

use super::font::is_printable;

/// Name of the rule.
pub const RULE: &str = "glyph";
/// Name of the rule for the reasons of confirmations.
pub const REASON_RULE: &str = "glyph_in_reason";

/// What the paper needs of a text; no notice says it, so the reason stands here.
const CLAUSE: &str = "打印要求：填写的每个字都要能印在纸上";

/// Findings for all printed blanks and confirmed reasons, one a blank.
#[must_use]
pub fn check_glyphs(draft: &Draft) -> Vec<Finding> {
    let blanks =
        draft.blanks().into_iter().filter(|field| field.spec().is_none_or(|spec| !spec.unprinted));
    let mut findings: Vec<_> = blanks
        .filter_map(|field| {
            let message = message(draft.text(&field)?)?;
            Some(finding(field, message))
        })
        .collect();
    // A reason can be written in other words, so this one is not confirmed away.
    findings.extend(draft.overrides.iter().filter_map(|confirmed| {
        let message = format!("确认的理由里，{}", message(&confirmed.reason)?);
        let field = confirmed.field.clone();
        Some(Finding::new(Severity::Error, REASON_RULE, field, message, CLAUSE))
    }));
    findings
}

/// A name on a licence cannot be changed: such a character may be written in by hand.
fn finding(field: Field, message: String) -> Finding {
    Finding::new(Severity::Error, RULE, field, message, CLAUSE).overridable()
}

/// Names up to three characters without a glyph, each with its place in the text.
fn message(text: &str) -> Option<String> {
    let missing: Vec<_> = text.chars().enumerate().filter(|&(_, c)| !is_printable(c)).collect();
    if missing.is_empty() {
        return None;
    }
    let named: Vec<_> = missing
        .iter()
        .take(3)
        .map(|(n, c)| format!("第 {} 个字“{c}”（U+{:04X}）", n + 1, u32::from(*c)))
        .collect();
    let more = match missing.len() {
        count if count > 3 => format!("等 {count} 个字"),
        _ => String::new(),
    };
    Some(format!(
        "{}{more}没有字体可以打印，纸上印成“〓”；请换成别的字，换不了的写明理由，打印后手写补上。",
        named.join("、")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn an_unprintable_character_is_named_with_its_place() {
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        draft.company.name = "示例😀公司".to_owned();
        let findings = check_glyphs(&draft);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].field, Field::from("/company/name"));
        assert!(
            findings[0].message.contains("第 3 个字“😀”（U+1F600）"),
            "{}",
            findings[0].message
        );
    }

    #[test]
    fn rare_characters_of_names_are_printable() {
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        draft.company.legal_representative.name = "王𬭎".to_owned();
        draft.matching.profile = "①±㎡℃—…“”·㈠Ⅳα≥½".to_owned();
        assert_eq!(check_glyphs(&draft), []);
    }
}
