//! The pictures of a document: which of them can be figures.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::archive::Archive;
use crate::domain::evidence::hex;
use crate::domain::media::{self, PictureFault};
use crate::domain::{Attachment, Extra, Figure};

/// Most bytes of all pictures taken over.
const MAX_TOTAL: u64 = 256 << 20;
/// Resolution at which a picture is shown that nobody has sized, dots an inch.
const DPI: f32 = 150.0;
/// Sizes this close are the same: programs round.
const SAME: f32 = 0.015;
/// Least share of the text's width, per cent.
const LEAST: f32 = 5.0;

/// A picture where it stands in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// What it is called; empty where it has no name.
    pub(super) name: String,
    /// How the text refers to its file; `None` where that is not in the document.
    pub(super) relation: Option<String>,
    /// Its width on the page, English Metric Units.
    pub(super) width: Option<u32>,
}

/// A picture's file, to be kept under its content before a section that shows it becomes a draft's.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportedPicture {
    /// The file of the figures that show it.
    pub file: Attachment,
    /// Its bytes, PNG or JPEG.
    pub bytes: Arc<Vec<u8>>,
}

impl std::fmt::Debug for ImportedPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportedPicture").field("file", &self.file).finish_non_exhaustive()
    }
}

/// Takes the pictures out of the document as they are met.
pub(super) struct Gallery<'a> {
    archive: Archive<'a>,
    /// Width of the text, English Metric Units.
    text_width: f32,
    known: HashMap<String, Result<(Attachment, [u32; 2]), String>>,
    taken: Vec<ImportedPicture>,
    total: u64,
}

impl<'a> Gallery<'a> {
    pub(super) fn new(archive: Archive<'a>, text_width: f32) -> Self {
        Self { archive, text_width, known: HashMap::new(), taken: Vec::new(), total: 0 }
    }

    /// The pictures taken over, each content once.
    pub(super) fn into_pictures(self) -> Vec<ImportedPicture> {
        self.taken
    }

    /// A picture as a figure.
    ///
    /// # Errors
    /// Why it cannot be one, in words.
    pub(super) fn figure(&mut self, shown: &Shown) -> Result<Figure, String> {
        let Some(relation) = &shown.relation else {
            return Err("不是 JPEG 或 PNG 图片（图表、公式等，或没有存在文档里）".to_owned());
        };
        let found = match self.known.get(relation) {
            Some(found) => found.clone(),
            None => {
                let found = self.take(relation);
                self.known.insert(relation.clone(), found.clone());
                found
            }
        };
        let (file, pixels) = found?;
        let width = self.share(shown, pixels);
        Ok(Figure { caption: String::new(), file, pixels, width, extra: Extra::new() })
    }

    fn take(&mut self, relation: &str) -> Result<(Attachment, [u32; 2]), String> {
        let (path, bytes) = self.archive.picture(relation, media::MAX_PICTURE)?;
        let picture = media::picture(&bytes).map_err(|fault| told(fault, &bytes))?;
        if picture.count() > media::MAX_PIXELS {
            return Err("超过 4000 万像素".to_owned());
        }
        let length = bytes.len() as u64;
        self.total += length;
        if self.total > MAX_TOTAL {
            return Err("图片太多，合计超过 256 MB".to_owned());
        }
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let sha256 = hex(&Sha256::digest(&bytes));
        let file = Attachment { name, sha256, bytes: length, extra: Extra::new() };
        if self.taken.iter().all(|taken| taken.file.sha256 != file.sha256) {
            self.taken.push(ImportedPicture { file: file.clone(), bytes: Arc::new(bytes) });
        }
        Ok((file, picture.seen()))
    }

    /// Its share of the text's width, per cent; 0 where it is as large as its pixels make it.
    fn share(&self, shown: &Shown, pixels: [u32; 2]) -> u8 {
        const EMU_PER_INCH: f32 = 914_400.0;
        let Some(width) = shown.width.filter(|width| *width > 0) else { return 0 };
        let by_itself = (pixels[0] as f32 / DPI * EMU_PER_INCH).min(self.text_width);
        let width = width as f32;
        if (width - by_itself).abs() <= by_itself * SAME {
            return 0;
        }
        (width / self.text_width * 100.0).round().clamp(LEAST, 100.0) as u8
    }
}

fn told(fault: PictureFault, bytes: &[u8]) -> String {
    match fault {
        PictureFault::Other => other(bytes).to_owned(),
        PictureFault::Broken => "图片数据已损坏".to_owned(),
        PictureFault::Truncated => "图片数据不完整".to_owned(),
        PictureFault::Kind(kind) => format!("{kind}的 JPEG"),
    }
}

/// What a picture is that is no PNG or JPEG.
fn other(bytes: &[u8]) -> &'static str {
    let head = bytes.get(..media::HEAD).unwrap_or(bytes);
    if head.get(40..44) == Some(b" EMF") {
        "EMF 矢量图"
    } else if head.starts_with(b"\xd7\xcd\xc6\x9a") || head.starts_with(b"\x01\0\x09\0") {
        "WMF 矢量图"
    } else if head.windows(4).any(|window| window == b"<svg") {
        "SVG 矢量图"
    } else {
        media::extension(head).map_or_else(|(found, _)| found, |_| "PDF 文件")
    }
}
