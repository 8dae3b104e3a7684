//! What the file says of itself: the information dictionary and, in step with it, XMP.

use lopdf::{Dictionary, Object, StringFormat};

use crate::typeset::Paper;

use super::Info;

/// Name and version of this program.
const CREATOR: &str = concat!("揭榜通 ", env!("CARGO_PKG_VERSION"));

/// The properties that stand in both places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Properties {
    title: String,
    author: String,
    subject: String,
    keywords: String,
    date: jiff::civil::Date,
}

impl Properties {
    pub(super) fn new(paper: &Paper, info: &Info) -> Self {
        Self {
            title: one_line(&paper.title),
            author: one_line(info.company),
            subject: one_line(info.notice_title),
            keywords: one_line(info.check_code),
            date: info.date,
        }
    }

    /// The `Info` dictionary of the trailer.
    pub(super) fn dictionary(&self) -> Dictionary {
        let date = self.date.strftime("D:%Y%m%d000000+08'00'").to_string();
        let mut dictionary = Dictionary::new();
        for (key, value) in [
            ("Title", &*self.title),
            ("Author", &*self.author),
            ("Subject", &*self.subject),
            ("Keywords", &*self.keywords),
            ("Creator", CREATOR),
            ("Producer", CREATOR),
        ] {
            if !value.is_empty() {
                dictionary.set(key, text_string(value));
            }
        }
        dictionary.set("CreationDate", Object::string_literal(date.as_str()));
        dictionary.set("ModDate", Object::string_literal(date));
        dictionary
    }

    /// The XMP packet, which also claims PDF/A-1b.
    pub(super) fn packet(&self) -> String {
        let date = self.date.strftime("%Y-%m-%dT00:00:00+08:00").to_string();
        let alternatives = |text: &str| {
            format!(r#"<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>"#)
        };
        let mut properties = String::new();
        for (name, value, wrap) in [
            ("dc:title", &*self.title, Some(&alternatives as &dyn Fn(&str) -> String)),
            (
                "dc:creator",
                &self.author,
                Some(&|text: &str| format!("<rdf:Seq><rdf:li>{text}</rdf:li></rdf:Seq>")),
            ),
            ("dc:description", &self.subject, Some(&alternatives)),
            ("pdf:Keywords", &self.keywords, None),
            ("pdf:Producer", CREATOR, None),
            ("xmp:CreatorTool", CREATOR, None),
            ("xmp:CreateDate", &date, None),
            ("xmp:ModifyDate", &date, None),
            ("xmp:MetadataDate", &date, None),
            ("dc:format", "application/pdf", None),
            ("pdfaid:part", "1", None),
            ("pdfaid:conformance", "B", None),
        ] {
            if !value.is_empty() {
                let value = escaped(value);
                let value = wrap.map_or(value.clone(), |wrap| wrap(&value));
                properties += &format!("   <{name}>{value}</{name}>\n");
            }
        }
        format!(
            r#"<?xpacket begin="{byte_order_mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{properties}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
            byte_order_mark = '\u{FEFF}',
        )
    }
}

/// UTF-16, high byte first, with its mark: how PDF writes Chinese outside of pages.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// A text string object.
pub(super) fn text_string(text: &str) -> Object {
    Object::String(utf16(text), StringFormat::Hexadecimal)
}

/// On one line, without what XML cannot hold.
fn one_line(text: &str) -> String {
    let plain =
        |c: char| if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c };
    text.chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
