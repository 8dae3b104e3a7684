//! Unsigned signature fields over the places for seals, for the software that signs the file.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::typeset::Paper;
use crate::typeset::page::SealSpace;

use super::PdfError;
use super::content::rounded;
use super::metadata::text_string;

/// What a viewer says of a field.
const TIP: &str = "企业盖章处：电子签章请点此签署";
/// The annotation is printed (PDF 1.4, 8.4.2), as PDF/A asks; there is nothing in it until it is signed.
const PRINT: i64 = 4;

/// A field in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// Its dictionary.
    pub(super) id: ObjectId,
    /// The page it stands on.
    pub(super) page: ObjectId,
}

/// Adds a field over each place for a seal; none where the paper is not to be signed.
pub(super) fn add(
    file: &mut Document,
    paper: &Paper,
    pages: &[ObjectId],
) -> Result<Vec<Field>, PdfError> {
    let mut fields = Vec::new();
    if !paper.signable {
        return Ok(fields);
    }
    for (page, id) in paper.pages.iter().zip(pages) {
        let on_page: Vec<ObjectId> = page
            .seals
            .iter()
            .enumerate()
            .map(|(n, seal)| field(file, seal, page.height, *id, fields.len() + n + 1))
            .collect();
        if !on_page.is_empty() {
            let annotations: Vec<Object> = on_page.iter().map(|field| (*field).into()).collect();
            file.get_dictionary_mut(*id)?.set("Annots", annotations);
            fields.extend(on_page.into_iter().map(|field| Field { id: field, page: *id }));
        }
    }
    if !fields.is_empty() {
        let all: Vec<Object> = fields.iter().map(|field| field.id.into()).collect();
        let form = file.add_object(dictionary! { "Fields" => all });
        file.catalog_mut()?.set("AcroForm", form);
    }
    Ok(fields)
}

/// Field and widget in one dictionary.
fn field(
    file: &mut Document,
    seal: &SealSpace,
    page_height: f32,
    page: ObjectId,
    number: usize,
) -> ObjectId {
    let side = rounded(seal.diameter);
    let left = rounded(seal.centre.x - seal.diameter / 2.0);
    let bottom = rounded(page_height - seal.centre.y - seal.diameter / 2.0);
    let rect = [left, bottom, rounded(left + side), rounded(bottom + side)];
    let appearance = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), side.into(), side.into()],
        "Resources" => Dictionary::new(),
    };
    let appearance = file.add_object(Stream::new(appearance, Vec::new()).with_compression(false));
    file.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string(&format!("盖章_{number}")),
        "TU" => text_string(TIP),
        "Contents" => text_string(TIP),
        "Rect" => rect.map(Object::from).to_vec(),
        "F" => PRINT,
        "P" => page,
        "AP" => dictionary! { "N" => appearance },
    })
}
