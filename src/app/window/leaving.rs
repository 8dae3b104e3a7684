//! Leaving a draft: what stands in the way, and what the person wants done about it.

use iced::Task;
use iced::widget::{Id, center, column, container, opaque, row, text, text_input};

use super::{App, Message as AppMessage};
use crate::app::dialog::{self, Picked};
use crate::app::focus;
use crate::app::screen::editor::{self, Copied};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
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
    /// It is being broken off.
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
    /// To break the export off.
    Stopped,
}

fn path_id() -> Id {
    Id::new("copy-path")
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
            Some(editor) => match editor.flush() {
                Ok(()) => return self.left(to),
                Err(problem) => Obstacle::Unsaved(problem),
            },
            None => return self.left(to),
        };
        self.help = false;
        self.leaving = Some(Leaving { to, obstacle, told: None, copying: false, path: None });
        focus::enter_dialog()
    }

    fn left(&mut self, to: Destination) -> Task<AppMessage> {
        self.leaving = None;
        if let Some(editor) = &self.editor {
            self.settings.page_share = editor.preview_share();
            self.settings.page_open = editor.is_page_open();
        }
        self.note_place();
        self.settings.save(&self.store);
        match to {
            Destination::Outside => iced::exit(),
            Destination::Home => {
                self.editor = None;
                self.home.list().map(AppMessage::Home)
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
                return back;
            }
            Message::GivenUp => return self.left(to),
            Message::Stopped => {
                editor.stop_export();
                leaving.obstacle = Obstacle::Stopping;
            }
            Message::Retried => match editor.flush() {
                Ok(()) => return self.left(to),
                Err(problem) => {
                    leaving.obstacle = Obstacle::Unsaved(problem);
                    let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
                    leaving.told = Some(format!("{time} 又试了一次，还是没有保存。"));
                    return focus::enter_dialog();
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
                return focus::enter(Some(path_id()));
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
                return focus::enter_dialog();
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
            Obstacle::Stopping if !editor.is_exporting() => {
                let to = leaving.to;
                return self.leave_or_ask(to);
            }
            _ => return Task::none(),
        };
        leaving.obstacle = Obstacle::Gone(gone);
        leaving.told = None;
        focus::enter_dialog()
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

    /// The question, over whatever is shown.
    pub(super) fn view(&self) -> Element<'_, Message> {
        let outside = self.to == Destination::Outside;
        let (title, words) = match &self.obstacle {
            Obstacle::Unsaved(problem) => (
                "最后的改动还没有保存",
                format!(
                    "{problem}。可以腾出磁盘空间、接好磁盘后再试一次；也可以把草稿连同佐证文件另存到别处，例如 U 盘。"
                ),
            ),
            Obstacle::Exporting => (
                "还在导出",
                "现在离开就要停止导出；停止以后，导出文件夹保持导出以前的样子。".to_owned(),
            ),
            Obstacle::Stopping => ("正在停止导出……", "停下来就离开。".to_owned()),
            Obstacle::Gone(words) => ("可以离开了", (*words).to_owned()),
            Obstacle::Copied(copied) => ("已另存，可以离开了", whereabouts(copied)),
        };
        let mut parts =
            column![text(title).size(size::TITLE), control::prose(words).size(size::BODY)]
                .spacing(gap::M);
        if let Some(told) = &self.told {
            let told = container(control::prose(told).size(size::BODY));
            parts = parts.push(told.padding(gap::S).width(iced::Fill).style(theme::warning_box));
        }
        if let Some(path) = &self.path
            && matches!(self.obstacle, Obstacle::Unsaved(_))
        {
            parts = parts.push(path_box(path));
        }
        parts =
            parts.push(self.buttons(if outside { "关闭窗口" } else { "回到草稿列表" }));
        let card = container(control::scroll(parts)).padding(gap::XL).max_width(560);
        opaque(center(card.style(theme::card)).padding(gap::M).style(theme::veil))
    }

    fn buttons(&self, leave: &str) -> Element<'_, Message> {
        let stay = || control::secondary("回去接着填写", Some(Message::Stayed));
        let buttons = match &self.obstacle {
            _ if self.copying => row![],
            Obstacle::Unsaved(_) => row![
                control::primary("再试一次", Some(Message::Retried)),
                control::secondary("另存为文件……", Some(Message::CopyAsked)),
                stay(),
                control::secondary(&format!("放弃这些改动，{leave}"), Some(Message::GivenUp)),
            ],
            Obstacle::Exporting => row![
                control::primary("继续等待", Some(Message::Stayed)),
                control::secondary("停止并离开", Some(Message::Stopped)),
            ],
            // A disk that does not answer must hold nobody.
            Obstacle::Stopping => {
                row![control::secondary("不再等待，马上离开", Some(Message::Retried)), stay()]
            }
            Obstacle::Gone(_) => row![control::primary(leave, Some(Message::Retried)), stay()],
            Obstacle::Copied(_) => row![control::primary(leave, Some(Message::GivenUp)), stay()],
        };
        buttons.spacing(gap::S).wrap().vertical_spacing(gap::S).into()
    }
}

/// Where a copy lies and how to go on with it.
fn whereabouts(copied: &Copied) -> String {
    let path = &copied.path;
    let mut words =
        format!("草稿已另存到“{}”。以后在首页用“打开文件”打开它，就能接着填写。", path.display());
    if copied.evidence > 0 {
        let folder = path.with_extension("files");
        words += &format!("佐证文件在它旁边的“{}”里，要一起带走。", folder.display());
    }
    words
}

fn path_box(path: &str) -> Element<'_, Message> {
    row![
        guard(
            text_input("文件或文件夹的完整路径", path)
                .id(path_id())
                .on_input(Message::PathTyped)
                .on_submit(Message::PathGiven)
                .size(size::BODY)
                .padding([7.0, gap::S])
                .style(theme::input(Tone::Plain))
        ),
        control::secondary("另存到这里", Some(Message::PathGiven)),
    ]
    .spacing(gap::S)
    .align_y(iced::Alignment::Center)
    .into()
}
