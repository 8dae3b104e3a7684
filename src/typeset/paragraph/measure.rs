//! How wide a paragraph is before it is set into lines.

use super::Paragraph;
use super::source::Source;

/// Widths of a paragraph, pt.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measure {
    /// Of its widest piece that no line's end may part.
    pub least: f32,
    /// Of all of it on one line.
    pub natural: f32,
}

/// Measures a paragraph without its indents.
#[must_use]
pub fn measure(paragraph: &Paragraph) -> Measure {
    let source = Source::new(paragraph, f32::MAX);
    let (mut least, mut natural, mut piece) = (0.0_f32, 0.0, 0.0);
    for (n, cluster) in source.clusters.iter().enumerate() {
        piece += cluster.width;
        natural += cluster.width;
        // A space at a line's end is not shown.
        if !source.cluster_text(n).trim().is_empty() {
            least = least.max(piece);
        }
        if source.may_end(n) {
            piece = 0.0;
        } else {
            piece += source.space(n);
        }
        natural += source.space(n);
    }
    Measure { least, natural }
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
