//! Puts the pieces on their sheets, one after the other, and binds them.

use std::io::Write;
use std::ops::ControlFlow;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::piece::Piece;
use super::place::Sheet;
use super::scan::Scan;
use super::trouble::Trouble;
use super::writer::PdfWriter;
use super::{Book, BookError};
use crate::domain::{Application, Attachment};
use crate::export::pdf::{self, Info, PdfError};
use crate::export::picture::Matrix;
use crate::rules::check_code::check_code;
use crate::rules::invisible;
use crate::typeset::forms::Source;
use crate::typeset::forms::evidence_book::{apology, front, margin, stamps};
use crate::typeset::page::OutlineEntry;
use crate::typeset::{Page, Paper};

/// A finished book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// File name without extension.
    pub file_stem: String,
    /// Pages after the table of contents.
    pub pages: usize,
    /// Files that a page stands for which says why they are not there.
    pub left_out: Vec<LeftOut>,
}

/// A file that is not in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The piece it belongs to, from 0.
    pub piece: usize,
    /// Its name.
    pub name: String,
    /// Why.
    pub trouble: Trouble,
}

/// Makes a book and writes it to `out`; the same draft, evidence and options give the same bytes.
/// `step` is told of each file before it is read, and of nothing (`""`) between two pages; it may
/// break off.
///
/// # Errors
/// When a file cannot be read from where it is kept, the book cannot be written, or `step` breaks off.
/// A file that cannot be printed is no error: a page says so.
pub fn bind(
    book: &Book<'_>,
    out: &mut dyn Write,
    step: &mut dyn FnMut(&str) -> ControlFlow<()>,
) -> Result<Bound, BookError> {
    let empty = Application::default();
    let application = book.draft.applications.get(book.item).unwrap_or(&empty);
    let mut binder = Binder {
        book,
        writer: PdfWriter::new(out)?,
        sheets: Vec::new(),
        outline: Vec::new(),
        left_out: Vec::new(),
        layers: Vec::new(),
        off: Vec::new(),
        step,
    };
    let mut starts = Vec::new();
    for (number, piece) in application.evidence.iter().enumerate() {
        let start = binder.sheets.len();
        starts.push((!piece.files.is_empty()).then_some(start + 1));
        let kind = piece.kind.map_or("", |kind| kind.label());
        let title = format!("{} {kind} {}", number + 1, piece.name.trim());
        if !piece.files.is_empty() {
            binder.entry(0, &title);
        }
        for (index, file) in piece.files.iter().enumerate() {
            if piece.files.len() > 1 {
                binder.entry(1, &invisible::without(&file.name));
            }
            let label = match piece.files.len() {
                1 => format!("佐证材料 {}", number + 1),
                _ => format!("佐证材料 {}-{}", number + 1, index + 1),
            };
            binder.file(number, &label, file)?;
        }
    }
    binder.finish(&starts)
}

/// A sheet: what is drawn on it by object and place, and its margin.
struct Bed {
    drawn: Vec<(ObjectId, Matrix)>,
    margin: Page,
}

struct Binder<'b, 'w> {
    book: &'b Book<'b>,
    writer: PdfWriter<'w>,
    sheets: Vec<Bed>,
    /// Entries for the pieces; their pages count from the first sheet.
    outline: Vec<OutlineEntry>,
    left_out: Vec<LeftOut>,
    /// Layers of the pieces, and those that are off.
    layers: Vec<ObjectId>,
    off: Vec<ObjectId>,
    step: &'b mut dyn FnMut(&str) -> ControlFlow<()>,
}

impl Binder<'_, '_> {
    fn entry(&mut self, level: u8, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.outline.push(OutlineEntry { level, title, page: self.sheets.len(), y: 0.0 });
    }

    fn tell(&mut self, what: &str) -> Result<(), BookError> {
        match (self.step)(what) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(BookError::Cancelled),
        }
    }

    /// Adds the sheets of a file.
    fn file(&mut self, number: usize, label: &str, file: &Attachment) -> Result<(), BookError> {
        self.tell(&file.name)?;
        let bytes = self.book.evidence.read(file);
        let bytes =
            bytes.map_err(|source| BookError::Evidence { name: file.name.clone(), source })?;
        let begun = self.sheets.len();
        let added = match Piece::read(&bytes) {
            Ok(Piece::Picture(picture)) => self.picture(label, &picture, &bytes)?,
            Ok(Piece::Pdf(foreign)) => {
                drop(bytes);
                self.pdf(label, &foreign)?
            }
            Err(trouble) => Err(trouble),
        };
        if let Err(trouble) = added {
            self.sheets.truncate(begun);
            self.apologize(number, label, file, trouble);
        }
        Ok(())
    }

    fn picture(
        &mut self,
        label: &str,
        picture: &Scan,
        bytes: &[u8],
    ) -> Result<Result<(), Trouble>, BookError> {
        let kept = self.book.draft.print.evidence_full_resolution;
        let (dictionary, data) = match picture.image(bytes, kept) {
            Ok(image) => image,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let id = self.writer.reserve();
        self.writer.stream(id, &dictionary, &data)?;
        let (sheet, matrix) = picture.placed();
        self.sheet(label, sheet, vec![(id, matrix)]);
        Ok(Ok(()))
    }

    fn pdf(
        &mut self,
        label: &str,
        foreign: &super::foreign::Foreign,
    ) -> Result<Result<(), Trouble>, BookError> {
        let mut copier = foreign.copier();
        for (index, view) in foreign.views().enumerate() {
            self.tell("")?;
            let Some(drawn) = foreign.draw(index, &mut copier, &mut self.writer)? else {
                return Ok(Err(Trouble::Page(index + 1)));
            };
            let (sheet, matrix) = view.placed();
            let drawn = drawn
                .into_iter()
                .map(|(id, before)| (id, before.map_or(matrix, |before| before.then(matrix))));
            self.sheet(label, sheet, drawn.collect());
        }
        let (layers, off) = foreign.layers(&copier);
        self.layers.extend(layers);
        self.off.extend(off);
        Ok(Ok(()))
    }

    fn sheet(&mut self, label: &str, sheet: Sheet, drawn: Vec<(ObjectId, Matrix)>) {
        let size = (sheet.width(), sheet.height());
        let mark = self.book.options.draft_mark;
        let margin = margin(size, label, self.sheets.len() + 1, mark);
        self.sheets.push(Bed { drawn, margin });
    }

    /// A sheet that says what should stand there.
    fn apologize(&mut self, piece: usize, label: &str, file: &Attachment, trouble: Trouble) {
        self.sheet(label, Sheet::Portrait, Vec::new());
        let name = invisible::without(&file.name);
        if let Some(bed) = self.sheets.last_mut() {
            apology(&mut bed.margin, &name, &trouble.to_string());
        }
        self.left_out.push(LeftOut { piece, name: file.name.clone(), trouble });
    }

    /// Lays out what stands before the pieces, and writes the rest of the file.
    fn finish(mut self, starts: &[Option<usize>]) -> Result<Bound, BookError> {
        let Book { draft, notice, item, options, .. } = *self.book;
        let mut paper = front(Source { draft, notice, options }, item, starts);
        let before = paper.pages.len();
        paper.title = format!("{} {}", paper.title, title_of(self.book)).trim_end().to_owned();
        let sheets = std::mem::take(&mut self.sheets);
        let mut drawn = Vec::new();
        for bed in sheets {
            drawn.push((bed.drawn, stamps(&bed.margin)));
            paper.pages.push(bed.margin);
        }
        let entries = std::mem::take(&mut self.outline).into_iter();
        paper
            .outline
            .extend(entries.map(|entry| OutlineEntry { page: entry.page + before, ..entry }));
        let (file_stem, pages) = (paper.file_stem.clone(), drawn.len());
        let first = self.writer.reserve().0;
        let mut frame = self.frame(&paper, first)?;
        drop(paper);
        let ids: Vec<ObjectId> = frame.get_pages().into_values().skip(before).collect();
        for (id, (drawn, stamps)) in ids.into_iter().zip(drawn) {
            self.bed(&mut frame, id, &drawn, &stamps)?;
        }
        self.catalog(&mut frame, before)?;
        self.close(frame)?;
        Ok(Bound { file_stem, pages, left_out: self.left_out })
    }

    fn frame(&mut self, paper: &Paper, first: u32) -> Result<Document, BookError> {
        let Book { draft, notice, options, .. } = *self.book;
        let info = Info {
            company: &draft.company.name,
            notice_title: &notice.title,
            check_code: &check_code(draft),
            date: options.date,
        };
        let frame = pdf::frame(paper, &info, first)?;
        // The first is reserved already.
        for _ in 1..frame.objects.len() {
            self.writer.reserve();
        }
        Ok(frame)
    }

    /// Puts what is drawn under the margin's texts, and white behind these.
    fn bed(
        &mut self,
        frame: &mut Document,
        page: ObjectId,
        drawn: &[(ObjectId, Matrix)],
        stamps: &[[f32; 4]],
    ) -> Result<(), BookError> {
        if drawn.is_empty() {
            return Ok(());
        }
        let mut content = String::new();
        let mut objects = Dictionary::new();
        for (index, (id, matrix)) in drawn.iter().enumerate() {
            content += &format!("q {} /P{index} Do Q\n", matrix.operator());
            objects.set(format!("P{index}"), *id);
        }
        content += "q 1 g\n";
        for [x, y, width, height] in stamps {
            content += &format!("{x:.2} {y:.2} {width:.2} {height:.2} re f\n");
        }
        content += "Q\n";
        let under = self.writer.reserve();
        self.writer.stream(under, &Dictionary::new(), content.as_bytes())?;
        let shared = frame.get_dictionary(page).and_then(|own| own.get(b"Resources"));
        let (_, shared) = shared.and_then(|shared| frame.dereference(shared)).map_err(structure)?;
        let mut resources = shared.as_dict().map_err(structure)?.clone();
        resources.set("XObject", objects);
        let own = frame.get_dictionary_mut(page).map_err(structure)?;
        let mut contents = vec![Object::Reference(under)];
        match own.remove(b"Contents") {
            Some(Object::Array(parts)) => contents.extend(parts),
            other => contents.extend(other),
        }
        own.set("Contents", contents);
        own.set("Resources", resources);
        Ok(())
    }

    /// Page labels, and the layers of the pieces.
    fn catalog(&mut self, frame: &mut Document, before: usize) -> Result<(), BookError> {
        let catalog = frame.catalog_mut().map_err(structure)?;
        let roman = dictionary! { "S" => "r" };
        let arabic = dictionary! { "S" => "D" };
        let labels: Vec<Object> =
            vec![0.into(), roman.into(), (before as i64).into(), arabic.into()];
        catalog.set("PageLabels", dictionary! { "Nums" => labels });
        if !self.layers.is_empty() {
            let list = |ids: &[ObjectId]| -> Object {
                ids.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>().into()
            };
            let shown = dictionary! { "OFF" => list(&self.off), "Order" => Vec::<Object>::new() };
            let layers = dictionary! { "OCGs" => list(&self.layers), "D" => shown };
            catalog.set("OCProperties", layers);
        }
        Ok(())
    }

    fn close(&mut self, frame: Document) -> Result<(), BookError> {
        let end = |key: &[u8]| frame.trailer.get(key).and_then(Object::as_reference);
        let (root, info) = (end(b"Root").map_err(structure)?, end(b"Info").map_err(structure)?);
        for (id, object) in frame.objects {
            self.writer.object(id, &object)?;
        }
        Ok(self.writer.finish(root, info)?)
    }
}

/// The item's name, for the title of the file.
fn title_of<'a>(book: &Book<'a>) -> &'a str {
    book.draft.applications.get(book.item).map_or("", |application| application.item.name.trim())
}

fn structure(error: lopdf::Error) -> BookError {
    PdfError::Structure(error).into()
}
