//! What is done when the program itself is at fault: a report, which holds nothing of drafts, and a
//! sentence for the person.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};
use std::thread::{self, ThreadId};
use std::time::Duration;

use jiff::Zoned;

use crate::domain::UNTRUSTED_THREAD;
use crate::domain::io_error::reason;
use crate::store::{event_log, report};

/// Name of the thread that writes a report.
const WRITER: &str = "fault-report";
/// A report that takes longer is not waited for.
const PATIENCE: Duration = Duration::from_secs(8);
/// So many lines of the log go into a report.
const LOG_LINES: usize = 40;

/// A fault that was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// File, line and column of the source.
    pub place: String,
    /// It was on the thread that ends the program with it.
    pub ends: bool,
    /// The report, or why there is none.
    pub report: Result<PathBuf, String>,
}

/// A window that ended by a fault, as another process is to tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The data folder.
    pub root: PathBuf,
    /// The report, where one could be written.
    pub report: Option<PathBuf>,
    /// The identifier of the draft that was open.
    pub draft: Option<String>,
    /// What was typed last could not be written.
    pub unsaved: bool,
}

/// How a program tells its faults.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// The sentence for standard error.
    pub sentence: fn(&Told) -> String,
    /// Called where the program cannot even end by itself, as cleaning up has failed too.
    pub last_resort: fn(&Told),
}

static ROOT: RwLock<Option<PathBuf>> = RwLock::new(None);
static LAST: Mutex<Option<Told>> = Mutex::new(None);
/// Where this process has been at fault and gone on: a job that fails again and again writes one report.
static SEEN: Mutex<Vec<(String, PathBuf)>> = Mutex::new(Vec::new());
/// The thread with which the program ends.
static MAIN: OnceLock<ThreadId> = OnceLock::new();

thread_local! {
    /// A fault of this thread is being cleaned up after.
    static UNWINDING: Cell<bool> = const { Cell::new(false) };
}

/// Has reports written under this data folder from now on.
pub fn keep_reports_in(root: &Path) {
    if let Ok(mut place) = ROOT.write() {
        *place = Some(root.to_owned());
    }
}

/// The data folder, where it is known by now.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    ROOT.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Has faults told in this manner from now on. The first thread to call it is the one with which the
/// program ends.
pub fn watch(manner: Manner) {
    MAIN.get_or_init(|| thread::current().id());
    panic::set_hook(Box::new(move |info| tell(info, manner)));
}

/// What `job` returns; `None` where it is at fault, which has been told by then.
pub fn caught<T>(job: impl FnOnce() -> T) -> Option<T> {
    // What the job has left half changed nobody uses but to save it.
    let done = catch_unwind(AssertUnwindSafe(job)).ok();
    if done.is_none() {
        UNWINDING.set(false);
    }
    done
}

/// The fault told last.
#[must_use]
pub fn last() -> Option<Told> {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The manner of the command line.
#[must_use]
pub const fn of_command_line() -> Manner {
    Manner { sentence: of_command, last_resort: |_| {} }
}

fn of_command(told: &Told) -> String {
    format!("错误：程序内部出错（{}），没有做完。{}", told.place, told.about_report())
}

impl Told {
    /// Where the report lies, and what it holds.
    #[must_use]
    pub fn about_report(&self) -> String {
        match &self.report {
            Ok(path) => {
                format!("错误报告写在“{}”，里面没有任何填写的内容。", path.display())
            }
            Err(problem) => format!("错误报告没有写成：{problem}。"),
        }
    }
}

/// What is known of a fault before its report is written. What a panic says is in it only where it is part
/// of the program: what was put together may quote a draft.
struct Fault {
    thread: String,
    place: String,
    words: Option<&'static str>,
    calls: Backtrace,
}

impl Fault {
    fn of(info: &PanicHookInfo<'_>) -> Self {
        let words = info.payload().downcast_ref::<&'static str>().copied();
        Self {
            thread: thread::current().name().unwrap_or("（无名）").to_owned(),
            place: info.location().map(ToString::to_string).unwrap_or_default(),
            words,
            calls: Backtrace::force_capture(),
        }
    }
}

/// The hook. It must not panic, which would end the program at once: all that could runs on a thread of
/// its own.
fn tell(info: &PanicHookInfo<'_>, manner: Manner) {
    match thread::current().name() {
        Some(WRITER) => return,
        Some(UNTRUSTED_THREAD) => {
            // A stranger's file tripped a library: that is told where the file is.
            log::warn!("a library gave up on a file");
            return;
        }
        _ => {}
    }
    let ends = MAIN.get() == Some(&thread::current().id());
    let is_second = UNWINDING.try_with(|unwinding| unwinding.replace(true)).unwrap_or(true);
    let fault = Fault::of(info);
    let place = fault.place.clone();
    let report = match earlier_report(&place).filter(|_| !ends) {
        Some(path) => Ok(path),
        None => write_elsewhere(fault),
    };
    if let Ok(path) = &report {
        remember(&place, path);
    }
    let told = Told { place, ends, report };
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(told.clone());
    // Where nobody can read it, it is not to be a panic of its own.
    let _ = writeln!(io::stderr(), "{}", (manner.sentence)(&told));
    if ends && is_second {
        (manner.last_resort)(&told);
        std::process::exit(2);
    }
}

/// The report of an earlier fault at the same place.
fn earlier_report(place: &str) -> Option<PathBuf> {
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    seen.iter().find(|(known, _)| known == place).map(|(_, path)| path.clone())
}

fn remember(place: &str, path: &Path) {
    if earlier_report(place).is_none() {
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push((place.to_owned(), path.to_owned()));
    }
}

/// Writes the report on a thread of its own, which may fail in any way.
fn write_elsewhere(fault: Fault) -> Result<PathBuf, String> {
    let (done, waits) = mpsc::channel();
    let job = move || {
        let _ = done.send(write(&fault));
    };
    let started = thread::Builder::new().name(WRITER.to_owned()).spawn(job);
    started.map_err(|error| reason(&error).to_string())?;
    waits.recv_timeout(PATIENCE).unwrap_or_else(|_| Err("写的时候又出了错".to_owned()))
}

fn write(fault: &Fault) -> Result<PathBuf, String> {
    let root = data_folder().ok_or_else(|| "还不知道数据文件夹在哪里".to_owned())?;
    let now = Zoned::now();
    // Before this fault joins them.
    let log = event_log::last_lines(&root, LOG_LINES);
    let written = report::write(&root, &text(fault, &now, &log), &now);
    let name = written.as_ref().ok().and_then(|path| path.file_name());
    let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    log::error!("fault thread={} place={} report={name}", fault.thread, fault.place);
    let folder = report::folder(&root);
    written.map_err(|error| format!("“{}”不能写入（{}）", folder.display(), reason(&error)))
}

/// The report.
fn text(fault: &Fault, now: &Zoned, log: &[String]) -> String {
    let words = fault.words.unwrap_or("（没有写在这里：可能引用了填写的内容）");
    let system = crate::store::system::name();
    format!(
        "揭榜通 错误报告\n这份报告只写在本机，不会自动发送；里面没有任何填写的内容。\n\n\
         版本：{}\n系统：{system}\n时间：{}\n线程：{}\n位置：{}\n说明：{words}\n\n\
         ——— 调用栈 ———\n{}\n——— 最近的日志 ———\n{}\n",
        env!("CARGO_PKG_VERSION"),
        now.strftime("%Y-%m-%d %H:%M:%S %:z"),
        fault.thread,
        fault.place,
        fault.calls,
        log.join("\n"),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_what_helps_and_only_words_of_the_program() {
        let fault = |words| Fault {
            thread: "main".to_owned(),
            place: "src/甲.rs:1:2".to_owned(),
            words,
            calls: Backtrace::force_capture(),
        };
        let now = Zoned::now();
        let log = ["一行日志".to_owned()];
        let own = text(&fault(Some("called on a `None` value")), &now, &log);
        for part in [env!("CARGO_PKG_VERSION"), "main", "src/甲.rs:1:2", "`None`", "一行日志"]
        {
            assert!(own.contains(part), "{own}");
        }
        assert!(own.contains("fault::tests"), "the calls: {own}");
        assert!(text(&fault(None), &now, &log).contains("可能引用了填写的内容"));
    }

    #[test]
    fn a_job_that_panics_gives_nothing_and_the_next_one_runs() {
        assert_eq!(caught(|| -> u8 { panic!("of the test") }), None);
        assert_eq!(caught(|| 7), Some(7));
    }
}
