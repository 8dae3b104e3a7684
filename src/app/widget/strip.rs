//! A sentence at the foot of the window with what can be done about it.

use std::borrow::Cow;

use iced::widget::{container, row};
use iced::{Alignment, Fill};

use super::{Element, control};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, Pick, size, space as gap};

/// The widest strip, logical pixels.
const WIDEST: f32 = 880.0;

/// Room for the symbol and the buttons, logical pixels.
const TOOLS: f32 = 160.0;

/// `words` with `tools` behind them, as wide as they need; the tools keep their room in a narrow window.
pub(crate) fn strip<'a, M: 'a>(
    symbol: Option<(Icon, Pick)>,
    words: impl Into<Cow<'a, str>>,
    tools: impl IntoIterator<Item = Element<'a, M>>,
) -> Element<'a, M> {
    let words = words.into();
    let wide = words.chars().count() as f32 * size::BODY + TOOLS;
    let symbol = symbol.map(|(symbol, pick)| icon::icon(symbol, pick));
    let words = container(control::prose(words).size(size::BODY)).width(Fill);
    let tools = row(tools).spacing(gap::M).align_y(Alignment::Center);
    let line = row![].push(symbol).push(words).push(tools);
    let line = line.spacing(gap::M).align_y(Alignment::Center);
    let card =
        container(line).padding([gap::XS, gap::M]).max_width(wide.min(WIDEST)).style(theme::toast);
    container(card).padding(gap::XS).center_x(Fill).into()
}
