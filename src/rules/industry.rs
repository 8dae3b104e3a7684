//! Divisions (大类) of GB/T 4754-2017, which the forms ask for as 所属行业.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A division (大类).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Division {
    /// Two digits; a leading zero matters.
    pub code: String,
    /// Name.
    pub name: String,
    /// Letter of its section (门类).
    pub section: String,
    /// Pinyin initials, for searching.
    pub pinyin: String,
}

/// A section (门类).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// One letter.
    pub code: String,
    /// Name.
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    standard: String,
    sections: Vec<Section>,
    divisions: Vec<Division>,
    codes_2011: BTreeMap<String, Option<String>>,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        // Bundled data: a test of this module reads it, so it cannot fail on a user's machine.
        #[allow(clippy::expect_used)]
        serde_json::from_str(include_str!("../../assets/standards/industries.json"))
            .expect("assets/standards/industries.json")
    });
    &TABLE
}

/// The standard, as it is cited.
#[must_use]
pub fn standard() -> &'static str {
    &table().standard
}

/// All 20 sections.
#[must_use]
pub fn sections() -> &'static [Section] {
    &table().sections
}

/// All 97 divisions in the order of their codes.
#[must_use]
pub fn divisions() -> &'static [Division] {
    &table().divisions
}

/// The division with a code, such as `39` or `05`.
#[must_use]
pub fn division(code: &str) -> Option<&'static Division> {
    let code = code.trim();
    divisions().iter().find(|division| division.code == code)
}

/// What the code meant in the 2011 edition where that was something else: many forms of companies
/// were filled in from that list.
#[must_use]
pub fn name_of_2011(code: &str) -> Option<&'static str> {
    table().codes_2011.get(code.trim())?.as_deref()
}

/// Divisions for which a search text is their code's or name's part or their initials' beginning.
pub fn search(text: &str) -> impl Iterator<Item = &'static Division> {
    let text = text.trim().to_lowercase();
    divisions().iter().filter(move |division| {
        division.code.starts_with(&text)
            || division.name.contains(&text)
            || division.pinyin.starts_with(&text)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn has_every_division_once_in_order() {
        let codes: Vec<String> = divisions().iter().map(|d| d.code.clone()).collect();
        let expected: Vec<String> = (1..=97).map(|n| format!("{n:02}")).collect();
        assert_eq!(codes, expected);
        assert_eq!(sections().len(), 20);
        for division in divisions() {
            assert!(sections().iter().any(|s| s.code == division.section), "{}", division.code);
        }
    }

    #[test]
    fn finds_by_code() {
        assert_eq!(division(" 39 ").unwrap().name, "计算机、通信和其他电子设备制造业");
        assert_eq!(division("05").unwrap().section, "A");
        for unknown in ["5", "98", "00", "", "C39", "3911"] {
            assert!(division(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn knows_what_2011_meant() {
        assert_eq!(name_of_2011("79"), Some("居民服务业"));
        assert_eq!(name_of_2011("39"), None);
        assert_eq!(name_of_2011("97"), None);
    }

    #[test]
    fn searches_code_name_and_initials() {
        let codes = |text: &str| search(text).map(|d| d.code.as_str()).collect::<Vec<_>>();
        assert_eq!(codes("39"), ["39"]);
        assert_eq!(codes("软件"), ["65"]);
        assert!(codes("FZY").contains(&"17"));
        assert_eq!(codes("").len(), 97);
    }
}
