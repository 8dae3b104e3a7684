//! Names by which [`serde_json`] hands over numbers: an object with one would be taken for a number.

use crate::domain::BARE_NUMBER;

/// As long as the name with every letter escaped, quotes included.
const LONGEST: usize = 6 * BARE_NUMBER.len() + 2;

/// The line of the first text that is such a name, from 1; the text need not be JSON.
pub(super) fn line_of_name(text: &str) -> Option<usize> {
    let (mut start, mut is_escaped) = (None, false);
    for (at, byte) in text.bytes().enumerate() {
        match (byte, start) {
            (_, Some(_)) if is_escaped => is_escaped = false,
            (b'\\', Some(_)) => is_escaped = true,
            (b'"', None) => start = Some(at),
            (b'"', Some(from)) => {
                start = None;
                if text.get(from..=at).is_some_and(is_name) {
                    return Some(text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a text in its quotes is the name, however it is escaped.
fn is_name(quoted: &str) -> bool {
    quoted.len() <= LONGEST
        && quoted.strip_prefix('"').is_some_and(|rest| rest.starts_with(['$', '\\']))
        && serde_json::from_str::<String>(quoted).is_ok_and(|name| name == BARE_NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_found_however_it_is_escaped_and_texts_that_hold_it_are_not() {
        let escaped: String = BARE_NUMBER.chars().map(|c| format!("\\u{:04x}", c as u32)).collect();
        for name in [BARE_NUMBER, &escaped, &BARE_NUMBER.replace('$', "\\u0024")] {
            assert_eq!(
                line_of_name(&format!("{{\n\"a\": {{\"{name}\": \"1\"}}}}")),
                Some(2),
                "{name}"
            );
        }
        for harmless in ["{}", "\"", "{\"$\": \"\\\\\"}", &format!("[\"见 {BARE_NUMBER}\"]")] {
            assert_eq!(line_of_name(harmless), None, "{harmless}");
        }
    }
}
