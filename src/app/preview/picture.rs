//! What is seen of a page, in pieces: a key changes few of them, and only those are drawn and put on the
//! screen again.

use std::ops::Range;

use iced::widget::image::Handle;

use super::raster::{self, Rasteriser};
use crate::typeset::page::{Item, Page};

/// The inked part of a page in bands from top to bottom; beside it the page is white.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    pub(super) bands: Vec<Handle>,
    /// White columns beside the bands, from the left edge of the page to its right edge.
    pub(super) beside: Vec<White>,
    /// The pixels from left to right that the bands show.
    pub(super) columns: Range<u32>,
    /// Of the page, pixels.
    pub(super) width: u32,
    /// Of the page, pixels.
    pub(super) height: u32,
}

/// A white column as high as the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct White {
    /// Pixels from the left edge of the page.
    pub(super) left: u32,
    /// Pixels.
    pub(super) width: u32,
    /// From top to bottom, each [`PIECE`] but for the last one.
    pub(super) pieces: Vec<Handle>,
}

/// Height of a piece of a white column, pixels.
pub(super) const PIECE: u32 = 64;

/// Width of the columns next to the bands, pixels: what is drawn again with a band reaches over its
/// sides, and the whole margin would be drawn with it.
const SELVAGE: u32 = 2;

impl White {
    /// The column from `left` to `right` of a page of this height; `None` for an empty one.
    fn new(left: u32, right: u32, height: u32) -> Option<Self> {
        let width = right.checked_sub(left).filter(|width| *width > 0)?;
        let pieces = (0..height).step_by(PIECE as usize).map(|top| {
            let tall = PIECE.min(height - top);
            Handle::from_rgba(width, tall, vec![255; width as usize * tall as usize * 4])
        });
        Some(Self { left, width, pieces: pieces.collect() })
    }

    /// The columns beside those of the bands.
    fn beside(columns: &Range<u32>, width: u32, height: u32) -> Vec<Self> {
        if columns.is_empty() {
            return Self::new(0, width, height).into_iter().collect();
        }
        let (from, to) = (columns.start, columns.end);
        let (before, after) = (from.saturating_sub(SELVAGE), (to + SELVAGE).min(width));
        let edges = [(0, before), (before, from), (to, after), (after, width)];
        edges.into_iter().filter_map(|(left, right)| Self::new(left, right, height)).collect()
    }
}

/// Height of a band, pixels; the last one of a page may be lower. The renderer draws those beside a band
/// that has changed again too, so that it is less than a line of text.
pub(super) const BAND: u32 = 16;

/// White pixels kept beside the ink.
const BESIDE: u32 = 2;

impl Picture {
    /// Draws a page at `scale` pixels a point. Bands that look as they did `before` stay what they were, and
    /// those in which nothing has changed are not drawn. `None` for a page without area.
    pub(super) fn new(
        rasteriser: &mut Rasteriser,
        page: &Page,
        scale: f32,
        before: Option<(&Page, &Self)>,
    ) -> Option<Self> {
        let (width, height) = raster::size(page, scale)?;
        let before = before.filter(|(_, old)| (old.width, old.height) == (width, height));
        if let Some((page_before, old)) = before {
            let rows = changed_rows(page_before, page, raster::within(page, scale), height);
            if let Some(picture) = old.with(rasteriser, page, scale, &rows) {
                return Some(picture);
            }
        }
        let drawn = rasteriser.draw(page, scale)?;
        let left = drawn.inked.start.saturating_sub(BESIDE).min(width);
        let right = (drawn.inked.end + BESIDE).clamp(left, width);
        let columns = left..right;
        let beside = White::beside(&columns, width, height);
        Some(Self { bands: cut(&drawn, &columns, &[]), beside, columns, width, height })
    }

    /// The same with these rows drawn anew; `None` where they have ink beside the bands.
    fn with(
        &self,
        rasteriser: &mut Rasteriser,
        page: &Page,
        scale: f32,
        rows: &[Range<u32>],
    ) -> Option<Self> {
        let mut picture = self.clone();
        for rows in rows {
            let drawn = rasteriser.draw_rows(page, scale, rows.clone())?;
            let is_within = drawn.inked.is_empty()
                || (drawn.inked.start >= self.columns.start && drawn.inked.end <= self.columns.end);
            if !is_within {
                return None;
            }
            let first = (rows.start / BAND) as usize;
            let last = rows.end.div_ceil(BAND) as usize;
            let old = self.bands.get(first..last)?;
            let new = cut(&drawn, &self.columns, old);
            for (place, band) in picture.bands.get_mut(first..last)?.iter_mut().zip(new) {
                *place = band;
            }
        }
        Some(picture)
    }
}

/// Cuts these columns of what was drawn into bands; one that looks as in `old` is that one.
fn cut(drawn: &raster::Picture, columns: &Range<u32>, old: &[Handle]) -> Vec<Handle> {
    let stride = drawn.width as usize * 4;
    let span = columns.start as usize * 4..columns.end as usize * 4;
    let wide = columns.end - columns.start;
    if stride == 0 || wide == 0 {
        return Vec::new();
    }
    let bands = drawn.rgba.chunks(BAND as usize * stride).enumerate();
    let bands = bands.map(|(n, rows)| {
        let mut pixels = Vec::with_capacity(rows.len());
        for row in rows.chunks_exact(stride) {
            pixels.extend_from_slice(row.get(span.clone()).unwrap_or_default());
        }
        let same = old.get(n).filter(
            |band| matches!(band, Handle::Rgba { pixels: old, .. } if old.as_ref() == pixels),
        );
        same.cloned().unwrap_or_else(|| {
            let height = pixels.len() as u32 / (wide * 4);
            Handle::from_rgba(wide, height, pixels)
        })
    });
    bands.collect()
}

/// The rows of whole bands in which the pages may look otherwise.
fn changed_rows(before: &Page, page: &Page, scale: f32, height: u32) -> Vec<Range<u32>> {
    let mut changed = vec![before.seals != page.seals; height.div_ceil(BAND) as usize];
    let mut note = |item: &Item| {
        let (top, bottom) = raster::extent(item, scale);
        let band = |y: f32| (y.max(0.0) / BAND as f32) as usize;
        let (first, last) = (band(top), (band(bottom) + 1).min(changed.len()));
        if let Some(bands) = changed.get_mut(first.min(last)..last) {
            bands.fill(true);
        }
    };
    let (old, new) = (&before.items, &page.items);
    let pairs = || old.iter().zip(new);
    if old.len() == new.len() {
        for (old, new) in pairs().filter(|(old, new)| old != new) {
            note(old);
            note(new);
        }
    } else {
        let same = pairs().take_while(|(old, new)| old == new).count();
        old.iter().skip(same).chain(new.iter().skip(same)).for_each(note);
    }
    runs(&changed, height)
}

/// The rows of bands that follow each other.
fn runs(changed: &[bool], height: u32) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    let bands = (0..height).step_by(BAND as usize).zip(changed);
    for (top, _) in bands.filter(|(_, changed)| **changed) {
        let bottom = (top + BAND).min(height);
        match runs.last_mut() {
            Some(run) if run.end == top => run.end = bottom,
            _ => runs.push(top..bottom),
        }
    }
    runs
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::typeset::geometry::{Point, Rect};
    use crate::typeset::page::{CheckBox, Face, Rule, SealSpace};
    use crate::typeset::paragraph::{Paragraph, Style, set};

    fn line(text: &str, x: f32, y: f32) -> Item {
        let style = Style::new(Face::Song, 14.0, 20.0);
        let set = set(&Paragraph::new(text, style), 400.0).remove(0);
        let Item::Text(mut run) = set.items[0].clone() else { panic!("{text}") };
        (run.origin.x, run.origin.y) = (x, y);
        Item::Text(run)
    }

    fn page(second: &str, x: f32) -> Page {
        let rect = Rect { x: 70.0, y: 230.0, width: 12.0, height: 12.0 };
        let (from, to) = (Point { x: 60.0, y: 150.0 }, Point { x: 300.0, y: 150.0 });
        Page {
            width: 400.0,
            height: 300.0,
            items: vec![
                line("公司围绕阻燃改性材料开展配方设计", 60.0, 100.0),
                line(second, x, 113.0),
                line("并建立了检测平台，国", 60.0, 127.0),
                Item::Rule(Rule { from, to, width: 0.5 }),
                Item::CheckBox(CheckBox { rect, checked: true }),
            ],
            seals: vec![SealSpace { centre: Point { x: 200.0, y: 220.0 }, diameter: 60.0 }],
            ..Page::default()
        }
    }

    fn pixels(picture: &Picture) -> Vec<&[u8]> {
        let bands = picture.bands.iter().map(|band| match band {
            Handle::Rgba { pixels, .. } => pixels.as_ref(),
            _ => panic!("{band:?}"),
        });
        bands.collect()
    }

    #[test]
    fn a_page_drawn_where_it_changed_looks_as_if_all_of_it_were_drawn() {
        let rasteriser = &mut Rasteriser::default();
        for scale in [0.65, 1.0, 1.9] {
            let (old, new) = (page("龘工艺验证", 60.0), page("形成技术路线", 70.0));
            let before = Picture::new(rasteriser, &old, scale, None).unwrap();
            let after = Picture::new(rasteriser, &new, scale, Some((&old, &before))).unwrap();
            let anew = Picture::new(rasteriser, &new, scale, None).unwrap();
            assert_eq!(after.columns, anew.columns, "at {scale}");
            assert!(pixels(&after) == pixels(&anew), "at {scale}");
            let kept = after.bands.iter().zip(&before.bands).filter(|(a, b)| a == b).count();
            assert!(kept * 2 > after.bands.len(), "{kept} at {scale}");
        }
    }

    #[test]
    fn ink_beside_the_bands_makes_them_wider() {
        let rasteriser = &mut Rasteriser::default();
        let (old, new) = (page("工艺验证", 60.0), page("工艺验证", 330.0));
        let before = Picture::new(rasteriser, &old, 1.0, None).unwrap();
        let after = Picture::new(rasteriser, &new, 1.0, Some((&old, &before))).unwrap();
        let anew = Picture::new(rasteriser, &new, 1.0, None).unwrap();
        assert!(after.columns.end > before.columns.end);
        assert!(after.columns == anew.columns && pixels(&after) == pixels(&anew));
    }

    #[test]
    fn a_line_more_changes_all_that_stands_below_it() {
        let rasteriser = &mut Rasteriser::default();
        let (old, mut new) = (page("工艺", 60.0), page("工艺", 60.0));
        new.items.insert(2, line("新的一行", 60.0, 141.0));
        let before = Picture::new(rasteriser, &old, 1.0, None).unwrap();
        let after = Picture::new(rasteriser, &new, 1.0, Some((&old, &before))).unwrap();
        let anew = Picture::new(rasteriser, &new, 1.0, None).unwrap();
        assert!(pixels(&after) == pixels(&anew));
    }
}
