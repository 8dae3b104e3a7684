//! The short code that matches sealed paper and file by eye.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::domain::Draft;

/// Crockford's base 32: no I, L, O, U, which the eye takes for 1, 0, V.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 12 characters in three groups, `XXXX-XXXX-XXXX`: 60 bits of the SHA-256 of the draft's content.
///
/// Print options are not content. Neither are the order of JSON keys, blanks left empty and the version
/// of the format, so that a later version with more blanks finds the same code for a draft of today.
#[must_use]
pub fn check_code(draft: &Draft) -> String {
    let digest = Sha256::digest(canonical(draft).as_bytes());
    let bits = digest.iter().take(8).fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let mut code = String::with_capacity(14);
    for place in 0..12_u32 {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        let index = (bits >> (59 - 5 * place)) & 31;
        code.push(char::from(ALPHABET[index as usize]));
    }
    code
}

/// The draft as compact JSON with sorted keys, without its print options and empty blanks.
fn canonical(draft: &Draft) -> String {
    // A draft has text keys and no floating point of its own, which is all that can fail here.
    #[allow(clippy::expect_used)]
    let mut value = serde_json::to_value(draft).expect("a draft is JSON");
    if let Value::Object(map) = &mut value {
        map.remove("print");
        // What papers of version 1 were sealed with; it hashed its number along.
        map.insert("schema".to_owned(), Value::from(1));
    }
    normalize(&mut value);
    value.to_string()
}

fn normalize(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(normalize);
            map.retain(|_, value| !is_empty(value));
            map.sort_keys();
        }
        Value::Array(list) => list.iter_mut().for_each(normalize),
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) | Value::Number(_) => false,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::{Object, Role, Table};

    fn draft() -> Draft {
        let mut draft = Draft::new("shanghai-2024", Role::Solver);
        draft.company.name = "上海示例新材料有限公司".to_owned();
        draft
    }

    #[test]
    fn reads_well_and_stays_the_same() {
        let code = check_code(&draft());
        assert_eq!(code.len(), 14);
        assert!(code.split('-').all(|group| group.len() == 4));
        assert!(
            code.chars().all(|c| c == '-' || (c.is_ascii_alphanumeric() && !"ILOU".contains(c)))
        );
        // Codes on paper already sealed must match for ever.
        assert_eq!(code, "DVJ5-S4N8-HRXY");
    }

    #[test]
    fn content_changes_it_and_print_options_do_not() {
        let mut other = draft();
        other.print.check_code_on_tables = false;
        assert_eq!(check_code(&other), check_code(&draft()));
        other.applications[0].plan.risks = "无".into();
        assert_ne!(check_code(&other), check_code(&draft()));
        let mut older = draft();
        older.schema = 1;
        assert_eq!(check_code(&older), check_code(&draft()), "a version says nothing by itself");
        let mut with_table = draft();
        with_table.applications[0].plan.risks.push(Object::Table(Table::empty(1, 1)));
        assert_ne!(check_code(&with_table), check_code(&draft()));
    }

    #[test]
    fn order_of_unknown_keys_does_not_matter() {
        let read = |extra: &str| -> Draft {
            let text = format!(r#"{{"schema":1,"notice":"n","role":"solver",{extra}}}"#);
            serde_json::from_str(&text).unwrap()
        };
        let a = read(r#""x":{"b":1,"a":[{"d":1,"c":2}]},"w":2"#);
        let b = read(r#""w":2,"x":{"a":[{"c":2,"d":1}],"b":1}"#);
        assert_eq!(check_code(&a), check_code(&b));
    }
}
