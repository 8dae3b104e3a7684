//! Pictures on their way into the letter: chosen in a dialog, dropped on the window, pasted, or given by
//! their path.

use std::path::PathBuf;

use iced::Task;
use iced::widget::{Id, operation};

use super::shift::Shift;
use super::{Kept, Message};
use crate::app::clipboard;
use crate::app::dialog::{self, Picked};
use crate::app::screen::editor::roster::Member;
use crate::app::screen::editor::{Message as EditorMessage, State};
use crate::app::worker::{self, Broken};
use crate::domain::{Attachment, Field, Figure, Object, Within};

/// Pictures that are asked for or being copied.
#[derive(Debug, Default)]
pub(in crate::app::screen::editor) struct Pictures {
    /// Counts what was asked for.
    count: u64,
    tickets: Vec<Ticket>,
    /// A path being typed where there is no dialog.
    pub(super) path: Option<String>,
}

/// A picture on its way.
#[derive(Debug)]
struct Ticket {
    number: u64,
    /// The letter it goes to.
    letter: Member,
    /// Its section there.
    section: &'static str,
    /// The figure whose picture it becomes: its block index and the file it had.
    replaces: Option<(usize, Attachment)>,
    /// It is being copied, and not asked for.
    copying: bool,
    /// Where the keyboard was when it was asked for, and how far the history went.
    from: (Option<Field>, u64),
}

/// The box for a path where there is no dialog.
pub(super) fn path_id() -> Id {
    Id::new("picture-path")
}

impl Pictures {
    /// A picture is being copied, which a window that closes waits for.
    pub(in crate::app::screen::editor) fn is_copying(&self) -> bool {
        self.tickets.iter().any(|ticket| ticket.copying)
    }

    /// Blocks of a section have moved, and with them the figures that wait for a picture.
    pub(super) fn follow(&mut self, letter: Option<Member>, section: &Field, shift: Shift) {
        let Some(place) = section.place() else { return };
        let here =
            |ticket: &&mut Ticket| Some(ticket.letter) == letter && ticket.section == place.section;
        for ticket in self.tickets.iter_mut().filter(here) {
            ticket.replaces = ticket.replaces.take().and_then(|(block, file)| {
                let figure = super::at(place, block);
                Some((shift.follow(section, &figure)?.place()?.block, file))
            });
        }
    }

    fn take(&mut self, number: u64) -> Option<Ticket> {
        let at = self.tickets.iter().position(|ticket| ticket.number == number)?;
        Some(self.tickets.remove(at))
    }
}

impl State {
    pub(super) fn ask_for_picture(&mut self, to: Option<Field>) -> Task<EditorMessage> {
        let Some(number) = self.ticket(to) else { return Task::none() };
        let picked = move |picked| send(Message::PicturePicked(number, picked));
        worker::ask(dialog::picture_file(), Picked::Unavailable, picked)
    }

    /// A ticket for a picture of the section shown, or of the figure at an address.
    fn ticket(&mut self, to: Option<Field>) -> Option<u64> {
        if !self.may_write {
            self.tell(self.why_read_only());
            return None;
        }
        let place = to.clone().or_else(|| self.section_shown())?.place()?;
        let replaces = to.and_then(|to| Some((place.block, self.figure_at(&to)?.file.clone())));
        let letter = self.roster.letter(place.letter)?;
        self.pictures.count += 1;
        let number = self.pictures.count;
        let section = place.section;
        let from = (self.focus.clone(), self.history.version());
        let ticket = Ticket { number, letter, section, replaces, copying: false, from };
        self.pictures.tickets.push(ticket);
        Some(number)
    }

    pub(super) fn picture_picked(&mut self, number: u64, picked: Picked) -> Task<EditorMessage> {
        match picked {
            Picked::Paths(paths) => match paths.into_iter().next() {
                Some(path) => self.copy_picture(number, path),
                None => Task::none(),
            },
            Picked::Cancelled => {
                self.pictures.take(number);
                Task::none()
            }
            Picked::Unavailable => {
                self.pictures.path = Some(String::new());
                self.tell(dialog::UNAVAILABLE);
                operation::focus(path_id())
            }
        }
    }

    pub(super) fn picture_path_typed(&mut self, path: String) -> Task<EditorMessage> {
        self.pictures.path = Some(path);
        Task::none()
    }

    pub(super) fn picture_path_given(&mut self) -> Task<EditorMessage> {
        let typed = self.pictures.path.clone().unwrap_or_default();
        let asked = self.pictures.tickets.iter().rfind(|ticket| !ticket.copying);
        let Some(number) = asked.map(|ticket| ticket.number).filter(|_| !typed.trim().is_empty())
        else {
            return Task::none();
        };
        match dialog::typed_path(&typed) {
            Ok(path) => self.copy_picture(number, path),
            Err(problem) => {
                self.tell(problem);
                Task::none()
            }
        }
    }

    /// A picture dropped on the letter becomes a figure of the section shown.
    pub(in crate::app::screen::editor) fn drop_picture(
        &mut self,
        path: PathBuf,
    ) -> Task<EditorMessage> {
        let Some(number) = self.ticket(None) else { return Task::none() };
        self.copy_picture(number, path)
    }

    /// Copies a picture in on a thread of its own.
    fn copy_picture(&mut self, number: u64, path: PathBuf) -> Task<EditorMessage> {
        let blobs = self.blobs.clone();
        for ticket in self.pictures.tickets.iter_mut().filter(|ticket| ticket.number == number) {
            ticket.copying = true;
        }
        keep_picture(number, move || {
            blobs.attach_picture(&path).map(Some).map_err(|error| error.to_string())
        })
    }

    /// After a paste: where the clipboard holds no text but a picture, that becomes a figure.
    pub(super) fn look_for_picture(&mut self, field: &Field) -> Task<EditorMessage> {
        let Some(place) = field.place() else { return Task::none() };
        if !self.may_write || Some(place.section_field()) != self.section_shown() {
            return Task::none();
        }
        let Some(number) = self.ticket(None) else { return Task::none() };
        let blobs = self.blobs.clone();
        let is_text = place.within == Within::Text;
        keep_picture(number, move || {
            let Some(png) = clipboard::picture()? else { return Ok(None) };
            if !is_text {
                return Err("表格的格里不能放图片，请把光标放到正文里再粘贴。".to_owned());
            }
            let kept = blobs.put_picture("粘贴的图片.png", &png);
            kept.map(Some).map_err(|error| error.to_string())
        })
    }

    pub(super) fn picture_kept(
        &mut self,
        number: u64,
        result: Result<Kept, Broken>,
    ) -> Task<EditorMessage> {
        let Some(ticket) = self.pictures.take(number) else { return Task::none() };
        let (file, pixels) = match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(Some(kept)) => kept,
            Ok(None) => return Task::none(),
            Err(problem) => {
                if self.pictures.path.is_some() {
                    // A typed path stays, to be mended.
                    self.pictures.tickets.push(Ticket { copying: false, ..ticket });
                }
                self.warn(problem);
                return Task::none();
            }
        };
        if self.pictures.path.take().is_some() {
            // What was said of a path before it is of no use now.
            self.toast = None;
        }
        let Some(letter) = self.roster.letter_at(ticket.letter) else {
            self.warn(format!("没有插入“{}”：要放进的申请书已经删除了。", file.name));
            return Task::none();
        };
        let section = Field::application(letter, ticket.section);
        match ticket.replaces {
            Some((block, before)) => self.replace_picture(&section, block, &before, file, pixels),
            None => self.put_figure(&section, &ticket.from, file, pixels),
        }
    }

    /// Gives a figure another picture; where it is no more at its place, the picture is put in anew.
    fn replace_picture(
        &mut self,
        section: &Field,
        block: usize,
        before: &Attachment,
        file: Attachment,
        pixels: [u32; 2],
    ) -> Task<EditorMessage> {
        let object = self.draft.body(section).and_then(|body| body.object(block));
        let same = matches!(object, Some(Object::Figure(figure)) if figure.file == *before);
        if !same {
            return self.put_figure(section, &(None, 0), file, pixels);
        }
        let words = format!("换成图片“{}”", file.name);
        self.reshape(section, words, Shift::None, None, |body| match body.object_mut(block) {
            Some(Object::Figure(figure)) => {
                figure.file = file;
                figure.pixels = pixels;
                true
            }
            _ => false,
        })
    }

    fn put_figure(
        &mut self,
        section: &Field,
        from: &(Option<Field>, u64),
        file: Attachment,
        pixels: [u32; 2],
    ) -> Task<EditorMessage> {
        let words = format!("插入图片“{}”", file.name);
        let object = Object::Figure(Figure { file, pixels, ..Figure::default() });
        if self.section_shown().as_ref() == Some(section) {
            // Whoever writes on meanwhile keeps the keyboard.
            let goes = self.focus == from.0 && self.history.version() == from.1;
            return self.put_object_and(object, &words, goes);
        }
        let version = self.history.version();
        let end = self.draft.body(section).map_or(0, |body| 2 * body.parts.len());
        let task = self.reshape(section, words.clone(), Shift::Inserted(end + 1), None, |body| {
            body.insert(end, usize::MAX, object).is_some()
        });
        if self.history.version() != version {
            let label = section.spec().map_or("", |spec| spec.label.as_str());
            self.tell_done(format!("已{words}，在“{label}”的末尾。"));
        }
        task
    }
}

fn keep_picture(number: u64, keep: impl FnOnce() -> Kept + Send + 'static) -> Task<EditorMessage> {
    worker::run(keep, move |result| send(Message::PictureKept(number, result)))
}

fn send(message: Message) -> EditorMessage {
    EditorMessage::Blocks(message)
}
