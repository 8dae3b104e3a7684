//! How the guide looks: a bar above, the contents at the left, the page at the right.

use iced::widget::{Id, column, container, opaque, operation, row, rule, text, text_input};
use iced::{Alignment, Fill, Task};

use super::{Message, State, keys};
use crate::app::icon::Icon;
use crate::app::theme::{self, Tokens, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control, pane};

/// Width of the contents, logical pixels.
const CONTENTS: f32 = 270.0;

/// Below this width the contents and the page are shown one at a time, logical pixels.
const NARROW: f32 = 720.0;

/// Contents and page do not stand side by side.
pub(super) const fn is_narrow(window: f32) -> bool {
    window < NARROW
}

/// Width of the page, logical pixels. Its bar stands beside it.
pub(super) fn article_width(window: f32) -> f32 {
    let bar = 14.0;
    if is_narrow(window) { window - bar } else { window - CONTENTS - bar }
}

fn search_id() -> Id {
    Id::new("help-search")
}

/// Puts the keyboard into the box to search in.
pub(super) fn to_search() -> Task<Message> {
    operation::focus(search_id()).chain(operation::select_all(search_id()))
}

impl State {
    /// The guide, as large as the window.
    pub(crate) fn view(&self, tokens: Tokens) -> Element<'_, Message> {
        let narrow = is_narrow(self.window.width);
        let contents = || pane::pane(container(self.contents()).height(Fill));
        let page = || pane::page(self.article(tokens));
        let body: Element<'_, Message> = match (narrow, self.contents) {
            (true, true) => contents(),
            (true, false) => page(),
            (false, _) => row![container(contents()).width(CONTENTS), page()].into(),
        };
        let line = rule::horizontal(1).style(theme::hairline);
        opaque(keys::turning(column![self.bar(narrow), line, body].width(Fill).height(Fill)))
    }

    fn bar(&self, narrow: bool) -> Element<'_, Message> {
        let input = text_input("查找，例如：盖章", &self.sought)
            .id(search_id())
            .on_input(Message::Typed)
            .on_submit(Message::NextAsked)
            .size(size::BODY)
            .padding([6.0, gap::S])
            .style(theme::input(Tone::Plain));
        let back = (!self.before.is_empty()).then_some(Message::BackAsked);
        let back = control::symbol(Icon::Back, "回到刚才看的地方（Alt+←）", back);
        let close = control::secondary("关闭（Esc）", Some(Message::Closed));
        let start: Element<'_, Message> = if narrow {
            let label = if self.contents { "正文" } else { "目录" };
            control::secondary(label, Some(Message::ContentsToggled))
        } else {
            container(text("帮助").size(size::HEAD)).width(CONTENTS - gap::L).into()
        };
        let search = container(guard(input)).max_width(360).width(Fill);
        let bar = row![start, container(search).width(Fill), back, close];
        let bar = bar.spacing(gap::S).align_y(Alignment::Center);
        pane::page(container(bar).padding([gap::S, gap::M]).width(Fill))
    }
}
