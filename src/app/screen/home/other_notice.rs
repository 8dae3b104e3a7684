//! A draft for another notice: a copy of it, or the draft itself.

use iced::Fill;
use iced::Task;
use iced::widget::{Id, column, container, row};

use super::list::keyboard_to;
use super::{Opened, State, card_id, import};
use crate::app::theme::space as gap;
use crate::app::widget::{Element, control};
use crate::app::worker;
use crate::store::{DraftId, Entry};

/// What happens with the notices of a card.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Another notice is wanted for a draft; asked again, no longer.
    Asked(DraftId),
    /// A copy of a draft is wanted for the notice of this identifier.
    CopyAsked(DraftId, String),
    /// A draft gets the notice of this identifier.
    Changed(DraftId, String),
}

/// The first notice that is offered.
fn first_id() -> Id {
    Id::new("other-notice")
}

impl State {
    pub(super) fn renotice(&mut self, message: Message) -> Task<super::Message> {
        let store = self.store.clone();
        match message {
            Message::Asked(id) => {
                self.renoticed = (self.renoticed.as_ref() != Some(&id)).then_some(id);
                // What has opened may lie below the edge.
                if self.renoticed.is_some() { keyboard_to(first_id()) } else { Task::none() }
            }
            Message::CopyAsked(id, notice) => {
                self.renoticed = None;
                let job = move || import::copy_for(&store, &id, &notice).map(Opened::from);
                worker::run(job, super::Message::Ready)
            }
            Message::Changed(id, notice) => {
                self.renoticed = None;
                self.with_store(move |store| {
                    import::change_notice(store, &id, &notice)?;
                    Ok(card_id(&id))
                })
            }
        }
    }

    /// The notices for which the draft can be used instead; `None` while nobody asks.
    pub(super) fn other_notices<'a>(
        &'a self,
        entry: &'a Entry,
    ) -> Option<Element<'a, super::Message>> {
        if self.renoticed.as_ref() != Some(&entry.id) {
            return None;
        }
        let send = super::Message::OtherNotice;
        let others = self.notices.iter().filter(|notice| notice.id != entry.notice);
        let lines = others.enumerate().map(|(index, notice)| {
            let (id, to) = (entry.id.clone(), notice.id.clone());
            let copy = send(Message::CopyAsked(id.clone(), to.clone()));
            let change = send(Message::Changed(id, to));
            let label = format!("复制到 {}", notice.short_title);
            let copy = match index {
                0 => control::secondary_named(first_id(), &label, Some(copy)),
                _ => control::secondary(&label, Some(copy)),
            };
            row![copy, control::quiet("改用这个通知", Some(change)),].spacing(gap::S).into()
        });
        let hint = control::hint(
            "“复制到”另做一份，这一份不动；“改用”把这一份换成那个通知。填写的内容都保留，报送部门要重新选择。",
        );
        let list = column![hint].extend(lines).spacing(gap::XS);
        Some(container(list).padding(gap::S).width(Fill).into())
    }
}
