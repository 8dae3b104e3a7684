//! Files of the failing disk while they are open.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use jiebang::store::disk::Sink;

use super::{FailingDisk, Needs, Node, Verdict};

/// Most bytes one write takes, so that files are written in several.
const CHUNK: usize = 2000;

/// A file that is read; the disk may fail at the first byte.
pub(super) struct Reading {
    pub(super) disk: FailingDisk,
    pub(super) path: PathBuf,
    pub(super) bytes: Cursor<Vec<u8>>,
    pub(super) begun: bool,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.begun {
            self.disk.world().whole("read", &self.path, Needs::Reading)?;
            self.begun = true;
        }
        self.bytes.read(buffer)
    }
}

impl Seek for Reading {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// A file that is written.
pub(super) struct Writing {
    pub(super) disk: FailingDisk,
    pub(super) path: PathBuf,
    pub(super) node: usize,
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut world = self.disk.world();
        let verdict = world.step("write", &self.path, Needs::Room)?;
        let most = bytes.len().min(CHUNK);
        let count = if matches!(verdict, Verdict::Goes) { most } else { most / 2 };
        let Node::File { now, .. } = &mut world.nodes[self.node] else { panic!("no file") };
        now.extend_from_slice(&bytes[..count]);
        match verdict {
            Verdict::GoesHalf(error) => Err(error),
            _ => world.answer(count),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Writing {
    fn sync(&mut self) -> io::Result<()> {
        let mut world = self.disk.world();
        let verdict = world.step("sync", &self.path, Needs::Room)?;
        let Node::File { now, synced, lost, .. } = &mut world.nodes[self.node] else {
            panic!("no file")
        };
        if let Verdict::GoesHalf(error) = verdict {
            // The next sync finds nothing to do, though nothing was done.
            *lost = true;
            return Err(error);
        }
        if !*lost {
            *synced = Some(now.clone());
        }
        world.answer(())
    }
}
