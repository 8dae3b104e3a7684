//! 企业规模 after 《中小企业划型标准规定》: from industry, staff, revenue and assets to a class.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use thiserror::Error;

use super::number::{self, Number};
use super::{industry, width};
use crate::domain::{Company, EnterpriseSize};

/// What a class is computed from; amounts that are not known are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inputs<'a> {
    /// Two-digit division of GB/T 4754-2017.
    pub industry: &'a str,
    /// Three-digit group, needed in divisions 59 and 70 only.
    pub class: &'a str,
    /// 从业人员, 人.
    pub employees: Option<Number>,
    /// 营业收入, 万元.
    pub revenue: Option<Number>,
    /// 资产总额, 万元.
    pub total_assets: Option<Number>,
}

impl<'a> Inputs<'a> {
    /// What a company has filled in; unreadable numbers are not known.
    #[must_use]
    pub fn of(company: &'a Company) -> Self {
        Self {
            industry: &company.industry,
            class: &company.industry_class,
            employees: number::parse(&company.employees),
            revenue: number::parse(&company.revenue),
            total_assets: number::parse(&company.total_assets),
        }
    }
}

/// A computed class with its reasoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// The class.
    pub size: EnterpriseSize,
    /// 行业 as the standard groups them, such as 工业.
    pub group: &'static str,
    /// Chinese sentences: the group, each indicator against its bounds, the conclusion.
    pub reasons: Vec<String>,
    /// The standard, as it is cited.
    pub standard: &'static str,
}

/// Why a class cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SizeError {
    /// No division, or one that GB/T 4754-2017 does not have.
    #[error("{}", match division.as_str() {
        "" => "先填写《国民经济行业分类》的 2 位数行业代码，才能判定企业规模".to_owned(),
        code => format!("《国民经济行业分类》没有“{code}”这个大类，请填写 2 位数行业代码"),
    })]
    Industry {
        /// What was filled in.
        division: String,
    },
    /// The division spans several groups of the standard.
    #[error("行业 {division} 要按中类判定企业规模，请填写 3 位数中类代码：{choices}")]
    Class {
        /// The division's code.
        division: String,
        /// What can be filled in.
        choices: String,
    },
    /// The standard has no bounds for it.
    #[error("划型标准没有覆盖这个行业（{reason}），请按主管部门的口径自行核定企业规模")]
    NotCovered {
        /// Why.
        reason: String,
    },
    /// Indicators are missing.
    #[error(
        "按{group}判定企业规模要看{}，请填写后再判定",
        indicators.iter().map(|indicator| indicator.label()).collect::<Vec<_>>().join("和")
    )]
    Missing {
        /// The group of the standard.
        group: &'static str,
        /// What is missing.
        indicators: Vec<Indicator>,
    },
}

/// What the standard measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indicator {
    /// 从业人员.
    Employees,
    /// 营业收入.
    Revenue,
    /// 资产总额.
    TotalAssets,
}

impl Indicator {
    /// Its name in the standard.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Employees => "从业人员",
            Self::Revenue => "营业收入",
            Self::TotalAssets => "资产总额",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::Employees => "人",
            Self::Revenue | Self::TotalAssets => "万元",
        }
    }

    const fn of(self, inputs: &Inputs<'_>) -> Option<Number> {
        match self {
            Self::Employees => inputs.employees,
            Self::Revenue => inputs.revenue,
            Self::TotalAssets => inputs.total_assets,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Table {
    standard: String,
    groups: Vec<Group>,
    division_to_group: BTreeMap<String, Mapping>,
}

#[derive(Debug, Deserialize)]
struct Group {
    key: String,
    name: String,
    #[serde(rename = "X")]
    employees: Option<Bounds>,
    #[serde(rename = "Y")]
    revenue: Option<Bounds>,
    #[serde(rename = "Z")]
    total_assets: Option<Bounds>,
}

/// Lower bounds, inclusive.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Bounds {
    large: u32,
    medium: u32,
    small: u32,
}

#[derive(Debug, Deserialize)]
struct Mapping {
    /// A group's key, `ask` where the class decides, none where the standard has nothing.
    group: Option<String>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    choices: Vec<Choice>,
}

/// Groups (中类) of a division and the standard's group they belong to.
#[derive(Debug, Deserialize)]
struct Choice {
    /// `591`, `592-599` or `703/709`.
    class3: String,
    label: String,
    group: Option<String>,
}

impl Choice {
    fn covers(&self, class: u32) -> bool {
        self.class3.split('/').any(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let bounds = (first.parse::<u32>(), last.parse::<u32>());
            matches!(bounds, (Ok(first), Ok(last)) if (first..=last).contains(&class))
        })
    }
}

impl Group {
    fn indicators(&self) -> impl Iterator<Item = (Indicator, Bounds)> {
        [
            (Indicator::Employees, self.employees),
            (Indicator::Revenue, self.revenue),
            (Indicator::TotalAssets, self.total_assets),
        ]
        .into_iter()
        .filter_map(|(indicator, bounds)| Some((indicator, bounds?)))
    }
}

impl Bounds {
    /// The class one indicator alone reaches.
    fn class(self, value: Number) -> EnterpriseSize {
        let reaches = |bound: u32| value >= Number::from(bound);
        match value {
            _ if reaches(self.large) => EnterpriseSize::Large,
            _ if reaches(self.medium) => EnterpriseSize::Medium,
            _ if reaches(self.small) => EnterpriseSize::Small,
            _ => EnterpriseSize::Micro,
        }
    }

    /// Where a value lies, in words.
    fn place(self, value: Number, unit: &str) -> String {
        let (large, medium, small) = (self.large, self.medium, self.small);
        match self.class(value) {
            EnterpriseSize::Large => format!("达到大型的下限 {large} {unit}"),
            EnterpriseSize::Medium => {
                format!("达到中型的下限 {medium} {unit}，不足大型的下限 {large} {unit}")
            }
            EnterpriseSize::Small => {
                format!("达到小型的下限 {small} {unit}，不足中型的下限 {medium} {unit}")
            }
            EnterpriseSize::Micro => format!("不足小型的下限 {small} {unit}"),
        }
    }
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        // Bundled data: a test of this module reads it, so it cannot fail on a user's machine.
        #[allow(clippy::expect_used)]
        serde_json::from_str(include_str!("../../assets/standards/enterprise_sizes.json"))
            .expect("assets/standards/enterprise_sizes.json")
    });
    &TABLE
}

/// The standard, as it is cited.
#[must_use]
pub fn standard() -> &'static str {
    &table().standard
}

/// Computes the class: each indicator of the industry must reach a class's lower bound.
///
/// # Errors
/// [`SizeError`] where an input is missing or the standard does not cover the industry.
pub fn classify(inputs: &Inputs<'_>) -> Result<Classification, SizeError> {
    let group = group(inputs)?;
    let mut values = Vec::new();
    let mut missing = Vec::new();
    for (indicator, bounds) in group.indicators() {
        match indicator.of(inputs) {
            Some(value) => values.push((indicator, bounds, value)),
            None => missing.push(indicator),
        }
    }
    if !missing.is_empty() {
        return Err(SizeError::Missing { group: &group.name, indicators: missing });
    }
    // The variants go down from 大型, so the lowest class is the greatest value.
    let size = values
        .iter()
        .map(|(_, bounds, value)| bounds.class(*value))
        .max()
        .unwrap_or(EnterpriseSize::Micro);
    let reasons = reasons(inputs, group, &values, size);
    Ok(Classification { size, group: &group.name, reasons, standard: standard() })
}

fn reasons(
    inputs: &Inputs<'_>,
    group: &Group,
    values: &[(Indicator, Bounds, Number)],
    size: EnterpriseSize,
) -> Vec<String> {
    let labels: Vec<&str> = values.iter().map(|(indicator, ..)| indicator.label()).collect();
    let name = industry::division(&code(inputs.industry)).map_or("", |d| d.name.as_str());
    let mut reasons = vec![format!(
        "所属行业 {} {name}，按“{}”划型，看{}。",
        code(inputs.industry),
        group.name,
        labels.join("和")
    )];
    reasons.extend(values.iter().map(|(indicator, bounds, value)| {
        let unit = indicator.unit();
        format!("{} {value} {unit}：{}。", indicator.label(), bounds.place(*value, unit))
    }));
    reasons.push(match (size, values.len()) {
        (EnterpriseSize::Micro, 2..) => "有一项不足小型的下限，即为微型企业。".to_owned(),
        (_, 2..) => format!("两项都要达到下限才能归入上一档，所以是{size}企业。"),
        _ => format!("所以是{size}企业。"),
    });
    reasons
}

fn code(text: &str) -> String {
    width::half_width_text(text).trim().to_owned()
}

fn group(inputs: &Inputs<'_>) -> Result<&'static Group, SizeError> {
    let division = code(inputs.industry);
    let mapping = table()
        .division_to_group
        .get(&division)
        .ok_or_else(|| SizeError::Industry { division: division.clone() })?;
    let not_covered = |reason: &str| SizeError::NotCovered { reason: reason.to_owned() };
    let key = match mapping.group.as_deref() {
        None => return Err(not_covered(&mapping.reason)),
        Some("ask") => {
            let choice = choice(mapping, inputs.class)
                .ok_or_else(|| SizeError::Class { division, choices: mapping.choices_text() })?;
            choice.group.as_deref().ok_or_else(|| not_covered(&choice.label))?
        }
        Some(key) => key,
    };
    table().groups.iter().find(|group| group.key == key).ok_or_else(|| not_covered(key))
}

fn choice<'a>(mapping: &'a Mapping, class: &str) -> Option<&'a Choice> {
    let class: String = code(class).chars().take(3).collect();
    let class: u32 = class.parse().ok()?;
    mapping.choices.iter().find(|choice| choice.covers(class))
}

impl Mapping {
    fn choices_text(&self) -> String {
        let texts: Vec<String> = self
            .choices
            .iter()
            .map(|choice| format!("{} {}", choice.class3, choice.label))
            .collect();
        texts.join("；")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use EnterpriseSize::{Large, Medium, Micro, Small};

    fn size(
        industry: &str,
        class: &str,
        x: &str,
        y: &str,
        z: &str,
    ) -> Result<EnterpriseSize, SizeError> {
        classify(&Inputs {
            industry,
            class,
            employees: number::parse(x),
            revenue: number::parse(y),
            total_assets: number::parse(z),
        })
        .map(|classification| classification.size)
    }

    #[test]
    fn every_division_leads_to_a_group_or_a_reason() {
        let groups: Vec<&str> = table().groups.iter().map(|group| group.key.as_str()).collect();
        assert_eq!(table().division_to_group.len(), industry::divisions().len());
        for division in industry::divisions() {
            let mapping = &table().division_to_group[&division.code];
            match mapping.group.as_deref() {
                None => assert!(!mapping.reason.is_empty(), "{}", division.code),
                Some("ask") => assert!(!mapping.choices.is_empty(), "{}", division.code),
                Some(key) => assert!(groups.contains(&key), "{}", division.code),
            }
        }
        assert!(table().groups.iter().all(|group| group.indicators().count() >= 1));
    }

    #[test]
    fn bounds_are_inclusive_and_exact() {
        for (industry, class, x, y, z, expected) in [
            ("39", "", "1000", "40000", "", Large),
            ("39", "", "999", "40000", "", Medium),
            ("39", "", "1000", "39999.99", "", Medium),
            ("39", "", "1000", "39999.999999", "", Medium),
            ("39", "", "300", "2000", "", Medium),
            ("39", "", "299", "2000", "", Small),
            ("39", "", "20", "300", "", Small),
            ("39", "", "19", "300", "", Micro),
            ("39", "", "5000", "299.99", "", Micro),
            ("01", "", "", "20000", "", Large),
            ("01", "", "", "49.99", "", Micro),
            ("47", "", "", "80000", "80000", Large),
            ("47", "", "", "80000", "79999", Medium),
            ("51", "", "200", "40000", "", Large),
            ("52", "", "10", "100", "", Small),
            ("54", "", "300", "3000", "", Medium),
            ("59", "591", "300", "2999", "", Small),
            ("59", "594", "200", "30000", "", Large),
            ("59", "5930", "100", "1000", "", Medium),
            ("60", "", "999", "30000", "", Medium),
            ("61", "", "300", "10000", "", Large),
            ("62", "", "9", "100", "", Micro),
            ("63", "", "2000", "100000", "", Large),
            ("64", "", "1999", "100000", "", Medium),
            ("65", "", "300", "10000", "", Large),
            ("65", "", "10", "50", "", Small),
            ("70", "701", "", "200000", "10000", Large),
            ("70", "702", "100", "500", "", Small),
            ("70", "709", "300", "", "", Large),
            ("72", "", "300", "", "120000", Large),
            ("72", "", "300", "", "119999", Medium),
            ("75", "", "99", "", "", Small),
            ("85", "", "9", "", "", Micro),
        ] {
            let computed = size(industry, class, x, y, z);
            assert_eq!(computed, Ok(expected), "{industry} {class} {x} {y} {z}");
        }
    }

    #[test]
    fn says_what_is_missing() {
        let message =
            |industry, class, x, y, z| size(industry, class, x, y, z).unwrap_err().to_string();
        assert!(message("47", "", "5", "100", "").contains("资产总额"));
        assert!(message("39", "", "", "", "").contains("从业人员和营业收入"));
        assert!(message("59", "", "5", "100", "").contains("591 装卸搬运"));
        assert!(message("59", "601", "5", "100", "").contains("3 位数中类代码"));
        assert!(message("70", "704", "5", "100", "1").contains("没有覆盖"));
        assert!(message("66", "", "5", "100", "1").contains("银发〔2015〕309号"));
        assert!(matches!(size("99", "", "5", "100", "1"), Err(SizeError::Industry { .. })));
        assert!(matches!(size("", "", "5", "100", "1"), Err(SizeError::Industry { .. })));
    }

    #[test]
    fn shows_its_reasoning() {
        let classification = classify(&Inputs {
            industry: "29",
            employees: number::parse("200"),
            revenue: number::parse("8600"),
            ..Inputs::default()
        })
        .unwrap();
        assert_eq!(classification.group, "工业");
        assert_eq!(
            classification.reasons,
            [
                "所属行业 29 橡胶和塑料制品业，按“工业”划型，看从业人员和营业收入。",
                "从业人员 200 人：达到小型的下限 20 人，不足中型的下限 300 人。",
                "营业收入 8600 万元：达到中型的下限 2000 万元，不足大型的下限 40000 万元。",
                "两项都要达到下限才能归入上一档，所以是小型企业。",
            ]
        );
        assert!(classification.standard.contains("工信部联企业〔2011〕300号"));
    }
}
