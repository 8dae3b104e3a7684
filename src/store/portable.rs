//! Portable: the program on a USB stick keeps its data beside it.

use std::path::{Path, PathBuf};

/// A file of one of these names beside the program asks for it; the second is what Explorer makes of the
/// first where it hides extensions.
const MARKS: [&str; 2] = ["portable", "portable.txt"];
/// The folder of the data beside the program.
const FOLDER: &str = "data";

/// The folder for the data of the program at `program`; `None` where nothing asks for one beside it.
#[must_use]
pub fn portable_root(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    let is_asked = MARKS.iter().any(|mark| folder.join(mark).is_file());
    is_asked.then(|| folder.join(FOLDER))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn data_lie_beside_the_program_only_where_a_file_there_asks_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("jiebang.exe");
        assert_eq!(portable_root(&program), None);
        std::fs::create_dir(folder.path().join("portable")).unwrap();
        assert_eq!(portable_root(&program), None, "a folder of that name asks for nothing");
        std::fs::write(folder.path().join("portable.txt"), "").unwrap();
        assert_eq!(portable_root(&program), Some(folder.path().join("data")));
    }
}
