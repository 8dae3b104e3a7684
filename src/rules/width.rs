//! Full-width letters, digits and punctuation as a Chinese input method types them.

/// The half-width character of a full-width one; any other as it is.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFF01 + 0x21).unwrap_or(c),
        '−' | '–' | '—' | '‐' => '-',
        _ => c,
    }
}

/// A text with every full-width character made half-width.
#[must_use]
pub fn half_width_text(text: &str) -> String {
    text.chars().map(half_width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrows_what_has_a_narrow_form() {
        assert_eq!(half_width_text("（０２１）６８－ＡＢｃ　＠"), "(021)68-ABc @");
        assert_eq!(half_width_text("中文、。"), "中文、。");
    }
}
