//! The page of a document: size, margins, page numbers at its foot, 草稿 across it.

use super::Info;
use super::element::Element;
use super::look::{Font, Look, twips};
use super::paragraph::run;
use super::part::{Part, RELATIONS, WORD};
use crate::typeset::forms::Manuscript;
use crate::typeset::geometry::{A4_HEIGHT, A4_WIDTH, MM};
use crate::typeset::page::{Face, PaperKind};
use crate::typeset::paragraph::{Align, Style};

/// Whose heads and feet a part is.
const KINDS: [&str; 3] = ["default", "even", "first"];

/// The foot of even pages, where it is another than that of odd ones.
pub(super) const EVEN_FOOT: &str = "footer2";

/// The heads and feet of a paper, and the section that names them.
pub(super) fn section(manuscript: &Manuscript, info: &Info<'_>) -> (Vec<Part>, Element) {
    let is_letter = matches!(manuscript.kind, PaperKind::Application(_));
    let mut parts = Vec::new();
    let mut section = Element::new("w:sectPr");
    if info.draft_mark {
        parts.push(Part { name: "header1", kind: "header", file: head() });
        let kinds = if is_letter { &KINDS[..] } else { &KINDS[..1] };
        section =
            section.children(kinds.iter().map(|kind| refer("w:headerReference", kind, "header1")));
    }
    let number = if is_letter { letter_number(Align::Right) } else { table_number() };
    let mut feet = vec![("default", "footer1", number)];
    if is_letter && info.double_sided {
        feet.push(("even", EVEN_FOOT, letter_number(Align::Left)));
    }
    for (kind, name, file) in feet {
        section = section.child(refer("w:footerReference", kind, name));
        parts.push(Part { name, kind: "footer", file });
    }
    section = section
        .child(Element::new("w:pgSz").with("w:w", twips(A4_WIDTH)).with("w:h", twips(A4_HEIGHT)));
    section = section.child(margins(manuscript, is_letter));
    if is_letter {
        // The cover has no number, the page after it is the first.
        section = section
            .child(Element::new("w:pgNumType").with("w:start", 0))
            .child(Element::new("w:titlePg"));
    }
    (parts, section)
}

fn refer(name: &'static str, kind: &str, part: &str) -> Element {
    Element::new(name).with("w:type", kind).with("r:id", part)
}

fn margins(manuscript: &Manuscript, is_letter: bool) -> Element {
    let frame = manuscript.frame;
    // Where the numbers of the printed pages end, below the text.
    let number_bottom = if is_letter { 7.0 * MM + 10.0 } else { 4.0 * MM + 12.0 };
    let footer = A4_HEIGHT - frame.bottom() - number_bottom;
    Element::new("w:pgMar")
        .with("w:top", twips(frame.y))
        .with("w:right", twips(A4_WIDTH - frame.right()))
        .with("w:bottom", twips(A4_HEIGHT - frame.bottom()))
        .with("w:left", twips(frame.x))
        .with("w:header", twips(15.0 * MM))
        .with("w:footer", twips(footer))
        .with("w:gutter", 0)
}

/// — 1 —, one 字 in from the edge (GB/T 9704-2012 7.5).
fn letter_number(align: Align) -> Vec<u8> {
    let look = Look::from(&Style::new(Face::Song, 14.0, 20.0).align(align));
    let side = if align == Align::Right { "w:right" } else { "w:left" };
    let mut paragraph = look.paragraph(None, 0.0, 0.0);
    for part in &mut paragraph {
        if part.is_named("w:ind") {
            *part = Element::new("w:ind").with(side, twips(14.0));
        }
    }
    let pieces = [Piece::Words("— "), Piece::Number("PAGE"), Piece::Words(" —")];
    foot(paragraph, &look, &pieces)
}

/// 第 1 页　共 2 页.
fn table_number() -> Vec<u8> {
    let look = Look::from(&Style::new(Face::Song, 9.0, 12.0).align(Align::Centre));
    let pieces = [
        Piece::Words("第 "),
        Piece::Number("PAGE"),
        Piece::Words(" 页　共 "),
        Piece::Number("NUMPAGES"),
        Piece::Words(" 页"),
    ];
    foot(look.paragraph(None, 0.0, 0.0), &look, &pieces)
}

/// A piece of a foot.
enum Piece {
    Words(&'static str),
    /// A number the program that shows the document counts.
    Number(&'static str),
}

fn foot(paragraph: Vec<Element>, look: &Look, pieces: &[Piece]) -> Vec<u8> {
    let style = || look.run(None, false);
    let runs = pieces.iter().map(|piece| match piece {
        Piece::Words(words) => run(words, style()),
        Piece::Number(field) => Element::new("w:fldSimple")
            .with("w:instr", format!(" {field} "))
            .child(run("1", style())),
    });
    let paragraph =
        Element::new("w:p").child(Element::new("w:pPr").children(paragraph)).children(runs);
    Element::new("w:ftr")
        .with("xmlns:w", WORD)
        .with("xmlns:r", RELATIONS)
        .child(paragraph)
        .to_file()
}

/// 草稿 from corner to corner below the text, in the form in which Word makes its own watermarks.
fn head() -> Vec<u8> {
    let kind = Element::new("v:shapetype")
        .with("id", "_x0000_t136")
        .with("coordsize", "21600,21600")
        .with("o:spt", 136)
        .with("adj", 10800)
        .with("path", "m@7,l@8,m@5,21600l@6,21600e")
        .child(formulas())
        .child(
            Element::new("v:path")
                .with("textpathok", "t")
                .with("o:connecttype", "custom")
                .with("o:connectlocs", "@9,0;@10,10800;@11,21600;@12,10800")
                .with("o:connectangles", "270,180,90,0"),
        )
        .child(Element::new("v:textpath").with("on", "t").with("fitshape", "t"));
    let place = "position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;\
                 rotation:310;z-index:-251658752;mso-position-horizontal:center;\
                 mso-position-horizontal-relative:margin;mso-position-vertical:center;\
                 mso-position-vertical-relative:margin";
    let shape = Element::new("v:shape")
        .with("id", "PowerPlusWaterMarkObject1")
        .with("o:spid", "_x0000_s2049")
        .with("type", "#_x0000_t136")
        .with("alt", "草稿")
        .with("style", place)
        .with("o:allowincell", "f")
        .with("fillcolor", "#dbdbdb")
        .with("stroked", "f")
        .child(
            Element::new("v:textpath")
                .with("style", "font-family:\"宋体\";font-size:1pt;font-weight:bold")
                .with("string", "草稿"),
        );
    let picture = Element::new("w:pict").child(kind).child(shape);
    let words = Look { font: Font::Hei, ..Look::from(&Style::new(Face::Hei, 9.0, 12.0)) };
    let paragraph = Element::new("w:p")
        .child(Element::new("w:pPr").children(words.paragraph(None, 0.0, 0.0)))
        .child(run("草稿，不能报送", words.run(None, false)))
        .child(Element::new("w:r").child(picture));
    Element::new("w:hdr")
        .with("xmlns:w", WORD)
        .with("xmlns:r", RELATIONS)
        .with("xmlns:v", "urn:schemas-microsoft-com:vml")
        .with("xmlns:o", "urn:schemas-microsoft-com:office:office")
        .child(paragraph)
        .to_file()
}

fn formulas() -> Element {
    let equations = [
        "sum #0 0 10800",
        "prod #0 2 1",
        "sum 21600 0 @1",
        "sum 0 0 @2",
        "sum 21600 0 @3",
        "if @0 @3 0",
        "if @0 21600 @1",
        "if @0 0 @2",
        "if @0 @4 21600",
        "mid @5 @6",
        "mid @8 @5",
        "mid @7 @8",
        "mid @6 @7",
        "sum @6 0 @5",
    ];
    Element::new("v:formulas").children(equations.map(|eqn| Element::new("v:f").with("eqn", eqn)))
}
