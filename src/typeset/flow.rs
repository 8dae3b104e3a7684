//! Places lines and tables on pages, one after the other.

use super::geometry::{A4_HEIGHT, A4_WIDTH, Point, Rect};
use super::page::{Item, OutlineEntry, Page, Region, Rule};
use super::paragraph::{Line, Paragraph, set};
use super::structure::{ElementId, Role, Structure};

/// The pages being filled.
#[derive(Debug)]
pub struct Flow {
    /// The area text may fill on every page, pt.
    pub frame: Rect,
    /// Where the next thing goes, pt from the top of the page.
    pub y: f32,
    /// Pages so far; never empty.
    pages: Vec<Page>,
    /// Outline so far.
    pub outline: Vec<OutlineEntry>,
    /// Structure so far.
    pub structure: Structure,
    /// What is placed now; goes on on a new page.
    element: Option<ElementId>,
    /// Pages of the cover.
    pub cover: usize,
}

impl Flow {
    /// A first empty A4 page with its text area.
    #[must_use]
    pub fn new(frame: Rect) -> Self {
        Self {
            frame,
            y: frame.y,
            pages: vec![blank_page()],
            outline: Vec::new(),
            structure: Structure::default(),
            element: None,
            cover: 0,
        }
    }

    /// The page being filled.
    pub fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(blank_page());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Number of the page being filled, from 0.
    #[must_use]
    pub fn page_index(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    /// Goes on on a new page.
    pub fn new_page(&mut self) {
        self.pages.push(blank_page());
        self.y = self.frame.y;
        self.mark(self.element);
    }

    /// Begins a part of the document.
    pub fn tag(&mut self, role: Role) -> ElementId {
        let element = self.structure.add(Structure::DOCUMENT, role);
        self.mark(Some(element));
        element
    }

    /// What is placed from here is of this element.
    pub fn mark(&mut self, element: Option<ElementId>) {
        self.element = element;
        self.page().items.push(Item::Mark(element));
    }

    /// Height left on the page, pt.
    #[must_use]
    pub fn room(&self) -> f32 {
        self.frame.bottom() - self.y
    }

    /// Begins a new page unless `height` pt are left or the page is still empty.
    pub fn need(&mut self, height: f32) {
        // 0.01 pt: sums of floats must not push away a line that fits exactly.
        if self.room() + 0.01 < height && self.y > self.frame.y {
            self.new_page();
        }
    }

    /// Leaves room, but none at the top of a page.
    pub fn skip(&mut self, height: f32) {
        if self.y > self.frame.y {
            self.y += height;
        }
    }

    /// Adds an outline entry at the current place.
    pub fn outline(&mut self, level: u8, title: impl Into<String>) {
        let entry = OutlineEntry { level, title: title.into(), page: self.page_index(), y: self.y };
        self.outline.push(entry);
    }

    /// Places a heading so that the first `lead` pt of what follows stand on its page.
    pub fn heading(&mut self, level: u8, paragraph: &Paragraph, lead: f32) {
        let lines = set(paragraph, self.frame.width);
        let height: f32 = lines.iter().map(|line| line.height).sum();
        self.need(height + lead);
        self.outline(level, paragraph.words());
        let role = self.structure.heading(level);
        self.tag(role);
        self.lines(&lines);
    }

    /// Places a paragraph; its first two and last two lines are not parted by a page's end.
    pub fn paragraph(&mut self, paragraph: &Paragraph) {
        self.paragraph_as(Role::Paragraph, paragraph);
    }

    /// Places a paragraph that is something else to a reader.
    pub fn paragraph_as(&mut self, role: Role, paragraph: &Paragraph) {
        let element = self.structure.add(Structure::DOCUMENT, role);
        self.paragraph_of(element, paragraph);
    }

    /// Places a paragraph of an element.
    pub fn paragraph_of(&mut self, element: ElementId, paragraph: &Paragraph) {
        let lines = set(paragraph, self.frame.width);
        let count = lines.len();
        for (n, line) in lines.iter().enumerate() {
            let together = match n {
                // Two and two are all of three.
                0 if count == 3 => 3.0,
                _ if count > 1 && (n == 0 || n + 2 == count) => 2.0,
                _ => 1.0,
            };
            self.need(line.height * together);
            if n == 0 {
                self.mark(Some(element));
            }
            self.line(line);
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            self.need(line.height);
            self.line(line);
        }
    }

    fn line(&mut self, line: &Line) {
        let at = Point { x: self.frame.x, y: self.y };
        let width = self.frame.width;
        put_line(self.page(), line, at, width);
        self.y += line.height;
    }

    /// Pages, outline and structure.
    #[must_use]
    pub fn finish(self) -> (Vec<Page>, Vec<OutlineEntry>, Structure) {
        (self.pages, self.outline, self.structure)
    }
}

fn blank_page() -> Page {
    Page { width: A4_WIDTH, height: A4_HEIGHT, ..Page::default() }
}

/// Puts a line's items and regions on a page; `width` is that of the column it stands in.
pub fn put_line(page: &mut Page, line: &Line, at: Point, width: f32) {
    page.items.extend(line.items.iter().map(|item| moved(item, at)));
    for region in &line.regions {
        let rect = Rect { x: region.rect.x + at.x, y: region.rect.y + at.y, ..region.rect };
        page.regions.push(Region { field: region.field.clone(), rect });
    }
    let Some(field) = &line.field else { return };
    // Lines of one blank that follow each other make one region.
    if let Some(last) = page.regions.last_mut()
        && last.field == *field
        && (last.rect.bottom() - at.y).abs() < 0.5
        && (last.rect.x - at.x).abs() < 0.5
    {
        last.rect.height += line.height;
        return;
    }
    let rect = Rect { x: at.x, y: at.y, width, height: line.height };
    page.regions.push(Region { field: field.clone(), rect });
}

/// An item `by` pt to the right and down.
pub(super) fn moved(item: &Item, by: Point) -> Item {
    let shift = |point: Point| Point { x: point.x + by.x, y: point.y + by.y };
    match item {
        Item::Text(run) => {
            let mut run = run.clone();
            run.origin = shift(run.origin);
            Item::Text(run)
        }
        Item::Rule(rule) => {
            Item::Rule(Rule { from: shift(rule.from), to: shift(rule.to), ..*rule })
        }
        Item::CheckBox(check_box) => {
            let mut check_box = *check_box;
            check_box.rect.x += by.x;
            check_box.rect.y += by.y;
            Item::CheckBox(check_box)
        }
        Item::Fill(fill) => {
            let mut fill = *fill;
            fill.rect.x += by.x;
            fill.rect.y += by.y;
            Item::Fill(fill)
        }
        Item::Picture(picture) => {
            let mut picture = picture.clone();
            picture.rect.x += by.x;
            picture.rect.y += by.y;
            Item::Picture(picture)
        }
        Item::Mark(element) => Item::Mark(*element),
    }
}
