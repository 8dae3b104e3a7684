//! The list of kept company data.

use iced::widget::{column, container, row, text};
use iced::{Alignment, Fill};

use super::bin::{self, Item, profile_control};
use super::{Message, State, begin};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::store::Profile;

impl State {
    /// The data, where there are any: opened and closed, used and removed.
    pub(super) fn kept(&self) -> Option<Element<'_, Message>> {
        if self.profiles.is_empty() {
            return None;
        }
        let label = format!("企业资料（{}）", self.profiles.len());
        let mut list = column![control::quiet(&label, Some(Message::KeptToggled))].spacing(gap::S);
        if self.kept_open {
            let hint = "点一份资料，就用它新建草稿；要改资料，请在草稿的“企业信息”里改好后更新。";
            list = list.push(control::hint(hint));
            list = list.extend(self.profiles.iter().map(card));
        }
        Some(list.into())
    }
}

fn card(profile: &Profile) -> Element<'_, Message> {
    let item = Item::Profile(profile.id.clone());
    let (remove_id, name) = (item.remove_id(), name(profile).to_owned());
    let remove = Message::Bin(bin::Message::RemoveAsked(item, name.clone()));
    let about: Element<'_, Message> = match &profile.company {
        Ok(_) => control::hint(about(profile)).into(),
        Err(problem) => row![
            icon::icon(Icon::Error, |t| t.error),
            control::prose(problem).size(size::SMALL).style(theme::error)
        ]
        .spacing(gap::XS)
        .into(),
    };
    let words = column![text(name).size(size::BODY), about].spacing(2).width(Fill);
    let wanted = begin::Message::ProfileWanted(profile.id.clone());
    let wanted = profile.company.is_ok().then_some(Message::Begin(wanted));
    let main = control::list_row(Some(profile_control(profile)), false, words, wanted);
    let line =
        row![main, control::symbol_named(remove_id, Icon::Trash, "移到回收站", Some(remove))];
    container(line.spacing(gap::S).align_y(Alignment::Center))
        .padding([gap::XS, gap::S])
        .width(Fill)
        .style(theme::card)
        .into()
}

/// The company's name.
pub(super) fn name(profile: &Profile) -> &str {
    match profile.title() {
        "" => "无法读取的企业资料",
        name => name,
    }
}

/// That it is a company's data, and of which code.
pub(super) fn about(profile: &Profile) -> String {
    match &profile.company {
        Ok(company) if company.credit_code.trim().is_empty() => "企业资料".to_owned(),
        Ok(company) => format!("企业资料 · {}", company.credit_code.trim()),
        Err(problem) => problem.clone(),
    }
}
