//! 佐证材料册: all evidence of a letter in one PDF, in the order and with the numbers of its list.
//!
//! Each file is read, put on sheets of A4 and let go before the next: pictures turned, scaled and
//! brought down to 200 dpi, pages of other programs' PDFs unchanged. Cover and table of contents are
//! laid out last, when the pages are counted. The file is a plain PDF, not PDF/A, as nothing can be
//! promised for other programs' pages.

mod copy;
mod examine;
mod foreign;
mod piece;
mod place;
mod scan;
mod trace;
mod trouble;
mod writer;

mod binding;

use std::io;

pub use binding::{Bound, LeftOut, bind};
pub use examine::{Examined, Examiner, FIGURE_RULE, REMARK_RULE, RULE, examine};
pub use trace::TRACE_RULE;
pub use trouble::{MAX_PAGES, Remark, Trouble};

use crate::domain::Draft;
use crate::export::AttachmentSource;
use crate::export::pdf::PdfError;
use crate::rules::Notice;
use crate::typeset::Options;

/// Which book to make.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// The notice it answers.
    pub notice: &'a Notice,
    /// The item, from 0.
    pub item: usize,
    /// Its evidence.
    pub evidence: &'a dyn AttachmentSource,
    /// Date and draft mark.
    pub options: Options,
}

/// Why a book was not made.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The person broke off.
    #[error("已取消导出，没有生成文件")]
    Cancelled,
    /// A file cannot be read from where it is kept.
    #[error("佐证文件“{name}”无法读取：{}", crate::domain::io_error::reason(source))]
    Evidence {
        /// Its file name.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// The pages of the program's own cannot be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The book cannot be written out.
    #[error(
        "佐证材料册无法写出：{}；请检查磁盘空间后重试",
        crate::domain::io_error::reason(.0)
    )]
    Write(#[from] io::Error),
}
