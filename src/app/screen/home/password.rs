//! The password of a draft: set, changed or taken away.

use iced::widget::{Id, center, column, container, opaque, row, text};
use iced::{Fill, Task};

use super::list::keyboard_to;
use super::{Message as HomeMessage, State, card_id};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::password_box::{password_box, shown_choice};
use crate::app::widget::{Element, control};
use crate::app::worker::{self, Broken};
use crate::domain::Password;
use crate::store::{DraftId, Store, StoreError};

/// The dialog for the password of a draft, as it stands over the window.
#[derive(Debug)]
pub(super) struct Changing {
    id: DraftId,
    name: String,
    /// It has one, which must be given before anything changes.
    has_password: bool,
    old: Password,
    new: Password,
    again: Password,
    shown: bool,
    /// It is being changed.
    busy: bool,
    /// It is to be taken away.
    removing: bool,
    told: Option<String>,
}

/// What happens in it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// It is wanted for a draft of this name, which has a password or not.
    Asked(DraftId, String, bool),
    /// The password it has was typed.
    OldTyped(Password),
    /// The new one was typed.
    NewTyped(Password),
    /// The new one was typed for the second time.
    AgainTyped(Password),
    /// They are to be seen, or not.
    ShownToggled,
    /// The new one is to be set.
    Set,
    /// The one it has is to be taken away.
    Removed,
    /// Everything stays as it is.
    Cancelled,
    /// It was changed, or not; the sentence says why.
    Done(Result<Result<(), String>, Broken>),
}

fn old_id() -> Id {
    Id::new("draft-password")
}

fn new_id() -> Id {
    Id::new("draft-new-password")
}

impl State {
    /// The password of a draft is being changed.
    pub(super) const fn is_changing_password(&self) -> bool {
        self.changing.is_some()
    }

    pub(super) fn password(&mut self, message: Message) -> Task<HomeMessage> {
        if let Message::Asked(id, name, has_password) = message {
            self.changing = Some(Changing::new(id, name, has_password));
            return keyboard_to(if has_password { old_id() } else { new_id() });
        }
        let Some(changing) = &mut self.changing else { return Task::none() };
        match message {
            Message::OldTyped(typed) => changing.old = typed,
            Message::NewTyped(typed) => changing.new = typed,
            Message::AgainTyped(typed) => changing.again = typed,
            Message::ShownToggled => changing.shown = !changing.shown,
            Message::Set => return changing.set(self.store.clone()),
            Message::Removed => return changing.remove(self.store.clone()),
            // What is under way is not broken off.
            Message::Cancelled if changing.busy => {}
            Message::Cancelled => return self.end_password(),
            Message::Done(result) => {
                match result.unwrap_or_else(|broken| Err(broken.to_string())) {
                    Ok(()) => {
                        (self.problem, self.done) = (None, Some(changing.done()));
                        let listed = self.list();
                        return Task::batch([listed, self.end_password()]);
                    }
                    Err(problem) => {
                        changing.busy = false;
                        changing.told = Some(problem);
                        return keyboard_to(if changing.has_password {
                            old_id()
                        } else {
                            new_id()
                        });
                    }
                }
            }
            Message::Asked(..) => {}
        }
        Task::none()
    }

    fn end_password(&mut self) -> Task<HomeMessage> {
        let changed = self.changing.take();
        changed.map_or_else(Task::none, |changed| keyboard_to(card_id(&changed.id)))
    }

    /// The dialog, over whatever is shown.
    pub(super) fn password_dialog(&self) -> Option<Element<'_, HomeMessage>> {
        self.changing.as_ref().map(|changing| changing.view().map(HomeMessage::Password))
    }
}

impl Changing {
    fn new(id: DraftId, name: String, has_password: bool) -> Self {
        let (old, new, again) = Default::default();
        let (shown, busy, removing) = (false, false, false);
        Self { id, name, has_password, old, new, again, shown, busy, removing, told: None }
    }

    fn set(&mut self, store: Store) -> Task<HomeMessage> {
        let told = if self.has_password && self.old.is_empty() {
            Some("请先填写现在的密码。")
        } else if self.new.is_empty() {
            Some("请填写新的打开密码。")
        } else {
            (self.new != self.again).then_some("两次填写的打开密码不一样，请核对。")
        };
        let old = self.has_password.then(|| self.old.clone());
        let (id, new) = (self.id.clone(), self.new.clone());
        self.removing = false;
        self.run(told, move || store.set_password(&id, old.as_ref(), &new))
    }

    fn remove(&mut self, store: Store) -> Task<HomeMessage> {
        let told = self.old.is_empty().then_some("请先填写现在的密码。");
        let (id, old) = (self.id.clone(), self.old.clone());
        self.removing = true;
        self.run(told, move || store.remove_password(&id, &old))
    }

    /// What has become of it, in words.
    fn done(&self) -> String {
        let name = &self.name;
        match (self.removing, self.has_password) {
            (true, _) => format!("“{name}”已取消打开密码，不再加密。"),
            (false, true) => format!("“{name}”的打开密码已修改。"),
            (false, false) => format!(
                "“{name}”已设打开密码并加密。到关闭程序为止打开它不再询问；请记好密码，忘记无法找回。"
            ),
        }
    }

    /// Does the job unless there is something to be told.
    fn run(
        &mut self,
        told: Option<&str>,
        job: impl FnOnce() -> Result<(), StoreError> + Send + 'static,
    ) -> Task<HomeMessage> {
        if self.busy {
            return Task::none();
        }
        self.told = told.map(str::to_owned);
        if told.is_some() {
            return Task::none();
        }
        self.busy = true;
        let job = move || job().map_err(|error| format!("{error}。"));
        worker::run(job, |result| HomeMessage::Password(Message::Done(result)))
    }

    fn view(&self) -> Element<'_, Message> {
        let title =
            if self.has_password { "修改或取消打开密码" } else { "设置打开密码" };
        let words = [
            "忘记密码无法找回：谁也打不开，草稿、历史版本和佐证文件就都没有了。",
            "加密的是这份草稿在本机上的文件，包括历史版本、佐证和插图；导出的材料、另存的副本和“企业资料”不加密。",
            "加密以前的文件会删除，但专业人员仍有可能从磁盘上恢复。",
        ];
        let words = column(words.map(|words| control::hint(words).into())).spacing(gap::XS);
        let old = self
            .has_password
            .then(|| self.line("现在的密码", old_id(), &self.old, Message::OldTyped));
        let again_id = Id::new("draft-password-again");
        let shown =
            shown_choice(Id::new("draft-password-shown"), self.shown, Message::ShownToggled);
        let short = !self.new.is_empty() && self.new.is_short();
        let advice = short.then(|| {
            let words = "不到 8 位，容易被猜出，建议换长一些的。";
            control::prose(words).size(size::SMALL).style(theme::warning)
        });
        let told = self.told.as_ref().map(|told| {
            let told = container(control::prose(told).size(size::BODY));
            told.padding(gap::S).width(Fill).style(theme::warning_box)
        });
        let parts = column![
            text(title).size(size::TITLE),
            control::prose(&self.name).size(size::BODY),
            words
        ]
        .push(old)
        .push(self.line("新密码", new_id(), &self.new, Message::NewTyped))
        .push(self.line("再填一遍", again_id, &self.again, Message::AgainTyped))
        .push(shown)
        .push(advice)
        .push(told)
        .push(self.buttons())
        .spacing(gap::S);
        let card = container(control::scroll(parts)).padding(gap::L).max_width(520);
        opaque(center(card.style(theme::card)).padding(gap::M).style(theme::veil))
    }

    fn buttons(&self) -> Element<'_, Message> {
        let label = match (self.busy, self.has_password) {
            (true, _) => "请稍候……",
            (false, true) => "修改密码",
            (false, false) => "设置密码",
        };
        let set =
            control::primary_busy(Id::new("draft-password-set"), label, self.busy, Message::Set);
        let idle = |message| Some(message).filter(|_| !self.busy);
        let remove = self
            .has_password
            .then(|| control::secondary("取消密码，不再加密", idle(Message::Removed)));
        let cancel = control::secondary("不改了", idle(Message::Cancelled));
        row![set].push(remove).push(cancel).spacing(gap::S).wrap().vertical_spacing(gap::S).into()
    }

    fn line<'a>(
        &self,
        name: &'a str,
        id: Id,
        typed: &Password,
        message: fn(Password) -> Message,
    ) -> Element<'a, Message> {
        let name = container(text(name).size(size::BODY).style(theme::muted)).width(84);
        let input = password_box(id, "", typed, self.shown, message, Some(Message::Set));
        row![name, input].spacing(gap::S).align_y(iced::Alignment::Center).into()
    }
}
