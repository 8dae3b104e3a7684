//! The picture in the system's clipboard, which iced does not give.

use arboard::{Clipboard, ImageData};

use crate::domain::media::MAX_PIXELS;

/// The clipboard's picture as PNG; `None` where it holds text, or nothing, or cannot be read. Waits for the
/// program that copied it: not for the window's thread.
pub(crate) fn picture() -> Result<Option<Vec<u8>>, String> {
    let Ok(mut clipboard) = Clipboard::new() else { return Ok(None) };
    // Cells of a table come as text and as a picture of themselves.
    if clipboard.get_text().is_ok_and(|words| !words.is_empty()) {
        return Ok(None);
    }
    match clipboard.get_image() {
        Ok(picture) => png(&picture).map(Some),
        Err(_) => Ok(None),
    }
}

fn png(picture: &ImageData<'_>) -> Result<Vec<u8>, String> {
    let (width, height) = (picture.width as u32, picture.height as u32);
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(format!(
            "剪贴板里的图片有 {width} × {height} 像素，太大了，请用看图软件缩小后再粘贴。"
        ));
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let written =
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&picture.bytes));
    written.map_err(|error| format!("剪贴板里的图片无法保存（{error}），请先存成文件再插入。"))?;
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_written_as_it_was_copied() {
        let bytes: Vec<u8> = (0..2 * 3 * 4).collect();
        let copied = ImageData { width: 2, height: 3, bytes: bytes.clone().into() };
        let written = png(&copied).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(written)).read_info().unwrap();
        let mut read = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut read).unwrap();
        assert_eq!((reader.info().width, reader.info().height, read), (2, 3, bytes));
    }

    #[test]
    fn a_picture_of_too_many_pixels_is_refused_with_the_way_out() {
        let copied = ImageData { width: 20_000, height: 20_000, bytes: Vec::new().into() };
        assert!(png(&copied).unwrap_err().contains("缩小"));
    }
}
