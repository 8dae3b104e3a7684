//! A password that a person has typed: never shown, never kept, wiped from memory when it is let go.

use std::fmt;

use zeroize::Zeroizing;

/// A password; empty: none was given.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// So many characters are advised at least.
    pub const ADVISED: usize = 8;

    /// Its characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// None was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// It has fewer characters than are advised.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.0.chars().count() < Self::ADVISED
    }
}

impl From<String> for Password {
    fn from(typed: String) -> Self {
        Self(Zeroizing::new(typed))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_in_no_log_and_a_short_one_is_told() {
        let password = Password::from("秘密1234".to_owned());
        assert!(!format!("{password:?}").contains("秘密"));
        assert!(password.is_short() && !Password::from("秘密123456".to_owned()).is_short());
        assert!(Password::default().is_empty());
    }
}
