//! From a draft and a notice to pages: the one engine for paper and screen.
//!
//! [`shape`] turns text into clusters, [`line_break`] and [`paragraph`] set them into lines, [`table`]
//! and [`flow`] place lines on [`page`]s, [`forms`] say what each paper holds; [`structure`] keeps what its parts are.

mod bundle;
pub mod column_width;
pub mod coverage;
pub mod flow;
pub mod font;
pub mod forms;
pub mod geometry;
pub mod letter_face;
pub mod line_break;
pub mod mark;
pub mod page;
pub mod paragraph;
pub mod shape;
pub mod structure;
pub mod table;
mod table_flow;
mod table_row;
mod table_structure;

pub use coverage::check_glyphs;
pub use forms::{Options, lay_out, papers};
pub use letter_face::check_letter_face;
pub use page::{Page, Paper, PaperKind};
