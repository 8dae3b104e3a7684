//! Leaving a draft: what stands in the way, and what the person wants done about it.

mod view;

use iced::Task;
use iced::widget::Id;

use super::{App, Message as AppMessage};
use crate::app::dialog::{self, Picked};
use crate::app::focus;
use crate::app::screen::editor::{self, Copied};
use crate::app::worker::{self, Broken};

/// Where the person wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// To the list of drafts.
    Home,
    /// Out of the program.
    Outside,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Obstacle {
    /// The last changes cannot be saved; the sentence says why.
    Unsaved(String),
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
}

/// The question whether to leave, as it stands over the window.
#[derive(Debug)]
pub(super) struct Leaving {
    to: Destination,
    obstacle: Obstacle,
    /// What came of the last try.
    told: Option<String>,
    /// A copy is being written.
    copying: bool,
    /// A path for the copy, typed where there is no file dialog.
    path: Option<String>,
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
        let obstacle = match &mut self.editor {
            Some(editor) if editor.is_exporting() => Obstacle::Exporting,
            Some(editor) if editor.is_copying() => Obstacle::Attaching(editor.copying_words()),
            Some(editor) => match editor.flush() {
                Ok(()) => return self.left(to),
                Err(problem) => Obstacle::Unsaved(problem),
            },
            None => return self.left(to),
        };
        self.help = false;
        self.leaving = Some(Leaving { to, obstacle, told: None, copying: false, path: None });
        enter()
    }

    fn left(&mut self, to: Destination) -> Task<AppMessage> {
        self.leaving = None;
        if let Some(editor) = &self.editor {
            self.settings.page_share = editor.preview_share();
            self.settings.page_open = editor.is_page_open();
        }
        self.note_place();
        match to {
            Destination::Outside => {
                // The last chance: nothing runs after it.
                self.settings.save(&self.store);
                iced::exit()
            }
            Destination::Home => {
                self.editor = None;
                Task::batch([self.keep_settings(), self.home.come_back().map(AppMessage::Home)])
            }
        }
    }

    /// Takes in what the person wants.
    pub(super) fn leaving_happened(&mut self, message: Message) -> Task<AppMessage> {
        let (Some(leaving), Some(editor)) = (&mut self.leaving, &mut self.editor) else {
            return Task::none();
        };
        let to = leaving.to;
        match message {
            Message::Stayed => {
                let back = editor.take_keyboard_back();
                self.leaving = None;
                return back.chain(Task::done(AppMessage::KeyboardPut));
            }
            Message::GivenUp => return self.left(to),
            Message::Stopped => {
                editor.stop_export();
                editor.stop_copying();
                leaving.obstacle = Obstacle::Stopping;
                // A dialog is not waited for.
                return self.look_at_obstacle();
            }
            Message::Retried => match editor.flush() {
                Ok(()) => return self.left(to),
                Err(problem) => {
                    leaving.obstacle = Obstacle::Unsaved(problem);
                    let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
                    leaving.told = Some(format!("{time} 又试了一次，还是没有保存。"));
                    return enter();
                }
            },
            Message::CopyAsked => {
                let dialog = dialog::draft_copy(&editor.file_name());
                return Task::perform(dialog, |picked| {
                    AppMessage::Leaving(Message::CopyPicked(picked))
                });
            }
            Message::CopyPicked(Picked::Cancelled) => {}
            Message::CopyPicked(Picked::Unavailable) => {
                leaving.path.get_or_insert_default();
                leaving.told = Some(dialog::UNAVAILABLE.to_owned());
                let put = focus::enter(Some(path_id()));
                return put.chain(Task::done(AppMessage::KeyboardPut));
            }
            Message::CopyPicked(Picked::Paths(paths)) => {
                return paths
                    .into_iter()
                    .next()
                    .map_or_else(Task::none, |path| leaving.copy(editor, path));
            }
            Message::PathTyped(path) => leaving.path = Some(path),
            Message::PathGiven => match dialog::typed_path(leaving.path.as_deref().unwrap_or("")) {
                Ok(path) => return leaving.copy(editor, path),
                Err(problem) => leaving.told = Some(problem),
            },
            Message::Copied(result) => {
                leaving.copied(result.unwrap_or_else(|broken| Err(broken.to_string())));
                return enter();
            }
        }
        Task::none()
    }

    /// What stood in the way may be gone by now.
    pub(super) fn look_at_obstacle(&mut self) -> Task<AppMessage> {
        let (Some(leaving), Some(editor)) = (&mut self.leaving, &self.editor) else {
            return Task::none();
        };
        let gone = match leaving.obstacle {
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
                let to = leaving.to;
                return self.leave_or_ask(to);
            }
            _ => return Task::none(),
        };
        leaving.obstacle = Obstacle::Gone(gone);
        leaving.told = None;
        enter()
    }
}

impl Leaving {
    fn copy(&mut self, editor: &editor::State, path: std::path::PathBuf) -> Task<AppMessage> {
        self.copying = true;
        self.told = Some("正在另存……".to_owned());
        worker::run(editor.copy_job(path), |result| AppMessage::Leaving(Message::Copied(result)))
    }

    fn copied(&mut self, result: Result<Copied, String>) {
        self.copying = false;
        match result {
            Ok(copied) => {
                self.told = None;
                self.obstacle = Obstacle::Copied(copied);
            }
            Err(problem) => {
                self.told = Some(format!("没有另存成功：{problem}。请换一个位置再试。"))
            }
        }
    }
}
