//! Text from a word processor as plain text: nothing is cut, what only looked like something becomes it.

/// Between the cells of a table row: wider than any space inside them.
const CELL: char = '\u{3000}';

/// Cleans pasted text: soft and other line breaks become line feeds, fixed spaces become spaces, bullets of
/// symbol fonts become “·”, characters without a shape go. A tab after the sign of a list is a space, any
/// other stands between the cells of a table, which remain apart.
pub(super) fn clean(pasted: &str) -> String {
    let pasted = pasted.replace("\r\n", "\n");
    let mut out = String::with_capacity(pasted.len());
    for character in pasted.chars() {
        match character {
            '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' if follows_list_sign(&out) => out.push(' '),
            '\t' => out.push(CELL),
            '\u{00A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => out.push(' '),
            // Word's bullets stand in the private use area of Symbol and Wingdings.
            '\u{F000}'..='\u{F0FF}' => out.push('·'),
            character if is_invisible(character) => {}
            character if character.is_control() && character != '\n' => {}
            character => out.push(character),
        }
    }
    out
}

/// Without the characters that nobody sees and nobody types: what comes with a paste into a box of one
/// line.
pub(super) fn visible(mut words: String) -> String {
    words.retain(|character| !is_invisible(character));
    words
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{FFFC}')
}

/// The line so far is but a bullet or a number.
fn follows_list_sign(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default().trim();
    let is_bullet = matches!(line, "·" | "•" | "●" | "■" | "◆" | "○" | "–" | "-" | "*");
    let is_number = line.chars().count() <= 5
        && line.ends_with(['.', '．', '、', ')', '）'])
        && line.chars().all(|c| !c.is_alphabetic() || "一二三四五六七八九十".contains(c));
    is_bullet || is_number
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn text_of_a_word_processor_comes_as_plain_text_and_whole() {
        let pasted = "一、目标\r\n\u{F0B7}\t降低成本\u{00A0}20%\u{000B}第二行\u{FEFF}\u{0007}";
        assert_eq!(clean(pasted), "一、目标\n· 降低成本 20%\n第二行");
        assert_eq!(clean("1.\t目标\n（一）\t背景"), "1. 目标\n（一） 背景");
        assert_eq!(clean("　　全角缩进保留，𬭎也在"), "　　全角缩进保留，𬭎也在");
    }

    #[test]
    fn the_cells_of_a_table_stay_apart_and_in_their_rows() {
        let table = "指标\t现状\t目标\r\n成本（元/kg）\t12.5\t\r\n良率\t\t98%";
        assert_eq!(clean(table), "指标　现状　目标\n成本（元/kg）　12.5　\n良率　　98%");
    }
}
