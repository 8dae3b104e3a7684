//! The finished page: the only thing the exporters and the preview see.

use crate::domain::{Attachment, Field};

use super::geometry::{Point, Rect};
use super::letter_face::{self, ChosenFace};
use super::structure::{ElementId, Structure};

/// A typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// 宋 (Noto Serif SC Regular): body and tables.
    Song,
    /// 宋 bold (Noto Serif SC Bold): titles.
    SongBold,
    /// 黑 (Noto Sans SC Regular): headings of the first level.
    Hei,
    /// 楷 (LXGW WenKai): headings of the second level.
    Kai,
    /// What of the 宋 stands above or below the line: ⁵ ⁻ ₂ (Noto Serif Scripts).
    SongScripts,
    /// One of the machine, chosen for the letters' text.
    Chosen(ChosenFace),
}

impl Face {
    /// The faces of the bundle.
    pub const ALL: [Self; 5] =
        [Self::Song, Self::SongBold, Self::Hei, Self::Kai, Self::SongScripts];
    /// How many faces there can be: each has its [`place`](Self::place).
    pub(super) const PLACES: usize = Self::ALL.len() + letter_face::MOST;

    /// The face's number, below [`PLACES`](Self::PLACES).
    pub(super) const fn place(self) -> usize {
        match self {
            Self::Song => 0,
            Self::SongBold => 1,
            Self::Hei => 2,
            Self::Kai => 3,
            Self::SongScripts => 4,
            Self::Chosen(chosen) => Self::ALL.len() + chosen.place(),
        }
    }
}

/// A shade of grey: 0 black, 1 white.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Grey(pub f32);

/// One glyph of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Glyph number in the face.
    pub id: u16,
    /// How far the pen moves after it, pt, justification included.
    pub advance: f32,
    /// Shift of the glyph from the pen, pt, to the right.
    pub dx: f32,
    /// Shift of the glyph from the pen, pt, upwards.
    pub dy: f32,
    /// Start of the bytes of the run's text it stands for.
    pub start: u32,
    /// End of those bytes; equal to `start` for a further glyph of one cluster.
    pub end: u32,
}

/// Glyphs of one face and size on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphRun {
    /// Face.
    pub face: Face,
    /// Size, pt.
    pub size: f32,
    /// Start of the baseline.
    pub origin: Point,
    /// Turn about `origin`, degrees counter-clockwise; 0 for all but the draft mark.
    pub rotation: f32,
    /// Shade.
    pub grey: Grey,
    /// The text the run stands for: what a reader copies or searches.
    pub text: String,
    /// Glyphs in visual order, which is also reading order.
    pub glyphs: Vec<Glyph>,
}

impl GlyphRun {
    /// Sum of the advances, pt.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Start.
    pub from: Point,
    /// End.
    pub to: Point,
    /// Thickness, pt.
    pub width: f32,
}

/// A box to tick; reads as ☐ or ☑.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckBox {
    /// The box's outline.
    pub rect: Rect,
    /// Ticked.
    pub checked: bool,
}

/// A picture, stretched over its box.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePicture {
    /// Its box.
    pub rect: Rect,
    /// The picture's file.
    pub file: Attachment,
}

/// A box filled with a shade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// The box.
    pub rect: Rect,
    /// Its shade.
    pub grey: Grey,
}

/// Something printed.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Text.
    Text(GlyphRun),
    /// A line.
    Rule(Rule),
    /// A box to tick.
    CheckBox(CheckBox),
    /// A filled box, behind what follows it.
    Fill(Fill),
    /// A picture.
    Picture(PagePicture),
    /// Prints nothing: what follows, rules and fills aside, is of this element; `None`, as at a page's
    /// start: of none.
    Mark(Option<ElementId>),
}

/// Where a blank stands on the page; a blank that runs over pages has several.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// The blank.
    pub field: Field,
    /// Its cell or its lines.
    pub rect: Rect,
}

/// Room kept free for the company seal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SealSpace {
    /// Centre.
    pub centre: Point,
    /// Diameter, pt; at least 45 mm.
    pub diameter: f32,
}

/// One A4 page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Width, pt.
    pub width: f32,
    /// Height, pt.
    pub height: f32,
    /// What is printed, in reading order.
    pub items: Vec<Item>,
    /// Where blanks stand.
    pub regions: Vec<Region>,
    /// Where a seal goes; shown on screen, not printed.
    pub seals: Vec<SealSpace>,
}

impl Page {
    /// Nothing is printed on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.items.iter().all(|item| matches!(item, Item::Mark(_)))
    }
}

/// An entry of the PDF's outline.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// Depth from 0.
    pub level: u8,
    /// Heading.
    pub title: String,
    /// Page from 0.
    pub page: usize,
    /// Height on the page, pt from the top.
    pub y: f32,
}

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaperKind {
    /// 《大企业技术创新需求表》.
    Demand,
    /// 《中小企业“揭榜”对接表》.
    Matching,
    /// 《“揭榜”申请书》 of an item (from 0), with its list of evidence.
    Application(usize),
    /// 佐证材料册 of an item (from 0): the evidence itself, bound to its list.
    EvidenceBook(usize),
    /// 报送清单.
    Checklist,
}

/// A finished paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Which it is.
    pub kind: PaperKind,
    /// Title, also of the PDF.
    pub title: String,
    /// File name without extension, such as 附件3 中小企业“揭榜”对接表.
    pub file_stem: String,
    /// Pages.
    pub pages: Vec<Page>,
    /// Outline in page order.
    pub outline: Vec<OutlineEntry>,
    /// What its parts are.
    pub structure: Structure,
    /// The places for seals can be signed in the file.
    pub signable: bool,
}
