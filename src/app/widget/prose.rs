//! Running text with marked words, and links that take the keyboard.

use iced::advanced::text::{self, Paragraph as _, Renderer as _};
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::keyboard::{self, Key, key};
use iced::widget::Id;
use iced::{
    Border, Color, Event, Font, Length, Pixels, Point, Rectangle, Size, Theme, Vector, alignment,
};

use super::Element;
use super::matches::places;
use crate::app::theme::Tokens;

type Paragraph = <iced::Renderer as text::Renderer>::Paragraph;
type Span = text::Span<'static, (), Font>;

/// Words that look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// The words.
    pub(crate) words: String,
    /// How they look.
    pub(crate) look: Look,
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As the rest.
    Plain,
    /// What matters, and what buttons say.
    Strong,
    /// To be typed, and names of files.
    Code,
    /// The link of this number.
    Link(usize),
}

/// Running text, its size in logical pixels.
pub(crate) struct Prose<'a, Message> {
    spans: Vec<Span>,
    /// How each of the spans looks, and whether it is looked for.
    looks: Vec<(Look, bool)>,
    size: f32,
    tokens: Tokens,
    name: String,
    followed: Box<dyn Fn(usize) -> Message + 'a>,
}

/// Between lines, in sizes of the text.
pub(crate) const LINES: f32 = 1.65;

/// Height of the ground of marked words, in sizes of the text.
const TALL: f32 = 1.4;

/// Left and right of marked words, logical pixels.
const BESIDE: f32 = 2.0;

/// What a link of this number is called in the text of this name.
pub(crate) fn link_id(name: &str, link: usize) -> Id {
    Id::from(format!("{name}:{link}"))
}

impl<'a, Message: 'a> Prose<'a, Message> {
    /// Text in the colours of a theme. `sought` are words to be shown where they stand; a link that is
    /// `followed` sends its message; its name begins with `name`.
    pub(crate) fn new(
        runs: &[Run],
        sought: &[String],
        size: f32,
        tokens: Tokens,
        name: &str,
        followed: impl Fn(usize) -> Message + 'a,
    ) -> Self {
        let (mut spans, mut looks) = (Vec::new(), Vec::new());
        for run in runs {
            for (words, found) in parted(&run.words, sought) {
                let color = match run.look {
                    _ if found => tokens.found,
                    Look::Link(_) => tokens.accent,
                    _ => tokens.text,
                };
                spans.push(Span::new(words).color(color));
                looks.push((run.look, found));
            }
        }
        let (name, followed) = (name.to_owned(), Box::new(followed));
        Self { spans, looks, size, tokens, name, followed }
    }

    fn text<C>(&self, content: C, bounds: Size) -> text::Text<C, Font> {
        text::Text {
            content,
            bounds,
            size: Pixels(self.size),
            line_height: text::LineHeight::Relative(LINES),
            font: Font::DEFAULT,
            align_x: text::Alignment::Default,
            align_y: alignment::Vertical::Top,
            shaping: text::Shaping::Advanced,
            wrapping: text::Wrapping::WordOrGlyph,
        }
    }

    /// The links with the spans they are made of.
    fn links(&self) -> Vec<(usize, Vec<usize>)> {
        let mut links: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, (look, _)) in self.looks.iter().enumerate() {
            let Look::Link(link) = look else { continue };
            match links.last_mut() {
                Some((last, spans)) if last == link => spans.push(at),
                _ => links.push((*link, vec![at])),
            }
        }
        links
    }

    /// The link under the pointer.
    fn link_at(&self, state: &State, layout: Layout<'_>, cursor: mouse::Cursor) -> Option<usize> {
        let at = cursor.position_in(layout.bounds())?;
        let (look, _) = self.looks.get(state.paragraph.hit_span(at)?)?;
        if let Look::Link(link) = look { Some(*link) } else { None }
    }

    fn mark(
        &self,
        renderer: &mut iced::Renderer,
        pieces: &[Rectangle],
        shift: Vector,
        fill: Color,
    ) {
        for piece in pieces {
            let bounds = self.words_of(*piece) + shift;
            let border = Border { radius: 3.0.into(), ..Border::default() };
            renderer
                .fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, fill);
        }
    }

    /// What the words of a piece take of the height of its line, and a little beside them.
    fn words_of(&self, piece: Rectangle) -> Rectangle {
        let height = self.size * TALL;
        let y = piece.y + (piece.height - height) / 2.0;
        Rectangle { x: piece.x - BESIDE, y, width: piece.width + 2.0 * BESIDE, height }
    }

    fn underline(&self, renderer: &mut iced::Renderer, pieces: &[Rectangle], shift: Vector) {
        for piece in pieces {
            let y = piece.y + self.size * (LINES + 1.0) / 2.0 + 1.0;
            let bounds = Rectangle { x: piece.x, y, width: piece.width, height: 1.0 } + shift;
            let quad = renderer::Quad { bounds, ..renderer::Quad::default() };
            renderer.fill_quad(quad, self.tokens.accent);
        }
    }
}

/// The words with those that are sought apart, in order.
fn parted(words: &str, sought: &[String]) -> Vec<(String, bool)> {
    let mut is_found = vec![false; words.len()];
    for needle in sought.iter().filter(|needle| !needle.is_empty()) {
        for at in places(words, needle) {
            if let Some(found) = is_found.get_mut(at..at + needle.len()) {
                found.fill(true);
            }
        }
    }
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (at, character) in words.char_indices() {
        let found = is_found.get(at).copied().unwrap_or_default();
        match parts.last_mut() {
            Some((part, is)) if *is == found => part.push(character),
            _ => parts.push((character.to_string(), found)),
        }
    }
    parts
}

#[derive(Default)]
struct State {
    spans: Vec<Span>,
    paragraph: Paragraph,
    /// The link that has the keyboard.
    focused: Option<usize>,
    pressed: Option<usize>,
}

/// A link as an operation sees it.
struct Focus<'a> {
    focused: &'a mut Option<usize>,
    link: usize,
}

impl Focusable for Focus<'_> {
    fn is_focused(&self) -> bool {
        *self.focused == Some(self.link)
    }

    fn focus(&mut self) {
        *self.focused = Some(self.link);
    }

    fn unfocus(&mut self) {
        if self.is_focused() {
            *self.focused = None;
        }
    }
}

/// What all of these cover.
fn union(pieces: impl IntoIterator<Item = Rectangle>) -> Option<Rectangle> {
    pieces.into_iter().reduce(|all, piece| all.union(&piece))
}

impl<Message> Widget<Message, Theme, iced::Renderer> for Prose<'_, Message>
where
    Message: 'static,
{
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        _renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let state: &mut State = tree.state.downcast_mut();
        layout::sized(limits, Length::Fill, Length::Shrink, |limits| {
            let bounds = limits.max();
            let is_other = state.spans != self.spans;
            match state.paragraph.compare(self.text((), bounds)) {
                text::Difference::None if !is_other => {}
                text::Difference::Bounds if !is_other => state.paragraph.resize(bounds),
                _ => {
                    let text = self.text(self.spans.as_slice(), bounds);
                    state.paragraph = Paragraph::with_spans(text);
                    let words = |spans: &[Span]| -> String {
                        spans.iter().map(|span| span.text.as_ref()).collect()
                    };
                    if words(&state.spans) != words(&self.spans) {
                        // Another text in the same place: the link that had the keyboard is gone.
                        state.focused = None;
                    }
                    state.spans.clone_from(&self.spans);
                }
            }
            state.paragraph.min_bounds()
        })
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        let state: &mut State = tree.state.downcast_mut();
        let words: String = self.spans.iter().map(|span| span.text.as_ref()).collect();
        operation.text(None, layout.bounds(), &words);
        let shift = layout.position() - Point::ORIGIN;
        for (link, spans) in self.links() {
            let pieces = spans.into_iter().flat_map(|span| state.paragraph.span_bounds(span));
            let Some(bounds) = union(pieces) else { continue };
            let id = link_id(&self.name, link);
            let mut focus = Focus { focused: &mut state.focused, link };
            operation.focusable(Some(&id), bounds + shift, &mut focus);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &iced::Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let state: &mut State = tree.state.downcast_mut();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                state.focused = None;
                state.pressed = self.link_at(state, layout, cursor);
                if state.pressed.is_some() {
                    shell.capture_event();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
                let pressed = state.pressed.take();
                if let Some(link) = pressed
                    && self.link_at(state, layout, cursor) == pressed
                {
                    shell.publish((self.followed)(link));
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(key::Named::Enter | key::Named::Space),
                modifiers,
                repeat,
                ..
            }) if !modifiers.command() && !modifiers.alt() => {
                if let Some(link) = state.focused {
                    if !repeat {
                        shell.publish((self.followed)(link));
                    }
                    shell.capture_event();
                }
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        match self.link_at(tree.state.downcast_ref(), layout, cursor) {
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::None,
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut iced::Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        if !bounds.intersects(viewport) {
            return;
        }
        let state: &State = tree.state.downcast_ref();
        let shift = layout.position() - Point::ORIGIN;
        for (at, (look, found)) in self.looks.iter().enumerate() {
            let ground = match look {
                _ if *found => self.tokens.warning_soft,
                Look::Strong => self.tokens.accent_soft,
                Look::Code => self.tokens.sunken,
                Look::Plain | Look::Link(_) => continue,
            };
            self.mark(renderer, &state.paragraph.span_bounds(at), shift, ground);
        }
        for (link, spans) in self.links() {
            let pieces: Vec<Rectangle> =
                spans.into_iter().flat_map(|span| state.paragraph.span_bounds(span)).collect();
            if state.focused == Some(link) {
                for piece in &pieces {
                    let border =
                        Border { color: self.tokens.accent, width: 2.0, radius: 3.0.into() };
                    let bounds = (self.words_of(*piece) + shift).expand(1.0);
                    let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
                    renderer.fill_quad(quad, Color::TRANSPARENT);
                }
            }
            self.underline(renderer, &pieces, shift);
        }
        renderer.fill_paragraph(&state.paragraph, bounds.position(), self.tokens.text, *viewport);
    }
}

impl<'a, Message: 'static> From<Prose<'a, Message>> for Element<'a, Message> {
    fn from(prose: Prose<'a, Message>) -> Self {
        Self::new(prose)
    }
}
