//! Elements of XML, written with what XML cannot hold replaced.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// An element with its attributes and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An empty element.
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// An empty element with a `w:val`, which most of them have.
    pub(super) fn val(name: &'static str, value: impl ToString) -> Self {
        Self::new(name).with("w:val", value)
    }

    /// The same with an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The same holding another.
    pub(super) fn child(mut self, child: Self) -> Self {
        self.content.push(Node::Element(child));
        self
    }

    /// The same holding others.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(children.into_iter().map(Node::Element));
        self
    }

    /// The same holding a text.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Node::Text(text.into()));
        self
    }

    /// Holds nothing and says nothing.
    pub(super) fn is_bare(&self) -> bool {
        self.attributes.is_empty() && self.content.is_empty()
    }

    /// Whether it has this name.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.name == name
    }

    /// It as an XML file.
    pub(super) fn to_file(&self) -> Vec<u8> {
        let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        self.write(&mut xml);
        xml.into_bytes()
    }

    fn write(&self, xml: &mut String) {
        xml.push('<');
        xml.push_str(self.name);
        for (name, value) in &self.attributes {
            xml.push(' ');
            xml.push_str(name);
            xml.push_str("=\"");
            xml.push_str(&escape(&*writable(value)));
            xml.push('"');
        }
        if self.content.is_empty() {
            xml.push_str("/>");
            return;
        }
        xml.push('>');
        for node in &self.content {
            match node {
                Node::Element(element) => element.write(xml),
                Node::Text(text) => xml.push_str(&escape(&*writable(text))),
            }
        }
        xml.push_str("</");
        xml.push_str(self.name);
        xml.push('>');
    }
}

/// The text with � for each character XML 1.0 forbids.
fn writable(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Element;

    #[test]
    fn what_xml_cannot_hold_does_not_break_the_file() {
        let file = Element::new("w:t").with("a", "\"<").text("甲&乙 < \u{1}丙").to_file();
        let text = String::from_utf8(file).unwrap();
        assert!(text.ends_with("<w:t a=\"&quot;&lt;\">甲&amp;乙 &lt; \u{FFFD}丙</w:t>"), "{text}");
    }
}
