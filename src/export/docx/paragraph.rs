//! A paragraph of a paper as a paragraph of a document.

use std::borrow::Cow;

use super::element::Element;
use super::look::{Font, Look, twips};
use super::style::Named;
use crate::typeset::line_break::is_wide;
use crate::typeset::paragraph::{Align, Inline, Paragraph, SPREAD};

/// Room between a label and the line behind it, pt: the jump to the line needs some.
const LABEL_GAP: f32 = 4.0;

/// Where and how a paragraph stands besides its own style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting<'a> {
    /// The named style it follows.
    pub(super) named: Option<&'a Named>,
    /// Room above, pt.
    pub(super) before: f32,
    /// Room below, pt.
    pub(super) after: f32,
    /// Begins a page.
    pub(super) page_break: bool,
    /// Stands on the page on which the next paragraph begins.
    pub(super) keep_next: bool,
    /// Its blank is a line to the right edge, this far from the left one, pt.
    pub(super) line_to: Option<f32>,
}

/// `w:p` of a paragraph.
pub(super) fn paragraph(paragraph: &Paragraph, setting: Setting<'_>) -> Element {
    let base = setting.named.map(|named| named.look);
    let mut look = Look::from(&paragraph.style);
    // A style may name another font than the one that is printed, such as 仿宋.
    if let Some(named) = setting.named.filter(|named| named.stands_for == look.font) {
        look.font = named.look.font;
    }
    if setting.line_to.is_some() {
        look.hang += LABEL_GAP;
    }
    let mut properties = Element::new("w:pPr");
    if let Some(named) = setting.named {
        properties = properties.child(Element::val("w:pStyle", named.id));
    }
    if setting.keep_next {
        properties = properties.child(Element::new("w:keepNext"));
    }
    if setting.page_break {
        properties = properties.child(Element::new("w:pageBreakBefore"));
    }
    if let Some(width) = setting.line_to {
        let tab = Element::val("w:tab", "right").with("w:pos", twips(width));
        properties = properties.child(Element::new("w:tabs").child(tab));
    }
    let properties =
        properties.children(look.paragraph(base.as_ref(), setting.before, setting.after));
    let mut element = Element::new("w:p");
    if !properties.is_bare() {
        element = element.child(properties);
    }
    let runs = Runs { look, base, line_to: setting.line_to };
    element.children(paragraph.inlines.iter().flat_map(|inline| runs.of(inline)))
}

/// An empty paragraph of a height, pt; tables need one between and after them.
pub(super) fn spacer(height: f32) -> Element {
    let spacing = Element::new("w:spacing")
        .with("w:line", twips(height.max(1.0)))
        .with("w:lineRule", "exact");
    let size = Element::new("w:rPr").child(Element::val("w:sz", 2));
    Element::new("w:p").child(Element::new("w:pPr").child(spacing).child(size))
}

/// `w:r` with a text, its tabs kept.
pub(super) fn run(text: &str, properties: Vec<Element>) -> Element {
    let mut element = Element::new("w:r");
    if !properties.is_empty() {
        element = element.child(Element::new("w:rPr").children(properties));
    }
    for (n, part) in text.split('\t').enumerate() {
        if n > 0 {
            element = element.child(Element::new("w:tab"));
        }
        if !part.is_empty() {
            element = element.child(Element::new("w:t").with("xml:space", "preserve").text(part));
        }
    }
    element
}

/// Makes the runs of one paragraph.
struct Runs {
    look: Look,
    base: Option<Look>,
    line_to: Option<f32>,
}

impl Runs {
    fn of(&self, inline: &Inline) -> Vec<Element> {
        match inline {
            Inline::Text { text, .. } if text.is_empty() => Vec::new(),
            Inline::Text { text, face } => {
                let font = face.map_or(self.look.font, Font::from);
                vec![self.run(&self.spread(text), font, false)]
            }
            Inline::Blank { text, tail, least, .. } => {
                let font = self.look.font;
                let mut runs = match self.line_to {
                    Some(_) => {
                        vec![
                            self.run("\t", font, false),
                            self.run(&format!("{text}\t"), font, true),
                        ]
                    }
                    None => vec![self.run(&self.filled(text, *least), font, true)],
                };
                if !tail.is_empty() {
                    runs.push(self.run(tail, font, false));
                }
                runs
            }
            Inline::CheckBox { checked } => vec![self.check_box(*checked)],
            Inline::Choice { checked, words } => {
                vec![self.check_box(*checked), self.run(words, self.look.font, false)]
            }
        }
    }

    fn run(&self, text: &str, font: Font, underlined: bool) -> Element {
        let look = Look { font, ..self.look };
        run(text, look.run(self.base.as_ref(), underlined))
    }

    fn check_box(&self, checked: bool) -> Element {
        self.run(if checked { "☑" } else { "☐" }, Font::Symbol, false)
    }

    /// The letters of a label drawn apart as offices type it: 传　　真 beside 联系电话. What documents
    /// know of spreading (`w:jc` of `distribute`) would fill the cell.
    fn spread<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let parts: Vec<&str> = text.split('\u{3000}').collect();
        if self.look.align != Align::Spread || parts.len() < 2 {
            return Cow::Borrowed(text);
        }
        let letters: usize = parts.iter().map(|part| part.chars().count()).sum();
        let room = (SPREAD as usize).saturating_sub(letters).max(parts.len() - 1);
        Cow::Owned(parts.join(&"\u{3000}".repeat(room / (parts.len() - 1))))
    }

    /// What was filled in, in the middle of a line at least `least` pt long. The line is made of spaces
    /// that do not shrink: those of Chinese type, and one of half their width.
    fn filled(&self, text: &str, least: f32) -> String {
        let halves: usize = text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum();
        let missing = (least / self.look.size * 2.0).round() as usize;
        let missing = missing.saturating_sub(halves);
        let room = |halves: usize| {
            let odd = if halves % 2 == 1 { "\u{A0}" } else { "" };
            format!("{}{odd}", "\u{3000}".repeat(halves / 2))
        };
        let before = missing / 2;
        format!("{}{text}{}", room(before), room(missing - before))
    }
}
