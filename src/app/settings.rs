//! What the window remembers from one start to the next.

use iced::Size;
use serde::{Deserialize, Serialize};

use crate::app::screen::editor::Left;
use crate::store::Store;

/// Name of the file in the data folder.
const NAME: &str = "window";

/// The window's first size, logical pixels: all of it is seen on a screen of 1366 × 768.
pub(crate) const FIRST_SIZE: Size = Size::new(1180.0, 700.0);
/// The smallest window, logical pixels.
pub(crate) const LEAST_SIZE: Size = Size::new(900.0, 560.0);

/// Of so many drafts it is remembered how they were left.
const MOST_LEFT: usize = 40;

/// Settings; unknown ones of a later version are left out, missing ones have their defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// Width of the window, logical pixels.
    pub(crate) width: f32,
    /// Height of the window, logical pixels.
    pub(crate) height: f32,
    /// Where the window stood, logical pixels; `None`: the system decides.
    pub(crate) place: Option<(f32, f32)>,
    /// The window filled the screen; size and place are those of before.
    pub(crate) maximized: bool,
    /// The dark theme or the light one; `None`: as the system has it.
    pub(crate) dark: Option<bool>,
    /// Size of everything, 0.9 to 2.
    pub(crate) scale: f32,
    /// Share of the window's width that the page takes.
    pub(crate) page_share: f32,
    /// The page is shown beside the blanks.
    pub(crate) page_open: bool,
    /// The draft edited last.
    pub(crate) last_draft: Option<String>,
    /// The welcome of the first run was put away.
    pub(crate) welcomed: bool,
    /// The folder exported to last, as typed.
    pub(crate) export_folder: Option<String>,
    /// How drafts were left, the last one at the end.
    pub(crate) left: Vec<Left>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            width: FIRST_SIZE.width,
            height: FIRST_SIZE.height,
            place: None,
            maximized: false,
            dark: None,
            scale: 1.0,
            page_share: 0.36,
            page_open: true,
            last_draft: None,
            welcomed: false,
            export_folder: None,
            left: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the settings; a file that cannot be read is the same as none.
    pub(crate) fn load(store: &Store) -> Self {
        let mut settings: Self = store.read_json(NAME).ok().flatten().unwrap_or_default();
        let within = |value: f32, low: f32, high: f32, usual: f32| {
            if value.is_finite() { value.clamp(low, high) } else { usual }
        };
        settings.width = within(settings.width, LEAST_SIZE.width, 8000.0, FIRST_SIZE.width);
        settings.height = within(settings.height, LEAST_SIZE.height, 8000.0, FIRST_SIZE.height);
        settings.page_share = within(settings.page_share, 0.2, 0.65, 0.36);
        settings.place = settings.place.filter(|(x, y)| {
            // A screen that is gone must not take the window with it.
            (0.0..6000.0).contains(x) && (0.0..4000.0).contains(y)
        });
        settings.scale = within(settings.scale, 0.9, 2.0, 1.0);
        settings
    }

    /// The window's size in pixels of the size that everything has in it: what the toolkit reckons in.
    pub(crate) fn scaled_size(&self) -> Size {
        Size::new(self.width / self.scale, self.height / self.scale)
    }

    /// Remembers how a draft was left.
    pub(crate) fn note_left(&mut self, left: Left) {
        self.left.retain(|other| other.draft != left.draft);
        self.left.push(left);
        self.left.drain(..self.left.len().saturating_sub(MOST_LEFT));
    }

    /// How a draft was left.
    pub(crate) fn left(&self, draft: &str) -> Option<&Left> {
        self.left.iter().find(|left| left.draft == draft)
    }

    /// Writes the settings; to lose them is no harm, so a failure is not told.
    pub(crate) fn save(&self, store: &Store) {
        let _ = store.write_json(NAME, self);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_absurd_ones_are_mended() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        assert_eq!(Settings::load(&store), Settings::default());
        let dark = Settings {
            dark: Some(true),
            width: 1.0,
            place: Some((-9000.0, 20.0)),
            ..Settings::default()
        };
        dark.save(&store);
        let loaded = Settings::load(&store);
        assert!(loaded.dark == Some(true) && loaded.width >= 900.0 && loaded.place.is_none());
    }

    #[test]
    fn how_a_draft_was_left_is_remembered_for_the_last_ones() {
        let mut settings = Settings::default();
        for n in 0..=MOST_LEFT {
            let draft = if n == 1 { "0".to_owned() } else { n.to_string() };
            settings.note_left(Left { draft, ..Left::default() });
        }
        assert!(settings.left.len() == MOST_LEFT && settings.left("0").is_some());
        settings.note_left(Left { draft: "新".to_owned(), ..Left::default() });
        assert!(settings.left("0").is_none() && settings.left("2").is_some());
    }
}
