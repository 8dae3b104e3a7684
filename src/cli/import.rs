//! `jiebang import`: a draft or a package into the data folder.

use std::path::{Path, PathBuf};

use super::args::Import;
use super::{Failure, Status, output};
use crate::export::package;
use crate::store::{DraftId, Store};

pub(super) fn run(arguments: &Import, root: PathBuf) -> Result<Status, Failure> {
    let store = Store::open(root)?;
    let id = import(&store, &arguments.file)?;
    output::print(&format!("已导入：{}", store.path(&id).display()));
    let blobs = store.blobs(&id);
    let missing = blobs.missing(&store.load(&id)?);
    if !missing.is_empty() {
        let count = missing.len();
        output::note(&format!(
            "提醒：有 {count} 个佐证或插图文件缺失或内容不符，请在窗口中重新添加"
        ));
    }
    Ok(Status::Good)
}

fn import(store: &Store, path: &Path) -> Result<DraftId, Failure> {
    let unusable = |source| Failure::Package { path: path.to_owned(), source };
    Ok(match package::read_file(path).map_err(unusable)? {
        Some(contents) => {
            for problem in &contents.problems {
                output::note(&format!("提醒：{problem}"));
            }
            store.create_from(&contents.draft, contents.files())?
        }
        None => store.import(path)?,
    })
}
