//! The list of key combinations, over whatever is shown.

use iced::widget::{Id, center, column, container, opaque, operation, row, text};
use iced::{Alignment, Fill, Task};

use super::{Element, control};
use crate::app::shortcut::Arrow;
use crate::app::theme::{self, size, space as gap};

/// The combinations with what they do.
const KEYS: [(&str, &str); 24] = [
    ("Tab、Shift+Tab", "到下一栏、上一栏"),
    ("空格、回车", "按下有焦点的按钮或选项"),
    ("方向键", "换选项、换提示的内容、换日历中的日子"),
    ("PageUp、PageDown", "日历换月，加 Shift 换年"),
    ("Esc", "收起提示、日历、查找，关掉消息"),
    ("Alt+1 … Alt+9、Alt+0", "到第几个步骤，0 是第十个"),
    ("Ctrl+Tab、Ctrl+Shift+Tab", "下一步、上一步；第十个以后用它"),
    ("F4", "看这一栏的例子，再按收起"),
    ("Ctrl+Z", "撤销；在首页放回刚移走的"),
    ("Ctrl+Y、Ctrl+Shift+Z", "重做"),
    ("Ctrl+S", "立即保存（平时自动保存）"),
    ("Ctrl+E", "检查与导出"),
    ("Alt+←", "改好一处以后，回到检查与导出"),
    ("Ctrl+F", "在申请书中查找和替换"),
    ("Ctrl+V", "粘贴；申请书里，表格和图片成为图表"),
    ("Ctrl+Shift+V", "在申请书里只粘贴文字"),
    ("Ctrl+回车", "在表格里加一行"),
    ("Ctrl+P", "显示或收起页面"),
    ("F11、Ctrl+Shift+P", "只显示正文，或恢复三栏"),
    ("Ctrl+N", "回到草稿列表，新建草稿"),
    ("Ctrl+O", "打开草稿或材料包"),
    ("Ctrl++、Ctrl+-、Ctrl+0", "放大、缩小、恢复文字"),
    ("F2", "浅色或深色"),
    ("F1", "打开或关闭这一页"),
];

/// How far an arrow key moves the list, logical pixels.
const STEP: f32 = 60.0;

fn list_id() -> Id {
    Id::new("help")
}

/// Moves the list, where the window is too low for all of it.
pub(crate) fn scroll<M: Send + 'static>(arrow: Arrow) -> Task<M> {
    let y = if arrow.is_forward() { STEP } else { -STEP };
    operation::scroll_by(list_id(), operation::AbsoluteOffset { x: 0.0, y })
}

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
    let list = control::scroll(column(rows).spacing(gap::S).width(Fill)).id(list_id());
    let card = container(column![heading, list].spacing(gap::L))
        .padding(gap::XL)
        .width(500)
        .style(theme::card);
    opaque(center(card).padding(gap::M).style(theme::veil))
}
