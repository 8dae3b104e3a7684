//! `jiebang verify`: whether a package is whole and unaltered.

use std::fs::File;

use super::args::Verify;
use super::{Failure, Status, output, password};
use crate::domain::Password;
use crate::export::package::{self, PackageError, Verification};

pub(super) fn run(arguments: &Verify) -> Result<Status, Failure> {
    let path = &arguments.package;
    let unusable = |source| Failure::Package { path: path.clone(), source };
    // A pipe would block on opening.
    let about = std::fs::metadata(path).map_err(|error| unusable(error.into()))?;
    if !about.is_file() {
        return Err(unusable(PackageError::NoFile));
    }
    let verify = |password: Option<&Password>| -> Result<Verification, PackageError> {
        package::verify(package::plain(File::open(path)?, password)?)
    };
    let result = match verify(None) {
        Err(PackageError::Locked) => {
            let password = password::to_open(path, arguments.password_file.as_deref())?;
            verify(Some(&password))
        }
        result => result,
    };
    let result = result.map_err(unusable)?;
    output::print(&format!("企业：{}", result.company));
    let role = result.role.map_or("", |role| role.label());
    output::print(&format!("身份：{role}　通知：{}　日期：{}", result.notice, result.date));
    output::print(&format!("文件：{} 个，另有清单 manifest.json", result.files.len()));
    output::print(&format!("校验码：{}", result.check_code));
    for problem in &result.problems {
        output::print(&format!("错误　{problem}"));
    }
    output::print(if result.ok {
        "核对通过：没有发现改动、缺失或增加的文件。"
    } else {
        "核对不通过。"
    });
    output::print(Verification::ADVICE);
    Ok(if result.ok { Status::Good } else { Status::Findings })
}
