//! A file from elsewhere on its way into the store: how far it is, and broken off.

use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::rules::invisible;

/// The reading of one file, seen by both threads.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The file's name, fit to be shown.
    name: String,
    /// Bytes unpacked, checked and copied so far; those of a package pass more than once.
    bytes: AtomicU64,
    stopped: AtomicBool,
}

impl Reading {
    /// That of the file at `path`.
    pub(super) fn of(path: &Path) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        Self { name: invisible::revealed(&name), ..Self::default() }
    }

    /// Takes in that so many bytes more are done, and says whether to go on.
    pub(super) fn goes_on(&self, more: u64) -> bool {
        self.bytes.fetch_add(more, Ordering::Relaxed);
        !self.is_stopped()
    }

    /// It is to end, with nothing kept.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// What is said of it meanwhile.
    pub(super) fn words(&self) -> String {
        let name = &self.name;
        match self.bytes.load(Ordering::Relaxed) {
            _ if self.is_stopped() => format!("正在取消读取“{name}”……"),
            0..1_048_576 => format!("正在读取“{name}”……"),
            bytes => format!("正在读取“{name}”……已检查、复制 {} MB", bytes >> 20),
        }
    }

    /// `source`, whose bytes count and whose reading ends with an error once this is stopped.
    pub(super) const fn watch<R: Read>(&self, source: R) -> Watched<'_, R> {
        Watched { source, reading: self }
    }
}

/// See [`Reading::watch`].
pub(super) struct Watched<'a, R> {
    source: R,
    reading: &'a Reading,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        match self.reading.goes_on(count as u64) {
            true => Ok(count),
            false => Err(io::Error::other("已取消")),
        }
    }
}
