//! What a company fills in: pure data with serde, no input or output.
//!
//! Every blank is kept as the text the person typed, unchanged; meaning is read from it by
//! [`rules`](crate::rules). Fields this version does not know survive a load and a save in `extra`.

pub mod application;
pub mod body;
pub mod company;
pub mod demand;
pub mod draft;
pub mod draft_file;
pub mod error_kind;
pub mod evidence;
pub mod field;
pub mod figure;
pub mod io_error;
pub mod json_error;
pub mod matching;
pub mod media;
pub mod password;
pub mod table;

/// Name of threads on which libraries read a stranger's file: what trips them there is told of the file, and
/// is no fault of the program.
pub const UNTRUSTED_THREAD: &str = "untrusted-file";

pub use application::{Application, Item, Numbered, Plan, Reference, Series, references};
pub use body::{Block, Body, Object, Part};
pub use company::{Category, Company, EnterpriseSize, Ownership, Person, Region};
pub use demand::{Channel, Demand, DemandContent, Disclosure, Recommendation};
pub use draft::{
    Declarations, Draft, LetterFace, Override, PrintOptions, Role, SCHEMA, Submission,
};
pub use evidence::{Attachment, Evidence, EvidenceKind};
pub use field::{Field, Kind, Place, Spec, Within};
pub use figure::Figure;
pub use matching::Matching;
pub use password::Password;
pub use table::{Guide, Table};

/// Fields of a newer version or of a script, kept so that they survive a round trip.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// Declares a choice of a form: an enum with its JSON name and its words on paper.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $label:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
                 serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = $label] $(#[$vmeta])* $variant),+ }

        impl $name {
            /// All choices in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The words of the choice as they stand on the form.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }
    };
}
pub(crate) use choice;

/// Reads a blank; a script may have written a bare number where the form has text.
pub(crate) fn blank<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Blank;
    impl<'de> serde::de::Visitor<'de> for Blank {
        type Value = String;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a text or a number")
        }
        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }
        fn visit_string<E>(self, text: String) -> Result<String, E> {
            Ok(text)
        }
        fn visit_u64<E>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }
        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
        fn visit_f64<E>(self, number: f64) -> Result<String, E> {
            Ok(number.to_string())
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<String, A::Error> {
            bare_number(&self, map)
        }
        fn visit_unit<E>(self) -> Result<String, E> {
            Ok(String::new())
        }
    }
    deserializer.deserialize_any(Blank)
}

/// [`serde_json`] gives a number that is no whole one of 64 bits as an object with this one key, to whoever
/// takes anything: its digits as they are written.
pub(crate) const BARE_NUMBER: &str = "$serde_json::private::Number";

/// Reads such an object; any other is not what `wanted` takes.
pub(crate) fn bare_number<'de, A: serde::de::MapAccess<'de>>(
    wanted: &dyn serde::de::Expected,
    mut map: A,
) -> Result<String, A::Error> {
    use serde::de::{Error, Unexpected};
    match map.next_key::<String>()? {
        Some(key) if key == BARE_NUMBER => map.next_value::<String>().map(|number| plain(&number)),
        _ => Err(A::Error::invalid_type(Unexpected::Map, wanted)),
    }
}

/// The longest number that is written without its exponent.
const LONGEST_PLAIN: usize = 40;

/// A number without exponent, which no form has; one that would become long keeps it.
pub(crate) fn plain(number: &str) -> String {
    shifted(number).unwrap_or_else(|| number.to_owned())
}

/// `number` with its point moved by its exponent; `None` without one, or where it would become long.
fn shifted(number: &str) -> Option<String> {
    let (digits, exponent) = number.split_once(['e', 'E'])?;
    let exponent: isize = exponent.parse().ok()?;
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (all, point) = (format!("{whole}{part}"), exponent.checked_add_unsigned(whole.len())?);
    if !all.bytes().all(|byte| byte.is_ascii_digit())
        || all.len() > LONGEST_PLAIN
        || point.unsigned_abs() > LONGEST_PLAIN
    {
        return None;
    }
    let before = usize::try_from(point).unwrap_or(0);
    let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
    let (whole, part) = match all.split_at_checked(before) {
        Some((whole, part)) => (whole.to_owned(), format!("{zeros}{part}")),
        None => (format!("{all:0<before$}"), String::new()),
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{part}"))
}

/// Declares a group of text blanks with access by JSON key.
macro_rules! blanks {
    ($name:ident { $($key:ident),+ $(,)? }) => {
        impl $name {
            /// The text of the blank with this JSON key.
            #[must_use]
            pub fn blank(&self, key: &str) -> Option<&String> {
                match key { $(stringify!($key) => Some(&self.$key),)+ _ => None }
            }
            /// The text of the blank with this JSON key, to be edited.
            pub fn blank_mut(&mut self, key: &str) -> Option<&mut String> {
                match key { $(stringify!($key) => Some(&mut self.$key),)+ _ => None }
            }
        }
    };
}
pub(crate) use blanks;
