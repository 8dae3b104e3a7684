//! Fewer pixels: each new one is the mean of the area it takes the place of, one row at a time.

/// Takes the rows of a picture and keeps the smaller one.
#[derive(Debug)]
pub(super) struct Shrink {
    from: (u32, u32),
    to: (u32, u32),
    channels: usize,
    /// Sums of the row being made, and the same for one source row.
    sums: Vec<f32>,
    across: Vec<f32>,
    /// Source rows taken.
    taken: u32,
    pixels: Vec<u8>,
}

impl Shrink {
    /// From `from` to `to` pixels, no side of which is 0 or grows.
    pub(super) fn new(from: (u32, u32), to: (u32, u32), channels: usize) -> Self {
        let row = to.0 as usize * channels;
        Self {
            from,
            to,
            channels,
            sums: vec![0.0; row],
            across: vec![0.0; row],
            taken: 0,
            pixels: Vec::with_capacity(row * to.1 as usize),
        }
    }

    /// Takes the next row of the source.
    pub(super) fn row(&mut self, row: &[u8]) {
        self.shrink_across(row);
        let step = f64::from(self.from.1) / f64::from(self.to.1);
        let (top, bottom) = (f64::from(self.taken), f64::from(self.taken) + 1.0);
        self.taken += 1;
        let mut line = (top / step) as u32;
        while line < self.to.1 && f64::from(line) * step < bottom - 1e-9 {
            let end = f64::from(line + 1) * step;
            let covered = end.min(bottom) - (f64::from(line) * step).max(top);
            let weight = (covered / step) as f32;
            for (sum, value) in self.sums.iter_mut().zip(&self.across) {
                *sum += value * weight;
            }
            if end <= bottom + 1e-9 {
                self.pixels.extend(self.sums.iter().map(|sum| (sum + 0.5) as u8));
                self.sums.fill(0.0);
            }
            line += 1;
        }
    }

    /// The smaller picture; rows that never came are white.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.pixels.resize(self.to.0 as usize * self.to.1 as usize * self.channels, 255);
        self.pixels
    }

    fn shrink_across(&mut self, row: &[u8]) {
        let step = f64::from(self.from.0) / f64::from(self.to.0);
        let last = self.from.0.saturating_sub(1) as usize;
        for (x, out) in self.across.chunks_exact_mut(self.channels).enumerate() {
            let (left, right) = (x as f64 * step, (x + 1) as f64 * step);
            out.fill(0.0);
            for source in left as usize..=((right - 1e-9) as usize).min(last) {
                let covered = right.min(source as f64 + 1.0) - left.max(source as f64);
                let weight = (covered / step) as f32;
                let pixel = row.get(source * self.channels..).unwrap_or_default();
                for (sum, value) in out.iter_mut().zip(pixel) {
                    *sum += f32::from(*value) * weight;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shrunk(from: (u32, u32), to: (u32, u32), pixels: &[u8]) -> Vec<u8> {
        let mut shrink = Shrink::new(from, to, 1);
        pixels.chunks(from.0 as usize).for_each(|row| shrink.row(row));
        shrink.finish()
    }

    #[test]
    fn a_new_pixel_is_the_mean_of_what_it_covers() {
        assert_eq!(shrunk((2, 2), (1, 1), &[0, 100, 100, 200]), [100]);
        assert_eq!(shrunk((3, 1), (2, 1), &[0, 90, 180]), [30, 150]);
        assert_eq!(shrunk((1, 3), (1, 2), &[0, 90, 180]), [30, 150]);
        assert_eq!(shrunk((2, 1), (2, 1), &[7, 9]), [7, 9]);
        let flat = shrunk((7, 5), (3, 2), &[200; 35]);
        assert_eq!(flat, [200; 6]);
        assert_eq!(shrunk((2, 2), (1, 2), &[10, 20]), [15, 255]);
    }
}
