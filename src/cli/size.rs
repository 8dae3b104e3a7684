//! `jiebang size`: the size class of a company, with the reasoning.

use serde_json::json;

use super::args::{Format, Size};
use super::{Failure, Status, output};
use crate::rules::enterprise_size::{Inputs, SizeError, classify};
use crate::rules::number::{self, Number};

pub(super) fn run(arguments: &Size) -> Result<Status, Failure> {
    let inputs = Inputs {
        industry: &arguments.industry,
        class: arguments.class.as_deref().unwrap_or(""),
        employees: amount("--employees", arguments.employees.as_deref())?,
        revenue: amount("--revenue", arguments.revenue.as_deref())?,
        total_assets: amount("--assets", arguments.assets.as_deref())?,
    };
    match classify(&inputs) {
        Ok(class) => {
            match arguments.output.format {
                Format::Json => {
                    let size = class.size.label();
                    output::print(&json!({ "size": size, "standard": class.standard }).to_string());
                }
                Format::Text => {
                    output::print(class.size.label());
                    class.reasons.iter().for_each(|reason| output::print(&format!("　　{reason}")));
                    output::print(&format!("依据：{}", class.standard));
                }
            }
            Ok(Status::Good)
        }
        Err(error @ SizeError::NotCovered { .. }) => {
            output::error(&error.to_string());
            Ok(Status::Findings)
        }
        Err(error) => Err(Failure::Other(error.to_string())),
    }
}

fn amount(name: &str, text: Option<&str>) -> Result<Option<Number>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let number = number::parse(text).filter(|number| !number.is_negative());
    let wrong = || Failure::Other(format!("{name} 应为不小于 0 的数，写的是“{text}”"));
    number.map(Some).ok_or_else(wrong)
}
