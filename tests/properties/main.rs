//! What holds whatever was typed, saved, sent or pressed: properties, each tried on many cases.
//!
//! The cases are the same in every run, so that a run cannot fail by chance: looking for new ones is
//! what `fuzz/` is for. `PROPTEST_CASES=5000 cargo test --test properties` tries more of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../paper_text/claims.rs"]
#[allow(dead_code)]
mod claims;
mod codes;
mod counts;
mod drafts;
mod history;
mod lines;
mod material;
mod names;
mod packages;
mod papers;
mod paragraphs;
mod pdf_text;
#[path = "../paper_text/reading.rs"]
#[allow(dead_code)]
mod reading;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// So many cases, unless more are asked for; nothing is written where one fails.
fn cases(count: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if asked { usual.cases } else { count },
        max_shrink_iters: 500,
        failure_persistence: None,
        rng_seed: if asked { usual.rng_seed } else { RngSeed::Fixed(20_240_710) },
        ..usual
    }
}

/// Bytes for [`material`].
fn dice(most: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..most)
}
