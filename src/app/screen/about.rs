//! 关于: the version, the licences, where the data lie, and what a person copies for whoever helps.

use std::path::PathBuf;

use iced::widget::{center, column, container, opaque, row, text};
use iced::{Alignment, Fill, Task};

use super::export::opener;
use crate::app::diagnostics::{self, Screen};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::app::worker::{self, Broken};
use crate::store::{event_log, report};

/// What is shown.
#[derive(Debug)]
pub(crate) struct State {
    /// The data folder.
    root: PathBuf,
    screen: Screen,
    /// What came of the last button.
    told: Option<String>,
}

/// What happens there.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// It is put away.
    Closed,
    /// A folder is to be shown.
    FolderAsked(PathBuf),
    /// It is, or not.
    FolderShown(Result<Result<(), String>, Broken>),
    /// What helps is to be copied.
    CopyAsked,
    /// It was gathered.
    Gathered(Result<String, Broken>),
}

/// What the parent should do.
#[derive(Debug)]
pub(crate) enum Action {
    /// Run a task.
    Run(Task<Message>),
    /// Put it away.
    Close,
}

impl State {
    /// Of the program over a data folder.
    pub(crate) const fn new(root: PathBuf, screen: Screen) -> Self {
        Self { root, screen, told: None }
    }

    /// Takes in what happened.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Closed => return Action::Close,
            Message::FolderAsked(folder) => {
                self.told = None;
                let open = move || opener::open_folder(&folder);
                return Action::Run(worker::run(open, Message::FolderShown));
            }
            Message::FolderShown(shown) => {
                self.told = shown.unwrap_or_else(|broken| Err(broken.to_string())).err();
            }
            Message::CopyAsked => {
                let (root, screen) = (self.root.clone(), self.screen);
                let gather = move || diagnostics::gather(&root, Some(screen));
                return Action::Run(worker::run(gather, Message::Gathered));
            }
            Message::Gathered(Ok(text)) => {
                self.told = Some(
                    "诊断信息已复制，里面没有填写的内容和企业名称，可以粘贴到邮件里。".to_owned(),
                );
                return Action::Run(iced::clipboard::write(text));
            }
            Message::Gathered(Err(broken)) => self.told = Some(broken.to_string()),
        }
        Action::Run(Task::none())
    }

    /// The dialog.
    pub(crate) fn view(&self) -> Element<'_, Message> {
        let heading = row![
            container(text("关于揭榜通").size(size::TITLE)).width(Fill),
            control::secondary("关闭", Some(Message::Closed)),
        ]
        .align_y(Alignment::Center);
        let version = format!("版本 {}", env!("CARGO_PKG_VERSION"));
        let licences = "程序按 MIT 许可分发；自带的思源宋体、思源黑体、霞鹜文楷按 SIL 开放字体许可 1.1 分发；用到的开源软件的许可在安装包的“许可”文件夹里。程序不联网，填写的内容只在这台电脑上。";
        let parts = column![
            text(version).size(size::BODY),
            control::prose(licences).size(size::BODY),
            self.folder("数据", self.root.clone()),
            self.folder("日志", event_log::folder(&self.root)),
            self.folder("错误报告", report::folder(&self.root)),
            control::hint(
                "诊断信息是版本、系统、内存、磁盘和最近的日志，没有填写的内容，没有企业名称。"
            ),
            control::secondary("复制诊断信息", Some(Message::CopyAsked)),
        ]
        .push(self.told.as_ref().map(|told| control::prose(told.as_str()).size(size::BODY)))
        .spacing(gap::M);
        let card = container(column![heading, control::scroll(parts)].spacing(gap::L));
        let card = card.padding(gap::XL).width(560).style(theme::card);
        opaque(center(card).padding(gap::M).style(theme::veil))
    }

    fn folder(&self, name: &'static str, folder: PathBuf) -> Element<'_, Message> {
        let shown = folder.display().to_string();
        let words = column![text(name).size(size::BODY), control::hint(shown)].spacing(2);
        let open = control::secondary("打开", Some(Message::FolderAsked(folder)));
        row![words.width(Fill), open].spacing(gap::M).align_y(Alignment::Center).into()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn about(root: PathBuf) -> State {
        State::new(root, Screen { scale: 1.0, density: 1.0 })
    }

    fn shows(state: &State, words: &str) -> bool {
        crate::app::launch::load_font();
        let font = iced::Font::with_name("Noto Sans SC");
        let settings = iced::Settings { default_font: font, ..iced::Settings::default() };
        let size = iced::Size::new(900.0, 560.0);
        let mut ui = iced_test::Simulator::with_size(settings, size, state.view());
        ui.find(words.to_owned()).is_ok()
    }

    #[test]
    fn it_tells_the_version_and_the_folders() {
        let root = PathBuf::from("/家/数据");
        let state = about(root.clone());
        let folders = [root.clone(), root.join("log"), root.join("reports")];
        assert!(folders.iter().all(|folder| shows(&state, &folder.display().to_string())));
        assert!(shows(&state, &format!("版本 {}", env!("CARGO_PKG_VERSION"))));
    }

    #[test]
    fn a_folder_that_is_not_there_yet_and_a_fault_are_told() {
        let mut state = about(PathBuf::from("/没有"));
        let problem = opener::open_folder(&event_log::folder(&state.root)).unwrap_err();
        let _action = state.update(Message::FolderShown(Ok(Err(problem.clone()))));
        assert!(shows(&state, &problem));
        let _action = state.update(Message::Gathered(Err(Broken)));
        assert!(shows(&state, &Broken.to_string()));
        let _action = state.update(Message::Gathered(Ok("x".to_owned())));
        assert!(state.told.as_ref().unwrap().contains("已复制"));
    }
}
