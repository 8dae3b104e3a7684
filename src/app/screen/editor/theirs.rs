//! A draft that another window edits: looked at here, kept up to date, taken over once it is free.

use std::sync::Arc;

use iced::Task;
use jiff::civil::Time;

use super::{Message, State, checking};
use crate::domain::Draft;
use crate::rules::word_count::draft_counts;

/// How up to date what is looked at is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Freshness {
    /// As it was opened.
    #[default]
    Opened,
    /// As the other window saved it, seen at this time.
    Followed(Time),
    /// It cannot be read any more; the sentence says why.
    Lost(String),
}

impl State {
    /// It only looks: another window edits the draft, or it cannot be written.
    pub(crate) const fn only_looks(&self) -> bool {
        !self.may_write
    }

    /// It only looks because another window edits the draft.
    pub(crate) const fn waits_for_other(&self) -> bool {
        !self.may_write && !self.unwritable
    }

    /// Nothing can be written where the drafts are, so that this one can only be looked at.
    pub(crate) fn only_look(&mut self, problem: &str) {
        self.unwritable = true;
        self.warn(format!(
            "{problem}。这份草稿现在只能查看和导出，不能修改；能写入以后，这里会自动变成可以编辑。"
        ));
    }

    /// Why the draft cannot be changed.
    pub(super) const fn why_read_only(&self) -> &'static str {
        if self.unwritable {
            "保存草稿的文件夹不能写入，这里只能查看和导出。"
        } else {
            "这份草稿正在另一个窗口中编辑，这里只能查看。"
        }
    }

    /// The same for the foot, and how up to date what is shown is.
    pub(super) fn read_only_words(&self) -> String {
        let why = self.why_read_only();
        match &self.freshness {
            Freshness::Lost(_) => format!("只读：{why}现在读不到它，显示的是最后读到的内容。"),
            _ if self.unwritable => format!("只读：{why}"),
            Freshness::Opened => format!("只读：{why}那边关闭以后，这里就能编辑。"),
            Freshness::Followed(time) => format!(
                "只读：{why}已随那边更新到 {}；那边关闭以后，这里就能编辑。",
                time.strftime("%H:%M:%S")
            ),
        }
    }

    /// Shows the draft as another window has saved it by now.
    pub(crate) fn follow_other(&mut self, mut draft: Draft, now: Time) -> Task<Message> {
        draft.fill_tables();
        let is_other = draft.notice != self.notice.id || draft.role != self.draft.role;
        let was_lost = matches!(self.freshness, Freshness::Lost(_));
        if self.may_write || is_other || (*self.draft == draft && !was_lost) {
            return Task::none();
        }
        let before = self.roster.clone();
        self.roster.replace(&self.draft, &draft);
        self.roster.fit(&draft);
        self.draft = Arc::new(draft);
        self.freshness = Freshness::Followed(now);
        self.counts = draft_counts(&self.draft);
        self.export.draft_changed();
        self.readdress(&before);
        self.visit_filled();
        let step = self.step.nearest(&self.draft);
        let shown = if step == self.step { Task::none() } else { self.go_to(step) };
        self.load_texts();
        Task::batch([shown, self.check(checking::PAUSE), self.lay_out()])
    }

    /// The draft that another window edits cannot be read any more.
    pub(crate) fn lose_sight(&mut self, problem: String) {
        let lost = Freshness::Lost(problem.clone());
        if !self.may_write && self.freshness != lost {
            self.freshness = lost;
            self.warn(format!("{problem}。这里显示的是最后读到的内容。"));
        }
    }
}
