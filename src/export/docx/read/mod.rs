//! A letter already written in Word, parted into the sections of the notice.
//!
//! Nothing of it is lost: what belongs to no section is put aside and handed back. The file may be a
//! stranger's: what it unpacks to, how deep it nests and how much it says are bounded.

mod archive;
mod body;
mod caption;
mod grid;
mod heading;
mod numbering;
mod picture;
mod place;
mod styles;
mod tags;

pub use archive::{LetterError, MAX_FILE};
pub use picture::ImportedPicture;

use crate::domain::Body;
use crate::rules::notice::Form;
use picture::Gallery;

/// A section of the notice that was found in the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSection {
    /// Its name among [`Application::SECTIONS`](crate::domain::Application::SECTIONS).
    pub name: &'static str,
    /// Its heading as the letter has it.
    pub heading: String,
    /// Its text, a line for each paragraph, and its tables and figures. The figures' files are among
    /// [`ImportedLetter::pictures`].
    pub body: Body,
}

/// What belongs to no section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Where it stood, in words.
    pub place: String,
    /// What it says.
    pub text: String,
}

/// A letter taken over from Word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedLetter {
    /// The sections found, in the order of the notice.
    pub sections: Vec<ImportedSection>,
    /// What could not be placed, in the order of the letter.
    pub aside: Vec<Aside>,
    /// The pictures of the sections' figures, each content once: they are to be kept beside the draft
    /// before it takes the sections over.
    pub pictures: Vec<ImportedPicture>,
    /// Pictures that are not taken over: what they are called, where they stood and why.
    pub left_out: Vec<String>,
}

/// Reads a `.docx`; `form` is the notice's own 《“揭榜”申请书》, whose headings are looked for.
pub fn read_letter(bytes: &[u8], form: &Form) -> Result<ImportedLetter, LetterError> {
    let (parts, archive) = archive::open(bytes)?;
    let styles = styles::read(&parts.styles)?;
    let numbering = numbering::read(&parts.numbering)?;
    let (pieces, text_width) = body::read(&parts.document, &styles, numbering)?;
    let notes = body::read_notes(&parts.notes)?;
    let gallery = Gallery::new(archive, text_width);
    Ok(place::place(pieces, notes, &heading::Headings::of(form), gallery))
}
