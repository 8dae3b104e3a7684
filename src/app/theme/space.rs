//! Gaps between things, logical pixels.

/// Between a symbol and its word.
pub(crate) const XS: f32 = 4.0;
/// Between lines that belong together.
pub(crate) const S: f32 = 8.0;
/// Inside boxes.
pub(crate) const M: f32 = 12.0;
/// Between blanks.
pub(crate) const L: f32 = 18.0;
/// Around a pane.
pub(crate) const XL: f32 = 24.0;
/// Between parts of a page.
pub(crate) const XXL: f32 = 36.0;
