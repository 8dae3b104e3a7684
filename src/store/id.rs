//! The name of a draft's folder.

use std::fmt;
use std::hash::{BuildHasher, Hasher};

use jiff::civil::DateTime;
use sha2::{Digest, Sha256};

use crate::domain::evidence::hex;

/// A draft in the store: `20241121-153012-k3f9`, local time of creation and four random
/// characters, so that names sort by age.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftId(String);

impl DraftId {
    /// Reads a name; `None` unless it is 1 to 64 ASCII letters, digits, `-` or `_`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        (!name.is_empty() && name.len() <= 64 && name.bytes().all(plain))
            .then(|| Self(name.to_owned()))
    }

    /// The name of a folder found among the drafts, such as a copy a person has made and named; `None`
    /// for a hidden one.
    pub(super) fn of_folder(name: &str) -> Option<Self> {
        (!name.starts_with('.')).then(|| Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn new(at: DateTime) -> Self {
        const LETTERS: [char; 32] = [
            'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't',
            'u', 'v', 'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7', '8', '9', '0',
        ];
        // Every RandomState is keyed from the system's randomness.
        let mut random = std::collections::hash_map::RandomState::new().build_hasher().finish();
        let mut tail = String::new();
        for _ in 0..4 {
            tail.extend(LETTERS.get((random % 32) as usize));
            random /= 32;
        }
        Self(format!("{}-{tail}", at.strftime("%Y%m%d-%H%M%S")))
    }
}

/// How the draft of this name is called in the log: a folder that a person has named may tell of a company.
#[must_use]
pub fn logged(name: &str) -> String {
    let is_own = name.len() == 20
        && name.bytes().enumerate().all(|(at, byte)| match at {
            8 | 15 => byte == b'-',
            0..15 => byte.is_ascii_digit(),
            _ => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        });
    if is_own {
        return name.to_owned();
    }
    let hash: String = hex(&Sha256::digest(name)).chars().take(8).collect();
    format!("named-{hash}")
}

impl DraftId {
    /// Its name in the log.
    #[must_use]
    pub fn logged(&self) -> String {
        logged(&self.0)
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_names_a_draft_but_not_what_a_person_has_called_its_folder() {
        let own = DraftId::new(DateTime::default());
        assert_eq!(own.logged(), own.as_str());
        for named in ["某某公司 - 副本", "20241121-153012-k3f9 - 副本", "2024某-153012-k3f9"]
        {
            let logged = logged(named);
            assert!(logged.starts_with("named-") && logged.len() == 14, "{logged}");
        }
    }
}
