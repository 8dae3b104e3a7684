//! A picture of the evidence: how large it is printed, and what a person should know of it.

use super::place::Sheet;
use super::trouble::{Remark, Trouble};
use crate::export::picture::{Cmyk, Image, Matrix, Picture};

/// Resolution that a picture of more pixels is brought down to, dots an inch.
const DPI: f32 = 200.0;
/// Largest size of a pixel, pt: a thumbnail is not blown up over the page.
const PIXEL: f32 = 0.75;

/// A picture that can stand in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scan(Picture);

impl Scan {
    /// Reads a PNG or JPEG as far as it must be to know that it can be printed.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        let picture = Picture::read(bytes)?;
        picture.check(bytes)?;
        Ok(Self(picture))
    }

    /// What a person should know of it.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let (width, height) = self.0.pixels();
        let cmyk = self.0.is_cmyk().then_some(Remark::Cmyk);
        let deep = self.0.is_deep().then_some(Remark::SixteenBit);
        let huge = self.0.is_huge().then_some(Remark::Huge { width, height });
        cmyk.into_iter().chain(deep).chain(huge).collect()
    }

    /// The page it stands on, and where there.
    pub(super) fn placed(&self) -> (Sheet, Matrix) {
        let (width, height) = self.0.pixels();
        let (mut width, mut height) = (width as f32, height as f32);
        if self.0.lies() {
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
        (sheet, self.0.turn().then(sized))
    }

    /// Its pixels, brought down to [`DPI`] unless `kept`; those of a press stay, as decoded they
    /// would lose their colours.
    pub(super) fn image(&self, bytes: &[u8], kept: bool) -> Result<Image, Trouble> {
        let to = match kept || self.0.is_cmyk() {
            true => None,
            false => self.0.fewer(self.placed().1.lengths(), DPI),
        };
        Ok(self.0.image(bytes, to, Cmyk::Kept)?)
    }
}
