//! The company's basic data, entered once and printed on every paper.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, blank, blanks, choice};

choice! {
    /// 企业规模, as 《中小企业划型标准规定》 (工信部联企业〔2011〕300号) names the classes.
    EnterpriseSize { Large => "大型", Medium => "中型", Small => "小型", Micro => "微型" }
}

choice! {
    /// 企业性质, one of four.
    Ownership { StateOwned => "国有", Private => "民营", JointVenture => "合资", Foreign => "外资" }
}

choice! {
    /// 企业类型, any number of four (对接表).
    Category {
        LittleGiant => "专精特新“小巨人”企业",
        Specialized => "省级专精特新中小企业",
        Innovative => "创新型中小企业",
        Other => "其他",
    }
}

/// 企业注册地: 省, 市（区）, 县. The names as in the region table, or as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Region {
    /// 省, 自治区 or 直辖市; also printed as 注册地所在省份.
    #[serde(deserialize_with = "blank")]
    pub province: String,
    /// 市（区）.
    #[serde(deserialize_with = "blank")]
    pub city: String,
    /// 县 (or district below the city).
    #[serde(deserialize_with = "blank")]
    pub county: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Region { province, city, county });

/// 法人代表 or 联系人.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Person {
    /// Name.
    #[serde(deserialize_with = "blank")]
    pub name: String,
    /// 职务; asked of the 联系人 only.
    #[serde(deserialize_with = "blank")]
    pub title: String,
    /// 联系电话, one or several numbers.
    #[serde(deserialize_with = "blank")]
    pub phone: String,
    /// 手机.
    #[serde(deserialize_with = "blank")]
    pub mobile: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Person { name, title, phone, mobile });

/// 一、企业基本情况 of both tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Company {
    /// 企业名称, as on the business licence.
    #[serde(deserialize_with = "blank")]
    pub name: String,
    /// 企业简称, for the package's file name; not printed.
    #[serde(deserialize_with = "blank")]
    pub short_name: String,
    /// 统一社会信用代码 (GB 32100-2015), 18 characters.
    #[serde(deserialize_with = "blank")]
    pub credit_code: String,
    /// 企业注册地.
    pub region: Region,
    /// 注册时间.
    #[serde(deserialize_with = "blank")]
    pub registered_on: String,
    /// 法人代表.
    pub legal_representative: Person,
    /// 联系人及职务.
    pub contact: Person,
    /// 传真.
    #[serde(deserialize_with = "blank")]
    pub fax: String,
    /// 电子邮箱.
    #[serde(deserialize_with = "blank")]
    pub email: String,
    /// 注册资本, 万元.
    #[serde(deserialize_with = "blank")]
    pub registered_capital: String,
    /// 从业人数, 人.
    #[serde(deserialize_with = "blank")]
    pub employees: String,
    /// 上年度营业收入, 万元.
    #[serde(deserialize_with = "blank")]
    pub revenue: String,
    /// 资产总额, 万元; a helper for the size class of some industries, not printed.
    #[serde(deserialize_with = "blank")]
    pub total_assets: String,
    /// 企业规模, the box ticked.
    pub size: Option<EnterpriseSize>,
    /// 企业性质.
    pub ownership: Option<Ownership>,
    /// 企业类型, in any order.
    pub categories: Vec<Category>,
    /// 所属行业: the two-digit division of GB/T 4754-2017.
    #[serde(deserialize_with = "blank")]
    pub industry: String,
    /// The three-digit group where the size standard needs it (59, 70); not printed.
    #[serde(deserialize_with = "blank")]
    pub industry_class: String,
    /// 通讯地址.
    #[serde(deserialize_with = "blank")]
    pub address: String,
    /// 邮编.
    #[serde(deserialize_with = "blank")]
    pub postcode: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Company {
    name,
    short_name,
    credit_code,
    registered_on,
    fax,
    email,
    registered_capital,
    employees,
    revenue,
    total_assets,
    industry,
    industry_class,
    address,
    postcode,
});
