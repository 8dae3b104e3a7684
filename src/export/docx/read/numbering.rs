//! The numbers Word puts before paragraphs by itself, which stand in no text.

use std::collections::HashMap;

use super::archive::LetterError;
use super::tags::{Tag, walk};

/// Depths of a list.
const LEVELS: usize = 9;
/// Most lists looked at.
const MAX_LISTS: usize = 20_000;

/// Longest number before a paragraph, characters.
const MAX_NUMBER: usize = 40;

/// One depth of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// Such as `（%1）`.
    text: String,
}

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, Vec<Level>>,
    kind_of: HashMap<String, String>,
    counted: HashMap<String, [u32; LEVELS]>,
}

/// Reads `numbering.xml`; an empty text has none.
pub(super) fn read(xml: &str) -> Result<Numbering, LetterError> {
    let mut numbering = Numbering::default();
    let (mut kind, mut list) = (String::new(), String::new());
    walk(xml, &mut |tag| {
        let Tag::Open(name, attributes) = tag else { return Ok(()) };
        match name {
            "w:abstractNum" => kind = attributes.get("w:abstractNumId").unwrap_or_default(),
            "w:num" => list = attributes.get("w:numId").unwrap_or_default(),
            "w:abstractNumId" if numbering.kind_of.len() < MAX_LISTS => {
                numbering.kind_of.insert(list.clone(), attributes.val().unwrap_or_default());
            }
            "w:lvl" if numbering.kinds.len() < MAX_LISTS => {
                let levels = numbering.kinds.entry(kind.clone()).or_default();
                if levels.len() < LEVELS {
                    levels.push(Level { start: 1, ..Level::default() });
                }
            }
            "w:start" | "w:numFmt" | "w:lvlText" => {
                let Some(level) = numbering.kinds.get_mut(&kind).and_then(|l| l.last_mut()) else {
                    return Ok(());
                };
                let value = attributes.val().unwrap_or_default();
                match name {
                    "w:start" => level.start = value.parse().unwrap_or(1),
                    "w:numFmt" => level.format = value,
                    _ => level.text = value.chars().take(MAX_NUMBER).collect(),
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(numbering)
}

impl Numbering {
    /// What stands before the next paragraph of a list; empty where that is nothing, or a bullet.
    pub(super) fn next(&mut self, list: &str, depth: usize) -> String {
        let Some(levels) = self.kind_of.get(list).and_then(|kind| self.kinds.get(kind)) else {
            return String::new();
        };
        let Some(level) = levels.get(depth) else { return String::new() };
        let counted = self.counted.entry(list.to_owned()).or_default();
        if let Some(count) = counted.get_mut(depth) {
            *count = count.saturating_add(1);
        }
        for count in counted.iter_mut().skip(depth + 1) {
            *count = 0;
        }
        match level.format.as_str() {
            "bullet" => return "·".to_owned(),
            "none" => return String::new(),
            _ => {}
        }
        let mut text = level.text.clone();
        for (n, level) in levels.iter().enumerate().take(depth + 1) {
            let count = counted.get(n).copied().unwrap_or(0).max(1);
            let number = level.start.saturating_add(count - 1);
            text = text.replace(&format!("%{}", n + 1), &written(number, &level.format));
        }
        text
    }
}

fn written(number: u32, format: &str) -> String {
    let letter = |first: u8| {
        let letter = first + u8::try_from((number.max(1) - 1) % 26).unwrap_or(0);
        char::from(letter).to_string()
    };
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "ideographDigital"
        | "taiwaneseCountingThousand" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(0x2460 + number - 1).map_or_else(String::new, String::from)
        }
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "decimalFullWidth" => {
            number.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect()
        }
        _ => number.to_string(),
    }
}

/// 一 to 九十九; larger ones in digits.
fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS.get(n as usize).copied().unwrap_or_default();
    match number {
        1..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number - 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        _ => number.to_string(),
    }
}
