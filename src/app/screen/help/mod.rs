//! The guide, over whatever is shown.

mod article;
mod contents;
mod guide;
mod keys;
mod markdown;
mod occasion;
mod pictures;
mod search;
mod seen;
#[cfg(test)]
mod tests;
mod view;

use iced::widget::operation;
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Size, Task};

use self::guide::{Guide, Page, Place};
pub(crate) use self::keys::Turn;
pub(crate) use self::occasion::Occasion;
use self::pictures::{Pictures, Ready};
use self::search::Found;
use self::seen::Seen;
use crate::app::focus::{self, Focused};

/// The guide while it is open.
#[derive(Debug)]
pub(crate) struct State {
    guide: Guide,
    page: usize,
    /// The heading being read.
    heading: Option<usize>,
    /// How far the page is scrolled.
    offset: f32,
    /// How far beyond the heading, or the top of the page, that is.
    beyond: f32,
    /// Where the person was before each jump: the page, with the offset.
    before: Vec<(usize, f32)>,
    sought: String,
    found: Found,
    /// Which of them was shown last.
    hit: Option<usize>,
    /// The last jump led there.
    at_hit: bool,
    pictures: Pictures,
    /// Of the window, logical pixels.
    window: Size,
    /// Physical pixels in a logical one.
    density: f32,
    /// In a narrow window the contents are shown instead of the page.
    contents: bool,
    /// What has the keyboard or had it last.
    last: Option<iced::widget::Id>,
}

/// What happens in it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A place of the contents was chosen.
    Chosen(Place),
    /// A link of the page was followed.
    Followed(usize),
    /// Back to where the person was before.
    BackAsked,
    /// What to look for was typed.
    Typed(String),
    /// To the next place found.
    NextAsked,
    /// A place found was chosen.
    HitChosen(usize),
    /// The list of contents, in a narrow window.
    ContentsToggled,
    /// The page was scrolled so far.
    Scrolled(f32),
    /// The headings were looked at.
    Seen(Seen),
    /// A picture was read.
    PictureReady(Ready),
    /// A key that turns pages.
    Turned(Turn),
    /// It is to be put away. For who owns the window.
    Closed,
}

impl State {
    /// Opens the guide at the place that fits, with the keyboard in the box to search in.
    pub(crate) fn open(occasion: Occasion, window: Size, density: f32) -> (Self, Task<Message>) {
        let guide = Guide::read();
        let place = occasion.place(&guide);
        let mut state = Self {
            guide,
            page: place.page,
            heading: place.heading,
            offset: 0.0,
            beyond: 0.0,
            before: Vec::new(),
            sought: String::new(),
            found: Found::default(),
            hit: None,
            at_hit: false,
            pictures: Pictures::default(),
            window,
            density,
            contents: false,
            last: None,
        };
        let shown = Task::batch([state.want_pictures(), state.scroll_to(place.heading)]);
        (state, Task::batch([shown, view::to_search()]))
    }

    /// Something happened in it.
    pub(crate) fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Chosen(place) => {
                self.remember();
                return self.go(place);
            }
            Message::Followed(link) => return self.follow(link),
            Message::BackAsked => return self.go_back(),
            Message::Typed(words) => return self.seek(words),
            Message::NextAsked => {
                let next = self.hit.map_or(0, |hit| hit + 1);
                return self.show_hit(if next < self.found.hits.len() { next } else { 0 });
            }
            Message::HitChosen(hit) => return self.show_hit(hit),
            Message::ContentsToggled => self.contents = !self.contents,
            Message::Scrolled(offset) => {
                self.offset = offset;
                return self.look().map(Message::Seen);
            }
            Message::Seen(seen) => return self.seen(&seen),
            Message::PictureReady(ready) => {
                return self.pictures.ready(ready).map(Message::PictureReady);
            }
            Message::Turned(turn) => return self.turn(turn),
            Message::Closed => {}
        }
        Task::none()
    }

    /// The window has this size, logical pixels, and density.
    pub(crate) fn resized(&mut self, window: Size, density: f32) -> Task<Message> {
        let is_other = self.window.width != window.width;
        (self.window, self.density) = (window, density);
        let pictures = self.want_pictures();
        if !is_other {
            return pictures;
        }
        // The lines break elsewhere, and what was being read is to be where it was.
        let (heading, beyond) = (self.heading, self.beyond);
        let kept = self.look().then(move |seen| to_offset(seen.top(heading) + beyond));
        Task::batch([pictures, kept])
    }

    /// What has the keyboard or had it last, for Tab to go on from.
    pub(crate) fn last_control(&self) -> Option<iced::widget::Id> {
        self.last.clone()
    }

    /// The keyboard is there.
    pub(crate) fn focus_found(&mut self, focused: Focused) -> Task<Message> {
        let row = focused.id.clone().filter(|id| self.rows().contains(id));
        self.last = focused.id.clone().or(self.last.take());
        row.map_or_else(|| focused.scroll(), contents::reveal)
    }

    fn page(&self) -> Option<&Page> {
        self.guide.pages.get(self.page)
    }

    fn look(&self) -> Task<Seen> {
        let headings: Vec<usize> =
            self.page().into_iter().flat_map(Page::headings).map(|(at, ..)| at).collect();
        seen::look(headings.into_iter())
    }

    /// Shows a place at the top of the page.
    fn go(&mut self, place: Place) -> Task<Message> {
        let shown = self.show(place);
        Task::batch([shown, self.scroll_to(place.heading)])
    }

    /// Shows the page of a place.
    fn show(&mut self, place: Place) -> Task<Message> {
        (self.contents, self.at_hit) = (false, false);
        self.heading = place.heading;
        if place.page == self.page {
            return Task::none();
        }
        self.page = place.page;
        self.pictures.clear();
        self.want_pictures()
    }

    /// Scrolls to a heading of the page, or to its top.
    fn scroll_to(&self, heading: Option<usize>) -> Task<Message> {
        self.look().then(move |seen| to_offset(seen.top(heading)))
    }

    fn follow(&mut self, link: usize) -> Task<Message> {
        let place = self.page().and_then(|page| *page.links.get(link)?);
        let Some(place) = place else { return Task::none() };
        self.remember();
        self.go(place)
    }

    /// Keeps where the person is, to lead back there.
    fn remember(&mut self) {
        let here = (self.page, self.offset);
        if self.before.last() != Some(&here) {
            self.before.push(here);
        }
    }

    fn go_back(&mut self) -> Task<Message> {
        let Some((page, offset)) = self.before.pop() else { return Task::none() };
        self.hit = None;
        // The heading there is found when the page has been scrolled.
        let shown = self.show(Place { page, heading: None });
        Task::batch([shown, to_offset(offset)])
    }

    fn seek(&mut self, words: String) -> Task<Message> {
        self.found = search::find(&self.guide, &words);
        (self.sought, self.hit, self.at_hit) = (words, None, false);
        self.contents = !self.sought.trim().is_empty();
        contents::to_top()
    }

    fn show_hit(&mut self, hit: usize) -> Task<Message> {
        let Some(place) = self.found.hits.get(hit).map(|hit| hit.place) else {
            return Task::none();
        };
        // Back leads to before the places found, not through all of them.
        if !self.at_hit {
            self.remember();
        }
        self.hit = Some(hit);
        let shown = self.go(place);
        self.at_hit = true;
        Task::batch([shown, contents::reveal(contents::hit_id(hit))])
    }

    fn seen(&mut self, seen: &Seen) -> Task<Message> {
        let heading = seen.current(self.heading);
        self.beyond = seen.by - seen.top(heading);
        if std::mem::replace(&mut self.heading, heading) == heading || !self.sought.is_empty() {
            return Task::none();
        }
        contents::reveal(contents::row_id(Place { page: self.page, heading }))
    }

    /// Reads the pictures of the page as wide as they are shown, first those from the heading on.
    fn want_pictures(&mut self) -> Task<Message> {
        let wide = (article::picture_width(self.window.width) * self.density).round() as u32;
        let from = self.heading.unwrap_or_default();
        let files = || self.guide.pages.get(self.page).into_iter().flat_map(Page::pictures);
        let after = files().filter(|(at, _)| *at >= from);
        let all = after.chain(files().filter(|(at, _)| *at < from)).map(|(_, file)| file);
        self.pictures.want(all, wide).map(Message::PictureReady)
    }
}

fn to_offset(y: f32) -> Task<Message> {
    operation::scroll_to(focus::form_id(), AbsoluteOffset { x: 0.0, y })
}
