//! The ZIP for physical submission: papers, evidence, the draft, and a manifest that proves them.

mod archive;
mod content;
mod directory;
mod error;
mod gaps;
mod locked;
mod manifest;
mod name;
mod read;
mod verify;
mod write;

use std::io;
use std::ops::ControlFlow;
use std::time::Instant;

use jiff::civil::Date;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use archive::zip_of;
pub use content::{Content, ReadSeek};
pub use error::{ExportError, PackageError};
pub use locked::{lock, other_words, plain, read_locked_file, read_locked_file_while, unfit};
pub use manifest::{Listed, Manifest};
pub use name::{base_name, safe, zip_name};
pub use read::{Contents, GoOn, read, read_file, read_file_while};
pub use verify::{Verification, verify};
pub use write::{Parts, WriteError, Written, write, write_unless};

use crate::domain::evidence::hex;
use crate::domain::{
    Application, Attachment, Draft, Evidence, Figure, Object, draft_file, error_kind, media,
};
use crate::export::AttachmentSource;
use crate::export::evidence_book::{self, Book};
use crate::export::{docx, pdf};
use crate::rules::Notice;
use crate::rules::check_code::check_code;
use crate::typeset::{self, Options, PaperKind, forms};
use name::Paths;

/// Folder of the editable documents.
const EDITABLE: &str = "可编辑/";
/// Folders of the figures and of the evidence, one in each for an item.
const FIGURES: &str = "插图/";
const EVIDENCE: &str = "佐证材料/";

/// Most characters of a draft that are set: hundreds of pages, a hundred times what the notices allow.
const MAX_CHARACTERS: usize = 600_000;

/// A PDF longer than this gains nothing by being packed: most of it are pictures.
const BOOK_PACKED: u64 = 4 << 20;

/// What to make a package of. The caller has made sure that no finding stops the export.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// The notice it answers.
    pub notice: &'a Notice,
    /// Its evidence and its figures.
    pub attachments: &'a dyn AttachmentSource,
    /// The date on the papers and of the files.
    pub date: Date,
    /// Print 草稿 across each page.
    pub draft_mark: bool,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path inside the package, with `/`.
    pub name: String,
    /// Content.
    pub content: Content,
}

impl OutputFile {
    /// A long PDF: its pictures and pages are compressed already.
    fn is_packed(&self) -> bool {
        self.content.length() > BOOK_PACKED && self.name.ends_with(".pdf")
    }
}

/// How far the making is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Steps done.
    pub done: usize,
    /// All steps; 0 never.
    pub total: usize,
    /// What was just finished, in words.
    pub what: &'a str,
}

/// A finished package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// File name without `.zip`.
    pub base_name: String,
    /// Papers, evidence, `draft.json`, `manifest.json`, in the order of the ZIP.
    pub files: Vec<OutputFile>,
    /// The ZIP of them.
    pub zip: Content,
    /// The ZIP can be opened with a password alone.
    pub locked: bool,
}

/// Makes the package of a draft; the same job gives the same bytes. `progress` is told of each step
/// and may break off. Papers marked 草稿 are printed without the files that cannot be read, and carry the
/// check code of what is printed.
pub fn make(
    job: &Job<'_>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Package, ExportError> {
    let begun = Instant::now();
    let made = if job.draft_mark {
        let printed = gaps::without_unreadable(job.draft, job.attachments);
        make_of(&Job { draft: &printed, ..*job }, job.draft, progress)
    } else {
        make_of(job, job.draft, progress)
    };
    let ms = begun.elapsed().as_millis();
    match &made {
        Ok(package) => {
            let (files, bytes) = (package.files.len(), package.zip.length());
            log::info!("made a package files={files} bytes={bytes} ms={ms}");
        }
        Err(error) => log::warn!("no package made ms={ms} kind={}", error_kind::kind(error)),
    }
    made
}

/// Makes the package of a job, with `draft` put into it.
fn make_of(
    job: &Job<'_>,
    draft: &Draft,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Package, ExportError> {
    // One that came from elsewhere than a file.
    draft_file::text_of(job.draft)?;
    let blanks = job.draft.blanks();
    let characters = blanks.iter().filter_map(|field| job.draft.text(field));
    let characters = characters.map(|text| text.chars().count()).sum();
    if characters > MAX_CHARACTERS {
        return Err(ExportError::TooLong { characters, most: MAX_CHARACTERS });
    }
    let kinds = typeset::papers(job.draft);
    let editable = editable(job.draft, &kinds);
    let total = steps(job.draft, kinds.len() + editable.len());
    let mut done = 0;
    let mut step = |what: &str, steps: usize| {
        done += steps;
        match progress(Progress { done, total, what }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ExportError::Cancelled),
        }
    };
    step("开始", 0)?;
    let mut paths = Paths::default();
    let mut files = Vec::new();
    // In groups of one paper a processor, so that the person can break off between them.
    for group in kinds.chunks(rayon::current_num_threads().max(1)) {
        let printed: Vec<_> = group.par_iter().map(|kind| print(*kind, job)).collect();
        for paper in printed {
            let (stem, bytes) = paper?;
            step(&stem, 1)?;
            let name = paths.free("", &name::safe(&stem), "pdf");
            files.push(OutputFile { name, content: bytes.into() });
        }
    }
    for (item, _) in books(job.draft) {
        let (content, stem) = bind(item, job, &mut step)?;
        step(&stem, 1)?;
        files.push(OutputFile { name: paths.free("", &name::safe(&stem), "pdf"), content });
    }
    for kind in editable {
        let (stem, bytes) = document(kind, job)?;
        step(&stem, 1)?;
        let name = paths.free(EDITABLE, &name::safe(&stem), "docx");
        files.push(OutputFile { name, content: bytes.into() });
    }
    files.extend(pictures(job, &mut paths, &mut step)?);
    files.extend(attached(job, &mut paths, &mut step)?);
    let files = completed(files, draft, job.date, job.draft_mark);
    let zip = archive::zip_while(&files, job.date, &mut |packed| step("打包", packed))?;
    Ok(Package { base_name: base_name(draft, job.draft_mark), files, zip, locked: false })
}

/// `files` with the draft and the manifest behind them.
#[must_use]
pub fn completed(
    mut files: Vec<OutputFile>,
    draft: &Draft,
    date: Date,
    draft_mark: bool,
) -> Vec<OutputFile> {
    files.push(OutputFile {
        name: manifest::DRAFT_FILE.to_owned(),
        content: draft.to_json().into_bytes().into(),
    });
    let manifest = Manifest {
        format: manifest::FORMAT,
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        notice: draft.notice.clone(),
        role: draft.role.key().to_owned(),
        company: draft.company.name.clone(),
        draft_mark,
        date: date.to_string(),
        check_code: check_code(draft),
        files: files.iter().map(Listed::of).collect(),
    };
    files.push(manifest.to_file());
    files
}

fn print(kind: PaperKind, job: &Job<'_>) -> Result<(String, Vec<u8>), ExportError> {
    let options = Options { date: job.date, draft_mark: job.draft_mark };
    let paper = typeset::lay_out(kind, job.draft, job.notice, options);
    let info = pdf::Info {
        company: &job.draft.company.name,
        notice_title: &job.notice.title,
        check_code: &check_code(job.draft),
        date: job.date,
    };
    let pictures = |file: &Attachment| bytes_of(file, job.attachments).map_err(io::Error::other);
    match pdf::write(&paper, &info, &pictures) {
        Ok(bytes) => Ok((paper.file_stem, bytes)),
        Err(source) => Err(ExportError::Pdf { paper: paper.title, source }),
    }
}

/// The papers written as documents too.
fn editable(draft: &Draft, kinds: &[PaperKind]) -> Vec<PaperKind> {
    let wanted = |kind: &&PaperKind| draft.print.docx && **kind != PaperKind::Checklist;
    kinds.iter().filter(wanted).copied().collect()
}

fn document(kind: PaperKind, job: &Job<'_>) -> Result<(String, Vec<u8>), ExportError> {
    let options = Options { date: job.date, draft_mark: job.draft_mark };
    let manuscript = forms::write_down(kind, job.draft, job.notice, options);
    let company = &job.draft.company.name;
    let info = docx::Info {
        company,
        date: job.date,
        draft_mark: job.draft_mark,
        double_sided: job.draft.print.double_sided,
    };
    let pictures = |file: &Attachment| bytes_of(file, job.attachments).map_err(io::Error::other);
    match docx::write(&manuscript, &info, &pictures) {
        Ok(bytes) => Ok((manuscript.file_stem, bytes)),
        Err(source) => Err(ExportError::Docx { paper: manuscript.title, source }),
    }
}

/// Every paper, book, figure and file of evidence is made, and each is packed, and so are the draft and
/// the manifest; each file of evidence is put into its book too.
fn steps(draft: &Draft, papers: usize) -> usize {
    let in_books: usize = books(draft).map(|(_, files)| files).sum();
    let figures = draft.letters().iter().flat_map(figures_of).count();
    2 * (papers + figures + in_books + books(draft).count()) + in_books + 2
}

/// The figures of a letter that have a picture, each with its number.
fn figures_of(letter: &Application) -> impl Iterator<Item = (usize, &Figure)> {
    letter.numbered().filter_map(|numbered| match numbered.object {
        Object::Figure(figure) if !figure.file.sha256.is_empty() => Some((numbered.number, figure)),
        _ => None,
    })
}

/// The items that have evidence, each with the number of its files.
fn books(draft: &Draft) -> impl Iterator<Item = (usize, usize)> {
    let counts =
        draft.letters().iter().map(|letter| letter.evidence.iter().map(|e| e.files.len()).sum());
    counts.enumerate().filter(|(_, files)| *files > 0)
}

/// The 佐证材料册 of an item, with its name.
fn bind(
    item: usize,
    job: &Job<'_>,
    step: &mut dyn FnMut(&str, usize) -> Result<(), ExportError>,
) -> Result<(Content, String), ExportError> {
    let evidence = |file: &Attachment| bytes_of(file, job.attachments).map_err(io::Error::other);
    let book = Book {
        draft: job.draft,
        notice: job.notice,
        item,
        evidence: &evidence,
        options: Options { date: job.date, draft_mark: job.draft_mark },
    };
    let (content, bound) = Content::written(|out| {
        let mut what = String::new();
        evidence_book::bind(&book, out, &mut |file| {
            let begins = !file.is_empty();
            if begins {
                file.clone_into(&mut what);
            }
            match step(&what, usize::from(begins)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })
        .map_err(ExportError::from)
    })?;
    Ok((content, bound.file_stem))
}

/// The pictures of the figures, each under its number and its words: with them the draft in the
/// package is whole.
fn pictures(
    job: &Job<'_>,
    paths: &mut Paths,
    step: &mut dyn FnMut(&str, usize) -> Result<(), ExportError>,
) -> Result<Vec<OutputFile>, ExportError> {
    let mut files = Vec::new();
    for (item, letter) in job.draft.letters().iter().enumerate() {
        for (number, figure) in figures_of(letter) {
            let bytes = bytes_of(&figure.file, job.attachments)?;
            step(&figure.file.name, 1)?;
            let extension = extension_of(&bytes, &figure.file, job.draft_mark)?;
            let title = titled(&figure.caption, &figure.file);
            let stem = name::safe(&format!("图{number} {title}"));
            let folder = format!("{FIGURES}事项{}/", item + 1);
            files.push(kept(paths.free(&folder, &stem, extension), &bytes)?);
        }
    }
    Ok(files)
}

/// A file of the package with these bytes.
fn kept(name: String, bytes: &[u8]) -> Result<OutputFile, ExportError> {
    let (content, ()) = Content::written(|out| out.write_all(bytes))?;
    Ok(OutputFile { name, content })
}

/// What it is called, or the name its file had without its extension.
fn titled<'a>(title: &'a str, attachment: &'a Attachment) -> &'a str {
    let name = attachment.name.as_str();
    let given = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if title.trim().is_empty() { given } else { title }
}

/// The files of the evidence themselves, each under the number and the name of its piece.
fn attached(
    job: &Job<'_>,
    paths: &mut Paths,
    step: &mut dyn FnMut(&str, usize) -> Result<(), ExportError>,
) -> Result<Vec<OutputFile>, ExportError> {
    let mut files = Vec::new();
    for (item, number, piece) in job.draft.evidence() {
        for (index, attachment) in piece.files.iter().enumerate() {
            let bytes = bytes_of(attachment, job.attachments)?;
            step(&attachment.name, 1)?;
            let stem = evidence_stem(number, index, piece, attachment);
            let extension = extension_of(&bytes, attachment, job.draft_mark)?;
            let folder = format!("{EVIDENCE}事项{}/", item + 1);
            files.push(kept(paths.free(&folder, &stem, extension), &bytes)?);
        }
    }
    Ok(files)
}

/// The extension for an attachment by its content. One that is none of the kinds has been found
/// before an export; a draft is printed with it all the same.
fn extension_of(
    bytes: &[u8],
    attachment: &Attachment,
    draft_mark: bool,
) -> Result<&'static str, ExportError> {
    let head = bytes.get(..media::HEAD).unwrap_or(bytes);
    match media::extension(head) {
        Ok(extension) => Ok(extension),
        Err(_) if draft_mark => Ok("bin"),
        Err((found, advice)) => {
            Err(ExportError::Kind { name: attachment.name.clone(), found, advice })
        }
    }
}

fn bytes_of(
    attachment: &Attachment,
    source: &dyn AttachmentSource,
) -> Result<Vec<u8>, ExportError> {
    let name = || attachment.name.clone();
    let bytes = source
        .read(attachment)
        .map_err(|source| ExportError::Attachment { name: name(), source })?;
    if hex(&Sha256::digest(&bytes)) == attachment.sha256 {
        Ok(bytes)
    } else {
        Err(ExportError::Altered { name: name() })
    }
}

/// Such as `01-1 专利 一种轴承`: number of the piece, of the file, kind, name.
fn evidence_stem(number: usize, index: usize, piece: &Evidence, attachment: &Attachment) -> String {
    let kind = piece.kind.map_or("", |kind| kind.label());
    let title = titled(&piece.name, attachment);
    name::safe(&format!("{:02}-{} {kind} {title}", number + 1, index + 1))
}
