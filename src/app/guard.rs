//! Stands between the toolkit and the window: a fault of the window ends it in order, with what was typed
//! on disk, and has another process tell of it.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{self, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use iced::{Subscription, Task};

use super::gate::{Gate, Message};
use super::widget::Element;
use crate::fault::{self, Ended, Manner, Told};
use crate::store::DraftId;

/// How the window tells its faults.
pub(super) const MANNER: Manner = Manner { sentence, last_resort };

/// A disk that takes longer to write the draft is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

fn sentence(told: &Told) -> String {
    let (place, report) = (&told.place, told.about_report());
    match told.ends {
        true => format!("揭榜通出错退出（{place}）。{report}"),
        false => {
            format!("揭榜通有一步没有完成（{place}）；窗口没有关闭，草稿不受影响。{report}")
        }
    }
}

/// Cleaning up has failed as well: what is on disk is what autosave has written within the last second.
fn last_resort(_told: &Told) {
    if let Some(root) = fault::data_folder() {
        tell_after(root, None);
    }
}

/// The window.
#[derive(Debug)]
pub(super) struct Guarded {
    gate: Gate,
}

/// Writes a draft as it is. The sentence says why it could not.
pub(crate) type Write = Box<dyn FnOnce() -> Result<(), String> + Send>;

/// The draft that is open when the window ends by a fault.
pub(super) struct Rescue {
    pub(super) draft: DraftId,
    /// What writes it; `None`: it is only looked at.
    pub(super) write: Option<Write>,
}

/// What became of the draft that was open.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rescued {
    draft: DraftId,
    problem: Option<String>,
}

impl Guarded {
    pub(super) const fn new(gate: Gate) -> Self {
        Self { gate }
    }

    pub(super) fn update(&mut self, message: Message) -> Task<Message> {
        match fault::caught(|| self.gate.update(message)) {
            Some(task) => task,
            None => self.end(),
        }
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        fault::caught(|| self.gate.view()).unwrap_or_else(|| self.end())
    }

    pub(super) fn subscription(&self) -> Subscription<Message> {
        fault::caught(|| self.gate.subscription()).unwrap_or_else(|| self.end())
    }

    pub(super) fn title(&self) -> String {
        fault::caught(|| self.gate.title()).unwrap_or_else(|| self.end())
    }

    pub(super) fn theme(&self) -> iced::Theme {
        self.gate.theme()
    }

    pub(super) fn scale_factor(&self) -> f32 {
        self.gate.scale_factor()
    }

    /// Saves, has another process tell, and ends this one, with which goes the lock of the draft. Nothing
    /// of the window is run any more.
    fn end(&self) -> ! {
        let rescued = fault::caught(|| self.rescue()).flatten();
        tell_after(self.gate.root().to_owned(), rescued);
        process::exit(2)
    }

    /// Writes the draft that is open.
    fn rescue(&self) -> Option<Rescued> {
        let Rescue { draft, write } = self.gate.rescue()?;
        let problem = write.and_then(|write| within(PATIENCE, write).err());
        log::warn!("rescued draft={} written={}", draft.logged(), problem.is_none());
        Some(Rescued { draft, problem })
    }
}

/// A fault while the toolkit lays out or draws goes past the functions above, and drops the window.
impl Drop for Guarded {
    fn drop(&mut self) {
        if thread::panicking() {
            self.end();
        }
    }
}

/// Does `job` on a thread of its own, as what it works on may be what the window tripped over.
fn within(
    patience: Duration,
    job: impl FnOnce() -> Result<(), String> + Send + 'static,
) -> Result<(), String> {
    let (done, waits) = mpsc::channel();
    let job = move || {
        let _ = done.send(job());
    };
    thread::Builder::new().name("rescue".to_owned()).spawn(job).map_err(|e| e.to_string())?;
    waits.recv_timeout(patience).unwrap_or_else(|error| {
        Err(match error {
            RecvTimeoutError::Timeout => "磁盘没有响应。".to_owned(),
            RecvTimeoutError::Disconnected => "保存的时候又出了错。".to_owned(),
        })
    })
}

/// Has another process tell of the fault, as a second window cannot be opened in this one; where that
/// cannot be started, standard error must do.
pub(super) fn tell_after(root: PathBuf, rescued: Option<Rescued>) {
    let report = fault::last().and_then(|told| told.report.ok());
    let unsaved = rescued.as_ref().is_some_and(|rescued| rescued.problem.is_some());
    let (draft, problem) = match rescued {
        Some(rescued) => (Some(rescued.draft.as_str().to_owned()), rescued.problem),
        None => (None, None),
    };
    if let Some(problem) = problem {
        say(&format!("最后输入的内容没有存下：{problem}"));
    }
    let ended = Ended { root, report, draft, unsaved };
    if start(arguments(&ended)).is_err() {
        let drafts = ended.root.join("drafts");
        let most = if unsaved { "" } else { "，最多缺最后一秒的输入" };
        say(&format!("草稿保存在“{}”{most}；请重新打开程序接着填写。", drafts.display()));
    }
}

/// Says a line on standard error. Where nobody can read it, that is not to be a fault of its own.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// What the program is started again with.
fn arguments(ended: &Ended) -> Vec<OsString> {
    let mut arguments = vec!["--data-dir".into(), ended.root.clone().into_os_string()];
    arguments.push("--failed".into());
    arguments.extend(ended.report.clone().map(PathBuf::into_os_string));
    // In one piece: a folder that a person has named may begin with a dash.
    arguments.extend(ended.draft.as_ref().map(|draft| format!("--draft={draft}").into()));
    arguments.extend(ended.unsaved.then(|| "--unsaved".into()));
    arguments
}

/// Starts this program again, and does not wait for it.
pub(super) fn start(arguments: impl IntoIterator<Item = OsString>) -> io::Result<()> {
    let mut command = Command::new(program()?);
    command.args(arguments).stdin(Stdio::null());
    // Closing a terminal must not close what tells of the fault.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn().map(drop)
}

/// The file of this program. An AppImage is out of reach once its first process has ended: it is started
/// as a whole.
fn program() -> io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let image = std::env::var_os("APPIMAGE").zip(std::env::var_os("APPDIR"));
    Ok(match image {
        Some((image, mounted)) if own.starts_with(&mounted) => image.into(),
        _ => own,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_started_again_with_what_can_be_told() {
        let mut ended = Ended {
            root: "/家/数据".into(),
            report: Some("/家/数据/reports/r.txt".into()),
            draft: Some("20261122-1".to_owned()),
            unsaved: true,
        };
        let told = ["--failed", "/家/数据/reports/r.txt", "--draft=20261122-1", "--unsaved"];
        assert_eq!(arguments(&ended)[2..], told);
        (ended.report, ended.draft, ended.unsaved) = (None, None, false);
        assert_eq!(arguments(&ended), ["--data-dir", "/家/数据", "--failed"]);
    }

    #[test]
    fn a_rescue_that_fails_panics_or_hangs_is_told() {
        assert_eq!(within(PATIENCE, || Ok(())), Ok(()));
        assert_eq!(within(PATIENCE, || Err("满".to_owned())), Err("满".to_owned()));
        let told = within(PATIENCE, || panic!("of the test")).unwrap_err();
        assert!(told.contains("又出了错"));
        let (_held, hangs) = mpsc::channel::<()>();
        let told = within(Duration::ZERO, move || hangs.recv().map_err(|_| String::new()));
        assert!(told.unwrap_err().contains("没有响应"));
    }

    #[test]
    fn a_fault_says_whether_the_window_goes_on() {
        let mut told = Told {
            place: "src/甲.rs:1:2".to_owned(),
            ends: true,
            report: Err("磁盘是只读的".to_owned()),
        };
        assert!(sentence(&told).contains("退出") && sentence(&told).contains("没有写成"));
        told.ends = false;
        assert!(sentence(&told).contains("窗口没有关闭"));
    }
}
