//! `jiebang list`: the drafts of the data folder.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::args::{Format, List};
use super::{Failure, Status, output};
use crate::store::{Entry, Store};

/// `is_named`: the folder was named by whoever calls, and one that is not there is likely a slip.
pub(super) fn run(arguments: &List, root: PathBuf, is_named: bool) -> Result<Status, Failure> {
    // One that cannot be looked at, on a share that is away, is not one without drafts.
    let is_there = root.try_exists().unwrap_or(true);
    if is_named && !is_there {
        let message =
            format!("没有“{}”这个文件夹；请核对 --data-dir 或 JIEBANG_DATA_DIR", root.display());
        return Err(Failure::Other(message));
    }
    // Listing makes nothing.
    let entries = if is_there { Store::open(root.clone())?.list()? } else { Vec::new() };
    match arguments.output.format {
        Format::Json => {
            output::json(&serde_json::Value::Array(entries.iter().map(as_json).collect()));
        }
        Format::Text if entries.is_empty() => {
            output::print(&format!("没有草稿。数据文件夹：{}", root.display()));
        }
        Format::Text => entries.iter().for_each(|entry| output::print(&as_text(entry))),
    }
    Ok(Status::Good)
}

fn modified(entry: &Entry) -> Option<Timestamp> {
    Timestamp::try_from(entry.modified).ok()
}

fn as_json(entry: &Entry) -> serde_json::Value {
    json!({
        "id": entry.id.to_string(),
        "company": entry.company,
        "role": entry.role.map(|role| role.key()),
        "notice": entry.notice,
        "modified": modified(entry).map(|time| time.to_string()),
        "path": entry.path,
        "problem": entry.problem,
        "has_password": entry.has_password,
        "locked": entry.locked,
    })
}

fn as_text(entry: &Entry) -> String {
    let time = modified(entry)
        .map(|time| time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string());
    let time = time.unwrap_or_default();
    if entry.locked {
        return format!("{}　{time}　已加密的草稿\n　　{}", entry.id, entry.path.display());
    }
    if let Some(problem) = &entry.problem {
        return format!("{}　{time}　打不开：{problem}\n　　{}", entry.id, entry.path.display());
    }
    let company = match entry.company.trim() {
        "" => "（未填企业名称）",
        name => name,
    };
    let role = entry.role.map_or("", |role| role.label());
    let path = entry.path.display();
    format!("{}　{time}　{company}　{role}　{}\n　　{path}", entry.id, entry.notice)
}
