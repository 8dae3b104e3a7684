//! The boxes for paragraphs of the step shown.

use std::collections::{HashMap, HashSet};

use iced::widget::text_editor::{Action, Content, Cursor, Edit, Position};

use super::{find, paste};
use crate::domain::{Draft, Field, Kind};

/// More lines than a text has.
const ALL_LINES: i32 = 100_000;

/// What the boxes hold, with their carets and selections.
#[derive(Debug, Default)]
pub(super) struct Texts {
    contents: HashMap<Field, Shown>,
    /// Counts what is drawn otherwise in all of them.
    version: u64,
    /// Counts how often boxes were made anew.
    loads: u64,
}

/// What one box holds.
#[derive(Debug)]
struct Shown {
    content: Content,
    /// Counts its changes.
    version: u64,
}

impl Texts {
    /// Makes the boxes of these blanks, anew where the draft has other words than the box.
    pub(super) fn load(&mut self, draft: &Draft, fields: Vec<Field>) {
        self.touch();
        let wanted: HashSet<&Field> = fields.iter().collect();
        self.contents.retain(|field, _| wanted.contains(field));
        for field in fields {
            if field.spec().is_none_or(|spec| spec.kind != Kind::Text) {
                continue;
            }
            let Some(words) = draft.text(&field) else { continue };
            let before = self.contents.get(&field).map(|shown| shown.content.text());
            if before.as_deref() == Some(words) {
                continue;
            }
            let mut content = Content::with_text(words);
            if let Some(before) = before {
                let position = find::position(words, changed_end(&before, words));
                content.move_to(Cursor { position, selection: None });
            }
            self.contents.insert(field, Shown { content, version: 0 });
            self.loads += 1;
        }
    }

    /// Another number once a box was made anew.
    pub(super) const fn loads(&self) -> u64 {
        self.loads
    }

    /// The content of a box; `None` for a blank of another step.
    pub(super) fn get(&self, field: &Field) -> Option<&Content> {
        self.contents.get(field).map(|shown| &shown.content)
    }

    /// Selects what stands between two places of a box; the caret is at the second.
    pub(super) fn select(&mut self, field: &Field, from: Position, to: Position) {
        if let Some(shown) = self.contents.get_mut(field) {
            shown.content.move_to(Cursor { position: to, selection: Some(from) });
            shown.version += 1;
        }
    }

    /// Brings the caret of a box into view when it is laid out next: the box may be lower then.
    pub(super) fn show_caret(&mut self, field: &Field) {
        if let Some(Shown { content, version }) = self.contents.get_mut(field) {
            let here = content.cursor();
            // Only a caret that has moved is looked for.
            content.move_to(Cursor { position: Position { line: 0, column: 0 }, selection: None });
            content.move_to(here);
            *version += 1;
        }
    }

    /// Shows all boxes from their first line on: one that was scrolled would stay so where it grows to all
    /// of its text, with nothing below.
    pub(super) fn show_start(&mut self) {
        for shown in self.contents.values_mut() {
            shown.content.perform(Action::Scroll { lines: -ALL_LINES });
        }
        self.touch();
    }

    /// What is selected in a box.
    pub(super) fn selection(&self, field: &Field) -> Option<String> {
        self.get(field)?.selection().filter(|words| !words.is_empty())
    }

    /// Does what was done to a box; its words where they may have changed by that.
    pub(super) fn perform(&mut self, field: &Field, action: Action) -> Option<String> {
        let Shown { content, version } = self.contents.get_mut(field)?;
        *version += 1;
        let is_edit = action.is_edit();
        content.perform(match action {
            Action::Edit(Edit::Paste(words)) => {
                Action::Edit(Edit::Paste(paste::clean(&words).into()))
            }
            action => action,
        });
        is_edit.then(|| content.text())
    }

    /// Something is drawn otherwise in the boxes.
    pub(super) fn touch(&mut self) {
        self.version += 1;
    }

    /// Others after each change of a box, or of what is drawn in all of them.
    pub(super) fn version(&self, field: &Field) -> (u64, u64) {
        (self.version, self.contents.get(field).map_or(0, |shown| shown.version))
    }
}

/// The byte of `now` at which what differs from `before` ends: where the caret belongs.
fn changed_end(before: &str, now: &str) -> usize {
    let same = before.chars().rev().zip(now.chars().rev()).take_while(|(a, b)| a == b);
    now.len() - same.map(|(_, c)| c.len_utf8()).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn a_caret_brought_into_view_stays_where_it_was() {
        let mut draft = Draft::new("n", Role::Solver);
        let field = Field::application(0, "introduction");
        if let Some(words) = draft.text_mut(&field) {
            *words = "研发\n平台".to_owned();
        }
        let mut texts = Texts::default();
        texts.load(&draft, vec![field.clone()]);
        let here = Position { line: 1, column: 3 };
        texts.select(&field, Position { line: 1, column: 0 }, here);
        let version = texts.version(&field);
        texts.show_caret(&field);
        assert_eq!(texts.get(&field).map(|content| content.cursor().position), Some(here));
        assert_eq!(texts.selection(&field).as_deref(), Some("平"));
        assert!(texts.version(&field) > version);
    }

    #[test]
    fn the_caret_goes_behind_what_has_changed() {
        assert_eq!(changed_end("研发平台", "研制平台"), "研制".len());
        assert_eq!(changed_end("研发", "研发平台"), "研发平台".len());
        assert_eq!(changed_end("研发平台", "平台"), 0);
        assert_eq!(changed_end("", "研发"), "研发".len());
    }
}
