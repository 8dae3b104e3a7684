//! One page on the desk: its picture, the cell of the blank being edited, and clicks on cells.

use iced::advanced::image::{self, Renderer as _};
use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::{Border, Color, Event, Length, Rectangle, Size, Theme};

use super::{BAND, Picture, Sheet};
use crate::app::theme;
use crate::app::widget::Element;
use crate::domain::Field;
use crate::typeset::geometry::{Point, Rect};

/// Shows a sheet `width` logical pixels wide, each of them `density` physical ones.
pub(crate) fn page_view<'a, Message: 'a>(
    sheet: &'a Sheet,
    width: f32,
    density: f32,
    edited: Option<&'a Field>,
    on_press: impl Fn(Field) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(PageView { sheet, width, density, edited, on_press: Box::new(on_press) })
}

struct PageView<'a, Message> {
    sheet: &'a Sheet,
    width: f32,
    density: f32,
    edited: Option<&'a Field>,
    on_press: Box<dyn Fn(Field) -> Message + 'a>,
}

impl<Message> PageView<'_, Message> {
    /// Logical pixels in a point.
    fn scale(&self) -> f32 {
        self.width / self.sheet.page.width.max(1.0)
    }

    fn on_screen(&self, rect: Rect, bounds: Rectangle) -> Rectangle {
        let scale = self.scale();
        Rectangle {
            x: bounds.x + rect.x * scale,
            y: bounds.y + rect.y * scale,
            width: rect.width * scale,
            height: rect.height * scale,
        }
    }

    /// The smallest region under the pointer.
    fn region_at(&self, layout: Layout<'_>, cursor: mouse::Cursor) -> Option<(&Field, Rect)> {
        let at = cursor.position_in(layout.bounds())?;
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
        _limits: &layout::Limits,
    ) -> layout::Node {
        layout::Node::new(Size::new(self.width, self.sheet.page.height * self.scale()))
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
        let bounds = layout.bounds();
        let Some(clip) = bounds.intersection(viewport) else { return };
        match &self.sheet.picture {
            // The picture itself is the page: a white quad below it would cost as much again.
            Some(picture) => self.draw_picture(renderer, picture, bounds, clip),
            None => draw_blank(renderer, theme, bounds),
        }
        if let Some(edited) = self.edited {
            // Pictures are drawn after quads within one layer, so the mark needs a layer of its own.
            renderer.with_layer(clip, |renderer| self.draw_mark(renderer, edited, bounds));
        }
    }
}

impl<Message> PageView<'_, Message> {
    /// The bands of the picture that are seen.
    fn draw_picture(
        &self,
        renderer: &mut iced::Renderer,
        picture: &Picture,
        bounds: Rectangle,
        clip: Rectangle,
    ) {
        let exact = (picture.width as f32 - bounds.width * self.density).abs() < 0.5;
        let (filter, paper) = if exact {
            (image::FilterMethod::Nearest, self.on_whole_pixels(picture, bounds))
        } else {
            (image::FilterMethod::Linear, bounds)
        };
        let pixel = paper.height / picture.height.max(1) as f32;
        for (n, band) in picture.bands.iter().enumerate() {
            let first = n as u32 * BAND;
            let rows = BAND.min(picture.height.saturating_sub(first));
            let (y, height) = (paper.y + first as f32 * pixel, rows as f32 * pixel);
            let place = Rectangle { y, height, ..paper };
            if place.intersects(&clip) {
                let image = image::Image::new(band.clone()).filter_method(filter);
                renderer.draw_image(image.snap(true), place, clip);
            }
        }
    }

    /// The place of a picture as large as the screen shows it: on whole pixels, or its bands would part.
    fn on_whole_pixels(&self, picture: &Picture, bounds: Rectangle) -> Rectangle {
        let whole = |v: f32| (v * self.density).round() / self.density;
        Rectangle {
            x: whole(bounds.x),
            y: whole(bounds.y),
            width: picture.width as f32 / self.density,
            height: picture.height as f32 / self.density,
        }
    }

    /// Marks the cells of the blank being edited.
    fn draw_mark(&self, renderer: &mut iced::Renderer, edited: &Field, bounds: Rectangle) {
        for region in self.sheet.page.regions.iter().filter(|region| region.field == *edited) {
            let cell = self.on_screen(region.rect, bounds);
            if cell.height > bounds.height * TALL {
                mark_beside(renderer, cell, self.density);
            } else {
                mark(renderer, cell, self.density);
            }
        }
    }
}

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
