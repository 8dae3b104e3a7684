//! Any bytes as a PDF of evidence: told what is wrong with it, or bound into a book.
#![no_main]

use std::io;
use std::ops::ControlFlow;
use std::sync::Once;
use std::{panic, thread};

use jiebang::domain::{Attachment, Draft, Evidence, Role};
use jiebang::export::evidence_book::{Book, bind, examine};
use jiebang::rules::notice;
use jiebang::typeset::Options;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    only_this_thread_counts();
    // Anything else is the target `picture`.
    let head = bytes.get(..1024).unwrap_or(bytes);
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return;
    }
    let examined = examine(bytes);
    if let Err(trouble) = &examined {
        assert!(!trouble.to_string().is_empty());
        // The page that says so is the same for all of them.
        if bytes.len() % 16 > 0 {
            return;
        }
    }
    let file = Attachment { name: "佐证.pdf".to_owned(), ..Attachment::default() };
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.applications[0].evidence = vec![Evidence { files: vec![file], ..Evidence::default() }];
    let book = Book {
        draft: &draft,
        notice: &notice::bundled()[0],
        item: 0,
        evidence: &|_: &Attachment| io::Result::Ok(bytes.to_vec()),
        options: Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false },
    };
    let mut written = Vec::new();
    let bound = bind(&book, &mut written, &mut |_| ControlFlow::Continue(())).expect("a book");
    assert!(written.starts_with(b"%PDF-"));
    match examined {
        Ok(examined) if bound.left_out.is_empty() => assert_eq!(bound.pages, examined.pages),
        Ok(_) => assert_eq!(bound.pages, 1),
        Err(_) => assert_eq!((bound.pages, bound.left_out.len()), (1, 1)),
    }
});

/// lopdf reads on a thread of its own, and what it trips over ends that thread alone.
fn only_this_thread_counts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let (this, hook) = (thread::current().id(), panic::take_hook());
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == this {
                hook(info);
            }
        }));
    });
}
