//! Where a piece stands on its sheet of A4.

use crate::export::picture::Matrix;
use crate::typeset::geometry::{A4_HEIGHT, A4_WIDTH, MM, Rect};

/// A page up to this much larger than A4 is not scaled, pt: programs round A4 to 595 × 842.
const TOLERANCE: f32 = 1.0;

/// How the sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    Portrait,
    Landscape,
}

impl Sheet {
    /// Width, pt.
    pub(super) const fn width(self) -> f32 {
        match self {
            Self::Portrait => A4_WIDTH,
            Self::Landscape => A4_HEIGHT,
        }
    }

    /// Height, pt.
    pub(super) const fn height(self) -> f32 {
        match self {
            Self::Portrait => A4_HEIGHT,
            Self::Landscape => A4_WIDTH,
        }
    }

    /// The area a picture may fill: clear of what is stamped in the margin.
    pub(super) fn frame(self) -> Rect {
        let (side, end) = (15.0 * MM, 16.0 * MM);
        Rect {
            x: side,
            y: end,
            width: self.width() - 2.0 * side,
            height: self.height() - 2.0 * end,
        }
    }
}

/// A page of another program: `left bottom right top` of what is seen, its turn in degrees
/// clockwise, and the size of its unit in pt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    pub(super) seen: [f32; 4],
    pub(super) turn: i64,
    pub(super) unit: f32,
}

impl View {
    /// The sheet it stands on and where: at its own size in the middle, or made to fit.
    pub(super) fn placed(self) -> (Sheet, Matrix) {
        let [left, bottom, right, top] = self.seen;
        let (w, h) = (right - left, top - bottom);
        let turn = match self.turn.rem_euclid(360) / 90 {
            1 => [0.0, -1.0, 1.0, 0.0, 0.0, w],
            2 => [-1.0, 0.0, 0.0, -1.0, w, h],
            3 => [0.0, 1.0, -1.0, 0.0, h, 0.0],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        };
        let lies = self.turn.rem_euclid(180) == 90;
        let (w, h) = if lies { (h, w) } else { (w, h) };
        let (width, height) = (w * self.unit, h * self.unit);
        let fits = |sheet: Sheet| {
            width <= sheet.width() + TOLERANCE && height <= sheet.height() + TOLERANCE
        };
        let sheet = match width > height && !fits(Sheet::Portrait) {
            true => Sheet::Landscape,
            false => Sheet::Portrait,
        };
        let fit = (sheet.width() / width).min(sheet.height() / height);
        let scale = self.unit * if fits(sheet) { 1.0 } else { fit };
        let x = (sheet.width() - w * scale) / 2.0;
        let y = (sheet.height() - h * scale) / 2.0;
        let matrix = Matrix([1.0, 0.0, 0.0, 1.0, -left, -bottom])
            .then(Matrix(turn))
            .then(Matrix([scale, 0.0, 0.0, scale, x, y]));
        (sheet, matrix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corners(view: View) -> (Sheet, [i32; 4]) {
        let (sheet, matrix) = view.placed();
        let [left, bottom, right, top] = view.seen;
        let (a, b) = (matrix.apply(left, bottom), matrix.apply(right, top));
        (sheet, [a.0, a.1, b.0, b.1].map(|number| number.round() as i32))
    }

    #[test]
    fn a4_stays_as_it_is_a3_is_halved_and_a_card_keeps_its_size() {
        let view = |seen, turn, unit| View { seen, turn, unit };
        let a4 = [0.0, 0.0, 595.0, 842.0];
        assert_eq!(corners(view(a4, 0, 1.0)), (Sheet::Portrait, [0, 0, 595, 842]));
        // Turned by 90° clockwise, the lower left corner comes to the upper left.
        assert_eq!(corners(view(a4, 90, 1.0)), (Sheet::Landscape, [0, 595, 842, 0]));
        assert_eq!(corners(view(a4, 180, 1.0)), (Sheet::Portrait, [595, 842, 0, 0]));
        assert_eq!(corners(view(a4, -90, 1.0)), (Sheet::Landscape, [842, 0, 0, 595]));
        let a3 = [0.0, 0.0, 1190.55, 841.89];
        assert_eq!(corners(view(a3, 0, 1.0)), (Sheet::Landscape, [0, 0, 842, 595]));
        let card = [10.0, 20.0, 253.0, 173.0];
        assert_eq!(corners(view(card, 0, 1.0)), (Sheet::Portrait, [176, 344, 419, 497]));
        // A unit of 2 pt makes the card twice as large.
        assert_eq!(corners(view(card, 0, 2.0)), (Sheet::Portrait, [55, 268, 541, 574]));
        let (_, matrix) = view([0.0, 0.0, 14400.0, 14400.0], 0, 1.0).placed();
        assert!((matrix.lengths().0 - A4_WIDTH / 14400.0).abs() < 1e-6);
    }
}
