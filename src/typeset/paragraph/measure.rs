//! How wide a paragraph is before it is set into lines.

use super::Paragraph;
use super::source::Source;
use crate::typeset::line_break::Ease;

/// Widths of a paragraph, pt.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measure {
    /// Of its widest piece that no line's end should part.
    pub least: f32,
    /// Of all of it on one line.
    pub natural: f32,
}

/// A number with its unit or a standard's number that is wider than this is parted rather than
/// that a column makes room for it, em.
const LONGEST_KEPT: f32 = 6.0;

/// Measures a paragraph without its indents.
#[must_use]
pub fn measure(paragraph: &Paragraph) -> Measure {
    let source = Source::new(paragraph, f32::MAX);
    let longest = LONGEST_KEPT * paragraph.style.size;
    let count = source.clusters.len();
    let (mut least, mut widest_part) = (0.0_f32, 0.0_f32);
    let (mut piece, mut part) = (0, 0);
    for n in 0..count {
        let ease = source.ease(n).or((n + 1 == count).then_some(Ease::Free));
        let Some(ease) = ease else { continue };
        widest_part = widest_part.max(source.room(part, n + 1).natural as f32);
        part = n + 1;
        if ease < Ease::Kept {
            let whole = source.room(piece, n + 1).natural as f32;
            least = least.max(whole.min(widest_part.max(longest)));
            piece = n + 1;
            widest_part = 0.0;
        }
    }
    Measure { least, natural: source.room(0, count).natural as f32 }
}

#[cfg(test)]
mod tests {
    use super::super::{Style, set};
    use super::*;
    use crate::typeset::page::Face;

    fn paragraph(text: &str) -> Paragraph {
        Paragraph::new(text, Style::new(Face::Song, 10.0, 15.0))
    }

    #[test]
    fn a_paragraph_as_wide_as_its_measure_is_one_line_and_a_little_narrower_two() {
        for text in
            ["攻关团队", "周启明，博士（2024年）", "不低于80 MPa", "GB/T 2408—2021、ISO 1043"]
        {
            let Measure { natural, .. } = measure(&paragraph(text));
            assert_eq!(set(&paragraph(text), natural).len(), 1, "{text}");
            assert!(set(&paragraph(text), natural - 6.0).len() > 1, "{text}");
        }
    }

    #[test]
    fn the_least_width_is_that_of_the_longest_word() {
        assert_eq!(measure(&paragraph("公司")).least, 10.0);
        let word = measure(&paragraph("polypropylene")).natural;
        assert_eq!(measure(&paragraph("公司 polypropylene 公司")).least, word);
        assert_eq!(measure(&paragraph("")), Measure::default());
    }
}
