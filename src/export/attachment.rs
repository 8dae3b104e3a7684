//! Where the bytes of evidence and figures come from.

use std::io;

use crate::domain::Attachment;

/// The files of a draft. A closure is one: `|a: &Attachment| blobs.read(a).map_err(io::Error::other)`.
pub trait AttachmentSource: Sync {
    /// The bytes of an attachment.
    fn read(&self, attachment: &Attachment) -> io::Result<Vec<u8>>;
}

impl<F: Fn(&Attachment) -> io::Result<Vec<u8>> + Sync> AttachmentSource for F {
    fn read(&self, attachment: &Attachment) -> io::Result<Vec<u8>> {
        self(attachment)
    }
}

/// A source without files, for papers that show none.
#[derive(Debug, Clone, Copy)]
pub struct NoAttachments;

impl AttachmentSource for NoAttachments {
    fn read(&self, _: &Attachment) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}
