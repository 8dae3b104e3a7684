//! Any text as a notice: it is refused with words, or drafts are checked and laid out by it.
#![no_main]

use std::collections::BTreeSet;

use jiebang::domain::{Draft, Role};
use jiebang::rules::{Context, Notice, check};
use jiebang::typeset::{Options, lay_out, papers};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let notice = match Notice::parse(text, "通知.json") {
        Ok(notice) => notice,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let date = jiff::civil::date(2024, 7, 8);
    for &role in Role::ALL {
        let draft = Draft::new(&*notice.id, role);
        let context = Context { today: date, missing_files: BTreeSet::new() };
        // An empty draft lacks something, whatever is asked.
        assert!(!check(&draft, &notice, &context).is_empty());
        for kind in papers(&draft) {
            let paper = lay_out(kind, &draft, &notice, Options { date, draft_mark: false });
            assert!(!paper.pages.is_empty());
        }
    }
});
