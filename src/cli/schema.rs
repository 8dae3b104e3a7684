//! `jiebang schema`: the JSON Schema of a draft.

use super::{Failure, Status, output};
use crate::domain::Draft;

pub(super) fn run() -> Result<Status, Failure> {
    output::json(schemars::schema_for!(Draft).as_value());
    Ok(Status::Good)
}
