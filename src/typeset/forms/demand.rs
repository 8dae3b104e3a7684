//! 《大企业技术创新需求表》.

use crate::domain::{Channel, Demand, DemandContent, Disclosure, Draft, Field, Ownership};
use crate::rules::notice::Form;
use crate::typeset::page::Face;
use crate::typeset::paragraph::{Align, Inline, Paragraph, typed_lines};
use crate::typeset::table::{Cell, Group, Row, Section, Table};

use super::Source;
use super::manuscript::Writing;
use super::row::{
    LEAST, body, choices, columns, contact, industry, label, row, sealed_table, section, value,
};

/// Widths of the columns, pt, but for the last. The second is as wide as 需求内容 and makes the first
/// blank with the third; the fifth and sixth make the widest blank, for an e-mail address, and part where
/// 注册地所在省份 ends.
const COLUMNS: [f32; 7] = [70.0, 51.0, 27.0, 56.0, 62.0, 63.5, 62.0];
/// Their number, and that of all but the first and of all but the label's two.
const ALL: usize = COLUMNS.len() + 1;
const BLANK: usize = ALL - 1;
const CONTENT: usize = ALL - 2;

/// Writes the paper down.
#[must_use]
pub(super) fn write(source: Source<'_>) -> Writing {
    let form = &source.notice.forms.demand;
    let draft = source.draft;
    let sections = vec![company(form, draft), demands(form, draft)];
    sealed_table(form, &draft.company.name, Table::new(columns(COLUMNS), sections))
}

/// 一、企业基本情况.
fn company(form: &Form, draft: &Draft) -> Section {
    let name = |span, key: &str| label(span, form.label(key));
    let blank = |span, key: &str| value(span, draft, Field::from(key));
    let disclosure = Disclosure::ALL.iter().map(|d| (d.label(), draft.disclosure == Some(*d)));
    let ownership = Ownership::ALL.iter().map(|o| (o.label(), draft.company.ownership == Some(*o)));
    let rows = vec![
        row(vec![name(1, "/company/name"), blank(BLANK, "/company/name")]),
        row(vec![name(1, "/disclosure"), choices(BLANK, "/disclosure".into(), disclosure)]),
        row(vec![
            name(1, "/company/credit_code"),
            blank(3, "/company/credit_code"),
            name(1, "/company/region/province"),
            blank(3, "/company/region/province"),
        ]),
        row(vec![
            name(1, "/company/legal_representative/name"),
            blank(2, "/company/legal_representative/name"),
            name(1, "/company/contact/name"),
            contact(2, draft),
            name(1, "/company/contact/phone"),
            blank(1, "/company/contact/phone"),
        ]),
        row(vec![
            name(1, "/company/fax"),
            blank(2, "/company/fax"),
            name(1, "/company/email"),
            blank(2, "/company/email"),
            name(1, "/company/contact/mobile"),
            blank(1, "/company/contact/mobile"),
        ]),
        row(vec![
            name(1, "/company/registered_capital"),
            blank(2, "/company/registered_capital"),
            name(1, "/company/employees"),
            blank(2, "/company/employees"),
            name(1, "/company/revenue"),
            blank(1, "/company/revenue"),
        ]),
        row(vec![
            name(1, "/company/ownership"),
            choices(BLANK, "/company/ownership".into(), ownership),
        ]),
        row(vec![
            name(1, "/company/industry"),
            industry(BLANK, draft, form.label("industry_prefix")),
        ]),
        row(vec![name(1, "/recommendation/channel"), channel(form, draft)]),
        row(vec![
            name(1, "/company/address"),
            blank(5, "/company/address"),
            name(1, "/company/postcode"),
            blank(1, "/company/postcode"),
        ]),
    ];
    section(ALL, form.section("company"), rows)
}

/// 推荐渠道: two boxes, each with the body's name on a line to write on.
fn channel(form: &Form, draft: &Draft) -> Cell {
    let recommendation = &draft.recommendation;
    let line = |channel, key: &str, text: &str| {
        let inlines = vec![
            Inline::CheckBox { checked: recommendation.channel == Some(channel) },
            Inline::Text { text: form.label(key).to_owned(), face: None },
            Inline::Blank {
                text: text.trim().to_owned(),
                tail: String::new(),
                least: 130.0,
                field: Some(Field::from(key)),
            },
        ];
        Paragraph { inlines, style: body(), field: None }
    };
    Cell::new(
        BLANK,
        vec![
            line(
                Channel::Provincial,
                "/recommendation/provincial_body",
                &recommendation.provincial_body,
            ),
            line(Channel::Ministry, "/recommendation/ministry_body", &recommendation.ministry_body),
        ],
    )
    .of(["/recommendation/channel".into()])
}

/// 二、技术创新需求.
fn demands(form: &Form, draft: &Draft) -> Section {
    let labelled = draft.demands.iter().any(has_several_parts);
    let groups = draft.demands.iter().enumerate().map(|(n, demand)| {
        let title = form.label("/demands").replace("{n}", &(n + 1).to_string());
        let name = value(CONTENT, draft, Field::demand(n, "name"));
        let name_row = Row::new(LEAST, vec![label(1, form.label("/demands/*/name")), name]);
        let content_label = label(1, form.label("/demands/*/content")).repeated();
        let outline = format!("{title} {}", demand.name.trim());
        Group {
            label: Some(label(1, &title)),
            rows: vec![
                name_row.keep_with_next(),
                Row::new(110.0, vec![content_label, content(n, demand, labelled)]),
            ],
            outline: Some(outline.trim_end().to_owned()),
        }
    });
    section(ALL, form.section("demands"), groups.collect())
}

fn has_several_parts(demand: &Demand) -> bool {
    let filled = |key: &&str| demand.content.blank(key).is_some_and(|text| !text.trim().is_empty());
    DemandContent::PARTS.iter().filter(|key| filled(key)).count() > 1
}

/// 需求内容: the parts that were filled in, each under its name where a demand of the paper has
/// several.
fn content(index: usize, demand: &Demand, labelled: bool) -> Cell {
    let (mut paragraphs, mut empty) = (Vec::new(), Vec::new());
    let style = body().indented().align(Align::Justify);
    for key in DemandContent::PARTS {
        let field = Field::demand(index, &format!("content/{key}"));
        let text = demand.content.blank(key).map_or("", String::as_str);
        if text.trim().is_empty() {
            empty.push(field);
            continue;
        }
        for (n, line) in typed_lines(text).enumerate() {
            let mut paragraph = Paragraph::new(line, style.clone()).of(field.clone());
            if n == 0 && labelled {
                let name = field.spec().map_or("", |spec| spec.label.as_str());
                let text = format!("{name}：");
                paragraph.inlines.insert(0, Inline::Text { text, face: Some(Face::Hei) });
            }
            paragraphs.push(paragraph);
        }
    }
    if paragraphs.is_empty() {
        paragraphs.push(Paragraph::new("", body()));
    }
    Cell::new(CONTENT, paragraphs).top().of(empty)
}
