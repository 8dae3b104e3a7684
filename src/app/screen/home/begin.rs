//! The card for a new draft: whose papers, for which notice, with which company's data.

use iced::Fill;
use iced::Task;
use iced::widget::{Id, column, container, row, text};

use super::list::keyboard_to;
use super::{Opened, State, file, import};
use crate::app::dialog;
use crate::app::icon::Icon;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::path_box::path_box;
use crate::app::widget::{Element, control};
use crate::app::worker;
use crate::domain::Role;
use crate::store::profiles::ProfileId;
use crate::store::{DraftId, Entry, Store};

/// Companies of earlier drafts that are offered at most.
const MOST_COMPANIES: usize = 4;

/// The company data a new draft begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// None.
    Anew,
    /// Kept data.
    Profile(ProfileId),
    /// Those of an earlier draft.
    Draft(DraftId),
}

/// What happens on the card.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A role was chosen.
    RoleChosen(Role),
    /// A notice was chosen, by its position.
    NoticeChosen(usize),
    /// The company's data were chosen.
    OriginChosen(Origin),
    /// These kept data are wanted in a new draft, pressed in their list further down.
    ProfileWanted(ProfileId),
    /// A new draft is wanted.
    NewAsked,
    /// A copy of the sample is wanted.
    SampleAsked,
}

/// One option of the card.
pub(super) struct Choice {
    pub(super) id: Id,
    pub(super) label: String,
    pub(super) chosen: bool,
    pub(super) message: Message,
}

/// The button that makes the draft.
pub(super) fn new_id() -> Id {
    Id::new("new-draft")
}

impl State {
    pub(super) fn begun(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::RoleChosen(role) => {
                (self.role, self.role_chosen) = (role, true);
                self.fit_notice();
            }
            Message::NoticeChosen(notice) => {
                self.notice = notice;
                self.notice_chosen = true;
            }
            Message::OriginChosen(origin) => self.origin = origin,
            Message::ProfileWanted(id) => {
                self.origin = Origin::Profile(id);
                return keyboard_to(new_id());
            }
            Message::NewAsked => {
                let origin = self.origin.clone();
                return self.create(move |store, notice, role| {
                    import::empty(store, notice, role, &origin)
                });
            }
            Message::SampleAsked => return self.create(import::sample),
        }
        Task::none()
    }

    /// Keeps a new draft and opens it. The second press of a double click makes no other.
    fn create(
        &mut self,
        make: impl FnOnce(&Store, &str, Role) -> Result<DraftId, String> + Send + 'static,
    ) -> Task<super::Message> {
        let Some(notice) = self.notices.get(self.notice) else { return Task::none() };
        if std::mem::replace(&mut self.making, true) {
            return Task::none();
        }
        let (store, id, role) = (self.store.clone(), notice.id.clone(), self.role);
        worker::run(move || make(&store, &id, role).map(Opened::from), super::Message::Made)
    }

    /// What is not listed any more is not begun with.
    pub(super) fn keep_origin(&mut self) {
        if !self.origins().iter().any(|choice| choice.chosen) {
            self.origin = Origin::Anew;
        }
    }

    /// The options of the card, row by row.
    pub(super) fn choices(&self) -> [Vec<Choice>; 3] {
        [self.roles(), self.notice_choices(), self.origins()]
    }

    fn roles(&self) -> Vec<Choice> {
        let choice = |role: Role| Choice {
            id: Id::from(format!("role:{}", role.key())),
            label: role.label().to_owned(),
            chosen: self.role == role,
            message: Message::RoleChosen(role),
        };
        [Role::Solver, Role::Demander].map(choice).into()
    }

    fn notice_choices(&self) -> Vec<Choice> {
        let notices = self.notices.iter().enumerate();
        let choices = notices.map(|(index, notice)| Choice {
            id: Id::from(format!("notice:{}", notice.id)),
            label: notice.short_title.clone(),
            chosen: self.notice == index,
            message: Message::NoticeChosen(index),
        });
        choices.collect()
    }

    /// Nothing, kept data, then companies of earlier drafts.
    fn origins(&self) -> Vec<Choice> {
        let choice = |id: String, label: String, origin: Origin| Choice {
            id: Id::from(id),
            label,
            chosen: self.origin == origin,
            message: Message::OriginChosen(origin),
        };
        let readable = self.profiles.iter().filter(|profile| profile.company.is_ok());
        let kept = readable.map(|profile| {
            let origin = Origin::Profile(profile.id.clone());
            let label = format!("企业资料：{}", profile.title());
            choice(format!("company:profile:{}", profile.id.as_str()), label, origin)
        });
        let earlier = self.known_companies().into_iter().map(|entry| {
            let origin = Origin::Draft(entry.id.clone());
            let label = format!("沿用草稿：{}", entry.company.trim());
            choice(format!("company:{}", entry.id), label, origin)
        });
        let anew = choice("company:new".to_owned(), "重新填写".to_owned(), Origin::Anew);
        std::iter::once(anew).chain(kept).chain(earlier).collect()
    }

    /// The newest draft of each company of which no data are kept.
    fn known_companies(&self) -> Vec<&Entry> {
        let mut known: Vec<&Entry> = Vec::new();
        for entry in self.drafts.as_deref().unwrap_or_default() {
            let name = entry.company.trim();
            let new = known.iter().all(|one| one.company.trim() != name)
                && self.profiles.iter().all(|profile| profile.title() != name);
            if entry.problem.is_none() && !name.is_empty() && new && known.len() < MOST_COMPANIES {
                known.push(entry);
            }
        }
        known
    }

    /// The card.
    pub(super) fn begin(&self) -> Element<'_, super::Message> {
        let [roles, notices, origins] = self.choices();
        // With nothing to begin with there is nothing to choose.
        let company = (origins.len() > 1).then(|| named("企业", options(origins)));
        let begin = super::Message::Begin;
        let buttons = row![
            control::primary_named(new_id(), "新建草稿", Some(begin(Message::NewAsked))),
            control::secondary("看看示例", Some(begin(Message::SampleAsked))),
            control::with_icon(
                Icon::Folder,
                "打开文件……",
                Some(super::Message::File(file::Message::Asked))
            ),
        ]
        .spacing(gap::S);
        let parts = column![named("我们是", options(roles)), named("通知", options(notices))]
            .push(company)
            .push(container(buttons.wrap()).padding(iced::padding::top(gap::XS)))
            .push(self.path_box())
            .push(dialog::takes_drops().then(|| control::hint("也可以把草稿或材料包拖进窗口。")))
            .spacing(gap::S);
        control::card(container(parts).padding(gap::XS))
    }

    /// The box for a path where there is no file dialog.
    pub(super) fn path_box(&self) -> Option<Element<'_, super::Message>> {
        let path = self.typed_path.as_ref()?;
        Some(path_box(
            file::path_id(),
            "草稿（.jiebang、.json）或材料包（.zip）的完整路径",
            path,
            |path| super::Message::File(file::Message::PathTyped(path)),
            "打开",
            super::Message::File(file::Message::PathGiven),
        ))
    }
}

fn options<'a>(choices: Vec<Choice>) -> Element<'a, super::Message> {
    let chosen = choices.iter().position(|choice| choice.chosen);
    let options = choices.into_iter().enumerate().map(|(index, choice)| {
        let kind = control::Kind::one(index, chosen);
        let message = super::Message::Begin(choice.message);
        control::option(choice.id, &choice.label, choice.chosen, kind, message)
    });
    row(options).spacing(gap::M).wrap().vertical_spacing(gap::XS).into()
}

fn named<'a>(name: &'a str, choices: Element<'a, super::Message>) -> Element<'a, super::Message> {
    row![
        container(text(name).size(size::BODY).style(theme::muted))
            .width(64)
            .padding(iced::padding::top(gap::XS)),
        container(choices).width(Fill),
    ]
    .into()
}
