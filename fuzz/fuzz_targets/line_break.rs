//! Any paragraph in any width: every character is set once and in order, and no line is too wide.
#![no_main]

#[path = "../../tests/properties/lines.rs"]
mod lines;
#[path = "../../tests/properties/material.rs"]
#[allow(dead_code)]
mod material;

use jiebang::typeset::line_break::opportunities;
use jiebang::typeset::paragraph::{measure, set};
use libfuzzer_sys::fuzz_target;
use material::Dice;

fuzz_target!(|bytes: &[u8]| {
    let (paragraph, width) = Dice(bytes).paragraph();
    let text = paragraph.words();
    let mut last = 0;
    for place in opportunities(&text) {
        assert!(place.at > last && place.at < text.len() && text.is_char_boundary(place.at));
        last = place.at;
    }
    let measure = measure(&paragraph);
    assert!(measure.least.is_finite() && measure.least <= measure.natural + 0.02);
    let lines = set(&paragraph, width);
    assert_eq!(lines::nothing_is_lost(&paragraph, &lines), Ok(()), "{paragraph:?} in {width} pt");
    let kept = lines::lines_keep_to_their_column(&lines, width);
    assert_eq!(kept, Ok(()), "{paragraph:?} in {width} pt");
});
