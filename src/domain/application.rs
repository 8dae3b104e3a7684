//! 《“揭榜”申请书》: one letter for one item.

mod references;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attachment, Block, Body, Evidence, Extra, Figure, Object, blank, blanks};

pub use references::{Reference, Series, references};

/// 拟揭榜事项: the demand of the published catalogue this letter answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Item {
    /// 事项名称, also on the letter's cover.
    #[serde(deserialize_with = "blank")]
    pub name: String,
    /// 代码, as the catalogue prints it; leading zeros and letters matter.
    #[serde(deserialize_with = "blank")]
    pub code: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Item { name, code });

/// 三、针对揭榜需求拟采取的技术攻关方案 in its five parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Plan {
    /// （一）攻关团队.
    pub team: Body,
    /// （二）预期目标.
    pub targets: Body,
    /// （三）技术路线.
    pub route: Body,
    /// （四）进度安排.
    pub schedule: Body,
    /// （五）潜在问题及应对.
    pub risks: Body,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One application letter with its item and its evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Application {
    /// The item applied for.
    pub item: Item,
    /// 一、中小企业基本情况简介.
    pub introduction: Body,
    /// 二、中小企业技术创新能力情况.
    pub capability: Body,
    /// 三、针对揭榜需求拟采取的技术攻关方案.
    pub plan: Plan,
    /// 四、希望采取的合作方式.
    pub cooperation: Body,
    /// 佐证材料, in printed order.
    pub evidence: Vec<Evidence>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Application {
    /// Section addresses relative to the letter, in printed order.
    pub const SECTIONS: [&'static str; 8] = [
        "introduction",
        "capability",
        "plan/team",
        "plan/targets",
        "plan/route",
        "plan/schedule",
        "plan/risks",
        "cooperation",
    ];

    /// A section of [`Self::SECTIONS`]; `None` for any other name.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<&Body> {
        Some(match name {
            "introduction" => &self.introduction,
            "capability" => &self.capability,
            "plan/team" => &self.plan.team,
            "plan/targets" => &self.plan.targets,
            "plan/route" => &self.plan.route,
            "plan/schedule" => &self.plan.schedule,
            "plan/risks" => &self.plan.risks,
            "cooperation" => &self.cooperation,
            _ => return None,
        })
    }

    /// A section of [`Self::SECTIONS`], to be edited; `None` for any other name.
    pub fn section_mut(&mut self, name: &str) -> Option<&mut Body> {
        Some(match name {
            "introduction" => &mut self.introduction,
            "capability" => &mut self.capability,
            "plan/team" => &mut self.plan.team,
            "plan/targets" => &mut self.plan.targets,
            "plan/route" => &mut self.plan.route,
            "plan/schedule" => &mut self.plan.schedule,
            "plan/risks" => &mut self.plan.risks,
            "cooperation" => &mut self.cooperation,
            _ => return None,
        })
    }

    /// The sections in printed order, each with its name.
    pub fn sections(&self) -> impl Iterator<Item = (&'static str, &Body)> {
        Self::SECTIONS.into_iter().filter_map(|name| Some((name, self.section(name)?)))
    }

    /// The tables and figures in printed order, each with its section, its block index there, and its
    /// number from 1 among the letter's tables or figures.
    pub fn numbered(&self) -> impl Iterator<Item = Numbered<'_>> {
        let (mut tables, mut figures) = (0, 0);
        let objects = self.sections().flat_map(|(section, body)| {
            let blocks = body.blocks().enumerate();
            blocks.filter_map(move |(block, content)| match content {
                Block::Object(object) => Some((section, block, object)),
                Block::Text(_) => None,
            })
        });
        objects.map(move |(section, block, object)| {
            let count = match object {
                Object::Table(_) => &mut tables,
                Object::Figure(_) => &mut figures,
            };
            *count += 1;
            Numbered { section, block, number: *count, object }
        })
    }

    /// The figures in printed order, each with its section and its block index there.
    pub fn figures(&self) -> impl Iterator<Item = (&'static str, usize, &Figure)> {
        self.sections().flat_map(|(name, body)| {
            body.figures().map(move |(block, figure)| (name, block, figure))
        })
    }

    /// The figures, to be edited.
    pub fn figures_mut(&mut self) -> impl Iterator<Item = &mut Figure> {
        let Plan { team, targets, route, schedule, risks, .. } = &mut self.plan;
        let plan = [team, targets, route, schedule, risks];
        let sections = [&mut self.introduction, &mut self.capability].into_iter().chain(plan);
        let parts = sections.chain([&mut self.cooperation]).flat_map(|body| &mut body.parts);
        parts.filter_map(|part| match &mut part.object {
            Object::Figure(figure) => Some(figure),
            Object::Table(_) => None,
        })
    }

    /// The files of its figures and of its evidence, in printed order; a figure may have none yet.
    pub fn attachments(&self) -> impl Iterator<Item = &Attachment> {
        let figures = self.figures().map(|(.., figure)| &figure.file);
        let figures = figures.filter(|file| !file.sha256.is_empty());
        figures.chain(self.evidence.iter().flat_map(|piece| &piece.files))
    }
}

/// A table or figure of a letter with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// Its section of [`Application::SECTIONS`].
    pub section: &'static str,
    /// Its block index in that section.
    pub block: usize,
    /// Its number, from 1.
    pub number: usize,
    /// The table or figure.
    pub object: &'a Object,
}

impl Numbered<'_> {
    /// 表 or 图 with its number, such as 表 1.
    #[must_use]
    pub fn label(&self) -> String {
        let kind = match self.object {
            Object::Table(_) => "表",
            Object::Figure(_) => "图",
        };
        format!("{kind} {}", self.number)
    }
}
