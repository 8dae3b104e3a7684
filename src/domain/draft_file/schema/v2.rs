//! Version 2 of the draft file: the domain's own shape. A section of a letter may hold tables and
//! figures, see [`Body`](crate::domain::Body).

use serde::Deserialize;

use super::v1;
use crate::domain::Draft;

/// Its number.
pub(super) const SCHEMA: u32 = 2;

/// A file of this version.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct File(Draft);

impl From<v1::File> for File {
    fn from(file: v1::File) -> Self {
        Self(Draft { schema: SCHEMA, ..file.0 })
    }
}

impl From<File> for Draft {
    fn from(file: File) -> Self {
        file.0
    }
}
