//! The page at the right.

use iced::widget::{column, container, image, row, rule, space, text};
use iced::{Alignment, ContentFit, Fill, Length};

use super::guide;
use super::markdown::Block;
use super::seen::heading_id;
use super::{Message, State, view};
use crate::app::focus;
use crate::app::theme::{self, Tokens, size, space as gap};
use crate::app::widget::prose::{LINES, Look, Prose, Run};
use crate::app::widget::{Element, control};

/// The widest line of text, logical pixels.
const MEASURE: f32 = 740.0;

/// The widest picture, logical pixels.
const WIDEST: f32 = 1180.0;

/// The column of a table that says the keys, logical pixels.
const KEYS: f32 = 250.0;

/// Bullets and numbers stand in a column of this width, logical pixels.
const MARK: f32 = 22.0;

/// How wide pictures are in a window of this width, logical pixels.
pub(super) fn picture_width(window: f32) -> f32 {
    (view::article_width(window) - 2.0 * side(window)).clamp(80.0, WIDEST)
}

/// Left and right of the page, logical pixels.
const fn side(window: f32) -> f32 {
    if view::is_narrow(window) { gap::M } else { gap::XL }
}

/// What the parts of a page are drawn with.
struct Ink<'a> {
    state: &'a State,
    tokens: Tokens,
    sought: &'a [String],
}

impl State {
    /// The page that is shown.
    pub(super) fn article(&self, tokens: Tokens) -> Element<'_, Message> {
        let ink = Ink { state: self, tokens, sought: &self.found.marked };
        let blocks = self.page().into_iter().flat_map(|page| &page.blocks).enumerate();
        let parts = blocks.map(|(at, block)| ink.part(at, block));
        let page = column(parts).spacing(gap::S).width(Fill);
        let page = container(page).padding([gap::L, side(self.window.width)]);
        control::scroll(page)
            .id(focus::form_id())
            .width(Fill)
            .height(Fill)
            .on_scroll(|seen| Message::Scrolled(seen.absolute_offset().y))
            .into()
    }
}

impl<'a> Ink<'a> {
    fn part(&self, at: usize, block: &'a Block) -> Element<'a, Message> {
        match block {
            Block::Heading { level, words } => self.heading(at, *level, words),
            Block::Paragraph(runs) => text_width(self.prose(runs)),
            Block::Item { depth, mark, runs } => {
                let indent = space().width(MARK * *depth as f32);
                let mark = text(mark).size(size::BODY).line_height(LINES);
                let mark = container(mark).width(MARK);
                text_width(row![indent, mark, self.prose(runs)])
            }
            Block::Picture { file, words } => self.picture(file, words),
            Block::Row { head, cells } => self.row(*head, cells),
        }
    }

    fn prose(&self, runs: &[Run]) -> Element<'a, Message> {
        let name = format!("help-link:{}", self.state.page);
        Prose::new(runs, self.sought, size::BODY, self.tokens, &name, Message::Followed).into()
    }

    fn heading(&self, at: usize, level: u8, words: &'a str) -> Element<'a, Message> {
        let (size, above) = match level {
            1 => (size::HEAD, 0.0),
            2 => (size::PART, gap::XL),
            _ => (size::TITLE, gap::M),
        };
        let run = Run { words: words.to_owned(), look: Look::Plain };
        let prose: Element<'_, Message> =
            Prose::new(&[run], self.sought, size, self.tokens, "", |_| Message::BackAsked).into();
        let line = (level == 2).then(|| rule::horizontal(1).style(theme::hairline));
        let heading = column![].push(line).push(prose).spacing(gap::M);
        let heading = container(heading).id(heading_id(at)).max_width(MEASURE);
        column![space().height(above), heading].into()
    }

    fn picture(&self, file: &str, words: &'a str) -> Element<'a, Message> {
        let Some(natural) = guide::picture_size(file) else { return control::hint(words).into() };
        let width = picture_width(self.state.window.width).min(natural.width as f32);
        let height = (width * natural.height as f32 / natural.width as f32).round();
        let picture: Element<'_, Message> = match self.state.pictures.get(file) {
            Some(handle) => {
                image(handle.clone()).width(Fill).height(Fill).content_fit(ContentFit::Fill).into()
            }
            None => space().width(Fill).height(Fill).into(),
        };
        let frame = container(picture).width(width).height(height).padding(1).style(theme::picture);
        let caption = container(control::hint(words)).width(width).align_x(Alignment::Center);
        container(column![frame, caption].spacing(gap::XS)).padding([gap::S, 0.0]).into()
    }

    fn row(&self, head: bool, cells: &[Vec<Run>]) -> Element<'a, Message> {
        let narrow = view::is_narrow(self.state.window.width);
        let mut line = row![].spacing(gap::M);
        for (at, runs) in cells.iter().enumerate() {
            let cell = match head {
                true => {
                    control::hint(runs.iter().map(|run| run.words.as_str()).collect::<String>())
                        .into()
                }
                false => self.prose(runs),
            };
            let width = if at > 0 {
                Fill
            } else if narrow {
                Length::FillPortion(1)
            } else {
                Length::Fixed(KEYS)
            };
            line = line.push(container(cell).width(width));
        }
        text_width(column![line, rule::horizontal(1).style(theme::hairline)].spacing(gap::XS + 2.0))
    }
}

fn text_width<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).max_width(MEASURE).width(Fill).into()
}
