//! Letters made for the tests, and what is read of one.

use std::io::{Cursor, Write};

use jiebang::domain::{Block, Body, Object, Table};
use jiebang::export::docx::read::{ImportedLetter, read_letter};
use jiebang::rules::notice::{Form, bundled};
use jiebang::typeset::paragraph::typed_lines;

pub(super) fn form() -> &'static Form {
    &bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap().forms.application
}

/// What a section says: text, and tables with tabs between their cells.
pub(super) fn section(letter: &ImportedLetter, name: &str) -> String {
    let found = letter.sections.iter().find(|section| section.name == name);
    let body = found.map(|section| section.body.clone()).unwrap_or_default();
    let blocks = body.blocks().map(|block| match block {
        Block::Text(text) => text.clone(),
        Block::Object(Object::Figure(figure)) => format!("[图]{}", figure.caption),
        Block::Object(Object::Table(table)) => {
            table.rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n")
        }
    });
    blocks.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The tables of a section.
pub(super) fn tables(letter: &ImportedLetter, name: &str) -> Vec<Table> {
    let found = letter.sections.iter().find(|section| section.name == name).unwrap();
    let tables = found.body.parts.iter().filter_map(|part| match &part.object {
        Object::Table(table) => Some(table.clone()),
        Object::Figure(_) => None,
    });
    tables.collect()
}

pub(super) fn names(letter: &ImportedLetter) -> Vec<&'static str> {
    letter.sections.iter().map(|section| section.name).collect()
}

pub(super) fn aside(letter: &ImportedLetter) -> String {
    letter.aside.iter().map(|aside| format!("[{}]{}\n", aside.place, aside.text)).collect()
}

pub(super) const HEAD: &str = "<w:document xmlns:w=\"w\"><w:body>";
pub(super) const FOOT: &str = "</w:body></w:document>";

/// A `.docx` of parts.
pub(super) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(super) fn of_body(body: &str) -> Vec<u8> {
    packed(&[("word/document.xml", format!("{HEAD}{body}{FOOT}").as_bytes())])
}

pub(super) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

pub(super) fn read_body(body: &str) -> ImportedLetter {
    read_letter(&of_body(body), form()).unwrap()
}

/// A section as a document shows it: lines without empty ones, every cell of a table, widths by
/// content.
pub(super) fn as_typed(body: &Body) -> Body {
    let typed = |text: &str| typed_lines(text).collect::<Vec<_>>().join("\n");
    let mut shown = Body::from(typed(&body.opening));
    for part in &body.parts {
        shown.push(match part.object.clone() {
            Object::Table(mut table) => {
                table.fill_rows();
                table.widths.clear();
                table.rows.iter_mut().flatten().for_each(|cell| *cell = typed(cell));
                Object::Table(table)
            }
            Object::Figure(mut figure) => {
                // As wide as the text either way: 1600 pixels at 150 dpi are wider than 156 mm.
                if figure.width == 100 && figure.pixels[0] > 1000 {
                    figure.width = 0;
                }
                Object::Figure(figure)
            }
        });
        shown.push_text(&typed(&part.after));
    }
    shown
}

/// The same, whatever its pictures' files are called.
pub(super) fn unnamed(body: &Body) -> Body {
    let mut body = body.clone();
    for part in &mut body.parts {
        if let Object::Figure(figure) = &mut part.object {
            figure.file.name.clear();
        }
    }
    body
}

/// A `.docx` with pictures of these names and contents in its route, in the older way for even ones.
pub(super) fn with_pictures(pictures: &[(&str, &[u8])]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut relations = String::from("<Relationships>");
    let mut body = paragraph("（三）技术路线");
    for (n, (name, _)) in pictures.iter().enumerate() {
        relations +=
            &format!("<Relationship Id=\"r{n}\" Type=\"{kind}/image\" Target=\"media/{name}\"/>");
        body += &match n % 2 {
            0 => format!(
                "<w:p><w:r><w:pict><v:shape><v:imagedata r:id=\"r{n}\"/></v:shape></w:pict></w:r></w:p>"
            ),
            _ => format!(
                "<w:p><w:r><w:drawing><wp:extent cx=\"2800350\" cy=\"1\"/><wp:docPr id=\"1\" name=\"{name}\"/>\
                 <a:blip r:embed=\"r{n}\"/></w:drawing></w:r></w:p>"
            ),
        };
        body += &paragraph(&format!("图 {} 说明{n}", n + 1));
    }
    let document = format!("{HEAD}{body}{FOOT}");
    relations += "</Relationships>";
    let names: Vec<String> =
        pictures.iter().map(|(name, _)| format!("word/media/{name}")).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    parts.extend(names.iter().zip(pictures).map(|(name, (_, bytes))| (name.as_str(), *bytes)));
    packed(&parts)
}

pub(super) fn picture(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/figures");
    std::fs::read(folder.join(name)).unwrap()
}
