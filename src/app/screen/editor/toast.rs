//! The short message at the foot: a plain one goes away by itself, one that matters waits to be read.

use std::path::PathBuf;
use std::time::Duration;

use iced::Task;
use iced::widget::space;

use super::{Message, State, versions};
use crate::app::icon::Icon;
use crate::app::widget::strip::strip;
use crate::app::widget::{Element, control};
use crate::app::worker;
use crate::rules::invisible;

/// How long a plain message is shown at most.
const SHOWN: Duration = Duration::from_secs(10);

/// A short message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Toast {
    words: String,
    offer: Offer,
    /// The state of the history to which the offer belongs: after any other change it would take back that.
    version: u64,
    /// It stays until the person has put it away.
    stays: bool,
    /// Tells it from others of the same words.
    number: u64,
}

/// What one press does about what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Offer {
    Nothing,
    Undo,
    Redo,
    /// To look at the file that is told of.
    File(PathBuf),
    /// To look at the earlier versions.
    Versions,
}

impl Toast {
    const fn is_about_a_file(&self) -> bool {
        self.stays && matches!(self.offer, Offer::File(_) | Offer::Versions)
    }
}

impl State {
    /// Shows a sentence at the foot for a while.
    pub(crate) fn tell(&mut self, words: impl Into<String>) {
        self.show_toast(words.into(), Offer::Nothing, false);
    }

    /// Shows a sentence at the foot until it is put away.
    pub(crate) fn warn(&mut self, words: impl Into<String>) {
        self.show_toast(words.into(), Offer::Nothing, true);
    }

    /// Says what is to be known of a file, until it is put away.
    pub(crate) fn warn_of_file(&mut self, words: impl Into<String>, file: PathBuf) {
        self.show_toast(words.into(), Offer::File(file), true);
    }

    /// Says what has become an earlier version, until it is put away.
    pub(crate) fn warn_of_version(&mut self, words: impl Into<String>) {
        self.show_toast(words.into(), Offer::Versions, true);
    }

    /// Says what was done, which one press takes back.
    pub(super) fn tell_done(&mut self, words: impl Into<String>) {
        self.show_toast(words.into(), Offer::Undo, false);
    }

    /// Says what was done until it is put away; one press takes it back.
    pub(super) fn warn_done(&mut self, words: impl Into<String>) {
        self.show_toast(words.into(), Offer::Undo, true);
    }

    /// Says what was taken back, or made again; one press does the opposite.
    pub(super) fn tell_travelled(&mut self, words: String, back: bool) {
        self.show_toast(words, if back { Offer::Redo } else { Offer::Undo }, false);
    }

    fn show_toast(&mut self, words: String, offer: Offer, stays: bool) {
        self.toasts += 1;
        let version = self.history.version();
        // A stranger's file name may be in it.
        let words = invisible::revealed(&words);
        let new = Toast { words, offer, version, stays, number: self.toasts };
        let old = self.toast.replace(new);
        // What became of a file is told nowhere else: it waits until the new message is gone.
        if let Some(old) = old.filter(|old| old.is_about_a_file() && !self.says(&old.words)) {
            self.unread = Some(old);
        }
    }

    /// The message shown is of these words.
    fn says(&self, words: &str) -> bool {
        self.toast.as_ref().is_some_and(|toast| toast.words == words)
    }

    /// Puts the message away; one that was not read yet is shown again.
    pub(super) fn put_toast_away(&mut self) {
        self.toast = self.unread.take();
    }

    /// After something was done: a plain message from before it goes away, a new one has its time.
    /// `before` is the number of messages until then.
    pub(super) fn settle_toast(&mut self, before: u64, done: bool) -> Task<Message> {
        let Some(toast) = self.toast.as_ref().filter(|toast| !toast.stays) else {
            return Task::none();
        };
        let number = toast.number;
        if done && number <= before {
            self.put_toast_away();
        } else if number > self.toasts_timed {
            self.toasts_timed = number;
            return worker::after(SHOWN, Message::ToastAged(number));
        }
        Task::none()
    }

    /// The message of this number has had its time.
    pub(super) fn toast_aged(&mut self, number: u64) {
        if self.toast.as_ref().is_some_and(|toast| toast.number == number) {
            self.put_toast_away();
        }
    }

    /// The message, between the panes and the foot so that it covers nothing.
    pub(super) fn toast(&self) -> Element<'_, Message> {
        let Some(toast) = &self.toast else { return space().into() };
        let is_last = toast.version == self.history.version();
        let one = |label: &str, message| vec![control::secondary(label, Some(message))];
        let offers = match &toast.offer {
            Offer::Undo if is_last => one("撤销", Message::Undone),
            Offer::Redo if is_last => one("重做", Message::Redone),
            Offer::File(path) => vec![
                control::secondary("打开所在文件夹", Some(Message::FolderAsked(path.clone()))),
                control::secondary("复制路径", Some(Message::PathCopied(path.clone()))),
            ],
            Offer::Versions => one("历史版本", Message::Versions(versions::Message::Asked)),
            _ => Vec::new(),
        };
        let close = control::symbol(Icon::Close, "知道了", Some(Message::ToastClosed));
        strip(None, &toast.words, offers.into_iter().chain([close]))
    }
}
