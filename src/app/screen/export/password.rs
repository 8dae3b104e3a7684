//! The password of the package: wanted or not, typed twice, shown or hidden.

use iced::widget::{Id, column, container, row, text};
use iced::{Alignment, Fill};

use crate::app::theme::{self, size, space as gap};
use crate::app::widget::password_box::{password_box, shown_choice};
use crate::app::widget::{Element, control};
use crate::domain::Password;
use crate::export::package;

/// What was typed. It is kept while the draft is open, so that a second export need not ask again, and
/// nowhere else.
#[derive(Debug, Default)]
pub(super) struct State {
    wanted: bool,
    typed: Password,
    again: Password,
    shown: bool,
}

/// What happens with it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The package is to have a password, or none.
    Toggled,
    /// It was typed.
    Typed(Password),
    /// It was typed for the second time.
    TypedAgain(Password),
    /// It is to be seen, or not.
    ShownToggled,
}

fn box_id() -> Id {
    Id::new("package-password")
}

impl State {
    /// The package is to have a password.
    pub(super) const fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// The password to export with; `None`: without one. The sentence says why it cannot be used.
    pub(super) fn chosen(&self) -> Result<Option<Password>, &'static str> {
        if !self.wanted {
            return Ok(None);
        }
        if self.typed.is_empty() {
            return Err("请填写打开密码；不需要密码的，请去掉“给材料包加打开密码”前的勾。");
        }
        if let Some(why) = package::unfit(&self.typed) {
            return Err(why);
        }
        if self.typed != self.again {
            return Err("两次填写的打开密码不一样，请核对后再导出。");
        }
        Ok(Some(self.typed.clone()))
    }

    pub(super) fn update<M: Send + 'static>(&mut self, message: Message) -> iced::Task<M> {
        match message {
            Message::Toggled => {
                self.wanted = !self.wanted;
                if self.wanted {
                    return iced::widget::operation::focus(box_id());
                }
                (self.typed, self.again) = (Password::default(), Password::default());
                self.shown = false;
            }
            Message::Typed(typed) => self.typed = typed,
            Message::TypedAgain(again) => self.again = again,
            Message::ShownToggled => self.shown = !self.shown,
        }
        iced::Task::none()
    }

    /// The choice, and where it is made what must be known beforehand.
    pub(super) fn view(&self) -> Element<'_, Message> {
        let label = "给材料包（ZIP）加打开密码，供邮件发送（可选）";
        let kind = control::Kind::AnyOfSeveral;
        let id = Id::new("package-locked");
        let choice = control::option(id, label, self.wanted, kind, Message::Toggled);
        column![choice].push(self.wanted.then(|| self.boxes())).into()
    }

    fn boxes(&self) -> Element<'_, Message> {
        let typed = self.line("打开密码", &self.typed, box_id(), Message::Typed);
        let again =
            self.line("再填一遍", &self.again, Id::new("password-again"), Message::TypedAgain);
        let shown = shown_choice(Id::new("password-shown"), self.shown, Message::ShownToggled);
        let told =
            self.told().map(|words| control::prose(words).size(size::SMALL).style(theme::warning));
        let words = [
            "忘记密码无法找回：本程序不保存密码，谁也打不开，只能重新导出。",
            "收件人要用 7-Zip、WinRAR、WPS 或好压打开，Windows 自带的“资源管理器”打不开；输入密码后得到“材料包.zip”，再解压一次就是全部文件。没有密码，连里面的文件名也看不到。",
            "加密的只是这个 ZIP：导出文件夹里的 PDF 等文件不加密。密码请用电话、短信等另外告诉收件人，不要写在同一封邮件里。",
        ];
        let lines = column![typed, again, shown].push(told).spacing(gap::XS);
        let words = column(words.map(|words| control::hint(words).into())).spacing(gap::XS);
        container(column![words, lines].spacing(gap::S))
            .padding(iced::Padding { left: 28.0, ..iced::Padding::from(gap::XS) })
            .into()
    }

    /// What is to be mended in what was typed.
    fn told(&self) -> Option<&'static str> {
        if self.typed.is_empty() {
            return None;
        }
        let differs = !self.again.is_empty() && self.typed != self.again;
        package::unfit(&self.typed)
            .or(differs.then_some("两次填写的不一样。"))
            .or(self.typed.is_short().then_some("不到 8 位，容易被猜出，建议换长一些的。"))
    }

    fn line<'a>(
        &self,
        name: &'a str,
        typed: &Password,
        id: Id,
        message: fn(Password) -> Message,
    ) -> Element<'a, Message> {
        let input = container(password_box(id, "", typed, self.shown, message, None)).width(260);
        let name = container(text(name).size(size::BODY).style(theme::muted)).width(72);
        row![name, input].spacing(gap::S).align_y(Alignment::Center).width(Fill).into()
    }
}
