//! From a draft to findings: the rules of the notices and of the standards they cite.

pub mod asked;
pub mod check;
pub mod check_code;
pub mod completeness;
pub mod contact;
pub mod credit_code;
pub mod date;
pub mod enterprise_size;
pub mod finding;
pub mod industry;
pub mod invisible;
pub mod notice;
pub mod number;
pub mod period;
pub mod region;
pub mod rule;
pub mod typeface;
pub mod width;
pub mod word_count;

pub use asked::{Asked, asked};
pub use check::{Context, check, settle};
pub use completeness::completeness;
pub use finding::{Finding, Fix, Severity};
pub use notice::Notice;
