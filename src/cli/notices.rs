//! `jiebang notices`: the notices that can be prepared for.

use std::path::Path;

use serde_json::json;

use super::args::{Format, List};
use super::{Failure, Status, input, output};
use crate::rules::Notice;

pub(super) fn run(arguments: &List, root: &Path) -> Result<Status, Failure> {
    let notices = input::notices(root);
    match arguments.output.format {
        Format::Json => {
            output::json(&serde_json::Value::Array(notices.iter().map(as_json).collect()));
        }
        Format::Text => notices.iter().for_each(|notice| output::print(&as_text(notice))),
    }
    Ok(Status::Good)
}

fn as_json(notice: &Notice) -> serde_json::Value {
    json!({
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.document_number,
        "issuer": notice.issuer,
        "issued_on": notice.issued_on,
    })
}

fn as_text(notice: &Notice) -> String {
    let number = match notice.document_number.as_str() {
        "" => String::new(),
        number => format!("（{number}）"),
    };
    let mut lines = vec![format!("{}　{}{number}", notice.id, notice.title)];
    for route in &notice.routes {
        lines.push(format!("　　{}：{}", route.title, route.deadline_text));
    }
    lines.join("\n")
}
