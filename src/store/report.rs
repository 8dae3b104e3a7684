//! Reports of faults of the program itself, a file each, of which the newest are kept.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process;

use jiff::Zoned;

use super::disk::{private_file, private_folder};

/// So many are kept.
const MOST_KEPT: usize = 10;
/// Of a report so many bytes are read: its head is far shorter.
const MOST_BYTES: u64 = 256 << 10;

/// The folder of the reports.
#[must_use]
pub fn folder(root: &Path) -> PathBuf {
    root.join("reports")
}

/// Writes a report and gives its path; what is too old is removed.
pub fn write(root: &Path, text: &str, now: &Zoned) -> io::Result<PathBuf> {
    let folder = folder(root);
    private_folder().recursive(true).create(&folder)?;
    let time = now.strftime("%Y%m%d-%H%M%S");
    for number in 0..100 {
        let path = folder.join(format!("report-{time}-{}-{number:02}.txt", process::id()));
        match private_file().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                thin(&folder);
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The newest report.
#[must_use]
pub fn newest(root: &Path) -> Option<PathBuf> {
    reports(&folder(root)).pop()
}

/// What stands at the head of a report: all but the calls and the log.
#[must_use]
pub fn head(path: &Path) -> Option<String> {
    let mut text = String::new();
    fs::File::open(path).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    let head: Vec<&str> = text.lines().take_while(|line| !line.starts_with("——")).collect();
    Some(head.join("\n").trim().to_owned())
}

/// The reports, oldest first: their names hold the time.
fn reports(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_report = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("report-") && name.ends_with(".txt")
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_report).collect();
    paths.sort();
    paths
}

fn thin(folder: &Path) {
    let paths = reports(folder);
    let surplus = paths.len().saturating_sub(MOST_KEPT);
    for path in paths.into_iter().take(surplus) {
        // One too many does no harm.
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(second: i8) -> Zoned {
        let day = jiff::civil::date(2026, 11, 22).at(8, 0, second, 0);
        day.to_zoned(jiff::tz::TimeZone::UTC).unwrap()
    }

    #[test]
    fn the_newest_are_kept_and_what_is_not_a_report_stays() {
        let root = tempfile::tempdir().unwrap();
        let first = write(root.path(), "一", &at(0)).unwrap();
        fs::write(folder(root.path()).join("note.txt"), "x").unwrap();
        for second in 1..=10 {
            write(root.path(), "版本：1\n\n——— 调用栈 ———\n0: main", &at(second)).unwrap();
        }
        let twice = write(root.path(), "二", &at(10)).unwrap();
        assert!(!first.exists() && newest(root.path()) == Some(twice));
        assert_eq!(reports(&folder(root.path())).len(), MOST_KEPT);
        assert!(folder(root.path()).join("note.txt").exists());
        let path = reports(&folder(root.path())).remove(0);
        assert_eq!(head(&path).as_deref(), Some("版本：1"));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        fs::write(folder(root.path()), "a file in its place").unwrap();
        assert!(write(root.path(), "x", &at(0)).is_err());
        assert_eq!(newest(root.path()), None);
    }

    #[cfg(unix)]
    #[test]
    fn reports_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let path = write(root.path(), "x", &at(0)).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder(root.path())), mode(&path)), (0o700, 0o600));
    }
}
