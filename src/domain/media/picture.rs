//! What the headers of a picture say, without decoding it.

use super::exif;

/// Most pixels of a picture in a letter: a page at 600 dpi has 35 million.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Largest file of a picture in a letter, bytes.
pub const MAX_PICTURE: u64 = 20 << 20;

/// What the headers of a PNG or JPEG say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across, as stored.
    pub width: u32,
    /// Pixels down, as stored.
    pub height: u32,
    /// How it is turned to be seen, 1 to 8 as Exif counts (Exif 2.32, 4.6.4 A).
    pub orientation: u8,
    /// Channels of a JPEG: 1 grey, 3 colour, 4 CMYK; of a PNG 0, as PNG says it otherwise.
    pub components: u8,
    /// A JPEG by Adobe's programs, which write CMYK upside down.
    pub adobe: bool,
}

impl Picture {
    /// Width and height as it is seen.
    #[must_use]
    pub const fn seen(&self) -> [u32; 2] {
        // From 5 on it lies on its side.
        if self.orientation > 4 { [self.height, self.width] } else { [self.width, self.height] }
    }

    /// How many pixels it has.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.width as u64 * self.height as u64
    }
}

/// Why a picture cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// It is no PNG or JPEG by its first bytes.
    Other,
    /// Its headers make no sense.
    Broken,
    /// It is cut off.
    Truncated,
    /// A JPEG of a kind that most programs and PDF do not know.
    Kind(&'static str),
}

/// Reads the headers of a whole file.
///
/// # Errors
/// Why it is no usable picture.
pub fn picture(bytes: &[u8]) -> Result<Picture, PictureFault> {
    match super::extension(bytes.get(..super::HEAD).unwrap_or(bytes)) {
        Ok("jpg") => jpeg(bytes),
        Ok("png") => png(bytes),
        _ => Err(PictureFault::Other),
    }
}

/// Reads a JPEG's segments up to its picture's data.
///
/// # Errors
/// Why it is no usable picture.
pub fn jpeg(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let broken = PictureFault::Broken;
    let mut picture = Picture { width: 0, height: 0, orientation: 1, components: 0, adobe: false };
    let mut at = 2;
    loop {
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let [0xff, marker, high, low] = *bytes.get(at..at + 4).ok_or(broken)? else {
            return Err(broken);
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = bytes.get(at + 4..at + 2 + length).ok_or(broken)?;
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                frame(&mut picture, marker, segment)?;
            }
            0xe1 => {
                if let Some(tiff) = segment.strip_prefix(b"Exif\0\0") {
                    picture.orientation = exif::orientation(tiff);
                }
            }
            0xee => picture.adobe |= segment.starts_with(b"Adobe"),
            0xda if picture.components == 0 => return Err(broken),
            0xda => break,
            _ => {}
        }
        at += 2 + length;
    }
    // Telephones put a second picture behind the end, so the last bytes need not be the mark.
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.windows(2).rev().any(|pair| pair == [0xff, 0xd9]) {
        true => Ok(picture),
        false => Err(PictureFault::Truncated),
    }
}

fn frame(picture: &mut Picture, marker: u8, segment: &[u8]) -> Result<(), PictureFault> {
    match marker {
        0xc3 | 0xc7 | 0xcb | 0xcf => return Err(PictureFault::Kind("无损压缩")),
        0xc9..=0xce => return Err(PictureFault::Kind("算术编码")),
        0xc5 | 0xc6 => return Err(PictureFault::Kind("分层编码")),
        _ => {}
    }
    let [precision, h0, h1, w0, w1, components, ..] = *segment else {
        return Err(PictureFault::Broken);
    };
    if precision != 8 {
        return Err(PictureFault::Kind("每种颜色 12 位"));
    }
    (picture.width, picture.height) =
        (u16::from_be_bytes([w0, w1]).into(), u16::from_be_bytes([h0, h1]).into());
    picture.components = components;
    match (picture.width, picture.height, components) {
        (0, ..) | (_, 0, _) => Err(PictureFault::Broken),
        (.., 1 | 3 | 4) => Ok(()),
        _ => Err(PictureFault::Kind("颜色通道特殊")),
    }
}

/// Reads a PNG's chunks up to its picture's data.
///
/// # Errors
/// Why it is no usable picture.
pub fn png(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let mut chunks = chunks(bytes);
    let Some((b"IHDR", [w0, w1, w2, w3, h0, h1, h2, h3, ..])) = chunks.next() else {
        return Err(PictureFault::Broken);
    };
    let width = u32::from_be_bytes([*w0, *w1, *w2, *w3]);
    let height = u32::from_be_bytes([*h0, *h1, *h2, *h3]);
    if width == 0 || height == 0 {
        return Err(PictureFault::Broken);
    }
    let mut picture = Picture { width, height, orientation: 1, components: 0, adobe: false };
    let mut data = false;
    for (name, content) in chunks {
        match name {
            b"eXIf" if !data => picture.orientation = exif::orientation(content),
            b"IDAT" => data = true,
            b"IEND" if data => return Ok(picture),
            _ => {}
        }
    }
    Err(PictureFault::Truncated)
}

/// Names and data of a PNG's chunks, the last that of its end.
pub fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let (data, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        // Programs that cut pictures have left what was cut off behind the end.
        rest = if name == b"IEND" { &[] } else { after.get(4..).unwrap_or_default() };
        Some((name, data))
    })
}
