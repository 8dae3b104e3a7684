//! How much of what must be filled in is.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Context, Notice, check, rule};
use crate::domain::{Draft, Field, field};

/// Of the blanks that must be filled in how many are, and how many there are. What the notice itself
/// answers counts as filled in.
#[must_use]
pub fn completeness(draft: &Draft, notice: &Notice, today: Date) -> (usize, usize) {
    let mut fields = Vec::new();
    for spec in field::specs().iter().filter(|spec| spec.required) {
        spec.expand(draft, &mut fields);
    }
    let context = Context { today, missing_files: BTreeSet::new() };
    let findings = check(draft, notice, &context);
    let is_gap = |field: &&Field| {
        findings.iter().any(|finding| finding.rule == rule::REQUIRED && finding.field == **field)
    };
    let gaps = fields.iter().filter(is_gap).count();
    (fields.len() - gaps, fields.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn the_sample_is_complete_and_an_empty_draft_is_not() {
        let notice = &crate::rules::notice::bundled()[0];
        let today = "2024-07-01".parse().unwrap();
        for role in [Role::Demander, Role::Solver] {
            let sample = crate::store::samples::sample(&notice.id, role).unwrap().draft;
            let (filled, all) = completeness(&sample, notice, today);
            assert_eq!(filled, all, "{role}");
            let (filled, all) = completeness(&Draft::new(&notice.id, role), notice, today);
            assert!(filled * 4 < all, "{filled} / {all}");
        }
    }
}
