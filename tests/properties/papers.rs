//! Drafts of anything laid out and printed.

use jiebang::domain::Attachment;
use jiebang::export::pdf;
use jiebang::rules::notice;
use jiebang::typeset::page::{CheckBox, Item};
use jiebang::typeset::{Options, lay_out, papers};
use proptest::prelude::*;

use super::material::Dice;
use super::pdf_text::text_of_pages;
use super::reading::squeezed;
use super::{cases, claims, dice};

const OPTIONS: Options = Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false };
const PICTURE: &[u8] = include_bytes!("../fixtures/figure.png");

/// What a reader copies.
fn text(item: &Item) -> &str {
    match item {
        Item::Text(run) => &run.text,
        Item::CheckBox(CheckBox { checked, .. }) => ["☐", "☑"][usize::from(*checked)],
        _ => "",
    }
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn what_is_typed_stands_in_its_place_and_nothing_overlaps(bytes in dice(600)) {
        let mut dice = Dice(&bytes);
        let notice = &notice::bundled()[dice.below(2)];
        let draft = dice.draft(&notice.id);
        for kind in papers(&draft) {
            let paper = lay_out(kind, &draft, notice, OPTIONS);
            prop_assert_eq!(claims::every_typed_blank_can_be_read(&draft, &paper), Ok(()));
            prop_assert_eq!(claims::regions_are_of_known_blanks_and_on_the_page(&paper), Ok(()));
            prop_assert_eq!(claims::nothing_leaves_the_page(&paper), Ok(()));
            let alone = claims::no_text_stands_on_other_text_or_across_a_rule(&paper);
            prop_assert_eq!(alone, Ok(()));
        }
    }
}

proptest! {
    #![proptest_config(cases(3))]

    #[test]
    fn the_text_of_a_pdf_is_that_of_its_pages(bytes in dice(300)) {
        let notice = &notice::bundled()[0];
        let draft = Dice(&bytes).draft(&notice.id);
        let info = pdf::Info { company: "", notice_title: "", check_code: "", date: OPTIONS.date };
        let pictures = |_: &Attachment| std::io::Result::Ok(PICTURE.to_vec());
        for kind in papers(&draft) {
            let paper = lay_out(kind, &draft, notice, OPTIONS);
            let read = text_of_pages(&pdf::write(&paper, &info, &pictures).unwrap());
            prop_assert_eq!(read.len(), paper.pages.len());
            for (page, read) in paper.pages.iter().zip(read) {
                let printed: String = page.items.iter().map(text).collect();
                let (read, printed) = (squeezed(&read), squeezed(&printed));
                let same = read.chars().zip(printed.chars()).take_while(|(a, b)| a == b).count();
                let rest = |text: &str| text.chars().skip(same).take(30).collect::<String>();
                prop_assert_eq!(rest(&read), rest(&printed), "from {}", same);
            }
        }
    }
}
