//! 佐证材料: what proves the company's ability to innovate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, blank, blanks, choice};

choice! {
    /// The kinds the letter's note names: 专利、软著、标准、认证、奖项荣誉等.
    EvidenceKind {
        Patent => "专利",
        Software => "软著",
        Standard => "标准",
        Certification => "认证",
        Award => "奖项荣誉",
        Other => "其他",
    }
}

/// A file of a piece of evidence, kept beside the draft under the name of its content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Attachment {
    /// The name the file had when it was attached.
    pub name: String,
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A digest as lower-case hexadecimal digits.
#[must_use]
pub fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One numbered piece of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Evidence {
    /// Its kind.
    pub kind: Option<EvidenceKind>,
    /// 名称.
    #[serde(deserialize_with = "blank")]
    pub name: String,
    /// 编号: patent, registration or certificate number.
    #[serde(deserialize_with = "blank")]
    pub number: String,
    /// 日期 of grant or issue.
    #[serde(deserialize_with = "blank")]
    pub date: String,
    /// 颁发机构.
    #[serde(deserialize_with = "blank")]
    pub issuer: String,
    /// Scans and documents: PDF, JPEG, PNG.
    pub files: Vec<Attachment>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Evidence { name, number, date, issuer });
