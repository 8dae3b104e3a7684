//! The face of the letters' text: the 宋 of the program, one of this machine, or one of a file.

use std::path::PathBuf;

use iced::widget::{Id, column, container, row, text};
use iced::{Alignment, Fill, Task};

use crate::app::dialog::{self, Picked};
use crate::app::icon::Icon;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::app::worker::{self, Broken};
use crate::domain::{Draft, LetterFace};
use crate::store::fonts::{self, Fonts, Installed};
use crate::typeset::letter_face::{self, ChosenFace, FIELD};

/// Where there is no dialog, a font is chosen from the list.
const NO_DIALOG: &str = "打不开系统的文件对话框（Linux 上需要 xdg-desktop-portal 或 zenity）。请把字体安装到系统，\
                         或放进数据文件夹下的 fonts 文件夹，再点“选用本机字体”。";

/// Height of the list of fonts, logical pixels.
const LIST: f32 = 260.0;

/// What is known of the machine's fonts, and what is under way.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// The list, while it is shown.
    listed: Option<Vec<Installed>>,
    /// Fonts are being looked for or read.
    busy: bool,
    problem: Option<String>,
}

/// What happens to the choice.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The 宋 of the program is wanted.
    SongChosen,
    /// The face that is chosen already is wanted.
    OtherKept,
    /// The list of the machine's fonts is wanted, or no longer.
    ListAsked,
    /// It is there.
    Listed(Result<Vec<Installed>, Broken>),
    /// One of the list was chosen.
    Chosen(Installed),
    /// The dialog for a font file is wanted.
    FileAsked,
    /// It was answered.
    FilePicked(Picked),
    /// A font file was read, or not.
    Read(Result<Result<LetterFace, String>, Broken>),
}

/// What the page should do.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Run a task.
    Run(Task<Message>),
    /// Set the letters' text in this face.
    Set(Option<LetterFace>),
}

impl State {
    /// Takes in what happened.
    pub(crate) fn update(&mut self, message: Message, fonts: Fonts) -> Outcome {
        self.problem = None;
        match message {
            Message::SongChosen => return Outcome::Set(None),
            Message::OtherKept => {}
            Message::ListAsked if self.listed.is_some() => self.listed = None,
            Message::ListAsked => {
                self.busy = true;
                return Outcome::Run(worker::run(move || fonts.installed(), Message::Listed));
            }
            Message::Listed(result) => {
                self.busy = false;
                match result {
                    Ok(listed) => self.listed = Some(listed),
                    Err(broken) => self.problem = Some(broken.to_string()),
                }
            }
            Message::Chosen(font) => return self.read(font.path, Some(font.face.name), fonts),
            Message::FileAsked => {
                return Outcome::Run(worker::ask(
                    dialog::font_file(),
                    Picked::Unavailable,
                    Message::FilePicked,
                ));
            }
            Message::FilePicked(Picked::Paths(paths)) => {
                if let Some(path) = paths.into_iter().next() {
                    return self.read(path, None, fonts);
                }
            }
            Message::FilePicked(Picked::Cancelled) => {}
            Message::FilePicked(Picked::Unavailable) => {
                self.problem = Some(NO_DIALOG.to_owned());
            }
            Message::Read(result) => {
                self.busy = false;
                match result.unwrap_or_else(|broken| Err(broken.to_string())) {
                    Ok(face) => {
                        self.listed = None;
                        return Outcome::Set(Some(face));
                    }
                    Err(problem) => self.problem = Some(problem),
                }
            }
        }
        Outcome::Run(Task::none())
    }

    fn read(&mut self, path: PathBuf, name: Option<String>, fonts: Fonts) -> Outcome {
        self.busy = true;
        Outcome::Run(worker::run(move || read(path, name, &fonts), Message::Read))
    }

    /// The choice; grey where the draft may not be changed.
    pub(crate) fn view<'a>(&'a self, draft: &'a Draft, may_change: bool) -> Element<'a, Message> {
        let may = |message| Some(message).filter(|_| may_change && !self.busy);
        let chosen = draft.print.letter_face.as_ref();
        let place = usize::from(chosen.is_some());
        let song = control::option(
            Id::new(FIELD),
            "宋体（随程序）",
            chosen.is_none(),
            control::Kind::one(0, Some(place)),
            may(Message::SongChosen),
        );
        let other = chosen.map(|face| {
            let id = Id::new("letter-face-chosen");
            let kind = control::Kind::one(1, Some(place));
            control::option(id, &shown(face), true, kind, may(Message::OtherKept))
        });
        let list = if self.listed.is_some() { "收起字体列表" } else { "选用本机字体" };
        let buttons = row![
            control::secondary_named(Id::new("letter-face-list"), list, may(Message::ListAsked)),
            control::with_icon(Icon::Folder, "选择字体文件", may(Message::FileAsked)),
        ]
        .push(self.busy.then(|| control::hint("正在读取字体……")))
        .spacing(gap::S)
        .align_y(Alignment::Center);
        let problem = self
            .problem
            .as_ref()
            .map(|problem| control::prose(problem).size(size::BODY).style(theme::error));
        let title = text("申请书正文字体").size(size::BODY).style(theme::muted);
        column![title, song]
            .push(other)
            .push(buttons)
            .push(problem)
            .push(self.listed.as_ref().map(|listed| list_of(listed, chosen, may_change)))
            .push(control::hint(
                "只换申请书的正文，标题和表格不变；这种字体里没有的字用宋体。\
                 只有许可允许嵌入的字体才能选用。",
            ))
            .spacing(gap::S)
            .into()
    }
}

/// How the chosen face is called, and whether it is there.
fn shown(face: &LetterFace) -> String {
    let family = &face.family;
    match ChosenFace::of(face) {
        Some(_) => format!("{family}（本机字体）"),
        None => format!("{family}（本机没有，暂用宋体）"),
    }
}

/// Reads a font file, and keeps it so that the draft finds it again.
fn read(path: PathBuf, name: Option<String>, fonts: &Fonts) -> Result<LetterFace, String> {
    let file = fonts::read_file(&path).map_err(|error| format!("{error}。"))?;
    let kept = name.is_none().then(|| file.clone());
    let face = letter_face::choose(file, name.as_deref()).map_err(|error| error.to_string())?;
    if let Some(file) = kept {
        fonts.keep(&face, &file).map_err(|error| format!("{error}。"))?;
    }
    Ok(face)
}

fn list_of<'a>(
    listed: &'a [Installed],
    chosen: Option<&LetterFace>,
    may_change: bool,
) -> Element<'a, Message> {
    if listed.is_empty() {
        return control::hint("本机没有找到中文字体，可以选择字体文件。").into();
    }
    let rows = listed.iter().enumerate().map(|(n, font)| {
        let face = &font.face;
        let name = text(face.family.as_str()).size(size::BODY);
        let words = match face.refusal {
            None => row![name, control::hint(face.name.as_str())].spacing(gap::S),
            Some(refusal) => row![
                name.style(theme::muted),
                control::hint(format!("不能选用：这个字体{refusal}。")).width(Fill),
            ]
            .spacing(gap::S),
        };
        let message = (may_change && face.refusal.is_none()).then(|| Message::Chosen(font.clone()));
        let is_chosen = chosen.is_some_and(|chosen| chosen.name == face.name);
        control::list_row(Some(Id::from(format!("letter-face-{n}"))), is_chosen, words, message)
    });
    let rows = column(rows).spacing(2).width(Fill);
    control::card(container(control::scroll(rows)).max_height(LIST))
}
