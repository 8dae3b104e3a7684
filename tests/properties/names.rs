//! File names made of anything are names that every system takes.

use jiebang::domain::{Draft, Role};
use jiebang::export::package::{base_name, safe};
use proptest::prelude::*;

use super::cases;

/// Why Windows or Linux refuses a name or would take another for it.
fn refusal(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap().trim_end().to_uppercase();
    let port = |kind| {
        stem.strip_prefix(kind)
            .is_some_and(|n| "0123456789¹²³".contains(n) && n.chars().count() == 1)
    };
    if name.is_empty() {
        Some("nothing")
    } else if name.chars().any(|c| c.is_control() || "<>:\"/\\|?*".contains(c)) {
        Some("a character")
    } else if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        Some("its end")
    } else if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&&*stem)
        || port("COM")
        || port("LPT")
    {
        Some("a device")
    } else if name.len() > 255 || name.encode_utf16().count() > 255 {
        Some("its length")
    } else if name == "." || name == ".." {
        Some("a folder")
    } else {
        None
    }
}

/// Names that have made trouble, put together with anything.
fn names() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        any::<char>().prop_map(String::from),
        "(con|PRN|aux|NuL|com1|LPT9|COM¹|conin\\$|\\.|\\.\\.| |/|\\\\|:|\\?|企业|\u{202e}|\u{200b}|\u{3000}|\t)",
        ".{60,90}",
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn every_name_is_taken_by_every_system(text in names()) {
        let name = safe(&text);
        prop_assert_eq!(refusal(&name), None, "{:?} of {:?}", name, text);
        prop_assert_eq!(safe(&name), name.clone(), "made again");
        for extension in ["pdf", "zip", "json"] {
            prop_assert_eq!(refusal(&format!("{name}.{extension}")), None, "{:?}", name);
        }
    }

    #[test]
    fn a_package_is_called_after_any_company(name in names(), short in names(), notice in names()) {
        let mut draft = Draft::new(notice, Role::Solver);
        (draft.company.name, draft.company.short_name) = (name, short);
        for draft_mark in [false, true] {
            let name = base_name(&draft, draft_mark);
            prop_assert_eq!(refusal(&name), None, "{:?}", name);
        }
    }
}
