//! The left pane: the steps with their marks.

use iced::advanced::widget::operate;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable};
use iced::widget::operation::{AbsoluteOffset, scroll_to};
use iced::widget::{Id, column, container, row, text};
use iced::{Alignment, Fill, Rectangle, Task, Vector};

use super::{Change, Group, Mark, Message, State, Step};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::pane::pane;
use crate::app::widget::{Element, control};
use crate::domain::Role;

/// Room kept above and below the row of the step shown, logical pixels.
const MARGIN: f32 = 40.0;

fn outline_id() -> Id {
    Id::new("outline")
}

fn row_id(step: Step) -> Id {
    Id::from(format!("step:{}", step.title()))
}

/// Scrolls the steps so that the row of this one is seen; where it is seen nothing moves.
pub(super) fn reveal(step: Step) -> Task<Message> {
    let search = Search { row: row_id(step), list: None, found: None };
    operate(search).then(|offset| scroll_to(outline_id(), offset))
}

/// Looks for a row of the steps.
struct Search {
    row: Id,
    /// The room of the list and how far it is scrolled.
    list: Option<(Rectangle, Vector)>,
    /// Where it should be scrolled to.
    found: Option<AbsoluteOffset>,
}

impl Operation<AbsoluteOffset> for Search {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<AbsoluteOffset>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _content: Rectangle,
        scrolled: Vector,
        _state: &mut dyn Scrollable,
    ) {
        if id == Some(&outline_id()) {
            self.list = Some((bounds, scrolled));
        }
    }

    fn focusable(&mut self, id: Option<&Id>, row: Rectangle, _state: &mut dyn Focusable) {
        let Some((list, scrolled)) = self.list.filter(|_| id == Some(&self.row)) else { return };
        // The row stands where it would without scrolling.
        let (top, bottom) = (row.y - list.y, row.y + row.height - list.y);
        let y = if top < scrolled.y {
            top - MARGIN
        } else if bottom > scrolled.y + list.height {
            bottom + MARGIN - list.height
        } else {
            return;
        };
        self.found = Some(AbsoluteOffset { x: 0.0, y: y.max(0.0) });
    }

    fn finish(&self) -> Outcome<AbsoluteOffset> {
        self.found.map_or(Outcome::None, Outcome::Some)
    }
}

impl State {
    /// The steps of the role, top to bottom.
    pub(super) fn outline(&self) -> Element<'_, Message> {
        let mut list = column![].spacing(2).padding(gap::S);
        for step in Step::all(&self.draft) {
            if step == Step::Submission && self.draft.role == Role::Demander {
                list = list.push(self.add_demand());
            }
            list = list.push(self.outline_row(step));
        }
        pane(
            container(control::scroll(list).id(outline_id()).height(Fill))
                .width(self.panes.outline_width())
                .height(Fill),
        )
    }

    fn outline_row(&self, step: Step) -> Element<'_, Message> {
        let mut words = column![text(step.title()).size(size::BODY)];
        let subtitle = step.subtitle(&self.draft);
        if !subtitle.is_empty() {
            words = words.push(
                text(first(subtitle, if self.panes.is_modest() { 6 } else { 10 }))
                    .size(size::SMALL)
                    .style(theme::muted),
            );
        }
        let nested = matches!(step, Step::Letter(_) | Step::Evidence(_) | Step::Demand(_));
        let content = row![mark(self.checking.mark(step)), words]
            .spacing(gap::S)
            .align_y(Alignment::Center)
            .padding(iced::padding::left(if nested { gap::S } else { 0.0 }));
        control::list_row(
            Some(row_id(step)),
            step == self.step,
            content,
            Some(Message::StepChosen(step)),
        )
    }

    fn add_demand(&self) -> Element<'_, Message> {
        let content = row![
            icon::icon(Icon::Plus, |t| t.muted),
            text("加一项需求").size(size::SMALL).style(theme::muted)
        ]
        .spacing(gap::S)
        .align_y(Alignment::Center)
        .padding(iced::padding::left(gap::S));
        let add = self.unless_read_only(Message::Grouped(Group::Demands, Change::Add));
        control::list_row(None, false, content, add)
    }
}

fn mark<'a>(mark: Mark) -> iced::widget::Svg<'a> {
    match mark {
        Mark::Empty => icon::icon(Icon::Empty, |t| t.outline),
        Mark::Fine => icon::icon(Icon::Fine, |t| t.fine),
        Mark::Warning => icon::icon(Icon::Warning, |t| t.warning),
        Mark::Error => icon::icon(Icon::Error, |t| t.error),
    }
}

/// The first characters of a name, with a sign that more follow.
fn first(name: &str, count: usize) -> String {
    match name.char_indices().nth(count) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or(name)),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::widget::scrollable;

    struct Still;

    impl Focusable for Still {
        fn is_focused(&self) -> bool {
            false
        }
        fn focus(&mut self) {}
        fn unfocus(&mut self) {}
    }

    impl Scrollable for Still {
        fn snap_to(&mut self, _offset: scrollable::RelativeOffset<Option<f32>>) {}
        fn scroll_to(&mut self, _offset: AbsoluteOffset<Option<f32>>) {}
        fn scroll_by(&mut self, _by: AbsoluteOffset, _bounds: Rectangle, _content: Rectangle) {}
    }

    #[test]
    fn the_steps_scroll_only_where_the_one_shown_is_out_of_sight() {
        let list = Rectangle { x: 0.0, y: 60.0, width: 200.0, height: 600.0 };
        let scrolled_to = |y: f32, scrolled: f32| {
            let row = row_id(Step::Demand(7));
            let mut search = Search { row: row.clone(), list: None, found: None };
            let at = Vector::new(0.0, scrolled);
            search.scrollable(Some(&outline_id()), list, list, at, &mut Still);
            let row_at = Rectangle { y, height: 50.0, ..list };
            search.focusable(Some(&row), row_at, &mut Still);
            search.found.map(|offset| offset.y)
        };
        assert_eq!(scrolled_to(160.0, 0.0), None);
        assert_eq!(scrolled_to(1060.0, 0.0), Some(1050.0 + MARGIN - 600.0));
        assert_eq!(scrolled_to(160.0, 500.0), Some(100.0 - MARGIN));
    }

    #[test]
    fn a_long_name_is_shortened_between_characters() {
        assert_eq!(first("动力电池", 4), "动力电池");
        assert_eq!(first("动力电池外壳", 4), "动力电池…");
    }
}
