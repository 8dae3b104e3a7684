//! A notice: what the issuing body asks for, read from JSON. The code never names a city.

mod parse;
mod validate;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::domain::{Channel, Draft, Field, Role};

pub use parse::{NoticeError, SCHEMA, bundled};

/// One edition of the call, such as `shanghai-2024`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Version of this format; 1.
    pub schema: u32,
    /// Identifier, also the JSON file's stem: lower-case letters, digits, hyphens.
    pub id: String,
    /// Short name for lists, such as 上海市 2024 年度.
    pub short_title: String,
    /// Full title.
    pub title: String,
    /// 发文字号; empty where the notice has none.
    #[serde(default)]
    pub document_number: String,
    /// 发文机关.
    pub issuer: String,
    /// 成文日期, `YYYY-MM-DD`.
    pub issued_on: String,
    /// The ministry's call it carries out.
    #[serde(default)]
    pub based_on: String,
    /// Two-digit code of the province.
    pub region: String,
    /// The web platform on which the tables are filled in as well.
    pub platform: Platform,
    /// Limits in 字.
    pub limits: Limits,
    /// The three papers with the notice's own words.
    pub forms: Forms,
    /// Clauses by rule.
    pub clauses: BTreeMap<String, Clause>,
    /// Ways to hand in.
    pub routes: Vec<Route>,
    /// Offices to hand in to.
    pub contacts: Vec<Contact>,
}

/// The web platform named in the notice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Its name.
    pub name: String,
    /// Its address; printed, never opened.
    pub url: String,
}

/// Limits in 字 (as Word counts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// 企业概况, 不超过.
    pub profile: usize,
    /// 申请书, 原则上不超过.
    pub application: usize,
}

/// The papers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// 《大企业技术创新需求表》.
    pub demand: Form,
    /// 《中小企业“揭榜”对接表》.
    pub matching: Form,
    /// 《“揭榜”申请书》.
    pub application: Form,
}

/// The words of one paper, exactly as the notice prints them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its number, such as 附件2.
    pub attachment: String,
    /// Its title; a line break where the notice breaks it.
    pub title: String,
    /// The line to be sealed.
    pub seal_label: String,
    /// Headings of the parts of a table.
    pub sections: BTreeMap<String, String>,
    /// Labels by field pattern, and a few further words by name.
    pub labels: BTreeMap<String, String>,
    /// The 注 lines.
    pub notes: Vec<String>,
    /// What the notice asks to be written, by field pattern; guides the editor, not printed.
    pub prompts: BTreeMap<String, String>,
    /// The single things of those prompts, by field pattern; reminds the writer, not printed.
    #[serde(default)]
    pub asks: BTreeMap<String, Vec<Ask>>,
}

/// One thing a notice asks to be written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Its name in the notice's words.
    pub name: String,
    /// Words of which a text that tells it has at least one.
    pub words: Vec<String>,
}

impl Form {
    /// The notice's words for a label key; the key itself where the notice has none.
    #[must_use]
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.labels.get(key).map_or(key, String::as_str)
    }

    /// The heading of a part of a table; empty where the notice has none.
    #[must_use]
    pub fn section(&self, key: &str) -> &str {
        self.sections.get(key).map_or("", String::as_str)
    }

    /// The paper's own name: the last line of its title.
    #[must_use]
    pub fn name(&self) -> &str {
        self.title.lines().last().unwrap_or("")
    }

    /// The words at which the seal is pressed, such as 企业名称：（盖章）.
    #[must_use]
    pub fn seal_words(&self) -> &str {
        self.seal_label.trim_end_matches(['：', ':'])
    }

    /// The title on one line.
    #[must_use]
    pub fn title_line(&self) -> String {
        self.title.replace('\n', "")
    }
}

/// Where something is said, and its words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its place in the notice.
    pub source: String,
    /// Its words.
    pub text: String,
}

/// One way to hand in, for a role and perhaps a channel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Identifier.
    pub id: String,
    /// Whose route it is.
    pub role: Role,
    /// Only for this 推荐渠道; none: for any.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Its name.
    pub title: String,
    /// Key of the clause that describes it.
    pub clause: String,
    /// Last day, `YYYY-MM-DD`; none where it is 另行通知.
    pub deadline: Option<String>,
    /// The notice's words for the deadline.
    pub deadline_text: String,
    /// Whom it goes to; none: the office chosen from `contacts`.
    pub recipient: Option<Recipient>,
    /// Level of the offices to choose from; none: nothing to choose.
    pub contact_level: Option<ContactLevel>,
    /// What is handed in, and how many.
    pub media: Vec<Medium>,
    /// Steps in order.
    pub steps: Vec<String>,
}

/// Whom papers are handed in to; empty texts where the notice says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Office and person; `{ministry_body}` stands for the bureau of the draft.
    pub name: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// E-mail.
    #[serde(default)]
    pub email: String,
}

/// Level of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactLevel {
    /// 区级.
    District,
    /// 市级.
    City,
}

/// What a medium is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediumKind {
    /// Sealed paper.
    Paper,
    /// 电子版光盘.
    Disc,
}

/// One medium and the number of copies.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medium {
    /// What it is.
    pub kind: MediumKind,
    /// The notice's words.
    pub text: String,
    /// How many; the notices name no number, which means one.
    pub copies: u32,
}

/// An office of the notice's contact list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Identifier, kept in the draft.
    pub id: String,
    /// Its level.
    pub level: ContactLevel,
    /// District or city.
    pub area: String,
    /// 部门.
    pub department: String,
    /// 电话.
    #[serde(default)]
    pub phone: String,
    /// 邮箱.
    #[serde(default)]
    pub email: String,
    /// 单位地址.
    #[serde(default)]
    pub address: String,
}

impl Route {
    /// The last day; the bundled notices and every accepted one have it as a date.
    #[must_use]
    pub fn deadline_date(&self) -> Option<Date> {
        self.deadline.as_deref()?.parse().ok()
    }
}

impl Notice {
    /// The route the draft's papers take: its role and 推荐渠道 decide.
    #[must_use]
    pub fn route(&self, draft: &Draft) -> Option<&Route> {
        let of_role = || self.routes.iter().filter(|route| route.role == draft.role);
        of_role()
            .find(|route| route.channel.is_some() && route.channel == draft.recommendation.channel)
            .or_else(|| of_role().find(|route| route.channel != Some(Channel::Ministry)))
            .or_else(|| of_role().next())
    }

    /// The offices the draft may hand in to on its route.
    pub fn contacts_for(&self, draft: &Draft) -> impl Iterator<Item = &Contact> {
        let level = self.route(draft).and_then(|route| route.contact_level);
        self.contacts.iter().filter(move |contact| level.is_none_or(|level| contact.level == level))
    }

    /// The office chosen in the draft.
    #[must_use]
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }

    /// A clause with its place, such as 沪经信企〔2024〕481号 二、（二）：“……”.
    #[must_use]
    pub fn clause(&self, key: &str) -> String {
        match self.clauses.get(key) {
            Some(clause) => format!("{} {}：{}", self.reference(), clause.source, clause.text),
            None => self.reference().to_owned(),
        }
    }

    /// How the notice is cited: its 发文字号, or its title where it has none.
    #[must_use]
    pub fn reference(&self) -> &str {
        if self.document_number.is_empty() { &self.title } else { &self.document_number }
    }

    /// The paper a blank stands on for a role.
    #[must_use]
    pub fn form_of(&self, field: &Field, role: Role) -> &Form {
        match (role, field.segments().next()) {
            (Role::Demander, _) => &self.forms.demand,
            (Role::Solver, Some("applications")) => match field.segments().nth(2) {
                Some("item") => &self.forms.matching,
                _ => &self.forms.application,
            },
            (Role::Solver, _) => &self.forms.matching,
        }
    }
}
