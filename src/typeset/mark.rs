//! Punctuation marks: which half of their square is empty, and where in a line they may not stand
//! (GB/T 15834-2011 5.1, clreq 3.1).

/// The half of a full-width mark's square that is empty, and so may be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyHalf {
    /// The left one, of a mark that opens.
    Left,
    /// The right one, of a mark that closes.
    Right,
}

/// Which half of a mark is empty; `None` for every other character.
#[must_use]
pub const fn empty_half(mark: char) -> Option<EmptyHalf> {
    match mark {
        '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '“' | '‘' => {
            Some(EmptyHalf::Left)
        }
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '》' | '〉' | '」' | '』'
        | '】' | '〕' | '”' | '’' => Some(EmptyHalf::Right),
        _ => None,
    }
}

/// The width of a closing mark at the end of a line, em: half its square or, where its ink leaves
/// even of that a good part empty, so much less that the edge looks even.
#[must_use]
pub const fn width_at_end(mark: char) -> f32 {
    match mark {
        '’' => 0.33,
        '，' => 0.36,
        '、' | '〕' => 0.4,
        '。' | '；' | '：' | '）' | '】' | '」' | '』' | '！' => 0.42,
        '〉' => 0.46,
        _ => 0.5,
    }
}

/// Whether a mark must not begin a line.
#[must_use]
pub const fn closes(mark: char) -> bool {
    matches!(empty_half(mark), Some(EmptyHalf::Right))
        || is_lesser(mark)
        || matches!(mark, ',' | '.' | ';' | ':' | '?' | '!')
        || matches!(mark, ')' | ']' | '}' | '%' | '％' | '‰' | '℃')
}

/// Whether a mark that must not begin a line does least harm there, where one must: all of its square
/// is drawn on.
#[must_use]
pub const fn is_lesser(mark: char) -> bool {
    matches!(mark, '…' | '—' | '·' | '～' | '–' | '/' | '／')
}

/// Whether a mark must not end a line.
#[must_use]
pub const fn opens(mark: char) -> bool {
    matches!(empty_half(mark), Some(EmptyHalf::Left)) || matches!(mark, '(' | '[' | '{')
}

/// Whether a mark that must not begin a line stands at the start of `text`.
#[must_use]
pub fn is_closing(text: &str) -> bool {
    text.starts_with(closes)
}

/// Whether a mark that must not end a line stands at the start of `text`.
#[must_use]
pub fn is_opening(text: &str) -> bool {
    text.starts_with(opens)
}

/// Whether nothing is seen of a character: it is a space, joins others, parts them or chooses their form.
#[must_use]
pub const fn is_unseen(character: char) -> bool {
    matches!(character, ' ' | '\u{3000}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Whether no line may end between `head` and `tail`: with a mark that opens, or before one that closes,
/// whatever that is not seen stands between.
#[must_use]
pub fn holds(head: &str, tail: &str) -> bool {
    is_closing(tail.trim_start_matches(is_unseen))
        || head.trim_end_matches(is_unseen).ends_with(opens)
}

/// Whether two characters are halves of one mark: —— or ……
#[must_use]
pub const fn are_one_mark(before: char, after: char) -> bool {
    matches!((before, after), ('—', '—') | ('…', '…'))
}

/// How much of two marks' squares is taken away where they follow each other, em: of the first, of the second.
#[must_use]
pub const fn closed_up(before: char, after: char) -> (f32, f32) {
    match (empty_half(before), empty_half(after)) {
        (Some(EmptyHalf::Right), Some(_)) => (0.5, 0.0),
        (Some(EmptyHalf::Left), Some(EmptyHalf::Left)) => (0.0, 0.5),
        _ => (0.0, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::page::Face;

    const OPENING: &str = "（《〈「『【〔“‘";
    const CLOSING: &str = "，。、；：？！）》〉」』】〕”’";

    /// Left and right edge of a mark's ink, em.
    fn ink(face: Face, mark: char) -> (f32, f32) {
        let drawn_by = face.for_character(mark).unwrap();
        let font = drawn_by.parsed().unwrap();
        let ink = font.glyph_bounding_box(font.glyph_index(mark).unwrap()).unwrap();
        let em = font.units_per_em() as f32;
        (f32::from(ink.x_min) / em, f32::from(ink.x_max) / em)
    }

    #[test]
    fn the_half_taken_away_is_empty_in_every_face() {
        for face in Face::ALL {
            for mark in OPENING.chars() {
                assert_eq!(empty_half(mark), Some(EmptyHalf::Left));
                assert!(ink(face, mark).0 >= 0.5, "{mark} in {face:?}");
            }
            for mark in CLOSING.chars() {
                assert_eq!(empty_half(mark), Some(EmptyHalf::Right));
                let right = ink(face, mark).1;
                assert!(right <= 0.505, "{mark} in {face:?}");
                let beside = width_at_end(mark) - right;
                assert!((-0.01..=0.15).contains(&beside), "{mark} in {face:?}: {beside}");
            }
        }
    }
}
