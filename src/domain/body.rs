//! What a section of a letter holds: text, and tables and figures between.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

use super::{BARE_NUMBER, Figure, Table, bare_number, plain};

/// A table or a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Figure),
}

impl Object {
    /// What it is captioned with, without its number.
    #[must_use]
    pub const fn caption(&self) -> &String {
        match self {
            Self::Table(table) => &table.caption,
            Self::Figure(figure) => &figure.caption,
        }
    }

    /// Its caption, to be edited.
    pub const fn caption_mut(&mut self) -> &mut String {
        match self {
            Self::Table(table) => &mut table.caption,
            Self::Figure(figure) => &mut figure.caption,
        }
    }
}

/// An object and the text behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The table or figure.
    pub object: Object,
    /// The text up to the next one, or to the end.
    pub after: String,
}

/// A section's text with its tables and figures.
///
/// In a file it is a text, or, where it has objects, a list that begins and ends with a text and has
/// one object between two texts: `["…", {"table": {…}}, "…"]`. The text or object at index `i` of
/// that list is block `i`. Other lists are read as well: what follows each other is joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The text before the first object; all of it where there is none. Block 0.
    pub opening: String,
    /// The objects, each with what follows it: blocks 1 and 2, 3 and 4, and so on.
    pub parts: Vec<Part>,
}

/// One block of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block<'a> {
    /// Text, maybe empty.
    Text(&'a String),
    /// A table or figure.
    Object(&'a Object),
}

impl Body {
    /// Nothing but text.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        self.parts.is_empty()
    }

    /// Its blocks in order, texts and objects by turns; a block's place here is its index.
    pub fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        let parts = self.parts.iter();
        let parts = parts.flat_map(|part| [Block::Object(&part.object), Block::Text(&part.after)]);
        std::iter::once(Block::Text(&self.opening)).chain(parts)
    }

    /// The text at a block index; `None` for an object or past the end.
    #[must_use]
    pub fn text(&self, block: usize) -> Option<&String> {
        match block {
            0 => Some(&self.opening),
            _ if block.is_multiple_of(2) => self.parts.get(block / 2 - 1).map(|part| &part.after),
            _ => None,
        }
    }

    /// The text at a block index, to be edited.
    pub fn text_mut(&mut self, block: usize) -> Option<&mut String> {
        match block {
            0 => Some(&mut self.opening),
            _ if block.is_multiple_of(2) => {
                self.parts.get_mut(block / 2 - 1).map(|part| &mut part.after)
            }
            _ => None,
        }
    }

    /// The object at a block index; `None` for a text or past the end.
    #[must_use]
    pub fn object(&self, block: usize) -> Option<&Object> {
        let part = block.checked_sub(1).filter(|before| before.is_multiple_of(2))? / 2;
        self.parts.get(part).map(|part| &part.object)
    }

    /// The object at a block index, to be edited.
    pub fn object_mut(&mut self, block: usize) -> Option<&mut Object> {
        let part = block.checked_sub(1).filter(|before| before.is_multiple_of(2))? / 2;
        self.parts.get_mut(part).map(|part| &mut part.object)
    }

    /// Puts an object into the text at a block index, behind its first `at` bytes; a place within a
    /// character is moved to its start. The object's block index; `None` where there is no such text.
    pub fn insert(&mut self, block: usize, at: usize, object: Object) -> Option<usize> {
        let text = self.text_mut(block)?;
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let rest = text.split_off(at);
        let after = rest.strip_prefix('\n').unwrap_or(&rest).to_owned();
        if text.ends_with('\n') {
            text.pop();
        }
        self.parts.insert(block / 2, Part { object, after });
        Some(block + 1)
    }

    /// Puts an object behind everything; its block index.
    pub fn push(&mut self, object: Object) -> usize {
        self.parts.push(Part { object, after: String::new() });
        self.parts.len() * 2 - 1
    }

    /// Adds a paragraph of text behind everything.
    pub fn push_text(&mut self, words: &str) {
        let last = self.parts.last_mut().map_or(&mut self.opening, |part| &mut part.after);
        join(last, words);
    }

    /// Takes the object at a block index out; the texts around it become one.
    pub fn remove(&mut self, block: usize) -> Option<Object> {
        self.object(block)?;
        let part = self.parts.remove(block / 2);
        join(self.text_mut(block - 1)?, &part.after);
        Some(part.object)
    }

    /// Exchanges the object at a block index with the text before it (`up`), or with the text behind
    /// it; past the first or last paragraph it goes over to the next text. Its new block index.
    pub fn shift(&mut self, block: usize, up: bool) -> Option<usize> {
        self.object(block)?;
        let part = block / 2;
        match up {
            true if self.text(block - 1)?.is_empty() => {
                let other = part.checked_sub(1)?;
                self.swap_objects(other, part);
                Some(block - 2)
            }
            false if self.text(block + 1)?.is_empty() => {
                if part + 1 >= self.parts.len() {
                    return None;
                }
                self.swap_objects(part, part + 1);
                Some(block + 2)
            }
            true => {
                let before = self.text_mut(block - 1)?;
                let at = before.rfind('\n').map_or(0, |at| at + 1);
                let moved = before.split_off(at);
                if before.ends_with('\n') {
                    before.pop();
                }
                let after = self.text_mut(block + 1)?;
                let rest = std::mem::replace(after, moved);
                join(after, &rest);
                Some(block)
            }
            false => {
                let after = self.text_mut(block + 1)?;
                let at = after.find('\n').unwrap_or(after.len());
                let rest = after.split_off(at);
                let moved =
                    std::mem::replace(after, rest.strip_prefix('\n').unwrap_or(&rest).to_owned());
                join(self.text_mut(block - 1)?, &moved);
                Some(block)
            }
        }
    }

    /// Whether [`shift`](Self::shift) can move the object at a block index.
    #[must_use]
    pub fn may_shift(&self, block: usize, up: bool) -> bool {
        let Some(before) = block.checked_sub(1).filter(|_| self.object(block).is_some()) else {
            return false;
        };
        let beside = if up { before } else { block + 1 };
        let has_text = self.text(beside).is_some_and(|text| !text.is_empty());
        has_text || if up { before > 0 } else { block + 2 < 2 * self.parts.len() + 1 }
    }

    fn swap_objects(&mut self, first: usize, second: usize) {
        if let Ok([a, b]) = self.parts.get_disjoint_mut([first, second]) {
            std::mem::swap(&mut a.object, &mut b.object);
        }
    }

    /// Every text the applicant has written in it, in printed order: paragraphs, captions, cells.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.blocks().flat_map(|block| -> Box<dyn Iterator<Item = &str>> {
            match block {
                Block::Text(text) => Box::new(std::iter::once(text.as_str())),
                Block::Object(Object::Figure(figure)) => {
                    Box::new(std::iter::once(figure.caption.as_str()))
                }
                Block::Object(Object::Table(table)) => {
                    let cells = table.rows.iter().flatten().map(String::as_str);
                    Box::new(std::iter::once(table.caption.as_str()).chain(cells))
                }
            }
        })
    }

    /// The figures in it, each with its block index.
    pub fn figures(&self) -> impl Iterator<Item = (usize, &Figure)> {
        let parts = self.parts.iter().enumerate();
        parts.filter_map(|(n, part)| match &part.object {
            Object::Figure(figure) => Some((2 * n + 1, figure)),
            Object::Table(_) => None,
        })
    }
}

/// Puts `words` behind `text`, on a line of their own.
fn join(text: &mut String, words: &str) {
    if !text.is_empty() && !words.is_empty() {
        text.push('\n');
    }
    text.push_str(words);
}

impl From<String> for Body {
    fn from(opening: String) -> Self {
        Self { opening, parts: Vec::new() }
    }
}

impl From<&str> for Body {
    fn from(opening: &str) -> Self {
        Self::from(opening.to_owned())
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_plain() {
            return serializer.serialize_str(&self.opening);
        }
        let mut list = serializer.serialize_seq(Some(2 * self.parts.len() + 1))?;
        for block in self.blocks() {
            match block {
                Block::Text(text) => list.serialize_element(text)?,
                Block::Object(object) => list.serialize_element(object)?,
            }
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Body;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts, tables and figures")
            }
            fn visit_str<E>(self, text: &str) -> Result<Body, E> {
                Ok(Body::from(text))
            }
            fn visit_string<E>(self, text: String) -> Result<Body, E> {
                Ok(Body::from(text))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Body, E> {
                Ok(Body::from(number.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Body, E> {
                Ok(Body::from(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Body, E> {
                Ok(Body::from(number.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Body, A::Error> {
                bare_number(&self, map).map(Body::from)
            }
            fn visit_unit<E>(self) -> Result<Body, E> {
                Ok(Body::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Body, A::Error> {
                let mut body = Body::default();
                while let Some(element) = list.next_element()? {
                    match element {
                        Element::Text(words) => body.push_text(&words),
                        Element::Object(object) => _ = body.push(*object),
                    }
                }
                Ok(body)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// What an element of the list that is no text is.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Table,
    Figure,
}

/// The first key of such an element, or of a number.
enum Key {
    Kind(Kind),
    BareNumber,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = Cow::<str>::deserialize(deserializer)?;
        if key == BARE_NUMBER {
            return Ok(Self::BareNumber);
        }
        Kind::deserialize(key.into_deserializer()).map(Self::Kind)
    }
}

/// An element of the list.
enum Element {
    Text(String),
    Object(Box<Object>),
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Element;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a table or a figure")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Element, E> {
                Ok(Element::Text(text.to_owned()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Element, E> {
                Ok(Element::Text(number.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Element, E> {
                Ok(Element::Text(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Element, E> {
                Ok(Element::Text(number.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Element, A::Error> {
                let object = match map.next_key()? {
                    Some(Key::Kind(Kind::Table)) => Object::Table(map.next_value()?),
                    Some(Key::Kind(Kind::Figure)) => Object::Figure(map.next_value()?),
                    Some(Key::BareNumber) => {
                        return map.next_value::<String>().map(|n| Element::Text(plain(&n)));
                    }
                    None => return Err(A::Error::custom("空的一项，应为一张表或一幅图")),
                };
                match map.next_key::<IgnoredAny>()? {
                    Some(_) => Err(A::Error::custom("一项里只能有一张表或一幅图")),
                    None => Ok(Element::Object(Box::new(object))),
                }
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for Body {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Body".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let object = generator.subschema_for::<Object>();
        schemars::json_schema!({
            "description": "正文：一段文字，或文字、表格、插图交替的列表",
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "anyOf": [{ "type": "string" }, object] } }
            ]
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn table(caption: &str) -> Object {
        Object::Table(Table { caption: caption.to_owned(), ..Table::empty(1, 1) })
    }

    fn caption(body: &Body, block: usize) -> &str {
        body.object(block).unwrap().caption()
    }

    #[test]
    fn plain_text_is_a_text_in_the_file() {
        let body: Body = serde_json::from_str("\"研发\"").unwrap();
        assert_eq!(body, Body::from("研发"));
        assert_eq!(serde_json::to_string(&body).unwrap(), "\"研发\"");
        assert_eq!(serde_json::from_str::<Body>("12").unwrap(), Body::from("12"));
        assert_eq!(serde_json::from_str::<Body>("null").unwrap(), Body::default());
    }

    #[test]
    fn a_block_index_is_its_place_in_the_file() {
        let mut body = Body::from("前");
        body.push(table("甲"));
        body.push_text("中");
        body.push(table("乙"));
        let json = serde_json::to_value(&body).unwrap();
        assert_eq!(json[1]["table"]["caption"], "甲");
        assert_eq!(json[2], "中");
        assert_eq!(json[3]["table"]["caption"], "乙");
        assert_eq!(json[4], "");
        assert_eq!(body.text(2).unwrap(), "中");
        assert_eq!(caption(&body, 3), "乙");
        assert!(body.text(3).is_none() && body.object(2).is_none() && body.object(5).is_none());
        assert_eq!(serde_json::from_value::<Body>(json).unwrap(), body);
    }

    #[test]
    fn any_list_of_blocks_is_read_without_loss() {
        let json = r#"[{"table":{"rows":[[1,"二"]]}},{"figure":{"caption":"图"}},"一","二"]"#;
        let body: Body = serde_json::from_str(json).unwrap();
        assert_eq!(body.words().collect::<Vec<_>>(), ["", "", "1", "二", "", "图", "一\n二"]);
        assert!(serde_json::from_str::<Body>(r#"[{"formula":{}}]"#).is_err());
        assert_eq!(serde_json::from_str::<Body>("[7]").unwrap(), Body::from("7"));
        assert!(serde_json::from_str::<Body>("{}").is_err());
    }

    #[test]
    fn an_object_parts_the_text_at_the_caret_and_removing_it_joins_it_again() {
        let mut body = Body::from("第一段\n第二段");
        assert_eq!(body.insert(0, "第一段".len(), table("甲")), Some(1));
        assert_eq!((body.opening.as_str(), body.text(2).unwrap().as_str()), ("第一段", "第二段"));
        assert_eq!(body.insert(2, 4, table("乙")), Some(3), "within a character");
        assert_eq!(body.text(2).unwrap(), "第");
        assert_eq!(body.insert(1, 0, table("无")), None, "not into a table");
        assert!(body.remove(3).is_some() && body.remove(1).is_some() && body.remove(1).is_none());
        assert_eq!(body, Body::from("第一段\n第\n二段"));
    }

    #[test]
    fn an_object_moves_a_paragraph_at_a_time_and_past_its_neighbour() {
        let mut body = Body::from("一\n二");
        body.push(table("甲"));
        body.push(table("乙"));
        assert_eq!(body.shift(1, true), Some(1));
        assert_eq!((body.opening.as_str(), body.text(2).unwrap().as_str()), ("一", "二"));
        assert_eq!(body.shift(1, false), Some(1));
        assert_eq!(body.opening, "一\n二");
        assert_eq!(body.shift(1, false), Some(3), "no text between: they change places");
        assert_eq!((caption(&body, 1), caption(&body, 3)), ("乙", "甲"));
        assert_eq!(body.shift(3, false), None);
        assert!(!body.may_shift(3, false) && body.may_shift(3, true) && body.may_shift(1, true));
        assert_eq!(body.shift(3, true), Some(1));
        assert_eq!(body.shift(1, true).and_then(|n| body.shift(n, true)), Some(1));
        assert_eq!(body.shift(1, true), None);
        assert_eq!(body.words().collect::<Vec<_>>(), ["", "甲", "", "一\n二", "乙", "", ""]);
    }
}
