//! The live page: the very pages that will be printed, laid out off the window's thread.

mod figure;
mod files;
mod page_view;
mod picture;
pub(crate) mod raster;

use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{Id, column, container, operation, row, scrollable, space, text};
use iced::{Alignment, Fill, Task};
use jiff::civil::Date;

pub(crate) use self::figure::Reader;
pub(crate) use self::files::Files;
use self::page_view::{Desk, page_view};
use self::picture::Picture;
use self::raster::Rasteriser;
use super::icon::Icon;
use super::theme::{size, space as gap};
use super::widget::pane::pane;
use super::widget::{Element, control};
use super::worker::{self, Broken, Latest};
use crate::domain::{Draft, Field};
use crate::rules::Notice;
use crate::typeset::geometry::A4_WIDTH;
use crate::typeset::{Options, Page, Paper, PaperKind, lay_out};

/// A page with its picture.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    page: Page,
    /// Pixels in a point of the picture.
    scale: f32,
    picture: Option<Picture>,
    /// The picture shows another state of the page, or is drawn at another scale.
    stale: bool,
}

/// A paper laid out and drawn.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    kind: PaperKind,
    title: String,
    sheets: Arc<Vec<Sheet>>,
}

/// What the preview shows.
#[derive(Debug)]
pub(crate) struct State {
    kind: PaperKind,
    shown: Option<Shown>,
    problem: Option<Broken>,
    latest: Latest,
    /// Blank to follow once its page is there.
    follow: Option<Field>,
    /// Times the width of the pane.
    zoom: f32,
    /// Logical pixels of the pane.
    width: f32,
    /// Physical pixels in a logical one.
    density: f32,
    /// Logical pixels of the pages that are scrolled out above, and of what is seen.
    seen: (f32, f32),
}

/// What happens in the preview.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A paper is ready.
    Drawn(Result<Shown, Broken>),
    /// A cell was pressed.
    Pressed(Field),
    /// Another paper is wanted.
    PaperChosen(PaperKind),
    /// Larger by this factor.
    Zoomed(f32),
    /// The desk shows the logical pixels from here, so many of them.
    Scrolled(f32, f32),
}

/// What the editor should do.
#[derive(Debug)]
pub(crate) enum Action {
    /// Lay out again.
    Refresh,
    /// Go to a blank.
    Edit(Field),
    /// Run a task.
    Run(Task<Message>),
}

/// The smallest and the largest page, times the width of the pane.
const LEAST_ZOOM: f32 = 0.5;
const MOST_ZOOM: f32 = 3.0;

/// Seen before the desk has told its size: more than a screen.
const UNKNOWN_VIEW: (f32, f32) = (0.0, 1600.0);
/// Pages this near to what is seen are drawn too, logical pixels.
const NEAR: f32 = 40.0;

fn desk_id() -> Id {
    Id::new("preview")
}

impl State {
    /// A preview that shows `kind` first.
    pub(crate) fn new(kind: PaperKind) -> Self {
        Self {
            kind,
            shown: None,
            problem: None,
            latest: Latest::default(),
            follow: None,
            zoom: 1.0,
            width: 440.0,
            density: 1.0,
            seen: UNKNOWN_VIEW,
        }
    }

    /// Takes in what happened.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Drawn(result) => self.drawn(result),
            Message::Pressed(field) => Action::Edit(field),
            Message::PaperChosen(kind) => {
                self.kind = kind;
                Action::Refresh
            }
            Message::Scrolled(from, height) => {
                self.seen = (from, height);
                if self.is_seen_stale() { Action::Refresh } else { Action::Run(Task::none()) }
            }
            Message::Zoomed(factor) => {
                self.zoom = (self.zoom * factor).clamp(LEAST_ZOOM, MOST_ZOOM);
                Action::Refresh
            }
        }
    }

    fn drawn(&mut self, result: Result<Shown, Broken>) -> Action {
        let again = self.latest.finished();
        match result {
            // A paper left meanwhile is stale.
            Ok(shown) if shown.kind == self.kind => {
                self.shown = Some(shown);
                self.problem = None;
            }
            Ok(_) => {}
            Err(problem) => self.problem = Some(problem),
        }
        if again { Action::Refresh } else { Action::Run(self.go_to_followed()) }
    }

    /// Shows `kind` and, once it is drawn, the cell of `field`.
    pub(crate) fn follow(&mut self, kind: PaperKind, field: Option<&Field>) -> Task<Message> {
        self.kind = kind;
        self.follow = field.cloned();
        self.go_to_followed()
    }

    /// Another paper is shown than is wanted.
    pub(crate) fn is_stale(&self) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.kind != self.kind)
    }

    /// Sets the room and the density of the screen; `true` when pages must be drawn again.
    pub(crate) fn resize(&mut self, width: f32, density: f32) -> bool {
        let changed =
            (self.width - width).abs() > 1.0 || (self.density - density).abs() > f32::EPSILON;
        self.width = width;
        self.density = density;
        changed
    }

    /// Physical pixels in a logical one.
    pub(crate) const fn density(&self) -> f32 {
        self.density
    }

    /// Times the width of the pane that a page takes.
    pub(crate) const fn zoom(&self) -> f32 {
        self.zoom
    }

    /// Shows pages so large; a size that no page can have leaves them as they are.
    pub(crate) fn zoom_to(&mut self, zoom: f32) {
        if (LEAST_ZOOM..=MOST_ZOOM).contains(&zoom) {
            self.zoom = zoom;
        }
    }

    /// Lays the paper out and draws it with the figures and fonts of `files`, unless that is under way;
    /// then it is done again after it.
    pub(crate) fn refresh(
        &mut self,
        draft: &Arc<Draft>,
        notice: &Arc<Notice>,
        date: Date,
        files: Files,
    ) -> Task<Message> {
        if !self.latest.request() {
            return Task::none();
        }
        let (kind, draft, notice) = (self.kind, Arc::clone(draft), Arc::clone(notice));
        let scale = self.page_width() / A4_WIDTH * self.density;
        let before = self.shown.clone().filter(|shown| shown.kind == kind);
        let near = self.near();
        worker::run(
            move || {
                let options = Options { date, draft_mark: false };
                files.read_face(&draft);
                rasteriser().read_with(files.figures);
                draw(lay_out(kind, &draft, &notice, options), scale, before.as_ref(), near)
            },
            Message::Drawn,
        )
    }

    /// Logical pixels, a whole number of physical ones, so that a picture fits its place exactly.
    fn page_width(&self) -> f32 {
        let width = ((self.width - 2.0 * gap::M - 14.0) * self.zoom).max(160.0);
        (width * self.density).floor() / self.density
    }

    /// The part of the desk whose pages are drawn: first and last point of the paper.
    fn near(&self) -> Near {
        let (from, height) = self.seen;
        let scale = self.page_width() / A4_WIDTH;
        Near {
            from: (from - NEAR) / scale,
            to: (from + height + NEAR) / scale,
            gap: gap::M / scale,
        }
    }

    /// A page that is seen has no picture, or an older one.
    fn is_seen_stale(&self) -> bool {
        let Some(shown) = self.shown.as_ref().filter(|shown| shown.kind == self.kind) else {
            return false;
        };
        let near = self.near();
        let heights = shown.sheets.iter().map(|sheet| sheet.page.height);
        near.pages(heights).zip(shown.sheets.iter()).any(|(near, sheet)| near && sheet.stale)
    }

    fn go_to_followed(&mut self) -> Task<Message> {
        let (Some(field), Some(shown)) = (&self.follow, &self.shown) else { return Task::none() };
        if shown.kind != self.kind {
            return Task::none();
        }
        let scale = self.page_width() / A4_WIDTH;
        let mut top = gap::M;
        for sheet in shown.sheets.iter() {
            if let Some(region) = sheet.page.regions.iter().find(|r| r.field == *field) {
                // A third of a small screen stays above the cell, so that its heading is seen.
                let y = (top + region.rect.y * scale - 140.0).max(0.0);
                self.follow = None;
                return operation::scroll_to(desk_id(), AbsoluteOffset { x: 0.0, y });
            }
            top += sheet.page.height * scale + gap::M;
        }
        Task::none()
    }

    /// The pages on their desk, under a bar that names the paper.
    pub(crate) fn view<'a>(
        &'a self,
        papers: &[(PaperKind, String)],
        edited: Option<&'a Field>,
    ) -> Element<'a, Message> {
        column![pane(self.bar(papers)), self.desk(edited)].into()
    }

    fn bar<'a>(&self, papers: &[(PaperKind, String)]) -> Element<'a, Message> {
        let mut names = row![].spacing(gap::XS);
        for (kind, name) in papers {
            let label = text(name.clone()).size(size::SMALL);
            names = names.push(
                container(control::list_row(
                    None,
                    *kind == self.kind,
                    label,
                    Some(Message::PaperChosen(*kind)),
                ))
                .width(iced::Shrink),
            );
        }
        let zoom = row![
            control::symbol(Icon::ZoomOut, "缩小页面", Some(Message::Zoomed(0.8))),
            control::symbol(Icon::ZoomIn, "放大页面", Some(Message::Zoomed(1.25))),
        ];
        container(
            row![container(names.wrap()).width(Fill), zoom]
                .spacing(gap::S)
                .align_y(Alignment::Center),
        )
        .padding([gap::XS, gap::S])
        .into()
    }

    fn desk<'a>(&'a self, edited: Option<&'a Field>) -> Element<'a, Message> {
        if self.problem.is_some() && self.shown.is_none() {
            return message("页面暂时排不出来。填写和保存不受影响，请继续。");
        }
        let Some(shown) = self.shown.as_ref().filter(|shown| shown.kind == self.kind) else {
            return message("正在排版……");
        };
        let width = self.page_width();
        let last = shown.sheets.len().saturating_sub(1);
        let desk = |n: usize| Desk { width, density: self.density, first: n == 0, last: n == last };
        let sheets = shown.sheets.iter().enumerate();
        let pages =
            column(sheets.map(|(n, sheet)| page_view(sheet, desk(n), edited, Message::Pressed)));
        let desk = if self.zoom > 1.0 {
            let bar = || scrollable::Scrollbar::default();
            let both = scrollable::Direction::Both { vertical: bar(), horizontal: bar() };
            control::scroll(pages).direction(both)
        } else {
            control::scroll(pages)
        };
        let desk =
            desk.id(desk_id()).height(Fill).width(Fill).on_scroll(|view| {
                Message::Scrolled(view.absolute_offset().y, view.bounds().height)
            });
        let count = control::hint(format!("{} · 共 {} 页", shown.title, shown.sheets.len()));
        let foot = container(row![count, space::horizontal()]).padding([gap::XS, gap::M]);
        column![desk, pane(foot)].into()
    }
}

fn message<'a>(words: &'a str) -> Element<'a, Message> {
    pane(container(control::hint(words)).center(Fill).padding(gap::XL))
}

/// A part of the desk, in points of the paper.
#[derive(Debug, Clone, Copy)]
struct Near {
    from: f32,
    to: f32,
    /// Between pages.
    gap: f32,
}

impl Near {
    /// For each page of these heights: whether it lies in the part.
    fn pages(self, heights: impl Iterator<Item = f32>) -> impl Iterator<Item = bool> {
        let mut top = self.gap;
        heights.map(move |height| {
            let bottom = top + height;
            let near = bottom >= self.from && top <= self.to;
            top = bottom + self.gap;
            near
        })
    }
}

/// The one that draws all pages: it keeps glyphs and figures.
fn rasteriser() -> MutexGuard<'static, Rasteriser> {
    static RASTERISER: LazyLock<Mutex<Rasteriser>> = LazyLock::new(Mutex::default);
    RASTERISER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Pictures of a paper's pages. A page that has not changed keeps the picture it had; one that is not
/// near keeps even an older one until it is scrolled to.
fn draw(paper: Paper, scale: f32, before: Option<&Shown>, near: Near) -> Shown {
    let mut rasteriser = rasteriser();
    let mut sheets = Vec::with_capacity(paper.pages.len());
    let near: Vec<bool> = near.pages(paper.pages.iter().map(|page| page.height)).collect();
    for (index, (page, near)) in paper.pages.into_iter().zip(near).enumerate() {
        let kept = before.and_then(|shown| shown.sheets.get(index));
        let stale = kept.is_none_or(|kept| kept.stale || kept.scale != scale || kept.page != page);
        let sheet = if stale && near {
            let before = kept.filter(|kept| !kept.stale && kept.scale == scale);
            let before = before.and_then(|kept| Some((&kept.page, kept.picture.as_ref()?)));
            let picture = Picture::new(&mut rasteriser, &page, scale, before);
            Sheet { page, scale, picture, stale: false }
        } else {
            Sheet { page, scale, picture: kept.and_then(|kept| kept.picture.clone()), stale }
        };
        sheets.push(sheet);
    }
    Shown { kind: paper.kind, title: paper.title, sheets: Arc::new(sheets) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::typeset::geometry::{A4_HEIGHT, Point, Rect};
    use crate::typeset::page::{Item, Region, Rule};

    fn paper(second_page_y: f32) -> Paper {
        let page = |y: f32| Page {
            width: A4_WIDTH,
            height: A4_HEIGHT,
            items: vec![Item::Rule(Rule {
                from: Point { x: 50.0, y },
                to: Point { x: 500.0, y },
                width: 0.5,
            })],
            regions: vec![Region {
                field: Field::from("/company/name"),
                rect: Rect { x: 50.0, y, width: 200.0, height: 20.0 },
            }],
            ..Page::default()
        };
        Paper {
            kind: PaperKind::Matching,
            title: "对接表".into(),
            file_stem: "附件3".into(),
            pages: vec![page(100.0), page(second_page_y)],
            outline: Vec::new(),
            structure: crate::typeset::structure::Structure::default(),
            signable: false,
        }
    }

    const ALL: Near = Near { from: 0.0, to: 1.0e9, gap: 12.0 };

    #[test]
    fn only_a_page_that_changed_is_drawn_again() {
        let first = draw(paper(200.0), 0.5, None, ALL);
        let second = draw(paper(300.0), 0.5, Some(&first), ALL);
        assert_eq!(first.sheets[0].picture, second.sheets[0].picture);
        assert_ne!(first.sheets[1].picture, second.sheets[1].picture);
        let sharper = draw(paper(300.0), 1.0, Some(&second), ALL);
        assert_ne!(sharper.sheets[0].picture, second.sheets[0].picture);
    }

    #[test]
    fn of_a_page_that_changed_only_the_bands_that_look_otherwise_are_new() {
        let first = draw(paper(200.0), 1.0, None, ALL);
        let second = draw(paper(300.0), 1.0, Some(&first), ALL);
        let bands = |shown: &Shown| shown.sheets[1].picture.clone().unwrap().bands;
        let band = |y: f32| (y / picture::BAND as f32) as usize;
        let pairs = bands(&first).into_iter().zip(bands(&second));
        let new: Vec<usize> =
            pairs.enumerate().filter(|(_, (a, b))| a != b).map(|(n, _)| n).collect();
        assert_eq!(new, [band(199.9), band(300.0)]);
    }

    #[test]
    fn a_page_out_of_sight_is_drawn_once_it_is_scrolled_to() {
        let mut state = State::new(PaperKind::Matching);
        let _ = state.update(Message::Scrolled(0.0, 300.0));
        state.latest.request();
        let first = draw(paper(200.0), 0.5, None, state.near());
        assert!(first.sheets[0].picture.is_some() && first.sheets[1].picture.is_none());
        let _ = state.update(Message::Drawn(Ok(first.clone())));
        let page = state.page_width() / A4_WIDTH * A4_HEIGHT;
        assert!(matches!(state.update(Message::Scrolled(page, 300.0)), Action::Refresh));
        let second = draw(paper(200.0), 0.5, Some(&first), state.near());
        assert!(second.sheets[1].picture.is_some() && !second.sheets[1].stale);
        state.latest.request();
        let _ = state.update(Message::Drawn(Ok(second)));
        assert!(matches!(state.update(Message::Scrolled(page, 300.0)), Action::Run(_)));
    }

    #[test]
    fn a_paper_left_meanwhile_is_not_shown() {
        let mut state = State::new(PaperKind::Checklist);
        state.latest.request();
        let _ = state.update(Message::Drawn(Ok(draw(paper(200.0), 0.5, None, ALL))));
        assert!(state.shown.is_none());
    }

    #[test]
    fn a_press_on_a_cell_goes_to_its_blank() {
        let sheet = draw(paper(200.0), 0.5, None, ALL).sheets[0].clone();
        let desk = Desk { width: A4_WIDTH, density: 1.0, first: true, last: true };
        let view = page_view(&sheet, desk, None, Message::Pressed);
        let mut ui = iced_test::simulator(view);
        // In the middle of the simulated window, which is 1024 pixels wide.
        ui.point_at(iced::Point::new(512.0 - A4_WIDTH / 2.0 + 100.0, gap::M + 110.0));
        ui.simulate(iced_test::simulator::click());
        let pressed: Vec<_> = ui.into_messages().collect();
        let [Message::Pressed(field)] = pressed.as_slice() else { panic!("{pressed:?}") };
        assert_eq!(field.pointer(), "/company/name");
    }
}
