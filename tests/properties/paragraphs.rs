//! Paragraphs of anything in columns of any width.

use jiebang::typeset::paragraph::{measure, set};
use proptest::prelude::*;

use super::lines::{lines_keep_to_their_column, nothing_is_lost};
use super::material::Dice;
use super::{cases, dice};

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn every_character_is_set_once_and_no_line_is_too_wide(bytes in dice(160)) {
        let (paragraph, width) = Dice(&bytes).paragraph();
        let lines = set(&paragraph, width);
        prop_assert_eq!(nothing_is_lost(&paragraph, &lines), Ok(()));
        prop_assert_eq!(lines_keep_to_their_column(&lines, width), Ok(()));
        let measure = measure(&paragraph);
        prop_assert!(measure.least <= measure.natural + 0.02);
    }
}
