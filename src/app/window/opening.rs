//! Opening a draft: it is read on a thread that may wait for the disk, and then shown.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use iced::Task;

use super::{App, Message};
use crate::app::dialog;
use crate::app::moment;
use crate::app::screen::{editor, home};
use crate::app::worker::{self, Broken, Latest};
use crate::domain::Draft;
use crate::rules::Notice;
use crate::store::{DraftError, DraftId, DraftLock, Recovered, Store};

/// The second press of a double click comes within this time.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// A draft with all that is needed to edit it.
#[derive(Debug)]
struct Read {
    draft: Draft,
    notice: Arc<Notice>,
    /// `None`: another window has it, or it cannot be written.
    lock: Option<DraftLock>,
    /// Why it cannot be written.
    unwritable: Option<String>,
    /// It was damaged and is an earlier version.
    recovered: Option<Recovered>,
    /// Where exports go at first.
    documents: Option<PathBuf>,
}

/// What came of the reading, to be taken once: nobody else may have its lock.
#[derive(Debug, Clone)]
pub(crate) struct Handover(Arc<Mutex<Option<Result<Read, String>>>>);

impl Handover {
    fn new(read: Result<Result<Read, String>, Broken>) -> Self {
        let read = read.unwrap_or_else(|broken| Err(broken.to_string()));
        Self(Arc::new(Mutex::new(Some(read))))
    }

    fn take(&self) -> Option<Result<Read, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Read {
    /// Reads a draft. The sentence says why it could not.
    fn from_store(store: &Store, id: &DraftId) -> Result<Self, String> {
        let begun = Instant::now();
        let read = Self::of(store, id);
        let (ms, id) = (begun.elapsed().as_millis(), id.logged());
        match &read {
            Ok(read) => {
                let (is_ours, was_damaged) = (read.lock.is_some(), read.recovered.is_some());
                log::info!("opened draft={id} ms={ms} locked={is_ours} recovered={was_damaged}");
            }
            Err(_) => log::warn!("not opened draft={id} ms={ms}"),
        }
        read
    }

    fn of(store: &Store, id: &DraftId) -> Result<Self, String> {
        // Where nothing can be written, a draft can at least be read and exported.
        let (lock, unwritable) = match store.lock(id) {
            Ok(lock) => (lock, None),
            Err(error) => (None, Some(error.to_string())),
        };
        // Only who may write may put a damaged file aside.
        let loaded = match &lock {
            Some(_) => store.load_or_recover(id),
            None => store.load(id).map(|draft| (draft, None)),
        };
        let (draft, recovered) = loaded.map_err(|error| error.to_string())?;
        let (notices, _) = store.notices();
        let notice = notices.into_iter().find(|notice| notice.id == draft.notice);
        let notice = notice.ok_or_else(|| {
            format!(
                "这份草稿用的通知“{}”不在本机上。请把它的 JSON 文件放到“{}”，再重新打开。",
                draft.notice,
                store.notices_folder().display()
            )
        })?;
        let documents = dialog::documents();
        Ok(Self { draft, notice: Arc::new(notice), lock, unwritable, recovered, documents })
    }
}

impl App {
    /// Reads a draft to be shown.
    pub(super) fn open(&mut self, opened: home::Opened) -> Task<Message> {
        if self.editor.is_some() {
            return self.open_later();
        }
        if self.opening.as_ref() == Some(&opened.id) {
            return Task::none();
        }
        self.opening = Some(opened.id.clone());
        let (store, id) = (self.store.clone(), opened.id.clone());
        let read = move || Read::from_store(&store, &id);
        worker::run(read, |read| Message::DraftRead(opened, Handover::new(read)))
    }

    /// A file read for long must not push aside what is being written by now.
    fn open_later(&mut self) -> Task<Message> {
        if let Some(editor) = &mut self.editor {
            editor.tell("另一份草稿已经放进首页的列表，可以回首页打开。");
        }
        self.home.list().map(Message::Home)
    }

    /// A draft was read, or not.
    pub(super) fn draft_read(
        &mut self,
        opened: home::Opened,
        handover: &Handover,
    ) -> Task<Message> {
        if self.opening.as_ref() != Some(&opened.id) {
            // Another one was wanted meanwhile; with this one goes its lock.
            return Task::none();
        }
        self.opening = None;
        if self.editor.is_some() {
            return self.open_later();
        }
        match handover.take() {
            Some(Ok(read)) => self.show(opened, read),
            Some(Err(problem)) => {
                self.home.tell(problem);
                self.home.list().map(Message::Home)
            }
            None => Task::none(),
        }
    }

    /// Looks whether the draft that is only looked at can be edited here by now, or reads otherwise.
    pub(super) fn look_at_lock(&mut self) -> Task<Message> {
        let Some(editor) = self.editor.as_ref().filter(|editor| editor.only_looks()) else {
            return Task::none();
        };
        if !self.looking.request() {
            return Task::none();
        }
        let (store, id, session) = (self.store.clone(), editor.id().clone(), self.session);
        let read = move || Read::from_store(&store, &id);
        worker::run(read, move |read| Message::LockLookedAt(session, Handover::new(read)))
    }

    /// Goes on as the only window of the draft where the other has closed; else shows what that one has
    /// saved by now.
    pub(super) fn take_over(&mut self, session: u64, handover: &Handover) -> Task<Message> {
        self.looking = Latest::default();
        let to_editor = self.to_editor();
        let may_change = session == self.session && self.leaving.is_none();
        let only_looks =
            |editor: &&mut editor::State| editor.only_looks() && !editor.is_exporting();
        let editor = self.editor.as_mut().filter(only_looks).filter(|_| may_change);
        let (Some(editor), Some(read)) = (editor, handover.take()) else { return Task::none() };
        let read = match read {
            Ok(read) if read.lock.is_some() => read,
            Ok(read) => {
                let now = jiff::Zoned::now().time();
                return editor.follow_other(read.draft, now).map(to_editor);
            }
            Err(problem) => {
                editor.lose_sight(problem);
                return Task::none();
            }
        };
        let (id, step) = (editor.id().clone(), editor.step());
        let words = match editor.waits_for_other() {
            true => "另一个窗口已经关闭，现在可以在这里编辑了。",
            false => "文件夹又能写入了，现在可以在这里编辑了。",
        };
        let was_damaged = read.recovered.is_some();
        let shown = self.show(home::Opened::from(id), read);
        let moved = self.update(Message::Editor(self.session, editor::Message::StepChosen(step)));
        if let Some(editor) = self.editor.as_mut().filter(|_| !was_damaged) {
            editor.tell(words);
        }
        Task::batch([shown, moved])
    }

    fn show(&mut self, opened: home::Opened, read: Read) -> Task<Message> {
        let home::Opened { id, words, is_doubtful, is_other_state } = opened;
        self.home.opened(&id);
        // Nothing is to lie over what is opened.
        (self.help, self.about) = (None, None);
        self.settings.last_draft = Some(id.as_str().to_owned());
        let kept = self.keep_settings();
        let Read { draft, notice, lock, unwritable, recovered, documents } = read;
        let clock = || jiff::Zoned::now().date();
        let (mut editor, task) =
            editor::State::open(self.store.clone(), id, draft, notice, lock, clock);
        editor.share(self.settings.page_share);
        editor.open_page(self.settings.page_open);
        let documents = documents.map(|folder| folder.display().to_string());
        if let Some(folder) = self.settings.export_folder.as_ref().or(documents.as_ref()) {
            editor.export_to(folder);
        }
        if let Some(problem) = unwritable {
            editor.only_look(&problem);
        }
        if let Some(recovered) = recovered {
            let words = recovery(&recovered);
            match recovered.damaged {
                Some(damaged) => editor.warn_of_file(words, damaged),
                None => editor.warn(words),
            }
        }
        match words {
            Some(words) if is_doubtful => editor.warn(words),
            Some(words) if is_other_state => editor.warn_of_version(words),
            Some(words) => editor.tell(words),
            None => {}
        }
        let gone_on = match self.settings.left(editor.id().as_str()) {
            Some(left) => editor.go_on(left),
            None => Task::none(),
        };
        let task = Task::batch([task, gone_on]);
        self.session += 1;
        self.editor = Some(editor);
        self.just_opened = true;
        let settled = worker::after(DOUBLE_CLICK, Message::ClicksSettled);
        let task = task.map(self.to_editor());
        Task::batch([kept, self.resized(), task, settled])
    }
}

/// What was done to open a damaged draft, and how old what is shown is.
fn recovery(recovered: &Recovered) -> String {
    let now = jiff::Timestamp::now();
    let version = moment::stamp(recovered.version.at, now);
    let what = match &recovered.problem {
        DraftError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            "草稿文件不见了。".to_owned()
        }
        problem => format!("草稿文件已损坏：{problem}。"),
    };
    let unwritten = recovered.unwritten.as_ref().map_or_else(String::new, |error| {
        format!("它现在还没有写到磁盘上（{error}），磁盘正常以后改动一处就会保存。")
    });
    let kept = recovered
        .damaged
        .as_ref()
        .map_or_else(String::new, |path| format!("损坏的文件没有删除，留在“{}”。", path.display()));
    format!(
        "{what}现在打开的是 {version} 保存的历史版本，在那以后填写的内容可能不在里面，请核对后继续。{kept}{unwritten}"
    )
}
