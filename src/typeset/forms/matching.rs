//! 《中小企业“揭榜”对接表》.

use crate::domain::{Category, Draft, EnterpriseSize, Field, Ownership};
use crate::rules::notice::Form;
use crate::typeset::paragraph::{Align, Inline, Paragraph};
use crate::typeset::table::{Cell, Group, Row, Section, Table};

use super::Source;
use super::manuscript::Writing;
use super::row::{
    body, choices, columns, contact, industry, label, row, sealed_table, section, value,
};

/// Widths of the columns, pt, but for the last. The second is as wide as 事项名称 and makes the first
/// blank with the third, which holds a name and a 职务; the fifth holds a telephone number.
const COLUMNS: [f32; 6] = [70.0, 51.0, 72.5, 56.0, 80.0, 62.0];
/// Their number.
const ALL: usize = COLUMNS.len() + 1;

/// Writes the paper down.
#[must_use]
pub(super) fn write(source: Source<'_>) -> Writing {
    let form = &source.notice.forms.matching;
    let draft = source.draft;
    let sections = vec![company(form, draft), profile(form, draft), items(form, draft)];
    sealed_table(form, &draft.company.name, Table::new(columns(COLUMNS), sections))
}

/// 一、企业基本情况.
fn company(form: &Form, draft: &Draft) -> Section {
    let name = |span, key: &str| label(span, form.label(key));
    let blank = |span, key: &str| value(span, draft, Field::from(key));
    let pair = |key: &str| vec![name(1, key), blank(6, key)];
    let company = &draft.company;
    let sizes = EnterpriseSize::ALL.iter().map(|s| (s.label(), company.size == Some(*s)));
    let ownership = Ownership::ALL.iter().map(|o| (o.label(), company.ownership == Some(*o)));
    let categories = Category::ALL.iter().map(|c| (c.label(), company.categories.contains(c)));
    let mut rows = vec![
        row(pair("/company/name")),
        row(pair("/company/credit_code")),
        row(vec![
            name(1, "/company/region"),
            region(4, form, draft),
            name(1, "/company/registered_on"),
            blank(1, "/company/registered_on"),
        ]),
    ];
    rows.extend(people(form, draft));
    rows.extend([
        row(vec![
            name(1, "/company/fax"),
            blank(2, "/company/fax"),
            name(1, "/company/email"),
            blank(3, "/company/email"),
        ]),
        row(vec![
            name(1, "/company/registered_capital"),
            blank(2, "/company/registered_capital"),
            name(1, "/company/employees"),
            blank(1, "/company/employees"),
            name(1, "/company/revenue"),
            blank(1, "/company/revenue"),
        ]),
        row(vec![
            Cell::new(4, vec![Paragraph::new(form.label("/company/size"), body())]),
            choices(3, "/company/size".into(), sizes),
        ]),
        row(vec![
            name(1, "/company/ownership"),
            choices(6, "/company/ownership".into(), ownership),
        ]),
        row(vec![
            name(1, "/company/categories"),
            choices(6, "/company/categories".into(), categories),
        ]),
        row(vec![name(1, "/company/industry"), industry(6, draft, form.label("industry_prefix"))]),
        row(vec![
            name(1, "/company/address"),
            blank(4, "/company/address"),
            name(1, "/company/postcode"),
            blank(1, "/company/postcode"),
        ]),
    ]);
    section(ALL, form.section("company"), rows)
}

/// 法人代表 and 联系人及职务, each with 联系电话 and 手机.
fn people(form: &Form, draft: &Draft) -> [Group; 2] {
    ["legal_representative", "contact"].map(|who| {
        let key = |blank: &str| format!("/company/{who}/{blank}");
        let name = |blank: &str| label(1, form.label(&key(blank)));
        let text = |span, blank: &str| value(span, draft, Field::new(key(blank)));
        let person = if who == "contact" { contact(2, draft) } else { text(2, "name") };
        row(vec![
            name("name"),
            person,
            name("phone"),
            text(1, "phone"),
            name("mobile"),
            text(1, "mobile"),
        ])
    })
}

/// 企业注册地: the notice's ____省____市(区)____县 with the blanks filled in.
fn region(span: usize, form: &Form, draft: &Draft) -> Cell {
    let region = &draft.company.region;
    let blanks = [
        ("/company/region/province", &region.province),
        ("/company/region/city", &region.city),
        ("/company/region/county", &region.county),
    ];
    let mut inlines = Vec::new();
    let mut words = form.label("region_blank").split("____");
    inlines.push(Inline::Text { text: words.next().unwrap_or("").to_owned(), face: None });
    for (key, text) in blanks {
        let after = words.next().unwrap_or("");
        let (text, tail) = part_at_printed(text.trim(), after);
        inlines.push(Inline::Blank {
            text: text.to_owned(),
            tail: tail.to_owned(),
            least: 44.0,
            field: Some(Field::from(key)),
        });
        let rest = after.strip_prefix(tail).unwrap_or(after);
        inlines.push(Inline::Text { text: rest.to_owned(), face: None });
    }
    Cell::new(span, vec![Paragraph { inlines, style: body(), field: None }])
}

/// Parts a name before the printed word 省, 市 or 县 where it ends in it: 湖北省 is read as 湖北 on
/// the line and the printed 省, so that the paper does not say 湖北省省. Another name stays whole.
fn part_at_printed<'a>(name: &'a str, printed: &str) -> (&'a str, &'a str) {
    let word = printed.split(['(', '（']).next().unwrap_or(printed);
    match name.strip_suffix(word) {
        Some(rest) if !rest.is_empty() => name.split_at(rest.len()),
        _ => (name, ""),
    }
}

/// 二、企业概况.
fn profile(form: &Form, draft: &Draft) -> Section {
    let field = Field::from("/matching/profile");
    let style = body().indented().align(Align::Justify);
    let mut text: Vec<_> = Paragraph::typed(&draft.matching.profile, &style, &field).collect();
    let mut fields = Vec::new();
    if text.is_empty() {
        text.push(Paragraph::new("", body()));
        fields.push(field.clone());
    }
    let cells = vec![
        label(1, form.label("/matching/profile")).repeated(),
        Cell::new(6, text).top().of(fields),
    ];
    section(ALL, form.section("profile"), vec![Row::new(120.0, cells).into()])
}

/// 三、拟揭榜事项.
fn items(form: &Form, draft: &Draft) -> Section {
    let rows = (0..draft.applications.len()).map(|n| {
        let title = form.label("/applications").replace("{n}", &(n + 1).to_string());
        row(vec![
            label(1, &title),
            label(1, form.label("/applications/*/item/name")),
            value(3, draft, Field::application(n, "item/name")),
            label(1, form.label("/applications/*/item/code")),
            value(1, draft, Field::application(n, "item/code")),
        ])
    });
    section(ALL, form.section("items"), rows.collect())
}
