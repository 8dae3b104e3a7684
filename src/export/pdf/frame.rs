//! Pages for a book that holds other programs' pages too: their objects, numbered behind its own.

use lopdf::{Document, Object, ObjectId, dictionary};

use crate::typeset::Paper;

use super::metadata::Properties;
use super::pictures::Pictures;
use super::{Drawn, Info, PdfError, conformance, drawn, outline};

/// Catalog, outline, pages and fonts of a paper, numbered from `first`. A plain PDF: what goes between
/// is not this program's, so nothing is claimed of it.
pub(in crate::export) fn frame(
    paper: &Paper,
    info: &Info,
    first: u32,
) -> Result<Document, PdfError> {
    let Drawn { mut file, fonts, .. } = drawn(paper, None, &Pictures::default())?;
    conformance::complete_fonts(&mut file, &fonts)?;
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    conformance::tidy_pages(&mut file, &pages)?;
    let outline = outline::add(&mut file, paper, &pages);
    let properties = file.add_object(Properties::new(paper, info).dictionary());
    file.trailer.set("Info", properties);

    let tree = file.catalog()?.get(b"Pages")?.clone();
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => Object::string_literal("zh-CN"),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    };
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    *file.catalog_mut()? = catalog;
    file.prune_objects();
    conformance::compress(&mut file)?;
    file.renumber_objects_with(first);
    Ok(file)
}
