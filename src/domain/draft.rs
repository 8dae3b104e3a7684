//! A draft: everything one company has filled in for one notice in one role.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Application, Attachment, Block, Body, Company, Demand, Disclosure, Evidence, Extra, Field,
    Matching, Object, Place, Recommendation, Within, blank, choice,
};

/// Version of the draft file this program writes.
pub const SCHEMA: u32 = 2;

choice! {
    /// Who prepares the papers.
    Role {
        /// 发榜: a large enterprise that publishes demands.
        Demander => "发榜大企业",
        /// 揭榜: a small or medium enterprise that applies.
        Solver => "揭榜中小企业",
    }
}

impl Role {
    /// The name used in file names and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Demander => "demander",
            Self::Solver => "solver",
        }
    }
}

/// Where and how the papers are handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Submission {
    /// Identifier of the office in the notice's contact list.
    #[serde(deserialize_with = "blank")]
    pub contact: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What the notice implies and the company confirms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Declarations {
    /// 所有需求均不得涉密 (demander).
    pub no_secrets: bool,
    /// 不是“发榜”大企业的子公司、控股公司、供应商等关联企业 (solver).
    pub not_affiliated: bool,
    /// 申请书将提供给“发榜”大企业 (solver).
    pub letter_disclosed: bool,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A finding a person has confirmed in writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Override {
    /// The blank the finding is about.
    pub field: Field,
    /// The rule that found it, see [`rules::finding`](crate::rules::finding).
    pub rule: String,
    /// The written reason.
    pub reason: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The face of a letter's text, chosen among those of a machine. Where its file is kept is no part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LetterFace {
    /// PostScript name.
    pub name: String,
    /// Name of the family, as it is shown.
    pub family: String,
    /// SHA-256 of its file, 64 hexadecimal digits: another version of a font sets other pages.
    pub sha256: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How the papers are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PrintOptions {
    /// The check code stands at the foot of the two tables too.
    pub check_code_on_tables: bool,
    /// Each paper is exported as an editable `.docx` too.
    pub docx: bool,
    /// Pictures keep all their pixels in the 佐证材料册; else they are brought down to 200 dpi.
    pub evidence_full_resolution: bool,
    /// Printed on both sides of the paper: the letter's margins change sides from page to page.
    pub double_sided: bool,
    /// Each page shows at its right edge where the 骑缝章 goes.
    pub straddle_seal: bool,
    /// An unsigned signature field lies over each place for a seal. Not unless it is wanted: viewers made
    /// on MuPDF paint an arrow over such a field, which must not get onto a paper that is sealed by hand.
    pub signature_fields: bool,
    /// The face of the letters' text; `None` is the 宋 of the bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_face: Option<LetterFace>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self {
            check_code_on_tables: true,
            docx: false,
            evidence_full_resolution: false,
            double_sided: false,
            straddle_seal: false,
            signature_fields: false,
            letter_face: None,
            extra: Extra::new(),
        }
    }
}

/// A draft file: UTF-8 JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Draft {
    /// Version of the format, see [`SCHEMA`].
    pub schema: u32,
    /// Identifier of the notice, such as `shanghai-2024`.
    pub notice: String,
    /// Who prepares the papers.
    pub role: Role,
    /// 企业基本情况.
    #[serde(default)]
    pub company: Company,
    /// 是否公开企业名称 (demander).
    #[serde(default)]
    pub disclosure: Option<Disclosure>,
    /// 推荐渠道 (demander).
    #[serde(default)]
    pub recommendation: Recommendation,
    /// 二、技术创新需求 (demander).
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// 企业概况 (solver).
    #[serde(default)]
    pub matching: Matching,
    /// 拟揭榜事项, each with its letter (solver).
    #[serde(default)]
    pub applications: Vec<Application>,
    /// 报送.
    #[serde(default)]
    pub submission: Submission,
    /// 声明.
    #[serde(default)]
    pub declarations: Declarations,
    /// Findings confirmed with a reason.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// 打印选项.
    #[serde(default)]
    pub print: PrintOptions,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Draft {
    /// Whether it is of no company yet, as a new one is: all such drafts are alike, and none is anybody's.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.company.name.trim().is_empty()
    }

    /// An empty draft with one demand or one item to begin with.
    #[must_use]
    pub fn new(notice: impl Into<String>, role: Role) -> Self {
        let (demands, applications) = match role {
            Role::Demander => (vec![Demand::default()], Vec::new()),
            Role::Solver => (Vec::new(), vec![Application::default()]),
        };
        Self {
            schema: SCHEMA,
            notice: notice.into(),
            role,
            company: Company::default(),
            disclosure: None,
            recommendation: Recommendation::default(),
            demands,
            matching: Matching::default(),
            applications,
            submission: Submission::default(),
            declarations: Declarations::default(),
            overrides: Vec::new(),
            print: PrintOptions::default(),
            extra: Extra::new(),
        }
    }

    /// The draft file's text: JSON indented by two spaces, the same for the same draft, with a line
    /// break at its end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A draft has text keys only and writes into memory, so serializing it cannot fail.
        #[allow(clippy::expect_used)]
        let mut json = serde_json::to_string_pretty(self).expect("a draft is JSON");
        json.push('\n');
        json
    }

    /// The text of a blank; `None` where the address is no text blank of this draft.
    #[must_use]
    pub fn text(&self, field: &Field) -> Option<&str> {
        let segments: Vec<&str> = field.segments().collect();
        let text = match segments.as_slice() {
            ["company", "region", key] => self.company.region.blank(key),
            ["company", "legal_representative", key] => {
                self.company.legal_representative.blank(key)
            }
            ["company", "contact", key] => self.company.contact.blank(key),
            ["company", key] => self.company.blank(key),
            ["recommendation", key] => self.recommendation.blank(key),
            ["demands", n, "content", key] => at(&self.demands, n)?.content.blank(key),
            ["demands", n, key] => at(&self.demands, n)?.blank(key),
            ["matching", key] => self.matching.blank(key),
            ["applications", n, "item", key] => at(&self.applications, n)?.item.blank(key),
            ["applications", n, "evidence", m, key] => {
                at(&at(&self.applications, n)?.evidence, m)?.blank(key)
            }
            ["applications", ..] => {
                let place = field.place()?;
                let body = self.applications.get(place.letter)?.section(place.section)?;
                match place.within {
                    Within::Text => body.text(place.block),
                    Within::Caption => Some(body.object(place.block)?.caption()),
                    Within::Cell(row, column) => match body.object(place.block)? {
                        Object::Table(table) => table.rows.get(row)?.get(column),
                        Object::Figure(_) => None,
                    },
                    Within::Object => None,
                }
            }
            ["submission", "contact"] => Some(&self.submission.contact),
            _ => None,
        };
        text.map(String::as_str)
    }

    /// The text of a blank, to be edited; `None` as for [`Self::text`].
    pub fn text_mut(&mut self, field: &Field) -> Option<&mut String> {
        let segments: Vec<&str> = field.segments().collect();
        match segments.as_slice() {
            ["company", "region", key] => self.company.region.blank_mut(key),
            ["company", "legal_representative", key] => {
                self.company.legal_representative.blank_mut(key)
            }
            ["company", "contact", key] => self.company.contact.blank_mut(key),
            ["company", key] => self.company.blank_mut(key),
            ["recommendation", key] => self.recommendation.blank_mut(key),
            ["demands", n, "content", key] => at_mut(&mut self.demands, n)?.content.blank_mut(key),
            ["demands", n, key] => at_mut(&mut self.demands, n)?.blank_mut(key),
            ["matching", key] => self.matching.blank_mut(key),
            ["applications", n, "item", key] => {
                at_mut(&mut self.applications, n)?.item.blank_mut(key)
            }
            ["applications", n, "evidence", m, key] => {
                at_mut(&mut at_mut(&mut self.applications, n)?.evidence, m)?.blank_mut(key)
            }
            ["applications", ..] => {
                let place = field.place()?;
                let letter = self.applications.get_mut(place.letter)?;
                let body = letter.section_mut(place.section)?;
                match place.within {
                    Within::Text => body.text_mut(place.block),
                    Within::Caption => Some(body.object_mut(place.block)?.caption_mut()),
                    Within::Cell(row, column) => match body.object_mut(place.block)? {
                        Object::Table(table) => table.rows.get_mut(row)?.get_mut(column),
                        Object::Figure(_) => None,
                    },
                    Within::Object => None,
                }
            }
            ["submission", "contact"] => Some(&mut self.submission.contact),
            _ => None,
        }
    }

    /// Every piece of evidence of the papers with the numbers (from 0) of its letter and of itself;
    /// a demander's papers have none, whatever the file holds.
    pub fn evidence(&self) -> impl Iterator<Item = (usize, usize, &Evidence)> {
        self.letters().iter().enumerate().flat_map(|(letter, application)| {
            application.evidence.iter().enumerate().map(move |(n, piece)| (letter, n, piece))
        })
    }

    /// The letters of the papers; a demander's papers have none, whatever the file holds.
    #[must_use]
    pub fn letters(&self) -> &[Application] {
        match self.role {
            Role::Demander => &[],
            Role::Solver => &self.applications,
        }
    }

    /// The files of the letters' figures and evidence.
    pub fn attachments(&self) -> impl Iterator<Item = &Attachment> {
        self.letters().iter().flat_map(Application::attachments)
    }

    /// Makes all rows of each table of the letters as long as its longest, so that every cell can be
    /// edited.
    pub fn fill_tables(&mut self) {
        for letter in &mut self.applications {
            for section in Application::SECTIONS {
                let parts = letter.section_mut(section).map(|body| &mut body.parts);
                for part in parts.into_iter().flatten() {
                    if let Object::Table(table) = &mut part.object {
                        table.fill_rows();
                    }
                }
            }
        }
    }

    /// The section at an address, or of the letter's block at it.
    #[must_use]
    pub fn body(&self, field: &Field) -> Option<&Body> {
        let place = field.place()?;
        self.applications.get(place.letter)?.section(place.section)
    }

    /// The section at an address, to be edited.
    pub fn body_mut(&mut self, field: &Field) -> Option<&mut Body> {
        let place = field.place()?;
        self.applications.get_mut(place.letter)?.section_mut(place.section)
    }

    /// Every text blank of this draft in the order of the forms, with its address.
    #[must_use]
    pub fn blanks(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        for spec in super::field::specs() {
            spec.expand(self, &mut fields);
        }
        fields.retain(|field| self.text(field).is_some());
        self.with_all_blocks(fields)
    }

    /// Addresses, each section's with those of its blocks behind it.
    #[must_use]
    pub fn with_all_blocks(&self, fields: Vec<Field>) -> Vec<Field> {
        match self.applications.iter().any(|letter| letter.numbered().next().is_some()) {
            true => fields.into_iter().flat_map(|field| self.with_blocks(field)).collect(),
            false => fields,
        }
    }

    /// An address and, where it is a section's, those of the texts, captions and cells behind its first
    /// text, in printed order.
    #[must_use]
    pub fn with_blocks(&self, field: Field) -> Vec<Field> {
        let mut fields = vec![field];
        let Some(place) = fields.first().and_then(Field::place) else { return fields };
        let letter = self.applications.get(place.letter);
        let Some(body) = letter.and_then(|letter| letter.section(place.section)) else {
            return fields;
        };
        let at = |block, within| Place { block, within, ..place }.field();
        for (n, block) in body.blocks().enumerate().skip(1) {
            match block {
                Block::Text(_) => fields.push(at(n, Within::Text)),
                Block::Object(object) => {
                    fields.push(at(n, Within::Caption));
                    if let Object::Table(table) = object {
                        let cells = table.rows.iter().enumerate().flat_map(|(row, cells)| {
                            (0..cells.len()).map(move |column| Within::Cell(row, column))
                        });
                        fields.extend(cells.map(|cell| at(n, cell)));
                    }
                }
            }
        }
        fields
    }

    /// The reason with which a finding was confirmed, if it was.
    #[must_use]
    pub fn override_reason(&self, field: &Field, rule: &str) -> Option<&str> {
        self.overrides
            .iter()
            .find(|o| o.field == *field && o.rule == rule)
            .map(|o| o.reason.trim())
            .filter(|reason| !reason.is_empty())
    }

    /// Confirms a finding with a reason, or takes the confirmation back where the reason is empty.
    pub fn set_override(&mut self, field: &Field, rule: &str, reason: &str) {
        self.overrides.retain(|o| !(o.field == *field && o.rule == rule));
        if !reason.is_empty() {
            self.overrides.push(Override {
                field: field.clone(),
                rule: rule.to_owned(),
                reason: reason.to_owned(),
                extra: Extra::new(),
            });
        }
    }
}

fn at<'a, T>(list: &'a [T], index: &str) -> Option<&'a T> {
    list.get(index.parse::<usize>().ok()?)
}

fn at_mut<'a, T>(list: &'a mut [T], index: &str) -> Option<&'a mut T> {
    list.get_mut(index.parse::<usize>().ok()?)
}
