//! How an image, which fills the unit square, comes to lie on a page.

/// A transformation as PDF writes it: `a b c d e f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::export) struct Matrix(pub(in crate::export) [f32; 6]);

impl Matrix {
    /// This one, then `next`.
    pub(in crate::export) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    /// Where a point comes to lie.
    pub(in crate::export) fn apply(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Lengths of the sides of the unit square.
    pub(in crate::export) fn lengths(self) -> (f32, f32) {
        let [a, b, c, d, ..] = self.0;
        (a.hypot(b), c.hypot(d))
    }

    /// As an operator.
    pub(in crate::export) fn operator(self) -> String {
        let numbers = self.0.map(|number| {
            let number = if number.is_finite() { number } else { 0.0 };
            // Adding 0 turns -0 into 0.
            format!("{}", (f64::from(number) * 1e5).round() / 1e5 + 0.0)
        });
        format!("{} cm", numbers.join(" "))
    }
}

/// The unit square turned and mirrored as an orientation of Exif asks.
pub(super) fn turned(orientation: u8) -> Matrix {
    Matrix(match orientation {
        2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the stored picture's upper left and upper right corners come to lie, from the top left
    /// of the turned one, for each orientation (Exif 2.32, 4.6.4 A).
    #[test]
    fn the_first_row_of_pixels_comes_to_the_side_exif_says() {
        let corners = [
            (1, (0.0, 0.0), (1.0, 0.0)),
            (2, (1.0, 0.0), (0.0, 0.0)),
            (3, (1.0, 1.0), (0.0, 1.0)),
            (4, (0.0, 1.0), (1.0, 1.0)),
            (5, (0.0, 0.0), (0.0, 1.0)),
            (6, (1.0, 0.0), (1.0, 1.0)),
            (7, (1.0, 1.0), (1.0, 0.0)),
            (8, (0.0, 1.0), (0.0, 0.0)),
        ];
        for (orientation, left, right) in corners {
            let turn = turned(orientation);
            // PDF counts upwards: the picture's first row is at the top of its square, 1.
            let at = |x: f32| {
                let (x, y) = turn.apply(x, 1.0);
                (x, 1.0 - y)
            };
            assert_eq!((at(0.0), at(1.0)), (left, right), "{orientation}");
        }
    }
}
