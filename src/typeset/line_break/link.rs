//! Long strings without a space: addresses, part numbers, hashes.

use std::ops::Range;

use super::is_wide;
use crate::typeset::mark::{closes, opens};

/// Characters that stay together at either side of a break within a string.
pub(super) const LEAST: usize = 3;
/// A string without the marks of an address is one from this length on.
const LONG: usize = 24;

/// The runs of `text` without spaces and Chinese characters.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let inside = |c: char| !is_wide(c) && !c.is_whitespace();
        let from = rest + text.get(rest..)?.find(inside)?;
        let tail = text.get(from..)?;
        rest = from + tail.find(|c| !inside(c)).unwrap_or(tail.len());
        Some(from..rest)
    })
}

/// Whether a token is an address or so long that it must be expected to be broken.
pub(super) fn is_link(token: &str) -> bool {
    if !token.is_ascii() || token.len() < 12 {
        return false;
    }
    let marked = token.contains("://") || token.contains('@') || token.starts_with("www.");
    marked || token.contains('_') || token.len() >= LONG
}

/// Whether a string may be broken between two characters: after / ? & = - _ : + and, so that the mark
/// shows on the next line that the string goes on, before . and @.
#[must_use]
pub fn is_seam(before: char, after: char) -> bool {
    let parts = |c: char| matches!(c, '/' | '?' | '&' | '=' | '-' | '_' | ':' | '+' | '.' | '@');
    match (before, after) {
        // A decimal point.
        (b, '.') if b.is_ascii_digit() => false,
        (b, '.' | '@') => !parts(b) && !opens(b),
        ('/' | '?' | '&' | '=' | '-' | '_' | ':' | '+', a) => !parts(a) && !closes(a),
        _ => false,
    }
}

/// Where a link may be broken, bytes from its start.
pub(super) fn seams(token: &str) -> impl Iterator<Item = usize> {
    let pairs = token.char_indices().zip(token.chars().skip(1));
    let all = pairs.filter(|&((_, before), after)| is_seam(before, after));
    let ends = all.map(|((at, before), _)| at + before.len_utf8());
    ends.filter(|&at| at >= LEAST && at + LEAST <= token.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn barred(link: &str) -> String {
        let mut out = link.to_owned();
        let all: Vec<usize> = seams(link).collect();
        all.iter().rev().for_each(|&at| out.insert(at, '|'));
        out
    }

    #[test]
    fn an_address_is_broken_after_its_strokes_and_before_its_dots() {
        assert_eq!(
            barred("https://www.example.com/a1b/index.html?id=123&page=2"),
            "https://|www|.example|.com/|a1b/|index|.html?|id=|123&|page=2"
        );
        assert_eq!(barred("innovation@example.com"), "innovation|@example|.com");
        assert_eq!(barred("PN-2024_A+B.7"), "PN-|2024_|A+|B.7");
    }
}
