//! A figure of a letter: how large it is on paper.

use crate::domain::{Figure, Place, Within};
use crate::typeset::geometry::Rect;
use crate::typeset::paragraph::set;

use super::application::PITCH;
use super::illustration::GAP;
use super::letter_table::caption;
use super::manuscript::{Illustration, Writing};

/// Pixels of a picture in an inch, where no width is chosen.
const DENSITY: f32 = 150.0;
/// Share of the width that a picture takes whose size nobody knows.
const UNKNOWN: f32 = 0.6;
/// Least width and height of the box of a figure without a picture, pt.
const LEAST_GAP: (f32, f32) = (120.0, 40.0);

/// Adds a figure; `label` is 图 with its number. `follows_text` is false right under a heading, which
/// must find room on its page.
pub(super) fn add(
    paper: &mut Writing,
    figure: &Figure,
    label: &str,
    place: Place,
    follows_text: bool,
) {
    let caption = caption(label, &figure.caption, place);
    let frame = paper.frame;
    let below: f32 = set(&caption, frame.width).iter().map(|line| line.height).sum();
    // Two headings may stand above, and half a line of room.
    let above = if follows_text { 0.0 } else { 2.5 * PITCH };
    let most = (frame.height - below - GAP - above).max(frame.height / 4.0);
    let field = Place { within: Within::Object, ..place }.field();
    let mut size = size(figure, frame, most);
    if figure.file.sha256.is_empty() {
        size = (size.0.max(LEAST_GAP.0), size.1.max(LEAST_GAP.1));
    }
    paper.illustration(Illustration { file: figure.file.clone(), size, caption, field });
}

/// Width and height, pt: as chosen, never wider than the text nor higher than `most`.
fn size(figure: &Figure, frame: Rect, most: f32) -> (f32, f32) {
    let [across, down] = figure.pixels.map(|pixels| pixels as f32);
    let known = across > 0.0 && down > 0.0;
    let width = match figure.width {
        0 if known => (across / DENSITY * 72.0).min(frame.width),
        0 => frame.width * UNKNOWN,
        share => frame.width * f32::from(share.min(100)) / 100.0,
    };
    let shape = if known { down / across } else { 0.75 };
    let height = width * shape;
    let fits = if height > most { most / height } else { 1.0 };
    // A picture of one row of pixels is a hairline still.
    ((width * fits).max(1.0), (height * fits).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::super::application::frame;
    use super::*;

    fn sized(pixels: [u32; 2], width: u8) -> (f32, f32) {
        size(&Figure { pixels, width, ..Figure::default() }, frame(), 600.0)
    }

    fn assert_near(size: (f32, f32), wanted: (f32, f32)) {
        let near = (size.0 - wanted.0).abs() < 0.01 && (size.1 - wanted.1).abs() < 0.01;
        assert!(near, "{size:?} is not {wanted:?}");
    }

    #[test]
    fn a_figure_is_as_large_as_chosen_and_keeps_its_shape() {
        let whole = frame().width;
        assert_near(sized([800, 400], 50), (whole / 2.0, whole / 4.0));
        // Two inches at 150 dpi.
        assert_near(sized([300, 150], 0), (144.0, 72.0));
        assert_near(sized([30000, 15000], 0), (whole, whole / 2.0));
        assert_near(sized([300, 150], 255), (whole, whole / 2.0));
    }

    #[test]
    fn a_figure_never_leaves_the_page_nor_vanishes() {
        let (width, height) = sized([100, 10_000], 100);
        assert!(height <= 600.0 && (width - 6.0).abs() < 0.01, "{width} {height}");
        for pixels in [[1, u32::MAX], [u32::MAX, 1], [0, 7], [0, 0], [1, 1]] {
            for share in [0, 1, 60, 100] {
                let (width, height) = sized(pixels, share);
                assert!((1.0..=frame().width).contains(&width), "{pixels:?} {share}: {width}");
                assert!((1.0..=600.0).contains(&height), "{pixels:?} {share}: {height}");
            }
        }
        let (width, height) = sized([0, 0], 0);
        assert!((width / height - 4.0 / 3.0).abs() < 0.01);
    }
}
