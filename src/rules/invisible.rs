//! Characters that cannot be seen but change what is printed, copied or compared.

/// Whether a character is invisible and has no place in a form: controls other than tab and line
/// ends, zero-width characters, direction marks, soft hyphens, byte order marks, the empty Braille cell.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}'
        | '\u{B}'..='\u{C}'
        | '\u{E}'..='\u{1F}'
        | '\u{7F}'..='\u{84}'
        | '\u{86}'..='\u{9F}'
        | '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0001}'..='\u{E007F}')
}

/// Whether a character is invisible in a name, where selectors of shapes tell apart what looks the same.
/// Those of ideographs alone belong there: some people are called so.
#[must_use]
pub const fn is_invisible_in_name(c: char) -> bool {
    is_invisible(c) || (is_ignorable(c) && !matches!(c, '\u{E0100}'..='\u{E01EF}'))
}

/// Whether Unicode has a character ignored where it cannot be shown (`Default_Ignorable_Code_Point`).
const fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFF8}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// A name as it is compared: without all that cannot be seen of it.
#[must_use]
pub fn seen(name: &str) -> String {
    name.chars().filter(|&c| !is_invisible(c) && !is_ignorable(c)).collect()
}

/// The text without them.
#[must_use]
pub fn without(text: &str) -> String {
    text.chars().filter(|&c| !is_invisible(c)).collect()
}

/// The text with each of them, and each control, made visible as `‹U+202E›`: so a file name of a stranger
/// is shown as it is, not as it would have itself read.
#[must_use]
pub fn revealed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible_in_name(c) || c.is_control() {
            shown.push_str(&format!("‹U+{:04X}›", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether nothing can be seen of a text.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// The beginning of a stranger's name as [`revealed`] has it: it may be endless.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut shown = revealed(&text.chars().take(SHOWN).collect::<String>());
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Most characters of a name that are shown.
const SHOWN: usize = 200;

/// Characters of a text shown inside a message.
const QUOTED: usize = 24;

/// A text as it is quoted in a message: what can be seen of it, on one line, its beginning only.
#[must_use]
pub fn quote(text: &str) -> String {
    let seen = without(text);
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quoted: String = line.chars().take(QUOTED).collect();
    if quoted.len() < line.len() {
        quoted.push('…');
    }
    quoted
}

/// What a person is told of one: its name where it has a usual one, and its number.
#[must_use]
pub fn name(c: char) -> String {
    let name = match c {
        '\u{200B}' => "零宽空格",
        '\u{200C}' | '\u{200D}' => "零宽连接符",
        '\u{AD}' => "软连字符",
        '\u{FEFF}' => "字节顺序标记",
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            "文字方向控制符"
        }
        '\u{2028}' | '\u{2029}' => "行分隔符",
        '\u{FE00}'..='\u{FE0F}' => "字形选择符",
        _ if c.is_control() => "控制字符",
        _ => "不可见字符",
    };
    format!("{name} U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_visible() {
        assert!("中文 ABC\t\n\r　“”—…·①℃𠮷葛\u{E0100}".chars().all(|c| !is_invisible(c)));
    }

    #[test]
    fn blank_is_what_nobody_can_see() {
        assert!(is_blank("") && is_blank(" \u{3000}\n\u{200B}\u{FEFF}"));
        assert!(!is_blank("无"));
        assert_eq!(without("上\u{200B}海\u{202E}"), "上海");
        assert_eq!(name('\u{202E}'), "文字方向控制符 U+202E");
    }

    #[test]
    fn a_name_that_reads_backwards_is_shown_as_it_is() {
        assert_eq!(revealed("报价\u{202E}fdp.exe"), "报价‹U+202E›fdp.exe");
        assert_eq!(revealed("证\u{200B}书\t.pdf"), "证‹U+200B›书‹U+0009›.pdf");
        assert_eq!(revealed("证书\n。.pdf"), "证书‹U+000A›。.pdf");
        assert_eq!(revealed("证书 1.pdf"), "证书 1.pdf");
    }

    #[test]
    fn a_selector_is_told_of_in_a_name_but_not_in_a_text_nor_where_it_makes_an_ideograph() {
        let hidden = "\u{34F}\u{FE00}\u{FE0F}\u{2800}\u{180B}";
        assert!(hidden.chars().all(is_invisible_in_name));
        assert_eq!(revealed("报\u{FE0F}价\u{2800}"), "报‹U+FE0F›价‹U+2800›");
        assert_eq!(without("A\u{FE0F}"), "A\u{FE0F}");
        let varied = "葛\u{E0100}";
        assert_eq!(revealed(varied), varied);
        assert_eq!((seen(varied), seen(hidden)), ("葛".into(), String::new()));
    }

    #[test]
    fn what_is_hidden_is_written_out() {
        assert_eq!(shown("上\u{200B}海\u{202E}gnp.\n"), "上‹U+200B›海‹U+202E›gnp.‹U+000A›");
        assert_eq!(shown(&"长".repeat(300)), format!("{}…", "长".repeat(200)));
        assert_eq!(shown(&"长".repeat(200)), "长".repeat(200));
    }

    #[test]
    fn a_quotation_is_short_and_harmless() {
        assert_eq!(quote(" 上\u{202E}海\n市 "), "上海 市");
        assert_eq!(quote(&"长".repeat(1000)), format!("{}…", "长".repeat(24)));
    }
}
