#![allow(clippy::unwrap_used, clippy::panic)]

use iced::advanced::widget::operation::focusable;
use iced::advanced::{clipboard, mouse};
use iced::widget::Id;
use iced_test::Simulator;
use iced_test::selector;

use super::*;
use crate::app::widget::Element;
use crate::domain::Role;
use crate::rules::notice::bundled;

mod blocks;
mod dates;
mod evidence;
mod letter;
mod odd_blocks;
mod profiles;
mod stale;
mod steady;
mod told;
mod travel;
mod versions;
mod word;

/// An editor over a store of its own.
struct Bench {
    _folder: tempfile::TempDir,
    editor: State,
}

impl Bench {
    fn new(role: Role) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned()).unwrap();
        let notice = bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap();
        let draft = Draft::new(notice.id.clone(), role);
        let id = store.create(&draft).unwrap();
        let lock = store.lock(&id).unwrap();
        let clock = || jiff::civil::date(2024, 7, 1);
        let (editor, _task) = State::open(store, id, draft, Arc::new(notice.clone()), lock, clock);
        let mut bench = Self { _folder: folder, editor };
        bench.check();
        bench
    }

    /// The check that a thread would do.
    fn check(&mut self) {
        let (draft, roster) = (Arc::clone(&self.editor.draft), self.editor.roster.clone());
        let report = self.editor.check_job()(draft, roster);
        self.send(Message::Checked(Ok(Some(report))));
    }

    fn send(&mut self, message: Message) {
        let _task = self.editor.update(message, Instant::now());
    }

    /// Does something on the screen and takes in the messages that come of it.
    fn on_screen(&mut self, act: impl FnOnce(&mut Simulator<'_, Message>)) {
        let mut ui = screen(self.editor.view());
        act(&mut ui);
        let messages: Vec<Message> = ui.into_messages().collect();
        for message in messages {
            self.send(message);
        }
        self.check();
    }

    /// Lets `events` happen where the control called `id` has the keyboard.
    fn with_keyboard<const N: usize>(&mut self, id: &'static str, events: [iced::Event; N]) {
        use iced_test::runtime::{UserInterface, user_interface::Cache};
        let mut renderer = iced::Renderer::new(iced::Font::default(), iced::Pixels(14.0));
        let (size, view) = (Size::new(1280.0, 2400.0), self.editor.view());
        let mut ui = UserInterface::build(view, size, Cache::default(), &mut renderer);
        ui.operate(&renderer, &mut focusable::focus::<()>(Id::new(id)));
        let mut messages = Vec::new();
        let (mut clipboard, cursor) = (clipboard::Null, mouse::Cursor::Unavailable);
        let _status = ui.update(&events, cursor, &mut renderer, &mut clipboard, &mut messages);
        drop(ui);
        messages.into_iter().for_each(|message| self.send(message));
        self.check();
    }

    fn shows(&self, words: &str) -> bool {
        screen(self.editor.view()).find(words.to_owned()).is_ok()
    }

    fn focus(&mut self, field: &str) {
        let id = Some(Id::from(field.to_owned()));
        self.send(Message::FocusFound(Focused::at(id)));
    }
}

fn screen(view: Element<'_, Message>) -> Simulator<'_, Message> {
    crate::app::launch::load_font();
    let settings = iced::Settings {
        default_font: iced::Font::with_name("Noto Sans SC"),
        ..iced::Settings::default()
    };
    Simulator::with_size(settings, Size::new(1280.0, 2800.0), view)
}

fn name() -> Field {
    Field::from("/company/name")
}

#[test]
fn typed_text_lands_in_the_draft_letter_by_letter() {
    let mut bench = Bench::new(Role::Solver);
    for typed in ["示", "例"] {
        bench.on_screen(|ui| {
            ui.click(selector::id("/company/name")).unwrap();
            ui.typewrite(typed);
        });
    }
    assert_eq!(bench.editor.draft().company.name, "示例");
    assert!(bench.editor.tick().is_some(), "it waits to be saved");
}

#[test]
fn a_gap_is_told_only_after_the_blank_was_visited() {
    let mut bench = Bench::new(Role::Solver);
    let message = bench.editor.findings_of(&name()).next().unwrap().message.clone();
    bench.focus("/company/name");
    assert!(!bench.shows(&message));
    bench.focus("/company/short_name");
    assert!(bench.shows(&message));
    bench.on_screen(|ui| {
        ui.click(selector::id("/company/name")).unwrap();
        ui.typewrite("示例公司");
    });
    assert!(!bench.shows(&message));
}

#[test]
fn an_export_that_was_tried_marks_the_steps_with_gaps() {
    let mut bench = Bench::new(Role::Solver);
    for step in Step::all(bench.editor.draft()) {
        assert_eq!(bench.editor.checking.mark(step), Mark::Empty, "{step:?} of an empty draft");
    }
    bench.send(Message::StepChosen(Step::Export));
    bench.on_screen(|ui| {
        ui.click("导出草稿").unwrap();
    });
    assert_eq!(bench.editor.checking.mark(Step::Company), Mark::Error);
}

#[test]
fn an_opened_draft_has_the_keyboard_in_its_first_blank_which_is_not_visited_by_that() {
    let mut bench = Bench::new(Role::Solver);
    assert_eq!(bench.editor.focus, Some(name()));
    let message = bench.editor.findings_of(&name()).next().unwrap().message.clone();
    bench.send(Message::StepChosen(Step::Profile));
    assert_eq!(bench.editor.focus, Some(Field::from("/matching/profile")));
    bench.send(Message::StepChosen(Step::Company));
    assert!(!bench.shows(&message));
}

#[test]
fn a_finding_of_the_list_leads_to_its_blank() {
    let mut bench = Bench::new(Role::Solver);
    let postcode = Field::from("/company/postcode");
    let message = bench.editor.findings_of(&postcode).next().unwrap().message.clone();
    bench.send(Message::StepChosen(Step::Export));
    bench.on_screen(|ui| {
        ui.click(message).unwrap();
    });
    assert_eq!(bench.editor.step, Step::Company);
    assert_eq!(bench.editor.focus, Some(postcode));
}

#[test]
fn a_demand_is_added_removed_and_comes_back() {
    let mut bench = Bench::new(Role::Demander);
    bench.send(Message::Typed(Field::demand(0, "name"), "阻燃材料".into()));
    bench.send(Message::StepChosen(Step::Demand(0)));
    bench.on_screen(|ui| {
        ui.click("再加一项需求").unwrap();
    });
    assert_eq!((bench.editor.draft().demands.len(), bench.editor.step), (2, Step::Demand(1)));
    bench.send(Message::StepChosen(Step::Demand(0)));
    bench.on_screen(|ui| {
        ui.click(selector::id("symbol:删除:/demands/0")).unwrap();
    });
    assert_eq!(bench.editor.draft().demands.len(), 1);
    bench.on_screen(|ui| {
        ui.click("撤销").unwrap();
    });
    let names: Vec<&str> = bench.editor.draft().demands.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["阻燃材料", ""]);
}

#[test]
fn undo_brings_back_the_words_in_the_box_for_paragraphs_too() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Profile));
    let profile = Field::from("/matching/profile");
    bench.on_screen(|ui| {
        ui.click(selector::id("/matching/profile")).unwrap();
        ui.typewrite("公司概况");
    });
    assert_eq!(bench.editor.draft().matching.profile, "公司概况");
    bench.send(Message::Undone);
    assert_eq!(bench.editor.texts.get(&profile).unwrap().text(), "");
    bench.send(Message::Redone);
    assert_eq!(bench.editor.texts.get(&profile).unwrap().text(), "公司概况");
}

#[test]
fn a_region_and_an_industry_are_picked_from_what_is_offered() {
    let mut bench = Bench::new(Role::Solver);
    bench.focus("/company/region/province");
    bench.on_screen(|ui| {
        ui.click("上海市").unwrap();
    });
    assert_eq!(bench.editor.draft().company.region.province, "上海市");
    bench.send(Message::Typed(Field::from("/company/industry"), "jsj".into()));
    let offered = assist::suggestions(bench.editor.draft(), &Field::from("/company/industry"));
    let label = offered[0].label.clone();
    bench.on_screen(|ui| {
        ui.click(label).unwrap();
    });
    assert_eq!(bench.editor.draft().company.industry, "39");
}

#[test]
fn choices_are_ticked() {
    let mut bench = Bench::new(Role::Solver);
    bench.on_screen(|ui| {
        ui.click("民营").unwrap();
    });
    assert_eq!(bench.editor.draft().company.ownership, Some(crate::domain::Ownership::Private));
    bench.send(Message::StepChosen(Step::Submission));
    bench.on_screen(|ui| {
        ui.click("浦东 · 中小企业推进服务中心").unwrap();
    });
    assert_eq!(bench.editor.draft().submission.contact, "pudong");
}

#[test]
fn a_draft_open_in_another_window_is_shown_and_not_changed() {
    let mut bench = Bench::new(Role::Solver);
    bench.editor.may_write = false;
    bench.send(Message::Typed(name(), "改动".into()));
    bench.send(Message::Grouped(Group::Applications, Change::Remove(0)));
    assert_eq!(*bench.editor.draft(), Draft::new("shanghai-2024", Role::Solver));
    assert!(bench.editor.tick().is_none());
    assert!(bench.shows("这份草稿正在另一个窗口中编辑，这里只能查看。"));
}

#[test]
fn leaving_saves_what_was_typed_last() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Typed(name(), "最后一笔".into()));
    let action = bench.editor.update(Message::HomeAsked, Instant::now());
    assert!(matches!(action, Action::GoHome));
    bench.editor.flush().unwrap();
    assert!(!bench.editor.is_unsaved());
    let saved = bench.editor.store.load(&bench.editor.id).unwrap();
    assert_eq!(saved.company.name, "最后一笔");
}

#[test]
fn a_finding_leads_to_its_blank_and_a_key_back_to_the_list() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Export));
    bench.on_screen(|ui| {
        ui.click("请填写“企业名称”。").unwrap();
    });
    assert_eq!((bench.editor.step, bench.editor.focus.clone()), (Step::Company, Some(name())));
    let way_back = if cfg!(target_os = "macos") {
        "回到检查与导出"
    } else {
        "回到检查与导出（Alt+←）"
    };
    assert!(bench.shows(way_back));
    let _action = bench.editor.shortcut(Shortcut::Back);
    assert_eq!(bench.editor.step, Step::Export);
    bench.send(Message::StepChosen(Step::Company));
    assert!(!bench.shows(way_back));
}

#[test]
fn a_doubtful_finding_is_confirmed_with_a_reason_and_the_box_for_it_stays() {
    let mut bench = Bench::new(Role::Solver);
    let code = Field::from("/company/credit_code");
    bench.send(Message::Typed(code.clone(), "914403001922038217".into()));
    bench.focus("/company/name");
    bench.check();
    let finding = bench.editor.findings_of(&code).find(|f| f.overridable).unwrap().clone();
    assert_eq!(finding.severity, crate::rules::Severity::Error);
    for words in ["与执照", "一致"] {
        bench.on_screen(|ui| {
            ui.click(selector::id(format!("reason:{code}:{}", finding.rule))).unwrap();
            ui.simulate([iced::Event::InputMethod(iced::advanced::input_method::Event::Commit(
                words.to_owned(),
            ))]);
        });
    }
    let reason = bench.editor.draft().override_reason(&code, finding.rule).unwrap();
    assert!(reason.contains("与执照") && reason.contains("一致"), "{reason}");
    let now = bench.editor.findings_of(&code).find(|f| f.rule == finding.rule).unwrap();
    assert_eq!(now.severity, crate::rules::Severity::Warning);
}

#[test]
fn words_of_an_input_method_land_in_every_kind_of_box() {
    let mut bench = Bench::new(Role::Solver);
    let commit = |words: &str| {
        iced::Event::InputMethod(iced::advanced::input_method::Event::Commit(words.to_owned()))
    };
    bench.on_screen(|ui| {
        ui.click(selector::id("/company/name")).unwrap();
        ui.simulate([commit("示例公司")]);
    });
    bench.send(Message::StepChosen(Step::Profile));
    bench.on_screen(|ui| {
        ui.click(selector::id("/matching/profile")).unwrap();
        ui.simulate([commit("主营改性材料")]);
    });
    let draft = bench.editor.draft();
    assert_eq!(draft.company.name, "示例公司");
    assert_eq!(draft.matching.profile, "主营改性材料");
}

#[test]
fn the_class_of_an_industry_is_asked_only_where_the_size_needs_it() {
    let mut bench = Bench::new(Role::Solver);
    assert!(!bench.shows("行业中类"));
    bench.send(Message::Typed(Field::from("/company/industry"), "70".into()));
    assert!(bench.shows("行业中类"));
}

#[test]
fn a_letter_that_is_too_long_says_so_in_the_letter() {
    let mut bench = Bench::new(Role::Solver);
    let part = Field::application(0, "plan/route");
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::Typed(part.clone(), "字".repeat(6001)));
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.check();
    let letter = Field::from("/applications/0");
    let message = bench.editor.findings_of(&letter).next().unwrap().message.clone();
    assert!(bench.shows(&message));
    assert!(bench.shows("共 6001 / 6000 字，超出 1 字"));
}

#[test]
fn an_office_named_by_the_notice_is_shown_and_not_asked() {
    let mut bench = Bench::new(Role::Demander);
    bench.send(Message::StepChosen(Step::Submission));
    assert!(bench.shows("于老师"));
    assert!(!bench.shows("浦东 · 中小企业推进服务中心"));
}

#[test]
fn alone_the_text_stands_without_steps_and_page_and_they_come_back() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    assert!(bench.shows("拟揭榜事项") && bench.editor.panes.page_width() > 0.0);
    let _action = bench.editor.shortcut(Shortcut::Wide);
    assert!(!bench.shows("拟揭榜事项") && bench.editor.panes.page_width() == 0.0);
    assert!(bench.editor.texts.get(&Field::application(0, "introduction")).is_some());
    let _action = bench.editor.shortcut(Shortcut::Wide);
    assert!(bench.shows("拟揭榜事项"));
}

#[test]
fn steps_are_gone_through_by_keys_and_round() {
    let mut bench = Bench::new(Role::Solver);
    let _action = bench.editor.shortcut(Shortcut::NextStep);
    assert_eq!(bench.editor.step, Step::Profile);
    let _action = bench.editor.shortcut(Shortcut::PreviousStep);
    let _action = bench.editor.shortcut(Shortcut::PreviousStep);
    assert_eq!(bench.editor.step, Step::Export);
}

#[test]
fn the_reasons_of_the_size_are_shown_when_asked_for() {
    let mut bench = Bench::new(Role::Solver);
    for (field, words) in [("industry", "29"), ("employees", "200"), ("revenue", "8600")] {
        bench.send(Message::Typed(Field::from(format!("/company/{field}").as_str()), words.into()));
    }
    let lines = assist::size_class(bench.editor.draft());
    assert!(lines.len() > 1 && bench.shows(&lines[0]) && !bench.shows(&lines[1]));
    bench.on_screen(|ui| {
        ui.click("看计算依据").unwrap();
    });
    assert!(bench.shows(&lines[1]));
}

#[test]
fn an_example_can_be_looked_at_beside_what_is_written() {
    let mut bench = Bench::new(Role::Solver);
    let profile = Field::from("/matching/profile");
    bench.send(Message::Typed(profile.clone(), "已经写了".into()));
    bench.send(Message::StepChosen(Step::Profile));
    let example = profile.spec().unwrap().example.as_str();
    assert!(!bench.shows(example));
    bench.on_screen(|ui| {
        ui.click("看个例子（F4）").unwrap();
    });
    assert!(bench.shows(example));
    let _task = bench.editor.shortcut(Shortcut::Example);
    assert!(!bench.shows(example), "the key does what the button does");
    let _task = bench.editor.shortcut(Shortcut::Example);
    assert!(bench.shows(example));
    bench.send(Message::StepChosen(Step::Company));
    let _task = bench.editor.shortcut(Shortcut::Example);
    assert!(bench.shows("这里没有例子；有例子的栏在标题右边写着“看个例子”。"));
}

#[test]
fn of_a_long_clause_one_line_is_shown_until_more_is_wanted() {
    let mut bench = Bench::new(Role::Solver);
    bench.on_screen(|ui| {
        ui.click("大型").unwrap();
    });
    let size = Field::from("/company/size");
    let clauses = bench.editor.findings_of(&size).map(|found| found.clause.clone());
    let long = clauses.max_by_key(String::len).unwrap();
    assert!(long.chars().count() > 60 && !bench.shows(&long), "{long}");
    bench.on_screen(|ui| {
        ui.click("展开").unwrap();
    });
    assert!(bench.shows(&long));
    bench.on_screen(|ui| {
        ui.click("收起").unwrap();
    });
    assert!(!bench.shows(&long));
}

#[test]
fn what_is_pasted_from_a_word_processor_lands_clean_and_whole() {
    let mut bench = Bench::new(Role::Solver);
    let profile = Field::from("/matching/profile");
    bench.send(Message::StepChosen(Step::Profile));
    let words = std::sync::Arc::new("主营\u{00A0}材料\u{000B}\u{F0B7}\t研发".to_owned());
    let paste = text_editor::Action::Edit(text_editor::Edit::Paste(words));
    bench.send(Message::Edited(profile, paste));
    assert_eq!(bench.editor.draft().matching.profile, "主营 材料\n· 研发");
}

#[test]
fn what_would_change_a_draft_that_is_only_looked_at_cannot_be_pressed_on_the_export_page() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Export));
    for (may, after) in [(true, 1), (false, 0)] {
        if !may {
            bench.editor.may_write = false;
        }
        let mut ui = screen(bench.editor.view());
        ui.click("同时写出可编辑的 Word 文件（.docx）").unwrap();
        assert_eq!(ui.into_messages().count(), after);
    }
}
