//! The pictures of a document: each file once, turned as it is seen, without what is not seen.

use std::io;

use crate::domain::io_error::reason;
use crate::domain::media;
use crate::export::AttachmentSource;
use crate::export::picture::Picture;
use crate::typeset::forms::{Block, Illustration, Manuscript};

/// What a picture's file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
}

impl Kind {
    pub(super) const ALL: [Self; 2] = [Self::Jpeg, Self::Png];

    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// A picture's file in the document.
#[derive(Debug)]
pub(super) struct Medium {
    /// From 1, in the order in which they are shown.
    number: usize,
    sha256: String,
    pub(super) kind: Kind,
    pub(super) bytes: Vec<u8>,
}

impl Medium {
    /// How the text refers to it.
    pub(super) fn name(&self) -> String {
        format!("image{}", self.number)
    }

    /// Its place in `word/`.
    pub(super) fn path(&self) -> String {
        format!("media/image{}.{}", self.number, self.kind.extension())
    }
}

/// The pictures of a paper.
#[derive(Debug, Default)]
pub(super) struct Media(pub(super) Vec<Medium>);

impl Media {
    /// Reads the pictures of a paper's illustrations.
    pub(super) fn of(manuscript: &Manuscript, source: &dyn AttachmentSource) -> io::Result<Self> {
        let mut media = Self::default();
        for block in &manuscript.blocks {
            if let Block::Illustration(shown) = block
                && media.find(shown).is_none()
                && !shown.file.sha256.is_empty()
            {
                let (kind, bytes) = read(shown, source)?;
                let (number, sha256) = (media.0.len() + 1, shown.file.sha256.clone());
                media.0.push(Medium { number, sha256, kind, bytes });
            }
        }
        Ok(media)
    }

    /// The file of an illustration; one that has no picture yet has none.
    pub(super) fn find(&self, shown: &Illustration) -> Option<&Medium> {
        self.0.iter().find(|medium| medium.sha256 == shown.file.sha256)
    }
}

fn read(shown: &Illustration, source: &dyn AttachmentSource) -> io::Result<(Kind, Vec<u8>)> {
    let name = &shown.file.name;
    let bytes = source
        .read(&shown.file)
        .map_err(|error| io::Error::other(format!("插图“{name}”无法读取（{}）", reason(&error))))?;
    let unusable = |fault| io::Error::other(format!("插图“{name}”{fault}"));
    let picture = Picture::read(&bytes).map_err(unusable)?;
    let kind = match media::extension(bytes.get(..media::HEAD).unwrap_or(&bytes)) {
        Ok("png") => Kind::Png,
        _ => Kind::Jpeg,
    };
    let upright = picture.upright(&bytes).map_err(unusable)?;
    Ok((kind, upright.unwrap_or_else(|| picture.bare(&bytes))))
}
