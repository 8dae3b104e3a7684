//! The parts of a document's file beside its text, and the ZIP of all.

use std::io::{self, Cursor, Write};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{DateTime, System, ZipWriter};

use super::Info;
use super::element::Element;
use super::media::{Kind, Medium};

/// Namespace of `w:`.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Namespace of `r:`.
pub(super) const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const MAIN_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A part that the text refers to.
#[derive(Debug)]
pub(super) struct Part {
    /// Name in `word/`, without `.xml`; also how the text refers to it.
    pub(super) name: &'static str,
    /// Kind: `header`, `footer`, `styles`, `settings`, `fontTable`.
    pub(super) kind: &'static str,
    /// Content.
    pub(super) file: Vec<u8>,
}

/// The document's file of its text and the parts and pictures it refers to.
pub(super) fn pack(
    document: &Element,
    parts: &[Part],
    media: &[Medium],
    title: &str,
    info: &Info<'_>,
) -> io::Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .system(System::Unix)
        .unix_permissions(0o644)
        .compression_level(Some(6))
        .last_modified_time(DateTime::DEFAULT);
    let mut put = |name: &str, bytes: &[u8]| -> io::Result<()> {
        writer.start_file(name, options)?;
        writer.write_all(bytes)
    };
    put("[Content_Types].xml", &content_types(parts, media))?;
    put("_rels/.rels", &top_relations())?;
    put("docProps/core.xml", &core(title, info))?;
    put("docProps/app.xml", &app())?;
    put("word/document.xml", &document.to_file())?;
    put("word/_rels/document.xml.rels", &relations(parts, media))?;
    for part in parts {
        put(&format!("word/{}.xml", part.name), &part.file)?;
    }
    for medium in media {
        put(&format!("word/{}", medium.path()), &medium.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn content_types(parts: &[Part], media: &[Medium]) -> Vec<u8> {
    let default = |extension: &str, kind: &str| {
        Element::new("Default").with("Extension", extension).with("ContentType", kind)
    };
    let part = |path: String, kind: String| {
        Element::new("Override").with("PartName", path).with("ContentType", kind)
    };
    let package = "application/vnd.openxmlformats-package";
    let extended = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    Element::new("Types")
        .with("xmlns", format!("{PACKAGE}/content-types"))
        .child(default("rels", &format!("{package}.relationships+xml")))
        .child(default("xml", "application/xml"))
        .children(Kind::ALL.iter().filter_map(|kind| {
            let used = media.iter().any(|medium| medium.kind == *kind);
            used.then(|| default(kind.extension(), kind.content_type()))
        }))
        .child(part("/word/document.xml".to_owned(), format!("{MAIN_TYPE}.document.main+xml")))
        .child(part("/docProps/core.xml".to_owned(), format!("{package}.core-properties+xml")))
        .child(part("/docProps/app.xml".to_owned(), extended.to_owned()))
        .children(parts.iter().map(|found| {
            part(format!("/word/{}.xml", found.name), format!("{MAIN_TYPE}.{}+xml", found.kind))
        }))
        .to_file()
}

fn relation(id: &str, kind: String, target: String) -> Element {
    Element::new("Relationship").with("Id", id).with("Type", kind).with("Target", target)
}

fn top_relations() -> Vec<u8> {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    Element::new("Relationships")
        .with("xmlns", format!("{PACKAGE}/relationships"))
        .child(relation("rId1", format!("{RELATIONS}/officeDocument"), "word/document.xml".into()))
        .child(relation("rId2", core, "docProps/core.xml".into()))
        .child(relation(
            "rId3",
            format!("{RELATIONS}/extended-properties"),
            "docProps/app.xml".into(),
        ))
        .to_file()
}

fn relations(parts: &[Part], media: &[Medium]) -> Vec<u8> {
    let relations = parts.iter().map(|part| {
        relation(part.name, format!("{RELATIONS}/{}", part.kind), format!("{}.xml", part.name))
    });
    let pictures = media
        .iter()
        .map(|medium| relation(&medium.name(), format!("{RELATIONS}/image"), medium.path()));
    Element::new("Relationships")
        .with("xmlns", format!("{PACKAGE}/relationships"))
        .children(relations)
        .children(pictures)
        .to_file()
}

fn core(title: &str, info: &Info<'_>) -> Vec<u8> {
    let time = |name, date: Date| {
        Element::new(name).with("xsi:type", "dcterms:W3CDTF").text(format!("{date}T00:00:00Z"))
    };
    Element::new("cp:coreProperties")
        .with("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(Element::new("dc:title").text(title))
        .child(Element::new("dc:creator").text(info.company.trim()))
        .child(time("dcterms:created", info.date))
        .child(time("dcterms:modified", info.date))
        .to_file()
}

fn app() -> Vec<u8> {
    Element::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .child(Element::new("Application").text("揭榜通"))
        .to_file()
}

/// `word/settings.xml`: even pages may have feet of their own, underlined spaces are shown, and the
/// text is laid out as Word 2013 and later do.
pub(super) fn settings(even_and_odd: bool) -> Part {
    let mode = Element::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", 15);
    let compatibility = Element::new("w:compat")
        .child(Element::new("w:spaceForUL"))
        .child(Element::new("w:balanceSingleByteDoubleByteWidth"))
        .child(Element::new("w:doNotLeaveBackslashAlone"))
        .child(Element::new("w:ulTrailSpace"))
        .child(Element::new("w:doNotExpandShiftReturn"))
        .child(Element::new("w:useFELayout"))
        .child(mode);
    let language =
        Element::new("w:themeFontLang").with("w:val", "en-US").with("w:eastAsia", "zh-CN");
    let file = Element::new("w:settings")
        .with("xmlns:w", WORD)
        .child(Element::new("w:zoom").with("w:percent", 100))
        .child(Element::val("w:defaultTabStop", 420))
        .children(even_and_odd.then(|| Element::new("w:evenAndOddHeaders")))
        .child(Element::val("w:characterSpacingControl", "compressPunctuation"))
        .child(compatibility)
        .child(language)
        .to_file();
    Part { name: "settings", kind: "settings", file }
}

/// `word/fontTable.xml`: the other names of the fonts, for systems that know those.
pub(super) fn fonts() -> Part {
    let fonts = [("宋体", "SimSun"), ("黑体", "SimHei"), ("楷体", "KaiTi"), ("仿宋", "FangSong")];
    let fonts = fonts.map(|(name, other)| {
        Element::new("w:font")
            .with("w:name", name)
            .child(Element::val("w:altName", other))
            .child(Element::val("w:charset", "86"))
    });
    let file = Element::new("w:fonts").with("xmlns:w", WORD).children(fonts).to_file();
    Part { name: "fontTable", kind: "fontTable", file }
}
