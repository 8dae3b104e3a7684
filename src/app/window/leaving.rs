//! Leaving a draft: what stands in the way, and what the person wants done about it.

mod view;

use std::path::PathBuf;
use std::time::Duration;

use iced::Task;
use iced::widget::Id;

use super::{App, Message as AppMessage};
use crate::app::dialog::{self, Picked};
use crate::app::focus;
use crate::app::screen::editor::{self, Copied, Saving};
use crate::app::screen::home;
use crate::app::worker::{self, Broken};

/// A save takes longer than this only on a slow disk: then it is told.
const QUICK: Duration = Duration::from_millis(300);

/// What the window remembers is not waited for longer than this.
const LAST: Duration = Duration::from_secs(1);

/// Where the person wants to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// To the list of drafts.
    Home,
    /// There, to begin a new one.
    New,
    /// There, to open a file.
    File,
    /// There, to open this file, which was dropped on the window.
    Given(PathBuf),
    /// Out of the program.
    Outside,
    /// Nowhere: a copy of the draft is to be kept in a file, and the draft gone on with.
    Nowhere,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Obstacle {
    /// The last changes are being saved.
    Saving,
    /// The last changes cannot be saved; the sentence says why.
    Unsaved(String),
    /// Nothing: a copy of the draft is wanted in a file.
    CopyWanted,
    /// An export is under way.
    Exporting,
    /// Evidence is being asked for or copied; the sentence says what.
    Attaching(String),
    /// That is being broken off.
    Stopping,
    /// Nothing any more; the sentence says what became of it.
    Gone(&'static str),
    /// The last changes lie elsewhere.
    Copied(Copied),
    /// What the window remembers is being written, and then it closes.
    Closing {
        /// What is not saved is given up.
        given_up: bool,
    },
}

/// The question whether to leave, as it stands over the window.
#[derive(Debug)]
pub(super) struct Leaving {
    to: Destination,
    obstacle: Obstacle,
    /// It has taken long enough to be told.
    slow: bool,
    /// The person has asked to try again.
    retried: bool,
    /// What came of the last try.
    told: Option<String>,
    /// A copy is being written.
    copying: bool,
    /// A path for the copy, typed where there is no file dialog.
    path: Option<String>,
    /// Where a copy was tried last.
    tried: Option<PathBuf>,
}

/// What the person wants, and what came of it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// To go on writing.
    Stayed,
    /// To save and leave, now that it may go.
    Retried,
    /// To keep a copy elsewhere.
    CopyAsked,
    /// The dialog for that was answered.
    CopyPicked(Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is where the copy goes.
    PathGiven,
    /// The copy was written, or not.
    Copied(Result<Result<Copied, String>, Broken>),
    /// To leave without what is not saved.
    GivenUp,
    /// To break off what is under way.
    Stopped,
    /// A save could have ended by now.
    Waited,
    /// The writing of what the window remembers has had its time.
    Closed,
}

fn path_id() -> Id {
    Id::new("copy-path")
}

/// Puts the keyboard into the first button.
fn enter() -> Task<AppMessage> {
    focus::enter_dialog().chain(Task::done(AppMessage::KeyboardPut))
}

impl App {
    /// Leaves the draft once everything is on disk and nothing runs; else asks.
    pub(super) fn leave(&mut self, to: Destination) -> Task<AppMessage> {
        match &mut self.leaving {
            Some(leaving) => {
                leaving.to = to;
                Task::none()
            }
            None => self.leave_or_ask(to),
        }
    }

    fn leave_or_ask(&mut self, to: Destination) -> Task<AppMessage> {
        let obstacle = match &self.editor {
            Some(editor) if editor.is_exporting() => Obstacle::Exporting,
            Some(editor) if editor.is_copying() => Obstacle::Attaching(editor.copying_words()),
            _ => return self.save_and_leave(to, false),
        };
        self.help = None;
        self.leaving = Some(Leaving::new(to, obstacle));
        enter()
    }

    /// Asks for a place for a copy of the draft, perhaps as it cannot be saved in its own, without leaving it.
    pub(super) fn save_elsewhere(&mut self, problem: Option<String>) -> Task<AppMessage> {
        if self.leaving.is_some() {
            return Task::none();
        }
        self.help = None;
        let obstacle = problem.map_or(Obstacle::CopyWanted, Obstacle::Unsaved);
        self.leaving = Some(Leaving::new(Destination::Nowhere, obstacle));
        Task::batch([enter(), self.leaving_happened(Message::CopyAsked)])
    }

    /// Leaves once the last changes are on disk, which nobody waits for on this thread.
    fn save_and_leave(&mut self, to: Destination, retried: bool) -> Task<AppMessage> {
        let to_editor = self.to_editor();
        let saved = self.editor.as_mut().map_or_else(Task::none, editor::State::save);
        self.help = None;
        // Who has tried again looks at the question already.
        let leaving = Leaving { retried, slow: retried, ..Leaving::new(to, Obstacle::Saving) };
        self.leaving = Some(leaving);
        let looked = self.look_at_obstacle();
        if self.leaving.as_ref().is_some_and(|leaving| leaving.obstacle == Obstacle::Saving) {
            let waited = worker::after(QUICK, AppMessage::Leaving(Message::Waited));
            let keyboard = if retried { enter() } else { Task::none() };
            return Task::batch([saved.map(to_editor), looked, waited, keyboard]);
        }
        looked
    }

    fn left(&mut self, to: Destination, given_up: bool) -> Task<AppMessage> {
        if to == Destination::Nowhere {
            return self.stay();
        }
        if let Some(editor) = &self.editor {
            self.settings.page_share = editor.preview_share();
            self.settings.page_open = editor.is_page_open();
            self.settings.note_left(editor.left());
        }
        self.note_place();
        let kept = self.keep_settings();
        let back = match to {
            Destination::Outside => {
                self.leaving = Some(Leaving::new(to, Obstacle::Closing { given_up }));
                let closed = worker::after(LAST, AppMessage::Leaving(Message::Closed));
                return Task::batch([kept, closed]);
            }
            Destination::Nowhere => Task::none(),
            Destination::Home => self.home.come_back(),
            Destination::New => self.home.come_back_to_new(),
            Destination::File => Task::batch([self.home.come_back(), home::State::ask_for_file()]),
            Destination::Given(path) => {
                Task::batch([self.home.come_back(), self.home.open_path(path)])
            }
        };
        (self.leaving, self.editor) = (None, None);
        Task::batch([kept, back.map(AppMessage::Home)])
    }

    /// The window is about to close by itself.
    pub(super) fn is_closing(&self) -> bool {
        let obstacle = self.leaving.as_ref().map(|leaving| &leaving.obstacle);
        matches!(obstacle, Some(Obstacle::Closing { .. }))
    }

    /// Closes the window if it waits for nothing but that, and nothing was typed meanwhile.
    pub(super) fn close_if_asked(&mut self) -> Task<AppMessage> {
        let Some(Leaving { obstacle: Obstacle::Closing { given_up }, .. }) = self.leaving else {
            return Task::none();
        };
        if !given_up && self.editor.as_ref().is_some_and(editor::State::is_unsaved) {
            return self.save_and_leave(Destination::Outside, false);
        }
        iced::exit()
    }

    /// Takes in what the person wants.
    pub(super) fn leaving_happened(&mut self, message: Message) -> Task<AppMessage> {
        let Some(leaving) = &mut self.leaving else {
            self.copied_after_all(message);
            return Task::none();
        };
        let to = leaving.to.clone();
        match message {
            Message::Stayed => return self.stay(),
            Message::GivenUp => return self.left(to, true),
            Message::Retried => return self.save_and_leave(to, true),
            Message::Closed => return self.close_if_asked(),
            Message::Waited if leaving.obstacle == Obstacle::Saving && !leaving.slow => {
                leaving.slow = true;
                return enter();
            }
            Message::Waited => {}
            Message::Stopped => {
                leaving.obstacle = Obstacle::Stopping;
                if let Some(editor) = &mut self.editor {
                    editor.stop_export();
                    editor.stop_copying();
                }
                // A dialog is not waited for.
                return self.look_at_obstacle();
            }
            Message::CopyAsked => {
                let name = self.editor.as_ref().map(editor::State::file_name);
                let dialog = dialog::draft_copy(&name.unwrap_or_default());
                let picked = |picked| AppMessage::Leaving(Message::CopyPicked(picked));
                return worker::ask(dialog, Picked::Unavailable, picked);
            }
            Message::CopyPicked(picked) => return self.copy_picked(picked),
            Message::PathTyped(path) => leaving.path = Some(path),
            Message::PathGiven => match dialog::typed_path(leaving.path.as_deref().unwrap_or("")) {
                Ok(path) => return self.copy(path, false),
                Err(problem) => leaving.told = Some(problem),
            },
            Message::Copied(result) => {
                leaving.copied(result.unwrap_or_else(|broken| Err(broken.to_string())));
                return enter();
            }
        }
        Task::none()
    }

    fn stay(&mut self) -> Task<AppMessage> {
        self.leaving = None;
        let back = match &self.editor {
            Some(editor) => editor.take_keyboard_back(),
            None => Task::none(),
        };
        back.chain(Task::done(AppMessage::KeyboardPut))
    }

    fn copy_picked(&mut self, picked: Picked) -> Task<AppMessage> {
        let Some(leaving) = &mut self.leaving else { return Task::none() };
        match picked {
            Picked::Cancelled if leaving.obstacle == Obstacle::CopyWanted => self.stay(),
            Picked::Cancelled => Task::none(),
            Picked::Unavailable => {
                leaving.path.get_or_insert_default();
                leaving.told = Some(dialog::UNAVAILABLE.to_owned());
                focus::enter(Some(path_id())).chain(Task::done(AppMessage::KeyboardPut))
            }
            Picked::Paths(paths) => {
                let path = paths.into_iter().next();
                path.map_or_else(Task::none, |path| {
                    let is_agreed = editor::is_draft_file(&path);
                    self.copy(path, is_agreed)
                })
            }
        }
    }

    /// Writes the copy. A file that is there is replaced when that was agreed to in a dialog, or by asking
    /// for the same place again.
    fn copy(&mut self, path: PathBuf, is_agreed: bool) -> Task<AppMessage> {
        let (Some(leaving), Some(editor)) = (&mut self.leaving, &self.editor) else {
            return Task::none();
        };
        leaving.copying = true;
        leaving.told = Some("正在另存……".to_owned());
        let may_replace = is_agreed || leaving.tried.as_ref() == Some(&path);
        leaving.tried = Some(path.clone());
        let job = editor.copy_job(path, may_replace);
        let copied = worker::run(job, |result| AppMessage::Leaving(Message::Copied(result)));
        Task::batch([copied, enter()])
    }

    /// A copy for which nobody has waited is told of all the same.
    fn copied_after_all(&mut self, message: Message) {
        let (Message::Copied(result), Some(editor)) = (message, &mut self.editor) else { return };
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(copied) => editor.tell(view::whereabouts(&copied)),
            Err(problem) => editor.warn(not_copied(&problem)),
        }
    }

    /// What stood in the way may be gone by now.
    pub(super) fn look_at_obstacle(&mut self) -> Task<AppMessage> {
        let Some(leaving) = &mut self.leaving else { return Task::none() };
        let to = leaving.to.clone();
        let Some(editor) = &self.editor else { return self.left(to, false) };
        let gone = match leaving.obstacle {
            Obstacle::Saving => return self.look_at_saving(to),
            Obstacle::Unsaved(_) if !editor.is_unsaved() && !leaving.copying => {
                "现在已经保存好了。"
            }
            Obstacle::Exporting if !editor.is_exporting() => {
                "导出已经结束，结果在“检查与导出”一页。"
            }
            Obstacle::Attaching(_) if !editor.is_copying() => {
                "佐证文件已经复制完，结果在“佐证材料”一页。"
            }
            Obstacle::Stopping if !editor.is_exporting() && !editor.is_copying() => {
                return self.leave_or_ask(to);
            }
            _ => return Task::none(),
        };
        leaving.obstacle = Obstacle::Gone(gone);
        leaving.told = None;
        enter()
    }

    fn look_at_saving(&mut self, to: Destination) -> Task<AppMessage> {
        let to_editor = self.to_editor();
        let (Some(leaving), Some(editor)) = (&mut self.leaving, &mut self.editor) else {
            return Task::none();
        };
        match editor.how_saved() {
            Saving::Done => self.left(to, false),
            Saving::UnderWay => Task::none(),
            Saving::Due => editor.save().map(to_editor),
            Saving::Failed(problem) => {
                leaving.obstacle = Obstacle::Unsaved(problem);
                if leaving.retried {
                    let time = jiff::Zoned::now().strftime("%H:%M:%S");
                    leaving.told = Some(format!("{time} 又试了一次，还是没有保存。"));
                }
                enter()
            }
        }
    }
}

impl Leaving {
    const fn new(to: Destination, obstacle: Obstacle) -> Self {
        let (slow, retried, copying) = (false, false, false);
        Self { to, obstacle, slow, retried, told: None, copying, path: None, tried: None }
    }

    /// The person is asked something; nothing goes on by itself.
    #[cfg(test)]
    pub(super) const fn is_asked(&self) -> bool {
        !matches!(self.obstacle, Obstacle::Saving | Obstacle::Closing { .. })
    }

    fn copied(&mut self, result: Result<Copied, String>) {
        self.copying = false;
        match result {
            Ok(copied) => {
                self.told = None;
                self.obstacle = Obstacle::Copied(copied);
            }
            Err(problem) => self.told = Some(not_copied(&problem)),
        }
    }
}

fn not_copied(problem: &str) -> String {
    format!("没有另存成功：{problem}。也可以换一个位置。")
}
