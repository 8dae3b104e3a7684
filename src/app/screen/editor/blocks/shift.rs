//! Where the blanks of a section are after its blocks, or the lines of a table, have changed.

use crate::domain::{Field, Place, Within};

/// What became of the lines of a table; positions from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app::screen::editor) enum Lines {
    /// A row was put in before this one.
    RowAdded(usize),
    /// A row was taken out.
    RowRemoved(usize),
    /// A column was put in before this one.
    ColumnAdded(usize),
    /// A column was taken out.
    ColumnRemoved(usize),
}

/// What became of the blocks of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app::screen::editor) enum Shift {
    /// An object was put in, at this block index.
    Inserted(usize),
    /// The object at this block index was taken out.
    Removed(usize),
    /// The objects at these block indices changed places.
    Swapped(usize, usize),
    /// The table at this block index changed.
    Table(usize, Lines),
    /// Everything is where it was.
    None,
}

impl Shift {
    /// What takes it back.
    pub(in crate::app::screen::editor) const fn inverse(self) -> Self {
        match self {
            Self::Inserted(at) => Self::Removed(at),
            Self::Removed(at) => Self::Inserted(at),
            Self::Table(at, lines) => Self::Table(at, lines.inverse()),
            same => same,
        }
    }

    /// Where a blank of `section` (its own address) is now; `None`: it is gone. Others stay.
    pub(super) fn follow(self, section: &Field, field: &Field) -> Option<Field> {
        let (Some(here), Some(place)) = (section.place(), field.place()) else {
            return Some(field.clone());
        };
        if (place.letter, place.section) != (here.letter, here.section) {
            return Some(field.clone());
        }
        let block = match self {
            Self::Inserted(at) if place.block >= at => place.block + 2,
            Self::Removed(at) if place.block == at => return None,
            Self::Removed(at) if place.block > at => place.block - 2,
            Self::Swapped(a, b) if place.block == a => b,
            Self::Swapped(a, b) if place.block == b => a,
            _ => place.block,
        };
        let within = match (self, place.within) {
            (Self::Table(at, lines), Within::Cell(row, column)) if at == block => {
                lines.follow(row, column)?
            }
            (_, within) => within,
        };
        Some(Place { block, within, ..place }.field())
    }
}

impl Lines {
    const fn inverse(self) -> Self {
        match self {
            Self::RowAdded(at) => Self::RowRemoved(at),
            Self::RowRemoved(at) => Self::RowAdded(at),
            Self::ColumnAdded(at) => Self::ColumnRemoved(at),
            Self::ColumnRemoved(at) => Self::ColumnAdded(at),
        }
    }

    fn follow(self, row: usize, column: usize) -> Option<Within> {
        let added = |n: usize, at: usize| if n >= at { n + 1 } else { n };
        let removed = |n: usize, at: usize| match n.cmp(&at) {
            std::cmp::Ordering::Less => Some(n),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(n - 1),
        };
        Some(match self {
            Self::RowAdded(at) => Within::Cell(added(row, at), column),
            Self::ColumnAdded(at) => Within::Cell(row, added(column, at)),
            Self::RowRemoved(at) => Within::Cell(removed(row, at)?, column),
            Self::ColumnRemoved(at) => Within::Cell(row, removed(column, at)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(shift: Shift, pointer: &str) -> Option<String> {
        let field = shift.follow(&Field::application(0, "plan/route"), &pointer.into());
        field.map(|field| field.pointer().replace("/applications/0/plan/route", "…"))
    }

    #[test]
    fn blanks_behind_an_object_move_with_it_and_others_stay() {
        let at = |rest: &str| format!("/applications/0/plan/route{rest}");
        for (shift, before, now) in [
            (Shift::Inserted(1), "", Some("…")),
            (Shift::Inserted(1), "/1/caption", Some("…/3/caption")),
            (Shift::Inserted(1), "/2", Some("…/4")),
            (Shift::Removed(1), "/1/rows/0/0", None),
            (Shift::Removed(1), "/2", Some("…")),
            (Shift::Removed(1), "/3", Some("…/1")),
            (Shift::Removed(3), "/2", Some("…/2")),
            (Shift::Removed(3), "/4", Some("…/2")),
            (Shift::Swapped(1, 3), "/3/rows/1/2", Some("…/1/rows/1/2")),
            (Shift::Table(1, Lines::RowRemoved(1)), "/1/rows/2/0", Some("…/1/rows/1/0")),
            (Shift::Table(1, Lines::RowRemoved(1)), "/1/rows/1/0", None),
            (Shift::Table(1, Lines::ColumnAdded(0)), "/1/rows/1/0", Some("…/1/rows/1/1")),
            (Shift::Table(1, Lines::ColumnAdded(0)), "/3/rows/1/0", Some("…/3/rows/1/0")),
        ] {
            assert_eq!(after(shift, &at(before)).as_deref(), now, "{shift:?} {before}");
        }
        for pointer in ["/applications/1/plan/route/1", "/applications/0/plan/risks/1"] {
            assert_eq!(after(Shift::Removed(1), pointer).as_deref(), Some(pointer));
        }
    }
}
