//! What kind an error is, for the log: never what it says, which may quote a draft or name a path.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::io;

/// The name of the variant, and the number of the system's error behind it where there is one.
pub fn kind<E: Error + 'static>(error: &E) -> String {
    let name = name(error);
    match os_code(error) {
        Some(code) => format!("{name} os={code}"),
        None => name,
    }
}

/// The name of a variant, without what it holds.
pub fn name(value: &impl fmt::Debug) -> String {
    let mut name = Name(String::new());
    // Broken off at the end of the name.
    let _ = write!(name, "{value:?}");
    name.0
}

/// The number of the system's error in a chain of causes.
fn os_code(error: &(dyn Error + 'static)) -> Option<i32> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.raw_os_error();
        }
        cause = error.source();
    }
    None
}

/// Takes the identifier a text begins with.
struct Name(String);

impl fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        self.0.push_str(text.get(..end.unwrap_or(text.len())).unwrap_or_default());
        if end.is_some() { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Trouble {
        #[error("“{path}”：{source}")]
        Io { path: &'static str, source: io::Error },
        #[error("{0}")]
        Words(&'static str),
    }

    #[test]
    fn the_kind_of_an_error_holds_nothing_of_what_it_says() {
        let source = io::Error::from_raw_os_error(13);
        assert_eq!(kind(&Trouble::Io { path: "甲公司", source }), "Io os=13");
        assert_eq!(kind(&Trouble::Words("甲公司")), "Words");
        assert_eq!(name(&"甲公司"), "");
    }
}
