//! 《“揭榜”申请书》: one letter for one item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Evidence, Extra, blank, blanks};

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
    #[serde(deserialize_with = "blank")]
    pub team: String,
    /// （二）预期目标.
    #[serde(deserialize_with = "blank")]
    pub targets: String,
    /// （三）技术路线.
    #[serde(deserialize_with = "blank")]
    pub route: String,
    /// （四）进度安排.
    #[serde(deserialize_with = "blank")]
    pub schedule: String,
    /// （五）潜在问题及应对.
    #[serde(deserialize_with = "blank")]
    pub risks: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Plan { team, targets, route, schedule, risks });

/// One application letter with its item and its evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Application {
    /// The item applied for.
    pub item: Item,
    /// 一、中小企业基本情况简介.
    #[serde(deserialize_with = "blank")]
    pub introduction: String,
    /// 二、中小企业技术创新能力情况.
    #[serde(deserialize_with = "blank")]
    pub capability: String,
    /// 三、针对揭榜需求拟采取的技术攻关方案.
    pub plan: Plan,
    /// 四、希望采取的合作方式.
    #[serde(deserialize_with = "blank")]
    pub cooperation: String,
    /// 佐证材料, in printed order.
    pub evidence: Vec<Evidence>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Application { introduction, capability, cooperation });

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

    /// The applicant's text of a section of [`Self::SECTIONS`]; empty for any other name.
    #[must_use]
    pub fn section(&self, name: &str) -> &str {
        match name.strip_prefix("plan/") {
            Some(key) => self.plan.blank(key),
            None => self.blank(name),
        }
        .map_or("", String::as_str)
    }
}
