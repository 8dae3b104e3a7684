//! What a person copies for whoever helps: of the program and the machine, nothing of what was filled in.

use std::path::Path;

use crate::rules::notice::bundled;
use crate::store::{Store, event_log, report, system};

/// So many lines of the log are copied.
const LOG_LINES: usize = 30;

/// What only the window knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    /// Size of everything, 1 is normal.
    pub(crate) scale: f32,
    /// Physical pixels in a logical one.
    pub(crate) density: f32,
}

/// The text. Asks the disks: not for the window's thread.
pub(crate) fn gather(root: &Path, screen: Option<Screen>) -> String {
    let (memory, free) = system::memory();
    let disk = system::volume(root).map_or_else(|| "不详".to_owned(), |disk| disk.to_string());
    let mut lines = vec![
        format!("揭榜通 {}", env!("CARGO_PKG_VERSION")),
        format!("系统：{}", system::name()),
        format!("内存：{}，可用 {}", system::megabytes(memory), system::megabytes(free)),
        format!("数据文件夹所在：{disk}"),
    ];
    if let Some(Screen { scale, density }) = screen {
        let percent = (scale * 100.0).round();
        lines.push(format!("显示：软件绘制（tiny-skia），文字 {percent}%，屏幕 {density} 倍"));
    }
    lines.push(holdings(root));
    if let Some(head) = report::newest(root).and_then(|path| report::head(&path)) {
        lines.push(format!("\n——— 最近一次错误 ———\n{head}"));
    }
    let log = event_log::last_lines(root, LOG_LINES);
    if !log.is_empty() {
        lines.push(format!("\n——— 最近的日志 ———\n{}", log.join("\n")));
    }
    lines.join("\n")
}

/// How many drafts and notices there are, the program's own by their identifiers.
fn holdings(root: &Path) -> String {
    let Ok(store) = Store::open(root.to_owned()) else {
        return "数据文件夹打不开".to_owned();
    };
    let drafts = store.list().map_or_else(|_| "读不到".to_owned(), |list| list.len().to_string());
    let (notices, problems) = store.notices();
    let is_own = |id: &str| bundled().iter().all(|known| known.id != id);
    let (own, known): (Vec<_>, Vec<_>) = notices.iter().partition(|notice| is_own(&notice.id));
    let known: Vec<&str> = known.iter().map(|notice| notice.id.as_str()).collect();
    format!(
        "草稿：{drafts} 份；通知：{}，另有自己的 {} 份，不能用的 {} 份",
        known.join("、"),
        own.len(),
        problems.len()
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::{Draft, Role};

    #[test]
    fn what_is_copied_helps_and_names_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let mut draft = Draft::new(&bundled()[0].id, Role::Solver);
        "某某公司".clone_into(&mut draft.company.name);
        store.create(&draft).unwrap();
        let now = jiff::Zoned::now();
        let report = "版本：x\n位置：src/y.rs:1:2\n\n——— 调用栈 ———\n0: z";
        report::write(folder.path(), report, &now).unwrap();
        let text = gather(folder.path(), Some(Screen { scale: 1.1, density: 2.0 }));
        for part in ["草稿：1 份", "src/y.rs:1:2", "文字 110%", env!("CARGO_PKG_VERSION"), "MB"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("某某公司") && !text.contains("0: z"), "{text}");
    }
}
