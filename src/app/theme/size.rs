//! Text sizes, logical pixels.

/// Hints and marks.
pub(crate) const SMALL: f32 = 12.5;
/// What is typed and read.
pub(crate) const BODY: f32 = 14.0;
/// Headings of groups.
pub(crate) const TITLE: f32 = 16.0;
/// Headings of parts of a text.
pub(crate) const PART: f32 = 18.0;
/// Heading of a screen.
pub(crate) const HEAD: f32 = 21.0;
