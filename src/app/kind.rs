//! What a file is meant as, by the end of its name.

use std::path::Path;

/// A draft.
pub(crate) fn is_draft(path: &Path) -> bool {
    ends(path, &["jiebang", "json"])
}

/// A draft or a package, which is opened.
pub(crate) fn is_draft_or_package(path: &Path) -> bool {
    is_draft(path) || ends(path, &["zip"])
}

/// A text of Word or WPS; of one in .docx a letter can be imported.
pub(crate) fn is_word(path: &Path) -> bool {
    ends(path, &["docx", "doc", "wps", "docm"])
}

/// A picture that can be a figure.
pub(crate) fn is_picture(path: &Path) -> bool {
    ends(path, &["png", "jpg", "jpeg"])
}

fn ends(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| known.iter().any(|one| extension == *one))
}
