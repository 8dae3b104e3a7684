//! Taking things in the bin off the disk for good, once the person has been asked.

use iced::widget::{Id, column, container, row};
use iced::{Fill, Task};

use super::bin::{self, Item};
use super::list::keyboard_to;
use super::{State, card, kept};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::rules::invisible;
use crate::store::StoreError;

/// Most names in a question; more are counted.
const MOST: usize = 5;

/// What happens with that.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// One thing is to go.
    OneAsked(Item),
    /// All that lies in the bin is to go.
    AllAsked,
    /// The person means it.
    Meant,
    /// Or not.
    Kept,
}

/// The question, with what it names: what comes into the bin meanwhile stays.
#[derive(Debug)]
pub(super) struct Erasing {
    items: Vec<Item>,
    words: String,
    /// What had the keyboard.
    from: Id,
}

/// The button that empties the bin.
fn all_id() -> Id {
    Id::new("empty-bin")
}

fn keep_id() -> Id {
    Id::new("keep-binned")
}

/// The button that erases one thing.
pub(super) fn one_id(item: &Item) -> Id {
    match item {
        Item::Draft(id) => Id::from(format!("erase:draft:{id}")),
        Item::Profile(id) => Id::from(format!("erase:profile:{}", id.as_str())),
    }
}

impl State {
    pub(super) fn erase_happened(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::OneAsked(item) => {
                let words = self.question(&item);
                let from = one_id(&item);
                let words = invisible::revealed(&words);
                self.erasing = Some(Erasing { items: vec![item], words, from });
                keyboard_to(keep_id())
            }
            Message::AllAsked => {
                let drafts = self.bin.iter().map(|entry| Item::Draft(entry.id.clone()));
                let profiles = self.profile_bin.iter().map(|one| Item::Profile(one.id.clone()));
                let items = drafts.chain(profiles).collect();
                let words = invisible::revealed(&self.question_of_all());
                self.erasing = Some(Erasing { items, words, from: all_id() });
                keyboard_to(keep_id())
            }
            Message::Kept => self.keep_binned().unwrap_or_else(Task::none),
            Message::Meant => self.erase(),
        }
    }

    /// Puts the question away; `None` where there is none.
    pub(super) fn keep_binned(&mut self) -> Option<Task<super::Message>> {
        self.erasing.take().map(|erasing| keyboard_to(erasing.from))
    }

    fn erase(&mut self) -> Task<super::Message> {
        let Some(erasing) = self.erasing.take() else { return Task::none() };
        // What was removed last may be gone with it.
        self.removed = None;
        self.with_store(move |store| {
            let erase = |item: &Item| match item {
                Item::Draft(id) => store.erase(id),
                Item::Profile(id) => store.erase_profile(id),
            };
            let done: Result<Vec<()>, StoreError> = erasing.items.iter().map(erase).collect();
            done.map_err(|error| error.to_string())?;
            Ok(bin::fold_id())
        })
    }

    fn question(&self, item: &Item) -> String {
        let end = "彻底删除以后，谁也找不回来。";
        match item {
            Item::Draft(id) => {
                let entry = self.bin.iter().find(|entry| entry.id == *id);
                let (name, about) = entry.map_or_else(Default::default, |entry| {
                    (card::name(entry).to_owned(), self.about_binned(entry))
                });
                format!(
                    "要彻底删除“{name}”的草稿（{about}）吗？它的历史版本、佐证和插图文件也一起删除。{end}"
                )
            }
            Item::Profile(id) => {
                let profile = self.profile_bin.iter().find(|profile| profile.id == *id);
                let name = profile.map_or("", kept::name);
                format!("要彻底删除“{name}”的企业资料吗？{end}")
            }
        }
    }

    fn question_of_all(&self) -> String {
        let drafts = names(self.bin.iter().map(card::name), "份草稿");
        let profiles = names(self.profile_bin.iter().map(kept::name), "份企业资料");
        let all: Vec<String> = [drafts, profiles].into_iter().flatten().collect();
        format!(
            "要清空回收站吗？{}会彻底删除，草稿的历史版本、佐证和插图文件也一起删除。彻底删除以后，谁也找不回来。",
            all.join("和")
        )
    }

    /// The question, or else the button that asks it of all.
    pub(super) fn erasing(&self) -> Element<'_, super::Message> {
        let send = |message| super::Message::Bin(bin::Message::Erase(message));
        let Some(erasing) = &self.erasing else {
            return control::secondary_named(
                all_id(),
                "清空回收站……",
                Some(send(Message::AllAsked)),
            );
        };
        let buttons = row![
            control::secondary_named(keep_id(), "不删除", Some(send(Message::Kept))),
            control::secondary("彻底删除", Some(send(Message::Meant))),
        ];
        let words = control::prose(erasing.words.as_str()).size(size::BODY);
        let asked = column![words, buttons.spacing(gap::S)].spacing(gap::S);
        container(asked).padding(gap::S).width(Fill).style(theme::error_box).into()
    }
}

/// How many there are and what they are called; `None` where there are none.
fn names<'a>(all: impl ExactSizeIterator<Item = &'a str>, what: &str) -> Option<String> {
    let count = all.len();
    let first: Vec<String> = all.take(MOST).map(|name| format!("“{name}”")).collect();
    let more = if count > MOST { "等" } else { "" };
    (count > 0).then(|| format!("{}{more} {count} {what}", first.join("、")))
}
