//! What is typed into or pressed stays where it is on the screen, whatever comes and goes above it.

use iced::advanced::widget::Operation;
use iced::advanced::widget::operation::{Focusable, Scrollable, focusable, scrollable};
use iced::advanced::{clipboard, mouse};
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Event, Rectangle, Theme, Vector};
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;

use super::*;
use crate::app::focus;

type Interface<'a> = UserInterface<'a, Message, Theme, iced::Renderer>;

/// A window that lives on from one view to the next, with what is focused and scrolled in it.
pub(super) struct Window {
    pub(super) bench: Bench,
    cache: Cache,
    renderer: iced::Renderer,
    size: Size,
}

impl Window {
    pub(super) fn new(bench: Bench) -> Self {
        Self::of_size(bench, Size::new(1024.0, 700.0))
    }

    pub(super) fn of_size(bench: Bench, size: Size) -> Self {
        crate::app::launch::load_font();
        let font = iced::Font::with_name("Noto Sans SC");
        let renderer = iced::Renderer::new(font, iced::Pixels(14.0));
        let mut window = Self { bench, cache: Cache::default(), renderer, size };
        let _task = window.bench.editor.resized(size, 1.0);
        window
    }

    /// The person makes the window larger or smaller.
    pub(super) fn resize(&mut self, size: Size) {
        self.size = size;
        let _task = self.bench.editor.resized(size, 1.0);
    }

    /// What has the keyboard.
    pub(super) fn focused(&mut self) -> Option<Id> {
        let mut survey = focus::survey::Survey::new(focus::form_id());
        self.show(|ui, renderer| ui.operate(renderer, &mut survey));
        survey.controls.get(survey.focused?)?.id.clone()
    }

    fn show<T>(&mut self, act: impl FnOnce(&mut Interface<'_>, &mut iced::Renderer) -> T) -> T {
        let cache = std::mem::take(&mut self.cache);
        let view = self.bench.editor.view();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let result = act(&mut interface, &mut self.renderer);
        self.cache = interface.into_cache();
        result
    }

    /// Puts the keyboard there, as Tab does; the editor learns of it only later.
    pub(super) fn move_keyboard(&mut self, id: &'static str) {
        self.show(|ui, renderer| ui.operate(renderer, &mut focusable::focus::<()>(Id::new(id))));
    }

    fn scroll_to(&mut self, y: f32) {
        let offset = AbsoluteOffset { x: None, y: Some(y) };
        let mut scroll = scrollable::scroll_to::<()>(focus::form_id(), offset);
        self.show(|ui, renderer| ui.operate(renderer, &mut scroll));
    }

    fn press(&mut self, at: iced::Point) -> Vec<Message> {
        let mut messages = Vec::new();
        let left = mouse::Button::Left;
        let click = [
            Event::Mouse(mouse::Event::ButtonPressed(left)),
            Event::Mouse(mouse::Event::ButtonReleased(left)),
        ];
        self.show(|ui, renderer| {
            let cursor = mouse::Cursor::Available(at);
            ui.update(&click, cursor, renderer, &mut clipboard::Null, &mut messages)
        });
        messages
    }

    /// Lets events happen in the window; what comes of them.
    pub(super) fn simulate(&mut self, events: &[Event]) -> Vec<Message> {
        let mut messages = Vec::new();
        self.show(|ui, renderer| {
            let cursor = mouse::Cursor::Unavailable;
            ui.update(events, cursor, renderer, &mut clipboard::Null, &mut messages)
        });
        messages
    }

    pub(super) fn draw(&mut self) {
        let redraw = Event::Window(iced::window::Event::RedrawRequested(Instant::now()));
        self.show(|ui, renderer| {
            let cursor = mouse::Cursor::Unavailable;
            ui.update(&[redraw], cursor, renderer, &mut clipboard::Null, &mut Vec::new())
        });
    }

    /// Places of the controls in the order in which Tab reaches them.
    fn controls(&mut self) -> Vec<(Id, Rectangle)> {
        let mut places = Places::default();
        self.show(|ui, renderer| ui.operate(renderer, &mut places));
        places.found
    }

    /// Where a container is on the screen, if there is one of this name.
    pub(super) fn container(&mut self, id: &str) -> Option<Rectangle> {
        let mut places = Places::default();
        self.show(|ui, renderer| ui.operate(renderer, &mut places));
        let id = Id::from(id.to_owned());
        places.containers.into_iter().find(|(name, _)| *name == id).map(|(_, place)| place)
    }

    /// Where a control is on the screen.
    pub(super) fn place(&mut self, id: &str) -> Rectangle {
        let id = Id::from(id.to_owned());
        self.controls().into_iter().find(|(name, _)| *name == id).unwrap().1
    }
}

#[derive(Default)]
struct Places {
    shift: Vector,
    found: Vec<(Id, Rectangle)>,
    containers: Vec<(Id, Rectangle)>,
}

impl Operation<()> for Places {
    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        self.containers.extend(id.map(|id| (id.clone(), bounds - self.shift)));
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        if id == Some(&focus::form_id()) {
            self.shift = translation;
        }
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, _state: &mut dyn Focusable) {
        self.found.extend(id.map(|id| (id.clone(), bounds - self.shift)));
    }
}

const CODE: &str = "/company/credit_code";
const PROVINCE: &str = "/company/region/province";

/// The list scrolls by whole pixels.
fn assert_same_place(now: Rectangle, before: Rectangle) {
    assert!((now.y - before.y).abs() <= 0.5, "{before:?} → {now:?}");
}

#[test]
fn what_is_told_of_the_blank_just_left_does_not_move_the_next_one() {
    for scrolled in [0.0, 120.0] {
        let mut window = Window::new(Bench::new(Role::Solver));
        window.bench.send(Message::Typed(Field::from(CODE), "914403001922038217".into()));
        window.bench.check();
        window.scroll_to(scrolled);
        let apart = window.place(PROVINCE).y - window.place(CODE).y;
        window.move_keyboard(PROVINCE);
        let before = window.place(PROVINCE);
        window.bench.focus(PROVINCE);
        assert_same_place(window.place(PROVINCE), before);
        let now = window.place(PROVINCE).y - window.place(CODE).y;
        assert!(now > apart + 40.0, "the finding stands between them");
    }
}

#[test]
fn what_a_check_tells_later_does_not_move_the_blank_being_typed_in() {
    let mut window = Window::new(Bench::new(Role::Solver));
    window.bench.send(Message::Typed(Field::from(CODE), "914403001922038217".into()));
    window.move_keyboard(PROVINCE);
    window.bench.focus(PROVINCE);
    let before = window.place(PROVINCE);
    window.bench.check();
    assert_same_place(window.place(PROVINCE), before);
    window.bench.send(Message::Typed(Field::from(CODE), "914403001922038216".into()));
    window.bench.check();
    assert_same_place(window.place(PROVINCE), before);
}

#[test]
fn a_list_that_closes_above_the_option_being_clicked_does_not_move_it() {
    let mut window = Window::new(Bench::new(Role::Solver));
    let city = "/company/region/city";
    window.bench.send(Message::Typed(Field::from(PROVINCE), "上海市".into()));
    window.move_keyboard(city);
    window.bench.focus(city);
    let option = "/company/ownership#1";
    let below = window.place(option).y - 300.0;
    window.scroll_to(below);
    let before = window.place(option);
    let messages = window.press(before.center());
    assert!(matches!(messages.as_slice(), [Message::Chosen(_, 1)]), "{messages:?}");
    messages.into_iter().for_each(|message| window.bench.send(message));
    assert_same_place(window.place(option), before);
    assert!(!window.bench.shows("浦东新区"), "the list is closed");
}

#[test]
fn the_form_follows_the_caret_and_leaves_whoever_scrolls_away() {
    let profile = "/matching/profile";
    let mut window = Window::of_size(Bench::new(Role::Solver), Size::new(1024.0, 500.0));
    window.bench.send(Message::StepChosen(Step::Profile));
    window.move_keyboard(profile);
    let type_line = |window: &mut Window| {
        let line = Arc::new("主营改性材料\n".to_owned());
        let action = text_editor::Action::Edit(text_editor::Edit::Paste(line));
        window.bench.send(Message::Edited(Field::from(profile), action));
        window.draw();
    };
    (0..40).for_each(|_| type_line(&mut window));
    let after_typing = window.place(profile);
    let end = after_typing.y + after_typing.height;
    assert!(after_typing.height > 500.0 && end < 480.0, "{after_typing:?}");
    for away in [0.1, 3.7, 33.3, 0.0] {
        window.scroll_to(away);
        window.draw();
        assert!(window.place(profile).y > 0.0, "the person looks at the beginning");
    }
    type_line(&mut window);
    assert!(window.place(profile).y < 0.0, "what is typed is seen again");
}

#[test]
fn the_first_and_the_last_digit_move_nothing() {
    for size in [Size::new(1024.0, 700.0), Size::new(1440.0, 900.0)] {
        let mut window = Window::of_size(Bench::new(Role::Solver), size);
        window.bench.send(Message::FocusFound(Focused::at(None)));
        let before = window.controls();
        for (field, words) in [
            ("registered_capital", "8600"),
            ("employees", "2000"),
            ("registered_on", "2016-05-18"),
            ("credit_code", "914403001922038216"),
            ("industry", "39"),
            ("revenue", "8600"),
        ] {
            let field = Field::from(format!("/company/{field}").as_str());
            window.bench.send(Message::Typed(field.clone(), words.into()));
            window.bench.check();
            let reading = assist::reading(window.bench.editor.draft(), &field).unwrap();
            assert!(window.bench.shows(&reading));
            let after = window.controls();
            for (id, place) in &before {
                let now = after.iter().find(|(name, _)| name == id).unwrap().1;
                assert_eq!(now, *place, "{id:?} by {field}");
            }
        }
        assert!(window.bench.shows("看计算依据"));
    }
}

#[test]
fn a_list_closes_when_the_keyboard_goes_on_to_the_reason_of_the_same_blank() {
    let mut bench = Bench::new(Role::Solver);
    bench.focus(PROVINCE);
    assert!(bench.shows("上海市"));
    bench.focus("reason:/company/region/province:rule");
    assert!(!bench.shows("上海市"));
}
