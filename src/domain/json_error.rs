//! What is wrong with a JSON file, in Chinese and with its place.

use serde_json::error::Category;

/// A sentence such as `第 12 行第 5 列：缺少“title”一项`, from serde's English.
#[must_use]
pub fn explain(error: &serde_json::Error) -> String {
    let what = what(error);
    match (error.line(), error.column()) {
        (0, _) => what,
        (line, column) => format!("第 {line} 行第 {column} 列：{what}"),
    }
}

/// The same without the place, for a caller that names it.
#[must_use]
pub fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    match error.classify() {
        Category::Eof => "文件到这里就断了，缺少后面的内容".to_owned(),
        Category::Io => format!("读取失败（{text}）"),
        Category::Syntax => syntax(text),
        Category::Data => data(text).unwrap_or_else(|| format!("内容不合要求（{text}）")),
    }
}

fn syntax(text: &str) -> String {
    let what = match text {
        "expected `,` or `}`" => "缺少逗号或右花括号",
        "expected `,` or `]`" => "缺少逗号或右方括号",
        "expected `:`" => "名称后面缺少冒号",
        "trailing comma" => "最后一项后面多了逗号",
        "trailing characters" => "文件末尾有多余的内容",
        "key must be a string" => "名称要用英文双引号括起来",
        "invalid escape" => "反斜杠后面的字符不对，反斜杠本身要写两个",
        "invalid unicode code point" => "\\u 后面的字符编码不对",
        "invalid number" | "number out of range" => "数字写法有误",
        "recursion limit exceeded" => "括号嵌套过深",
        "expected value" => "这里缺少值，文字要用英文双引号括起来",
        _ if text.starts_with("control character") => "文字里不能直接换行，请写成 \\n",
        _ => return format!("不是正确的 JSON（{text}）"),
    };
    what.to_owned()
}

/// serde's messages on the shape of data; `None` for one it does not know.
fn data(text: &str) -> Option<String> {
    if let Some(name) = text.strip_prefix("missing field ") {
        return Some(format!("缺少“{}”一项", quoted(name)));
    }
    if let Some(name) = text.strip_prefix("duplicate field ") {
        return Some(format!("“{}”写了两次", beginning(quoted(name))));
    }
    if let Some(rest) = text.strip_prefix("unknown field ") {
        return Some(format!("不认识“{}”这一项，请核对名称", beginning(quoted(rest))));
    }
    if let Some(rest) = text.strip_prefix("unknown variant ") {
        let known: Vec<&str> = rest.split('`').skip(3).step_by(2).collect();
        let value = beginning(quoted(rest));
        return Some(format!("值“{value}”不对，应为 {} 之一", known.join("、")));
    }
    let rest =
        text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "))?;
    let (given, wanted) = rest.split_once(", expected ")?;
    Some(format!("这里应为{}，写的却是{}", wanted_name(wanted), given_name(given)))
}

/// Most characters of a file's own that stand in a message: it may be printed, logged or mailed.
const MOST: usize = 24;

fn beginning(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The first `…` of a message.
fn quoted(text: &str) -> &str {
    text.split('`').nth(1).unwrap_or(text)
}

fn wanted_name(wanted: &str) -> &'static str {
    match wanted {
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "不带小数的正数",
        "a boolean" => " true 或 false",
        "a string" | "a text or a number" => "文字",
        "a sequence" => "列表 […]",
        "a map" => "对象 {…}",
        _ if wanted.starts_with("struct ") => "对象 {…}",
        _ => "另一种值",
    }
}

fn given_name(given: &str) -> String {
    let (kind, value) = given.split_once(' ').unwrap_or((given, ""));
    match kind {
        // A text may be a whole page of somebody's plans.
        "string" => "文字".to_owned(),
        "integer" | "boolean" => format!(" {}", beginning(value.trim_matches('`'))),
        "floating" => {
            format!("小数 {}", beginning(value.trim_start_matches("point ").trim_matches('`')))
        }
        "map" => "对象 {…}".to_owned(),
        "sequence" => "列表 […]".to_owned(),
        "number" => "数字".to_owned(),
        "null" | "unit" => "空值 null".to_owned(),
        _ => format!("“{}”", beginning(given)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::Draft;

    #[test]
    fn names_place_and_fault() {
        for (json, expected) in [
            ("{\"schema\": 1}", "第 1 行第 13 列：缺少“notice”一项"),
            ("{\n \"schema\": 1,\n}", "第 3 行第 1 列：最后一项后面多了逗号"),
            ("{\"schema\" 1}", "第 1 行第 11 列：名称后面缺少冒号"),
            ("{\"schema\": 1", "第 1 行第 12 列：文件到这里就断了，缺少后面的内容"),
            ("", "第 1 行第 0 列：文件到这里就断了，缺少后面的内容"),
            ("{\"schema\": \"一\"", "第 1 行第 16 列：这里应为不带小数的正数，写的却是文字"),
            ("{\"role\": \"buyer\"}", "第 1 行第 16 列：值“buyer”不对，应为 demander、solver 之一"),
            ("{\"notice\": {}}", "第 1 行第 11 列：这里应为文字，写的却是对象 {…}"),
            ("{\"role\":\"solver\",\"role\":1}", "第 1 行第 23 列：“role”写了两次"),
        ] {
            let error = serde_json::from_str::<Draft>(json).unwrap_err();
            assert_eq!(explain(&error), expected, "{json}");
        }
    }

    #[test]
    fn what_a_file_holds_is_not_told_at_length() {
        let long = "独家配方".repeat(50);
        for json in [
            format!("{{\"schema\": \"{long}\"}}"),
            format!("{{\"role\": \"{long}\"}}"),
            format!("{{\"demands\": \"{long}\"}}"),
            format!("{{\"notice\": \"{long}"),
            format!("{{\"notice\": \"{long}\\x\"}}"),
            format!("{{\"notice\": \"n\" \"{long}\"}}"),
        ] {
            let told = explain(&serde_json::from_str::<Draft>(&json).unwrap_err());
            assert!(!told.contains(&"独家配方".repeat(7)), "{told}");
        }
    }
}
