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
    pub pixels: [u32; 2],
    /// Share of the text's width it takes, per cent; 0: as large as its pixels at 150 dpi, at most all.
    pub width: u8,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
blanks!(Figure { caption });
