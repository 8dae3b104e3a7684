//! What holds of the lines of any paragraph.

use jiebang::rules::word_count::is_mark;
use jiebang::typeset::font::is_undrawn;
use jiebang::typeset::page::{GlyphRun, Item};
use jiebang::typeset::paragraph::{Inline, Line, Paragraph};

/// Sums of floats, pt.
const SLACK: f32 = 0.02;

fn runs(line: &Line) -> impl Iterator<Item = &GlyphRun> {
    line.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

fn text(line: &Line) -> String {
    runs(line).map(|run| run.text.as_str()).collect()
}

fn typed(paragraph: &Paragraph) -> String {
    let mut typed = String::new();
    for inline in &paragraph.inlines {
        match inline {
            Inline::Text { text, .. } => typed.push_str(text),
            Inline::Blank { text, tail, .. } => typed.extend([text.as_str(), tail]),
            Inline::CheckBox { .. } => {}
            Inline::Choice { words, .. } => typed.push_str(words),
        }
    }
    // A tab is a jump of unknown length: on paper it is one 字.
    typed.replace('\t', "\u{3000}")
}

/// Every character is set once and in its place, every box to tick too.
pub(crate) fn nothing_is_lost(paragraph: &Paragraph, lines: &[Line]) -> Result<(), String> {
    let (wanted, found) = (typed(paragraph), lines.iter().map(text).collect::<String>());
    if wanted != found {
        return Err(format!("{wanted:?} became {found:?}"));
    }
    for run in lines.iter().flat_map(runs) {
        let mut at = 0;
        for glyph in &run.glyphs {
            if glyph.start != at && glyph.start != glyph.end || glyph.end < at {
                return Err(format!("at {at} of {:?} stands {glyph:?}", run.text));
            }
            at = glyph.end;
        }
        if at as usize != run.text.len() {
            return Err(format!("{:?} is read up to {at}", run.text));
        }
    }
    let boxes =
        |wanted: &&Inline| matches!(wanted, Inline::CheckBox { .. } | Inline::Choice { .. });
    let wanted = paragraph.inlines.iter().filter(boxes).count();
    let items = lines.iter().flat_map(|line| &line.items);
    let found = items.filter(|item| matches!(item, Item::CheckBox(_))).count();
    if wanted == found { Ok(()) } else { Err(format!("{found} of {wanted} boxes")) }
}

/// Room of the spaces with which a line ends, pt: where it is the last one they may stand outside.
fn spaces_at_the_end(line: &Line) -> f32 {
    let Some(run) = runs(line).last() else { return 0.0 };
    let solid = run.text.trim_end_matches([' ', '\u{3000}']).len() as u32;
    run.glyphs.iter().filter(|glyph| glyph.start >= solid).map(|glyph| glyph.advance).sum()
}

/// No line is wider than its column unless it cannot be parted, and no glyph stands before the last.
pub(crate) fn lines_keep_to_their_column(lines: &[Line], width: f32) -> Result<(), String> {
    for line in lines {
        let words = text(line);
        let right = line.left + line.width - spaces_at_the_end(line);
        let few = words.chars().filter(|&c| !is_mark(c) && !is_undrawn(c) && c != ' ').count() <= 2;
        let boxed = line.items.iter().any(|item| matches!(item, Item::CheckBox(_)));
        if !(right <= width + SLACK || few || boxed) {
            return Err(format!("{right} of {width} pt: {words:?}"));
        }
        for run in runs(line) {
            let sound = |value: f32| value.is_finite() && value.abs() < 10_000.0;
            for glyph in &run.glyphs {
                let forward = glyph.advance >= -0.001;
                if !forward || !sound(glyph.advance) || !sound(glyph.dx) || !sound(glyph.dy) {
                    return Err(format!("{glyph:?} in {words:?}"));
                }
            }
            if !sound(run.origin.x) || !sound(run.origin.y) {
                return Err(format!("{:?} in {words:?}", run.origin));
            }
        }
    }
    Ok(())
}
