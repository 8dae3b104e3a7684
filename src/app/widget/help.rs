//! The list of key combinations, over whatever is shown.

use iced::widget::{center, column, container, opaque, row, text};
use iced::{Alignment, Fill};

use super::{Element, control};
use crate::app::theme::{self, size, space as gap};

/// The combinations with what they do.
const KEYS: [(&str, &str); 17] = [
    ("Tab、Shift+Tab", "到下一栏、上一栏"),
    ("空格、回车", "按下有焦点的按钮或选项"),
    ("Alt+1 … Alt+9", "到第几个步骤"),
    ("Ctrl+Tab、Ctrl+Shift+Tab", "到下一步、上一步"),
    ("Ctrl+Z", "撤销"),
    ("Ctrl+Y、Ctrl+Shift+Z", "重做"),
    ("Ctrl+S", "立即保存（平时自动保存）"),
    ("Ctrl+E", "检查与导出"),
    ("Alt+←", "改好一处以后，回到检查与导出"),
    ("Ctrl+F", "在申请书中查找和替换"),
    ("Ctrl+P", "显示或收起页面"),
    ("F11、Ctrl+Shift+P", "只显示正文，或恢复三栏"),
    ("Ctrl+N", "回到草稿列表，新建草稿"),
    ("Ctrl+O", "打开草稿或材料包"),
    ("Ctrl++、Ctrl+-、Ctrl+0", "放大、缩小、恢复文字"),
    ("F2", "浅色或深色"),
    ("F1", "打开或关闭这一页"),
];

/// The list; `close` puts it away.
pub(crate) fn help<'a, Message: Clone + 'a>(close: Message) -> Element<'a, Message> {
    let rows = KEYS.iter().map(|(keys, what)| {
        row![container(text(*keys).size(size::BODY)).width(190), text(*what).size(size::BODY)]
            .into()
    });
    let heading = row![
        container(text("快捷键").size(size::TITLE)).width(Fill),
        control::secondary("关闭", Some(close)),
    ]
    .align_y(Alignment::Center);
    let card = container(column![heading, column(rows).spacing(gap::S)].spacing(gap::L))
        .padding(gap::XL)
        .width(500)
        .style(theme::card);
    opaque(center(card).style(theme::veil))
}
