//! The guide as it is read, and that all of it holds together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use iced_test::{Simulator, selector};
use pulldown_cmark::{Event, Options, Parser};

use super::guide::{PAGES, picture, picture_size};
use super::markdown::{Block, anchor, read};
use super::*;
use crate::app::screen::editor::Step;
use crate::app::shortcut::{Arrow, Shortcut};
use crate::app::theme;
use crate::app::widget::prose::link_id;
use crate::domain::Role;

const WINDOW: Size = Size::new(1180.0, 700.0);

fn opened(occasion: Occasion) -> State {
    State::open(occasion, WINDOW, 1.0).0
}

fn screen(state: &State) -> Simulator<'_, Message> {
    crate::app::launch::load_font();
    let settings = iced::Settings {
        default_font: iced::Font::with_name("Noto Sans SC"),
        ..iced::Settings::default()
    };
    let tokens = theme::tokens(&theme::theme(false));
    Simulator::with_size(settings, state.window, state.view(tokens))
}

/// Does what a click on these words asks for.
fn click(state: &mut State, words: &str) {
    let mut ui = screen(state);
    let _target = ui.click(words.to_owned()).unwrap();
    let messages: Vec<Message> = ui.into_messages().collect();
    assert!(!messages.is_empty(), "{words}");
    for message in messages {
        let _task = state.update(message);
    }
}

fn shows(state: &State, words: &str) -> bool {
    screen(state).find(words.to_owned()).is_ok()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide")
}

/// The files of a folder that end so.
fn files(folder: &Path, end: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(end)).collect();
    names.sort();
    names
}

#[test]
fn every_page_and_picture_of_the_folder_is_in_the_guide() {
    let mut pages: Vec<&str> = PAGES.iter().map(|(file, _)| *file).collect();
    pages.sort_unstable();
    assert_eq!(pages, files(&folder(), ".md"));
    let guide = Guide::read();
    let used = guide.pages.iter().flat_map(Page::pictures).map(|(_, file)| file);
    let mut used: Vec<String> = used.map(|file| file.replace("pictures/", "")).collect();
    used.sort();
    used.dedup();
    assert_eq!(used, files(&folder().join("pictures"), ".png"));
    for file in used {
        let file = format!("pictures/{file}");
        assert!(picture(&file).is_some() && picture_size(&file).is_some(), "{file}");
    }
}

#[test]
fn every_link_leads_to_a_page_and_a_heading_that_are_there() {
    for (number, page) in Guide::read().pages.iter().enumerate() {
        let (file, _) = PAGES[number];
        let links = read(&std::fs::read_to_string(folder().join(file)).unwrap()).links;
        assert_eq!(links.len(), page.links.len());
        for (link, place) in links.iter().zip(&page.links) {
            let place = place.unwrap_or_else(|| panic!("{file}: {link} leads nowhere"));
            assert_eq!(place.heading.is_some(), link.contains('#'), "{file}: {link}");
        }
    }
}

#[test]
fn no_two_headings_of_a_page_have_one_name() {
    for page in Guide::read().pages {
        let mut names: Vec<String> = page.headings().map(|(.., words)| anchor(words)).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "{}", page.name);
    }
}

#[test]
fn nothing_of_what_is_written_is_lost() {
    for (file, _) in PAGES {
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        let mut written = String::new();
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Text(words) | Event::Code(words) => written += &words,
                Event::Start(_) | Event::End(_) | Event::SoftBreak => {}
                other => panic!("{file}: the program does not show {other:?}"),
            }
        }
        let shown: String = read(&text).blocks.iter().flat_map(Block::texts).collect();
        let plain = |words: &str| words.split_whitespace().collect::<String>();
        assert_eq!(plain(&shown), plain(&written), "{file}");
    }
}

#[test]
fn it_opens_where_it_fits_and_every_page_is_reached_from_the_contents() {
    let mut state = opened(Occasion::Draft(Role::Solver, Step::Evidence(0)));
    assert_eq!(state.page, 1);
    // High enough for all of the contents.
    let _task = state.resized(Size::new(1180.0, 1500.0), 1.0);
    assert!(shows(&state, "揭榜中小企业：从打开程序到盖章报送"));
    let title = |page: usize| match &Guide::read().pages[page].blocks[0] {
        Block::Heading { words, .. } => words.clone(),
        other => panic!("{other:?}"),
    };
    for (page, (_, name)) in PAGES.into_iter().enumerate() {
        click(&mut state, name);
        assert_eq!((state.page, state.heading), (page, None));
        assert!(shows(&state, &title(page)), "{name}");
    }
    click(&mut state, "在帮助里");
    assert!(state.heading.is_some());
}

#[test]
fn what_is_looked_for_leads_to_its_heading_and_escape_clears_it_first() {
    let mut state = opened(Occasion::Home);
    let mut ui = screen(&state);
    let _target = ui.click(selector::id("help-search")).unwrap();
    ui.typewrite("骑缝章");
    let typed: Vec<Message> = ui.into_messages().collect();
    assert!(typed.iter().any(|message| matches!(message, Message::Typed(_))));
    let _task = state.update(Message::Typed("骑缝章".to_owned()));
    assert!(shows(&state, "要骑缝章吗？") && !shows(&state, "快捷键"));
    let _task = state.update(Message::NextAsked);
    assert_eq!((state.page, state.hit), (3, Some(0)));
    let at = state.heading.unwrap();
    assert_eq!(state.page().unwrap().blocks[at].texts(), ["要骑缝章吗？"]);
    let count = state.found.hits.len();
    assert!(count > 1);
    for next in (1..count).chain([0]) {
        let _task = state.update(Message::NextAsked);
        assert_eq!(state.hit, Some(next));
    }
    let _task = state.shortcut(Shortcut::Back);
    assert_eq!((state.page, state.before.len()), (0, 0), "back to before the places found");
    let _task = state.update(Message::NextAsked);
    let _task = state.update(Message::NextAsked);
    assert_eq!(state.before.len(), 1);
    let _task = state.shortcut(Shortcut::Back);
    assert_eq!((state.page, state.before.len()), (0, 0), "and again");
    let _task = state.update(Message::Typed("盖骑缝印章".to_owned()));
    assert!(shows(&state, "没有正好这样写的，下面是相近的。"));
    assert!(shows(&state, "要骑缝章吗？"));
    let _task = state.update(Message::Typed("龘靐".to_owned()));
    assert!(shows(&state, "没有找到。换一个词试试，词与词之间用空格隔开。"));
    assert!(!state.escape().0 && state.sought.is_empty());
    assert!(state.escape().0);
}

#[test]
fn a_link_leads_to_its_page_and_back_again() {
    let mut state = opened(Occasion::Home);
    let mut ui = screen(&state);
    let _target = ui.click(selector::id(link_id("help-link:0", 0))).unwrap();
    let messages: Vec<Message> = ui.into_messages().collect();
    assert!(matches!(messages[..], [Message::Followed(0)]), "{messages:?}");
    let _task = state.update(Message::Scrolled(120.0));
    let _task = state.update(Message::Followed(0));
    assert_eq!(state.page, 1);
    let _task = state.shortcut(Shortcut::Back);
    assert_eq!((state.page, state.before.len()), (0, 0));
    let _task = state.shortcut(Shortcut::Back);
    assert_eq!(state.page, 0);
}

#[test]
fn in_a_narrow_window_contents_and_page_are_shown_one_at_a_time() {
    let mut state = opened(Occasion::Home);
    let _task = state.resized(Size::new(450.0, 280.0), 2.0);
    assert!(shows(&state, "揭榜通使用指南") && !shows(&state, "出了问题怎么办"));
    click(&mut state, "目录");
    assert!(shows(&state, "出了问题怎么办") && !shows(&state, "揭榜通使用指南"));
    click(&mut state, "发榜：一步一步");
    assert!(shows(&state, "发榜大企业：从打开程序到盖章报送"));
    let _task = state.update(Message::Typed("光盘".to_owned()));
    assert!(!shows(&state, "一、新建草稿"), "what was found is shown");
    let _task = state.update(Message::NextAsked);
    assert!(shows(&state, "一、新建草稿"));
}

#[test]
fn arrows_walk_through_the_contents_and_else_move_the_page() {
    let state = opened(Occasion::Home);
    let rows = state.rows();
    assert_eq!(rows.len(), PAGES.len());
    // To the row and then into view: more than one thing to do.
    assert!(state.arrowed(Arrow::Down, Some(&rows[0])).units() > 0);
    assert!(state.arrowed(Arrow::Down, None).units() > 0);
    assert_eq!(state.arrowed(Arrow::Left, Some(&rows[0])).units(), 0);
}

#[test]
fn keys_turn_pages_that_no_box_takes() {
    use iced::keyboard::key::Named;
    let state = opened(Occasion::Home);
    let turned = |key: Named| {
        let mut ui = screen(&state);
        let _status = ui.tap_key(key);
        ui.into_messages().find_map(|message| match message {
            Message::Turned(turn) => Some(turn),
            _ => None,
        })
    };
    assert_eq!(turned(Named::PageDown), Some(Turn::Down));
    assert_eq!(turned(Named::Home), Some(Turn::Start));
    assert_eq!(turned(Named::ArrowLeft), None);
}

#[test]
fn only_pictures_of_the_page_that_is_shown_are_kept() {
    let mut state = opened(Occasion::Draft(Role::Solver, Step::Company));
    assert!(state.want_pictures().units() == 0, "the first one is being read");
    let place = state.guide.place("keys.md").unwrap();
    let _task = state.update(Message::Chosen(place));
    assert_eq!(state.want_pictures().units(), 0);
    assert!(state.pictures.get("pictures/home.png").is_none());
}
