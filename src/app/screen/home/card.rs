//! One draft of the list.

use iced::widget::{column, container, row, space, text};
use iced::{Alignment, Fill};
use jiff::Timestamp;
use jiff::civil::Date;

use super::bin::{self, Item};
use super::{Message, State, card_id, other_notice};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::domain::Draft;
use crate::rules::Notice;
use crate::store::Entry;

impl State {
    pub(super) fn card<'a>(&'a self, entry: &'a Entry) -> Element<'a, Message> {
        let name = name(entry);
        let open = entry.problem.is_none().then(|| Message::OpenAsked(entry.id.clone()));
        let item = Item::Draft(entry.id.clone());
        let remove = Message::Bin(bin::Message::RemoveAsked(item.clone(), name.to_owned()));
        let about = column![text(name).size(size::TITLE), self.about(entry)].spacing(gap::XS);
        let tools = row![
            control::symbol(
                Icon::Copy,
                "复制一份",
                open.is_some().then(|| Message::DuplicateAsked(entry.id.clone()))
            ),
            control::symbol(
                Icon::File,
                "用于另一通知",
                open.is_some()
                    .then(|| Message::OtherNotice(other_notice::Message::Asked(entry.id.clone())))
            ),
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

    /// Whose papers for which notice.
    pub(super) fn papers(&self, entry: &Entry) -> String {
        let notice = self.notices.iter().find(|notice| notice.id == entry.notice);
        let role = entry.role.map_or("", |role| role.label());
        let title = notice.map_or(entry.notice.as_str(), |notice| &notice.short_title);
        format!("{role} · {title}")
    }

    fn about<'a>(&'a self, entry: &'a Entry) -> Element<'a, Message> {
        if let Some(problem) = &entry.problem {
            return row![
                icon::icon(Icon::Error, |t| t.error),
                control::prose(problem).size(size::SMALL).style(theme::error)
            ]
            .spacing(gap::XS)
            .into();
        }
        let notice = self.notices.iter().find(|notice| notice.id == entry.notice);
        let mut line = row![
            control::hint(self.papers(entry)),
            control::hint(format!("{} 修改", when(entry.modified, self.today))),
        ]
        .spacing(gap::L);
        if let Some((filled, all)) = self.filled.get(&entry.id) {
            line = line.push(control::hint(format!("必填 {filled} / {all}")));
        }
        if let (Some(notice), Some(role)) = (notice, entry.role)
            && let Some(words) = deadline(notice, &Draft::new(&notice.id, role), self.today)
        {
            line = line.push(control::hint(words));
        }
        if self.last.as_deref() == Some(entry.id.as_str()) {
            line = line.push(text("上次编辑").size(size::SMALL).style(theme::accent));
        }
        line.push(space::horizontal()).into()
    }
}

/// The company's name.
pub(super) fn name(entry: &Entry) -> &str {
    match entry.company.trim() {
        "" if entry.problem.is_some() => "无法读取的草稿",
        "" => "未命名企业",
        name => name,
    }
}

/// Time of a change: the hour today, else the day.
pub(super) fn when(modified: std::time::SystemTime, today: Date) -> String {
    let Ok(at) = Timestamp::try_from(modified) else { return String::new() };
    let at = at.to_zoned(jiff::tz::TimeZone::system()).datetime();
    if at.date() == today {
        at.strftime("今天 %H:%M").to_string()
    } else {
        at.strftime("%Y-%m-%d").to_string()
    }
}

/// Days until the papers are due, or what the notice says instead.
fn deadline(notice: &Notice, draft: &Draft, today: Date) -> Option<String> {
    let route = notice.route(draft)?;
    let Some(day) = route.deadline.as_deref().and_then(|day| day.parse::<Date>().ok()) else {
        return Some(route.deadline_text.clone());
    };
    let days = today.until(day).ok()?.get_days();
    Some(match days {
        0 => "今天截止".to_owned(),
        1.. => format!("还有 {days} 天截止（{}）", route.deadline_text),
        _ => format!("已过截止日期（{}）", route.deadline_text),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::Role;
    use crate::rules::notice::bundled;

    #[test]
    fn days_to_the_deadline_are_told() {
        let notice = bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap();
        let draft = Draft::new("shanghai-2024", Role::Demander);
        let words = |day: &str| deadline(notice, &draft, day.parse().unwrap()).unwrap();
        assert!(words("2024-07-20").starts_with("还有 2 天"));
        assert_eq!(words("2024-07-22"), "今天截止");
        assert!(words("2024-07-23").starts_with("已过"));
        let solver = Draft::new("shanghai-2024", Role::Solver);
        let later = deadline(notice, &solver, "2024-07-20".parse().unwrap()).unwrap();
        assert!(later.contains("另行通知"));
    }
}
