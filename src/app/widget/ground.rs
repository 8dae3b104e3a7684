//! The ground of a pane, drawn in strips: the software renderer fills each quad whole that touches a
//! part which has changed, however small that part is.

use iced::advanced::{Renderer as _, renderer};
use iced::{Border, Color, Rectangle};

/// Height of a strip, logical pixels.
const STRIP: f32 = 96.0;
/// Strips lie over each other by this much, so that no line shows between them.
const OVERLAP: f32 = 1.0;

/// Left and right of a pane, logical pixels: outside of what changes in it. A strip that lies within a
/// part which has changed is filled at once, another one pixel by pixel.
const SIDE: f32 = 32.0;

/// Fills `bounds` with an opaque colour.
pub(crate) fn fill(renderer: &mut iced::Renderer, bounds: Rectangle, color: Color) {
    let side = SIDE.min(bounds.width / 2.0);
    let columns = [
        (bounds.x, side + OVERLAP),
        (bounds.x + side, bounds.width - 2.0 * side),
        (bounds.x + bounds.width - side - OVERLAP, side + OVERLAP),
    ];
    let mut top = 0.0;
    while top < bounds.height {
        let (y, height) = (bounds.y + top, (STRIP + OVERLAP).min(bounds.height - top));
        for (x, width) in columns {
            quad(renderer, Rectangle { x, y, width, height }, color, 0.0.into());
        }
        top += STRIP;
    }
}

/// Fills `bounds`, which may be empty, with an opaque colour: what lies beside what changes.
pub(crate) fn strips(renderer: &mut iced::Renderer, bounds: Rectangle, color: Color) {
    let mut top = 0.0;
    while top < bounds.height && bounds.width > 0.0 {
        let height = (STRIP + OVERLAP).min(bounds.height - top);
        let strip = Rectangle { y: bounds.y + top, height, ..bounds };
        quad(renderer, strip, color, 0.0.into());
        top += STRIP;
    }
}

/// Corners of boxes, logical pixels.
const RADIUS: f32 = 5.0;

/// Draws what lies between `inner`, which has its ground already, and `outer`, a box with round corners:
/// the ground and an edge `width` wide, in small pieces for the same reason.
pub(crate) fn edge(
    renderer: &mut iced::Renderer,
    outer: Rectangle,
    inner: Rectangle,
    (ground, line): (Color, Color),
    width: f32,
) {
    let (right, bottom) = (outer.x + outer.width, outer.y + outer.height);
    let (long, tall) = (outer.width - 2.0 * RADIUS, outer.height - 2.0 * RADIUS);
    let piece = |x, y, width, height| Rectangle { x, y, width, height };
    let (from_x, from_y) = (outer.x + RADIUS, outer.y + RADIUS);
    let after = (inner.x + inner.width - OVERLAP, inner.y + inner.height - OVERLAP);
    for strip in [
        piece(from_x, outer.y, long, inner.y - outer.y + OVERLAP),
        piece(from_x, after.1, long, bottom - after.1),
        piece(outer.x, from_y, inner.x - outer.x + OVERLAP, tall),
        piece(after.0, from_y, right - after.0, tall),
    ] {
        quad(renderer, strip, ground, 0.0.into());
    }
    for side in [
        piece(from_x, outer.y, long, width),
        piece(from_x, bottom - width, long, width),
        piece(outer.x, from_y, width, tall),
        piece(right - width, from_y, width, tall),
    ] {
        quad(renderer, side, line, 0.0.into());
    }
    let round = |corner: usize, radius: f32| {
        let mut radii = [0.0; 4];
        if let Some(one) = radii.get_mut(corner) {
            *one = radius;
        }
        let [top_left, top_right, bottom_right, bottom_left] = radii;
        iced::border::Radius { top_left, top_right, bottom_right, bottom_left }
    };
    let (last_x, last_y) = (right - RADIUS, bottom - RADIUS);
    let corners = [
        (outer.x, outer.y, width, width),
        (last_x, outer.y, 0.0, width),
        (last_x, last_y, 0.0, 0.0),
        (outer.x, last_y, width, 0.0),
    ];
    for (corner, (x, y, dx, dy)) in corners.into_iter().enumerate() {
        let rest = RADIUS - width;
        quad(renderer, piece(x, y, RADIUS, RADIUS), line, round(corner, RADIUS));
        quad(renderer, piece(x + dx, y + dy, rest, rest), ground, round(corner, rest));
    }
}

fn quad(
    renderer: &mut iced::Renderer,
    bounds: Rectangle,
    color: Color,
    radius: iced::border::Radius,
) {
    let border = Border { radius, ..Border::default() };
    renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, color);
}
