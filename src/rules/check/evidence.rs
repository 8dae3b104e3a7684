//! 佐证材料: is there any, does each piece have its file, is anything there twice.

use std::collections::HashSet;

use super::Checker;
use crate::domain::{Evidence, Field};
use crate::rules::{Severity, invisible, rule};

pub(super) fn check(checker: &mut Checker<'_>) {
    for (index, application) in checker.draft.applications.iter().enumerate() {
        if application.evidence.is_empty() {
            let field = Field::application(index, "evidence");
            let message = format!(
                "事项 {} 还没有佐证材料，请随附专利、软著、标准、认证、奖项荣誉等。",
                index + 1
            );
            let finding = checker.finding(Severity::Warning, rule::EVIDENCE_NONE, &field, message);
            checker.push(finding, checker.notice.clause("evidence"));
        }
        for (piece, evidence) in application.evidence.iter().enumerate() {
            check_files(checker, &Field::evidence(index, piece, "files"), evidence);
        }
        check_duplicates(checker, index, &application.evidence);
    }
}

fn check_files(checker: &mut Checker<'_>, field: &Field, evidence: &Evidence) {
    if evidence.files.is_empty() {
        let message = format!("“{}”还没有附上，请附上扫描件或电子文件。", field.title());
        checker.warning(rule::EVIDENCE_FILE, field, message);
    }
    for file in &evidence.files {
        if checker.context.missing_files.contains(&file.sha256) {
            let message = format!(
                "“{}”中的“{}”找不到或内容已被改动，请重新附上或删去。",
                field.title(),
                invisible::without(&file.name)
            );
            checker.error(rule::EVIDENCE_MISSING, field, message);
        }
    }
}

fn check_duplicates(checker: &mut Checker<'_>, index: usize, pieces: &[Evidence]) {
    let mut numbers = HashSet::new();
    let mut files = HashSet::new();
    for (piece, evidence) in pieces.iter().enumerate() {
        let number = evidence.number.trim();
        if !number.is_empty() && !numbers.insert(number) {
            let field = Field::evidence(index, piece, "number");
            let message = format!("“{}”与前面一份材料相同，请核对是否重复。", field.title());
            checker.hint(rule::EVIDENCE_DUPLICATE, &field, message);
        }
        for file in &evidence.files {
            if !file.sha256.is_empty() && !files.insert(file.sha256.as_str()) {
                let field = Field::evidence(index, piece, "files");
                let message = format!(
                    "“{}”中的“{}”在这份申请书里附了两次，请核对是否重复。",
                    field.title(),
                    invisible::without(&file.name)
                );
                checker.hint(rule::EVIDENCE_DUPLICATE, &field, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{context, evidence, letter, outline, solver, solver_after};
    use super::*;
    use crate::rules::check::check as check_all;
    use crate::rules::notice::bundled;
    use Severity::{Error, Hint, Warning};

    #[test]
    fn none_at_all_is_a_warning() {
        let found = solver_after(|draft| draft.applications[0].evidence.clear());
        let place = "/applications/0/evidence".to_owned();
        assert_eq!(found, [(Warning, rule::EVIDENCE_NONE, place)]);
    }

    #[test]
    fn a_piece_without_its_file_is_a_warning_and_an_altered_file_an_error() {
        let place = "/applications/0/evidence/0/files".to_owned();
        let found = solver_after(|draft| draft.applications[0].evidence[0].files.clear());
        assert_eq!(found, [(Warning, rule::EVIDENCE_FILE, place.clone())]);
        let mut context = context();
        context.missing_files.insert("a".repeat(64));
        let found = check_all(&solver(), &bundled()[0], &context);
        assert_eq!(outline(&found), [(Error, rule::EVIDENCE_MISSING, place)]);
        assert!(found[0].message.contains("专利.pdf") && !found[0].overridable);
    }

    #[test]
    fn the_same_piece_twice_is_hinted_within_one_letter() {
        let found = solver_after(|draft| {
            draft.applications[0].evidence.push(evidence("ZL202010000000.0", "a"))
        });
        let place = |part: &str| {
            (Hint, rule::EVIDENCE_DUPLICATE, format!("/applications/0/evidence/1/{part}"))
        };
        assert_eq!(found, [place("number"), place("files")]);
        assert_eq!(solver_after(|draft| draft.applications.push(letter("乙", "302"))), []);
    }
}
