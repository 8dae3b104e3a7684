//! PNG: as it is where PDF can hold it so, else row by row, never whole in memory.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{BitDepth, ColorType, Decoder, Limits, Reader, Transformations};

use super::Fault;
use super::shrink::Shrink;
use super::upright::Samples;
use crate::domain::media;

/// Most pixels of a row, and of a picture: a hostile one must not be decoded for minutes.
const MAX_WIDTH: u32 = 100_000;
const MAX_PIXELS: u64 = 300_000_000;
/// Most bytes of all rows, which are read more than once.
const MAX_RAW: u64 = 900 << 20;
/// Most pixels of an interlaced one, which must be in memory whole.
const MAX_INTERLACED: u64 = 40_000_000;

/// What the headers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export) struct Head {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u8,
    pub(super) orientation: u8,
    interlaced: bool,
    colour: ColorType,
    transparent: bool,
    palette: Vec<u8>,
}

/// Pixels as PDF takes them: deflated rows, each after the number of its PNG filter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u8,
    /// 1 grey or index, 3 colour.
    pub(super) channels: u8,
    /// Red, green, blue of each index; empty without indices.
    pub(super) palette: Vec<u8>,
    pub(super) data: Vec<u8>,
}

/// Reads the headers.
pub(super) fn head(bytes: &[u8]) -> Result<Head, Fault> {
    let reader = open(bytes, Transformations::IDENTITY)?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    let pixels = u64::from(width) * u64::from(height);
    let most = if info.interlaced { MAX_INTERLACED } else { MAX_PIXELS };
    let bits = u64::from(info.bit_depth as u8) * info.color_type.samples() as u64;
    let is_long = pixels.saturating_mul(bits) / 8 > MAX_RAW;
    // Very many rows of a few pixels take as long as very many pixels.
    if width.max(height) > MAX_WIDTH || pixels > most || is_long {
        return Err(Fault::TooLarge { width, height });
    }
    let colour = info.color_type;
    Ok(Head {
        width,
        height,
        bits: info.bit_depth as u8,
        orientation: info.exif_metadata.as_deref().map_or(1, media::orientation),
        interlaced: info.interlaced,
        colour,
        transparent: info.trns.is_some()
            || matches!(colour, ColorType::GrayscaleAlpha | ColorType::Rgba),
        palette: match colour {
            ColorType::Indexed => info.palette.as_deref().unwrap_or_default().to_vec(),
            _ => Vec::new(),
        },
    })
}

/// Decodes all rows and keeps none: whether they can be.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    rows(bytes, |_, _| Ok(()))
}

/// The picture with `to` pixels, or with its own.
pub(super) fn pack(bytes: &[u8], head: &Head, to: Option<(u32, u32)>) -> Result<Packed, Fault> {
    let as_it_is = !head.interlaced && !head.transparent && head.bits <= 8;
    if as_it_is && to.is_none() {
        check(bytes)?;
        return Ok(unchanged(bytes, head));
    }
    let packed = decoded(bytes, head, to)?;
    let own = if as_it_is { Some(unchanged(bytes, head)) } else { None };
    Ok(own.filter(|own| own.data.len() < packed.data.len()).unwrap_or(packed))
}

/// The picture's own data: PDF knows PNG's filters.
fn unchanged(bytes: &[u8], head: &Head) -> Packed {
    let channels = if head.colour == ColorType::Rgb { 3 } else { 1 };
    let data = media::chunks(bytes).filter(|(name, _)| *name == b"IDAT").flat_map(|(_, data)| data);
    Packed {
        width: head.width,
        height: head.height,
        bits: head.bits,
        channels,
        palette: head.palette.clone(),
        data: data.copied().collect(),
    }
}

/// Eight bits a channel, on white, grey or in colour.
fn decoded(bytes: &[u8], head: &Head, to: Option<(u32, u32)>) -> Result<Packed, Fault> {
    let grey = matches!(head.colour, ColorType::Grayscale | ColorType::GrayscaleAlpha);
    let channels: usize = if grey { 1 } else { 3 };
    let from = (head.width, head.height);
    let mut shrink = to.map(|to| Shrink::new(from, to, channels));
    let mut rows_out = Rows::new(from.0 as usize * channels);
    rows(bytes, |row, samples| {
        let flat = on_white(row, samples, channels);
        match &mut shrink {
            Some(shrink) => shrink.row(&flat),
            None => rows_out.row(&flat)?,
        }
        Ok(())
    })?;
    let (width, height) = to.unwrap_or(from);
    if let Some(shrink) = shrink {
        let row = width as usize * channels;
        rows_out = Rows::new(row);
        shrink.finish().chunks_exact(row).try_for_each(|row| rows_out.row(row))?;
    }
    let (channels, data) = (channels as u8, rows_out.finish()?);
    Ok(Packed { width, height, bits: 8, channels, palette: Vec::new(), data })
}

/// The picture decoded, its transparency kept.
pub(super) fn samples(bytes: &[u8]) -> Result<Samples, Fault> {
    let head = head(bytes)?;
    let (mut channels, mut all) = (0, Vec::new());
    rows(bytes, |row, samples| {
        channels = samples;
        all.extend_from_slice(row);
        Ok(())
    })?;
    Ok(Samples { width: head.width, height: head.height, channels, bytes: all })
}

/// A row of `samples` a pixel as one of `channels`, its transparency laid on white.
fn on_white(row: &[u8], samples: usize, channels: usize) -> Vec<u8> {
    let pixels = row.chunks_exact(samples.max(1));
    if samples == channels {
        return row.to_vec();
    }
    pixels
        .flat_map(|pixel| {
            let alpha = u32::from(pixel.last().copied().unwrap_or(255));
            let colours = pixel.iter().take(channels);
            colours.map(move |&c| ((u32::from(c) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
        })
        .collect()
}

fn open(bytes: &[u8], wanted: Transformations) -> Result<Reader<Cursor<&[u8]>>, Fault> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: 256 << 20 });
    decoder.set_transformations(wanted);
    // Comments are not needed, and may be large.
    decoder.set_ignore_text_chunk(true);
    decoder.read_info().map_err(|error| fault(&error))
}

/// Gives each row, top to bottom, eight bits a sample, with its samples a pixel.
fn rows(
    bytes: &[u8],
    mut take: impl FnMut(&[u8], usize) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let wanted = Transformations::EXPAND | Transformations::STRIP_16;
    let mut reader = open(bytes, wanted)?;
    let (colour, depth) = reader.output_color_type();
    let samples = colour.samples();
    if depth != BitDepth::Eight {
        return Err(Fault::Broken);
    }
    if reader.info().interlaced {
        let size = reader.output_buffer_size().ok_or(Fault::Broken)?;
        let mut whole = vec![0; size];
        reader.next_frame(&mut whole).map_err(|error| fault(&error))?;
        let width = reader.info().width as usize * samples;
        return whole.chunks_exact(width.max(1)).try_for_each(|row| take(row, samples));
    }
    for _ in 0..reader.info().height {
        match reader.next_row().map_err(|error| fault(&error))? {
            Some(row) => take(row.data(), samples)?,
            None => return Err(Fault::Truncated),
        }
    }
    Ok(())
}

fn fault(error: &png::DecodingError) -> Fault {
    match error {
        png::DecodingError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Fault::Truncated
        }
        _ => Fault::Broken,
    }
}

/// Rows being deflated, each as its difference from the one above.
struct Rows {
    packer: ZlibEncoder<Vec<u8>>,
    above: Vec<u8>,
}

impl Rows {
    fn new(width: usize) -> Self {
        let packer = ZlibEncoder::new(Vec::new(), Compression::default());
        Self { packer, above: vec![0; width] }
    }

    fn row(&mut self, row: &[u8]) -> Result<(), Fault> {
        /// PNG's filter “Up”.
        const UP: u8 = 2;
        let mut line = vec![UP];
        line.extend(row.iter().zip(&self.above).map(|(new, old)| new.wrapping_sub(*old)));
        self.above.clear();
        self.above.extend_from_slice(row);
        self.packer.write_all(&line).map_err(|_| Fault::Broken)
    }

    fn finish(self) -> Result<Vec<u8>, Fault> {
        self.packer.finish().map_err(|_| Fault::Broken)
    }
}
