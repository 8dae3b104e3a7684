//! How the window looks that tells of a fault.

use iced::widget::{column, container, row, text};
use iced::{Alignment, Fill};

use super::{Message, State};
use crate::app::focus;
use crate::app::icon::{self, Icon};
use crate::app::theme::{Pick, size, space as gap};
use crate::app::widget::{Element, control};
use crate::rules::invisible;

/// What has happened, what of the draft is safe, and what can be done.
pub(super) fn view(state: &State) -> Element<'_, Message> {
    let heading = row![
        icon::icon(Icon::Error, |t| t.error).width(22).height(22),
        text("揭榜通遇到错误，已经关闭").size(size::HEAD),
    ]
    .spacing(gap::S)
    .align_y(Alignment::Center);
    let sorry = "这是程序的错，不是您填写的内容有错。可以重新打开，接着填写。";
    let page = column![heading, control::prose(sorry).size(size::BODY)]
        .push(draft(state))
        .push(report(state))
        .push(buttons(state))
        // Below the buttons, which must not move away from the pointer.
        .push(state.told.as_ref().map(|told| control::prose(told.as_str()).size(size::BODY)))
        .spacing(gap::L);
    let page = container(page).padding(gap::XL).width(Fill);
    focus::dialog(control::scroll(page).id(focus::form_id()).height(Fill))
}

fn draft(state: &State) -> Element<'_, Message> {
    let name = state.about.as_ref().and_then(|about| about.name.as_deref());
    let name = name.map_or_else(String::new, |name| format!("《{}》", invisible::revealed(name)));
    let saved = state.about.as_ref().and_then(super::About::saved_words);
    let Some(file) = state.file() else {
        let drafts = state.ended.root.join("drafts");
        let words = "已保存的草稿都在；当时开着草稿的，最多缺最后一秒的输入。";
        return told((Icon::Fine, |t| t.fine), words.to_owned(), drafts.display().to_string());
    };
    let place = file.display().to_string();
    if state.ended.unsaved {
        let until = saved.map_or_else(String::new, |at| format!("，是 {at} 存下的"));
        let words = format!(
            "草稿{name}还在{until}。出错时正好存不进磁盘，在那以后输入的内容没有保住。请先看看磁盘是否已满、U 盘是否还在。"
        );
        return told((Icon::Warning, |t| t.warning), words, place);
    }
    if state.about.as_ref().is_some_and(|about| about.is_spoilt) {
        let words = "草稿的文件现在读不出来。重新打开时，会从最近一个完好的历史版本打开它。";
        return told((Icon::Warning, |t| t.warning), words.to_owned(), place);
    }
    let until = saved.map_or_else(String::new, |at| format!("（{at}）"));
    let words = format!("草稿{name}是安全的：直到出错时{until}填写的内容都已存好。");
    told((Icon::Fine, |t| t.fine), words, place)
}

fn report(state: &State) -> Element<'_, Message> {
    let symbol: (Icon, Pick) = (Icon::File, |t| t.muted);
    match &state.ended.report {
        Some(path) => told(
            symbol,
            "错误报告写在本机，程序不会发送它。里面是版本、系统和出错的位置，没有任何填写的内容；需要帮助时，可以把它交给维护程序的人。"
                .to_owned(),
            path.display().to_string(),
        ),
        None => told(symbol, "错误报告没有写成：数据文件夹不能写入。".to_owned(), String::new()),
    }
}

fn told<'a>((symbol, pick): (Icon, Pick), words: String, place: String) -> Element<'a, Message> {
    let place = (!place.is_empty()).then(|| control::hint(invisible::revealed(&place)));
    let words = column![control::prose(words).size(size::BODY)].push(place).spacing(gap::XS);
    control::card(row![icon::icon(symbol, pick), words.width(Fill)].spacing(gap::M))
}

fn buttons(state: &State) -> Element<'_, Message> {
    let has_draft = state.ended.draft.is_some();
    let again = if has_draft { "重新打开草稿" } else { "重新打开揭榜通" };
    // A draft that trips the window would lead back here.
    let alone = has_draft.then(|| control::secondary("只打开揭榜通", Some(Message::ReopenedAlone)));
    let folder = state.ended.report.is_some().then_some(Message::FolderAsked);
    row![control::primary(again, Some(Message::Reopened)),]
        .push(alone)
        .extend([
            control::secondary("打开报告所在文件夹", folder),
            control::secondary("复制诊断信息", Some(Message::CopyAsked)),
            control::secondary("关闭", Some(Message::Closed)),
        ])
        .spacing(gap::S)
        .wrap()
        .vertical_spacing(gap::S)
        .into()
}
