//! What is wrong with a file of evidence, in words a person can act on.

use crate::export::picture::Fault;

/// Most pages taken of one PDF.
pub const MAX_PAGES: usize = 2000;

/// Why a file cannot stand in the book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nothing in it.
    #[error("是空文件，请重新扫描或导出后再附上")]
    Empty,
    /// Neither PDF nor JPEG nor PNG, whatever its name says.
    #[error("的内容是{found}，不是 PDF、JPEG 或 PNG；{advice}")]
    Kind {
        /// What it looks like.
        found: &'static str,
        /// How to mend it.
        advice: &'static str,
    },
    /// Cut off.
    #[error("不完整，可能没有下载或复制完，请重新取得完整的文件后再附上")]
    Truncated,
    /// A PDF that asks for a password or forbids its use.
    #[error("设有密码或使用限制，请用密码打开后另存为不加密的 PDF 再附上")]
    Encrypted,
    /// A PDF nothing can be found in.
    #[error("的 PDF 结构已损坏，请用 PDF 阅读器打开，重新打印成 PDF 后再附上")]
    Broken,
    /// A PDF without pages.
    #[error("里一页也没有，请重新导出 PDF 后再附上")]
    NoPages,
    /// A PDF with more than [`MAX_PAGES`].
    #[error("超过 {MAX_PAGES} 页，请只附与本项有关的几页")]
    TooManyPages,
    /// A page of a PDF, from 1, that cannot be read.
    #[error("第 {0} 页的内容无法读取，请用 PDF 阅读器打开，重新打印成 PDF 后再附上")]
    Page(usize),
    /// A PDF that unpacks to far more than a scan can need.
    #[error("展开后大得不正常，可能是恶意文件；确属需要的，请重新打印成 PDF 后再附上")]
    Bomb,
    /// A picture that cannot be decoded.
    #[error("的图片数据已损坏，请重新扫描或拍摄后再附上")]
    BrokenPicture,
    /// A picture too large to be read.
    #[error("有 {width}×{height} 像素，太大，无法处理；请缩小到每边 10000 像素以内再附上")]
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A JPEG of a kind that PDF does not know.
    #[error("是{0}的 JPEG，一般软件打不开；请用看图软件另存为普通 JPEG 后再附上")]
    JpegKind(&'static str),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Broken => Self::BrokenPicture,
            Fault::Truncated => Self::Truncated,
            Fault::TooLarge { width, height } => Self::TooLarge { width, height },
            Fault::Kind(kind) => Self::JpegKind(kind),
        }
    }
}

/// What a person should know of a file that can stand in the book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// A picture in the colours of a press.
    #[error("是印刷用的 CMYK 颜色，原样放入，屏幕和打印出来的颜色可能不同；介意的请另存为 RGB")]
    Cmyk,
    /// More shades than paper shows.
    #[error("每种颜色 16 位，放入时减为 8 位，肉眼看不出差别")]
    SixteenBit,
    /// A picture of very many pixels.
    #[error("有 {width}×{height} 像素，打开和打印会很慢；请缩小到每边 10000 像素以内")]
    Huge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Scripts, actions or attached files, which do not come along.
    #[error("里有脚本、动作或附件，只放入看得见的页面")]
    Active,
}
