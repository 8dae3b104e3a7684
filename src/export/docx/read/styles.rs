//! What the styles of a document say of headings.

use std::collections::HashMap;

use super::archive::LetterError;
use super::tags::{Tag, walk};

/// Most styles looked at.
const MAX_STYLES: usize = 20_000;
/// Longest chain of styles that follow each other.
const MAX_CHAIN: usize = 12;

/// A style of paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    bold: bool,
    number: Option<String>,
    level: usize,
}

/// The styles by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

/// Reads `styles.xml`; an empty text has none.
pub(super) fn read(xml: &str) -> Result<Styles, LetterError> {
    let mut styles = HashMap::new();
    let mut current: Option<(String, Style)> = None;
    walk(xml, &mut |tag| {
        match tag {
            Tag::Open("w:style", attributes) => {
                current = attributes.get("w:styleId").map(|id| (id, Style::default()));
            }
            Tag::Open(name, attributes) => {
                let Some((_, style)) = &mut current else { return Ok(()) };
                match name {
                    "w:name" => style.name = attributes.val().unwrap_or_default().to_lowercase(),
                    "w:basedOn" => style.based_on = attributes.val(),
                    "w:outlineLvl" => style.outline = outline(attributes.val()),
                    "w:b" => style.bold = attributes.is_on(),
                    "w:numId" => style.number = attributes.val(),
                    "w:ilvl" => {
                        style.level = attributes.val().and_then(|n| n.parse().ok()).unwrap_or(0);
                    }
                    _ => {}
                }
            }
            Tag::Close("w:style") if styles.len() < MAX_STYLES => styles.extend(current.take()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(Styles(styles))
}

/// The depth an outline level gives, from 0; 9 is body text.
pub(super) fn outline(value: Option<String>) -> Option<u8> {
    value?.parse().ok().filter(|level| *level < 9)
}

impl Styles {
    /// The style and those it follows, nearest first.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> + use<'a> {
        let next = |style: &&'a Style| style.based_on.as_ref().and_then(|id| self.0.get(id));
        std::iter::successors(self.0.get(id), next).take(MAX_CHAIN)
    }

    /// Depth of the headings of a style, from 0.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        self.chain(id).find_map(|style| {
            let named = ["heading ", "标题 "].iter().find_map(|start| {
                style.name.strip_prefix(start)?.trim().parse::<u8>().ok()?.checked_sub(1)
            });
            style.outline.or(named)
        })
    }

    /// Whether a style is one of a table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|style| {
            style.name.starts_with("toc ")
                || style.name.starts_with("目录")
                || style.name == "toc heading"
        })
    }

    /// Whether a style is that of captions.
    pub(super) fn is_caption(&self, id: &str) -> bool {
        self.chain(id).any(|style| matches!(style.name.as_str(), "caption" | "题注"))
    }

    /// Whether a style sets bold letters.
    pub(super) fn is_bold(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.bold)
    }

    /// The list a style numbers its paragraphs in, and the depth in it.
    pub(super) fn number(&self, id: &str) -> Option<(&str, usize)> {
        self.chain(id).find_map(|style| Some((style.number.as_deref()?, style.level)))
    }
}
