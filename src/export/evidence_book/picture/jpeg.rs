//! JPEG: what its headers say, and a smaller one of the same.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, DynamicImage, ImageFormat, ImageReader, Limits};

use super::super::trouble::Trouble;
use super::exif;
use super::shrink::Shrink;

/// Quality of a smaller one: text of a scan keeps clean edges.
const QUALITY: u8 = 85;

/// What the headers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export::evidence_book) struct Head {
    pub(super) width: u32,
    pub(super) height: u32,
    /// 1 grey, 3 colour, 4 CMYK.
    pub(super) components: u8,
    /// Adobe's programs write CMYK upside down.
    pub(super) inverted: bool,
    pub(super) orientation: u8,
}

/// Reads the segments up to the frame's and to the picture's data.
pub(super) fn head(bytes: &[u8]) -> Result<Head, Trouble> {
    let mut head = Head { width: 0, height: 0, components: 0, inverted: false, orientation: 1 };
    let mut at = 2;
    loop {
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let [0xff, marker, high, low] = *bytes.get(at..at + 4).ok_or(Trouble::BrokenPicture)?
        else {
            return Err(Trouble::BrokenPicture);
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = bytes.get(at + 4..at + 2 + length).ok_or(Trouble::BrokenPicture)?;
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                frame(&mut head, marker, segment)?
            }
            0xe1 => {
                if let Some(tiff) = segment.strip_prefix(b"Exif\0\0") {
                    head.orientation = exif::orientation(tiff);
                }
            }
            0xee => head.inverted |= segment.starts_with(b"Adobe"),
            0xda if head.components == 0 => return Err(Trouble::BrokenPicture),
            0xda => break,
            _ => {}
        }
        at += 2 + length;
    }
    // Telephones put a second picture behind the end, so the last bytes need not be the mark.
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.windows(2).rev().any(|pair| pair == [0xff, 0xd9]) {
        true => Ok(head),
        false => Err(Trouble::Truncated),
    }
}

fn frame(head: &mut Head, marker: u8, segment: &[u8]) -> Result<(), Trouble> {
    match marker {
        0xc3 | 0xc7 | 0xcb | 0xcf => return Err(Trouble::JpegKind("无损压缩")),
        0xc9..=0xce => return Err(Trouble::JpegKind("算术编码")),
        0xc5 | 0xc6 => return Err(Trouble::JpegKind("分层编码")),
        _ => {}
    }
    let [precision, h0, h1, w0, w1, components, ..] = *segment else {
        return Err(Trouble::BrokenPicture);
    };
    if precision != 8 {
        return Err(Trouble::JpegKind("每种颜色 12 位"));
    }
    (head.width, head.height) =
        (u16::from_be_bytes([w0, w1]).into(), u16::from_be_bytes([h0, h1]).into());
    head.components = components;
    match (head.width, head.height, components) {
        (0, ..) | (_, 0, _) => Err(Trouble::BrokenPicture),
        (.., 1 | 3 | 4) => Ok(()),
        _ => Err(Trouble::JpegKind("颜色通道特殊")),
    }
}

/// The same picture with `to` pixels, grey or in colour; `None` where it cannot be decoded, or where
/// that would not save bytes.
pub(super) fn smaller(bytes: &[u8], to: (u32, u32)) -> Option<(Vec<u8>, u8)> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    reader.limits(Limits::default());
    let (from, rows, channels) = match reader.decode().ok()? {
        DynamicImage::ImageLuma8(grey) => (grey.dimensions(), grey.into_raw(), 1),
        colour => {
            let colour = colour.into_rgb8();
            (colour.dimensions(), colour.into_raw(), 3)
        }
    };
    if from.0 < to.0 || from.1 < to.1 {
        return None;
    }
    let mut shrink = Shrink::new(from, to, channels);
    rows.chunks_exact(from.0 as usize * channels).for_each(|row| shrink.row(row));
    drop(rows);
    let colour = if channels == 1 { ColorType::L8 } else { ColorType::Rgb8 };
    let mut packed = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut packed, QUALITY);
    encoder.encode(&shrink.finish(), to.0, to.1, colour.into()).ok()?;
    (packed.len() < bytes.len()).then_some((packed, channels as u8))
}
