//! The bin: what goes there, what comes back, and where the keyboard is then.

use iced::Task;
use iced::widget::{Id, column, container, row, text};
use iced::{Alignment, Fill};

use super::begin::new_id;
use super::list::{Damage, damage, keyboard_to};
use super::{State, card_id, erase};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::list::list;
use crate::app::widget::{Element, control};
use crate::rules::invisible;
use crate::store::profiles::ProfileId;
use crate::store::{DraftId, Entry, Profile};

/// Something that can lie in the bin.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Item {
    /// A draft.
    Draft(DraftId),
    /// Kept company data.
    Profile(ProfileId),
}

/// What was removed last.
#[derive(Debug)]
pub(super) struct Removed {
    item: Item,
    /// What is said of it.
    pub(super) words: String,
    /// Where the keyboard went then.
    next: Id,
}

/// What happens with the bin.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// It is opened or closed.
    Toggled,
    /// Something goes there; with its name.
    RemoveAsked(Item, String),
    /// Something comes out.
    PutBackAsked(Item),
    /// What was removed last comes back.
    Undone,
    /// What was removed last may stay there.
    Left,
    /// Something is to be erased.
    Erase(erase::Message),
}

impl Item {
    /// The button that moves it to the bin.
    pub(super) fn remove_id(&self) -> Id {
        match self {
            Self::Draft(id) => Id::from(format!("remove:draft:{id}")),
            Self::Profile(id) => Id::from(format!("remove:profile:{}", id.as_str())),
        }
    }

    /// The control that opens or uses it.
    fn use_id(&self) -> Id {
        match self {
            Self::Draft(id) => card_id(id),
            Self::Profile(id) => Id::from(format!("profile:{}", id.as_str())),
        }
    }

    /// The button that takes it out of the bin.
    fn back_id(&self) -> Id {
        match self {
            Self::Draft(id) => Id::from(format!("back:draft:{id}")),
            Self::Profile(id) => Id::from(format!("back:profile:{}", id.as_str())),
        }
    }
}

/// The heading that opens and closes the bin.
pub(super) fn fold_id() -> Id {
    Id::new("bin")
}

/// What of kept data takes the keyboard.
pub(super) fn profile_control(profile: &Profile) -> Id {
    let item = Item::Profile(profile.id.clone());
    if profile.company.is_ok() { item.use_id() } else { item.remove_id() }
}

impl State {
    pub(super) fn bin_happened(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::Toggled => {
                self.bin_open = !self.bin_open;
                self.erasing = None;
            }
            Message::Erase(message) => return self.erase_happened(message),
            Message::RemoveAsked(item, name) => return self.remove(item, name),
            Message::PutBackAsked(item) => {
                self.erasing = None;
                self.removed = None;
                return self.put_back(item);
            }
            Message::Undone => {
                if let Some(removed) = self.removed.take() {
                    return self.put_back(removed.item);
                }
            }
            Message::Left => {
                if let Some(removed) = self.removed.take() {
                    return keyboard_to(removed.next);
                }
            }
        }
        Task::none()
    }

    /// The keyboard goes to what stands next.
    fn remove(&mut self, item: Item, name: String) -> Task<super::Message> {
        let next = self.beside(&item).unwrap_or_else(new_id);
        self.removed = Some(Removed {
            item: item.clone(),
            words: format!("“{name}”已移到回收站。"),
            next: next.clone(),
        });
        self.with_store(move |store| {
            match &item {
                Item::Draft(id) => store.remove(id),
                Item::Profile(id) => store.remove_profile(id),
            }
            .map_err(|error| error.to_string())?;
            Ok(next)
        })
    }

    /// The keyboard goes to what has come back, which is shown whatever was searched for.
    fn put_back(&mut self, item: Item) -> Task<super::Message> {
        self.search.clear();
        self.kept_open |= matches!(item, Item::Profile(_));
        self.with_store(move |store| {
            match &item {
                Item::Draft(id) => store.put_back(id),
                Item::Profile(id) => store.put_back_profile(id),
            }
            .map_err(|error| error.to_string())?;
            let damaged = match &item {
                Item::Draft(id) => {
                    store.load(id).is_err() && damage(store, id) != Some(Damage::Recoverable)
                }
                Item::Profile(id) => store.load_profile(id).is_err(),
            };
            Ok(if damaged { item.remove_id() } else { item.use_id() })
        })
    }

    /// What of a draft takes the keyboard: one that cannot be opened can be removed.
    fn draft_control(&self, entry: &Entry) -> Id {
        let item = Item::Draft(entry.id.clone());
        if self.can_open(entry) { item.use_id() } else { item.remove_id() }
    }

    /// The one after it in its list, or else the one before; `None`: it is the only one.
    pub(super) fn beside(&self, item: &Item) -> Option<Id> {
        let (ids, at): (Vec<Id>, _) = match item {
            Item::Draft(id) => {
                let found = self.found();
                let at = found.iter().position(|entry| entry.id == *id);
                (found.into_iter().map(|entry| self.draft_control(entry)).collect(), at)
            }
            Item::Profile(id) => {
                let at = self.profiles.iter().position(|profile| profile.id == *id);
                (self.profiles.iter().map(profile_control).collect(), at)
            }
        };
        let at = at?;
        ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)).cloned()
    }

    /// What lies in the bin.
    pub(super) fn bin(&self) -> Option<Element<'_, super::Message>> {
        let count = self.bin.len() + self.profile_bin.len();
        if count == 0 {
            return None;
        }
        let label = format!("回收站（{count}）");
        let toggle = super::Message::Bin(Message::Toggled);
        let mut page =
            column![control::fold_named(fold_id(), &label, self.bin_open, toggle)].spacing(gap::S);
        if self.bin_open {
            let drafts = self.bin.iter().map(|entry| {
                let name = super::card::name(entry).to_owned();
                let item = Item::Draft(entry.id.clone());
                (item.clone(), binned(item, name, self.about_binned(entry)))
            });
            let profiles = self.profile_bin.iter().map(|profile| {
                let name = super::kept::name(profile).to_owned();
                let about = format!("企业资料 · {}", super::kept::about(profile, self.today));
                let item = Item::Profile(profile.id.clone());
                (item.clone(), binned(item, name, about))
            });
            page = page.push(self.erasing());
            page = page.push(list(drafts.chain(profiles)).spacing(gap::S));
        }
        Some(page.into())
    }

    /// What tells drafts of one company apart.
    pub(super) fn about_binned(&self, entry: &Entry) -> String {
        if let Some(problem) = &entry.problem {
            return problem.clone();
        }
        let when = super::card::when(entry.modified, self.today);
        format!("{} · {when} 修改", self.papers(entry))
    }
}

fn binned<'a>(item: Item, name: String, about: String) -> Element<'a, super::Message> {
    let words = column![text(invisible::revealed(&name)).size(size::BODY), control::hint(about)]
        .spacing(2)
        .width(Fill);
    let (id, erase_id) = (item.back_id(), erase::one_id(&item));
    let erase = Message::Erase(erase::Message::OneAsked(item.clone()));
    let erase = super::Message::Bin(erase);
    let back = super::Message::Bin(Message::PutBackAsked(item));
    let line = row![
        words,
        control::secondary_named(id, "放回", Some(back)),
        control::quiet_named(erase_id, "彻底删除……", Some(erase)),
    ];
    container(line.spacing(gap::M).align_y(Alignment::Center))
        .padding([gap::XS, gap::M])
        .width(Fill)
        .style(theme::card)
        .into()
}
