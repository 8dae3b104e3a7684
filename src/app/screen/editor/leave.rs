//! Leaving the draft: what is not on disk yet, what still runs, and a copy for where it cannot be saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Task;

use super::autosave::Status;
use super::update::blank_id;
use super::{Message, State, Step};
use crate::app::focus;
use crate::app::guard::Write;
use crate::app::kind;
use crate::export::package::safe;
use crate::store::file::EXTENSION;
use crate::store::{Blobs, DraftId};

/// A draft file that was written elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copied {
    /// The file.
    pub(crate) path: PathBuf,
    /// How many pieces of evidence lie beside it.
    pub(crate) evidence: usize,
    /// How many could not be read where the draft was.
    pub(crate) missing: usize,
}

/// How far the saving of what was typed is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Saving {
    /// All is on disk.
    Done,
    /// A save is under way.
    UnderWay,
    /// Something was typed since the last save began.
    Due,
    /// The last save failed; the sentence says why.
    Failed(String),
}

impl State {
    /// How far the saving of what was typed is.
    pub(crate) fn how_saved(&self) -> Saving {
        if !self.is_unsaved() {
            let is_due = self.may_write && self.autosave.is_keep_due();
            return if is_due { Saving::Due } else { Saving::Done };
        }
        match self.autosave.status() {
            _ if self.autosave.is_running() => Saving::UnderWay,
            Status::Failed(trouble) => Saving::Failed(trouble.to_string()),
            _ => Saving::Due,
        }
    }

    /// Saves what is not saved yet, off this thread, as somebody leaves.
    pub(crate) fn save(&mut self) -> Task<Message> {
        match self.may_write {
            true => self.autosave.start_last(&self.draft, Message::Saved),
            false => Task::none(),
        }
    }

    /// What writes the draft as it is, after a fault of the window; `None`: it is only looked at.
    pub(crate) fn rescue(&self) -> Option<Write> {
        let write = self.may_write.then(|| self.autosave.rescue(Arc::clone(&self.draft)))?;
        Some(Box::new(move || write().map_err(|trouble| trouble.to_string())))
    }

    /// Saves what is not saved yet, on this thread. The sentence says why it could not.
    #[cfg(test)]
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        if !self.may_write {
            return Ok(());
        }
        self.autosave.flush(&self.draft)
    }

    /// Something typed is not on disk.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.may_write && self.autosave.is_pending()
    }

    /// The file is being looked at.
    #[cfg(test)]
    pub(crate) const fn is_looking_at_file(&self) -> bool {
        self.autosave.is_looking()
    }

    /// An export is under way.
    pub(crate) fn is_exporting(&self) -> bool {
        self.export.is_running()
    }

    /// Breaks the export off; it ends a moment later.
    pub(crate) fn stop_export(&self) {
        self.export.cancel();
    }

    /// The draft's name in the store.
    pub(crate) const fn id(&self) -> &DraftId {
        &self.id
    }

    /// The step shown.
    pub(crate) const fn step(&self) -> Step {
        self.step
    }

    /// The page is shown beside the blanks.
    pub(crate) const fn is_page_open(&self) -> bool {
        self.panes.is_page_open()
    }

    /// Shows the page beside the blanks, or not.
    pub(crate) const fn open_page(&mut self, open: bool) {
        self.panes.open_page(open);
    }

    /// The keyboard goes back to where it was.
    pub(crate) fn take_keyboard_back<M: Send + 'static>(&self) -> Task<M> {
        focus::enter(self.focus.as_ref().map(blank_id))
    }

    /// Back to the page of findings, to the one that led away from it.
    pub(super) fn come_back(&mut self) -> Task<Message> {
        let shown = self.go_to(Step::Export);
        let back = self.export.come_back(self.checking.findings().len());
        shown.chain(back).chain(Task::done(Message::Led))
    }

    /// The name of a file that holds the draft.
    pub(crate) fn file_name(&self) -> String {
        format!("{}-{}.{EXTENSION}", safe(self.draft.company.name.trim()), self.draft.role.label())
    }

    /// Writes the draft as it is now, with its evidence, to a file elsewhere. A folder gets a file of
    /// the usual name. Without `may_replace` a file that is there already is left alone. The sentence says
    /// why it could not.
    pub(crate) fn copy_job(
        &self,
        path: PathBuf,
        may_replace: bool,
    ) -> impl FnOnce() -> Result<Copied, String> + Send + 'static {
        let (store, id, draft) = (self.store.clone(), self.id.clone(), self.draft.clone());
        let name = self.file_name();
        move || {
            let path = if path.is_dir() { path.join(name) } else { as_draft_file(&path) };
            if !may_replace && path.exists() {
                return Err(format!(
                    "“{}”已经有了，在同一个位置再存一次就替换它，原来的内容留在旁边名字以 .bak 结尾的文件里",
                    path.display()
                ));
            }
            store.save_elsewhere(&id, &draft, &path).map_err(|error| error.to_string())?;
            let missing = Blobs::beside(&path).missing(&draft).len();
            let evidence = draft.attachments().count().saturating_sub(missing);
            Ok(Copied { path, evidence, missing })
        }
    }
}

/// Who has chosen this very name in a dialog was asked there whether it may be replaced.
pub(crate) fn is_draft_file(path: &Path) -> bool {
    as_draft_file(path) == path
}

/// `path` with the extension that makes it a draft to be opened.
fn as_draft_file(path: &Path) -> PathBuf {
    if kind::is_draft(path) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{EXTENSION}"));
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::as_draft_file;
    use std::path::Path;

    #[test]
    fn a_name_without_extension_or_with_a_dot_in_it_becomes_a_draft_file() {
        let name = |name: &str| as_draft_file(Path::new(name));
        assert_eq!(name("/盘/甲 1.5 版"), Path::new("/盘/甲 1.5 版.jiebang"));
        assert_eq!(name("/盘/甲.JSON"), Path::new("/盘/甲.JSON"));
        assert_eq!(name("/盘/甲.Jiebang"), Path::new("/盘/甲.Jiebang"));
    }
}
