//! A paper as PDF/A-1b.

mod check_box;
mod conformance;
mod content;
mod frame;
mod metadata;
mod outline;
mod pictures;
mod signature;
mod structure;
mod subset;
mod tags;
mod text;

use std::collections::BTreeMap;

use jiff::civil::Date;
use lopdf::Document;
use printpdf::{PdfParseErrorSeverity, PdfSaveOptions};

use crate::export::AttachmentSource;
use crate::export::picture::Fault;
use crate::typeset::Paper;
use crate::typeset::page::Face;
use crate::typeset::structure::{ElementId, Structure};

pub(super) use frame::frame;
use pictures::Pictures;
use subset::Subset;

/// What the file says of itself besides the paper's own title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Info<'a> {
    /// Full name of the company: the author.
    pub company: &'a str,
    /// Title of the notice answered: the subject.
    pub notice_title: &'a str,
    /// Check code of the draft: the keywords.
    pub check_code: &'a str,
    /// Date of creation, at midnight in China.
    pub date: Date,
}

/// Why a paper did not become a PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The paper has no page.
    #[error("《{0}》一页也没有，没有生成 PDF；请先填写内容再导出。")]
    NoPages(String),
    /// A bundled typeface cannot be read or subset.
    #[error("程序自带的字体 {face} 无法使用（{reason}），没有生成 PDF；请重新安装程序。")]
    Font {
        /// PostScript name.
        face: &'static str,
        /// What the font reader says.
        reason: String,
    },
    /// The face chosen for the letters' text cannot be subset.
    #[error(
        "字体“{family}”无法放进 PDF（{reason}），没有生成 PDF；请在“检查与导出”页换一个申请书正文字体。"
    )]
    LetterFace {
        /// Name of its family.
        family: &'static str,
        /// What the font reader says.
        reason: String,
    },
    /// A page cannot be described in PDF.
    #[error("《{title}》有一页无法写成 PDF（{reason}）；请把草稿发给软件作者查明原因。")]
    Content {
        /// Title of the paper.
        title: String,
        /// What the writer says.
        reason: String,
    },
    /// The file of a figure cannot be read from where it is kept.
    #[error("插图“{name}”无法读取（{reason}），没有生成 PDF；请重新插入这幅图，或把它删去。")]
    PictureUnread {
        /// Its file name.
        name: String,
        /// Why.
        reason: String,
    },
    /// The picture of a figure cannot be printed.
    #[error("插图“{name}”{fault}。")]
    Picture {
        /// Its file name.
        name: String,
        /// Why.
        fault: Fault,
    },
    /// The parts cannot be put together.
    #[error("PDF 的各部分无法合成文件（{0}）；请重试，仍不行时把草稿发给软件作者。")]
    Structure(#[from] lopdf::Error),
    /// The bytes cannot be written out.
    #[error("PDF 无法写出（{0}）；请关闭其他程序、腾出内存后重试。")]
    Write(#[from] std::io::Error),
}

/// Writes a paper as a PDF/A-1b file.
///
/// The same paper, info and pictures give the same bytes. Regions and seal spaces are not printed.
///
/// # Errors
/// When the paper has no page, a picture cannot be read, or a bundled font is damaged.
pub fn write(
    paper: &Paper,
    info: &Info,
    pictures: &dyn AttachmentSource,
) -> Result<Vec<u8>, PdfError> {
    let pictures = Pictures::of(paper, pictures)?;
    let Drawn { mut file, fonts, content } = drawn(paper, Some(&paper.structure), &pictures)?;
    conformance::apply(&mut file, paper, info, &fonts)?;
    let pages: Vec<_> = file.get_pages().into_values().collect();
    pictures.store(&mut file, &pages)?;
    let fields = signature::add(&mut file, paper, &pages)?;
    structure::add(&mut file, &paper.structure, &content, &pages, &fields)?;
    conformance::save(file)
}

/// Pages as printpdf writes them.
struct Drawn {
    file: Document,
    fonts: BTreeMap<Face, Subset>,
    /// For each page the elements of its marks.
    content: Vec<Vec<ElementId>>,
}

/// The pages with their fonts, marked where `structure` is given.
fn drawn(
    paper: &Paper,
    structure: Option<&Structure>,
    pictures: &Pictures,
) -> Result<Drawn, PdfError> {
    if paper.pages.is_empty() {
        return Err(PdfError::NoPages(paper.title.clone()));
    }
    let fonts = subset::embed(paper)?;
    let (document, content) = content::document(paper, structure, &fonts, pictures);
    // Fonts are subset already, and images are added later.
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let file = document.to_lopdf_document(&options, &mut warnings);
    drop(document);
    if let Some(warning) =
        warnings.into_iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error)
    {
        return Err(PdfError::Content { title: paper.title.clone(), reason: warning.msg });
    }
    Ok(Drawn { file, fonts, content })
}
