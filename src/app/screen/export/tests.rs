#![allow(clippy::unwrap_used, clippy::panic)]

use iced_test::Simulator;

use super::*;
use crate::domain::Role;
use crate::export::package;

/// A sample in a store of its own, and the page that exports it.
struct Bench {
    store: crate::store::Store,
    id: crate::store::DraftId,
    draft: Draft,
    notice: Arc<Notice>,
    page: State,
    folder: tempfile::TempDir,
    /// The draft was checked and nothing found.
    found: bool,
}

impl Bench {
    fn new(role: Role) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = crate::store::Store::open(folder.path().join("data")).unwrap();
        let sample = crate::store::samples::sample("shanghai-2024", role).unwrap();
        let id = store.create_with(&sample.draft, |blobs| sample.put_files(blobs)).unwrap();
        let notices = crate::rules::notice::bundled();
        let notice = notices.iter().find(|notice| notice.id == "shanghai-2024").unwrap();
        let (draft, notice) = (sample.draft.clone(), Arc::new(notice.clone()));
        Self { store, id, draft, notice, page: State::default(), folder, found: true }
    }

    fn send(&mut self, message: Message) {
        let path = self.store.path(&self.id);
        let date = "2024-07-01".parse().unwrap();
        let subject = Subject {
            draft: &self.draft,
            notice: &self.notice,
            draft_path: &path,
            examiner: &Examiner::default(),
            fonts: self.fonts(),
            date,
        };
        let _action = self.page.update(message, &subject);
    }

    /// The small fonts of the tests.
    fn fonts(&self) -> Fonts {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/fonts");
        Fonts::within(self.store.root(), vec![folder.into()])
    }

    /// The export that a thread would do.
    fn export(&self) -> Result<Written, Unwritten> {
        self.job(Arc::default()).run()
    }

    fn job(&self, progress: Arc<Progress>) -> Job {
        Job {
            draft: self.draft.clone(),
            notice: Arc::clone(&self.notice),
            blobs: self.store.blobs(&self.id),
            examiner: Examiner::default(),
            fonts: self.fonts(),
            date: "2024-07-01".parse().unwrap(),
            folder: self.folder.path().join("out"),
            password: None,
            progress,
        }
    }

    fn shows(&self, words: &str) -> bool {
        self.screen().find(words.to_owned()).is_ok()
    }

    fn screen(&self) -> Simulator<'_, Message> {
        crate::app::launch::load_font();
        let settings = iced::Settings {
            default_font: iced::Font::with_name("Noto Sans SC"),
            ..iced::Settings::default()
        };
        let view = self.page.view(&self.draft, &self.notice, self.found.then_some(&[]), true);
        Simulator::with_size(settings, iced::Size::new(900.0, 1600.0), view)
    }
}

#[test]
fn an_earlier_error_goes_when_another_export_is_asked_for_and_a_relative_path_is_refused() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::Finished(Ok(Err(Unwritten::Failed("磁盘满了".into())))));
    assert!(bench.shows("磁盘满了"));
    bench.send(Message::FolderTyped("材料".into()));
    bench.send(Message::Started);
    assert!(!bench.shows("磁盘满了") && !bench.page.is_running());
    let refused = dialog::typed_path("材料").unwrap_err();
    assert!(bench.shows(&refused));
}

#[test]
fn the_files_are_counted_as_a_check_of_the_package_counts_them() {
    let mut bench = Bench::new(Role::Solver);
    let written = bench.export().unwrap();
    let checked = package::verify(std::fs::File::open(&written.zip).unwrap()).unwrap();
    assert_eq!(written.count, checked.files.len());
    bench.send(Message::FolderTyped("/某处".into()));
    bench.send(Message::Started);
    bench.send(Message::FolderTyped("/某处/还没".into()));
    bench.send(Message::Finished(Ok(Ok(written))));
    assert_eq!(bench.page.exported_to(), Some("/某处"), "not what was typed meanwhile");
    assert!(bench.shows("打开文件夹"));
}

#[test]
fn the_window_and_the_command_line_write_the_same_files() {
    for role in [Role::Solver, Role::Demander] {
        let bench = Bench::new(role);
        let written = bench.export().unwrap_or_else(|_| panic!("not written"));
        let other = bench.folder.path().join("other");
        let path = bench.store.path(&bench.id);
        let words =
            ["jiebang", "export", "--date", "2024-07-01", "-o"].map(std::ffi::OsString::from);
        let _outcome =
            crate::cli::run(words.into_iter().chain([other.clone().into(), path.into()]));
        let zip = other.join(written.zip.file_name().unwrap());
        assert!(std::fs::read(&zip).unwrap() == std::fs::read(&written.zip).unwrap());
        for paper in &written.papers {
            let beside = paper.strip_prefix(bench.folder.path().join("out")).unwrap();
            assert!(std::fs::read(other.join(beside)).unwrap() == std::fs::read(paper).unwrap());
        }
    }
}

#[test]
fn the_check_code_is_offered_for_the_paper_of_the_role() {
    for (role, paper) in [(Role::Solver, "对接表"), (Role::Demander, "需求表")] {
        let bench = Bench::new(role);
        let label = format!("{paper}的页脚也印校验码（用来核对纸质件和电子草稿）");
        assert!(bench.shows(&label));
    }
}

#[test]
fn editable_documents_are_offered_and_written_where_they_are_wanted() {
    let mut bench = Bench::new(Role::Solver);
    let offer = "同时写出可编辑的 Word 文件（.docx）";
    assert!(bench.shows(offer) && !bench.shows("可编辑的 Word 文件（.docx）"));
    let path = bench.store.path(&bench.id);
    let date = "2024-07-01".parse().unwrap();
    let examiner = &Examiner::default();
    let subject = Subject {
        draft: &bench.draft,
        notice: &bench.notice,
        draft_path: &path,
        examiner,
        fonts: bench.fonts(),
        date,
    };
    let Action::Print(_, change) = bench.page.update(Message::DocxToggled, &subject) else {
        panic!("no change of the draft");
    };
    change(&mut bench.draft.print);
    assert!(bench.draft.print.docx && bench.draft.print.check_code_on_tables);
    assert!(bench.shows("可编辑的 Word 文件（.docx）"));
    let written = bench.export().unwrap();
    let folder = std::fs::read_dir(written.folder.join("可编辑")).unwrap();
    assert_eq!(folder.count(), 1 + bench.draft.applications.len());
}

#[test]
fn each_choice_of_printing_changes_what_it_names() {
    let mut bench = Bench::new(Role::Demander);
    let path = bench.store.path(&bench.id);
    let date = "2024-07-01".parse().unwrap();
    let examiner = &Examiner::default();
    let before = bench.draft.print.clone();
    for (message, words) in [
        (Message::DoubleSidedToggled, "双面打印"),
        (Message::StraddleSealToggled, "骑缝章的位置"),
        (Message::SignatureFieldsToggled, "电子签名域"),
    ] {
        let (draft, notice) = (&bench.draft, &bench.notice);
        let subject =
            Subject { draft, notice, draft_path: &path, examiner, fonts: bench.fonts(), date };
        let Action::Print(name, change) = bench.page.update(message, &subject) else {
            panic!("no change of the draft");
        };
        assert!(words.contains(name) || name.contains("双面打印"), "{name}");
        change(&mut bench.draft.print);
    }
    let print = &bench.draft.print;
    assert_ne!(print.double_sided, before.double_sided);
    assert_ne!(print.straddle_seal, before.straddle_seal);
    assert_ne!(print.signature_fields, before.signature_fields);
    assert!(bench.shows("盖章处留电子签名域，供电子签章软件使用（纸上不显示）"));
}

#[test]
fn full_resolution_is_offered_where_there_is_evidence() {
    let label = "佐证材料册里的图片保留原来的清晰度（不降到 200 dpi，文件会大很多）";
    assert!(Bench::new(Role::Solver).shows(label));
    assert!(!Bench::new(Role::Demander).shows(label));
}

#[test]
fn a_cancelled_export_leaves_no_folder_and_says_so() {
    let mut bench = Bench::new(Role::Solver);
    let progress = Arc::new(Progress::default());
    progress.cancel();
    let ended = bench.job(progress).run();
    assert_eq!(ended, Err(Unwritten::Cancelled));
    assert!(!bench.folder.path().join("out").exists());
    bench.send(Message::Finished(Ok(ended)));
    assert!(bench.shows("已停止导出，没有生成文件；文件夹里原有的文件没有变。"));
}

#[test]
fn what_will_be_written_is_listed_with_its_seals() {
    let bench = Bench::new(Role::Solver);
    assert!(bench.shows("附件3《中小企业“揭榜”对接表》"));
    assert!(bench.shows("打印 1 份，企业公章盖在“企业名称：（盖章）”处。"));
    assert!(bench.shows("打印 1 份，通知未要求盖章。"), "evidence");
    let zip = package::base_name(&bench.draft, false);
    assert!(bench.shows(&format!("材料包 {zip}.zip")));
}

#[test]
fn before_the_first_check_has_ended_nothing_is_called_fine() {
    let mut bench = Bench::new(Role::Solver);
    bench.found = false;
    assert!(bench.shows("正在检查……") && !bench.shows("没有发现问题，可以导出。"));
    bench.found = true;
    assert!(bench.shows("没有发现问题，可以导出。"));
}

#[test]
fn a_double_click_on_export_starts_it_and_does_not_stop_it() {
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::FolderTyped(bench.folder.path().display().to_string()));
    let at = bench.screen().find("导出").unwrap().bounds().center();
    let mut said = Vec::new();
    for _ in 0..2 {
        let mut ui = bench.screen();
        ui.point_at(at);
        let _status = ui.simulate(iced_test::simulator::click());
        let messages: Vec<Message> = ui.into_messages().collect();
        for message in messages {
            said.push(message.clone());
            bench.send(message);
        }
    }
    assert!(matches!(said[..], [Message::Started]), "{said:?}");
    assert!(bench.page.is_running() && bench.shows("取消"));
}

#[test]
fn a_face_of_the_machine_is_chosen_from_a_list_that_says_what_may_not_be_embedded() {
    use super::letter_face::Message as Choice;
    let mut bench = Bench::new(Role::Solver);
    assert!(bench.shows("宋体（随程序）"));
    let listed = bench.fonts().installed();
    bench.send(Message::LetterFace(Choice::ListAsked));
    assert!(bench.shows("正在读取字体……"));
    bench.send(Message::LetterFace(Choice::Listed(Ok(listed))));
    assert!(bench.shows("测试仿宋") && bench.shows("测试受限"));
    let why =
        "不能选用：这个字体的许可不允许嵌入文件（OS/2 fsType：受限许可）；请换一个允许嵌入的字体。";
    assert!(bench.shows(why));
    let pressed = |words: &str| {
        let mut screen = bench.screen();
        screen.click(words.to_owned()).unwrap();
        screen.into_messages().count()
    };
    assert_eq!((pressed("测试仿宋"), pressed("测试受限")), (1, 0));

    let file = include_bytes!("../../../../tests/fixtures/fonts/fang_song.ttf");
    let face = crate::typeset::letter_face::choose(file.to_vec(), None).unwrap();
    let path = bench.store.path(&bench.id);
    let subject = Subject {
        draft: &bench.draft,
        notice: &bench.notice,
        draft_path: &path,
        examiner: &Examiner::default(),
        fonts: bench.fonts(),
        date: "2024-07-01".parse().unwrap(),
    };
    let read = Message::LetterFace(Choice::Read(Ok(Ok(face.clone()))));
    let Action::LetterFace(chosen) = bench.page.update(read, &subject) else { panic!() };
    assert_eq!(chosen, Some(face.clone()));
    bench.draft.print.letter_face = chosen;
    assert!(bench.shows("测试仿宋（本机字体）") && !bench.shows("测试受限"));
    let missing = LetterFace { sha256: "0".repeat(64), ..face };
    bench.draft.print.letter_face = Some(missing);
    assert!(bench.shows("测试仿宋（本机没有，暂用宋体）"));
}

#[test]
fn the_papers_of_a_large_enterprise_have_no_letter_and_no_choice_of_its_face() {
    assert!(!Bench::new(Role::Demander).shows("宋体（随程序）"));
}

#[test]
fn a_password_is_typed_twice_before_anything_is_exported_and_its_words_stand_beside_it() {
    use super::password::Message as Typed;
    let mut bench = Bench::new(Role::Solver);
    bench.send(Message::FolderTyped(bench.folder.path().display().to_string()));
    assert!(!bench.shows("打开密码"));
    bench.send(Message::Password(Typed::Toggled));
    let warning = "忘记密码无法找回：本程序不保存密码，谁也打不开，只能重新导出。";
    assert!(bench.shows("打开密码") && bench.shows("再填一遍") && bench.shows(warning));
    for (first, second, told) in [
        ("", "", "请填写打开密码；不需要密码的，请去掉“给材料包加打开密码”前的勾。"),
        ("Jie-2024", "Jie-2025", "两次填写的打开密码不一样，请核对后再导出。"),
        (
            "密码",
            "密码",
            "打开密码只能用英文字母、数字和半角符号；中文和全角字符在别的解压软件里可能打不开",
        ),
    ] {
        bench.send(Message::Password(Typed::Typed(first.to_owned().into())));
        bench.send(Message::Password(Typed::TypedAgain(second.to_owned().into())));
        bench.send(Message::Started);
        assert!(!bench.page.is_running() && bench.shows(told), "{told}");
    }
    bench.send(Message::Password(Typed::Typed("short".to_owned().into())));
    bench.send(Message::Password(Typed::TypedAgain("short".to_owned().into())));
    assert!(bench.shows("不到 8 位，容易被猜出，建议换长一些的。"));
    bench.send(Message::Started);
    assert!(bench.page.is_running(), "advice is no rule");
}

#[test]
fn a_package_under_a_password_lies_beside_the_plain_papers_and_is_told_apart() {
    let mut bench = Bench::new(Role::Solver);
    let before = bench.export().unwrap();
    let password: crate::domain::Password = "Jie-2024".to_owned().into();
    let job = Job { password: Some(password.clone()), ..bench.job(Arc::default()) };
    let written = job.run().unwrap();
    assert_eq!(written.other_zip.as_ref(), Some(&before.zip));
    assert!(written.papers[0].is_file(), "the papers can be printed without it");
    let locked = package::read_locked_file(&written.zip, &password).unwrap();
    assert_eq!((locked.draft, locked.problems), (bench.draft.clone(), Vec::new()));
    let words = package::other_words(&before.zip, true);
    bench.send(Message::Finished(Ok(Ok(written))));
    assert!(bench.shows(&words));
    let progress = Arc::new(Progress::default());
    progress.cancel();
    let job = Job { password: Some(password), ..bench.job(progress) };
    assert_eq!(job.run(), Err(Unwritten::Cancelled));
}
