//! What PDF/A-1b asks for beyond printpdf's file, and the same bytes each time.
//!
//! The file has what level A asks for too: a structure tree, artifacts, `Lang`, `Alt`, a reading for each glyph.
//! It claims level B, which is what Preflight proves.

use std::collections::BTreeMap;

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::typeset::Paper;
use crate::typeset::page::Face;

use super::metadata::Properties;
use super::subset::Subset;
use super::{Info, PdfError, outline};

/// sRGB; see `srgb.py` beside it.
const SRGB: &[u8] = include_bytes!("../../../assets/icc/srgb.icc");

/// Makes printpdf's file a PDF/A-1b file, all but its `/ID`.
pub(super) fn apply(
    file: &mut Document,
    paper: &Paper,
    info: &Info,
    fonts: &BTreeMap<Face, Subset>,
) -> Result<(), PdfError> {
    file.version = "1.4".into();
    file.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    complete_fonts(file, fonts)?;
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    tidy_pages(file, &pages)?;
    let outline = outline::add(file, paper, &pages);

    let properties = Properties::new(paper, info);
    let old_info = file.trailer.get(b"Info").and_then(Object::as_reference)?;
    file.set_object(old_info, properties.dictionary());
    let xmp = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let xmp = Stream::new(xmp, properties.packet().into_bytes()).with_compression(false);
    let xmp = file.add_object(xmp);
    let profile = file.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));

    let catalog = file.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![Object::from(output_intent(profile))]);
    catalog.set("Lang", Object::string_literal("zh-CN"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageMode", if outline.is_some() { "UseOutlines" } else { "UseNone" });
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    Ok(())
}

fn output_intent(profile: ObjectId) -> Dictionary {
    let name = || Object::string_literal("sRGB IEC61966-2.1");
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => name(),
        "Info" => name(),
        "RegistryName" => Object::string_literal("http://www.color.org"),
        "DestOutputProfile" => profile,
    }
}

/// Gives each font descriptor its `CIDSet`, and the values printpdf does not know.
pub(super) fn complete_fonts(
    file: &mut Document,
    fonts: &BTreeMap<Face, Subset>,
) -> Result<(), PdfError> {
    let descriptors: Vec<ObjectId> = file
        .objects
        .iter()
        .filter(|(_, object)| object.type_name().is_ok_and(|name| name == b"FontDescriptor"))
        .map(|(id, _)| *id)
        .collect();
    for id in descriptors {
        let name = file.get_dictionary(id)?.get(b"FontName")?.as_name()?.to_vec();
        let Some(subset) = fonts.values().find(|subset| subset.name.as_bytes() == name) else {
            continue;
        };
        let set = file.add_object(Stream::new(Dictionary::new(), cid_set(subset.glyph_count)));
        let descriptor = file.get_dictionary_mut(id)?;
        descriptor.set("CIDSet", set);
        descriptor.set("CapHeight", i64::from(subset.cap_height));
        // Symbolic: not the standard Latin set.
        descriptor.set("Flags", 4);
    }
    Ok(())
}

/// A bit for each CID from 0, the high bit first: all are there.
fn cid_set(glyph_count: u16) -> Vec<u8> {
    let (whole, rest) = (usize::from(glyph_count / 8), glyph_count % 8);
    let mut set = vec![0xFF; whole];
    if rest > 0 {
        set.push(!(0xFF >> rest));
    }
    set
}

/// One dictionary of fonts for all pages, and nothing empty.
pub(super) fn tidy_pages(file: &mut Document, pages: &[ObjectId]) -> Result<(), PdfError> {
    let mut shared = None;
    for page in pages {
        let dictionary = file.get_dictionary_mut(*page)?;
        for key in [b"TrimBox".as_slice(), b"CropBox", b"Annots"] {
            dictionary.remove(key);
        }
        let resources = dictionary.get(b"Resources")?.as_reference()?;
        let kept = *shared.get_or_insert(resources);
        if resources != kept {
            dictionary.set("Resources", kept);
            file.objects.remove(&resources);
        }
    }
    if let Some(shared) = shared {
        for key in [b"XObject".as_slice(), b"ExtGState", b"Shading"] {
            let empty = file.get_dictionary_mut(shared)?.remove(key);
            if let Some(empty) = empty.and_then(|value| value.as_reference().ok()) {
                file.objects.remove(&empty);
            }
        }
    }
    Ok(())
}

/// Compresses all streams that may be.
pub(super) fn compress(file: &mut Document) -> Result<(), PdfError> {
    let packed = file.objects.par_iter_mut().try_for_each(|(_, object)| match object {
        Object::Stream(stream) if stream.allows_compression => stream.compress(),
        _ => Ok(()),
    });
    Ok(packed?)
}

/// Compresses, numbers and writes the file; its `/ID` is the hash of the rest.
pub(super) fn save(mut file: Document) -> Result<Vec<u8>, PdfError> {
    compress(&mut file)?;
    file.renumber_objects();
    file.trailer.remove(b"ID");
    let mut bytes = Vec::new();
    file.save_to(&mut bytes)?;

    let hash = Sha256::digest(&bytes);
    let id = || Object::String(hash.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id(), id()]);
    bytes.clear();
    file.save_to(&mut bytes)?;
    Ok(bytes)
}
