//! What was found in a blank, under it.

use std::borrow::Cow;

use iced::Fill;
use iced::widget::{Id, column, container, keyed_column, row, text_input};

use super::{Message, State};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::domain::Field;
use crate::rules::{Finding, Severity};

/// A clause of more characters than this is shown whole on request.
const LONG: usize = 60;

impl State {
    /// How the box of a blank looks for it.
    pub(super) fn tone(&self, field: &Field) -> Tone {
        if !self.is_shown(field) || self.is_picked(field) {
            return Tone::Plain;
        }
        match self.findings_of(field).map(|finding| finding.severity).min() {
            Some(Severity::Error) => Tone::Error,
            Some(Severity::Warning) => Tone::Warning,
            _ => Tone::Plain,
        }
    }

    /// What was found in the blank, once it was visited.
    pub(super) fn found<'a>(&'a self, field: &Field) -> Element<'a, Message> {
        // Nothing while a date is being picked.
        let told = |f: &&Finding| self.is_told(f) && !self.is_picked(field);
        let findings = self.findings_of(field).filter(told);
        // By rule, so that a reason being typed keeps the keyboard when the order changes.
        keyed_column(findings.map(|finding| (finding.rule, self.finding(finding))))
            .spacing(gap::XS)
            .into()
    }

    /// A finding with its clause, its fix and the reason with which it may be confirmed.
    pub(super) fn finding<'a>(&'a self, finding: &'a Finding) -> Element<'a, Message> {
        let (symbol, ground): (_, fn(&iced::Theme) -> container::Style) = match finding.severity {
            Severity::Error => (icon::icon(Icon::Error, |t| t.error), theme::error_box),
            Severity::Warning => (icon::icon(Icon::Warning, |t| t.warning), theme::warning_box),
            Severity::Hint => (icon::icon(Icon::Empty, |t| t.accent), theme::note_box),
        };
        let kept = self.draft.override_reason(&finding.field, finding.rule);
        let (message, reason) = message_and_reason(&finding.message, kept);
        let mut words =
            column![control::prose(message).size(size::BODY - 0.5)].spacing(2).width(Fill);
        words = words.push(reason.map(|reason| control::prose(reason).size(size::BODY - 0.5)));
        words = words.push(self.clause(finding));
        if let Some(fix) = &finding.fix {
            let message = Message::Mended(finding.field.clone(), finding.rule);
            words = words.push(control::secondary(&fix.label, self.unless_read_only(message)));
        }
        if finding.overridable && (finding.severity == Severity::Error || kept.is_some()) {
            words = words.push(self.reason(finding));
        }
        container(row![container(symbol).padding(iced::padding::top(2)), words].spacing(gap::S))
            .padding([gap::XS + 2.0, gap::S])
            .width(Fill)
            .style(ground)
            .into()
    }

    /// What the notice or the standard says; of a long clause one line, until more is wanted.
    fn clause<'a>(&'a self, finding: &'a Finding) -> Option<Element<'a, Message>> {
        let clause = finding.clause.as_str();
        if clause.chars().count() <= LONG {
            return (!clause.is_empty()).then(|| control::hint(clause).into());
        }
        let is_open = self.is_unfolded(finding);
        let label = if is_open { "收起" } else { "展开" };
        let toggle = Message::ClauseToggled(finding.field.clone(), finding.rule);
        let toggle = control::quiet(label, Some(toggle));
        let words: Element<'a, Message> = if is_open {
            control::hint(clause).into()
        } else {
            let start: String = clause.chars().take(LONG).chain("……".chars()).collect();
            let line = control::hint(start).wrapping(iced::widget::text::Wrapping::None);
            container(line).clip(true).into()
        };
        let words = container(words).width(Fill);
        Some(row![words, toggle].spacing(gap::S).align_y(iced::Alignment::Center).into())
    }

    fn is_unfolded(&self, finding: &Finding) -> bool {
        let open = self.clause_open.as_ref();
        open.is_some_and(|(field, rule)| *field == finding.field && *rule == finding.rule)
    }

    /// Shows a clause whole, or one line of it.
    pub(super) fn toggle_clause(&mut self, field: Field, rule: &'static str) {
        let one = (field, rule);
        self.clause_open = (self.clause_open.as_ref() != Some(&one)).then_some(one);
    }

    fn reason<'a>(&'a self, finding: &Finding) -> Element<'a, Message> {
        let (field, rule) = (finding.field.clone(), finding.rule);
        let given = self
            .draft
            .overrides
            .iter()
            .find(|kept| kept.field == field && kept.rule == rule)
            .map_or("", |kept| kept.reason.as_str());
        let input = text_input("确认无误的，写明理由（印在清单上）", given)
            .id(reason_id(finding))
            .on_input_maybe(
                self.unless_read_only(move |reason| Message::Reasoned(field.clone(), rule, reason)),
            )
            .size(size::SMALL)
            .padding([5.0, gap::S])
            .style(theme::input(Tone::Plain));
        guard(input)
    }
}

/// The box for the reason why a finding is overridden.
pub(super) fn reason_id(finding: &Finding) -> Id {
    Id::from(format!("reason:{}:{}", finding.field, finding.rule))
}

/// What a finding says and, where it was confirmed, with which reason. What it asks to be done is done
/// by then.
pub(super) fn message_and_reason<'a>(
    message: &'a str,
    kept: Option<&str>,
) -> (Cow<'a, str>, Option<String>) {
    let (Some(kept), Some((said, _))) = (kept, message.rsplit_once("（已确认：")) else {
        return (message.into(), None);
    };
    let said = said.strip_suffix("请改选、核对数字或说明理由").unwrap_or(said);
    let said = format!("{}。", said.trim_end_matches(['，', '。']));
    (said.into(), Some(format!("已确认：{kept}")))
}
