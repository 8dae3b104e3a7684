//! From papers to files: the PDFs, the editable documents, and the package for physical submission.

mod attachment;
pub mod docx;
pub mod evidence_book;
pub mod package;
pub mod pdf;
mod picture;

use crate::domain::Draft;
use crate::rules::{self, Context, Finding, Notice, Severity};
use crate::typeset::{check_glyphs, check_letter_face};
pub use attachment::{AttachmentSource, NoAttachments};
use evidence_book::Examiner;
pub use picture::Fault as PictureFault;

/// Everything found before an export: the rules and the characters that no face can print.
#[must_use]
pub fn preflight(draft: &Draft, notice: &Notice, context: &Context) -> Vec<Finding> {
    let mut findings = rules::check(draft, notice, context);
    findings.extend(check_glyphs(draft));
    findings.extend(check_letter_face(draft));
    rules::settle(findings, draft)
}

/// [`preflight`], and what is wrong with the files of the evidence. `examiner` looks at each content once.
#[must_use]
pub fn preflight_with_evidence(
    draft: &Draft,
    notice: &Notice,
    context: &Context,
    examiner: &Examiner,
    evidence: &dyn AttachmentSource,
) -> Vec<Finding> {
    let mut findings = rules::check(draft, notice, context);
    findings.extend(check_glyphs(draft));
    findings.extend(check_letter_face(draft));
    findings.extend(examiner.findings(draft, evidence));
    rules::settle(findings, draft)
}

/// Whether a finding among these stops the export.
#[must_use]
pub fn is_stopped(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
