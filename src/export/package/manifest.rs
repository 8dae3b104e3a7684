//! `manifest.json`: what a package holds, for a machine to check.

use serde::{Deserialize, Serialize};

use super::OutputFile;

/// Its name in the package.
pub(super) const FILE: &str = "manifest.json";
/// The draft's name in the package.
pub(super) const DRAFT_FILE: &str = "draft.json";
/// Version of the manifest this program writes.
pub(super) const FORMAT: u32 = 1;

/// The manifest; it lists every file but itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this format; 1.
    pub format: u32,
    /// Name of the program that made the package.
    pub program: String,
    /// Its version.
    pub version: String,
    /// Identifier of the notice.
    pub notice: String,
    /// `demander` or `solver`.
    pub role: String,
    /// 企业名称.
    pub company: String,
    /// The papers are marked 草稿 and must not be handed in.
    #[serde(default)]
    pub draft_mark: bool,
    /// Date of the papers, `YYYY-MM-DD`.
    pub date: String,
    /// Check code of the draft, as printed on the papers.
    pub check_code: String,
    /// The files, in the order of the package.
    pub files: Vec<Listed>,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Path inside the package, with `/`.
    pub path: String,
    /// Length.
    pub bytes: u64,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

impl Listed {
    pub(super) fn of(file: &OutputFile) -> Self {
        Self {
            path: file.name.clone(),
            bytes: file.content.length(),
            sha256: file.content.sha256().to_owned(),
        }
    }
}

impl Manifest {
    /// The manifest as a file of the package.
    pub(super) fn to_file(&self) -> OutputFile {
        // Texts and numbers written into memory: serializing cannot fail.
        #[allow(clippy::expect_used)]
        let mut bytes = serde_json::to_vec_pretty(self).expect("a manifest is JSON");
        bytes.push(b'\n');
        OutputFile { name: FILE.to_owned(), content: bytes.into() }
    }
}
