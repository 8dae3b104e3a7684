//! One blank: its label, what belongs here, the box to fill in, and what was found.

use std::borrow::Cow;

use iced::widget::{
    Id, button, column, container, keyed_column, row, space, text, text_editor, text_input,
};
use iced::{Alignment, Fill, Length};

use super::keys::{offered_id, option_id};
use super::update::blank_id;
use super::{Message, State, assist, choice};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::{frame, guard};
use crate::app::widget::matches::{self, Matches, TextEditor};
use crate::app::widget::{Element, control};
use crate::domain::{Field, Kind, Spec};
use crate::rules::notice::Recipient;
use crate::rules::{Finding, Severity};

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
        let label = self.label(spec, spec.required && self.named_office(field).is_none());
        row![container(label).width(LABEL).padding(iced::padding::top(6)), parts]
            .spacing(gap::M)
            .into()
    }

    fn label<'a>(&self, spec: &'static Spec, required: bool) -> Element<'a, Message> {
        let words = control::prose(spec.label.as_str()).size(size::BODY).line_height(1.3);
        if required {
            row![words, text("*").size(size::BODY).style(theme::accent)].spacing(2).into()
        } else {
            words.into()
        }
    }

    /// Reading, hint, suggestions and findings under a box.
    fn with_notes<'a>(
        &'a self,
        mut parts: iced::widget::Column<'a, Message>,
        field: &Field,
        spec: &'static Spec,
    ) -> iced::widget::Column<'a, Message> {
        match spec.kind {
            Kind::Choice if field.pointer() == "/company/size" => parts = self.size_told(parts),
            Kind::CreditCode | Kind::Industry => parts = parts.push(self.reading(field)),
            Kind::Number | Kind::Date if !self.reads_beside() => {
                parts = parts.push(self.reading(field));
            }
            _ => {}
        }
        if !spec.hint.is_empty() && self.named_office(field).is_none() {
            parts = parts.push(control::hint(spec.hint.as_str()));
        }
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
        let options = choices.into_iter().enumerate().map(|(index, choice)| {
            let id = option_id(field, index);
            let message = Message::Chosen(field.clone(), index);
            let option = control::option(id, &choice.label, choice.selected, round, message);
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

    fn paragraphs<'a>(&'a self, field: &Field, spec: &'static Spec) -> Element<'a, Message> {
        let heading = row![self.label(spec, spec.required), space::horizontal(), self.count(field)]
            .align_y(Alignment::Center);
        let mut parts = column![heading].spacing(gap::XS).width(Fill);
        if let Some(prompt) = self.prompt(field) {
            parts = parts.push(prompt);
        } else if !spec.hint.is_empty() {
            parts = parts.push(control::hint(spec.hint.as_str()));
        }
        if let Some(example) = self.example(field, spec) {
            parts = parts.push(example);
        }
        let least = if spec.field.contains("schedule") { 64.0 } else { 100.0 };
        let editor = self
            .editor_of(field, spec)
            .map(|editor| self.paper(field, editor.min_height(least).max_height(320.0)));
        parts.push(editor).push(self.found(field)).into()
    }

    /// The example of a long text, to peek at while writing; `None` where there is none.
    pub(super) fn example<'a>(
        &self,
        field: &Field,
        spec: &'static Spec,
    ) -> Option<Element<'a, Message>> {
        if spec.example.is_empty() {
            return None;
        }
        let open = self.peeked.as_ref() == Some(field);
        let label = if open { "收起例子" } else { "看个例子" };
        let button = control::quiet(label, Some(Message::Peeked(field.clone())));
        let words = open.then(|| {
            container(control::prose(spec.example.as_str()).size(size::BODY))
                .padding(gap::S)
                .width(Fill)
                .style(theme::note_box)
        });
        Some(column![button].push(words).spacing(gap::XS).into())
    }

    /// The box for paragraphs; `None` before the step's texts are loaded.
    pub(super) fn editor_of<'a>(
        &'a self,
        field: &Field,
        spec: &'static Spec,
    ) -> Option<TextEditor<'a, Message>> {
        let content = self.texts.get(field)?;
        let to = field.clone();
        let mut editor = text_editor(content)
            .id(blank_id(field))
            .on_action(move |action| Message::Edited(to.clone(), action))
            .key_binding(binding)
            .size(size::BODY)
            .line_height(1.6)
            .wrapping(text::Wrapping::WordOrGlyph)
            .padding(0)
            .style(theme::editor);
        if !spec.example.is_empty() {
            editor = editor.placeholder(spec.example.as_str());
        }
        let needle = self.find.as_ref().map_or_else(String::new, |find| find.needle.clone());
        Some(editor.highlight_with::<Matches>(needle, matches::format))
    }

    /// The box around a text to edit.
    pub(super) fn paper<'a>(
        &'a self,
        field: &Field,
        editor: TextEditor<'a, Message>,
    ) -> Element<'a, Message> {
        let focused = self.keyboard && self.focus.as_ref() == Some(field);
        let edge = theme::Edge { tone: self.tone(field), focused };
        frame(editor, self.version_of(field), edge)
    }

    /// Another number whenever the box of a blank must be laid out again.
    fn version_of(&self, field: &Field) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (field, self.texts.version(), self.preview.density().to_bits()).hash(&mut hasher);
        hasher.finish()
    }

    /// 字数 of a paragraph, against its limit where it has one.
    pub(super) fn count<'a>(&self, field: &Field) -> Element<'a, Message> {
        let words = self.counts.of(field).unwrap_or_else(|| {
            crate::rules::word_count::count(self.draft.text(field).unwrap_or_default()).words
        });
        let limit = (field.pointer() == "/matching/profile").then_some(self.notice.limits.profile);
        let label = match limit {
            Some(limit) => format!("{words} / {limit} 字"),
            None => format!("{words} 字"),
        };
        let style = match limit {
            Some(limit) if words > limit => theme::error,
            Some(limit) if words * 20 >= limit * 19 => theme::warning,
            _ => theme::muted,
        };
        text(label).size(size::SMALL).style(style).into()
    }

    /// What the notice asks to be written here.
    pub(super) fn prompt<'a>(&'a self, field: &Field) -> Option<Element<'a, Message>> {
        let pattern = &field.spec()?.field;
        let words = self.notice.form_of(field, self.draft.role).prompts.get(pattern)?;
        Some(control::hint(format!("通知要求：{words}")).into())
    }

    fn tone(&self, field: &Field) -> Tone {
        if !self.is_shown(field) || self.is_picked(field) {
            return Tone::Plain;
        }
        match self.findings_of(field).map(|finding| finding.severity).min() {
            Some(Severity::Error) => Tone::Error,
            Some(Severity::Warning) => Tone::Warning,
            _ => Tone::Plain,
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

    /// What was found in the blank, once it was visited.
    pub(super) fn found<'a>(&'a self, field: &Field) -> Element<'a, Message> {
        // Nothing while a date is being picked.
        let told = |f: &&Finding| f.field == *field && self.is_told(f) && !self.is_picked(field);
        let findings = self.checking.findings().iter().filter(told);
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
        if !finding.clause.is_empty() {
            words = words.push(control::hint(&finding.clause));
        }
        if let Some(fix) = &finding.fix {
            let message = Message::Taken(finding.field.clone(), fix.text.clone());
            words = words.push(control::secondary(&fix.label, Some(message)));
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

    fn reason<'a>(&'a self, finding: &Finding) -> Element<'a, Message> {
        let (field, rule) = (finding.field.clone(), finding.rule);
        let given = self
            .draft
            .overrides
            .iter()
            .find(|kept| kept.field == field && kept.rule == rule)
            .map_or("", |kept| kept.reason.as_str());
        let input = text_input("确认无误的，请写明理由（会印在报送清单上）", given)
            .id(reason_id(finding))
            .on_input(move |reason| Message::Reasoned(field.clone(), rule, reason))
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

/// Keys of the box for paragraphs: combinations nobody knows are no text.
fn binding(press: text_editor::KeyPress) -> Option<text_editor::Binding<Message>> {
    let modifiers = press.modifiers;
    let edits = matches!(press.key.to_latin(press.physical_key), Some('c' | 'x' | 'v' | 'a'));
    let named = matches!(press.key, iced::keyboard::Key::Named(_));
    let combined = modifiers.command() || (modifiers.alt() && !cfg!(target_os = "macos"));
    if combined && !named && !(edits && modifiers.command()) {
        return None;
    }
    text_editor::Binding::from_key_press(press)
}
