//! Any draft laid out: what was typed stands in its cells, nothing overlaps or leaves the page, and
//! the pages can be written as PDF.
#![no_main]

#[path = "../../tests/paper_text/claims.rs"]
mod claims;
#[path = "../../tests/properties/material.rs"]
#[allow(dead_code)]
mod material;
#[path = "../../tests/paper_text/reading.rs"]
mod reading;

use jiebang::domain::Attachment;
use jiebang::export::pdf;
use jiebang::rules::notice;
use jiebang::typeset::{Options, lay_out, papers};
use libfuzzer_sys::fuzz_target;
use material::Dice;

const PICTURE: &[u8] = include_bytes!("../../tests/fixtures/figure.png");

fuzz_target!(|bytes: &[u8]| {
    let mut dice = Dice(bytes);
    let notice = &notice::bundled()[dice.below(2)];
    let is_written = dice.below(16) == 0;
    let draft = dice.draft(&notice.id);
    let date = jiff::civil::date(2024, 7, 8);
    for kind in papers(&draft) {
        let paper = lay_out(kind, &draft, notice, Options { date, draft_mark: false });
        let held = claims::every_typed_blank_can_be_read(&draft, &paper)
            .and_then(|()| claims::regions_are_of_known_blanks_and_on_the_page(&paper))
            .and_then(|()| claims::nothing_leaves_the_page(&paper))
            .and_then(|()| claims::no_text_stands_on_other_text_or_across_a_rule(&paper));
        if let Err(fault) = held {
            panic!("{kind:?}: {fault}\n{}", draft.to_json());
        }
        if is_written {
            let info = pdf::Info { company: "", notice_title: "", check_code: "", date };
            let pictures = |_: &Attachment| std::io::Result::Ok(PICTURE.to_vec());
            assert!(pdf::write(&paper, &info, &pictures).is_ok());
        }
    }
});
