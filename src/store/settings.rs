//! Small settings of the window and the command line, one JSON file each.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::{Store, atomic};
use crate::domain::json_error;

/// Most bytes of such a file that are read; one is a few hundred.
const MAX_BYTES: u64 = 4 << 20;

impl Store {
    /// Reads `<root>/<name>.json`; `None` where there is none yet.
    pub fn read_json<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let path = self.root().join(format!("{name}.json"));
        let bytes = match self.disk.read(&path, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StoreError::io("读取", &path, source)),
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| StoreError::Settings { path, message: json_error::what(&error) })
    }

    /// Replaces `<root>/<name>.json`.
    pub fn write_json<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        let path = self.root().join(format!("{name}.json"));
        match serde_json::to_vec_pretty(value) {
            Ok(bytes) => atomic::write(&self.disk, &path, &bytes)
                .map_err(|source| self.io("保存", &path, source)),
            Err(error) => Err(StoreError::Settings { path, message: json_error::what(&error) }),
        }
    }
}
