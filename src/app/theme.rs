//! Colours, spacing, text sizes and styles: the only place where they stand as numbers.

pub(crate) mod size;
pub(crate) mod space;

use iced::widget::{button, container, progress_bar, rule, scrollable, svg, text, text_editor};
use iced::{Background, Border, Color, Shadow, Theme, color};

/// Radius of boxes.
const RADIUS: f32 = 5.0;

/// The colours of one theme. Text on its ground has a contrast of 4.5 or more (WCAG 2.1 AA).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tokens {
    /// The window.
    pub(crate) ground: Color,
    /// Boxes to write in, cards.
    pub(crate) surface: Color,
    /// Side bar, desk under the pages.
    pub(crate) sunken: Color,
    /// Hair lines.
    pub(crate) line: Color,
    /// Outlines of controls; 3:1 against every ground.
    pub(crate) outline: Color,
    /// Text.
    pub(crate) text: Color,
    /// Hints.
    pub(crate) muted: Color,
    /// What stands in an empty box until something is typed.
    pub(crate) faint: Color,
    /// What was looked for, also where it is selected.
    pub(crate) found: Color,
    /// The one accent.
    pub(crate) accent: Color,
    /// A field tinted with the accent.
    pub(crate) accent_soft: Color,
    /// Text on the accent.
    pub(crate) on_accent: Color,
    /// Errors.
    pub(crate) error: Color,
    /// Ground of errors.
    pub(crate) error_soft: Color,
    /// Warnings.
    pub(crate) warning: Color,
    /// Ground of warnings.
    pub(crate) warning_soft: Color,
    /// Done.
    pub(crate) fine: Color,
    /// Over what is not to be touched now.
    pub(crate) veil: Color,
}

/// Picks a colour of the theme.
pub(crate) type Pick = fn(&Tokens) -> Color;

const LIGHT: Tokens = Tokens {
    ground: color!(0xf7f8fa),
    surface: color!(0xffffff),
    sunken: color!(0xeceff3),
    line: color!(0xd9dee5),
    outline: color!(0x717c8d),
    text: color!(0x1b2330),
    muted: color!(0x545f6f),
    faint: color!(0x6b7686),
    found: color!(0x951710),
    accent: color!(0x1f5fbf),
    accent_soft: color!(0xdfeafa),
    on_accent: color!(0xffffff),
    error: color!(0xb3261e),
    error_soft: color!(0xfcebea),
    warning: color!(0x7d5200),
    warning_soft: color!(0xfdf2d8),
    fine: color!(0x1c6a3b),
    veil: color!(0x1b2330, 0.35),
};

const DARK: Tokens = Tokens {
    ground: color!(0x15191f),
    surface: color!(0x1e242d),
    sunken: color!(0x0f1317),
    line: color!(0x333c49),
    outline: color!(0x7c889a),
    text: color!(0xe6eaf0),
    muted: color!(0xa8b2c1),
    faint: color!(0x8b95a4),
    found: color!(0xffc0ba),
    accent: color!(0x82b1ff),
    accent_soft: color!(0x243754),
    on_accent: color!(0x0e1b2e),
    error: color!(0xff9c94),
    error_soft: color!(0x3b2122),
    warning: color!(0xf0c265),
    warning_soft: color!(0x38311f),
    fine: color!(0x82d59d),
    veil: color!(0x000000, 0.55),
};

/// The light or the dark theme.
#[must_use]
pub(crate) fn theme(dark: bool) -> Theme {
    let tokens = if dark { DARK } else { LIGHT };
    let palette = iced::theme::Palette {
        background: tokens.ground,
        text: tokens.text,
        primary: tokens.accent,
        success: tokens.fine,
        warning: tokens.warning,
        danger: tokens.error,
    };
    Theme::custom(if dark { "揭榜通 深色" } else { "揭榜通 浅色" }, palette)
}

/// The colours of a theme.
#[must_use]
pub(crate) fn tokens(theme: &Theme) -> Tokens {
    if theme.extended_palette().is_dark { DARK } else { LIGHT }
}

/// The edited blank's cell on the page, which is white in both themes.
pub(crate) fn highlight() -> Color {
    LIGHT.accent.scale_alpha(0.12)
}

/// The edge of that cell.
pub(crate) fn highlight_edge() -> Color {
    LIGHT.accent.scale_alpha(0.8)
}

fn border(color: Color, width: f32) -> Border {
    Border { color, width, radius: RADIUS.into() }
}

/// A text style that takes one colour of the theme.
macro_rules! text_styles {
    ($($(#[$meta:meta])* $name:ident => $token:ident),+ $(,)?) => {$(
        $(#[$meta])*
        pub(crate) fn $name(theme: &Theme) -> text::Style {
            text::Style { color: Some(tokens(theme).$token) }
        }
    )+};
}
text_styles! {
    /// Hints.
    muted => muted,
    /// Errors.
    error => error,
    /// Warnings.
    warning => warning,
    /// The accent.
    accent => accent,
}

/// A container style with a ground.
macro_rules! grounds {
    ($($(#[$meta:meta])* $name:ident => $ground:ident, $line:expr);+ $(;)?) => {$(
        $(#[$meta])*
        pub(crate) fn $name(theme: &Theme) -> container::Style {
            let t = tokens(theme);
            let line: fn(&Tokens) -> Border = $line;
            container::Style {
                background: Some(t.$ground.into()),
                border: line(&t),
                text_color: Some(t.text),
                ..container::Style::default()
            }
        }
    )+};
}
grounds! {
    /// A card.
    card => surface, |t| border(t.line, 1.0);
    /// Round a picture, and in its place until it is there.
    picture => sunken, |t| Border { radius: 0.0.into(), ..border(t.line, 1.0) };
    /// A finding that stops the export.
    error_box => error_soft, |t| border(t.error.scale_alpha(0.4), 1.0);
    /// A finding that does not.
    warning_box => warning_soft, |t| border(t.warning.scale_alpha(0.4), 1.0);
    /// What lies over the window while something else is shown.
    veil => veil, |_| Border::default();
    /// A short message over everything.
    toast => surface, |t| border(t.accent, 1.0);
    /// A note.
    note_box => accent_soft, |_| border(Color::TRANSPARENT, 0.0);
}

/// A hair line.
pub(crate) fn hairline(theme: &Theme) -> rule::Style {
    rule::Style {
        color: tokens(theme).line,
        radius: 0.0.into(),
        fill_mode: rule::FillMode::Full,
        snap: true,
    }
}

fn button_style(background: Option<Color>, text_color: Color, edge: Border) -> button::Style {
    button::Style {
        background: background.map(Background::Color),
        text_color,
        border: edge,
        shadow: Shadow::default(),
        snap: true,
    }
}

/// The one thing to do next.
pub(crate) fn primary(theme: &Theme, status: button::Status) -> button::Style {
    let t = tokens(theme);
    let shade = match status {
        button::Status::Hovered | button::Status::Pressed => 0.88,
        _ => 1.0,
    };
    match status {
        button::Status::Disabled => button_style(Some(t.sunken), t.muted, border(t.line, 1.0)),
        _ => button_style(Some(t.accent.scale_alpha(shade)), t.on_accent, border(t.accent, 0.0)),
    }
}

/// Other things to do.
pub(crate) fn secondary(theme: &Theme, status: button::Status) -> button::Style {
    let t = tokens(theme);
    match status {
        button::Status::Active => button_style(Some(t.surface), t.text, border(t.outline, 1.0)),
        button::Status::Disabled => button_style(None, t.muted, border(t.line, 1.0)),
        _ => button_style(Some(t.accent_soft), t.text, border(t.accent, 1.0)),
    }
}

/// Quiet buttons: symbols, links, options.
pub(crate) fn quiet(theme: &Theme, status: button::Status) -> button::Style {
    let t = tokens(theme);
    let text = if status == button::Status::Disabled { t.muted } else { t.text };
    match status {
        button::Status::Hovered | button::Status::Pressed => {
            button_style(Some(t.accent_soft), text, border(Color::TRANSPARENT, 0.0))
        }
        _ => button_style(None, text, border(Color::TRANSPARENT, 0.0)),
    }
}

/// A row of a list, chosen or not.
pub(crate) fn row(chosen: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        if chosen {
            let t = tokens(theme);
            button_style(Some(t.accent_soft), t.text, border(Color::TRANSPARENT, 0.0))
        } else {
            quiet(theme, status)
        }
    }
}

/// What a day of a calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    /// It stands in the blank.
    pub(crate) chosen: bool,
    /// The arrow keys are on it.
    pub(crate) pointed: bool,
    /// It is today.
    pub(crate) today: bool,
    /// It belongs to the month before or after.
    pub(crate) outside: bool,
}

/// A day of a calendar.
pub(crate) fn day(day: Day) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |theme, status| {
        let t = tokens(theme);
        let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
        let (ground, ink) = match day {
            Day { chosen: true, .. } => (Some(t.accent), t.on_accent),
            Day { today: true, .. } => (Some(t.accent_soft), t.text),
            Day { outside, .. } => {
                (hovered.then_some(t.accent_soft), if outside { t.muted } else { t.text })
            }
        };
        let line = if day.chosen { t.text } else { t.accent };
        let edge = if day.pointed { border(line, 2.0) } else { border(Color::TRANSPARENT, 0.0) };
        button_style(ground, ink, edge)
    }
}

/// How a box to write in looks for what was found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing to say.
    Plain,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

/// The edge of a box for paragraphs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    /// What was found in it.
    pub(crate) tone: Tone,
    /// It has the keyboard.
    pub(crate) focused: bool,
}

impl Edge {
    /// Colour and width.
    pub(crate) fn line(self, theme: &Theme) -> (Color, f32) {
        let Border { color, width, .. } = edge(&tokens(theme), self.tone, self.focused);
        (color, width)
    }
}

fn edge(t: &Tokens, tone: Tone, focused: bool) -> Border {
    match (tone, focused) {
        (_, true) => border(t.accent, 2.0),
        (Tone::Error, _) => border(t.error, 1.0),
        (Tone::Warning, _) => border(t.warning, 1.0),
        (Tone::Plain, _) => border(t.outline, 1.0),
    }
}

/// The ground of selected text.
fn selection(t: &Tokens) -> Color {
    t.accent.scale_alpha(0.35)
}

/// A box for one line.
pub(crate) fn input(
    tone: Tone,
) -> impl Fn(&Theme, iced::widget::text_input::Status) -> iced::widget::text_input::Style {
    use iced::widget::text_input::{Status, Style};
    move |theme, status| {
        let t = tokens(theme);
        Style {
            background: t.surface.into(),
            border: edge(&t, tone, matches!(status, Status::Focused { .. })),
            icon: t.muted,
            placeholder: t.faint,
            value: t.text,
            selection: selection(&t),
        }
    }
}

/// Text in a box for paragraphs, on the ground of the box, which has an [`Edge`].
pub(crate) fn editor(theme: &Theme, _status: text_editor::Status) -> text_editor::Style {
    let t = tokens(theme);
    text_editor::Style {
        background: t.surface.into(),
        border: Border::default(),
        placeholder: t.faint,
        value: t.text,
        selection: selection(&t),
    }
}

/// The mark of a box to tick or a round button.
pub(crate) fn option_mark(
    selected: bool,
    round: bool,
    enabled: bool,
) -> impl Fn(&Theme) -> container::Style {
    move |theme| {
        let t = tokens(theme);
        let color = if selected && enabled { t.accent } else { t.outline };
        let filled = selected && !round;
        container::Style {
            background: Some(if filled { color } else { t.surface }.into()),
            border: Border {
                color,
                width: if selected && round { 5.0 } else { 1.5 },
                radius: if round { 8.0 } else { 3.0 }.into(),
            },
            ..container::Style::default()
        }
    }
}

/// The colour of a symbol.
pub(crate) fn symbol(pick: Pick) -> impl Fn(&Theme, svg::Status) -> svg::Style {
    move |theme, _| svg::Style { color: Some(pick(&tokens(theme))) }
}

/// A bar of progress; `over` where a limit is passed.
pub(crate) fn progress(pick: Pick) -> impl Fn(&Theme) -> progress_bar::Style {
    move |theme| {
        let t = tokens(theme);
        progress_bar::Style {
            background: t.line.into(),
            bar: pick(&t).into(),
            border: border(Color::TRANSPARENT, 0.0),
        }
    }
}

/// A list that scrolls: a slim bar, no ground.
pub(crate) fn scroll(theme: &Theme, status: scrollable::Status) -> scrollable::Style {
    let t = tokens(theme);
    let mut style = scrollable::default(theme, status);
    let busy = matches!(
        status,
        scrollable::Status::Dragged { .. }
            | scrollable::Status::Hovered { is_vertical_scrollbar_hovered: true, .. }
    );
    for rail in [&mut style.vertical_rail, &mut style.horizontal_rail] {
        rail.background = None;
        rail.scroller.background = if busy { t.muted } else { t.outline }.into();
        rail.scroller.border = border(Color::TRANSPARENT, 0.0);
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(c: Color) -> f32 {
        let f = |v: f32| if v <= 0.03928 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b)
    }

    fn contrast(a: Color, b: Color) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// A translucent colour as it is seen on an opaque one.
    fn over(color: Color, ground: Color) -> Color {
        let mix = |a: f32, b: f32| a * color.a + b * (1.0 - color.a);
        Color::from_rgb(mix(color.r, ground.r), mix(color.g, ground.g), mix(color.b, ground.b))
    }

    #[test]
    fn text_can_be_read_in_both_themes() {
        for t in [LIGHT, DARK] {
            let grounds = [t.ground, t.surface, t.sunken, t.accent_soft];
            for (ink, grounds) in [
                (t.text, &grounds[..]),
                (t.muted, &grounds[..]),
                (t.error, &[t.surface, t.ground, t.sunken, t.error_soft][..]),
                (t.warning, &[t.surface, t.ground, t.sunken, t.warning_soft][..]),
                (t.fine, &[t.surface, t.ground, t.sunken][..]),
                (t.accent, &[t.surface, t.ground, t.sunken][..]),
                (t.on_accent, &[t.accent][..]),
            ] {
                for &ground in grounds {
                    assert!(contrast(ink, ground) >= 4.5, "{ink:?} on {ground:?}");
                }
            }
            for ground in grounds {
                assert!(contrast(t.outline, ground) >= 3.0, "the outline on {ground:?}");
            }
            assert!(contrast(t.faint, t.surface) >= 4.5);
            let selected = over(selection(&t), t.surface);
            for ink in [t.text, t.found] {
                assert!(contrast(ink, selected) >= 4.5 && contrast(ink, t.surface) >= 4.5);
            }
            // The two lines round what has the keyboard: one is seen on any ground of a control.
            for ground in [t.ground, t.surface, t.sunken, t.accent_soft, t.accent] {
                let seen = contrast(t.accent, ground).max(contrast(t.surface, ground));
                assert!(seen >= 3.0, "the focus on {ground:?}");
            }
        }
    }

    #[test]
    fn dark_theme_is_known_as_dark() {
        assert!(theme(true).extended_palette().is_dark);
        assert!(!theme(false).extended_palette().is_dark);
    }
}
