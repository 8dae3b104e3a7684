//! The text of a draft file: which version it is of, and what is wrong with one that is no draft.

mod crowd;
mod reserved;
mod schema;

use std::io;
use std::path::PathBuf;

use super::io_error::reason;
use super::{Draft, Field, json_error};

/// Largest draft file read, MB.
pub const MAX_MEGABYTES: u64 = 64;

/// Why a text is no draft. `origin` is the file's path, or what else the text came from.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The file cannot be read.
    #[error("无法读取“{}”：{}", path.display(), reason(source))]
    Io {
        /// File.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Sealed, and nobody has given its password.
    #[error("“{origin}”已加密，需要打开密码")]
    Locked {
        /// File.
        origin: String,
    },
    /// Larger than any draft.
    #[error("“{origin}”有 {megabytes} MB，不像草稿文件；草稿文件不超过 {limit} MB，请检查是否选错了文件", limit = MAX_MEGABYTES)]
    TooLarge {
        /// File.
        origin: String,
        /// Its size.
        megabytes: u64,
    },
    /// More values than any draft has.
    #[error(
        "“{origin}”里的项目多得不正常（{found}），不像草稿文件，没有打开，文件未作任何改动；请检查是否选错了文件，或向发件人索取原文件"
    )]
    TooMany {
        /// File.
        origin: String,
        /// What there is too much of.
        found: String,
    },
    /// A draft in memory has become larger than any file that can be read again.
    #[error(
        "草稿里的内容超出了一份草稿的上限（{found}），不能保存和导出；请删去一些再试，磁盘上的旧稿没有动"
    )]
    Outgrown {
        /// What there is too much of.
        found: String,
    },
    /// A name that stands for something else inside the program.
    #[error(
        "“{origin}”第 {line} 行用了程序内部保留的名称，没有打开，文件未作任何改动；请向发件人索取原文件"
    )]
    Reserved {
        /// File.
        origin: String,
        /// From 1.
        line: usize,
    },
    /// Ends in the middle of a character.
    #[error("“{origin}”不完整：文件在第 {line} 行中途断了，后面的内容不在文件里")]
    Cut {
        /// File.
        origin: String,
        /// From 1.
        line: usize,
    },
    /// No text at all.
    #[error("“{origin}”不是草稿文件，或者已经损坏：里面不是文字")]
    Garbled {
        /// File.
        origin: String,
    },
    /// Not UTF-8.
    #[error("“{origin}”不是 UTF-8 编码（{guess}），请用文本编辑器另存为 UTF-8 后重试")]
    Encoding {
        /// File.
        origin: String,
        /// What it looks like.
        guess: String,
    },
    /// A ZIP.
    #[error(
        "“{origin}”是压缩包，不是草稿文件；如果是材料包，请先用 jiebang import 导入，或在窗口中打开"
    )]
    Package {
        /// File.
        origin: String,
    },
    /// Not JSON, or a draft without a field that every draft has.
    #[error("“{origin}”第 {line} 行第 {column} 列有误：{message}")]
    Syntax {
        /// File.
        origin: String,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A field holds what it cannot hold.
    #[error("“{origin}”第 {line} 行的“{}”（{field}）有误：{message}", field.title())]
    Field {
        /// File.
        origin: String,
        /// From 1.
        line: usize,
        /// Its address; may be of a group, or of the whole draft (empty).
        field: Field,
        /// What is wrong.
        message: String,
    },
    /// `schema` is missing or no version number.
    #[error("“{origin}”中没有 \"schema\" 版本号，不是揭榜通的草稿文件")]
    NoSchema {
        /// File.
        origin: String,
    },
    /// Written by a later version of the program.
    #[error(
        "“{origin}”是更新版本的揭榜通保存的（格式版本 {found}，本程序最高支持 {known}），文件未作任何改动；请升级程序后再打开"
    )]
    LaterSchema {
        /// File.
        origin: String,
        /// Version of the file.
        found: u64,
        /// The latest known.
        known: u32,
    },
}

/// The text of a draft's file; an error where it could not be read again.
pub fn text_of(draft: &Draft) -> Result<String, DraftError> {
    let text = draft.to_json();
    let megabytes = text.len() as u64 >> 20;
    let found = crowd::excess(text.as_bytes()).or_else(|| {
        (megabytes >= MAX_MEGABYTES).then(|| format!("{megabytes} MB，最多 {MAX_MEGABYTES} MB"))
    });
    found.map_or(Ok(text), |found| Err(DraftError::Outgrown { found }))
}

/// Reads a draft from bytes of unknown encoding; `origin` says in errors where they are from.
pub fn parse_draft_bytes(bytes: &[u8], origin: &str) -> Result<Draft, DraftError> {
    let encoding = |guess: String| DraftError::Encoding { origin: origin.to_owned(), guess };
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(DraftError::Package { origin: origin.to_owned() });
    }
    // JSON begins with ASCII, of which UTF-16 makes every other byte zero.
    let is_wide = bytes.first_chunk().is_some_and(|start: &[u8; 4]| {
        matches!(
            start.map(|byte| byte == 0),
            [true, false, true, false] | [false, true, false, true]
        )
    });
    if is_wide || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(encoding("看起来是 UTF-16，即记事本的“Unicode”".to_owned()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => parse_draft(text, origin),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            if error.error_len().is_none() {
                return Err(DraftError::Cut { origin: origin.to_owned(), line });
            }
            if !good.trim_ascii_start().starts_with(b"{") && !good.starts_with(b"\xef\xbb\xbf") {
                return Err(DraftError::Garbled { origin: origin.to_owned() });
            }
            Err(encoding(format!("第 {line} 行起有无法识别的字节，可能是 GBK，即记事本的“ANSI”")))
        }
    }
}

/// Reads a draft from text, from a byte order mark on or without; older versions are migrated.
/// `origin` says in errors where the text is from.
pub fn parse_draft(text: &str, origin: &str) -> Result<Draft, DraftError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let origin = || origin.to_owned();
    if let Some(found) = crowd::excess(text.as_bytes()) {
        return Err(DraftError::TooMany { origin: origin(), found });
    }
    if let Some(line) = reserved::line_of_name(text) {
        return Err(DraftError::Reserved { origin: origin(), line });
    }
    let syntax = |error: &serde_json::Error| DraftError::Syntax {
        origin: origin(),
        line: error.line(),
        column: error.column(),
        message: json_error::what(error),
    };
    let schema = match schema::declared(text).map_err(|error| syntax(&error))? {
        schema::Declared::Known(schema) => schema,
        schema::Declared::Later(found) => {
            return Err(DraftError::LaterSchema { origin: origin(), found, known: schema::LATEST });
        }
        schema::Declared::Missing => return Err(DraftError::NoSchema { origin: origin() }),
    };
    schema::read(text, schema).map_err(|fault| {
        match fault.error.is_data() && !fault.pointer.is_empty() {
            true => DraftError::Field {
                origin: origin(),
                line: fault.error.line(),
                message: json_error::what(&fault.error),
                field: Field::new(fault.pointer),
            },
            false => syntax(&fault.error),
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(more: &str) -> String {
        format!(r#"{{"schema": 2, "notice": "n", "role": "solver", {more}}}"#)
    }

    fn read(more: &str) -> Result<Draft, DraftError> {
        parse_draft(&text(more), "草稿.json")
    }

    #[test]
    fn a_number_in_a_blank_keeps_its_digits_and_does_not_grow() {
        for (written, wanted) in [
            ("1.2345678901234567890123e3", "1234.5678901234567890123"),
            ("8600.50", "8600.50"),
            ("-1.5E-3", "-0.0015"),
            ("1e5", "100000"),
            ("0e0", "0"),
            ("12.50e1", "125"),
            ("1e-400", "1e-400"),
            ("1e308", "1e+308"),
        ] {
            let draft = read(&format!(r#""company": {{"fax": {written}}}"#)).unwrap();
            assert_eq!(draft.company.fax, wanted, "{written}");
        }
    }

    #[test]
    fn an_object_under_the_name_of_a_number_is_refused_in_words_of_this_program() {
        for object in [
            r#"{"$serde_json::private::Number":"1"}"#,
            r#"{"\u0024serde_json::private::Number":"abc"}"#,
            r#"{"$serde_json::private::Number":{"a":1}}"#,
            r#"{"$serde_json::private::Number":"1","b":2}"#,
        ] {
            for place in [r#""later": "#, r#""company": {"fax": "#] {
                let close = if place.contains('{') { "}" } else { "" };
                let error = read(&format!("{place}{object}{close}")).unwrap_err();
                assert!(matches!(error, DraftError::Reserved { line: 1, .. }), "{error}");
            }
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_not_taken_for_one_of_another_encoding() {
        let whole = text(r#""company": {"name": "甲公司"}"#);
        let at = whole.find('公').unwrap() + 1;
        let error = parse_draft_bytes(&whole.as_bytes()[..at], "草稿.json").unwrap_err();
        assert!(matches!(error, DraftError::Cut { line: 1, .. }), "{error}");
        let gbk = b"{\"name\": \"\xbc\xd7\xb9\xab\"}";
        let error = parse_draft_bytes(gbk, "草稿.json").unwrap_err();
        assert!(matches!(error, DraftError::Encoding { .. }), "{error}");
        let noise = b"\x9f\x00\xe1\x07\x03{\xff";
        let error = parse_draft_bytes(noise, "草稿.json").unwrap_err();
        assert!(matches!(error, DraftError::Garbled { .. }), "{error}");
    }
}
