//! One blank: its label, what belongs here, the box to fill in, and what was found.

use iced::widget::{button, column, container, row, space, text, text_input};
use iced::{Alignment, Fill, Length};

use super::keys::{offered_id, option_id};
use super::update::blank_id;
use super::{Message, State, assist, choice};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::domain::{Field, Kind, Spec};
use crate::rules::notice::Recipient;

/// Width of the labels beside boxes of one line.
const LABEL: f32 = 128.0;

/// Width of the boxes for a number, a date or a postcode.
const SHORT: f32 = 150.0;

/// Height of one small line.
const LINE: f32 = size::SMALL * 1.5;

/// Room right of the labels from which a reading stands beside a short box rather than under it.
const BESIDE: f32 = 384.0;

impl State {
    /// A blank with everything that belongs to it.
    pub(super) fn blank<'a>(&'a self, field: &Field) -> Element<'a, Message> {
        let Some(spec) = field.spec() else { return space().into() };
        let body = match spec.kind {
            Kind::Text => return self.paragraphs(field, spec),
            Kind::Choice if field.pointer() == "/submission/contact" => self.office(field, spec),
            Kind::Choice | Kind::Confirm => self.choices(field, spec),
            _ => self.line(field, spec),
        };
        let parts = column![body].spacing(gap::XS).width(Fill).push(self.calendar_of(field));
        let parts = self.with_notes(parts, field, spec);
        let words = if spec.kind == Kind::Confirm { "我确认" } else { spec.label.as_str() };
        let label = label(words, spec.required && self.named_office(field).is_none());
        row![container(label).width(LABEL).padding(iced::padding::top(6)), parts]
            .spacing(gap::M)
            .into()
    }

    /// Reading, hint, suggestions and findings under a box.
    fn with_notes<'a>(
        &'a self,
        mut parts: iced::widget::Column<'a, Message>,
        field: &Field,
        spec: &'static Spec,
    ) -> iced::widget::Column<'a, Message> {
        if field.pointer() == "/company/size" {
            parts = self.size_told(parts);
        }
        if !spec.hint.is_empty() && self.named_office(field).is_none() {
            parts = parts.push(control::hint(spec.hint.as_str()));
        }
        let reads = match spec.kind {
            Kind::CreditCode | Kind::Industry => true,
            Kind::Number | Kind::Date => !self.reads_beside(),
            _ => false,
        };
        parts = parts.push(reads.then(|| self.reading(field)));
        if self.keyboard
            && self.focus.as_ref() == Some(field)
            && let Some(suggestions) = self.suggestions(field)
        {
            parts = parts.push(suggestions);
        }
        parts.push(self.found(field))
    }

    /// How the program reads what was typed. Its room is there before the first digit, which moves
    /// nothing then.
    fn reading<'a>(&self, field: &Field) -> Element<'a, Message> {
        let words = assist::reading(&self.draft, field).unwrap_or_default();
        let words = control::prose(words).size(size::SMALL).style(theme::accent);
        row![space().height(LINE), words.width(Fill)].into()
    }

    /// Readings stand beside the short boxes: the form is wide enough.
    fn reads_beside(&self) -> bool {
        let form = self.panes.form_width();
        form - 2.0 * gap::XL - 2.0 * gap::M - LABEL - gap::M >= BESIDE
    }

    /// The size computed or what it needs, and on demand where it comes from; two lines have room.
    fn size_told<'a>(
        &self,
        parts: iced::widget::Column<'a, Message>,
    ) -> iced::widget::Column<'a, Message> {
        let mut lines = assist::size_class(&self.draft).into_iter();
        let told = lines
            .next()
            .map(|told| control::prose(told).size(size::SMALL).style(theme::accent).width(Fill));
        let label = if self.reasons_open { "收起依据" } else { "看计算依据" };
        let button =
            (lines.len() > 0).then(|| control::quiet(label, Some(Message::ReasonsToggled)));
        let told = row![space().height(2.0 * LINE)].push(told).push(button);
        let shown = if self.reasons_open { lines.len() } else { 0 };
        let reasons = lines.take(shown).map(|line| control::hint(line).into());
        parts.push(told.align_y(Alignment::Center)).extend(reasons)
    }

    fn line<'a>(&'a self, field: &Field, spec: &'static Spec) -> Element<'a, Message> {
        let value = self.draft.text(field).unwrap_or_default();
        let example = match spec.example.as_str() {
            "" => String::new(),
            example => format!("例：{example}"),
        };
        let to = field.clone();
        let input = text_input(&example, value)
            .id(blank_id(field))
            .on_input(move |words| Message::Typed(to.clone(), words))
            .size(size::BODY)
            .padding([7.0, gap::S])
            .style(theme::input(self.tone(field)));
        let input = match spec.kind {
            Kind::Industry | Kind::Region => input.on_submit(Message::Entered(field.clone())),
            _ => input,
        };
        let width = match spec.kind {
            Kind::Number | Kind::Date | Kind::Postcode => Length::Fixed(SHORT),
            _ => Length::Fill,
        };
        let beside: Option<Element<'a, Message>> = match spec.kind {
            Kind::Date => Some(self.calendar_button(field)),
            _ if spec.unit.is_empty() => None,
            _ => Some(text(spec.unit.as_str()).size(size::BODY).style(theme::muted).into()),
        };
        let reads = matches!(spec.kind, Kind::Number | Kind::Date) && self.reads_beside();
        row![guard(input.width(width))]
            .push(beside)
            .push(reads.then(|| self.reading(field)))
            .spacing(gap::S)
            .align_y(Alignment::Center)
            .into()
    }

    /// The office the notice names, where nothing can be chosen; `None` for any other blank.
    pub(super) fn named_office(&self, field: &Field) -> Option<&Recipient> {
        if field.pointer() != "/submission/contact" {
            return None;
        }
        let route = self.notice.route(&self.draft)?;
        if route.contact_level.is_some() { None } else { route.recipient.as_ref() }
    }

    /// The offices to choose from, or the one the notice names.
    fn office<'a>(&'a self, field: &Field, spec: &'static Spec) -> Element<'a, Message> {
        let Some(recipient) = self.named_office(field) else { return self.choices(field, spec) };
        let bureau = match self.draft.recommendation.ministry_body.trim() {
            "" => "工业和信息化部相关行业司局",
            bureau => bureau,
        };
        let name = recipient.name.replace("{ministry_body}", bureau).replace("（）", "");
        let details = [&recipient.address, &recipient.phone, &recipient.email];
        let details = details.into_iter().filter(|part| !part.is_empty()).cloned();
        column![
            control::prose(name).size(size::BODY),
            control::hint(details.collect::<Vec<_>>().join("　")),
            control::hint("通知已经指定，不用选择。"),
        ]
        .spacing(2)
        .padding(iced::padding::top(5))
        .into()
    }

    fn choices<'a>(&'a self, field: &Field, spec: &'static Spec) -> Element<'a, Message> {
        let round = !choice::is_multiple(field);
        let choices = choice::choices(&self.draft, &self.notice, field);
        let long = choices.iter().any(|c| !c.detail.is_empty()) || spec.kind == Kind::Confirm;
        let chosen = choices.iter().position(|choice| choice.selected);
        let options = choices.into_iter().enumerate().map(|(index, choice)| {
            let kind = match round {
                true => control::Kind::one(index, chosen),
                false => control::Kind::AnyOfSeveral,
            };
            let id = option_id(field, index);
            let message = Message::Chosen(field.clone(), index);
            let option = control::option(id, &choice.label, choice.selected, kind, message);
            if choice.detail.is_empty() {
                return option;
            }
            let detail = container(control::hint(choice.detail)).padding(iced::padding::left(30));
            column![option, detail].into()
        });
        if long {
            column(options).spacing(gap::XS).into()
        } else {
            row(options).spacing(gap::S).wrap().into()
        }
    }

    /// What could be put into the blank; `None` where there is nothing to offer.
    fn suggestions<'a>(&'a self, field: &Field) -> Option<Element<'a, Message>> {
        let found = self.offered(field);
        if found.is_empty() {
            return None;
        }
        let wide = field.spec().is_some_and(|spec| spec.kind == Kind::Industry);
        let chips = found.into_iter().enumerate().map(|(at, suggestion)| {
            let message = Message::Taken(field.clone(), suggestion.words);
            let label = text(suggestion.label).size(size::BODY);
            // Without the keyboard, which stays in the blank: the arrow keys point here.
            button(label)
                .padding([gap::XS, gap::S])
                .width(if wide { Fill } else { Length::Shrink })
                .style(theme::row(self.pointed == Some(at)))
                .on_press(message)
                .into()
        });
        let list: Element<'a, Message> =
            if wide { column(chips).into() } else { row(chips).wrap().into() };
        let list = container(control::scroll(list).id(offered_id()))
            .max_height(168)
            .padding(gap::XS)
            .width(Fill)
            .style(theme::card);
        Some(list.into())
    }
}

/// The name of a blank, with a star where it must be filled in.
pub(super) fn label<'a>(words: &'a str, required: bool) -> Element<'a, Message> {
    let words = control::prose(words).size(size::BODY).line_height(1.3);
    let star = required.then(|| text("*").size(size::BODY).style(theme::accent));
    row![words].push(star).spacing(2).into()
}
