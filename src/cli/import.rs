//! `jiebang import`: a draft or a package into the data folder.

use std::path::PathBuf;

use super::args::Import;
use super::{Failure, Status, input, output, password};
use crate::export::package::{self, PackageError};
use crate::store::{DraftId, Store};

pub(super) fn run(arguments: &Import, root: PathBuf) -> Result<Status, Failure> {
    let store = Store::open(root)?;
    let (id, is_whole) = import(&store, arguments)?;
    output::print(&format!("已导入：{}", store.path(&id).display()));
    let blobs = store.blobs(&id);
    let missing = blobs.missing(&store.load(&id)?);
    if !missing.is_empty() {
        let count = missing.len();
        output::note(&format!(
            "提醒：有 {count} 个佐证或插图文件缺失或内容不符，请在窗口中重新添加"
        ));
    }
    Ok(if is_whole { Status::Good } else { Status::Findings })
}

/// Also whether it came as it was packed.
fn import(store: &Store, arguments: &Import) -> Result<(DraftId, bool), Failure> {
    let path = arguments.file.as_path();
    let read = match package::read_file(path) {
        Err(PackageError::Locked) => {
            let password = password::to_open(path, arguments.password_file.as_deref())?;
            package::read_locked_file(path, &password).map(Some)
        }
        read => read,
    };
    let unusable = |source| Failure::Package { path: path.to_owned(), source };
    Ok(match read.map_err(unusable)? {
        Some(contents) => {
            let is_whole = contents.faults().is_empty();
            if !is_whole {
                let name = path.display();
                output::note(&format!("“{name}”与自己的清单不符，导入的草稿请核对后使用"));
            }
            for problem in &contents.problems {
                output::note(&format!("提醒：{problem}"));
            }
            (store.create_from(&contents.draft, contents.files())?, is_whole)
        }
        None => {
            input::unlock(path, arguments.password_file.as_deref())?;
            (store.import(path)?, true)
        }
    })
}
