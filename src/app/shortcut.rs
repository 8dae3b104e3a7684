//! Key combinations.

use iced::keyboard::{Key, Modifiers, key};

/// What a key combination asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// Tab: to the next control.
    Next,
    /// Shift+Tab: to the one before.
    Previous,
    /// Ctrl+Z.
    Undo,
    /// Ctrl+Y, Ctrl+Shift+Z.
    Redo,
    /// Ctrl+Tab: the step after this one.
    NextStep,
    /// Ctrl+Shift+Tab: the step before.
    PreviousStep,
    /// F11, Ctrl+Shift+P: the middle pane alone.
    Wide,
    /// Ctrl+N: the list of drafts, to begin a new one.
    New,
    /// Ctrl+O: open a file.
    Open,
    /// Ctrl+S: save now.
    Save,
    /// Ctrl+Shift+S: keep a copy in a file.
    SaveElsewhere,
    /// Ctrl+E: check and export.
    Export,
    /// Alt+←: back from a blank to the finding that led there.
    Back,
    /// Ctrl+P: show or hide the page.
    TogglePreview,
    /// Alt+1 … Alt+9, Alt+0 for the tenth: a step, from 0.
    Step(usize),
    /// Ctrl+F: find and replace.
    Find,
    /// F1: the list of combinations.
    Help,
    /// F4: the example of the blank.
    Example,
    /// F2: light or dark.
    Theme,
    /// Ctrl+=.
    Larger,
    /// Ctrl+-.
    Smaller,
    /// Ctrl+0.
    NormalSize,
}

/// An arrow key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrow {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
}

impl Arrow {
    /// Reads a key; with Ctrl or the like it is no arrow.
    pub(crate) fn of(key: &Key, modifiers: Modifiers) -> Option<Self> {
        let Key::Named(named) = key else { return None };
        match named {
            _ if !modifiers.is_empty() => None,
            key::Named::ArrowUp => Some(Self::Up),
            key::Named::ArrowDown => Some(Self::Down),
            key::Named::ArrowLeft => Some(Self::Left),
            key::Named::ArrowRight => Some(Self::Right),
            _ => None,
        }
    }

    /// To what comes after.
    pub(crate) const fn is_forward(self) -> bool {
        matches!(self, Self::Down | Self::Right)
    }

    /// The position it leads to from `at` in a list of `count`, round at its ends.
    pub(crate) fn beside(self, at: usize, count: usize) -> usize {
        if self.is_forward() {
            if at + 1 < count { at + 1 } else { 0 }
        } else {
            at.checked_sub(1).unwrap_or(count.saturating_sub(1))
        }
    }

    /// Up or down.
    pub(crate) const fn is_vertical(self) -> bool {
        matches!(self, Self::Up | Self::Down)
    }
}

impl Shortcut {
    /// Reads a key press. `physical` decides where the layout has no Latin letters.
    pub(crate) fn of(key: &Key, physical: key::Physical, modifiers: Modifiers) -> Option<Self> {
        if let Key::Named(key::Named::Tab) = key {
            if modifiers.alt() || modifiers.logo() {
                return None;
            }
            return Some(match (modifiers.control(), modifiers.shift()) {
                (false, false) => Self::Next,
                (false, true) => Self::Previous,
                (true, false) => Self::NextStep,
                (true, true) => Self::PreviousStep,
            });
        }
        match key {
            Key::Named(key::Named::F1) => return Some(Self::Help),
            Key::Named(key::Named::F2) => return Some(Self::Theme),
            // Alt+F4 closes the window.
            Key::Named(key::Named::F4) if modifiers.is_empty() => return Some(Self::Example),
            Key::Named(key::Named::F11) => return Some(Self::Wide),
            // On macOS it moves the caret by a word.
            Key::Named(key::Named::ArrowLeft)
                if modifiers == Modifiers::ALT && !cfg!(target_os = "macos") =>
            {
                return Some(Self::Back);
            }
            _ => {}
        }
        let letter = key.to_latin(physical)?;
        if modifiers.alt() && !modifiers.command() {
            let digit = letter.to_digit(10)?;
            return Some(Self::Step(digit.checked_sub(1).unwrap_or(9) as usize));
        }
        if !modifiers.command() || modifiers.alt() {
            return None;
        }
        match letter.to_ascii_lowercase() {
            'z' if modifiers.shift() => Some(Self::Redo),
            'z' => Some(Self::Undo),
            'y' => Some(Self::Redo),
            'n' => Some(Self::New),
            'o' => Some(Self::Open),
            's' if modifiers.shift() => Some(Self::SaveElsewhere),
            's' => Some(Self::Save),
            'e' => Some(Self::Export),
            'f' => Some(Self::Find),
            'p' if modifiers.shift() => Some(Self::Wide),
            'p' => Some(Self::TogglePreview),
            '=' | '+' => Some(Self::Larger),
            '-' => Some(Self::Smaller),
            '0' => Some(Self::NormalSize),
            _ => None,
        }
    }
}

impl Shortcut {
    /// It goes on while its keys are held; any other is done once.
    pub(crate) const fn goes_on(self) -> bool {
        matches!(
            self,
            Self::Next
                | Self::Previous
                | Self::NextStep
                | Self::PreviousStep
                | Self::Undo
                | Self::Redo
                | Self::Larger
                | Self::Smaller
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::keyboard::key::{Code, NativeCode, Physical};

    const NO_CODE: Physical = Physical::Unidentified(NativeCode::Unidentified);

    fn of(key: &str, modifiers: Modifiers) -> Option<Shortcut> {
        Shortcut::of(&Key::Character(key.into()), NO_CODE, modifiers)
    }

    #[test]
    fn the_combinations_people_know_work() {
        assert_eq!(of("z", Modifiers::CTRL), Some(Shortcut::Undo));
        assert_eq!(of("z", Modifiers::CTRL | Modifiers::SHIFT), Some(Shortcut::Redo));
        assert_eq!(of("3", Modifiers::ALT), Some(Shortcut::Step(2)));
        assert_eq!(of("p", Modifiers::CTRL | Modifiers::SHIFT), Some(Shortcut::Wide));
        let elsewhere = of("S", Modifiers::CTRL | Modifiers::SHIFT);
        assert_eq!(
            (of("s", Modifiers::CTRL), elsewhere),
            (Some(Shortcut::Save), Some(Shortcut::SaveElsewhere))
        );
        let tab = |modifiers| Shortcut::of(&Key::Named(key::Named::Tab), NO_CODE, modifiers);
        assert_eq!(tab(Modifiers::CTRL), Some(Shortcut::NextStep));
        assert_eq!(tab(Modifiers::CTRL | Modifiers::SHIFT), Some(Shortcut::PreviousStep));
        assert_eq!((tab(Modifiers::empty()), tab(Modifiers::ALT)), (Some(Shortcut::Next), None));
        let left = |modifiers| Shortcut::of(&Key::Named(key::Named::ArrowLeft), NO_CODE, modifiers);
        let back = (!cfg!(target_os = "macos")).then_some(Shortcut::Back);
        assert_eq!((left(Modifiers::ALT), left(Modifiers::CTRL)), (back, None));
        assert_eq!(of("0", Modifiers::ALT), Some(Shortcut::Step(9)));
        let example = |modifiers| Shortcut::of(&Key::Named(key::Named::F4), NO_CODE, modifiers);
        assert_eq!(example(Modifiers::empty()), Some(Shortcut::Example));
        assert_eq!(example(Modifiers::ALT), None);
        assert_eq!(of("z", Modifiers::empty()), None);
        assert_eq!(of("s", Modifiers::CTRL | Modifiers::ALT), None);
    }

    #[test]
    fn a_layout_without_latin_letters_works_by_the_place_of_the_key() {
        let key = Key::Character("я".into());
        let undo = Shortcut::of(&key, Physical::Code(Code::KeyZ), Modifiers::CTRL);
        assert_eq!(undo, Some(Shortcut::Undo));
    }

    #[test]
    fn arrows_go_round() {
        assert_eq!((Arrow::Down.beside(0, 3), Arrow::Right.beside(2, 3)), (1, 0));
        assert_eq!((Arrow::Up.beside(0, 3), Arrow::Left.beside(2, 3)), (2, 1));
    }
}
