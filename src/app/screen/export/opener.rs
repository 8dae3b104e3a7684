//! Opens a file or folder with the program the system has for it.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// A program that cannot open a file says so within this time. One that can may run until the person
/// closes it.
const SETTLED: Duration = Duration::from_secs(3);
/// Between two looks at it.
const PAUSE: Duration = Duration::from_millis(40);

/// Opens `path`. The sentence says what to do instead.
pub(super) fn open(path: &Path) -> Result<(), String> {
    if !path.exists() {
        return Err(format!("“{}”已经不在那里，可能被移走或改了名；请重新导出。", path.display()));
    }
    start(opener(path))
        .map_err(|failure| format!("{failure}请在文件管理器中打开“{}”。", path.display()))
}

/// Opens the folder in which the file at `path` lies. The sentence says what to do instead.
pub(crate) fn open_folder_of(path: &Path) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    if !folder.is_dir() {
        return Err(format!("文件夹“{}”现在找不到。", folder.display()));
    }
    open(folder)
}

/// Opens a folder. The sentence says what to do instead.
pub(crate) fn open_folder(folder: &Path) -> Result<(), String> {
    if !folder.is_dir() {
        return Err(format!("文件夹“{}”现在还没有，或者找不到。", folder.display()));
    }
    open(folder)
}

/// The system's program for opening things, with what it is to open.
fn opener(path: &Path) -> Command {
    #[cfg(target_os = "windows")]
    {
        use std::os::windows::process::CommandExt;
        let mut command = Command::new("explorer");
        command.raw_arg(for_explorer(&path.display().to_string()));
        command
    }
    #[cfg(not(target_os = "windows"))]
    {
        let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        let mut command = Command::new(program);
        command.arg(path);
        // Closing this program from a terminal must not close what it has opened.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }
}

/// explorer takes a comma without quotes for the end of the path, and `/` for an option. No path on
/// Windows has a quote in it.
#[cfg(any(target_os = "windows", test))]
fn for_explorer(path: &str) -> String {
    format!("\"{}\"", path.replace('/', "\\"))
}

/// Starts an opener. It is not waited for where it goes on, but taken off the list of processes at its
/// end, whenever that is.
fn start(mut opener: Command) -> Result<(), String> {
    let program = opener.get_program().display().to_string();
    opener.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = opener.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("这台电脑上没有能打开它的程序（找不到 {program}）。"),
        _ => format!("{program} 启动不了。"),
    })?;
    let failed = ended(&mut child, SETTLED).is_some_and(|success| !success);
    // explorer answers 1 even when it has opened the folder.
    if failed && !cfg!(target_os = "windows") {
        return Err("系统没有能打开它的程序。".to_owned());
    }
    // Where there is no thread for it, the child stays on the list until this program ends.
    let _ = thread::Builder::new().spawn(move || child.wait());
    Ok(())
}

/// Whether it ended well; `None`: it has not ended within `patience`.
fn ended(child: &mut Child, patience: Duration) -> Option<bool> {
    let mut waited = Duration::ZERO;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if waited < patience => {
                thread::sleep(PAUSE);
                waited += PAUSE;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_for_explorer_is_quoted_with_its_own_slashes() {
        assert_eq!(for_explorer("D:/材料/甲, 乙 公司"), "\"D:\\材料\\甲, 乙 公司\"");
    }

    #[test]
    fn what_has_been_moved_away_is_told_with_its_path() {
        let folder = std::env::temp_dir().join("没有这个文件夹");
        let told = open(&folder).err().unwrap_or_default();
        assert!(told.contains(&folder.display().to_string()) && told.contains("重新导出"));
    }

    #[test]
    fn a_missing_opener_and_one_that_fails_are_told() {
        let told = start(Command::new("没有这个程序")).err().unwrap_or_default();
        assert!(told.contains("找不到 没有这个程序"), "{told}");
        if cfg!(unix) {
            let told = start(Command::new("false")).err().unwrap_or_default();
            assert!(told.contains("没有能打开它的程序"), "{told}");
        }
    }
}
