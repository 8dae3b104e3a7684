//! What a page needs from files: pictures of figures, and the face of the letters' text.

use super::figure::Reader;
use crate::domain::Draft;
use crate::store::Fonts;
use crate::typeset::letter_face;

/// Where these come from.
pub(crate) struct Files {
    /// Reads the pictures of figures.
    pub(crate) figures: Reader,
    /// The fonts of the machine.
    pub(crate) fonts: Fonts,
}

impl Files {
    /// Reads in the face that a draft names; nothing where it is in already.
    pub(super) fn read_face(&self, draft: &Draft) {
        letter_face::prepare(draft, |face| self.fonts.read(face).map_err(|e| e.to_string()));
    }
}
