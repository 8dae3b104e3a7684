//! How a draft was left, so that it is opened again in the same way.

use iced::Task;
use serde::{Deserialize, Serialize};

use super::{Message, State, Step};

/// What was shown of a draft, and how. It is kept beside the drafts, not in them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Left {
    /// Name of the draft in the store.
    pub(crate) draft: String,
    /// Position of the step, from 0.
    pub(crate) step: usize,
    /// Section of the letter.
    pub(crate) section: usize,
    /// How large the page is shown; 0: nobody has changed it.
    pub(crate) zoom: f32,
    /// The middle pane alone is shown.
    pub(crate) wide: bool,
}

impl State {
    /// How it is left.
    pub(crate) fn left(&self) -> Left {
        let steps = Step::all(&self.draft);
        Left {
            draft: self.id.as_str().to_owned(),
            step: steps.iter().position(|step| *step == self.step).unwrap_or(0),
            section: self.section,
            zoom: self.preview.zoom(),
            wide: self.panes.is_wide(),
        }
    }

    /// Goes on where it was left. A step that is there no more is the first.
    pub(crate) fn go_on(&mut self, left: &Left) -> Task<Message> {
        self.panes.show_wide(left.wide);
        self.preview.zoom_to(left.zoom);
        let fitted = self.fit_preview(self.preview.density());
        let Some(step) = Step::all(&self.draft).get(left.step).copied() else { return fitted };
        if step == self.step {
            return fitted;
        }
        let shown = self.enter_step(step);
        let section = match step {
            Step::Letter(_) if left.section > 0 => self.choose_section(left.section),
            _ => Task::none(),
        };
        Task::batch([fitted, shown, section])
    }
}
