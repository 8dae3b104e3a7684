//! Files to a ZIP: the same bytes for the same files and date, on every machine.

use std::io::{self, Read, Write};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::content::{Content, Spool};
use super::{ExportError, OutputFile};
use crate::domain::media;

/// Most bytes of files in a package: what [`verify`](super::verify()) is willing to unpack.
pub(super) const MAX_UNPACKED: u64 = 2 << 30;

/// Bytes packed between two chances to break off.
const PORTION: usize = 4 << 20;

/// Packs `files` in their order; their times are the start of `date`, their mode 0644.
pub fn zip_of(files: &[OutputFile], date: Date) -> Result<Content, ExportError> {
    zip_while(files, date, &mut |_| Ok(()))
}

/// [`zip_of`], which tells of each portion how many files were finished with it, 0 or 1, and ends with
/// the error that comes back.
pub(super) fn zip_while(
    files: &[OutputFile],
    date: Date,
    packed: &mut dyn FnMut(usize) -> Result<(), ExportError>,
) -> Result<Content, ExportError> {
    let total: u64 = files.iter().map(|file| file.content.length()).sum();
    if total > MAX_UNPACKED {
        return Err(ExportError::TooLarge { megabytes: total >> 20 });
    }
    let mut writer = ZipWriter::new(Spool::default());
    for file in files {
        let options = SimpleFileOptions::default()
            .system(System::Unix)
            .unix_permissions(0o644)
            .last_modified_time(start_of(date));
        let mut content = file.content.open()?;
        let mut portion = Vec::with_capacity(PORTION.min(file.content.length() as usize));
        read_portion(&mut content, &mut portion)?;
        let options = match file.is_packed() || is_photograph(&portion) {
            true => options.compression_method(CompressionMethod::Stored),
            false => {
                options.compression_method(CompressionMethod::Deflated).compression_level(Some(6))
            }
        };
        writer.start_file(file.name.as_str(), options)?;
        while !portion.is_empty() {
            writer.write_all(&portion)?;
            packed(0)?;
            read_portion(&mut content, &mut portion)?;
        }
        packed(1)?;
    }
    Ok(writer.finish()?.finish()?)
}

/// The next bytes, none at the end.
pub(super) fn read_portion(content: &mut dyn Read, portion: &mut Vec<u8>) -> io::Result<()> {
    portion.clear();
    content.take(PORTION as u64).read_to_end(portion)?;
    Ok(())
}

/// The ZIP's own calendar knows the years 1980 to 2107.
pub(super) fn start_of(date: Date) -> DateTime {
    let month_and_day = (date.month().unsigned_abs(), date.day().unsigned_abs());
    u16::try_from(date.year())
        .ok()
        .and_then(|year| {
            DateTime::from_date_and_time(year, month_and_day.0, month_and_day.1, 0, 0, 0).ok()
        })
        .unwrap_or(DateTime::DEFAULT)
}

/// JPEG and PNG are compressed already.
fn is_photograph(bytes: &[u8]) -> bool {
    let head = bytes.get(..media::HEAD).unwrap_or(bytes);
    matches!(media::extension(head), Ok("jpg" | "png"))
}
