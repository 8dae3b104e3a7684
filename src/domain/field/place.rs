//! Addresses within a section of a letter: its texts, tables and figures.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::{Field, Kind, Spec};
use crate::domain::{Application, Role};

/// What of a block an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// A text.
    Text,
    /// A table or figure as a whole.
    Object,
    /// Its caption.
    Caption,
    /// A table's cell: row and column, from 0.
    Cell(usize, usize),
}

/// An address in a section of a letter, taken apart. The section's own address is that of its first
/// text; block 2 is at `/applications/0/plan/route/2`, a caption at `…/1/caption`, a cell at
/// `…/1/rows/3/0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The letter, from 0.
    pub letter: usize,
    /// Its section, of [`Application::SECTIONS`].
    pub section: &'static str,
    /// The block's index, see [`Body`](crate::domain::Body).
    pub block: usize,
    /// What of it.
    pub within: Within,
}

impl Place {
    /// The address.
    #[must_use]
    pub fn field(&self) -> Field {
        let mut pointer = format!("/applications/{}/{}", self.letter, self.section);
        if self.block > 0 || self.within != Within::Text {
            // Writing to a string cannot fail.
            _ = write!(pointer, "/{}", self.block);
        }
        match self.within {
            Within::Text | Within::Object => {}
            Within::Caption => pointer.push_str("/caption"),
            Within::Cell(row, column) => _ = write!(pointer, "/rows/{row}/{column}"),
        }
        Field::new(pointer)
    }

    /// The section's own address.
    #[must_use]
    pub fn section_field(&self) -> Field {
        Field::application(self.letter, self.section)
    }

    /// The address of its section's spec.
    pub(super) fn pattern(&self) -> String {
        format!("/applications/*/{}", self.section)
    }

    /// The section's name and what of it, such as `（三）技术路线 · 表格第 2 行第 1 列`.
    pub(super) fn title(&self) -> String {
        let section = self.section_field();
        let label = section.spec().map_or(self.section, |spec| spec.label.as_str());
        match self.within {
            Within::Text => label.to_owned(),
            Within::Object => format!("{label} · 图表"),
            Within::Caption => format!("{label} · 图表标题"),
            Within::Cell(row, column) => {
                format!("{label} · 表格第 {} 行第 {} 列", row + 1, column + 1)
            }
        }
    }
}

impl Within {
    /// What is known of captions and cells.
    pub(super) fn spec(self) -> Option<&'static Spec> {
        static CAPTION: LazyLock<Spec> =
            LazyLock::new(|| spec("标题", "图表的名称，序号自动编排。", Kind::Line));
        static CELL: LazyLock<Spec> = LazyLock::new(|| spec("单元格", "", Kind::Text));
        match self {
            Self::Caption => Some(&CAPTION),
            Self::Cell(..) => Some(&CELL),
            Self::Text | Self::Object => None,
        }
    }
}

fn spec(label: &str, hint: &str, kind: Kind) -> Spec {
    Spec {
        field: String::new(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        example: String::new(),
        kind,
        unit: String::new(),
        roles: vec![Role::Solver],
        required: false,
        unprinted: false,
    }
}

impl Field {
    /// The address taken apart, where it lies in a section of a letter. An even block is a text, an odd
    /// one a table or figure.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let (letter, rest) = self.pointer().strip_prefix("/applications/")?.split_once('/')?;
        let letter = number(letter)?;
        let (section, rest) = Application::SECTIONS.into_iter().find_map(|section| {
            let rest = rest.strip_prefix(section)?;
            (rest.is_empty() || rest.starts_with('/')).then_some((section, rest))
        })?;
        let mut segments = rest.split('/').skip(1);
        let block = segments.next().map_or(Some(0), number)?;
        let is_text = block.is_multiple_of(2);
        let within = match (segments.next(), segments.next(), segments.next()) {
            (None, ..) => {
                if is_text {
                    Within::Text
                } else {
                    Within::Object
                }
            }
            (Some("caption"), None, _) if !is_text => Within::Caption,
            (Some("rows"), Some(row), Some(column)) if !is_text => {
                Within::Cell(number(row)?, number(column)?)
            }
            _ => return None,
        };
        segments.next().is_none().then_some(Place { letter, section, block, within })
    }
}

fn number(segment: &str) -> Option<usize> {
    let is_number = segment.bytes().all(|byte| byte.is_ascii_digit());
    // Far more than there can be, and far from where counting on would overflow.
    is_number.then(|| segment.parse::<u32>().ok())?.map(|number| number as usize)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_letter_are_taken_apart_and_put_together() {
        for (pointer, section, block, within) in [
            ("/applications/0/introduction", "introduction", 0, Within::Text),
            ("/applications/3/plan/route/2", "plan/route", 2, Within::Text),
            ("/applications/0/plan/team/1", "plan/team", 1, Within::Object),
            ("/applications/0/plan/team/1/caption", "plan/team", 1, Within::Caption),
            ("/applications/0/cooperation/3/rows/10/2", "cooperation", 3, Within::Cell(10, 2)),
        ] {
            let place = Field::from(pointer).place().unwrap();
            assert_eq!((place.section, place.block, place.within), (section, block, within));
            assert_eq!(place.field().pointer(), pointer);
        }
        let first = Field::from("/applications/0/introduction/0").place().unwrap();
        assert_eq!(first.field().pointer(), "/applications/0/introduction");
        for pointer in [
            "/applications/0/item/name",
            "/applications/0/introductions",
            "/applications/x/introduction",
            "/applications/0/plan",
            "/applications/0/introduction/0/caption",
            "/applications/0/introduction/1/rows/0",
            "/applications/0/introduction/1/rows/0/0/0",
            "/applications/0/introduction/1/width",
            "/applications/0/evidence/1/name",
            "/demands/0/name",
        ] {
            assert_eq!(Field::from(pointer).place(), None, "{pointer}");
        }
    }

    #[test]
    fn a_block_is_named_by_its_section() {
        let title = |pointer: &str| Field::from(pointer).title();
        assert_eq!(title("/applications/1/plan/route/2"), "事项 2 · （三）技术路线");
        let cell = "/applications/0/plan/team/1/rows/1/0";
        assert_eq!(title(cell), "事项 1 · （一）攻关团队 · 表格第 2 行第 1 列");
        assert_eq!(Field::from(cell).spec().unwrap().kind, Kind::Text);
        assert_eq!(
            Field::from("/applications/1/plan/route/2").spec().unwrap().label,
            "（三）技术路线"
        );
    }
}
