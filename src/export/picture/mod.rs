//! A scan, a photograph or a figure as an image of a PDF: which way up it is, and its pixels.

mod bare;
mod jpeg;
mod matrix;
mod png;
mod shrink;
mod upright;

use lopdf::{Dictionary, Object, StringFormat, dictionary};

use crate::domain::media::{self, MAX_PIXELS, PictureFault};

use bare::Profile;

pub(super) use matrix::Matrix;

/// A picture within this factor of the resolution wanted stays as it is: too little would be saved.
const SLACK: f32 = 1.1;

/// What the headers of a picture say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Picture {
    Jpeg(media::Picture),
    Png(png::Head),
}

/// Pixels as a PDF's image: its dictionary and its data.
pub(super) type Image = (Dictionary, Vec<u8>);

/// What is made of the colours of a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cmyk {
    /// They stay as they are.
    Kept,
    /// They become red, green and blue: a PDF/A with a screen's colours must have no others.
    Rgb,
}

/// Why a picture cannot be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no PNG or JPEG, or cannot be decoded.
    #[error("的图片数据已损坏，请换一个文件，或用看图软件打开后另存为 PNG 再用")]
    Broken,
    /// It is cut off.
    #[error("不完整，可能没有下载或复制完，请重新取得完整的文件")]
    Truncated,
    /// It has too many pixels.
    #[error("有 {width}×{height} 像素，太大，无法处理；请缩小到每边 5000 像素以内")]
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A JPEG of a kind that PDF does not know.
    #[error("是{0}的 JPEG，一般软件打不开；请用看图软件另存为普通 JPEG 或 PNG")]
    Kind(&'static str),
}

impl From<PictureFault> for Fault {
    fn from(fault: PictureFault) -> Self {
        match fault {
            PictureFault::Other | PictureFault::Broken => Self::Broken,
            PictureFault::Truncated => Self::Truncated,
            PictureFault::Kind(kind) => Self::Kind(kind),
        }
    }
}

impl Picture {
    /// Reads the headers of a PNG or JPEG.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        match media::extension(bytes.get(..media::HEAD).unwrap_or(bytes)) {
            Ok("jpg") => Ok(Self::Jpeg(media::jpeg(bytes)?)),
            Ok("png") => png::head(bytes).map(Self::Png),
            _ => Err(Fault::Broken),
        }
    }

    /// Whether its pixels can be read; those of a JPEG are not looked at, as every reader shows of a
    /// damaged one what it can.
    pub(super) fn check(&self, bytes: &[u8]) -> Result<(), Fault> {
        match self {
            Self::Jpeg(_) => Ok(()),
            Self::Png(_) => png::check(bytes),
        }
    }

    /// Width and height as stored, before the turn.
    pub(super) fn pixels(&self) -> (u32, u32) {
        match self {
            Self::Jpeg(head) => (head.width, head.height),
            Self::Png(head) => (head.width, head.height),
        }
    }

    /// Whether it lies on its side until it is turned.
    pub(super) fn lies(&self) -> bool {
        self.orientation() > 4
    }

    /// The unit square turned and mirrored so that the picture is seen upright.
    pub(super) fn turn(&self) -> Matrix {
        matrix::turned(self.orientation())
    }

    /// A JPEG in the colours of a press.
    pub(super) fn is_cmyk(&self) -> bool {
        matches!(self, Self::Jpeg(head) if head.components == 4)
    }

    /// More shades than eight bits hold.
    pub(super) fn is_deep(&self) -> bool {
        matches!(self, Self::Png(head) if head.bits == 16)
    }

    /// More pixels than are decoded at once.
    pub(super) fn is_huge(&self) -> bool {
        let (width, height) = self.pixels();
        u64::from(width) * u64::from(height) > MAX_PIXELS
    }

    /// The pixels that `dpi` asks for on `printed` pt, before the turn; `None` where it has not many
    /// more, or must not be decoded: black and white would grow.
    pub(super) fn fewer(&self, printed: (f32, f32), dpi: f32) -> Option<(u32, u32)> {
        let (width, height) = self.pixels();
        let decodes = match self {
            Self::Jpeg(_) => !self.is_huge(),
            Self::Png(head) => head.bits > 1,
        };
        let wanted = (printed.0 / 72.0 * dpi, printed.1 / 72.0 * dpi);
        let fewer = (width as f32) > wanted.0 * SLACK && (height as f32) > wanted.1 * SLACK;
        let whole = |length: f32, most: u32| (length.round() as u32).clamp(1, most);
        (decodes && fewer).then(|| (whole(wanted.0, width), whole(wanted.1, height)))
    }

    /// Its pixels, `to` so many of them where that saves bytes; on white where they are transparent.
    pub(super) fn image(
        &self,
        bytes: &[u8],
        to: Option<(u32, u32)>,
        cmyk: Cmyk,
    ) -> Result<Image, Fault> {
        match self {
            Self::Jpeg(head) if head.components == 4 && cmyk == Cmyk::Rgb => {
                let (width, height) = (head.width, head.height);
                if self.is_huge() {
                    return Err(Fault::TooLarge { width, height });
                }
                let to = to.unwrap_or((width, height));
                let (data, components) = jpeg::encoded(bytes, to).ok_or(Fault::Broken)?;
                Ok((jpeg_dictionary(to, components), data))
            }
            Self::Jpeg(head) => Ok(jpeg_image(head, bytes, to)),
            Self::Png(head) => png::pack(bytes, head, to).map(png_image),
        }
    }

    /// The file without what is not seen, for a program that shows it.
    pub(super) fn bare(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Jpeg(_) => bare::jpeg(bytes, Profile::Kept),
            Self::Png(_) => bare::png(bytes),
        }
    }

    fn orientation(&self) -> u8 {
        match self {
            Self::Jpeg(head) => head.orientation,
            Self::Png(head) => head.orientation,
        }
    }
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

/// A JPEG as a PDF takes it: without notes of where, with what and by whom it was taken.
pub(super) fn bare_jpeg(bytes: &[u8]) -> Vec<u8> {
    bare::jpeg(bytes, Profile::Left)
}

/// The JPEG itself, or a smaller one.
fn jpeg_image(head: &media::Picture, bytes: &[u8], to: Option<(u32, u32)>) -> Image {
    let bare = bare_jpeg(bytes);
    let smaller = to.and_then(|to| jpeg::smaller(&bare, to).map(|made| (to, made)));
    if let Some((to, (data, components))) = smaller {
        return (jpeg_dictionary(to, components), data);
    }
    let mut dictionary = jpeg_dictionary((head.width, head.height), head.components);
    if head.components == 4 && head.adobe {
        let upside_down = [1, 0].repeat(4).into_iter().map(Object::from).collect::<Vec<_>>();
        dictionary.set("Decode", upside_down);
    }
    (dictionary, bare)
}

fn jpeg_dictionary(pixels: (u32, u32), components: u8) -> Dictionary {
    let mut dictionary = dictionary_of(pixels.0, pixels.1, 8, space(components));
    dictionary.set("Filter", "DCTDecode");
    dictionary
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
