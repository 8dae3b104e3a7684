//! Looks at every file of evidence before an export: a finding on its line says what is wrong with it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::piece::Piece;
use super::trace;
use super::trouble::{Remark, Trouble};
use crate::domain::media::Trace;
use crate::domain::{Attachment, Draft, Field, Place, Within};
use crate::export::AttachmentSource;
use crate::rules::invisible;
use crate::rules::{Finding, Severity};

/// Name of the rule for a file that cannot stand in the book.
pub const RULE: &str = "evidence_unusable";
/// Name of the rule for a figure's picture that cannot be printed.
pub const FIGURE_RULE: &str = "figure_unusable";
/// Name of the rule for what a person should know of one.
pub const REMARK_RULE: &str = "evidence_remark";

/// No notice says it, so the reason stands here.
const CLAUSE: &str = "佐证材料册要求：每个文件都要能打开、能按 A4 打印";

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Pages it fills.
    pub pages: usize,
    /// What a person should know of it.
    pub remarks: Vec<Remark>,
    /// It is a PNG or JPEG, and no PDF.
    pub is_picture: bool,
    /// What its photographs tell besides what is seen.
    pub traces: Vec<Trace>,
}

/// Looks at the content of a file.
///
/// # Errors
/// Why it cannot stand in the book.
pub fn examine(bytes: &[u8]) -> Result<Examined, Trouble> {
    let piece = Piece::read(bytes)?;
    Ok(Examined {
        pages: piece.pages(),
        remarks: piece.remarks(),
        is_picture: matches!(piece, Piece::Picture(_)),
        traces: piece.traces(bytes),
    })
}

/// What was found out so far, by the SHA-256 of the content: each file is looked at once. Clones
/// share it.
#[derive(Debug, Clone, Default)]
pub struct Examiner {
    known: Arc<Mutex<HashMap<String, Result<Examined, Trouble>>>>,
}

impl Examiner {
    /// Findings for the draft's files, in its order. One that cannot be read is not told of here: the
    /// rules know which are missing.
    #[must_use]
    pub fn findings(&self, draft: &Draft, source: &dyn AttachmentSource) -> Vec<Finding> {
        let mut findings = self.of_figures(draft, source);
        for (item, number, piece) in draft.evidence() {
            let field = Field::evidence(item, number, "files");
            for file in &piece.files {
                match self.examined(file, source) {
                    Some(Ok(Examined { remarks, traces, is_picture, .. })) => {
                        findings.extend(remarks.iter().map(|r| remark(&field, file, r)));
                        findings.extend(trace::of_evidence(&field, file, &traces, is_picture));
                    }
                    Some(Err(trouble)) => findings.push(error(&field, file, &trouble)),
                    None => {}
                }
            }
        }
        findings
    }

    /// A figure that cannot be printed keeps its letter from being made: it must go, or be another. One
    /// that can may tell more than is seen.
    fn of_figures(&self, draft: &Draft, source: &dyn AttachmentSource) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (letter, application) in draft.letters().iter().enumerate() {
            for (section, block, figure) in application.figures() {
                let field = Place { letter, section, block, within: Within::Object }.field();
                let why = match self.examined(&figure.file, source) {
                    Some(Ok(examined)) if examined.is_picture => {
                        findings.extend(trace::of_figure(field, &figure.file, &examined.traces));
                        continue;
                    }
                    Some(Ok(_)) => "是 PDF，插图只能是 JPEG 或 PNG；请截图后重新插入".to_owned(),
                    Some(Err(trouble)) => trouble.to_string(),
                    None => continue,
                };
                let name = invisible::without(&figure.file.name);
                let message = format!("插图“{name}”{why}。");
                let clause = "申请书要求：每幅插图都要能打开、能打印";
                findings.push(Finding::new(Severity::Error, FIGURE_RULE, field, message, clause));
            }
        }
        findings
    }

    fn examined(
        &self,
        file: &Attachment,
        source: &dyn AttachmentSource,
    ) -> Option<Result<Examined, Trouble>> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&file.sha256) {
            return Some(found.clone());
        }
        let bytes = source.read(file).ok()?;
        let found = examine(&bytes);
        known().insert(file.sha256.clone(), found.clone());
        Some(found)
    }
}

fn sentence(field: &Field, file: &Attachment, what: &str) -> String {
    format!("“{}”中的“{}”{what}。", field.title(), invisible::without(&file.name))
}

/// A person may hand the file in beside the book, and say so.
fn error(field: &Field, file: &Attachment, trouble: &Trouble) -> Finding {
    let message = sentence(field, file, &trouble.to_string());
    Finding::new(Severity::Error, RULE, field.clone(), message, CLAUSE).overridable()
}

fn remark(field: &Field, file: &Attachment, remark: &Remark) -> Finding {
    let severity = match remark {
        Remark::Huge { .. } => Severity::Warning,
        Remark::Cmyk | Remark::SixteenBit | Remark::Active => Severity::Hint,
    };
    let message = sentence(field, file, &remark.to_string());
    Finding::new(severity, REMARK_RULE, field.clone(), message, CLAUSE)
}
