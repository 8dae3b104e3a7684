//! Findings as people and scripts read them.

use serde_json::{Value, json};

use crate::domain::Draft;
use crate::rules::word_count::draft_counts;
use crate::rules::{Finding, Severity};

use super::Status;

/// One line a finding, the clause below it, the sum at the end.
pub(super) fn text(findings: &[Finding]) -> String {
    let mut lines = Vec::new();
    for finding in findings {
        let how = if finding.overridable && finding.severity == Severity::Error {
            "（确认属实的，可在窗口中写明理由）"
        } else {
            ""
        };
        lines.push(format!("{}　{}{how}", finding.severity.label(), finding.message));
        lines.push(format!("　　　位置：{}（{}）", finding.field.title(), finding.field));
        lines.push(format!("　　　依据：{}", finding.clause));
    }
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let sum = [Severity::Error, Severity::Warning, Severity::Hint]
        .map(|severity| format!("{} {} 个", severity.label(), count(severity)));
    let verdict = match status(findings) {
        Status::Good => "可以导出。",
        _ => "改正错误后才能导出；未改正的可用 --force 导出草稿。",
    };
    lines.push(format!("{}。{verdict}", sum.join("，")));
    lines.join("\n")
}

/// The contract's JSON.
pub(super) fn json(draft: &Draft, findings: &[Finding]) -> Value {
    let counts = draft_counts(draft);
    let applications: Vec<Value> = counts
        .applications
        .iter()
        .map(|count| {
            let sections: serde_json::Map<String, Value> =
                count.sections.iter().map(|(name, n)| ((*name).to_owned(), json!(n))).collect();
            json!({ "total": count.total, "sections": sections })
        })
        .collect();
    json!({
        "findings": findings,
        "counts": { "profile": counts.profile, "applications": applications },
    })
}

/// Errors stop an export; warnings and hints do not.
pub(super) fn status(findings: &[Finding]) -> Status {
    if crate::export::is_stopped(findings) { Status::Findings } else { Status::Good }
}
