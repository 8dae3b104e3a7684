//! Reads a letter from a Word file and says what was found, for files made to do harm: `.ci/hostile`.

use std::process::ExitCode;

use jiebang::export::docx::read::read_letter;
use jiebang::rules::notice::bundled;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else { return ExitCode::from(2) };
    let (Ok(bytes), Some(notice)) = (std::fs::read(&path), bundled().first()) else {
        return ExitCode::from(2);
    };
    match read_letter(&bytes, &notice.forms.application) {
        Ok(letter) => {
            let (sections, pictures) = (letter.sections.len(), letter.pictures.len());
            println!("读到 {sections} 个部分、{pictures} 幅图");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error}");
            ExitCode::from(1)
        }
    }
}
