//! What goes wrong at an operation, and what a power cut leaves.

use super::Needs;

/// What goes wrong at an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// No room at this one; of a write, half fits.
    NoSpace,
    /// No room from this one on.
    NoSpaceOn,
    /// This one is denied.
    Denied,
    /// From this one on nothing may be changed.
    ReadOnlyOn,
    /// This one fails with an I/O error; what a sync was about is lost.
    Broken,
    /// The disk is pulled out just before this one.
    BrokenOn,
    /// The process is killed just before this one.
    KilledBefore,
    /// The process is killed just after this one; of a write, after half.
    KilledAfter,
    /// The power is cut just before this one.
    PowerCut,
}

/// What of the changes that were not brought to the disk a power cut leaves.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Left {
    /// No name and no byte.
    Nothing,
    /// All names, with files empty, full of zeros, cut in half, or torn: half and then zeros.
    Empty,
    Zeros,
    Half,
    /// Names given and taken first, files torn.
    Earlier,
    /// Every other change of names, files torn.
    Scattered,
}

impl Fault {
    /// Whether an operation can fail so; else the fault would be none, or that of a later operation.
    pub(crate) fn strikes(self, needs: Needs) -> bool {
        match self {
            Self::NoSpace | Self::NoSpaceOn => needs == Needs::Room,
            Self::ReadOnlyOn => needs != Needs::Reading,
            _ => true,
        }
    }
}

impl Left {
    pub(crate) const ALL: [Self; 6] =
        [Self::Nothing, Self::Empty, Self::Zeros, Self::Half, Self::Earlier, Self::Scattered];

    pub(super) fn keeps(self, index: usize, of: usize) -> bool {
        match self {
            Self::Nothing => false,
            Self::Empty | Self::Zeros | Self::Half => true,
            Self::Earlier => index < of.div_ceil(2),
            Self::Scattered => (index + of) % 2 == 1,
        }
    }

    pub(super) fn content(self, written: &[u8]) -> Vec<u8> {
        let mut left = written.to_vec();
        match self {
            Self::Nothing | Self::Empty => left.clear(),
            Self::Zeros => left.fill(0),
            Self::Half => left.truncate(written.len() / 2),
            Self::Earlier | Self::Scattered => left[written.len() / 2..].fill(0),
        }
        left
    }
}
