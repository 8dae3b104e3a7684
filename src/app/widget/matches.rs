//! Colours what is looked for in a box for paragraphs.

use std::ops::Range;

use iced::Theme;
use iced::advanced::text::highlighter::{Format, Highlighter};

use crate::app::theme;

/// A box for paragraphs whose matches are coloured.
pub(crate) type TextEditor<'a, Message> = iced::widget::TextEditor<'a, Matches, Message>;

/// What is looked for, and in which of the texts that a box has held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sought {
    /// What is looked for; an empty one is nowhere.
    pub(crate) needle: String,
    /// Another number once the box holds another text: all of it is looked through again.
    pub(crate) text: u64,
}

/// Finds the needle in each line; an empty one is nowhere.
#[derive(Debug)]
pub(crate) struct Matches {
    needle: String,
    line: usize,
}

impl Highlighter for Matches {
    type Settings = Sought;
    type Highlight = ();
    type Iterator<'a> = std::vec::IntoIter<(Range<usize>, ())>;

    fn new(sought: &Sought) -> Self {
        Self { needle: sought.needle.clone(), line: 0 }
    }

    fn update(&mut self, sought: &Sought) {
        *self = Self::new(sought);
    }

    fn change_line(&mut self, line: usize) {
        self.line = self.line.min(line);
    }

    fn highlight_line(&mut self, line: &str) -> Self::Iterator<'_> {
        self.line += 1;
        if self.needle.is_empty() {
            return Vec::new().into_iter();
        }
        let found: Vec<_> =
            places(line, &self.needle).map(|at| (at..at + self.needle.len(), ())).collect();
        found.into_iter()
    }

    fn current_line(&self) -> usize {
        self.line
    }
}

/// The bytes at which a needle that is not empty begins; Latin letters are found in either case.
pub(crate) fn places(words: &str, needle: &str) -> impl Iterator<Item = usize> {
    let (words, needle) = (words.to_ascii_lowercase(), needle.to_ascii_lowercase());
    let found: Vec<usize> = words.match_indices(&needle).map(|(at, _)| at).collect();
    found.into_iter()
}

/// How a match looks.
pub(crate) fn format(_match: &(), theme: &Theme) -> Format<iced::Font> {
    Format { color: Some(theme::tokens(theme).found), font: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(needle: &str) -> Sought {
        Sought { needle: needle.to_owned(), text: 0 }
    }

    #[test]
    fn each_match_of_a_line_is_found_and_none_without_a_needle() {
        let mut matches = Matches::new(&sought("研发"));
        let found: Vec<_> = matches.highlight_line("研发与研发").map(|(range, ())| range).collect();
        assert_eq!(found, [0..6, 9..15]);
        matches.update(&sought("ai"));
        let found: Vec<_> = matches.highlight_line("AI 与 Ai").map(|(range, ())| range).collect();
        assert_eq!(found, [0..2, 7..9]);
        matches.update(&sought(""));
        assert_eq!(matches.highlight_line("研发").count(), 0);
        assert_eq!(matches.current_line(), 1);
    }
}
