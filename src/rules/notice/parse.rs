//! Reading a notice from JSON, whoever wrote it.

use std::sync::LazyLock;

use serde::Deserialize;
use thiserror::Error;

use super::{Notice, validate};
use crate::domain::json_error;

/// Version of the notice format this program reads.
pub const SCHEMA: u32 = 1;

/// Why a notice could not be read; `origin` is the file's name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoticeError {
    /// Not JSON, or not of a notice's shape.
    #[error("通知文件“{origin}”读不出来。{explanation}。请改正后重新打开")]
    Json {
        /// The file's name.
        origin: String,
        /// Line, column and fault.
        explanation: String,
    },
    /// Of a version this program does not know.
    #[error(
        "通知文件“{origin}”的格式版本是 {schema}，本程序只认识版本 {SCHEMA}，请升级本程序或换用旧版本的通知文件"
    )]
    Schema {
        /// The file's name.
        origin: String,
        /// Its version.
        schema: u32,
    },
    /// Of the right shape, but what it says cannot be.
    #[error("通知文件“{origin}”的内容有问题：{}。请改正后重新打开", problems.join("；"))]
    Content {
        /// The file's name.
        origin: String,
        /// Each fault with its line where it has one.
        problems: Vec<String>,
    },
}

impl Notice {
    /// Reads and validates a notice; `origin` names the file in errors.
    ///
    /// # Errors
    /// [`NoticeError`] with the line and what is wrong there.
    pub fn parse(text: &str, origin: &str) -> Result<Self, NoticeError> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let origin = || origin.to_owned();
        // The version first: a later one may have fields this one does not know.
        if let Ok(Version { schema }) = serde_json::from_str(text)
            && schema != SCHEMA
        {
            return Err(NoticeError::Schema { origin: origin(), schema });
        }
        let notice: Self = serde_json::from_str(text).map_err(|error| NoticeError::Json {
            origin: origin(),
            explanation: json_error::explain(&error),
        })?;
        let problems = validate::problems(&notice, text);
        if problems.is_empty() {
            Ok(notice)
        } else {
            Err(NoticeError::Content { origin: origin(), problems })
        }
    }
}

/// The notices that come with the program.
#[must_use]
pub fn bundled() -> &'static [Notice] {
    static NOTICES: LazyLock<Vec<Notice>> = LazyLock::new(|| {
        let sources = [
            ("shanghai-2024.json", include_str!("../../../assets/notices/shanghai-2024.json")),
            ("wuhan-2024.json", include_str!("../../../assets/notices/wuhan-2024.json")),
        ];
        // Bundled data: a test of this module reads both, so neither can fail on a user's machine.
        #[allow(clippy::expect_used)]
        sources
            .iter()
            .map(|(name, text)| Notice::parse(text, name).expect("assets/notices"))
            .collect()
    });
    &NOTICES
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SHANGHAI: &str = include_str!("../../../assets/notices/shanghai-2024.json");

    fn error(text: &str) -> String {
        Notice::parse(text, "我的通知.json").unwrap_err().to_string()
    }

    #[test]
    fn both_bundled_notices_read() {
        let ids: Vec<&str> = bundled().iter().map(|notice| notice.id.as_str()).collect();
        assert_eq!(ids, ["shanghai-2024", "wuhan-2024"]);
        let districts = bundled()[0]
            .contacts
            .iter()
            .filter(|c| c.level == super::super::ContactLevel::District);
        assert_eq!(districts.count(), 18);
    }

    #[test]
    fn a_byte_order_mark_does_no_harm() {
        assert!(Notice::parse(&format!("\u{FEFF}{SHANGHAI}"), "a.json").is_ok());
    }

    #[test]
    fn a_later_version_is_refused_whatever_else_it_has() {
        let text = SHANGHAI.replacen("\"schema\": 1", "\"schema\": 2, \"fees\": []", 1);
        let message = error(&text);
        assert!(message.contains("我的通知.json") && message.contains("格式版本是 2"), "{message}");
    }

    #[test]
    fn a_misspelt_name_is_found_with_its_line() {
        let message = error(&SHANGHAI.replacen("\"deadline\":", "\"deadlin\":", 1));
        let line = SHANGHAI.lines().position(|line| line.contains("\"deadline\":")).unwrap() + 1;
        assert!(message.contains(&format!("第 {line} 行")), "{message}");
        assert!(message.contains("不认识“deadlin”"), "{message}");
    }

    #[test]
    fn faults_of_content_are_told_with_their_lines() {
        for (from, to, expected) in [
            ("\"id\": \"shanghai-2024\"", "\"id\": \"上海 2024\"", "第 3 行"),
            ("\"id\": \"huangpu\"", "\"id\": \"pudong\"", "“pudong”有两个"),
            ("2024-07-22", "2024-02-30", "“2024-02-30”不是日期"),
            ("\"clause\": \"submit_solver\"", "\"clause\": \"submit_x\"", "“submit_x”"),
            ("\"profile\": 500", "\"profile\": 0", "limits"),
            ("\"region\": \"31\"", "\"region\": \"99\"", "“99”"),
            ("\"需求 {n}\"", "\"需求\"", "{n}"),
            ("\"/matching/profile\": \"企业概况\",", "", "/matching/profile"),
            ("\"copies\": 1", "\"copies\": 0", "copies"),
            ("\"contact_level\": \"district\"", "\"contact_level\": null", "“solver”"),
            (
                "\"issued_on\": \"2024-07-10\"",
                "\"issued_on\": \"2024年7月\"",
                "“2024年7月”不是日期",
            ),
        ] {
            assert!(SHANGHAI.contains(from), "{from}");
            let message = error(&SHANGHAI.replacen(from, to, 1));
            assert!(message.contains("内容有问题") && message.contains(expected), "{message}");
        }
    }

    #[test]
    fn the_line_is_the_one_to_change() {
        let text = SHANGHAI.replacen("\"id\": \"huangpu\"", "\"id\": \"pudong\"", 1);
        let line = SHANGHAI.lines().position(|line| line.contains("\"huangpu\"")).unwrap() + 1;
        let message = error(&text);
        assert!(message.contains(&format!("第 {line} 行：标识“pudong”有两个")), "{message}");
    }

    #[test]
    fn a_file_cut_off_anywhere_is_an_error() {
        let mut end = 0;
        while let Some((step, _)) = SHANGHAI[end..].char_indices().nth(200) {
            end += step;
            assert!(error(&SHANGHAI[..end]).contains("断了"), "{end}");
        }
    }

    #[test]
    fn a_notice_without_routes_is_no_use() {
        let mut json: serde_json::Value = serde_json::from_str(SHANGHAI).unwrap();
        json["routes"] = serde_json::json!([]);
        assert!(error(&json.to_string()).contains("routes"));
    }
}
