//! Files on their way into the evidence: each knows its piece, wherever that is moved meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::roster::{Member, Roster};
use crate::domain::Draft;

/// A piece of evidence, by its identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    letter: Member,
    piece: Member,
}

impl Target {
    /// Piece m of letter n; one that is to be added where there is none. `None`: no such letter.
    pub(super) fn of(roster: &Roster, n: usize, m: usize) -> Option<Self> {
        Some(Self { letter: roster.letter(n)?, piece: roster.piece(n, m).unwrap_or_default() })
    }

    /// Its letter; `None`: it is gone.
    pub(super) fn letter_at(self, roster: &Roster) -> Option<usize> {
        roster.letter_at(self.letter)
    }

    /// Letter and piece; `None`: it is gone, or not there yet.
    pub(super) fn at(self, roster: &Roster) -> Option<(usize, usize)> {
        let n = self.letter_at(roster)?;
        Some((n, roster.piece_at(n, self.piece)?))
    }

    /// Letter and piece, which is added at the end where it is not there. `None`: the letter is gone.
    pub(super) fn make(self, draft: &mut Draft, roster: &mut Roster) -> Option<(usize, usize)> {
        if let Some(place) = self.at(roster) {
            return Some(place);
        }
        let n = self.letter_at(roster)?;
        let pieces = &mut draft.applications.get_mut(n)?.evidence;
        pieces.push(crate::domain::Evidence::default());
        let last = pieces.len() - 1;
        roster.fit(draft);
        roster.name_last_piece(n, self.piece);
        Some((n, last))
    }
}

/// How far a copy is; shared with the thread that makes it.
#[derive(Debug, Default)]
pub(super) struct Progress {
    bytes: AtomicU64,
    /// Number of the file being copied, from 0.
    file: AtomicU64,
    stopped: AtomicBool,
}

impl Progress {
    /// File `n` begins, after `bytes` of those before it.
    pub(super) fn begin(&self, n: usize, bytes: u64) {
        self.file.store(n as u64, Ordering::Relaxed);
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// So many bytes are copied; `false`: it is to stop.
    pub(super) fn reach(&self, bytes: u64) -> bool {
        self.bytes.store(bytes, Ordering::Relaxed);
        !self.is_stopped()
    }

    /// It was told to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// What a ticket waits for.
#[derive(Debug)]
pub(super) enum Stage {
    /// The answer to a dialog.
    Asking,
    /// The copy of these files.
    Copying(Vec<String>, Arc<Progress>),
}

/// Files on their way.
#[derive(Debug)]
pub(super) struct Ticket {
    /// Its number, never used again.
    pub(super) number: u64,
    /// Where they go.
    pub(super) to: Target,
    /// They were dropped on the window; others dropped meanwhile go with them.
    dropped: bool,
    /// What it waits for.
    pub(super) stage: Stage,
}

/// A copy that runs, as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Copying {
    /// Its ticket.
    pub(super) number: u64,
    /// The file, and which of how many it is.
    pub(super) words: String,
    /// It was told to stop.
    pub(super) stopping: bool,
}

/// All files on their way.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    tickets: Vec<Ticket>,
    issued: u64,
}

impl Arrivals {
    /// Files are asked for.
    pub(super) fn ask(&mut self, to: Target) -> u64 {
        self.issue(to, false, Stage::Asking)
    }

    /// The copy of files begins, of ones dropped on the window where `dropped`.
    pub(super) fn copy(
        &mut self,
        to: Target,
        dropped: bool,
        names: Vec<String>,
    ) -> (u64, Arc<Progress>) {
        let progress = Arc::new(Progress::default());
        let number = self.issue(to, dropped, Stage::Copying(names, Arc::clone(&progress)));
        (number, progress)
    }

    fn issue(&mut self, to: Target, dropped: bool, stage: Stage) -> u64 {
        self.issued += 1;
        self.tickets.push(Ticket { number: self.issued, to, dropped, stage });
        self.issued
    }

    /// The ticket is done with.
    pub(super) fn take(&mut self, number: u64) -> Option<Ticket> {
        let at = self.tickets.iter().position(|ticket| ticket.number == number)?;
        Some(self.tickets.remove(at))
    }

    /// The piece for which files dropped a moment ago are still being copied.
    pub(super) fn dropped_to(&self, letter: usize, roster: &Roster) -> Option<Target> {
        let mut dropped = self.tickets.iter().filter(|ticket| ticket.dropped);
        let last = dropped.rfind(|ticket| ticket.to.letter_at(roster) == Some(letter))?;
        Some(last.to)
    }

    /// Nothing is on its way.
    pub(super) fn is_empty(&self) -> bool {
        self.tickets.is_empty()
    }

    /// Something is being copied.
    pub(super) fn is_copying(&self) -> bool {
        self.tickets.iter().any(|ticket| matches!(ticket.stage, Stage::Copying(..)))
    }

    /// Nothing more is to come of the ticket, or of any: a dialog is not waited for, a copy ends soon.
    pub(super) fn stop(&mut self, number: Option<u64>) {
        let is_meant = |ticket: &Ticket| number.is_none_or(|number| ticket.number == number);
        self.tickets.retain(|ticket| match &ticket.stage {
            Stage::Copying(_, progress) => {
                if is_meant(ticket) {
                    progress.stopped.store(true, Ordering::Relaxed);
                }
                true
            }
            Stage::Asking => !is_meant(ticket),
        });
    }

    /// The copies into pieces for which `is_shown`.
    pub(super) fn copies(&self, is_shown: impl Fn(Target) -> bool) -> Vec<Copying> {
        let shown = self.tickets.iter().filter(|ticket| is_shown(ticket.to));
        shown.filter_map(Ticket::copying).collect()
    }
}

impl Ticket {
    fn copying(&self) -> Option<Copying> {
        let Stage::Copying(names, progress) = &self.stage else { return None };
        let at = progress.file.load(Ordering::Relaxed) as usize;
        let name = names.get(at).map_or("", String::as_str);
        let bytes = progress.bytes.load(Ordering::Relaxed);
        let mut words = format!("正在复制“{name}”");
        if names.len() > 1 {
            words += &format!("（第 {} / {} 个）", at + 1, names.len());
        }
        words += &match bytes {
            0..1_048_576 => "……".to_owned(),
            _ => format!("……已复制 {:.0} MB", bytes as f64 / 1_048_576.0),
        };
        Some(Copying { number: self.number, words, stopping: progress.is_stopped() })
    }
}
