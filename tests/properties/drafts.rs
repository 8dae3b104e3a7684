//! What is loaded and saved again is what it was, also where this version does not know it.

use jiebang::domain::draft_file::parse_draft;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::cases;
use super::material::Dice;

/// A draft with one of everything that has fields of its own.
fn whole() -> Value {
    let file = json!({"name": "a.pdf", "sha256": "0".repeat(64), "bytes": 5});
    let mut draft = Dice(&[0, 1]).draft("shanghai-2024");
    draft.applications.resize_with(1, Default::default);
    draft.demands.resize_with(1, Default::default);
    let mut draft: Value = serde_json::from_str(&draft.to_json()).unwrap();
    draft["overrides"] = json!([{"field": "/company/name", "rule": "glyph", "reason": "手写"}]);
    draft["print"]["letter_face"] = json!({"name": "F", "family": "仿宋", "sha256": "0"});
    let letter = &mut draft["applications"][0];
    letter["evidence"] = json!([{"kind": "patent", "name": "", "number": "", "date": "", "issuer": "", "files": [file]}]);
    letter["plan"]["team"] = json!([
        "前",
        {"table": {"caption": "", "guide": "team", "header": true, "widths": [1, 2], "rows": [["姓名", ""]]}},
        "",
        {"figure": {"caption": "", "file": file, "pixels": [2, 3], "width": 60}},
        "后",
    ]);
    draft
}

/// Addresses of the groups that may hold fields of a later version; `table` and `figure` are no
/// fields but say what stands there.
fn groups(value: &Value, address: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if !fields.contains_key("table") && !fields.contains_key("figure") {
                found.push(address.to_owned());
            }
            fields
                .iter()
                .for_each(|(key, value)| groups(value, &format!("{address}/{key}"), found));
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                groups(item, &format!("{address}/{n}"), found);
            }
        }
        _ => {}
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1e6..1e6).prop_map(|number: f64| Value::from(number)),
        // Numbers that no machine's number holds.
        "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,5})?"
            .prop_map(|digits| serde_json::from_str(&digits).unwrap()),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let fields = proptest::collection::vec((any::<String>(), inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Value::from),
            fields.prop_map(|fields| Value::Object(Map::from_iter(fields))),
        ]
    })
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn unknown_fields_survive_wherever_they_stand(
        additions in proptest::collection::vec((any::<usize>(), "\\PC{0,12}", any_json()), 0..8),
    ) {
        let mut wanted = whole();
        let mut addresses = Vec::new();
        groups(&wanted, "", &mut addresses);
        for (place, key, value) in additions {
            let address = &addresses[place % addresses.len()];
            let group = wanted.pointer_mut(address).and_then(Value::as_object_mut).unwrap();
            // A number before it, so that it is no field this version knows.
            group.insert(format!("7{key}"), value);
        }
        let draft = parse_draft(&wanted.to_string(), "草稿.json").unwrap();
        let saved = draft.to_json();
        let found: Value = serde_json::from_str(&saved).unwrap();
        prop_assert_eq!(&found, &wanted);
        let again = parse_draft(&saved, "草稿.json").unwrap();
        prop_assert_eq!(again.to_json(), saved);
        prop_assert_eq!(again, draft);
    }

    #[test]
    fn a_draft_of_anything_is_the_same_after_it_was_saved(bytes in super::dice(200)) {
        let draft = Dice(&bytes).draft("wuhan-2024");
        let saved = draft.to_json();
        let again = parse_draft(&saved, "草稿.json").unwrap();
        prop_assert_eq!(again.to_json(), saved);
        prop_assert_eq!(again, draft);
    }
}

/// Found by the first of these: the last digit of such a number was another after a save, and what
/// stood beside the name of a face was gone.
#[test]
fn numbers_keep_their_last_digit_and_a_face_what_stands_beside_it() {
    let face =
        r#"{"name": "F", "family": "仿宋", "sha256": "0", "later": [-5.223306079519414e-223]}"#;
    let text = format!(
        r#"{{"schema": 2, "notice": "n", "role": "solver", "print": {{"letter_face": {face}}}}}"#
    );
    let saved = parse_draft(&text, "草稿.json").unwrap().to_json();
    assert!(saved.contains("-5.223306079519414e-223"), "{saved}");
}

/// The exponent's sign and letter aside, which `1E5` loses to `1e+5`.
#[test]
fn numbers_of_any_length_are_saved_with_every_digit() {
    for digits in ["12345678901234567890123", "-0.10000000000000000001", "1.50", "1e+400", "-0"] {
        let text = format!(
            r#"{{"schema": 2, "notice": "n", "role": "solver", "later": {digits},
            "company": {{"later": {{"of": [{digits}]}}}}}}"#
        );
        let saved = parse_draft(&text, "草稿.json").unwrap().to_json();
        assert_eq!(saved.matches(digits).count(), 2, "{digits}: {saved}");
    }
}
