//! What a file is, by its first bytes; its extension is not asked.

mod exif;
mod iptc;
mod picture;
mod profile;
mod segment;
mod trace;

pub use exif::orientation;
pub use picture::{MAX_PICTURE, MAX_PIXELS, Picture, PictureFault, chunks, jpeg, picture, png};
pub use segment::{Segment, Segments, segments};
pub use trace::{Trace, traces};

/// How many bytes from the start are looked at.
pub const HEAD: usize = 1024;

/// How many bytes from the end are looked at.
pub const TAIL: usize = 64 << 10;

/// Extensions of the kinds evidence may have.
pub const EXTENSIONS: [&str; 3] = ["pdf", "jpg", "png"];

/// The extension for a file that begins with `head`.
///
/// # Errors
/// What it is instead, and what to do about it.
pub fn extension(head: &[u8]) -> Result<&'static str, (&'static str, &'static str)> {
    // PDF readers accept the mark anywhere in the first 1024 bytes (ISO 32000-1, annex H, note 13).
    if head.windows(5).take(HEAD).any(|window| window == b"%PDF-") {
        Ok("pdf")
    } else if head.starts_with(&[0xff, 0xd8, 0xff]) {
        Ok("jpg")
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok("png")
    } else {
        Err(other(head))
    }
}

/// What is wrong with a file of a kind of evidence, as far as its last bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is cut off.
    Truncated,
    /// A PDF that asks for a password or forbids its use.
    Encrypted,
}

/// Looks at the last [`TAIL`] bytes of a file with an extension of [`EXTENSIONS`].
#[must_use]
pub fn fault(extension: &str, tail: &[u8]) -> Option<Fault> {
    let has = |mark: &[u8]| tail.windows(mark.len()).any(|window| window == mark);
    let whole = match extension {
        "pdf" => has(b"%%EOF"),
        "jpg" => has(&[0xff, 0xd9]),
        "png" => has(b"IEND"),
        _ => true,
    };
    if !whole {
        Some(Fault::Truncated)
    } else if extension == "pdf" && has(b"/Encrypt") {
        Some(Fault::Encrypted)
    } else {
        None
    }
}

fn other(head: &[u8]) -> (&'static str, &'static str) {
    const TO_PDF: &str = "请用办公软件打开后导出为 PDF 再添加";
    const TO_IMAGE: &str = "请用看图软件另存为 JPEG 或 PNG 后再添加";
    const HEIF: [&[u8]; 8] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    let brand = head.get(4..8).filter(|mark| mark == b"ftyp").and_then(|_| head.get(8..12));
    match brand {
        Some(brand) if HEIF.contains(&brand) => {
            return (
                "HEIC 照片（多为苹果手机拍摄）",
                "请在手机上选“兼容性最佳”格式重新导出，或用看图软件另存为 JPEG 后再添加",
            );
        }
        Some(b"avif") => return ("AVIF 图片", TO_IMAGE),
        Some(_) => return ("视频", "请改为添加截图或 PDF"),
        None => {}
    }
    let begins = |mark: &[u8]| head.starts_with(mark);
    if begins(b"PK\x03\x04") {
        ("压缩包或 Word、Excel、OFD 等文件", "压缩包请先解压，文档请用办公软件导出为 PDF 后再添加")
    } else if begins(&[0xd0, 0xcf, 0x11, 0xe0]) {
        ("旧版 Word、Excel 等文档", TO_PDF)
    } else if begins(b"II*\0") || begins(b"MM\0*") {
        ("TIFF 图片", TO_IMAGE)
    } else if begins(b"BM") {
        ("BMP 图片", TO_IMAGE)
    } else if begins(b"GIF8") {
        ("GIF 图片", TO_IMAGE)
    } else if begins(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        ("WebP 图片", TO_IMAGE)
    } else if begins(b"Rar!") || begins(b"7z\xbc\xaf") {
        ("压缩包", "请先解压再添加")
    } else {
        ("无法识别的格式", "请打开文件确认内容，导出为 PDF 后再添加")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cut_off_or_locked_is_told_by_its_end() {
        assert_eq!(fault("pdf", b"trailer << /Size 9 >> startxref 1 %%EOF\n"), None);
        assert_eq!(fault("pdf", b"trailer << /Size 9"), Some(Fault::Truncated));
        assert_eq!(fault("pdf", b"<< /Encrypt 7 0 R >> %%EOF"), Some(Fault::Encrypted));
        assert_eq!(fault("jpg", &[1, 2, 0xff, 0xd9]), None);
        assert_eq!(fault("jpg", &[1, 2]), Some(Fault::Truncated));
        assert_eq!(fault("png", b"....IEND...."), None);
        assert_eq!(fault("png", b"....IDAT"), Some(Fault::Truncated));
    }
}
