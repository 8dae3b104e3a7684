//! 从 Word 文档导入: a letter already written, looked over before it becomes that of this draft.

mod view;

use std::path::PathBuf;
use std::time::Instant;

use iced::Task;
use iced::widget::{Id, operation, text_editor};

use super::deed::{Deed, Place};
use super::roster::Member;
use super::{State, Step};
use crate::app::dialog::{self, Picked};
use crate::app::focus;
use crate::app::worker::{self, Broken};
use crate::domain::{Body, Field, io_error};
use crate::export::docx::read::{Aside, ImportedLetter, ImportedPicture, MAX_FILE, read_letter};
use crate::store::Blobs;
use crate::store::file::read_start;

/// What was read of a file, and the file's name.
pub(crate) type Read = (String, ImportedLetter);

/// The import as far as it is.
#[derive(Debug, Default)]
pub(crate) struct Import {
    /// The letter a file is asked for or being read for, and the number of that.
    asked: Option<(u64, Member)>,
    /// Counts what was asked for.
    pub(super) count: u64,
    /// A path being typed where there is no dialog.
    path: Option<String>,
    pub(super) open: Option<Opened>,
}

/// A letter that was read.
#[derive(Debug)]
pub(super) struct Opened {
    to: Member,
    file: String,
    pub(super) letter: ImportedLetter,
    /// What could not be placed, to be copied from.
    pub(super) aside: text_editor::Content,
    /// Counts what is marked in it.
    version: u64,
    /// Its pictures are being kept beside the draft.
    is_storing: bool,
    /// It has become the draft's.
    is_taken: bool,
}
/// What happens with it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A file is wanted for a letter.
    Asked(usize),
    /// The dialog was answered.
    Picked(u64, Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is to be read.
    PathGiven,
    /// A file was read, or not.
    Read(u64, Result<Result<Read, String>, Broken>),
    /// The sections found are to become those of the draft.
    Taken,
    /// The pictures of what was read are kept beside the draft, or not.
    Stored(u64, Result<Result<(), String>, Broken>),
    /// The panel is put away.
    Closed,
    /// Something was marked in what could not be placed.
    Marked(text_editor::Action),
}

/// The button that begins it.
fn ask_id() -> Id {
    Id::new("word-ask")
}

fn path_id() -> Id {
    Id::new("word-path")
}

/// The button that goes on from the panel.
fn go_id() -> Id {
    Id::new("word-go")
}

impl State {
    pub(super) fn word_happened(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::Asked(letter) => self.ask_for_word(letter),
            Message::Picked(number, picked) => self.word_picked(number, picked),
            Message::PathTyped(path) => {
                self.word.path = Some(path);
                Task::none()
            }
            Message::PathGiven => self.word_path_given(),
            Message::Read(number, result) => self.word_read(number, result),
            Message::Taken => self.take_word(),
            Message::Stored(number, result) => self.word_stored(number, result),
            Message::Closed => self.close_word().unwrap_or_else(Task::none),
            Message::Marked(action) => {
                if let Some(open) = self.word.open.as_mut().filter(|_| !action.is_edit()) {
                    open.aside.perform(action);
                    open.version += 1;
                }
                Task::none()
            }
        }
    }

    /// Gives the import for a letter its number; `None` where nothing can be imported.
    fn begin_word(&mut self, letter: usize) -> Option<u64> {
        if !self.may_write {
            self.tell(self.why_read_only());
            return None;
        }
        let to = self.roster.letter(letter)?;
        self.word.count += 1;
        self.word.asked = Some((self.word.count, to));
        Some(self.word.count)
    }

    fn ask_for_word(&mut self, letter: usize) -> Task<super::Message> {
        let Some(number) = self.begin_word(letter) else { return Task::none() };
        worker::ask(dialog::word_file(), Picked::Unavailable, move |picked| {
            send(Message::Picked(number, picked))
        })
    }

    /// A document dropped on a letter is read as one chosen in the dialog.
    pub(super) fn drop_word(&mut self, letter: usize, path: PathBuf) -> Task<super::Message> {
        match self.begin_word(letter) {
            Some(number) => read(number, &self.notice, path),
            None => Task::none(),
        }
    }

    fn word_picked(&mut self, number: u64, picked: Picked) -> Task<super::Message> {
        if self.word.asked.is_none_or(|(asked, _)| asked != number) {
            return Task::none();
        }
        match picked {
            Picked::Paths(paths) => match paths.into_iter().next() {
                Some(path) => read(number, &self.notice, path),
                None => Task::none(),
            },
            Picked::Cancelled => {
                self.word.asked = None;
                Task::none()
            }
            Picked::Unavailable => {
                self.word.path = Some(String::new());
                self.tell(dialog::UNAVAILABLE);
                operation::focus(path_id())
            }
        }
    }

    fn word_path_given(&mut self) -> Task<super::Message> {
        let typed = self.word.path.clone().unwrap_or_default();
        let Some((number, _)) = self.word.asked.filter(|_| !typed.trim().is_empty()) else {
            return Task::none();
        };
        match dialog::typed_path(&typed) {
            Ok(path) => read(number, &self.notice, path),
            Err(problem) => {
                self.tell(problem);
                Task::none()
            }
        }
    }

    fn word_read(
        &mut self,
        number: u64,
        result: Result<Result<Read, String>, Broken>,
    ) -> Task<super::Message> {
        let Some((_, to)) = self.word.asked.filter(|(asked, _)| *asked == number) else {
            return Task::none();
        };
        let (file, letter) = match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(read) => read,
            Err(problem) => {
                // A typed path stays, to be mended.
                self.word.asked = self.word.asked.filter(|_| self.word.path.is_some());
                self.warn(problem);
                return Task::none();
            }
        };
        self.word.asked = None;
        self.word.path = None;
        if self.roster.letter_at(to).is_none() {
            self.warn(format!("没有导入“{file}”：要导入到的申请书已经删除了。"));
            return Task::none();
        }
        let aside = text_editor::Content::with_text(&aside_words(&letter));
        let opened =
            Opened { to, file, letter, aside, version: 0, is_storing: false, is_taken: false };
        self.word.open = Some(opened);
        focus::enter(Some(go_id()))
    }

    /// Keeps the pictures beside the draft, then writes what was found into the letter.
    fn take_word(&mut self) -> Task<super::Message> {
        let (lock, number) = (self.may_write, self.word.count);
        let Some(open) = &mut self.word.open else { return Task::none() };
        if open.is_taken || open.is_storing {
            return Task::none();
        }
        if open.letter.pictures.is_empty() || !lock {
            return self.write_word();
        }
        open.is_storing = true;
        store(number, self.blobs.clone(), open.letter.pictures.clone())
    }

    fn word_stored(
        &mut self,
        number: u64,
        result: Result<Result<(), String>, Broken>,
    ) -> Task<super::Message> {
        let Some(open) = self.word.open.as_mut().filter(|_| self.word.count == number) else {
            return Task::none();
        };
        open.is_storing = false;
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(()) => self.write_word(),
            Err(problem) => {
                self.warn(format!("没有导入：图片无法保存到草稿的附件文件夹。{problem}"));
                Task::none()
            }
        }
    }

    /// Writes what was found into the letter. That is one change, and says what it has overwritten.
    fn write_word(&mut self) -> Task<super::Message> {
        let Some(open) = self.word.open.as_ref().filter(|open| !open.is_taken) else {
            return Task::none();
        };
        let Some(letter) = self.roster.letter_at(open.to) else { return Task::none() };
        let sections = open.letter.sections.iter().filter(|section| is_said(&section.body));
        let written: Vec<(Field, Body)> = sections
            .map(|section| (Field::application(letter, section.name), section.body.clone()))
            .filter(|(field, body)| self.draft.body(field) != Some(body))
            .collect();
        let replaced: Vec<String> = written
            .iter()
            .filter(|(field, _)| self.draft.body(field).is_some_and(is_said))
            .filter_map(|(field, _)| field.spec().map(|spec| spec.label.clone()))
            .collect();
        let fields: Vec<Field> = written.iter().map(|(field, _)| field.clone()).collect();
        let place = Place { step: Step::Letter(letter), field: fields.first().cloned() };
        let deed = Deed::at(place, "从 Word 文档导入");
        let task = self.change_as(deed, Instant::now(), |draft, _| {
            for (field, body) in written {
                if let Some(own) = draft.body_mut(&field) {
                    *own = body;
                }
                // What was confirmed of other texts and cells says nothing of these.
                draft.overrides.retain(|kept| !is_inside(&field, &kept.field));
            }
            draft.fill_tables();
        });
        if !self.may_write {
            return Task::none();
        }
        self.checking.regroup(|field| {
            let is_gone = fields.iter().any(|section| is_inside(section, field));
            (!is_gone).then(|| field.clone())
        });
        for field in &fields {
            self.checking.visit(field);
        }
        if let Some(find) = &mut self.find {
            find.leave();
        }
        self.load_texts();
        let count = fields.len();
        match replaced.len() {
            _ if count == 0 => self.tell("与已写的内容相同，没有改动。"),
            0 => self.tell_done(format!("已导入 {count} 个部分。")),
            n => self.warn_done(format!(
                "已导入 {count} 个部分。其中 {n} 个部分原来写了别的内容，已经换掉：{}。",
                replaced.join("、")
            )),
        }
        self.word_taken(task.unwrap_or_else(Task::none))
    }

    /// A section was chosen instead of an answer: nothing is taken over.
    pub(super) fn leave_word(&mut self) {
        if self.word.open.as_ref().is_some_and(|open| !open.is_taken && !open.is_storing) {
            self.word.open = None;
        }
    }

    /// Keeps what could not be placed on the screen, or puts the panel away.
    fn word_taken(&mut self, task: Task<super::Message>) -> Task<super::Message> {
        let Some(open) = &mut self.word.open else { return task };
        open.is_taken = true;
        if has_aside(&open.letter) {
            return Task::batch([task, focus::enter(Some(go_id()))]);
        }
        self.word.open = None;
        Task::batch([task, focus::enter(Some(ask_id()))])
    }

    /// Puts the panel away; `None` where there is none.
    pub(super) fn close_word(&mut self) -> Option<Task<super::Message>> {
        let shown = self.word.open.is_some() || self.word.path.is_some();
        let count = self.word.count;
        self.word = Import { count, ..Import::default() };
        shown.then(|| focus::enter(Some(ask_id())))
    }
}

fn send(message: Message) -> super::Message {
    super::Message::Word(message)
}

/// Reads a file on a thread of its own.
fn read(
    number: u64,
    notice: &std::sync::Arc<crate::rules::Notice>,
    path: std::path::PathBuf,
) -> Task<super::Message> {
    let notice = std::sync::Arc::clone(notice);
    let job = move || {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let bytes = read_start(&path, MAX_FILE as u64 + 1).map_err(|error| {
            format!("“{name}”无法读取：{}；请检查后重新选择。", io_error::reason(&error))
        })?;
        let letter = read_letter(&bytes, &notice.forms.application)
            .map_err(|error| format!("“{name}”：{error}。"))?;
        Ok((name, letter))
    };
    worker::run(job, move |result| send(Message::Read(number, result)))
}

/// Keeps pictures beside the draft on a thread of their own.
fn store(number: u64, blobs: Blobs, pictures: Vec<ImportedPicture>) -> Task<super::Message> {
    let job = move || {
        pictures.iter().try_for_each(|picture| {
            let kept = blobs.put_picture(&picture.file.name, &picture.bytes);
            kept.map(drop).map_err(|error| format!("{error}。"))
        })
    };
    worker::run(job, move |result| send(Message::Stored(number, result)))
}

/// A section holds something: words, a table or a figure.
fn is_said(body: &Body) -> bool {
    !body.is_plain() || !body.opening.trim().is_empty()
}

/// An address lies in a section of a letter, behind its first text.
fn is_inside(section: &Field, field: &Field) -> bool {
    field != section && field.place().is_some_and(|place| place.section_field() == *section)
}

/// Something of the letter is not taken over.
fn has_aside(letter: &ImportedLetter) -> bool {
    !letter.aside.is_empty() || !letter.left_out.is_empty()
}

/// What could not be placed, each under where it stood.
fn aside_words(letter: &ImportedLetter) -> String {
    let part = |Aside { place, text }: &Aside| format!("【{place}】\n{text}");
    letter.aside.iter().map(part).collect::<Vec<_>>().join("\n\n")
}
