//! Version 1 of the draft file: the domain's own shape.

use serde::Deserialize;

use crate::domain::Draft;

/// Its number.
pub(super) const SCHEMA: u32 = 1;

/// A file of this version.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct File(Draft);

impl From<File> for Draft {
    fn from(file: File) -> Self {
        file.0
    }
}
