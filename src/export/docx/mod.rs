//! Papers as `.docx` that Word, WPS and LibreOffice open, for offices that ask for an editable copy.
//!
//! The parts are written here rather than by a crate for documents: those there are cannot repeat the
//! heading row of a table over pages, say which language the text is in, or give the same bytes twice.
//! The check code is left out: it vouches for what was printed, and here anybody may change a word.

mod document;
mod drawing;
mod element;
mod look;
mod media;
mod page;
mod paragraph;
mod part;
pub mod read;
mod style;
mod table;

use std::io;

use jiff::civil::Date;

use crate::export::AttachmentSource;
use crate::typeset::forms::Manuscript;
use media::Media;
use style::Sheet;

/// What a document says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Info<'a> {
    /// 企业名称.
    pub company: &'a str,
    /// Date of the papers.
    pub date: Date,
    /// 草稿 stands across each page.
    pub draft_mark: bool,
    /// Even pages are the backs of sheets.
    pub double_sided: bool,
}

/// A paper as a document; the same paper and pictures give the same bytes.
///
/// # Errors
/// When a picture cannot be read, in words that name it.
pub fn write(
    manuscript: &Manuscript,
    info: &Info<'_>,
    pictures: &dyn AttachmentSource,
) -> io::Result<Vec<u8>> {
    let media = Media::of(manuscript, pictures)?;
    let sheet = Sheet::of(manuscript);
    let (mut parts, section) = page::section(manuscript, info);
    let has_even_feet = parts.iter().any(|part| part.name == page::EVEN_FOOT);
    let document = document::document(manuscript, &sheet, &media, section);
    parts.push(part::Part { name: "styles", kind: "styles", file: sheet.to_file() });
    parts.push(part::settings(has_even_feet));
    parts.push(part::fonts());
    part::pack(&document, &parts, &media.0, &manuscript.title, info)
}
