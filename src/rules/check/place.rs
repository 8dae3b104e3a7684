//! Where the notice asks for a blank, as a clause to quote.

use crate::domain::{Field, Role};
use crate::rules::Notice;
use crate::rules::notice::Form;

/// Such as 沪经信企〔2024〕481号 附件3《中小企业“揭榜”对接表》“注册时间”.
pub(super) fn of(field: &Field, role: Role, notice: &Notice) -> String {
    // A blank that stands on no paper is this program's own question; its hint says what for.
    if let Some(spec) = field.spec().filter(|spec| spec.unprinted) {
        return format!("{}：{}", spec.label, spec.hint);
    }
    let form = notice.form_of(field, role);
    let place = format!("{} {}《{}》", notice.reference(), form.attachment, form.title_line());
    match label(field, form) {
        Some(label) => format!("{place}“{label}”"),
        None => place,
    }
}

/// The form's own words for a blank or for the cell it is printed in.
fn label(field: &Field, form: &Form) -> Option<String> {
    let mut pattern = pattern(field);
    if pattern == "/company/contact/title" {
        "/company/contact/name".clone_into(&mut pattern);
    }
    while !pattern.is_empty() {
        if let Some(label) = form.labels.get(&pattern) {
            let words = label.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            return Some(words.trim_end_matches('：').replace("{n}", ""));
        }
        let end = pattern.rfind('/').unwrap_or(0);
        pattern.truncate(end);
        while let Some(group) = pattern.strip_suffix("/*") {
            pattern.truncate(group.len());
        }
    }
    None
}

/// The address with `*` for each index.
fn pattern(field: &Field) -> String {
    field.segments().fold(String::new(), |pattern, segment| {
        let index = !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit());
        pattern + "/" + if index { "*" } else { segment }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Draft;
    use crate::rules::notice::bundled;

    #[test]
    fn quotes_the_cell_of_the_paper() {
        let notice = &bundled()[0];
        for (pointer, role, expected) in [
            ("/company/region/city", Role::Solver, "附件3《中小企业“揭榜”对接表》“企业注册地”"),
            (
                "/company/contact/title",
                Role::Demander,
                "附件2《大企业技术创新需求表》“联系人及职务”",
            ),
            (
                "/demands/2/content/effect",
                Role::Demander,
                "附件2《大企业技术创新需求表》“需求内容”",
            ),
            (
                "/applications/0/plan/route",
                Role::Solver,
                "附件4《大中小企业融通创新项目中小企业“揭榜”申请书》“（三）拟选择的技术路线”",
            ),
            (
                "/applications/0/evidence/3/name",
                Role::Solver,
                "附件4《大中小企业融通创新项目中小企业“揭榜”申请书》“附：技术创新能力佐证材料清单”",
            ),
        ] {
            assert_eq!(
                of(&pointer.into(), role, notice),
                format!("沪经信企〔2024〕481号 {expected}")
            );
        }
    }

    #[test]
    fn every_printed_blank_is_found_on_its_paper() {
        for notice in bundled() {
            for role in [Role::Demander, Role::Solver] {
                for field in Draft::new("x", role).blanks() {
                    let printed = field.spec().is_some_and(|spec| !spec.unprinted);
                    if printed {
                        let form = notice.form_of(&field, role);
                        assert!(label(&field, form).is_some(), "{} {field}", notice.id);
                    }
                }
            }
        }
    }
}
