//! The pictures of a paper as images of its PDF, each stored once however often it is shown.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{CurTransMat, Op, XObjectId, XObjectTransform};

use crate::domain::Attachment;
use crate::domain::io_error::reason;
use crate::export::AttachmentSource;
use crate::export::picture::{Cmyk, Image, Matrix, Picture};
use crate::typeset::Paper;
use crate::typeset::geometry::Rect;
use crate::typeset::page::{Item, PagePicture};

use super::PdfError;
use super::content::Writer;

/// Resolution that a picture of more pixels is brought down to, dots an inch.
const DPI: f32 = 300.0;

/// The pictures of a paper, by the SHA-256 of their files.
#[derive(Debug, Default)]
pub(super) struct Pictures(HashMap<String, Stored>);

#[derive(Debug)]
struct Stored {
    /// How pages name it; in the order in which they are first shown.
    number: usize,
    image: Image,
    /// The unit square turned as the camera noted.
    turn: Matrix,
}

impl Pictures {
    /// Reads the pictures a paper shows, each for the largest box it fills.
    pub(super) fn of(paper: &Paper, source: &dyn AttachmentSource) -> Result<Self, PdfError> {
        let mut boxes: Vec<(&Attachment, Rect)> = Vec::new();
        for picture in paper.pages.iter().flat_map(|page| &page.items).filter_map(shown) {
            match boxes.iter_mut().find(|(file, _)| file.sha256 == picture.file.sha256) {
                Some((_, largest)) if largest.width < picture.rect.width => *largest = picture.rect,
                Some(_) => {}
                None => boxes.push((&picture.file, picture.rect)),
            }
        }
        let mut stored = HashMap::new();
        for (number, (file, rect)) in boxes.into_iter().enumerate() {
            let (image, turn) = read(file, rect, source)?;
            stored.insert(file.sha256.clone(), Stored { number, image, turn });
        }
        Ok(Self(stored))
    }

    /// Draws a picture over its box.
    pub(super) fn draw(&self, writer: &mut Writer, picture: &PagePicture) {
        let Some(stored) = self.0.get(&picture.file.sha256) else { return };
        let Rect { x, width, height, .. } = picture.rect;
        let corner = writer.point(x, picture.rect.bottom());
        let sized = Matrix([width, 0.0, 0.0, height, corner.x.0, corner.y.0]);
        let matrix = stored.turn.then(sized).0.map(super::content::rounded);
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        writer.ops.extend([
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) },
            Op::UseXobject { id: XObjectId(stored.name()), transform },
            Op::RestoreGraphicsState,
        ]);
    }

    /// Stores the images where all pages, which share their resources, find them.
    pub(super) fn store(self, file: &mut Document, pages: &[ObjectId]) -> Result<(), PdfError> {
        let Some(page) = pages.first().filter(|_| !self.0.is_empty()) else { return Ok(()) };
        let resources = file.get_dictionary(*page)?.get(b"Resources")?.as_reference()?;
        let mut stored: Vec<Stored> = self.0.into_values().collect();
        stored.sort_by_key(|stored| stored.number);
        let mut named = Dictionary::new();
        for stored in stored {
            let name = stored.name();
            let (dictionary, data) = stored.image;
            // Packed already.
            let image = Stream::new(dictionary, data).with_compression(false);
            named.set(name, Object::Reference(file.add_object(image)));
        }
        file.get_dictionary_mut(resources)?.set("XObject", named);
        Ok(())
    }
}

impl Stored {
    fn name(&self) -> String {
        format!("P{}", self.number)
    }
}

/// A picture that was chosen; a figure still without one has none to show.
fn shown(item: &Item) -> Option<&PagePicture> {
    match item {
        Item::Picture(picture) if !picture.file.sha256.is_empty() => Some(picture),
        _ => None,
    }
}

fn read(
    file: &Attachment,
    rect: Rect,
    source: &dyn AttachmentSource,
) -> Result<(Image, Matrix), PdfError> {
    let unread = |error: &std::io::Error| PdfError::PictureUnread {
        name: file.name.clone(),
        reason: reason(error),
    };
    let unusable = |fault| PdfError::Picture { name: file.name.clone(), fault };
    let bytes = source.read(file).map_err(|error| unread(&error))?;
    let picture = Picture::read(&bytes).map_err(unusable)?;
    let printed = match picture.lies() {
        true => (rect.height, rect.width),
        false => (rect.width, rect.height),
    };
    let image = picture.image(&bytes, picture.fewer(printed, DPI), Cmyk::Rgb);
    Ok((image.map_err(unusable)?, picture.turn()))
}
