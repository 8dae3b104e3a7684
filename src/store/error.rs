//! What can go wrong with drafts on disk, in words a person can act on.

use std::io;
use std::path::{Path, PathBuf};

use super::id::DraftId;
use super::seal::SealError;
pub use crate::domain::draft_file::DraftError;
pub(super) use crate::domain::io_error::reason;

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A draft cannot be read.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A file cannot be attached or copied.
    #[error(transparent)]
    Attach(#[from] AttachError),
    /// The password of a draft is not that, or its key is spoilt.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A file or folder cannot be read or written.
    #[error("{action}“{}”失败：{}", path.display(), reason(source))]
    Io {
        /// What was tried, such as 写入.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No such draft.
    #[error("找不到草稿 {0}，可能已被移到回收站或被其他程序删除")]
    NotFound(DraftId),
    /// The data folder itself is out of reach, such as on a USB stick that was pulled.
    #[error(
        "数据文件夹“{}”打不开了，可能是 U 盘已拔出或网络盘已断开；请接好后再试，已保存的草稿还在原处",
        .0.display()
    )]
    Gone(PathBuf),
    /// Another window holds the draft.
    #[error("草稿 {0} 正在另一个窗口中打开，请先关闭那个窗口")]
    InUse(DraftId),
    /// No version of a draft can be read.
    #[error("草稿已损坏，历史版本中也没有可用的：{0}")]
    NothingToRecover(DraftError),
    /// Kept company data cannot be read or written.
    #[error("{0}")]
    Profile(String),
    /// A settings file is no JSON of the right shape.
    #[error("设置文件“{}”无法读取：{message}", path.display())]
    Settings {
        /// File.
        path: PathBuf,
        /// Why.
        message: String,
    },
}

impl StoreError {
    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        let (kind, os) = (source.kind(), source.raw_os_error().unwrap_or_default());
        log::warn!("disk action={action} kind={kind:?} os={os}");
        Self::Io { action, path: path.to_owned(), source }
    }
}

/// Why a file cannot be evidence or a figure, or cannot be read back.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// The file cannot be read or copied.
    #[error("{action}“{}”失败：{}", path.display(), reason(source))]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder or device.
    #[error("“{0}”不是文件，请选择一个文件")]
    NotAFile(String),
    /// Zero bytes.
    #[error("“{0}”是空文件，请检查是否已下载或扫描完成")]
    Empty(String),
    /// The end is missing.
    #[error("“{0}”不完整，可能没有复制或下载完，请重新取得这个文件后再添加")]
    Truncated(String),
    /// A PDF with a password.
    #[error("“{0}”加了密码或限制，评审人可能打不开；请去掉密码（另存为不加密的 PDF）后再添加")]
    Encrypted(String),
    /// Larger than [`MAX_BYTES`](super::blobs::MAX_BYTES).
    #[error(
        "“{name}”有 {megabytes} MB，单个佐证文件不能超过 200 MB；请降低扫描分辨率或拆分后再添加"
    )]
    TooLarge {
        /// File name.
        name: String,
        /// Its size.
        megabytes: u64,
    },
    /// Neither PDF nor JPEG nor PNG by its content.
    #[error("“{name}”的内容是{found}，佐证材料只收 PDF、JPEG、PNG；{advice}")]
    Kind {
        /// File name.
        name: String,
        /// What it looks like.
        found: &'static str,
        /// How to mend it.
        advice: &'static str,
    },
    /// Neither JPEG nor PNG by its content, for a figure.
    #[error("“{name}”的内容是{found}，插图只收 JPEG、PNG；请另存为或截图成 JPEG、PNG 后再插入")]
    NoPicture {
        /// File name.
        name: String,
        /// What it looks like.
        found: &'static str,
    },
    /// A picture whose headers make no sense.
    #[error("“{0}”的图片数据已损坏，请换一个文件，或用看图软件打开后另存为 PNG 再插入")]
    BrokenPicture(String),
    /// A JPEG of a kind that most programs do not know.
    #[error("“{name}”是{kind}的 JPEG，一般软件打不开；请用看图软件另存为普通 JPEG 或 PNG 后再插入")]
    PictureKind {
        /// File name.
        name: String,
        /// What is special about it.
        kind: &'static str,
    },
    /// A picture of more than [`MAX_PIXELS`](crate::domain::media::MAX_PIXELS).
    #[error(
        "“{name}”有 {width}×{height} 像素，超过了插图的上限 4000 万像素；请缩小到每边 5000 像素以内再插入"
    )]
    TooManyPixels {
        /// File name.
        name: String,
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A picture of more than [`MAX_PICTURE`](crate::domain::media::MAX_PICTURE).
    #[error("“{name}”有 {megabytes} MB，单幅插图不能超过 20 MB；请缩小或另存为 JPEG 后再插入")]
    PictureTooLarge {
        /// File name.
        name: String,
        /// Its size.
        megabytes: u64,
    },
    /// It is not beside the draft.
    #[error("文件“{0}”不在草稿的附件文件夹中，请重新添加")]
    Missing(String),
    /// Its bytes are not those attached.
    #[error("文件“{0}”的内容与添加时不同，可能已损坏或被改动，请重新添加")]
    Altered(String),
}

impl AttachError {
    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }
}
