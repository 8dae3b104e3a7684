//! Pictures of figures on the page: decoded once, brought down to what the screen shows.

use std::collections::VecDeque;
use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegDecoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, RgbImage};
use tiny_skia::Pixmap;

use crate::domain::Attachment;
use crate::typeset::flow::put_line;
use crate::typeset::geometry::{Point, Rect};
use crate::typeset::page::{Face, Fill, Grey, Item, Page, PagePicture};
use crate::typeset::paragraph::{Align, Paragraph, Style, set};

/// Reads the bytes of a figure's file; `None` where it is gone or has been altered.
pub(crate) type Reader = Arc<dyn Fn(&Attachment) -> Option<Vec<u8>> + Send + Sync>;

/// Most bytes of pixels that are kept.
const MAX_KEPT: usize = 64 << 20;
/// Most pixels of a picture on the screen.
const MAX_SHOWN: f32 = 8.0e6;
/// Most pixels of a picture that is decoded whole; of a larger PNG some are left out.
const MAX_DECODED: u64 = 40_000_000;

/// Decoded pictures, the one used last at the end.
#[derive(Default)]
pub(super) struct Figures {
    reader: Option<Reader>,
    kept: VecDeque<Kept>,
}

/// A picture as it is shown in one size.
struct Kept {
    sha256: String,
    shown: (u32, u32),
    /// `None`: it cannot be decoded.
    pixels: Option<RgbImage>,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.pixels.as_ref().map_or(0, |pixels| pixels.as_raw().len())
    }
}

impl Figures {
    /// Reads files with `reader` from now on.
    pub(super) fn read_with(&mut self, reader: Reader) {
        self.reader = Some(reader);
    }

    /// Draws a picture of a page at `scale` pixels a point on a pixmap whose first row is the page's row
    /// `top`; `false` where it cannot be shown.
    pub(super) fn draw(
        &mut self,
        pixmap: &mut Pixmap,
        picture: &PagePicture,
        scale: f32,
        top: i32,
    ) -> bool {
        let place = Place::of(picture.rect, scale);
        let Some(pixels) = self.pixels(&picture.file, (place.width, place.height)) else {
            return false;
        };
        copy(pixmap, pixels, &place, top);
        true
    }

    /// A picture's pixels for a box of `shown` pixels; fewer where the box is very large.
    fn pixels(&mut self, file: &Attachment, shown: (u32, u32)) -> Option<&RgbImage> {
        let known = |kept: &Kept| kept.sha256 == file.sha256 && kept.shown == shown;
        if let Some(at) = self.kept.iter().position(known) {
            let kept = self.kept.remove(at)?;
            self.kept.push_back(kept);
        } else {
            // A file that is gone may come back: that is not kept.
            let bytes = self.reader.as_ref()?(file)?;
            let pixels = decode(&bytes).map(|decoded| fitted(decoded, shown));
            self.kept.push_back(Kept { sha256: file.sha256.clone(), shown, pixels });
            while self.kept.len() > 1 && self.kept.iter().map(Kept::bytes).sum::<usize>() > MAX_KEPT
            {
                self.kept.pop_front();
            }
        }
        self.kept.back()?.pixels.as_ref()
    }
}

/// Whole pixels of a page that a box takes.
struct Place {
    left: i32,
    top: i32,
    width: u32,
    height: u32,
}

impl Place {
    fn of(rect: Rect, scale: f32) -> Self {
        let edge = |value: f32| (value * scale).round() as i32;
        let (left, top) = (edge(rect.x), edge(rect.y));
        let length = |from: i32, to: i32| to.saturating_sub(from).max(1).unsigned_abs();
        let (width, height) = (length(left, edge(rect.right())), length(top, edge(rect.bottom())));
        Self { left, top, width, height }
    }
}

fn copy(pixmap: &mut Pixmap, pixels: &RgbImage, place: &Place, top: i32) {
    let (across, down) = (pixmap.width() as i32, pixmap.height() as i32);
    let stride = pixmap.width() as usize * 4;
    let rows = pixmap.data_mut().chunks_exact_mut(stride.max(1));
    for (y, row) in (0..down).zip(rows) {
        let from_top = y.saturating_add(top).saturating_sub(place.top);
        let Some(source_y) = source(from_top, place.height, pixels.height()) else { continue };
        let columns = place.left.max(0)..across.min(place.left.saturating_add(place.width as i32));
        for x in columns {
            let from_left = x.saturating_sub(place.left);
            let Some(source_x) = source(from_left, place.width, pixels.width()) else { continue };
            let Some(pixel) = pixels.get_pixel_checked(source_x, source_y) else { continue };
            if let Some(target) = row.get_mut(x as usize * 4..x as usize * 4 + 3) {
                target.copy_from_slice(&pixel.0);
            }
        }
    }
}

/// The pixel of a picture of `own` pixels that is seen `at` pixels into a box of `shown`.
fn source(at: i32, shown: u32, own: u32) -> Option<u32> {
    let at = u32::try_from(at).ok().filter(|at| *at < shown)?;
    u32::try_from(u64::from(at) * u64::from(own) / u64::from(shown)).ok()
}

/// As many pixels as are shown.
fn fitted(decoded: DynamicImage, shown: (u32, u32)) -> RgbImage {
    let (width, height) = shown;
    let much = (MAX_SHOWN / (width as f32 * height as f32)).sqrt().min(1.0);
    let edge = |length: u32| ((length as f32 * much) as u32).max(1);
    let (width, height) = (edge(width), edge(height));
    let rgb = decoded.into_rgb8();
    if width <= rgb.width() && height <= rgb.height() {
        imageops::thumbnail(&rgb, width, height)
    } else {
        imageops::resize(&rgb, width, height, FilterType::Triangle)
    }
}

/// A PNG or JPEG, upright, on white.
fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    if bytes.starts_with(&[0xff, 0xd8]) { jpeg(bytes) } else { png(bytes) }
}

fn jpeg(bytes: &[u8]) -> Option<DynamicImage> {
    let mut decoder = JpegDecoder::new(Cursor::new(bytes)).ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_DECODED {
        return None;
    }
    let orientation = decoder.orientation().ok()?;
    let mut decoded = DynamicImage::from_decoder(decoder).ok()?;
    decoded.apply_orientation(orientation);
    Some(decoded)
}

fn png(bytes: &[u8]) -> Option<DynamicImage> {
    let limits = png::Limits { bytes: 256 << 20 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    let (colour, depth) = reader.output_color_type();
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    let orientation = info.exif_metadata.as_deref().and_then(Orientation::from_exif_chunk);
    let pixels = u64::from(width) * u64::from(height);
    if depth != png::BitDepth::Eight || (info.interlaced && pixels > MAX_DECODED) {
        return None;
    }
    let samples = colour.samples();
    let mut kept = Vec::new();
    // Every how many pixels one is kept, of rows as of columns.
    let mut step = 1_usize;
    let left = |step: usize| {
        u64::from(width.div_ceil(step as u32)) * u64::from(height.div_ceil(step as u32))
    };
    while left(step) > MAX_DECODED {
        step += 1;
    }
    if info.interlaced {
        let mut whole = vec![0; reader.output_buffer_size()?];
        reader.next_frame(&mut whole).ok()?;
        kept.extend(whole.chunks_exact(samples).flat_map(on_white));
    } else {
        for row in 0..height as usize {
            let data = reader.next_row().ok()??;
            if row.is_multiple_of(step) {
                kept.extend(data.data().chunks_exact(samples).step_by(step).flat_map(on_white));
            }
        }
    }
    let step = step as u32;
    let rgb = RgbImage::from_raw(width.div_ceil(step), height.div_ceil(step), kept)?;
    let mut decoded = DynamicImage::ImageRgb8(rgb);
    decoded.apply_orientation(orientation.unwrap_or(Orientation::NoTransforms));
    Some(decoded)
}

/// A pixel of grey or colour, with or without transparency, as colour on white.
fn on_white(pixel: &[u8]) -> [u8; 3] {
    let (colours, alpha) = match *pixel {
        [grey] => ([grey; 3], 255),
        [grey, alpha] => ([grey; 3], alpha),
        [r, g, b] => ([r, g, b], 255),
        [r, g, b, alpha] => ([r, g, b], alpha),
        _ => ([255; 3], 255),
    };
    let alpha = u32::from(alpha);
    colours.map(|colour| ((u32::from(colour) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

/// What stands for a picture that cannot be shown: a grey box with the file's name.
pub(super) fn stand_in(picture: &PagePicture) -> Vec<Item> {
    let rect = picture.rect;
    let mut page = Page::default();
    page.items.push(Item::Fill(Fill { rect, grey: Grey(0.88) }));
    let name = if picture.file.name.is_empty() { "图片" } else { picture.file.name.as_str() };
    let style = Style { grey: Grey(0.35), ..Style::new(Face::Song, 10.5, 15.0) };
    let words = Paragraph::new(format!("无法显示：{name}"), style.align(Align::Centre));
    let lines = set(&words, rect.width);
    let height: f32 = lines.iter().map(|line| line.height).sum();
    if height <= rect.height && rect.width >= 30.0 {
        let mut y = rect.y + (rect.height - height) / 2.0;
        for line in &lines {
            put_line(&mut page, line, Point { x: rect.x, y }, rect.width);
            y += line.height;
        }
    }
    page.items
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;

    use super::*;

    /// A PNG whose left half is one colour and whose right half another.
    fn halves(width: u32, height: u32, left: [u8; 4], right: [u8; 4]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header().unwrap();
        let half = |x: u32| if x < width / 2 { left } else { right };
        let pixels: Vec<u8> = (0..height).flat_map(|_| (0..width).flat_map(half)).collect();
        writer.write_image_data(&pixels).unwrap();
        writer.finish().unwrap();
        bytes
    }

    fn jpeg_turned(orientation: u8) -> Vec<u8> {
        let half = |x| if x < 20 { image::Rgb([0, 0, 0]) } else { image::Rgb([255, 255, 255]) };
        let picture = RgbImage::from_fn(40, 20, |x, _| half(x));
        let mut plain = Vec::new();
        JpegEncoder::new_with_quality(&mut plain, 95).encode_image(&picture).unwrap();
        let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0][..]]
            .concat();
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
        bytes.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        bytes.extend(b"Exif\0\0");
        bytes.extend(tiff);
        bytes.extend(&plain[2..]);
        bytes
    }

    fn file(sha256: &str) -> Attachment {
        Attachment { name: "路线.png".into(), sha256: sha256.into(), ..Attachment::default() }
    }

    fn figures(bytes: Vec<u8>) -> Figures {
        let mut figures = Figures::default();
        figures.read_with(Arc::new(move |_| Some(bytes.clone())));
        figures
    }

    fn at(pixels: &RgbImage, x: u32, y: u32) -> u8 {
        pixels.get_pixel(x, y).0[1]
    }

    #[test]
    fn a_picture_is_drawn_in_its_box_and_transparency_is_white() {
        let mut figures = figures(halves(400, 200, [0, 0, 0, 255], [0, 0, 0, 0]));
        let rect = Rect { x: 10.0, y: 20.0, width: 40.0, height: 20.0 };
        let picture = PagePicture { rect, file: file("a") };
        let mut pixmap = Pixmap::new(100, 50).unwrap();
        pixmap.fill(tiny_skia::Color::from_rgba8(200, 200, 200, 255));
        // The pixmap begins 10 rows down the page.
        assert!(figures.draw(&mut pixmap, &picture, 1.0, 10));
        let green = |x, y| pixmap.pixel(x, y).unwrap().green();
        assert_eq!([green(9, 15), green(10, 10), green(29, 29), green(30, 29)], [200, 0, 0, 255]);
        assert_eq!(
            [green(49, 10), green(50, 10), green(20, 9), green(20, 30)],
            [255, 200, 200, 200]
        );
    }

    #[test]
    fn a_photograph_is_turned_as_its_camera_says() {
        let mut upright = figures(jpeg_turned(1));
        let pixels = upright.pixels(&file("a"), (40, 20)).unwrap();
        assert!(at(pixels, 2, 10) < 60 && at(pixels, 37, 10) > 200);
        let mut turned = figures(jpeg_turned(6));
        let pixels = turned.pixels(&file("a"), (20, 40)).unwrap();
        assert!(at(pixels, 10, 2) < 60 && at(pixels, 10, 37) > 200);
    }

    #[test]
    fn what_cannot_be_shown_is_a_grey_box_with_its_name() {
        let rect = Rect { x: 0.0, y: 0.0, width: 200.0, height: 100.0 };
        let picture = PagePicture { rect, file: file("a") };
        let mut pixmap = Pixmap::new(10, 10).unwrap();
        assert!(!Figures::default().draw(&mut pixmap, &picture, 1.0, 0));
        assert!(!figures(b"neither".to_vec()).draw(&mut pixmap, &picture, 1.0, 0));
        assert!(!figures(jpeg_turned(1)[..40].to_vec()).draw(&mut pixmap, &picture, 1.0, 0));
        let items = stand_in(&picture);
        assert!(matches!(items[0], Item::Fill(_)));
        let words = items.iter().filter_map(|item| match item {
            Item::Text(run) => Some(run.text.as_str()),
            _ => None,
        });
        assert_eq!(words.collect::<String>(), "无法显示：路线.png");
    }

    #[test]
    fn what_is_kept_stays_within_its_bound() {
        let mut figures = figures(halves(4, 4, [9; 4], [9; 4]));
        for n in 0..12 {
            let pixels = figures.pixels(&file(&n.to_string()), (4000, 3000)).unwrap();
            assert!(pixels.width() * pixels.height() <= MAX_SHOWN as u32);
        }
        let bytes: usize = figures.kept.iter().map(Kept::bytes).sum();
        assert!(bytes <= MAX_KEPT && figures.kept.len() >= 2, "{bytes}");
        assert_eq!(figures.kept.back().unwrap().sha256, "11");
    }
}
