//! Opens a file or folder with the program the system has for it.

use std::path::Path;
use std::process::{Command, Stdio};

/// Opens `path`. The sentence says what to do instead.
pub(super) fn open(path: &Path) -> Result<(), String> {
    let program = if cfg!(target_os = "windows") {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let failed = || format!("打不开“{}”，请在文件管理器中打开它。", path.display());
    let status = Command::new(program)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|_| failed())?;
    // explorer answers 1 even when it has opened the folder.
    if status.success() || cfg!(target_os = "windows") { Ok(()) } else { Err(failed()) }
}
