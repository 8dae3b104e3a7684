//! A figure's width on paper.

use iced::Task;

use super::shift::Shift;
use crate::app::screen::editor::{Message as EditorMessage, State};
use crate::domain::{Field, Figure, Object};

/// Narrowest figure that can be set, per cent of the text's width.
const NARROWEST: i16 = 10;
/// What a figure of its pixels' width starts from when it is made wider or narrower, per cent.
const USUAL: i16 = 80;

impl State {
    /// The figure at an address.
    pub(super) fn figure_at(&self, field: &Field) -> Option<&Figure> {
        match self.draft.body(field)?.object(field.place()?.block)? {
            Object::Figure(figure) => Some(figure),
            Object::Table(_) => None,
        }
    }

    pub(super) fn change_width(&mut self, field: &Field, by: Option<i8>) -> Task<EditorMessage> {
        let (Some(place), Some(figure)) = (field.place(), self.figure_at(field)) else {
            return Task::none();
        };
        let width = by.map_or(0, |by| {
            let old = if figure.width == 0 { USUAL } else { i16::from(figure.width) };
            let new = (old + i16::from(by)).clamp(NARROWEST, 100);
            new as u8
        });
        let words = format!("改{}的宽度", self.noun(field));
        self.reshape(&place.section_field(), words, Shift::None, None, |body| {
            match body.object_mut(place.block) {
                Some(Object::Figure(figure)) if figure.width != width => {
                    figure.width = width;
                    true
                }
                _ => false,
            }
        })
    }
}
