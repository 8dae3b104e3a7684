//! Tables and figures of odd drafts, and at odd moments: nothing is lost, and nothing goes astray.

use super::*;
use crate::app::screen::editor::blocks::{Message as Blocks, TableChange};
use crate::app::screen::editor::find::Message as Find;
use crate::domain::{Object, Table};

const TEAM: &str = "/applications/0/plan/team";

fn at(rest: &str) -> Field {
    Field::new(format!("{TEAM}{rest}"))
}

fn opened(table: Table) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().to_owned()).unwrap();
    let notice = bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap();
    let mut draft = Draft::new(notice.id.clone(), Role::Solver);
    draft.applications[0].plan.team.push(Object::Table(table));
    let id = store.create(&draft).unwrap();
    let lock = store.lock(&id).unwrap();
    let clock = || jiff::civil::date(2024, 7, 1);
    let (editor, _task) = State::open(store, id, draft, Arc::new(notice.clone()), lock, clock);
    let mut bench = Bench { _folder: folder, editor };
    bench.check();
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    bench
}

fn rows(rows: &[&[&str]]) -> Table {
    let rows = rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect();
    Table { header: true, rows, ..Table::default() }
}

fn table(bench: &Bench, block: usize) -> &Table {
    match bench.editor.draft().body(&at("")).unwrap().object(block) {
        Some(Object::Table(table)) => table,
        other => panic!("{other:?} is no table"),
    }
}

fn paste(words: &str) -> text_editor::Action {
    text_editor::Action::Edit(text_editor::Edit::Paste(Arc::new(words.to_owned())))
}

#[test]
fn wide_shares_do_not_break_the_view() {
    let mut hostile = rows(&[&["a", "b"], &["c", "d"]]);
    hostile.widths = vec![65_535, 65_535];
    let bench = opened(hostile);
    assert!(bench.shows("首行是表头"));
}

#[test]
fn cells_of_a_short_row_can_be_filled_in() {
    let mut bench = opened(rows(&[&["姓名", "职务"], &["张示例"]]));
    let cell = "/applications/0/plan/team/1/rows/1/1";
    bench.on_screen(|ui| {
        ui.click(selector::id(cell)).expect("the empty cell has a box");
        ui.typewrite("所长");
    });
    assert_eq!(table(&bench, 1).cell(1, 1), "所长");
}

#[test]
fn a_match_in_a_far_row_is_on_the_screen() {
    let mut table = Table::empty(1, 90);
    table.rows[80][0] = "目标".to_owned();
    let mut bench = opened(table);
    let _task = bench.editor.open_find();
    bench.send(Message::Find(Find::NeedleTyped("目标".into())));
    bench.send(Message::Find(Find::Next));
    assert_eq!(bench.editor.focus, Some(at("/1/rows/80/0")));
    let cell = "/applications/0/plan/team/1/rows/80/0";
    assert!(screen(bench.editor.view()).find(selector::id(cell)).is_ok(), "row 81 is not shown");
}

#[test]
fn prose_pasted_into_a_cell_overwrites_nothing() {
    let mut bench = opened(rows(&[&["任务"], &["写好的一"], &["写好的二"], &["写好的三"]]));
    bench.focus("/applications/0/plan/team/1/rows/1/0");
    bench.send(Message::Edited(at("/1/rows/1/0"), paste("第一段。\n第二段。\n第三段。")));
    let table = table(&bench, 1);
    let kept = table.rows.iter().flatten().any(|cell| cell.contains("写好的二"));
    assert!(kept || bench.editor.toast.is_some(), "overwritten without a word: {:?}", table.rows);
}

#[test]
fn visited_goes_back_with_an_undo() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    bench.send(Message::Blocks(Blocks::TableWanted(None)));
    bench.focus("/applications/0/plan/team/1/caption");
    bench.focus(TEAM);
    assert!(bench.editor.checking.is_shown(&at("/1/caption")));
    bench.focus(TEAM);
    bench.send(Message::Blocks(Blocks::TableWanted(None)));
    bench.send(Message::Undone);
    assert!(bench.editor.checking.is_shown(&at("/1/caption")), "the visited table is as unvisited");
}

#[test]
fn huge_override_addresses_do_not_panic() {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    let huge = "/applications/0/plan/team/1/rows/18446744073709551615/0";
    draft.set_override(&huge.into(), "glyph", "x");
    let notice = bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap();
    let context = crate::rules::check::Context {
        today: jiff::civil::date(2024, 7, 1),
        missing_files: Default::default(),
    };
    let _found = crate::rules::check::check(&draft, notice, &context);
    let _title = Field::from(huge).title();
}

#[test]
fn inserting_before_a_huge_address_does_not_panic() {
    let mut bench = Bench::new(Role::Solver);
    Arc::make_mut(&mut bench.editor.draft).set_override(
        &"/applications/0/plan/team/18446744073709551614".into(),
        "glyph",
        "x",
    );
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    bench.send(Message::Blocks(Blocks::TableWanted(None)));
}

#[test]
fn a_paste_of_text_shows_no_passing_line() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    bench.focus(TEAM);
    bench.send(Message::Edited(at(""), paste("一段话")));
    bench.send(Message::Blocks(Blocks::PictureLookedFor(at(""))));
    assert!(!bench.shows("正在复制图片……"), "a line comes and goes with every paste of text");
}

#[test]
fn a_late_picture_leaves_the_keyboard_where_one_writes() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("路线.png");
    std::fs::write(&picture, include_bytes!("../../../../../tests/fixtures/figure.png")).unwrap();
    bench.send(Message::Blocks(Blocks::PictureWanted(None)));
    let picked = crate::app::dialog::Picked::Paths(vec![picture.clone()]);
    bench.send(Message::Blocks(Blocks::PicturePicked(1, picked)));
    bench.focus(TEAM);
    bench.send(Message::Edited(at(""), paste("正在写的话")));
    let kept = bench.editor.blobs.attach_picture(&picture).map(Some).map_err(|e| e.to_string());
    bench.send(Message::Blocks(Blocks::PictureKept(1, Ok(kept))));
    assert_eq!(bench.editor.focus, Some(at("")), "the next key goes into the caption");
}

#[test]
fn a_reason_does_not_pass_to_what_word_puts_in_its_place() {
    use crate::app::screen::editor::word::Message as Word;
    use crate::export::docx::read::{ImportedLetter, ImportedSection};
    let mut own = rows(&[&["\u{e000}"], &["a"]]);
    own.caption = "甲".into();
    let mut bench = opened(own);
    bench.send(Message::Reasoned(at("/1/rows/0/0"), "glyph", "执照上的字".into()));
    let mut body = crate::domain::Body::from("别的");
    body.push(Object::Table(rows(&[&["\u{e001}"], &["b"]])));
    let section = ImportedSection { name: "plan/team", heading: "攻关团队".into(), body };
    let letter = ImportedLetter { sections: vec![section], ..ImportedLetter::default() };
    bench.send(Message::Word(Word::Asked(0)));
    let read = Ok(Ok(("旧稿.docx".to_owned(), letter)));
    bench.send(Message::Word(Word::Read(bench.editor.word.count, read)));
    bench.send(Message::Word(Word::Taken));
    assert_eq!(table(&bench, 1).cell(0, 0), "\u{e001}");
    assert!(bench.editor.draft().overrides.is_empty(), "{:?}", bench.editor.draft().overrides);
}

#[test]
fn a_figure_without_a_picture_is_no_missing_file() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = crate::store::Blobs::beside(&folder.path().join("draft.json"));
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.applications[0].plan.route.push(Object::Figure(crate::domain::Figure::default()));
    assert!(blobs.missing(&draft).is_empty(), "{:?}", blobs.missing(&draft));
}

#[test]
fn a_copy_without_evidence_says_nothing_of_evidence() {
    let mut bench = Bench::new(Role::Solver);
    Arc::make_mut(&mut bench.editor.draft).applications[0]
        .plan
        .route
        .push(Object::Figure(crate::domain::Figure::default()));
    let folder = tempfile::tempdir().unwrap();
    let copied = bench.editor.copy_job(folder.path().to_owned(), false)().unwrap();
    assert_eq!(copied.evidence, 0, "a folder that is not there is named: 佐证文件在它旁边的…");
}

#[test]
fn two_states_that_differ_read_differently() {
    let mut then = Draft::new("shanghai-2024", Role::Solver);
    then.applications[0].plan.team.push(Object::Table(rows(&[&["甲　乙"], &["丙　丁"]])));
    let mut now = Draft::new("shanghai-2024", Role::Solver);
    now.applications[0].plan.team.push(Object::Table(rows(&[&["甲", "乙"], &["丙", "丁"]])));
    let notice = bundled().iter().find(|notice| notice.id == "shanghai-2024").unwrap();
    let found = crate::app::screen::editor::differences::differences(&then, &now, notice);
    assert!(!found.is_empty());
}

#[test]
fn findings_stand_right_after_an_undo() {
    let mut bench = opened(rows(&[&["\u{e000}"], &["a"]]));
    let glyph = |bench: &Bench| {
        let found = bench.editor.checking.findings().iter().find(|f| f.rule == "glyph");
        found.map(|f| f.field.clone())
    };
    assert_eq!(glyph(&bench), Some(at("/1/rows/0/0")));
    bench.focus(TEAM);
    bench.send(Message::Blocks(Blocks::TableWanted(None)));
    assert_eq!(glyph(&bench), Some(at("/3/rows/0/0")));
    bench.send(Message::Undone);
    assert_eq!(glyph(&bench), Some(at("/1/rows/0/0")), "until the next check");
}

#[test]
fn shifting_keeps_blank_lines() {
    let mut body = crate::domain::Body::from("一\n\n二\n");
    body.push(Object::Table(Table::default()));
    body.push_text("三");
    let lines = |body: &crate::domain::Body| {
        let texts = [0, 2].map(|n| body.text(n).unwrap().clone());
        texts.join("\n").split('\n').count()
    };
    let before = lines(&body);
    let mut at = 1;
    for up in [true, true, false, false] {
        at = body.shift(at, up).unwrap();
    }
    assert_eq!(lines(&body), before, "{body:?}");
}

#[test]
fn a_table_without_rows_gets_one_that_can_be_filled_in() {
    let mut bench = opened(Table::default());
    bench.send(Message::Blocks(Blocks::Table(at("/1"), TableChange::AddRow)));
    assert!(table(&bench, 1).columns() > 0, "a row without cells: {:?}", table(&bench, 1).rows);
}

#[test]
fn a_find_does_not_replace_in_what_was_not_shown() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Typed(at(""), "目标".into()));
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    bench.send(Message::Blocks(Blocks::TableWanted(None)));
    bench.send(Message::Typed(at("/1/caption"), "目标一".into()));
    let _task = bench.editor.open_find();
    bench.send(Message::Find(Find::NeedleTyped("目标".into())));
    bench.send(Message::Find(Find::ReplacementTyped("指标".into())));
    bench.send(Message::Find(Find::Next));
    bench.send(Message::Find(Find::Next));
    let shown = bench.editor.focus.clone();
    assert_eq!(shown, Some(at("/1/caption")));
    bench.focus(TEAM);
    bench.send(Message::Blocks(Blocks::TableWanted(None)));
    bench.send(Message::Typed(at("/1/caption"), "目标新".into()));
    bench.send(Message::Find(Find::Replaced));
    assert_eq!(bench.editor.draft().text(&at("/1/caption")), Some("目标新"), "another text");
}

#[test]
fn boxes_are_made_of_the_rows_shown_only() {
    let mut large = Table::empty(20, 500);
    large.rows.iter_mut().flatten().for_each(|cell| *cell = "字".into());
    let bench = opened(large);
    assert!(bench.editor.texts.get(&at("/1/rows/400/0")).is_none(), "10 000 boxes are made");
}

#[test]
fn a_picture_finds_its_figure_that_has_moved() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    let draft = Arc::make_mut(&mut bench.editor.draft);
    draft.applications[0].plan.team.push(Object::Figure(crate::domain::Figure::default()));
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("路线.png");
    std::fs::write(&picture, include_bytes!("../../../../../tests/fixtures/figure.png")).unwrap();
    bench.send(Message::Blocks(Blocks::PictureWanted(Some(at("/1")))));
    let picked = crate::app::dialog::Picked::Paths(vec![picture.clone()]);
    bench.send(Message::Blocks(Blocks::PicturePicked(1, picked)));
    bench.focus(TEAM);
    bench.send(Message::Blocks(Blocks::TableWanted(None)));
    let kept = bench.editor.blobs.attach_picture(&picture).map(Some).map_err(|e| e.to_string());
    bench.send(Message::Blocks(Blocks::PictureKept(1, Ok(kept))));
    let figures = bench.editor.draft().body(&at("")).unwrap().figures().count();
    assert_eq!(figures, 1, "the figure is without a picture still, and there is a second one");
}

#[test]
fn an_import_given_up_by_a_press_says_so() {
    use crate::app::screen::editor::word::Message as Word;
    use crate::export::docx::read::{ImportedLetter, ImportedPicture, ImportedSection};
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    let section =
        ImportedSection {
            name: "plan/team", heading: "攻关团队".into(), body: "别的".into()
        };
    let bytes = Arc::new(include_bytes!("../../../../../tests/fixtures/figure.png").to_vec());
    let picture = ImportedPicture { file: crate::domain::Attachment::default(), bytes };
    let letter = ImportedLetter {
        sections: vec![section],
        pictures: vec![picture],
        ..ImportedLetter::default()
    };
    bench.send(Message::Word(Word::Asked(0)));
    let read = Ok(Ok(("旧稿.docx".to_owned(), letter)));
    bench.send(Message::Word(Word::Read(bench.editor.word.count, read)));
    bench.send(Message::Word(Word::Taken));
    bench.send(Message::SectionChosen(2));
    bench.send(Message::Word(Word::Stored(bench.editor.word.count, Ok(Ok(())))));
    let words = bench.editor.draft().text(&at("")).unwrap();
    assert!(
        words == "别的" || bench.editor.toast.is_some(),
        "neither imported nor said: {words:?}"
    );
}

#[test]
fn a_match_in_a_caption_is_marked_and_brought_into_view() {
    let mut bench = opened(Table { caption: "目标表".into(), ..Table::empty(1, 1) });
    let _task = bench.editor.open_find();
    bench.send(Message::Find(Find::NeedleTyped("目标".into())));
    bench.send(Message::Find(Find::Next));
    assert_eq!(bench.editor.focus, Some(at("/1/caption")));
    assert!(bench.editor.shows_match(&at("/1/caption")));
}
