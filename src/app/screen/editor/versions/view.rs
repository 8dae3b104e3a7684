//! How the earlier versions look: the list, and one of them beside the draft.

use iced::widget::{Column, column, container, row, space, text};
use iced::{Alignment, Fill};

use super::{Compared, Earlier, Message, Versions, back_id, restore_id, row_id, send, when};
use crate::app::focus::form_id;
use crate::app::screen::editor::differences::Difference;
use crate::app::screen::editor::{Message as EditorMessage, State};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};

/// Widest page; longer lines are hard to read.
const WIDEST: f32 = 760.0;
/// Most differences shown; more are counted.
const MOST: usize = 200;

impl State {
    /// The middle pane with the versions.
    pub(in crate::app::screen::editor) fn versions_page<'a>(
        &'a self,
        versions: &'a Versions,
    ) -> Element<'a, EditorMessage> {
        let page = match &versions.chosen {
            Some((index, compared)) => self.comparison(versions, *index, compared),
            None => list(versions.list.as_deref()),
        };
        let page = page.spacing(gap::M).width(Fill).max_width(WIDEST);
        control::scroll(container(page).padding(gap::XL).center_x(Fill))
            .id(form_id())
            .height(Fill)
            .into()
    }

    fn comparison<'a>(
        &'a self,
        versions: &'a Versions,
        index: usize,
        compared: &'a Compared,
    ) -> Column<'a, EditorMessage> {
        let earlier = versions.list.as_ref().and_then(|list| list.get(index));
        let title = earlier.map_or_else(String::new, title);
        let why_not = self.why_not_restored();
        let possible = why_not.is_none().then(|| send(Message::Restored));
        let restore = control::primary_named(restore_id(), "恢复这个版本", possible);
        let mut page = column![
            heading(title, "返回列表"),
            row![restore, control::hint(why_not.unwrap_or("恢复以后，仍可以撤销。"))]
                .spacing(gap::M)
                .align_y(Alignment::Center),
        ];
        let count = compared.differences.len();
        page = page.push(match count {
            0 => control::hint("填写的内容与现在相同。"),
            _ => {
                control::hint(format!("与现在有 {count} 处不同。左边是当时的内容，右边是现在的。"))
            }
        });
        for (at, difference) in compared.differences.iter().enumerate().take(MOST) {
            page = page.push(difference_card(at, difference, versions.open.contains(&at)));
        }
        if count > MOST {
            page = page.push(control::hint(format!("另有 {} 处没有列出。", count - MOST)));
        }
        page
    }
}

fn heading<'a>(title: String, back: &str) -> Element<'a, EditorMessage> {
    let back = control::secondary_named(back_id(), back, Some(send(Message::Closed)));
    row![text(title).size(size::HEAD), space::horizontal(), back].align_y(Alignment::Center).into()
}

/// `None`: they are being read.
fn list(list: Option<&[Earlier]>) -> Column<'_, EditorMessage> {
    let mut page = column![
        heading("历史版本".to_owned(), "返回填写"),
        control::hint(
            "程序自动保留修改前的版本。选一个版本，看它与现在有什么不同，再决定要不要恢复。"
        ),
    ];
    let Some(list) = list else {
        return page.push(control::hint("正在读取历史版本……"));
    };
    if list.is_empty() {
        return page.push(control::card(control::hint("还没有更早的版本。")));
    }
    let rows = list.iter().enumerate().map(|(index, earlier)| version_row(index, earlier));
    page = page.push(container(column(rows).spacing(2)).padding(gap::XS).style(theme::card));
    page
}

fn version_row(index: usize, earlier: &Earlier) -> Element<'_, EditorMessage> {
    let what = match &earlier.changed {
        Err(problem) => problem.clone(),
        Ok((0, _)) => "与现在相同".to_owned(),
        Ok((count, names)) => {
            let more = if *count > names.len() { "等" } else { "" };
            format!("与现在有 {count} 处不同：{}{more}", names.join("、"))
        }
    };
    let words = column![text(title(earlier)).size(size::BODY), control::hint(what)].spacing(2);
    let chosen = earlier.changed.is_ok().then(|| send(Message::Chosen(index)));
    control::list_row(Some(row_id(index)), false, words, chosen)
}

fn title(earlier: &Earlier) -> String {
    let mut title = when(&earlier.version);
    if earlier.version.before_restore {
        title.push_str("（被替换前特意留下）");
    }
    title
}

fn difference_card(at: usize, difference: &Difference, open: bool) -> Element<'_, EditorMessage> {
    let (then, now) = match open {
        true => (difference.then.clone(), difference.now.clone()),
        false => difference.excerpts(),
    };
    let more = difference.is_long().then(|| {
        let label = if open { "收起" } else { "看全文" };
        control::quiet(label, Some(send(Message::Unfolded(at))))
    });
    let name = control::prose(difference.name.as_str()).size(size::BODY);
    let name = row![container(name).width(Fill)].push(more).align_y(Alignment::Center);
    let sides = row![side("当时", then), side("现在", now)].spacing(gap::M);
    control::card(column![name, sides].spacing(gap::XS))
}

fn side<'a>(label: &'a str, words: String) -> Element<'a, EditorMessage> {
    let words = match words.trim() {
        "" => control::prose("（空）").style(theme::muted),
        _ => control::prose(words),
    };
    column![control::hint(label), words.size(size::BODY)].spacing(2).width(Fill).into()
}
