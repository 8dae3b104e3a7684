//! 字数 of what is put together is that of its parts.

use jiebang::rules::word_count::count;
use proptest::prelude::*;

use super::material::Dice;
use super::{cases, dice};

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn two_texts_together_count_as_both_or_one_less(a in dice(40), b in dice(40)) {
        let (a, b) = (Dice(&a).text(20), Dice(&b).text(20));
        let (first, second, whole) = (count(&a), count(&b), count(&format!("{a}{b}")));
        prop_assert_eq!(whole.chars, first.chars + second.chars);
        // Two runs of letters may have become one.
        let sum = first.words + second.words;
        prop_assert!(whole.words == sum || whole.words + 1 == sum, "{} of {sum}", whole.words);
        let apart = count(&format!("{a}\n{b}"));
        prop_assert_eq!(apart.words, sum);
    }

    #[test]
    fn a_text_counts_no_more_words_than_characters(text in any::<String>()) {
        let counted = count(&text);
        prop_assert!(counted.words <= counted.chars && counted.chars <= text.chars().count());
        prop_assert_eq!(counted.words == 0, counted.chars == 0);
        // Spaces more or less are none of its business.
        let spaced = text.split_whitespace().collect::<Vec<_>>().join("\u{3000}\n ");
        prop_assert_eq!(count(&spaced), counted);
    }
}
