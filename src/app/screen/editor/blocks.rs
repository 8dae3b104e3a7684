//! Tables and figures of the letter: put in, moved, filled and taken out.

mod cells;
mod contents;
mod figure;
mod paste;
mod picture;
mod shift;
mod table;
mod view;
mod words;

use std::collections::HashMap;
use std::time::Instant;

use iced::Task;
use iced::widget::operation;

pub(super) use self::shift::Shift;
use super::deed::{Deed, Extent, Place as Spot};
use super::find::byte_of;
use super::form::{MOVE_DOWN, MOVE_UP, tool_id};
use super::{State, Step};
use crate::app::dialog::Picked;
use crate::app::worker::Broken;
use crate::domain::{
    Application, Attachment, Body, Draft, Field, Guide, Object, Place, Series, Table, Within,
};

pub(super) use self::paste::Pasted;
pub(super) use self::picture::Pictures;
pub(super) use self::table::Change as TableChange;
pub(super) use self::words::in_words;

/// What happens with tables and figures.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A table is wanted in the section shown.
    TableWanted(Option<Guide>),
    /// A picture is wanted: for a new figure, or for the one at this address.
    PictureWanted(Option<Field>),
    /// The dialog for picture `n` was answered.
    PicturePicked(u64, Picked),
    /// A path was typed where there is no dialog.
    PathTyped(String),
    /// The typed path is to be used.
    PathGiven,
    /// The path is not wanted any more.
    PathClosed,
    /// Picture `n` was kept with the draft, or not.
    PictureKept(u64, Result<Kept, Broken>),
    /// The object goes one place up, or down.
    Moved(Field, bool),
    /// The object is taken out.
    Removed(Field),
    /// The lines of a table change.
    Table(Field, table::Change),
    /// The figure becomes wider or narrower by so many per cent; `None`: as wide as its pixels.
    Width(Field, Option<i8>),
    /// 提纲 is shown or hidden.
    ContentsToggled,
    /// A table or figure was chosen there.
    ObjectChosen(Field),
    /// Other rows of a large table are shown, from this one.
    RowsShown(Field, usize),
    /// The clipboard is to be pasted into a box as text, whatever it looks like.
    PlainPasteAsked(Field),
    /// Its text was read.
    PlainPasted(Field, Option<String>),
    /// Something was pasted, which may have been a picture.
    PictureLookedFor(Field),
}

/// A picture that was kept, with its width and height, or a sentence that says why not. `None`: there was
/// none.
pub(crate) type Kept = Result<Option<(Attachment, [u32; 2])>, String>;

impl State {
    pub(super) fn blocks_happened(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::TableWanted(guide) => {
                let table = guide.map_or_else(|| Table::empty(3, 3), Table::guided);
                let words = guide.map_or("插入表格".to_owned(), |g| format!("插入“{g}”表"));
                self.put_object(Object::Table(table), &words)
            }
            Message::PictureWanted(to) => self.ask_for_picture(to),
            Message::PicturePicked(number, picked) => self.picture_picked(number, picked),
            Message::PathTyped(path) => self.picture_path_typed(path),
            Message::PathGiven => self.picture_path_given(),
            Message::PathClosed => {
                self.pictures.path = None;
                Task::none()
            }
            Message::PictureKept(number, result) => self.picture_kept(number, result),
            Message::Moved(field, up) => self.move_object(&field, up),
            Message::Removed(field) => self.remove_object(&field),
            Message::Table(field, change) => self.change_table(&field, change),
            Message::Width(field, by) => self.change_width(&field, by),
            Message::ContentsToggled => {
                self.contents_open = !self.contents_open;
                Task::none()
            }
            Message::ObjectChosen(field) => {
                self.leave_word();
                self.jump(&field)
            }
            Message::RowsShown(field, from) => {
                self.rows_from = (field, from);
                self.load_texts();
                Task::none()
            }
            Message::PlainPasteAsked(field) => iced::clipboard::read().map(move |words| {
                super::Message::Blocks(Message::PlainPasted(field.clone(), words))
            }),
            Message::PlainPasted(field, words) => self.paste_plain(&field, words),
            Message::PictureLookedFor(field) => self.look_for_picture(&field),
        }
    }

    /// The section of the letter shown; `None` on other steps.
    pub(super) fn section_shown(&self) -> Option<Field> {
        let Step::Letter(letter) = self.step else { return None };
        Some(Field::application(letter, Application::SECTIONS.get(self.section)?))
    }

    /// Where something new goes in the section shown: behind the paragraph with the caret, or behind the
    /// table or figure in which it is, or at the end. A text's block index and a byte of it.
    fn spot(&self, section: Field) -> (usize, usize) {
        let Some(body) = self.draft.body(&section) else { return (0, 0) };
        let end = (2 * body.parts.len(), usize::MAX);
        let here = self.focus.as_ref().filter(|_| !self.led);
        let Some((field, place)) = here.and_then(|field| Some((field, field.place()?))) else {
            return end;
        };
        if place.section_field() != section {
            return end;
        }
        if place.within != Within::Text {
            return (place.block + 1, 0);
        }
        let (Some(content), Some(words)) = (self.texts.get(field), body.text(place.block)) else {
            return end;
        };
        let caret = byte_of(words, content.cursor().position);
        let line_end = words.get(caret..).and_then(|rest| rest.find('\n'));
        (place.block, line_end.map_or(words.len(), |at| caret + at))
    }

    /// Puts an object into the section shown and the keyboard into it.
    pub(super) fn put_object(&mut self, object: Object, words: &str) -> Task<super::Message> {
        self.put_object_and(object, words, true)
    }

    /// Puts an object into the section shown and, where `goes`, the keyboard into it.
    fn put_object_and(&mut self, object: Object, words: &str, goes: bool) -> Task<super::Message> {
        let Some(section) = self.section_shown() else { return Task::none() };
        let (block, at) = self.spot(section.clone());
        // Nobody has been in a section but to put something in: its gap is not told yet.
        self.led |= !self.is_filled(&section) && !self.checking.is_shown(&section);
        let to = match &object {
            Object::Table(table) if table.guide.is_some() => Within::Cell(1, 0),
            Object::Table(_) => Within::Cell(0, 0),
            Object::Figure(_) => Within::Caption,
        };
        let to = section.place().map(|place| Place { block: block + 1, within: to, ..place });
        let to = goes.then(|| to.map_or_else(|| section.clone(), |place| place.field()));
        let words = words.to_owned();
        self.reshape(&section, words, Shift::Inserted(block + 1), to, |body| {
            body.insert(block, at, object).is_some()
        })
    }

    /// Changes the blocks of a section as one step of the history. What is remembered of its blanks goes
    /// with them, and the keyboard into `to`, or stays with the tools.
    fn reshape(
        &mut self,
        section: &Field,
        words: String,
        shift: Shift,
        to: Option<Field>,
        edit: impl FnOnce(&mut Body) -> bool,
    ) -> Task<super::Message> {
        let focus = self.focus.as_ref().and_then(|field| shift.follow(section, field));
        let after = to.as_ref().or(focus.as_ref()).unwrap_or(section);
        let deed = Deed {
            words,
            before: self.place(),
            after: Spot::of(after),
            extent: Extent::Any,
            shift: Some((section.clone(), shift)),
        };
        let mut renumbered = 0;
        let changed = self.change_as(deed, Instant::now(), |draft, _| {
            let before = numbers(draft, section);
            if !draft.body_mut(section).is_some_and(edit) {
                return;
            }
            renumbered = renumber(draft, section, shift, &before);
            draft.overrides.retain_mut(|kept| match shift.follow(section, &kept.field) {
                Some(field) => {
                    kept.field = field;
                    true
                }
                None => false,
            });
        });
        let Some(changed) = changed else { return Task::none() };
        if renumbered > 0 {
            self.tell_done(format!("图表的序号变了，正文里提到它们的 {renumbered} 处已跟着改。"));
        }
        self.follow_shift(section, shift);
        self.load_texts();
        // Beside a table or figure a text shows all of itself.
        self.texts.show_start();
        match to {
            Some(to) => Task::batch([changed, self.jump(&to)]),
            None => changed,
        }
    }

    /// What is remembered of the blanks of a section goes with its blocks.
    pub(super) fn follow_shift(&mut self, section: &Field, shift: Shift) {
        self.checking.regroup(|field| shift.follow(section, field));
        self.focus = self.focus.take().and_then(|field| shift.follow(section, &field));
        let letter = section.place().and_then(|place| self.roster.letter(place.letter));
        self.pictures.follow(letter, section, shift);
        if let Some(find) = &mut self.find {
            find.leave();
        }
    }

    fn move_object(&mut self, field: &Field, up: bool) -> Task<super::Message> {
        let Some(place) = field.place() else { return Task::none() };
        let section = place.section_field();
        let Some(body) = self.draft.body(field) else { return Task::none() };
        let block = place.block;
        let mut moved = body.clone();
        let Some(now) = moved.shift(block, up) else { return Task::none() };
        let shift = if now == block { Shift::None } else { Shift::Swapped(block, now) };
        let words = format!("{}{}", if up { "上移" } else { "下移" }, self.noun(field));
        let keyboard = tool_id(if up { MOVE_UP } else { MOVE_DOWN }, &at(place, now));
        let task = self.reshape(&section, words, shift, None, |body| {
            *body = moved;
            true
        });
        let keyboard =
            operation::focus(keyboard.clone()).chain(crate::app::focus::reveal(keyboard));
        Task::batch([task, keyboard])
    }

    fn remove_object(&mut self, field: &Field) -> Task<super::Message> {
        let Some(place) = field.place() else { return Task::none() };
        let section = place.section_field();
        let noun = self.noun(field);
        let before = Place { block: place.block - 1, within: Within::Text, ..place }.field();
        let words = format!("删除{noun}");
        let shift = Shift::Removed(place.block);
        let version = self.history.version();
        let task = self.reshape(&section, words, shift, Some(before), |body| {
            body.remove(place.block).is_some()
        });
        if self.history.version() != version {
            self.tell_done(format!("已删除{noun}。"));
        }
        task
    }

    /// What people call the object at an address, such as 表 2.
    fn noun(&self, field: &Field) -> String {
        self.number_of(field).unwrap_or_else(|| "图表".to_owned())
    }

    /// 表 or 图 with the number of the object at an address.
    pub(super) fn number_of(&self, field: &Field) -> Option<String> {
        let place = field.place()?;
        let letter = self.draft.applications.get(place.letter)?;
        let is_it = |one: &crate::domain::Numbered<'_>| {
            one.section == place.section && one.block == place.block
        };
        letter.numbered().find(is_it).map(|one| one.label())
    }
}

/// The tables and figures of the letter of a section, each with its address and its number.
fn numbers(draft: &Draft, section: &Field) -> Vec<(Field, Series, usize)> {
    let letter = section
        .place()
        .and_then(|place| Some((place.letter, draft.applications.get(place.letter)?)));
    let objects = letter.into_iter().flat_map(|(letter, application)| {
        application.numbered().map(move |one| {
            let (section, block) = (one.section, one.block);
            let field = Place { letter, section, block, within: Within::Object }.field();
            (field, Series::of(one.object), one.number)
        })
    });
    objects.collect()
}

/// References in the letter's text follow what they name to its new number; how many were changed.
fn renumber(
    draft: &mut Draft,
    section: &Field,
    shift: Shift,
    before: &[(Field, Series, usize)],
) -> usize {
    let now = numbers(draft, section);
    let new = |field: &Field| now.iter().find(|(one, ..)| one == field).map(|(.., number)| *number);
    let map: HashMap<(Series, usize), usize> = before
        .iter()
        .filter_map(|(field, series, old)| {
            let number = new(&shift.follow(section, field)?)?;
            (number != *old).then_some(((*series, *old), number))
        })
        .collect();
    let letter = section.place().and_then(|place| draft.applications.get_mut(place.letter));
    match letter.filter(|_| !map.is_empty()) {
        Some(letter) => letter.renumber(|series, old| map.get(&(series, old)).copied()),
        None => 0,
    }
}

/// The object at a block index of the section of `place`.
fn at(place: Place, block: usize) -> Field {
    Place { block, within: Within::Object, ..place }.field()
}
