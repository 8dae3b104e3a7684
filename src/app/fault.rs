//! What is said on standard error when the program itself is at fault.

use std::io::{self, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::thread;

/// Has a panic told in a sentence from now on, by the thread that shows the window. What the panic
/// itself says is left out: it may quote the draft.
pub(super) fn tell(drafts: PathBuf) {
    let window = thread::current().id();
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let ends = thread::current().id() == window;
        // Where nobody can read it, it is not to be a panic of its own.
        let _ = writeln!(io::stderr(), "{}", sentence(&place, ends, &drafts));
    }));
}

/// `ends`: the window closes by it.
fn sentence(place: &str, ends: bool, drafts: &Path) -> String {
    if ends {
        format!(
            "揭榜通出错退出（{place}）。草稿保存在“{}”，最多缺最后一秒的输入；请重新打开程序接着填写。",
            drafts.display()
        )
    } else {
        format!("揭榜通有一步没有完成（{place}）；窗口没有关闭，草稿不受影响。")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_window_says_where_the_drafts_are() {
        let words = sentence("src/甲.rs:1:2", true, Path::new("/家/drafts"));
        assert!(words.contains("“/家/drafts”") && words.contains("src/甲.rs:1:2"));
        assert!(sentence("src/甲.rs:1:2", false, Path::new("/家")).contains("窗口没有关闭"));
    }
}
