//! Kept company data: kept from a draft, filled into another, and never over what was written in silence.

use super::*;
use crate::app::screen::editor::profile::Message as Shelf;
use crate::domain::{Company, Ownership};

fn company(name: &str) -> Company {
    Company { name: name.to_owned(), ..Company::default() }
}

impl Bench {
    /// Keeps data as another draft would, and lists them as a thread would.
    fn shelve(&mut self, company: &Company) {
        self.editor.store.keep_profile(company).unwrap();
        self.list_shelf();
    }

    fn list_shelf(&mut self) {
        let _task = self.editor.list_profiles();
        // The one under way finds what is out of date; one more was asked for.
        for _ in 0..2 {
            let listed = Ok(Ok(self.editor.store.profiles().unwrap()));
            self.send(Message::Profile(Shelf::Listed(listed)));
        }
    }

    fn choose_first(&mut self) {
        let id = self.editor.store.profiles().unwrap()[0].id.clone();
        self.send(Message::Profile(Shelf::Chosen(id)));
    }
}

#[test]
fn kept_data_are_listed_chosen_and_taken_back_as_one_change() {
    let mut bench = Bench::new(Role::Solver);
    bench.list_shelf();
    assert!(!bench.shows("填入企业资料……"), "there are none");
    let kept = Company {
        credit_code: "91310115MA0000293R".into(),
        ownership: Some(Ownership::Private),
        ..company("甲公司")
    };
    bench.shelve(&kept);
    bench.on_screen(|ui| {
        ui.click("填入企业资料……").unwrap();
    });
    bench.list_shelf();
    bench.on_screen(|ui| {
        ui.click("甲公司").unwrap();
    });
    assert_eq!(bench.editor.draft().company, kept);
    assert!(bench.shows("已填入企业资料，共 3 处。"));
    assert!(bench.shows("与存好的企业资料相同。"));
    bench.on_screen(|ui| {
        ui.click("撤销").unwrap();
    });
    assert_eq!(bench.editor.draft().company, Company::default());
}

#[test]
fn what_is_overwritten_is_named_and_comes_back() {
    let mut bench = Bench::new(Role::Solver);
    let typed = [("name", "甲公司"), ("fax", "021-1"), ("email", "a@b.cn")];
    for (blank, words) in typed {
        bench.send(Message::Typed(Field::new(format!("/company/{blank}")), words.into()));
    }
    bench.send(Message::Chosen(Field::from("/company/ownership"), 0));
    let before = bench.editor.draft().company.clone();
    let kept = Company {
        fax: "021-2".into(),
        postcode: "200000".into(),
        ownership: Some(Ownership::Private),
        ..company("甲公司")
    };
    bench.shelve(&kept);
    assert!(bench.shows("存好的企业资料与这里有 4 处不同。"));
    bench.choose_first();
    let words = "已填入企业资料，共 3 处。其中 2 处原来填了别的内容，已经换掉：传真、企业性质。";
    assert!(bench.shows(words));
    assert_eq!(bench.editor.draft().company.email, "a@b.cn");
    // It stays until it has been read.
    bench.send(Message::Typed(Field::from("/company/address"), "路".into()));
    assert!(bench.shows(words));
    bench.send(Message::Undone);
    bench.send(Message::Undone);
    assert_eq!(bench.editor.draft().company, before);
}

#[test]
fn data_are_kept_under_the_name_and_what_they_replace_is_said_before() {
    let mut bench = Bench::new(Role::Solver);
    bench.on_screen(|ui| {
        ui.click("存为企业资料").unwrap();
    });
    assert!(bench.editor.toast.is_none(), "without a name there is nothing to keep");
    bench.send(Message::Typed(name(), "甲公司".into()));
    bench.shelve(&Company { fax: "旧".into(), ..company("甲公司") });
    assert!(bench.shows("存好的企业资料与这里有 1 处不同。") && !bench.shows("存为企业资料"));
    let mut ui = screen(bench.editor.view());
    ui.click("更新企业资料").unwrap();
    let asked: Vec<Message> = ui.into_messages().collect();
    assert!(matches!(&asked[..], [Message::Profile(Shelf::KeepAsked)]));
    let kept = bench.editor.store.keep_profile(&bench.editor.draft().company).unwrap();
    bench.send(Message::Profile(Shelf::Kept(Ok(Ok(kept)))));
    assert!(bench.shows("企业资料已更新，原来的一份在首页的回收站里。"));
    assert_eq!(bench.editor.store.profile_bin().unwrap().len(), 1);
    bench.list_shelf();
    bench.send(Message::Profile(Shelf::KeepAsked));
    assert!(bench.shows("与存好的企业资料相同，不用更新。"));
}

#[test]
fn a_damaged_file_is_shown_with_its_problem_beside_the_others() {
    let mut bench = Bench::new(Role::Solver);
    bench.shelve(&company("甲公司"));
    bench.shelve(&company("乙公司"));
    let mut profiles = bench.editor.store.profiles().unwrap();
    let problem = "企业资料“x.json”有误".to_owned();
    profiles[0].company = Err(problem.clone());
    let whole = profiles[1].title().to_owned();
    bench.send(Message::Profile(Shelf::Listed(Ok(Ok(profiles)))));
    bench.send(Message::Profile(Shelf::Toggled));
    assert!(bench.shows(&problem) && bench.shows(&whole));
}

#[test]
fn escape_hides_the_list_and_a_window_that_only_looks_has_none() {
    let mut bench = Bench::new(Role::Solver);
    bench.shelve(&company("甲公司"));
    bench.send(Message::Profile(Shelf::Toggled));
    assert!(bench.shows("甲公司"));
    let _task = bench.editor.escape();
    assert!(!bench.shows("甲公司"));
    bench.editor.may_write = false;
    assert!(!bench.shows("填入企业资料……"));
    bench.choose_first();
    assert_eq!(bench.editor.draft().company, Company::default());
}
