//! The text of a PDF as a reader copies it that knows `ActualText`.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

/// CID to text by the name of the font.
type Fonts = BTreeMap<Vec<u8>, BTreeMap<u16, String>>;

/// The text of each page, in the order it is drawn.
pub(super) fn text_of_pages(bytes: &[u8]) -> Vec<String> {
    let file = Document::load_mem(bytes).unwrap();
    let pages = file.get_pages().into_values();
    let texts = pages.map(|page| {
        let fonts = file.get_page_fonts(page).unwrap().into_iter();
        let fonts = fonts.map(|(name, font)| (name, to_unicode(&file, font))).collect();
        let content = Content::decode(&file.get_page_content(page)).unwrap();
        text(&fonts, &content.operations)
    });
    texts.collect()
}

fn text(fonts: &Fonts, operations: &[Operation]) -> String {
    let (mut text, mut font) = (String::new(), &BTreeMap::new());
    // Each marked stretch, and whether its text was told.
    let mut marks: Vec<bool> = Vec::new();
    for Operation { operator, operands } in operations {
        match operator.as_str() {
            "BMC" => marks.push(false),
            "BDC" => {
                let properties = operands.get(1).and_then(|operand| operand.as_dict().ok());
                let told = properties.and_then(|told| told.get(b"ActualText").ok());
                text.extend(told.map(utf16));
                marks.push(told.is_some());
            }
            "EMC" => _ = marks.pop(),
            "Tf" => font = &fonts[operands[0].as_name().unwrap()],
            "TJ" | "Tj" if !marks.contains(&true) => {
                let parts = operands[0].as_array().map_or(&operands[..1], Vec::as_slice);
                for part in parts.iter().filter_map(|part| part.as_str().ok()) {
                    for code in part.chunks_exact(2) {
                        text.push_str(&font[&u16::from_be_bytes([code[0], code[1]])]);
                    }
                }
            }
            _ => {}
        }
    }
    text
}

fn utf16(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    let Some(bytes) = bytes.strip_prefix(&[0xFE, 0xFF]) else {
        return String::from_utf8(bytes.to_vec()).unwrap();
    };
    let units = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
}

fn to_unicode(file: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let map = file.dereference(font.get(b"ToUnicode").unwrap()).unwrap().1.as_stream().unwrap();
    let map = map.decompressed_content().unwrap_or_else(|_| map.content.clone());
    let map = String::from_utf8(map).unwrap();
    let units = |digits: &str| -> Vec<u16> {
        let digits = digits.trim_matches(['<', '>']).as_bytes().chunks(4);
        let unit = |four: &[u8]| u16::from_str_radix(std::str::from_utf8(four).unwrap(), 16);
        digits.map(|four| unit(four).unwrap()).collect()
    };
    let blocks = map.split("beginbfchar").skip(1);
    let lines = blocks.flat_map(|block| block.split("endbfchar").next().unwrap().lines());
    let pairs = lines.filter_map(|line| line.split_once(' '));
    pairs.map(|(cid, text)| (units(cid)[0], String::from_utf16(&units(text)).unwrap())).collect()
}
