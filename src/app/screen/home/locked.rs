//! A package that asks for its password before it is opened.

use std::path::PathBuf;

use iced::widget::{Id, center, column, container, opaque, row, text, text_input};
use iced::{Fill, Task};

use super::import::{self, Unopened};
use super::list::keyboard_to;
use super::{Action, Message as HomeMessage, Opened, State};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::app::worker::{self, Broken};
use crate::domain::Password;
use crate::rules::invisible;

/// The question for a password, as it stands over the window.
#[derive(Debug)]
pub(super) struct Asking {
    path: PathBuf,
    typed: Password,
    shown: bool,
    /// Number of the try that is under way.
    trying: Option<u64>,
    tries: u64,
    /// What came of the last try.
    told: Option<String>,
}

/// What the person does about it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// It was typed.
    Typed(Password),
    /// It is to be seen, or not.
    ShownToggled,
    /// The package is to be opened with it.
    Given,
    /// The package is not to be opened after all.
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
        self.problem = None;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        self.reading = Some(format!("正在读取“{}”……", invisible::revealed(&name)));
        let store = self.store.clone();
        let job = move || import::open(&store, &path);
        worker::run(job, |result| HomeMessage::FileRead(None, result))
    }

    /// A password is being asked for.
    pub(crate) const fn is_asking(&self) -> bool {
        self.asking.is_some()
    }

    pub(super) fn asked(&mut self, message: Message) -> Task<HomeMessage> {
        let Some(asking) = &mut self.asking else { return Task::none() };
        match message {
            Message::Typed(typed) => asking.typed = typed,
            Message::ShownToggled => asking.shown = !asking.shown,
            Message::Given => return self.try_password(),
            Message::Cancelled => {
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
        let (attempt, password) = (asking.trying, asking.typed.clone());
        let (store, path) = (self.store.clone(), asking.path.clone());
        let job = move || import::open_locked(&store, &path, &password);
        worker::run(job, move |result| HomeMessage::FileRead(attempt, result))
    }

    pub(super) fn file_read(&mut self, attempt: Option<u64>, result: FileRead) -> Action {
        self.reading = None;
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
            (Err(Unopened::Locked(path)), asking) => {
                let (typed, told) = (Password::default(), None);
                *asking = Some(Asking { path, typed, shown: false, trying: None, tries: 0, told });
                keyboard_to(box_id())
            }
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
        self.asking.as_ref().map(|asking| asking.view().map(HomeMessage::Asked))
    }
}

impl Asking {
    fn view(&self) -> Element<'_, Message> {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy();
        let name = invisible::revealed(&name);
        let words = format!(
            "“{name}”加了密码，请填写对方告诉您的打开密码。忘记密码无法找回，只能请对方重新发一份。"
        );
        let input = text_input("打开密码", self.typed.as_str())
            .id(box_id())
            .secure(!self.shown)
            .on_input(|typed| Message::Typed(typed.into()))
            .on_submit(Message::Given)
            .size(size::BODY)
            .padding([7.0, gap::S])
            .style(theme::input(Tone::Plain));
        let kind = control::Kind::AnyOfSeveral;
        let shown = control::option(
            Id::new("open-password-shown"),
            "显示密码",
            self.shown,
            kind,
            Message::ShownToggled,
        );
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
            guard(input),
            shown,
        ]
        .push(told)
        .push(buttons.spacing(gap::S))
        .spacing(gap::S);
        let card = container(control::scroll(parts)).padding(gap::L).max_width(480);
        opaque(center(card.style(theme::card)).padding(gap::M).style(theme::veil))
    }
}
