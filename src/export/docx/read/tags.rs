//! The tags and texts of an XML part one after the other, within bounds.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::LetterError;

/// Deepest nesting: Word's own files with tables, text boxes and fields in each other stay below 60.
const MAX_DEPTH: usize = 90;

/// What is met on the way through a part.
#[derive(Debug)]
pub(super) enum Tag<'a> {
    /// An element begins; its name with the prefix every program writes, such as `w:p`.
    Open(&'a str, Attributes<'a>),
    /// An element ends.
    Close(&'a str),
    /// Text.
    Text(&'a str),
}

/// The attributes of an element.
#[derive(Debug)]
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        // Without a check for repeated ones, which takes long where there are very many.
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false);
        let found = attributes.flatten().find(|found| found.key.as_ref() == name.as_bytes())?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// `w:val`.
    pub(super) fn val(&self) -> Option<String> {
        self.get("w:val")
    }

    /// Whether a property that is on or off is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Goes through a part; an empty one has nothing in it.
pub(super) fn walk(
    xml: &str,
    meet: &mut dyn FnMut(Tag<'_>) -> Result<(), LetterError>,
) -> Result<(), LetterError> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| LetterError::Damaged)? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(LetterError::Hostile);
                }
                let name = start.name();
                let name = std::str::from_utf8(name.as_ref()).map_err(|_| LetterError::Damaged)?;
                meet(Tag::Open(name, Attributes(&start)))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let name = end.name();
                let name = std::str::from_utf8(name.as_ref()).map_err(|_| LetterError::Damaged)?;
                meet(Tag::Close(name))?;
            }
            Event::Text(text) => {
                meet(Tag::Text(&text.decode().map_err(|_| LetterError::Damaged)?))?;
            }
            Event::CData(text) => {
                meet(Tag::Text(&text.decode().map_err(|_| LetterError::Damaged)?))?;
            }
            Event::GeneralRef(entity) => {
                let name = entity.decode().map_err(|_| LetterError::Damaged)?;
                let character = entity.resolve_char_ref().ok().flatten();
                let character = character.or_else(|| predefined(&name));
                let character = character.ok_or(LetterError::Hostile)?;
                meet(Tag::Text(character.encode_utf8(&mut [0; 4])))?;
            }
            // Only a hostile file declares its own entities.
            Event::DocType(_) => return Err(LetterError::Hostile),
            Event::Eof if depth > 0 => return Err(LetterError::Damaged),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
