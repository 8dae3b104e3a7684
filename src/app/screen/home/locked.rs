//! A package or a draft that asks for its password before it is opened.

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{Id, center, column, container, opaque, row, text};
use iced::{Fill, Task};

use super::import::{self, Unopened};
use super::list::keyboard_to;
use super::reading::Reading;
use super::{Action, Message as HomeMessage, Opened, State};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::password_box::{password_box, shown_choice};
use crate::app::widget::{Element, control};
use crate::app::worker::{self, Broken};
use crate::domain::Password;
use crate::rules::invisible;
use crate::store::DraftId;

/// The question for a password, as it stands over the window.
#[derive(Debug)]
pub(super) struct Asking {
    target: Target,
    typed: Password,
    shown: bool,
    /// Number of the try that is under way.
    trying: Option<u64>,
    /// What is being read at it.
    reading: Arc<Reading>,
    tries: u64,
    /// What came of the last try.
    told: Option<String>,
}

/// What is to be opened.
#[derive(Debug, Clone)]
enum Target {
    File(PathBuf),
    Draft(DraftId),
}

/// What the person does about it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// It was typed.
    Typed(Password),
    /// It is to be seen, or not.
    ShownToggled,
    /// It is to be opened with it.
    Given,
    /// It is not to be opened after all.
    Cancelled,
}

/// A file was read, or not; with the number of the try where a password was given.
pub(crate) type FileRead = Result<Result<Opened, Unopened>, Broken>;

fn box_id() -> Id {
    Id::new("open-password")
}

impl State {
    /// Opens a draft file or package; one from elsewhere is copied into the store.
    pub(crate) fn open_path(&mut self, path: PathBuf) -> Task<HomeMessage> {
        (self.problem, self.done) = (None, None);
        let reading = Arc::new(Reading::of(&path));
        self.readings.push(Arc::clone(&reading));
        let (store, read) = (self.store.clone(), Arc::clone(&reading));
        let job = move || import::open(&store, &path, &read);
        worker::run(job, move |result| HomeMessage::PathRead(reading, result))
    }

    /// Nothing of the files that are being read is wanted any more.
    pub(super) fn stop_reading(&self) {
        self.readings.iter().for_each(|reading| reading.stop());
    }

    /// The reading of [`open_path`](Self::open_path) ended.
    pub(super) fn path_read(&mut self, reading: &Arc<Reading>, result: FileRead) -> Action {
        self.readings.retain(|other| !Arc::ptr_eq(other, reading));
        match (reading.is_stopped(), result) {
            // Too late to keep it out of the list, but nobody wants it to be shown.
            (true, Ok(Ok(_))) => {
                self.tell("取消时已经读完，草稿在列表里，不需要可以删除。");
                Action::Run(self.list())
            }
            (true, _) => Action::Run(Task::none()),
            (false, result) => self.file_read(None, result),
        }
    }

    /// Opens a draft of the list, once its password was given.
    pub(super) fn open_draft(&mut self, id: DraftId) -> Action {
        let mut drafts = self.drafts.iter().flatten();
        if drafts.any(|entry| entry.id == id && entry.locked) {
            return Action::Run(self.ask(Target::Draft(id)));
        }
        Action::Open(id.into())
    }

    /// Something about a password lies over the window.
    pub(crate) const fn is_asking(&self) -> bool {
        self.asking.is_some() || self.is_changing_password()
    }

    fn ask(&mut self, target: Target) -> Task<HomeMessage> {
        let typed = Password::default();
        let (shown, trying, reading) = (false, None, Arc::default());
        self.asking = Some(Asking { target, typed, shown, trying, reading, tries: 0, told: None });
        keyboard_to(box_id())
    }

    pub(super) fn asked(&mut self, message: Message) -> Task<HomeMessage> {
        let Some(asking) = &mut self.asking else { return Task::none() };
        match message {
            Message::Typed(typed) => asking.typed = typed,
            Message::ShownToggled => asking.shown = !asking.shown,
            Message::Given => return self.try_password(),
            Message::Cancelled => {
                asking.reading.stop();
                self.asking = None;
                return keyboard_to(super::begin::new_id());
            }
        }
        Task::none()
    }

    fn try_password(&mut self) -> Task<HomeMessage> {
        let Some(asking) = self.asking.as_mut().filter(|asking| asking.trying.is_none()) else {
            return Task::none();
        };
        if asking.typed.is_empty() {
            asking.told = Some("请填写打开密码。".to_owned());
            return keyboard_to(box_id());
        }
        asking.tries += 1;
        asking.trying = Some(asking.tries);
        asking.told = None;
        asking.reading = Arc::default();
        let reading = Arc::clone(&asking.reading);
        let (attempt, password) = (asking.trying, asking.typed.clone());
        let (store, target) = (self.store.clone(), asking.target.clone());
        let job = move || match target {
            Target::File(path) => import::open_locked(&store, &path, &password, &reading),
            Target::Draft(id) => import::open_locked_draft(&store, &id, &password),
        };
        worker::run(job, move |result| HomeMessage::FileRead(attempt, result))
    }

    pub(super) fn file_read(&mut self, attempt: Option<u64>, result: FileRead) -> Action {
        let result = result.unwrap_or_else(|broken| Err(Unopened::Failed(broken.to_string())));
        let trying = self.asking.as_ref().and_then(|asking| asking.trying);
        if attempt.is_some() && attempt != trying {
            // Nobody waits for it any more, but it may be among the drafts now.
            return Action::Run(self.list());
        }
        let task = match (result, &mut self.asking) {
            (Ok(opened), _) => {
                self.asking = None;
                return Action::Open(opened);
            }
            (Err(Unopened::Cancelled), _) => Task::none(),
            (Err(Unopened::Locked(path)), _) => self.ask(Target::File(path)),
            (Err(Unopened::LockedDraft(id)), _) => self.ask(Target::Draft(id)),
            (Err(Unopened::WrongPassword(words)), Some(asking)) => {
                asking.trying = None;
                asking.told = Some(words);
                keyboard_to(box_id())
            }
            (Err(unopened), asking) => {
                *asking = None;
                self.tell(unopened.to_string());
                Task::none()
            }
        };
        Action::Run(task)
    }

    /// The question for a password, over whatever is shown.
    pub(crate) fn question_for_password(&self) -> Option<Element<'_, HomeMessage>> {
        let asked = || self.asking.as_ref().map(|asking| asking.view().map(HomeMessage::Asked));
        self.password_dialog().or_else(asked)
    }
}

impl Asking {
    fn view(&self) -> Element<'_, Message> {
        let words = match &self.target {
            Target::File(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                {
                    let name = invisible::revealed(&name);
                    format!("“{name}”加了密码，请填写它的打开密码。别人发来的，密码请向对方询问。")
                }
            }
            Target::Draft(_) => {
                "这份草稿加了密码，请填写打开密码；到关闭程序为止不再询问。".to_owned()
            }
        };
        let given = Some(Message::Given);
        let input =
            password_box(box_id(), "打开密码", &self.typed, self.shown, Message::Typed, given);
        let shown = shown_choice(Id::new("open-password-shown"), self.shown, Message::ShownToggled);
        let told = self.told.as_ref().map(|told| {
            let told = container(control::prose(told).size(size::BODY));
            told.padding(gap::S).width(Fill).style(theme::warning_box)
        });
        let label = if self.trying.is_some() { "正在打开……" } else { "打开" };
        let busy = self.trying.is_some();
        let open = control::primary_busy(Id::new("open-locked"), label, busy, Message::Given);
        let buttons = row![open, control::secondary("取消", Some(Message::Cancelled))];
        let parts = column![
            text("需要打开密码").size(size::TITLE),
            control::prose(words).size(size::BODY),
            input,
            shown,
        ]
        .push(told)
        .push(buttons.spacing(gap::S))
        .spacing(gap::S);
        let card = container(control::scroll(parts)).padding(gap::L).max_width(480);
        opaque(center(card.style(theme::card)).padding(gap::M).style(theme::veil))
    }
}
