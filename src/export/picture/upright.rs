//! A picture turned as its camera noted, for programs that do not look at that note.

use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, ExtendedColorType};

use super::{Fault, Picture, jpeg, png};

/// Quality of a JPEG that is packed anew: as cameras pack.
const QUALITY: u8 = 92;

/// Samples of a picture, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Samples {
    pub(super) width: u32,
    pub(super) height: u32,
    /// How many a pixel has: 1 to 4.
    pub(super) channels: usize,
    pub(super) bytes: Vec<u8>,
}

impl Picture {
    /// The same picture packed anew so that its first row is its top; `None` where it is so already.
    pub(in crate::export) fn upright(&self, bytes: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        if self.orientation() == 1 {
            return Ok(None);
        }
        if self.is_huge() {
            let (width, height) = self.pixels();
            return Err(Fault::TooLarge { width, height });
        }
        let packed = match self {
            Self::Jpeg(_) => {
                let samples = jpeg::samples(bytes).ok_or(Fault::Broken)?;
                packed_jpeg(&turned(&samples, self.orientation()))
            }
            Self::Png(_) => packed_png(&turned(&png::samples(bytes)?, self.orientation())),
        };
        packed.map(Some).ok_or(Fault::Broken)
    }
}

/// Turned and mirrored as an orientation of Exif asks (Exif 2.32, 4.6.4 A).
fn turned(samples: &Samples, orientation: u8) -> Samples {
    let (w, h) = (samples.width as usize, samples.height as usize);
    let (width, height) = if orientation > 4 { (h, w) } else { (w, h) };
    let mut bytes = Vec::with_capacity(samples.bytes.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = match orientation {
                2 => (w - 1 - x, y),
                3 => (w - 1 - x, h - 1 - y),
                4 => (x, h - 1 - y),
                5 => (y, x),
                6 => (y, h - 1 - x),
                7 => (w - 1 - y, h - 1 - x),
                8 => (w - 1 - y, x),
                _ => (x, y),
            };
            let at = (from_y * w + from_x) * samples.channels;
            bytes.extend_from_slice(samples.bytes.get(at..at + samples.channels).unwrap_or(&[]));
        }
    }
    Samples { width: width as u32, height: height as u32, channels: samples.channels, bytes }
}

fn packed_jpeg(samples: &Samples) -> Option<Vec<u8>> {
    let colour = if samples.channels == 1 { ColorType::L8 } else { ColorType::Rgb8 };
    let mut packed = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut packed, QUALITY);
    let colour: ExtendedColorType = colour.into();
    encoder.encode(&samples.bytes, samples.width, samples.height, colour).ok()?;
    Some(packed)
}

fn packed_png(samples: &Samples) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut packed, samples.width, samples.height);
    encoder.set_color(match samples.channels {
        1 => ::png::ColorType::Grayscale,
        2 => ::png::ColorType::GrayscaleAlpha,
        3 => ::png::ColorType::Rgb,
        _ => ::png::ColorType::Rgba,
    });
    encoder.set_depth(::png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&samples.bytes).ok()?;
    writer.finish().ok()?;
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of two rows of three, its pixels numbered as they are to be seen.
    #[test]
    fn every_turn_of_a_camera_is_undone() {
        let seen = [1, 2, 3, 4, 5, 6];
        for (orientation, width, stored) in [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [3, 6, 2, 5, 1, 4]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [4, 1, 5, 2, 6, 3]),
        ] {
            let bytes = stored.to_vec();
            let stored = Samples { width, height: 6 / width, channels: 1, bytes };
            let turned = turned(&stored, orientation);
            assert_eq!((turned.width, turned.height), (3, 2), "{orientation}");
            assert_eq!(turned.bytes, seen, "{orientation}");
        }
    }
}
