//! The company's basic data: credit code, place, dates, contacts, industry, types.

use jiff::civil::{Date, date};

use super::Checker;
use crate::domain::{Category, Field, Kind, Role};
use crate::rules::contact::{self, Fault};
use crate::rules::credit_code::{self, Examination, ProblemKind};
use crate::rules::date::{self as dates, Precision};
use crate::rules::invisible::quote;
use crate::rules::{Finding, Fix, Severity, industry, region, rule, width};

/// The oldest date a registration or a certificate of today can have.
const OLDEST: Date = date(1949, 1, 1);

pub(super) fn check(checker: &mut Checker<'_>) {
    let examination = credit_code::examine(&checker.draft.company.credit_code);
    check_credit_code(checker, &examination);
    check_region(checker, &examination);
    check_dates(checker);
    check_contacts(checker);
    check_industry(checker);
    let categories = &checker.draft.company.categories;
    let with_others = categories.iter().any(|category| *category != Category::Other);
    if checker.draft.role == Role::Solver && with_others && categories.contains(&Category::Other) {
        let message = "企业类型选了“其他”又选了别的，两者只应选一种，请核对。";
        checker.hint(rule::CATEGORIES_OTHER, &"/company/categories".into(), message);
    }
}

fn check_credit_code(checker: &mut Checker<'_>, examination: &Examination) {
    let field = Field::from("/company/credit_code");
    let standard = credit_code::standard();
    for (kind, rule, advice) in [
        (ProblemKind::Length, rule::CREDIT_CODE_LENGTH, ""),
        (ProblemKind::Character, rule::CREDIT_CODE_CHARACTER, "，请对照营业执照改正"),
        (ProblemKind::Meaning, rule::CREDIT_CODE_MEANING, "，请对照营业执照改正"),
        (
            ProblemKind::CheckCharacter,
            rule::CREDIT_CODE_CHECK,
            "，多半是有一位抄错，请对照营业执照逐位核对",
        ),
    ] {
        let of_kind = examination.problems.iter().filter(|problem| problem.kind == kind);
        let messages: Vec<&str> = of_kind.map(|problem| problem.message.as_str()).collect();
        if messages.is_empty() {
            continue;
        }
        let message = format!("统一社会信用代码：{}{advice}。", messages.join("；"));
        let mut finding = checker.finding(Severity::Error, rule, &field, message).overridable();
        if let Some(mended) = &examination.mended {
            finding = finding.with_fix(format!("改为 {mended}"), mended);
        }
        checker.push(finding, standard);
    }
    let text = checker.text(&field);
    if examination.problems.is_empty() && !text.is_empty() && text != examination.normalized {
        let message =
            "统一社会信用代码里有空格、小写字母、全角字符或连字符，请改成 18 位半角大写。";
        let finding = checker.finding(Severity::Warning, rule::CREDIT_CODE_FORM, &field, message);
        let finding = finding.with_fix("改成规范写法", &examination.normalized);
        checker.push(finding, standard);
    }
    if let Some(category) = examination.category.filter(|category| !category.enterprise) {
        let message = format!(
            "这个代码登记的是{}（登记部门：{}），不是企业，请核对能否参加。",
            category.kind, category.department
        );
        let finding = checker.finding(Severity::Warning, rule::CREDIT_CODE_KIND, &field, message);
        checker.push(finding, standard);
    }
}

fn check_region(checker: &mut Checker<'_>, examination: &Examination) {
    let field = Field::from("/company/region/province");
    let typed = checker.text(&field).trim();
    if typed.is_empty() {
        suggest_province(checker, &field, examination);
        return;
    }
    let Some(province) = region::find_province(typed) else {
        let message =
            format!("“{}”不是省、自治区、直辖市或特别行政区的名称，请核对。", quote(typed));
        checker.warning(rule::REGION_UNKNOWN, &field, message);
        return;
    };
    if province.name != typed {
        let message = format!("注册地请写全称“{}”。", province.name);
        let finding = checker.finding(Severity::Hint, rule::REGION_UNKNOWN, &field, message);
        checker.findings.push(finding.with_fix(format!("改为{}", province.name), &province.name));
    }
    if let Some(coded) = examination.region.filter(|coded| coded.code != province.code) {
        let message = format!(
            "注册地填的是{}，统一社会信用代码第 3、4 位 {} 却是{}，请核对。",
            province.name, coded.code, coded.name
        );
        let finding = checker.finding(Severity::Warning, rule::REGION_MISMATCH, &field, message);
        let finding = finding.with_fix(format!("改为{}", coded.name), &coded.name);
        checker.push(finding, credit_code::standard());
    }
    check_city(checker, province);
}

/// Offers the province a sound code names where none is filled in yet.
fn suggest_province(checker: &mut Checker<'_>, field: &Field, examination: &Examination) {
    let Some(coded) = examination.region.filter(|_| examination.problems.is_empty()) else {
        return;
    };
    let missed = |finding: &&mut Finding| finding.field == *field && finding.rule == rule::REQUIRED;
    if let Some(finding) = checker.findings.iter_mut().find(missed) {
        let label = format!("按信用代码填{}", coded.name);
        finding.fix = Some(Fix { label, text: coded.name.clone() });
    }
}

fn check_city(checker: &mut Checker<'_>, province: &region::Province) {
    if checker.draft.role != Role::Solver {
        return;
    }
    let place = &checker.draft.company.region;
    let (city, county) = (place.city.trim(), place.county.trim());
    if !city.is_empty() && !province.second_level().contains(&city) {
        let message = format!("行政区划表的{}里没有“{}”，请核对。", province.name, quote(city));
        checker.hint(rule::REGION_UNKNOWN, &"/company/region/city".into(), message);
        return;
    }
    let counties = province.third_level(city);
    if !county.is_empty() && !counties.is_empty() && counties.iter().all(|c| c.name != county) {
        let message = format!("行政区划表的{city}里没有“{}”，请核对。", quote(county));
        checker.hint(rule::REGION_UNKNOWN, &"/company/region/county".into(), message);
    }
}

fn check_dates(checker: &mut Checker<'_>) {
    for field in of_kind(checker, Kind::Date) {
        let (text, title) = (checker.text(&field).trim(), field.title());
        if text.is_empty() {
            continue;
        }
        let today = checker.context.today;
        let coarsest = if field.pointer() == "/company/registered_on" {
            Precision::Month
        } else {
            Precision::Year
        };
        match dates::parse_partial(text) {
            Some((date, _)) if date > today => {
                let message = format!("“{title}”是 {}，比今天还晚，请核对。", quote(text));
                checker.warning(rule::DATE_RANGE, &field, message);
            }
            Some((date, _)) if date < OLDEST => {
                let message = format!("“{title}”是 {}，早于 1949 年，请核对。", quote(text));
                checker.warning(rule::DATE_RANGE, &field, message);
            }
            Some((_, precision)) if precision <= coarsest => {}
            _ => {
                let message = format!(
                    "“{title}”里的“{}”看不出是哪一天，请写成 2016-05-18 这样。",
                    quote(text)
                );
                checker.warning(rule::DATE, &field, message);
            }
        }
    }
}

fn check_contacts(checker: &mut Checker<'_>) {
    for field in checker.draft.blanks() {
        let text = checker.text(&field);
        let fault: Option<Fault> = match field.spec().map(|spec| spec.kind) {
            Some(Kind::Phone) if field.pointer() == "/company/fax" => contact::fax(text),
            Some(Kind::Phone) => contact::phone(text),
            Some(Kind::Mobile) => contact::mobile(text),
            Some(Kind::Email) => contact::email(text),
            Some(Kind::Postcode) => contact::postcode(text),
            _ => None,
        };
        let Some(fault) = fault else { continue };
        let message = format!("{}：{}。", field.title(), fault.message);
        let mut finding = checker.finding(Severity::Warning, rule::CONTACT_FORMAT, &field, message);
        if let Some(fix) = fault.fix {
            finding = finding.with_fix(format!("改为 {fix}"), fix);
        }
        checker.findings.push(finding);
    }
}

fn check_industry(checker: &mut Checker<'_>) {
    let field = Field::from("/company/industry");
    let text = checker.text(&field).trim();
    if text.is_empty() {
        return;
    }
    let Some(division) = industry::division(text) else {
        let message =
            format!("“{}”不是《国民经济行业分类》的 2 位数代码，请选择所属行业。", quote(text));
        let mut finding = checker.finding(Severity::Error, rule::INDUSTRY, &field, message);
        if let Some(division) = meant_division(text) {
            let label = format!("改为 {} {}", division.code, division.name);
            finding = finding.with_fix(label, &division.code);
        }
        checker.push(finding, industry::standard());
        return;
    };
    let code = division.code.as_str();
    let Some(old) = industry::name_of_2011(code).filter(|_| code >= "79") else { return };
    let message = format!(
        "{code} 在 2017 年版里是“{}”，在 2011 年版里是“{old}”，照旧版填的请改选。",
        division.name
    );
    let finding = checker.finding(Severity::Hint, rule::INDUSTRY_2011, &field, message);
    checker.push(finding, industry::standard());
}

/// The division a person means who typed its name, its section's letter or a longer code.
fn meant_division(text: &str) -> Option<&'static industry::Division> {
    if let Some(division) = industry::divisions().iter().find(|division| division.name == text) {
        return Some(division);
    }
    let narrow = width::half_width_text(text);
    let narrow = narrow.trim().trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let digits: String = narrow.chars().take_while(char::is_ascii_digit).collect();
    match digits.len() {
        1 => industry::division(&format!("0{digits}")),
        2..=4 => industry::division(digits.get(..2)?),
        _ => None,
    }
}

fn of_kind(checker: &Checker<'_>, kind: Kind) -> Vec<Field> {
    let mut fields = checker.draft.blanks();
    fields.retain(|field| field.spec().is_some_and(|spec| spec.kind == kind));
    fields
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::fixture::{check_draft, demander_after, solver, solver_after};
    use super::*;
    use Severity::{Error, Hint, Warning};

    #[test]
    fn blanks_of_the_company() {
        for (pointer, text, expected) in [
            ("credit_code", "91440300192203821", Some((Error, rule::CREDIT_CODE_LENGTH))),
            ("credit_code", "440301103097413", Some((Error, rule::CREDIT_CODE_LENGTH))),
            ("credit_code", "91440300192203821V", Some((Error, rule::CREDIT_CODE_CHARACTER))),
            ("credit_code", "914403001922038217", Some((Error, rule::CREDIT_CODE_CHECK))),
            ("credit_code", "9144030071526726xg", Some((Warning, rule::CREDIT_CODE_FORM))),
            ("registered_on", "2016年5月", None),
            ("registered_on", "2016年", Some((Warning, rule::DATE))),
            ("registered_on", "二〇一六年五月", Some((Warning, rule::DATE))),
            ("registered_on", "2024-07-02", Some((Warning, rule::DATE_RANGE))),
            ("registered_on", "2024-07-01", None),
            ("registered_on", "1905-01-01", Some((Warning, rule::DATE_RANGE))),
            ("fax", "", None),
            ("fax", "12", Some((Warning, rule::CONTACT_FORMAT))),
            ("email", "shili＠example.com", Some((Warning, rule::CONTACT_FORMAT))),
            ("postcode", "51800", Some((Warning, rule::CONTACT_FORMAT))),
            ("contact/mobile", "0755-26770000", Some((Warning, rule::CONTACT_FORMAT))),
            ("legal_representative/phone", "无", Some((Warning, rule::CONTACT_FORMAT))),
            ("region/province", "广东", Some((Hint, rule::REGION_UNKNOWN))),
            ("region/city", "深圳", Some((Hint, rule::REGION_UNKNOWN))),
            ("region/county", "东湖区", Some((Hint, rule::REGION_UNKNOWN))),
            ("region/county", "", None),
        ] {
            let pointer = format!("/company/{pointer}");
            let found = solver_after(|draft| {
                *draft.text_mut(&Field::new(pointer.clone())).unwrap() = text.to_owned();
            });
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(severity, rule)| (severity, rule, pointer.clone()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn another_province_than_the_codes_is_a_warning_with_a_fix() {
        let mut draft = solver();
        draft.company.region.province = "上海市".to_owned();
        draft.company.region.city = "浦东新区".to_owned();
        draft.company.region.county.clear();
        let found = check_draft(&draft);
        assert_eq!((found[0].severity, found[0].rule), (Warning, rule::REGION_MISMATCH));
        assert!(found[0].message.contains("上海市") && found[0].message.contains("44 却是广东省"));
        assert_eq!(found[0].fix.as_ref().unwrap().text, "广东省");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_sound_code_suggests_the_province() {
        let mut draft = solver();
        draft.company.region.province.clear();
        assert_eq!(check_draft(&draft)[0].fix.as_ref().unwrap().text, "广东省");
        draft.company.credit_code = "914403001922038217".to_owned();
        assert!(check_draft(&draft).iter().all(|finding| finding.fix.is_none()));
    }

    #[test]
    fn every_fault_of_a_credit_code_can_be_confirmed() {
        for code in ["9144", "91440300192203821V", "Q14403001922038216", "914403001922038217"] {
            let mut draft = solver();
            draft.company.credit_code = code.to_owned();
            let found = check_draft(&draft);
            assert!(found.iter().any(|f| f.severity == Error), "{code}");
            assert!(found.iter().all(|f| f.overridable || f.severity != Error), "{code}");
        }
    }

    #[test]
    fn look_alike_letters_come_with_a_fix() {
        let mut draft = solver();
        draft.company.credit_code = "914403OO1922038216".to_owned();
        let found = check_draft(&draft);
        assert_eq!(found[0].fix.as_ref().unwrap().text, "914403001922038216");
    }

    #[test]
    fn a_household_or_cooperative_is_warned() {
        let found =
            solver_after(|draft| draft.company.credit_code = "92440300192203821X".to_owned());
        assert!(found.contains(&(
            Warning,
            rule::CREDIT_CODE_KIND,
            "/company/credit_code".to_owned()
        )));
    }

    #[test]
    fn industries_are_known_codes() {
        for (text, fix) in [
            ("98", None),
            ("制造业", None),
            ("C29", Some("29")),
            ("2929", Some("29")),
            ("5", Some("05")),
            ("２９", Some("29")),
            ("29 橡胶和塑料制品业", Some("29")),
            ("橡胶和塑料制品业", Some("29")),
        ] {
            let mut draft = solver();
            draft.company.industry = text.to_owned();
            let found = check_draft(&draft);
            let finding = found.iter().find(|f| f.rule == rule::INDUSTRY).unwrap();
            assert_eq!((finding.severity, finding.overridable), (Error, false));
            assert_eq!(finding.fix.as_ref().map(|fix| fix.text.as_str()), fix, "{text}");
        }
    }

    #[test]
    fn the_2011_edition_is_hinted_where_codes_moved() {
        let rules = |code: &str| {
            let found = demander_after(|draft| draft.company.industry = code.to_owned());
            found.iter().any(|(_, rule, _)| *rule == rule::INDUSTRY_2011)
        };
        assert!(rules("82") && rules("79"));
        assert!(!rules("25") && !rules("65") && !rules("97"));
    }

    #[test]
    fn other_with_another_type_is_hinted() {
        let found = solver_after(|draft| draft.company.categories.push(Category::Other));
        assert_eq!(found, [(Hint, rule::CATEGORIES_OTHER, "/company/categories".to_owned())]);
        assert_eq!(solver_after(|draft| draft.company.categories = vec![Category::Other]), []);
    }
}
