#![allow(clippy::unwrap_used, clippy::panic)]

use iced_test::Simulator;
use iced_test::selector;

use super::*;
use crate::domain::Draft;

/// Home over a store of its own; what threads would do is done at once.
struct Bench {
    _folder: tempfile::TempDir,
    home: State,
}

impl Bench {
    fn new(companies: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        for company in companies {
            let mut draft = Draft::new("shanghai-2024", Role::Solver);
            (*company).clone_into(&mut draft.company.name);
            store.create(&draft).unwrap();
        }
        let (home, _task) = State::new(store, None, "2024-07-01".parse().unwrap());
        let mut bench = Self { _folder: folder, home };
        bench.list();
        bench
    }

    fn list(&mut self) {
        let lists = lists(&self.home.store, &self.home.notices, self.home.today);
        let _action = self.home.update(Message::Listed(Ok(lists)));
    }

    fn press(&mut self, words: &str) -> Vec<Message> {
        let mut ui = self.screen();
        ui.click(words.to_owned()).unwrap();
        let messages: Vec<Message> = ui.into_messages().collect();
        for message in &messages {
            let _action = self.home.update(message.clone());
        }
        messages
    }

    fn screen(&self) -> Simulator<'_, Message> {
        crate::app::launch::load_font();
        let settings = iced::Settings {
            default_font: iced::Font::with_name("Noto Sans SC"),
            ..iced::Settings::default()
        };
        Simulator::with_size(settings, iced::Size::new(1024.0, 2000.0), self.home.view())
    }

    fn shows(&self, words: &str) -> bool {
        self.screen().find(words.to_owned()).is_ok()
    }
}

#[test]
fn an_empty_home_says_what_to_do() {
    let mut bench = Bench::new(&[]);
    assert!(bench.shows("还没有草稿。选好身份和通知，点“新建草稿”。"));
    bench.press("发榜大企业");
    assert_eq!(bench.home.role, Role::Demander);
    bench.press("武汉市 2024 年度");
    assert_eq!(bench.home.notices[bench.home.notice].id, "wuhan-2024");
}

#[test]
fn a_draft_opens_at_a_press_on_its_name() {
    let mut bench = Bench::new(&["甲公司", "乙公司"]);
    let messages = bench.press("甲公司");
    let [Message::OpenAsked(id)] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!(bench.home.store.load(id).unwrap().company.name, "甲公司");
}

#[test]
fn a_new_draft_may_begin_with_a_company_that_is_known() {
    let mut bench = Bench::new(&["甲公司"]);
    bench.press("沿用 甲公司");
    let company = bench.home.company.clone();
    let id = import::empty(&bench.home.store, "wuhan-2024", Role::Demander, company.as_ref());
    let draft = bench.home.store.load(&id.unwrap()).unwrap();
    assert_eq!((draft.company.name.as_str(), draft.notice.as_str()), ("甲公司", "wuhan-2024"));
}

#[test]
fn a_draft_is_copied_to_another_notice_with_its_answers_and_without_its_office() {
    let mut bench = Bench::new(&["甲公司"]);
    let id = bench.home.drafts.as_ref().unwrap()[0].id.clone();
    let mut draft = bench.home.store.load(&id).unwrap();
    draft.submission.contact = "pudong".to_owned();
    bench.home.store.save(&id, &draft).unwrap();
    bench.home.notices.iter().for_each(|notice| assert!(!notice.short_title.is_empty()));
    let mut ui = bench.screen();
    ui.click(selector::id("symbol:用于另一通知")).unwrap();
    let asked: Vec<Message> = ui.into_messages().collect();
    for message in asked {
        let _action = bench.home.update(message);
    }
    let asked = bench.press("复制到 武汉市 2024 年度");
    assert!(matches!(&asked[..], [Message::CopyAsked(of, to)] if *of == id && to == "wuhan-2024"));
    let copy = import::copy_for(&bench.home.store, &id, "wuhan-2024").unwrap();
    let copied = bench.home.store.load(&copy).unwrap();
    assert_eq!((copied.company.name.as_str(), copied.notice.as_str()), ("甲公司", "wuhan-2024"));
    assert_eq!(copied.submission.contact, "");
    assert_eq!(bench.home.store.load(&id).unwrap().submission.contact, "pudong");
    import::change_notice(&bench.home.store, &id, "wuhan-2024").unwrap();
    assert_eq!(bench.home.store.load(&id).unwrap().notice, "wuhan-2024");
}

#[test]
fn a_card_tells_how_far_the_draft_is() {
    let bench = Bench::new(&["甲公司"]);
    let id = &bench.home.drafts.as_ref().unwrap()[0].id;
    let (filled, all) = bench.home.filled[id];
    assert!((1..4).contains(&filled) && all > 20, "{filled} / {all}");
    assert!(bench.shows(&format!("必填 {filled} / {all}")));
}

#[test]
fn a_removed_draft_lies_in_the_bin_and_comes_back() {
    let mut bench = Bench::new(&["甲公司"]);
    let id = bench.home.drafts.as_ref().unwrap()[0].id.clone();
    let mut ui = bench.screen();
    ui.click(selector::id("symbol:移到回收站")).unwrap();
    let asked: Vec<Message> = ui.into_messages().collect();
    assert!(matches!(&asked[..], [Message::RemoveAsked(asked, _)] if *asked == id));
    bench.home.store.remove(&id).unwrap();
    bench.list();
    assert!(!bench.shows("甲公司"));
    bench.press("回收站（1）");
    assert!(bench.shows("甲公司"));
    let back = bench.press("放回");
    assert!(matches!(&back[..], [Message::PutBackAsked(back)] if *back == id));
}

#[test]
fn an_unreadable_draft_is_shown_with_its_problem() {
    let mut bench = Bench::new(&["甲公司"]);
    let path = bench.home.drafts.as_ref().unwrap()[0].path.clone();
    std::fs::write(path, "{ 坏了").unwrap();
    bench.list();
    let problem = bench.home.drafts.as_ref().unwrap()[0].problem.clone().unwrap();
    assert!(bench.shows(&problem));
}

#[test]
fn many_drafts_are_searched_by_name() {
    let names = ["甲公司", "乙公司", "丙公司", "丁公司", "戊公司", "己公司"];
    let mut bench = Bench::new(&names);
    let _action = bench.home.update(Message::Searched("丙".into()));
    assert!(bench.shows("丙公司") && !bench.shows("丁公司"));
}

#[test]
fn the_sample_opens_with_its_evidence_and_a_package_comes_back_whole() {
    let bench = Bench::new(&[]);
    let store = &bench.home.store;
    let id = import::sample(store, "shanghai-2024", Role::Solver).unwrap();
    let draft = store.load(&id).unwrap();
    assert!(store.blobs(&id).missing(&draft).is_empty());
    let copy = store.duplicate(&id).unwrap();
    let copied = store.load(&copy).unwrap();
    assert_eq!(copied, draft);
    assert!(store.blobs(&copy).missing(&copied).is_empty());
    let problem = import::open(store, std::path::Path::new("/没有/这个文件.json")).unwrap_err();
    assert!(problem.contains("没有") && problem.contains("请"), "{problem}");
}

#[test]
fn a_file_of_the_store_is_its_draft_and_one_from_elsewhere_is_copied_once_and_told() {
    let bench = Bench::new(&["甲公司"]);
    let store = &bench.home.store;
    let id = bench.home.drafts.as_ref().unwrap()[0].id.clone();
    assert_eq!(import::open(store, &store.path(&id)), Ok(id.clone().into()));
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.json");
    std::fs::copy(store.path(&id), &path).unwrap();
    assert_eq!(import::open(store, &path).unwrap().id, id);
    let mut other = Draft::new("shanghai-2024", Role::Solver);
    "乙公司".clone_into(&mut other.company.name);
    std::fs::write(&path, other.to_json()).unwrap();
    let copied = import::open(store, &path).unwrap();
    let words = copied.words.as_deref().unwrap();
    assert_eq!(words, "已把“x.json”复制到本机草稿，原文件不会改动。");
    assert_eq!(import::open(store, &path).unwrap().id, copied.id);
    assert_eq!(store.list().unwrap().len(), 2);
}

#[test]
fn what_is_wrong_with_a_package_is_told_when_it_is_opened() {
    use crate::export::package;
    use std::io::Write;
    let bench = Bench::new(&[]);
    let draft = Draft::new("shanghai-2024", Role::Solver);
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    zip.start_file("draft.json", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(draft.to_json().as_bytes()).unwrap();
    zip.finish().unwrap();
    let problems = package::read_file(&path).unwrap().unwrap().problems;
    assert!(!problems.is_empty());
    let opened = import::open(&bench.home.store, &path).unwrap();
    assert!(opened.is_doubtful);
    let words = opened.words.unwrap();
    assert!(words.contains("材料包与清单不符") && words.contains(&problems[0]), "{words}");
}
