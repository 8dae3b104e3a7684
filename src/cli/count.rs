//! `jiebang count`: 字数 of a text.

use std::io::{self, Read};
use std::path::Path;

use serde_json::json;

use super::args::Count;
use super::{Failure, Status, output};
use crate::domain::io_error::reason;
use crate::rules::word_count;

pub(super) fn run(arguments: &Count) -> Result<Status, Failure> {
    let file = arguments.file.as_deref().filter(|path| *path != Path::new("-"));
    let bytes = match file {
        Some(path) => std::fs::read(path).map_err(|error| {
            Failure::Other(format!("“{}”无法读取：{}", path.display(), reason(&error)))
        })?,
        None => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| Failure::Other(format!("标准输入无法读取：{}", reason(&error))))?;
            bytes
        }
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to() + 1;
        let message =
            format!("文本不是 UTF-8 编码（第 {place} 个字节起不能识别），请另存为 UTF-8 后再试");
        Failure::Other(message)
    })?;
    let count = word_count::count(text.strip_prefix('\u{FEFF}').unwrap_or(&text));
    output::print(&json!({ "words": count.words, "chars": count.chars }).to_string());
    Ok(Status::Good)
}
