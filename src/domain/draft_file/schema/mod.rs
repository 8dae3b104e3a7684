//! The versions of the draft file, one module each.
//!
//! A new version `n` adds a module with its own `SCHEMA` and `File`; the module before it freezes the
//! types of its time and gives `TryFrom<v(n-1)::File> for v(n)::File`. Reading goes down that chain.

mod v1;
mod v2;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::domain::Draft;

/// The latest version known.
pub(super) const LATEST: u32 = v2::SCHEMA;

/// Why a text is no draft of its version.
#[derive(Debug)]
pub(super) struct Fault {
    /// Segments of the JSON pointer to what is wrong.
    pub(super) pointer: String,
    /// The parser's error, with its line.
    pub(super) error: serde_json::Error,
}

/// What a text says of its own version.
#[derive(Debug)]
pub(super) enum Declared {
    /// A version this program reads.
    Known(u32),
    /// A later one.
    Later(u64),
    /// None, or no version at all.
    Missing,
}

/// Reads the version alone; errors are those of a text that is no JSON.
pub(super) fn declared(text: &str) -> Result<Declared, serde_json::Error> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(default)]
        schema: serde_json::Value,
    }
    let head = match serde_json::from_str::<Head>(text) {
        Ok(head) => head,
        // A list or a bare value is JSON, but no draft.
        Err(error) if error.is_data() => return Ok(Declared::Missing),
        Err(error) => return Err(error),
    };
    Ok(match head.schema.as_u64() {
        None | Some(0) => Declared::Missing,
        Some(number) => match u32::try_from(number) {
            Ok(number) if number <= LATEST => Declared::Known(number),
            _ => Declared::Later(number),
        },
    })
}

/// Reads a text of version `schema` and brings it to the latest.
pub(super) fn read(text: &str, schema: u32) -> Result<Draft, Fault> {
    debug_assert!(schema <= LATEST);
    match schema {
        v1::SCHEMA => from_text::<v1::File>(text).map(v2::File::from).map(Draft::from),
        _ => from_text::<v2::File>(text).map(Draft::from),
    }
}

fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| Fault { pointer: pointer(error.path()), error: error.into_inner() })?;
    match deserializer.end() {
        Ok(()) => Ok(value),
        Err(error) => Err(Fault { pointer: String::new(), error }),
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}
