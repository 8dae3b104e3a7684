//! A letter taken over from Word: looked over first, then one change that can be taken back.

use super::*;
use crate::app::screen::editor::word::Message as Word;
use crate::domain::Application;
use crate::export::docx::read::read_letter;

/// A letter made by another program.
const LETTER: &[u8] = include_bytes!("../../../../../tests/letters/pandoc.docx");

fn bench() -> Bench {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::StepChosen(Step::Letter(0)));
    bench
}

impl Bench {
    /// The dialog and the reading, as a person and a thread would do them.
    fn read_word(&mut self) {
        self.send(Message::Word(Word::Asked(0)));
        let letter = read_letter(LETTER, &self.editor.notice.forms.application).unwrap();
        let read = Ok(Ok(("旧稿.docx".to_owned(), letter)));
        self.send(Message::Word(Word::Read(self.editor.word.count, read)));
    }

    /// The keeping of its pictures, as a thread would do it.
    fn store_pictures(&mut self) {
        let blobs = self.editor.blobs.clone();
        for picture in self.editor.word.open.as_ref().unwrap().letter.pictures.clone() {
            blobs.put_picture(&picture.file.name, &picture.bytes).unwrap();
        }
        self.send(Message::Word(Word::Stored(self.editor.word.count, Ok(Ok(())))));
    }

    fn part(&self, name: &str) -> &str {
        &self.editor.draft().applications[0].section(name).unwrap().opening
    }
}

#[test]
fn a_letter_is_looked_over_taken_over_as_one_change_and_taken_back() {
    let mut bench = bench();
    bench.editor.draft = {
        let mut draft = bench.editor.draft().clone();
        draft.applications[0].plan.risks = "原来写的风险".into();
        Arc::new(draft)
    };
    bench.read_word();
    assert!(bench.shows("“旧稿.docx”里认出了 8 个部分，将这样写入："));
    assert!(bench.shows("来自“（五）潜在问题及应对举措”，10 字；会替换已写的 6 字"));
    assert_eq!(bench.part("cooperation"), "", "nothing is written before it is wanted");
    bench.on_screen(|ui| {
        ui.click("导入 8 个部分").unwrap();
    });
    assert_eq!(bench.part("cooperation"), "", "its picture is kept first");
    bench.store_pictures();
    assert_eq!(bench.part("cooperation"), "项目委托。");
    assert_eq!(bench.part("plan/risks"), "原料涨价：锁定价格。");
    let letter = &bench.editor.draft().applications[0];
    assert_eq!(letter.plan.team.parts.len(), 1, "the table comes with the text");
    let (section, _, figure) = letter.figures().next().unwrap();
    assert_eq!((section, figure.pixels), ("introduction", [8, 8]));
    assert!(bench.editor.blobs.read(&figure.file).is_ok());
    let told = "已导入 8 个部分。其中 1 个部分原来写了别的内容，已经换掉：（五）潜在问题及应对。";
    assert!(bench.shows(told));
    assert!(bench.shows("下面的内容没有导入，可以复制后粘贴到合适的部分。"));
    let aside = bench.editor.word.open.as_ref().unwrap().aside.text();
    assert!(aside.contains("【五、附件说明】\n另附检测报告。"), "{aside}");
    bench.send(Message::SectionChosen(1));
    assert!(bench.shows("关闭"), "what could not be placed stays, to be copied from");
    assert!(bench.shows("二、中小企业技术创新能力情况"), "beside the section it is pasted into");
    bench.send(Message::Undone);
    assert_eq!(bench.part("plan/risks"), "原来写的风险");
    assert!(Application::SECTIONS.iter().filter(|name| !bench.part(name).is_empty()).count() == 1);
}

#[test]
fn what_was_read_is_put_away_by_escape_and_leaves_the_draft_alone() {
    let mut bench = bench();
    let before = bench.editor.draft().clone();
    bench.read_word();
    let _task = bench.editor.escape();
    assert!(!bench.shows("导入 8 个部分") && bench.shows("从 Word 文档导入……"));
    assert_eq!(*bench.editor.draft(), before);
    bench.read_word();
    bench.send(Message::SectionChosen(2));
    assert!(!bench.shows("导入 8 个部分"), "whoever goes on writing has decided");
    // An answer that comes late is nobody's any more.
    let letter = read_letter(LETTER, &bench.editor.notice.forms.application).unwrap();
    let late = Ok(Ok(("旧稿.docx".to_owned(), letter)));
    bench.send(Message::Word(Word::Read(bench.editor.word.count, late)));
    assert!(bench.editor.word.open.is_none());
}

#[test]
fn a_path_is_typed_where_there_is_no_dialog_and_a_refusal_is_told() {
    let mut bench = bench();
    bench.send(Message::Word(Word::Asked(0)));
    let number = bench.editor.word.count;
    bench.send(Message::Word(Word::Picked(number, Picked::Unavailable)));
    bench.on_screen(|ui| {
        ui.click(selector::id("word-path")).unwrap();
        ui.typewrite("旧稿.docx");
    });
    bench.send(Message::Word(Word::PathGiven));
    assert!(bench.shows(&crate::app::dialog::typed_path("旧稿.docx").unwrap_err()));
    let refusal = read_letter(b"no", &bench.editor.notice.forms.application).unwrap_err();
    let told = format!("“旧稿.docx”：{refusal}。");
    bench.send(Message::Word(Word::Read(number, Ok(Err(told.clone())))));
    assert!(told.contains("不是 Word 文件") && bench.shows(&told));
    assert!(bench.shows("读取"), "the path can be mended");
}

#[test]
fn a_letter_deleted_meanwhile_takes_nothing() {
    let mut bench = bench();
    bench.send(Message::Grouped(Group::Applications, Change::Add));
    bench.send(Message::Word(Word::Asked(0)));
    bench.send(Message::Grouped(Group::Applications, Change::Remove(0)));
    let letter = read_letter(LETTER, &bench.editor.notice.forms.application).unwrap();
    let read = Ok(Ok(("旧稿.docx".to_owned(), letter)));
    bench.send(Message::Word(Word::Read(bench.editor.word.count, read)));
    assert!(bench.editor.word.open.is_none());
    assert!(bench.part("cooperation").is_empty());
}

#[test]
fn nothing_is_taken_over_where_a_picture_cannot_be_kept() {
    let mut bench = bench();
    let before = bench.editor.draft().clone();
    bench.read_word();
    bench.send(Message::Word(Word::Taken));
    let number = bench.editor.word.count;
    bench.send(Message::Word(Word::Stored(number, Ok(Err("磁盘空间不足。".to_owned())))));
    assert!(bench.shows("没有导入：图片无法保存到草稿的附件文件夹。磁盘空间不足。"));
    assert_eq!(*bench.editor.draft(), before);
    assert!(bench.shows("导入 8 个部分"), "it can be tried again");
    // Put away while the pictures were kept: nothing lands.
    bench.send(Message::Word(Word::Taken));
    bench.send(Message::Word(Word::Closed));
    bench.send(Message::Word(Word::Stored(number, Ok(Ok(())))));
    assert_eq!(*bench.editor.draft(), before);
}
