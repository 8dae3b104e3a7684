//! What must hold in a notice beyond the shape of its JSON.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Form, Notice, Route};
use crate::domain::Role;
use crate::rules::invisible::{is_invisible_in_name, shown};
use crate::rules::region;

/// Labels the 需求表 is drawn with.
const DEMAND: &[&str] = &[
    "/company/name",
    "/disclosure",
    "/company/credit_code",
    "/company/region/province",
    "/company/legal_representative/name",
    "/company/contact/name",
    "/company/contact/phone",
    "/company/fax",
    "/company/email",
    "/company/contact/mobile",
    "/company/registered_capital",
    "/company/employees",
    "/company/revenue",
    "/company/ownership",
    "/company/industry",
    "industry_prefix",
    "/recommendation/channel",
    "/recommendation/provincial_body",
    "/recommendation/ministry_body",
    "/company/address",
    "/company/postcode",
    "/demands",
    "/demands/*/name",
    "/demands/*/content",
];

/// Labels the 对接表 is drawn with.
const MATCHING: &[&str] = &[
    "/company/name",
    "/company/credit_code",
    "/company/region",
    "region_blank",
    "/company/registered_on",
    "/company/legal_representative/name",
    "/company/legal_representative/phone",
    "/company/legal_representative/mobile",
    "/company/contact/name",
    "/company/contact/phone",
    "/company/contact/mobile",
    "/company/fax",
    "/company/email",
    "/company/registered_capital",
    "/company/employees",
    "/company/revenue",
    "/company/size",
    "/company/ownership",
    "/company/categories",
    "/company/industry",
    "industry_prefix",
    "/company/address",
    "/company/postcode",
    "/matching/profile",
    "/applications",
    "/applications/*/item/name",
    "/applications/*/item/code",
];

/// Labels the 申请书 is drawn with.
const APPLICATION: &[&str] = &[
    "/applications/*/item/name",
    "/applications/*/introduction",
    "/applications/*/capability",
    "/applications/*/plan",
    "/applications/*/plan/team",
    "/applications/*/plan/targets",
    "/applications/*/plan/route",
    "/applications/*/plan/schedule",
    "/applications/*/plan/risks",
    "/applications/*/cooperation",
    "/applications/*/evidence",
];

/// Everything wrong with `notice`, read from `text`, each a Chinese phrase with its line.
pub(super) fn problems(notice: &Notice, text: &str) -> Vec<String> {
    let mut check = Check { text, problems: Vec::new() };
    check.head(notice);
    let forms = &notice.forms;
    check.form("demand", &forms.demand, &["company", "demands"], DEMAND, &["/demands"]);
    let sections = ["company", "profile", "items"];
    check.form("matching", &forms.matching, &sections, MATCHING, &["/applications"]);
    check.form("application", &forms.application, &[], APPLICATION, &[]);
    check.routes(notice);
    check.contacts(notice);
    check.problems
}

/// Most problems that are told; a person mends these and looks again.
const MOST_PROBLEMS: usize = 20;

/// The faults found so far.
struct Check<'a> {
    text: &'a str,
    problems: Vec<String>,
}

impl Check<'_> {
    fn say(&mut self, problem: impl Into<String>) {
        if !self.is_full() {
            self.problems.push(problem.into());
        }
    }

    fn is_full(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }

    /// A fault of a value, with the last line on which it stands under its key: of a value that is
    /// there twice, the one to change.
    fn say_at(&mut self, key: &str, value: &str, problem: &str) {
        // Its line is looked for in the whole file.
        if self.is_full() {
            return;
        }
        let (key, value) = (format!("\"{key}\""), format!("\"{value}\""));
        let lines = || self.text.lines().enumerate();
        let line = lines().filter(|(_, line)| line.contains(&key) && line.contains(&value)).last();
        match line {
            Some((line, _)) => self.say(format!("第 {} 行：{problem}", line + 1)),
            None => self.say(problem),
        }
    }

    fn date(&mut self, key: &str, date: &str) {
        if date.len() != 10 || date.parse::<Date>().is_err() {
            self.say_at(key, date, &format!("“{date}”不是日期，应写成 2024-07-22 这样"));
        }
    }

    fn id(&mut self, id: &str, seen: &mut BTreeSet<String>) {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty() || !id.bytes().all(fits) {
            self.say_at("id", id, &format!("标识“{id}”只能由小写字母、数字和连字符组成"));
        }
        if !seen.insert(id.to_owned()) {
            self.say_at("id", id, &format!("标识“{id}”有两个，每个只能用一次"));
        }
    }

    fn head(&mut self, notice: &Notice) {
        self.id(&notice.id, &mut BTreeSet::new());
        for (name, value) in [
            ("title", &notice.title),
            ("short_title", &notice.short_title),
            ("issuer", &notice.issuer),
        ] {
            if value.trim().is_empty() {
                self.say(format!("“{name}”不能为空"));
            }
            if value.chars().any(|c| c.is_control() || is_invisible_in_name(c)) {
                self.say(format!("“{name}”里有看不见的字符：“{}”", shown(value)));
            }
        }
        self.date("issued_on", &notice.issued_on);
        if region::province(&notice.region).is_none() {
            let problem = format!("region“{}”不是省级行政区划代码，如 31", notice.region);
            self.say_at("region", &notice.region, &problem);
        }
        if notice.limits.profile == 0 || notice.limits.application == 0 {
            self.say("limits 里的字数上限要大于 0");
        }
    }

    fn form(&mut self, name: &str, form: &Form, sections: &[&str], labels: &[&str], many: &[&str]) {
        for (key, value) in [
            ("attachment", &form.attachment),
            ("title", &form.title),
            ("seal_label", &form.seal_label),
        ] {
            if value.trim().is_empty() {
                self.say(format!("forms.{name}.{key} 不能为空"));
            }
        }
        for key in sections.iter().filter(|key| !form.sections.contains_key(**key)) {
            self.say(format!("forms.{name}.sections 缺少“{key}”"));
        }
        for key in labels.iter().filter(|key| !form.labels.contains_key(**key)) {
            self.say(format!("forms.{name}.labels 缺少“{key}”"));
        }
        if form.labels.get("region_blank").is_some_and(|label| label.matches("____").count() != 3) {
            self.say(format!(
                "forms.{name}.labels 的“region_blank”里要有三处“____”，表示省、市、县的空"
            ));
        }
        for key in many {
            let label = form.label(key);
            if form.labels.contains_key(*key) && !label.contains("{n}") {
                self.say_at(
                    key,
                    label,
                    &format!("forms.{name}.labels 的“{key}”里要有 {{n}} 表示序号"),
                );
            }
        }
    }

    fn routes(&mut self, notice: &Notice) {
        if notice.routes.is_empty() {
            self.say("routes 里至少要有一条报送途径");
        }
        let mut seen = BTreeSet::new();
        for route in &notice.routes {
            self.id(&route.id, &mut seen);
            self.route(notice, route);
        }
    }

    fn route(&mut self, notice: &Notice, route: &Route) {
        let id = &route.id;
        if !notice.clauses.contains_key(&route.clause) {
            let clause = &route.clause;
            self.say_at(
                "clause",
                clause,
                &format!("报送途径“{id}”引用的条款“{clause}”不在 clauses 里"),
            );
        }
        if let Some(deadline) = &route.deadline {
            self.date("deadline", deadline);
        }
        if route.recipient.is_none() && route.contact_level.is_none() {
            let problem = format!("报送途径“{id}”没有说报给谁，请写 recipient 或 contact_level");
            self.say_at("id", id, &problem);
        }
        if let Some(level) = route.contact_level
            && notice.contacts.iter().all(|contact| contact.level != level)
        {
            self.say_at(
                "id",
                id,
                &format!("报送途径“{id}”要选的那一级部门在 contacts 里一个也没有"),
            );
        }
        if route.media.is_empty() || route.media.iter().any(|medium| medium.copies == 0) {
            self.say_at(
                "id",
                id,
                &format!("报送途径“{id}”的 media 要写明报送什么，份数 copies 至少为 1"),
            );
        }
        if route.steps.is_empty() {
            self.say_at("id", id, &format!("报送途径“{id}”的 steps 不能为空"));
        }
        if route.channel.is_some() && route.role == Role::Solver {
            self.say_at("id", id, &format!("报送途径“{id}”是揭榜企业的，不能有推荐渠道 channel"));
        }
    }

    fn contacts(&mut self, notice: &Notice) {
        let mut seen = BTreeSet::new();
        for contact in &notice.contacts {
            self.id(&contact.id, &mut seen);
            if contact.area.trim().is_empty() || contact.department.trim().is_empty() {
                let id = &contact.id;
                self.say_at("id", id, &format!("联系人“{id}”的 area 和 department 不能为空"));
            }
        }
    }
}
