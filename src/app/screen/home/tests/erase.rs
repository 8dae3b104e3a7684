//! Taking what lies in the bin off the disk.

use super::*;
use crate::app::screen::home::erase as asking;

#[test]
fn what_lies_in_the_bin_goes_for_good_only_when_the_person_means_it() {
    let mut bench = Bench::new(&["甲公司", "乙公司", "丙公司"]);
    let kept = bench.keep("丁公司");
    for index in [0, 0] {
        let id = bench.draft(index);
        bench.change(bin::Message::RemoveAsked(Item::Draft(id), "它".to_owned()));
    }
    bench.change(bin::Message::RemoveAsked(Item::Profile(kept), "丁公司".to_owned()));
    bench.send(Message::Bin(bin::Message::Toggled));
    let one = bench.home.bin[0].id.clone();
    let name = bench.home.bin[0].company.clone();
    let erase = |message| Message::Bin(bin::Message::Erase(message));
    bench.send(erase(asking::Message::OneAsked(Item::Draft(one.clone()))));
    let asked = format!("{:?}", bench.home.erasing);
    assert!(asked.contains(&name) && asked.contains("谁也找不回来"), "{asked}");
    bench.press("不删除");
    assert!(bench.home.erasing.is_none() && bench.shows("清空回收站……"));
    bench.press("清空回收站……");
    let asked = format!("{:?}", bench.home.erasing);
    assert!(asked.contains("2 份草稿") && asked.contains("“丁公司” 1 份企业资料"), "{asked}");
    // What comes into the bin while it is asked was not named.
    let late = bench.draft(0);
    bench.home.store.remove(&late).unwrap();
    let Action::Run(task) = bench.home.update(erase(asking::Message::Meant)) else { panic!() };
    bench.finish(task);
    let left: Vec<DraftId> = bench.home.store.bin().unwrap().into_iter().map(|e| e.id).collect();
    assert_eq!(left, [late]);
    assert!(bench.home.store.profile_bin().unwrap().is_empty());
    assert!(bench.home.problem.is_none() && bench.shows("回收站（1）"));
}
