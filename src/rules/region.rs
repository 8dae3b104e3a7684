//! Provinces, cities and counties, as 企业注册地 names them.

use std::sync::LazyLock;

use serde::Deserialize;

/// A province, 自治区, 直辖市 or 特别行政区.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Province {
    /// Two digits of GB/T 2260.
    pub code: String,
    /// Full name.
    pub name: String,
    /// 简称, one character.
    pub short: String,
    /// Its cities; 直辖市 have placeholders such as 市辖区.
    pub cities: Vec<City>,
}

/// A 地级市, 自治州, 盟 or 地区, or a placeholder such as 市辖区.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    /// Four digits; none in 港澳台.
    #[serde(default)]
    pub code: Option<String>,
    /// Name.
    pub name: String,
    /// Its districts and counties.
    pub counties: Vec<County>,
}

/// A 县, 县级市 or 区; in four cities without any, a 街道 or 镇.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct County {
    /// Six digits, nine for a 街道; none in 港澳台.
    #[serde(default)]
    pub code: Option<String>,
    /// Name.
    pub name: String,
}

#[derive(Debug, Deserialize)]
struct Table {
    provinces: Vec<Province>,
}

/// All 34, in the order of their codes.
#[must_use]
pub fn provinces() -> &'static [Province] {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        // Bundled data: a test of this module reads it, so it cannot fail on a user's machine.
        #[allow(clippy::expect_used)]
        serde_json::from_str(include_str!("../../assets/standards/regions.json"))
            .expect("assets/standards/regions.json")
    });
    &TABLE.provinces
}

/// The province with a two-digit code.
#[must_use]
pub fn province(code: &str) -> Option<&'static Province> {
    provinces().iter().find(|province| province.code == code)
}

/// The province a person means: the full name, or the name without 省, 市, 自治区 and the like.
#[must_use]
pub fn find_province(text: &str) -> Option<&'static Province> {
    let text = text.trim();
    provinces().iter().find(|province| {
        province.name == text || (text.chars().count() > 1 && text == province.bare_name())
    })
}

impl Province {
    /// The name as people say it: 内蒙古, 上海, 广西.
    #[must_use]
    pub fn bare_name(&self) -> &str {
        let ends = ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"];
        ends.iter().find_map(|end| self.name.strip_suffix(end)).unwrap_or(&self.name)
    }

    /// Whether its second level is its districts themselves, as in 直辖市.
    #[must_use]
    pub fn is_municipality(&self) -> bool {
        matches!(self.code.as_str(), "11" | "12" | "31" | "50")
    }

    /// What the blank 市（区） offers: the cities, or the districts and counties of a 直辖市.
    #[must_use]
    pub fn second_level(&self) -> Vec<&str> {
        if self.is_municipality() {
            self.cities.iter().flat_map(|city| &city.counties).map(|c| c.name.as_str()).collect()
        } else {
            let real = |city: &&City| !city.name.contains("直辖县");
            let direct = self.cities.iter().filter(|city| !real(city)).flat_map(|c| &c.counties);
            let direct = direct.map(|county| county.name.as_str());
            self.cities.iter().filter(real).map(|city| city.name.as_str()).chain(direct).collect()
        }
    }

    /// What the blank 县 offers for a city.
    #[must_use]
    pub fn third_level(&self, city: &str) -> &[County] {
        if self.is_municipality() {
            return &[];
        }
        self.cities.iter().find(|c| c.name == city.trim()).map_or(&[], |city| &city.counties)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn has_all_34_provinces() {
        assert_eq!(provinces().len(), 34);
        assert!(provinces().iter().flat_map(|p| &p.cities).count() > 342);
    }

    #[test]
    fn finds_by_code_name_and_what_people_say() {
        assert_eq!(province("44").unwrap().name, "广东省");
        assert!(province("99").is_none());
        for (text, code) in [
            ("上海市", "31"),
            ("上海", "31"),
            (" 内蒙古 ", "15"),
            ("广西", "45"),
            ("新疆维吾尔自治区", "65"),
            ("宁夏", "64"),
            ("香港", "81"),
        ] {
            assert_eq!(find_province(text).unwrap().code, code, "{text}");
        }
        for text in ["", "省", "沪", "浦东新区"] {
            assert!(find_province(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_municipality_offers_its_districts_and_no_placeholder() {
        let shanghai = province("31").unwrap();
        assert!(shanghai.second_level().contains(&"浦东新区"));
        assert!(!shanghai.second_level().contains(&"市辖区"));
        assert!(shanghai.third_level("浦东新区").is_empty());
        let chongqing = province("50").unwrap();
        assert_eq!(chongqing.second_level().len(), 38);
    }

    #[test]
    fn a_province_offers_cities_and_counties_under_it_directly() {
        let hubei = province("42").unwrap();
        assert!(hubei.second_level().contains(&"武汉市"));
        assert!(hubei.second_level().contains(&"仙桃市"));
        assert!(hubei.second_level().iter().all(|name| !name.contains("直辖")));
        assert!(hubei.third_level("武汉市").iter().any(|county| county.name == "武昌区"));
    }
}
