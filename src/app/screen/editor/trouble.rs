//! Saving, and what is told while it fails: why, and what can be done, over the foot until it is saved.

use std::fmt;
use std::io;

use iced::widget::{column, container, row, space};
use iced::{Fill, Task};

use super::autosave::{Status, Written};
use super::{Action, Message, State, checking};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::app::worker::Broken;
use crate::store::{DraftId, Store, StoreError};

/// What is said where a save found the file changed by somebody else.
const FOREIGN: &str = "这份草稿的文件在窗口外被改动过（例如用备份替换过）。现在存的是窗口里的内容；被改动的那一份没有丢，在“历史版本”里，可以对照、恢复。";

/// What is said where the file was changed by somebody else while nothing was to be saved.
const FOREIGN_SEEN: &str = "这份草稿的文件刚才在窗口外被改动了（例如被备份、网盘同步或别的程序替换）。窗口里显示的还是改动前的内容，接着填写就以窗口里的为准；被改动的那一份没有丢，也在“历史版本”里，可以对照、恢复。";

/// Why a save failed and what to do, as one or two sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    what: String,
    advice: &'static str,
}

impl Trouble {
    /// What an error of the store means for the draft that was to be saved. Looks at the disk: not for
    /// the window's thread.
    pub(super) fn of(error: &StoreError, store: &Store, id: &DraftId) -> Self {
        let path = store.path(id);
        let folder = path.parent();
        if !folder.and_then(|folder| folder.parent()).is_some_and(|drafts| drafts.is_dir()) {
            let root = store.root().display();
            return Self {
                what: format!("存放草稿的文件夹“{root}”现在找不到"),
                advice: "如果在 U 盘或网络盘上，请重新接好；改了名的，请改回来。",
            };
        }
        if !folder.is_some_and(std::path::Path::is_dir) {
            let folder = folder.unwrap_or(&path).display();
            return Self {
                what: format!(
                    "这份草稿的文件夹“{folder}”现在找不到，可能被移走、改名或移到了回收站"
                ),
                advice: "请把它放回原处。",
            };
        }
        Self { what: error.to_string(), advice: advice(error) }
    }

    /// Another window has taken the draft while its folder was out of reach.
    pub(super) fn taken() -> Self {
        Self {
            what: "存放草稿的文件夹断开过，这份草稿现在由另一个窗口编辑".to_owned(),
            advice: "请关闭那个窗口。",
        }
    }
}

impl From<Broken> for Trouble {
    fn from(_: Broken) -> Self {
        Self { what: "程序内部出错，这一次没有保存".to_owned(), advice: "" }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}。{}", self.what, self.advice)
    }
}

fn advice(error: &StoreError) -> &'static str {
    let StoreError::Io { source, .. } = error else { return "" };
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "请删除一些不要的文件，腾出空间。"
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            "请检查这个文件夹能不能写入，例如 U 盘的写保护、文件夹的只读属性、正占用它的程序。"
        }
        _ => "请检查这个磁盘是否正常。",
    }
}

impl State {
    /// Saves now, off this thread.
    pub(super) fn save_now(&mut self) -> Task<Message> {
        self.autosave.start(&self.draft, Message::Saved)
    }

    pub(super) fn saved(
        &mut self,
        result: Result<Result<Written, Trouble>, Broken>,
    ) -> Task<Message> {
        let result = result.unwrap_or_else(|broken| Err(broken.into()));
        let was_foreign = result.as_ref().is_ok_and(|written| written.was_foreign);
        let now = jiff::Zoned::now().time();
        let mut back = Task::none();
        if self.autosave.finished(result, now) {
            self.tell(format!("又能保存了：改动已在 {} 全部存好。", now.strftime("%H:%M:%S")));
            // The evidence may have been out of reach as well.
            back = Task::batch([self.check(checking::PAUSE), self.lay_out()]);
        }
        if was_foreign {
            self.warn_of_version(FOREIGN);
        }
        back
    }

    /// Looks whether another program has changed the file meanwhile.
    pub(crate) fn look_at_file(&mut self) -> Task<Message> {
        match self.may_write {
            true => self.autosave.look(&self.draft, Message::FileLookedAt),
            false => Task::none(),
        }
    }

    pub(super) fn file_looked_at(&mut self, result: Result<Result<bool, Trouble>, Broken>) {
        self.autosave.looked();
        // What went wrong the next save says, which comes upon it too.
        if matches!(result, Ok(Ok(true))) {
            self.warn_of_version(FOREIGN_SEEN);
        }
    }

    /// Asks for a place for a copy of the draft.
    pub(super) fn keep_elsewhere(&self) -> Action {
        match self.autosave.status() {
            Status::Failed(trouble) => Action::SaveElsewhere(Some(trouble.to_string())),
            _ => Action::SaveElsewhere(None),
        }
    }

    /// What stands over the foot while the draft cannot be saved.
    pub(super) fn trouble(&self) -> Element<'_, Message> {
        let Status::Failed(trouble) = self.autosave.status() else { return space().into() };
        if !self.is_unsaved() {
            return space().into();
        }
        let since = self.autosave.saved_at().map_or_else(String::new, |time| {
            format!("最后一次保存在 {}。", time.strftime("%H:%M:%S"))
        });
        let words = format!(
            "改动没有保存：{trouble}填写的内容都还在窗口里，可以接着填写；程序每隔几秒再试一次。{since}"
        );
        let words = column![
            control::prose(words).size(size::BODY),
            row![
                control::secondary("现在再试", Some(Message::AutosaveDue)),
                control::secondary("另存为文件……", Some(Message::ElsewhereAsked)),
            ]
            .spacing(gap::S),
        ]
        .spacing(gap::XS);
        let line = row![icon::icon(Icon::Error, |t| t.error), container(words).width(Fill)];
        container(line.spacing(gap::S))
            .padding([gap::S, gap::M])
            .width(Fill)
            .style(theme::error_box)
            .into()
    }
}
