//! The part of a typeface that a paper uses, as an embedded font.

use std::collections::{BTreeMap, HashMap};

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use rayon::prelude::*;
use rustybuzz::ttf_parser;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::typeset::Paper;
use crate::typeset::page::{Face, Item};

use super::PdfError;
use super::check_box;
use super::text::{Cluster, clusters};

/// What a glyph reads as when nothing better is known; such glyphs always stand in an ActualText span.
const UNREADABLE: &str = "\u{200B}";

/// Drawn for a character the face lacks: PDF/A has no room for .notdef.
const SUBSTITUTE: (char, &str) = ('□', "□");

/// One face, subset. Glyphs go by their CID, which is the number in the subset font.
#[derive(Debug)]
pub(super) struct Subset {
    /// Name with its tag, such as `ABCDEF+NotoSerifSC-Regular`.
    pub(super) name: String,
    /// Height of capital letters, thousandths of an em.
    pub(super) cap_height: i16,
    /// Glyphs in the font program, parts of composite glyphs included.
    pub(super) glyph_count: u16,
    /// By glyph number of the whole face.
    cids: HashMap<u16, u16>,
    /// By CID: the ToUnicode entry.
    readings: Vec<String>,
    /// By CID: advance, thousandths of an em, as the PDF's `/W` says it.
    widths: Vec<u16>,
    /// Font file.
    program: Vec<u8>,
    /// For the font descriptor, thousandths of an em.
    metrics: PdfFontMetricsStub,
    /// For the font descriptor, thousandths of an em.
    line: FontMetrics,
}

/// The strings one glyph stands for in a paper, each with how often.
#[derive(Debug, Default)]
struct Readings<'a> {
    /// Alone in its cluster.
    alone: Vec<(&'a str, usize)>,
    /// As the n-th glyph of a cluster, the n-th part of its text.
    within: Vec<(&'a str, usize)>,
}

type Usage<'a> = BTreeMap<u16, Readings<'a>>;

/// Subsets every face the paper uses.
pub(super) fn embed(paper: &Paper) -> Result<BTreeMap<Face, Subset>, PdfError> {
    let subsets: Result<Vec<_>, _> = usage(paper)?
        .into_par_iter()
        .map(|(face, usage)| Subset::new(face, usage).map(|subset| (face, subset)))
        .collect();
    Ok(subsets?.into_iter().collect())
}

/// The name by which pages refer to a face. That of a chosen one is of its file, whatever else this run
/// has read in.
pub(super) fn resource(face: Face) -> FontId {
    FontId(match face {
        Face::Song => "Song".into(),
        Face::SongBold => "SongBold".into(),
        Face::Hei => "Hei".into(),
        Face::Kai => "Kai".into(),
        Face::SongScripts => "SongScripts".into(),
        Face::Chosen(chosen) => {
            let file = chosen.sha256().get(..12).unwrap_or_default();
            format!("Letter{file}{}", face.index())
        }
    })
}

fn failure(face: Face, reason: &impl ToString) -> PdfError {
    let reason = reason.to_string();
    match face {
        Face::Chosen(chosen) => PdfError::LetterFace { family: chosen.family(), reason },
        _ => PdfError::Font { face: face.postscript_name(), reason },
    }
}

fn usage(paper: &Paper) -> Result<BTreeMap<Face, Usage<'_>>, PdfError> {
    let mut faces: BTreeMap<Face, Usage> = BTreeMap::new();
    for item in paper.pages.iter().flat_map(|page| &page.items) {
        match item {
            Item::Text(run) => {
                let usage = faces.entry(run.face).or_default();
                clusters(run).for_each(|cluster| record(usage, cluster));
            }
            Item::CheckBox(check_box) => {
                let (glyph, reading) = check_box::stand_in(*check_box)?;
                let usage = faces.entry(check_box::FACE).or_default();
                count(&mut usage.entry(glyph).or_default().alone, reading);
            }
            Item::Rule(_) | Item::Fill(_) | Item::Picture(_) | Item::Mark(_) => {}
        }
    }
    faces.retain(|_, usage| !usage.is_empty());
    Ok(faces)
}

fn record<'a>(usage: &mut Usage<'a>, cluster: Cluster<'a>) {
    if let [glyph] = cluster.glyphs {
        count(&mut usage.entry(glyph.id).or_default().alone, cluster.text);
        return;
    }
    let mut parts: Vec<&str> = cluster.text.split("").filter(|part| !part.is_empty()).collect();
    if parts.len() != cluster.glyphs.len() {
        parts = vec![cluster.text];
    }
    for (index, glyph) in cluster.glyphs.iter().enumerate() {
        let readings = usage.entry(glyph.id).or_default();
        if let Some(part) = parts.get(index) {
            count(&mut readings.within, part);
        }
    }
}

fn count<'a>(readings: &mut Vec<(&'a str, usize)>, text: &'a str) {
    match readings.iter_mut().find(|(known, _)| *known == text) {
        Some((_, times)) => *times += 1,
        None => readings.push((text, 1)),
    }
}

impl Readings<'_> {
    /// The most frequent string, alone before within, the smaller of equals.
    fn best(&self) -> &str {
        [&self.alone, &self.within]
            .into_iter()
            .find_map(|readings| {
                readings
                    .iter()
                    .filter(|(text, _)| !text.is_empty())
                    .max_by(|(a, times_a), (b, times_b)| times_a.cmp(times_b).then(b.cmp(a)))
            })
            .map_or(UNREADABLE, |(text, _)| text)
    }
}

impl Subset {
    fn new(face: Face, mut usage: Usage) -> Result<Self, PdfError> {
        let (data, index) = (face.data(), face.index());
        let whole = ttf_parser::Face::parse(data, index).map_err(|e| failure(face, &e))?;
        let em = i32::from(whole.units_per_em());
        let thousandths = |length: i16| {
            let thousandths = i32::from(length) * 1000 / em;
            thousandths.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
        };
        let width = |glyph: u16| {
            let advance = whole.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or_default();
            (i32::from(advance) * 1000 / em).min(i32::from(u16::MAX)) as u16
        };

        let substitute = whole.glyph_index(SUBSTITUTE.0).unwrap_or_default().0;
        if usage.remove(&0).is_some() {
            count(&mut usage.entry(substitute).or_default().alone, SUBSTITUTE.1);
        }
        // CID 0 is .notdef, which every font has.
        let mut remapper = GlyphRemapper::new();
        let mut cids = HashMap::new();
        let mut readings = vec![UNREADABLE.to_owned()];
        let mut widths = vec![width(0)];
        for (&glyph, strings) in &usage {
            cids.insert(glyph, remapper.remap(glyph));
            readings.push(strings.best().to_owned());
            widths.push(width(glyph));
        }
        cids.insert(0, cids.get(&substitute).copied().unwrap_or_default());

        let program = subsetter::subset(data, index, &remapper).map_err(|e| failure(face, &e))?;
        let glyph_count =
            ttf_parser::Face::parse(&program, 0).map_err(|e| failure(face, &e))?.number_of_glyphs();
        let bounds = whole.global_bounding_box();
        Ok(Self {
            name: format!("{}+{}", tag(face, &usage), face.postscript_name()),
            cap_height: thousandths(whole.capital_height().unwrap_or(whole.ascender())),
            glyph_count,
            cids,
            readings,
            widths,
            program,
            metrics: PdfFontMetricsStub {
                x_min: thousandths(bounds.x_min),
                y_min: thousandths(bounds.y_min),
                x_max: thousandths(bounds.x_max),
                y_max: thousandths(bounds.y_max),
                us_weight_class: whole.weight().to_number(),
                ..PdfFontMetricsStub::default()
            },
            line: FontMetrics {
                ascent: thousandths(whole.ascender()),
                descent: thousandths(whole.descender()),
            },
        })
    }

    /// The number of a glyph in the subset, or of its substitute; .notdef when the paper does not use it.
    pub(super) fn cid(&self, glyph: u16) -> u16 {
        self.cids.get(&glyph).copied().unwrap_or_default()
    }

    /// What a glyph reads as.
    pub(super) fn reading(&self, cid: u16) -> &str {
        self.readings.get(usize::from(cid)).map_or(UNREADABLE, String::as_str)
    }

    /// Advance, thousandths of an em.
    pub(super) fn width(&self, cid: u16) -> f64 {
        self.widths.get(usize::from(cid)).copied().map_or(0.0, f64::from)
    }

    /// Whether the glyphs' own readings give the text of their cluster.
    pub(super) fn reads_as(&self, cluster: Cluster) -> bool {
        let mut rest = Some(cluster.text);
        for glyph in cluster.glyphs {
            rest = rest.and_then(|text| text.strip_prefix(self.reading(self.cid(glyph.id))));
        }
        rest == Some("")
    }

    /// The font for printpdf.
    pub(super) fn font(&self) -> PdfFont {
        PdfFont::new(ParsedFont {
            original_bytes: self.program.clone(),
            font_index: 0,
            font_name: Some(self.name.clone()),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: (0..).zip(self.widths.iter().copied()).collect(),
            units_per_em: self.metrics.units_per_em,
            font_metrics: self.line.clone(),
            font_type: FontType::TrueType,
            pdf_font_metrics: self.metrics.clone(),
        })
    }
}

/// Six capital letters that tell subsets of a face apart.
fn tag(face: Face, usage: &Usage) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name());
    for glyph in usage.keys() {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_six_capital_letters_of_the_glyphs() {
        let usage = |glyphs: &[u16]| -> Usage {
            glyphs.iter().map(|glyph| (*glyph, Readings::default())).collect()
        };
        let name = tag(Face::Song, &usage(&[3, 7]));
        assert!(name.len() == 6 && name.bytes().all(|byte| byte.is_ascii_uppercase()), "{name}");
        assert_eq!(name, tag(Face::Song, &usage(&[7, 3])));
        assert_ne!(name, tag(Face::Song, &usage(&[3, 8])));
        assert_ne!(name, tag(Face::Kai, &usage(&[3, 7])));
    }

    #[test]
    fn a_shared_glyph_reads_as_its_most_frequent_string() {
        let mut readings = Readings::default();
        assert_eq!(readings.best(), UNREADABLE);
        count(&mut readings.within, "丙");
        assert_eq!(readings.best(), "丙");
        ["乙", "甲", "乙", "甲", "丁"].iter().for_each(|text| count(&mut readings.alone, text));
        assert_eq!(readings.best(), "乙");
    }
}
