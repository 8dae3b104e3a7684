//! The history of a draft is thinned with age, and never so that a time is without a version.

use std::fs;

use jiebang::domain::{Draft, Role};
use jiebang::store::Store;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::cases;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Ages of versions, seconds: many young ones, some old ones.
fn ages() -> impl Strategy<Value = Vec<i64>> {
    let age = prop_oneof![1..HOUR, 1..DAY, 1..20 * DAY, 1..500 * DAY];
    proptest::collection::vec(age, 1..80)
}

/// How far the next version that is kept may be, seconds; `None` where none need be.
fn width(age: i64) -> Option<i64> {
    match age {
        ..HOUR => Some(MINUTE),
        HOUR..DAY => Some(HOUR),
        _ if age < 365 * DAY => Some(DAY),
        _ => None,
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn thinning_leaves_a_version_near_each_that_goes(ages in ages()) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        let id = store.create(&draft).unwrap();
        let history = store.path(&id).with_file_name("history");
        fs::create_dir_all(&history).unwrap();
        let now = Timestamp::now();
        let times: Vec<Timestamp> =
            ages.iter().map(|age| now - SignedDuration::from_secs(*age)).collect();
        for at in &times {
            let name = TimeZone::UTC.to_datetime(*at).strftime("%Y%m%dT%H%M%S");
            let file = history.join(format!("{name}.{:03}.json", at.subsec_millisecond()));
            fs::write(file, draft.to_json()).unwrap();
        }
        draft.company.name = "甲".to_owned();
        store.save(&id, &draft).unwrap();
        let kept = store.history(&id).unwrap();
        let newest = times.iter().max().unwrap();
        let near = |at: &Timestamp, most: i64| {
            kept.iter().any(|version| (version.at - *at).get_seconds().abs() <= most)
        };
        prop_assert!(near(newest, MINUTE), "the newest is gone");
        for (at, age) in times.iter().zip(&ages) {
            // While this runs, ages grow.
            let most = width(age + 2);
            prop_assert!(most.is_none_or(|most| near(at, most)), "nothing near {age} s ago");
        }
        // A minute, an hour, a day, and what was saved just now.
        prop_assert!(kept.len() <= 61 + 25 + 367 + 1);
        for version in &kept {
            prop_assert!(store.load_version(version).is_ok());
        }
    }
}
