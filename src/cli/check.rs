//! `jiebang check`: everything that is wrong with a draft.

use std::path::Path;

use super::args::{Check, Format};
use super::{Failure, Status, fonts, input, output, report};

pub(super) fn run(arguments: &Check, root: &Path) -> Result<Status, Failure> {
    input::unlock(&arguments.file, arguments.password_file.as_deref())?;
    let opened = input::open(&arguments.file)?;
    let notice = input::notice(&input::notices(root), &opened.draft.notice)?;
    fonts::prepare(root, &opened.draft);
    let findings = input::preflight(&opened, &notice, arguments.date);
    match arguments.output.format {
        Format::Text => output::print(&report::text(&findings)),
        Format::Json => output::json(&report::json(&opened.draft, &findings)),
    }
    Ok(report::status(&findings))
}
