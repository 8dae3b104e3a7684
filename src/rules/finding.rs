//! What a check found: how bad it is, which blank it is about, and which clause asks for it.

use serde::Serialize;

use crate::domain::Field;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Stops the export.
    Error,
    /// Likely wrong; stops nothing.
    Warning,
    /// Could be better.
    Hint,
}

impl Severity {
    /// The word shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "提醒",
            Self::Hint => "建议",
        }
    }
}

/// A value that would mend a finding, offered to the person and never put in unasked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the button says.
    pub label: String,
    /// The new text of the blank.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it matters, after any confirmation.
    pub severity: Severity,
    /// A person may confirm it with a written reason.
    pub overridable: bool,
    /// The blank it is about.
    pub field: Field,
    /// What is wrong and what to do, in one Chinese sentence.
    pub message: String,
    /// The words of the notice or standard that ask for it, with their place.
    pub clause: String,
    /// Name of the rule, such as `required` or `credit_code`; with `field` the key of a confirmation.
    #[serde(skip)]
    pub rule: &'static str,
    /// A way to mend it.
    #[serde(skip)]
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding without a fix that cannot be confirmed away.
    #[must_use]
    pub fn new(
        severity: Severity,
        rule: &'static str,
        field: Field,
        message: impl Into<String>,
        clause: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            overridable: false,
            field,
            message: message.into(),
            clause: clause.into(),
            rule,
            fix: None,
        }
    }

    /// The same finding, which a person may confirm with a reason.
    #[must_use]
    pub fn overridable(mut self) -> Self {
        self.overridable = true;
        self
    }

    /// The same finding with a way to mend it.
    #[must_use]
    pub fn with_fix(mut self, label: impl Into<String>, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { label: label.into(), text: text.into() });
        self
    }
}
