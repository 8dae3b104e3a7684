//! What is shown before there is anything.

use super::*;

const WELCOME: &str = "欢迎使用揭榜通";

fn bench_on(day: fn() -> Date) -> Bench {
    let mut bench = Bench::new(&[]);
    bench.home.clock = day;
    bench.home.notice_chosen = false;
    bench.list();
    bench
}

#[test]
fn the_first_run_leads_to_the_first_blank_with_one_press() {
    let mut bench = Bench::new(&[]);
    assert!(bench.shows(WELCOME) && !bench.shows("新建草稿"));
    let messages = bench.press("开始填写");
    assert!(matches!(&messages[..], [Message::Begin(begin::Message::NewAsked)]));
    assert!(bench.home.making && bench.home.role == Role::Solver);
}

#[test]
fn the_role_chooses_the_notice_that_fits_and_shows_its_deadline() {
    let mut bench = bench_on(|| "2024-07-12".parse().unwrap());
    assert!(bench.shows("报送时间另行通知"));
    bench.press("我是发榜的大企业");
    assert_eq!(bench.home.role, Role::Demander);
    assert_eq!(bench.home.notices[bench.home.notice].id, "shanghai-2024");
    assert!(bench.shows("还有 10 天截止（7月22日前）"));
    bench.press("武汉市 2024 年度");
    bench.press("我是揭榜的中小企业");
    let chosen = &bench.home.notices[bench.home.notice].id;
    assert_eq!(chosen, "wuhan-2024", "what the person has chosen stays");
}

#[test]
fn it_goes_with_the_first_draft_or_when_it_is_put_away() {
    let mut bench = Bench::new(&[]);
    bench.home.store.create(&Draft::new("shanghai-2024", Role::Solver)).unwrap();
    bench.list();
    assert!(!bench.shows(WELCOME) && bench.shows("新建草稿"));
    let mut bench = Bench::new(&[]);
    let mut ui = bench.screen();
    ui.click("跳过，去首页").unwrap();
    let asked: Vec<Message> = ui.into_messages().collect();
    let [Message::WelcomeLeft] = asked.as_slice() else { panic!("{asked:?}") };
    assert!(matches!(bench.home.update(Message::WelcomeLeft), Action::Welcomed));
    assert!(!bench.shows(WELCOME) && bench.shows("新建草稿"));
}

#[test]
fn one_who_has_had_a_draft_is_not_welcomed() {
    let mut bench = Bench::new(&["甲公司"]);
    bench.change(bin::Message::RemoveAsked(Item::Draft(bench.draft(0)), "它".to_owned()));
    assert!(!bench.shows(WELCOME), "it lies in the bin");
    let mut bench = Bench::new(&[]);
    bench.home.last = Some("20240101-1".to_owned());
    assert!(!bench.shows(WELCOME));
    bench.home.last = None;
    bench.home.drafts = None;
    assert!(!bench.shows(WELCOME), "nothing is known yet");
}

#[test]
fn a_file_is_opened_from_it_and_problems_are_told_on_it() {
    let mut bench = Bench::new(&[]);
    let asked = bench.press("已有草稿或材料包？打开文件……");
    assert!(matches!(&asked[..], [Message::File(file::Message::Asked)]));
    bench.home.tell("磁盘已满");
    assert!(bench.shows(WELCOME) && bench.shows("磁盘已满"));
}

#[test]
fn it_is_whole_in_a_narrow_window() {
    crate::app::launch::load_font();
    let bench = Bench::new(&[]);
    let font = iced::Font::with_name("Noto Sans SC");
    let settings = iced::Settings { default_font: font, ..iced::Settings::default() };
    let size = iced::Size::new(450.0, 900.0);
    let mut ui = Simulator::with_size(settings, size, bench.home.view());
    for words in ["我是揭榜的中小企业", "我是发榜的大企业", "开始填写", "先看填好的示例"]
    {
        let found = ui.find(words).unwrap();
        let bounds = found.visible_bounds().unwrap();
        assert!(bounds.x >= 0.0 && bounds.x + bounds.width <= size.width, "{words}: {bounds:?}");
    }
}
