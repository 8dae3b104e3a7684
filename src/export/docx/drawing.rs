//! A picture in the text of a document.

use super::element::Element;
use super::media::Medium;

/// Namespace of `wp:`.
pub(super) const PLACING: &str =
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// Namespace of `a:`.
pub(super) const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// Namespace of `pic:`.
pub(super) const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// English Metric Units in a point.
const EMU: f32 = 12_700.0;

/// `w:r` with a picture of a size, pt. `number` is its own among the drawings; `words` are read to
/// those who cannot see it.
pub(super) fn picture(medium: &Medium, size: (f32, f32), number: usize, words: &str) -> Element {
    let emu = |length: f32| (length.max(1.0) * EMU).round() as i64;
    let extent = |name| Element::new(name).with("cx", emu(size.0)).with("cy", emu(size.1));
    let named = |element: Element| {
        element.with("id", number).with("name", format!("图片 {number}")).with("descr", words)
    };
    let locks = Element::new("a:graphicFrameLocks").with("noChangeAspect", 1);
    let graphic = Element::new("a:graphic").child(
        Element::new("a:graphicData").with("uri", PICTURE).child(
            Element::new("pic:pic")
                .child(
                    Element::new("pic:nvPicPr")
                        .child(named(Element::new("pic:cNvPr")))
                        .child(Element::new("pic:cNvPicPr")),
                )
                .child(
                    Element::new("pic:blipFill")
                        .child(Element::new("a:blip").with("r:embed", medium.name()))
                        .child(Element::new("a:stretch").child(Element::new("a:fillRect"))),
                )
                .child(shape(extent("a:ext"))),
        ),
    );
    let inline = Element::new("wp:inline")
        .with("distT", 0)
        .with("distB", 0)
        .with("distL", 0)
        .with("distR", 0)
        .child(extent("wp:extent"))
        .child(named(Element::new("wp:docPr")))
        .child(Element::new("wp:cNvGraphicFramePr").child(locks))
        .child(graphic);
    Element::new("w:r").child(Element::new("w:drawing").child(inline))
}

fn shape(extent: Element) -> Element {
    let place = Element::new("a:off").with("x", 0).with("y", 0);
    let outline = Element::new("a:prstGeom").with("prst", "rect").child(Element::new("a:avLst"));
    Element::new("pic:spPr").child(Element::new("a:xfrm").child(place).child(extent)).child(outline)
}
