//! From papers to files: the PDFs, the editable documents, and the package for physical submission.

pub mod docx;
pub mod package;
pub mod pdf;

use crate::domain::Draft;
use crate::rules::{self, Context, Finding, Notice, Severity};
use crate::typeset::check_glyphs;

/// Everything found before an export: the rules and the characters that no face can print.
#[must_use]
pub fn preflight(draft: &Draft, notice: &Notice, context: &Context) -> Vec<Finding> {
    let mut findings = rules::check(draft, notice, context);
    findings.extend(check_glyphs(draft));
    rules::settle(findings, draft)
}

/// Whether a finding among these stops the export.
#[must_use]
pub fn is_stopped(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
