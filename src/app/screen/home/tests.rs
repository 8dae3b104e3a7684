#![allow(clippy::unwrap_used, clippy::panic)]

mod erase;
mod last;
mod packages;
mod reading;
mod refused;
mod welcome;

use iced_test::Simulator;
use iced_test::selector;

use super::bin::Item;
use super::*;
use crate::app::shortcut::{Arrow, Shortcut};
use crate::domain::{Company, Draft};
use crate::store::ProfileId;

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
        let (home, _task) = State::new(store, None, || "2024-07-01".parse().unwrap());
        let mut bench = Self { _folder: folder, home };
        bench.listed();
        bench
    }

    /// The listing that a thread would do, already asked for.
    fn listed(&mut self) {
        let lists = Lists::read(&self.home.store, self.home.today);
        self.send(Message::Listed(Ok(lists)));
    }

    fn list(&mut self) {
        let _task = self.home.list();
        self.listed();
    }

    fn send(&mut self, message: Message) {
        let _action = self.home.update(message);
    }

    /// What the store's thread would do after a removal or a return.
    fn change(&mut self, message: bin::Message) {
        self.send(Message::Bin(message.clone()));
        let store = &self.home.store;
        let done = match message {
            bin::Message::RemoveAsked(Item::Draft(id), _) => store.remove(&id),
            bin::Message::RemoveAsked(Item::Profile(id), _) => store.remove_profile(&id),
            bin::Message::PutBackAsked(Item::Draft(id)) => store.put_back(&id),
            bin::Message::PutBackAsked(Item::Profile(id)) => store.put_back_profile(&id),
            _ => Ok(()),
        };
        done.unwrap();
        self.list();
    }

    /// Does what a task asks for, and what comes of that.
    fn finish(&mut self, task: Task<Message>) {
        use iced::futures::stream::{SelectAll, StreamExt};
        use iced_test::runtime::{self, Action as Asked};
        iced::executor::Default::new().unwrap().block_on(async {
            let mut asked = SelectAll::new();
            asked.extend(runtime::task::into_stream(task));
            while let Some(next) = asked.next().await {
                if let Asked::Output(message) = next
                    && let Action::Run(task) = self.home.update(message)
                {
                    asked.extend(runtime::task::into_stream(task));
                }
            }
        });
    }

    fn draft(&self, index: usize) -> DraftId {
        self.home.drafts.as_ref().unwrap()[index].id.clone()
    }

    fn keep(&mut self, name: &str) -> ProfileId {
        let company = Company { name: name.to_owned(), ..Company::default() };
        let id = self.home.store.keep_profile(&company).unwrap().id;
        self.list();
        id
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
    bench.home.leave_welcome();
    assert!(
        bench.shows("还没有草稿。选好身份和通知，点“新建草稿”；想先看填好的样子，点“看看示例”。")
    );
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
    bench.press("沿用草稿：甲公司");
    let origin = bench.home.origin.clone();
    let id = import::empty(&bench.home.store, "wuhan-2024", Role::Demander, &origin);
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
    let [Message::OtherNotice(other_notice::Message::CopyAsked(of, to))] = &asked[..] else {
        panic!("{asked:?}")
    };
    assert_eq!((of, to.as_str()), (&id, "wuhan-2024"));
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
    let Progress { filled, all, .. } = bench.home.progress[id];
    assert!((1..4).contains(&filled) && all > 20, "{filled} / {all}");
    assert!(bench.shows(&format!("必填 {filled} / {all}")));
}

#[test]
fn a_removed_draft_lies_in_the_bin_and_comes_back() {
    let mut bench = Bench::new(&["甲公司"]);
    let id = bench.draft(0);
    let mut ui = bench.screen();
    ui.click(selector::id(format!("remove:draft:{id}"))).unwrap();
    let asked: Vec<Message> = ui.into_messages().collect();
    let [Message::Bin(remove @ bin::Message::RemoveAsked(..))] = &asked[..] else {
        panic!("{asked:?}")
    };
    bench.change(remove.clone());
    assert!(!bench.shows("甲公司") && bench.shows("“甲公司”已移到回收站。"));
    bench.press("回收站（1）");
    assert!(bench.shows("甲公司"));
    let back = bench.press("放回");
    let [Message::Bin(bin::Message::PutBackAsked(Item::Draft(back)))] = &back[..] else {
        panic!("{back:?}")
    };
    assert_eq!(*back, id);
    assert!(!bench.shows("“甲公司”已移到回收站。"));
}

#[test]
fn after_a_removal_the_keyboard_goes_to_what_stands_next() {
    let mut bench = Bench::new(&["甲公司", "乙公司", "丙公司"]);
    let ids = [0, 1, 2].map(|index| bench.draft(index));
    let next = |bench: &Bench, id: &DraftId| {
        let item = Item::Draft(id.clone());
        bench.home.beside(&item)
    };
    assert_eq!(next(&bench, &ids[0]), Some(card_id(&ids[1])));
    assert_eq!(next(&bench, &ids[2]), Some(card_id(&ids[1])));
    bench.home.store.remove(&ids[2]).unwrap();
    std::fs::write(bench.home.store.path(&ids[1]), "{ 坏了").unwrap();
    bench.list();
    // A draft that cannot be opened has a button that can be pressed.
    let item = Item::Draft(ids[1].clone());
    assert_eq!(next(&bench, &ids[0]), Some(item.remove_id()));
    bench.send(Message::Searched("丙公司".to_owned()));
    assert_eq!(next(&bench, &ids[0]), None);
}

#[test]
fn what_was_removed_last_comes_back_at_ctrl_z_and_is_shown_whatever_is_searched() {
    let names = ["甲公司", "乙公司", "丙公司", "丁公司", "戊公司", "己公司"];
    let mut bench = Bench::new(&names);
    let id = bench.draft(0);
    bench.change(bin::Message::RemoveAsked(Item::Draft(id.clone()), "己公司".to_owned()));
    bench.send(Message::Searched("没有".to_owned()));
    let _task = bench.home.shortcut(Shortcut::Undo);
    assert!(bench.home.removed.is_none() && bench.home.search.is_empty());
    bench.home.store.put_back(&id).unwrap();
    bench.list();
    assert_eq!(bench.home.drafts.as_ref().unwrap().len(), 6);
}

#[test]
fn an_older_listing_never_overwrites_a_newer_one() {
    let mut bench = Bench::new(&["甲公司"]);
    let _task = bench.home.list();
    let older = Lists::read(&bench.home.store, bench.home.today);
    bench.home.store.remove(&bench.draft(0)).unwrap();
    let _task = bench.home.list();
    bench.send(Message::Listed(Ok(older.clone())));
    // What the older one found was out of date; the one that was asked for meanwhile counts.
    bench.listed();
    assert!(bench.home.drafts.as_ref().unwrap().is_empty());
}

#[test]
fn after_midnight_the_days_left_are_those_of_the_new_day() {
    use std::sync::atomic::{AtomicI8, Ordering};
    static DAY: AtomicI8 = AtomicI8::new(20);
    let mut bench = Bench::new(&[]);
    let mut draft = Draft::new("shanghai-2024", Role::Demander);
    "甲公司".clone_into(&mut draft.company.name);
    bench.home.store.create(&draft).unwrap();
    bench.home.clock = || jiff::civil::date(2024, 7, DAY.load(Ordering::Relaxed));
    bench.list();
    let shown = |bench: &Bench, days: i32| {
        let notice = bench.home.notices.iter().find(|one| one.id == draft.notice).unwrap();
        let until = notice.route(&draft).unwrap();
        bench.shows(&format!("还有 {days} 天截止（{}）", until.deadline_text))
    };
    assert!(shown(&bench, 2));
    DAY.store(21, Ordering::Relaxed);
    bench.send(Message::Ticked);
    bench.listed();
    assert!(shown(&bench, 1));
}

#[test]
fn arrows_choose_the_option_beside_and_go_round() {
    let mut bench = Bench::new(&[]);
    let mut press = |arrow, id: &'static str| {
        let _task = bench.home.arrowed(arrow, &Id::from(id));
        (bench.home.role, bench.home.notice)
    };
    let last = press(Arrow::Left, "notice:shanghai-2024").1;
    assert!(last > 0);
    assert_eq!(press(Arrow::Down, "role:solver"), (Role::Demander, last));
    assert_eq!(press(Arrow::Right, "role:demander"), (Role::Solver, last));
    assert_eq!(press(Arrow::Down, "new-draft"), (Role::Solver, last));
}

#[test]
fn kept_data_are_offered_before_those_of_drafts_and_go_into_a_new_draft() {
    let mut bench = Bench::new(&["甲公司", "乙公司"]);
    let kept = bench.keep("甲公司");
    assert!(bench.shows("沿用草稿：乙公司") && !bench.shows("沿用草稿：甲公司"));
    let _task = bench.home.arrowed(Arrow::Down, &Id::new("company:new"));
    assert_eq!(bench.home.origin, Origin::Profile(kept.clone()));
    let origin = bench.home.origin.clone();
    let id = import::empty(&bench.home.store, "wuhan-2024", Role::Solver, &origin).unwrap();
    assert_eq!(bench.home.store.load(&id).unwrap().company.name, "甲公司");
    // Removed, they are not begun with any more.
    bench.change(bin::Message::RemoveAsked(Item::Profile(kept), "甲公司".to_owned()));
    assert_eq!(bench.home.origin, Origin::Anew);
    assert!(bench.shows("沿用草稿：甲公司"));
}

#[test]
fn kept_data_are_listed_used_removed_and_put_back() {
    let mut bench = Bench::new(&[]);
    let kept = bench.keep("甲公司");
    let damaged = bench.keep("乙公司");
    let profiles = bench.home.store.profiles().unwrap();
    let path = &profiles.iter().find(|profile| profile.id == damaged).unwrap().path;
    std::fs::write(path, "{").unwrap();
    bench.list();
    bench.press("企业资料（2）");
    assert!(bench.shows("甲公司") && bench.shows("无法读取的企业资料"));
    bench.press("甲公司");
    assert_eq!(bench.home.origin, Origin::Profile(kept.clone()));
    bench.change(bin::Message::RemoveAsked(Item::Profile(kept.clone()), "甲公司".to_owned()));
    assert!(bench.shows("企业资料（1）") && bench.shows("回收站（1）"));
    bench.change(bin::Message::PutBackAsked(Item::Profile(kept)));
    assert!(bench.shows("企业资料（2）") && !bench.shows("回收站（1）"));
}

#[test]
fn escape_puts_away_the_notices_of_a_card_and_then_what_is_told() {
    let mut bench = Bench::new(&["甲公司"]);
    bench.home.tell("打不开");
    bench.send(Message::OtherNotice(other_notice::Message::Asked(bench.draft(0))));
    let _task = bench.home.escape();
    assert!(bench.home.renoticed.is_none() && bench.shows("打不开"));
    let _task = bench.home.escape();
    assert!(!bench.shows("打不开"));
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
fn a_damaged_draft_with_a_whole_version_can_be_opened_and_one_without_cannot() {
    let mut bench = Bench::new(&["甲公司"]);
    let id = bench.draft(0);
    let entry = |bench: &Bench| bench.home.drafts.as_ref().unwrap()[0].clone();
    std::fs::write(bench.home.store.path(&id), "{ 坏了").unwrap();
    bench.list();
    assert!(!bench.home.can_open(&entry(&bench)));
    std::fs::write(bench.home.store.path(&id), Draft::new("x", Role::Solver).to_json()).unwrap();
    bench.home.store.save(&id, &Draft::new("shanghai-2024", Role::Solver)).unwrap();
    std::fs::write(bench.home.store.path(&id), "{ 坏了").unwrap();
    bench.list();
    assert!(bench.shows("有完好的历史版本：打开这份草稿，就恢复最近的一份；损坏的文件另外保留。"));
    let opened = bench.press("无法读取的草稿");
    assert!(matches!(&opened[..], [Message::OpenAsked(opened)] if *opened == id));
    // One of a later version of the program is not damaged.
    let later = "{\"schema\": 99, \"notice\": \"x\", \"role\": \"solver\"}";
    std::fs::write(bench.home.store.path(&id), later).unwrap();
    bench.list();
    assert!(!bench.home.can_open(&entry(&bench)));
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
    let problem =
        import::open(store, std::path::Path::new("/没有/这个文件.json"), &Reading::default())
            .unwrap_err();
    let problem = problem.to_string();
    assert!(problem.contains("没有") && problem.contains("请"), "{problem}");
}

#[test]
fn a_file_of_the_store_is_its_draft_and_one_from_elsewhere_is_copied_once_and_told() {
    let bench = Bench::new(&["甲公司"]);
    let store = &bench.home.store;
    let id = bench.home.drafts.as_ref().unwrap()[0].id.clone();
    assert_eq!(import::open(store, &store.path(&id), &Reading::default()), Ok(id.clone().into()));
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("x.json");
    std::fs::copy(store.path(&id), &path).unwrap();
    assert_eq!(import::open(store, &path, &Reading::default()).unwrap().id, id);
    let mut other = Draft::new("shanghai-2024", Role::Solver);
    "乙公司".clone_into(&mut other.company.name);
    std::fs::write(&path, other.to_json()).unwrap();
    let copied = import::open(store, &path, &Reading::default()).unwrap();
    let words = copied.words.as_deref().unwrap();
    assert_eq!(words, "已把“x.json”复制到本机草稿，原文件不会改动。");
    assert_eq!(import::open(store, &path, &Reading::default()).unwrap().id, copied.id);
    assert_eq!(store.list().unwrap().len(), 2);
}

#[test]
fn a_double_click_makes_one_draft() {
    let mut bench = Bench::new(&[]);
    let mut jobs = |message| match bench.home.update(message) {
        Action::Run(task) => task.units(),
        Action::Open(_) | Action::OtherPlace | Action::Welcomed => 0,
    };
    let new = || Message::Begin(begin::Message::NewAsked);
    assert_eq!((jobs(new()), jobs(new())), (1, 0));
    assert_eq!(jobs(Message::Begin(begin::Message::SampleAsked)), 0);
    let _units = jobs(Message::Made(Ok(Err("磁盘已满".to_owned()))));
    assert_eq!(jobs(new()), 1, "after a failure it is tried again");
}

#[test]
fn a_notice_put_beside_the_drafts_is_offered_and_the_chosen_one_stays_chosen() {
    let mut bench = Bench::new(&[]);
    bench.press("武汉市 2024 年度");
    let own = include_str!("../../../../assets/notices/shanghai-2024.json");
    let own = own.replacen("\"shanghai-2024\"", "\"aaa-own\"", 1);
    let own = own.replacen("上海市 2024 年度", "自己放的通知", 1);
    let folder = bench.home.store.notices_folder();
    std::fs::write(folder.join("own.json"), own).unwrap();
    bench.list();
    assert!(bench.shows("自己放的通知"));
    assert_eq!(bench.home.notices[bench.home.notice].id, "wuhan-2024");
    std::fs::write(folder.join("own.json"), "{").unwrap();
    bench.list();
    let told = bench.home.notice_problems[0].message.clone();
    assert!(!bench.shows("自己放的通知") && bench.shows(&told));
}

#[test]
fn drafts_of_one_company_are_told_apart_by_what_they_are_about_and_copies_by_their_number() {
    let mut bench = Bench::new(&[]);
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = "示例公司".to_owned();
    draft.applications[0].item.name = "阻燃材料".to_owned();
    let id = bench.home.store.create(&draft).unwrap();
    draft.applications[0].item.name = "导热材料".to_owned();
    bench.home.store.create(&draft).unwrap();
    bench.list();
    assert!(bench.shows("阻燃材料") && bench.shows("导热材料"));
    assert!(bench.shows("示例公司") && !bench.shows("示例公司（第 2 份）"));
    bench.home.store.duplicate(&id).unwrap();
    bench.list();
    assert!(bench.shows("示例公司（第 2 份）") && !bench.shows("示例公司（第 3 份）"));
    bench.send(Message::Searched("导热".to_owned()));
    assert!(bench.shows("导热材料") && !bench.shows("阻燃材料"));
}
