//! One draft of the list.

use iced::widget::{Id, column, container, row, text};
use iced::{Alignment, Fill};
use jiff::Timestamp;
use jiff::civil::Date;

use super::bin::{self, Item};
use super::list::Damage;
use super::{Message, State, card_id, other_notice, password};
use crate::app::icon::{self, Icon};
use crate::app::moment;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::rules::invisible;
use crate::store::Entry;

/// Most characters shown of what a draft is about.
const MOST: usize = 40;

impl State {
    pub(super) fn card<'a>(&'a self, entry: &'a Entry) -> Element<'a, Message> {
        let name = self.title(entry);
        let open = self.can_open(entry).then(|| Message::OpenAsked(entry.id.clone()));
        let is_whole = entry.problem.is_none();
        let item = Item::Draft(entry.id.clone());
        let remove = Message::Bin(bin::Message::RemoveAsked(item.clone(), name.clone()));
        let about = column![text(name).size(size::TITLE)].push(items(entry));
        let about = about.push(self.about(entry)).spacing(gap::XS);
        let tools = row![
            control::symbol(
                Icon::Copy,
                "复制一份",
                is_whole.then(|| Message::DuplicateAsked(entry.id.clone()))
            ),
            control::symbol(
                Icon::File,
                "用于另一通知",
                is_whole
                    .then(|| Message::OtherNotice(other_notice::Message::Asked(entry.id.clone())))
            ),
            self.lock(entry),
            control::symbol_named(item.remove_id(), Icon::Trash, "移到回收站", Some(remove)),
        ];
        let main =
            control::list_row(Some(card_id(&entry.id)), false, container(about).width(Fill), open);
        let line = row![main, tools].spacing(gap::S).align_y(Alignment::Center);
        container(column![line].push(self.other_notices(entry)).spacing(gap::XS))
            .padding([gap::XS, gap::S])
            .width(Fill)
            .style(theme::card)
            .into()
    }

    /// The way to the password of a draft.
    fn lock<'a>(&self, entry: &'a Entry) -> Element<'a, Message> {
        let label = match entry.has_password {
            true => "修改或取消打开密码……",
            false => "设置打开密码……",
        };
        let asked =
            || password::Message::Asked(entry.id.clone(), self.title(entry), entry.has_password);
        let may = entry.problem.is_none() || entry.locked;
        let id = Id::from(format!("lock:{}", entry.id));
        control::symbol_named(id, Icon::Lock, label, may.then(|| Message::Password(asked())))
    }

    /// What a draft is called: the company's name, and which it is of several that are shown alike.
    pub(super) fn title(&self, entry: &Entry) -> String {
        // It may come from a stranger's package.
        let name = invisible::revealed(name(entry));
        match self.numbers.get(&entry.id) {
            Some(number) => format!("{name}（第 {number} 份）"),
            None => name,
        }
    }

    /// Whose papers for which notice.
    pub(super) fn papers(&self, entry: &Entry) -> String {
        let notice = self.notices.iter().find(|notice| notice.id == entry.notice);
        let role = entry.role.map_or("", |role| role.label());
        match notice {
            Some(notice) => format!("{role} · {}", notice.short_title),
            None => format!("{role} · 通知“{}”（不在本机上）", entry.notice),
        }
    }

    fn about<'a>(&'a self, entry: &'a Entry) -> Element<'a, Message> {
        let small = |words: String| control::hint(words);
        if entry.locked {
            let changed = when(entry.modified, self.today);
            return small(format!("打开时要填写密码　{changed} 修改")).into();
        }
        if let Some(problem) = &entry.problem {
            return self.damage(entry, problem);
        }
        let mut line = row![
            small(self.papers(entry)),
            small(format!("{} 修改", when(entry.modified, self.today))),
        ]
        .spacing(gap::L);
        if let Some(progress) = self.progress.get(&entry.id) {
            line = line.push(small(format!("必填 {} / {}", progress.filled, progress.all)));
            if let Some(left) = progress.left(self.today) {
                let style = if left.is_short { theme::warning } else { theme::muted };
                line = line.push(small(left.words).style(style));
            }
        }
        if entry.has_password {
            line = line.push(small("已设打开密码".to_owned()));
        }
        if self.last.as_deref() == Some(entry.id.as_str()) {
            line = line.push(control::hint("上次编辑").style(theme::accent));
        }
        line.wrap().vertical_spacing(0).into()
    }

    /// Why a draft cannot be read, and what to do.
    fn damage<'a>(&'a self, entry: &'a Entry, problem: &'a str) -> Element<'a, Message> {
        let problem = row![
            icon::icon(Icon::Error, |t| t.error),
            control::prose(invisible::revealed(problem)).size(size::SMALL).style(theme::error)
        ]
        .spacing(gap::XS);
        let advice = self.damaged.get(&entry.id).map(|damage| match damage {
            Damage::Recoverable => {
                "有完好的历史版本：打开这份草稿，就恢复最近的一份；损坏的文件另外保留。"
            }
            Damage::Lost => {
                "没有完好的历史版本。有备份的，请用备份替换这个文件，再回到这里就能打开；不要了，可以移到回收站。"
            }
        });
        let folder = Message::FolderAsked(entry.path.clone());
        let folder = control::secondary("打开所在文件夹", Some(folder));
        column![problem].push(advice.map(control::hint)).push(folder).spacing(gap::XS).into()
    }

    /// It can be read, or brought back.
    pub(super) fn can_open(&self, entry: &Entry) -> bool {
        entry.problem.is_none()
            || entry.locked
            || self.damaged.get(&entry.id) == Some(&Damage::Recoverable)
    }
}

/// What the draft is about, by which drafts of one company are told apart.
fn items(entry: &Entry) -> Option<iced::widget::Text<'_>> {
    let first = entry.items.first()?;
    let short: String = first.chars().take(MOST).collect();
    let end = if first.chars().count() > MOST { "……" } else { "" };
    let more = match entry.items.len() {
        1 => String::new(),
        count => format!("等 {count} 项"),
    };
    let words = text(format!("{short}{end}{more}")).size(size::BODY);
    Some(words.wrapping(text::Wrapping::WordOrGlyph))
}

/// The company's name.
pub(super) fn name(entry: &Entry) -> &str {
    match entry.company.trim() {
        "" if entry.locked => "已加密的草稿",
        "" if entry.problem.is_some() => "无法读取的草稿",
        "" => "未命名企业",
        name => name,
    }
}

/// Time of a change: the hour today, else the day.
pub(super) fn when(modified: std::time::SystemTime, today: Date) -> String {
    let Ok(written) = Timestamp::try_from(modified) else { return String::new() };
    let at = written.to_zoned(jiff::tz::TimeZone::system()).datetime();
    if at.date() == today {
        at.strftime("今天 %H:%M").to_string()
    } else {
        let ahead = moment::is_ahead(written, Timestamp::now());
        let note = if ahead { "（比本机时钟还晚）" } else { "" };
        format!("{}{note}", at.strftime("%Y-%m-%d"))
    }
}
