//! Marks beside each other, and the room between Chinese and Latin.

use jiebang::typeset::page::{Face, Item};
use jiebang::typeset::paragraph::{Inline, Paragraph, Style, set};

use super::{each, printed};

fn style(face: Face) -> Style {
    Style::new(face, 10.0, 16.0)
}

/// The width of a text in the middle of a line, pt of a size of 10.
fn width(text: &str, face: Face) -> f32 {
    let at = |text: &str| set(&Paragraph::new(text, style(face)), 1000.0)[0].width;
    at(&format!("甲{text}乙")) - 20.0
}

#[test]
fn marks_that_follow_each_other_are_closed_up_in_every_face() {
    for face in Face::ALL {
        for (marks, expected) in [
            ("）。", 15.0),
            ("”，", 15.0),
            ("，“", 15.0),
            ("：“", 15.0),
            ("“《", 15.0),
            ("》）”。", 25.0),
            ("。”", 15.0),
            ("》（", 15.0),
            ("？”", 15.0),
            ("！）", 15.0),
            ("，", 10.0),
        ] {
            let found = width(marks, face);
            assert!((found - expected).abs() < 0.01, "{marks} in {face:?}: {found}");
        }
    }
}

#[test]
fn marks_are_closed_up_across_the_borders_of_faces() {
    let text = |text: &str, face| Inline::Text { text: text.to_owned(), face: Some(face) };
    let inlines = vec![text("甲：", Face::Hei), text("“乙", Face::Kai)];
    let line = &set(&Paragraph { inlines, style: style(Face::Song), field: None }, 500.0)[0];
    assert!((line.width - 35.0).abs() < 0.01, "{}", line.width);
}

#[test]
fn dashes_and_ellipses_are_joined_and_two_squares_wide_in_every_face() {
    for face in Face::ALL {
        for mark in ["——", "……"] {
            assert!((width(mark, face) - 20.0).abs() < 0.01, "{mark} in {face:?}");
        }
    }
    // Also in a line that was stretched.
    each(|_, width, lines| {
        for (line, text) in lines {
            let characters = printed(line);
            for pair in characters.windows(2) {
                let same = pair[0].character == pair[1].character;
                if same && "—…".contains(pair[0].character) {
                    let apart = pair[1].pen - pair[0].pen;
                    assert!((apart - super::SIZE).abs() < 0.02, "{apart} at {width} pt: {text}");
                }
            }
        }
    });
}

#[test]
fn the_middle_dot_of_a_name_takes_half_a_square_at_most() {
    for face in Face::ALL {
        assert!(width("·", face) <= 5.01, "{face:?}");
    }
}

#[test]
fn a_quarter_em_stands_between_chinese_and_latin_also_where_a_space_was_typed() {
    let natural = |text: &str| {
        let line = &set(&Paragraph::new(text, style(Face::Song)), 500.0)[0];
        let text = line.items.iter().map(|item| match item {
            Item::Text(run) => run.text.as_str(),
            _ => "",
        });
        (line.width, text.collect::<String>())
    };
    for (typed, plain) in
        [("共 18 人", "共18人"), ("用 LFT 材料", "用LFT材料"), ("约 5%，", "约5%，")]
    {
        let ((typed_width, text), (plain_width, _)) = (natural(typed), natural(plain));
        assert_eq!(text, typed, "what was typed can be copied");
        assert!((typed_width - plain_width).abs() < 0.01, "{typed}: {typed_width} {plain_width}");
    }
    let digits = width("18", Face::Song);
    let (beside_marks, _) = natural("（18）");
    // The marks at both ends of the line stand without their empty halves.
    assert!(beside_marks < digits + 10.0, "{beside_marks}");
}
