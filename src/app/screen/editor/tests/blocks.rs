//! Tables and figures of the letter.

use std::path::Path;

use super::*;
use crate::app::screen::editor::blocks::{Message as Blocks, TableChange};
use crate::domain::{Guide, Object, Table};

const TEAM: &str = "/applications/0/plan/team";

fn at(rest: &str) -> Field {
    Field::new(format!("{TEAM}{rest}"))
}

/// A letter whose team is shown, with these words.
fn team(words: &str) -> Bench {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Typed(at(""), words.to_owned()));
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench.send(Message::SectionChosen(2));
    bench
}

fn paste(words: &str) -> text_editor::Action {
    text_editor::Action::Edit(text_editor::Edit::Paste(Arc::new(words.to_owned())))
}

impl Bench {
    fn blocks(&mut self, message: Blocks) {
        self.send(Message::Blocks(message));
    }

    fn table(&self, block: usize) -> &Table {
        match self.editor.draft().body(&at("")).unwrap().object(block) {
            Some(Object::Table(table)) => table,
            other => panic!("{other:?} is no table"),
        }
    }

    fn words(&self, rest: &str) -> &str {
        self.editor.draft().text(&at(rest)).unwrap()
    }

    /// A picture is chosen in the dialog and copied as a thread would.
    fn choose_picture(&mut self, number: u64, path: &Path) {
        let blobs = self.editor.blobs.clone();
        self.blocks(Blocks::PicturePicked(number, Picked::Paths(vec![path.to_owned()])));
        let kept = blobs.attach_picture(path).map(Some).map_err(|error| error.to_string());
        self.blocks(Blocks::PictureKept(number, Ok(kept)));
    }
}

#[test]
fn the_table_the_notice_asks_about_is_put_in_filled_and_taken_back() {
    let mut bench = team("团队共 9 人。");
    bench.on_screen(|ui| {
        ui.click("插入“攻关团队”表").unwrap();
    });
    assert_eq!(bench.table(1).rows[0], Guide::Team.columns());
    assert_eq!(bench.editor.focus, Some(at("/1/rows/1/0")), "the first cell to be filled in");
    assert!(!bench.shows("插入“攻关团队”表"), "it is there");
    bench.on_screen(|ui| {
        ui.click(selector::id("/applications/0/plan/team/1/rows/1/0")).unwrap();
        ui.typewrite("张示例");
    });
    assert_eq!(bench.table(1).cell(1, 0), "张示例");
    assert!(bench.shows("11 字") || bench.editor.counts.applications[0].total > 8);
    bench.send(Message::Undone);
    bench.send(Message::Undone);
    assert!(bench.editor.draft().body(&at("")).unwrap().is_plain());
    assert_eq!(bench.words(""), "团队共 9 人。");
    assert!(bench.shows("已撤销：插入“攻关团队”表。"));
    bench.send(Message::Redone);
    assert_eq!(bench.table(1).rows.len(), 4);
}

#[test]
fn an_object_comes_behind_the_paragraph_with_the_caret() {
    let mut bench = team("第一段\n第二段");
    bench.focus(TEAM);
    let position = text_editor::Position { line: 0, column: 3 };
    bench.editor.texts.select(&at(""), position, position);
    bench.blocks(Blocks::TableWanted(None));
    assert_eq!((bench.words(""), bench.words("/2")), ("第一段", "第二段"));
    bench.on_screen(|ui| {
        ui.click(selector::id("/applications/0/plan/team/2")).unwrap();
        ui.typewrite("新");
    });
    assert!(bench.words("/2").contains('新'), "the text behind a table is written on");
}

#[test]
fn rows_and_columns_come_where_the_caret_is_and_go_with_one_undo() {
    let mut bench = team("");
    bench.blocks(Blocks::TableWanted(Some(Guide::Team)));
    bench.send(Message::Typed(at("/1/rows/2/1"), "高工".into()));
    bench.focus("/applications/0/plan/team/1/rows/1/0");
    bench.blocks(Blocks::Table(at("/1"), TableChange::AddRow));
    assert_eq!((bench.table(1).rows.len(), bench.table(1).cell(3, 1)), (5, "高工"));
    assert_eq!(bench.editor.focus, Some(at("/1/rows/2/0")), "the caret is in the new row");
    bench.blocks(Blocks::Table(at("/1"), TableChange::RemoveColumn));
    assert_eq!((bench.table(1).columns(), bench.table(1).cell(3, 0)), (4, "高工"));
    bench.send(Message::Undone);
    bench.send(Message::Undone);
    assert_eq!((bench.table(1).rows.len(), bench.table(1).cell(2, 1)), (4, "高工"));
}

#[test]
fn cells_from_excel_go_into_the_cells_from_the_caret_on() {
    let mut bench = team("");
    bench.blocks(Blocks::TableWanted(Some(Guide::Team)));
    let cells = paste("张示例\t所长\r\n李示例\t\"高工\n博士\"\r\n");
    bench.send(Message::Edited(at("/1/rows/1/0"), cells));
    assert_eq!(bench.table(1).cell(2, 1), "高工\n博士");
    assert_eq!(bench.editor.texts.get(&at("/1/rows/2/0")).unwrap().text(), "李示例");
    bench.send(Message::Edited(at("/1/rows/3/0"), paste("王示例")));
    assert_eq!(bench.table(1).cell(3, 0), "王示例", "one cell is text");
}

#[test]
fn a_table_pasted_into_a_text_becomes_one_and_as_text_where_that_is_wanted() {
    let mut bench = team("团队如下。");
    bench.focus(TEAM);
    bench.send(Message::Edited(at(""), paste("姓名\t职务\r\n张示例\t所长")));
    assert_eq!(bench.table(1).cell(1, 1), "所长");
    assert!(bench.table(1).header && bench.shows("表 1"));
    bench.send(Message::Undone);
    bench.blocks(Blocks::PlainPasted(at(""), Some("姓名\t职务\r\n张示例\t所长".into())));
    assert!(bench.words("").contains("姓名　职务"), "{}", bench.words(""));
}

#[test]
fn an_object_is_moved_and_removed_and_the_right_one() {
    let mut bench = team("一\n二");
    bench.blocks(Blocks::TableWanted(None));
    bench.send(Message::Typed(at("/1/caption"), "甲".into()));
    bench.blocks(Blocks::TableWanted(None));
    bench.send(Message::Typed(at("/3/caption"), "乙".into()));
    bench.blocks(Blocks::Moved(at("/3"), true));
    assert_eq!((bench.words("/1/caption"), bench.words("/3/caption")), ("乙", "甲"));
    bench.blocks(Blocks::Removed(at("/1")));
    assert_eq!(bench.words("/1/caption"), "甲");
    assert!(bench.shows("已删除表 1。"));
    bench.send(Message::Undone);
    assert_eq!((bench.words("/1/caption"), bench.words("/3/caption")), ("乙", "甲"));
}

#[test]
fn references_in_the_text_follow_their_tables_and_come_back() {
    let mut bench = team("成员见表 1。");
    bench.send(Message::Typed(Field::application(0, "cooperation"), "同表1、表 2".into()));
    bench.blocks(Blocks::TableWanted(None));
    bench.send(Message::Typed(at("/1/caption"), "成员".into()));
    bench.send(Message::SectionChosen(0));
    bench.blocks(Blocks::TableWanted(None));
    assert_eq!(bench.words(""), "成员见表 2。");
    let cooperation = Field::application(0, "cooperation");
    assert_eq!(bench.editor.draft().text(&cooperation), Some("同表2、表 2"));
    assert!(bench.shows("图表的序号变了，正文里提到它们的 2 处已跟着改。"));
    bench.send(Message::Undone);
    assert_eq!(bench.words(""), "成员见表 1。");
    assert_eq!(bench.editor.draft().text(&cooperation), Some("同表1、表 2"));
}

#[test]
fn a_reason_stays_with_its_cell_when_a_table_comes_before_it() {
    let mut bench = team("一");
    bench.blocks(Blocks::TableWanted(None));
    bench.send(Message::Typed(at("/1/rows/0/0"), "\u{e000}".into()));
    bench.check();
    bench.send(Message::Reasoned(at("/1/rows/0/0"), "glyph", "执照上的字".into()));
    bench.focus(TEAM);
    bench.blocks(Blocks::TableWanted(None));
    let kept = &bench.editor.draft().overrides[0];
    assert_eq!(kept.field, at("/3/rows/0/0"));
    bench.blocks(Blocks::Removed(at("/3")));
    assert!(bench.editor.draft().overrides.is_empty());
}

#[test]
fn a_picture_is_kept_with_the_draft_and_one_that_is_none_is_told() {
    let mut bench = team("");
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("路线.png");
    std::fs::write(&picture, include_bytes!("../../../../../tests/fixtures/figure.png")).unwrap();
    bench.blocks(Blocks::PictureWanted(None));
    bench.choose_picture(1, &picture);
    let draft = bench.editor.draft().clone();
    let (_, figure) = draft.body(&at("")).unwrap().figures().next().unwrap();
    assert_eq!(figure.file.name, "路线.png");
    assert!(figure.pixels[0] > 0 && bench.editor.blobs.read(&figure.file).is_ok());
    assert!(bench.shows("图 1"));
    let text = folder.path().join("说明.png");
    std::fs::write(&text, "不是图片").unwrap();
    bench.blocks(Blocks::PictureWanted(Some(at("/1"))));
    bench.choose_picture(2, &text);
    let (_, now) = bench.editor.draft().body(&at("")).unwrap().figures().next().unwrap();
    assert_eq!(now, figure, "what was there stays");
    bench.blocks(Blocks::Width(at("/1"), Some(-10)));
    let (_, now) = bench.editor.draft().body(&at("")).unwrap().figures().next().unwrap();
    assert_eq!(now.width, 70);
}

#[test]
fn a_picture_dropped_on_the_letter_is_a_figure_and_a_scan_is_evidence() {
    let mut bench = team("");
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("路线.PNG");
    std::fs::write(&picture, include_bytes!("../../../../../tests/fixtures/figure.png")).unwrap();
    let _task = bench.editor.dropped(picture.clone());
    let kept = bench.editor.blobs.attach_picture(&picture).map(Some).map_err(|e| e.to_string());
    bench.blocks(Blocks::PictureKept(1, Ok(kept)));
    assert_eq!(bench.editor.draft().body(&at("")).unwrap().figures().count(), 1);
    let _task = bench.editor.dropped(folder.path().join("证书.pdf"));
    assert!(bench.editor.arrivals.is_copying(), "it is on its way into the evidence");
    assert_eq!(bench.editor.draft().body(&at("")).unwrap().figures().count(), 1);
}

#[test]
fn what_the_notice_asks_for_is_named_until_it_is_written() {
    let mut bench = team("");
    bench.check();
    assert!(bench.shows("还没看到：团队成员与分工、曾主持或参与的项目"));
    bench.send(Message::Typed(at(""), "负责人张示例曾主持 2 项市级项目。".into()));
    bench.check();
    assert!(bench.shows("通知要求写的，看来都写到了"));
}

#[test]
fn the_outline_leads_to_sections_and_tables_and_says_what_is_missing() {
    let mut bench = team("团队成员 9 人，分工明确。");
    bench.blocks(Blocks::TableWanted(Some(Guide::Team)));
    bench.send(Message::SectionChosen(0));
    bench.on_screen(|ui| {
        ui.click("提纲").unwrap();
    });
    assert!(bench.shows("还没看到：曾主持或参与的项目"));
    bench.on_screen(|ui| {
        ui.click("表 1　攻关团队").unwrap();
    });
    assert_eq!(bench.editor.section, 2);
    assert_eq!(bench.editor.focus, Some(at("/1/caption")));
    assert!(bench.shows("首行是表头"));
}

#[test]
fn a_large_table_shows_some_rows_and_goes_to_those_that_are_wanted() {
    let mut bench = team("");
    bench.blocks(Blocks::TableWanted(None));
    let rows: Vec<String> = (0..80).map(|n| format!("第{n}人\t分工")).collect();
    bench.send(Message::Edited(at("/1/rows/0/0"), paste(&rows.join("\n"))));
    assert!(bench.shows("第 1—30 行，共 80 行"));
    let cell = "/applications/0/plan/team/1/rows/70/0";
    bench.editor.keyboard = false;
    bench.blocks(Blocks::RowsShown(at("/1"), 60));
    bench.on_screen(|ui| {
        ui.click(selector::id(cell)).unwrap();
        ui.typewrite("新");
    });
    assert!(bench.table(1).cell(70, 0).contains('新'));
}
