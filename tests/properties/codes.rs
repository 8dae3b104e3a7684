//! 统一社会信用代码: a slip of the hand is found.

use jiebang::rules::credit_code::examine;
use proptest::prelude::*;

use super::cases;

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The sound codes that begin with these sixteen characters: one at most.
fn sound(body: &str) -> Option<String> {
    let with = |org: char| move |check: char| format!("{body}{org}{check}");
    let all = ALPHABET.chars().flat_map(|org| ALPHABET.chars().map(with(org)));
    let mut sound = all.filter(|code| examine(code).problems.is_empty());
    let first = sound.next();
    assert_eq!(sound.next(), None, "two sound codes begin with {body}");
    first
}

fn body() -> impl Strategy<Value = String> {
    let province = prop_oneof!["11", "31", "42", "44", "65"];
    (province, "[0-9]{4}", "[0-9A-HJ-NPQRTUWXY]{8}")
        .prop_map(|(province, region, subject)| format!("91{province}{region}{subject}"))
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn one_wrong_character_or_two_exchanged_are_found(body in body()) {
        let code: Vec<char> = sound(&body).expect("each body has one").chars().collect();
        for at in 0..code.len() {
            for other in ALPHABET.chars().chain("IOSVZ-".chars()).filter(|c| *c != code[at]) {
                let mut wrong = code.clone();
                wrong[at] = other;
                let wrong = String::from_iter(wrong);
                prop_assert!(!examine(&wrong).problems.is_empty(), "{wrong}");
            }
            if at > 0 && code[at - 1] != code[at] {
                let mut wrong = code.clone();
                wrong.swap(at - 1, at);
                let wrong = String::from_iter(wrong);
                prop_assert!(!examine(&wrong).problems.is_empty(), "{wrong}");
            }
        }
    }

    #[test]
    fn a_sound_code_is_sound_however_it_is_written(body in body()) {
        let code = sound(&body).expect("each body has one");
        let wide: String = code.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        let parted = code.to_lowercase().chars().collect::<Vec<_>>().chunks(4).map(String::from_iter)
            .collect::<Vec<_>>().join(" - ");
        for written in [wide, parted] {
            prop_assert_eq!(&examine(&written).normalized, &code);
            prop_assert!(examine(&written).problems.is_empty(), "{written}");
        }
    }
}
