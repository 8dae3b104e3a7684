//! A scan or photograph: which way up it is, how large it is printed, and its pixels for PDF.

mod exif;
mod jpeg;
mod png;
mod shrink;

use lopdf::{Dictionary, Object, StringFormat, dictionary};

use super::place::{Matrix, Sheet};
use super::trouble::{Remark, Trouble};

/// Resolution that a picture of more pixels is brought down to, dots an inch.
const DPI: f32 = 200.0;
/// A picture within this factor of [`DPI`] stays as it is: too little would be saved.
const SLACK: f32 = 1.1;
/// Largest size of a pixel, pt: a thumbnail is not blown up over the page.
const PIXEL: f32 = 0.75;
/// Most pixels of a JPEG that is decoded; a larger one goes in as it is.
const MAX_DECODED: u64 = 40_000_000;

/// What the headers of a picture say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Picture {
    Jpeg(jpeg::Head),
    Png(png::Head),
}

/// Pixels as a PDF's image: its dictionary and its data.
pub(super) type Image = (Dictionary, Vec<u8>);

impl Picture {
    pub(super) fn jpeg(bytes: &[u8]) -> Result<Self, Trouble> {
        jpeg::head(bytes).map(Self::Jpeg)
    }

    pub(super) fn png(bytes: &[u8]) -> Result<Self, Trouble> {
        png::head(bytes).map(Self::Png)
    }

    /// Whether its pixels can be read; those of a JPEG are not looked at, as every reader shows of a
    /// damaged one what it can.
    pub(super) fn check(&self, bytes: &[u8]) -> Result<(), Trouble> {
        match self {
            Self::Jpeg(_) => Ok(()),
            Self::Png(_) => png::check(bytes),
        }
    }

    /// What a person should know of it.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let (width, height) = self.pixels();
        let huge = u64::from(width) * u64::from(height) > MAX_DECODED;
        let depth = match self {
            Self::Jpeg(head) => (head.components == 4).then_some(Remark::Cmyk),
            Self::Png(head) => (head.bits == 16).then_some(Remark::SixteenBit),
        };
        depth.into_iter().chain(huge.then_some(Remark::Huge { width, height })).collect()
    }

    /// The page it stands on, and where there.
    pub(super) fn placed(&self) -> (Sheet, Matrix) {
        let (width, height) = self.pixels();
        let (mut width, mut height) = (width as f32, height as f32);
        if self.orientation() > 4 {
            (width, height) = (height, width);
        }
        let wide = width > height && width * PIXEL > Sheet::Portrait.frame().width;
        let sheet = if wide { Sheet::Landscape } else { Sheet::Portrait };
        let room = sheet.frame();
        let scale = PIXEL.min(room.width / width).min(room.height / height);
        let (width, height) = (width * scale, height * scale);
        let left = room.x + (room.width - width) / 2.0;
        let bottom = sheet.height() - room.y - (room.height + height) / 2.0;
        let sized = Matrix([width, 0.0, 0.0, height, left, bottom]);
        (sheet, turned(self.orientation()).then(sized))
    }

    /// Its pixels, brought down to [`DPI`] unless `kept`.
    pub(super) fn image(&self, bytes: &[u8], kept: bool) -> Result<Image, Trouble> {
        let to = if kept { None } else { self.fewer() };
        match self {
            Self::Jpeg(head) => Ok(jpeg_image(head, bytes, to)),
            Self::Png(head) => png::pack(bytes, head, to).map(png_image),
        }
    }

    fn pixels(&self) -> (u32, u32) {
        match self {
            Self::Jpeg(head) => (head.width, head.height),
            Self::Png(head) => (head.width, head.height),
        }
    }

    fn orientation(&self) -> u8 {
        match self {
            Self::Jpeg(head) => head.orientation,
            Self::Png(head) => head.orientation,
        }
    }

    /// The pixels [`DPI`] asks for, before the turn; `None` where it has not many more, or must not
    /// be decoded: CMYK would lose its colours, black and white would grow.
    fn fewer(&self) -> Option<(u32, u32)> {
        let (width, height) = self.pixels();
        let decodes = match self {
            Self::Jpeg(head) => {
                head.components != 4 && u64::from(width) * u64::from(height) <= MAX_DECODED
            }
            Self::Png(head) => head.bits > 1,
        };
        let printed = self.placed().1.lengths();
        let wanted = (printed.0 / 72.0 * DPI, printed.1 / 72.0 * DPI);
        let fewer = (width as f32) > wanted.0 * SLACK && (height as f32) > wanted.1 * SLACK;
        let whole = |length: f32, most: u32| (length.round() as u32).clamp(1, most);
        (decodes && fewer).then(|| (whole(wanted.0, width), whole(wanted.1, height)))
    }
}

/// The unit square turned and mirrored as an orientation of Exif asks.
fn turned(orientation: u8) -> Matrix {
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

fn dictionary_of(width: u32, height: u32, bits: u8, space: impl Into<Object>) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "BitsPerComponent" => i64::from(bits),
        "ColorSpace" => space.into(),
    }
}

fn space(channels: u8) -> &'static str {
    match channels {
        1 => "DeviceGray",
        4 => "DeviceCMYK",
        _ => "DeviceRGB",
    }
}

/// The JPEG itself, or a smaller one.
fn jpeg_image(head: &jpeg::Head, bytes: &[u8], to: Option<(u32, u32)>) -> Image {
    let smaller = to.and_then(|to| jpeg::smaller(bytes, to).map(|made| (to, made)));
    let ((width, height), data, components) = match smaller {
        Some((to, (data, components))) => (to, data, components),
        None => ((head.width, head.height), bytes.to_vec(), head.components),
    };
    let mut dictionary = dictionary_of(width, height, 8, space(components));
    dictionary.set("Filter", "DCTDecode");
    if components == 4 && head.inverted {
        let upside_down = [1, 0].repeat(4).into_iter().map(Object::from).collect::<Vec<_>>();
        dictionary.set("Decode", upside_down);
    }
    (dictionary, data)
}

fn png_image(packed: png::Packed) -> Image {
    let space: Object = match packed.palette.len() / 3 {
        0 => space(packed.channels).into(),
        colours => vec![
            "Indexed".into(),
            "DeviceRGB".into(),
            Object::from(colours as i64 - 1),
            Object::String(packed.palette, StringFormat::Hexadecimal),
        ]
        .into(),
    };
    let mut dictionary = dictionary_of(packed.width, packed.height, packed.bits, space);
    dictionary.set("Filter", "FlateDecode");
    let parameters = dictionary! {
        // PNG's own filters, named at the head of each row.
        "Predictor" => 15,
        "Colors" => i64::from(packed.channels),
        "BitsPerComponent" => i64::from(packed.bits),
        "Columns" => i64::from(packed.width),
    };
    dictionary.set("DecodeParms", parameters);
    (dictionary, packed.data)
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
