//! Whole-window behaviour: drafts that come and go, keys, theme, size and place.
#![allow(clippy::unwrap_used, clippy::panic)]

mod disk;
mod leaving;
mod locked;
mod rescue;

use iced::advanced::widget::operation;
use iced::futures::stream::{SelectAll, StreamExt};
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{self, Action, UserInterface};
use iced_test::selector;

use super::*;
use crate::app::dialog::Picked;
use crate::app::screen::export;
use crate::domain::{Draft, Field, Role};

type Operation = Box<dyn iced::advanced::widget::Operation>;

/// Does what a task asks for until `done` and what the window remembers is written, or until nothing is
/// left to be done. `operate` gets what is to be done on the screen. `true`: the window has closed.
fn run(
    app: &mut App,
    mut task: Task<Message>,
    done: impl Fn(&App) -> bool,
    mut operate: impl FnMut(&App, Operation),
) -> bool {
    iced::executor::Default::new().unwrap().block_on(async {
        let mut actions = SelectAll::new();
        loop {
            actions.extend(runtime::task::into_stream(task));
            if done(app) && !app.keeping.is_running() {
                return false;
            }
            task = match actions.next().await {
                Some(Action::Output(message)) => app.update(message),
                Some(Action::Exit) => return true,
                Some(Action::Widget(operation)) => {
                    operate(app, operation);
                    Task::none()
                }
                Some(_) => Task::none(),
                None => return false,
            };
        }
    })
}

/// Sends a message and does what comes of it.
fn send(app: &mut App, message: Message, done: impl Fn(&App) -> bool) -> bool {
    let task = app.update(message);
    run(app, task, done, |_, _| {})
}

/// Sends a message, does all that comes of it, and finds the keyboard then.
fn keyboard_after(app: &mut App, message: Message) -> Option<Id> {
    use iced::advanced::widget::operation::{Outcome, focusable};
    let mut renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
    let mut cache = Cache::default();
    let mut operate = |app: &App, operation: Operation| {
        let (size, mut next) = (Size::new(1024.0, 700.0), Some(operation));
        let held = std::mem::take(&mut cache);
        let mut ui = UserInterface::build(app.view(), size, held, &mut renderer);
        while let Some(mut operation) = next.take() {
            ui.operate(&renderer, operation.as_mut());
            if let Outcome::Chain(chained) = operation.finish() {
                next = Some(chained);
            }
        }
        cache = ui.into_cache();
    };
    let task = app.update(message);
    run(app, task, |_| false, &mut operate);
    let mut ui = UserInterface::build(app.view(), Size::new(1024.0, 700.0), cache, &mut renderer);
    let mut found: Box<dyn iced::advanced::widget::Operation<Id>> =
        Box::new(focusable::find_focused());
    ui.operate(&renderer, &mut operation::black_box(found.as_mut()));
    match found.finish() {
        Outcome::Some(id) => Some(id),
        _ => None,
    }
}

/// Sends a message; of what comes of it only what the window remembers is written.
fn act(app: &mut App, message: Message) {
    send(app, message, |_| true);
}

/// Opens a draft from home.
fn open(app: &mut App, id: &DraftId) {
    let asked = Message::Home(home::Message::OpenAsked(id.clone()));
    send(app, asked, |app| app.opening.is_none() && app.editor.is_some());
}

/// The window is to be closed; `true`: it has.
fn close(app: &mut App) -> bool {
    send(app, Message::CloseAsked, is_asking)
}

/// A question stands over the window.
fn is_asking(app: &App) -> bool {
    app.leaving.as_ref().is_some_and(Leaving::is_asked)
}

fn go_home(app: &mut App) {
    let asked = Message::Editor(app.session, editor::Message::HomeAsked);
    send(app, asked, |app| app.editor.is_none() || is_asking(app));
}

fn name(app: &App) -> &str {
    &app.editor.as_ref().unwrap().draft().company.name
}

fn app() -> (tempfile::TempDir, App, DraftId) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let id = store.create(&Draft::new("shanghai-2024", Role::Solver)).unwrap();
    let (mut app, _task) = App::new(store, Settings::default(), None);
    open(&mut app, &id);
    (folder, app, id)
}

fn type_name(app: &mut App, words: &str) {
    let typed = editor::Message::Typed(Field::from("/company/name"), words.to_owned());
    let _task = app.update(Message::Editor(app.session, typed));
}

#[test]
fn closing_saves_what_was_typed_last_and_remembers_the_window() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "最后一笔");
    act(&mut app, Message::Resized(Size::new(1100.0, 720.0)));
    act(&mut app, Message::Moved(Point::new(40.0, 60.0)));
    assert!(close(&mut app));
    assert_eq!(app.store.load(&id).unwrap().company.name, "最后一笔");
    let settings = Settings::load(&app.store);
    assert_eq!(settings.place, Some((40.0, 60.0)));
    assert_eq!((settings.width, settings.last_draft.as_deref()), (1100.0, Some(id.as_str())));
    assert_eq!(app.title(), "最后一笔 · 揭榜通");
}

/// Home, with the draft's folder replaced by a file: nothing can be saved.
fn app_that_cannot_save() -> (tempfile::TempDir, App) {
    let (folder, mut app, id) = app();
    type_name(&mut app, "存不下");
    let drafts = folder.path().join("drafts");
    std::fs::rename(&drafts, folder.path().join("aside")).unwrap();
    std::fs::write(&drafts, "").unwrap();
    assert!(app.store.load(&id).is_err());
    (folder, app)
}

fn screen(app: &App) -> iced_test::Simulator<'_, Message> {
    crate::app::launch::load_font();
    let settings = iced::Settings {
        default_font: iced::Font::with_name("Noto Sans SC"),
        ..iced::Settings::default()
    };
    iced_test::Simulator::with_size(settings, Size::new(1024.0, 700.0), app.view())
}

fn shows(app: &App, words: &str) -> bool {
    screen(app).find(words.to_owned()).is_ok()
}

/// Answers the question, which may be asked again; `true`: the window has closed.
fn answer(app: &mut App, message: super::leaving::Message) -> bool {
    let message = Message::Leaving(message);
    send(app, message, |app| app.leaving.is_none() || is_asking(app))
}

#[test]
fn keys_do_not_reach_what_lies_under_the_question_or_the_guide() {
    let (_folder, mut app) = app_that_cannot_save();
    // The question may come up while it is still looked for where the keyboard is.
    let undo = || Message::TravelAt(Shortcut::Undo, Focused::at(None));
    for cover in [Message::Shortcut(Shortcut::Help), Message::CloseAsked] {
        send(&mut app, cover, |app| app.help.is_some() || is_asking(app));
        for shortcut in [Shortcut::Export, Shortcut::Step(1), Shortcut::NextStep] {
            act(&mut app, Message::Shortcut(shortcut));
            assert_eq!(app.editor.as_ref().unwrap().step(), editor::Step::Company);
        }
        act(&mut app, undo());
        assert_eq!(name(&app), "存不下");
        act(&mut app, Message::Escaped);
        assert!(app.leaving.is_none() && app.help.is_none());
    }
    act(&mut app, undo());
    assert_eq!(name(&app), "", "it could have been undone");
    act(&mut app, Message::Shortcut(Shortcut::Step(1)));
    assert_ne!(app.editor.as_ref().unwrap().step(), editor::Step::Company);
}

#[test]
fn the_guide_opens_at_the_step_with_the_keyboard_in_its_search_and_the_screen_stays_as_it_was() {
    let (_folder, mut app, _id) = app();
    let session = app.session;
    act(&mut app, Message::Editor(session, editor::Message::StepChosen(editor::Step::Items)));
    let found = keyboard_after(&mut app, Message::Shortcut(Shortcut::Help));
    assert_eq!(found, Some("help-search".into()));
    assert!(shows(&app, "五、拟揭榜事项") && !shows(&app, "检查与导出"));
    let before = app.last_control.clone();
    act(&mut app, Message::FocusFound(Focused::at(Some("help-search".into()))));
    assert_eq!(app.last_control, before);
    act(&mut app, Message::Escaped);
    assert!(app.help.is_none() && shows(&app, "检查与导出"));
    assert_eq!(app.editor.as_ref().unwrap().step(), editor::Step::Items);
}

#[test]
fn what_was_removed_on_home_comes_back_at_ctrl_z() {
    let (_folder, mut app, id) = app();
    go_home(&mut app);
    let listed = |app: &App| app.store.list().unwrap().len();
    send(&mut app, Message::Home(home::Message::remove_asked(&id)), |app| listed(app) == 0);
    assert!(shows(&app, "撤销"));
    act(&mut app, Message::TravelAt(Shortcut::Undo, Focused::in_line("search".into())));
    assert!(shows(&app, "撤销"), "not from the box to search in");
    let undo = Message::TravelAt(Shortcut::Undo, Focused::at(None));
    send(&mut app, undo, |app| listed(app) == 1);
    assert_eq!(listed(&app), 1);
}

#[test]
fn ctrl_n_puts_the_keyboard_on_the_button_for_a_new_draft() {
    let (_folder, mut app, _id) = app();
    for _ in ["from the draft", "from home"] {
        let found = keyboard_after(&mut app, Message::Shortcut(Shortcut::New));
        assert!(app.editor.is_none());
        assert_eq!(found, Some("new-draft".into()));
    }
}

#[test]
fn the_second_press_of_a_double_click_that_opened_a_draft_lands_nowhere() {
    let (_folder, mut app, _id) = app();
    let presses = |app: &App| {
        let mut ui = screen(app);
        let _target = ui.click("检查与导出").unwrap();
        ui.into_messages().filter(|message| matches!(message, Message::Editor(..))).count()
    };
    assert_eq!(presses(&app), 0);
    act(&mut app, Message::ClicksSettled);
    assert_eq!(presses(&app), 1);
}

#[test]
fn the_same_draft_in_a_second_window_is_only_looked_at() {
    let (_folder, app, id) = app();
    let (mut second, _task) = App::new(app.store.clone(), Settings::default(), None);
    open(&mut second, &id);
    type_name(&mut second, "抢着改");
    assert_eq!(name(&second), "");
    send(&mut second, Message::Focused, |_| false);
    type_name(&mut second, "还是抢着改");
    assert_eq!(name(&second), "", "the first window is still there");
    drop(app);
    let items = editor::Step::Items;
    let chosen = editor::Message::StepChosen(items);
    let session = second.session;
    act(&mut second, Message::Editor(session, chosen));
    let is_taken_over =
        |app: &App| app.editor.as_ref().is_some_and(|e| !e.waits_for_other() && e.step() == items);
    send(&mut second, Message::Focused, is_taken_over);
    assert!(is_taken_over(&second));
    assert!(shows(&second, "另一个窗口已经关闭，现在可以在这里编辑了。"));
    type_name(&mut second, "现在可以");
    assert_eq!(name(&second), "现在可以");
}

#[test]
fn a_draft_in_a_folder_that_cannot_be_written_to_is_looked_at_and_left() {
    let (folder, app, id) = app();
    let store = app.store.clone();
    drop(app);
    let locks = folder.path().join("locks");
    std::fs::remove_dir_all(&locks).unwrap();
    std::fs::write(&locks, "").unwrap();
    let (mut app, _task) = App::new(store, Settings::default(), None);
    open(&mut app, &id);
    type_name(&mut app, "改不了");
    assert_eq!(name(&app), "");
    assert!(shows(&app, "保存草稿的文件夹不能写入，这里只能查看和导出。"));
    go_home(&mut app);
    assert!(app.editor.is_none());
}

#[test]
fn the_theme_follows_the_system_until_another_is_chosen_and_again_after() {
    let (_folder, mut app, _id) = app();
    assert!(!app.is_dark());
    act(&mut app, Message::SystemTheme(iced::theme::Mode::Dark));
    act(&mut app, Message::SystemTheme(iced::theme::Mode::None));
    assert!(app.is_dark(), "where nothing is told, nothing changes");
    act(&mut app, Message::ThemeToggled);
    assert!(!app.is_dark());
    assert_eq!(app.settings.dark, Some(false));
    act(&mut app, Message::ThemeToggled);
    close(&mut app);
    assert_eq!(Settings::load(&app.store).dark, None);
}

#[test]
fn larger_text_leaves_less_room_and_the_window_its_size() {
    let (_folder, mut app, _id) = app();
    act(&mut app, Message::Shortcut(Shortcut::Larger));
    assert!(app.window.width < 1180.0);
    close(&mut app);
    assert!((Settings::load(&app.store).width - 1180.0).abs() < 1.0);
}

#[test]
fn size_and_place_are_the_same_after_a_restart_whatever_the_magnification() {
    let (_folder, mut app, _id) = app();
    act(&mut app, Message::Shortcut(Shortcut::Larger));
    let scale = app.settings.scale;
    assert!(scale > 1.05);
    // The toolkit reckons in magnified pixels.
    act(&mut app, Message::Resized(Size::new(1320.0 / scale, 770.0 / scale)));
    act(&mut app, Message::Moved(Point::new(110.0 / scale, 55.0 / scale)));
    close(&mut app);
    let kept = Settings::load(&app.store);
    assert!(
        (kept.width - 1320.0).abs() < 0.5
            && (kept.scaled_size().width * scale - 1320.0).abs() < 0.5
    );
    let (x, y) = kept.place.unwrap();
    assert!((x - 110.0).abs() < 0.5 && (y - 55.0).abs() < 0.5);
}

#[test]
fn undo_leaves_the_draft_alone_while_a_box_beside_it_has_the_keyboard() {
    let (_folder, mut app, _id) = app();
    type_name(&mut app, "写好的");
    let undo = |app: &mut App, focused| {
        act(app, Message::TravelAt(Shortcut::Undo, focused));
    };
    undo(&mut app, Focused::in_line("export-folder".into()));
    assert_eq!(name(&app), "写好的");
    undo(&mut app, Focused::in_line("/company/name".into()));
    assert_eq!(name(&app), "");
    act(&mut app, Message::TravelAt(Shortcut::Redo, Focused::at(None)));
    assert_eq!(name(&app), "写好的");
}

#[test]
fn the_size_is_kept_when_it_has_settled_and_never_larger_than_the_screen() {
    let (_folder, mut app, _id) = app();
    for width in [1000.0, 1010.0] {
        act(&mut app, Message::Resized(Size::new(width, 640.0)));
    }
    assert!(app.settings.width > 1100.0, "it was still changing");
    act(&mut app, Message::Maximized(false));
    assert_eq!(app.settings.width, 1010.0);
    act(&mut app, Message::Resized(Size::new(2560.0, 1400.0)));
    act(&mut app, Message::Maximized(true));
    close(&mut app);
    let kept = Settings::load(&app.store);
    assert_eq!((kept.width, kept.maximized), (1010.0, true), "the size of before the whole screen");
    let small = Size::new(1366.0, 768.0);
    use place::{fitting, moved};
    assert_eq!(fitting(Size::new(1280.0, 800.0), small), Some(Size::new(1280.0, 768.0)));
    assert_eq!(fitting(Size::new(1180.0, 700.0), small), None);
    let (size, at) = (Size::new(1000.0, 700.0), |x, y| Point::new(x, y));
    for elsewhere in [true, false] {
        assert_eq!(moved(at(300.0, 200.0), size, small, elsewhere), Some(at(300.0, 68.0)));
        assert_eq!(moved(at(200.0, 20.0), size, small, elsewhere), None);
    }
    assert_eq!(moved(at(1500.0, 20.0), size, small, true), None, "on another screen");
    let back = moved(at(1500.0, 20.0), size, small, false);
    assert_eq!(back, Some(at(366.0, 20.0)), "the screen it stood on may be gone");
}

#[test]
fn what_an_earlier_draft_was_waiting_for_is_not_given_to_the_next() {
    let (_folder, mut app, id) = app();
    let earlier = app.session;
    go_home(&mut app);
    open(&mut app, &id);
    let late = editor::Message::Typed(Field::from("/company/name"), "旧的".to_owned());
    act(&mut app, Message::Editor(earlier, late));
    assert_eq!(name(&app), "");
}

#[test]
fn a_draft_that_arrives_late_does_not_push_aside_what_is_being_written() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "正在写");
    let other = app.store.create(&Draft::new("wuhan-2024", Role::Demander)).unwrap();
    open(&mut app, &other);
    assert_eq!(name(&app), "正在写");
    assert!(close(&mut app));
    assert_eq!(app.store.load(&id).unwrap().company.name, "正在写");
}

#[test]
fn a_draft_is_opened_again_where_and_as_it_was_left() {
    let (_folder, mut app, id) = app();
    let editor = app.editor.as_ref().unwrap();
    let letter = editor::Step::Letter(0);
    assert!(editor::Step::all(editor.draft()).contains(&letter));
    for message in [
        editor::Message::WideToggled,
        editor::Message::StepChosen(letter),
        editor::Message::SectionChosen(2),
    ] {
        let message = Message::Editor(app.session, message);
        act(&mut app, message);
    }
    let before = app.editor.as_ref().unwrap().left();
    go_home(&mut app);
    let settings = Settings::load(&app.store);
    let (mut next, _task) = App::new(app.store.clone(), settings, None);
    open(&mut next, &id);
    let editor = next.editor.as_ref().unwrap();
    assert_eq!((editor.step(), editor.left()), (letter, before));
    assert!(editor.left().wide && editor.left().section == 2);
}
