//! Leaving a draft: what is saved on the way out, and what is asked.

use super::*;
use crate::app::window::leaving::Message as Answer;

fn make_room(folder: &tempfile::TempDir) {
    let drafts = folder.path().join("drafts");
    std::fs::remove_file(&drafts).unwrap();
    std::fs::rename(folder.path().join("aside"), &drafts).unwrap();
}

#[test]
fn what_cannot_be_saved_is_given_up_only_when_the_person_says_so() {
    for ask in [Message::CloseAsked, Message::Shortcut(Shortcut::New)] {
        let (_folder, mut app) = app_that_cannot_save();
        for _ in 0..3 {
            send(&mut app, ask.clone(), is_asking);
            assert!(app.editor.is_some() && shows(&app, "最后的改动还没有保存"));
        }
        assert!(shows(&app, "再试一次") && shows(&app, "另存为文件……"));
        answer(&mut app, Answer::Retried);
        assert!(app.editor.is_some() && app.leaving.is_some());
        answer(&mut app, Answer::Stayed);
        assert!(!shows(&app, "最后的改动还没有保存"));
        type_name(&mut app, "还在编辑");
        assert_eq!(name(&app), "还在编辑");
    }
    let (_folder, mut app) = app_that_cannot_save();
    go_home(&mut app);
    answer(&mut app, Answer::GivenUp);
    assert!(app.editor.is_none() && app.leaving.is_none());
}

#[test]
fn once_there_is_room_again_the_next_try_saves_and_leaves() {
    let (folder, mut app) = app_that_cannot_save();
    go_home(&mut app);
    make_room(&folder);
    answer(&mut app, Answer::Retried);
    assert!(app.editor.is_none());
    let saved = app.store.list().unwrap();
    assert_eq!(saved.first().map(|entry| entry.company.as_str()), Some("存不下"));
}

#[test]
fn a_copy_elsewhere_holds_the_last_words_and_lets_the_person_go() {
    let (folder, mut app) = app_that_cannot_save();
    close(&mut app);
    let stick = folder.path().join("U 盘");
    std::fs::create_dir(&stick).unwrap();
    let copied = app.editor.as_ref().unwrap().copy_job(stick.clone(), false)();
    let path = copied.as_ref().unwrap().path.clone();
    assert_eq!(path.parent(), Some(stick.as_path()));
    assert_eq!(crate::store::file::read_draft(&path).unwrap().company.name, "存不下");
    answer(&mut app, Answer::Copied(Ok(copied)));
    assert!(shows(&app, "关闭窗口") && app.editor.is_some());
    assert!(answer(&mut app, Answer::GivenUp), "closed");
}

#[test]
fn a_copy_that_fails_is_told_and_the_question_stays() {
    let (_folder, mut app) = app_that_cannot_save();
    close(&mut app);
    answer(&mut app, Answer::CopyPicked(Picked::Unavailable));
    answer(&mut app, Answer::PathTyped("U盘".into()));
    answer(&mut app, Answer::PathGiven);
    let refused = crate::app::dialog::typed_path("U盘").unwrap_err();
    assert!(shows(&app, &refused) && shows(&app, "另存到这里"));
}

#[test]
fn when_room_comes_by_itself_while_it_is_asked_leaving_costs_nothing() {
    let (folder, mut app) = app_that_cannot_save();
    go_home(&mut app);
    make_room(&folder);
    app.editor.as_mut().unwrap().flush().unwrap();
    let session = app.session;
    act(&mut app, Message::Editor(session, editor::Message::ToastClosed));
    assert!(shows(&app, "现在已经保存好了。") && !shows(&app, "另存为文件……"));
    answer(&mut app, Answer::Retried);
    assert!(app.editor.is_none());
}

/// An export that nobody works at: it is under way until it is said to have ended.
fn app_that_exports() -> (tempfile::TempDir, App) {
    let (folder, mut app, _id) = app();
    let target = folder.path().join("out").display().to_string();
    for message in [export::Message::FolderTyped(target), export::Message::Started] {
        let message = editor::Message::Export(message);
        let session = app.session;
        act(&mut app, Message::Editor(session, message));
    }
    assert!(app.editor.as_ref().unwrap().is_exporting());
    (folder, app)
}

fn export_ends(app: &mut App) {
    let ended = export::Message::Finished(Ok(Err(export::Unwritten::Cancelled)));
    let ended = Message::Editor(app.session, editor::Message::Export(ended));
    send(app, ended, |app| app.editor.is_none() || is_asking(app));
}

#[test]
fn an_export_under_way_is_waited_for_or_stopped_before_the_draft_is_left() {
    let (_folder, mut app) = app_that_exports();
    go_home(&mut app);
    assert!(shows(&app, "继续等待") && shows(&app, "停止并离开"));
    answer(&mut app, Answer::Stayed);
    assert!(app.leaving.is_none() && app.editor.as_ref().unwrap().is_exporting());
    go_home(&mut app);
    answer(&mut app, Answer::Stopped);
    assert!(app.editor.is_some() && shows(&app, "正在停止……"));
    export_ends(&mut app);
    assert!(app.editor.is_none() && app.leaving.is_none());
}

#[test]
fn an_export_that_ends_while_it_is_asked_leaves_the_choice() {
    let (_folder, mut app) = app_that_exports();
    close(&mut app);
    export_ends(&mut app);
    assert!(app.editor.is_some() && shows(&app, "关闭窗口") && shows(&app, "回去接着填写"));
}

#[test]
fn a_disk_that_does_not_answer_holds_nobody() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "还没写到磁盘");
    // What the thread would do stays undone.
    let _task = app.update(Message::CloseAsked);
    assert_eq!(app.store.load(&id).unwrap().company.name, "");
    assert!(!shows(&app, "不再等待，马上离开"), "a quick disk is not spoken of");
    let _task = app.update(Message::Leaving(Answer::Waited));
    assert!(shows(&app, "回去接着填写") && shows(&app, "不再等待，马上离开"));
    assert!(answer(&mut app, Answer::GivenUp), "closed");
}

#[test]
fn what_is_typed_while_the_draft_is_being_saved_is_saved_too() {
    let (_folder, mut app, id) = app();
    type_name(&mut app, "先");
    let task = app.update(Message::CloseAsked);
    type_name(&mut app, "先后");
    assert!(run(&mut app, task, |_| false, |_, _| {}));
    assert_eq!(app.store.load(&id).unwrap().company.name, "先后");
}

#[test]
fn while_a_copy_is_being_written_the_person_can_go_back_and_is_told_all_the_same() {
    let (folder, mut app) = app_that_cannot_save();
    close(&mut app);
    let path = folder.path().join("另存.json");
    let picked = Answer::CopyPicked(Picked::Paths(vec![path.clone()]));
    let _task = app.update(Message::Leaving(picked));
    assert!(shows(&app, "正在另存……") && shows(&app, "回去接着填写"));
    answer(&mut app, Answer::Stayed);
    let copied = app.editor.as_ref().unwrap().copy_job(path, false)();
    answer(&mut app, Answer::Copied(Ok(copied)));
    assert!(app.leaving.is_none());
    assert!(screen(&app).find(selector::id("symbol:知道了")).is_ok());
}

/// Evidence that is asked for in a dialog nobody answers.
fn app_that_asks_for_files() -> (tempfile::TempDir, App) {
    let (folder, mut app, _id) = app();
    let _task = app.update(Message::Editor(app.session, editor::Message::AttachAsked(0, 0)));
    assert!(app.editor.as_ref().unwrap().is_copying());
    (folder, app)
}

#[test]
fn files_on_their_way_are_waited_for_or_given_up_before_the_draft_is_left() {
    let (_folder, mut app) = app_that_asks_for_files();
    close(&mut app);
    assert!(shows(&app, "还在添加佐证文件") && shows(&app, "继续等待"));
    answer(&mut app, Answer::Stayed);
    assert!(app.leaving.is_none() && app.editor.as_ref().unwrap().is_copying());
    go_home(&mut app);
    answer(&mut app, Answer::Stopped);
    assert!(app.editor.is_none() && app.leaving.is_none());
}

#[test]
fn files_that_arrive_while_it_is_asked_leave_the_choice() {
    let (_folder, mut app) = app_that_asks_for_files();
    go_home(&mut app);
    let cancelled = editor::Message::AttachPicked(1, Picked::Cancelled);
    let cancelled = Message::Editor(app.session, cancelled);
    act(&mut app, cancelled);
    assert!(app.editor.is_some() && shows(&app, "回到草稿列表") && shows(&app, "回去接着填写"));
}

#[test]
fn a_draft_file_dropped_on_an_open_draft_is_opened_after_that_was_saved() {
    let (folder, mut app, id) = app();
    type_name(&mut app, "先前的");
    let mut sent = Draft::new("shanghai-2024", Role::Demander);
    "寄来的公司".clone_into(&mut sent.company.name);
    let path = folder.path().join("寄来的.jiebang");
    crate::store::file::write_draft(&path, &sent).unwrap();
    let opened = |app: &App| app.editor.as_ref().is_some_and(|editor| *editor.id() != id);
    send(&mut app, Message::Dropped(path), opened);
    assert!(opened(&app) && app.leaving.is_none());
    assert_eq!(app.store.load(&id).unwrap().company.name, "先前的");
}

#[test]
fn what_is_dropped_where_it_does_not_belong_is_told_of_by_what_it_is() {
    let (folder, mut app, _) = app();
    for (name, told) in [
        ("申请书.docx", "要导入申请书，请先打开“申请书”这一步，再把 Word 文件拖进来。"),
        ("证书.pdf", "要添加佐证文件，请先打开“佐证材料”这一步，再把文件拖进来。"),
    ] {
        act(&mut app, Message::Dropped(folder.path().join(name)));
        assert!(shows(&app, told), "{name}");
    }
}

#[test]
fn a_copy_that_is_stopped_is_waited_for_and_adds_nothing() {
    let (folder, mut app, id) = app();
    let letter = editor::Message::StepChosen(editor::Step::Evidence(0));
    let _task = app.update(Message::Editor(app.session, letter));
    let _task = app.update(Message::Dropped(folder.path().join("证书.pdf")));
    go_home(&mut app);
    let _task = app.update(Message::Leaving(Answer::Stopped));
    assert!(app.editor.is_some() && shows(&app, "正在停止……"));
    let ended = editor::Message::Attached(1, Ok(vec![Ok(crate::domain::Attachment::default())]));
    let ended = Message::Editor(app.session, ended);
    send(&mut app, ended, |app| app.editor.is_none());
    assert!(app.editor.is_none());
    assert!(app.store.load(&id).unwrap().attachments().next().is_none());
}

#[test]
fn a_copy_in_a_file_is_made_when_it_is_wanted_and_the_draft_gone_on_with() {
    let (folder, mut app, id) = app();
    type_name(&mut app, "有备份的");
    let _task = app.update(Message::Shortcut(Shortcut::SaveElsewhere));
    assert!(shows(&app, "选择位置……") && !shows(&app, "再试一次"));
    answer(&mut app, Answer::CopyPicked(Picked::Cancelled));
    assert!(app.leaving.is_none(), "who closes the dialog wants no copy");
    let _task = app.update(Message::Shortcut(Shortcut::SaveElsewhere));
    let path = folder.path().join("备份");
    let picked = Answer::CopyPicked(Picked::Paths(vec![path]));
    let copied =
        |app: &App| app.leaving.as_ref().is_some_and(|one| format!("{one:?}").contains("Copied("));
    send(&mut app, Message::Leaving(picked), copied);
    let file = folder.path().join("备份.jiebang");
    assert_eq!(crate::store::file::read_draft(&file).unwrap().company.name, "有备份的");
    answer(&mut app, Answer::Stayed);
    assert_eq!(app.editor.as_ref().unwrap().id(), &id);
    // What is there is replaced when the same place is asked for again.
    type_name(&mut app, "改过的");
    let _task = app.update(Message::Shortcut(Shortcut::SaveElsewhere));
    answer(&mut app, Answer::PathTyped(file.display().to_string()));
    let refused = |app: &App| shows(app, "已经有了");
    for (done, kept) in [(&refused as &dyn Fn(&App) -> bool, "有备份的"), (&copied, "改过的")]
    {
        send(&mut app, Message::Leaving(Answer::PathGiven), done);
        assert_eq!(crate::store::file::read_draft(&file).unwrap().company.name, kept);
    }
    // The file leads back to this draft.
    let draft = crate::store::file::read_draft(&file).unwrap();
    assert_eq!(app.store.find_grown(&draft), Some(id));
}
