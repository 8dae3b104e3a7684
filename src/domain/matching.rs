//! 《中小企业“揭榜”对接表》: what it asks beyond the company's basic data and the items.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, blank, blanks};

/// 二、企业概况. The items of 三、拟揭榜事项 are the [`Application`](super::Application)s' own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Matching {
    /// 企业概况, at most 500 字.
    #[serde(deserialize_with = "blank")]
    pub profile: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Matching { profile });
