//! `jiebang new`: an empty or an example draft as a file.

use std::path::Path;

use super::args::New;
use super::{Failure, Status, input, output};
use crate::domain::{Draft, Role};
use crate::store::{Blobs, file, samples};

pub(super) fn run(arguments: &New, root: &Path) -> Result<Status, Failure> {
    let notice = input::notice(&input::notices(root), &arguments.notice.0)?;
    let path = &arguments.output;
    if path.exists() {
        let message = format!("“{}”已经存在，没有覆盖；请换一个文件名", path.display());
        return Err(Failure::Other(message));
    }
    if path.extension().is_some_and(|extension| extension == "files") {
        let message =
            "文件名不能以 .files 结尾，这是存放佐证材料的文件夹名；请用 .jiebang 或 .json"
                .to_owned();
        return Err(Failure::Other(message));
    }
    let role = Role::from(arguments.role);
    if arguments.sample {
        let sample = samples::sample(&notice.id, role)?;
        file::write_draft(path, &sample.draft)?;
        sample.put_files(&Blobs::beside(path))?;
    } else {
        file::write_draft(path, &Draft::new(notice.id, role))?;
    }
    output::print(&format!("已新建：{}", path.display()));
    Ok(Status::Good)
}
