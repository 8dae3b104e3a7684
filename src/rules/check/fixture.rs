//! Complete drafts for the tests of the rules, and a way to garble them.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use jiff::civil::date;

use super::{Context, check};
use crate::domain::{
    Application, Attachment, Body, Category, Channel, Company, Demand, DemandContent, Disclosure,
    Draft, EnterpriseSize, Evidence, EvidenceKind, Item, Ownership, Person, Plan, Region, Role,
};
use crate::rules::notice::bundled;
use crate::rules::{Finding, Severity};

/// 1 July 2024: every deadline of both notices is more than a week away.
pub(super) fn context() -> Context {
    Context { today: date(2024, 7, 1), missing_files: BTreeSet::new() }
}

/// Findings of a draft for its own notice.
pub(super) fn check_draft(draft: &Draft) -> Vec<Finding> {
    let notice = bundled().iter().find(|notice| notice.id == draft.notice).unwrap();
    check(draft, notice, &context())
}

/// Findings of the complete solver's draft after an edit, as (severity, rule, address).
pub(super) fn solver_after(edit: impl FnOnce(&mut Draft)) -> Vec<(Severity, &'static str, String)> {
    let mut draft = solver();
    edit(&mut draft);
    outline(&check_draft(&draft))
}

/// Findings of the complete demander's draft after an edit, as (severity, rule, address).
pub(super) fn demander_after(
    edit: impl FnOnce(&mut Draft),
) -> Vec<(Severity, &'static str, String)> {
    let mut draft = demander();
    edit(&mut draft);
    outline(&check_draft(&draft))
}

pub(super) fn outline(findings: &[Finding]) -> Vec<(Severity, &'static str, String)> {
    findings.iter().map(|f| (f.severity, f.rule, f.field.pointer().to_owned())).collect()
}

fn person(name: &str, title: &str) -> Person {
    Person {
        name: name.to_owned(),
        title: title.to_owned(),
        phone: "0755-26770000".to_owned(),
        mobile: "13800000000".to_owned(),
        ..Person::default()
    }
}

fn company() -> Company {
    Company {
        name: "深圳示例新材料有限公司".to_owned(),
        credit_code: "914403001922038216".to_owned(),
        region: Region {
            province: "广东省".to_owned(),
            city: "深圳市".to_owned(),
            county: "南山区".to_owned(),
            ..Region::default()
        },
        registered_on: "2016-05-18".to_owned(),
        legal_representative: person("王示例", ""),
        contact: person("李示例", "技术部经理"),
        fax: "无".to_owned(),
        email: "shili@example.com".to_owned(),
        registered_capital: "3000".to_owned(),
        employees: "200".to_owned(),
        revenue: "8600.5".to_owned(),
        size: Some(EnterpriseSize::Small),
        ownership: Some(Ownership::Private),
        categories: vec![Category::LittleGiant, Category::Innovative],
        industry: "29".to_owned(),
        address: "深圳市南山区示例路 100 号".to_owned(),
        postcode: "518000".to_owned(),
        ..Company::default()
    }
}

/// A large enterprise with two demands.
pub(super) fn demander() -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Demander);
    draft.company = company();
    draft.company.employees = "20000".to_owned();
    draft.company.revenue = "5000000".to_owned();
    draft.disclosure = Some(Disclosure::Public);
    draft.recommendation.channel = Some(Channel::Provincial);
    draft.recommendation.provincial_body = "广东省工业和信息化厅".to_owned();
    let demand = |name: &str| Demand {
        name: name.to_owned(),
        content: DemandContent {
            description: "研发一款改性材料".to_owned(),
            parameters: "熔指 25g/10min".to_owned(),
            effect: "适配电池外壳".to_owned(),
            schedule: "1 年".to_owned(),
            cooperation: "项目委托".to_owned(),
            ..DemandContent::default()
        },
        ..Demand::default()
    };
    draft.demands = vec![demand("阻燃改性材料"), demand("导热结构胶")];
    draft.declarations.no_secrets = true;
    draft
}

/// A small enterprise with one item and one piece of evidence.
pub(super) fn solver() -> Draft {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company = company();
    draft.matching.profile = "专注高分子改性材料的研发、生产和销售。".to_owned();
    draft.applications = vec![letter("阻燃改性材料", "Q2-0001")];
    draft.submission.contact = "pudong".to_owned();
    draft.declarations.not_affiliated = true;
    draft.declarations.letter_disclosed = true;
    draft
}

/// A complete letter.
pub(super) fn letter(name: &str, code: &str) -> Application {
    let text = || Body::from("本公司已有相关基础，按计划推进。");
    Application {
        item: Item { name: name.to_owned(), code: code.to_owned(), ..Item::default() },
        introduction: text(),
        capability: text(),
        plan: Plan {
            team: text(),
            targets: text(),
            route: text(),
            schedule: text(),
            risks: text(),
            ..Plan::default()
        },
        cooperation: text(),
        evidence: vec![evidence("ZL202010000000.0", "a")],
        ..Application::default()
    }
}

/// A complete piece of evidence whose file's SHA-256 is `digit` 64 times.
pub(super) fn evidence(number: &str, digit: &str) -> Evidence {
    Evidence {
        kind: Some(EvidenceKind::Patent),
        name: "一种阻燃改性材料".to_owned(),
        number: number.to_owned(),
        date: "2022-08-16".to_owned(),
        issuer: "国家知识产权局".to_owned(),
        files: vec![Attachment {
            name: "专利.pdf".to_owned(),
            sha256: digit.repeat(64),
            bytes: 1,
            ..Attachment::default()
        }],
        ..Evidence::default()
    }
}

/// Drafts with nonsense in their blanks, the same on every run.
pub(super) fn garbled(count: usize) -> Vec<Draft> {
    const PIECES: [&str; 24] = [
        "",
        " ",
        "中",
        "９１",
        "91440300",
        "0",
        "-",
        "转",
        "@",
        ".",
        "、",
        "\u{200B}",
        "\u{202E}",
        "年",
        "月",
        "1,234",
        "亿元",
        "S",
        "𠮷",
        "\n",
        "e\u{301}",
        "（",
        "99999999999999999999",
        "\u{FFFD}",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or(0)
    };
    (0..count)
        .map(|n| {
            let mut draft = if n % 2 == 0 { demander() } else { solver() };
            for field in draft.blanks() {
                if next(3) == 0 {
                    let text: String = (0..next(6)).map(|_| PIECES[next(PIECES.len())]).collect();
                    *draft.text_mut(&field).unwrap() = text;
                }
            }
            draft
        })
        .collect()
}
