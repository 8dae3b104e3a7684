//! Characters that do not belong into a blank, whatever it is for.

use super::Checker;
use crate::domain::{Field, Kind};
use crate::rules::{Severity, invisible, rule};

pub(super) fn check(checker: &mut Checker<'_>) {
    for field in checker.draft.blanks() {
        let text = checker.draft.text(&field).unwrap_or_default();
        check_invisible(checker, &field, text);
        let kind = field.spec().map_or(Kind::Text, |spec| spec.kind);
        let several = matches!(kind, Kind::Text | Kind::Phone | Kind::Mobile | Kind::Email);
        if !several && text.trim().contains('\n') {
            let message = format!("“{}”只有一行，请去掉里面的换行。", field.title());
            let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let finding = checker.finding(Severity::Warning, rule::LINE_BREAK, &field, message);
            checker.findings.push(finding.with_fix("去掉换行", one_line));
        }
        if is_compared(&field) && text.trim() != text && !text.trim().is_empty() {
            let message = format!("“{}”前后有空格，请去掉。", field.title());
            let finding = checker.finding(Severity::Hint, rule::OUTER_SPACES, &field, message);
            checker.findings.push(finding.with_fix("去掉空格", text.trim()));
        }
    }
}

fn check_invisible(checker: &mut Checker<'_>, field: &Field, text: &str) {
    let mut names: Vec<String> = Vec::new();
    let of_name = is_name(field);
    let is_hidden = match of_name {
        true => invisible::is_invisible_in_name,
        false => invisible::is_invisible,
    };
    for c in text.chars().filter(|&c| is_hidden(c)) {
        let name = invisible::name(c);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return;
    }
    let (title, names) = (field.title(), names.join("、"));
    let (rule, message) = if of_name {
        let shown = invisible::shown(text);
        (
            rule::INVISIBLE_NAME,
            format!(
                "“{title}”里藏有看不见的字符（{names}），写出来是“{shown}”；打印时不印出，\
                 但与登记的名称不是同一个，屏幕上看到的次序也可能是假的。请核对来源并去掉。"
            ),
        )
    } else {
        (rule::INVISIBLE, format!("“{title}”里有看不见的字符（{names}），请去掉。"))
    };
    let finding = checker.finding(Severity::Warning, rule, field, message);
    let plain = text.chars().filter(|&c| !is_hidden(c)).collect::<String>();
    checker.findings.push(finding.with_fix("去掉看不见的字符", plain));
}

/// Names of companies, people and items, by which others know them.
fn is_name(field: &Field) -> bool {
    field.pointer().ends_with("/name") || field.pointer().ends_with("/short_name")
}

/// Whether others compare the text character by character: names and codes.
fn is_compared(field: &Field) -> bool {
    field.pointer() == "/company/name"
        || field.pointer().ends_with("/item/name")
        || field.pointer().ends_with("/item/code")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::fixture::{check_draft, solver};
    use super::*;

    #[test]
    fn invisible_characters_are_named_and_can_be_removed() {
        let mut draft = solver();
        draft.matching.profile = "高\u{200B}分子\u{202E}材料\u{200B}".to_owned();
        let found = check_draft(&draft);
        assert_eq!(found.len(), 1);
        let message =
            "“企业概况”里有看不见的字符（零宽空格 U+200B、文字方向控制符 U+202E），请去掉。";
        assert_eq!(found[0].message, message);
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].fix.as_ref().unwrap().text, "高分子材料");
    }

    #[test]
    fn what_hides_in_a_name_is_written_out() {
        let mut draft = solver();
        draft.company.name.push_str("\u{200B}\u{202E}");
        let found = check_draft(&draft);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].rule, found[0].severity), (rule::INVISIBLE_NAME, Severity::Warning));
        assert!(found[0].message.contains("‹U+200B›‹U+202E›”；打印时不印出"), "{found:?}");
        assert_eq!(found[0].fix.as_ref().unwrap().text, solver().company.name);
    }

    #[test]
    fn selectors_hide_in_names_alone_and_those_of_ideographs_nowhere() {
        let mut draft = solver();
        draft.matching.profile = "高分子\u{FE0F}材料葛\u{E0100}".to_owned();
        draft.company.contact.name = "葛\u{E0100}明".to_owned();
        assert_eq!(check_draft(&draft), []);
        draft.company.name.push_str("\u{FE0F}\u{2800}");
        let found = check_draft(&draft);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].message.contains("字形选择符 U+FE0F"), "{found:?}");
        assert_eq!(found[0].fix.as_ref().unwrap().text, solver().company.name);
    }

    #[test]
    fn a_line_break_counts_in_lines_only() {
        let mut draft = solver();
        draft.company.address = "上海市\r\n示例路 100 号".to_owned();
        draft.company.contact.phone = "021-68811103\n021-68811104".to_owned();
        draft.applications[0].plan.route = "一\r\n\t二".into();
        let found = check_draft(&draft);
        let rules: Vec<&str> = found.iter().map(|f| f.rule).collect();
        assert_eq!(rules, [rule::LINE_BREAK]);
        assert_eq!(found[0].fix.as_ref().unwrap().text, "上海市 示例路 100 号");
    }

    #[test]
    fn spaces_around_a_code_are_pointed_out() {
        let mut draft = solver();
        draft.applications[0].item.code = " Q2-0001".to_owned();
        draft.company.address.push(' ');
        let found = check_draft(&draft);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rule, found[0].severity), (rule::OUTER_SPACES, Severity::Hint));
        assert_eq!(found[0].fix.as_ref().unwrap().text, "Q2-0001");
    }
}
