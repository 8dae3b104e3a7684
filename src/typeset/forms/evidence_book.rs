//! 佐证材料册 of one item: cover, table of contents, and what is printed in the margins of the pieces.

use crate::domain::{Application, Field};
use crate::rules::date::in_chinese;
use crate::rules::notice::Form;
use crate::typeset::flow::put_line;
use crate::typeset::geometry::{MM, Point};
use crate::typeset::page::{Face, Item, Page, Paper, PaperKind};
use crate::typeset::paragraph::{Align, Inline, Paragraph, Style, set};
use crate::typeset::table::{Cell, Row, Section, Table};

use super::Source;
use super::application::{self, PITCH};
use super::manuscript::Writing;
use super::row::{LEAST, body, label};

/// What the book is called.
pub(super) const TITLE: &str = "佐证材料册";

/// Distance of what is stamped from the edges of the sheet, pt.
const EDGE: f32 = 7.0 * MM;
/// Size of what is stamped, pt.
const STAMP: f32 = 9.0;

/// Names of the columns and their widths, pt; 名称 takes the rest.
const COLUMNS: [(&str, f32); 5] =
    [("序号", 36.0), ("类别", 60.0), ("名称", 0.0), ("编号", 120.0), ("页码", 44.0)];

/// Cover and table of contents. `starts` has the first page of each piece of evidence, from 1, in
/// the order of the letter's list, `None` for one without files; empty where that is not known yet.
#[must_use]
pub(super) fn write(source: Source<'_>, item: usize, starts: &[Option<usize>]) -> Writing {
    let empty = Application::default();
    let application = source.draft.applications.get(item).unwrap_or(&empty);
    let mut paper = Writing::new(application::frame());
    cover(&mut paper, source, application, item);
    paper.new_page();
    contents(&mut paper, application, item, starts);
    paper
}

/// The paper of cover and table of contents alone.
#[must_use]
pub fn front(source: Source<'_>, item: usize, starts: &[Option<usize>]) -> Paper {
    let kind = PaperKind::EvidenceBook(item);
    let paper = write(source, item, starts);
    super::finish(super::manuscript(kind, TITLE.to_owned(), source, paper), source)
}

/// 技术创新能力佐证材料: the notice's own words for the list, without “附” and “清单”.
fn subject(form: &Form) -> &str {
    let words = form.label("/applications/*/evidence");
    words.trim_start_matches("附：").trim_end_matches("清单")
}

fn cover(paper: &mut Writing, source: Source<'_>, application: &Application, item: usize) {
    let form = &source.notice.forms.application;
    let title = Style::new(Face::SongBold, 26.0, 42.0).align(Align::Centre);
    let centred = Style::new(Face::Song, 16.0, PITCH).align(Align::Centre);
    // Room at the top of a page is left by an empty line alone.
    paper.paragraph(Paragraph::new("", Style::new(Face::Song, 16.0, 30.0 * MM)));
    paper.paragraph(Paragraph::new(source.notice.title.clone(), centred.clone()));
    paper.skip(24.0 * MM);
    paper.paragraph(Paragraph::new(subject(form), title.clone()));
    paper.paragraph(Paragraph::new(TITLE, title));
    paper.skip(34.0 * MM);
    let company = source.draft.company.name.as_str();
    line(paper, "企业名称：", company, Field::from("/company/name"));
    let words = form.label("/applications/*/item/name");
    line(paper, words, &application.item.name, Field::application(item, "item/name"));
    let code = application.item.code.as_str();
    if !code.trim().is_empty() {
        line(paper, "事项编号：", code, Field::application(item, "item/code"));
    }
    paper.skip(12.0 * MM);
    paper.paragraph(Paragraph::new(in_chinese(source.options.date), centred));
}

/// A label and what was filled in, which hangs where it runs over lines.
fn line(paper: &mut Writing, words: &str, text: &str, field: Field) {
    let width = 16.0 * words.chars().count() as f32;
    let style = Style::new(Face::Song, 16.0, PITCH).hanging(width);
    let inlines = vec![Inline::Text { text: format!("{words}{}", text.trim()), face: None }];
    paper.paragraph(Paragraph { inlines, style, field: Some(field) });
}

fn contents(paper: &mut Writing, application: &Application, item: usize, starts: &[Option<usize>]) {
    let title = Style::new(Face::Hei, 16.0, PITCH).align(Align::Centre);
    paper.heading(0, Paragraph::new("目　录", title));
    paper.skip(8.0);
    let taken: f32 = COLUMNS.iter().map(|(_, width)| width).sum();
    let rest = paper.frame.width - taken;
    let columns = COLUMNS.iter().map(|&(_, width)| if width > 0.0 { width } else { rest });
    let section = Section {
        heading: Some(Row::new(LEAST, COLUMNS.iter().map(|(name, _)| label(1, name)).collect())),
        groups: (0..application.evidence.len())
            .map(|n| Row::new(LEAST, cells(application, item, n, starts)).into())
            .collect(),
        outline: None,
        marks_continuation: false,
    };
    paper.table(Table::new(columns.collect(), vec![section]));
}

fn cells(application: &Application, item: usize, n: usize, starts: &[Option<usize>]) -> Vec<Cell> {
    let Some(piece) = application.evidence.get(n) else { return Vec::new() };
    let centred = body().align(Align::Centre);
    let cell = |text: &str, key: &str, style: &Style| {
        Cell::new(1, vec![Paragraph::new(text.trim(), style.clone())])
            .of([Field::evidence(item, n, key)])
    };
    let number = |text: String| Cell::new(1, vec![Paragraph::new(text, centred.clone())]);
    let page = match starts.get(n) {
        Some(Some(page)) => page.to_string(),
        Some(None) => "未附".to_owned(),
        None => String::new(),
    };
    vec![
        number((n + 1).to_string()),
        cell(piece.kind.map_or("", |kind| kind.label()), "kind", &centred),
        cell(&piece.name, "name", &body()),
        cell(&piece.number, "number", &body()),
        number(page),
    ]
}

/// What a page of a piece is stamped with: `piece`, such as 佐证材料 3-1, at its upper right corner,
/// the running page number at the lower one. [`stamps`] tells where.
#[must_use]
pub fn margin(size: (f32, f32), piece: &str, number: usize, draft_mark: bool) -> Page {
    let mut page = Page { width: size.0, height: size.1, ..Page::default() };
    let mark = if draft_mark { "草稿　" } else { "" };
    for (text, y) in
        [(format!("{mark}{piece}"), EDGE), (format!("— {number} —"), size.1 - EDGE - STAMP)]
    {
        put(&mut page, &text, y);
    }
    page
}

/// The rectangles, `x y width height` from the lower left corner, that the texts of a margin fill.
#[must_use]
pub fn stamps(page: &Page) -> Vec<[f32; 4]> {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    });
    runs.map(|run| {
        let below = page.height - run.origin.y - run.size * 0.25;
        [run.origin.x - 2.0, below, run.width() + 4.0, run.size * 1.3]
    })
    .collect()
}

fn put(page: &mut Page, text: &str, y: f32) {
    let style = Style::new(Face::Hei, STAMP, STAMP).align(Align::Right);
    let width = page.width - 2.0 * EDGE;
    for line in set(&Paragraph::new(text, style), width) {
        put_line(page, &line, Point { x: EDGE, y }, width);
    }
}

/// Adds to a margin's page, in place of the piece, which file is not there and why.
pub fn apology(page: &mut Page, file: &str, reason: &str) {
    let frame = application::frame();
    let heading = Style::new(Face::Hei, 16.0, PITCH).align(Align::Centre);
    let text = Style::new(Face::Song, 14.0, 24.0).align(Align::Justify);
    let mut y = 60.0 * MM;
    for (words, style) in [
        ("本件未能放入".to_owned(), heading),
        (format!("文件：{file}"), text.clone()),
        (format!("原因：这个文件{reason}。"), text.clone()),
        (
            "原件仍在材料包的“佐证材料”文件夹里；不能换成可用文件的，请另行打印，插在这一页之后。"
                .to_owned(),
            text,
        ),
    ] {
        for line in set(&Paragraph::new(words, style), frame.width) {
            put_line(page, &line, Point { x: frame.x, y }, frame.width);
            y += line.height;
        }
        y += 10.0;
    }
}
