//! How the question whether to leave looks.

use iced::Fill;
use iced::widget::{center, column, container, opaque, row, space, text};

use super::{Destination, Leaving, Message, Obstacle, path_id};
use crate::app::screen::editor::Copied;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::path_box::path_box;
use crate::app::widget::{Element, control};

impl Leaving {
    /// The question, over whatever is shown.
    pub(in crate::app::window) fn view(&self) -> Element<'_, Message> {
        let (outside, nowhere) = (self.to == Destination::Outside, self.to == Destination::Nowhere);
        let (title, words) = match &self.obstacle {
            Obstacle::Saving if self.slow => (
                "正在保存……",
                "保存好就离开。如果磁盘一直没有反应，可以不再等待，最后的改动就可能没有保存。"
                    .to_owned(),
            ),
            // Over in a moment: only what lies under it is out of reach.
            Obstacle::Saving | Obstacle::Closing { .. } => {
                return opaque(space().width(Fill).height(Fill));
            }
            Obstacle::Unsaved(problem) => (
                if nowhere { "把草稿另存到别处" } else { "最后的改动还没有保存" },
                format!("{problem}也可以把草稿连同佐证文件另存到别处，例如 U 盘。"),
            ),
            Obstacle::CopyWanted => (
                "另存为文件",
                "把草稿连同佐证和插图文件存成文件，用来备份、放到 U 盘或交给同事。接着填写的仍是本机上的这一份。另存的文件没有密码。"
                    .to_owned(),
            ),
            Obstacle::Gone(words) if nowhere => ("已保存", (*words).to_owned()),
            Obstacle::Copied(copied) if nowhere => ("已另存", whereabouts(copied)),
            Obstacle::Exporting => (
                "还在导出",
                "现在离开就要停止导出；停止以后，导出文件夹保持导出以前的样子。".to_owned(),
            ),
            Obstacle::Attaching(what) => (
                "还在添加佐证文件",
                format!("{what}现在离开，这些文件就不添加了；已经添加的不受影响。"),
            ),
            Obstacle::Stopping => ("正在停止……", "停下来就离开。".to_owned()),
            Obstacle::Gone(words) => ("可以离开了", (*words).to_owned()),
            Obstacle::Copied(copied) => ("已另存，可以离开了", whereabouts(copied)),
        };
        let mut parts =
            column![text(title).size(size::TITLE), control::prose(words).size(size::BODY)]
                .spacing(gap::S);
        if let Some(told) = &self.told {
            let told = container(control::prose(told).size(size::BODY));
            parts = parts.push(told.padding(gap::S).width(Fill).style(theme::warning_box));
        }
        if let Some(path) = &self.path
            && matches!(self.obstacle, Obstacle::Unsaved(_) | Obstacle::CopyWanted)
        {
            parts = parts.push(path_box(
                path_id(),
                "文件或文件夹的完整路径",
                path,
                Message::PathTyped,
                "另存到这里",
                Message::PathGiven,
            ));
        }
        parts =
            parts.push(self.buttons(if outside { "关闭窗口" } else { "回到草稿列表" }));
        let card = container(control::scroll(parts)).padding(gap::L).max_width(560);
        opaque(center(card.style(theme::card)).padding(gap::M).style(theme::veil))
    }

    fn buttons(&self, leave: &str) -> Element<'_, Message> {
        let stay = || control::secondary("回去接着填写", Some(Message::Stayed));
        let buttons = match &self.obstacle {
            _ if self.copying => row![stay()],
            Obstacle::Saving => {
                row![stay(), control::secondary("不再等待，马上离开", Some(Message::GivenUp))]
            }
            Obstacle::Unsaved(_) => row![
                control::primary("再试一次", Some(Message::Retried)),
                control::secondary("另存为文件……", Some(Message::CopyAsked)),
                stay(),
            ]
            .push(
                (self.to != Destination::Nowhere)
                    .then(|| control::secondary("放弃这些改动并离开", Some(Message::GivenUp))),
            ),
            Obstacle::CopyWanted => {
                row![control::primary("选择位置……", Some(Message::CopyAsked)), stay()]
            }
            Obstacle::Gone(_) | Obstacle::Copied(_) if self.to == Destination::Nowhere => {
                row![control::primary("接着填写", Some(Message::Stayed))]
            }
            Obstacle::Exporting | Obstacle::Attaching(_) => row![
                control::primary("继续等待", Some(Message::Stayed)),
                control::secondary("停止并离开", Some(Message::Stopped)),
            ],
            // An export that a disk holds up is not waited for; the draft itself is saved all the same.
            Obstacle::Stopping => {
                row![control::secondary("不再等待，马上离开", Some(Message::Retried)), stay()]
            }
            Obstacle::Gone(_) => row![control::primary(leave, Some(Message::Retried)), stay()],
            Obstacle::Copied(_) => row![control::primary(leave, Some(Message::GivenUp)), stay()],
            Obstacle::Closing { .. } => row![],
        };
        buttons.spacing(gap::S).wrap().vertical_spacing(gap::S).into()
    }
}

/// Where a copy lies and how to go on with it.
pub(super) fn whereabouts(copied: &Copied) -> String {
    let path = &copied.path;
    let mut words =
        format!("草稿已另存到“{}”。以后在首页用“打开文件”打开它，就能接着填写。", path.display());
    if copied.evidence > 0 {
        let folder = path.with_extension("files");
        words += &format!("佐证和插图文件在它旁边的“{}”里，要一起带走。", folder.display());
    }
    if copied.missing > 0 {
        words += &format!(
            "有 {} 份文件原来的位置读不到，没有带上；接好磁盘后请再另存一次。",
            copied.missing
        );
    }
    words
}
