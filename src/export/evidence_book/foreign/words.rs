//! Counts the words of a PDF before it is read: each becomes a value in memory, a hundred times as long.

/// Most words of the objects that are not packed.
pub(super) const MAX_WORDS: usize = 1_500_000;

/// Words of a file outside its streams. What calls itself a stream but holds objects is counted too, as a
/// cross-reference table may lead into it.
pub(super) fn outside_streams(file: &[u8]) -> usize {
    let (mut words, mut rest) = (0_usize, file);
    loop {
        let start = find(rest, b"stream").unwrap_or(rest.len());
        let (before, after) = rest.split_at(start);
        words += count(before);
        if after.is_empty() || words > MAX_WORDS {
            return words;
        }
        let end = find(after, b"endstream");
        let (data, next) = after.split_at(end.unwrap_or(after.len()));
        if end.is_none() || holds_objects(data) {
            words += count(data);
        }
        rest = next.get(b"endstream".len()..).unwrap_or_default();
    }
}

/// Words of the objects of an object stream, as often as its index leads to them (ISO 32000-1, 7.5.7);
/// stops counting beyond `most`.
pub(super) fn of_packed(unpacked: &[u8], first: usize, most: usize) -> usize {
    let Some((index, objects)) = unpacked.split_at_checked(first) else { return 0 };
    let numbers = index.split(u8::is_ascii_whitespace).filter(|number| !number.is_empty());
    let mut words = 0;
    for (place, number) in numbers.enumerate() {
        if words > most {
            break;
        }
        // Number and offset by turns.
        words += 1;
        let offset = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        if place % 2 == 1
            && let Some(object) = offset.and_then(|offset: usize| objects.get(offset..))
        {
            words += of_value(object, most - words.min(most));
        }
    }
    words
}

/// Words up to the end of the brackets that the value begins with; those within `(…)` are no brackets.
fn of_value(value: &[u8], most: usize) -> usize {
    let (mut words, mut depth, mut within) = (0, 0_usize, false);
    let (mut texts, mut is_escaped) = (0_usize, false);
    for byte in value {
        match byte {
            _ if is_escaped => {}
            b'(' => texts += 1,
            b')' => texts = texts.saturating_sub(1),
            b'[' | b'<' if texts == 0 => depth += 1,
            b']' | b'>' if texts == 0 => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = texts > 0 && *byte == b'\\' && !is_escaped;
        let begins = begins(*byte, &mut within);
        let is_over = depth == 0 && texts == 0 && words > 0 && (begins || !within);
        if words > most || is_over {
            break;
        }
        words += usize::from(begins);
    }
    words
}

fn count(text: &[u8]) -> usize {
    let mut within = false;
    text.iter().filter(|byte| begins(**byte, &mut within)).count()
}

/// Whether a byte begins a word (ISO 32000-1, 7.2.2); `within` is whether it follows one of a word.
fn begins(byte: u8, within: &mut bool) -> bool {
    match byte {
        b'\0' | b'\t' | b'\n' | 0x0c | b'\r' | b' ' | b')' | b']' | b'>' | b'}' => {
            *within = false;
            false
        }
        b'[' | b'{' => {
            *within = false;
            true
        }
        b'/' | b'(' | b'<' => {
            *within = true;
            true
        }
        _ => !std::mem::replace(within, true),
    }
}

/// Whether a text such as `0 obj` stands in it.
fn holds_objects(data: &[u8]) -> bool {
    let mut rest = data;
    while let Some(at) = find(rest, b"obj") {
        let before = rest.get(..at).unwrap_or_default().trim_ascii_end();
        if before.len() < at && before.last().is_some_and(u8::is_ascii_digit) {
            return true;
        }
        rest = rest.get(at + 3..).unwrap_or_default();
    }
    false
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.iter().position(|byte| *byte == first)?;
        if text.get(at..)?.starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_outside_streams_and_where_streams_hold_objects() {
        assert_eq!(outside_streams(b"1 0 obj [1 2(a b)/Name<41>] endobj"), 11);
        assert_eq!(outside_streams(b"1 stream 1 2 3 endstream 2 stream 1 2 endstream"), 2);
        assert_eq!(outside_streams(b"1 stream 3 0 obj endstream 2"), 6);
        assert_eq!(outside_streams(b"1 stream 1 2 3"), 5);
        assert!(outside_streams(&b"1 ".repeat(2 * MAX_WORDS)) > MAX_WORDS);
    }

    #[test]
    fn packed_objects_are_counted_each_time_the_index_leads_to_them() {
        assert_eq!(of_packed(b"1 0 2 8 [1 2 3] [4]", 8, 100), 4 + 4 + 2);
        let all = format!("{}[{}]", "1 0 ".repeat(100), "1 ".repeat(100));
        assert_eq!(of_packed(all.as_bytes(), 400, 100_000), 200 + 100 * 101);
        assert!(of_packed(all.as_bytes(), 400, 1000) < 1300);
    }
}
