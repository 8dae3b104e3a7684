//! How evenly a paragraph is set: no line torn open, none beside a very different one.

use jiebang::typeset::paragraph::{Line, set};

use super::{SIZE, justified, printed, sentences, text_of};

/// How far two 字 of a line stand apart, em; `None` where it has none beside each other.
fn stretch(line: &Line) -> Option<f32> {
    let characters = printed(line);
    let ideograph = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let beside = characters.windows(2).find(|pair| pair.iter().all(|p| ideograph(p.character)))?;
    Some((beside[1].pen - beside[0].pen) / SIZE - 1.0)
}

/// The stretch of all full lines at a width, and whether a long Latin word comes after.
fn stretches(width: f32) -> Vec<(f32, bool)> {
    let mut all = Vec::new();
    for sentence in sentences() {
        let lines = set(&justified(&sentence), width);
        for pair in lines.windows(2) {
            let latin = text_of(&pair[1]).chars().take(6).all(|c| c.is_ascii());
            all.extend(stretch(&pair[0]).map(|stretch| (stretch, latin)));
        }
    }
    all
}

#[test]
fn letters_are_set_evenly() {
    let all = stretches(442.2);
    let count = all.len() as f32;
    let mean = all.iter().map(|(s, _)| s).sum::<f32>() / count;
    let squares = all.iter().map(|(s, _)| s * s).sum::<f32>() / count;
    let worst = |latin| all.iter().filter(|l| l.1 == latin).map(|l| l.0).fold(0.0, f32::max);
    assert!(all.len() > 200, "{}", all.len());
    assert!(worst(false) <= 0.25 && worst(true) <= 0.4, "{} {}", worst(false), worst(true));
    // Each line filled on its own, as it was once, makes it 0.029 and 0.044.
    assert!(mean <= 0.02 && squares.sqrt() <= 0.04, "{mean} {}", squares.sqrt());
}

#[test]
fn a_narrow_column_is_set_as_evenly_as_its_words_let_it() {
    let all = stretches(310.0);
    let loose = all.iter().filter(|(s, latin)| *s > 0.25 && !latin).count();
    assert!(loose * 200 < all.len(), "{loose} of {}", all.len());
}
