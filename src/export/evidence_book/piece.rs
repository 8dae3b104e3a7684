//! A file of evidence, known by its content: a picture or a PDF that can stand in the book.

use super::foreign::Foreign;
use super::scan::Scan;
use super::trouble::{Remark, Trouble};
use crate::domain::media::{self, Trace};

/// What a file is.
#[derive(Debug)]
pub(super) enum Piece {
    Picture(Scan),
    Pdf(Box<Foreign>),
}

impl Piece {
    /// Reads a file as far as it must be to know that every page of it can be printed.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        if bytes.is_empty() {
            return Err(Trouble::Empty);
        }
        let head = bytes.get(..media::HEAD).unwrap_or(bytes);
        match media::extension(head) {
            Ok("jpg" | "png") => Scan::read(bytes).map(Self::Picture),
            Ok(_) => Foreign::read(bytes).map(Box::new).map(Self::Pdf),
            Err((found, advice)) => Err(Trouble::Kind { found, advice }),
        }
    }

    /// How many pages it fills.
    pub(super) fn pages(&self) -> usize {
        match self {
            Self::Picture(_) => 1,
            Self::Pdf(foreign) => foreign.views().count(),
        }
    }

    /// What a person should know of it.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        match self {
            Self::Picture(picture) => picture.remarks(),
            Self::Pdf(foreign) => foreign.remarks(),
        }
    }
    /// What its photographs tell besides what is seen, where `bytes` are the file.
    pub(super) fn traces(&self, bytes: &[u8]) -> Vec<Trace> {
        match self {
            Self::Picture(_) => media::traces(bytes),
            Self::Pdf(foreign) => foreign.traces(),
        }
    }
}
