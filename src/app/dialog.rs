//! The system's dialogs for files and folders.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rfd::AsyncFileDialog;

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Picked {
    /// These files, or this folder.
    Paths(Vec<PathBuf>),
    /// Nothing after all.
    Cancelled,
    /// There is no dialog on this machine.
    Unavailable,
}

/// What is said where there is no dialog.
pub(crate) const UNAVAILABLE: &str =
    "打不开系统的文件对话框（Linux 上需要 xdg-desktop-portal 或 zenity）。请直接填写路径。";

/// Nobody answers faster than this; such an answer means that no dialog was shown.
const FASTEST: Duration = Duration::from_millis(250);

/// No dialog could be shown in this run; it is not asked for again.
static MISSING: AtomicBool = AtomicBool::new(false);

async fn ask<T, F: Future<Output = Option<T>>>(
    missing: &AtomicBool,
    dialog: impl FnOnce() -> F,
    paths: impl FnOnce(T) -> Vec<PathBuf>,
) -> Picked {
    if missing.load(Ordering::Relaxed) {
        return Picked::Unavailable;
    }
    let asked = Instant::now();
    match dialog().await {
        Some(answer) => Picked::Paths(paths(answer)),
        None if asked.elapsed() < FASTEST => {
            missing.store(true, Ordering::Relaxed);
            Picked::Unavailable
        }
        None => Picked::Cancelled,
    }
}

/// Says a sentence in a dialog, where a program of windows has nowhere else to say it.
#[cfg(windows)]
pub fn say(words: &str) {
    let dialog = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error);
    let _ = dialog.set_title("揭榜通").set_description(words).show();
}

/// Asks for files of evidence.
pub(crate) async fn evidence_files() -> Picked {
    let dialog = AsyncFileDialog::new()
        .set_title("添加佐证文件")
        .add_filter("PDF、JPEG、PNG", &["pdf", "jpg", "jpeg", "png", "PDF", "JPG", "JPEG", "PNG"]);
    ask(
        &MISSING,
        || dialog.pick_files(),
        |files| files.iter().map(|f| f.path().to_owned()).collect(),
    )
    .await
}

/// Asks for a picture for a figure.
pub(crate) async fn picture_file() -> Picked {
    let dialog = AsyncFileDialog::new()
        .set_title("插入图片")
        .add_filter("PNG、JPEG", &["png", "jpg", "jpeg", "PNG", "JPG", "JPEG"]);
    ask(&MISSING, || dialog.pick_file(), |file| vec![file.path().to_owned()]).await
}

/// Asks for a font file.
pub(crate) async fn font_file() -> Picked {
    let dialog = AsyncFileDialog::new()
        .set_title("选择字体文件")
        .add_filter("字体", &["ttf", "otf", "ttc", "otc", "TTF", "OTF", "TTC", "OTC"]);
    ask(&MISSING, || dialog.pick_file(), |file| vec![file.path().to_owned()]).await
}

/// Asks for a draft or a package.
pub(crate) async fn draft_or_package() -> Picked {
    let dialog = AsyncFileDialog::new()
        .set_title("打开草稿或材料包")
        .add_filter("草稿和材料包", &["jiebang", "json", "zip", "JIEBANG", "JSON", "ZIP"]);
    ask(&MISSING, || dialog.pick_file(), |file| vec![file.path().to_owned()]).await
}

/// Asks for a letter written in Word.
pub(crate) async fn word_file() -> Picked {
    let dialog = AsyncFileDialog::new()
        .set_title("从 Word 文档导入")
        .add_filter("Word 文档（.docx）", &["docx", "DOCX"]);
    ask(&MISSING, || dialog.pick_file(), |file| vec![file.path().to_owned()]).await
}

/// Asks where a copy of a draft goes.
pub(crate) fn draft_copy(name: &str) -> impl Future<Output = Picked> + Send + use<> {
    let dialog = AsyncFileDialog::new()
        .set_title("另存草稿")
        .set_file_name(name)
        .add_filter("草稿", &["jiebang", "json", "JIEBANG", "JSON"]);
    ask(&MISSING, || dialog.save_file(), |file| vec![file.path().to_owned()])
}

/// Asks for the folder of the data.
pub(crate) async fn data_folder() -> Picked {
    let dialog = AsyncFileDialog::new().set_title("数据文件夹");
    ask(&MISSING, || dialog.pick_folder(), |folder| vec![folder.path().to_owned()]).await
}

/// Asks for the folder to export to.
pub(crate) async fn folder(from: PathBuf) -> Picked {
    let dialog = AsyncFileDialog::new().set_title("导出到文件夹").set_directory(from);
    ask(&MISSING, || dialog.pick_folder(), |folder| vec![folder.path().to_owned()]).await
}

/// Files can be dropped on the window, which under Wayland they cannot.
pub(crate) fn takes_drops() -> bool {
    static DROPS: LazyLock<bool> = LazyLock::new(|| {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        !is_set("WAYLAND_DISPLAY") && !is_set("WAYLAND_SOCKET")
    });
    *DROPS
}

/// Where people keep their documents; `None` where there is no home.
pub(crate) fn documents() -> Option<PathBuf> {
    let folders = directories::UserDirs::new()?;
    let documents = folders.document_dir().filter(|folder| folder.is_dir());
    Some(documents.unwrap_or_else(|| folders.home_dir()).to_owned())
}

/// The path that was typed: `~` is the home folder; one that is not whole is refused with a sentence.
pub(crate) fn typed_path(typed: &str) -> Result<PathBuf, String> {
    let folders = directories::UserDirs::new();
    whole_path(typed, folders.as_ref().map(directories::UserDirs::home_dir))
}

fn whole_path(typed: &str, home: Option<&Path>) -> Result<PathBuf, String> {
    let typed = typed.trim();
    let path = match (Path::new(typed).strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    };
    if path.is_absolute() {
        return Ok(path);
    }
    let example = home.map(|home| home.join("文件夹").display().to_string()).unwrap_or_default();
    Err(format!("“{typed}”不是完整路径，不知道从哪里算起。请填写完整路径，例如 {example}。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_is_whole_or_refused_and_a_tilde_is_home() {
        let home = std::env::temp_dir();
        assert_eq!(whole_path(" ~/材料 ", Some(&home)), Ok(home.join("材料")));
        assert_eq!(whole_path("~", Some(&home)), Ok(home.join("")));
        let whole = home.join("甲");
        assert_eq!(whole_path(&whole.display().to_string(), None), Ok(whole));
        let refused = whole_path("材料/甲", Some(&home));
        assert!(refused.is_err_and(|words| words.contains("“材料/甲”不是完整路径")));
    }

    #[test]
    fn a_dialog_that_cannot_be_shown_is_asked_for_once() {
        use iced::futures::executor::block_on;
        use std::cell::Cell;
        let (missing, asked) = (AtomicBool::new(false), Cell::new(0));
        let dialog = || {
            asked.set(asked.get() + 1);
            std::future::ready(None::<()>)
        };
        for _ in 0..2 {
            assert_eq!(block_on(ask(&missing, dialog, |()| Vec::new())), Picked::Unavailable);
        }
        assert_eq!(asked.get(), 1);
    }
}
