//! The window is called: the program was started again with the draft that is edited here.

use iced::{Task, window};

use super::{App, Message};
use crate::app::worker;

impl App {
    /// Takes the call, unless this window is about to close: then the draft is soon free.
    pub(super) fn take_call(&self) -> Task<Message> {
        let Some(editor) = self.editor.as_ref().filter(|_| !self.is_closing()) else {
            return Task::none();
        };
        let (store, id) = (self.store.clone(), editor.id().clone());
        worker::run(
            move || store.take_call(&id),
            |taken| Message::CallTaken(taken.unwrap_or(false)),
        )
    }

    /// Shows the window before all others; where the system does not let it, it asks for attention.
    pub(super) fn called(&mut self, was_there: bool) -> Task<Message> {
        if !was_there {
            return Task::none();
        }
        if let Some(editor) = &mut self.editor {
            editor.tell("这份草稿已经在这个窗口里打开；要找文件里以前的样子，看“历史版本”。");
        }
        window::latest().and_then(|id| {
            let attention = Some(window::UserAttention::Informational);
            Task::batch([
                window::minimize(id, false),
                window::gain_focus(id),
                window::request_user_attention(id, attention),
            ])
        })
    }
}
