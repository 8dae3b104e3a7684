//! What each message does.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use iced::Task;
use iced::widget::{Id, operation, text_editor};

use super::blocks::Pasted;
use super::deed::{Deed, Extent, Place};
use super::keys::option_id;
use super::roster::Roster;
use super::{Action, Message, State, Step, checking, choice, outline, paste};
use crate::app::focus::{self, Focused};
use crate::app::screen::export::opener;
use crate::app::{preview, worker};
use crate::domain::{self, Application, Draft, Field, Kind, Within};
use crate::rules::word_count::draft_counts;

/// The list of blanks that scrolls.
pub(super) fn form_id() -> Id {
    focus::form_id()
}

/// The widget of a blank.
pub(super) fn blank_id(field: &Field) -> Id {
    Id::from(field.pointer().to_owned())
}

impl State {
    /// Takes in what happened at `now`.
    pub(crate) fn update(&mut self, message: Message, now: Instant) -> Action {
        // Typing changes marks only through the check that follows it, and a page none.
        let marks = !matches!(
            message,
            Message::Typed(..)
                | Message::Edited(..)
                | Message::Preview(_)
                | Message::Saved(_)
                | Message::FileLookedAt(_)
                | Message::CopyTicked
        );
        let is_step = matches!(
            message,
            Message::StepChosen(_)
                | Message::SectionChosen(_)
                | Message::Export(super::export::Message::Started)
        );
        let (before, version) = (self.toasts, self.history.version());
        let action = self.updated(message, now);
        // The person did something, so that what was said before it has been read.
        let done = is_step || self.history.version() != version;
        if marks {
            self.checking.mark_steps(&self.draft);
        }
        let timed = self.settle_toast(before, done);
        match action {
            Action::Run(task) => Action::Run(Task::batch([task, timed])),
            action => action,
        }
    }

    fn updated(&mut self, message: Message, now: Instant) -> Action {
        let task = match message {
            Message::StepChosen(step) => self.enter_step(step),
            Message::SectionChosen(section) => self.choose_section(section),
            Message::Typed(field, words) => self.write(&field, words, now),
            Message::Edited(field, action) => self.edit(&field, action, now),
            Message::Taken(field, words) => self.take(&field, words),
            Message::Mended(field, rule) => self.mend(&field, rule),
            Message::Entered(field) => self.take_pointed(&field),
            Message::Chosen(field, index) => self.choose(&field, index),
            Message::Reasoned(field, rule, reason) => {
                let words = format!("{}的理由", field.title());
                let extent = Extent::Reason(rule);
                let deed = Deed { extent, ..Deed::at(Place::of(&field), words) };
                let reason = paste::visible(reason);
                self.change_as(deed, now, |draft, _| draft.set_override(&field, rule, &reason))
                    .unwrap_or_else(Task::none)
            }
            Message::Grouped(group, change) => self.regroup(group, change),
            Message::FocusFound(focused) => self.focus_found(&focused),
            Message::Led => Task::none(),
            Message::Undone => self.travel(true),
            Message::Redone => self.travel(false),
            Message::AutosaveDue => self.save_now(),
            Message::Saved(result) => self.saved(result),
            Message::FileLookedAt(result) => {
                self.file_looked_at(result);
                Task::none()
            }
            Message::HelpAsked => return Action::ShowHelp,
            Message::ElsewhereAsked => return self.keep_elsewhere(),
            Message::Checked(result) => self.checked(result),
            Message::AttachAsked(letter, piece) => self.ask_for_files(letter, piece),
            Message::AttachPicked(number, picked) => self.picked(number, picked),
            Message::PathTyped(path) => {
                if let Some((_, typed)) = &mut self.typed_path {
                    *typed = path;
                }
                Task::none()
            }
            Message::PathGiven => self.attach_typed(),
            Message::Attached(number, result) => self.attached(number, result),
            Message::CopyTicked => Task::none(),
            Message::CopyStopped(number) => {
                self.arrivals.stop(Some(number));
                Task::none()
            }
            Message::FileRemoved(letter, piece, file) => self.remove_file(letter, piece, file),
            Message::Find(message) => self.find_happened(message),
            Message::Versions(message) => self.versions_happened(message),
            Message::EdgeDragged(x) => self.drag_edge(x),
            Message::PreviewToggled => self.toggle_preview(),
            Message::WideToggled => {
                self.panes.toggle_wide();
                let fitted = self.fit_preview(self.preview.density());
                let focus = self.focus.clone();
                let shown = focus.map_or_else(Task::none, |field| self.follow(&field));
                Task::batch([fitted, shown])
            }
            Message::ReasonsToggled => {
                self.reasons_open = !self.reasons_open;
                Task::none()
            }
            Message::ClauseToggled(field, rule) => {
                self.toggle_clause(field, rule);
                Task::none()
            }
            Message::Peeked(field) => {
                self.peeked = (self.peeked.as_ref() != Some(&field)).then_some(field);
                // The button takes it from the text that is being written.
                self.keyboard = self.focus.is_some();
                self.focus.as_ref().map_or_else(Task::none, |_| self.take_keyboard_back())
            }
            Message::ToastClosed => {
                self.put_toast_away();
                // The keyboard was on the button that is gone.
                self.take_keyboard_back()
            }
            Message::FolderAsked(path) => {
                worker::run(move || opener::open_folder_of(&path), Message::FolderShown)
            }
            Message::FolderShown(result) => {
                if let Err(problem) = result.unwrap_or_else(|broken| Err(broken.to_string())) {
                    self.warn(problem);
                }
                Task::none()
            }
            Message::PathCopied(path) => iced::clipboard::write(path.display().to_string()),
            Message::ToastAged(number) => {
                self.toast_aged(number);
                Task::none()
            }
            Message::Profile(message) => self.profile_happened(message),
            Message::Word(message) => {
                let task = self.word_happened(message);
                // Beside what was read a text shows all of itself.
                self.texts.show_start();
                task
            }
            Message::Blocks(message) => self.blocks_happened(message),
            Message::ThemeToggled => return Action::ToggleTheme,
            Message::HomeAsked => return Action::GoHome,
            Message::CameBack => self.come_back(),
            Message::Calendar(message) => self.calendar_happened(message),
            Message::Preview(message) => self.preview_happened(message),
            Message::Export(message) => self.export_happened(message),
        };
        Action::Run(task)
    }

    /// Changes the draft where the person is, so that it can be undone, will be saved, checked and laid
    /// out. `None`: it is as it was; where it may not be changed that is said.
    pub(super) fn change(
        &mut self,
        words: &str,
        now: Instant,
        edit: impl FnOnce(&mut Draft),
    ) -> Option<Task<Message>> {
        let deed = Deed::at(self.place(), words);
        self.change_as(deed, now, |draft, _| edit(draft))
    }

    /// Changes the draft as `deed` says. Where `edit` changes lists elsewhere than at their ends it
    /// tells the roster.
    pub(super) fn change_as(
        &mut self,
        deed: Deed,
        now: Instant,
        edit: impl FnOnce(&mut Draft, &mut Roster),
    ) -> Option<Task<Message>> {
        if !self.may_write {
            self.tell(self.why_read_only());
            return None;
        }
        let before = (Arc::clone(&self.draft), self.roster.clone());
        edit(Arc::make_mut(&mut self.draft), &mut self.roster);
        if self.draft == before.0 {
            return None;
        }
        self.roster.fit(&self.draft);
        self.history.changed(before, &self.draft, deed, now);
        Some(self.changed())
    }

    /// What a control sends that changes the draft; `None`, which greys it, where nothing may be changed.
    pub(super) fn unless_read_only<M>(&self, message: M) -> Option<M> {
        self.may_write.then_some(message)
    }

    /// What follows every change of the draft.
    pub(super) fn changed(&mut self) -> Task<Message> {
        self.calendar = None;
        self.autosave.note_change();
        self.counts = draft_counts(&self.draft);
        self.export.draft_changed();
        Task::batch([self.check(checking::PAUSE), self.lay_out()])
    }

    pub(super) fn write(&mut self, field: &Field, words: String, now: Instant) -> Task<Message> {
        self.enter(field);
        self.offer_anew();
        let words = match field.spec().map(|spec| spec.kind) {
            Some(Kind::Text) => words,
            _ => paste::visible(words),
        };
        let task = self.change_as(Deed::with(field, Extent::Keys), now, |draft, _| {
            if let Some(text) = draft.text_mut(field) {
                *text = words;
            }
        });
        task.unwrap_or_else(Task::none)
    }

    fn edit(&mut self, field: &Field, action: text_editor::Action, now: Instant) -> Task<Message> {
        let is_edit = action.is_edit();
        if is_edit && !self.may_write {
            return self.change("", now, |_| {}).unwrap_or_else(Task::none);
        }
        if let Pasted::Cells(task) = self.paste_cells(field, &action) {
            return task;
        }
        match self.texts.perform(field, action) {
            Some(words) => self.write(field, words, now),
            None => Task::none(),
        }
    }

    /// A suggestion or a fix: one step of its own in the history. The keyboard stays in the blank.
    pub(super) fn take(&mut self, field: &Field, words: String) -> Task<Message> {
        self.enter(field);
        self.checking.visit(field);
        self.offer_anew();
        let task = self.change_as(Deed::with(field, Extent::Text), Instant::now(), |draft, _| {
            if let Some(text) = draft.text_mut(field) {
                *text = words;
            }
        });
        self.load_texts();
        let id = blank_id(field);
        let keyboard = operation::focus(id.clone()).chain(operation::move_cursor_to_end(id));
        Task::batch(task.into_iter().chain([keyboard]))
    }

    pub(super) fn choose(&mut self, field: &Field, index: usize) -> Task<Message> {
        let notice = Arc::clone(&self.notice);
        self.enter(field);
        self.checking.visit(field);
        let follow = self.follow(field);
        let change = self.change_as(Deed::with(field, Extent::Any), Instant::now(), |draft, _| {
            choice::choose(draft, &notice, field, index);
        });
        let keyboard = operation::focus(option_id(field, index));
        Task::batch(change.into_iter().chain([follow, keyboard]))
    }

    pub(super) fn go_to(&mut self, step: Step) -> Task<Message> {
        self.leave_blank();
        let moved = self.step != step;
        self.step = step;
        self.versions = None;
        self.load_texts();
        if !moved {
            return Task::none();
        }
        self.focus = None;
        self.calendar = None;
        self.section = 0;
        self.typed_path = None;
        if let Some(find) = &mut self.find {
            find.leave();
        }
        let top = operation::scroll_to(form_id(), operation::AbsoluteOffset { x: 0.0, y: 0.0 });
        let first = step.fields(&self.draft).into_iter().next();
        let paper = self.show_paper(step, first.as_ref());
        Task::batch([top, paper, outline::reveal(step)])
    }

    /// Shows a step and puts the keyboard into its first blank.
    pub(super) fn enter_step(&mut self, step: Step) -> Task<Message> {
        let shown = self.go_to(step);
        self.checking.mark_steps(&self.draft);
        Task::batch([shown, self.take_keyboard()])
    }

    /// Puts the keyboard into the first blank of the step. Nobody has gone there yet, so that it does
    /// not count as visited until something is typed.
    pub(super) fn take_keyboard(&mut self) -> Task<Message> {
        let first = self.step.fields(&self.draft).into_iter().next();
        if let Some(first) = &first {
            self.enter(first);
            self.led = true;
        }
        // The message has the window drawn again, without which no input method is asked for.
        focus::enter(first.as_ref().map(blank_id)).chain(Task::done(Message::Led))
    }

    pub(super) fn choose_section(&mut self, section: usize) -> Task<Message> {
        let Step::Letter(letter) = self.step else { return Task::none() };
        let Some(part) = Application::SECTIONS.get(section) else { return Task::none() };
        self.section = section;
        self.leave_word();
        self.jump(&Field::application(letter, part))
    }

    /// Of a letter, shows the section that is this blank.
    pub(super) fn show_section(&mut self, field: &Field) {
        if let Step::Letter(letter) = Step::of(field) {
            let place = field.place().filter(|place| place.letter == letter);
            let before = self.section;
            let mut sections = Application::SECTIONS.iter();
            let section = place.and_then(|place| sections.position(|part| *part == place.section));
            self.section = section.unwrap_or(self.section);
            if self.section != before {
                self.load_texts();
            }
        }
    }

    /// Shows a blank, puts the keyboard into it and its cell into the middle of the page.
    pub(super) fn jump(&mut self, field: &Field) -> Task<Message> {
        let place = field.place().filter(|place| place.within == Within::Object);
        // A table or figure as a whole takes no keyboard.
        let caption = place.map(|place| domain::Place { within: Within::Caption, ..place }.field());
        let field = caption.as_ref().unwrap_or(field);
        let step = Step::of(field);
        let moved = self.go_to(step);
        self.show_section(field);
        self.enter(field);
        let show = self.follow(field);
        Task::batch([
            moved,
            operation::focus(blank_id(field)),
            focus::reveal(blank_id(field)),
            show,
        ])
    }

    fn focus_found(&mut self, focused: &Focused) -> Task<Message> {
        if self.keeps_calendar(focused) {
            return Task::none();
        }
        let field = focused.id.as_ref().and_then(|id| {
            self.step.fields(&self.draft).into_iter().find(|field| blank_id(field) == *id)
        });
        self.keyboard = field.is_some();
        let Some(field) = field else {
            self.leave_blank();
            return Task::none();
        };
        if self.focus.as_ref() == Some(&field) {
            self.led = false;
            return Task::none();
        }
        self.enter(&field);
        self.follow(&field)
    }

    pub(super) fn enter(&mut self, field: &Field) {
        self.show_cell(field);
        self.keyboard = true;
        if self.focus.as_ref() != Some(field) {
            self.leave_blank();
            self.offer_anew();
            self.focus = Some(field.clone());
        }
        self.led = false;
    }

    /// The blank edited so far counts as visited.
    pub(super) fn leave_blank(&mut self) {
        if let Some(field) = self.focus.as_ref().filter(|_| !self.led) {
            self.checking.visit(field);
        }
    }

    pub(super) fn follow(&mut self, field: &Field) -> Task<Message> {
        let field = self.on_paper(field);
        self.show_paper(Step::of(&field), Some(&field))
    }

    /// What stands on paper where a blank would: an empty text behind a table or figure is not printed.
    fn on_paper(&self, field: &Field) -> Field {
        let place = field.place().filter(|place| place.within == Within::Text && place.block > 0);
        match place {
            Some(place) if !self.is_filled(field) => {
                let (block, within) = (place.block - 1, Within::Object);
                domain::Place { block, within, ..place }.field()
            }
            _ => field.clone(),
        }
    }

    fn show_paper(&mut self, step: Step, field: Option<&Field>) -> Task<Message> {
        let kind = step.paper(self.draft.role);
        let scroll = self.preview.follow(kind, field).map(Message::Preview);
        if self.preview.is_stale() { Task::batch([scroll, self.lay_out()]) } else { scroll }
    }

    /// Lays the paper out on a thread of its own.
    pub(super) fn lay_out(&mut self) -> Task<Message> {
        if self.panes.page_width() == 0.0 {
            return Task::none();
        }
        let blobs = self.blobs.clone();
        let figures: preview::Reader = Arc::new(move |file| blobs.read(file).ok());
        let files = preview::Files { figures, fonts: self.store.fonts() };
        self.preview.refresh(&self.draft, &self.notice, self.today(), files).map(Message::Preview)
    }

    fn preview_happened(&mut self, message: preview::Message) -> Task<Message> {
        match self.preview.update(message) {
            preview::Action::Refresh => self.lay_out(),
            preview::Action::Edit(field) => self.jump(&field),
            preview::Action::Run(task) => task.map(Message::Preview),
        }
    }

    fn drag_edge(&mut self, x: f32) -> Task<Message> {
        self.panes.drag_edge(x);
        self.fit_preview(self.preview.density())
    }

    fn toggle_preview(&mut self) -> Task<Message> {
        self.panes.toggle_page();
        let fitted = self.fit_preview(self.preview.density());
        let focus = self.focus.clone();
        let shown = focus.map_or_else(Task::none, |field| self.follow(&field));
        Task::batch([fitted, self.lay_out(), shown])
    }

    fn export_happened(&mut self, message: super::export::Message) -> Task<Message> {
        use super::export::{Action, Subject};
        let path = self.store.path(&self.id);
        let subject = Subject {
            draft: &self.draft,
            notice: &self.notice,
            draft_path: Path::new(&path),
            examiner: &self.examiner,
            fonts: self.store.fonts(),
            // The window may have been open over night.
            date: jiff::Zoned::now().date(),
        };
        match self.export.update(message, &subject) {
            Action::Run(task) => task.map(Message::Export),
            Action::Tried(task) => {
                self.checking.export_tried();
                task.map(Message::Export)
            }
            Action::Edit(field) => self.jump(&field),
            Action::LetterFace(face) => self
                .change("申请书正文字体", Instant::now(), |draft| {
                    draft.print.letter_face = face
                })
                .unwrap_or_else(Task::none),
            Action::Print(name, change) => self
                .change(name, Instant::now(), |draft| change(&mut draft.print))
                .unwrap_or_else(Task::none),
        }
    }
}
