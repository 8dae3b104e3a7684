//! Buttons, options and lists of choices in the window's style; all take the keyboard.

use iced::widget::{Id, button, column, container, row, scrollable, space, text, tooltip};
use iced::{Alignment, Fill, Length, Theme};

use super::Element;
use super::focus::{focusable, focusable_if, with_keys};
use super::named::named;
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, Pick, size, space as gap};

type ButtonStyle = fn(&Theme, button::Status) -> button::Style;

fn pressable<'a, M: Clone + 'a>(
    id: Option<Id>,
    content: impl Into<Element<'a, M>>,
    style: ButtonStyle,
    message: Option<M>,
) -> Element<'a, M> {
    focusable(id, plain(content, style, message.clone()), message)
}

/// A button that takes no keyboard.
fn plain<'a, M: Clone + 'a>(
    content: impl Into<Element<'a, M>>,
    style: ButtonStyle,
    message: Option<M>,
) -> button::Button<'a, M> {
    button(content).padding([gap::XS + 2.0, gap::M]).style(style).on_press_maybe(message)
}

fn line<'a, M: 'a>(symbol: Option<(Icon, Pick)>, label: &str) -> Element<'a, M> {
    let words = text(label.to_owned()).size(size::BODY);
    match symbol {
        Some((symbol, pick)) => row![icon::icon(symbol, pick), words]
            .spacing(gap::XS + 2.0)
            .align_y(Alignment::Center)
            .into(),
        None => words.into(),
    }
}

/// The one thing to do next.
pub(crate) fn primary<'a, M: Clone + 'a>(label: &str, message: Option<M>) -> Element<'a, M> {
    pressable(None, line(None, label), theme::primary, message)
}

/// The one thing to do next, which can be given the keyboard by its name.
pub(crate) fn primary_named<'a, M: Clone + 'a>(
    id: Id,
    label: &str,
    message: Option<M>,
) -> Element<'a, M> {
    pressable(Some(id), line(None, label), theme::primary, message)
}

/// The one thing to do next; `busy`: it is being done and cannot be pressed, but keeps the keyboard.
pub(crate) fn primary_busy<'a, M: Clone + 'a>(
    id: Id,
    label: &str,
    busy: bool,
    message: M,
) -> Element<'a, M> {
    if !busy {
        return primary_named(id, label, Some(message));
    }
    with_keys(id, plain(line(None, label), theme::primary, None), |_, _| None)
}

/// Another thing to do, which can be given the keyboard by its name.
pub(crate) fn secondary_named<'a, M: Clone + 'a>(
    id: Id,
    label: &str,
    message: Option<M>,
) -> Element<'a, M> {
    pressable(Some(id), line(None, label), theme::secondary, message)
}

/// Another thing to do.
pub(crate) fn secondary<'a, M: Clone + 'a>(label: &str, message: Option<M>) -> Element<'a, M> {
    pressable(None, line(None, label), theme::secondary, message)
}

/// Another thing to do, with a symbol.
pub(crate) fn with_icon<'a, M: Clone + 'a>(
    symbol: Icon,
    label: &str,
    message: Option<M>,
) -> Element<'a, M> {
    pressable(None, line(Some((symbol, |t| t.muted)), label), theme::secondary, message)
}

/// The same, which can be given the keyboard by its name.
pub(crate) fn with_icon_named<'a, M: Clone + 'a>(
    symbol: Icon,
    id: Id,
    label: &str,
    message: Option<M>,
) -> Element<'a, M> {
    pressable(Some(id), line(Some((symbol, |t| t.muted)), label), theme::secondary, message)
}

/// A quiet thing to do.
pub(crate) fn quiet<'a, M: Clone + 'a>(label: &str, message: Option<M>) -> Element<'a, M> {
    pressable(None, line(None, label), theme::quiet, message)
}

/// A quiet thing to do at which Tab does not stop: a key does it too.
pub(crate) fn beside_tab<'a, M: Clone + 'a>(label: &str, message: M) -> Element<'a, M> {
    plain(line(None, label), theme::quiet, Some(message)).into()
}

/// A quiet thing to do, which can be given the keyboard by its name.
pub(crate) fn quiet_named<'a, M: Clone + 'a>(
    id: Id,
    label: &str,
    message: Option<M>,
) -> Element<'a, M> {
    pressable(Some(id), line(None, label), theme::quiet, message)
}

/// A heading whose list is shown and hidden by pressing it.
pub(crate) fn fold<'a, M: Clone + 'a>(label: &str, open: bool, message: M) -> Element<'a, M> {
    folded(None, label, open, message)
}

/// A heading of this kind that can be given the keyboard by its name.
pub(crate) fn fold_named<'a, M: Clone + 'a>(
    id: Id,
    label: &str,
    open: bool,
    message: M,
) -> Element<'a, M> {
    folded(Some(id), label, open, message)
}

fn folded<'a, M: Clone + 'a>(
    id: Option<Id>,
    label: &str,
    open: bool,
    message: M,
) -> Element<'a, M> {
    let symbol = if open { Icon::Unfolded } else { Icon::Folded };
    let words = text(label.to_owned()).size(size::TITLE);
    let line = row![icon::icon(symbol, |t| t.muted), words].spacing(gap::XS);
    let button = button(line.align_y(Alignment::Center))
        .padding(iced::Padding { left: 0.0, right: gap::S, ..gap::XS.into() })
        .style(theme::quiet)
        .on_press(message.clone());
    focusable(id, button, Some(message))
}

/// A symbol alone; its name shows while the pointer rests on it or it has the keyboard.
pub(crate) fn symbol<'a, M: Clone + 'a>(
    symbol: Icon,
    name: &'a str,
    message: Option<M>,
) -> Element<'a, M> {
    symbol_named(symbol_id(name), symbol, name, message)
}

/// The symbol of this name.
pub(crate) fn symbol_id(name: &str) -> Id {
    Id::from(format!("symbol:{name}"))
}

/// A symbol alone that can be given the keyboard by `id`, as one of several alike.
pub(crate) fn symbol_named<'a, M: Clone + 'a>(
    id: Id,
    symbol: Icon,
    name: &'a str,
    message: Option<M>,
) -> Element<'a, M> {
    let pick: Pick = if message.is_some() { |t| t.text } else { |t| t.outline };
    let button = button(icon::icon(symbol, pick))
        .padding(gap::XS + 2.0)
        .style(theme::quiet)
        .on_press_maybe(message.clone());
    let label =
        || container(text(name).size(size::SMALL)).padding(gap::XS + 2.0).style(theme::card);
    let focusable = focusable(Some(id), button, message);
    tooltip(named(label(), focusable), label(), tooltip::Position::Bottom).into()
}

/// A row of a list.
pub(crate) fn list_row<'a, M: Clone + 'a>(
    id: Option<Id>,
    chosen: bool,
    content: impl Into<Element<'a, M>>,
    message: Option<M>,
) -> Element<'a, M> {
    chosen_of_several(id, chosen, content, (gap::XS + 2.0, Fill), message)
}

/// One of several that stand side by side, of which one is shown.
pub(crate) fn tab<'a, M: Clone + 'a>(
    id: Option<Id>,
    chosen: bool,
    content: impl Into<Element<'a, M>>,
    message: Option<M>,
) -> Element<'a, M> {
    chosen_of_several(id, chosen, content, (gap::XS - 1.0, Length::Shrink), message)
}

fn chosen_of_several<'a, M: Clone + 'a>(
    id: Option<Id>,
    chosen: bool,
    content: impl Into<Element<'a, M>>,
    (above, width): (f32, Length),
    message: Option<M>,
) -> Element<'a, M> {
    let button = button(content)
        .padding([above, gap::S])
        .width(width)
        .style(theme::row(chosen))
        .on_press_maybe(message.clone());
    focusable(id, button, message)
}

/// An option: round for one of several, square for any of several; grey without a message.
pub(crate) fn option<'a, M: Clone + 'a>(
    id: Id,
    label: &str,
    selected: bool,
    kind: Kind,
    message: impl Into<Option<M>>,
) -> Element<'a, M> {
    let message = message.into();
    let (round, stop) = match kind {
        Kind::AnyOfSeveral => (false, true),
        Kind::OneOfSeveral { stop } => (true, stop),
    };
    let inner: Element<'a, M> = if selected && !round {
        icon::icon(Icon::Check, |t| t.on_accent).width(12).height(12).into()
    } else {
        space().into()
    };
    let look = theme::option_mark(selected, round, message.is_some());
    let mark = container(inner).center(16).style(look);
    let words = text(label.to_owned()).size(size::BODY).wrapping(text::Wrapping::WordOrGlyph);
    let button = button(row![mark, words].spacing(gap::S).align_y(Alignment::Center))
        .padding([gap::XS, gap::XS + 2.0])
        .style(theme::quiet)
        .on_press_maybe(message.clone());
    focusable_if(stop, Some(id), button, message)
}

/// What kind of option it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A square one.
    AnyOfSeveral,
    /// A round one.
    OneOfSeveral {
        /// Tab stops at it: one of the several, from which the arrow keys lead to the others.
        stop: bool,
    },
}

impl Kind {
    /// Of option `index` of several, where number `chosen` is ticked.
    pub(crate) fn one(index: usize, chosen: Option<usize>) -> Self {
        Self::OneOfSeveral { stop: index == chosen.unwrap_or(0) }
    }
}

/// Text of several lines that breaks anywhere, as Chinese does.
pub(crate) fn prose<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).wrapping(text::Wrapping::WordOrGlyph).line_height(1.5)
}

/// A small grey line.
pub(crate) fn hint<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    prose(words).size(size::SMALL).style(theme::muted)
}

/// A list that scrolls, its bar beside what it scrolls.
pub(crate) fn scroll<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
) -> iced::widget::Scrollable<'a, M> {
    scrollable(content).spacing(gap::XS).style(theme::scroll)
}

/// A heading with what stands under it.
pub(crate) fn section<'a, M: 'a>(
    title: &'a str,
    content: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    column![text(title).size(size::TITLE), content.into()].spacing(gap::M).into()
}

/// A card as wide as its place.
pub(crate) fn card<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    container(content).padding(gap::M).width(Length::Fill).style(theme::card).into()
}
