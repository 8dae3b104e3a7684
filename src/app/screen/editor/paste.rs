//! Text from a word processor as plain text: nothing is cut, what only looked like something becomes it.

/// Cleans pasted text: soft and other line breaks become line feeds, tabs and fixed spaces become spaces,
/// bullets of symbol fonts become “·”, characters without a shape go.
pub(super) fn clean(pasted: &str) -> String {
    let pasted = pasted.replace("\r\n", "\n");
    let mut out = String::with_capacity(pasted.len());
    for character in pasted.chars() {
        match character {
            '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' | '\u{00A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => out.push(' '),
            // Word's bullets stand in the private use area of Symbol and Wingdings.
            '\u{F000}'..='\u{F0FF}' => out.push('·'),
            '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{FFFC}' => {}
            character if character.is_control() && character != '\n' => {}
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn text_of_a_word_processor_comes_as_plain_text_and_whole() {
        let pasted = "一、目标\r\n\u{F0B7}\t降低成本\u{00A0}20%\u{000B}第二行\u{FEFF}\u{0007}";
        assert_eq!(clean(pasted), "一、目标\n· 降低成本 20%\n第二行");
        assert_eq!(clean("　　全角缩进保留，𬭎也在"), "　　全角缩进保留，𬭎也在");
    }
}
