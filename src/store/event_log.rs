//! The log: what this program did, a line an event, in files of bounded size under the data folder.
//!
//! Only records of this crate go into it, and those name drafts by their identifier, never by what they
//! hold: no names of companies, no words, no names or paths of files. Each line opens the file, writes once
//! at its end and closes it, so that lines of two processes never tear, whoever renames the file may, and
//! a USB stick can be pulled. Where nothing can be written the program does without.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::RwLock;

use jiff::Zoned;
use log::{Level, LevelFilter, Log, Metadata, Record};

use super::disk::{private_file, private_folder};

/// The file that is written.
const NAME: &str = "jiebang.log";
/// Those it becomes one after the other; the last one is given up.
const EARLIER: [&str; 2] = ["jiebang.1.log", "jiebang.2.log"];
/// Held by the process that renames them.
const LOCK: &str = "rotate.lock";

/// From so many bytes on a file is put by.
const MOST: u64 = 1 << 20;
/// A file that cannot be put by takes no more than this.
const AT_LAST: u64 = 4 * MOST;
/// The longest message, characters.
const LONGEST: usize = 600;
/// Bytes at the end of the file in which the last lines are looked for.
const TAIL: u64 = 32 << 10;

/// Raises or lowers the level: `error`, `warn`, `info`, `debug`, `trace` or `off`.
const VARIABLE: &str = "JIEBANG_LOG";

/// Writes the records of this process.
struct Sink {
    /// The folder; `None`: nowhere yet.
    folder: RwLock<Option<PathBuf>>,
}

static SINK: Sink = Sink { folder: RwLock::new(None) };

/// The folder of the log.
#[must_use]
pub fn folder(root: &Path) -> PathBuf {
    root.join("log")
}

/// Has this process logged under the data folder `root` from now on. The folder itself is never made for it.
pub fn start(root: &Path) {
    if let Ok(mut place) = SINK.folder.write() {
        *place = Some(folder(root));
    }
    if log::set_logger(&SINK).is_ok() {
        let level = std::env::var(VARIABLE).ok().and_then(|level| level.trim().parse().ok());
        log::set_max_level(level.unwrap_or(LevelFilter::Info));
    }
}

/// The newest lines, oldest first.
#[must_use]
pub fn last_lines(root: &Path, most: usize) -> Vec<String> {
    let text = tail(&folder(root).join(NAME)).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(most);
    lines.into_iter().skip(from).map(str::to_owned).collect()
}

fn tail(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Log for Sink {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let own = env!("CARGO_CRATE_NAME");
        let rest = metadata.target().strip_prefix(own);
        metadata.level() <= log::max_level()
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        // A fault may be logged from anywhere; it must never wait for itself.
        let Ok(place) = self.folder.try_read() else { return };
        if let Some(folder) = place.as_deref() {
            let line = line(&Zoned::now(), record.level(), record.target(), *record.args());
            // A full disk or a folder that is gone is no reason to stop.
            let _ = append(folder, &line);
        }
    }

    fn flush(&self) {}
}

/// Time with its offset, level, process, where, and what, on one line.
fn line(now: &Zoned, level: Level, target: &str, message: fmt::Arguments<'_>) -> String {
    let place = target.split_once("::").map_or("main", |(_, place)| place);
    let message = message.to_string();
    let message: String =
        message.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let time = now.strftime("%Y-%m-%d %H:%M:%S%.3f %:z");
    format!("{time} {level:5} {} {place}: {message}\n", process::id())
}

fn append(folder: &Path, line: &str) -> io::Result<()> {
    if !folder.is_dir() {
        private_folder().create(folder)?;
    }
    let path = folder.join(NAME);
    // A pipe would block on opening.
    if fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut file = private_file().append(true).create(true).open(&path)?;
    let length = file.metadata()?.len();
    if length < AT_LAST {
        file.write_all(line.as_bytes())?;
    }
    drop(file);
    if length > MOST { put_by(folder) } else { Ok(()) }
}

/// Renames the full file, unless another process is about it.
fn put_by(folder: &Path) -> io::Result<()> {
    // Windows locks no file that is open for appending alone.
    let lock = private_file().read(true).append(true).create(true).open(folder.join(LOCK))?;
    if lock.try_lock().is_err() {
        return Ok(());
    }
    let path = folder.join(NAME);
    // Another may have done it just before, and nobody have written since.
    if !fs::metadata(&path).is_ok_and(|about| about.len() > MOST) {
        return Ok(());
    }
    let [first, second] = EARLIER.map(|name| folder.join(name));
    // The first time there is none.
    let _ = fs::rename(&first, second);
    fs::rename(path, first)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_time_offset_level_and_place_and_no_line_breaks() {
        let now: Zoned = "2026-11-22T08:05:09.5+08:00[+08:00]".parse().unwrap();
        let line = line(&now, Level::Info, "jiebang::store::save", format_args!("甲\n乙\u{1b}[1m"));
        let expected = "2026-11-22 08:05:09.500 +08:00 INFO ";
        assert!(line.starts_with(expected), "{line}");
        assert!(line.ends_with(" store::save: 甲 乙 [1m\n"), "{line}");
    }

    #[test]
    fn records_of_libraries_stay_out() {
        let of = |target| {
            let metadata = Metadata::builder().target(target).level(Level::Error).build();
            log::set_max_level(LevelFilter::Info);
            SINK.enabled(&metadata)
        };
        assert!(of("jiebang") && of("jiebang::store::save"));
        assert!(!of("lopdf") && !of("jiebang_other") && !of("iced_winit"));
    }

    #[test]
    fn full_files_are_put_by_and_the_oldest_is_given_up() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path());
        for round in 0..4 {
            append(&folder, &format!("{round}\n")).unwrap();
            let rest = vec![b'x'; MOST as usize];
            fs::OpenOptions::new()
                .append(true)
                .open(folder.join(NAME))
                .unwrap()
                .write_all(&rest)
                .unwrap();
            append(&folder, "\nlast\n").unwrap();
        }
        let first = |name: &str| fs::read_to_string(folder.join(name)).unwrap().chars().next();
        assert_eq!((first(EARLIER[0]), first(EARLIER[1])), (Some('3'), Some('2')));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "and the lock");
        assert!(last_lines(root.path(), 5).is_empty());
        append(&folder, "一\n二\n三\n").unwrap();
        assert_eq!(last_lines(root.path(), 2), ["二", "三"]);
    }

    #[test]
    fn a_file_that_cannot_be_put_by_stays_bounded() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path());
        append(&folder, "x\n").unwrap();
        fs::write(folder.join(NAME), vec![b'x'; AT_LAST as usize]).unwrap();
        fs::create_dir_all(folder.join(EARLIER[0]).join("y")).unwrap();
        fs::create_dir_all(folder.join(EARLIER[1]).join("y")).unwrap();
        assert!(append(&folder, "more\n").is_err());
        assert_eq!(fs::metadata(folder.join(NAME)).unwrap().len(), AT_LAST);
    }

    #[test]
    fn lines_of_many_writers_do_not_tear_while_files_are_put_by() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path());
        private_folder().create(&folder).unwrap();
        let words = "字".repeat(300);
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let (folder, words) = (&folder, &words);
                scope.spawn(move || {
                    for _ in 0..400 {
                        append(folder, &format!("{writer}{words}\n")).unwrap();
                    }
                });
            }
        });
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let all = read(EARLIER[0]) + &read(NAME);
        let whole = |line: &str| line.chars().count() == 301 && line.ends_with(&words);
        assert!(all.lines().all(whole));
        assert_eq!(all.lines().count(), 1600);
    }

    #[cfg(unix)]
    #[test]
    fn the_log_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path());
        append(&folder, "x\n").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join(NAME))), (0o700, 0o600));
        assert!(append(&root.path().join("none").join("log"), "x").is_err(), "no root is made");
    }
}
