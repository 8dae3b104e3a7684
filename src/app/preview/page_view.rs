//! One page on the desk: its picture, the cell of the blank being edited, and clicks on cells.

use iced::advanced::image::FilterMethod::{Linear, Nearest};
use iced::advanced::image::{self, Renderer as _};
use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::{Border, Color, Event, Length, Rectangle, Size, Theme};

use super::Sheet;
use super::picture::{BAND, PIECE, Picture};
use crate::app::theme::{self, space as gap};
use crate::app::widget::{Element, ground};
use crate::domain::Field;
use crate::typeset::geometry::{Point, Rect};

/// How a page lies on the desk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Desk {
    /// Logical pixels of the page's width.
    pub(crate) width: f32,
    /// Physical pixels in a logical one.
    pub(crate) density: f32,
    /// No page is above it.
    pub(crate) first: bool,
    /// No page is below it.
    pub(crate) last: bool,
}

/// Shows a sheet, and the desk beside and below it: the renderer would draw one that lies under the page
/// again at each key.
pub(crate) fn page_view<'a, Message: 'a>(
    sheet: &'a Sheet,
    desk: Desk,
    edited: Option<&'a Field>,
    on_press: impl Fn(Field) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(PageView { sheet, desk, edited, on_press: Box::new(on_press) })
}

struct PageView<'a, Message> {
    sheet: &'a Sheet,
    desk: Desk,
    edited: Option<&'a Field>,
    on_press: Box<dyn Fn(Field) -> Message + 'a>,
}

impl<Message> PageView<'_, Message> {
    /// Logical pixels in a point.
    fn scale(&self) -> f32 {
        self.desk.width / self.sheet.page.width.max(1.0)
    }

    /// The page itself.
    fn paper(&self, bounds: Rectangle) -> Rectangle {
        Rectangle {
            x: bounds.x + (bounds.width - self.desk.width) / 2.0,
            y: bounds.y + self.above(),
            width: self.desk.width,
            height: self.sheet.page.height * self.scale(),
        }
    }

    /// Room above the page, logical pixels.
    const fn above(&self) -> f32 {
        if self.desk.first { gap::M } else { 0.0 }
    }

    fn on_screen(&self, rect: Rect, paper: Rectangle) -> Rectangle {
        let scale = self.scale();
        Rectangle {
            x: paper.x + rect.x * scale,
            y: paper.y + rect.y * scale,
            width: rect.width * scale,
            height: rect.height * scale,
        }
    }

    /// The smallest region under the pointer.
    fn region_at(&self, layout: Layout<'_>, cursor: mouse::Cursor) -> Option<(&Field, Rect)> {
        let at = cursor.position_in(self.paper(layout.bounds()))?;
        let point = Point { x: at.x / self.scale(), y: at.y / self.scale() };
        self.sheet
            .page
            .regions
            .iter()
            .filter(|region| region.rect.contains(point))
            .min_by(|a, b| area(a.rect).total_cmp(&area(b.rect)))
            .map(|region| (&region.field, region.rect))
    }
}

fn area(rect: Rect) -> f32 {
    rect.width * rect.height
}

impl<Message> Widget<Message, Theme, iced::Renderer> for PageView<'_, Message> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(
        &mut self,
        _tree: &mut Tree,
        _renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let (least, most) = (self.desk.width + 2.0 * gap::M, limits.max().width);
        let width = if most.is_finite() { most.max(least) } else { least };
        let height = self.above() + self.sheet.page.height * self.scale() + gap::M;
        layout::Node::new(Size::new(width, height))
    }

    fn update(
        &mut self,
        _tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &iced::Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        if let Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) = event
            && let Some((field, _)) = self.region_at(layout, cursor)
        {
            shell.publish((self.on_press)(field.clone()));
            shell.capture_event();
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        match self.region_at(layout, cursor) {
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::None,
        }
    }

    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let paper = self.paper(layout.bounds());
        self.draw_desk(renderer, theme, layout.bounds(), *viewport);
        let Some(clip) = paper.intersection(viewport) else { return };
        match &self.sheet.picture {
            Some(picture) => self.draw_picture(renderer, picture, paper, clip),
            None => draw_blank(renderer, theme, paper),
        }
        if let Some(edited) = self.edited {
            // Pictures are drawn after quads within one layer, so the mark needs a layer of its own.
            renderer.with_layer(clip, |renderer| self.draw_mark(renderer, edited, paper));
        }
    }
}

impl<Message> PageView<'_, Message> {
    /// The desk round the page, as far as it is seen: under the edges of the page, but not under all of it.
    fn draw_desk(
        &self,
        renderer: &mut iced::Renderer,
        theme: &Theme,
        bounds: Rectangle,
        viewport: Rectangle,
    ) {
        let paper = self.on_whole_pixels(self.paper(bounds));
        let (right, bottom) = (viewport.x + viewport.width, viewport.y + viewport.height);
        let top = if self.desk.first { viewport.y } else { bounds.y.max(viewport.y) };
        let end = bounds.y + bounds.height + UNDER;
        let end = if self.desk.last { bottom } else { end.min(bottom) };
        let (left, width) = (viewport.x, viewport.width);
        let (from, to) = (paper.y + UNDER, paper.y + paper.height - UNDER);
        let (beside, after) = (paper.x + UNDER, paper.x + paper.width - UNDER);
        let color = theme::tokens(theme).sunken;
        for (x, y, width, height) in [
            (left, top, width, from - top),
            (left, from.max(top), beside - left, to.min(end) - from.max(top)),
            (after, from.max(top), right - after, to.min(end) - from.max(top)),
            (left, to.max(top), width, end - to.max(top)),
        ] {
            ground::strips(renderer, Rectangle { x, y, width, height }, color);
        }
    }

    /// Whether the picture is as large as the screen shows the page, and its place.
    fn fit(&self, picture: &Picture, paper: Rectangle) -> (bool, Rectangle) {
        let density = self.desk.density;
        if (picture.width as f32 - paper.width * density).abs() >= 0.5 {
            return (false, paper);
        }
        let (width, height) = (picture.width as f32, picture.height as f32);
        let (width, height) = (width / density, height / density);
        (true, self.on_whole_pixels(Rectangle { width, height, ..paper }))
    }

    /// The pieces of the picture that are seen.
    fn draw_picture(
        &self,
        renderer: &mut iced::Renderer,
        picture: &Picture,
        paper: Rectangle,
        clip: Rectangle,
    ) {
        let (exact, paper) = self.fit(picture, paper);
        let density = self.desk.density;
        let (pixel, down) =
            (paper.width / picture.width as f32, paper.height / picture.height as f32);
        let part = |left: u32, top: u32, right: u32, bottom: u32| Rectangle {
            x: paper.x + left as f32 * pixel,
            y: paper.y + top as f32 * down,
            width: right.saturating_sub(left) as f32 * pixel,
            height: bottom.saturating_sub(top) as f32 * down,
        };
        let (left, right, height) = (picture.columns.start, picture.columns.end, picture.height);
        if !exact {
            // Pieces that are drawn at another size may part a little.
            let quad = renderer::Quad { bounds: paper, ..renderer::Quad::default() };
            renderer.fill_quad(quad, Color::WHITE);
        }
        let mut draw = |piece: &image::Handle, mut place: Rectangle| {
            if place.intersects(&clip) {
                // The renderer rounds down.
                let nudge = if exact { 0.05 / density } else { 0.0 };
                (place.x, place.y) = (place.x + nudge, place.y + nudge);
                let filter = if exact { Nearest } else { Linear };
                let image = image::Image::new(piece.clone()).filter_method(filter);
                renderer.draw_image(image.snap(true), place, clip);
            }
        };
        for white in &picture.beside {
            for (top, piece) in (0..height).step_by(PIECE as usize).zip(&white.pieces) {
                let right = white.left + white.width;
                draw(piece, part(white.left, top, right, (top + PIECE).min(height)));
            }
        }
        for (top, band) in (0..height).step_by(BAND as usize).zip(&picture.bands) {
            draw(band, part(left, top, right, (top + BAND).min(height)));
        }
    }

    /// The place of a picture as large as the screen shows it: on whole pixels, or its bands would part.
    fn on_whole_pixels(&self, paper: Rectangle) -> Rectangle {
        let density = self.desk.density;
        let whole = |v: f32| (v * density).round() / density;
        Rectangle { x: whole(paper.x), y: whole(paper.y), ..paper }
    }

    /// Marks the cells of the blank being edited.
    fn draw_mark(&self, renderer: &mut iced::Renderer, edited: &Field, paper: Rectangle) {
        for region in self.sheet.page.regions.iter().filter(|region| region.field == *edited) {
            let cell = self.on_screen(region.rect, paper);
            if cell.height > paper.height * TALL {
                mark_beside(renderer, cell, self.desk.density);
            } else {
                mark(renderer, cell, self.desk.density);
            }
        }
    }
}

/// So far the desk reaches under the edges of a page, logical pixels.
const UNDER: f32 = 1.0;

/// White paper, while there is no picture of the page.
fn draw_blank(renderer: &mut iced::Renderer, theme: &Theme, bounds: Rectangle) {
    let border = Border { color: theme::tokens(theme).line, width: 1.0, radius: 0.0.into() };
    let page = renderer::Quad { bounds, border, ..renderer::Quad::default() };
    renderer.fill_quad(page, Color::WHITE);
}

/// From this share of its page on, a cell is marked beside it: all of it is drawn again at each key.
const TALL: f32 = 0.4;

/// Draws a line along the left side of a cell.
fn mark_beside(renderer: &mut iced::Renderer, cell: Rectangle, density: f32) {
    let whole = |v: f32| (v * density).round() / density;
    let line = (3.0 * density).round().max(1.0) / density;
    let bounds = Rectangle {
        x: whole(cell.x - 3.0 * line),
        y: whole(cell.y),
        width: line,
        height: whole(cell.height),
    };
    renderer
        .fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, theme::highlight_edge());
}

/// Tints a cell and edges it, in strips that end on whole pixels: the renderer fills each quad whole that
/// touches a band which has changed.
fn mark(renderer: &mut iced::Renderer, cell: Rectangle, density: f32) {
    let whole = |v: f32| (v * density).round() / density;
    let (left, top) = (whole(cell.x), whole(cell.y));
    let (right, bottom) = (whole(cell.x + cell.width), whole(cell.y + cell.height));
    let mut fill = |x: f32, y: f32, width: f32, height: f32, color: Color| {
        let bounds = Rectangle { x, y, width, height };
        renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, color);
    };
    let strip = BAND as f32 / density;
    let mut y = top;
    while y < bottom {
        fill(left, y, right - left, strip.min(bottom - y), theme::highlight());
        y += strip;
    }
    let edge = theme::highlight_edge();
    let line = (1.5 * density).round().max(1.0) / density;
    for (x, y, width, height) in [
        (left, top, right - left, line),
        (left, bottom - line, right - left, line),
        (left, top + line, line, bottom - top - 2.0 * line),
        (right - line, top + line, line, bottom - top - 2.0 * line),
    ] {
        if width > 0.0 && height > 0.0 {
            fill(x, y, width, height, edge);
        }
    }
}
