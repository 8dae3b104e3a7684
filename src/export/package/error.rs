//! What can go wrong with packages, in words a person can act on.

use std::io;

use crate::domain::draft_file::DraftError;
use crate::domain::io_error::reason;
use crate::export::evidence_book::BookError;
use crate::export::pdf::PdfError;

/// Why a package cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The person broke off.
    #[error("已取消导出，没有生成文件")]
    Cancelled,
    /// A paper cannot be printed.
    #[error("《{paper}》无法生成 PDF：{source}")]
    Pdf {
        /// Its title.
        paper: String,
        /// Why.
        source: PdfError,
    },
    /// A paper cannot be written as a document.
    #[error("《{paper}》无法生成 Word 文件：{}；可以不勾选 Word 文件再导出", reason(source))]
    Docx {
        /// Its title.
        paper: String,
        /// Why.
        source: io::Error,
    },
    /// A book of evidence cannot be made.
    #[error(transparent)]
    Book(BookError),
    /// There is no room for what is kept while the package is made.
    #[error("材料包无法生成：{}；请检查磁盘空间后重试", reason(.0))]
    Io(#[from] io::Error),
    /// An attachment cannot be read.
    #[error("文件“{name}”无法读取：{}", reason(source))]
    Attachment {
        /// Its file name.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// An attachment is not what was attached.
    #[error("文件“{name}”的内容与添加时不同，请重新添加后再导出")]
    Altered {
        /// Its file name.
        name: String,
    },
    /// An attachment is of another kind.
    #[error("文件“{name}”的内容是{found}，不能放入申报材料；{advice}")]
    Kind {
        /// Its file name.
        name: String,
        /// What it looks like.
        found: &'static str,
        /// How to mend it.
        advice: &'static str,
    },
    /// More than a draft's file may hold.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// Too much text to be set.
    #[error(
        "草稿里的文字共 {characters} 字，超过可以排印的上限 {most} 字；请检查是否误贴了别的内容，删减后再导出"
    )]
    TooLong {
        /// How much there is.
        characters: usize,
        /// How much may be.
        most: usize,
    },
    /// Too much for one package.
    #[error(
        "全部文件共 {megabytes} MB，超过一个材料包的上限 2048 MB；请降低扫描分辨率后重新添加佐证材料"
    )]
    TooLarge {
        /// Their size.
        megabytes: u64,
    },
    /// Other programs would not take the password.
    #[error("{0}")]
    Password(&'static str),
    /// The ZIP cannot be written.
    #[error("打包失败：{0}")]
    Zip(#[from] zip::result::ZipError),
}

impl From<BookError> for ExportError {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Cancelled => Self::Cancelled,
            error => Self::Book(error),
        }
    }
}

/// Why a file cannot be opened as a package at all.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The person broke off.
    #[error("已取消，没有导入任何内容")]
    Cancelled,
    /// The file cannot be read.
    #[error("文件无法读取：{}", reason(.0))]
    Io(#[from] io::Error),
    /// A folder, a pipe or a device.
    #[error("这不是普通文件，无法打开；请选择材料包或草稿文件")]
    NoFile,
    /// No ZIP, or cut off.
    #[error("这不是 ZIP 文件，或文件不完整（可能没有复制完）")]
    NotZip(zip::result::ZipError),
    /// More files than any package.
    #[error("文件中有 {0} 项，不像揭榜通的材料包，未作检查")]
    TooMany(usize),
    /// No draft in it.
    #[error("材料包中没有 draft.json，不是揭榜通导出的材料包，无法导入")]
    NoDraft,
    /// The draft cannot be read.
    #[error("材料包中的 draft.json 无法读取：{0}")]
    Draft(String),
    /// It unpacks to more than a package may hold.
    #[error(
        "材料包解压后超过 2048 MB 或压缩比异常，可能是恶意文件，未导入；请向发件人索取原始的材料包"
    )]
    Bomb,
    /// A password is needed.
    #[error("材料包已加密，需要打开密码")]
    Locked,
    /// The password is not the one it was encrypted with.
    #[error("打开密码不对，请核对大小写和输入法后再试；忘记了密码，只能请对方重新发一份")]
    WrongPassword,
    /// It was decrypted and is not what was encrypted.
    #[error("解密后的内容不完整：文件已损坏（可能没有复制完），也可能是打开密码不对")]
    DamagedLock,
    /// Another program has encrypted it.
    #[error("这个 ZIP 不是揭榜通加密的；请先用加密它的软件解压，不设密码重新打包成 ZIP 后再打开")]
    ForeignLock,
}

impl From<zip::result::ZipError> for PackageError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
                Self::Io(error)
            }
            error => Self::NotZip(error),
        }
    }
}
