//! JPEG: a smaller one of the same.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, DynamicImage, ImageFormat, ImageReader, Limits};

use super::shrink::Shrink;
use super::upright::Samples;

/// Quality of a smaller one: text of a scan keeps clean edges.
const QUALITY: u8 = 85;

/// The same picture with `to` pixels, grey or in colour; `None` where it cannot be decoded, or where
/// that would not save bytes.
pub(super) fn smaller(bytes: &[u8], to: (u32, u32)) -> Option<(Vec<u8>, u8)> {
    encoded(bytes, to).filter(|(packed, _)| packed.len() < bytes.len())
}

/// The same picture with `to` pixels, packed anew, with the number of its channels: 1 or 3, whatever
/// it had. `None` where it cannot be decoded.
pub(super) fn encoded(bytes: &[u8], to: (u32, u32)) -> Option<(Vec<u8>, u8)> {
    let Samples { width, height, channels, bytes } = samples(bytes)?;
    if width < to.0 || height < to.1 {
        return None;
    }
    let mut shrink = Shrink::new((width, height), to, channels);
    bytes.chunks_exact(width as usize * channels).for_each(|row| shrink.row(row));
    drop(bytes);
    let colour = if channels == 1 { ColorType::L8 } else { ColorType::Rgb8 };
    let mut packed = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut packed, QUALITY);
    encoder.encode(&shrink.finish(), to.0, to.1, colour.into()).ok()?;
    Some((packed, channels as u8))
}

/// The picture decoded, grey or in colour.
pub(super) fn samples(bytes: &[u8]) -> Option<Samples> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    reader.limits(Limits::default());
    Some(match reader.decode().ok()? {
        DynamicImage::ImageLuma8(grey) => {
            let (width, height) = grey.dimensions();
            Samples { width, height, channels: 1, bytes: grey.into_raw() }
        }
        colour => {
            let colour = colour.into_rgb8();
            let (width, height) = colour.dimensions();
            Samples { width, height, channels: 3, bytes: colour.into_raw() }
        }
    })
}
