//! How the editor looks: a bar, three panes, a line that says when it was saved.

use iced::widget::{column, container, row, rule, space, text};
use iced::{Alignment, Fill};

use super::autosave::Status;
use super::{Message, State, Step, versions};
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::divider::divider;
use crate::app::widget::{Element, control};
use crate::domain::Role;
use crate::rules::invisible;
use crate::typeset::PaperKind;

/// What stands beside the path of the draft at the foot, logical pixels.
const BESIDE_PATH: f32 = 360.0;

impl State {
    /// The whole screen.
    pub(crate) fn view(&self) -> Element<'_, Message> {
        let middle: Element<'_, Message> = match (&self.versions, self.step) {
            (Some(versions), _) => self.versions_page(versions),
            (None, Step::Letter(letter)) => self.letter(letter),
            (None, Step::Export) => {
                let found = self.checking.is_checked().then(|| self.checking.findings());
                let page = self.export.view(&self.draft, &self.notice, found, self.may_write);
                page.map(Message::Export)
            }
            (None, _) => self.form(),
        };
        let outline = if self.panes.is_wide() { space().into() } else { self.outline() };
        let panes = if self.panes.is_page_only() {
            // As many children as below, so that no control loses its state on the way.
            row![outline, space(), space(), self.page_pane()]
        } else {
            row![outline, container(middle).width(Fill).height(Fill), self.edge(), self.page_pane(),]
        };
        let panes = panes.height(Fill);
        let told = column![self.trouble(), self.toast()];
        column![self.bar(), hairline(), panes, told, hairline(), self.foot()].into()
    }

    fn bar(&self) -> Element<'_, Message> {
        let name = match self.draft.company.name.trim() {
            "" => "未命名企业".to_owned(),
            name => invisible::revealed(name),
        };
        let about = format!("{} · {}", self.draft.role.label(), self.notice.short_title);
        row![
            control::symbol(Icon::Back, "回到草稿列表", Some(Message::HomeAsked)),
            // What is pressed keeps its room; a long name is cut by the edge.
            container(column![
                text(name).size(size::TITLE).wrapping(text::Wrapping::None),
                text(about).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None),
            ])
            .width(Fill)
            .clip(true),
            control::symbol(
                Icon::Undo,
                "撤销（Ctrl+Z）",
                self.history.can_undo().then_some(Message::Undone)
            ),
            control::symbol(
                Icon::Redo,
                "重做（Ctrl+Y）",
                self.history.can_redo().then_some(Message::Redone)
            ),
            control::symbol(
                Icon::Wide,
                if self.panes.is_wide() {
                    "显示步骤和页面（F11）"
                } else {
                    "只显示正文（F11）"
                },
                Some(Message::WideToggled)
            ),
            control::symbol(Icon::Page, "显示或收起页面（Ctrl+P）", Some(Message::PreviewToggled)),
            control::symbol(Icon::Theme, "浅色或深色（F2）", Some(Message::ThemeToggled)),
            self.to_export(),
        ]
        .spacing(gap::S)
        .padding([gap::XS + 2.0, gap::M])
        .align_y(Alignment::Center)
        .into()
    }

    fn to_export(&self) -> Element<'_, Message> {
        if self.export.is_away() && self.step != Step::Export {
            // On macOS the key moves the caret by a word.
            let label = match cfg!(target_os = "macos") {
                true => "回到检查与导出",
                false => "回到检查与导出（Alt+←）",
            };
            control::primary(label, Some(Message::CameBack))
        } else {
            control::primary("检查与导出", Some(Message::StepChosen(Step::Export)))
        }
    }

    fn edge(&self) -> Element<'_, Message> {
        if self.panes.page_width() > 0.0 { divider(Message::EdgeDragged) } else { space().into() }
    }

    fn page_pane(&self) -> Element<'_, Message> {
        let width = self.panes.page_width();
        if width == 0.0 {
            return space().into();
        }
        let page = self.preview.view(&self.papers(), self.focus.as_ref()).map(Message::Preview);
        container(page).width(width).height(Fill).into()
    }

    /// The papers of the role with short names.
    fn papers(&self) -> Vec<(PaperKind, String)> {
        let mut papers = match self.draft.role {
            Role::Demander => vec![(PaperKind::Demand, "需求表".to_owned())],
            Role::Solver => vec![(PaperKind::Matching, "对接表".to_owned())],
        };
        if self.draft.role == Role::Solver {
            let letters = 0..self.draft.applications.len();
            papers
                .extend(letters.map(|n| (PaperKind::Application(n), format!("申请书 {}", n + 1))));
        }
        papers.push((PaperKind::Checklist, "报送清单".to_owned()));
        papers
    }

    fn foot(&self) -> Element<'_, Message> {
        let (symbol, words): (_, Element<'_, Message>) = self.saving();
        let words = container(words).width(Fill).clip(true);
        let mut foot = row![symbol, words].spacing(gap::S).align_y(Alignment::Center);
        foot = foot.push(control::quiet("帮助（F1）", Some(Message::HelpAsked)));
        foot = foot.push(control::quiet("另存为文件", Some(Message::ElsewhereAsked)));
        foot = foot
            .push(control::quiet("历史版本", Some(Message::Versions(versions::Message::Asked))));
        container(foot).padding([2.0, gap::M]).height(34).align_y(Alignment::Center).into()
    }

    fn saving(&self) -> (iced::widget::Svg<'_>, Element<'_, Message>) {
        if !self.may_write {
            let why = self.read_only_words();
            return (
                icon::icon(Icon::Warning, |t| t.warning),
                pieces([why, String::new(), String::new()]),
            );
        }
        if let Status::Failed(_) = self.autosave.status() {
            let words = text("改动还没有保存").size(size::SMALL).style(theme::error);
            return (icon::icon(Icon::Error, |t| t.error), words.into());
        }
        if self.autosave.is_pending() {
            let words = ["正在保存……".to_owned(), String::new(), String::new()];
            return (icon::icon(Icon::Empty, |t| t.outline), pieces(words));
        }
        if let (Status::Saved(time), Some(why)) = (self.autosave.status(), self.autosave.unkept()) {
            let when = time.strftime("%H:%M:%S").to_string();
            let told = format!("已保存，但这次没能留下旧版本：{why}");
            return (icon::icon(Icon::Warning, |t| t.warning), pieces([when, told, String::new()]));
        }
        let path = self.store.path(&self.id);
        let [when, told] = match self.autosave.status() {
            Status::Saved(time) => {
                [time.strftime("%H:%M:%S").to_string(), "已自动保存到".to_owned()]
            }
            _ => [String::new(), "草稿在".to_owned()],
        };
        let room = self.panes.window_width() - BESIDE_PATH - width(&when) - width(&told);
        let path = shortened(&path.display().to_string(), room - 2.0 * gap::XS);
        let words = if when.is_empty() { [told, path, when] } else { [when, told, path] };
        (icon::icon(Icon::Fine, |t| t.fine), pieces(words))
    }
}

/// About how wide small words are, logical pixels; rather too wide.
fn width(words: &str) -> f32 {
    words.chars().map(char_width).sum()
}

fn char_width(c: char) -> f32 {
    size::SMALL * if c.is_ascii() { 0.6 } else { 1.0 }
}

/// A path with its middle left out where there is no room for all of it: what tells it from others stands
/// at both ends.
fn shortened(path: &str, room: f32) -> String {
    if width(path) <= room {
        return path.to_owned();
    }
    let room = room - width("…");
    let fits = |share: f32| {
        move |left: &mut f32, c: char| {
            *left += char_width(c);
            (*left <= room * share).then_some(c)
        }
    };
    let start: String = path.chars().scan(0.0, fits(0.35)).collect();
    let end: Vec<char> = path.chars().rev().scan(0.0, fits(0.65)).collect();
    let end: String = end.into_iter().rev().collect();
    format!("{start}…{end}")
}

/// Words with room between them. A space would be looked up in its font at each redraw, as long as a page
/// of text takes.
fn pieces<'a>(words: [String; 3]) -> Element<'a, Message> {
    row(words.map(small)).spacing(gap::XS).into()
}

fn small<'a>(words: impl text::IntoFragment<'a>) -> Element<'a, Message> {
    text(words).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None).into()
}

fn hairline<'a>() -> Element<'a, Message> {
    rule::horizontal(1).style(theme::hairline).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_without_room_shows_both_ends() {
        let path = "/home/示例/.local/share/jiebang/drafts/20241121-153012-k3f9/draft.json";
        assert_eq!(shortened(path, 2000.0), path);
        let short = shortened(path, 300.0);
        assert!(short.starts_with("/home/示例") && short.ends_with("k3f9/draft.json"), "{short}");
        assert!(short.contains('…') && width(&short) <= 300.0, "{short}");
        assert_eq!(shortened(path, 0.0), "…");
    }
}
