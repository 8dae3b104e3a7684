//! A figure of a letter: a picture with its caption.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attachment, Extra, blank, blanks};

/// A picture in the text of a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Figure {
    /// What stands under it, behind 图 and its number.
    #[serde(deserialize_with = "blank")]
    pub caption: String,
    /// The picture, PNG or JPEG.
    pub file: Attachment,
    /// Its width and height as it is seen, pixels; 0 where nobody has looked.
    #[serde(deserialize_with = "pixels")]
    pub pixels: [u32; 2],
    /// Share of the text's width it takes, per cent; 0: as large as its pixels at 150 dpi, at most all.
    #[serde(deserialize_with = "width")]
    pub width: u8,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Figure { caption });

/// Reads a width and a height; what is not there is not known.
fn pixels<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<[u32; 2], D::Error> {
    let mut sides = Vec::<u32>::deserialize(deserializer)?.into_iter();
    let mut side = || sides.next().unwrap_or(0);
    Ok([side(), side()])
}

/// Reads a share; more than all of the width is all of it.
fn width<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    Ok(u64::deserialize(deserializer)?.min(100) as u8)
}
