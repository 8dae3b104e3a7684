//! 揭榜通: prepares, offline, a company's papers for the programme 大企业“发榜”中小企业“揭榜”.
//!
//! A [`Draft`](domain::Draft) is checked against a [`Notice`](rules::notice::Notice), laid out into
//! [`Page`](typeset::page::Page)s, and the same pages are what the window shows and what the PDF prints.
//!
//! Modules in the order of their dependencies; each may use those before it, never one after it:
//!
//! 1. [`domain`]: what a company fills in, pure data.
//! 2. [`rules`]: domain to findings.
//! 3. [`store`]: drafts on disk (uses `domain` and `rules`).
//! 4. [`typeset`]: domain and notice to pages.
//! 5. [`export`]: pages to PDF, drafts to packages.
//! 6. [`fault`]: what is done when the program itself is at fault (uses `store`).
//! 7. [`cli`] and `app`: the command line and the window.

pub mod cli;
pub mod domain;
pub mod export;
pub mod fault;
pub mod rules;
pub mod store;
pub mod typeset;

#[cfg(feature = "window")]
pub mod app;
