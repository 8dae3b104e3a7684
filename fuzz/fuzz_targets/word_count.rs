//! Any text is counted: within the bounds of its characters, and as its parts are.
#![no_main]

use jiebang::rules::word_count::{Count, count, is_mark};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let whole = count(text);
    let seen = text.chars().filter(|c| !c.is_whitespace() && !is_mark(*c)).count();
    assert_eq!(whole.chars, seen);
    assert!(whole.words <= whole.chars);
    assert_eq!(whole.words == 0, whole.chars == 0);
    let parts = text.split_whitespace().map(count);
    let sum = parts.fold(Count::default(), |sum, part| Count {
        words: sum.words + part.words,
        chars: sum.chars + part.chars,
    });
    assert_eq!(sum, whole);
    // A cut within a run of letters makes two of it.
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let (head, tail) = text.split_at(middle);
    let (head, tail) = (count(head), count(tail));
    assert_eq!(head.chars + tail.chars, whole.chars);
    let cut = head.words + tail.words;
    assert!(cut == whole.words || cut == whole.words + 1);
});
