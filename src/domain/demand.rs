//! 《大企业技术创新需求表》: what a large enterprise asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, blank, blanks, choice};

choice! {
    /// 是否公开企业名称.
    Disclosure { Public => "公开", Withheld => "不公开" }
}

choice! {
    /// 推荐渠道, exactly one of two.
    Channel { Provincial => "省级中小企业主管部门", Ministry => "工业和信息化部相关行业司局" }
}

/// 推荐渠道 and the name of the recommending body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Recommendation {
    /// The channel ticked.
    pub channel: Option<Channel>,
    /// 省级中小企业主管部门: its name.
    #[serde(deserialize_with = "blank")]
    pub provincial_body: String,
    /// 工业和信息化部相关行业司局: its name.
    #[serde(deserialize_with = "blank")]
    pub ministry_body: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Recommendation { provincial_body, ministry_body });

/// 需求内容 in the five parts of the notice's sample; printed as one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DemandContent {
    /// 需求内容.
    #[serde(deserialize_with = "blank")]
    pub description: String,
    /// 参数要求.
    #[serde(deserialize_with = "blank")]
    pub parameters: String,
    /// 需达到效果.
    #[serde(deserialize_with = "blank")]
    pub effect: String,
    /// 时间要求.
    #[serde(deserialize_with = "blank")]
    pub schedule: String,
    /// 拟采取的合作方式.
    #[serde(deserialize_with = "blank")]
    pub cooperation: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(DemandContent { description, parameters, effect, schedule, cooperation });

impl DemandContent {
    /// JSON keys of the five parts in the order of the sample.
    pub const PARTS: [&'static str; 5] =
        ["description", "parameters", "effect", "schedule", "cooperation"];
}

/// 需求 n.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Demand {
    /// 名称.
    #[serde(deserialize_with = "blank")]
    pub name: String,
    /// 需求内容.
    pub content: DemandContent,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Demand { name });
