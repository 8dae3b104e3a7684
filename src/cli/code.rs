//! `jiebang code`: whether a 统一社会信用代码 is sound, and what it says.

use super::args::Code;
use super::{Failure, Status, output};
use crate::rules::credit_code::{examine, standard};

pub(super) fn run(arguments: &Code) -> Result<Status, Failure> {
    let found = examine(&arguments.code);
    if found.normalized.is_empty() {
        return Err(Failure::Other("代码是空的，请写上 18 位代码".to_owned()));
    }
    output::print(&found.normalized);
    if let Some(category) = found.category {
        output::print(&format!(
            "登记管理部门：{}，机构类别：{}",
            category.department, category.kind
        ));
    }
    if let Some(province) = found.region {
        output::print(&format!("登记地：{}", province.name));
    }
    for problem in &found.problems {
        output::print(&format!("错误　{}。", problem.message));
    }
    if let Some(mended) = &found.mended {
        output::print(&format!("是不是：{mended}"));
    }
    let sound = found.problems.is_empty();
    if sound {
        output::print("代码正确。");
    }
    output::print(&format!("依据：{}", standard()));
    Ok(if sound { Status::Good } else { Status::Findings })
}
