//! A letter already written in Word, parted into the sections of the notice.
//!
//! Nothing of it is lost: what belongs to no section is put aside and handed back. The file may be a
//! stranger's: what it unpacks to, how deep it nests and how much it says are bounded.

mod archive;
mod body;
mod heading;
mod numbering;
mod place;
mod styles;
mod tags;

pub use archive::{LetterError, MAX_FILE};

use crate::rules::notice::Form;

/// A section of the notice that was found in the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSection {
    /// Its name among [`Application::SECTIONS`](crate::domain::Application::SECTIONS).
    pub name: &'static str,
    /// Its heading as the letter has it.
    pub heading: String,
    /// Its text: a line for each paragraph, cells of tables apart by tabs.
    pub text: String,
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
    /// Pictures, which are not taken over: what they are called and where they stood.
    pub pictures: Vec<String>,
}

/// Reads a `.docx`; `form` is the notice's own 《“揭榜”申请书》, whose headings are looked for.
pub fn read_letter(bytes: &[u8], form: &Form) -> Result<ImportedLetter, LetterError> {
    let parts = archive::open(bytes)?;
    let styles = styles::read(&parts.styles)?;
    let numbering = numbering::read(&parts.numbering)?;
    let body = body::read(&parts.document, &styles, numbering)?;
    let notes = body::read_notes(&parts.notes)?;
    Ok(place::place(body, notes, &heading::Headings::of(form)))
}
