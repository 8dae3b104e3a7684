//! The pictures of the page that is shown, as large as they are shown.

use std::collections::HashMap;

use iced::widget::image::Handle;
use iced::{Size, Task};
use image::imageops::{self, FilterType};
use image::{ImageBuffer, Rgba};

use super::guide;
use crate::app::worker;

/// How wide a picture is wanted, physical pixels.
type Width = u32;

/// A picture that was read, or waits for it.
#[derive(Debug, Clone)]
struct Picture {
    wanted: Width,
    handle: Option<Handle>,
}

/// The pictures of one page.
#[derive(Debug, Clone, Default)]
pub(super) struct Pictures {
    known: HashMap<String, Picture>,
    /// Those still to be read, the first one last.
    waiting: Vec<String>,
    /// One is being read.
    reading: bool,
}

/// A picture that was read for a width; `None`: it could not be.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    file: String,
    wanted: Width,
    handle: Option<Handle>,
}

impl Pictures {
    /// Another page is shown.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.waiting.clear();
    }

    /// The picture, once it has been read.
    pub(super) fn get(&self, file: &str) -> Option<&Handle> {
        self.known.get(file)?.handle.as_ref()
    }

    /// Reads those of these files that are not yet there at this width, one after another in this order.
    /// What is there is shown meanwhile.
    pub(super) fn want<'a>(
        &mut self,
        files: impl Iterator<Item = &'a str>,
        wide: Width,
    ) -> Task<Ready> {
        self.waiting.clear();
        for file in files {
            let Some(size) = guide::picture_size(file) else { continue };
            let wanted = wide.clamp(1, size.width);
            let new = || Picture { wanted: 0, handle: None };
            let picture = self.known.entry(file.to_owned()).or_insert_with(new);
            if picture.wanted != wanted || picture.handle.is_none() {
                picture.wanted = wanted;
                self.waiting.push(file.to_owned());
            }
        }
        self.waiting.reverse();
        self.next()
    }

    /// Keeps a picture that was read, unless another width is wanted by now, and reads the next one.
    pub(super) fn ready(&mut self, ready: Ready) -> Task<Ready> {
        self.reading = false;
        if let Some(picture) = self.known.get_mut(&ready.file)
            && picture.wanted == ready.wanted
        {
            picture.handle = ready.handle.or(picture.handle.take());
        }
        self.next()
    }

    fn next(&mut self) -> Task<Ready> {
        if self.reading {
            return Task::none();
        }
        let Some(file) = self.waiting.pop() else { return Task::none() };
        let picture = guide::picture(&file).zip(guide::picture_size(&file));
        let wanted = self.known.get(&file).map(|picture| picture.wanted);
        let Some(((bytes, size), wanted)) = picture.zip(wanted) else { return Task::none() };
        self.reading = true;
        worker::run(
            move || read(bytes, size, wanted),
            move |read| Ready { file, wanted, handle: read.ok().flatten() },
        )
    }
}

/// Reads a PNG and makes it as wide as it is wanted.
fn read(bytes: &[u8], size: Size<u32>, wide: Width) -> Option<Handle> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut pixels).ok()?;
    pixels.truncate(info.buffer_size());
    let rgba = match info.color_type {
        png::ColorType::Rgba => pixels,
        png::ColorType::GrayscaleAlpha => {
            let grey = pixels.chunks_exact(2);
            grey.flat_map(|pixel| match pixel {
                [grey, alpha] => [*grey, *grey, *grey, *alpha],
                _ => [0; 4],
            })
            .collect()
        }
        _ => return None,
    };
    let picture = ImageBuffer::<Rgba<u8>, _>::from_raw(info.width, info.height, rgba)?;
    if wide >= size.width {
        return Some(Handle::from_rgba(info.width, info.height, picture.into_raw()));
    }
    let high = (f64::from(wide) * f64::from(info.height) / f64::from(info.width)).round() as u32;
    let high = high.max(1);
    let picture = imageops::resize(&picture, wide, high, FilterType::CatmullRom);
    Some(Handle::from_rgba(wide, high, picture.into_raw()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::app::screen::help::guide::Guide;

    #[test]
    fn every_picture_of_the_guide_can_be_read_at_any_width() {
        let guide = Guide::read();
        let (_, file) = guide.pages[1].pictures().next().unwrap();
        let (bytes, size) = (guide::picture(file).unwrap(), guide::picture_size(file).unwrap());
        for wide in [1, 300, size.width] {
            match read(bytes, size, wide).unwrap() {
                Handle::Rgba { width, height, pixels, .. } => {
                    assert_eq!(width, wide);
                    assert_eq!(pixels.len(), (width * height * 4) as usize);
                }
                other => panic!("{other:?}"),
            }
        }
        for (_, file) in guide.pages.iter().flat_map(|page| page.pictures()) {
            let (bytes, size) = (guide::picture(file).unwrap(), guide::picture_size(file).unwrap());
            assert!(read(bytes, size, size.width).is_some(), "{file}");
        }
    }

    #[test]
    fn pictures_are_read_one_by_one_and_one_that_comes_late_is_not_shown() {
        let mut pictures = Pictures::default();
        let files = ["pictures/home.png", "pictures/size.png"];
        let is_work = |task: Task<Ready>| task.units() > 0;
        let handle = Some(Handle::from_rgba(1, 1, vec![0; 4]));
        let ready =
            |n: usize, wanted| Ready { file: files[n].to_owned(), wanted, handle: handle.clone() };
        assert!(is_work(pictures.want(files.into_iter(), 300)));
        assert!(!is_work(pictures.want(files.into_iter(), 400)), "one is being read");
        assert!(is_work(pictures.ready(ready(0, 300))));
        assert!(pictures.get(files[0]).is_none(), "it is as wide as was wanted before");
        assert!(is_work(pictures.ready(ready(0, 400))));
        assert!(!is_work(pictures.ready(ready(1, 400))));
        assert!(files.iter().all(|file| pictures.get(file).is_some()));
        assert!(!is_work(pictures.want(files.into_iter(), 400)), "they are there");
    }
}
