//! Version 1 of the draft file: every section of a letter is one text, which is also how version 2
//! writes a section without tables and figures.

use serde::Deserialize;

use crate::domain::Draft;

/// Its number.
pub(super) const SCHEMA: u32 = 1;

/// A file of this version.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct File(pub(super) Draft);
