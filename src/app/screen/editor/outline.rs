//! The left pane: the steps with their marks.

use iced::widget::{column, container, row, text};
use iced::{Alignment, Fill};

use super::{Change, Group, Mark, Message, State, Step};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::pane::pane;
use crate::app::widget::{Element, control};
use crate::domain::Role;

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
            container(control::scroll(list).height(Fill))
                .width(self.panes.outline_width())
                .height(Fill),
        )
    }

    fn outline_row(&self, step: Step) -> Element<'_, Message> {
        let mut words = column![text(step.title()).size(size::BODY)];
        let subtitle = step.subtitle(&self.draft);
        if !subtitle.is_empty() {
            words = words.push(
                text(first(subtitle, if self.panes.is_modest() { 7 } else { 11 }))
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
            Some(format!("step:{}", step.title()).into()),
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
        control::list_row(None, false, content, Some(Message::Grouped(Group::Demands, Change::Add)))
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
    use super::first;

    #[test]
    fn a_long_name_is_shortened_between_characters() {
        assert_eq!(first("动力电池", 4), "动力电池");
        assert_eq!(first("动力电池外壳", 4), "动力电池…");
    }
}
