//! Files of evidence: chosen in a dialog, dropped on the window, or given by their path.

use std::path::{Path, PathBuf};
use std::time::Instant;

use iced::Task;
use iced::widget::{Id, operation};

use super::arrivals::{Progress, Stage, Target};
use super::deed::{Deed, Place, group_place};
use super::{Group, Message, State, Step};
use crate::app::dialog::{self, Picked};
use crate::app::kind;
use crate::app::worker::{self, Broken};
use crate::domain::{Attachment, Field, Role};
use crate::store::Blobs;

/// What became of each file: kept, or a sentence that says why not.
pub(crate) type Copies = Vec<Result<Attachment, String>>;

/// The box for a path where there is no file dialog.
pub(super) fn path_id() -> Id {
    Id::new("attach-path")
}

impl State {
    pub(super) fn ask_for_files(&mut self, letter: usize, piece: usize) -> Task<Message> {
        let Some(to) = self.target(letter, piece) else { return Task::none() };
        let number = self.arrivals.ask(to);
        let dialog = dialog::evidence_files();
        worker::ask(dialog, Picked::Unavailable, move |picked| {
            Message::AttachPicked(number, picked)
        })
    }

    /// Where files for a piece go; `None` where nothing may be added, which is said.
    fn target(&mut self, letter: usize, piece: usize) -> Option<Target> {
        if !self.may_write {
            self.tell(self.why_read_only());
            return None;
        }
        Target::of(&self.roster, letter, piece)
    }

    pub(super) fn picked(&mut self, number: u64, picked: Picked) -> Task<Message> {
        let Some(ticket) = self.arrivals.take(number) else { return Task::none() };
        match picked {
            Picked::Paths(paths) => self.attach(ticket.to, false, paths),
            Picked::Cancelled => Task::none(),
            Picked::Unavailable => {
                self.typed_path = Some((ticket.to, String::new()));
                self.tell(dialog::UNAVAILABLE);
                operation::focus(path_id())
            }
        }
    }

    pub(super) fn attach_typed(&mut self) -> Task<Message> {
        let Some((to, path)) = self.typed_path.clone() else { return Task::none() };
        if path.trim().is_empty() {
            return Task::none();
        }
        match dialog::typed_path(&path) {
            Ok(path) => self.attach(to, false, vec![path]),
            Err(problem) => {
                self.tell(problem);
                Task::none()
            }
        }
    }

    /// A dropped file goes to the piece edited last, else to a new piece of the letter shown, which
    /// takes those dropped with it too. On a letter a picture becomes a figure.
    pub(super) fn drop_file(&mut self, path: PathBuf) -> Task<Message> {
        if matches!(self.step, Step::Letter(_)) && kind::is_picture(&path) {
            return self.drop_picture(path);
        }
        let letter = match self.step {
            Step::Letter(letter) if kind::is_word(&path) => return self.drop_word(letter, path),
            Step::Evidence(letter) | Step::Letter(letter) => letter,
            _ => {
                self.tell(match self.draft.role {
                    Role::Demander => "发榜的材料没有佐证文件，这个文件没有添加。",
                    Role::Solver if kind::is_word(&path) => {
                        "要导入申请书，请先打开“申请书”这一步，再把 Word 文件拖进来。"
                    }
                    Role::Solver => "要添加佐证文件，请先打开“佐证材料”这一步，再把文件拖进来。",
                });
                return Task::none();
            }
        };
        let edited = self.focus.as_ref().and_then(|field| {
            let segments: Vec<&str> = field.segments().collect();
            match segments.as_slice() {
                ["applications", n, "evidence", m, ..] if n.parse() == Ok(letter) => m.parse().ok(),
                _ => None,
            }
        });
        let with_others = self.arrivals.dropped_to(letter, &self.roster);
        let Some(to) = self.target(letter, edited.unwrap_or(usize::MAX)) else {
            return Task::none();
        };
        self.attach(with_others.unwrap_or(to), true, vec![path])
    }

    /// Copies files in on a thread of its own.
    fn attach(&mut self, to: Target, dropped: bool, paths: Vec<PathBuf>) -> Task<Message> {
        let names = paths.iter().map(|path| name_of(path)).collect();
        let (number, progress) = self.arrivals.copy(to, dropped, names);
        let blobs = self.blobs.clone();
        worker::run(
            move || copy(&blobs, &paths, &progress),
            move |result| Message::Attached(number, result),
        )
    }

    pub(super) fn attached(
        &mut self,
        number: u64,
        result: Result<Copies, Broken>,
    ) -> Task<Message> {
        let Some(ticket) = self.arrivals.take(number) else { return Task::none() };
        let Stage::Copying(names, progress) = ticket.stage else { return Task::none() };
        if progress.is_stopped() {
            self.tell(format!("已停止复制，没有添加{}。", quoted(&names)));
            return Task::none();
        }
        let results = result.unwrap_or_else(|broken| vec![Err(broken.to_string())]);
        let (good, bad): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        let problems: Vec<String> = bad.into_iter().filter_map(Result::err).collect();
        let files: Vec<Attachment> = good.into_iter().flatten().collect();
        if !problems.is_empty() {
            self.warn(problems.join("；"));
        }
        if files.is_empty() {
            return Task::none();
        }
        let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        let Some(letter) = ticket.to.letter_at(&self.roster) else {
            let why = "要放进的申请书在复制的时候删除了";
            self.warn(format!("没有添加{}：{why}。请在别的事项里重新添加。", quoted(&names)));
            return Task::none();
        };
        if problems.is_empty() && self.typed_path.as_ref().is_some_and(|(to, _)| *to == ticket.to) {
            self.typed_path = None;
        }
        self.put_in(ticket.to, letter, files, problems.is_empty())
    }

    fn put_in(
        &mut self,
        to: Target,
        letter: usize,
        files: Vec<Attachment>,
        say: bool,
    ) -> Task<Message> {
        let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        let place = Place { step: Step::Evidence(letter), field: None };
        let mut deed = Deed::at(place, format!("添加文件{}", quoted(&names)));
        if let Some((_, m)) = to.at(&self.roster) {
            deed.before = group_place(&self.draft, Group::Evidence(letter), m);
            deed.after = deed.before.clone();
        }
        let task = self.change_as(deed, Instant::now(), |draft, roster| {
            let Some((n, m)) = to.make(draft, roster) else { return };
            let letter = draft.applications.get_mut(n);
            if let Some(piece) = letter.and_then(|letter| letter.evidence.get_mut(m)) {
                piece.files.extend(files);
            }
        });
        let Some(task) = task else { return Task::none() };
        if say && self.step != Step::Evidence(letter) {
            let step = Step::Evidence(letter).title();
            self.tell_done(format!("已把{}添加到“{step}”。", quoted(&names)));
        }
        task
    }

    pub(super) fn remove_file(
        &mut self,
        letter: usize,
        piece: usize,
        file: usize,
    ) -> Task<Message> {
        let name = self
            .draft
            .applications
            .get(letter)
            .and_then(|letter| Some(letter.evidence.get(piece)?.files.get(file)?.name.clone()));
        let Some(name) = name else { return Task::none() };
        let place = group_place(&self.draft, Group::Evidence(letter), piece);
        let deed = Deed::at(place, format!("取下文件“{name}”"));
        let task = self.change_as(deed, Instant::now(), |draft, _| {
            let letter = draft.applications.get_mut(letter);
            if let Some(piece) = letter.and_then(|letter| letter.evidence.get_mut(piece)) {
                piece.files.remove(file);
            }
        });
        let Some(task) = task else { return Task::none() };
        self.checking.visit(&Field::evidence(letter, piece, "files"));
        self.tell_done(format!("已取下“{name}”。"));
        task
    }

    /// Files are being asked for or copied.
    pub(crate) fn is_copying(&self) -> bool {
        !self.arrivals.is_empty() || self.pictures.is_copying()
    }

    /// Gives up the files that are asked for or being copied; a copy ends a moment later.
    pub(crate) fn stop_copying(&mut self) {
        self.arrivals.stop(None);
    }

    /// What is on its way, in a sentence.
    pub(crate) fn copying_words(&self) -> String {
        let copies = self.arrivals.copies(|_| true);
        match copies.as_slice() {
            [] if self.pictures.is_copying() => "正在复制图片。".to_owned(),
            [] => "选择佐证文件的窗口还开着。".to_owned(),
            [one] => format!("{}。", one.words.trim_end_matches('…')),
            [one, ..] => {
                format!("{}，另有 {} 批。", one.words.trim_end_matches('…'), copies.len() - 1)
            }
        }
    }
}

/// Copies files in, one after the other; what `progress` stops is dropped.
fn copy(blobs: &Blobs, paths: &[PathBuf], progress: &Progress) -> Copies {
    let mut before = 0;
    let one = |(n, path): (usize, &PathBuf)| {
        progress.begin(n, before);
        let done = before;
        let watch = |bytes: u64| progress.reach(done + bytes);
        let kept = blobs.attach_watched(path, &watch).map_err(|error| error.to_string());
        before += kept.as_ref().map_or(0, |file| file.bytes);
        kept
    };
    paths.iter().enumerate().map(one).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Names of files, not too many.
fn quoted(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("“{one}”"),
        [one, ..] => format!("“{one}”等 {} 个文件", names.len()),
    }
}
