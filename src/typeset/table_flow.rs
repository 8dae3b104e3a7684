//! Places a table on pages: rows grow, tall rows are parted between lines, headings are repeated.

use super::flow::{Flow, put_line};
use super::geometry::{Point, Rect};
use super::page::{Fill, Item, Region, Rule};
use super::paragraph::{Inline, Line};
use super::table::{
    Cell, FRAME, Group, PADDING_Y, RULE, Row, Section, Table, VerticalAlign, height, padding,
};

/// Least lines of a parted row on each page.
const LEAST_LINES: usize = 3;
/// What a repeated heading or label gets.
const CONTINUED: &str = "（续）";

impl Flow {
    /// Places a table below what is there.
    pub fn table(&mut self, table: &Table) {
        let mut placing = Placing { table, top: self.y, label: None };
        for section in &table.sections {
            placing.section(self, section);
        }
        placing.close(self);
    }

    /// Height of what of a table must stand with the words above it: its first heading and row, pt.
    #[must_use]
    pub fn table_lead(&self, table: &Table) -> f32 {
        let placing = Placing { table, top: self.y, label: None };
        table.sections.first().map_or(0.0, |section| {
            let heading = section.heading.as_ref().map(|row| placing.set(row, 0).height());
            let group = section.groups.first().map(|group| placing.group_need(self, group));
            heading.unwrap_or(0.0) + group.unwrap_or(0.0)
        })
    }
}

/// A set row: for each cell its place and the lines still to be placed.
struct SetRow<'a> {
    cells: Vec<SetCell<'a>>,
    least: f32,
}

struct SetCell<'a> {
    cell: &'a Cell,
    left: f32,
    width: f32,
    lines: Vec<Line>,
}

impl SetRow<'_> {
    fn height(&self) -> f32 {
        let text = self.cells.iter().map(|cell| height(&cell.lines)).fold(0.0, f32::max);
        (text + 2.0 * PADDING_Y).max(self.least)
    }

    /// Whether the row may be parted: one of a few lines moves to the next page whole.
    fn parts_on(&self, page: f32) -> bool {
        self.height() > page / 3.0
    }

    /// Height that must be left on a page of `page` pt for the row to begin there.
    fn need(&self, page: f32) -> f32 {
        if self.parts_on(page) { self.least_part() } else { self.height() }
    }

    /// Height of the first lines, the least that may stand alone at the foot of a page.
    fn least_part(&self) -> f32 {
        let first = |cell: &SetCell<'_>| {
            cell.lines.iter().take(LEAST_LINES).map(|line| line.height).sum::<f32>()
        };
        let text = self.cells.iter().map(first).fold(0.0, f32::max);
        (text + 2.0 * PADDING_Y).min(self.height())
    }

    /// Takes off the lines that fit into `room` pt; the rest stays.
    fn split(&mut self, room: f32) -> Self {
        let cells = self.cells.iter_mut().map(|cell| {
            let mut used = 2.0 * PADDING_Y;
            let mut fits = 0;
            for line in &cell.lines {
                if used + line.height > room + 0.01 {
                    break;
                }
                used += line.height;
                fits += 1;
            }
            if cell.cell.repeats {
                let again = continued_cell(cell.cell).set(cell.width);
                return SetCell { lines: std::mem::replace(&mut cell.lines, again), ..*cell };
            }
            let rest = cell.lines.split_off(fits);
            let taken = std::mem::replace(&mut cell.lines, rest);
            SetCell { lines: taken, ..*cell }
        });
        let part = Self { cells: cells.collect(), least: 0.0 };
        self.least = 0.0;
        part
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.lines.is_empty() || cell.cell.repeats)
    }
}

/// The label of the group being placed: where its part on this page begins.
struct OpenLabel<'a> {
    cell: &'a Cell,
    top: f32,
    item: usize,
    continued: bool,
}

struct Placing<'a> {
    table: &'a Table,
    /// Top of the table's part on this page.
    top: f32,
    label: Option<OpenLabel<'a>>,
}

impl<'a> Placing<'a> {
    fn section(&mut self, flow: &mut Flow, section: &'a Section) {
        let first = section.groups.first();
        let need = first.map_or(0.0, |group| self.group_need(flow, group));
        if let Some(heading) = &section.heading {
            let row = self.set(heading, 0);
            self.need(flow, row.height() + need, None);
            if let Some(title) = &section.outline {
                flow.outline(0, title.clone());
            }
            self.put(flow, &row);
        }
        for group in &section.groups {
            self.group(flow, section, group);
        }
    }

    fn group(&mut self, flow: &mut Flow, section: &'a Section, group: &'a Group) {
        let column = usize::from(group.label.is_some());
        let rows: Vec<SetRow<'a>> = group.rows.iter().map(|row| self.set(row, column)).collect();
        let need = self.group_need(flow, group);
        self.need(flow, need, Some(section));
        if let Some(title) = &group.outline {
            flow.outline(1, title.clone());
        }
        self.open_label(flow, group, false);
        for row in rows {
            self.row(flow, section, group, row);
        }
        self.close_label(flow);
    }

    /// Height that must be left for a group to begin: the rows kept together.
    fn group_need(&self, flow: &Flow, group: &'a Group) -> f32 {
        let column = usize::from(group.label.is_some());
        let mut need = 0.0;
        for row in &group.rows {
            let set = self.set(row, column);
            if !row.keep_with_next {
                return need + set.need(flow.frame.height);
            }
            need += set.height();
        }
        need
    }

    /// Places a row, over several pages where it must.
    fn row(
        &mut self,
        flow: &mut Flow,
        section: &'a Section,
        group: &'a Group,
        mut row: SetRow<'a>,
    ) {
        let page = flow.frame.height;
        loop {
            if row.height() <= flow.room() + 0.01 {
                self.put(flow, &row);
                return;
            }
            if row.parts_on(page) && row.least_part() <= flow.room() {
                let room = flow.room();
                let part = row.split(room);
                if part.is_empty() {
                    // Not one line fits a whole page: it cannot be parted further.
                    self.put(flow, &row);
                    return;
                }
                self.put(flow, &part);
                if row.is_empty() {
                    return;
                }
            }
            self.next_page(flow, Some(section), Some(group));
        }
    }

    fn set(&self, row: &'a Row, column: usize) -> SetRow<'a> {
        let mut column = column;
        let cells = row.cells.iter().map(|cell| {
            let (left, width) = self.table.extent(column, cell.span);
            column += cell.span;
            SetCell { cell, left, width, lines: cell.set(width) }
        });
        SetRow { cells: cells.collect(), least: row.least }
    }

    fn need(&mut self, flow: &mut Flow, height: f32, section: Option<&'a Section>) {
        if flow.room() + 0.01 < height && flow.y > flow.frame.y {
            self.next_page(flow, section, None);
        }
    }

    fn next_page(
        &mut self,
        flow: &mut Flow,
        section: Option<&'a Section>,
        group: Option<&'a Group>,
    ) {
        let had_label = self.label.is_some();
        self.close_label(flow);
        self.close(flow);
        flow.new_page();
        self.top = flow.y;
        if let Some(section) = section
            && let Some(heading) = &section.heading
        {
            let heading =
                if section.marks_continuation { continued(heading) } else { heading.clone() };
            let placing = Placing { table: self.table, top: self.top, label: None };
            let row = placing.set(&heading, 0);
            placing.put(flow, &row);
        }
        if let Some(group) = group
            && had_label
        {
            self.open_label(flow, group, true);
        }
    }

    /// Draws a row at the current place: its rules, its text, the regions of its blanks.
    fn put(&self, flow: &mut Flow, row: &SetRow<'_>) {
        let row_height = row.height();
        let (x, y) = (flow.frame.x, flow.y);
        // Shades first: they must not cover half of a rule.
        for cell in &row.cells {
            if let Some(grey) = cell.cell.ground {
                let rect = Rect { x: x + cell.left, y, width: cell.width, height: row_height };
                flow.page().items.push(Item::Fill(Fill { rect, grey }));
            }
        }
        for cell in &row.cells {
            let rect = Rect { x: x + cell.left, y, width: cell.width, height: row_height };
            let page = flow.page();
            rule(page, rect.x, y, rect.right(), y, RULE);
            if cell.left > 0.0 {
                rule(page, rect.x, y, rect.x, rect.bottom(), RULE);
            }
            put_cell(page, cell.cell, &cell.lines, rect);
        }
        flow.y += row_height;
    }

    fn open_label(&mut self, flow: &mut Flow, group: &'a Group, continued: bool) {
        let Some(cell) = &group.label else { return };
        let (top, item) = (flow.y, flow.page().items.len());
        self.label = Some(OpenLabel { cell, top, item, continued });
    }

    /// Draws the group's label over the rows placed on this page, before them in reading order.
    fn close_label(&mut self, flow: &mut Flow) {
        let Some(label) = self.label.take() else { return };
        if flow.y <= label.top {
            return;
        }
        let (_, width) = self.table.extent(0, 1);
        let rect = Rect { x: flow.frame.x, y: label.top, width, height: flow.y - label.top };
        let cell = if label.continued { continued_cell(label.cell) } else { label.cell.clone() };
        let lines = cell.set(width);
        let page = flow.page();
        let after = page.items.split_off(label.item.min(page.items.len()));
        if let Some(grey) = cell.ground {
            page.items.push(Item::Fill(Fill { rect, grey }));
        }
        rule(page, rect.x, rect.y, rect.right(), rect.y, RULE);
        put_cell(page, &cell, &lines, rect);
        page.items.extend(after);
    }

    /// Draws the outer frame of the table's part on this page.
    fn close(&self, flow: &mut Flow) {
        let (left, top, bottom) = (flow.frame.x, self.top, flow.y);
        let right = left + self.table.width();
        if bottom <= top {
            return;
        }
        let page = flow.page();
        rule(page, left, top, right, top, FRAME);
        rule(page, left, bottom, right, bottom, FRAME);
        rule(page, left, top, left, bottom, FRAME);
        rule(page, right, top, right, bottom, FRAME);
    }
}

fn put_cell(page: &mut super::Page, cell: &Cell, lines: &[Line], rect: Rect) {
    for field in &cell.fields {
        page.regions.push(Region { field: field.clone(), rect });
    }
    let free = (rect.height - 2.0 * PADDING_Y - height(lines)).max(0.0);
    let mut y = rect.y + PADDING_Y;
    if cell.vertical == VerticalAlign::Middle {
        y += free / 2.0;
    }
    let beside = padding(rect.width);
    for line in lines {
        put_line(page, line, Point { x: rect.x + beside, y }, rect.width - 2.0 * beside);
        y += line.height;
    }
}

fn rule(page: &mut super::Page, x0: f32, y0: f32, x1: f32, y1: f32, width: f32) {
    let rule = Rule { from: Point { x: x0, y: y0 }, to: Point { x: x1, y: y1 }, width };
    page.items.push(Item::Rule(rule));
}

fn continued(row: &Row) -> Row {
    let mut row = row.clone();
    if let Some(cell) = row.cells.first_mut() {
        *cell = continued_cell(cell);
    }
    row
}

fn continued_cell(cell: &Cell) -> Cell {
    let mut cell = cell.clone();
    if let Some(paragraph) = cell.content.last_mut() {
        paragraph.inlines.push(Inline::Text { text: CONTINUED.to_owned(), face: None });
    }
    cell
}
