//! Places a table on pages: rows grow, tall rows are parted between lines, headings are repeated.

use super::flow::{Flow, put_line};
use super::geometry::{Point, Rect};
use super::page::{Fill, Item, Region, Rule};
use super::paragraph::{Line, set};
use super::structure::ElementId;
use super::table::{
    Cell, FRAME, Group, PADDING_Y, RULE, Row, Section, Table, VerticalAlign, height, padding,
};
use super::table_row::{
    SetCell, SetRow, continued_heading, continued_label, label_height, set_group,
};
use super::table_structure::TableStructure;

/// Rows under column names that stand together at the beginning and at the end of a table.
const TOGETHER: usize = 2;
/// Share of a page that such rows may take, and that they may with what stands below the table.
const FEW: f32 = 0.25;
const MANY: f32 = 0.8;

impl Flow {
    /// Places a table below what is there.
    pub fn table(&mut self, table: &Table) {
        let structure = TableStructure::default();
        let mut placing =
            Placing { table, top: self.y, begun: self.frame.y, label: None, structure };
        self.mark(None);
        for section in &table.sections {
            placing.section(self, section);
        }
        placing.close(self);
    }

    /// Height of what of a table must stand with the words above it: its first heading and row, pt.
    #[must_use]
    pub fn table_lead(&self, table: &Table) -> f32 {
        let structure = TableStructure::default();
        let placing = Placing { table, top: self.y, begun: self.frame.y, label: None, structure };
        table.sections.first().map_or(0.0, |section| placing.section_need(self, section))
    }
}

/// The label of the group being placed: where its part on this page begins.
struct OpenLabel<'a> {
    cell: &'a Cell,
    /// As many of its lines as fit the page.
    lines: Vec<Line>,
    top: f32,
    item: usize,
}

impl OpenLabel<'_> {
    /// Where what stands beside it ends at the least.
    fn bottom(&self) -> f32 {
        let text = height(&self.lines);
        if text > 0.0 { self.top + text + 2.0 * PADDING_Y } else { self.top }
    }
}

struct Placing<'a> {
    table: &'a Table,
    /// Top of the table's part on this page.
    top: f32,
    /// Where the page's first row goes: at its top, or below a heading that stands there.
    begun: f32,
    label: Option<OpenLabel<'a>>,
    structure: TableStructure<'a>,
}

impl<'a> Placing<'a> {
    fn section(&mut self, flow: &mut Flow, section: &'a Section) {
        if let Some(heading) = &section.heading {
            let row = self.set(heading, 0);
            let need = self.section_need(flow, section);
            self.need(flow, need, None);
            if let Some(title) = &section.outline {
                flow.outline(0, title.clone());
            }
            self.structure.heading_of(section);
            let first = flow.y <= self.begun;
            self.put(flow, &row);
            if first {
                self.begun = flow.y;
            }
        }
        for (n, group) in section.groups.iter().enumerate() {
            let end = section.groups.get(n..).unwrap_or_default();
            let need = self.end_need(flow, section, end);
            self.need(flow, need, Some(section));
            self.group(flow, section, group);
        }
    }

    /// Height that must be left for a section to begin: its heading and what stands with it.
    fn section_need(&self, flow: &Flow, section: &'a Section) -> f32 {
        let heading = section.heading.as_ref().map_or(0.0, |row| self.set(row, 0).height());
        let first = section.groups.first().map_or(0.0, |group| self.group_need(flow, group));
        let mut need = first;
        if self.is_list(section) {
            let first: f32 = section.groups.iter().take(TOGETHER).map(|g| self.height(g)).sum();
            // A table of three rows is not parted: one of them would stand alone.
            let all = section.groups.len() <= TOGETHER + 1;
            let all = if all { self.end(flow, &section.groups) } else { None };
            let few = (first <= flow.frame.height * FEW).then_some(first);
            need = all.or(few).unwrap_or(need).max(need);
        }
        heading + need
    }

    /// Height that must be left for the last rows to begin, so that none stands alone under repeated
    /// column names or away from what is below the table; `end`: the rows still to be placed.
    fn end_need(&self, flow: &Flow, section: &'a Section, end: &'a [Group]) -> f32 {
        if !self.is_list(section) || end.len() != TOGETHER {
            return 0.0;
        }
        self.end(flow, end).unwrap_or(0.0)
    }

    /// Height of the last rows with what stands below the table; `None` where that is too much to be
    /// kept on one page.
    fn end(&self, flow: &Flow, rows: &'a [Group]) -> Option<f32> {
        let rows: f32 = rows.iter().map(|group| self.height(group)).sum();
        let (page, below) = (flow.frame.height, self.table.below);
        if below > 0.0 && rows + below <= page * MANY {
            return Some(rows + below);
        }
        (rows <= page * FEW).then_some(rows)
    }

    /// A table of rows under the names of its columns.
    fn is_list(&self, section: &Section) -> bool {
        self.table.sections.len() == 1 && !section.marks_continuation
    }

    fn height(&self, group: &'a Group) -> f32 {
        set_group(self.table, group).iter().map(SetRow::height).sum()
    }

    fn group(&mut self, flow: &mut Flow, section: &'a Section, group: &'a Group) {
        let rows = set_group(self.table, group);
        let last = rows.len();
        let need = self.group_need(flow, group);
        self.need(flow, need, Some(section));
        if let Some(title) = &group.outline {
            flow.outline(1, title.clone());
        }
        if group.label.is_some() {
            self.structure.open_group(&mut flow.structure, group);
        }
        self.open_label(flow, group, false);
        for (row, n) in rows.into_iter().zip(1..) {
            self.row(flow, section, group, (row, n == last));
        }
        self.close_label(flow);
    }

    /// Height that must be left for a group to begin: the rows kept together.
    fn group_need(&self, flow: &Flow, group: &'a Group) -> f32 {
        let label = label_height(self.table, group);
        let mut need = 0.0;
        for (row, set) in group.rows.iter().zip(set_group(self.table, group)) {
            if !row.keep_with_next {
                return (need + set.need(flow.frame.height)).max(label);
            }
            need += set.height();
        }
        need.max(label)
    }

    /// Places a row, over several pages where it must; the last one of a group reaches as far down as
    /// the label beside it.
    fn row(
        &mut self,
        flow: &mut Flow,
        section: &'a Section,
        group: &'a Group,
        (mut row, last): (SetRow<'a>, bool),
    ) {
        let page = flow.frame.height;
        let mut fresh = flow.y <= self.begun;
        loop {
            if last {
                row.grow(self.beside_label(flow));
            }
            if row.height() <= flow.room() + 0.01 {
                self.put(flow, &row);
                return;
            }
            if fresh || row.need(page) <= flow.room() + 0.01 {
                let mut part = row.split(flow.room());
                if part.is_empty() {
                    // Not one line fits a whole page: it cannot be parted further.
                    self.put(flow, &row);
                    return;
                }
                part.grow(self.beside_label(flow));
                self.put(flow, &part);
                if row.is_empty() {
                    return;
                }
            }
            self.next_page(flow, Some(section), Some(group));
            fresh = true;
        }
    }

    fn set(&self, row: &'a Row, column: usize) -> SetRow<'a> {
        SetRow::new(self.table, row, column)
    }

    /// Begins a new page unless `height` pt are left or no row stands on the page.
    fn need(&mut self, flow: &mut Flow, height: f32, section: Option<&'a Section>) {
        if flow.room() + 0.01 < height && flow.y > self.begun {
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
        self.caption_again(flow);
        self.top = flow.y;
        if let Some(section) = section
            && let Some(heading) = &section.heading
        {
            let heading = if section.marks_continuation {
                continued_heading(heading)
            } else {
                heading.clone()
            };
            let row = SetRow::new(self.table, &heading, 0);
            self.draw(flow, &row, &[]);
        }
        self.begun = flow.y;
        if let Some(group) = group
            && had_label
        {
            self.open_label(flow, group, true);
        }
    }

    /// Names a further part of a table with a caption.
    fn caption_again(&self, flow: &mut Flow) {
        let Some(caption) = &self.table.again else { return };
        let width = flow.frame.width;
        for line in set(caption, width) {
            let at = Point { x: flow.frame.x, y: flow.y };
            put_line(flow.page(), &line, at, width);
            flow.y += line.height;
        }
    }

    /// Draws a row at the current place: its rules, its text, the regions of its blanks.
    fn put(&mut self, flow: &mut Flow, row: &SetRow<'a>) {
        // What stands again is no further part of the table.
        let opens = |cell: &SetCell<'a>| {
            cell.lines().filter(|_| !cell.again).map(|line| line.opens).collect()
        };
        let cells: Vec<_> = row.cells.iter().map(|cell| (cell.cell, opens(cell))).collect();
        let elements = self.structure.row(&mut flow.structure, &cells);
        self.draw(flow, row, &elements);
    }

    /// Draws a row whose lines belong to `elements`, or to none as it stands again.
    fn draw(&self, flow: &mut Flow, row: &SetRow<'_>, elements: &[Vec<Option<ElementId>>]) {
        let row_height = row.height();
        let (x, y) = (flow.frame.x, flow.y);
        // Shades first: they must not cover half of a rule.
        for cell in &row.cells {
            if let Some(grey) = cell.cell.ground {
                let rect = Rect { x: x + cell.left, y, width: cell.width, height: row_height };
                flow.page().items.push(Item::Fill(Fill { rect, grey }));
            }
        }
        for (n, cell) in row.cells.iter().enumerate() {
            let rect = Rect { x: x + cell.left, y, width: cell.width, height: row_height };
            let page = flow.page();
            rule(page, rect.x, y, rect.right(), y, RULE);
            if cell.left > 0.0 {
                rule(page, rect.x, y, rect.x, rect.bottom(), RULE);
            }
            let elements = elements.get(n).map_or(&[][..], Vec::as_slice);
            put_cell(page, cell.cell, cell.lines(), elements, rect);
        }
        flow.y += row_height;
    }

    fn open_label(&mut self, flow: &mut Flow, group: &'a Group, continued: bool) {
        let Some(cell) = &group.label else { return };
        let (top, item) = (flow.y, flow.page().items.len());
        let (_, width) = self.table.extent(0, cell.span);
        let set = |cell: &Cell| cell.set(width).into_iter().flatten().collect::<Vec<Line>>();
        let mut lines = if continued { set(&continued_label(cell)) } else { set(cell) };
        let room = flow.room() - 2.0 * PADDING_Y + 0.01;
        while height(&lines) > room {
            // Without its （续） it would be another one.
            if continued {
                lines.clear();
            }
            lines.pop();
        }
        self.label = Some(OpenLabel { cell, lines, top, item });
    }

    /// Height that is left beside the lines of the group's label, pt.
    fn beside_label(&self, flow: &Flow) -> f32 {
        self.label.as_ref().map_or(0.0, |label| label.bottom() - flow.y)
    }

    /// Draws the group's label over the rows placed on this page, before them in reading order.
    fn close_label(&mut self, flow: &mut Flow) {
        let Some(label) = self.label.take() else { return };
        if flow.y <= label.top {
            return;
        }
        let (_, width) = self.table.extent(0, label.cell.span);
        let (left, placed) = (flow.frame.x, flow.y);
        // Rows that go on overleaf leave it less than it takes.
        flow.y = placed.max(label.bottom());
        let rect = Rect { x: left, y: label.top, width, height: flow.y - label.top };
        let OpenLabel { cell, lines, .. } = &label;
        let page = flow.page();
        let after = page.items.split_off(label.item.min(page.items.len()));
        if let Some(grey) = cell.ground {
            page.items.push(Item::Fill(Fill { rect, grey }));
        }
        rule(page, rect.x, rect.y, rect.right(), rect.y, RULE);
        let elements = vec![self.structure.label(); lines.len()];
        put_cell(page, cell, lines.iter(), &elements, rect);
        page.items.extend(after);
        if rect.bottom() > placed + 0.01 {
            rule(page, rect.right(), placed, rect.right(), rect.bottom(), RULE);
            rule(page, rect.right(), placed, left + self.table.width(), placed, RULE);
        }
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

/// `elements`: what each line belongs to; none for lines that stand again.
fn put_cell<'a>(
    page: &mut super::Page,
    cell: &Cell,
    lines: impl Iterator<Item = &'a Line> + Clone,
    elements: &[Option<ElementId>],
    rect: Rect,
) {
    for field in &cell.fields {
        page.regions.push(Region { field: field.clone(), rect });
    }
    let free = (rect.height - 2.0 * PADDING_Y - height(lines.clone())).max(0.0);
    let mut y = rect.y + PADDING_Y;
    if cell.vertical == VerticalAlign::Middle {
        y += free / 2.0;
    }
    let beside = padding(rect.width);
    let mut last = None;
    for (n, line) in lines.enumerate() {
        let element = elements.get(n).copied().flatten();
        if last.replace(element) != Some(element) {
            page.items.push(Item::Mark(element));
        }
        put_line(page, line, Point { x: rect.x + beside, y }, rect.width - 2.0 * beside);
        y += line.height;
    }
}

fn rule(page: &mut super::Page, x0: f32, y0: f32, x1: f32, y1: f32, width: f32) {
    let rule = Rule { from: Point { x: x0, y: y0 }, to: Point { x: x1, y: y1 }, width };
    page.items.push(Item::Rule(rule));
}
