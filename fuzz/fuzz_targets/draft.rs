//! Any bytes as a draft: what is read is checked, counted and written, and reads back the same.
#![no_main]

use std::collections::BTreeSet;

use jiebang::domain::draft_file::parse_draft_bytes;
use jiebang::export::{NoAttachments, evidence_book::Examiner, preflight_with_evidence};
use jiebang::rules::check_code::check_code;
use jiebang::rules::{Context, notice, word_count};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let draft = match parse_draft_bytes(bytes, "草稿.json") {
        Ok(draft) => draft,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let context = Context { today: jiff::civil::date(2024, 7, 8), missing_files: BTreeSet::new() };
    for notice in notice::bundled() {
        let findings =
            preflight_with_evidence(&draft, notice, &context, &Examiner::default(), &NoAttachments);
        assert!(findings.iter().all(|finding| !finding.message.trim().is_empty()));
    }
    assert_eq!(word_count::draft_counts(&draft).applications.len(), draft.applications.len());
    let saved = draft.to_json();
    let loaded =
        parse_draft_bytes(saved.as_bytes(), "草稿.json").expect("what is saved is a draft");
    assert_eq!(loaded, draft);
    assert_eq!(loaded.to_json(), saved);
    assert_eq!(check_code(&loaded), check_code(&draft));
});
