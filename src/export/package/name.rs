//! File names every system takes: Windows is the strictest, and Linux counts bytes.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::domain::Draft;
use crate::rules::invisible::{is_invisible_in_name, seen};

/// Longest part of a path, characters, without its extension.
const MAX_CHARS: usize = 80;
/// Longest part of a path, bytes, without its extension; Linux takes 255 with it.
const MAX_BYTES: usize = 240;

/// Longest part of a stranger's path, and longest path, bytes: what systems take.
const LONGEST_PART: usize = 255;
const LONGEST_PATH: usize = 1024;

/// `<企业简称>-<role>-<notice>`, the package's file name without `.zip`; one marked 草稿 says so, and
/// never takes the place of one that can be handed in.
#[must_use]
pub fn base_name(draft: &Draft, draft_mark: bool) -> String {
    let company = &draft.company;
    let short = [&company.short_name, &company.name].into_iter().find(|n| !n.trim().is_empty());
    let short: String = short.map_or("未命名企业", String::as_str).chars().take(40).collect();
    let tail = if draft_mark { "-草稿" } else { "" };
    safe(&format!("{}-{}-{}{tail}", safe(&short), draft.role.key(), draft.notice))
}

/// The ZIP of an export of this name. One that needs a password says so, and never takes the place of a
/// plain one: they must not be mistaken for each other in a mail.
#[must_use]
pub fn zip_name(base_name: &str, locked: bool) -> String {
    let tail = if locked { "-加密" } else { "" };
    format!("{base_name}{tail}.zip")
}

/// `text` as one part of a path, without extension: no characters Windows forbids, no invisible or
/// control characters, no device name, no dot or space at either end, not empty, not too long.
#[must_use]
pub fn safe(text: &str) -> String {
    let visible: String =
        text.chars().filter(|c| c.is_control() || !is_invisible_in_name(*c)).map(allowed).collect();
    let mut name = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.starts_with('.') {
        name.replace_range(..1, "_");
    }
    if is_device(&name) {
        name.insert(0, '_');
    }
    let name = shortened(&name, MAX_CHARS, MAX_BYTES);
    if name.is_empty() { "未命名".to_owned() } else { name.to_owned() }
}

/// The paths given so far; a path that differs from one of them in case alone gets a number.
#[derive(Debug, Default)]
pub(super) struct Paths(BTreeSet<String>);

impl Paths {
    /// `folder/stem.extension`, or with ` (2)`, ` (3)` … where that is taken.
    pub(super) fn free(&mut self, folder: &str, stem: &str, extension: &str) -> String {
        let mut number = 1_u32;
        loop {
            let path = if number == 1 {
                format!("{folder}{stem}.{extension}")
            } else {
                let tail = format!(" ({number})");
                let room = (MAX_CHARS - tail.len(), MAX_BYTES - tail.len());
                format!("{folder}{}{tail}.{extension}", shortened(stem, room.0, room.1))
            };
            if self.0.insert(folded(&path)) {
                return path;
            }
            number += 1;
        }
    }
}

/// A path as a system compares it that ignores case and the ways to write one character (macOS), and as
/// a person does, who sees no difference of width and not what is invisible; Windows drops dots and spaces
/// at an end.
pub(super) fn folded(path: &str) -> String {
    let plain = seen(path).nfkc().collect::<String>().to_uppercase().to_lowercase();
    // Once more: capital letters may come apart.
    let plain: String = plain.nfkc().collect();
    let parts = plain.split('/').map(|part| part.trim_end_matches(['.', ' ']));
    parts.collect::<Vec<_>>().join("/")
}

/// Why a path in a package must not be unpacked; `None` where it may.
pub(super) fn danger(path: &str) -> Option<&'static str> {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let parts = || path.strip_suffix('/').unwrap_or(path).split('/');
    if path.is_empty() {
        Some("文件名为空")
    } else if path.starts_with('/') || drive {
        Some("是绝对路径，解压时可能写到别的位置")
    } else if path.contains('\\') {
        Some("含有反斜杠，解压时可能写到别的位置")
    } else if parts().any(|part| part == ".." || part == ".") {
        Some("含有“..”或“.”，解压时可能写到别的位置")
    } else if path.chars().any(|c| c.is_control() || is_invisible_in_name(c)) {
        Some("含有看不见的字符")
    } else if parts()
        .any(|part| part.is_empty() || part.contains(['<', '>', ':', '"', '|', '?', '*']))
    {
        Some("含有 Windows 不允许的字符")
    } else if parts().any(|part| is_device(part) || part.ends_with(['.', ' '])) {
        Some("是 Windows 不允许的文件名")
    } else if parts().any(|part| part.len() > LONGEST_PART) || path.len() > LONGEST_PATH {
        Some("文件名太长，解压时可能出错")
    } else {
        None
    }
}

fn allowed(c: char) -> char {
    match c {
        '<' => '＜',
        '>' => '＞',
        ':' => '：',
        '"' => '＂',
        '/' => '／',
        '\\' => '＼',
        '|' => '｜',
        '?' => '？',
        '*' => '＊',
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() => '_',
        c => c,
    }
}

/// Names Windows keeps for devices, whatever follows the first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        stem => ["COM", "LPT"].iter().filter_map(|port| stem.strip_prefix(port)).any(|number| {
            matches!(number.chars().next(), Some('0'..='9' | '¹' | '²' | '³'))
                && number.chars().count() == 1
        }),
    }
}

fn shortened(name: &str, chars: usize, bytes: usize) -> &str {
    let end = name
        .char_indices()
        .take(chars)
        .map(|(at, c)| at + c.len_utf8())
        .take_while(|end| *end <= bytes)
        .last()
        .unwrap_or(0);
    name.get(..end).unwrap_or_default().trim_end_matches(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn names_windows_refuses_become_names_it_takes() {
        for (given, wanted) in [
            ("附件3 中小企业“揭榜”对接表", "附件3 中小企业“揭榜”对接表"),
            ("a/b\\c:d*e?f\"g<h>i|j", "a／b＼c：d＊e？f＂g＜h＞i｜j"),
            ("con", "_con"),
            ("LPT1.2", "_LPT1.2"),
            ("Compass", "Compass"),
            ("..\\..", "_.＼"),
            ("名 称 . .", "名 称"),
            ("\u{202e}fdp.exe\u{200b}\n行", "fdp.exe 行"),
            (" \u{7} ", "_"),
            ("", "未命名"),
        ] {
            assert_eq!(safe(given), wanted, "{given:?}");
        }
    }

    #[test]
    fn long_names_fit_windows_in_characters_and_linux_in_bytes() {
        assert_eq!(safe(&"企".repeat(300)).chars().count(), 80);
        assert!(safe(&"\u{20000}".repeat(300)).len() <= 240);
    }

    #[test]
    fn equal_names_get_numbers_whatever_their_case() {
        let mut paths = Paths::default();
        assert_eq!(paths.free("d/", "Abc", "pdf"), "d/Abc.pdf");
        assert_eq!(paths.free("d/", "aBC", "PDF"), "d/aBC (2).PDF");
        assert_eq!(paths.free("e/", "Abc", "pdf"), "e/Abc.pdf");
    }

    #[test]
    fn every_path_this_program_makes_is_without_danger_and_the_others_are_not() {
        for text in ["..", "nul", "a\\b", "/etc", "C:x", "\u{202e}", "a. ", "正常"] {
            assert_eq!(danger(&format!("佐证材料/{}.pdf", safe(text))), None, "{text:?}");
        }
        for path in [
            "/a",
            "C:a",
            "a/../b",
            "..",
            "a\\b",
            "",
            "a//b",
            "NUL.txt",
            "a/con/b",
            "a.",
            "\u{202e}a",
        ] {
            assert!(danger(path).is_some(), "{path:?}");
        }
    }

    #[test]
    fn the_package_is_named_after_the_company() {
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        assert_eq!(base_name(&draft, false), "未命名企业-solver-shanghai-2024");
        draft.company.name = "长".repeat(100);
        assert!(base_name(&draft, false).ends_with("长-solver-shanghai-2024"));
        draft.company.short_name = "甲/乙".to_owned();
        assert_eq!(base_name(&draft, false), "甲／乙-solver-shanghai-2024");
    }
}
