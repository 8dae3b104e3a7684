//! `jiebang check`: everything that is wrong with a draft.

use std::path::Path;

use super::args::{Check, Format};
use super::{Failure, Status, input, output, report};
use crate::export::preflight;

pub(super) fn run(arguments: &Check, root: &Path) -> Result<Status, Failure> {
    let opened = input::open(&arguments.file)?;
    let notice = input::notice(&input::notices(root), &opened.draft.notice)?;
    let context = input::context(&opened, arguments.date);
    let findings = preflight(&opened.draft, &notice, &context);
    match arguments.output.format {
        Format::Text => output::print(&report::text(&findings)),
        Format::Json => output::json(&report::json(&opened.draft, &findings)),
    }
    Ok(report::status(&findings))
}
