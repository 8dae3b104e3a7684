//! The list of kept company data.

use iced::widget::{column, container, row, text};
use iced::{Alignment, Fill};
use jiff::civil::Date;

use super::bin::{self, Item, profile_control};
use super::{Message, State, begin, card};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::list::list;
use crate::app::widget::{Element, control};
use crate::rules::invisible;
use crate::store::Profile;

impl State {
    /// The data, where there are any: opened and closed, used and removed.
    pub(super) fn kept(&self) -> Option<Element<'_, Message>> {
        if self.profiles.is_empty() {
            return None;
        }
        let label = format!("企业资料（{}）", self.profiles.len());
        let heading = control::fold(&label, self.kept_open, Message::KeptToggled);
        let mut page = column![heading].spacing(gap::S);
        if self.kept_open {
            let hint = "点一份资料，就用它新建草稿；要改资料，请在草稿的“企业信息”里改好后更新。";
            page = page.push(control::hint(hint));
            let cards = self.profiles.iter().map(|one| (&one.id, self.profile_card(one)));
            page = page.push(list(cards).spacing(gap::S));
        }
        Some(page.into())
    }

    fn profile_card<'a>(&self, profile: &'a Profile) -> Element<'a, Message> {
        let item = Item::Profile(profile.id.clone());
        let remove_id = item.remove_id();
        let remove = Message::Bin(bin::Message::RemoveAsked(item, name(profile).to_owned()));
        let about: Element<'a, Message> = match &profile.company {
            Ok(_) => control::hint(about(profile, self.today)).into(),
            Err(problem) => row![
                icon::icon(Icon::Error, |t| t.error),
                control::prose(invisible::revealed(problem)).size(size::SMALL).style(theme::error)
            ]
            .spacing(gap::XS)
            .into(),
        };
        let words = column![text(name(profile)).size(size::BODY), about].spacing(2).width(Fill);
        let wanted = begin::Message::ProfileWanted(profile.id.clone());
        let wanted = profile.company.is_ok().then_some(Message::Begin(wanted));
        let main = control::list_row(Some(profile_control(profile)), false, words, wanted);
        let remove = control::symbol_named(remove_id, Icon::Trash, "移到回收站", Some(remove));
        container(row![main, remove].spacing(gap::S).align_y(Alignment::Center))
            .padding([gap::XS, gap::S])
            .width(Fill)
            .style(theme::card)
            .into()
    }
}

/// The company's name.
pub(super) fn name(profile: &Profile) -> &str {
    match profile.title() {
        "" => "无法读取的企业资料",
        name => name,
    }
}

/// Of which code, and when it was kept.
pub(super) fn about(profile: &Profile, today: Date) -> String {
    let when = card::when(profile.modified, today);
    match profile.company.as_ref().map(|company| company.credit_code.trim()) {
        Ok("") => format!("{when} 存下"),
        Ok(code) => format!("{code} · {when} 存下"),
        Err(problem) => problem.clone(),
    }
}
