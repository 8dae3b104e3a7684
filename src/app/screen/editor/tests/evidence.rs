//! Files on their way into the evidence, and what becomes of them when groups change meanwhile.

use super::*;
use crate::app::screen::editor::arrivals::Target;
use crate::domain::{Attachment, Evidence};

fn file(name: &str) -> Attachment {
    Attachment { name: name.to_owned(), bytes: 2048, ..Attachment::default() }
}

/// A letter with so many pieces of evidence, on their page.
fn bench_with(pieces: &[&str]) -> Bench {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Evidence(0)));
    for (m, name) in pieces.iter().enumerate() {
        bench.send(Message::Grouped(Group::Evidence(0), Change::Add));
        bench.send(Message::Typed(Field::evidence(0, m, "name"), (*name).to_owned()));
    }
    bench
}

/// A copy into piece m of the letter begins; the number of its ticket.
fn copy_begins(bench: &mut Bench, m: usize, name: &str) -> u64 {
    let to = Target::of(&bench.editor.roster, 0, m).unwrap();
    bench.editor.arrivals.copy(to, false, vec![name.to_owned()]).0
}

fn ends(bench: &mut Bench, number: u64, name: &str) {
    bench.send(Message::Attached(number, Ok(vec![Ok(file(name))])));
}

/// Names of the pieces with the names of their files.
fn pieces(bench: &Bench, letter: usize) -> Vec<(String, Vec<String>)> {
    let names = |piece: &Evidence| piece.files.iter().map(|file| file.name.clone()).collect();
    let pieces = &bench.editor.draft().applications[letter].evidence;
    pieces.iter().map(|piece| (piece.name.clone(), names(piece))).collect()
}

fn piece(name: &str, files: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), files.iter().map(|&file| file.to_owned()).collect())
}

#[test]
fn what_is_found_wrong_with_a_file_leads_to_its_own_piece() {
    let mut window = super::steady::Window::new(bench_with(&["甲", "乙", "丙"]));
    let mut place = |m| window.container(Field::evidence(0, m, "files").pointer()).unwrap();
    let (first, last) = (place(0), place(2));
    assert!(last.y > first.y + 2.0 * first.height, "{first:?}, {last:?}");
}

#[test]
fn a_file_is_attached_and_taken_off_again() {
    let mut bench = bench_with(&[]);
    assert!(bench.shows("加一项佐证材料"));
    let number = copy_begins(&mut bench, 0, "专利证书.pdf");
    assert!(bench.shows("正在复制“专利证书.pdf”……"));
    let results = vec![Ok(file("专利证书.pdf")), Err("“坏.txt”不收".into())];
    bench.send(Message::Attached(number, Ok(results)));
    assert!(bench.shows("专利证书.pdf") && bench.shows("2 KB") && bench.shows("“坏.txt”不收"));
    bench.send(Message::FileRemoved(0, 0, 0));
    assert!(bench.editor.draft().applications[0].evidence[0].files.is_empty());
    bench.on_screen(|ui| {
        ui.click("撤销").unwrap();
    });
    assert!(bench.shows("专利证书.pdf") && bench.shows("已撤销：取下文件“专利证书.pdf”。"));
}

#[test]
fn a_file_lands_in_its_piece_wherever_that_was_moved_meanwhile() {
    let mut bench = bench_with(&["甲", "乙", "丙"]);
    let number = copy_begins(&mut bench, 1, "乙.pdf");
    bench.send(Message::Grouped(Group::Evidence(0), Change::MoveUp(1)));
    bench.send(Message::Grouped(Group::Evidence(0), Change::Duplicate(0)));
    bench.send(Message::Grouped(Group::Evidence(0), Change::Remove(2)));
    ends(&mut bench, number, "乙.pdf");
    assert_eq!(pieces(&bench, 0), [piece("乙", &["乙.pdf"]), piece("乙", &[]), piece("丙", &[])]);
    let number = copy_begins(&mut bench, 2, "丙.pdf");
    bench.send(Message::Grouped(Group::Applications, Change::Duplicate(0)));
    bench.send(Message::Grouped(Group::Applications, Change::MoveDown(0)));
    ends(&mut bench, number, "丙.pdf");
    assert_eq!(pieces(&bench, 1).last(), Some(&piece("丙", &["丙.pdf"])));
    assert_eq!(pieces(&bench, 0).last(), Some(&piece("丙", &[])));
}

#[test]
fn a_file_whose_piece_is_gone_gets_a_new_one_and_finds_it_again_after_undo() {
    let mut bench = bench_with(&["甲", "乙"]);
    let (first, second) =
        (copy_begins(&mut bench, 0, "1.pdf"), copy_begins(&mut bench, 0, "2.pdf"));
    bench.send(Message::Grouped(Group::Evidence(0), Change::Remove(0)));
    ends(&mut bench, first, "1.pdf");
    ends(&mut bench, second, "2.pdf");
    assert_eq!(pieces(&bench, 0), [piece("乙", &[]), piece("", &["1.pdf", "2.pdf"])]);
    let mut bench = bench_with(&["甲", "乙"]);
    let number = copy_begins(&mut bench, 0, "甲.pdf");
    bench.send(Message::Grouped(Group::Evidence(0), Change::Remove(0)));
    bench.send(Message::Undone);
    ends(&mut bench, number, "甲.pdf");
    assert_eq!(pieces(&bench, 0), [piece("甲", &["甲.pdf"]), piece("乙", &[])]);
}

#[test]
fn a_file_whose_letter_is_gone_is_told_by_name_and_goes_nowhere_else() {
    let mut bench = bench_with(&["甲"]);
    let number = copy_begins(&mut bench, 0, "证书.pdf");
    bench.send(Message::Grouped(Group::Applications, Change::Add));
    bench.send(Message::Grouped(Group::Applications, Change::Remove(0)));
    ends(&mut bench, number, "证书.pdf");
    assert!(bench.editor.draft().attachments().next().is_none());
    assert!(
        bench.shows(
            "没有添加“证书.pdf”：要放进的申请书在复制的时候删除了。请在别的事项里重新添加。"
        )
    );
}

#[test]
fn files_dropped_together_share_a_new_piece() {
    let mut bench = bench_with(&[]);
    for _ in 0..2 {
        let _task = bench.editor.dropped(PathBuf::from("/没有/这个.pdf"));
    }
    for number in [1, 2] {
        ends(&mut bench, number, &format!("{number}.pdf"));
    }
    assert_eq!(pieces(&bench, 0), [piece("", &["1.pdf", "2.pdf"])]);
    assert!(!bench.editor.is_copying());
}

#[test]
fn a_copy_can_be_stopped_and_then_adds_nothing() {
    let mut bench = bench_with(&["甲"]);
    let number = copy_begins(&mut bench, 0, "大.pdf");
    assert_eq!(bench.editor.tick().map(|(_, tick)| tick), Some(Tick::Save));
    bench.editor.flush().unwrap();
    assert_eq!(bench.editor.tick().map(|(_, tick)| tick), Some(Tick::Copy));
    bench.on_screen(|ui| {
        ui.click("停止").unwrap();
    });
    assert!(bench.shows("正在停止……") && bench.editor.is_copying());
    ends(&mut bench, number, "大.pdf");
    assert_eq!(pieces(&bench, 0), [piece("甲", &[])]);
    assert!(bench.shows("已停止复制，没有添加“大.pdf”。"));
}

#[test]
fn a_file_that_arrives_while_another_step_is_shown_is_told() {
    let mut bench = bench_with(&["甲"]);
    let number = copy_begins(&mut bench, 0, "证书.pdf");
    bench.send(Message::StepChosen(Step::Company));
    ends(&mut bench, number, "证书.pdf");
    assert!(bench.shows("已把“证书.pdf”添加到“佐证材料 1”。"));
    bench.send(Message::Undone);
    assert_eq!(bench.editor.step, Step::Evidence(0));
}

#[test]
fn a_path_typed_for_a_piece_goes_with_it() {
    let mut bench = bench_with(&["甲", "乙"]);
    let to = Target::of(&bench.editor.roster, 0, 1).unwrap();
    let number = bench.editor.arrivals.ask(to);
    assert!(bench.editor.is_copying(), "a dialog is open");
    bench.send(Message::AttachPicked(number, Picked::Unavailable));
    assert!(!bench.editor.is_copying());
    bench.send(Message::PathTyped("/没有/这个.pdf".into()));
    bench.send(Message::Grouped(Group::Evidence(0), Change::MoveUp(1)));
    let (target, typed) = bench.editor.typed_path.clone().unwrap();
    assert_eq!((target.at(&bench.editor.roster), typed.as_str()), (Some((0, 0)), "/没有/这个.pdf"));
    bench.send(Message::PathGiven);
    ends(&mut bench, number + 1, "这个.pdf");
    assert_eq!(pieces(&bench, 0), [piece("乙", &["这个.pdf"]), piece("甲", &[])]);
    assert!(bench.editor.typed_path.is_none());
}

#[test]
fn nothing_is_asked_for_where_the_draft_is_only_looked_at() {
    let mut bench = bench_with(&["甲"]);
    bench.editor.may_write = false;
    bench.send(Message::AttachAsked(0, 0));
    let _task = bench.editor.dropped(PathBuf::from("/没有/这个.pdf"));
    assert!(!bench.editor.is_copying());
    assert!(bench.editor.toast.is_some());
}
