//! The edges of a paragraph: full lines end even, no line stands out, only the first is indented.

use jiebang::typeset::mark::empty_half;

use super::{Printed, SIZE, each, printed};

#[test]
fn no_line_is_wider_than_its_column() {
    each(|_, width, lines| {
        for (line, text) in lines {
            let right = line.left + line.width;
            assert!(right <= width + 0.01, "{right} of {width} pt: {text}");
            assert!(line.left >= -0.01, "{text}");
        }
    });
}

/// Left and right edge of a character's ink from the pen, pt.
fn ink(printed: &Printed) -> Option<(f32, f32)> {
    let data = printed.face.data();
    let font = rustybuzz::ttf_parser::Face::parse(data, 0).unwrap();
    let ink = font.glyph_bounding_box(rustybuzz::ttf_parser::GlyphId(printed.glyph.id))?;
    let scale = SIZE / f32::from(font.units_per_em());
    let dx = printed.glyph.dx;
    Some((f32::from(ink.x_min) * scale + dx, f32::from(ink.x_max) * scale + dx))
}

#[test]
fn the_ink_of_full_lines_ends_at_the_right_edge() {
    let (mut even, mut all) = (0, 0);
    each(|_, width, lines| {
        for (line, text) in lines.iter().take(lines.len().saturating_sub(1)) {
            let full = (line.left + line.width - width).abs() < 0.01;
            all += 1;
            even += usize::from(full);
            let characters = printed(line);
            let last = characters.iter().rev().find(|c| !c.character.is_whitespace()).unwrap();
            if full && last.character != '—' {
                let right = last.pen + ink(last).unwrap().1;
                // 月 and others leave more of their own square empty.
                let most = if empty_half(last.character).is_some() { 0.151 } else { 0.2 };
                assert!((width - right).abs() < most * SIZE, "{right} of {width} pt: {text}");
            }
        }
    });
    // The others hold a word too long for a narrow column.
    assert!(all > 500 && even * 1000 > all * 985, "{even} of {all}");
}

#[test]
fn only_the_first_line_is_indented_and_opening_marks_stand_at_the_edge() {
    let mut opened = 0;
    each(|_, width, lines| {
        for (n, (line, text)) in lines.iter().enumerate() {
            let indent = if n == 0 { 2.0 * SIZE } else { 0.0 };
            assert!((line.left - indent).abs() < 0.01, "{} at {width} pt: {text}", line.left);
            let characters = printed(line);
            let first = characters.first().unwrap();
            if "（《“".contains(first.character) && empty_half(first.character).is_some() {
                opened += 1;
                let left = first.pen + ink(first).unwrap().0 - indent;
                assert!((0.0..0.25 * SIZE).contains(&left), "{left} at {width} pt: {text}");
            }
        }
    });
    assert!(opened > 30, "{opened}");
}
