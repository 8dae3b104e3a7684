//! Counts what a draft's JSON holds before it is read: a value of two bytes takes a hundred in memory.

/// Most values: tables of 10,000 cells are the largest a person makes, and so many as this in one take
/// four seconds to be set.
const MAX_VALUES: usize = 80_000;
/// Most lists: each row of a table is one, and takes a kilobyte and more on its page.
const MAX_LISTS: usize = 20_000;
/// Most objects: demands, applications, pieces of evidence, their files, tables, figures.
const MAX_OBJECTS: usize = 10_000;

/// What there is too much of, in words; the text need not be JSON.
pub(super) fn excess(text: &[u8]) -> Option<String> {
    let (mut values, mut objects, mut lists) = (0_usize, 0_usize, 0_usize);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b',' if !is_text => values += 1,
            b'{' if !is_text => objects += 1,
            b'[' if !is_text => lists += 1,
            _ => {}
        }
    }
    if objects > MAX_OBJECTS {
        Some(format!("对象 {objects} 个，最多 {MAX_OBJECTS} 个"))
    } else if lists > MAX_LISTS {
        Some(format!("列表和表格的行 {lists} 个，最多 {MAX_LISTS} 个"))
    } else if values > MAX_VALUES {
        Some(format!("值 {values} 个，最多 {MAX_VALUES} 个"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_outside_texts() {
        let text = format!("[\"{}\", \"{}\"]", "{,\\\"".repeat(MAX_VALUES), "，,".repeat(9));
        assert_eq!(excess(text.as_bytes()), None);
        assert!(excess("{}".repeat(MAX_OBJECTS + 1).as_bytes()).is_some());
        assert!(excess("[\"\"],".repeat(MAX_LISTS + 1).as_bytes()).is_some());
        assert!(excess(",".repeat(MAX_VALUES + 1).as_bytes()).is_some());
        assert_eq!(excess(",".repeat(MAX_VALUES).as_bytes()), None);
    }
}
